"""How every answer to a program leaves: a HEAD as a GET without its body, refusals as ours, with what is left to ask."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from foedus.web.api.refusals import told
from foedus.web.api.visitors import counted


def answered(
    request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """The answer to a request of a program."""
    bare = request.method == "HEAD"
    if bare:
        request.method = "GET"
    response = told(request, get_response(request))
    if bare:
        request.method = "HEAD"
        response = (
            HttpResponse(headers=dict(response.headers), status=response.status_code)
            if response.streaming
            else response
        )
    visitor = counted(request)
    if visitor is not None:
        left = visitor.left
        response["RateLimit-Policy"] = f'"minute";q={left.a_minute};w=60'
        response["RateLimit"] = f'"minute";r={left.remaining};t={left.full}'
    return response
