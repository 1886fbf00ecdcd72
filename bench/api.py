"""The programming interface over a socket: questions a second, and how long a new entry is on its way to 1,000 listeners.

    python -m bench.api          about a minute; FOEDUS_BENCH_LISTENERS=100 for fewer

The server is a process of its own, which is asked by this one on the same machine; figures are by the clock.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from tests.folders import folder
from tests.web.api.listeners import stream

from foedus.web.clients import MOST_A_MINUTE, Clients

LISTENERS = int(os.environ.get("FOEDUS_BENCH_LISTENERS", "1000"))
EVENTS, ASKING, SECONDS = 20, 4, 5.0
PORT = 18_472


def main() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as place:
        where = Path(place)
        today = datetime.now(tz=UTC).date()
        token = Clients(where / "clients.json").add(
            "bench", today, may=["ask", "append"], records_as="the bench", a_minute=MOST_A_MINUTE
        )
        words = ("serve", "csto", str(folder(where / "league")), "--port", str(PORT))
        kept = ("--database", str(where / "bench.db"), "--clients", str(where / "clients.json"))
        command = [sys.executable, "-c", "from foedus.cli import main; main()", *words, *kept]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait()
            for path in ("csto/who/chairman?on=2022-12-01", "tiny/who/ARM?on=2003-01-01", "tiny/head"):
                print(f"  {path}: {_rate(path, token):,.0f} a second, {ASKING} asking at once")
            before = _memory(server.pid)
            asyncio.run(_listeners(token, server.pid, before))
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait() -> None:
    for _ in range(600):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=5).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not begin")


def _rate(path: str, token: str) -> float:
    """Answers a second to some who ask one after the other, each on a connection of its own."""
    counts = [0] * ASKING
    until = time.monotonic() + SECONDS

    def ask(at: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        while time.monotonic() < until:
            connection.request("GET", f"/api/{path}", headers={"Authorization": f"Bearer {token}"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            counts[at] += 1

    threads = [Thread(target=ask, args=(at,)) for at in range(ASKING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


async def _listeners(token: str, server: int, before: float) -> None:
    async with AsyncExitStack() as stack:
        url = f"http://127.0.0.1:{PORT}/api/tiny/events"
        bearer = f"Bearer {token}"
        open_ = [await stack.enter_async_context(stream(url, Authorization=bearer)) for _ in range(LISTENERS)]
        heard = [asyncio.create_task(each.entries(EVENTS)) for each in open_]
        sent = [await asyncio.to_thread(_append, number, token) for number in range(EVENTS)]
        received = await asyncio.gather(*heard)
        took = sorted(event.at - sent[at] for events in received for at, event in enumerate(events))
        held = _memory(server)
        p50, p99 = statistics.median(took) * 1e3, took[int(len(took) * 0.99)] * 1e3
        print(
            f"  {LISTENERS:,} listeners, {EVENTS} entries: p50 {p50:.0f} ms, p99 {p99:.0f} ms from asking to append "
            f"to receipt; {held - before:.0f} MB more than the {before:.0f} MB of the server without them"
        )


def _append(number: int, token: str) -> float:
    """When an append was asked for, half a second after the one before."""
    time.sleep(0.5)
    said = {"kind": "statement", "by": {"state": "ARM"}, "says": "more", "evidence": [{"source": "page"}]}
    body = json.dumps({"entries": [{"id": f"told-{number}", **said}]}).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    with urllib.request.urlopen(
        urllib.request.Request(f"http://127.0.0.1:{PORT}/api/tiny/entries", body, headers)
    ):
        return began


def _memory(process: int) -> float:
    """What a process holds in memory, in MB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
