"""Where one machine ends: writers in several processes on one SQLite file and on one PostgreSQL.

    python -m bench.scaling            the short form, under a minute; part of `make bench`
    python -m bench.scaling WHAT KIND  one of writers, registers, isolation, readers, size, in full; KIND is sqlite,
                                       postgresql-16 or postgresql-18

Each figure is the median of some rounds, with the machine's load beside it. `bare` is the same number of processes that
insert the same rows into one table, durable at each commit, with no order to keep between them.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import psycopg
from bench.processes import Job, Tally, machine, opened, place, run
from bench.register import entry
from tests.register.backends import fresh_database

THREADS = 16  # behind one `Writers`


def writers(
    kind: str, rounds: int = 3, processes: tuple[int, ...] = (1, 2, 4, 8), seconds: float = 1.0
) -> None:
    """One register, more and more processes; turn about, so that all meet the same machine."""
    print(f"{kind}: one register, written by")
    for count in processes:
        jobs = {mode: [Job(mode, seconds=seconds)] * count for mode in ("bare", "alone")}
        jobs["grouped"] = [Job("grouped", threads=THREADS, seconds=seconds)] * count
        tallies = _turn_about(kind, jobs, rounds)
        for mode, tally in tallies.items():
            pairs = zip(tally.rates, tallies["bare"].rates, strict=True)
            ratio = statistics.median(mine / theirs for mine, theirs in pairs)
            print(f"  {count} {mode:7} {tally}, ratio {ratio:.2f}")
        print(f"    ({machine()})", flush=True)


def _turn_about(kind: str, jobs: dict[str, list[Job]], rounds: int) -> dict[str, Tally]:
    tallies = {name: Tally() for name in jobs}
    for _ in range(rounds):
        for name, tally in tallies.items():
            tally.add(kind, jobs[name])
    return tallies


def registers(
    kind: str, rounds: int = 3, counts: tuple[int, ...] = (1, 4, 16, 64), seconds: float = 1.0
) -> None:
    """More and more registers in one database, a writer on each, in eight processes at most."""
    for batch in (1, 100):
        print(f"{kind}: a writer on each of several registers, {batch} at a time")
        jobs = {f"{count:2}": _each(count, batch, seconds) for count in counts}
        for count, tally in _turn_about(kind, jobs, rounds).items():
            print(f"  {count} registers {tally}")
        print(f"    ({machine()})", flush=True)


def _each(count: int, batch: int, seconds: float) -> list[Job]:
    names, processes = [f"register-{at}" for at in range(count)], min(count, 8)
    return [
        Job("alone", tuple(names[at::processes]), batch=batch, seconds=seconds) for at in range(processes)
    ]


def isolation(kind: str, rounds: int = 3) -> None:
    """Processes on one register, where the server's own isolation is set higher."""
    for count in (4, 8):
        print(f"{kind}: {count} processes on one register, the server's default isolation being")
        levels = {level: Tally() for level in ("read committed", "repeatable read", "serializable")}
        for _ in range(rounds):
            for level, tally in levels.items():
                with psycopg.connect(fresh_database(int(kind[-2:])), autocommit=True) as connection:
                    setting = "ALTER DATABASE postgres SET default_transaction_isolation"
                    connection.execute(f"{setting} = '{level}'".encode())
                    tally.add(kind, [Job("alone")] * count)
                    connection.execute("ALTER DATABASE postgres RESET default_transaction_isolation")
        for level, tally in levels.items():
            print(f"  {level:16} {tally}")
        print(f"    ({machine()})", flush=True)


def readers(kind: str, rounds: int = 3) -> None:
    """Who asks for the head, alone and beside who writes."""
    print(f"{kind}: processes that ask for the head, and that write")
    for asking, writing in ((1, 0), (4, 0), (0, 1), (4, 1)):
        todo = [Job("head")] * asking + [Job("alone")] * writing
        rates: dict[str, list[float]] = {"head": [], "alone": []}
        for _ in range(rounds):
            with place(kind) as where:
                with opened(where, "register") as register:
                    register.append([entry(number) for number in range(1_000)])
                found = list(zip(todo, run(where, todo), strict=True))
            for mode, those in rates.items():
                those.append(sum(f.done / job.seconds for job, f in found if job.mode == mode))
        heads, appends = (statistics.median(those) for those in rates.values())
        print(
            f"  {asking} asking, {writing} writing: {heads:,.0f} heads/s, {appends:,.0f} appends/s ({machine()})",
            flush=True,
        )


def size(kind: str, entries: int = 4_000) -> None:
    """Bytes on disk for an entry of 500 bytes with its hash, its share of the tree and, one by one, its receipt."""
    for batch, key in ((1, True), (100, False)):
        with place(kind) as where:
            with opened(where, "register") as register:
                for at in range(0, entries, batch):
                    rows = [entry(number) for number in range(at, at + batch)]
                    register.append(rows, key=f"{at:032}" if key else None)
            told = ", ".join(f"{name} {taken / entries:,.0f}" for name, taken in _taken(where).items())
            print(f"{kind}: {batch} at a time{', each with a key' if key else ''}: {told} bytes an entry")


def _taken(where: str) -> dict[str, int]:
    if not where.startswith("postgresql"):
        return {"all": Path(where).stat().st_size}
    with psycopg.connect(where, autocommit=True) as connection:
        rows = connection.execute(
            """SELECT relname, pg_total_relation_size(oid) FROM pg_class
               WHERE relnamespace = 'foedus'::regnamespace AND relkind = 'r' ORDER BY 2 DESC"""
        ).fetchall()
    return {"all": sum(row[1] for row in rows)} | {row[0]: row[1] for row in rows if row[1] > 50_000}


def main() -> None:
    """All in short, or one thing in full."""
    if sys.argv[1:]:
        all_of_them = (writers, registers, isolation, readers, size)
        {each.__name__: each for each in all_of_them}[sys.argv[1]](sys.argv[2])
        return
    print("Several processes on one register, entries of 500 bytes, durable at each commit:")
    for kind in ("sqlite", "postgresql-18"):
        writers(kind, rounds=1, processes=(1, 4), seconds=1)
    registers("postgresql-18", rounds=1, counts=(1, 4), seconds=1)


if __name__ == "__main__":
    main()
