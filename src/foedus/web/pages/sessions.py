"""Every session on record, and who held the offices they open just before and at the end of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.engine.answers import Told
from foedus.record.acts import Session
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced
from foedus.web.pages.changes import Change, all_changes
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.visit import Visit, place_of
from foedus.web.pages.words import Link, Strength, Sure, figure, short_name, strength, sure


@dataclass(frozen=True, slots=True)
class Held:
    """Who held an office at a point, in a word or two, and how sure that is."""

    who: str
    sure: Sure


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
        _lead(visit),
        tuple(session_table(visit, organ) for organ in organs),
    )


def _changes(visit: Visit) -> tuple[Change, ...]:
    return tuple(change for change in all_changes(visit) if change.session)


def _lead(visit: Visit) -> str:
    kinds = [listed(list(session.types), "or") for session in visit.sessions]
    counts = [f"{kinds.count(kind)} {spaced(kind)}" for kind in dict.fromkeys(kinds)]
    return (
        f"{large(figure(len(kinds), 'session'))} on record: {', '.join(counts)}."
        if kinds
        else "No session is on record."
    )


def session_table(visit: Visit, organ: str, since: date = date.min) -> SessionTable:
    """The sessions of an organ that ended on a day or after it."""
    offices = visit.offices_opened_by_sessions_of(organ)
    mine = [s for s in visit.sessions if s.organ == organ and s.when.latest >= since]
    last = next((s.id for s in reversed(mine) if s.when.latest <= visit.on), None)
    return SessionTable(
        organ,
        visit.standing.title(organ),
        tuple(large(spaced(name)) for name in offices),
        tuple(_row(visit, session, offices, now=session.id == last) for session in mine),
    )


def _row(visit: Visit, session: Session, offices: tuple[str, ...], *, now: bool) -> SessionRow:
    before = session.when.began - ONE_DAY if session.when.began > date.min else session.when.began
    kinds = listed([spaced(kind) for kind in session.types], "or")
    place = place_of(session)
    return SessionRow(
        session,
        Link(f"{kinds}, {place}" if place else kinds, visit.to.session(session.id)),
        kinds,
        len(session.types) > 1,
        state_name(session.host) if session.host else "none",
        tuple((_held(visit, n, before), _held(visit, n, session.when.latest)) for n in offices),
        strength(visit.record.strength(session.id)),
        now,
    )


def _held(visit: Visit, office: str, day: date) -> Held:
    told = Told(visit.standing.office(office).at(day), day, visit.standing)
    if told.holder is not None:
        return Held(short_name(told.holder), sure(told.status))
    names = [short_name(p.holder) for p in told.possible]
    return Held(" or ".join(dict.fromkeys(names)) or sure(told.status).word, sure(told.status))
