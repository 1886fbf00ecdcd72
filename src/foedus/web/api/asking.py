"""What a question is about: an organisation as known, under which readings, on what day; and how it is answered."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from foedus.engine.answers import Questions
from foedus.problems import Altered, BadInput, NotFound, Problem
from foedus.record.seen import Clearance
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.mark import is_mark, read_mark
from foedus.register.store import Head, Register
from foedus.secretariat import Live, Organisation
from foedus.web.api.parameters import Asked, names_of
from foedus.web.api.reading import Faults
from foedus.web.api.refusals import Refused, refused
from foedus.web.api.visitors import visitor_of
from foedus.web.gate import Gate

LookUp = Callable[[Questions], object]
SEVERAL = ("reading", "index")
NO_LOOK_UPS: Mapping[str, LookUp] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Asking:
    """An organisation as it was asked about, and the day; today where none was given."""

    organisation: Organisation
    on: date
    known: date | None

    @property
    def questions(self) -> Questions:
        return self.organisation.questions(self.known)


def live_of(request: HttpRequest, org: str) -> Live:
    """The organisation of an address. NotFound where there is none; Refused where the client is none of it."""
    visitor_of(request).must_enter(org)
    found: Live = settings.FOEDUS.live(org)
    return found


def rests_on(register: Register) -> Checkpoint | None:
    """The newest signed checkpoint of a register; None where nothing was signed yet."""
    last = register.last_paper("checkpoint")
    return None if last is None else read_checkpoint(last.text)[0]


def faults(request: HttpRequest, asked: Schema) -> Faults:
    """What is wrong with the parameters' names."""
    return Faults(request, names_of(type(asked)), SEVERAL)


def asking(
    request: HttpRequest, org: str, asked: Asked, wrong: Faults, look_ups: Mapping[str, LookUp] = NO_LOOK_UPS
) -> Asking:
    """What was asked about; everything wrong with it at once. `look_ups` finds further names, each by its parameter."""
    live = live_of(request, org)
    on = wrong.day("on", getattr(asked, "on", None))
    organisation, known = _known(live, asked.known, wrong, visitor_of(request).clearance)
    published = wrong.day("published", asked.published)
    refused_: tuple[Problem, ...] = ()
    try:
        organisation = organisation.read_as_given(asked.reading, "reading")
    except BadInput as error:
        refused_ = error.problems
    missing = list(_missing(organisation.questions(known), look_ups))
    if wrong.found or refused_ or missing:
        status = 400 if wrong.found else 404 if missing else 422
        raise Refused(status, [*wrong.found, *refused_, *missing])
    if published is not None:
        organisation = organisation.published(published)
    gate: Gate = settings.FOEDUS_GATE
    return Asking(organisation, on or gate.today(), known)


def _known(
    live: Live, text: str | None, wrong: Faults, clearance: Clearance
) -> tuple[Organisation, date | None]:
    """The organisation as its register has it, or had it at the point that a text names; else the day that it names."""
    if text is None or not is_mark(text):
        return live.now(clearance), wrong.day("known", text)
    try:
        mark = read_mark(text)
    except BadInput as error:
        wrong.found += error.problems
        return live.now(clearance), None
    try:
        return live.as_of(mark, clearance), None
    except NotFound as error:
        raise refused(404, "known", str(error)) from error
    except Altered as error:
        raise refused(409, "known", str(error)) from error


def _missing(questions: Questions, look_ups: Mapping[str, LookUp]) -> Iterator[Problem]:
    for name, look_up in look_ups.items():
        try:
            look_up(questions)
        except NotFound as error:
            yield Problem(name, 0, str(error))


def told(request: HttpRequest, data: Any, head: Head | None = None, status: int = 200) -> HttpResponse:
    """An answer in JSON, with a tag of what it says; `head`: of the register it rests on."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(text, status=status, content_type="application/json")
    response["ETag"] = f'"{sha256(text).hexdigest()[:32]}"'
    return resting(request, response, head)


def resting(request: HttpRequest, response: HttpResponse, head: Head | None) -> HttpResponse:
    """An answer that says on what it rests, and that nobody else is to be given it."""
    response["Cache-Control"] = "no-cache" if visitor_of(request).client is None else "private, no-cache"
    response["Vary"] = "Authorization"
    if head is not None:
        response["Foedus-Head"] = f"size={head.size}, root=:{base64.b64encode(head.root).decode()}:"
    return response
