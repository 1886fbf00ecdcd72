"""The whole reason of an answer on a terminal: way by way, step by step, with what was considered and set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from foedus.accounts.words import BEARS
from foedus.charter.say import based
from foedus.cli.style import head, indented, words
from foedus.engine.answers import Basis, Told
from foedus.engine.reasons import Ground

SOFT = "bright_black"
SHOWN = 12  # of the 64 letters of a hash; all are in the JSON


def steps(out: Console, rows: Iterable[tuple[str, Told]], basis: Basis) -> None:
    """Every step of the reason of each row, under what it is of; at the end what all of it was computed from."""
    for about, row in rows:
        _ways(out, about, row)
    out.print()
    record = basis.record
    out.print(
        indented(
            Text(
                f"Computed from the charter {basis.charter[:SHOWN]}… and {len(record.entries)} entries, root "
                f"{record.root[:SHOWN]}…",
                style=SOFT,
            )
        )
    )


def _ways(out: Console, about: str, row: Told) -> None:
    """Each way to one answer: to whom it leads, under what condition, then its steps."""
    branches = row.reason.branches
    for number, (branch, said) in enumerate(zip(branches, row.reason_json()["branches"], strict=True), 1):
        which = f"way {number} of {len(branches)}: " if len(branches) > 1 else ""
        condition = f", {said['if']}" if said["if"] else ""
        head(out, f"{about}{': ' if about else ''}{which}{row.voice.holder(branch.holder)}{condition}")
        for ground in branch.grounds:
            out.print(indented(Text(f"{BEARS[ground.how]}: {row.voice.ground(ground)}")))
            for line in _rests_on(row, ground):
                out.print(indented(Text(line, style=SOFT), 4))


def _rests_on(row: Told, ground: Ground) -> Iterator[str]:
    """The rule of a step, in which version and how its wording is known; its entries, each with how it is attributed."""
    charter, record = row.standing.charter, row.standing.record
    if ground.rule is not None:
        rule = charter.by_key[ground.rule]
        yield f"{rule.citation}: {rule.says.id}, {rule.period}, {based(rule.says.basis)}"
    if ground.entries:
        yield "; ".join(f"{entry} ({words(record.strength(entry))})" for entry in ground.entries)
