"""How the terminal is written on: a console, indents, tables without lines. Colour only where it says something."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def console() -> Console:
    return Console(highlight=False, soft_wrap=False)


def indented(text: Text | Table, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def words(attribution: str | None) -> str:
    return (attribution or "").replace("-", " ")


def table(*columns: str) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bright_black", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made
