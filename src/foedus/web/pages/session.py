"""A session: what it was, who chaired and who came, what it did, what was said, what is not on record."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.calendar import place_of
from foedus.accounts.in_office import Expected, InOffice
from foedus.accounts.sitting import Sitting, sitting
from foedus.accounts.telling import held, kinds, lead, outcome
from foedus.record.acts import Session
from foedus.terms.dates import show_day
from foedus.terms.words import large
from foedus.web.pages.answers import AnswerView, answer_view
from foedus.web.pages.attendance import Attended, attended
from foedus.web.pages.audit import rule_link
from foedus.web.pages.business import Business, business
from foedus.web.pages.chains import Chain, chains_of
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.handover import HandOver, handovers
from foedus.web.pages.law import named
from foedus.web.pages.names import NOTHING, holder_link, state_link
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, short_when, strength


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """Who a source says held an office at the session, and whether the answer agrees."""

    id: str
    who: Link
    of: Link
    agrees: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class InOfficeView:
    """An office just before the session: the answer, and what sources say."""

    answer: AnswerView
    expected: tuple[ExpectedView, ...]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """The page."""

    frame: Frame
    session: Session
    heading: tuple[str, str]
    organ: Link
    lead: str
    kinds: str
    kinds_open: bool
    host: Link
    held: str
    strength: Strength
    chains: tuple[Chain, ...]
    texts: tuple[Link, ...]
    in_office: tuple[InOfficeView, ...]
    attended: Attended
    business: Business
    outcome: str
    handovers: tuple[HandOver, ...]
    findings: tuple[tuple[str, str, Link], ...]
    lacks: tuple[str, ...]
    before: Link | None
    after: Link | None


def session_page(visit: Visit, name: str) -> SessionPage:
    """The page of a session. NotFound where the record, as known, has no such session."""
    told = sitting(visit.questions, name)
    session = told.session.entry
    return SessionPage(
        frame(visit, visit.to.path("session", session.id), "sessions"),
        session,
        (large(place_of(session) or f"{kinds(session)} session"), visit.voice.day(session.when)),
        _organ(visit, told),
        " ".join(lead(told)),
        kinds(session),
        len(session.types) > 1,
        state_link(visit, session.host),
        held(session),
        strength(told.session.strength),
        chains_of(visit, told.session),
        tuple(
            Link(f"{instrument.short}, {named(text)}", f"{visit.to.charter()}#{instrument.id}")
            for instrument, text in told.texts
        ),
        tuple(_in_office(visit, office) for office in told.in_office),
        attended(visit, told.attended),
        business(visit, told),
        outcome(told.business),
        handovers(visit, told),
        tuple((found.shape, instance.says, rule_link(visit, found)) for found, instance in told.findings),
        told.lacks,
        _beside(visit, told.before),
        _beside(visit, told.after),
    )


def _organ(visit: Visit, told: Sitting) -> Link:
    organ = told.session.entry.organ
    return Link(told.organ, visit.to.organ(organ) if organ in visit.standing.organs() else "")


def _in_office(visit: Visit, office: InOffice) -> InOfficeView:
    title = f"{office.title} just before it, on {show_day(office.before.day)}"
    href = visit.to.office(office.office)
    view = answer_view(visit, office.before, title, href=href, name=f"before-{office.office}")
    return InOfficeView(view, tuple(_expected(visit, expected) for expected in office.expected))


def _expected(visit: Visit, expected: Expected) -> ExpectedView:
    sourced, holder = expected.sourced, expected.holder
    who = holder_link(visit, holder)
    of = state_link(visit, holder.state) if holder.person else NOTHING
    return ExpectedView(sourced.id, who, of, expected.agrees, strength(sourced.strength))


def _beside(visit: Visit, other: Session | None) -> Link | None:
    if other is None:
        return None
    text = ", ".join(part for part in (short_when(other.when), place_of(other)) if part)
    return Link(text, visit.to.session(other.id))
