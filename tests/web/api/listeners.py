"""Listeners to server-sent events, in as few lines as they take: for the tests and the bench."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Event:
    """What came in one block, and when it was read; a sign of life has neither name nor id."""

    at: float
    id: str = ""
    name: str = ""
    data: Any = None
    retry: str = ""


@dataclass
class Stream:
    """An open stream: the head of its answer, and what comes."""

    head: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    buffer: bytes = b""

    async def next(self) -> Event:
        """The next block. EOFError where the stream ended."""
        while b"\n\n" not in self.buffer:
            size = int(await self.reader.readline() or b"0", 16)  # RFC 9112, section 7.1
            if not size:
                raise EOFError
            self.buffer += (await self.reader.readexactly(size + 2))[:-2]
        block, _, self.buffer = self.buffer.partition(b"\n\n")
        fields = dict(line.split(": ", 1) for line in block.decode().split("\n") if not line.startswith(":"))
        data = json.loads(fields["data"]) if "data" in fields else None
        now = time.perf_counter()
        return Event(now, fields.get("id", ""), fields.get("event", ""), data, fields.get("retry", ""))

    async def entries(self, count: int) -> list[Event]:
        """The next so many entries."""
        found: list[Event] = []
        while len(found) < count:
            event = await self.next()
            if event.name == "entry":
                found.append(event)
        return found


@asynccontextmanager
async def stream(url: str, **headers: str) -> AsyncIterator[Stream]:
    """A stream, open as long as this lasts."""
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    sent = {
        "Host": at.netloc,
        "Accept-Encoding": "gzip",
        **{n.replace("_", "-"): v for n, v in headers.items()},
    }
    path = at.path + (f"?{at.query}" if at.query else "")
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items()), "", ""]
    writer.write("\r\n".join(lines).encode())
    try:
        yield Stream((await reader.readuntil(b"\r\n\r\n")).decode().lower(), reader, writer)
    finally:
        writer.close()
