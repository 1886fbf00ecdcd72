"""Every session on record, a row each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foedus.accounts.attendance import Attended, attended
from foedus.accounts.belonging import session_of
from foedus.accounts.business import OUTCOMES
from foedus.accounts.calendar import in_order
from foedus.accounts.in_office import answer_json, at_end, before, opened_offices, opens_term
from foedus.accounts.sitting import session_json
from foedus.engine.answers import Basis, Questions, Told
from foedus.record.acts import Decided, Session
from foedus.terms.attribution import Channel, weakest


@dataclass(frozen=True, slots=True)
class Around:
    """An office just before a session, and at the end of its last day."""

    office: str
    title: str
    before: Told
    at_end: Told


@dataclass(frozen=True, slots=True)
class Row:
    """A session: who was there, each office its like opens, how its drafts fared (in order of `OUTCOMES`).

    `strength` is how strongly the session itself is attributed, `weakest` the weakest claim of the row about it: the
    session, who attended, what was decided. The offices have their own.
    """

    session: Session
    opens: str
    attended: Attended
    offices: tuple[Around, ...]
    decided: tuple[int, ...]
    strength: Channel
    weakest: Channel

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/sessions.json`."""
        return {
            "id": self.session.id,
            **session_json(self.session),
            "opens a term": self.opens or None,
            "attended": self.attended.tally_json(),
            "offices": [
                {
                    "office": around.office,
                    "title": around.title,
                    "before": answer_json(around.before),
                    "at end": answer_json(around.at_end),
                }
                for around in self.offices
            ],
            "decisions": dict(zip(OUTCOMES, self.decided, strict=True)) if any(self.decided) else None,
            "attribution": self.strength,
            "weakest": self.weakest,
        }


@dataclass(frozen=True, slots=True)
class Sittings:
    """The sessions of all organs, in order of time."""

    organisation: str
    rows: tuple[Row, ...]
    basis: Basis

    def to_json(self) -> dict[str, Any]:
        """The account as published in `schemas/sessions.json`."""
        return {
            "organisation": self.organisation,
            "known": self.basis.known.isoformat(),
            "sessions": [row.to_json() for row in self.rows],
            "basis": self.basis.to_json(),
        }


def sittings(asked: Questions) -> Sittings:
    """Every session on record."""
    return Sittings(asked.organisation, rows(asked, in_order(asked.standing.record)), asked.basis(None))


def rows(asked: Questions, sessions: Iterable[Session]) -> tuple[Row, ...]:
    """Some sessions, a row each."""
    record = asked.standing.record
    decided: dict[str | None, list[Decided]] = {}
    for entry in record.of_kind(Decided):
        decided.setdefault(session_of(record, entry.id), []).append(entry)
    return tuple(_row(asked, session, decided.get(session.id, [])) for session in sessions)


def _row(asked: Questions, session: Session, decided: list[Decided]) -> Row:
    standing, there = asked.standing, attended(asked, session)
    outcomes: list[str] = [draft.outcome for draft in decided]
    strength = standing.record.strength(session.id)
    used = [
        strength,
        *(e.strength for e in there.entries),
        *(standing.record.strength(d.id) for d in decided),
    ]
    offices = opened_offices(standing.charter, session.organ)
    return Row(
        session,
        opens_term(standing.charter, session),
        there,
        tuple(
            Around(o, standing.title(o), before(asked, o, session), at_end(asked, o, session))
            for o in offices
        ),
        tuple(outcomes.count(outcome) for outcome in OUTCOMES),
        strength,
        weakest(used),
    )
