"""New entries of a register, told to all who listen: read once, written once, whoever appended them.

What this process appends is told at once; what others append is found by looking at the head each half second, once for
all listeners, and only while there are any. A listener that waits holds nothing of the database.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import suppress
from itertools import islice
from weakref import WeakKeyDictionary

from foedus.problems import FoedusError
from foedus.register.store import Register

PAUSE, HEARTBEAT, RETRY = (
    0.5,
    15.0,
    2_000,
)  # seconds between looks, between signs of life; milliseconds to come back
RECENT, AT_ONCE = (
    1_000,
    200,
)  # events kept as they were told; entries read at once for who comes from further back


class Hub:
    """The listeners of one register in one event loop. Everything but `announce` is called in that loop."""

    def __init__(self, register: Register) -> None:
        self._register, self._loop = register, asyncio.get_running_loop()
        self._recent: deque[bytes] = deque(maxlen=RECENT)
        self._size = 0
        self._news: asyncio.Future[None] = self._loop.create_future()
        self._look = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._over = False
        self.listeners = 0

    def announce(self) -> None:
        """Something was appended; called from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._look.set)

    async def listen(self, first: int) -> AsyncGenerator[bytes, None]:
        """Every entry from an index on as an event, in order and once, with signs of life in between. Ends where the
        register fails, or is not what it was: who listens comes back, and is told then.
        """
        self.listeners += 1
        try:
            if self._watch is None:
                await self._begin()
            yield f"retry: {RETRY}\nid: {first - 1}\n\n".encode()
            at = first
            while not self._over:
                if at < self._size:
                    told = await self._told(at)
                    at += len(told)
                    yield b"".join(told)
                else:
                    done, _ = await asyncio.wait([self._news], timeout=HEARTBEAT)
                    if not done:
                        yield b":\n\n"
        except FoedusError:
            return
        finally:
            self.listeners -= 1
            if not self.listeners and self._watch is not None:
                self._watch.cancel()
                self._watch = None

    async def _begin(self) -> None:
        head = await asyncio.to_thread(self._register.head)
        if self._watch is None:  # nobody else has begun meanwhile
            self._size, self._over = head.size, False
            self._recent.clear()
            self._watch = asyncio.create_task(self._watching())

    async def _told(self, at: int) -> list[bytes]:
        """Events from an index on."""
        oldest = self._size - len(self._recent)
        if at >= oldest:
            return list(islice(self._recent, at - oldest, None))
        return await asyncio.to_thread(self._read, at, min(at + AT_ONCE, self._size))

    def _read(self, first: int, until: int) -> list[bytes]:
        return [event(at, entry) for at, entry in enumerate(self._register.read(first, until), first)]

    async def _watching(self) -> None:
        try:
            while self._mine():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._look.wait(), PAUSE)
                self._look.clear()
                await self._take_in()
        except FoedusError:
            self._end()

    def _mine(self) -> bool:
        """Whether the running task is the one that watches: one that was cancelled may go on for a while (in Python 3.11
        `wait_for` forgets that it was, where what it waits for comes at the same time).
        """
        return self._watch is asyncio.current_task()

    async def _take_in(self) -> None:
        """What came since."""
        head = await asyncio.to_thread(self._register.head)
        if self._mine() and head.size < self._size:
            self._end()
        while self._mine() and self._size < head.size:
            until = min(self._size + AT_ONCE, head.size)
            came = await asyncio.to_thread(self._read, self._size, until)
            if self._mine():
                self._recent.extend(came)
                self._size = until
                self._wake()

    def _end(self) -> None:
        self._over, self._watch = True, None
        self._wake()

    def _wake(self) -> None:
        waited, self._news = self._news, self._loop.create_future()
        waited.set_result(None)


def event(index: int, entry: bytes) -> bytes:
    """An entry as an event. What is under seal is so here too."""
    data = json.dumps({"index": index, "entry": json.loads(entry)}, ensure_ascii=False, separators=(",", ":"))
    return f"id: {index}\nevent: entry\ndata: {data}\n\n".encode()


_HUBS: WeakKeyDictionary[asyncio.AbstractEventLoop, WeakKeyDictionary[Register, Hub]] = WeakKeyDictionary()


def hub_of(register: Register) -> Hub:
    """The hub of a register in the running event loop."""
    hubs = _HUBS.setdefault(asyncio.get_running_loop(), WeakKeyDictionary())
    if register not in hubs:
        hubs[register] = Hub(register)
    return hubs[register]


def announce(register: Register) -> None:
    """Something was appended to a register by this process; called from any thread."""
    for hubs in list(_HUBS.values()):
        if (hub := hubs.get(register)) is not None:
            hub.announce()
