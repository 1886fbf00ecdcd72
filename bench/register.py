"""The register beside a bare insert of the same rows in the same run: SQLite (the one Foedus brings, and the system's)
and PostgreSQL. Both sides are durable at each commit; the register reckons hashes, tree, root and head on top.

    python -m bench.register          about a minute; FOEDUS_BENCH_ENTRIES=1000000 for the log at full size
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import apsw
import psycopg
from tests.register.backends import server

from foedus.register.log.checkpoint import Checkpoint
from foedus.register.log.proofs import Prover, check_inclusion
from foedus.register.log.tiles import write_tiles
from foedus.register.log.tree import leaf_hash
from foedus.register.postgres import PostgresRegister
from foedus.register.sqlite import PATIENCE, SqliteRegister, version
from foedus.register.store import Register
from foedus.register.writers import Writers

ENTRIES = int(os.environ.get("FOEDUS_BENCH_ENTRIES", "100000"))
ROUNDS = 3
Write = Callable[[Sequence[bytes]], object]


def entry(number: int) -> bytes:
    """500 bytes that no other entry has."""
    return b"%010d" % number * 50


def rate(write: Write, batches: int, size: int, start: int) -> float:
    """Entries a second, in batches."""
    rows = [[entry(start + at * size + row) for row in range(size)] for at in range(batches)]
    began = time.perf_counter()
    for batch in rows:
        write(batch)
    return batches * size / (time.perf_counter() - began)


def beside(name: str, ours: Write, bare: Write, least: dict[int, int], batches: dict[int, int]) -> None:
    """Our rate and the bare one, turn about so that both meet the same machine; the medians and their ratio."""
    start = 0
    for size, count in batches.items():
        rates: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            for found, write in zip(rates, (ours, bare), strict=True):
                found.append(rate(write, count, size, start))
            start += size * count
        mine, theirs = (statistics.median(found) for found in rates)
        how = "one by one" if size == 1 else f"{size} at a time"
        wanted = f"  (wanted: {least[size]:,}/s)" if size in least else ""
        print(
            f"  {name}, {how}: {mine:,.0f}/s, bare insert {theirs:,.0f}/s, ratio {mine / theirs:.2f}{wanted}"
        )


def bare_sqlite(path: Path, driver: str, journal: str) -> Write:
    """One insert a row, one commit a batch."""
    connection: Any
    if driver == "apsw":
        connection = apsw.Connection(str(path))
    else:
        import sqlite3

        connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}").fetchall()
    connection.execute(f"PRAGMA journal_mode = {journal}").fetchall()
    connection.execute(f"PRAGMA synchronous = {'FULL' if journal == 'wal' else 'EXTRA'}").fetchall()
    connection.execute("CREATE TABLE IF NOT EXISTS rows (seq INTEGER PRIMARY KEY, entry BLOB NOT NULL)")

    def write(rows: Sequence[bytes]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO rows (entry) VALUES (?)", [(row,) for row in rows])
        connection.execute("COMMIT")

    return write


def bare_postgres(address: str) -> Write:
    """One insert a row, one commit a batch."""
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("CREATE TABLE rows (seq BIGSERIAL PRIMARY KEY, entry BYTEA NOT NULL)")

    def write(rows: Sequence[bytes]) -> None:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.executemany("INSERT INTO rows (entry) VALUES (%s)", [(row,) for row in rows])

    return write


def many_writers(register: Register, threads: int = 64, each: int = 500) -> None:
    """64 threads behind one transaction at a time: how many a second, and how long 99 of 100 wait at most."""
    writers, waits = Writers(register), list[float]()

    def write(thread: int) -> None:
        for number in range(each):
            began = time.perf_counter()
            writers.append([entry(10_000_000 + thread * each + number)])
            waits.append(time.perf_counter() - began)

    running = [threading.Thread(target=write, args=(thread,)) for thread in range(threads)]
    began = time.perf_counter()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    took = time.perf_counter() - began
    waits.sort()
    late = waits[len(waits) * 99 // 100] * 1000
    print(f"  {threads} writers: {len(waits) / took:,.0f}/s, p99 {late:.1f} ms  (wanted: 15,000/s, 15 ms)")


def log(folder: Path) -> None:
    """A log of many entries: written, proven, verified from its files by a process of its own."""
    with SqliteRegister(folder / "log.db") as register:
        for start in range(0, ENTRIES, 10_000):
            register.append([entry(number) for number in range(start, min(start + 10_000, ENTRIES))])
        head, prover = register.head(), Prover(register.hashes)
        prover.inclusion(0, head.size)
        times = []
        for index in range(1, ENTRIES, ENTRIES // 50):
            began = time.perf_counter()
            proof = Prover(register.hashes).inclusion(index, head.size)
            times.append(time.perf_counter() - began)
            check_inclusion(index, head.size, leaf_hash(entry(index)), proof, head.root)
        print(f"  proof for one of {ENTRIES:,}: {statistics.median(times) * 1000:.2f} ms  (wanted: 5 ms)")
        files = folder / "tiles"

        def write(path: str, data: bytes) -> None:
            (files / path).parent.mkdir(parents=True, exist_ok=True)
            (files / path).write_bytes(data)

        write_tiles(register, Checkpoint("bench", head.size, head.root).text, head.size, write)
    command = [sys.executable, "-m", "bench.register", "verify", str(files), str(head.size), head.root.hex()]
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used
    print(
        f"  {ENTRIES:,} entries verified from their files: {took:.1f} s ({used:.1f} s of one core), {said} MB"
        "  (wanted for 1,000,000: 20 s, 300 MB)"
    )


def verify(files: Path, size: int, root: str) -> None:
    """Verify a log's files in this process, and say how much memory that took."""
    from foedus.register.log.tiles import Tiles
    from foedus.register.log.verify import verify_log

    verify_log(
        Tiles(lambda path: (files / path).read_bytes(), size), Checkpoint("bench", size, bytes.fromhex(root))
    )
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="foedus-bench-"))
    try:
        print("Register, entries of 500 bytes, durable at each commit:")
        for driver in ("apsw", "sqlite3"):
            with SqliteRegister(folder / f"{driver}.db", driver=driver) as register:
                bare = bare_sqlite(folder / f"{driver}-bare.db", driver, register.journal)
                name = f"SQLite {version(driver)} ({register.journal})"
                wanted = {1: 3_500, 100: 40_000} if driver == "apsw" else {}
                beside(name, register.append, bare, wanted, {1: 1_500, 100: 100})
                if driver == "apsw":
                    many_writers(register)
        for number in (16, 18):
            address = server(number).get_uri()
            with PostgresRegister(address) as register:
                wanted = {1: 900, 100: 20_000}
                beside(
                    f"PostgreSQL {number}", register.append, bare_postgres(address), wanted, {1: 700, 100: 80}
                )
        log(folder)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["verify"]:
        verify(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        main()
