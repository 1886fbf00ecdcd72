"""A record of votes put to another rule: which outcomes turn, and who mattered.

A vote is judged twice, by the rule it was taken under and by another; what was not recorded stays unknown in both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from foedus.decisions.ballots import NO, YES
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import NOTHING_MORE, UNCITED, Cited, Facts
from foedus.decisions.outcome import outcome
from foedus.decisions.rule import Rule
from foedus.decisions.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on record: who was entitled, what was cast, and what came of it so far as recorded (None: not)."""

    id: str
    day: date
    title: str
    rule: Rule
    members: tuple[Voter, ...]
    ballots: Mapping[str, str]
    recorded: bool | None = None
    facts: Facts = NOTHING_MORE
    cited: Cited = UNCITED

    def judged(self) -> Outcome:
        """What came of it under its own rule."""
        return outcome(self.rule, self.members, self.ballots, facts=self.facts, cited=self.cited)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A vote under its own rule, and under another."""

    vote: Vote
    was: Outcome
    now: Outcome

    @property
    def turned(self) -> bool:
        """Whether the other rule gives the contrary. Where either is not to be said, it is not said to turn."""
        return None not in {self.was.carried, self.now.carried} and self.was.carried is not self.now.carried


@dataclass(frozen=True, slots=True)
class Mattered:
    """One member over a record: in how many votes it had a seat, in how many it was decisive (another ballot of its own
    would have turned the outcome), in the minority (for what failed, or against what was carried), and alone in blocking
    (its no stopped what all others' ballots would have carried).
    """

    member: str
    votes: int = 0
    decisive: int = 0
    minority: int = 0
    alone: int = 0


def turned_by_year(replayed: Iterable[Replayed]) -> dict[int, int]:
    """How many outcomes turn, by year, in order; years with none are left out."""
    return dict(sorted(Counter(each.vote.day.year for each in replayed if each.turned).items()))


def turned_by_member(replayed: Iterable[Replayed]) -> dict[str, int]:
    """Of the outcomes that turn, how many each member had stood against: a no to what the other rule carries, a yes to what
    it does not; most first.
    """
    found: Counter[str] = Counter()
    for each in replayed:
        if each.turned:
            against = NO if each.now.carried else YES
            found.update(_in(each.was, against))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def mattered(outcomes: Iterable[Outcome]) -> tuple[Mattered, ...]:
    """How much each member mattered over a record, in order of names. Votes whose outcome is open are left out."""
    votes, decisive, minority, alone = (Counter[str]() for _ in range(4))
    for each in outcomes:
        if each.carried is None:
            continue
        votes.update(voter.id for voter in each.chamber.voters)
        turning = [flip.voter for flip in each.flips]
        decisive.update(turning)
        minority.update(_in(each, NO if each.carried else YES))
        if not each.carried:
            alone.update(who for who in turning if turning == [who] and who in _in(each, NO))
    return tuple(
        Mattered(member, number, decisive[member], minority[member], alone[member])
        for member, number in sorted(votes.items())
    )


def agreement(by_rule: Mapping[str, Iterable[bool | None]]) -> dict[tuple[str, str], tuple[int, int]]:
    """For each two rules, how often they agree on the votes on which both give an answer, and how many those are. The
    outcomes of each rule are in the same order of votes.
    """
    columns = {name: tuple(outcomes) for name, outcomes in by_rule.items()}
    found = {}
    for first, a in columns.items():
        for second, b in columns.items():
            both = [x is y for x, y in zip(a, b, strict=True) if x is not None and y is not None]
            found[first, second] = sum(both), len(both)
    return found


def _in(of: Outcome, position: int) -> list[str]:
    """Who took a position, by what its ballot counted as."""
    return [v.id for v, at in zip(of.chamber.voters, of.positions, strict=True) if at == position]
