"""Snapshots: used where they are right, which a new reading shows; and nowhere else, whatever became of them."""

from __future__ import annotations

import json
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from foedus.cli import main
from foedus.problems import Altered, BadInput, Conflict
from foedus.record.record import Place
from foedus.register import move
from foedus.register.envelope import ActEnvelope, written
from foedus.register.folders import Contents, contents, of_text
from foedus.register.mark import Mark
from foedus.register.memory import MemoryRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register, Submission
from foedus.secretariat import (
    Live,
    News,
    Organisation,
    bring_folder,
    from_register,
    keep_snapshot,
    opening,
    renew_snapshot,
    snapshot,
)  # fmt: skip
from foedus.secretariat.sealing import redact_act
from foedus.web.catalogue import open_all
from tests.folders import folder

PAGE = [{"source": "page"}]
TOLD = {
    "id": "told",
    "kind": "statement",
    "by": {"state": "ARM"},
    "says": "more",
    "evidence": PAGE,
}
SESSION = {
    "id": "met",
    "kind": "session",
    "organ": "council",
    "type": "regular",
    "on": "2022-05-01",
    "evidence": PAGE,
}
ASKED = ("chair", "council", "organisation", "ARM")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the snapshots are."""
    monkeypatch.setenv("FOEDUS_SNAPSHOTS", str(tmp_path / "snapshots"))
    return tmp_path / "snapshots"


@pytest.fixture
def register(tmp_path: Path) -> Register:
    made = MemoryRegister("league")
    bring_folder(folder(tmp_path / "league"), made)
    return made


@contextmanager
def counted() -> Iterator[list[object]]:
    """How often a register is read whole."""
    read: list[object] = []

    def counting(*asked: Any) -> Contents:
        read.append(asked)
        return contents(*asked)

    with patch.object(opening, "contents", counting):
        yield read


def used(register: Register) -> bool:
    """Whether an organisation is had without reading its register whole."""
    with counted() as read:
        from_register(register)
    return not read


def answers(organisation: Organisation) -> list[object]:
    return [organisation.timeline(name).to_json() for name in organisation.questions().names()]


@pytest.mark.parametrize("name", ["csto", "un-security-council"])
def test_a_snapshot_answers_as_a_new_reading_does(name: str) -> None:
    register = MemoryRegister(name)
    bring_folder(name, register)
    anew = from_register(register)
    keep_snapshot(register)
    assert used(register)
    found = from_register(register)
    assert answers(found) == answers(anew)
    assert found.findings() == anew.findings()
    day = date(2015, 6, 1)
    assert found.findings(day) == anew.findings(day)


def test_it_is_said_with_the_same_words(tmp_path: Path, register: Register) -> None:
    database = str(tmp_path / "league.db")

    def said() -> list[str]:
        asks = [[name, *how] for name in ASKED for how in ([], ["--why"], ["--why=all"], ["--json"])]
        words = (["who", database, *ask, "--on", "2022-06-01"] for ask in asks)
        return [CliRunner().invoke(main, each, catch_exceptions=False).stdout for each in words]

    with SqliteRegister(database, "league") as kept:
        bring_folder(folder(tmp_path / "again"), kept)
    before = said()
    assert all(before)
    told = CliRunner().invoke(main, ["register", "snapshot", database, "--json"], catch_exceptions=False)
    assert Path(json.loads(told.stdout)["to"]).is_file()
    with counted() as read:
        assert said() == before
    assert not read


def test_only_its_user_may_write_or_read_it(register: Register, place: Path) -> None:
    _, path = keep_snapshot(register)
    assert (place.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_deleting_it_loses_nothing(register: Register, place: Path) -> None:
    keep_snapshot(register)
    with_it = answers(from_register(register))
    shutil.rmtree(place)
    assert not used(register)
    assert answers(from_register(register)) == with_it


def flipped(at: float) -> Callable[[bytes], bytes]:
    def flip(data: bytes) -> bytes:
        place = int(at * (len(data) - 1))
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return flip


def whole(data: bytes) -> bytes:
    """Bytes under the sum that makes them whole."""
    return snapshot.FORM + sha256(data).digest() + data


class Running:
    """What runs where it is unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(Path(os.environ["FOEDUS_SNAPSHOTS"]) / "ran"),)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut short": lambda data: data[:-1],
    "cut to its head": lambda data: data[:40],
    "longer": lambda data: data + b"\0",
    "of another form": lambda data: data.replace(b"snapshot 1", b"snapshot 2", 1),
    **{f"with a bit flipped at {at:.0%}": flipped(at) for at in (0, 0.001, 0.01, 0.3, 0.7, 1)},
    "whole, and empty": lambda _: whole(b""),
    "whole, and nothing packed": lambda _: whole(b"{}" * 50),
    "whole, and without its blocks": lambda data: whole(data[50:60]),
    "whole, and a pickle": lambda _: whole(pickle.dumps(Running())),
    "a pickle": lambda _: pickle.dumps(Running()),
}


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_one_is_not_used_and_made_anew(register: Register, how: str) -> None:
    anew = answers(from_register(register))
    _, path = keep_snapshot(register)
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    assert not used(register)
    assert answers(from_register(register)) == anew
    assert not (path.parent / "ran").exists()
    renew_snapshot(register)
    assert used(register)


def test_one_that_others_may_write_to_is_not_used(register: Register, place: Path) -> None:
    _, path = keep_snapshot(register)
    for open_to_others, mode, kept in ((path, 0o620, 0o600), (place, 0o702, 0o700)):
        open_to_others.chmod(mode)
        assert not used(register)
        open_to_others.chmod(kept)
        assert used(register)


def test_one_that_belongs_to_another_is_not_used(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_snapshot(register)
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    assert not used(register)


def test_one_that_other_code_made_is_not_used(register: Register) -> None:
    keep_snapshot(register)
    with patch.object(snapshot, "made_by", lambda: "another"):
        assert not used(register)
    assert used(register)


def test_one_of_another_register_is_not_used(tmp_path: Path, register: Register) -> None:
    other = MemoryRegister("league")
    bring_folder("csto", other)
    _, theirs = keep_snapshot(other)
    _, ours = keep_snapshot(register)
    shutil.copy(theirs, ours)
    assert not used(register)


def test_one_of_a_register_of_another_name_is_not_used(register: Register) -> None:
    keep_snapshot(register)
    namesake = MemoryRegister("another-league")
    assert move.copy(register, namesake) == register.head()
    assert not used(namesake)


def test_one_is_used_only_where_the_registers_own_hashes_give_its_root(register: Register) -> None:
    keep_snapshot(register)
    hashes = register.hashes
    with (
        patch.object(register, "hashes", lambda *asked: [bytes(32) for _ in hashes(*asked)]),
        counted() as read,
        pytest.raises(Altered, match="Entry 0 was altered"),
    ):
        from_register(register)
    assert read, "all was read, and refused"


def more(register: Register, *acts: dict[str, Any], name: str = "more.yaml") -> None:
    """Put acts on record, which leaves the snapshot as it was."""
    Live(register).append(News(acts, date(2022, 6, 1), "the desk", file=f"record/{name}"))


def test_acts_that_came_since_are_taken_in(register: Register) -> None:
    keep_snapshot(register)
    more(register, TOLD)
    more(register, {**TOLD, "id": "told-again"})
    assert used(register)
    found = from_register(register)
    assert [e.id for e in found.record.entries][-2:] == ["told", "told-again"]
    assert found.record.places["told"] == Place("record/more.yaml", 1)
    assert found.record.kept is not None
    assert found.record.kept.size == register.head().size


CAME: dict[str, Callable[[Register], object]] = {
    "a correction": lambda of: more(of, {**TOLD, "id": "mended", "corrects": "told"}),
    "a withdrawal": lambda of: more(
        of, {"id": "gone", "kind": "withdrawal", "withdraws": "told", "evidence": PAGE}
    ),
    "an act that bears on an office": lambda of: more(of, SESSION),
    "an act in an earlier file": lambda of: more(of, {**TOLD, "id": "between"}, name="a.yaml"),
    "an act under seal": lambda of: more(of, {**TOLD, "id": "secret", "classification": "secret"}),
    "a text": lambda of: of.submit(of_text("weights.csv", "weight,member,from,until,value\n")),
}


@pytest.mark.parametrize("what", CAME)
def test_for_anything_else_that_came_since_all_is_read(register: Register, what: str) -> None:
    more(register, TOLD)
    keep_snapshot(register)
    assert used(register)
    CAME[what](register)
    assert not used(register)


def test_what_is_wrong_with_what_came_since_is_told_as_ever(register: Register) -> None:
    keep_snapshot(register)
    act = {**TOLD, "recorded": "2022-06-01", "recorded by": "us", "evidence": [{"source": "nowhere"}]}
    register.submit(Submission((written(ActEnvelope(file="record/more.yaml", act=act)),)))
    with pytest.raises(BadInput, match="nowhere"):
        from_register(register)


def test_it_is_used_as_of_the_point_it_was_made_at(register: Register) -> None:
    earlier, _ = keep_snapshot(register)
    assert earlier.record.kept is not None
    more(register, TOLD)
    with counted() as read:
        found = from_register(register, Mark(earlier.record.kept.size))
    assert not read
    assert answers(found) == answers(earlier)


def test_a_later_one_stands_in_place_of_the_earlier(register: Register, place: Path) -> None:
    keep_snapshot(register)
    other = MemoryRegister("league")
    bring_folder("csto", other)
    _, theirs = keep_snapshot(other)
    more(register, TOLD)
    _, ours = keep_snapshot(register)
    assert set(place.iterdir()) == {theirs, ours}


def test_what_is_appended_to_one_from_a_snapshot_is_taken_in(register: Register) -> None:
    keep_snapshot(register)
    live = Live(register)
    live.append(News([TOLD], date(2022, 6, 1), "us"))
    assert answers(live.now()) == answers(from_register(register))


def test_a_register_with_acts_under_seal_has_none(register: Register) -> None:
    more(register, {**TOLD, "classification": "secret"})
    with pytest.raises(Conflict, match="under seal"):
        keep_snapshot(register)
    renew_snapshot(register)
    assert not used(register)


def test_one_in_which_an_act_was_redacted_has_none_either(register: Register) -> None:
    """From a snapshot nobody would be told who had it destroyed, and why."""
    act = {**TOLD, "classification": "secret"}
    Live(register).append(News([act], date(2022, 6, 1), "us"))
    redact_act(register, str(TOLD["id"]), by="us", why="a slip", on=date(2022, 7, 1))
    with pytest.raises(Conflict, match="under seal"):
        keep_snapshot(register)
    assert [each.why for each in from_register(register).record.redacted] == ["a slip"]


def test_what_serves_a_short_register_keeps_none(tmp_path: Path) -> None:
    catalogue = open_all([str(folder(tmp_path / "served"))], str(tmp_path / "served.db"))
    catalogue.keep_snapshots()
    assert not used(catalogue.lives[0].register)
    catalogue.close()


def test_what_serves_a_long_one_sees_to_it_that_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.web.catalogue.WORTH_A_SNAPSHOT", 5)
    catalogue = open_all([str(folder(tmp_path / "served"))], str(tmp_path / "served.db"))
    (live,) = catalogue.lives
    assert not used(live.register)
    catalogue.keep_snapshots()
    assert used(live.register)
    live.append(News([TOLD], date(2022, 6, 1), "us"))
    catalogue.keep_snapshots()
    assert snapshot_at(live.register.head().size)
    catalogue.close()


def snapshot_at(size: int) -> bool:
    """Whether there is a snapshot of so many entries."""
    return any(path.name.startswith(f"{size}-") for path in snapshot.folder().iterdir())


def test_where_none_can_be_kept_all_goes_on(register: Register, place: Path) -> None:
    place.write_text("a file where the folder would be")
    renew_snapshot(register)
    assert not used(register)
