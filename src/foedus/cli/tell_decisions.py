"""What came of ballots, on a terminal: in sentences first, then member by member."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from foedus.accounts.decided import MOST_GROUPS, Decided, called
from foedus.cli.style import console, indented, lay_out, table
from foedus.decisions.ballots import WORD
from foedus.terms.dates import show_day
from foedus.terms.words import listed, spaced


def decisions(found: Sequence[Decided]) -> None:
    """Each outcome in full, with a line between."""
    out = console()
    for number, each in enumerate(found):
        if number:
            out.print()
        _decision(out, each)


def _decision(out: Console, told: Decided) -> None:
    state, *why = told.reason()
    put = told.put
    head = f"{told.organisation}, {spaced(put.organ)}, {show_day(put.on)} ({told.rule.says.matters}): "
    out.print(Text.assemble((head, "bold"), (state[:1].lower() + state[1:], "bold")))
    for sentence in why:
        out.print(indented(Text(sentence)))
    for sentence in _turning(told):
        out.print(indented(Text(sentence)))
    out.print()
    _members(out, told)


def _turning(told: Decided) -> list[str]:
    groups, turning = told.blocking(), told.outcome.flips
    said = []
    if groups:
        first = [listed([called(each) for each in group]) for group in groups if len(group) == len(groups[0])]
        more = " and more groups as small" if len(groups) == MOST_GROUPS else ""
        said.append(f"Enough to block it: {'; '.join(first)}{more}.")
    if turning:
        alone = [called(flip.voter) for flip in turning]
        said.append(f"Who alone would turn it: {listed(alone, 'or')}.")
    return said


def _members(out: Console, told: Decided) -> None:
    found = told.outcome
    made = table("Member", "Ballot", "Counts as", "Bound", "Would turn it by")
    turning = {flip.voter: flip.to for flip in found.flips}
    for voter, at in zip(found.chamber.voters, found.positions, strict=True):
        turns = listed([WORD[to] for to in turning.get(voter.id, ())], "or")
        bound = "" if not found.carried else "yes" if voter.id in found.bound else "no"
        made.add_row(called(voter.id), told.ballots.get(voter.id, ""), WORD[at], bound, turns)
    lay_out(out, made)
