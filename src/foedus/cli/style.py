"""How the terminal is written on: a console, indents, tables without lines. Colour only where it says something.

What is longer than the screen goes through the reader's pager (`$PAGER`, or less); what is piped never does.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable, Iterator

import click
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from foedus.terms.dates import When
from foedus.terms.words import counted

_CONSOLE = "foedus.console"
LEAST_WIDTH = 20  # narrower than this nothing could be read
LONGEST_WORD = 24  # longer ones are addresses and ids, which may be broken
_GAP = 2  # between the columns of a table


def console() -> Console:
    """The console of the command that runs: one a command, so that all it prints is one text for the pager."""
    context = click.get_current_context(silent=True)
    if context is None:
        return _made()
    if _CONSOLE not in context.meta:
        context.meta[_CONSOLE] = _made()
        context.call_on_close(lambda: _show(context.meta.pop(_CONSOLE)))
    found: Console = context.meta[_CONSOLE]
    return found


def _made() -> Console:
    """A console on the output; on a terminal it collects what it is told until `_show` shows it."""
    terminal = sys.stdout.isatty()
    made = Console(
        file=io.StringIO() if terminal else None,
        force_terminal=terminal or None,
        highlight=False,
        soft_wrap=False,
        markup=False,  # what is printed is shown as it is: brackets and colons in a record are no markup
        emoji=False,
    )
    made.width = max(made.width, LEAST_WIDTH)
    return made


def _show(made: Console) -> None:
    """Shows what a console collected: through the pager where it is longer than the screen."""
    if not isinstance(made.file, io.StringIO):
        return
    text = made.file.getvalue()
    if text.count("\n") < shutil.get_terminal_size().lines:
        click.echo(text, nl=False)
        return
    try:
        click.echo_via_pager(text.removesuffix("\n"))
    except (OSError, ValueError):  # $PAGER names nothing that can be run
        click.echo(text, nl=False)


def indented(text: RenderableType, by: int = 2) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def head(out: Console, title: str) -> None:
    """The heading of a part, with a line left before it."""
    out.print()
    out.print(Text(title, style="bold"))


def count(number: int, what: str, several: str = "") -> str:
    return counted(number, what, several)


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
    """A table of these columns, without rows as yet."""
    made = Fitting(box=None, padding=(0, _GAP, 0, 0), header_style="bright_black", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


def lay_out(out: Console, made: Table, by: int = 2) -> None:
    """Prints a table in the width there is."""
    out.print(indented(made, by))


def pairs() -> Table:
    """A table of names and what is said of each, without rows as yet."""
    made = Fitting(box=None, padding=(0, _GAP, 0, 0), show_header=False, pad_edge=False)
    made.add_column(style="bright_black", overflow="fold")
    made.add_column(overflow="fold")
    return made


class Fitting(Table):
    """A table where its words fit in the width; else its rows one below the other, each cell under its heading."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        spare = options.max_width - sum(map(_least, self.columns)) - _GAP * (len(self.columns) - 1)
        if spare < 0:
            yield from self._stacked()
            return
        wanting = sorted(self.columns, key=lambda column: _widest(column) - _least(column))
        for left, column in zip(range(len(wanting), 0, -1), wanting, strict=True):
            more = min(spare // left, _widest(column) - _least(column))
            column.width, spare = _least(column) + more, spare - more
        yield from super().__rich_console__(console, options)

    def _stacked(self) -> Iterator[RenderableType]:
        """Each row as a few lines, a cell each: its first cell at the margin, the others that hold something beneath."""
        for row in zip(*(column.cells for column in self.columns), strict=True):
            for index, (column, cell) in enumerate(zip(self.columns, row, strict=True)):
                if str(cell):
                    heading = f"{column.header}: " if column.header else ""
                    said = cell if isinstance(cell, Text) else (str(cell), column.style)
                    line = Text.assemble((heading, "bright_black"), said)
                    yield Padding(line, (0, 0, 0, 2 if index else 0), expand=False)


def _widest(column: Column) -> int:
    """How wide a column is with no line broken."""
    lines = (line for cell in (column.header, *column.cells) for line in str(cell).splitlines())
    return max(map(cell_len, lines), default=0)


def _least(column: Column) -> int:
    """How wide a column is with no word broken."""
    words = (word for cell in (column.header, *column.cells) for word in str(cell).split())
    return min(max(map(cell_len, words), default=0), LONGEST_WORD)
