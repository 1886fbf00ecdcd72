"""Who connects is to ask: a connection on which nothing comes, or hardly anything, is ended.

A server has so many files to open and no more, and each connection is one. Whoever holds them all, saying nothing, keeps
everybody else out; uvicorn itself waits for ever.
"""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

EACH = 15.0  # seconds between looks
LOOKS = (
    4  # at which a request may be under way to us: a minute for what stands before its body, and one for that
)


class Punctual(H11Protocol):
    """HTTP as uvicorn speaks it, with those who are in time."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._late, self._last = 0, self.cycle
        self.loop.call_later(EACH, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        owes = self.conn.their_state in {h11.IDLE, h11.SEND_BODY}
        self._late = self._late + 1 if owes and self.cycle is self._last else int(owes)
        self._last = self.cycle
        if self._late >= LOOKS:
            self.transport.abort()
        else:
            self.loop.call_later(EACH, self._look)


def open_as_many_as_may_be() -> None:
    """Let this process open as many files as the system lets it, instead of as few as is usual for programs."""
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if few != most:
        with suppress(ValueError, OSError):  # where the system says more than it means
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
