# ruff: noqa: T201 - how many were ended, and what was lost, is to be seen
"""Writers and servers that are ended without warning: nothing that was acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest

from foedus.problems import Altered, Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.postgres import PostgresRegister
from foedus.register.store import Register
from tests.conftest import ROOT, SOAK
from tests.register import backends
from tests.register.backends import LASTING, Backend

TIMES = 50 if SOAK else 3


def _writer(place: Backend, name: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.register.backends", place.kind, place.place, name],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def _acknowledged(writer: subprocess.Popen[str], after: float) -> list[str]:
    """What a writer was told is on record, when it is ended so long after the first."""
    assert writer.stdout is not None
    first = writer.stdout.readline()
    time.sleep(after)
    writer.kill()
    said = first + writer.communicate()[0]
    assert writer.returncode == -signal.SIGKILL, "it was ended, and had not given up before"
    return said[: said.rfind("\n") + 1].splitlines()  # a line cut short was not said


@pytest.mark.parametrize("kind", LASTING)
def test_what_was_acknowledged_outlives_its_writer(kind: str, tmp_path: Path) -> None:
    acknowledged: list[str] = []
    with backends.backend(kind, tmp_path) as place:
        place.open()
        for run in range(TIMES):
            writers = [_writer(place, f"{run}/{number}") for number in range(2)]
            for number, writer in enumerate(writers):
                acknowledged += _acknowledged(writer, 0.05 + 0.02 * (run % 7) + 0.03 * number)
        register = place.open()
        scrub(register)
        entries = [entry.decode() for entry in register.read()]
        beyond = set(entries) - set(acknowledged)
        assert set(acknowledged) <= set(entries)
        assert len(entries) == len(set(entries))
        assert len(beyond) <= 2 * TIMES, "a writer has one append under way at most"
        print(
            f"{kind}: {2 * TIMES} writers ended; {len(acknowledged)} acknowledged, 0 lost, {len(beyond)} beyond"
        )
        again = register.append([acknowledged[0].encode()], key=acknowledged[0])
        assert again.again


@pytest.mark.parametrize("version", [16, 18])
def test_what_was_acknowledged_outlives_its_server(version: int) -> None:
    server = backends.Mortal(version)
    acknowledged: list[str] = []
    try:
        for run in range(TIMES):
            server.begin()
            how = signal.SIGQUIT if run % 2 else signal.SIGKILL
            ending = Timer(0.2 + 0.05 * (run % 5), server.end, [how])
            with PostgresRegister(server.address) as register:
                ending.start()
                with pytest.raises(Unreachable, match="does not answer"):
                    _append_until_it_ends(register, run, acknowledged)
            ending.join()
        server.begin()
        with PostgresRegister(server.address) as register:
            scrub(register)
            entries = [entry.decode() for entry in register.read()]
        assert set(acknowledged) <= set(entries)
        assert len(entries) == len(set(entries))
        beyond = len(entries) - len(acknowledged)
        assert beyond <= TIMES
        print(
            f"PostgreSQL {version} ended {TIMES} times; {len(acknowledged)} acknowledged, 0 lost, {beyond} beyond"
        )
    finally:
        server.close()


def _append_until_it_ends(register: Register, run: int, acknowledged: list[str]) -> None:
    for number in range(1_000_000):
        entry = f"{run}/{number}"
        register.append([entry.encode()], key=entry)
        acknowledged.append(entry)


def test_a_lost_connection_is_told_and_made_anew(tmp_path: Path) -> None:
    with backends.backend("postgresql-18", tmp_path) as place:
        register, other = place.open(), place.open("other")
        assert isinstance(register, PostgresRegister)
        assert isinstance(other, PostgresRegister)
        register.append([b"a"], key="a")
        other._rows("SELECT pg_terminate_backend(?)", (register._connection.info.backend_pid,))
        with pytest.raises(Unreachable, match="does not answer"):
            register.append([b"b"], key="b")
        assert register.append([b"b"], key="b").head.size == 2


def test_a_question_is_answered_at_once_when_the_server_has_begun_anew(tmp_path: Path) -> None:
    with backends.backend("postgresql-18", tmp_path) as place:
        register, other = place.open(), place.open("other")
        assert isinstance(register, PostgresRegister)
        assert isinstance(other, PostgresRegister)
        head = register.append([b"a"]).head
        other._rows("SELECT pg_terminate_backend(?)", (register._connection.info.backend_pid,))
        assert register.head() == head
        assert list(register.read()) == [b"a"]


def test_a_database_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreachable, match="The database does not answer, or refused"):
        PostgresRegister("postgresql://postgres@/postgres?host=/nowhere")


def test_a_database_of_something_else_is_no_register(tmp_path: Path) -> None:
    with (
        backends.backend("postgresql-18", tmp_path) as place,
        pytest.raises(Altered, match="The database holds no register"),
    ):
        PostgresRegister(place.place, make=False)
