"""Clients: their tokens, what each may do, how much; and the verbs that make, show and end them."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foedus.cli import main
from foedus.problems import BadInput, Conflict, NotFound
from foedus.web.clients import PREFIX, Client, Clients
from foedus.web.limits import MINUTE, MOST_KEPT, Limits
from tests.web.api.conftest import Server

DAY = date(2025, 1, 1)


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, ["client", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def clients(tmp_path: Path) -> Clients:
    return Clients(tmp_path / "clients.json")


# -- the file


def test_where_there_is_no_file_there_are_no_clients(clients: Clients) -> None:
    assert clients.all() == ()
    assert clients.bearing(PREFIX + "x") is None


def test_a_token_is_told_by_its_prefix_and_is_that_of_its_client(clients: Clients) -> None:
    token = clients.add("ARM", DAY, may=["ask"])
    assert token.startswith(PREFIX)
    found = clients.bearing(token)
    assert found is not None
    assert found.name == "ARM"


def test_a_token_holds_256_bits(tmp_path: Path) -> None:
    asked: list[int] = []

    def random(size: int) -> bytes:
        asked.append(size)
        return b"\xff" * size

    token = Clients(tmp_path / "c", random).add("a", DAY, may=["ask"])
    least = Clients(tmp_path / "d", bytes).add("a", DAY, may=["ask"])
    assert asked == [32]
    assert len(token) == len(least) == len(PREFIX) + 43  # 62 signs: 43 of them are just over 256 bits
    assert token != least


def test_the_token_is_not_in_the_file_and_the_file_is_its_owners(clients: Clients) -> None:
    token = clients.add("ARM", DAY, may=["ask"])
    text = clients.path.read_text()
    assert token not in text
    assert token.removeprefix(PREFIX) not in text
    assert clients.path.stat().st_mode & 0o777 == 0o600


def test_nothing_of_a_token_is_shown_of_a_client(clients: Clients) -> None:
    token = clients.add("ARM", DAY, may=["ask"])
    assert token not in repr(clients.bearing(token))


@pytest.mark.parametrize("changed", ["", "x", " "])
def test_a_token_that_is_nearly_right_is_nobodys(clients: Clients, changed: str) -> None:
    token = clients.add("ARM", DAY, may=["ask"])
    assert clients.bearing(token[:-1] + changed) is None
    assert clients.bearing(token + "0") is None


def test_a_name_is_given_once_for_ever(clients: Clients) -> None:
    clients.add("ARM", DAY, may=["ask"])
    clients.end("ARM", DAY)
    with pytest.raises(Conflict, match="ARM"):
        clients.add("ARM", DAY, may=["ask"])


def test_a_client_that_ended_cannot_be_ended_again(clients: Clients) -> None:
    clients.add("ARM", DAY, may=["ask"])
    clients.end("ARM", DAY)
    with pytest.raises(NotFound):
        clients.end("ARM", DAY)


def test_what_another_process_writes_is_taken_notice_of(clients: Clients) -> None:
    assert clients.all() == ()
    token = Clients(clients.path).add("ARM", DAY, may=["ask"])
    assert clients.bearing(token) is not None
    Clients(clients.path).end("ARM", DAY)
    assert clients.bearing(token) is None


def test_of_many_who_write_at_once_none_is_lost(clients: Clients) -> None:
    def add(number: int) -> None:
        Clients(clients.path).add(f"c{number}", DAY, may=["ask"])

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.name for each in clients.all()} == {f"c{number}" for number in range(8)}
    assert [path.name for path in clients.path.parent.iterdir()] == ["clients.json"]


def test_a_file_that_others_may_read_is_refused(clients: Clients) -> None:
    clients.add("ARM", DAY, may=["ask"])
    clients.path.chmod(0o640)
    with pytest.raises(BadInput, match="chmod 600"):
        Clients(clients.path).all()


def test_a_file_that_others_are_let_at_later_is_refused_from_then_on(clients: Clients) -> None:
    token = clients.add("ARM", DAY, may=["ask"])
    assert clients.bearing(token) is not None
    clients.path.chmod(0o666)
    with pytest.raises(BadInput, match="chmod 600"):
        clients.bearing(token)


def test_a_file_that_belongs_to_another_is_refused(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root could read it, and whoever it belongs to would say who may append."""
    clients.add("ARM", DAY, may=["ask"])
    monkeypatch.setattr("os.geteuid", lambda: clients.path.stat().st_uid + 1)
    with pytest.raises(BadInput, match="belongs to somebody else"):
        Clients(clients.path).all()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"format": 2}', '{"format": 1, "clients": [{}]}', '{"clients": [], "clients": []}'],
)
def test_a_file_that_is_none_is_refused(clients: Clients, text: str) -> None:
    clients.path.write_text(text)
    clients.path.chmod(0o600)
    with pytest.raises(BadInput):
        clients.all()


def test_nothing_is_served_where_the_clients_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "clients.json").write_text("{}")
    (tmp_path / "clients.json").chmod(0o644)
    result = CliRunner().invoke(main, ["serve", "csto", "--clients", str(tmp_path / "clients.json")])
    assert result.exit_code == 2
    assert "chmod 600" in result.stderr


# -- the verbs


def test_a_client_is_made_shown_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = run("add", "ARM", "--may", "append", "--records-as", "Armenia", "--in", "csto")
    assert made.stdout.startswith(PREFIX)
    shown = run("list").stdout
    assert "Armenia" in shown
    assert made.stdout.strip() not in shown
    told: Any = json.loads(run("list", "--json").stdout)
    assert told["clients"][0]["may"] == ["append"]
    assert "token" not in told["clients"][0]
    assert run("end", "ARM").exit_code == 0
    assert json.loads(run("list", "--json").stdout)["clients"][0]["ended"] is not None


def test_a_client_may_ask_where_nothing_else_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert json.loads(run("add", "ARM", "--json").stdout).keys() == {"name", "token"}
    (found,) = Clients(tmp_path / "clients.json").all()
    assert (found.may, found.clearance, found.organisations) == (("ask",), "public", None)


def test_whatever_is_wrong_with_a_new_client_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run("add", "A B", "--may", "append")
    assert refused.exit_code == 2
    assert "A B" in refused.stderr
    assert "--records-as" in refused.stderr
    assert not (tmp_path / "clients.json").exists()


def test_the_nearest_client_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("add", "armenia")
    assert "Did you mean “armenia”?" in run("end", "armenai").stderr


# -- limits


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_a_minute_and_no_more_and_they_come_back_evenly() -> None:
    clock = Clock()
    limits = Limits(clock)
    assert [limits.take("a", 3).allowed for _ in range(4)] == [True, True, True, False]
    assert limits.take("a", 3).wait == MINUTE / 3
    clock.now = MINUTE / 3
    assert [limits.take("a", 3).allowed for _ in range(2)] == [True, False]
    clock.now = 10 * MINUTE
    assert [limits.take("a", 3).allowed for _ in range(4)] == [True, True, True, False]


def test_one_who_asks_too_much_is_nobody_elses_trouble() -> None:
    limits = Limits(Clock())
    limits.take("a", 1)
    assert not limits.take("a", 1).allowed
    assert limits.take("b", 1).allowed


def test_buckets_are_forgotten_before_they_are_too_many() -> None:
    limits = Limits(Clock())
    for number in range(2 * MOST_KEPT):
        limits.take(f"a{number}", 5)
    assert len(limits._buckets) <= MOST_KEPT


# -- over HTTP


def test_a_token_that_is_nobodys_is_refused_and_counted(server: Server) -> None:
    answer = server.get("head", Authorization="Bearer foedus_nothing")
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="foedus"')
    first = answer.headers["RateLimit"]
    assert server.get("head", Authorization="Basic eDp5").status == 401
    assert server.get("head").headers["RateLimit"] != first


def test_a_client_that_ended_is_refused_at_once(server: Server) -> None:
    assert server.get("head", by="asker").status == 200
    Clients(server.gate.clients.path).end("asker", DAY)
    assert server.get("head", by="asker").status == 401


def test_where_the_clients_cannot_be_read_nobody_comes_in_by_a_token(server: Server) -> None:
    server.gate.clients.path.write_text("{}")
    server.gate.clients.path.chmod(0o666)
    answer = server.get("head", by="asker")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
    assert str(server.gate.clients.path) not in answer.body.decode()
    assert server.get("head").status == 200


def test_who_asks_too_much_is_told_when_to_ask_again(server: Server) -> None:
    server.tokens["slow"] = server.gate.clients.add("slow", DAY, may=["ask"], a_minute=2)
    first = server.get("head", by="slow")
    assert first.headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"minute";r=1;')
    server.get("head", by="slow")
    refused = server.get("head", by="slow")
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 30
    assert server.get("head").status == 200


def test_anybody_is_counted_by_address(server: Server) -> None:
    server.gate.limits._clock = lambda: 0.0  # nothing comes back meanwhile
    answers = [server.get("head").status for _ in range(301)]
    assert answers[:300] == [200] * 300
    assert answers[300] == 429
    assert server.get("head", by="asker").status == 200


def test_a_client_of_one_organisation_is_none_of_another(server: Server) -> None:
    answer = server.get("who/ARM", by="stranger")
    assert answer.status == 403
    assert "elsewhere" in answer.data["detail"]


def test_a_client_says_nothing_that_is_not_in_its_file() -> None:
    with pytest.raises(ValueError, match="extra"):
        Client.model_validate({"name": "a", "token": "0" * 64, "may": ("ask",), "made": DAY, "rights": "all"})
