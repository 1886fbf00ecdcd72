"""The rule that a laboratory's address asks for: a ready one, its amounts changed, vetoes taken away; and the form of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foedus.accounts.deciders import Deciders
from foedus.accounts.powers import name as called
from foedus.decisions.alternatives import Members, alternative, ready
from foedus.decisions.bounds import Bound, bounds, with_bounds
from foedus.decisions.rule import Rule
from foedus.decisions.words import describe
from foedus.problems import BadInput, Problem
from foedus.terms.words import listed
from foedus.web.pages.deciding import Choice, Option

ALL_VETOES = "no-veto"
AS_IT_IS = Option("", "as it is", chosen=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One amount that can be written: by its name, in the rule's words, what is written now, and what it is unchanged."""

    name: str
    label: str
    value: str
    unchanged: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a ready rule or none, amounts by name, and vetoes to take away, members' own first."""

    ready: str
    amounts: Mapping[str, str]
    vetoes: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether anything is to be another than it is."""
        return bool(self.ready or self.amounts or self.vetoes)

    def put(self, rule: Rule, members: Members) -> tuple[Rule, Members]:
        """The other rule. BadInput, with every fault, where that cannot be made of this one."""
        faults = list[Problem]()
        for step in (self._amended, *map(alternative, self.vetoes)):
            try:
                rule, members = step(rule, members)
            except BadInput as error:
                faults += error.problems
        if faults:
            raise BadInput(faults)
        return rule, members

    def says(self, rule: Rule, members: Members) -> str:
        """The other rule in words; where only some lose their veto, the rule as it is for the rest, and who they are."""
        if not self.vetoes or ALL_VETOES in self.vetoes:
            return describe(self.put(rule, members)[0])
        losing = [called(veto.partition(":")[2]) for veto in self.vetoes]
        return f"{describe(self._amended(rule, members)[0])} {listed(losing)} cannot veto it."

    def bounds(self, rule: Rule, members: Members) -> tuple[Bound, ...]:
        """The amounts there are to change: those of the ready rule, where there is such a one."""
        try:
            return bounds(alternative(self.ready)(rule, members)[0] if self.ready else rule)
        except BadInput:
            return bounds(rule)

    def _amended(self, rule: Rule, members: Members) -> tuple[Rule, Members]:
        if self.ready:
            rule, members = alternative(self.ready)(rule, members)
        return with_bounds(rule, self.amounts), members


def wanted(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for. `rule` may be the ready rule that takes a veto away: that is the same as ticking it."""
    rule = asked.get("rule", "")
    ticked = [name for name, value in asked.items() if _of_vetoes(name) and value]
    ticked += [rule] if _of_vetoes(rule) else []
    amounts = {
        name: value for name, value in asked.items() if name.startswith(("threshold-", "quorum-")) and value
    }
    vetoes = sorted(set(ticked), key=lambda name: (name == ALL_VETOES, name))
    return Wanted("" if _of_vetoes(rule) else rule, amounts, tuple(vetoes))


def fields(by: Deciders, want: Wanted) -> Iterator[Field]:
    """Each amount of the rule, with what is written for it."""
    for bound in want.bounds(by.rule, by.voters):
        amount = bound.amount or "as the rule says"
        yield Field(bound.name, bound.says, want.amounts.get(bound.name, ""), amount)


def vetoes(by: Deciders, want: Wanted) -> Iterator[Option]:
    """The vetoes that can be taken away: all of them, or one member's."""
    for name, _ in ready(by.rule, by.voters):
        if _of_vetoes(name):
            member = name.partition(":")[2]
            yield Option(name, called(member) if member else "every member’s", name in want.vetoes)


def ready_rules(by: Deciders, want: Wanted) -> Choice:
    """The ready rules but those that only take vetoes away."""
    names = (name for name, _ in ready(by.rule, by.voters) if not _of_vetoes(name))
    return Choice(
        "rule", "Another rule", (AS_IT_IS, *(Option(name, name, name == want.ready) for name in names))
    )


def _of_vetoes(name: str) -> bool:
    return name.partition(":")[0] == ALL_VETOES
