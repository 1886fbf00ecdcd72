"""Verbs about where a record is kept: folders into registers and out, registers from one database to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from foedus.cli.group import example, main, organisations, print_json
from foedus.cli.style import console, count, indented
from foedus.problems import BadInput, Problem
from foedus.register.folders import contents, files
from foedus.secretariat import RECORD, bring_folder, load

if TYPE_CHECKING:
    from foedus.register.store import Head

_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
_NAME = click.option("--register", "name", metavar="NAME", help="Which register, where there are several.")


@main.group()
@example("foedus register import csto csto.db")
def register() -> None:
    """Where a record is kept: import and export folders, copy registers. DATABASE is a path or postgresql://…"""


@register.command(name="import")
@click.argument("org", shell_complete=organisations)
@click.argument("database")
@_JSON
@example("foedus register import csto csto.db")
def import_(org: str, database: str, *, as_json: bool) -> None:
    """Append to the register in DATABASE what ORG has and it has not. It is made where it is not there.

    What is on record is never changed: an act that says something else in ORG is refused.
    """
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    with open_register(database, load(org).name, make=True) as into:
        added = bring_folder(org, into)
        _tell("imported", database, [(into.name, into.head(), added)], as_json=as_json)


@register.command()
@click.argument("database")
@click.argument("folder", type=click.Path(path_type=Path))
@_NAME
@_JSON
@example("foedus register export tests/register/example/league.db league")
def export(database: str, folder: Path, name: str | None, *, as_json: bool) -> None:
    """Write the organisation in the register in DATABASE as a FOLDER, which must not hold anything yet."""
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([Problem("FOLDER", 0, f"“{folder}” holds something already.", "Name another.")])
    with open_register(database, name) as source:
        held = contents(source)
        head = source.head()
    (folder / RECORD).mkdir(parents=True)  # there is one, even where no act is on record yet
    for file, text in files(held).items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    _tell("exported", str(folder), [(source.name, head, head.size - len(held.withheld))], as_json=as_json)


@register.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--register", "only", metavar="NAME", help="Only this register.")
@_JSON
@example("foedus register copy csto.db copy.db")
def copy(source: str, target: str, only: str | None, *, as_json: bool) -> None:
    """Copy the registers in database A into database B, where each has the same root."""
    from foedus.register import address, move  # noqa: PLC0415 - databases are slow to import

    rows = []
    for name in [only] if only else address.registers(source):
        with (
            address.open_register(source, name) as one,
            address.open_register(target, name, make=True) as other,
        ):
            before = other.head().size
            head = move.copy(one, other)
            rows.append((name, head, head.size - before))
    _tell("copied", target, rows, as_json=as_json)


def _tell(what: str, into: str, rows: list[tuple[str, Head, int]], *, as_json: bool) -> None:
    if as_json:
        print_json({"to": into, "registers": [_plain(*row) for row in rows]})
        return
    out = console()
    for name, head, number in rows:
        entries = count(number, "entry", "entries")
        out.print(Text(f"{entries} of “{name}” {what} to {into}.", style="bold"))
        out.print(indented(Text(f"It holds {count(head.size, 'entry', 'entries')}, root {head.root.hex()}.")))


def _plain(name: str, head: Head, number: int) -> dict[str, Any]:
    return {"register": name, "size": head.size, "root": head.root.hex(), "entries": number}
