"""Whatever fails at whatever moment of an append, the register is as it was before, or as it is after: never between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest

from foedus.problems import Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Head, Register, Submission
from tests.register import naive
from tests.register.backends import backend

BEFORE = [b"entry %d" % number for number in range(255)]
ADDED = Submission((b"one", b"two"), key="k", attachments=(b"text",), redacts=(bytes(32),))
AFTER = [*BEFORE, *ADDED.entries]
HEADS = {Head(255, naive.root(BEFORE)), Head(257, naive.root(AFTER))}


class Failing:
    """A connection that fails at one statement, before it is done or after."""

    def __init__(self, connection: Any, at: int, *, after: bool) -> None:
        self._connection, self._left, self._after = connection, at, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *arguments: Any) -> Any:
        return self._do(self._connection.execute, *arguments)

    def executemany(self, *arguments: Any) -> Any:
        return self._do(self._connection.executemany, *arguments)

    def _do(self, work: Any, *arguments: Any) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise apsw.IOError("made to fail")
        done = work(*arguments)
        if self._left == 0:
            raise apsw.IOError("made to fail")
        return done

    @property
    def reached(self) -> bool:
        return self._left <= 0


def _tried(register: Register) -> tuple[bool, str]:
    """Whether the append was acknowledged, and what was said where it was not."""
    try:
        register.submit(ADDED)
    except Unreachable as told:
        return False, str(told)
    return True, ""


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("kind", ["sqlite", "sqlite-rollback"])
def test_a_statement_that_fails_leaves_nothing_half_done(kind: str, tmp_path: Path, after: bool) -> None:  # noqa: FBT001
    """Every statement of an append fails once. What was not acknowledged may be there all the same, where the failure
    came after the commit; then the key tells, and it is not done twice.
    """
    for at in range(1, 100):
        (tmp_path / str(at)).mkdir()
        with backend(kind, tmp_path / str(at)) as place:
            register = place.open()
            assert isinstance(register, SqliteRegister)
            register.append(BEFORE)
            failing = Failing(register._connection, at, after=after)
            register._connection = failing
            _, said = _tried(register)
            assert "made to fail" in said or not failing.reached
            register._connection = failing._connection
            assert scrub(register)[0] in HEADS
            register.submit(ADDED)
            assert list(register.read()) == AFTER
            assert scrub(register)[0] == Head(257, naive.root(AFTER))
            if not failing.reached:
                assert at > 8, (
                    "begin, head, receipt, swap, entries, nodes, receipt, attachment, redaction, commit"
                )
                return
    raise AssertionError("An append has fewer statements than that.")


class Disk(apsw.VFS):
    """A disk on which one write or one flush fails, and all that follow."""

    def __init__(self) -> None:
        self.left = 10**9
        self.what = ""
        super().__init__("failing", "")

    def xOpen(self, name: Any, flags: Any) -> Any:  # noqa: N802 - apsw's
        return File(self, name, flags)

    def met(self, what: str) -> None:
        if what == self.what:
            self.left -= 1
            if self.left <= 0:
                raise apsw.FullError("made to fail") if what == "write" else apsw.IOError("made to fail")


class File(apsw.VFSFile):
    """A file on such a disk."""

    def __init__(self, disk: Disk, name: Any, flags: Any) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: N802 - apsw's
        self._disk.met("write")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - apsw's
        self._disk.met("sync")
        super().xSync(flags)


@pytest.fixture(scope="module")
def disk() -> Iterator[Disk]:
    made = Disk()
    yield made
    made.unregister()


@contextmanager
def _on(disk: Disk, path: Path, journal: str) -> Iterator[Any]:
    """A register whose file lies on the failing disk."""
    import foedus.register.sqlite as module  # noqa: PLC0415

    def connected(name: str, _: str) -> Any:
        return apsw.Connection(name, vfs="failing")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_connected", connected)
        patched.setattr(module, "version", lambda _: "3.40.1" if journal == "delete" else "3.54.1")
        register = SqliteRegister(path)
        assert register.journal == journal
        yield register
        disk.what = ""
        register.close()


@pytest.mark.parametrize("what", ["write", "sync"])
@pytest.mark.parametrize("journal", ["wal", "delete"])
def test_a_disk_that_fails_or_is_full_loses_nothing_that_was_acknowledged(
    disk: Disk, tmp_path: Path, journal: str, what: str
) -> None:
    """Every write, and every flush to the disk, of an append fails once; then the register is opened anew."""
    failed = 0
    for at in range(1, 200):
        path = tmp_path / f"{at}.db"
        with _on(disk, path, journal) as register:
            register.append(BEFORE)
            disk.what, disk.left = what, at
            acknowledged, said = _tried(register)
            assert acknowledged or "cannot be read or written" in said
            reached = disk.left <= 0
        with _on(disk, path, journal) as again:
            head = scrub(again)[0]
            assert head in HEADS
            assert head.size == 257 or not acknowledged
            again.submit(ADDED)
            assert list(again.read()) == AFTER
        failed += not acknowledged
        if not reached:
            break
    assert failed, "no failure was met"
    print(f"{journal}: an append met {failed} failures at {what}; nothing was lost")  # noqa: T201 - to be seen
