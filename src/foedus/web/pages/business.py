"""What a session did: the items it discussed, what it adopted and what not, the documents, what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.accounts.words import cited, documents, speaker, speaker_of
from foedus.record.acts import (
    Appointment,
    Decided,
    Discussion,
    Documents,
    Entry,
    Format,
    Meeting,
    Request,
    Response,
    Silence,
    Statement,
)
from foedus.record.record import Record
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.web.pages.chains import Chain, Silent, chains
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Strength, figure, strength


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
class Said:
    """A statement: who, what, by which chains, and who is silent on it."""

    id: str
    by: str
    of: str
    says: str
    hedged: bool
    chains: tuple[Chain, ...]
    silences: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A response to a request."""

    id: str
    when: When
    by: str
    how: str
    what: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Asked:
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
    said: tuple[Said, ...]
    requests: tuple[Asked, ...]

    @property
    def failed(self) -> tuple[Item, ...]:
        """The drafts that were not adopted, or not taken up at all."""
        return tuple(item for item in self.decided if item.outcome != "adopted")


def business(visit: Visit, session: str) -> Business:
    """What is on record of a session's business."""
    record = visit.record
    decided = [entry for entry in record.of_kind(Decided) if entry.session == session]
    decided.sort(key=lambda entry: entry.outcome != "adopted")
    return Business(
        tuple(_topics(record, session)),
        tuple(_decision(record, entry) for entry in decided),
        tuple(_appointment(visit, entry) for entry in record.of_kind(Appointment) if entry.at == session),
        tuple(_count(record, entry) for entry in record.of_kind(Documents) if entry.session == session),
        tuple(
            Part(e.id, e.format, e.what, _strength(record, e))
            for e in record.of_kind(Format)
            if e.session == session
        ),
        tuple(
            Part(e.id, ", ".join(e.of), e.what, _strength(record, e), e.when)
            for e in record.of_kind(Meeting)
            if e.before == session
        ),
        tuple(_statement(record, entry) for entry in _statements(record, session)),
        tuple(_request(visit, entry) for entry in _requests(record, session)),
    )


def _strength(record: Record, entry: Entry) -> Strength:
    return strength(record.strength(entry.id))


def _topics(record: Record, session: str) -> Iterable[Item]:
    for entry in record.of_kind(Discussion):
        if entry.session == session:
            for index, topic in enumerate(entry.items):
                evidence = chains(record, entry)
                yield Item(
                    entry.id, topic, "discussed", "", "", "", _strength(record, entry), evidence, index == 0
                )


def _decision(record: Record, entry: Decided) -> Item:
    stopped = state_name(entry.stopped_by) if entry.stopped_by else ""
    return Item(
        entry.id,
        entry.what,
        entry.outcome,
        stopped,
        entry.why,
        entry.fate,
        _strength(record, entry),
        chains(record, entry),
        first=True,
    )


def _appointment(visit: Visit, entry: Appointment) -> Item:
    record = visit.record
    title = visit.standing.title(entry.office)
    acting = "acting " if entry.acting else ""
    what = f"{entry.person}, {acting}{title}, in office from {visit.voice.day(entry.from_)}"
    evidence = chains(record, entry)
    return Item(entry.id, what, "appointed", "", "", "", _strength(record, entry), evidence, first=True)


def _count(record: Record, entry: Documents) -> Count:
    return Count(entry.id, documents(entry), entry.note, _strength(record, entry), chains(record, entry))


def _statements(record: Record, session: str) -> Iterable[Statement]:
    """Statements made at the session, then those made elsewhere about it."""
    said = list(record.of_kind(Statement))
    yield from (entry for entry in said if entry.session == session)
    yield from (entry for entry in said if entry.session != session and session in entry.about)


def _statement(record: Record, entry: Statement) -> Said:
    evidence = chains(record, entry)
    silences = tuple(
        Silent(silence.id, silence.says, chains(record, silence)[0])
        for silence in record.of_kind(Silence)
        if silence.of == entry.id
    )
    hedged = all(e.mode == "hedged" for e in entry.evidence)
    return Said(entry.id, speaker(entry.by), speaker_of(entry.by), entry.says, hedged, evidence, silences)


def _requests(record: Record, session: str) -> Iterable[Request]:
    """Requests that the session or anything that was part of it speaks of, and those that speak of the session."""
    mine = [e for e in record.entries if e.id == session or getattr(e, "session", None) == session]
    spoken_of = {name for entry in mine for name in entry.mentions}
    ids = {entry.id for entry in mine}
    return (r for r in record.of_kind(Request) if r.id in spoken_of or ids & set(r.about))


def _request(visit: Visit, entry: Request) -> Asked:
    record = visit.record
    responses = tuple(
        Answered(r.id, r.when, speaker(r.by), r.how, r.what, _strength(record, r))
        for r in record.of_kind(Response)
        if r.to == entry.id
    )
    to = ", ".join(speaker(person) for person in entry.addressees)
    strong, href = _strength(record, entry), visit.to.record(entry.id)
    return Asked(
        entry.id,
        entry.when,
        speaker(entry.by),
        entry.asks,
        to,
        cited(visit.charter, entry.invokes),
        strong,
        responses,
        href,
    )


def summary(done: Business) -> str:
    """What became of the items, in figures."""
    adopted = sum(item.outcome == "adopted" for item in done.decided)
    parts = [
        figure(len(done.discussed), "topic") + " discussed" if done.discussed else "",
        f"{adopted} adopted" if done.decided else "",
        f"{len(done.failed)} not adopted" if done.decided else "",
    ]
    return ", ".join(part for part in parts if part)
