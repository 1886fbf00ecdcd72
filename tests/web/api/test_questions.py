"""The questions over HTTP: each answer is what the verb of that name prints with `--json`, and every fault is told."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, FormatChecker

from foedus.cli import main
from tests.conftest import ROOT
from tests.web.api.conftest import Server, served
from tests.web.conftest import listening


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("league"), "csto") as made:
        yield made


def printed(*words: str) -> Any:
    result = CliRunner().invoke(main, [*words, "--json"])
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


ASKED = [
    ("who/chairman?on=2002-06-01", ("who", "chairman", "--on", "2002-06-01")),
    ("who/council?on=2002-06-01", ("who", "council", "--on", "2002-06-01")),
    ("who/organisation/ARM?on=2002-06-01", ("who", "organisation/ARM", "--on", "2002-06-01")),
    ("who/ARM?on=2002-06-01&known=2024-12-31", ("who", "ARM", "--on", "2002-06-01", "--known", "2024-12-31")),
    ("who/ARM?on=2002-06-01&known={size}@", ("who", "ARM", "--on", "2002-06-01", "--known", "{size}@")),
    (
        "who/ARM?on=2002-06-01&published=2024-01-01",
        ("who", "ARM", "--on", "2002-06-01", "--published", "2024-01-01"),
    ),
    ("timeline/chairman", ("timeline", "chairman")),
    ("check", ("check",)),
    ("duties?on=2002-06-01", ("duties", "--on", "2002-06-01")),
    ("duties?on=2002-06-01&of=Armenia", ("duties", "--on", "2002-06-01", "--of", "Armenia")),
]


@pytest.mark.parametrize(("address", "words"), ASKED)
def test_an_answer_is_what_the_verb_prints(server: Server, address: str, words: tuple[str, ...]) -> None:
    size = str(server.size)
    verb, *rest = (word.replace("{size}", size) for word in words)
    answer = server.get(address.replace("{size}", size))
    assert answer.status == 200, answer.body
    assert answer.data == printed(verb, "tiny", *rest, "--database", str(server.folder / "league.db"))
    schema = json.loads((ROOT / "schemas" / f"{verb}.json").read_text("utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.data)


def test_an_answer_says_on_what_register_it_rests(server: Server) -> None:
    head, basis = server.live.register.head(), server.get("who/ARM").data["basis"]["register"]
    assert (basis["size"], basis["root"]) == (head.size, head.root.hex())
    assert server.get("who/ARM").headers["Foedus-Head"].startswith(f"size={head.size}, root=:")


def test_an_answer_that_says_the_same_is_not_sent_again(server: Server) -> None:
    tag = server.get("timeline/chairman").headers["ETag"]
    assert server.get("timeline/chairman", If_None_Match=tag).status == 304


def test_head_is_answered_as_get_is_but_without_a_body(server: Server) -> None:
    answer = server.ask("HEAD", "who/ARM")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["Content-Type"] == "application/json"


def test_every_fault_of_a_question_is_told_at_once_with_the_nearest_name(server: Server) -> None:
    answer = server.get("who/chairmn?on=2022-2-1&knwon=2022-01-01&reading=nothing")
    assert answer.status == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = {row["where"]: f"{row['what']} {row['remedy']}" for row in answer.data["problems"]}
    assert "“2022-2-1” is no day" in told["on"]
    assert "“known”" in told["knwon"]
    assert "“chairman”" in told["question"]
    assert "RULE=NAME" in told["reading"]
    assert answer.data["title"] == "Bad Request"


@pytest.mark.parametrize(
    ("address", "status", "where"),
    [
        ("/api/tinny/who/ARM", 404, "path"),
        ("/api/tiny/nothing", 404, "path"),
        ("who/nobody", 404, "question"),
        ("who/ARM?on=2002-02-30", 400, "on"),
        ("who/ARM?on=2002-01-01&on=2002-01-02", 400, "on"),
        ("who/ARM?on=%202002-01-01", 400, "on"),
        ("who/ARM?known=99999@", 404, "known"),
        ("who/ARM?known=6@00000000", 409, "known"),
        ("who/ARM?known=6@0", 400, "known"),
        ("who/ARM?reading=chair=backwards", 422, "reading"),
        ("duties?of=ARMX", 404, "of"),
        ("power?index=banzaf", 400, "index"),
        ("power?sampled=5", 400, "sampled"),
        ("check?on=2002-01-01", 400, "on"),
    ],
)
def test_a_refusal_says_where_and_with_which_status(
    server: Server, address: str, status: int, where: str
) -> None:
    answer = server.get(address)
    assert (answer.status, answer.data["status"]) == (status, status), answer.body
    assert where in [row["where"] for row in answer.data["problems"]], answer.body


def test_a_method_that_does_nothing_is_refused_with_those_that_do(server: Server) -> None:
    answer = server.ask("DELETE", "entries")
    assert (answer.status, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert {*answer.headers["Allow"].split(", ")} == {"GET", "HEAD", "POST"}


def test_ballots_are_put_to_the_rule_as_a_file_of_them_is(server: Server, tmp_path: Any) -> None:
    put = {"organ": "council", "on": "2022-11-23", "ballots": {"ARM": "object", "others": "yes"}}
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps([{**put, "organisation": "csto"}]))
    answer = server.post("/api/csto/decide", put)
    assert answer.status == 200, answer.body
    assert [answer.data] == printed(
        "decide", "--ballots", str(file), "--database", str(server.folder / "league.db")
    )
    assert server.post("/api/csto/decide", [put, put]).data == [answer.data, answer.data]


def test_power_is_reckoned_as_the_verb_does(server: Server) -> None:
    answer = server.get("/api/csto/power?organ=council&on=2022-11-23&index=banzhaf&index=johnston")
    words = ("power", "csto", "council", "--on", "2022-11-23", "--index", "banzhaf", "--index", "johnston")
    told, shown = answer.data, printed(*words)
    assert {**told, "basis": None} == {
        **shown,
        "basis": None,
    }  # one is read from a register, the other from a folder


POWER = "/api/csto/power?organ=council&on=2022-11-23&index=banzhaf"


def test_power_that_takes_long_is_reckoned_for_clients_only(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.web.api.questions.MOST_FOR_ANYBODY", 2)
    answer = server.get(POWER)
    assert answer.status == 401
    assert "more than 2 members" in answer.data["detail"]
    assert server.get(POWER, by="asker").status == 200


def test_power_is_reckoned_for_one_at_a_time(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.web.api import questions  # noqa: PLC0415 - once Django is configured

    monkeypatch.setattr(questions, "PATIENCE", 0.01)
    with questions._RECKONING:
        for by in (None, "asker"):
            answer = server.get(POWER, by=by)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert server.get(POWER).status == 200


@pytest.mark.parametrize(
    ("put", "status", "said"),
    [
        ({"organ": "council"}, 422, "“ballots” is missing"),
        ({"organ": "council", "ballots": {"ARMM": "yes"}}, 422, "ARMM"),
        ({"organ": "council", "ballots": {}, "organisation": "nato"}, 422, "“nato” is asked about"),
        ({"organ": "council", "ballots": {}, "on": "yesterday"}, 422, "“yesterday” is no day"),
        ([], 422, "no question"),
        ("yes", 422, "no question"),
    ],
)
def test_ballots_that_are_none_are_refused(server: Server, put: Any, status: int, said: str) -> None:
    answer = server.post("/api/csto/decide", put)
    assert answer.status == status, answer.body
    assert said in answer.data["detail"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"{", "no"),
        (b"\xff", "UTF-8"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "no number"),
        (b'{"a": "\\ud800"}', "no"),
        (b"[" * 100 + b"]" * 100, "nested"),
        (b" ", "no"),
    ],
)
def test_json_that_does_not_mean_one_thing_is_refused(server: Server, text: bytes, said: str) -> None:
    answer = server.ask("POST", "decide", text=text)
    assert answer.status == 400, answer.body
    assert said in answer.data["detail"]


def test_a_body_of_another_type_is_refused(server: Server) -> None:
    answer = server.ask("POST", "decide", text="x", kind="text/yaml")
    assert answer.status == 415
    assert "text/yaml" in answer.data["detail"]


def test_a_body_that_is_too_long_is_refused(server: Server) -> None:
    assert server.ask("POST", "decide", text=b" " * 2_000_001).status == 413


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_that_does_not_end_is_not_read_to_its_end(server: Server, *, whole: bool) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 100_000
            yield b" " * 100_000

    with listening(server.app) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        headers = {"Content-Type": "application/json"} | ({"Content-Length": "100000000"} if whole else {})
        with suppress(OSError):  # the server closes while we still write
            connection.request("POST", "/api/tiny/decide", pieces(), headers, encode_chunked=not whole)
        assert sent < 100_000_000
        with suppress(OSError):
            assert connection.getresponse().status == 413


def test_a_fault_of_ours_is_told_without_its_cause(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a secret of the house")

    monkeypatch.setattr("foedus.web.api.questions.duties_.owed", fails)
    answer = server.get("duties")
    assert answer.status == 500
    assert b"secret" not in answer.body
    assert b"Traceback" not in answer.body
