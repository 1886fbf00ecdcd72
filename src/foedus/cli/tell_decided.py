"""What came of ballots, on a terminal: in sentences first, then member by member."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from foedus.accounts.decided import Decided
from foedus.accounts.powers import name as called
from foedus.cli.style import console, head, indented, lay_out, table
from foedus.decisions.ballots import WORD
from foedus.terms.dates import show_day
from foedus.terms.words import large, listed

MOST_ROWS = 40  # more members in the same position are told in one line


def decided(found: Sequence[Decided], *, why: bool) -> None:
    """Each outcome in full, with a line between."""
    out = console()
    for number, each in enumerate(found):
        if number:
            out.print()
        _decided(out, each, why=why)


def _decided(out: Console, told: Decided, *, why: bool) -> None:
    state, *rest = told.answer()
    out.print(Text(f"{told.title}, {show_day(told.on)}: {state[:1].lower()}{state[1:]}", style="bold"))
    for sentence in rest:
        out.print(indented(Text(sentence)))
    if why:
        head(out, "Step by step")
        for number, step in enumerate(told.why()[1:], 1):
            out.print(indented(Text(f"{number}. {step}")))
    out.print()
    _members(out, told)


def _members(out: Console, told: Decided) -> None:
    found = told.outcome
    turning = {flip.voter: flip.to for flip in found.flips}
    many = len(found.chamber.voters) > MOST_ROWS
    rows: dict[tuple[str, ...], list[str]] = {}
    for voter, at in zip(found.chamber.voters, found.positions, strict=True):
        turns = listed([WORD[to] for to in turning.get(voter.id, ())], "or")
        bound = "" if not found.carried else "yes" if voter.id in found.bound else "no"
        row: tuple[str, ...] = (told.ballots.get(voter.id, ""), WORD[at], bound, turns)
        rows.setdefault(row if many else (*row, voter.id), []).append(called(voter.id))
    columns = ("Ballot", "Counts as", "Bound", "Would turn it by")
    used = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    made = table("Member", *(columns[place] for place in used))
    for shown, members in rows.items():
        cells = [large(shown[place]) if place == 1 else shown[place] for place in used]
        whole = f"{len(members)}: {listed(members)}" if len(members) > 1 else members[0]
        made.add_row(whole, *cells)
    lay_out(out, made)
