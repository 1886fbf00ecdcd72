"""A register in PostgreSQL, or in what speaks like it. Many processes may write: the head's row is read for update,
and swapped only from what was read.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import RLock
from typing import Any, TypeVar

import psycopg
from psycopg import errors

from foedus.problems import Altered, Conflict, Unreachable
from foedus.register.sql import BEYOND, TABLES, Row, SqlRegister

T = TypeVar("T")
SCHEMA = "foedus"
_OPTIONS = f"-c search_path={SCHEMA} -c synchronous_commit=on"  # whatever the server is set to
TRIES = 20  # of a transaction that others undo
_UNDONE = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
)  # 40001 and 40P01: to be done again, as a whole
_TRIED_AGAIN = (*_UNDONE, errors.UniqueViolation)
_ENTRIES = """INSERT INTO entries (register, seq, hash, entry)
  SELECT %s, * FROM unnest(%b::bigint[], %b::bytea[], %b::bytea[])"""


class PostgresRegister(SqlRegister):
    """A register in PostgreSQL, at an address such as postgresql://host/database. Threads may share it."""

    lock_head = " FOR UPDATE"

    def __init__(self, address: str, name: str | None = "register", *, make: bool = True) -> None:
        self.name, self.address = name or "", address
        self._lock = RLock()
        self._kept: psycopg.Connection[Row] | None = None
        try:
            if make:
                self._again(self._make)
            self._open(make=make)
        except BaseException:
            self.close()
            raise

    def _make(self) -> None:
        tables = TABLES.replace("BLOB", "BYTEA")
        try:
            if not self._rows(
                "SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = 'papers'", (SCHEMA,)
            ):
                with self._writing():
                    self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                    self._connection.execute(tables.encode())
        except (errors.UniqueViolation, errors.DuplicateTable):
            pass  # another process made them at the same time

    @property
    def _connection(self) -> psycopg.Connection[Row]:
        """The connection; made anew where the last was lost."""
        if self._kept is None or self._kept.closed:
            try:
                self._kept = psycopg.connect(
                    self.address, autocommit=True, options=_OPTIONS, connect_timeout=10
                )
                _flushes(self._kept)
            except psycopg.Error as error:
                raise _refusal(error) from error
        return self._kept

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            try:
                with self._connection.transaction():
                    yield
            except _TRIED_AGAIN:
                raise
            except psycopg.Error as error:
                raise _refusal(error) from error

    def _rows(self, statement: str, terms: Row) -> list[Row]:
        with self._lock:
            try:
                return list(self._connection.execute(_asked(statement), terms, binary=True).fetchall())
            except _TRIED_AGAIN:
                raise
            except (errors.UndefinedTable, errors.UndefinedColumn) as error:
                raise Altered("The database holds no register of this form.") from error
            except psycopg.Error as error:
                raise _refusal(error) from error

    def _many(self, statement: str, rows: Iterable[Row]) -> None:
        with self._lock, self._connection.cursor() as cursor:
            cursor.executemany(_asked(statement), list(rows))

    def _add_entries(self, entries: Sequence[tuple[int, bytes, bytes]]) -> None:
        columns = [list(column) for column in zip(*entries, strict=True)]
        self._connection.execute(_ENTRIES, (self.name, *columns))

    def _again(self, work: Callable[[], T]) -> T:
        last: Exception | None = None
        for tried in range(TRIES):
            try:
                return work()
            except (*_TRIED_AGAIN, Conflict) as error:
                last = error
                time.sleep(random.uniform(0, 0.002 * 2 ** min(tried, 7)))  # noqa: S311 - only to fall out of step
        if isinstance(last, errors.UniqueViolation):
            raise Altered(BEYOND.format(f"“{self.name}”")) from last
        raise Unreachable(f"Others undid this append {TRIES} times. Try again with the same key.")

    def close(self) -> None:
        with self._lock:
            if self._kept is not None:
                self._kept.close()


@lru_cache(maxsize=64)
def _asked(statement: str) -> Any:
    return statement.replace("?", "%s")


def _flushes(connection: psycopg.Connection[Row]) -> None:
    """Unreachable where the server acknowledges what is not on its disk: nothing it says would count."""
    row = connection.execute(b"SHOW fsync").fetchone()
    if row is None or row[0] != "on":
        connection.close()
        what = "The server is set not to flush to its disk (fsync = off)"
        raise Unreachable(f"{what}: what it acknowledges can be lost. Set fsync = on.")


def _refusal(error: psycopg.Error) -> Unreachable:
    reason = " ".join(str(error).split())
    return Unreachable(f"The database does not answer, or refused: {reason}.")
