"""What lets the same adapter run where a database keeps each register in a place of its own, as Citus and YugabyteDB do:
every key begins with the register, every statement names it, and nothing rests on what only one machine knows.

Neither is to be had here. PostgreSQL's own hash partitions keep the same rule for keys, and its planner says which
parts a statement touches.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.pq import TransactionStatus

from foedus.problems import Unreachable
from foedus.register.log.scrub import scrub
from foedus.register.move import copy
from foedus.register.postgres import TRIES, PostgresRegister
from foedus.register.store import Paper, Submission
from tests.register import backends
from tests.register.backends import PARTS, Backend

TABLES = {"heads", "entries", "nodes", "receipts", "attachments", "papers"}
EVERY_REGISTER = "SELECT register FROM heads ORDER BY register"  # the one question about all of them
ONE_MACHINE_ONLY = r"(?i)\b(nextval|currval|serial|advisory|notify|listen|trigger|lock table|temp)\b"


@dataclass
class Sent:
    """A statement as it was sent: with what terms, and whether within a transaction."""

    statement: str
    terms: Any
    inside: bool


@dataclass
class Recorder:
    """What a process sends to PostgreSQL."""

    sent: list[Sent] = field(default_factory=list)

    @contextmanager
    def recording(self, patched: pytest.MonkeyPatch) -> Iterator[None]:
        execute, executemany = psycopg.Cursor.execute, psycopg.Cursor.executemany

        def one(cursor: Any, statement: Any, terms: Any = None, **how: Any) -> Any:
            self._keep(cursor, statement, terms)
            return execute(cursor, statement, terms, **how)

        def many(cursor: Any, statement: Any, rows: Any, **how: Any) -> Any:
            for terms in rows:
                self._keep(cursor, statement, terms)
            return executemany(cursor, statement, rows, **how)

        with patched.context() as inner:
            inner.setattr(psycopg.Cursor, "execute", one)
            inner.setattr(psycopg.Cursor, "executemany", many)
            yield

    def _keep(self, cursor: Any, statement: Any, terms: Any) -> None:
        inside = cursor.connection.info.transaction_status is not TransactionStatus.IDLE
        self.sent.append(Sent(statement if isinstance(statement, str) else statement.decode(), terms, inside))

    @property
    def of_rows(self) -> list[Sent]:
        """Those that ask for rows of the tables or write them, but for the one about all registers."""
        return [
            sent
            for sent in self.sent
            if re.match(r"SELECT|INSERT|UPDATE|DELETE", sent.statement)
            and "pg_tables" not in sent.statement
            and sent.statement != EVERY_REGISTER
        ]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Recorder, str]]:
    """Everything that a register can be asked, recorded, on tables that are divided by register."""
    recorder = Recorder()
    with backends.backend("postgresql-18-divided", tmp_path) as place, recorder.recording(monkeypatch):
        one, other = place.open("one"), place.open("other")
        for number in range(3):
            one.append([b"%d/%d" % (number, row) for row in range(200)], key=str(number))
        one.submit(Submission((b"a",), attachments=(b"text",), redacts=(bytes(32),)))
        one.keep(Paper("checkpoint", 1, "log\n1\nroot\n\n— log AAAAAAA=\n"))
        copy(one, other)
        for register in (one, other):
            scrub(register)
            assert len(list(register.receipts())) == 3
            assert len(register.papers("checkpoint")) == 1
        yield recorder, place.place


def test_the_key_of_every_table_begins_with_the_register_and_there_is_no_other(
    work: tuple[Recorder, str],
) -> None:
    statement = """SELECT c.relname, array_agg(a.attname ORDER BY k.place), bool_or(i.indisprimary)
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid, unnest(i.indkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON true WHERE a.attrelid = i.indrelid AND a.attnum = k.number
      AND c.relnamespace = 'foedus'::regnamespace AND c.relkind = 'p' GROUP BY c.relname, i.indexrelid"""
    with psycopg.connect(work[1]) as connection:
        found = connection.execute(statement).fetchall()
    assert {table for table, _, _ in found} == TABLES
    assert len(found) == len(TABLES)
    assert all(columns[0] == "register" and primary for _, columns, primary in found)


def test_there_are_no_sequences_triggers_foreign_keys_or_functions(work: tuple[Recorder, str]) -> None:
    statement = """SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = n AND relkind NOT IN ('r', 'p', 'i', 'I')),
      (SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relnamespace = n),
      (SELECT count(*) FROM pg_constraint WHERE connamespace = n AND contype NOT IN ('p', 'n')),
      (SELECT count(*) FROM pg_proc WHERE pronamespace = n) FROM (SELECT 'foedus'::regnamespace AS n) AS it"""
    with psycopg.connect(work[1]) as connection:
        assert connection.execute(statement).fetchone() == (0, 0, 0, 0)


def test_no_statement_uses_what_only_one_machine_knows(work: tuple[Recorder, str]) -> None:
    assert len({sent.statement for sent in work[0].sent}) > 15
    for sent in work[0].sent:
        assert not re.search(ONE_MACHINE_ONLY, sent.statement), sent.statement


def test_every_statement_names_its_register(work: tuple[Recorder, str]) -> None:
    kinds = {sent.statement for sent in work[0].of_rows}
    assert {match[0] for kind in kinds for match in re.finditer("|".join(TABLES), kind)} == TABLES
    for kind in kinds:
        assert re.search(r"WHERE (heads\.)?register = %s|^INSERT INTO \w+ \(register, ", kind), kind
        assert not re.search(r"(?i)\bjoin\b|\(\s*select\b", kind), kind


def test_no_transaction_touches_two_registers(work: tuple[Recorder, str]) -> None:
    begun: set[str] = set()
    transactions = 0
    for sent in work[0].of_rows:
        if not sent.inside or "FOR UPDATE" in sent.statement:
            begun, transactions = set(), transactions + 1
        begun |= {"one", "other"} & {term for term in sent.terms if isinstance(term, str)}
        assert len(begun) == 1, sent.statement
    assert transactions > 10


def test_the_question_about_all_registers_is_asked_outside_a_transaction(work: tuple[Recorder, str]) -> None:
    PostgresRegister(work[1], None).close()
    asked = [sent for sent in work[0].sent if sent.statement == EVERY_REGISTER]
    assert len(asked) == 1
    assert not any(sent.inside for sent in asked)


def test_the_planner_finds_each_statement_to_touch_one_part(work: tuple[Recorder, str]) -> None:
    """Reads and updates by their plans; where inserted rows went, by looking."""
    tried = 0
    with psycopg.connect(work[1], options="-c search_path=foedus", autocommit=True) as connection:
        for sent in {sent.statement: sent for sent in work[0].of_rows}.values():
            if not sent.statement.startswith("INSERT"):
                ((plan,),) = connection.execute(
                    f"EXPLAIN (FORMAT JSON) {sent.statement}".encode(), sent.terms
                ).fetchall()
                parts = set(re.findall(r'"Relation Name": "\w+_part_(\d)"', json.dumps(plan)))
                assert len(parts) == 1, (sent.statement, parts)
                tried += 1
        for table in sorted(TABLES):
            rows = connection.execute(
                f"SELECT register, count(DISTINCT tableoid) FROM {table} GROUP BY register".encode()
            ).fetchall()
            assert {row[1] for row in rows} == {1}, table
    assert tried > 8
    assert PARTS > 1


# what another transaction undoes is done again, within a transaction and outside


class Undone:
    """A connection that undoes the next statements that are sent."""

    def __init__(self, connection: Any, times: int) -> None:
        self._connection, self.times = connection, times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, *arguments: Any, **named: Any) -> Any:
        if self.times > 0:
            self.times -= 1
            raise errors.SerializationFailure("Restart read required")
        return self._connection.execute(*arguments, **named)


@pytest.fixture
def undone(tmp_path: Path) -> Iterator[tuple[PostgresRegister, Undone]]:
    with backends.backend("postgresql-18", tmp_path) as place:
        register = place.open()
        assert isinstance(register, PostgresRegister)
        register.append([b"a"], key="a")
        connection: Any = Undone(register._connection, 0)
        register._kept = connection
        yield register, connection


def test_a_read_that_others_undo_is_done_again(undone: tuple[PostgresRegister, Undone]) -> None:
    register, connection = undone
    connection.times = 3
    assert list(register.read()) == [b"a"]
    assert connection.times == 0


def test_an_append_that_others_undo_is_done_again_as_a_whole(undone: tuple[PostgresRegister, Undone]) -> None:
    register, connection = undone
    connection.times = 3
    assert register.append([b"b"], key="b").first == 1
    assert scrub(register)[0].size == 2


def test_what_others_undo_without_end_is_told(
    undone: tuple[PostgresRegister, Undone], monkeypatch: pytest.MonkeyPatch
) -> None:
    register, connection = undone
    monkeypatch.setattr("foedus.register.postgres.time.sleep", lambda _: None)
    connection.times = TRIES + 1
    with pytest.raises(
        Unreachable, match=r"Others undid this 20 times\. Try again; an append, with the same"
    ):
        register.head()
    assert connection.times == 1


def test_who_was_undone_once_waits_from_then_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a higher isolation the slower of two could be undone each time; once is enough."""
    undone = 0
    commit = PostgresRegister._commit

    def counted(register: PostgresRegister, submissions: Any) -> Any:
        nonlocal undone
        try:
            return commit(register, submissions)
        except errors.SerializationFailure:
            undone += 1
            raise

    with backends.backend("postgresql-18-serializable", tmp_path) as place:
        slow: Any = place.open()
        monkeypatch.setattr(PostgresRegister, "_commit", counted)
        for number in range(3):
            _held(place, lambda at=number: slow.append([b"slow"], key=str(at)))
        assert slow.head().size == 6
        assert scrub(slow)[0].size == 6
    assert undone == 1


def _held(place: Backend, work: Any) -> None:
    """Do work while another transaction holds the head, and then appends."""
    other: Any = place.open()
    with other._writing():
        other._tree(" FOR UPDATE")
        thread = Thread(target=work)
        thread.start()
        backends.until_others_wait_for(other._connection)
        other._commit([Submission((b"fast",))])
    thread.join()


def test_an_address_may_set_options_of_its_own(tmp_path: Path) -> None:
    with backends.backend("postgresql-18-serializable", tmp_path) as place:
        register = place.open()
        assert isinstance(register, PostgresRegister)
        assert register._rows("SELECT current_setting('default_transaction_isolation')", ()) == [
            ("serializable",)
        ]


def test_one_of_two_who_make_the_first_register_at_once_is_not_refused(tmp_path: Path) -> None:
    """At a higher isolation PostgreSQL undoes the second; that is done again."""
    with backends.backend("postgresql-18-serializable", tmp_path) as place:
        place.open("first")
        one: Any = psycopg.connect(place.place, options="-c search_path=foedus")
        one.execute("SELECT 1 FROM heads WHERE register = 'r'")
        one.execute(
            "INSERT INTO heads SELECT 'r', format, size, root, peaks FROM heads WHERE register = 'first'"
        )
        made = _made_meanwhile(place, one)
        assert made.head().size == 0


def _made_meanwhile(place: Backend, one: Any) -> Any:
    """A register that is made while another transaction that makes it is about to end."""

    def end() -> None:
        backends.until_others_wait_for(one)
        one.commit()
        one.close()

    ending = Thread(target=end)
    ending.start()
    try:
        return place.open("r")
    finally:
        ending.join()
