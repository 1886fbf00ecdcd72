"""Answers are compressed for who reads that; a stream of events is not: each is to be read when it is sent."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class Compression(GZipMiddleware):
    """As Django compresses, but for streams of events."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("text/event-stream"):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
