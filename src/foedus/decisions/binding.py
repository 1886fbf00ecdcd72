"""Whom a carried decision binds, and who may still join it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from foedus.decisions.electorate import Voter
from foedus.decisions.rule import Apart, Effects

_CHOICES: Mapping[Apart, frozenset[str]] = {
    "declared-abstain": frozenset({"declared-abstain"}),
    "absent": frozenset({"absent", "silent"}),
    "no": frozenset({"no", "object", "object-absent"}),
    "abstain": frozenset({"abstain"}),
    "reserve": frozenset({"reserve"}),
    "not-participating": frozenset({"not-participating"}),
}


@dataclass(frozen=True, slots=True)
class Binding:
    """Who is bound, who is not, who of them may join; and of whom it hangs on a ballot not recorded."""

    bound: tuple[str, ...]
    not_bound: tuple[str, ...]
    may_join: tuple[str, ...]
    unknown: tuple[str, ...]


NOBODY = Binding((), (), (), ())


def binding(effects: Effects, members: Iterable[Voter], ballots: Mapping[str, str]) -> Binding:
    """Whom it binds of all members, with a vote or without one."""
    bound, free, joining, unknown = [], [], [], []
    for voter in members:
        choice = ballots.get(voter.id)
        if _is(effects.not_bound, voter, choice):
            free.append(voter.id)
            if _is(effects.may_join_later, voter, choice):
                joining.append(voter.id)
        elif choice is None and set(effects.not_bound) - {"not-participating"}:
            unknown.append(voter.id)
        else:
            bound.append(voter.id)
    return Binding(tuple(bound), tuple(free), tuple(joining), tuple(unknown))


def _is(kinds: Collection[Apart], voter: Voter, choice: str | None) -> bool:
    return any(choice in _CHOICES[kind] or kind in voter.statuses for kind in kinds)
