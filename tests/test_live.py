"""An organisation on a register that goes on: what is appended is read first, and what others append is taken in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.problems import Altered, BadInput, Conflict, NotFound
from foedus.record.acts import AnyAct
from foedus.record.canonical import plain
from foedus.record.seen import named
from foedus.register.folders import of_text, together
from foedus.register.mark import Mark, read_mark
from foedus.register.memory import MemoryRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Appended, Receipt
from foedus.secretariat import HEAD, SOURCES, Live, News, Organisation, bring_folder, from_register, load
from foedus.secretariat.folder import Files, folder_of
from tests.folders import folder

DAY = date(2022, 5, 1)
PAGE = [{"source": "page"}]
SAID: dict[str, Any] = {
    "id": "told",
    "kind": "statement",
    "by": {"state": "ARM"},
    "says": "more",
    "evidence": PAGE,
}


def news(*acts: dict[str, Any], by: str = "the desk", **rest: Any) -> News:
    return News(acts, DAY, by, **rest)


@pytest.fixture
def live(tmp_path: Path) -> Live:
    register = MemoryRegister("league")
    bring_folder(folder(tmp_path), register)
    return Live(register)


def test_what_is_appended_is_known_at_once(live: Live) -> None:
    size = live.register.head().size
    done = live.append(news(SAID))
    assert (done.first, done.head.size) == (size, size + 1)
    said = live.now().record.by_id["told"]
    assert (str(said.recorded), said.recorded_by) == ("2022-05-01", "the desk")


def test_what_is_read_on_is_what_a_new_reading_gives(live: Live) -> None:
    live.append(news(SAID))
    live.append(news({**SAID, "id": "earlier"}, file="record/acts.yaml"))
    anew = from_register(live.register)
    assert live.now().record.entries == anew.record.entries
    assert live.now().record.kept == anew.record.kept


def test_what_another_process_appends_is_taken_in(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with SqliteRegister(path) as one, SqliteRegister(path) as other:
        bring_folder(folder(tmp_path / "f"), one)
        here, there = Live(one), Live(other)
        there.append(news(SAID))
        assert "told" in here.now().record.by_id
        here.append(news({**SAID, "id": "again"}))
        assert "again" in there.now().record.by_id


def test_all_that_is_wrong_is_told_and_nothing_appended(live: Live) -> None:
    head = live.register.head()
    with pytest.raises(BadInput) as refused:
        live.append(
            news({**SAID, "evidence": [{"source": "pag"}]}, {**SAID, "id": "other", "by": {"state": "XXX"}})
        )
    assert [problem.file for problem in refused.value.problems] == ["act 1", "act 2"]
    assert "“page”" in str(refused.value)
    assert live.register.head() == head


def test_an_id_that_is_taken_is_refused(live: Live) -> None:
    live.append(news(SAID))
    with pytest.raises(BadInput, match="The id “told” is taken"):
        live.append(news(SAID))


@pytest.mark.parametrize(("key", "value"), [("recorded", "2022-04-30"), ("recorded by", "somebody else")])
def test_nobody_records_on_another_day_or_for_another(live: Live, key: str, value: str) -> None:
    with pytest.raises(BadInput, match=f"“{key}” is “{value}”"):
        live.append(news({**SAID, key: value}))


def test_an_append_tried_again_is_not_done_again_even_on_another_day(live: Live) -> None:
    first = live.append(news(SAID), key="once")
    again = live.append(News((SAID,), date(2022, 5, 2), "the desk"), key="once")
    assert (again.first, again.head, again.again) == (first.first, first.head, True)


@pytest.mark.parametrize("expects", [True, False], ids=["with the size it expects", "without"])
def test_an_append_tried_again_through_another_server_at_the_same_time_is_answered_with_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, expects: bool
) -> None:
    """The other server is done just after this one has looked whether there is a receipt."""
    register, other = SqliteRegister(tmp_path / "r.db", "league"), SqliteRegister(tmp_path / "r.db", "league")
    bring_folder(folder(tmp_path), register)
    here, there = Live(register), Live(other)
    size = register.head().size if expects else None
    ask = register.receipt
    done: list[Appended] = []

    def receipt(key: str) -> Receipt | None:
        found = ask(key)
        if not done:
            done.append(there.append(news(SAID), key="k", expected_size=size))
        return found

    monkeypatch.setattr(register, "receipt", receipt)
    again = here.append(news(SAID), key="k", expected_size=size)
    assert (again.again, again.first, again.head) == (True, done[0].first, done[0].head)
    here.close()
    there.close()


def test_a_key_is_of_one_append(live: Live) -> None:
    live.append(news(SAID), key="once")
    with pytest.raises(Conflict, match="“once” was used"):
        live.append(news({**SAID, "id": "other"}), key="once")


def test_who_expects_another_size_is_told(live: Live) -> None:
    size = live.register.head().size
    live.append(news(SAID), expected_size=size)
    with pytest.raises(Conflict, match="1 entry came in between"):
        live.append(news({**SAID, "id": "other"}), expected_size=size)


def test_a_text_can_be_replaced_with_what_rests_on_it(live: Live) -> None:
    sources = "page:\n  title: A page\n  kind: official-website\nnew:\n  title: A new page\n  kind: agency\n"
    live.append(news({**SAID, "evidence": [{"source": "new"}]}, texts={"sources.yaml": sources}))
    assert live.now().record.strength("told") == "agency"
    with pytest.raises(BadInput, match=r"sources\.yaml"):
        live.append(news(texts={"sources.yaml": "page: {title: x}"}))


def test_nothing_is_nothing_to_put_on_record(live: Live) -> None:
    with pytest.raises(BadInput, match="nothing to put on record"):
        live.append(news())


def test_an_earlier_point_is_as_it_was(live: Live) -> None:
    head = live.register.head()
    live.append(news(SAID))
    then = live.as_of(Mark(head.size, head.root.hex()))
    assert "told" not in then.record.by_id
    assert then.record.kept is not None
    assert then.record.kept.root == head.root.hex()


def test_an_earlier_point_that_never_was_is_refused(live: Live) -> None:
    size = live.register.head().size
    with pytest.raises(Altered, match="has another root"):
        live.as_of(Mark(size, "00" * 32))
    with pytest.raises(NotFound, match=f"holds {size} entries"):
        live.as_of(Mark(size + 1))


def test_a_register_that_was_set_back_is_not_served(tmp_path: Path) -> None:
    register = MemoryRegister("league")
    bring_folder(folder(tmp_path), register)
    shorter = MemoryRegister("league")
    for entry in list(register.read())[:-1]:
        shorter.append([entry])
    live = Live(register)
    live.register = shorter
    with pytest.raises(Altered, match="set back or rewritten"):
        live.now()


@pytest.mark.parametrize("text", ["378", "x@", "01@", "-1@", "378@xyz", "378@" + "0" * 65, "378@ABCDEF01"])
def test_what_is_no_mark_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadInput, match="is no checkpoint"):
        read_mark(text)


def test_a_root_may_be_cut_short_but_not_too_short() -> None:
    assert read_mark("378@5c1f09ab") == Mark(378, "5c1f09ab")
    assert read_mark(" 378@ ") == Mark(378)
    with pytest.raises(BadInput, match="too short"):
        read_mark("378@5c1f")


CLASSIFIED = {**SAID, "id": "hidden", "classification": "restricted"}


def test_a_classified_act_is_seen_by_those_who_are_cleared(live: Live) -> None:
    live.append(news(CLASSIFIED))
    assert "hidden" not in live.now().record.by_id
    assert live.now().record.withheld == 1
    assert "hidden" in live.now("restricted").record.by_id
    assert "hidden" in live.now("secret").record.by_id


def test_a_classified_act_is_under_seal_in_the_register(live: Live) -> None:
    done = live.append(news(CLASSIFIED))
    (entry,) = live.register.read(done.first, done.first + 1)
    assert b"hidden" not in entry
    assert b'"classification":"restricted"' in entry


def test_a_classified_append_tried_again_is_not_done_again(live: Live) -> None:
    first = live.append(news(CLASSIFIED), key="once")
    assert live.append(news(CLASSIFIED), key="once").first == first.first


def test_an_earlier_point_is_shown_to_each_as_cleared(live: Live) -> None:
    live.append(news(CLASSIFIED))
    mark = Mark(live.register.head().size)
    live.append(news(SAID))
    assert "hidden" not in live.as_of(mark).record.by_id
    assert "hidden" in live.as_of(mark, "confidential").record.by_id


def test_who_is_cleared_sees_what_comes_in_later_too(live: Live) -> None:
    assert "told" not in live.now("secret").record.by_id
    live.append(news(CLASSIFIED))
    live.append(news(SAID))
    assert {"hidden", "told"} <= set(live.now("secret").record.by_id)
    assert "told" in live.now().record.by_id


def in_order_of_need(organisation: Organisation) -> Iterator[AnyAct]:
    """The acts of an organisation, each after those that it names."""
    left = {entry.id: entry for entry in organisation.record.entries}
    while left:
        ready = [entry for entry in left.values() if not left.keys() & set(named(entry)) - {entry.id}]
        assert ready, f"these name each other: {sorted(left)}"
        yield from ready
        for entry in ready:
            del left[entry.id]


def every_answer(organisation: Organisation) -> dict[str, Any]:
    questions = organisation.questions()
    standing = questions.standing
    names = (*standing.offices(), *standing.organs(), *standing.memberships())
    return {name: questions.timeline(name).to_json()["segments"] for name in names}


def test_a_whole_record_put_in_act_by_act_and_asked_meanwhile_answers_as_one_read_at_once() -> None:
    csto, files = load("csto"), Files(folder_of("csto"))
    register = MemoryRegister("csto")
    texts = files.texts([HEAD, SOURCES, *csto.record.about.instruments])
    register.submit(together([of_text(name, text) for name, text in texts]))
    live = Live(register)
    for number, entry in enumerate(in_order_of_need(csto)):
        act = json.loads(json.dumps(plain(entry)))
        file = csto.record.places[entry.id].file
        live.append(News([act], entry.recorded.latest, entry.recorded_by, file=file))
        if number % 40 == 0:
            every_answer(live.now())
    anew = from_register(register)
    assert live.now().record.entries == anew.record.entries
    assert every_answer(live.now()) == every_answer(anew)


@pytest.mark.parametrize("classification", [{}, {"classification": "secret"}])
def test_an_act_too_long_for_an_entry_is_named(live: Live, classification: dict[str, str]) -> None:
    long = {**SAID, **classification, "says": "more " * 20_000}
    with pytest.raises(BadInput, match=r"“told” is .* bytes long as an entry, which holds at most 65,535"):
        live.append(news(long))
