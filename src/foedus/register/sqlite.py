"""A register in a file, kept by SQLite.

SQLite from 3.7.0 to 3.51.2 can lose what two connections committed to a write-ahead log (3.44.6 and 3.50.7 have the
remedy too). So the version is looked at when a register is opened, and an affected one keeps a rollback journal: slower,
and safe. Either way an append is on the disk before it is acknowledged.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Literal, TypeVar

import apsw

from foedus.problems import Altered, Conflict, Unreachable
from foedus.register.sql import BEYOND, TABLES, Row, SqlRegister
from foedus.register.store import Appended, Head, Submission

Driver = Literal["apsw", "sqlite3"]
T = TypeVar("T")
PATIENCE = 30  # seconds to wait for other processes that write
_POLL = 10  # of which SQLite itself waits so many milliseconds at a time: alone, it comes to look ten times a second,
# and whoever writes without a pause then never lets it in
_FAULTS = (apsw.Error, sqlite3.Error, OSError)
_DAMAGE = (apsw.CorruptError, apsw.NotADBError)
_TAKEN = (apsw.ConstraintError, sqlite3.IntegrityError)
_SIGNS = ("malformed", "not a database", "no such table", "no such column")


def affected(version: str) -> bool:
    """Whether an SQLite of this version can lose what was committed to a write-ahead log."""
    parts = tuple(int(part) for part in version.split(".")[:3])
    repaired = {(3, 44): 6, (3, 50): 7}.get((parts[0], parts[1]))
    if repaired is not None and parts[2] >= repaired:
        return False
    return (3, 7, 0) <= parts <= (3, 51, 2)


def version(driver: Driver) -> str:
    """The version of SQLite behind a driver."""
    return apsw.sqlite_lib_version() if driver == "apsw" else sqlite3.sqlite_version


class SqliteRegister(SqlRegister):
    """A register in a file. Threads may share it; processes may share the file."""

    def __init__(
        self, path: str | Path, name: str | None = "register", *, driver: Driver = "apsw", make: bool = True
    ) -> None:
        self.name, self.path, self.driver = name or "", Path(path), driver
        self.journal = "delete" if affected(version(driver)) else "wal"
        self._lock = RLock()
        try:
            self._connection: Any = _connected(str(path), driver)
        except _FAULTS as error:
            raise _refusal(path, error) from error
        try:
            self._file = _file(self.path)
            self._settle(make=make)
            self._open(make=make)
        except BaseException as error:
            self.close()
            if isinstance(error, _FAULTS):
                raise _refusal(path, error) from error
            raise

    def _settle(self, *, make: bool) -> None:
        # trusted_schema: a file may come from whoever; nothing that its maker wrote into its tables is to run here
        # secure_delete: what is destroyed is overwritten, else a redacted text could still be found in the file
        settings = (
            f"busy_timeout = {_POLL}",
            "cache_size = -65536",
            "trusted_schema = OFF",
            "secure_delete = ON",
        )
        for setting in settings:
            self._run(f"PRAGMA {setting}")
        self._look_at_journal(f" = {self.journal}")
        # EXTRA: with a rollback journal, the folder is written to the disk as well once the journal is gone
        sync = "FULL" if self.journal == "wal" else "EXTRA"
        self._run(f"PRAGMA synchronous = {sync}")
        if make:
            with self._writing():
                for table in TABLES.replace("BIGINT", "INTEGER").split(";")[:-1]:
                    self._run(table + " WITHOUT ROWID")

    def _look_at_journal(self, chosen: str = "") -> None:
        ((mode,),) = self._run(f"PRAGMA journal_mode{chosen}")
        if mode != self.journal:
            what = f"SQLite keeps {self.path} in journal mode {mode}, not {self.journal}: another program does so."
            raise Unreachable(f"{what} Close that, and open the register again.")

    def _look_at_file(self) -> None:
        """Unreachable where the file was taken away or another put in its place: SQLite would go on with the one that it
        opened, and what is acknowledged would be where nobody looks.
        """
        if _file(self.path) != self._file:
            what = f"{self.path} is not the file that was opened: it was moved, removed or replaced."
            raise Unreachable(f"{what} Put it back, or open the register again.")

    def head(self) -> Head:
        self._look_at_file()
        return super().head()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            try:
                self._run("BEGIN IMMEDIATE")
                if (
                    self.journal == "delete"
                ):  # a newer SQLite elsewhere may have begun a write-ahead log meanwhile
                    self._look_at_journal()
                yield
                self._look_at_file()
                self._run("COMMIT")
            except BaseException:
                self._undo()
                raise

    def _undo(self) -> None:
        inside = self._connection.in_transaction
        if inside:  # a full disk, for one, undoes it of itself
            self._run("ROLLBACK")

    def _run(self, statement: str, terms: Row = ()) -> list[Row]:
        """A statement, again and again as long as another process is in its way: what is so refused was not begun."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                found: list[Row] = self._connection.execute(statement, terms).fetchall()
            except _FAULTS as error:
                if not _busy(error) or time.monotonic() > until:
                    raise _refusal(self.path, error) from error
            else:
                return found
            time.sleep(random.uniform(0, 0.005))  # noqa: S311 - only to fall out of step

    def _rows(self, statement: str, terms: Row) -> list[Row]:
        with self._lock:
            return self._run(statement, terms)

    def _many(self, statement: str, rows: Iterable[Row]) -> None:
        with self._lock:
            try:
                self._connection.executemany(statement, rows)
            except _FAULTS as error:
                raise _refusal(self.path, error) from error

    def _again(self, work: Callable[[], T]) -> T:
        return work()  # whoever begins a transaction that writes is alone until its end

    def commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
        done = super().commit(submissions)
        if any(submission.redacts for submission in submissions):  # the journal too holds what was destroyed
            self._rows("PRAGMA wal_checkpoint(TRUNCATE)", ())
        return done

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def _connected(path: str, driver: Driver) -> Any:
    if driver == "apsw":
        return apsw.Connection(path)
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _file(path: Path) -> tuple[int, int] | None:
    """Which file is at a path, by what does not change while it is moved; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - of each append: a path's own takes twice as long
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _busy(error: Exception) -> bool:
    """Whether another process is in the way."""
    code = getattr(error, "sqlite_errorcode", 0)
    return isinstance(error, apsw.BusyError) or code & 0xFF == sqlite3.SQLITE_BUSY


def _refusal(path: str | Path, error: Exception) -> Unreachable | Altered:
    """What a fault of SQLite is called here."""
    if isinstance(error, _TAKEN):
        return Altered(BEYOND.format(path))
    if isinstance(error, _DAMAGE) or any(sign in str(error) for sign in _SIGNS):
        return Altered(f"{path} is no register, or is damaged: {error}.")
    remedy = " Copy it to where it can be written." if "readonly" in str(error) else ""
    return Unreachable(f"{path} cannot be read or written: {error}.{remedy}")
