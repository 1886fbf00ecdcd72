"""What a reader is told when a page cannot be shown: a sentence, never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from foedus.problems import Altered, BadInput, FoedusError, NotFound, Unreachable
from foedus.web.api import refusals
from foedus.web.api.answering import answered

_LOG = logging.getLogger("foedus.web")
_ALLOWED = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no page: a heading, every sentence, and where the reader was."""

    status: int
    heading: str
    sentences: Sequence[str]
    home: str = "/"


class Refusals:
    """Answers what Foedus refuses with a page of its own, and takes nothing but GET and HEAD."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if refusals.is_api(request):
            return answered(request, self.get_response)
        if request.method in _ALLOWED:
            return self.get_response(request)
        sentence = f"{request.method} does nothing here: these pages are only read."
        response = _page(request, 405, "Only reading", [sentence])
        response["Allow"] = ", ".join(_ALLOWED)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if refusals.is_api(request):
            return refusals.answer(refusals.meant(exception))
        match exception:
            case NotFound():
                return _page(request, 404, "Not found", [str(exception)])
            case BadInput():
                return _page(request, 400, "This cannot be asked", [p.what for p in exception.problems])
            case Altered():
                return _page(request, 409, "This does not hold", [str(exception)])
            case Unreachable():
                _LOG.error("the register does not answer: %s", exception)
                return _page(request, 503, "The register does not answer", [refusals.SILENT])
            case FoedusError():
                return _page(request, 400, "This cannot be asked", [str(exception)])
            case _:
                _LOG.error("%s %r failed", request.method, request.path, exc_info=exception)
                return failed(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - so named by Django
    """A request that Django refuses, such as one for a host that is not served."""
    what = "The request is malformed, or for a host not served here."
    if refusals.is_api(request):
        return refusals.answer(refusals.refused(400, "request", what))
    return _page(request, 400, "This cannot be asked", [what])


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - so named by Django
    """A request that is not allowed."""
    return _page(request, 403, "Not allowed", ["This is not for you to read."])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - so named by Django
    """An address under which there is no page."""
    if refusals.is_api(request):
        return refusals.not_found(request)
    return _page(request, 404, "Not found", [f"There is no page at “{request.path}”."])


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours; where it lies in the pages themselves, the bare sentence."""
    if refusals.is_api(request):
        return refusals.answer(refusals.meant(RuntimeError("the answer failed")))
    sentence = "Foedus failed to make this page. Nothing on record has changed."
    try:
        return _page(request, 500, "Our fault", [sentence])
    except Exception:  # noqa: BLE001 - whatever it is, the reader gets no traceback
        _LOG.exception("the page that says so failed too")
        return HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")


def _page(request: HttpRequest, status: int, heading: str, sentences: Sequence[str]) -> HttpResponse:
    first = request.path.strip("/").partition("/")[0]
    names = {live.name for live in settings.FOEDUS.lives}
    refusal = Refusal(status, heading, sentences, f"/{first}/" if first in names else "/")
    return HttpResponse(render_to_string("foedus/refusal.html", {"page": refusal}), status=status)
