"""Ballots put to a body's rule on a day: what comes of them, in values, JSON and sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice

from foedus.accounts.ballots import Ballots, meant
from foedus.accounts.deciders import Deciders
from foedus.accounts.lines import Json
from foedus.accounts.powers import name as called
from foedus.decisions.ballots import WORD
from foedus.decisions.blocking import Group
from foedus.decisions.given import NOTHING_GIVEN, Given
from foedus.decisions.outcome import outcome
from foedus.decisions.rule import Absence
from foedus.decisions.tree import Measured
from foedus.decisions.verdict import Outcome
from foedus.decisions.words import check_named, describe, followed, reason, said, state_said
from foedus.engine.answers import Basis, Questions
from foedus.engine.findings.judging import readings
from foedus.terms.words import listed

MOST_GROUPS = 10  # of those that blocked


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of ballots under the rule in force. `otherwise`: the same with absence read otherwise, where a member was
    absent and it matters.
    """

    organisation: str
    title: str
    on: date
    by: Deciders
    ballots: Mapping[str, str]
    outcome: Outcome
    otherwise: tuple[tuple[Absence, Outcome], ...]
    basis: Basis

    def blocking(self) -> tuple[Group, ...]:
        """The smallest groups that blocked, at most so many."""
        return tuple(islice(self.outcome.blocking(), MOST_GROUPS))

    def answer(self) -> tuple[str, ...]:
        """Carried or not, by which rule, through what, who blocked, whom it binds: a sentence each."""
        return (state_said(self.outcome), *self._rest())

    def _rest(self) -> Iterator[str]:
        named = self.by.cited
        basis = f", wording {named.basis}" if named.basis not in {"", "practice"} else ""
        yield f"By {named.citation or named.name} ({self.by.in_force.says.matters}{basis}): {describe(self.by.rule)}"
        if self.outcome.carried is not True:
            wanting = [step for step in self.outcome.steps if step.holds is not True or step.key == "chair"]
            yield from (said(step, called) for step in wanting if step.key != "excluded")
        yield from self._turning()
        yield from followed(self.outcome, called)
        if self.by.unsure:
            yield f"Whether {listed([called(each) for each in self.by.unsure])} had a seat then is not certain."
        for absence, found in self.otherwise:
            free = listed([called(each) for each in found.binding.not_bound])
            yield f"Were absence read so that it {_READ[absence]}: {state_said(found)[:-1].lower()}{f', not binding {free}' if free else ''}."

    def _turning(self) -> Iterator[str]:
        groups, turning = self.blocking(), self.outcome.flips
        if groups and groups != ((),):
            first = [
                listed([called(each) for each in group]) for group in groups if len(group) == len(groups[0])
            ]
            more = ", and more as small" if len(groups) == MOST_GROUPS else ""
            alone = "alone" if len(groups[0]) == 1 else "together"
            yield f"Enough to block it {alone}: {'; '.join(first)}{more}."
        if groups == ((),):
            yield "It could not have been carried even by all."
        if turning and len(turning) < len(self.outcome.chamber.voters):
            yield f"Who alone could have turned it: {listed([called(flip.voter) for flip in turning], 'or')}."
        elif turning:
            yield "Any member alone could have turned it."

    def why(self) -> tuple[str, ...]:
        """Every step, in order."""
        return reason(self.outcome, called)

    def to_json(self) -> Json:
        """The outcome as published in `schemas/decide.json`."""
        found, named = self.outcome, self.by.cited
        return {
            "organisation": self.organisation,
            "organ": self.by.organ,
            "matter": self.by.in_force.says.matters,
            "on": self.on.isoformat(),
            "carried": found.carried,
            "state": found.state,
            "rule": {
                "name": named.name,
                "matters": self.by.in_force.says.matters,
                "citation": named.citation,
                "says": describe(self.by.rule),
                "basis": named.basis,
            },
            "tally": {word: found.positions.count(at) for at, word in WORD.items()},
            "failed": [_failed(each) for each in found.failed],
            "flips": [
                {"member": each.voter, "held": WORD[each.held], "to": [WORD[to] for to in each.to]}
                for each in found.flips
            ],
            "blocking": [list(group) for group in self.blocking()],
            "bound": list(found.bound),
            "not bound": list(found.binding.not_bound),
            "may join": list(found.binding.may_join),
            "uncertain members": list(self.by.unsure),
            "readings": [
                {"absence": absence, "carried": came.carried, "state": came.state}
                for absence, came in self.otherwise
            ],
            "reason": list(self.why()),
            "basis": self.basis.to_json(),
        }


_READ: Mapping[Absence, str] = {
    "bars-nothing": "bars nothing",
    "ends-quorum": "leaves no quorum",
    "later-adhesion": "leaves the absent to join later",
    "limited-format": "makes a limited format",
}


def decide(
    asked: Questions, by: Deciders, on: date, ballots: Ballots, given: Given = NOTHING_GIVEN
) -> Decided:
    """What comes of ballots, and of what is `given` beside them, put to those who decide on a day. BadInput, with every
    fault, for what is refused.
    """
    silent = by.rule.procedure.mode == "silence"
    cast, given = meant(ballots, given, by.voters, silent=silent)
    at = given.at or (datetime.combine(on, time.max) if silent else None)

    def came(absence: Absence) -> Outcome:
        facts = replace(given.facts(absence), absence=absence)
        return outcome(by.rule, by.voters, cast, at=at, facts=facts, cited=by.cited)

    own, *others = readings(by.in_force, cast)
    own = given.absence or own
    otherwise = tuple((absence, came(absence)) for absence in others if absence != own)
    title = asked.standing.title(by.organ)
    return Decided(asked.organisation, title, on, by, cast, came(own), otherwise, asked.basis(on))


def _failed(of: Measured) -> Json:
    return {
        "check": check_named(of.leaf),
        "got": of.got,
        "needed": str(of.needed),  # exact: a number, or one over another
        "margin": str(of.margin),
    }
