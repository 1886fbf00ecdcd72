"""The interface as one: its operations under `/api/`, and how it refuses."""

from __future__ import annotations

from importlib import resources

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError

from foedus.web.api import entries, events, log, questions
from foedus.web.api.page import DOCUMENT
from foedus.web.api.refusals import answer, meant

TITLE = "Foedus"
VERSION = "1"
ABOUT = (
    "Questions to treaty organisations and their registers: the answers of the command line, over HTTP. A question is "
    "about the end of a day. What is not recorded is unknown, never false. Refusals are problem details (RFC 9457)."
)


def made() -> NinjaAPI:
    """The interface. The document is published beside this file; nothing else shows it."""
    api = NinjaAPI(title=TITLE, version=VERSION, description=ABOUT, openapi_url=None, docs_url=None)
    api.add_exception_handler(Exception, _refused)
    api.add_exception_handler(ValidationError, _refused)
    for router in (questions.router, entries.router, log.router, events.router):
        api.add_router("", router)
    return api


def _refused(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    assert isinstance(error, Exception)
    return answer(meant(error))


@require_safe
def document(_request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    text = (resources.files("foedus.web.api") / DOCUMENT).read_bytes()
    response = HttpResponse(text, content_type="application/vnd.oai.openapi+json;version=3.1")
    response["Cache-Control"] = "no-cache"
    return response
