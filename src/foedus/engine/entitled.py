"""Who decides in an organ on a day: the members with a seat, their classes and weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from foedus.decisions.electorate import Voter
from foedus.decisions.rule import Rule
from foedus.decisions.weights import Weights
from foedus.engine.answers import Questions
from foedus.problems import NotFound
from foedus.terms.offices import MemberClass

_CLASSES = frozenset(get_args(MemberClass))


@dataclass(frozen=True, slots=True)
class Entitled:
    """The voters in order, and those states whose seat on that day is not certain."""

    voters: tuple[Voter, ...]
    unsure: tuple[str, ...]


def entitled(
    questions: Questions, organ: str, day: date, weights: Weights, rule: Rule | None = None
) -> Entitled:
    """Who has a vote in an organ on a day: each member with a seat. A member with a weight on file has it. Where the `rule`
    says what becomes of the place of a suspended member, a party certainly suspended is among them as such. Nobody where
    the charter has no rule on the organ's seats: then who decides is given with the question.
    """
    try:
        answer = questions.who(organ, day)
    except NotFound:
        return Entitled((), ())
    held = weights.on(day)
    voters, unsure = [], []
    for row in answer.rows:
        holder = row.holder
        state = (holder.state if holder is not None else None) or row.state
        if not state or row.officer:
            continue
        classes = {holder.as_} & _CLASSES if holder is not None else set()
        voters.append(Voter(state, frozenset(classes), held.get(state, {})))
        if row.status != "certain":
            unsure.append(state)
    if rule is not None and any(line.status == "suspended" for line in rule.electorate.exclude):
        voters += _suspended(questions, organ, day, held)
    return Entitled(tuple(voters), tuple(unsure))


def _suspended(
    questions: Questions, organ: str, day: date, held: Mapping[str, Mapping[str, int]]
) -> Iterator[Voter]:
    """The parties of what the organ's seats are for that are certainly suspended on a day."""
    standing = questions.standing
    of = standing.compositions(organ)[0].says.of
    for state in standing.parties(of):
        segment = standing.party(state, of).at(day)
        as_ = {p.holder.as_ if p.holder is not None else None for p in segment.possible}
        if segment.status == "certain" and as_ == {"suspended"}:
            yield Voter(state, frozenset(), held.get(state, {}), frozenset({"suspended"}))
