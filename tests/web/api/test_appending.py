"""Appending over HTTP: on whose behalf, on what condition, once; and reading back what was appended."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from foedus.register.envelope import read as envelope_of
from foedus.register.envelope import written
from foedus.register.log.tree import leaf_hash
from foedus.web.gate import Gate
from tests.web.api.conftest import Server, act, acts


def test_acts_are_put_on_record_and_their_place_is_told(server: Server) -> None:
    size = server.size
    answer = server.post("entries", acts("told", "retold"), by="scribe")
    assert answer.status == 201, answer.body
    assert answer.headers["Location"] == f"/api/tiny/entries/{size}"
    head = server.live.register.head()
    expected = {"first": size, "count": 2, "size": size + 2, "root": head.root.hex(), "again": False}
    assert answer.data == expected
    entry = server.get(answer.headers["Location"]).data["entry"]
    assert entry["act"]["id"] == "told"
    assert server.live.now().record.by_id["told"].recorded_by == "the desk"


def test_an_act_is_recorded_today_by_whom_the_client_records_as(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gate, "today", lambda _: date(2026, 1, 2))
    server.post("entries", acts("told"), by="writer")
    found = server.live.now().record.by_id["told"]
    assert (str(found.recorded), found.recorded_by) == ("2026-01-02", "the other desk")


@pytest.mark.parametrize(
    ("more", "said"), [({"recorded": "2001-01-01"}, "recorded"), ({"recorded by": "Belarus"}, "recorded by")]
)
def test_nobody_backdates_what_was_known_or_records_as_another(
    server: Server, more: dict[str, Any], said: str
) -> None:
    size = server.size
    for body in (acts("told", **more), {**acts("told"), **more}):
        answer = server.post("entries", body, by="scribe")
        assert answer.status == 422
        assert f"“{said}”" in answer.data["detail"]
    assert server.size == size


def test_the_head_of_a_file_holds_for_its_acts(server: Server) -> None:
    body = {"evidence": [{"source": "page"}], "entries": [{**act("told")}]}
    del body["entries"][0]["evidence"]
    assert server.post("entries", body, by="scribe").status == 201


def test_every_fault_of_every_act_is_told_and_nothing_is_appended(server: Server) -> None:
    size = server.size
    wrong = {
        "entries": [
            act("told", by={"state": "ARMX"}),
            act("arm"),
            act("fine"),
            act("late", corrects="nothng"),
        ]
    }
    answer = server.post("entries", wrong, by="scribe")
    assert answer.status == 422
    places = {where for where, _ in answer.what}
    assert any("1" in where for where in places)
    assert any("2" in where for where in places)
    assert any("4" in where for where in places)
    assert server.size == size


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"entries": {}},
        {"entries": []},
        {"entries": ["told"]},
        {"entries": [act("told")], "entrys": []},
    ],
)
def test_what_is_no_file_of_a_record_is_refused(server: Server, body: Any) -> None:
    assert server.post("entries", body, by="scribe").status == 400


@pytest.mark.parametrize("file", ["charter.md", "record/../x.yaml", "/etc/passwd", "record/a/b.yaml", 5])
def test_acts_are_added_to_a_file_of_the_record_and_to_none_else(server: Server, file: Any) -> None:
    answer = server.post("entries", acts("told") | {"file": file}, by="scribe")
    assert (answer.status, answer.what[0][0]) == (400, "file")


def test_acts_are_held_by_the_file_that_is_named(server: Server) -> None:
    first = server.post("entries", acts("told") | {"file": "record/news.yaml"}, by="scribe").data["first"]
    assert server.get(f"entries/{first}").data["entry"]["file"] == "record/news.yaml"


def test_more_than_an_entry_may_hold_is_refused(server: Server) -> None:
    answer = server.post("entries", acts("told", note="x" * 70_000), by="scribe")
    assert answer.status == 422
    assert "65,535" in answer.data["detail"]


def test_more_acts_than_are_taken_at_once_are_refused(server: Server) -> None:
    answer = server.post("entries", {"entries": [{}] * 1_001}, by="scribe")
    assert (answer.status, answer.what[0][0]) == (400, "entries")


# -- conditions


def test_who_wrote_against_an_older_head_is_told_that_others_came_first(server: Server) -> None:
    tag = server.get("head").headers["ETag"]
    assert server.post("entries", acts("one"), by="scribe", If_Match=tag).status == 201
    answer = server.post("entries", acts("two"), by="writer", If_Match=tag)
    assert (answer.status, answer.what[0][0]) == (412, "If-Match")
    assert "1 entry came in between" in answer.data["detail"]
    tag = server.get("head").headers["ETag"]
    assert server.post("entries", acts("two"), by="writer", If_Match=tag).status == 201


def test_a_tag_of_no_head_is_refused(server: Server) -> None:
    assert server.post("entries", acts("one"), by="scribe", If_Match="5").status == 400
    assert server.post("entries", acts("one"), by="scribe", If_Match='"x"').status == 400
    assert server.post("entries", acts("one"), by="scribe", If_Match="*").status == 201


def test_an_append_that_is_tried_again_is_done_once_and_answered_with_the_first_result(
    server: Server,
) -> None:
    first = server.post("entries", acts("one"), by="scribe", Idempotency_Key="k1")
    server.post("entries", acts("two"), by="scribe")
    size = server.size
    again = server.post("entries", acts("one"), by="scribe", Idempotency_Key='"k1"')
    assert again.status == 200
    assert again.data == first.data | {"again": True}
    assert again.headers["Location"] == first.headers["Location"]
    assert server.size == size


def test_an_append_tried_again_on_another_day_is_the_same(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gate, "today", lambda _: date(2026, 1, 2))
    first = server.post("entries", acts("one"), by="scribe", Idempotency_Key="k1")
    monkeypatch.setattr(Gate, "today", lambda _: date(2026, 1, 3))
    assert (
        server.post("entries", acts("one"), by="scribe", Idempotency_Key="k1").data["first"]
        == first.data["first"]
    )


def test_a_key_that_was_used_for_other_acts_is_refused(server: Server) -> None:
    server.post("entries", acts("one"), by="scribe", Idempotency_Key="k1")
    answer = server.post("entries", acts("two"), by="scribe", Idempotency_Key="k1")
    assert (answer.status, answer.what[0][0]) == (422, "Idempotency-Key")
    assert "“k1”" in answer.data["detail"]


def test_two_clients_may_use_the_same_key(server: Server) -> None:
    assert server.post("entries", acts("one"), by="scribe", Idempotency_Key="k").status == 201
    assert server.post("entries", acts("two"), by="writer", Idempotency_Key="k").status == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 121, "ключ"])
def test_a_key_that_is_none_is_refused(server: Server, key: str) -> None:
    answer = server.post("entries", acts("one"), by="scribe", Idempotency_Key=key)
    assert (answer.status, answer.what[0][0]) == (400, "Idempotency-Key")


def test_of_many_who_write_at_once_against_one_head_one_is_first(server: Server) -> None:
    tag, statuses = server.get("head").headers["ETag"], list[int]()

    def write(number: int) -> None:
        statuses.append(server.post("entries", acts(f"a{number}"), by="scribe", If_Match=tag).status)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201] + [412] * 5


# -- reading


def test_entries_are_read_in_order_and_whence_to_go_on_is_told(server: Server) -> None:
    size, found, at = server.size, list[dict[str, Any]](), 0
    while True:
        page = server.get(f"entries?first={at}&limit=3").data
        found += page["entries"]
        assert page["size"] == size
        if page["next"] is None:
            break
        at = page["next"]
    assert [row["index"] for row in found] == list(range(size))


def test_the_hash_of_an_entry_is_that_of_its_canonical_form(server: Server) -> None:
    for row, data in zip(server.get("entries").data["entries"], server.live.register.read(), strict=True):
        assert written(envelope_of(data)) == data
        assert row["hash"] == leaf_hash(data).hex()


def test_beyond_the_end_there_are_no_entries(server: Server) -> None:
    page = server.get(f"entries?first={server.size}").data
    assert (page["entries"], page["next"]) == ([], None)
    assert server.get(f"entries/{server.size}").status == 404
    assert server.get("entries/01").status == 404
    assert server.get("entries/-1").status == 404


def test_a_text_is_read_by_its_hash(server: Server) -> None:
    texts = [row["entry"] for row in server.get("entries").data["entries"] if row["entry"]["holds"] == "text"]
    charter = next(text for text in texts if text["file"] == "charter.md")
    answer = server.get(f"attachments/{charter['sha256']}")
    assert answer.body.decode() == (server.folder / "league" / "charter.md").read_text("utf-8")
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(("name", "status"), [("0" * 64, 404), ("nothing", 404), ("A" * 64, 404)])
def test_a_hash_of_nothing_is_not_found(server: Server, name: str, status: int) -> None:
    assert server.get(f"attachments/{name}").status == status


def test_an_answer_after_an_append_rests_on_it(server: Server) -> None:
    body = {"entries": [{"id": "blr", "kind": "membership", "party": "BLR", "of": "organisation", "from": "2003-01-01",
                         "evidence": [{"source": "page"}]}]}  # fmt: skip
    assert server.get("who/BLR?on=2004-01-01").data["status"] != "certain"
    assert server.post("entries", body, by="scribe").status == 201
    assert server.get("who/BLR?on=2004-01-01").data["status"] == "certain"
