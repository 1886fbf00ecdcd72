"""What a session did, as shown: the items it discussed, what it adopted and what not, the documents, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.accounts.belonging import session_of
from foedus.accounts.business import Also, Asked
from foedus.accounts.items import Item as ItemOfRecord
from foedus.accounts.sitting import Sitting
from foedus.accounts.sourced import Sourced
from foedus.accounts.words import cited, documents, says, speaker_of
from foedus.engine.names import speaker
from foedus.record.acts import Appointment, Decided, Discussion, Documents, Entry, Session, Silence
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.terms.words import large, spaced
from foedus.web.pages.chains import Chain, Silent, chain
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, short_when, strength


@dataclass(frozen=True, slots=True)
class Item:
    """A topic discussed or a draft decided on."""

    id: str
    what: str
    outcome: str
    stopped_by: str
    why: str
    fate: str
    strength: Strength
    chains: tuple[Chain, ...]
    first: bool


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
    says: str
    link: Link
    strength: Strength


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: who, what, by which chains, who is silent on it, and where the same said more on its topic before.
    `elsewhere` says when, where it was not said at the session.
    """

    id: str
    by: str
    of: str
    says: str
    hedged: bool
    chains: tuple[Chain, ...]
    silences: tuple[Silent, ...]
    before: tuple[Link, ...]
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A response to a request, or a finding that its trigger was given."""

    id: str
    when: When
    by: str
    how: str
    what: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request linked to a session, and what became of it."""

    id: str
    when: When
    by: str
    asks: str
    addressees: str
    invokes: str
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
        tuple(item for each in done.discussed for item in _topics(each)),
        tuple(_decision(each) for each in done.decided),
        tuple(_appointment(visit, each) for each in done.appointed),
        tuple(_count(each) for each in done.documents),
        tuple(Part(p.id, p.entry.format, p.entry.what, strength(p.strength)) for p in done.formats),
        tuple(
            Part(m.id, ", ".join(m.entry.of), m.entry.what, strength(m.strength), m.entry.when)
            for m in done.meetings
        ),
        tuple(_beside(visit, also, told.session.id) for also in done.also),
        tuple(_statement(visit, item, told.session.id) for item in told.statements),
        tuple(silent_of(each) for each in told.silences),
        tuple(_request(visit, each) for each in told.requests),
    )


def chains_of(sourced: Sourced[Entry]) -> tuple[Chain, ...]:
    """Every chain of an entry's evidence, as shown."""
    return tuple(chain(witness) for witness in sourced.witnesses)


def _topics(each: Sourced[Discussion]) -> Iterable[Item]:
    for index, topic in enumerate(each.entry.items):
        yield _item(each, topic, "discussed", first=index == 0)


def _item(each: Sourced[Entry], what: str, outcome: str, *, first: bool = True) -> Item:
    return Item(each.id, what, outcome, "", "", "", strength(each.strength), chains_of(each), first)


def _decision(each: Sourced[Decided]) -> Item:
    draft = each.entry
    return Item(
        each.id,
        draft.what,
        draft.outcome,
        state_name(draft.stopped_by) if draft.stopped_by else "",
        draft.why,
        draft.fate,
        strength(each.strength),
        chains_of(each),
        first=True,
    )


def _appointment(visit: Visit, each: Sourced[Appointment]) -> Item:
    entry = each.entry
    acting = "acting " if entry.acting else ""
    title = visit.standing.title(entry.office)
    what = f"{entry.person}, {acting}{title}, in office from {visit.voice.day(entry.from_)}"
    return _item(each, what, "appointed")


def _count(each: Sourced[Documents]) -> Count:
    return Count(each.id, documents(each.entry), each.entry.note, strength(each.strength), chains_of(each))


def _beside(visit: Visit, also: Also, session: str) -> Beside:
    """An entry that belongs to the session stands here; one that goes on without it has its place elsewhere."""
    each = also.sourced
    here = session_of(visit.record, each.id) == session
    link = Link(each.id, "" if here else visit.to.entry(visit.record, each.id))
    return Beside(each.id if here else "", large(spaced(each.kind)), also.says, link, strength(each.strength))


def _statement(visit: Visit, item: ItemOfRecord, session: str) -> Said:
    by = item.by
    return Said(
        item.id,
        speaker(by) if by else "",
        speaker_of(by) if by else "",
        item.says,
        item.manner == "reportedly",
        chains_of(item.sourced),
        tuple(silent_of(silence) for silence in item.silences),
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


def silent_of(each: Sourced[Silence]) -> Silent:
    """A recorded silence as shown."""
    return Silent(each.id, each.entry.says, chains_of(each)[0])


def _request(visit: Visit, told: Asked) -> RequestView:
    request = told.request.entry
    found = tuple(
        Answered(
            d.id, d.entry.when, speaker(d.entry.by), "determination", says(d.entry), strength(d.strength)
        )
        for d in told.determinations
    )
    answers = tuple(
        Answered(r.id, r.entry.when, speaker(r.entry.by), r.entry.how, r.entry.what, strength(r.strength))
        for r in told.responses
    )
    return RequestView(
        request.id,
        request.when,
        speaker(request.by),
        request.asks,
        ", ".join(speaker(person) for person in request.addressees),
        cited(visit.charter, request.invokes),
        strength(told.request.strength),
        (*found, *answers),
        visit.to.request(request.id),
    )
