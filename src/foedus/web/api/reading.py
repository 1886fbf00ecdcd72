"""Reads what was sent: parameters, numbers, days, bodies; and gathers whatever is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from foedus.problems import BadInput, Problem, suggest
from foedus.register.envelope import strict_json
from foedus.terms.dates import parse_day
from foedus.web.api.refusals import Refused, refused
from foedus.web.bounds import LONGEST_BODY

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COUNT = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MOST = 10**15 - 1


class Faults:
    """What is wrong with a request, gathered while it is read: with `several`, what may be given more than once."""

    def __init__(
        self, request: HttpRequest, known: Collection[str] = (), several: Collection[str] = ()
    ) -> None:
        self.found: list[Problem] = []
        for name in request.GET:
            if name not in known:
                what = f"The parameter “{name}” is not known here."
                self.found.append(Problem(name or "query", 0, what, suggest(name, known)))
            elif name not in several and len(request.GET.getlist(name)) > 1:
                self.found.append(Problem(name, 0, f"“{name}” is given more than once.", "Give one."))
            elif any(_CONTROL.search(value) for value in request.GET.getlist(name)):
                self.found.append(Problem(name, 0, f"“{name}” holds signs that cannot be shown."))

    def day(self, name: str, text: str | None) -> date | None:
        """The day that a parameter names; None where it is not given, or is none."""
        if text is None:
            return None
        if not _DAY.fullmatch(text):
            self.found.append(Problem(name, 0, f"“{text}” is no day.", "Write it as YYYY-MM-DD."))
            return None
        try:
            return parse_day(text)
        except ValueError as error:
            self.found.append(Problem(name, 0, str(error)))
            return None

    def count(self, name: str, text: str | None, default: int, most: int = MOST, least: int = 0) -> int:
        """The number that a parameter gives."""
        if text is None:
            return default
        if not _COUNT.fullmatch(text) or not least <= int(text) <= most:
            self.found.append(Problem(name, 0, f"“{text}” is no number from {least:,} to {most:,}."))
            return default
        return int(text)

    def one_of(self, name: str, text: str | None, known: Collection[str]) -> None:
        """Note a word that is none of those there are."""
        if text is not None and text not in known:
            self.found.append(Problem(name, 0, f"“{text}” is none of them.", suggest(text, known)))

    def settle(self) -> None:
        """Refused where there is any."""
        if self.found:
            raise Refused(400, self.found)


def body(request: HttpRequest, wanted: str) -> bytes:
    """What was sent. Refused where it is too long, or not of the wanted type."""
    given = (request.content_type or "").lower()
    if given != wanted:
        what = f"The body is of type “{given}”." if given else "The body's type is not said."
        raise refused(415, "Content-Type", what, f"Send {wanted}.", Accept=wanted)
    try:
        data = request.body if int(request.META.get("CONTENT_LENGTH") or 0) <= LONGEST_BODY else None
    except (RequestDataTooBig, ValueError):
        data = None
    if data is None or len(data) > LONGEST_BODY:
        what = f"The body is longer than {LONGEST_BODY:,} bytes."
        raise refused(413, "body", what, "Send it in parts.")
    return data


def json_body(request: HttpRequest) -> Any:
    """What was sent as JSON that means one thing to everybody. Refused where it is not."""
    data = body(request, "application/json")
    try:
        return strict_json(data, "body")
    except BadInput as error:
        raise Refused(400, error.problems) from error
