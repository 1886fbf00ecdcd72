"""Every decision on record beside the rule in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.accounts.calendar import place_of
from foedus.accounts.judged import Ruling, decisions
from foedus.terms.words import large
from foedus.web.pages.changes import Change
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, strength


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision: when, at which session, what, what became of it, and what the rule makes of it."""

    on: date | None
    session: Link
    what: Link
    outcome: str
    says: str
    verdict: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """The page."""

    frame: Frame
    lead: str
    table: Table[DecisionRow]
    by_hand: str


_COLUMNS = (
    Column[DecisionRow]("When", "when", lambda row: row.on),
    Column[DecisionRow]("Session", "session", lambda row: row.session),
    Column[DecisionRow]("Decision", "decision", lambda row: row.what),
    Column[DecisionRow]("On record", "outcome", lambda row: row.outcome),
    Column[DecisionRow]("Beside the rule", "verdict", lambda row: row.verdict),
    Column[DecisionRow]("Source", "source", lambda row: row.strength),
)


def decisions_page(visit: Visit) -> DecisionsPage:
    """The decisions, in order of time."""
    told = decisions(visit.questions, visit.organisation.weights)
    rows = [_row(visit, each) for each in told.rulings]
    days = sorted({row.on for row in rows if row.on is not None})
    changes = tuple(Change(day, "what was decided") for day in days)
    return DecisionsPage(
        frame(visit, visit.to.path("decisions"), "decisions", changes),
        told.summary(),
        table(visit, "", _COLUMNS, rows, "when"),
        visit.to.decide(visit.asked_on, {}),
    )


def _row(visit: Visit, told: Ruling) -> DecisionRow:
    session, draft = told.judged.session, told.entry.entry
    place = (place_of(session) or session.id) if session else ""
    return DecisionRow(
        session.when.latest if session else None,
        Link(place, visit.to.session(session.id)) if session else Link("not on record"),
        Link(large(draft.what.strip()), visit.to.decision(told.id)),
        draft.outcome,
        told.says,
        told.judged.verdict,
        strength(told.entry.strength),
    )
