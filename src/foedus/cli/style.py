"""How the terminal is written on: a console, indents, tables without lines. Colour only where it says something."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.terms.dates import When


def console() -> Console:
    """What is printed is shown as it is: brackets and colons in a record are no markup."""
    return Console(highlight=False, soft_wrap=False, markup=False, emoji=False)


def indented(text: Text | Table, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def head(out: Console, title: str) -> None:
    """The heading of a part, with a line left before it."""
    out.print()
    out.print(Text(title, style="bold"))


def count(number: int, what: str, several: str = "") -> str:
    return f"{number} {what if number == 1 else several or what + 's'}"


def span(when: When) -> str:
    """A date in a table: a day, the days it lasted, or the range that its one unknown day lies in."""
    if when.vague:
        return f"between {when.earliest} and {when.latest}"
    days = str(when.latest) if when.began == when.latest else f"{when.began} to {when.latest}"
    return f"about {days}" if when.approximate else days


def facts(out: Console, rows: Iterable[tuple[str, str]]) -> None:
    """What is known of a thing, a line each; a fact that says nothing is left out."""
    made = Table.grid(padding=(0, 2))
    made.add_column(style="bright_black")
    made.add_column(overflow="fold")
    for name, said in rows:
        if said:
            made.add_row(name, said)
    out.print(indented(made))


def words(attribution: str | None) -> str:
    return (attribution or "").replace("-", " ")


def table(*columns: str) -> Table:
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bright_black", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def lay_out(out: Console, made: Table, by: int = 2) -> None:
    """Prints a table in the width there is: words stay whole as long as the longest of each column fit side by side."""
    cells = [[column.header, *column.cells] for column in made.columns]
    sizes = [[Measurement.get(out, out.options, cell) for cell in column] for column in cells]
    least = [max(size.minimum for size in column) for column in sizes]
    most = [max(size.maximum for size in column) for column in sizes]
    room = out.width - by - 2 * len(sizes)
    if sum(least) <= room < sum(most):
        wish = sum(most) - sum(least)
        for column, low, high in zip(made.columns, least, most, strict=True):
            column.width = low + (high - low) * (room - sum(least)) // wish
    out.print(indented(made, by))
