"""Which SQLite can be trusted with a write-ahead log, and what is done about one that cannot."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from foedus.problems import Altered, NotFound, Unreachable
from foedus.register.address import open_register
from foedus.register.sqlite import SqliteRegister, affected, version
from foedus.register.store import Submission
from tests.register.backends import backend


# SQLite's own page on its write-ahead log: the fault is in 3.7.0 to 3.51.2, mended in 3.51.3, 3.50.7 and 3.44.6
@pytest.mark.parametrize(
    ("number", "is_affected"),
    [
        ("3.6.23", False), ("3.7.0", True), ("3.40.1", True), ("3.44.5", True), ("3.44.6", False), ("3.45.0", True),
        ("3.50.6", True), ("3.50.7", False), ("3.51.0", True), ("3.51.2", True), ("3.51.3", False), ("3.54.1", False),
    ],
)  # fmt: skip
def test_a_version_that_can_lose_what_was_committed_is_known(number: str, is_affected: bool) -> None:  # noqa: FBT001
    assert affected(number) is is_affected


def test_the_sqlite_that_foedus_brings_can_be_trusted_and_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    assert not affected(version("apsw"))
    with SqliteRegister(tmp_path / "a.db") as register:
        assert _setting(register, "journal_mode") == "wal"
        assert _setting(register, "synchronous") == 2  # FULL


def test_one_that_cannot_keeps_a_rollback_journal_and_writes_the_folder_too(tmp_path: Path) -> None:
    with backend("sqlite-rollback", tmp_path) as place:
        register = place.open()
        assert isinstance(register, SqliteRegister)
        assert _setting(register, "journal_mode") == "delete"
        assert _setting(register, "synchronous") == 3  # EXTRA


def test_a_register_changes_its_journal_with_the_sqlite_that_opens_it(tmp_path: Path) -> None:
    with backend("sqlite-rollback", tmp_path) as place:
        place.open().append([b"a"])
        place.opened[0].close()
        with SqliteRegister(place.place) as register:
            assert _setting(register, "journal_mode") == "wal"
            assert list(register.read()) == [b"a"]


def test_a_file_that_is_no_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("This is no database. " * 100)
    with pytest.raises(Altered, match=r"notes\.db is no register, or is damaged: .*not a database"):
        SqliteRegister(path)


def test_a_database_of_something_else_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE things (name TEXT)")
    other.close()
    with pytest.raises(Altered, match=r"other\.db is no register"):
        open_register(str(path))
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("things",)]
    other.close()


def test_a_register_that_is_not_there_is_not_made_unless_asked(tmp_path: Path) -> None:
    with open_register(str(tmp_path / "there.db"), "council", make=True):
        pass
    with pytest.raises(NotFound, match="Did you mean"):
        open_register(str(tmp_path / "there.dbb"))
    with pytest.raises(NotFound, match=r"There is no register “counsel”\. Did you mean “council”"):
        open_register(str(tmp_path / "there.db"), "counsel")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="cannot be read or written"):
        SqliteRegister(tmp_path / "nowhere" / "a.db")


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        ("DELETE FROM entries WHERE seq = 1", "Entry 1 of “register” is missing"),
        ("DELETE FROM entries WHERE seq = 2", "Entry 2 of “register” is missing"),
        ("UPDATE heads SET size = 2", "The head of “register” is damaged"),
        ("UPDATE heads SET root = zeroblob(32)", "its root is not the root of its peaks"),
        ("UPDATE heads SET format = 2", "is of format 2; this Foedus reads 1"),
    ],
)
def test_what_somebody_changed_by_hand_is_noticed_when_it_is_read(
    tmp_path: Path, harm: str, what: str
) -> None:
    path = tmp_path / "a.db"
    with SqliteRegister(path) as register:
        register.append([b"a", b"b", b"c"])
    with sqlite3.connect(path) as database:
        database.execute(harm)
    database.close()
    with pytest.raises(Altered, match=what), SqliteRegister(path) as register:
        list(register.read())


def _setting(register: SqliteRegister, name: str) -> object:
    return register._connection.execute(f"PRAGMA {name}").fetchall()[0][0]


@pytest.mark.parametrize("kind", ["sqlite", "sqlite-rollback"])
@pytest.mark.parametrize("length", [10, 3_000, 200_000])
def test_what_is_redacted_is_in_no_file_any_more_though_the_register_is_still_open(
    tmp_path: Path, kind: str, length: int
) -> None:
    text = b"the beginning" + b"." * length + b"the end"
    with backend(kind, tmp_path) as place:
        register = place.open()
        register.submit(Submission((b"an entry",), attachments=(text,)))
        assert _found(tmp_path, text)
        register.submit(Submission((b"that it was redacted",), redacts=(sha256(text).digest(),)))
        assert not _found(tmp_path, text)


def _found(folder: Path, text: bytes) -> bool:
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return any(part in file for file in files for part in (text[:13], text[-7:]))
