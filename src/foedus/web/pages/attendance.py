"""Who was at a session, as shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.accounts.attendance import Attended as AttendedOnRecord
from foedus.accounts.attendance import Line, Seat
from foedus.terms.words import spaced
from foedus.web.pages.chains import Chain, chains_of
from foedus.web.pages.names import office_link, person_link, state_link
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Sure, sure


@dataclass(frozen=True, slots=True)
class SeatAttended:
    """A seat at a session: who sat in it or may have, as what, under which version of the rule, how."""

    state: Link
    notes: tuple[Link, ...]
    person: Link
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

    capacity: Link
    person: Link
    of: tuple[Link, ...]
    how: str
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class Attended:
    """The attendance of a session."""

    seats: tuple[SeatAttended, ...]
    others: tuple[OtherAttended, ...]
    count: str
    evidence: tuple[tuple[str, tuple[Chain, ...]], ...]


def attended(visit: Visit, there: AttendedOnRecord) -> Attended:
    """The account of an attendance, with addresses and marks."""
    return Attended(
        tuple(_seat(visit, seat) for seat in there.seats),
        tuple(_other(visit, line) for line in there.others),
        there.count(),
        tuple((entry.id, chains_of(visit, entry)) for entry in there.entries),
    )


def _seat(visit: Visit, seat: Seat) -> SeatAttended:
    rule, href = seat.rule, ""
    if rule is not None:
        href = visit.to.article(rule.instrument, rule.article, rule.says.id)
    return SeatAttended(
        state_link(visit, seat.state),
        (*([Link("host")] if seat.host else []), *(office_link(visit, office) for office in seat.held)),
        person_link(visit, seat.named or seat.entitled),
        bool(seat.named),
        seat.role,
        Link(rule.citation, href) if rule is not None else None,
        f"in force since {rule.period.start.year}" if rule is not None else "",
        " and ".join(seat.manners),
        sure(seat.told.status) if seat.told is not None else None,
        _entries(visit, seat.lines),
    )


def _other(visit: Visit, line: Line) -> OtherAttended:
    row = line.row
    words = row.title or spaced(row.role or "") or "guest"
    capacity = office_link(visit, row.capacity) if row.capacity else Link(words)
    of = (Link(row.title if row.capacity else ""), state_link(visit, row.state), Link(row.org))
    there = tuple(link for link in of if link.text)
    return OtherAttended(
        capacity, person_link(visit, row.person), there, line.manner, _entries(visit, [line])
    )


def _entries(visit: Visit, lines: Iterable[Line]) -> tuple[EntryLine, ...]:
    return tuple(entry_line(visit, name) for name in dict.fromkeys(line.source.id for line in lines))
