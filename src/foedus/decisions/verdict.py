"""What came of ballots put to a chamber: quorum, then the tree, then a tie; each with what it came to, and what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from foedus.decisions.ballots import ABSENT, UNKNOWN, WORD, YES
from foedus.decisions.binding import NOBODY, Binding, binding
from foedus.decisions.blocking import Group, blocking
from foedus.decisions.chamber import Chamber
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import NOTHING_MORE, UNCITED, Cited, Facts
from foedus.decisions.flips import Flip, flips
from foedus.decisions.silence import Silenced
from foedus.decisions.tree import Measured, failing, sides

State = Literal["carried", "not carried", "undone", "not decided yet", "undetermined"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reason: what was looked at, and what it came to. `words.said` makes a sentence of it."""

    key: str
    who: tuple[str, ...] = ()
    holds: bool | None = None
    of: Measured | Outcome | Silenced | str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `failed` are the checks through which it was not carried, or through which it may not have been;
    `positions` what the ballots counted as, in the order of `chamber.voters`.
    """

    state: State
    cited: Cited
    chamber: Chamber
    positions: bytes
    measured: tuple[Measured, ...]
    failed: tuple[Measured, ...]
    flips: tuple[Flip, ...]
    binding: Binding
    steps: tuple[Step, ...]

    @property
    def carried(self) -> bool | None:
        """Whether it was; None where that is open, or not known."""
        return {"carried": True, "not carried": False, "undone": False}.get(self.state)

    @property
    def bound(self) -> tuple[str, ...]:
        """Whom it binds."""
        return self.binding.bound

    def blocking(self) -> Iterator[Group]:
        """The smallest groups, of those who did not say yes, that were enough to stop it; none where it was not stopped."""
        if self.state == "not carried" and UNKNOWN not in self.positions:
            yield from blocking(self.chamber, self.positions)
        elif self.state == "not carried":
            known = bytes(YES if at == UNKNOWN else at for at in self.positions)
            yield from blocking(self.chamber, known)

    def tally(self) -> dict[str, int]:
        """How many took each position, in words, most first."""
        counts = {word: self.positions.count(letter) for letter, word in WORD.items()}
        return {word: number for word, number in counts.items() if number}


@dataclass(frozen=True, slots=True)
class Given:
    """What goes along with ballots: the rule's name, further facts, and all members; None for those of the chamber."""

    cited: Cited
    facts: Facts
    members: tuple[Voter, ...] | None


def judged(
    chamber: Chamber,
    ballots: Mapping[str, str],
    cited: Cited = UNCITED,
    facts: Facts = NOTHING_MORE,
) -> Outcome:
    """The same of a chamber made before, for many votes under one rule: no stages, no silence, no limited format."""
    positions = chamber.positions(ballots)
    return put(chamber, positions, ballots, Given(cited, facts, None), ())


def put(
    chamber: Chamber,
    positions: bytes,
    ballots: Mapping[str, str],
    given: Given,
    steps: tuple[Step, ...],
) -> Outcome:
    """Quorum, then the tree, then a tie; and what follows."""
    may_be = chamber.may_be
    opened = _opened(chamber, given.facts)
    quorum = [*opened, *(leaf.measured(positions, may_be) for leaf in chamber.quorum)]
    asked = [(leaf.measured(positions, may_be), wanted) for leaf, wanted in sides(chamber.tree)]
    checks = [each for each, _ in asked]
    chair = _place(chamber, given.facts.chair)
    met = all_of(each.holds for each in opened)
    holds = all_of((met, chamber.settled(positions, chair)))
    failed = [each for each in quorum if each.holds is not True]
    if not failed and holds is not True:
        short = {id(leaf) for leaf in failing(chamber.tree, positions, may_be)}
        failed = [each for each in checks if id(each.leaf) in short]
    state: State = "undetermined" if holds is None else "carried" if holds else "not carried"
    told = (*steps, *eligibility(chamber), *_uniform(chamber, positions, ballots))
    told = (*told, *(Step("quorum", holds=each.holds, of=each) for each in quorum))
    told = (*told, *(_checked(chamber, positions, each, wanted=wanted) for each, wanted in asked))
    if holds and not chamber.passes(positions):
        told = (*told, Step("chair", (given.facts.chair or "",), holds=True))
    turns = flips(chamber, positions, chair) if met else ()
    tied = binding(chamber.rule.effects, given.members or _members(chamber), ballots) if holds else NOBODY
    return Outcome(
        state, given.cited, chamber, positions, (*quorum, *checks), tuple(failed), turns, tied, told
    )


def _opened(chamber: Chamber, facts: Facts) -> list[Measured]:
    """The quorum at the opening, of who was there then; unknown where that is not recorded."""
    if not chamber.opening:
        return []
    if facts.opening is None:
        there = bytes(UNKNOWN for _ in chamber.voters)
        return [
            leaf.measured(there, tuple(frozenset({YES, ABSENT}) for _ in there)) for leaf in chamber.opening
        ]
    there = bytes(YES if voter.id in facts.opening else ABSENT for voter in chamber.voters)
    return [leaf.measured(there, chamber.may_be) for leaf in chamber.opening]


def all_of(found: Iterable[bool | None]) -> bool | None:
    """Whether all of them hold; None where none fails and one is not known."""
    seen = set(found)
    return False if False in seen else None if None in seen else True


def _place(chamber: Chamber, who: str | None) -> int | None:
    return next((i for i, voter in enumerate(chamber.voters) if voter.id == who), None)


def _members(chamber: Chamber) -> tuple[Voter, ...]:
    gone = {e.voter.id for e in chamber.seats.excluded} - {v.id for v in chamber.voters}
    return (*chamber.voters, *(e.voter for e in chamber.seats.excluded if e.voter.id in gone))


def eligibility(chamber: Chamber) -> Iterator[Step]:
    """Who has no vote, and who was let vote all the same."""
    for line in chamber.rule.electorate.exclude:
        who = tuple(e.voter.id for e in chamber.seats.excluded if e.by == line)
        if who:
            yield Step("excluded", who, of=f"{line.status}|{line.effect}")
        let = tuple(e.voter.id for e in chamber.seats.waived if e.by == line)
        if let:
            yield Step("waived", let, of=line.status)


def _uniform(chamber: Chamber, positions: bytes, ballots: Mapping[str, str]) -> Iterator[Step]:
    """Ballots that counted as something else than what was cast, and those not recorded."""
    turned: dict[tuple[str, int], list[str]] = {}
    for voter, at in zip(chamber.voters, positions, strict=True):
        choice = ballots.get(voter.id)
        if choice is not None and _PLAIN[choice] != at and voter.id not in chamber.seats.voteless:
            turned.setdefault((choice, at), []).append(voter.id)
    for (choice, at), who in turned.items():
        yield Step("counted-as", tuple(who), of=f"{choice}|{WORD[at]}")
    unknown = tuple(v.id for v, at in zip(chamber.voters, positions, strict=True) if at == UNKNOWN)
    if unknown:
        yield Step("unknown", unknown)


_PLAIN: Mapping[str, int] = dict(zip(
    ("yes", "reserve", "no", "object", "abstain", "declared-abstain", "absent", "silent", "object-absent"),
    b"yynnad..o", strict=True,
))  # fmt: skip


def _checked(chamber: Chamber, positions: bytes, of: Measured, *, wanted: bool) -> Step:
    """A check as a step; of one that must not hold, whether it does not."""
    holds = of.holds if wanted or of.holds is None else not of.holds
    return Step("check" if wanted else "contrary", _against(chamber, positions, of), holds, of)


def _against(chamber: Chamber, positions: bytes, of: Measured) -> tuple[str, ...]:
    """Who stands against a check that forbids."""
    leaf = of.leaf
    if not leaf.forbids:
        return ()
    found = zip(chamber.voters, leaf.weights, positions, strict=True)
    return tuple(voter.id for voter, weight, at in found if weight and at in leaf.tally)
