"""Which session an entry is part of, what is part of a session, and when what an entry says was so."""

from __future__ import annotations

from foedus.record.acts import (
    Adhesion,
    Announced,
    Appointment,
    Attendance,
    Body,
    Designation,
    Entry,
    Expect,
    Lasting,
    Mandate,
    MaybeDated,
    Meeting,
    OfSession,
    Report,
    Session,
    Silence,
    Statement,
    TreatyAction,
)
from foedus.record.record import Record
from foedus.terms.dates import When


def session_of(record: Record, entry: str) -> str | None:
    """The session an entry is, or was part of; None where it stands by itself."""
    found: Entry | None = record.by_id.get(entry)
    match found:
        case Session():
            return found.id
        case Attendance() | OfSession() | Statement():
            named = found.session
        case Designation():
            named = found.opened_by
        case Appointment() | Expect() | Announced() | Mandate() | Report():
            named = found.at
        case Meeting():
            named = found.before
        case Silence():
            return session_of(record, found.of)
        case Adhesion():
            return session_of(record, found.to)
        case _:
            named = None
    return _session(record, named)


def parts_of(record: Record, session: str) -> tuple[Entry, ...]:
    """The session itself and everything on record that was part of it or came about at it, in the record's order."""
    return tuple(
        entry for entry in record.entries if session in {session_of(record, entry.id), _at(record, entry)}
    )


def stands_for(record: Record, name: str) -> str:
    """The id of the live entry that a link leads to: a corrected entry's leads to the one that corrects it."""
    found = record.by_id.get(name)
    return found.id if found is not None else name


def _at(record: Record, entry: Entry) -> str | None:
    """The session at which something came about that goes on without it: a body, a step towards or out of a treaty."""
    return _session(record, entry.at) if isinstance(entry, (Body, TreatyAction)) else None


def _session(record: Record, named: str | None) -> str | None:
    held = record.by_id.get(named) if named is not None else None
    return held.id if isinstance(held, Session) else None


def when_of(record: Record, entry: Entry) -> When | None:
    """When what an entry says took place: its own day, or the first day of what lasts, or its session's day; None
    where neither it nor its session is dated.
    """
    match entry:
        case MaybeDated() if entry.dated is not None:
            return entry.dated
        case Lasting():
            return entry.from_
        case Designation():
            return entry.effective
        case Silence() if entry.of in record.by_id:
            return when_of(record, record.by_id[entry.of])
    held = record.by_id.get(session_of(record, entry.id) or "")
    return held.when if isinstance(held, Session) else None
