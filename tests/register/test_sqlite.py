"""Which SQLite can be trusted with a write-ahead log, and what is done about one that cannot."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import apsw
import pytest

from foedus.problems import Altered, NotFound, Unreachable
from foedus.register import sqlite as module
from foedus.register.address import open_register
from foedus.register.log.scrub import scrub
from foedus.register.sqlite import SqliteRegister, affected, version
from foedus.register.store import Submission
from tests.conftest import ROOT
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


@pytest.mark.parametrize("driver", ["apsw", "sqlite3"])
def test_processes_that_make_a_register_at_the_same_moment_make_one(tmp_path: Path, driver: str) -> None:
    path, start = str(tmp_path / "a.db"), str(time.time() + 1.5)
    code = (
        "import sys, time; from foedus.register.sqlite import SqliteRegister\n"
        "path, start, driver, number = sys.argv[1:]\n"
        "time.sleep(max(0, float(start) - time.time()))\n"
        "SqliteRegister(path, driver=driver).append([number.encode()])"
    )
    made = [_process(code, path, start, driver, str(number)) for number in range(6)]
    assert [(process.wait(60), process.communicate()[1]) for process in made] == [(0, "")] * 6
    with SqliteRegister(path, driver=driver) as register:  # type: ignore[arg-type]
        assert sorted(register.read()) == [b"%d" % number for number in range(6)]
        scrub(register)


def _process(code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("kind", ["sqlite", "sqlite-rollback", "sqlite-of-the-system"])
def test_a_writer_has_its_turn_while_another_writes_without_a_pause(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 10)
    with backend(kind, tmp_path) as place:
        register = place.open()
        other = subprocess.Popen(
            [sys.executable, "-m", "tests.register.backends", kind, place.place, "busy"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
            stdout=subprocess.PIPE,
        )
        assert other.stdout is not None
        try:
            other.stdout.readline()
            for number in range(10):
                register.append([b"%d" % number])
        finally:
            other.kill()
            other.communicate()


def test_one_that_keeps_a_rollback_journal_stops_where_a_newer_sqlite_begins_a_log(tmp_path: Path) -> None:
    """Else it would go on in the very mode that its version cannot be trusted with."""
    with backend("sqlite-rollback", tmp_path) as place:
        register = place.open()
        register.append([b"a"])
        with SqliteRegister(place.place) as newer:
            newer.append([b"b"])
            with pytest.raises(Unreachable, match="in journal mode wal, not delete: another program does so"):
                register.append([b"c"])
            assert list(newer.read()) == [b"a", b"b"]


def test_nothing_that_a_files_maker_wrote_into_its_tables_runs(tmp_path: Path) -> None:
    with SqliteRegister(tmp_path / "a.db") as register:
        assert _setting(register, "trusted_schema") == 0


def test_a_file_that_cannot_be_written_is_told_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    with SqliteRegister(path) as register:
        register.append([b"a"])

    def opened(name: str, _: str) -> apsw.Connection:
        return apsw.Connection(name, flags=apsw.SQLITE_OPEN_READONLY)

    monkeypatch.setattr(module, "_connected", opened)
    with open_register(str(path)) as reading:
        assert list(reading.read()) == [b"a"]
        with pytest.raises(Unreachable, match="readonly database. Copy it to where it can be written"):  # noqa: RUF043
            reading.append([b"b"])


@pytest.mark.parametrize("driver", ["apsw", "sqlite3"])
def test_a_disk_that_is_really_full_loses_nothing_and_is_gone_on_with_when_there_is_room(
    tmp_path: Path, driver: str
) -> None:
    """The system refuses to let the process's files grow; then it lets them."""
    code = """
import resource, sys
from foedus.problems import Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.sqlite import SqliteRegister
register = SqliteRegister(sys.argv[1], driver=sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))
acknowledged = []
try:
    for number in range(10_000):
        register.append([entry := b"%d" % number + bytes(2_000)], key=str(number))
        acknowledged.append(entry)
except Unreachable as told:
    print(told)
assert 0 < len(acknowledged) < 10_000
assert list(register.read()) == acknowledged
scrub(register)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
register.append([entry], key=str(number))
assert list(register.read()) == [*acknowledged, entry]
scrub(register)
"""
    process = _process(code, str(tmp_path / "a.db"), driver)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "cannot be read or written" in out


def test_a_register_of_an_older_form_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE heads (register TEXT PRIMARY KEY, size INTEGER, root BLOB)")
        other.execute("INSERT INTO heads VALUES ('register', 0, x'')")
    other.close()
    with pytest.raises(Altered, match=r"a\.db is no register, or is damaged: .*no such column"):
        open_register(str(path), "register")
    other = sqlite3.connect(path)
    assert other.execute("SELECT * FROM heads").fetchall() == [("register", 0, b"")]
    assert other.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall() == [("heads",)]
    other.close()


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
