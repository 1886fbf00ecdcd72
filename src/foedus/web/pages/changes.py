"""The days on which something changed: what the doors beside the dates lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.engine.timelines import Timeline
from foedus.engine.worlds import BEGINNING
from foedus.terms.states import state_name
from foedus.web.pages.visit import Visit, place_of
from foedus.web.pages.words import spaced


@dataclass(frozen=True, slots=True)
class Change:
    """A day, what changed on it in a few words, and the session held on it where there was one."""

    day: date
    says: str
    session: str | None = None


def all_changes(visit: Visit) -> tuple[Change, ...]:
    """Sessions, and every day on which an office, a seat or a party stood otherwise than the day before."""
    days: dict[date, list[str]] = {}
    sessions: dict[date, str] = {}
    for session in visit.sessions:
        place = place_of(session)
        where = f" in {place}" if place and place != "online" else f" {place}" if place else ""
        days.setdefault(session.when.latest, []).append(f"session{where}")
        sessions.setdefault(session.when.latest, session.id)
    for name, timeline in _timelines(visit):
        for day in edges(timeline):
            days.setdefault(day, []).append(name)
    return tuple(
        Change(day, ", ".join(dict.fromkeys(says)), sessions.get(day)) for day, says in sorted(days.items())
    )


def edges(timeline: Timeline) -> Iterable[date]:
    """The days on which a new segment begins."""
    return (segment.start for segment in timeline.segments if segment.start > BEGINNING)


def _timelines(visit: Visit) -> Iterable[tuple[str, Timeline]]:
    standing = visit.standing
    for office in standing.offices():
        yield spaced(office), standing.office(office)
    for organ in standing.organs():
        for state, timeline in standing.seats(organ).items():
            yield f"seat of {state_name(state)}", timeline
    for state in standing.parties():
        yield f"membership of {state_name(state)}", standing.party(state)


def of_timeline(name: str, timeline: Timeline) -> tuple[Change, ...]:
    """The changes of one thing alone."""
    return tuple(Change(day, name) for day in edges(timeline))


def around(
    changes: tuple[Change, ...], day: date, before: int, after: int
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The last `before` changes before a day, and the first `after` after it."""
    past = [change for change in changes if change.day < day]
    ahead = [change for change in changes if change.day > day]
    return tuple(past[-before:] if before else ()), tuple(ahead[:after])
