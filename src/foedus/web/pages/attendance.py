"""Who was at a session: every attendance on record, merged by seat and by capacity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.charter.kinds import Composition
from foedus.engine.answers import Told
from foedus.record.acts import Attendance, Row, Session
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import spaced
from foedus.web.pages.answers import role_of
from foedus.web.pages.chains import Chain, chains
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Sure, figure, name_of, sure


@dataclass(frozen=True, slots=True)
class SeatAttended:
    """A seat at a session: who sat in it or may have, as what, under which version of the rule, how."""

    state: str
    notes: tuple[str, ...]
    person: str
    named: bool
    role: str
    rule: Link | None
    in_force: str
    how: str
    seat: Sure | None
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class OtherAttended:
    """Somebody at a session without a seat: in what capacity, how."""

    capacity: str
    person: str
    of: str
    how: str
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """The attendance of a session."""

    seats: tuple[SeatAttended, ...]
    others: tuple[OtherAttended, ...]
    count: str
    recorded: bool
    evidence: tuple[tuple[str, tuple[Chain, ...]], ...]


def attended(visit: Visit, session: Session) -> Attended:
    """The attendance of a session: each seat there was, and each that a source names, once."""
    named = [
        (entry, row)
        for entry in visit.record.of_kind(Attendance)
        if entry.session == session.id
        for row in entry.rows
    ]
    seated = [(entry, row) for entry, row in named if row.state and row.capacity is None]
    told = _entitled(visit, session)
    states = sorted({*told, *(str(row.state) for _, row in seated)}, key=state_name)
    seats = tuple(
        _seat(visit, session, s, told.get(s), [p for p in seated if p[1].state == s]) for s in states
    )
    others = tuple(
        _other(visit, entry, row) for entry, row in named if not row.state or row.capacity is not None
    )
    entries = {entry.id: entry for entry, _ in named}
    evidence = tuple((name, chains(visit.record, entry)) for name, entry in entries.items())
    return Attended(seats, others, _count(seats, recorded=bool(named)), bool(named), evidence)


def _entitled(visit: Visit, session: Session) -> dict[str, Told]:
    """The seats there were on the session's last day, by state."""
    if session.organ not in visit.standing.organs():
        return {}
    answer = visit.questions.who(session.organ, session.when.latest)
    return {row.state: row for row in answer.rows if row.state is not None}


def _seat(
    visit: Visit, session: Session, state: str, told: Told | None, named: list[tuple[Attendance, Row]]
) -> SeatAttended:
    rows = [row for _, row in named]
    person = next((row.person for row in rows if row.person), "")
    holder = told.segment.holder if told is not None else None
    derived = name_of(holder) if holder is not None and holder.person else ""
    role = next((row.title or spaced(row.role or "") for row in rows if row.title or row.role), "")
    if not role and told is not None and holder is not None and person in {"", holder.person}:
        role = role_of(visit, told, holder)
    rule, in_force = _rule(visit, told)
    return SeatAttended(
        state_name(state),
        _notes(visit, session, state),
        person or derived,
        bool(person),
        role,
        rule,
        in_force,
        _how(rows),
        sure(told.status) if told is not None else None,
        _entries(visit, [entry for entry, _ in named]),
    )


def _how(rows: Iterable[Row]) -> str:
    return " and ".join(dict.fromkeys(row.how for row in rows))


def _rule(visit: Visit, told: Told | None) -> tuple[Link | None, str]:
    """The version of the rule of composition that fills the seat."""
    keys = told.reason.rules() if told is not None else ()
    for rule in (visit.charter.by_key[key] for key in keys):
        if isinstance(rule.says, Composition):
            link = Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id))
            return link, f"in force since {rule.period.start.year}"
    return None, ""


def _notes(visit: Visit, session: Session, state: str) -> tuple[str, ...]:
    """Whether the seat is the host's, and whether it held an office just before the session."""
    notes = ["host"] if session.host == state else []
    for office in visit.offices_opened_by_sessions_of(session.organ):
        if session.when.began > date.min:
            segment = visit.standing.office(office).at(session.when.began - ONE_DAY)
            if segment.holder is not None and segment.holder.state == state:
                notes.append(spaced(office))
    return tuple(notes)


def _other(visit: Visit, entry: Attendance, row: Row) -> OtherAttended:
    of = ", ".join(part for part in (state_name(row.state) if row.state else "", row.org) if part)
    capacity = spaced(row.capacity or "") or row.title or spaced(row.role or "") or "guest"
    title = row.title if row.capacity else ""
    return OtherAttended(
        capacity, row.person, ", ".join(p for p in (title, of) if p), row.how, _entries(visit, [entry])
    )


def _entries(visit: Visit, entries: Iterable[Attendance]) -> tuple[EntryLine, ...]:
    return tuple(entry_line(visit, name) for name in dict.fromkeys(entry.id for entry in entries))


def _count(seats: tuple[SeatAttended, ...], *, recorded: bool) -> str:
    if not recorded:
        return "who was there is not in the record"
    hows = [seat.how for seat in seats]
    kinds = [(how, hows.count(how)) for how in dict.fromkeys(hows) if how]
    parts = [f"{number} {how}" for how, number in sorted(kinds, key=lambda kind: -kind[1])]
    if "" in hows:
        parts.append(f"{hows.count('')} not named by a source")
    return f"{', '.join(parts)} of {figure(len(seats), 'seat')}"
