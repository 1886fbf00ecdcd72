"""Writers and servers that are ended without warning: nothing that was acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foedus.problems import Altered, Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.postgres import PostgresRegister
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
        print(f"{kind}: {2 * TIMES} writers ended; {len(acknowledged)} acknowledged, 0 lost, {len(beyond)} beyond")
        again = register.append([acknowledged[0].encode()], key=acknowledged[0])
        assert again.again


@pytest.mark.parametrize("version", [16, 18])
def test_what_was_acknowledged_outlives_its_server(version: int) -> None:
    server = backends.server(version)
    address = server.get_uri()
    acknowledged: list[str] = []
    try:
        for run in range(TIMES):
            register = PostgresRegister(address)
            number = 0
            end = time.monotonic() + 0.2 + 0.05 * (run % 5)
            try:
                while True:
                    entry = f"{run}/{number}"
                    register.append([entry.encode()], key=entry)
                    acknowledged.append(entry)
                    number += 1
                    if time.monotonic() > end and end:
                        os.kill(server.get_pid(), signal.SIGQUIT if run % 2 else signal.SIGKILL)
                        end = 0.0
            except Unreachable as gone:
                assert "does not answer" in str(gone)
            register.close()
            _wait_until_gone(server.get_pid())
            server.ensure_postgres_running()
        with PostgresRegister(address) as register:
            scrub(register)
            entries = [entry.decode() for entry in register.read()]
        assert set(acknowledged) <= set(entries)
        assert len(entries) == len(set(entries))
        assert len(entries) - len(acknowledged) <= TIMES
        print(f"PostgreSQL {version} ended {TIMES} times; {len(acknowledged)} acknowledged, 0 lost")
    finally:
        server.stop()


def _wait_until_gone(process: int) -> None:
    for _ in range(100):
        try:
            os.kill(process, 0)
            with Path(f"/proc/{process}/stat").open() as stat:
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return
        except (ProcessLookupError, FileNotFoundError):
            return
        time.sleep(0.05)


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


def test_a_database_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreachable, match="The database does not answer, or refused"):
        PostgresRegister("postgresql://postgres@/postgres?host=/nowhere")


def test_a_database_of_something_else_is_no_register(tmp_path: Path) -> None:
    with backends.backend("postgresql-18", tmp_path) as place:
        with pytest.raises(Altered, match="is no register"):
            PostgresRegister(place.place, make=False)
