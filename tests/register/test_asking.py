"""Questions put to a register: in a database in place of a folder, and as of a checkpoint of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from foedus.register.address import open_register
from foedus.register.log.checkpoint import Checkpoint
from foedus.register.mark import Mark
from foedus.secretariat import Live, News, bring_folder
from tests.folders import folder
from tests.register.backends import backend
from tests.verbs import printed, refused, run, told

PAGE = [{"source": "page"}]
LEFT = {
    "id": "ARM/left", "kind": "membership", "of": "organisation", "party": "ARM", "status": "left",
    "from": "2023-01-01", "evidence": PAGE,
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql-16"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the register of the Tiny League, to which it was added later that a member left."""
    with backend(request.param, tmp_path) as place:
        register = place.open("tiny")
        bring_folder(folder(tmp_path / "folder"), register)
        Live(register).append(News([LEFT], date(2023, 2, 1), "the desk"))
        yield place.place


def test_every_verb_takes_the_register_of_a_name_in_a_database(database: str) -> None:
    beside = told("who", "tiny", "ARM", "--on", "2023-06-01", "--database", database)
    alone = told("who", database, "ARM", "--on", "2023-06-01")
    assert beside == alone
    assert beside["holders"][0]["as"] == "left"


def test_an_answer_cites_the_register_it_rests_on(database: str) -> None:
    with open_register(database) as register:
        head = register.head()
    basis = told("who", database, "ARM", "--on", "2023-06-01")["basis"]
    assert basis["register"] == {"name": "tiny", "size": head.size, "root": head.root.hex()}


def test_of_a_folder_no_register_is_cited(tmp_path: Path) -> None:
    basis = told("who", str(folder(tmp_path)), "ARM", "--on", "2023-06-01")["basis"]
    assert basis["register"] is None


def _before(database: str) -> Checkpoint:
    with open_register(database) as register:
        size = register.head().size - 1
        return Checkpoint("tiny", size, Mark(size).found(register).root)


def test_a_question_can_be_asked_as_of_a_checkpoint(database: str) -> None:
    then = _before(database)
    known = f"{then.size}@{then.root.hex()}"
    answer = told("who", database, "ARM", "--on", "2023-06-01", "--known", known)
    assert answer["holders"][0]["as"] == "member"
    assert answer["basis"]["register"] == {"name": "tiny", "size": then.size, "root": then.root.hex()}


def test_a_checkpoint_may_be_given_as_its_file(database: str, tmp_path: Path) -> None:
    then = _before(database)
    file = tmp_path / "checkpoint"
    file.write_text(f"{then.text}\n— tiny AAAAAAAA\n", "utf-8")
    answer = told("who", database, "ARM", "--on", "2023-06-01", "--known", str(file))
    assert answer["basis"]["register"]["size"] == then.size


def test_what_changed_between_two_checkpoints_is_told(database: str) -> None:
    then = _before(database)
    changes = told("diff", database, "--known", f"{then.size}@", f"{then.size + 1}@")["changes"]
    assert {entry for change in changes for entry in change["entries"]} == {"ARM/left"}
    said = refused("diff", database, "--known", f"{then.size + 1}@", f"{then.size}@")
    assert "Give the earlier first." in said


def test_a_root_that_the_register_never_had_is_not_answered_from(database: str) -> None:
    then = _before(database)
    result = run("who", database, "ARM", "--known", f"{then.size}@{'0' * 64}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "has another root" in result.stderr


def test_a_checkpoint_of_a_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    assert "foedus register import" in refused("who", str(folder(tmp_path)), "ARM", "--known", "3@")


def test_a_point_within_one_append_is_refused_in_one_sentence(database: str) -> None:
    said = refused("who", database, "ARM", "--known", "2@")
    assert said.count("\n") == 1
    assert "Ask as of a point at which an append ended." in said


def test_a_name_that_is_not_in_the_database_is_refused_with_the_nearest(database: str) -> None:
    assert "Did you mean “tiny”?" in refused("who", "tinny", "ARM", "--database", database)


def test_checking_takes_a_database_and_a_checkpoint_too(database: str) -> None:
    assert told("check", "tiny", "--database", database)["problems"] == []
    assert told("check", database, "--known", f"{_before(database).size}@")["problems"] == []


def test_a_database_of_several_registers_is_verified_one_by_one(database: str, tmp_path: Path) -> None:
    with open_register(database, "other", make=True) as register:
        register.append([b"an entry"])
    keys = str(tmp_path / "keys")
    printed("log", "key", "log", "--name", "example.org/tiny", "--keys", keys)
    printed("log", "checkpoint", database, "--register", "tiny", "--keys", keys)
    verify = ("log", "verify", database, "--key", f"{keys}/log.pub")
    assert "entries are as signed" in printed(*verify, "--register", "tiny")
    assert "holds 2 registers. Say which: other, tiny." in refused(*verify)


def test_what_is_not_there_to_be_verified_is_refused_in_a_sentence(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("", "utf-8")
    said = refused("log", "verify", str(tmp_path / "nothing"), "--key", str(key))
    assert "cannot be read" in said
