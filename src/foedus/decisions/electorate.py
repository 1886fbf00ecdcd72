"""Who has a vote: the members on the day, each with classes, weights and statuses, and what the rule makes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from foedus.decisions.rule import Electorate, Exclusion, Status

Weight = int


@dataclass(frozen=True, slots=True)
class Voter:
    """A member of the body on the day of the decision. `weights` by name; `statuses` as the day and the matter have it."""

    id: str
    classes: frozenset[str] = frozenset()
    weights: Mapping[str, Weight] = field(default_factory=dict)
    statuses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Excluded:
    """A member whose vote does not count, and by which line of the rule."""

    voter: Voter
    by: Exclusion


@dataclass(frozen=True, slots=True)
class Seated:
    """Who decides. `counted` are the members of the base, in order; those of them in `voteless` have no vote. `gone` are
    members that left the base; `weightless` stay in it without their weight.
    """

    counted: tuple[Voter, ...]
    voteless: frozenset[str]
    weightless: frozenset[str]
    excluded: tuple[Excluded, ...]
    waived: tuple[Excluded, ...]


def with_status(voters: Iterable[Voter], given: Mapping[str, Collection[Status]]) -> tuple[Voter, ...]:
    """The voters, with further statuses for those named."""
    return tuple(
        replace(v, statuses=v.statuses | frozenset(given[v.id])) if v.id in given else v for v in voters
    )


def seated(says: Electorate, voters: Iterable[Voter], waived: Collection[str] = ()) -> Seated:
    """Who decides under the rule, of the members; `waived` are those the body let vote where the rule lets it."""
    own = [voter for voter in voters if says.class_ is None or says.class_ in voter.classes]
    excluded: list[Excluded] = []
    let: list[Excluded] = []
    for voter in own:
        for line in says.exclude:
            if line.status in voter.statuses:
                (let if line.waiver and voter.id in waived else excluded).append(Excluded(voter, line))
                break
    gone = {e.voter.id for e in excluded if e.by.effect == "leaves base"}
    return Seated(
        tuple(voter for voter in own if voter.id not in gone),
        frozenset(e.voter.id for e in excluded if e.voter.id not in gone),
        frozenset(e.voter.id for e in excluded if e.by.effect == "weight leaves total"),
        tuple(excluded),
        tuple(let),
    )
