"""Ballots put to a body's rule on a day: what comes of them, in values, JSON and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from foedus.charter.charter import RuleInForce
from foedus.charter.deciding import cited, deciding, rule_of
from foedus.charter.kinds import Decision
from foedus.decisions.ballots import WORD
from foedus.decisions.blocking import Group
from foedus.decisions.electorate import Voter
from foedus.decisions.outcome import outcome
from foedus.decisions.tree import Measured
from foedus.decisions.verdict import Outcome
from foedus.decisions.weights import Weights
from foedus.decisions.words import check_named, reason
from foedus.engine.answers import Questions
from foedus.engine.entitled import Entitled, entitled
from foedus.problems import BadInput, NotFound, Problem, suggest
from foedus.terms.states import state_name

OTHERS = "others"
MOST_GROUPS = 10
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Put:
    """Ballots put to an organ: by member, and under `others` what all who are not named cast. `members` are who decides
    where the record does not have them.
    """

    organ: str
    on: date
    ballots: Mapping[str, str]
    matter: str | None = None
    proposer: str | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it under the rule in force; `unsure` are members whose seat on the day is not certain."""

    organisation: str
    put: Put
    rule: RuleInForce[Decision]
    outcome: Outcome
    unsure: tuple[str, ...] = ()
    ballots: Mapping[str, str] = field(default_factory=dict)

    def blocking(self) -> tuple[Group, ...]:
        """The smallest groups that blocked, at most so many."""
        return tuple(islice(self.outcome.blocking(), MOST_GROUPS))

    def reason(self) -> tuple[str, ...]:
        """Why, in sentences; the rule last."""
        known = f" ({self.rule.says.basis})"
        doubt = (
            f"Whether {', '.join(map(called, self.unsure))} had a seat then is not certain."
            if self.unsure
            else ""
        )
        return (*reason(self.outcome, called), *([doubt] if doubt else []), f"{self.rule.citation}{known}.")

    def to_json(self) -> Json:
        """The outcome as published in `schemas/decide.json`."""
        found = self.outcome
        return {
            "organisation": self.organisation,
            "organ": self.put.organ,
            "matter": self.rule.says.matters,
            "on": self.put.on.isoformat(),
            "carried": found.carried,
            "state": found.state,
            "rule": {"id": self.rule.key, "citation": self.rule.citation, "basis": self.rule.says.basis},
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
            "reason": list(self.reason()),
        }


def called(member: str) -> str:
    """A member by its name, where it is a state."""
    return state_name(member) if len(member) in {3, 4} and member.isupper() else member


def _failed(of: Measured) -> Json:
    return {
        "check": check_named(of.leaf),
        "got": of.got,
        "needed": str(of.needed),  # exact: a number, or one over another
        "margin": str(of.margin),
    }


def decide(questions: Questions, weights: Weights, put: Put) -> Decided:
    """What comes of ballots. NotFound for an organ or matter that the charter has no rule for; BadInput, with every
    fault, for ballots that are refused.
    """
    charter = questions.standing.charter
    organs = {organ for rule in charter.of_kind(Decision) for organ in rule.says.organs}
    if put.organ not in organs:
        raise NotFound("organ that decides", put.organ, organs)
    rule = deciding(charter, put.organ, put.on, put.matter, put.proposer)
    says = rule_of(rule)
    if says is None:
        what = f"{rule.citation} leaves it to rules that are not in the charter."
        raise BadInput([Problem("rule", 0, what, "Write them down there to have ballots judged.")])
    who = _who(questions, weights, put)
    ballots = _ballots(who, put)
    found = outcome(says, who.voters, ballots, cited=cited(rule))
    return Decided(questions.organisation, put, rule, found, who.unsure, ballots)


def _who(questions: Questions, weights: Weights, put: Put) -> Entitled:
    """Who decides: those given, else those with a seat on record, else those with a weight on the day."""
    held = weights.on(put.on)
    if put.members:
        return Entitled(tuple(Voter(m, weights=held.get(m, {})) for m in put.members), ())
    found = entitled(questions, put.organ, put.on, weights)
    if not found.voters and held:
        return Entitled(tuple(Voter(m, weights=weight) for m, weight in sorted(held.items())), ())
    if not found.voters:
        what = f"Who decides in the {put.organ} on {put.on} is not on record."
        raise BadInput([Problem("members", 0, what, "Give them with --members, such as A,B,C.")])
    return found


def _ballots(who: Entitled, put: Put) -> dict[str, str]:
    """The ballots by member; those of the others spelt out."""
    known = [voter.id for voter in who.voters]
    others = put.ballots.get(OTHERS)
    cast = dict.fromkeys(known, others) if others is not None else {}
    named = {member: choice for member, choice in put.ballots.items() if member != OTHERS}
    strangers = [member for member in named if member not in known]
    if strangers:
        told = (
            Problem(
                "ballots",
                0,
                f"“{each}” has no vote here: it is not a member on {put.on}.",
                suggest(each, known),
            )
            for each in strangers
        )
        raise BadInput(told)
    return {**cast, **named}
