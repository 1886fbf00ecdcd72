"""A register of very many entries of 500 bytes: how fast it still grows, and what signing and checking all of it costs.

    python -m bench.large sqlite 1000000 FOLDER          nothing of it is kept in FOLDER but the register
    python -m bench.large postgresql-18 10000000

Run by hand: ten million entries take 6 GB in SQLite, as much again as files, and 9 GB in PostgreSQL. The commands run in
processes of their own; seconds are by the clock, and of one processor.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from bench.processes import machine
from bench.register import entry
from tests.register.backends import server

from foedus.register.postgres import PostgresRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register

AT_ONCE = 1_000
PATIENCE = 420  # seconds; what is not there by then is not waited for


def grow(register: Register, until: int) -> None:
    """Append up to a size, and say for each tenth how fast that went."""
    ended = time.perf_counter() + PATIENCE
    for tenth in range(10):
        size, aim = register.head().size, until * (tenth + 1) // 10
        began = time.perf_counter()
        for first in range(size, aim, AT_ONCE):
            if time.perf_counter() > ended:
                print(f"  stopped at {register.head().size:,}", flush=True)
                return
            register.append([entry(number) for number in range(first, min(first + AT_ONCE, aim))])
        took = time.perf_counter() - began
        if aim > size:
            print(
                f"  {aim:12,} entries: the last {aim - size:,} at {(aim - size) / took:,.0f}/s ({machine()})",
                flush=True,
            )


def command(folder: Path, *words: str) -> None:
    """Run a command of Foedus, and say what it took."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from foedus.cli import main; main()", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, words
    took, busy = time.perf_counter() - began, used.ru_utime + used.ru_stime
    print(
        f"  foedus {' '.join(words)}: {took:.1f} s, {busy:.1f} s of one processor,"
        f" {used.ru_maxrss // 1024} MB ({machine()})",
        flush=True,
    )


def commands(folder: Path, database: str, *, files: bool) -> None:
    """What the secretariat and a delegation do with a register."""
    if not (folder / "keys").exists():
        command(folder, "log", "key", "log", "--name", "example.org/bench")
    command(folder, "log", "scrub", database)
    command(folder, "log", "checkpoint", database)
    command(folder, "log", "checkpoint", database)
    command(folder, "log", "prove", database, "77777")
    command(folder, "log", "verify", database, "--key", "keys/log.pub")
    if files:
        command(folder, "log", "tiles", database, "tiles")
        command(folder, "log", "verify", "tiles", "--key", "keys/log.pub")
        command(folder, "log", "tiles", database, "tiles")
        print(f"  {_size(folder / 'tiles'):,} bytes as files", flush=True)
        shutil.rmtree(folder / "tiles")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> None:
    """Grow a register, and do all that with it."""
    kind, until = sys.argv[1], int(sys.argv[2])
    print(f"{kind}: {until:,} entries, {AT_ONCE:,} at a time", flush=True)
    if kind == "sqlite":
        folder = Path(sys.argv[3])
        folder.mkdir(exist_ok=True)
        with SqliteRegister(folder / "bench.db") as register:
            grow(register, until)
        print(f"  {(folder / 'bench.db').stat().st_size:,} bytes", flush=True)
        return
    address = server(int(kind[-2:])).get_uri()
    with PostgresRegister(address) as register:
        grow(register, until)
    with psycopg.connect(address) as connection:
        for row in connection.execute("SELECT pg_database_size(current_database())"):
            print(f"  {row[0]:,} bytes", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "commands":
        commands(Path(sys.argv[2]), sys.argv[3], files=True)
    else:
        main()
