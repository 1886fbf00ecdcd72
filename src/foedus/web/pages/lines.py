"""The timeline of an office, planned for drawing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from foedus.accounts.calendar import place_of
from foedus.engine.reasons import Holder
from foedus.engine.timelines import Segment, Timeline
from foedus.record.acts import Session
from foedus.terms.dates import ONE_DAY, Period
from foedus.terms.states import state_name
from foedus.terms.words import spaced
from foedus.web.figures.lanes import Event, Mark, Piece, Plan, Shape
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import last_name, short_day

ELSEWHERE = "elsewhere"
_SHAPES: dict[str, Shape] = {
    "uncertain": "between",
    "contested": "rival",
    "unknown": "expected",
}


def plan(visit: Visit, name: str, years: Period | None = None) -> Plan | None:
    """What to draw of an office: a lane for each state, or for each person where an appointment opens the term; of the
    `years` alone, where they are given.
    """
    timeline = visit.standing.office(name)
    rule = visit.standing.office_rules(name)[0].says
    by_person = rule.term.opened_by == "appointment"
    record_to = visit.record.about.record_to
    start = _first_day(timeline)
    if start is None or start > record_to:
        return None
    out = date(min(record_to.year + 1, date.max.year), 1, 1)
    if years is not None:
        start, out = max(start, years.start), min(out, years.end or out)
    last = min(record_to, out - ONE_DAY)
    shown = [s for s in timeline.segments if s.start <= last and (s.end is None or s.end > start)]
    organ = rule.term.where.organ if rule.term.where is not None else ""
    sessions = [s for s in visit.sessions if s.organ == organ and start <= s.when.latest < out]
    keys = _lanes(visit, shown, sessions, by_person=by_person)
    if not keys:
        return None
    pieces = tuple(_pieces(shown, keys, start, min(out, record_to + ONE_DAY), by_person=by_person))
    names = tuple(key if by_person or key == ELSEWHERE else state_name(key) for key in keys)
    codes = tuple("" if by_person or key == ELSEWHERE else key for key in keys)
    events = tuple(_events(visit, sessions, keys))
    return Plan(names, codes, pieces, events, start, out, visit.on, record_to)


def _first_day(timeline: Timeline) -> date | None:
    """The first day on which the line has something to show."""
    return next((s.start for s in timeline.segments if s.status != "not-in-force"), None)


def _lanes(
    visit: Visit, segments: Iterable[Segment], sessions: Iterable[Session], *, by_person: bool
) -> tuple[str, ...]:
    held = [p.holder for s in segments for p in s.possible if p.holder is not None]
    keys = list(dict.fromkeys(key for holder in held if (key := _key(holder, by_person=by_person))))
    if by_person:
        return tuple(keys)
    held_at = list(sessions)
    seated = {s.host for s in held_at if s.host is not None and visit.opens_term(s)} & set(
        visit.standing.parties()
    )
    states = sorted({*keys, *seated}, key=state_name)
    homeless = any(s.host not in states for s in held_at)
    return (*states, ELSEWHERE) if homeless else tuple(states)


def _key(holder: Holder, *, by_person: bool) -> str:
    return (holder.person if by_person else holder.state) or ""


def _pieces(
    segments: list[Segment], keys: tuple[str, ...], start: date, out: date, *, by_person: bool
) -> Iterable[Piece]:
    labelled: dict[int, tuple[str, date]] = {}
    for index, segment in enumerate(segments):
        first, last = max(segment.start, start), min(segment.end or out, out)
        if first >= last or segment.status in {"not-in-force", "vacant"}:
            continue
        before = _sure_key(segments[index - 1], by_person=by_person) if index else ""
        after = _sure_key(segments[index + 1], by_person=by_person) if index + 1 < len(segments) else ""
        lanes: dict[str, str] = {}
        for possible in segment.possible:
            if possible.holder is not None and (key := _key(possible.holder, by_person=by_person)):
                lanes.setdefault(key, last_name(possible.holder.person or ""))
        doubt = segment.status == "uncertain"
        for key, person in lanes.items():
            lane = keys.index(key)
            label = "" if labelled.get(lane) == (person, first) else person
            labelled[lane] = (person, last)
            shape = _shape(segment, alone=len(lanes) == 1)
            yield Piece(
                lane,
                first,
                last,
                shape,
                label,
                doubt and key == before != after,
                doubt and key == after != before,
            )


def _shape(segment: Segment, *, alone: bool) -> Shape:
    if segment.holder is not None and segment.holder.as_ == "acting":
        return "acting"
    if segment.status == "uncertain" and alone:
        return "bar"  # one lane all the same: what is in doubt is something else
    return _SHAPES.get(segment.status, "bar")


def _sure_key(segment: Segment, *, by_person: bool) -> str:
    return _key(segment.holder, by_person=by_person) if segment.holder is not None else ""


def _events(visit: Visit, sessions: Iterable[Session], keys: tuple[str, ...]) -> Iterable[Event]:
    marks: dict[str, Mark] = {"surely": "host", "maybe": "maybe", "": "other"}
    for session in sessions:
        key = session.host if session.host in keys else ELSEWHERE
        if key in keys:
            says = f"{short_day(session.when.latest)}, {' or '.join(map(spaced, session.types))}, {place_of(session)}"
            yield Event(keys.index(str(key)), session.when.latest, marks[visit.opens_term(session)], says)
