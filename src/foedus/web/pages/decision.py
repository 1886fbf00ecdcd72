"""A decision on record: who stood how, what the rule asks for, and whether the outcome on record can be its outcome."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.calendar import place_of
from foedus.accounts.judged import Ruling, ruling
from foedus.decisions.words import describe
from foedus.terms.words import large
from foedus.web.pages.chains import Chain, chains_of
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.outcomes import Chamber, chamber
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, short_when, strength


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading of absence, and what it makes of the decision."""

    says: str
    stands: bool
    state: str
    may_join: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """The page."""

    frame: Frame
    id: str
    what: str
    session: Link
    organ: str
    outcome: str
    stopped: str
    why: str
    fate: str
    says: str
    verdict: str
    chamber: Chamber | None
    because: tuple[str, ...]
    rule: Link
    rule_says: str
    basis: str
    matters: str
    readings: tuple[ReadingRow, ...]
    joined: tuple[str, ...]
    strength: Strength
    chains: tuple[Chain, ...]
    by_hand: str


def decision_page(visit: Visit, name: str) -> DecisionPage:
    """The page of a decision. NotFound where the record, as known, has none of that name."""
    told = ruling(visit.questions, visit.organisation.weights, name)
    each, draft = told.judged, told.entry.entry
    came = each.readings[0].outcome if each.readings else None
    in_force = each.in_force
    article = visit.to.article(in_force.instrument, in_force.article, in_force.says.id) if in_force else ""
    return DecisionPage(
        frame(visit, visit.to.path("decision", told.id), "decisions"),
        told.id,
        large(draft.what.strip()),
        _session(visit, told),
        visit.standing.title(each.session.organ) if each.session else "",
        draft.outcome,
        told.stopped,
        large(draft.why),
        large(draft.fate),
        told.says,
        each.verdict,
        chamber(visit, came, each.ballots) if came is not None else None,
        told.because()[1:],
        Link(in_force.citation, article) if in_force else Link(""),
        describe(each.rule) if each.rule is not None else "",
        in_force.says.basis if in_force else "",
        in_force.says.matters if in_force else "",
        tuple(
            ReadingRow(
                says, reading.stands, reading.outcome.state, ", ".join(reading.outcome.binding.may_join)
            )
            for reading, says in told.in_each_reading()
        ),
        tuple(each.joined),
        strength(told.entry.strength),
        chains_of(visit, told.entry),
        _by_hand(visit, told),
    )


def _session(visit: Visit, told: Ruling) -> Link:
    session = told.judged.session
    if session is None:
        return Link("a session that is not on record")
    text = ", ".join(part for part in (short_when(session.when), place_of(session)) if part)
    return Link(text, visit.to.session(session.id, told.id))


def _by_hand(visit: Visit, told: Ruling) -> str:
    """The page where ballots are set by hand, with those on record."""
    each = told.judged
    if each.session is None or each.in_force is None or not each.who.voters:
        return ""
    return visit.to.decide(
        each.session.when.latest,
        {"organ": each.session.organ, "matter": each.in_force.says.matters, **each.ballots},
    )
