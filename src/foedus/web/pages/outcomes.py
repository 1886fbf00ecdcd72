"""What came of ballots under a rule, as shown: the chamber as a picture and a table, what was needed and what was got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from foedus.accounts.powers import name as called
from foedus.decisions.ballots import (
    ABSENT,
    ABSTAIN,
    AFAR,
    DECLARED,
    ENTITLED,
    NO,
    PRESENT,
    UNKNOWN,
    VOTELESS,
    WORD,
    YES,
)
from foedus.decisions.rule import Quorum, Threshold
from foedus.decisions.tree import Measured
from foedus.decisions.verdict import Outcome
from foedus.decisions.words import check_named, measure, number
from foedus.terms.words import large, listed
from foedus.web.pages.names import state_link
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link

MOST_GROUPS = 10
_MARKS: Mapping[int, str] = {
    YES: "yes", NO: "no", AFAR: "no", ABSTAIN: "half", DECLARED: "half", ABSENT: "gone", VOTELESS: "gone",
    UNKNOWN: "wait",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """A member of the chamber: what it cast, what that counts as and how it is drawn, whether it is bound, and what
    alone would have turned the outcome.
    """

    code: str
    member: Link
    cast: str
    counts: str
    mark: str
    bound: str
    turns: str


@dataclass(frozen=True, slots=True)
class Check:
    """A condition or a quorum: what was needed, what was got, and whether it is met (empty: not to be said)."""

    what: str
    needed: str
    got: str
    met: str


@dataclass(frozen=True, slots=True)
class Chamber:
    """The whole picture. `legend` has each position taken, how it is drawn, and by how many."""

    state: str
    positions: tuple[Position, ...]
    legend: tuple[tuple[str, str, int], ...]
    entitled: int
    present: str
    checks: tuple[Check, ...]
    blocked: str
    bound: str
    not_bound: str
    may_join: str
    says: str

    @property
    def many(self) -> bool:
        """Whether its members are more than fit in a row or two of six."""
        return len(self.positions) > 12

    @property
    def turning(self) -> bool:
        """Whether any member alone could have turned it."""
        return any(position.turns for position in self.positions)


def chamber(visit: Visit, came: Outcome, ballots: Mapping[str, str]) -> Chamber:
    """The chamber of an outcome."""
    counts = Counter(came.positions)
    there = sum(counts[letter] for letter in PRESENT)
    open_ = f" on record, of {counts[UNKNOWN]} more it is not recorded" if counts[UNKNOWN] else ""
    groups = [_names(group) for group in islice(came.blocking(), MOST_GROUPS) if group]
    legend = tuple((large(WORD[at]), _MARKS[at], n) for at, n in sorted(counts.items(), key=_shown))
    return Chamber(
        came.state,
        tuple(_positions(visit, came, ballots)),
        legend,
        sum(counts[letter] for letter in (*ENTITLED, UNKNOWN)),
        f"{there}{open_}",
        tuple(_check(each) for each in came.measured),
        "; ".join(groups) + ("; and more" if len(groups) == MOST_GROUPS else ""),
        _names(came.bound) if came.carried else "",
        _names(came.binding.not_bound),
        _names(came.binding.may_join),
        listed([f"{n} {word.lower()}" for word, _, n in legend]),
    )


def _shown(item: tuple[int, int]) -> int:
    return [YES, NO, AFAR, ABSTAIN, DECLARED, ABSENT, VOTELESS, UNKNOWN].index(item[0])


def _positions(visit: Visit, came: Outcome, ballots: Mapping[str, str]) -> list[Position]:
    turning = {flip.voter: listed([WORD[to] for to in flip.to], "or") for flip in came.flips}
    rows = []
    for voter, at in zip(came.chamber.voters, came.positions, strict=True):
        link = state_link(visit, voter.id) if called(voter.id) != voter.id else Link(voter.id)
        bound = "" if not came.carried else "yes" if voter.id in came.bound else "no"
        cast = ballots.get(voter.id, "").replace("-", " ")
        rows.append(
            Position(voter.id, link, cast, large(WORD[at]), _MARKS[at], bound, turning.get(voter.id, ""))
        )
    return rows


def _check(of: Measured) -> Check:
    says = of.leaf.says
    met = {True: "met", False: "not met", None: ""}[of.holds]
    if isinstance(says, Quorum):
        return Check(large(f"quorum: {measure(of.leaf)}"), number(of.needed), number(of.got), met)
    if isinstance(says, Threshold):
        return Check(large(measure(of.leaf)), _needed(of), number(of.got), met)
    most = f"at most {number(of.needed)}" if of.needed else "none"
    return Check(large(check_named(of.leaf)), most, number(of.got), met)


def _needed(of: Measured) -> str:
    base = f" of {number(of.base)}" if of.base is not None else ""
    return f"{'more than' if of.leaf.strict else 'at least'} {number(of.needed)}{base}"


def _names(members: tuple[str, ...]) -> str:
    return listed([called(each) for each in members])
