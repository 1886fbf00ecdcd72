"""A request for help as a story with dates: who asked whom for what, what was found, who answered and how, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.accounts.answered import Addressed, Answered, addressed, answered
from foedus.accounts.drafts import Draft, Task, draft, task
from foedus.accounts.lines import Json, K, Line, bearing_on, in_time, line, lines, order, weakest_of
from foedus.accounts.openings import Found, Offer, Opening, offers, openings
from foedus.accounts.owing import OverTime, over_time
from foedus.accounts.sourced import published
from foedus.accounts.steps import Step, steps
from foedus.accounts.words import cited
from foedus.engine.answers import SO_FAR, Basis, Questions
from foedus.engine.capacity import Insiders, insiders
from foedus.engine.names import meant
from foedus.record.acts import (
    Adhesion,
    AnyAct,
    Body,
    Decided,
    Determination,
    Dispute,
    Mandate,
    Report,
    Request,
    Response,
    Silence,
    Statement,
)
from foedus.record.record import Record
from foedus.terms.attribution import Channel

Trigger = Literal["determined", "alleged", "not determined", "not stated"]
# What may bear on a request, directly or by way of something else that does. Another request is another story.
_BEARING = (Response, Determination, Decided, Adhesion, Statement, Mandate, Report, Body, Silence, Dispute)


@dataclass(frozen=True)
class Case:
    """A request and everything on record that bears on it, each part in order of time.

    `invokes` is the article the requester named, `named` those that whoever answered named; empty where none is on
    record. `further` are states that joined a decision on it, or declined to, and bodies set up about it.
    """

    entry: Request
    line: Line
    invokes: str
    named: tuple[str, ...]
    asked: tuple[Addressed, ...]
    findings: tuple[Found, ...]
    answers: tuple[Answered, ...]
    drafts: tuple[Draft, ...]
    statements: tuple[Line, ...]
    tasks: tuple[Task, ...]
    offers: tuple[Offer, ...]
    further: tuple[Line, ...]
    silences: tuple[Line, ...]
    disputes: tuple[Line, ...]
    refers_to: tuple[Line, ...]
    open: tuple[Opening, ...]
    steps: tuple[Step, ...]
    owed: tuple[OverTime, ...]

    @property
    def trigger(self) -> Trigger:
        """Whether what the request alleges was found to be given, by anyone on record."""
        if self.findings:
            return "determined"
        if any(opening.point == "trigger" and opening.claimed for opening in self.open):
            return "not determined"
        return "alleged" if self.entry.alleged else "not stated"

    @property
    def trigger_word(self) -> str:
        """The same in words that say no more than the record does."""
        said: dict[Trigger, str] = {"alleged": f"only alleged, {SO_FAR}", "not stated": "not in the record"}
        return said.get(self.trigger, self.trigger)

    @property
    def attribution(self) -> Channel:
        """The weakest claim the story uses."""
        parts: tuple[Found | Answered | Draft | Task | Offer, ...]
        parts = (*self.findings, *self.answers, *self.drafts, *self.tasks, *self.offers)
        told = (self.line, *(part.line for part in parts), *self.statements, *self.further)
        return weakest_of(told) or self.line.attribution

    def to_json(self) -> Json:
        """The case as published in `schemas/case.json`."""
        return {
            "id": self.entry.id,
            "request": self.line.to_json(),
            "by": published(self.entry.by),
            "asks": self.entry.asks,
            "asked": [each.to_json() for each in self.asked],
            "invokes": self.invokes or None,
            "named by those who answered": list(self.named),
            "alleged": self.entry.alleged or None,
            "alleges": self.entry.alleges,
            "trigger": self.trigger,
            "findings": [each.to_json() for each in self.findings],
            "answers": [each.to_json() for each in self.answers],
            "decisions": [each.to_json() for each in self.drafts],
            "statements": [each.to_json() for each in self.statements],
            "tasks": [each.to_json() for each in self.tasks],
            "offers": [each.to_json() for each in self.offers],
            "further": [each.to_json() for each in self.further],
            "silences": [each.to_json() for each in self.silences],
            "disputes": [each.to_json() for each in self.disputes],
            "refers to": [each.to_json() for each in self.refers_to],
            "open": [each.to_json() for each in self.open],
            "steps": [each.to_json() for each in self.steps],
            "duties": [each.to_json() for each in self.owed],
            "attribution": self.attribution,
        }


@dataclass(frozen=True)
class Cases:
    """Requests of an organisation as known on a day: all of them, or the one asked about."""

    organisation: str
    known: date
    cases: tuple[Case, ...]
    basis: Basis

    def to_json(self) -> Json:
        """The account as published in `schemas/case.json`."""
        return {
            "organisation": self.organisation,
            "known": self.known.isoformat(),
            "cases": [each.to_json() for each in self.cases],
            "basis": self.basis.to_json(),
        }


def cases(asked: Questions) -> Cases:
    """Every request on record, in order of time."""
    names = insiders(asked.standing)
    requests = in_time(asked.standing.record, asked.standing.record.of_kind(Request))
    found = tuple(_case(asked, names, entry) for entry in requests)
    return Cases(asked.organisation, asked.known, found, asked.basis(None))


def case(asked: Questions, name: str) -> Cases:
    """The one request of that id, or of an id that begins so and no other does.

    NotFound, with the ids there are, for the beginning of none, and with the candidates for that of several.
    """
    record = asked.standing.record
    entry = record.by_id.get(name)
    if not isinstance(entry, Request):
        ids = [request.id for request in record.of_kind(Request)]
        entry = record.by_id[
            meant(f"request of {asked.organisation}", name, dict(zip(ids, ids, strict=True)))
        ]
        assert isinstance(entry, Request)
    found = _case(asked, insiders(asked.standing), entry)
    return Cases(asked.organisation, asked.known, (found,), asked.basis(None))


def _case(asked: Questions, names: Insiders, request: Request) -> Case:
    standing, record = asked.standing, asked.standing.record
    bearing = _bearing(record, request)
    answers = answered(standing, names, request, _of(bearing, Response))
    put_to = addressed(standing, names, request, answers)
    drafts = tuple(draft(record, entry) for entry in _of(bearing, Decided))
    findings = tuple(Found(entry, line(record, entry)) for entry in _of(bearing, Determination))
    tasks = tuple(task(record, entry) for entry in _of(bearing, Mandate))
    offered = tuple(offers(record, answers, _of(bearing, Body)))
    founded = (body for body in _of(bearing, Body) if body.status == "established")
    return Case(
        request,
        line(record, request),
        cited(standing.charter, request.invokes),
        tuple(dict.fromkeys(a.under for a in answers if a.under)),
        put_to,
        findings,
        answers,
        drafts,
        lines(record, _of(bearing, Statement)),
        tasks,
        tuple(sorted(offered, key=lambda offer: order(offer.line.when))),
        lines(record, (*_of(bearing, Adhesion), *founded)),
        lines(record, _of(bearing, Silence)),
        lines(record, _of(bearing, Dispute)),
        lines(record, (found for name in request.about if (found := record.by_id.get(name)) is not None)),
        tuple(
            openings(
                record,
                request,
                asked=put_to,
                findings=findings,
                answers=answers,
                drafts=drafts,
                tasks=tasks,
                offered=offered,
            )
        ),
        steps(request, findings, answers),
        tuple(over_time(standing, request.id)),
    )


def _bearing(record: Record, request: Request) -> list[AnyAct]:
    """What points to a request, and what points to that, step by step; in order of time."""
    found: dict[str, AnyAct] = {}
    ids = {request.id}
    while ids:
        fresh = [e for e in bearing_on(record, ids) if isinstance(e, _BEARING) and e.id not in found]
        found |= {entry.id: entry for entry in fresh}
        ids = {entry.id for entry in fresh}
    return in_time(record, found.values())


def _of(entries: list[AnyAct], kind: type[K]) -> list[K]:
    return [entry for entry in entries if isinstance(entry, kind)]
