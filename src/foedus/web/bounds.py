"""No request is read further than a body may be long, whatever it says of its length."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

LONGEST_BODY = 2_000_000  # bytes
_Message = Mapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
App = Callable[[Any, _Receive, _Send], Awaitable[None]]


def bounded(app: App) -> App:
    """An application that hears of no body longer than `LONGEST_BODY`: to it, such a client has gone."""

    async def served(scope: Any, receive: _Receive, send: _Send) -> None:
        said = dict(scope.get("headers", ())).get(b"content-length", b"0")
        if said.isdigit() and int(said) > LONGEST_BODY:
            await _refuse(send)
            return
        length = 0

        async def counted() -> _Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            return message if length <= LONGEST_BODY else {"type": "http.disconnect"}

        await app(scope, counted, send)
        if length > LONGEST_BODY:
            await _refuse(send)

    return served


async def _refuse(send: _Send) -> None:
    what = f"The body is longer than {LONGEST_BODY:,} bytes."
    rows = [{"where": "body", "line": None, "what": what, "remedy": "Send it in parts."}]
    told = {
        "type": "about:blank",
        "title": "Content Too Large",
        "status": 413,
        "detail": what,
        "problems": rows,
    }
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(told).encode()})
