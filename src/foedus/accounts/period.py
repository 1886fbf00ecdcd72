"""The report on the period between two sessions, from the record: what happened, who held what, what was left open.

The period begins after the day of the first session and ends with the day of the last: what the first session did is
not in it, what the last one did is. What has no day of its own has that of its session. A vague day that reaches
beyond an end is in, marked as not certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from foedus.accounts.calendar import place_of
from foedus.accounts.cases import Case, cases
from foedus.accounts.claims import Shortfall, shortfalls
from foedus.accounts.drafts import Task, task
from foedus.accounts.events import Days, Event, events
from foedus.accounts.lines import Json, in_time, when_json
from foedus.accounts.rules import RuleTurn, rules_turned
from foedus.engine.answers import Basis, Course, Questions
from foedus.engine.standing import ORGANISATION
from foedus.engine.timelines import Status
from foedus.problems import BadInput, NotFound, Problem
from foedus.record.acts import (
    Adhesion,
    Affiliation,
    Announced,
    AnyAct,
    Appointment,
    Body,
    BudgetScale,
    Decided,
    Designation,
    Dispute,
    Documents,
    Entry,
    Mandate,
    Meeting,
    Membership,
    NationalLaw,
    NationalOffice,
    Representation,
    Session,
    Statement,
    StateName,
    TreatyAction,
    Turn,
)
from foedus.record.record import Record
from foedus.terms.dates import ONE_DAY, parse_day, show_day
from foedus.terms.states import state_name

# Requests and tasks are told with what became of them, announcements with whether they came true; attendance, formats,
# items and who is said to have chaired are parts of a session, and told with it.
SECTIONS: Mapping[str, tuple[type[Entry], ...]] = {
    "sessions": (Session,),
    "meetings": (Meeting,),
    "members": (Membership, TreatyAction, Affiliation, Adhesion, Representation, StateName),
    "appointments": (Appointment,),
    "hand-overs": (Designation, Turn),
    "decisions": (Decided,),
    "documents": (Documents,),
    "bodies": (Body,),
    "statements": (Statement, Dispute),
    "national offices": (NationalOffice, NationalLaw),
    "budgets": (BudgetScale,),
}


@dataclass(frozen=True, slots=True)
class End:
    """An end of the period: its day, and the sessions that ended on it, by id."""

    day: date
    sessions: tuple[str, ...]

    def to_json(self) -> Json:
        """The end as published in `schemas/between.json`."""
        return {"day": self.day.isoformat(), "sessions": list(self.sessions)}


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `start` until `end` (first day out; None is open) over which an answer was the same."""

    start: date
    end: date | None
    status: Status
    says: str

    def to_json(self) -> Json:
        """The span as published in `schemas/between.json`."""
        end = self.end.isoformat() if self.end else None
        return {"from": self.start.isoformat(), "to": end, "status": self.status, "says": self.says}


@dataclass(frozen=True, slots=True)
class Held:
    """An office, or a state as a party, over the period, the end of its first day included: what changed, and when.
    `name` is the question it answers; `of` is what the state is a party of, None for an office.
    """

    name: str
    title: str
    of: str | None
    spans: tuple[Span, ...]

    def to_json(self) -> Json:
        """It as published in `schemas/between.json`."""
        spans = [span.to_json() for span in self.spans]
        return {"name": self.name, "title": self.title, "of": self.of, "spans": spans}


@dataclass(frozen=True, slots=True)
class Pending:
    """A request made in the period (`made`), or answered in it: findings and answers that fell in it, in order of time,
    and how many answers on record did not.
    """

    case: Case
    made: Event | None
    answers: tuple[Event, ...]
    outside: int

    def to_json(self) -> Json:
        """The request as published in `schemas/between.json`."""
        case = self.case
        return {
            "request": case.line.to_json(),
            "made": self.made is not None,
            "certain": self.made is not None and self.made.certain,
            "trigger": case.trigger,
            "answers": [answer.to_json() for answer in self.answers],
            "answers outside": self.outside,
            "open": [opening.to_json() for opening in case.open],
        }


@dataclass(frozen=True, slots=True)
class Announcement:
    """A session announced in the period, or for a day of it; `held` are the sessions on record that were, or may
    have been, the one announced. `beyond`: that day lies after the end of the record.
    """

    event: Event
    entry: Announced
    held: tuple[str, ...]
    beyond: bool

    def to_json(self) -> Json:
        """The announcement as published in `schemas/between.json`."""
        own = {"for": when_json(self.entry.for_), "held": list(self.held), "beyond the record": self.beyond}
        return self.event.line.to_json() | own


@dataclass(frozen=True)
class Between:
    """The period, from the record. `sections` has an item for each of `SECTIONS`; `shortfalls` is what the record does
    not claim to hold of it.
    """

    organisation: str
    known: date
    first: End
    last: End
    record_to: date
    offices: tuple[Held, ...]
    parties: tuple[Held, ...]
    sections: Mapping[str, tuple[Event, ...]]
    requests: tuple[Pending, ...]
    tasks: tuple[Task, ...]
    announced: tuple[Announcement, ...]
    rules: tuple[RuleTurn, ...]
    shortfalls: tuple[Shortfall, ...]
    basis: Basis

    def to_json(self) -> Json:
        """The report as published in `schemas/between.json`."""
        return {
            "organisation": self.organisation,
            "known": self.known.isoformat(),
            "first": self.first.to_json(),
            "last": self.last.to_json(),
            "record to": self.record_to.isoformat(),
            "offices": [office.to_json() for office in self.offices],
            "parties": [party.to_json() for party in self.parties],
            **{name: [event.to_json() for event in found] for name, found in self.sections.items()},
            "requests": [request.to_json() for request in self.requests],
            "tasks": [task.to_json() for task in self.tasks],
            "announced": [each.to_json() for each in self.announced],
            "rules": [rule.to_json() for rule in self.rules],
            "not claimed": [each.to_json() for each in self.shortfalls],
            "basis": self.basis.to_json(),
        }


def end(asked: Questions, named: str) -> End:
    """An end of a period, by the id of a session (its last day, of a vague one the last possible) or by a day.

    NotFound, with the nearest session, for anything else.
    """
    record = asked.standing.record
    found = record.by_id.get(named)
    try:
        day = found.when.latest if isinstance(found, Session) else parse_day(named)
    except ValueError as error:
        ids = [session.id for session in record.of_kind(Session)]
        hint = str(error) if named[:4].isdigit() and "/" not in named else ""
        raise NotFound(f"session or day of {asked.organisation}", named, ids, hint) from None
    ended = tuple(session.id for session in record.of_kind(Session) if session.when.latest == day)
    return End(day, ended)


def between(asked: Questions, first: str, last: str) -> Between:
    """The report on the period after the first session, up to and including the last. Each end is a session's id or a
    day. BadInput where the last does not come after the first; else what `end` raises.
    """
    begins, ends = end(asked, first), end(asked, last)
    if ends.day <= begins.day:
        what = f"{show_day(ends.day)} does not come after {show_day(begins.day)}."
        raise BadInput([Problem("LAST", 0, what, "Give the earlier session first, then the later.")])
    record, days = asked.standing.record, Days(begins.day, ends.day)
    return Between(
        asked.organisation,
        asked.known,
        begins,
        ends,
        record.about.record_to,
        tuple(_held(asked, name, days) for name in asked.standing.offices()),
        tuple(_parties(asked, days)),
        {name: events(record, _of(record, kinds), days) for name, kinds in SECTIONS.items()},
        tuple(_requests(asked, days)),
        tuple(_tasks(record, days)),
        tuple(_announced(record, days)),
        rules_turned(asked.standing.charter, days),
        tuple(shortfalls(record.about, begins.day + ONE_DAY, ends.day)),
        asked.basis(None),
    )


def _of(record: Record, kinds: tuple[type[Entry], ...]) -> list[AnyAct]:
    return [entry for entry in record.entries if isinstance(entry, kinds)]


def _held(asked: Questions, name: str, days: Days) -> Held:
    return Held(name, asked.title(name), None, tuple(_spans(asked.timeline(name), days)))


def _spans(course: Course, days: Days) -> Iterator[Span]:
    """The parts of a course that reach into the period, the end of its first day included; alike ones are one, however
    each came about.
    """
    told: Span | None = None
    for start, stop, rows in course.parts:
        if start > days.last or (stop is not None and stop <= days.after):
            continue
        here = Span(start, stop, rows[0].status, rows[0].summary())
        if told is not None and (told.status, told.says) != (here.status, here.says):
            yield told
            told = None
        told = replace(here, start=told.start) if told is not None else here
    if told is not None:
        yield told


def _parties(asked: Questions, days: Days) -> Iterator[Held]:
    """States on record, but for those that were surely no party at any time of it."""
    standing = asked.standing
    for of, state in [(each, state) for each in standing.memberships() for state in standing.parties(each)]:
        name = state if of == ORGANISATION else f"{of}/{state}"
        course = asked.timeline(name)
        within = [p[2][0] for p in course.parts if p[0] <= days.last and (p[1] is None or days.after < p[1])]
        if any(_party(holder.as_) for row in within for p in row.segment.possible if (holder := p.holder)):
            yield Held(name, state_name(state), of, tuple(_spans(course, days)))


def _party(standing: str) -> bool:
    return standing in {"member", "suspended"}


def _requests(asked: Questions, days: Days) -> Iterator[Pending]:
    record = asked.standing.record
    for case in cases(asked).cases:
        made = events(record, [case.entry], days)
        answers: Iterable[AnyAct] = [*(a.entry for a in case.answers), *(f.entry for f in case.findings)]
        fell = events(record, list(answers), days)
        if made or fell:
            responses = sum(event.line.kind == "response" for event in fell)
            yield Pending(case, made[0] if made else None, fell, len(case.answers) - responses)


def _tasks(record: Record, days: Days) -> Iterator[Task]:
    """Tasks given in the period, due in it or reported on in it, each with every report on it."""
    for entry in in_time(record, record.of_kind(Mandate)):
        told = task(record, entry)
        reported = any(report.when is not None and days.may_hold(report.when) for report in told.reports)
        if reported or events(record, [entry], days):
            yield told


def _announced(record: Record, days: Days) -> Iterator[Announcement]:
    for entry in in_time(record, record.of_kind(Announced)):
        found = events(record, [entry], days)
        if found:
            first, last = entry.for_.earliest, entry.for_.latest
            same = (s for s in record.of_kind(Session) if _as_announced(entry, s))
            held = tuple(s.id for s in same if s.when.began <= last and first <= s.when.latest)
            yield Announcement(found[0], entry, held, last > record.about.record_to)


def _as_announced(entry: Announced, session: Session) -> bool:
    """Whether a session may be the one announced: of that organ, of that type and at that place, as far as each is known."""
    place = place_of(session)
    return (
        session.organ == entry.organ
        and (entry.type is None or entry.type in session.types)
        and (not entry.city or not place or place == entry.city)
    )
