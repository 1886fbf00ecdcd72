"""Entries a line each, as a table: when, who, what, at which session, how strongly attributed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.accounts.belonging import session_of
from foedus.accounts.calendar import place_of
from foedus.accounts.words import says
from foedus.engine.names import speaker
from foedus.record.acts import (
    Adhesion,
    Affiliation,
    AnyAct,
    Appointment,
    Determination,
    Mandate,
    Membership,
    NationalLaw,
    NationalOffice,
    Report,
    Request,
    Response,
    Session,
    Statement,
    TreatyAction,
)
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.terms.words import a, large, listed
from foedus.web.pages.names import person_link, speaker_links, state_link
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, short_day, strength


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry as a line."""

    when: When | None
    who: tuple[Link, ...]
    says: str
    hedged: bool
    session: Link
    entry: Link
    strength: Strength
    number: Link


@dataclass(frozen=True, slots=True)
class Notes:
    """Entries as a table; `who` and `session`: whether any row has something there."""

    table: Table[Noted]
    who: bool
    session: bool


def notes(visit: Visit, name: str, entries: Iterable[AnyAct], own: str = "") -> Notes:
    """These entries in order of time, those without a day last. `own`: whose page it is; where nobody else speaks or
    acts in them, nobody is named.
    """
    rows = [noted(visit, entry) for entry in entries]
    rows.sort(key=lambda row: (row.when is None, row.when and (row.when.latest, row.when.earliest)))
    who = any(link.text != own for row in rows for link in row.who)
    session = any(row.session.text for row in rows)
    columns = [
        Column[Noted]("When", "when", lambda row: row.when),
        *([Column[Noted]("Who", "who", lambda row: row.who[0] if row.who else None)] if who else []),
        Column[Noted]("What", "what", lambda row: row.says),
        *([Column[Noted]("Session", "session", lambda row: row.session)] if session else []),
        Column[Noted]("Entry and source", "source", lambda row: row.strength),
    ]
    return Notes(table(visit, name, columns, rows, "when"), who, session)


def noted(visit: Visit, entry: AnyAct) -> Noted:
    """One entry as a line."""
    who, what = _said(visit, entry)
    session = visit.record.by_id.get(session_of(visit.record, entry.id) or "")
    when = next((when for _, when in entry.dates), None)
    held = isinstance(session, Session) and session is not entry
    return Noted(
        session.when if when is None and isinstance(session, Session) else when,
        who,
        large(what),
        all(evidence.mode == "hedged" for evidence in entry.evidence),
        session_link(visit, session) if held and isinstance(session, Session) else Link(""),
        Link(entry.id, visit.to.entry(visit.record, entry.id)),
        strength(visit.record.strength(entry.id)),
        number(visit, entry.id),
    )


def number(visit: Visit, entry: str) -> Link:
    """Where an entry stands in the register; empty where it does not in the open."""
    at = visit.index(entry)
    return Link("") if at is None else Link(f"no. {at}", visit.to.register(at))


def session_link(visit: Visit, session: Session) -> Link:
    """`Yerevan, 23 Nov 2022`."""
    parts = (place_of(session), short_day(session.when.latest).replace(" ", "\N{NO-BREAK SPACE}"))
    return Link(", ".join(part for part in parts if part), visit.to.session(session.id))


def _said(visit: Visit, entry: AnyAct) -> tuple[tuple[Link, ...], str]:
    """Who did or said something, where somebody did, and what."""
    match entry:
        case TreatyAction():
            what = f": {entry.what}" if entry.what else ""
            of = visit.standing.title(entry.of)
            return tuple(state_link(visit, state) for state in entry.states), f"{entry.action}, {of}{what}"
        case Membership():
            return (state_link(visit, entry.party),), says(entry).partition(", ")[2]
        case NationalOffice():
            acting = "acting " if entry.acting and "acting" not in entry.title else ""
            who = (person_link(visit, entry.person), state_link(visit, entry.state))
            return who, f"{acting}{entry.title}"
        case Appointment():
            acting = "acting " if entry.acting else ""
            return (person_link(visit, entry.person),), f"{acting}{visit.standing.title(entry.office)}"
        case NationalLaw():
            return (state_link(visit, entry.state),), says(entry).removeprefix(
                state_name(entry.state)
            ).lstrip(",: ")
        case Affiliation():
            return speaker_links(visit, entry.who), f"{entry.status} of the {visit.standing.title(entry.of)}"
        case Adhesion():
            more = f": {entry.says}" if entry.says else ""
            return (state_link(visit, entry.state),), f"{entry.how} {entry.to}{more}"
        case Statement() | Report():
            return speaker_links(visit, entry.by), entry.says
        case Request():
            to = listed([speaker(person) for person in entry.addressees])
            return speaker_links(visit, entry.by), f"to {to}: {entry.asks}"
        case Response():
            return speaker_links(visit, entry.by), f"{entry.how}: {entry.what}"
        case Mandate():
            return speaker_links(visit, entry.by), f"to {speaker(entry.to)}: {entry.task}"
        case Determination():
            more = f": {entry.says}" if entry.says else ""
            return speaker_links(visit, entry.by), f"found {a(entry.finds)}{more}"
        case _:
            return (), says(entry)
