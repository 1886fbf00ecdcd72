"""Clocks that a party's own act sets going: the months after a notice of leaving, the years in arrears.

Nothing is owed by them. They say from when on a party may have left, or an organ may take something from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Arrears, Withdrawal
from foedus.engine.courses import Course, Derived, constant
from foedus.engine.reasons import Ground, Holder
from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment, Timeline, Value, settle
from foedus.engine.worlds import Event, Seen, bind, event, unfold
from foedus.record.acts import TreatyAction
from foedus.terms.dates import months_after

ClockState = Literal["running", "over", "ended"]
ClockKind = Literal["notice of leaving", "arrears"]  # and what the act is called that sets it going
ClockRule = RuleInForce[Withdrawal] | RuleInForce[Arrears]
_ENDED_BY: dict[ClockKind, str] = {"notice of leaving": "withdrawal", "arrears": "payment"}


@dataclass(frozen=True)
class Clock:
    """A clock of one party: what set it going, under which rule, and when it is over, at the earliest and at the latest.

    `running` until it is over; `ended` once the party has left, or paid all.
    """

    kind: ClockKind
    state: str
    rule: ClockRule
    begun: TreatyAction
    over: tuple[date, date]
    timeline: Timeline

    def on(self, day: date) -> Segment | None:
        """How it stood at the end of a day; None where it had certainly not begun."""
        segment = self.timeline.at(day)
        return segment if any(p.holder is not None for p in segment.possible) else None


class _Tick(NamedTuple):
    does: Literal["begins", "over", "ends"]
    entry: str


_NOTHING: tuple[_Tick, ...] = ()


def clocks(standing: Standing) -> tuple[Clock, ...]:
    """Every clock that an act on record set going, in order of the record."""
    return standing.kept("clocks", lambda: tuple(_clocks(standing)))


def _clocks(standing: Standing) -> Iterator[Clock]:
    for act in standing.record.of_kind(TreatyAction):
        for kind, rule, months in _rules(standing):
            begins = act.action == kind and act.of == rule.says.of
            if begins and rule.period.holds(act.when.latest):
                over = months_after(act.when.earliest, months), months_after(act.when.latest, months)
                for state in act.states:
                    course = _course(standing, _Set(kind, rule, act, state, over))
                    timeline = settle(course, standing.record.about.record_to)
                    yield Clock(kind, state, rule, act, over, timeline)


def _rules(standing: Standing) -> Iterator[tuple[ClockKind, ClockRule, int]]:
    """Every rule that sets a clock going, with how many months it gives."""
    for leaving in standing.charter.of_kind(Withdrawal):
        yield "notice of leaving", leaving, leaving.says.months
    for arrears in standing.charter.of_kind(Arrears):
        yield "arrears", arrears, 12 * arrears.says.years


class _Set(NamedTuple):
    """A clock that an act set going, as yet without its course."""

    kind: ClockKind
    rule: ClockRule
    act: TreatyAction
    state: str
    over: tuple[date, date]


def _course(standing: Standing, clock: _Set) -> Course:
    act, of = clock.act, clock.rule.says.of
    said = standing.record.where(TreatyAction, of=of, action=_ENDED_BY[clock.kind])
    ends = [e for e in said if clock.state in e.states and e.when.latest >= act.when.earliest]
    events: list[Event[_Tick]] = [
        event(act.id, "on", (act.when.earliest, act.when.latest), 0, _Tick("begins", act.id)),
        event(act.id, "due", clock.over, 1, _Tick("over", act.id)),
        *(event(e.id, "on", (e.when.earliest, e.when.latest), 2, _Tick("ends", e.id)) for e in ends),
    ]
    membership = standing.membership(clock.state, of) if clock.kind == "notice of leaving" else None

    def stood(told: tuple[_Tick, ...]) -> Derived:
        value = _value(clock, told)
        if value.holder is None or value.holder.as_ == "ended" or membership is None:
            return constant(value)
        return Seen(membership, lambda party: _left(value, party))

    return bind(unfold(events, _NOTHING, _step), stood)


def _step(told: tuple[_Tick, ...], tick: _Tick) -> tuple[_Tick, ...] | None:
    if tick.does != "begins" and not told:
        return None  # it cannot be over, or end, before it begins
    if told and told[-1].does == "ends":
        return told
    return (*told, tick)


def _value(clock: _Set, told: tuple[_Tick, ...]) -> Value:
    if not told:
        return Value(None, (Ground("considered", "clock-not-begun"),))
    base, key, last = _begun(clock), clock.rule.key, told[-1]
    if last.does == "ends":
        step = Ground("holds", "clock-ended", (last.entry,), key, (last.entry,))
        return Value(Holder(clock.state, None, "ended"), (*base, step))
    if last.does == "over":
        step = Ground("applied", "clock-over", clock.over, key)
        return Value(Holder(clock.state, None, "over"), (*base, step))
    return Value(Holder(clock.state, None, "running"), base)


def _begun(clock: _Set) -> tuple[Ground, ...]:
    rule, act = clock.rule, clock.act
    if isinstance(rule.says, Withdrawal):
        began = Ground("holds", "clock-notice", (act.id, clock.state), rule.key, (act.id,))
        return began, Ground("applied", "clock-months", (rule.says.months,), rule.key)
    began = Ground("holds", "clock-arrears", (act.id, clock.state), rule.key, (act.id,))
    terms = (rule.says.years, rule.says.by, rule.says.may_lose)
    return began, Ground("applied", "clock-years", terms, rule.key)


def _left(value: Value, party: Value) -> Value:
    """A notice beside the membership it is of: done with once the party has left."""
    if value.holder is None or party.holder is None or party.holder.as_ != "left":
        return value
    grounds = (*value.grounds, *party.grounds, Ground("applied", "clock-left", (value.holder.state,)))
    return Value(value.holder._replace(as_="ended"), grounds, None, party.doubts)
