"""New entries as they come: to each listener once and in order, whoever appended them, and none lost in between."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from foedus.register.address import open_register
from foedus.secretariat import Live, News
from foedus.web.api import hub
from tests.folders import folder
from tests.web.api.conftest import MADE, Server, act, acts, served
from tests.web.api.listeners import Stream, stream
from tests.web.conftest import listening

PATIENCE = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("league")) as made:
        yield made


@pytest.fixture(scope="module")
def address(server: Server) -> Iterator[str]:
    with listening(server.app) as where:
        yield f"{where}/api/tiny/events"


@pytest.fixture
def told(server: Server) -> Callable[..., list[int]]:
    """Appends acts with names never used before, from another thread as a worker does; and gives back their places."""

    def append(count: int = 1) -> list[int]:
        names = [f"a{time.monotonic_ns()}-{number}" for number in range(count)]
        first = server.post("entries", acts(*names), by="scribe").data["first"]
        return list(range(first, first + count))

    return append


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), PATIENCE))


def test_of_a_stream_that_is_asked_for_its_head_alone_no_body_comes(server: Server, address: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=5) as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        assert answer.read() == b""


async def ids(at: Stream, count: int) -> list[int]:
    return [int(event.id) for event in await at.entries(count)]


def test_a_stream_says_what_it_is_and_from_where_on_at_once(server: Server, address: str) -> None:
    async def work() -> None:
        async with stream(address) as at:
            assert " 200 " in at.head.splitlines()[0]
            assert "content-type: text/event-stream" in at.head
            assert "content-encoding" not in at.head  # though the listener could read it compressed
            assert "cache-control: no-store" in at.head
            first = await at.next()
            assert (first.retry, first.id, first.name) == (str(hub.RETRY), str(server.size - 1), "")

    run(work)


def test_an_entry_is_told_as_the_register_holds_it(
    server: Server, address: str, told: Callable[..., list[int]]
) -> None:
    async def work() -> None:
        async with stream(address) as at:
            await at.next()
            (place,) = await asyncio.to_thread(told)
            (event,) = await at.entries(1)
            assert event.id == str(place)
            assert event.data["index"] == place
            shown = await asyncio.to_thread(server.get, f"entries/{place}")
            assert event.data["entry"] == shown.data["entry"]

    run(work)


def test_what_this_process_appends_is_told_sooner_than_others_are_looked_for(
    address: str, told: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "PAUSE", 3_600)

    async def work() -> None:
        async with stream(address) as at:
            await at.next()
            await asyncio.sleep(1.0)  # the look that was begun before is over
            places = await asyncio.to_thread(told, 3)
            assert await ids(at, 3) == places

    run(work)


def test_what_another_process_appends_is_told(server: Server, address: str) -> None:
    def other() -> None:
        with open_register(str(server.folder / "league.db"), "tiny") as register:
            Live(register).append(News([act(f"o{time.monotonic_ns()}")], MADE, "another"))

    async def work() -> None:
        async with stream(address) as at:
            await at.next()
            place = server.size
            await asyncio.to_thread(other)
            assert await ids(at, 1) == [place]

    run(work)


def test_who_comes_back_is_told_what_came_meanwhile(address: str, told: Callable[..., list[int]]) -> None:
    async def work() -> None:
        async with stream(address) as at:
            last = (await at.next()).id
        missed = await asyncio.to_thread(told, 5)
        async with stream(address, Last_Event_ID=last) as at:
            assert (await at.next()).id == last
            assert await ids(at, 2) == missed[:2]
        async with stream(address, Last_Event_ID=str(missed[1])) as at:
            more = await asyncio.to_thread(told, 2)
            assert await ids(at, 5) == missed[2:] + more

    run(work)


def test_who_asks_from_the_beginning_is_told_everything(
    server: Server, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "AT_ONCE", 3)

    async def work() -> None:
        for url, headers in ((f"{address}?first=0", {}), (address, {"Last_Event_ID": "-1"})):
            async with stream(url, **headers) as at:
                assert (await at.next()).id == "-1"
                assert await ids(at, server.size) == list(range(server.size))

    run(work)


def test_a_sign_of_life_is_sent_while_nothing_comes(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "HEARTBEAT", 0.05)

    async def work() -> None:
        async with stream(address) as at:
            await at.next()
            for _ in range(2):
                event = await at.next()
                assert (event.name, event.id) == ("", "")

    run(work)


@pytest.mark.parametrize(
    ("asked", "headers", "status"),
    [
        ("", {"Last_Event_ID": "99999"}, 409),
        ("", {"Last_Event_ID": "x"}, 400),
        ("?first=-1", {}, 400),
        ("?from=1", {}, 400),
        ("?first=99999", {}, 409),
    ],
)
def test_who_was_told_what_the_register_has_not_is_told_so(
    server: Server, asked: str, headers: dict[str, str], status: int
) -> None:
    assert server.get(f"events{asked}", **headers).status == status


def test_two_hundred_listeners_are_told_each_entry_once_and_in_order(
    server: Server, address: str, told: Callable[..., list[int]]
) -> None:
    batches, size = 10, 3
    begun = server.size
    token = f"Bearer {server.tokens['asker']}"

    async def listen(at: Stream) -> list[int]:
        return await ids(at, batches * size)

    async def work() -> None:
        async with AsyncExitStack() as stack:
            open_ = [
                await stack.enter_async_context(stream(address, Authorization=token)) for _ in range(200)
            ]
            heard = [asyncio.create_task(listen(at)) for at in open_]
            for _ in range(batches):
                await asyncio.to_thread(told, size)
            for each in heard:
                assert await each == list(range(begun, begun + batches * size))

    run(work)


def test_listeners_that_come_and_go_lose_nothing(
    server: Server, address: str, told: Callable[..., list[int]]
) -> None:
    begun, total = server.size, 60
    token = f"Bearer {server.tokens['asker']}"

    async def listen(step: int) -> list[int]:
        found: list[int] = []
        last = str(begun - 1)
        while len(found) < total:
            async with stream(address, Last_Event_ID=last, Authorization=token) as at:
                found += await ids(at, min(step, total - len(found)))
                last = str(found[-1])
        return found

    def append() -> None:
        for _ in range(total):
            told()

    async def work() -> None:
        thread = threading.Thread(target=append)
        thread.start()
        for found in await asyncio.gather(*(listen(step) for step in (1, 3, 7, 11))):
            assert found == list(range(begun, begun + total))
        thread.join()

    run(work)


def test_one_who_reads_slowly_keeps_nobody_waiting(
    server: Server, address: str, told: Callable[..., list[int]]
) -> None:
    def long(number: int) -> dict[str, Any]:
        return act(f"l{time.monotonic_ns()}-{number}", note="x" * 60_000)

    async def work() -> None:
        async with stream(f"{address}?first=0") as slow, stream(address) as quick:
            await quick.next()
            sent = 0
            for _ in range(10):  # far more than a socket holds: about 12 MB
                body = {"entries": [long(number) for number in range(20)]}
                await asyncio.to_thread(server.post, "entries", body, by="scribe")
                sent += len(await ids(quick, 20))
            (place,) = await asyncio.to_thread(told)
            assert await ids(quick, 1) == [place]
            assert await ids(slow, place + 1) == list(range(place + 1))
            assert sent == 200

    run(work)


def test_who_has_gone_is_forgotten(server: Server, address: str) -> None:
    from foedus.web.api import events  # noqa: PLC0415 - once Django is configured

    async def work() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(20):
                await (await stack.enter_async_context(stream(address))).next()
            assert events._OPEN.total() >= 20

    run(work)
    deadline = time.monotonic() + 10
    while events._OPEN.total() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert events._OPEN.total() == 0


@pytest.mark.parametrize("recent", [1_000, 3], ids=["as they were told", "read again"])
def test_who_does_not_read_has_little_kept_for_it(
    server: Server, monkeypatch: pytest.MonkeyPatch, recent: int
) -> None:
    """Anybody may open hundreds of streams of all there is, and read none of them."""
    monkeypatch.setattr(hub, "RECENT", recent)

    async def work() -> None:
        told = hub.Hub(server.live.register)
        until = first = server.size
        waits = told.listen(first)
        await anext(waits)  # so that what comes is taken in
        for number in range(10):
            body = acts(f"long{recent}-{number}", says="long " * 1_900)
            body["entries"] = [{**body["entries"][0], "id": f"long{recent}-{number}-{n}"} for n in range(20)]
            done = await asyncio.to_thread(server.post, "entries", body, by="scribe")
            until += done.data["count"]
        listener, at = told.listen(first), first
        await anext(listener)
        while at < until:
            piece = await anext(listener)
            assert len(piece) < 65_536 + 10_000
            at += piece.count(b"event: entry")
        assert at == until
        await listener.aclose()
        await waits.aclose()

    run(work)


def test_who_listens_keeps_no_thread(server: Server, address: str) -> None:
    async def work() -> None:
        before = threading.active_count()
        async with AsyncExitStack() as stack:
            for _ in range(40):
                await (await stack.enter_async_context(stream(address))).next()
            assert threading.active_count() < before + 20

    run(work)


def test_no_more_streams_are_open_at_once_than_requests_are_made_a_minute(
    server: Server, address: str
) -> None:
    server.tokens["few"] = server.gate.clients.add("few", MADE, may=["ask"], a_minute=3)
    server.gate.limits._clock = lambda: time.monotonic() * 1_000  # so that only streams are few
    token = f"Bearer {server.tokens['few']}"

    async def work() -> None:
        async with AsyncExitStack() as stack:
            for _ in range(3):
                at = await stack.enter_async_context(stream(address, Authorization=token))
                assert " 200 " in at.head
                await at.next()
            refused = await stack.enter_async_context(stream(address, Authorization=token))
            assert " 429 " in refused.head

    run(work)


def test_a_register_that_is_set_back_ends_its_streams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foedus.register.memory import MemoryRegister  # noqa: PLC0415
    from foedus.register.store import Head  # noqa: PLC0415

    monkeypatch.setattr(hub, "PAUSE", 0.01)
    register = MemoryRegister()
    register.append([b"{}", b"{}"])

    async def work() -> None:
        listener = hub.hub_of(register).listen(0)
        assert await anext(listener) == b"retry: 2000\nid: -1\n\n"
        assert (await anext(listener)).count(b"event: entry") == 2
        monkeypatch.setattr(register, "head", lambda: Head(1, b""))
        with pytest.raises(StopAsyncIteration):
            await anext(listener)

    run(work)


def test_a_register_that_fails_ends_its_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.problems import Unreachable  # noqa: PLC0415
    from foedus.register.memory import MemoryRegister  # noqa: PLC0415

    monkeypatch.setattr(hub, "PAUSE", 0.01)
    register = MemoryRegister()
    register.append([b"{}"])

    def fails(*_: object) -> None:
        raise Unreachable("the database does not answer")

    async def work() -> None:
        listener, other = hub.hub_of(register).listen(0), hub.hub_of(register).listen(1)
        assert await anext(listener)
        assert await anext(other)
        monkeypatch.setattr(register, "read", fails)
        with pytest.raises(StopAsyncIteration):
            await anext(listener)
        monkeypatch.setattr(register, "head", fails)
        with pytest.raises(StopAsyncIteration):
            await anext(other)

    run(work)


def test_an_entry_that_was_altered_where_it_is_kept_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.register.memory import MemoryRegister  # noqa: PLC0415

    register = MemoryRegister()
    register.append([b"{}"])

    async def heard() -> list[bytes]:
        listener = hub.hub_of(register).listen(0)
        assert await anext(listener), "from where on"
        return [each async for each in listener if b"data" in each]

    async def work() -> None:
        monkeypatch.setattr(register, "read", lambda *_: iter([b'{"other": 1}']))
        assert not await asyncio.wait_for(heard(), 5)

    run(work)


def test_a_server_ends_when_it_is_told_to_though_somebody_listens(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        "from foedus.cli import main; main()",
        "serve",
        str(folder(tmp_path / "league")),
    ]
    with subprocess.Popen([*command, "--port", str(port)], cwd=tmp_path, stdout=subprocess.PIPE) as serving:
        assert serving.stdout is not None
        serving.stdout.readline()  # it is loaded

        async def work() -> None:
            for _ in range(100):
                try:
                    async with stream(f"http://127.0.0.1:{port}/api/tiny/events") as at:
                        await at.next()
                        serving.send_signal(signal.SIGINT)
                        await asyncio.to_thread(serving.wait, 20)
                        return
                except ConnectionRefusedError:
                    await asyncio.sleep(0.1)

        run(work)
        assert serving.returncode is not None
