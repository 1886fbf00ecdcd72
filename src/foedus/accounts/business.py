"""What a session did: parts and items, decisions and who joined them, documents, posts, tasks; requests it bears on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.accounts.belonging import stands_for
from foedus.accounts.sourced import K, Sourced, every, sourced
from foedus.accounts.words import says
from foedus.record.acts import (
    Adhesion,
    Announced,
    Appointment,
    Body,
    Decided,
    Determination,
    Discussion,
    Documents,
    Entry,
    Format,
    Mandate,
    Meeting,
    Report,
    Request,
    Response,
    TreatyAction,
)
from foedus.record.record import Record
from foedus.terms.dates import show_when

OUTCOMES = ("adopted", "not adopted", "not taken up")


@dataclass(frozen=True, slots=True)
class Also:
    """Something else that came about at a session or of it, and what it says with what it bears on."""

    sourced: Sourced[Entry]
    says: str


@dataclass(frozen=True, slots=True)
class Business:
    """Everything a session did, as far as it is on record: formats in their order, decisions adopted ones first.
    `also` tells adhesions, mandates, reports, announcements, bodies and treaty actions in a line each.
    """

    formats: tuple[Sourced[Format], ...]
    meetings: tuple[Sourced[Meeting], ...]
    discussed: tuple[Sourced[Discussion], ...]
    decided: tuple[Sourced[Decided], ...]
    adhesions: tuple[Sourced[Adhesion], ...]
    documents: tuple[Sourced[Documents], ...]
    appointed: tuple[Sourced[Appointment], ...]
    bodies: tuple[Sourced[Body], ...]
    treaty_actions: tuple[Sourced[TreatyAction], ...]
    mandates: tuple[Sourced[Mandate], ...]
    reports: tuple[Sourced[Report], ...]
    announced: tuple[Sourced[Announced], ...]
    also: tuple[Also, ...]

    @property
    def failed(self) -> tuple[Sourced[Decided], ...]:
        """The drafts that were not adopted or not taken up."""
        return tuple(draft for draft in self.decided if draft.entry.outcome != "adopted")

    def tally(self) -> dict[str, int]:
        """How many decisions on record there are of each outcome."""
        outcomes: list[str] = [draft.entry.outcome for draft in self.decided]
        return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/session.json`."""
        parts: dict[str, Iterable[Sourced[Entry]]] = {
            "formats": self.formats,
            "meetings": self.meetings,
            "discussed": self.discussed,
            "decisions": self.decided,
            "adhesions": self.adhesions,
            "documents": self.documents,
            "appointments": self.appointed,
            "bodies": self.bodies,
            "treaty actions": self.treaty_actions,
            "mandates": self.mandates,
            "reports": self.reports,
            "announced": self.announced,
        }
        return {name: [entry.to_json() for entry in part] for name, part in parts.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that a session bears on, what was found of its trigger, and how it was answered."""

    request: Sourced[Request]
    determinations: tuple[Sourced[Determination], ...]
    responses: tuple[Sourced[Response], ...]

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/session.json`."""
        return {
            **self.request.to_json(),
            "determinations": [found.to_json() for found in self.determinations],
            "responses": [response.to_json() for response in self.responses],
        }


def business(record: Record, parts: Sequence[Entry]) -> Business:
    """What the parts of a session on record say of its business."""

    def of(kind: type[K]) -> tuple[Sourced[K], ...]:
        return tuple(sourced(record, entry) for entry in parts if isinstance(entry, kind))

    return Business(
        tuple(_in_order(of(Format))),
        of(Meeting),
        of(Discussion),
        tuple(sorted(of(Decided), key=lambda draft: draft.entry.outcome != "adopted")),
        of(Adhesion),
        of(Documents),
        of(Appointment),
        of(Body),
        of(TreatyAction),
        of(Mandate),
        of(Report),
        of(Announced),
        tuple(Also(each, _also(record, each.entry)) for kind in _ALSO for each in of(kind)),
    )


_ALSO: tuple[type[Entry], ...] = (Adhesion, Mandate, Report, Announced, Body, TreatyAction)


def _also(record: Record, entry: Entry) -> str:
    """What an act says in a line, with the decision joined, the day a task is due, the task reported on."""
    if isinstance(entry, Mandate) and entry.due is not None:
        return f"{says(entry)}, due {show_when(entry.due)}"
    other = record.by_id.get(
        entry.to if isinstance(entry, Adhesion) else entry.of if isinstance(entry, Report) else ""
    )
    if isinstance(other, Decided):
        return f"{says(entry)}; the decision: {other.what}"
    return f"{says(entry)}; the task: {other.task}" if isinstance(other, Mandate) else says(entry)


def requests(record: Record, parts: Sequence[Entry]) -> tuple[Asked, ...]:
    """Requests that a session or any part of it speaks of, and those that speak of the session or a part of it."""
    ids = {entry.id for entry in parts}
    spoken_of = {stands_for(record, name) for entry in parts for name in entry.mentions}

    def linked(request: Request) -> bool:
        return request.id in spoken_of or any(stands_for(record, name) in ids for name in request.about)

    return tuple(_asked(record, request) for request in every(record, Request, linked))


def _asked(record: Record, request: Sourced[Request]) -> Asked:
    return Asked(
        request,
        every(record, Determination, lambda e: stands_for(record, e.of) == request.id),
        every(record, Response, lambda e: stands_for(record, e.to) == request.id),
    )


def _in_order(parts: tuple[Sourced[Format], ...]) -> Iterable[Sourced[Format]]:
    """The parts of a session, each after the one it followed, else as recorded."""
    waiting, told = list(parts), {part.id for part in parts}
    while waiting:
        free = (p for p in waiting if p.entry.after not in told or p.entry.after == p.id)
        part = next(free, waiting[0])  # parts that follow one another in a circle stay as recorded
        waiting.remove(part)
        told.discard(part.id)
        yield part
