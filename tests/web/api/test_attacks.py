"""What somebody could do to the server with few requests, or the host to the register under it: each is refused, or told."""

from __future__ import annotations

import contextlib
import gc
import logging
import resource
import socket
import threading
import time
from typing import Any

import pytest

from foedus.accounts.ballots import meant
from foedus.decisions.electorate import Voter
from foedus.decisions.given import Given
from foedus.problems import MOST_TOLD, BadInput, nearest
from foedus.secretariat import Organisation
from foedus.web.punctual import open_as_many_as_may_be
from tests.web.api.conftest import Server, acts
from tests.web.conftest import listening

HEAD = b"POST /api/tiny/decide HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def test_a_register_whose_file_is_gone_takes_nothing_and_goes_on_when_it_is_back(server: Server) -> None:
    """SQLite would go on with the file that it opened, wherever that is: an append would be acknowledged, and lost."""
    file, elsewhere = server.folder / "league.db", server.folder / "elsewhere.db"
    file.rename(elsewhere)
    assert server.post("entries", acts("lost"), by="scribe").status == 503
    assert server.get("head").status == 503
    elsewhere.rename(file)
    assert server.post("entries", acts("kept"), by="scribe").status == 201


def test_a_register_that_another_file_took_the_place_of_takes_nothing(server: Server) -> None:
    file = server.folder / "league.db"
    older = file.read_bytes()
    file.unlink()
    file.write_bytes(older)
    assert server.post("entries", acts("lost"), by="scribe").status == 503


@pytest.mark.parametrize("path", ["/api/tiny/head", "/tiny/"])
def test_where_the_register_is_kept_is_not_told_to_whoever_asks_while_it_does_not_answer(
    server: Server, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    (server.folder / "league.db").rename(server.folder / "elsewhere.db")
    answer = server.get(path)
    assert answer.status == 503
    assert b"league.db" not in answer.body
    assert "league.db" in caplog.text


def test_a_register_that_does_not_hold_is_told_as_that_and_not_as_our_fault(server: Server) -> None:
    server.live.register._rows("UPDATE heads SET size = size - 1", ())  # type: ignore[attr-defined]
    for path in ("head", "check", "entries", "events"):
        answer = server.get(path)
        assert (path, answer.status) == (path, 409)
        assert "is damaged" in answer.data["detail"]


def test_who_holds_the_tag_of_a_head_is_told_of_a_signature_that_came_since(server: Server) -> None:
    before = server.get("head")
    assert before.data["signed"] is None
    server.sign()
    after = server.get("head", If_None_Match=before.headers["ETag"])
    assert after.status == 200
    assert after.data["signed"] == {"size": before.data["size"], "root": before.data["root"]}


def test_who_asks_what_was_known_keeps_nobody_from_appending(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To read a register as of an earlier point takes long, and anybody may ask for as many as there are."""
    begun, go_on = threading.Event(), threading.Event()

    def read_slowly(*_: Any) -> Organisation:
        begun.set()
        assert go_on.wait(20)
        return server.live._now

    monkeypatch.setattr("foedus.secretariat.live.from_register", read_slowly)
    asks = threading.Thread(target=server.get, args=("check?known=3@",))
    appends = threading.Thread(target=server.post, args=("entries", acts("now")), kwargs={"by": "scribe"})
    size = server.size
    asks.start()
    assert begun.wait(10)
    appends.start()
    appends.join(10)
    came = server.size - size
    go_on.set()
    asks.join()
    appends.join()
    assert came == 1


@pytest.mark.parametrize("path", ["/api/", "/api/openapi.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "CONNECT", "OPTIONS"])
def test_what_is_only_read_takes_no_other_method(server: Server, method: str, path: str) -> None:
    answer = server.ask(method, path)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8::1", "2001:db8::2"), ("::ffff:192.0.2.1", "192.0.2.1"), ("x" * 60_000, "y")],
    ids=["in one network", "IPv4 written as IPv6", "what is no address"],
)
def test_who_is_counted_as_one(server: Server, one: str, other: str) -> None:
    assert _name(server, one) == _name(server, other)


def test_those_who_write_ipv4_as_ipv6_are_counted_apart(server: Server) -> None:
    assert _name(server, "::ffff:192.0.2.1") != _name(server, "::ffff:198.51.100.1")


def test_the_streams_of_one_address_leave_room_for_others(server: Server) -> None:
    from django.http import StreamingHttpResponse  # noqa: PLC0415 - once Django is configured

    from foedus.web.api import events  # noqa: PLC0415
    from foedus.web.api.refusals import Refused  # noqa: PLC0415
    from foedus.web.api.visitors import ANYBODY_A_MINUTE  # noqa: PLC0415

    one, other = _visitor(server, "192.0.2.1"), _visitor(server, "198.51.100.1")
    streams = [StreamingHttpResponse() for _ in range(ANYBODY_A_MINUTE + 1)]
    for stream in streams[:-1]:
        events._counted(one, stream)
    with pytest.raises(Refused, match="Too many streams"):
        events._counted(one, streams[-1])
    events._counted(other, streams[-1])
    del stream, streams
    gc.collect()
    assert not events._OPEN


def test_of_very_many_faults_of_ballots_only_so_many_are_told(server: Server) -> None:
    """Else a body of 2 MB, which anybody may send, made an answer of 25, and five seconds of work."""
    ballots = {f"S{number}": "yes" for number in range(20_000)}
    with pytest.raises(BadInput) as refused:
        meant(ballots, Given(waived=tuple(ballots)), (Voter("ARM"),), silent=False)
    assert len(refused.value.problems) == MOST_TOLD + 1
    many = server.post("decide", [{"organ": "nowhere", "ballots": {}}] * 1_000)
    assert len(many.data["problems"]) == MOST_TOLD + 1


def test_of_very_many_faults_of_a_file_only_so_many_are_told(server: Server) -> None:
    many = server.post(
        "entries", {"entries": [1] * 50_000, **{f"k{at}": 1 for at in range(50_000)}}, by="scribe"
    )
    assert many.status == 400
    assert len(many.data["problems"]) == MOST_TOLD + 1


def test_a_name_longer_than_any_is_compared_with_none() -> None:
    """To find the nearest to a name of 2 MB took more than a second, for anybody who asked."""
    assert nearest("chairmann", ["chairman"]) == "chairman"
    assert nearest("chairman" * 100, ["chairman"]) is None


@pytest.mark.parametrize(
    "said",
    [b"", b"GET / HT", HEAD + b"Content-Length: 9\r\n\r\n{", HEAD + b"Content-Length: 2\r\n\r\n{}POST /"],
    ids=["nothing", "half of what it asks", "half of a body", "half of what it asks next"],
)
def test_who_connects_and_does_not_ask_is_let_go(
    server: Server, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    """As many connections as the server may open files, on which nobody said anything, kept everybody out for good."""
    monkeypatch.setattr("foedus.web.punctual.EACH", 0.05)
    with listening(server.app) as where, socket.create_connection(("127.0.0.1", _port(where)), 20) as silent:
        silent.sendall(said)
        with contextlib.suppress(ConnectionResetError):
            while silent.recv(65_536):
                pass


def test_a_server_opens_as_many_files_as_it_is_let() -> None:
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
    try:
        open_as_many_as_may_be()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))


def test_who_has_asked_and_listens_is_not_let_go(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.web.punctual.EACH", 0.05)
    with listening(server.app) as where, socket.create_connection(("127.0.0.1", _port(where)), 20) as open_:
        open_.sendall(b"GET /api/tiny/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.5)  # ten looks
        said = open_.recv(65_536)
        server.post("entries", acts("news"), by="scribe")
        while b"event: entry" not in said:
            part = open_.recv(65_536)
            assert part
            said += part


def test_no_log_is_filled_by_requests_for_hosts_that_are_not_served(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert server.get("head", Host="elsewhere.example").status == 400
    assert not caplog.records


def test_what_is_logged_of_an_address_is_one_line(
    server: Server, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("foedus.web.views.office_page", fails)
    assert server.get("/tiny/office/x%0Aall is well/").status == 500
    (record,) = (each for each in caplog.records if each.name == "foedus.web")
    assert "\n" not in record.getMessage()


def _visitor(server: Server, address: str) -> Any:
    from django.test import RequestFactory  # noqa: PLC0415 - once Django is configured

    from foedus.web.api.visitors import known  # noqa: PLC0415

    server.gate.limits._buckets.clear()
    return known(RequestFactory().get("/", REMOTE_ADDR=address))


def _port(where: str) -> int:
    return int(where.rpartition(":")[2])


def _name(server: Server, address: str) -> str:
    return str(_visitor(server, address).name)
