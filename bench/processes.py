"""Processes that write to one place at once, or ask it: what each did, and what they came to."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from bench.register import Write, bare_sqlite, entry
from tests.register.backends import fresh_database

from foedus.problems import FoedusError
from foedus.register.postgres import PostgresRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register
from foedus.register.writers import Writers

_EACH = 5_000_000  # numbers of entries that one thread may use, so that no two write the same


class Counted(PostgresRegister):
    """A register in PostgreSQL that counts the transactions it tried."""

    tried = 0

    def _again(self, work: Callable[[], Any]) -> Any:
        def counted() -> Any:
            self.tried += 1
            return work()

        return super()._again(counted)


@dataclass(frozen=True, slots=True)
class Job:
    """What one process does: on the register of each name so many threads, `batch` entries at a time. `mode` is alone,
    grouped (all threads behind one `Writers`), bare (inserts into one table) or head (asks for nothing but the head).
    """

    mode: str
    names: tuple[str, ...] = ("register",)
    threads: int = 1
    batch: int = 1
    seconds: float = 1.0


@dataclass(slots=True)
class Found:
    """What came of it. `again` counts transactions begun anew, `refused` appends that were given up."""

    done: int = 0
    again: int = 0
    refused: int = 0
    waits: list[float] = field(default_factory=list)


def run(where: str, jobs: Sequence[Job]) -> list[Found]:
    """What came of jobs done at once, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(len(jobs)), context.SimpleQueue()
    running = [
        context.Process(target=_work, args=(where, job, number, start, results))
        for number, job in enumerate(jobs)
    ]
    for process in running:
        process.start()
    found = dict(results.get() for _ in running)
    for process in running:
        process.join()
    return [found[number] for number in range(len(jobs))]


def _work(where: str, job: Job, number: int, start: Any, results: Any) -> None:
    found, registers = Found(), list[Register]()
    acts = [act for name in job.names for act in _acts(where, job, name, registers)]
    begun = [register.tried if isinstance(register, Counted) else 0 for register in registers]
    start.wait()
    until = time.perf_counter() + job.seconds
    running = [
        threading.Thread(target=_repeat, args=(act, job, found, until, (number * 100 + at) * _EACH))
        for at, act in enumerate(acts)
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if job.mode == "alone":
        tried = sum(register.tried for register in registers if isinstance(register, Counted)) - sum(begun)
        found.again = max(tried - found.done - found.refused, 0)
    results.put((number, found))


def _acts(where: str, job: Job, name: str, registers: list[Register]) -> list[Write]:
    """What each thread repeats on one register; the registers opened for it are added to the list."""
    if job.mode == "bare":
        return [_bare(where) for _ in range(job.threads)]
    made = [opened(where, name) for _ in range(1 if job.mode == "grouped" else job.threads)]
    registers += made
    if job.mode == "grouped":
        return [Writers(made[0]).append] * job.threads
    if job.mode == "head":
        return [lambda _, register=register: register.head() for register in made]  # type: ignore[misc]
    return [register.append for register in made]


def _repeat(act: Write, job: Job, found: Found, until: float, at: int) -> None:
    while (began := time.perf_counter()) < until:
        try:
            act([entry(at + row) for row in range(job.batch)])
        except FoedusError:
            found.refused += 1
        else:
            found.done += 1
            found.waits.append(time.perf_counter() - began)
        at += job.batch


def opened(where: str, name: str) -> Register:
    """The register of a name at a place."""
    return Counted(where, name) if where.startswith("postgresql") else SqliteRegister(where, name)


def _bare(where: str) -> Write:
    if not where.startswith("postgresql"):
        return bare_sqlite(Path(where + "-bare"), "apsw", "wal")
    connection = psycopg.connect(where, autocommit=True)

    def write(rows: Sequence[bytes]) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bare (entry) VALUES (%s)", [(row,) for row in rows])

    return write


@contextmanager
def place(kind: str) -> Iterator[str]:
    """Where no register is yet."""
    with tempfile.TemporaryDirectory(prefix="foedus-bench-") as folder:
        if kind == "sqlite":
            yield str(Path(folder) / "bench.db")
            return
        address = fresh_database(int(kind[-2:]))
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS bare")
            connection.execute("CREATE TABLE bare (seq BIGSERIAL PRIMARY KEY, entry BYTEA NOT NULL)")
        yield address


@dataclass(slots=True)
class Tally:
    """What some rounds of one thing came to: entries a second, and how long 99 of 100 appends waited at most."""

    rates: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    again: int = 0
    refused: int = 0

    def add(self, kind: str, jobs: Sequence[Job]) -> None:
        """One round more, where nothing was written yet."""
        with place(kind) as where:
            for name in {name for job in jobs if job.mode != "bare" for name in job.names}:
                opened(where, name).close()  # made before it is written to
            found = run(where, jobs)
        self.rates.append(sum(f.done * job.batch / job.seconds for f, job in zip(found, jobs, strict=True)))
        waits = sorted(wait for f in found for wait in f.waits)
        self.late.append(waits[len(waits) * 99 // 100] * 1000 if waits else 0.0)
        self.again += sum(f.again for f in found)
        self.refused += sum(f.refused for f in found)

    def __str__(self) -> str:
        said = f"{statistics.median(self.rates):9,.0f}/s, p99 {statistics.median(self.late):6.1f} ms"
        said += f", {self.again} begun again" if self.again else ""
        return said + (f", {self.refused} given up" if self.refused else "")


def machine() -> str:
    """How busy the machine is, and how many small writes a second its disk takes for good just now."""
    with tempfile.TemporaryFile() as file:
        until, count = time.perf_counter() + 0.25, 0
        while time.perf_counter() < until:
            file.write(b"x" * 600)
            file.flush()
            os.fdatasync(file.fileno())
            count += 1
    return f"load {os.getloadavg()[0]:.1f}, {count * 4:,} fdatasync/s"
