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
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from foedus.problems import Altered, Conflict, Unreachable
from foedus.register.sql import BEYOND, TABLES, Row, SqlRegister

T = TypeVar("T")
SCHEMA = "foedus"
TRIES = 20  # of a transaction that others undo
_UNDONE = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
)  # 40001 and 40P01: to be done again, as a whole
_FIRST = (errors.UniqueViolation, errors.DuplicateTable)  # another process was
_TRIED_AGAIN = (*_UNDONE, *_FIRST)
_OPTIONS = f"-c search_path={SCHEMA} -c synchronous_commit=on"  # beside those that the address asks for
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
        there = "SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = 'papers'"
        if not self._rows(there, (SCHEMA,)):
            with self._writing():
                self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                self._connection.execute(TABLES.replace("BLOB", "BYTEA").encode())

    @property
    def _connection(self) -> psycopg.Connection[Row]:
        """The connection; made anew where the last was lost."""
        if self._kept is None or self._kept.closed:
            try:
                given = conninfo_to_dict(self.address).get("options") or ""
                self._kept = psycopg.connect(
                    self.address,
                    autocommit=True,
                    options=f"{given} {_OPTIONS}",
                    connect_timeout=10,
                )
                _flushes(self._kept)
            except psycopg.Error as error:
                raise _refusal(error) from error
        return self._kept

    @contextmanager
    def _using(self) -> Iterator[psycopg.Connection[Row]]:
        """The connection, for one thread at a time. What fails is told, save what is to be done again."""
        with self._lock:
            try:
                yield self._connection
            except _TRIED_AGAIN:
                raise
            except (errors.UndefinedTable, errors.UndefinedColumn) as error:
                raise Altered("The database holds no register of this form.") from error
            except psycopg.Error as error:
                raise _refusal(error) from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._using() as connection, connection.transaction():
            yield

    def _rows(self, statement: str, terms: Row) -> list[Row]:
        def asked(connection: psycopg.Connection[Row]) -> list[Row]:
            return connection.execute(_asked(statement), terms, binary=True).fetchall()

        return self._alone(asked)

    def _many(self, statement: str, rows: Iterable[Row]) -> None:
        terms = list(rows)

        def sent(connection: psycopg.Connection[Row]) -> None:
            with connection.cursor() as cursor:
                cursor.executemany(_asked(statement), terms)

        self._alone(sent)

    def _alone(self, work: Callable[[psycopg.Connection[Row]], T]) -> T:
        """One statement: a part of the transaction under way, which is done again as a whole or not at all; or else a
        transaction of its own, which may be undone as well where the server's isolation is higher than PostgreSQL's own.
        Alone, it is asked again where the connection turns out to be lost: the server may have begun anew since.
        """

        def once() -> T:
            with self._using() as connection:
                return work(connection)

        with self._lock:
            inside = self._connection.info.transaction_status is not TransactionStatus.IDLE
            if inside:
                return once()
            try:
                return self._again(once)
            except Unreachable:
                if self._kept is None or not self._kept.closed:
                    raise
            return self._again(once)

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
                self._stand_in_line()
                time.sleep(random.uniform(0, 0.002 * 2 ** min(tried, 7)))  # noqa: S311 - only to fall out of step
        if isinstance(last, errors.UniqueViolation):
            raise Altered(BEYOND.format(f"“{self.name}”")) from last
        raise Unreachable(f"Others undid this {TRIES} times. Try again; an append, with the same key.")

    def _stand_in_line(self) -> None:
        """Wait for others from now on instead of being undone by them, where the server's own isolation is higher: an
        append needs no more than read committed, for it locks the head it reads. Else the slowest might never have its
        turn.
        """
        with self._lock:
            if self._kept is not None and not self._kept.closed:
                self._kept.isolation_level = psycopg.IsolationLevel.READ_COMMITTED

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
