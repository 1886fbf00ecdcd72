"""The application as a server calls it: what is sent is read no further than somebody would read it.

Django keeps all that is sent before it looks at who sends it and to where, what is long on the disk: anybody could fill
that. So a long body is cut off just after the length from which it is refused, and the rest is thrown away as it comes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.handlers.asgi import ASGIHandler

from foedus.web.api.reading import LONGEST_BODY

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]


class Application(ASGIHandler):
    """Django's, given bodies that are cut off."""

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        await super().__call__(scope, cut(receive, LONGEST_BODY + 1), send)


def cut(receive: Receive, longest: int) -> Receive:
    """What gives the messages of a request, with no more than so many bytes of its body."""
    left, over = longest, False

    async def given() -> Any:
        nonlocal left, over
        message = await receive()
        while over and message["type"] == "http.request":
            message = await receive()
        if message["type"] != "http.request":
            return message
        part = message.get("body", b"")[:left]
        left -= len(part)
        over = not (left and message.get("more_body"))
        return {**message, "body": part, "more_body": not over}

    return given
