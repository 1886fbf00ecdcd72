"""Duties as told on a day: one by one, and together where they stand alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.accounts.lines import Json
from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Duty as DutyRule
from foedus.engine.answers import SO_FAR, Told
from foedus.engine.duties import Duty, DutyOn, duties
from foedus.engine.duty_sentences import OWES
from foedus.engine.owing import DutyState
from foedus.engine.reasons import Ground
from foedus.engine.standing import Standing
from foedus.engine.timelines import Status
from foedus.terms.dates import show_day
from foedus.terms.states import state_name
from foedus.terms.words import large, listed


@dataclass(frozen=True)
class DutyTold:
    """One duty as told on a day, and the reason behind it."""

    stood: DutyOn
    told: Told

    @property
    def status(self) -> Status:
        """How sure it is how it stood."""
        return self.stood.status

    @property
    def word(self) -> str:
        """`alleged`; `alleged or discharged`; `alleged, so far as the record goes`; what may not be owed as such."""
        said = listed(self.stood.states, "or")
        maybe = self.status == "uncertain" and len(self.stood.states) == 1
        return f"{said}, {SO_FAR}" if self.status == "unknown" else f"perhaps {said}" if maybe else said

    @property
    def due(self) -> str:
        """The last day to meet it, in words; empty where no time is set or none runs."""
        if self.stood.due is None:
            return ""
        first, last = self.stood.due
        return show_day(first) if first == last else f"{show_day(first)} to {show_day(last)}"

    @property
    def answers(self) -> tuple[str, ...]:
        """What answered the request by then and did not meet the duty, as sentences."""
        beside = self.stood.duty.meanwhile
        return tuple(self.told.voice.step(g) for when, g in beside if when.earliest <= self.stood.day)

    def to_json(self) -> Json:
        """The duty as published in `schemas/duties.json`."""
        duty, rule = self.stood.duty, self.stood.duty.rule
        return {
            "holder": duty.holder,
            "claimant": duty.claimant,
            "content": rule.says.content,
            "trigger": rule.says.trigger,
            "article": rule.citation,
            "rule": {"id": rule.says.id, "text": rule.text, "basis": rule.says.basis},
            "status": self.status,
            "states": list(self.stood.states),
            "open": self.stood.open,
            "since": self.stood.since.isoformat(),
            "due": days_json(self.stood.due),
            "answers": list(self.answers),
            "attribution": self.told.attribution,
            "reason": reason_json(self.told),
        }


@dataclass(frozen=True)
class Owing:
    """Duties under one rule that stand alike, each of another party."""

    duties: tuple[DutyTold, ...]

    @property
    def first(self) -> DutyTold:
        """One of them, for what is the same of all."""
        return self.duties[0]

    @property
    def states(self) -> tuple[DutyState, ...]:
        """How they stand, or may."""
        return self.first.stood.states

    @property
    def open(self) -> bool:
        """Whether they may still be to be met."""
        return self.first.stood.open

    @property
    def says(self) -> str:
        """What is owed by whom under which article, how it stands and why, in a sentence or two."""
        stood, told = self.first.stood, self.first.told
        rule = stood.duty.rule
        holders = listed([state_name(each.stood.duty.holder) for each in self.duties])
        what = (
            f"{OWES[rule.says.content]}{f' to the {rule.says.reported_to}' if rule.says.reported_to else ''}"
        )
        owed = f"{large(what)} under {rule.citation}, owed by {holders}: {self.first.word}"
        whys = " ".join(dict.fromkeys(_whys(told, len(stood.states))))
        unsure = " Who was a party on that day, or which text was in force, is not settled."
        return (
            f"{owed} since {show_day(stood.since)}. {whys}{unsure if stood.duty.sure == 'uncertain' else ''}"
        )


def days_json(days: tuple[date, date] | None) -> Json | None:
    """A day, or the range it lies in, as published."""
    return {"earliest": days[0].isoformat(), "latest": days[1].isoformat()} if days else None


def reason_json(told: Told) -> Json:
    """Why a duty, or a clock, stood as it did, as published: as of other answers, but that branches lead to its state."""
    reason = told.reason_json()
    branches = zip(reason["branches"], told.reason.branches, strict=True)
    told_so = [
        {"state": branch.holder.as_ if branch.holder else None, "if": said["if"], "steps": said["steps"]}
        for said, branch in branches
    ]
    kept = {key: value for key, value in reason.items() if key not in {"summary", "authority"}}
    return kept | {"branches": told_so}


_WHO_FOUND = frozenset({"duty-found", "duty-decided-under", "duty-only-alleged"})


def _whys(told: Told, states: int) -> Iterator[str]:
    """Why a duty stands as it does, in sentences: where it may stand in one way or another, under what condition in each;
    where more than one way leads to the same, what came of it at last.
    """
    branches = told.reason.branches
    for branch in branches:
        if states > 1:
            word = branch.holder.as_ if branch.holder else "not owed"
            yield f"{large(word)} {told.voice.ways(branch.ways, told.day) or 'in some course of events'}."
        else:
            steps = _telling(branch.grounds) if len(branches) == 1 else branch.grounds[-1:]
            yield from (told.voice.ground(step) for step in steps)


def _telling(grounds: Sequence[Ground]) -> Iterator[Ground]:
    """The steps worth telling of a duty in a line: who found its trigger, and what came of it at last."""
    yield from (step for step in grounds[:-1] if step.says in _WHO_FOUND)
    yield from grounds[-1:]


def alike(told: Iterable[DutyTold]) -> Iterator[Owing]:
    """Duties in groups that stand alike: under the same rule, since the same day, through the same entries."""
    groups: dict[object, list[DutyTold]] = {}
    for each in told:
        stood = each.stood
        entries = each.told.reason.entries()
        key = (stood.duty.rule.key, each.word, stood.since, entries)
        groups.setdefault(key, []).append(each)
    yield from (Owing(tuple(group)) for group in groups.values())


@dataclass(frozen=True)
class OverTime:
    """Duties under one rule that went through the same states on the same days, and whose they are: a state with the
    first day on which it was so, or may have been so.
    """

    rule: RuleInForce[DutyRule]
    holders: tuple[str, ...]
    states: tuple[tuple[date, tuple[DutyState, ...]], ...]

    @property
    def what(self) -> str:
        """`help under Treaty, Article 4`."""
        return f"{OWES[self.rule.says.content]} under {self.rule.citation}"

    @property
    def whose(self) -> str:
        """Who owes it, by name."""
        return listed([state_name(holder) for holder in self.holders])

    @property
    def went(self) -> tuple[str, ...]:
        """`alleged from 5 January 2022`, state after state."""
        return tuple(
            f"{listed(states or ('not owed',), 'or')} from {show_day(day)}" for day, states in self.states
        )

    def to_json(self) -> Json:
        """The duties as published in `schemas/case.json`."""
        rule = self.rule
        return {
            "content": rule.says.content,
            "trigger": rule.says.trigger,
            "article": rule.citation,
            "rule": {"id": rule.says.id, "text": rule.text, "basis": rule.says.basis},
            "holders": list(self.holders),
            "states": [{"from": day.isoformat(), "states": list(states)} for day, states in self.states],
        }


def over_time(standing: Standing, request: str) -> Iterator[OverTime]:
    """What a request claims, from when it came about to the end of the record."""
    groups: dict[object, list[Duty]] = {}
    for duty in duties(standing):
        if duty.request.id == request:
            groups.setdefault((duty.rule.key, tuple(duty.course())), []).append(duty)
    for group in groups.values():
        states = tuple(part for part in group[0].course() if part[0] > date.min)
        yield OverTime(group[0].rule, tuple(duty.holder for duty in group), states)
