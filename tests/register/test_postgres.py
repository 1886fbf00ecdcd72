"""PostgreSQL as it may be set, and as others may use it at the same time: nothing acknowledged rests on luck."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from psycopg import errors

from foedus.problems import Altered, Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.planning import Plan
from foedus.register.postgres import TRIES, PostgresRegister
from tests.register import backends

VERSIONS = [16, 18]


@pytest.fixture(params=VERSIONS)
def address(request: pytest.FixtureRequest) -> str:
    return backends.fresh_database(request.param)


@contextmanager
def _set(address: str, statement: str, undo: str) -> Iterator[None]:
    """A server that is set otherwise for a while."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
        try:
            yield
        finally:
            connection.execute(undo.encode())


def _counting(register: PostgresRegister, counts: list[type[Exception]]) -> None:
    """Count what undid a transaction of the register."""
    commit = register._commit

    def counted(*arguments: Any) -> Any:
        try:
            return commit(*arguments)
        except psycopg.Error as error:
            counts.append(type(error))
            raise

    register._commit = counted  # type: ignore[method-assign, assignment]


def test_what_others_undo_is_done_again_until_it_is_done(address: str) -> None:
    """Under isolation “serializable”, the server undoes transactions with 40001."""
    undone: list[type[Exception]] = []
    with _set(
        address,
        "ALTER DATABASE postgres SET default_transaction_isolation = 'serializable'",
        "ALTER DATABASE postgres RESET default_transaction_isolation",
    ):
        registers = [PostgresRegister(address) for _ in range(4)]
        for register in registers:
            _counting(register, undone)
        _at_once(
            *(
                lambda writer=writer: [
                    registers[writer].append([b"%d/%d" % (writer, number)], key=f"{writer}/{number}")
                    for number in range(15)
                ]
                for writer in range(4)
            )
        )
        entries = list(registers[0].read())
        assert sorted(entries) == sorted(b"%d/%d" % (w, n) for w in range(4) for n in range(15))
        scrub(registers[0])
        for register in registers:
            register.close()
    assert errors.SerializationFailure in undone


def _at_once(*works: Callable[[], object]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_append_that_was_chosen_to_end_a_deadlock_is_done_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program holds the next row, and waits for the head that the append holds: 40P01. The other looks for
    deadlocks so late that the append is the one chosen.
    """
    undone: list[type[Exception]] = []
    with PostgresRegister(address) as register, psycopg.connect(address) as other:
        _counting(register, undone)
        register.append([b"a"])
        other.execute("SET deadlock_timeout = '1h'")
        other.execute("INSERT INTO foedus.entries VALUES ('register', 1, ''::bytea, ''::bytea)")

        def waits() -> None:
            other.execute("SELECT 1 FROM foedus.heads WHERE register = 'register' FOR UPDATE")
            other.rollback()

        waiting, write = Thread(target=waits), register._write

        def crossed(plan: Plan) -> None:
            if not undone:
                waiting.start()
                backends.until_others_wait_for(register._connection)
            write(plan)

        monkeypatch.setattr(register, "_write", crossed)
        monkeypatch.setattr(register, "_stand_in_line", lambda: waiting.join(30))
        register.append([b"b"], key="b")
        assert list(register.read()) == [b"a", b"b"]
        assert undone == [errors.DeadlockDetected]


@pytest.mark.parametrize("how", [errors.SerializationFailure, errors.DeadlockDetected])
def test_what_is_undone_each_time_is_told_in_the_end(
    address: str, how: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.register.postgres.time.sleep", lambda _: None)
    with PostgresRegister(address) as register:
        tried = 0

        def undone(_: object) -> Any:
            nonlocal tried
            tried += 1
            raise how

        register._commit = undone  # type: ignore[method-assign, assignment]
        with pytest.raises(Unreachable, match=f"Others undid this {TRIES} times. Try again"):
            register.append([b"a"])
        assert tried == TRIES
        del register._commit
        assert register.append([b"a"]).head.size == 1


def test_an_append_is_on_the_disk_whatever_the_server_is_set_to(address: str) -> None:
    with (
        _set(
            address,
            "ALTER DATABASE postgres SET synchronous_commit = off",
            "ALTER DATABASE postgres RESET synchronous_commit",
        ),
        PostgresRegister(address) as register,
    ):
        assert register._rows("SHOW synchronous_commit", ()) == [("on",)]


def test_a_server_that_does_not_flush_to_its_disk_keeps_no_register(address: str) -> None:
    with _set(address, "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM RESET fsync"):
        _reload(address, "off")
        with pytest.raises(Unreachable, match=r"what it acknowledges can be lost\. Set fsync = on"):
            PostgresRegister(address)
    _reload(address, "on")
    PostgresRegister(address).close()


def _reload(address: str, wanted: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")
        for _ in range(100):
            if connection.execute("SHOW fsync").fetchone() == (wanted,):
                return
            time.sleep(0.05)
    raise AssertionError("The server does not take its new settings.")


def test_who_may_only_read_reads_and_is_told_so_when_writing(address: str) -> None:
    with PostgresRegister(address) as register:
        register.append([b"a"])
    rights = """DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA foedus TO reader;
      GRANT SELECT ON ALL TABLES IN SCHEMA foedus TO reader"""
    with _set(address, rights, "DROP OWNED BY reader; DROP ROLE reader"):
        reading = psycopg.conninfo.make_conninfo(address, user="reader")
        with PostgresRegister(reading, make=False) as register:
            assert list(register.read()) == [b"a"]
            with pytest.raises(Unreachable, match="refused: permission denied for table heads"):
                register.append([b"b"])


def test_a_server_that_only_reads_is_told(address: str) -> None:
    with PostgresRegister(address) as register:
        register.append([b"a"])
    with (
        _set(
            address,
            "ALTER DATABASE postgres SET default_transaction_read_only = on",
            "SET default_transaction_read_only = off; ALTER DATABASE postgres RESET default_transaction_read_only",
        ),
        PostgresRegister(address, make=False) as register,
    ):
        assert list(register.read()) == [b"a"]
        with pytest.raises(Unreachable, match="in a read-only transaction"):
            register.append([b"b"])


def test_processes_that_make_the_tables_at_the_same_moment_make_one_register(address: str) -> None:
    made: list[object] = []

    def make() -> None:
        try:
            with PostgresRegister(address) as register:
                made.append(register.append([b"x"]).first)
        except Exception as error:  # noqa: BLE001 - it is compared below
            made.append(error)

    _at_once(*[make] * 8)
    assert sorted(made, key=str) == list(range(8))


def test_tables_of_another_form_are_refused(address: str, tmp_path: Path) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA foedus; CREATE TABLE foedus.heads (register TEXT, size BIGINT)")
    with pytest.raises(Altered, match="The database holds no register of this form"):
        PostgresRegister(address, make=False)


def test_nothing_rests_on_what_one_machine_alone_knows(address: str) -> None:
    """No sequence, trigger, function, advisory lock or listener: only tables, whose keys begin with the register."""
    with PostgresRegister(address) as register, psycopg.connect(address, autocommit=True) as watcher:
        held: list[object] = []
        write = register._write

        def looked_at(plan: Plan) -> None:
            write(plan)
            held.append(
                watcher.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
            )
            held.extend(register._rows("SELECT * FROM pg_listening_channels()", ()))

        register._write = looked_at  # type: ignore[method-assign, assignment]
        register.append([b"a"], key="a")
        made = watcher.execute(
            """SELECT relkind::text FROM pg_class WHERE relnamespace = 'foedus'::regnamespace
               AND relkind NOT IN ('r', 'i', 't')
               UNION ALL SELECT tgname::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
               WHERE relnamespace = 'foedus'::regnamespace
               UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'foedus'::regnamespace"""
        ).fetchall()
        keys = watcher.execute(
            """SELECT DISTINCT attname::text FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
               JOIN pg_class ON pg_class.oid = indrelid
               WHERE indisprimary AND relnamespace = 'foedus'::regnamespace"""
        ).fetchall()
    assert (held, made, keys) == ([(0,)], [], [("register",)])
