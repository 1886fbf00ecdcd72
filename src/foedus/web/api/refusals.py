"""What a program is told when it is not given what it asked for: problem details (RFC 9457), every fault in sentences."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja.errors import ValidationError

from foedus.problems import Altered, BadInput, Conflict, FoedusError, NotFound, Problem, Unreachable

ROOT = "/api/"
TYPE = "application/problem+json"
NONE: Mapping[str, str] = MappingProxyType({})
_LOG = logging.getLogger("foedus.web")
_OURS = "Foedus failed to answer. Nothing on record has changed, unless you appended: ask again with the same key."


SILENT = "The register cannot be read or written just now. Ask again; an append, with the same key."


class Refused(FoedusError):  # noqa: N818 - reads as what it says
    """A request that is refused with a status of HTTP, and everything that is wrong with it."""

    def __init__(
        self, status: int, problems: Iterable[Problem] | Problem, headers: Mapping[str, str] = NONE
    ) -> None:
        found = (problems,) if isinstance(problems, Problem) else tuple(sorted(set(problems)))
        self.status, self.problems, self.headers = status, found, headers
        super().__init__("\n".join(str(problem) for problem in found))


def is_api(request: HttpRequest) -> bool:
    """Whether a request is one of a program, not of a reader of pages."""
    return request.path.startswith(ROOT)


def refused(status: int, where: str, what: str, remedy: str = "", **headers: str) -> Refused:
    """A refusal for one fault."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Refused(status, Problem(where, 0, what, remedy), named)


def meant(error: Exception) -> Refused:
    """What a fault means to who asked. Faults of ours are logged, and told without their cause."""
    match error:
        case Refused():
            return error
        case NotFound():
            return refused(404, "path", str(error))
        case BadInput():
            return Refused(422, error.problems)
        case Conflict():
            return refused(409, "register", str(error))
        case Altered():  # whoever relies on the register is told that it does not hold
            _LOG.error("the register does not hold: %s", error)
            return refused(409, "register", str(error))
        case Unreachable():
            _LOG.error(
                "the register does not answer: %s", error
            )  # where it is kept is not everybody's matter
            return refused(503, "register", SILENT, Retry_After="5")
        case ValidationError():
            return Refused(400, [Problem(_place(each["loc"]), 0, f"{each['msg']}.") for each in error.errors])
        case _:
            _LOG.error("a request failed", exc_info=error)
            return refused(500, "server", _OURS)


def _place(parts: Iterable[Any]) -> str:
    return ".".join(str(part) for part in list(parts)[1:]) or "request"


def answer(refusal: Refused) -> HttpResponse:
    """A refusal as an answer."""
    rows = [
        {"where": p.file, "line": p.line or None, "what": p.what, "remedy": p.remedy}
        for p in refusal.problems
    ]
    told = {
        "type": "about:blank",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": " ".join(problem.what for problem in refusal.problems),
        "problems": rows,
    }
    text = json.dumps(told, ensure_ascii=False)
    response = HttpResponse(text, status=refusal.status, content_type=TYPE)
    response["Cache-Control"] = "no-store"
    for name, value in refusal.headers.items():
        response[name] = value
    return response


def not_found(request: HttpRequest) -> HttpResponse:
    """An address under which a program finds nothing."""
    what, remedy = f"There is nothing at “{request.path}”.", f"What there is, {ROOT}openapi.json says."
    return answer(refused(404, "path", what, remedy))


def not_done(request: HttpRequest, allow: str) -> HttpResponse:
    """A method that an address does not take."""
    what = f"{request.method} does nothing at “{request.path}”."
    return answer(refused(405, "method", what, f"It takes {allow}.", Allow=allow))


def told(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer to a program; a refusal that is none of ours yet, made into one."""
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and response["Content-Type"] != TYPE:
        allow = response.headers.get("Allow", "GET")
        methods = dict.fromkeys(m.strip() for m in allow.split(",") if m.strip())
        if "GET" in methods:
            methods["HEAD"] = None
        return not_done(request, ", ".join(methods))
    return response
