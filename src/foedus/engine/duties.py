"""Duties: what each party owes whom since a request, under which article, and how that stood over time.

A duty has a holder, a claimant, a trigger, a content and, where its rule sets one, a time. It is

- *alleged* while its trigger is claimed and nobody on record has found it to be given,
- *pending* once somebody has, and nothing that would meet it is on record,
- *undetermined* where what was done may or may not be enough, or may or may not have been done,
- *overdue* where its time is over and the record claims to hold every act that would meet it,
- *discharged* once it was met, and *lapsed* once it ended unmet.

One duty for each party obliged. Whoever was a party on the day of the request owes it; who joins later does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Duty as DutyRule
from foedus.engine.capacity import Insiders, insiders
from foedus.engine.owing import OPEN, DutyState, duty_course
from foedus.engine.performance import Owed, meanwhile
from foedus.engine.reasons import Ground
from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment, Status, Timeline, settle
from foedus.record.acts import Request
from foedus.terms.dates import ONE_DAY, When
from foedus.terms.triggers import sets_off

PARTIES = frozenset({"member", "suspended"})  # a party suspended is one still
Sure = Literal["certain", "uncertain"]


@dataclass(frozen=True)
class Duty:
    """What one party owes since a request, under one version of a rule. `sure` tells whether it certainly was a party,
    and that version certainly in force, on the day of the request, which may be vague. `meanwhile` are acts that were an
    answer and did not meet it, each with its day.
    """

    owed: Owed
    sure: Sure
    timeline: Timeline
    meanwhile: tuple[tuple[When, Ground], ...]

    @property
    def request(self) -> Request:
        """The request that claims it."""
        return self.owed.request

    @property
    def rule(self) -> RuleInForce[DutyRule]:
        """The rule it is owed under, as worded on the day of the request."""
        return self.owed.rule

    @property
    def holder(self) -> str:
        """The party that owes it."""
        return self.owed.holder

    @property
    def claimant(self) -> str:
        """To whom it is owed: a state's code, or the name of whoever is to be reported to."""
        return self.rule.says.reported_to or str(self.request.by.state)

    def on(self, day: date) -> DutyOn | None:
        """How it stood at the end of a day; None where it had certainly not come about yet."""
        segment = self.timeline.at(day)
        states = states_of(segment)
        return DutyOn(self, day, segment, states) if states else None

    def course(self) -> Iterator[tuple[date, tuple[DutyState, ...]]]:
        """The states it was in, or may have been in, each with the first day on which it was so, to the end of the record."""
        last: tuple[DutyState, ...] = ()
        for segment in self.timeline.segments:
            states = states_of(segment)
            if states != last:
                yield segment.start, states
            last = states


def states_of(segment: Segment) -> tuple[DutyState, ...]:
    """The states that a segment of a duty's timeline leaves possible, in the order in which a duty goes through them."""
    found = {p.holder.as_ for p in segment.possible if p.holder is not None}
    return tuple(state for state in get_args(DutyState) if state in found)


@dataclass(frozen=True)
class DutyOn:
    """A duty at the end of a day. `states` are those in which it may be; one where that is settled, or, past the end of
    the record, so far as it goes.
    """

    duty: Duty
    day: date
    segment: Segment
    states: tuple[DutyState, ...]

    @property
    def status(self) -> Status:
        """How sure that is. One that was certainly not owed by then has no state at all."""
        unsure = self.duty.sure == "uncertain" or any(p.holder is None for p in self.segment.possible)
        return "uncertain" if unsure and self.segment.status == "certain" else self.segment.status

    @property
    def open(self) -> bool:
        """Whether it may still be to be met."""
        return any(state in OPEN for state in self.states)

    @property
    def since(self) -> date:
        """The first day on which it stood as it does; past the end of the record, as far as that goes."""
        return next(start for start, _ in reversed([c for c in self.duty.course() if c[0] <= self.day]))

    @property
    def due(self) -> tuple[date, date] | None:
        """The last day to meet it, at the earliest and at the latest; None where no time is set, or none runs yet."""
        return self.duty.owed.due

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Why, step by step; what answered the request by then and did not meet the duty at the end."""
        beside = (ground for when, ground in self.duty.meanwhile if when.earliest <= self.day)
        return (*self.segment.reason.grounds(), *beside)


def duties(standing: Standing) -> tuple[Duty, ...]:
    """Every duty that a request on record claims, in order of the record, of the rules, and of the parties' codes."""
    return standing.kept("duties", lambda: tuple(_duties(standing)))


def rules_of_duty(standing: Standing) -> tuple[RuleInForce[DutyRule], ...]:
    """Every version of every rule that says that something is owed."""
    return tuple(standing.charter.of_kind(DutyRule))


def _duties(standing: Standing) -> Iterator[Duty]:
    names = insiders(standing)
    for request in standing.record.of_kind(Request):
        for rule in rules_of_duty(standing):
            if request.by.state is not None and sets_off(request.alleges, rule.says.trigger):
                yield from _under(standing, names, request, rule)


def _under(
    standing: Standing, names: Insiders, request: Request, rule: RuleInForce[DutyRule]
) -> Iterator[Duty]:
    """What each party owes since a request under a version of a rule that was, or may have been, in force on its day."""
    days = [day for day in _days(request.when) if rule.period.holds(day)]
    claims = _sure(standing, str(request.by.state), rule.says.of, days) if days else None
    for state in standing.parties(rule.says.of) if claims is not None else ():
        owes = _sure(standing, state, rule.says.of, days)
        if state == request.by.state or owes is None:
            continue
        owed = Owed(standing.record, names, request, rule, state)
        course = duty_course(owed, standing.membership(state, rule.says.of))
        if course is None:
            continue
        whole = len(days) == len(_days(request.when)) and claims == owes == "certain"
        timeline = settle(course, standing.record.about.record_to)
        yield Duty(owed, "certain" if whole else "uncertain", timeline, tuple(meanwhile(owed)))


def _days(when: When) -> list[date]:
    """Each day on which an act may have been."""
    return [when.earliest + n * ONE_DAY for n in range((when.latest - when.earliest).days + 1)]


def _sure(standing: Standing, state: str, of: str, days: list[date]) -> Sure | None:
    """Whether a state was a party on the day, whichever of `days` it was; None where nothing on record makes it one."""
    told = [standing.party(state, of).at(day) for day in days]
    possible = [
        p.holder is not None and p.holder.as_ in PARTIES for segment in told for p in segment.possible
    ]
    if not any(possible):
        return None
    return "certain" if all(possible) and all(s.status != "unknown" for s in told) else "uncertain"


def unsettled(standing: Standing, request: Request) -> tuple[tuple[str, str], ...]:
    """States of which the record does not tell whether they were a party on the day of a request, each with of what:
    none of them is shown to owe anything, and none is shown not to.
    """
    days = _days(request.when)
    bodies = dict.fromkeys(
        rule.says.of
        for rule in rules_of_duty(standing)
        if sets_off(request.alleges, rule.says.trigger) and any(map(rule.period.holds, days))
    )
    return tuple(
        (state, of)
        for of in bodies
        for state in standing.parties(of)
        if state != request.by.state and _sure(standing, state, of, days) is None
        if any(standing.party(state, of).at(day).status == "unknown" for day in days)
    )
