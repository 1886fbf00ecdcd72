"""A session: what it was, who chaired and who came, what it did, what was said, what is not on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.engine.findings import findings
from foedus.engine.reasons import Holder
from foedus.problems import NotFound
from foedus.record.acts import Expect, Session
from foedus.terms.dates import ONE_DAY, show_day
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced
from foedus.web.pages.answers import AnswerView, answer_view
from foedus.web.pages.attendance import Attended, attended
from foedus.web.pages.business import Business, business, summary
from foedus.web.pages.chains import Chain, chains
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.handover import HandOver, handovers
from foedus.web.pages.law import named
from foedus.web.pages.visit import Visit, place_of
from foedus.web.pages.words import Link, Strength, short_day, strength


@dataclass(frozen=True, slots=True)
class Expected:
    """Who a source says held an office at the session, and whether the answer agrees."""

    id: str
    name: str
    agrees: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class InOffice:
    """An office just before the session: the answer, and what sources say."""

    answer: AnswerView
    expected: tuple[Expected, ...]


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
    host: str
    strength: Strength
    chains: tuple[Chain, ...]
    texts: tuple[Link, ...]
    in_office: tuple[InOffice, ...]
    attended: Attended
    business: Business
    outcome: str
    handovers: tuple[HandOver, ...]
    findings: tuple[tuple[str, str, str], ...]
    lacks: tuple[str, ...]
    before: Link | None
    after: Link | None


def session_page(visit: Visit, name: str) -> SessionPage:
    """The page of a session. NotFound where the record, as known, has no such session."""
    session = visit.record.by_id.get(name)
    if not isinstance(session, Session):
        raise NotFound(f"session of {visit.organisation.name}", name, [s.id for s in visit.sessions])
    there, done, passed = attended(visit, session), business(visit, name), handovers(visit, session)
    chaired = tuple(_in_office(visit, session, n) for n in visit.offices_opened_by_sessions_of(session.organ))
    return SessionPage(
        frame(visit, visit.to.path("session", name), "sessions"),
        session,
        (place_of(session) or large(session.types[0]) + " session", visit.voice.day(session.when)),
        _organ(visit, session),
        _lead(session, there, done),
        listed([spaced(kind) for kind in session.types], "or"),
        len(session.types) > 1,
        state_name(session.host) if session.host else "",
        strength(visit.record.strength(name)),
        chains(visit.record, session),
        tuple(_texts(visit, session)),
        chaired,
        there,
        done,
        summary(done),
        passed,
        tuple(_findings(visit, name)),
        tuple(_lacks(visit, session, there, done, passed)),
        _neighbour(visit, session, -1),
        _neighbour(visit, session, 1),
    )


def _organ(visit: Visit, session: Session) -> Link:
    organs = visit.standing.organs()
    href = visit.to.organ(session.organ) if session.organ in organs else ""
    return Link(visit.standing.title(session.organ), href)


def _lead(session: Session, there: Attended, done: Business) -> str:
    kinds = listed([spaced(kind) for kind in session.types], "or")
    hosted = f", hosted by {state_name(session.host)}" if session.host else ", without a host"
    sentences = [f"{large(kinds)} session, held {session.held}{hosted}."]
    if session.what:
        sentences.append(f"{large(session.what.strip().rstrip('.'))}.")
    if there.recorded:
        sentences.append(f"{large(there.count)}.")
    if done.failed:
        stopped = [item.stopped_by for item in done.failed if item.stopped_by]
        by = f", for want of the consent of {listed(sorted(set(stopped)))}" if stopped else ""
        sentences.append(f"{large(listed([item.what for item in done.failed]))}: not adopted{by}.")
    return " ".join(sentences)


def _texts(visit: Visit, session: Session) -> Iterable[Link]:
    for instrument in visit.charter.instruments:
        text = instrument.text_on(session.when.latest)
        if text is not None:
            yield Link(f"{instrument.short}, {named(text)}", f"{visit.to.charter()}#{instrument.id}")


def _in_office(visit: Visit, session: Session, office: str) -> InOffice:
    standing = visit.standing
    began = session.when.began
    told = visit.questions.who(office, began - ONE_DAY if began > date.min else began).rows[0]
    title = f"{standing.title(office)} just before it, on {show_day(told.day)}"
    view = answer_view(visit, told, title, href=visit.to.office(office), name=f"before-{office}")
    expects = [e for e in visit.record.of_kind(Expect) if e.at == session.id and e.office == office]
    held = [p.holder for p in told.segment.possible if p.holder is not None]
    return InOffice(
        view,
        tuple(
            Expected(
                entry.id,
                visit.voice.holder(Holder(entry.holder.state, entry.holder.person or None, "")),
                any(h.state == entry.holder.state and entry.holder.person in {"", h.person} for h in held),
                strength(visit.record.strength(entry.id)),
            )
            for entry in expects
        ),
    )


def _findings(visit: Visit, session: str) -> Iterable[tuple[str, str, str]]:
    for found in findings(visit.standing):
        for instance in found.instances:
            if session in instance.entries:
                yield found.shape, instance.says, found.citation


def _lacks(
    visit: Visit, session: Session, there: Attended, done: Business, passed: tuple[HandOver, ...]
) -> Iterable[str]:
    """What the record does not hold of a session, said only from what it holds of others."""
    if not there.recorded:
        yield "who was there"
    unnamed = [seat.state for seat in there.seats if not seat.named]
    if there.recorded and unnamed:
        yield f"the names of who sat for {listed(unnamed)}: where a name is shown, it is the rule's"
    if not done.parts and not session.formats:
        yield "the formats it was held in"
    if not done.decided:
        yield "what was decided"
    elif not done.counts or all("adopted" not in count.says for count in done.counts):
        yield "how many documents were adopted"
    for item in done.failed:
        yield f"how the other delegations stood on: {item.what}"
    if not done.said:
        yield "what was said"
    if visit.opens_term(session) and not passed:
        titles = [visit.standing.title(n) for n in visit.offices_opened_by_sessions_of(session.organ)]
        yield f"a hand-over of the office opened by it: {listed(titles)}"
    if visit.offices_opened_by_sessions_of(session.organ) and not any(
        entry.at == session.id for entry in visit.record.of_kind(Expect)
    ):
        yield "a source's word on who chaired it"


def _neighbour(visit: Visit, session: Session, step: int) -> Link | None:
    same = [s for s in visit.sessions if s.organ == session.organ]
    index = same.index(session) + step
    if not 0 <= index < len(same):
        return None
    other = same[index]
    place = place_of(other)
    text = ", ".join(part for part in (short_day(other.when.latest), place) if part)
    return Link(text, visit.to.session(other.id))
