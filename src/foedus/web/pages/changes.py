"""The days on which something changed: what the doors beside the dates lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.accounts.calendar import place_of
from foedus.engine.timelines import Timeline
from foedus.engine.worlds import BEGINNING
from foedus.record.acts import Session
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import spaced
from foedus.web.pages.visit import Visit

MOST = 3  # changes named for one day


@dataclass(frozen=True, slots=True)
class Change:
    """A day, what changed on it in a few words, and the session held on it where there was one."""

    day: date
    says: str
    session: str | None = None


def all_changes(visit: Visit) -> tuple[Change, ...]:
    """Sessions, and every day on which an office, a seat or a party stood otherwise than the day before."""
    return changes(visit, _timelines(visit), visit.sessions)


def changes(
    visit: Visit, timelines: Iterable[tuple[str, Timeline]], sessions: Iterable[Session] = ()
) -> tuple[Change, ...]:
    """The days on which these timelines or sessions brought something new; and the end of the record."""
    days: dict[date, list[str]] = {}
    held: dict[date, str] = {}
    for session in sessions:
        days.setdefault(session.when.latest, []).append(_session(session))
        held.setdefault(session.when.latest, session.id)
    for name, timeline in timelines:
        for day in _edges(timeline):
            days.setdefault(day, []).append(name)
    out = visit.record.about.record_to + ONE_DAY
    if out in days:
        days[out] = ["the record has ended"]
    return tuple(Change(day, _short(says), held.get(day)) for day, says in sorted(days.items()))


def seats_of(visit: Visit, organ: str) -> Iterable[tuple[str, Timeline]]:
    """The seats of an organ, by name."""
    for state, timeline in visit.standing.seats(organ).items():
        yield f"seat of {state_name(state)}", timeline


def _timelines(visit: Visit) -> Iterable[tuple[str, Timeline]]:
    standing = visit.standing
    for office in standing.offices():
        yield spaced(office), standing.office(office)
    for organ in standing.organs():
        yield from seats_of(visit, organ)
    for state in standing.parties():
        yield f"membership of {state_name(state)}", standing.party(state)


def _session(session: Session) -> str:
    place = place_of(session)
    if not place or not session.city:
        return f"session {place}".rstrip()
    return f"session in {place}"


def _edges(timeline: Timeline) -> Iterable[date]:
    """The days on which a new segment begins."""
    return (segment.start for segment in timeline.segments if segment.start > BEGINNING)


def _short(says: list[str]) -> str:
    """What changed; where that is much, the first of it and how much more."""
    told = list(dict.fromkeys(says))
    return (
        ", ".join(told)
        if len(told) <= MOST
        else f"{', '.join(told[: MOST - 1])} and {len(told) - MOST + 1} more"
    )


def around(
    found: tuple[Change, ...], day: date, before: int, after: int
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """The last `before` changes before a day, and the first `after` after it."""
    past = [change for change in found if change.day < day]
    ahead = [change for change in found if change.day > day]
    return tuple(past[-before:] if before else ()), tuple(ahead[:after])
