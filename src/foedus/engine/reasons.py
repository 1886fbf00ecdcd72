"""Why an answer holds: steps recorded while it was evaluated, never by a second run.

A step is data: how it bears on the answer, which sentence it is, with what in it, under which rule, from which
entries. Sentences are made from it when somebody reads (`engine.sentences`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol

from foedus.engine.choices import Ways

How = Literal["applied", "holds", "defeated", "considered", "unsettled", "unrecorded", "untranslated"]
Authority = Literal["general rule", "decided", "presumed", "inferred"]


class Ground(NamedTuple):
    """One step of a reason. `says` names the sentence, `terms` what fills it, in that sentence's order."""

    how: How
    says: str
    terms: tuple[object, ...] = ()
    rule: str | None = None
    entries: tuple[str, ...] = ()


class Recorded(Ground):
    """Steps in short: `terms` is what was found while evaluating, for whoever has the name `says` to tell as steps,
    once somebody reads them.
    """

    __slots__ = ()


class Teller(Protocol):
    """Whoever evaluates something and records what it found."""

    def steps(self, found: Any) -> tuple[Ground, ...]:
        """What was found, as steps."""


Tellers = Mapping[str, Teller]
NO_TELLERS: Tellers = MappingProxyType({})


class Holder(NamedTuple):
    """Who holds something: a state, a person, or both; and `as_` what ("head-of-state", "acting", "member")."""

    state: str | None
    person: str | None
    as_: str


class Branch(NamedTuple):
    """One way to an answer: to whom it leads (None: nobody), the choices it takes (`ALWAYS` where none), its steps."""

    holder: Holder | None
    ways: Ways
    recorded: tuple[Ground, ...]
    by: Tellers = NO_TELLERS

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Its steps, each at length."""
        found: list[Ground] = []
        for step in self.recorded:
            found += self.by[step.says].steps(step.terms) if isinstance(step, Recorded) else (step,)
        return tuple(found)


class Reason(NamedTuple):
    """Why a segment of a timeline holds. There is always a first branch: no fact without a reason."""

    first: Branch
    others: tuple[Branch, ...] = ()

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Every branch, the first first."""
        return (self.first, *self.others)

    def grounds(self) -> Iterator[Ground]:
        """Every distinct step of every branch, in order."""
        seen: set[Ground] = set()
        for branch in self.branches:
            for ground in branch.grounds:
                if ground not in seen:
                    seen.add(ground)
                    yield ground

    def rules(self) -> tuple[str, ...]:
        """Keys of the rules it rests on, in order, each once."""
        return tuple(dict.fromkeys(g.rule for g in self.grounds() if g.rule is not None))

    def used(self) -> tuple[str, ...]:
        """Ids of the entries the answer uses: all but those that were only considered."""
        considered = {e for g in self.grounds() if g.how == "considered" for e in g.entries}
        others = {e for g in self.grounds() if g.how != "considered" for e in g.entries}
        return tuple(entry for entry in self.entries() if entry in others or entry not in considered)

    def entries(self) -> tuple[str, ...]:
        """Ids of the entries it rests on, in order, each once, those that choices hang on included."""
        named = [entry for ground in self.grounds() for entry in ground.entries]
        chosen = sorted({choice.entry for b in self.branches for way in b.ways for choice in way})
        return tuple(dict.fromkeys([*named, *chosen]))
