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

from foedus.engine.answers import Questions
from foedus.problems import BadInput, NotFound, Problem
from foedus.secretariat import Organisation
from foedus.web.api.parameters import Asked
from foedus.web.api.reading import Faults
from foedus.web.api.refusals import Refused
from foedus.web.api.visitors import Gate, visitor_of

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
    def head(self) -> tuple[int, bytes] | None:
        """The size and the root of the register it was read from; None where it was a folder."""
        kept = getattr(self.organisation.record, "kept", None)
        return None if kept is None else (kept.size, bytes.fromhex(kept.root))

    @property
    def questions(self) -> Questions:
        return self.organisation.questions(self.known)


def faults(request: HttpRequest, asked: Asked) -> Faults:
    """What is wrong with the parameters' names."""
    return Faults(request, list(type(asked).model_fields), SEVERAL)


def asking(
    request: HttpRequest, org: str, asked: Asked, wrong: Faults, look_ups: Mapping[str, LookUp] = NO_LOOK_UPS
) -> Asking:
    """What was asked about; everything wrong with it at once. `look_ups` finds further names, each by its parameter."""
    visitor_of(request).must_enter(org)
    organisation: Organisation = settings.FOEDUS.named(org)
    on = wrong.day("on", getattr(asked, "on", None))
    known = wrong.day("known", asked.known)
    published = wrong.day("published", asked.published)
    refused = list(_readings(asked.reading))
    if not refused:
        try:
            organisation = organisation.read_as(dict(each.split("=", 1) for each in asked.reading))
        except BadInput as error:
            refused += [Problem("reading", 0, p.what, p.remedy) for p in error.problems]
    missing = list(_missing(organisation.questions(known), look_ups))
    if wrong.found or refused or missing:
        status = 400 if wrong.found else 404 if missing else 422
        raise Refused(status, [*wrong.found, *refused, *missing])
    if published is not None:
        organisation = organisation.published(published)
    gate: Gate = settings.FOEDUS_GATE
    return Asking(organisation, on or gate.today(), known)


def _readings(given: list[str]) -> Iterator[Problem]:
    wanted: dict[str, str] = {}
    for each in given:
        rule, divided, name = each.partition("=")
        if not divided:
            yield Problem("reading", 0, f"“{each}” is not of the form RULE=NAME.")
        elif wanted.setdefault(rule, name) != name:
            what = f"The rule “{rule}” cannot be read as “{wanted[rule]}” and as “{name}” at once."
            yield Problem("reading", 0, what, "Give one of them.")


def _missing(questions: Questions, look_ups: Mapping[str, LookUp]) -> Iterator[Problem]:
    for name, look_up in look_ups.items():
        try:
            look_up(questions)
        except NotFound as error:
            yield Problem(name, 0, str(error))


def told(
    request: HttpRequest, data: Any, head: tuple[int, bytes] | None = None, status: int = 200
) -> HttpResponse:
    """An answer in JSON, with a tag of what it says; `head`: the size and the root of the register it rests on."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    response = HttpResponse(text, status=status, content_type="application/json")
    response["ETag"] = f'"{sha256(text).hexdigest()[:32]}"'
    return resting(request, response, head)


def resting(request: HttpRequest, response: HttpResponse, head: tuple[int, bytes] | None) -> HttpResponse:
    """An answer that says on what it rests, and that nobody else is to be given it."""
    response["Cache-Control"] = "no-cache" if visitor_of(request).client is None else "private, no-cache"
    response["Vary"] = "Authorization"
    if head is not None:
        response["Foedus-Head"] = f"size={head[0]}, root=:{base64.b64encode(head[1]).decode()}:"
    return response
