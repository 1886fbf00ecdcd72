"""The sessions on record in order of time, and the one that somebody means by an id or a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foedus.engine.answers import Questions
from foedus.problems import NotFound
from foedus.record.acts import Session
from foedus.record.record import Record
from foedus.terms.dates import parse_day
from foedus.terms.words import listed


def in_order(record: Record) -> tuple[Session, ...]:
    """Every session, in order of the day it ended."""
    return tuple(sorted(record.of_kind(Session), key=lambda s: (s.when.latest, s.when.began)))


def place_of(session: Session) -> str:
    """Where a session was: its city, `online`, or nothing."""
    return session.city or ("online" if session.held == "online" else "")


def how_held(session: Session) -> str | None:
    """In person, online or both; None where the record has neither a place nor a word on it."""
    placeless = not session.city and session.host is None
    return None if session.held == "in person" and placeless else session.held


def neighbours(record: Record, session: Session) -> tuple[Session | None, Session | None]:
    """The sessions of the same organ just before and just after one."""
    same = [s for s in in_order(record) if s.organ == session.organ]
    index = same.index(session)
    after = same[index + 1] if index + 1 < len(same) else None
    return (same[index - 1] if index else None), after


def named(asked: Questions, name: str) -> Session:
    """The session of an id, or the one session on a day (`YYYY-MM-DD`; one that lasted was on each of its days).

    NotFound for any other name, with the nearest; for a day without a session, with those before and after it; for a
    day with several, with their ids.
    """
    record = asked.standing.record
    found = record.by_id.get(name)
    if isinstance(found, Session):
        return found
    sessions = in_order(record)
    try:
        day = parse_day(name)
    except ValueError:
        raise NotFound(f"session of {asked.organisation}", name, [s.id for s in sessions]) from None
    on_it = [s for s in sessions if not s.when.vague and s.when.began <= day <= s.when.latest]
    if len(on_it) == 1:
        return on_it[0]
    hint = (
        f"That day had {len(on_it)}: {_ids(on_it)}."
        if on_it
        else _around(sessions, day) or (f"No session is on record, as known on {asked.known}.")
    )
    what = f"{'single ' if on_it else ''}session of {asked.organisation} on"
    raise NotFound(what, name, [s.id for s in sessions], hint)


def _around(sessions: Sequence[Session], day: date) -> str:
    """The sessions before and after a day without one, and those of an unknown day that may have been on it."""
    perhaps = [s for s in sessions if s.when.vague and s.when.earliest <= day <= s.when.latest]
    before = [s for s in sessions if s.when.latest < day]
    after = [s for s in sessions if s.when.earliest > day]
    says = [
        f"before it {_ids(before[-1:])}" if before else "",
        f"after it {_ids(after[:1])}" if after else "",
        f"perhaps on it {_ids(perhaps)}" if perhaps else "",
    ]
    told = "; ".join(part for part in says if part)
    return f"The nearest: {told}." if told else ""


def _ids(sessions: Sequence[Session]) -> str:
    return listed([f"“{session.id}”" for session in sessions])
