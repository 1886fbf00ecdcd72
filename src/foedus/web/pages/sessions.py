"""Every session on record, and who held the offices they open just before and at the end of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.accounts.calendar import place_of
from foedus.accounts.in_office import opened_offices
from foedus.accounts.sittings import Row, rows
from foedus.accounts.telling import count_of_kinds, kinds
from foedus.engine.answers import Told
from foedus.record.acts import Session
from foedus.terms.states import state_name
from foedus.terms.words import large, spaced
from foedus.web.pages.changes import Change, all_changes
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.names import short_link
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, strength, sure


@dataclass(frozen=True, slots=True)
class Held:
    """Who held an office at a point, or may have, in a word or two each, and how sure that is."""

    who: tuple[Link, ...]
    sure: Sure

    @property
    def words(self) -> str:
        """The names as one text."""
        return " or ".join(link.text for link in self.who)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session, and each office its like can open, before and after it."""

    session: Session
    link: Link
    kinds: str
    kinds_open: bool
    host: str
    offices: tuple[tuple[Held, Held], ...]
    strength: Strength
    now: bool


@dataclass(frozen=True, slots=True)
class SessionTable:
    """The sessions of one organ; `offices` are the titles over the pairs of columns."""

    id: str
    title: str
    offices: tuple[str, ...]
    rows: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """The page."""

    frame: Frame
    lead: str
    tables: tuple[SessionTable, ...]


def sessions_page(visit: Visit) -> SessionsPage:
    """The list of all sessions."""
    organs = dict.fromkeys(session.organ for session in visit.sessions)
    return SessionsPage(
        frame(visit, visit.to.path("sessions"), "sessions", _changes(visit)),
        count_of_kinds(visit.sessions),
        tuple(session_table(visit, organ) for organ in organs),
    )


def _changes(visit: Visit) -> tuple[Change, ...]:
    return tuple(change for change in all_changes(visit) if change.session)


def session_table(visit: Visit, organ: str, since: date = date.min) -> SessionTable:
    """The sessions of an organ that ended on a day or after it."""
    mine = [s for s in visit.sessions if s.organ == organ and s.when.latest >= since]
    last = next((s.id for s in reversed(mine) if s.when.latest <= visit.on), None)
    return SessionTable(
        organ,
        visit.standing.title(organ),
        tuple(large(spaced(name)) for name in opened_offices(visit.charter, organ)),
        tuple(_row(visit, row, now=row.session.id == last) for row in rows(visit.questions, mine)),
    )


def _row(visit: Visit, row: Row, *, now: bool) -> SessionRow:
    session, said = row.session, kinds(row.session)
    place = place_of(session)
    return SessionRow(
        session,
        Link(f"{said}, {place}" if place else said, visit.to.session(session.id)),
        said,
        len(session.types) > 1,
        state_name(session.host) if session.host else "none",
        tuple((_held(visit, around.before), _held(visit, around.at_end)) for around in row.offices),
        strength(row.strength),
        now,
    )


def _held(visit: Visit, told: Told) -> Held:
    if told.holder is not None:
        return Held((short_link(visit, told.holder),), sure(told.status))
    names = tuple(dict.fromkeys(short_link(visit, possible.holder) for possible in told.possible))
    return Held(names or (Link(sure(told.status).word),), sure(told.status))
