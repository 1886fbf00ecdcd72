"""What a session did, as shown: the items it discussed, what it adopted and what not, the documents, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.accounts.belonging import session_of
from foedus.accounts.business import Also, Asked
from foedus.accounts.items import Item as ItemOfRecord
from foedus.accounts.items import by_whom
from foedus.accounts.sitting import Sitting
from foedus.accounts.sourced import Sourced
from foedus.accounts.words import cited, documents, says
from foedus.engine.names import speaker
from foedus.record.acts import (
    Appointment,
    Decided,
    Determination,
    Discussion,
    Documents,
    Entry,
    Response,
    Session,
    Silence,
)
from foedus.terms.attribution import Channel
from foedus.terms.dates import When
from foedus.terms.words import large, listed, spaced
from foedus.web.pages.chains import Chain, Silent, chains_of
from foedus.web.pages.entries import noted
from foedus.web.pages.names import (
    NOTHING,
    beside_links,
    cited_link,
    person_link,
    speaker_links,
    state_link,
    topic_link,
)
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, short_when, strength


@dataclass(frozen=True, slots=True)
class Item:
    """A topic discussed, a draft decided on, or somebody (`who`) appointed."""

    id: str
    who: Link
    what: str
    outcome: str
    stopped_by: Link
    why: str
    fate: str
    strength: Strength
    chains: tuple[Chain, ...]
    first: bool
    href: str = ""  # of a draft: where it stands beside the rule


@dataclass(frozen=True, slots=True)
class Count:
    """What a source says of how many documents there were."""

    id: str
    says: str
    note: str
    strength: Strength
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the session in one format, or a meeting that came before it."""

    id: str
    name: str
    what: str
    strength: Strength
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """Something else that came about at the session or after it. `id` where this page is the place of it."""

    id: str
    kind: str
    who: tuple[Link, ...]
    says: str
    link: Link
    strength: Strength


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: who, what, by which chains, who is silent on it, on which topics, and where the same said more on
    them before. `elsewhere` says when, where it was not said at the session.
    """

    id: str
    by: tuple[Link, ...]
    of: tuple[Link, ...]
    says: str
    hedged: bool
    chains: tuple[Chain, ...]
    silences: tuple[Silent, ...]
    topics: tuple[Link, ...]
    before: tuple[Link, ...]
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A response to a request, or a finding that its trigger was given."""

    id: str
    when: When
    by: tuple[Link, ...]
    how: str
    what: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request linked to a session, and what became of it."""

    id: str
    when: When
    by: tuple[Link, ...]
    asks: str
    addressees: tuple[Link, ...]
    invokes: Link
    strength: Strength
    responses: tuple[Answered, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Business:
    """Everything a session did, as far as it is on record."""

    discussed: tuple[Item, ...]
    decided: tuple[Item, ...]
    appointed: tuple[Item, ...]
    counts: tuple[Count, ...]
    parts: tuple[Part, ...]
    meetings: tuple[Part, ...]
    beside: tuple[Beside, ...]
    said: tuple[Said, ...]
    silences: tuple[Silent, ...]
    requests: tuple[RequestView, ...]

    @property
    def failed(self) -> tuple[Item, ...]:
        """The drafts that were not adopted or not taken up."""
        return tuple(item for item in self.decided if item.outcome != "adopted")


def business(visit: Visit, told: Sitting) -> Business:
    """What the account of a session says of its business."""
    done = told.business
    return Business(
        tuple(item for each in done.discussed for item in _topics(visit, each)),
        tuple(_decision(visit, each) for each in done.decided),
        tuple(_appointment(visit, each) for each in done.appointed),
        tuple(_count(visit, each) for each in done.documents),
        tuple(Part(p.id, p.entry.format, p.entry.what, strength(p.strength)) for p in done.formats),
        tuple(
            Part(m.id, ", ".join(m.entry.of), m.entry.what, strength(m.strength), m.entry.when)
            for m in done.meetings
        ),
        tuple(_beside(visit, also, told.session.id) for also in done.also),
        tuple(_statement(visit, item, told.session.id) for item in told.statements),
        tuple(silent_of(visit, each) for each in told.silences),
        tuple(_request(visit, each) for each in told.requests),
    )


def _topics(visit: Visit, each: Sourced[Discussion]) -> Iterable[Item]:
    for index, topic in enumerate(each.entry.items):
        yield _item(visit, each, topic, "discussed", first=index == 0)


def _item(
    visit: Visit, each: Sourced[Entry], what: str, outcome: str, *, first: bool = True, who: Link = NOTHING
) -> Item:
    how, ways = strength(each.strength), chains_of(visit, each)
    return Item(each.id, who, what, outcome, NOTHING, "", "", how, ways, first)


def _decision(visit: Visit, each: Sourced[Decided]) -> Item:
    draft = each.entry
    return Item(
        each.id,
        NOTHING,
        draft.what,
        draft.outcome,
        state_link(visit, draft.stopped_by),
        draft.why,
        draft.fate,
        strength(each.strength),
        chains_of(visit, each),
        first=True,
        href=visit.to.decision(each.id),
    )


def _appointment(visit: Visit, each: Sourced[Appointment]) -> Item:
    entry = each.entry
    acting = "acting " if entry.acting else ""
    title = visit.standing.title(entry.office)
    what = f"{acting}{title}, in office from {visit.voice.day(entry.from_)}"
    return _item(visit, each, what, "appointed", who=person_link(visit, entry.person))


def _count(visit: Visit, each: Sourced[Documents]) -> Count:
    how, ways = strength(each.strength), chains_of(visit, each)
    return Count(each.id, documents(each.entry), each.entry.note, how, ways)


def _beside(visit: Visit, also: Also, session: str) -> Beside:
    """An entry that belongs to the session stands here; one that goes on without it has its place elsewhere."""
    each = also.sourced
    here = session_of(visit.record, each.id) == session
    link = Link(each.id, "" if here else visit.to.entry(visit.record, each.id))
    who = noted(visit, visit.record.by_id[each.id]).who
    by = by_whom(each.entry)
    said = (speaker(by) if by is not None else "", listed([link.text for link in who]))
    says = large(_without(also.says, said))
    return Beside(each.id if here else "", large(spaced(each.kind)), who, says, link, strength(each.strength))


def _without(says: str, who: Iterable[str]) -> str:
    """A line without the names it begins with, which stand before it."""
    begins = next((each for each in who if each and says.startswith(each)), "")
    return says.removeprefix(begins).lstrip(" ,:")


def _statement(visit: Visit, item: ItemOfRecord, session: str) -> Said:
    by = item.by
    return Said(
        item.id,
        speaker_links(visit, by) if by else (),
        beside_links(visit, by) if by else (),
        item.says,
        item.manner == "reportedly",
        chains_of(visit, item.sourced),
        tuple(silent_of(visit, silence) for silence in item.silences),
        tuple(topic_link(visit, topic) for topic in item.sourced.entry.topics),
        tuple(earlier(visit, e.id, e.when, e.session) for e in item.earlier if e.same),
        "" if item.session == session else f"said elsewhere, {_when(item.when)}",
    )


def _when(when: When | None) -> str:
    return short_when(when) if when is not None else "on a day that is not recorded"


def earlier(visit: Visit, entry: str, when: When, session: str | None) -> Link:
    """The day and the place of something earlier, leading to it."""
    held = visit.record.by_id.get(session or "")
    place = f", {held.city}" if isinstance(held, Session) and held.city else ""
    return Link(f"{short_when(when)}{place}", visit.to.entry(visit.record, entry))


def silent_of(visit: Visit, each: Sourced[Silence]) -> Silent:
    """A recorded silence as shown."""
    return Silent(each.id, each.entry.says, chains_of(visit, each)[0])


def _request(visit: Visit, told: Asked) -> RequestView:
    request = told.request.entry
    found = (
        _answered(
            visit, d.entry, "determination", _without(says(d.entry), (speaker(d.entry.by),)), d.strength
        )
        for d in told.determinations
    )
    answers = (_answered(visit, r.entry, r.entry.how, r.entry.what, r.strength) for r in told.responses)
    return RequestView(
        request.id,
        request.when,
        speaker_links(visit, request.by),
        request.asks,
        tuple(speaker_links(visit, person)[0] for person in request.addressees),
        cited_link(visit, request.invokes, cited(visit.charter, request.invokes)),
        strength(told.request.strength),
        (*found, *answers),
        visit.to.request(request.id),
    )


def _answered(visit: Visit, entry: Response | Determination, how: str, what: str, told: Channel) -> Answered:
    return Answered(entry.id, entry.when, speaker_links(visit, entry.by), how, what, strength(told))
