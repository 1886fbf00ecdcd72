"""The offices whose terms sessions open: who held each just before a session and at its end, and what sources say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.accounts.belonging import session_of
from foedus.accounts.sourced import Sourced, every
from foedus.charter.charter import Charter
from foedus.charter.kinds import Office, Opener
from foedus.engine.answers import Questions, Told
from foedus.engine.reasons import Holder
from foedus.record.acts import Expect, NationalOffice, Session
from foedus.terms.dates import ONE_DAY
from foedus.terms.words import spaced


@dataclass(frozen=True, slots=True)
class Expected:
    """Who a source says held an office at a session, and whether the answer just before it agrees."""

    sourced: Sourced[Expect]
    holder: Holder
    agrees: bool

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/session.json`."""
        return {
            "id": self.sourced.id,
            "state": self.holder.state,
            "person": self.holder.person,
            "agrees": self.agrees,
            **self.sourced.backing_json(),
        }


@dataclass(frozen=True, slots=True)
class InOffice:
    """An office just before a session and at the end of its last day; and what sources say of who held it there."""

    office: str
    title: str
    before: Told
    at_end: Told
    expected: tuple[Expected, ...]

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/session.json`."""
        return {
            "office": self.office,
            "title": self.title,
            "before": answer_json(self.before) | {"reason": self.before.reason_json()},
            "at end": answer_json(self.at_end) | {"reason": self.at_end.reason_json()},
            "expected": [expected.to_json() for expected in self.expected],
        }


def answer_json(told: Told) -> dict[str, Any]:
    """An answer in short, without its reason: the day at whose end it holds, status, who, and how strongly."""
    return {
        "on": told.day.isoformat(),
        "status": told.status,
        "holders": told.holder_json(told.holder),
        "possible": told.possible_json(),
        "attribution": told.attribution,
    }


def openers(charter: Charter, organ: str) -> Iterable[tuple[str, Opener]]:
    """Each office whose terms sessions of an organ open, with which of them do; a pair for each version of its rule."""
    for rule in charter.of_kind(Office):
        where = rule.says.term.where
        if where is not None and where.organ == organ:
            yield rule.says.office, where


def opened_offices(charter: Charter, organ: str) -> tuple[str, ...]:
    """The offices whose terms sessions of an organ open, each once."""
    return tuple(dict.fromkeys(office for office, _ in openers(charter, organ)))


def opens_term(charter: Charter, session: Session) -> str:
    """Whether a session opens a term of some office: `surely`, `maybe`, or not (empty)."""
    found = {where.type for _, where in openers(charter, session.organ)} & set(session.types)
    return "" if not found else "surely" if found == set(session.types) else "maybe"


def before(asked: Questions, office: str, session: Session) -> Told:
    """Who held an office at the end of the day before a session began."""
    began = session.when.began
    return _on(asked, office, began - ONE_DAY if began > date.min else began)


def at_end(asked: Questions, office: str, session: Session) -> Told:
    """Who held an office at the end of a session's last day."""
    return _on(asked, office, session.when.latest)


def _on(asked: Questions, office: str, day: date) -> Told:
    return Told(asked.standing.office(office).at(day), day, asked.standing)


def in_office(asked: Questions, session: Session) -> tuple[InOffice, ...]:
    """Every office whose terms sessions of this one's organ open."""
    offices = opened_offices(asked.standing.charter, session.organ)
    return tuple(_in_office(asked, session, office) for office in offices)


def _in_office(asked: Questions, session: Session, office: str) -> InOffice:
    told = before(asked, office, session)
    held = [p.holder for p in told.segment.possible if p.holder is not None]
    record = asked.standing.record
    found = every(record, Expect, lambda e: e.office == office and session_of(record, e.id) == session.id)
    return InOffice(
        office,
        asked.standing.title(office),
        told,
        at_end(asked, office, session),
        tuple(_expected(expect, held) for expect in found),
    )


def _expected(expect: Sourced[Expect], held: Iterable[Holder]) -> Expected:
    state, person = expect.entry.holder.state, expect.entry.holder.person
    agrees = any(h.state == state and person in {"", h.person} for h in held)
    return Expected(expect, Holder(state, person or None, ""), agrees)


def role_of(told: Told, holder: Holder) -> str:
    """The national title of a holder, as the entry says that the answer rests on; else as what it is held."""
    for entry in (told.standing.record.by_id[e] for e in told.reason.entries()):
        if isinstance(entry, NationalOffice) and (entry.state, entry.person) == (holder.state, holder.person):
            plain = not entry.acting or "acting" in entry.title
            return entry.title if plain else f"acting {entry.title}"
    return spaced(holder.as_)
