"""Verbs about where a record is kept: folders into registers and out, registers from one database to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from foedus.cli.asked import today
from foedus.cli.group import example, main, print_json
from foedus.cli.options import json_option, organisations, register_option
from foedus.cli.style import console, count, indented
from foedus.problems import BadInput, Problem
from foedus.record.record import Redacted
from foedus.record.seen import LADDER, PUBLIC, Clearance, redaction_json
from foedus.register.envelope import kept_back
from foedus.register.folders import as_seen, contents, files
from foedus.register.folders import count as acts_in
from foedus.register.store import Head, Register
from foedus.secretariat import RECORD, add_file, bring_folder, keep_snapshot, load, redact_act


@main.group()
@example("foedus register import csto csto.db")
def register() -> None:
    """Where a record is kept: import and export folders, add acts, redact, copy. DATABASE is a path or postgresql://…"""


@dataclass(frozen=True, slots=True)
class _Put:
    """A register after something was put somewhere: how many entries that were, how many of them are under seal, and how
    many acts under seal were left out.
    """

    register: str
    head: Head
    entries: int
    sealed: int
    withheld: int = 0

    @classmethod
    def since(cls, register: Register, size: int) -> _Put:
        """What was appended to a register since it had a size."""
        head = register.head()
        sealed = kept_back(register.read(size, head.size)).sealed
        return cls(register.name, head, head.size - size, sealed)

    def to_json(self) -> dict[str, Any]:
        made = {"register": self.register, "size": self.head.size, "root": self.head.root.hex()}
        return {**made, "entries": self.entries, "sealed": self.sealed, "withheld": self.withheld}


@register.command(name="import")
@click.argument("org", shell_complete=organisations)
@click.argument("database")
@json_option
@example("foedus register import csto csto.db")
def import_(org: str, database: str, *, as_json: bool) -> None:
    """Append to the register in DATABASE what ORG has and it has not. It is made where it is not there.

    What is on record is never changed: an act that says something else in ORG is refused.
    """
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    with open_register(database, load(org).name, make=True) as into:
        size = into.head().size
        bring_folder(org, into)
        _tell("imported to", database, [_Put.since(into, size)], as_json=as_json)


@register.command()
@click.argument("database")
@click.argument("file", type=click.Path(path_type=Path))
@register_option
@json_option
@example("foedus register add csto.db acts.yaml")
def add(database: str, file: Path, name: str | None, *, as_json: bool) -> None:
    """Append the acts in FILE, which is written as a file of a record, to the register in DATABASE, all or none.

    They are refused, with everything wrong, where the organisation could not be read with them.
    """
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    with open_register(database, name) as into:
        size = into.head().size
        add_file(into, file)
        _tell("added to", database, [_Put.since(into, size)], as_json=as_json)


@register.command()
@click.argument("database")
@click.argument("entry")
@click.option("--by", required=True, metavar="WHO", help="Who has it destroyed.")
@click.option("--why", required=True, metavar="WORDS", help="Why, in words.")
@register_option
@json_option
@example(
    'foedus register redact csto.db 2024-11-28/minutes --by "the Secretariat" --why "a court ordered it"'
)
def redact(database: str, entry: str, by: str, why: str, name: str | None, *, as_json: bool) -> None:
    """Destroy the text of ENTRY, an act under seal, by its index or its id, and put on record that this was done today.

    Every proof still holds. It cannot be undone, and everybody is told who did it and why.
    """
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    with open_register(database, name) as of:
        size = of.head().size
        done = redact_act(of, entry, by=by, why=why, on=today())
        _tell("added to", database, [_Put.since(of, size)], as_json=as_json, redacted=done)


@register.command()
@click.argument("database")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--sees", "clearance", type=click.Choice(LADDER), default=PUBLIC, show_default=True,
              help="With what somebody of this clearance may see.")  # fmt: skip
@register_option
@json_option
@example("foedus register export tests/register/example/league.db league")
def export(database: str, folder: Path, clearance: Clearance, name: str | None, *, as_json: bool) -> None:
    """Write the organisation in the register in DATABASE as a FOLDER, which must not hold anything yet."""
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput([Problem("FOLDER", 0, f"“{folder}” holds something already.", "Name another.")])
    with open_register(database, name) as source:
        head = source.head()
        held = contents(source, head.size)
    (folder / RECORD).mkdir(parents=True)  # there is one, even where no act is on record yet
    shown = as_seen(held, clearance)
    for file, text in files(shown, clearance).items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    above = acts_in(held) - acts_in(shown)
    withheld, sealed = above + len(held.withheld), len(held.opened) - above
    entries = head.size - withheld - 2 * len(held.redacted)  # the redacted, and what says so
    _tell("exported to", str(folder), [_Put(source.name, head, entries, sealed, withheld)], as_json=as_json)


@register.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@click.option("--register", "only", metavar="NAME", help="Only this register.")
@json_option
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
            move.copy(one, other)
            rows.append(_Put.since(other, before))
    _tell("copied to", target, rows, as_json=as_json)


@register.command()
@click.argument("database")
@register_option
@json_option
@example("foedus register snapshot csto.db")
def snapshot(database: str, name: str | None, *, as_json: bool) -> None:
    """Keep what follows from the register in DATABASE, so that the next answers from it come sooner.

    The snapshot is no record: it is used only while it fits the register, and deleting it loses nothing. It lies in
    $FOEDUS_SNAPSHOTS, else among what programs keep for you (~/.cache/foedus), where nobody else may write.
    """
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    with open_register(database, name) as of:
        _, path = keep_snapshot(of)
        head = of.head()
        _tell("kept as a snapshot in", str(path), [_Put(of.name, head, head.size, 0)], as_json=as_json)


def _tell(what: str, into: str, rows: list[_Put], *, as_json: bool, redacted: Redacted | None = None) -> None:
    if as_json:
        gone = None if redacted is None else redaction_json(redacted)
        print_json({"to": into, "registers": [row.to_json() for row in rows], "redacted": gone})
        return
    out = console()
    for row in rows:
        done = f"{count(row.entries, 'entry', 'entries')} of “{row.register}” {what} {into}."
        if redacted is not None:
            done = f"The text of entry {redacted.entry} of “{row.register}” was destroyed, as entry {row.head.size - 1} says."
        out.print(Text(done, style="bold"))
        for line in _of_seals(row):
            out.print(indented(Text(line)))
        held = count(row.head.size, "entry", "entries")
        out.print(indented(Text(f"It holds {held}, root {row.head.root.hex()}.")))


def _of_seals(row: _Put) -> Iterator[str]:
    if row.sealed:
        yield f"{count(row.sealed, 'of them is', 'of them are')} under seal."
    if row.withheld:
        acts = count(row.withheld, "act under seal was", "acts under seal were")
        yield f"{acts} left out. With --sees LEVEL come those that somebody so cleared may see, if their texts are here."
