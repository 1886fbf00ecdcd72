"""What was said and done by topic, in order of time, linked across sessions; on a folder with a topic of its own."""

from __future__ import annotations

import pytest

from foedus.accounts.topics import Said, statements
from foedus.engine.answers import Questions
from foedus.problems import NotFound
from tests.folders import EVIDENCE, about, acts, loaded

TOPICS = about("topics: {border: the border, money: the budget}")
ON_BORDER = f"topics: [border], {EVIDENCE}"
BORDER = acts(
    f"id: second, kind: session, organ: council, type: informal, on: 2003-05-01, host: ARM, city: Ani, {EVIDENCE}",
    f"id: once-more, kind: statement, session: second, by: {{state: ARM, person: Anahit}}, says: raised it again, {ON_BORDER}",
    f"id: raised, kind: statement, session: first, by: {{state: ARM}}, says: raised it, {ON_BORDER}",
    f"id: other, kind: statement, session: first, by: {{person: Boris}}, says: took note, topics: [border, money], {EVIDENCE}",
    f"id: undated, kind: statement, by: {{state: ARM}}, says: will raise it, {ON_BORDER}",
    f"id: maybe, kind: statement, between: 2001-06-01/2002-06-01, by: {{state: ARM}}, says: raised it once, {ON_BORDER}",
    f"id: items, kind: discussion, session: second, items: [the border], {ON_BORDER}",
    f"id: pact, kind: decision, session: second, what: a pact, outcome: adopted, {ON_BORDER}",
    f"id: plea, kind: request, on: 2004-01-01, by: {{state: ARM}}, asks: guards, addressees: [{{org: TL}}], {ON_BORDER}",
    f"id: reply, kind: response, on: 2004-02-01, to: plea, by: {{org: TL}}, how: offer, what: talks, {ON_BORDER}",
    f"id: task, kind: mandate, on: 2004-03-01, to: {{org: Staff}}, by: {{org: TL}}, task: look at it, {ON_BORDER}",
    "id: hush, kind: silence, of: once-more, says: the rest of it, topics: [border], evidence: [{source: page, mode: silent}]",
    "id: heard, kind: statement, on: 2005-01-01, by: {person: Boris}, says: it is quiet, evidence: [{source: page, mode: hedged}]",
    f"id: of-second, kind: statement, on: 2005-02-01, by: {{org: Staff}}, says: it went well, about: [second], {EVIDENCE}",
)


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    return loaded(tmp_path_factory.mktemp("border"), {**BORDER, **TOPICS}).questions()


def told(found: Said) -> list[str]:
    return [item.id for item in found.items]


def test_a_topic_gathers_every_act_on_it_in_order_of_time_and_the_undated_last(league: Questions) -> None:
    found = told(statements(league, topic="border"))
    assert found == [
        "raised", "other", "maybe", "once-more", "items", "pact", "plea", "reply", "task", "undated",
    ]  # fmt: skip


def test_without_a_topic_there_are_statements_alone(league: Questions) -> None:
    assert told(statements(league)) == [
        "raised", "other", "maybe", "once-more", "heard", "of-second", "said", "undated",
    ]  # fmt: skip


def test_a_statement_is_linked_to_what_the_same_state_said_before_and_to_what_others_did(
    league: Questions,
) -> None:
    items = {item.id: item for item in statements(league, topic="border").items}
    same = [earlier.id for earlier in items["once-more"].earlier if earlier.same]
    others = [earlier.id for earlier in items["once-more"].earlier if not earlier.same]
    assert (same, others) == (["raised", "maybe"], ["other"])


def test_only_what_surely_came_before_is_earlier(league: Questions) -> None:
    items = {item.id: item for item in statements(league, topic="border").items}
    assert items["raised"].earlier == ()  # `maybe` was said before it or after it
    assert items["undated"].earlier == ()
    assert "undated" not in [earlier.id for earlier in items["task"].earlier]


def test_an_earlier_item_names_its_session_and_its_day(league: Questions) -> None:
    items = {item.id: item for item in statements(league, topic="border").items}
    (raised,) = [earlier for earlier in items["once-more"].earlier if earlier.id == "raised"]
    assert raised.to_json() == {"id": "raised", "when": "2002-01-01", "session": "first", "by the same": True}


def test_a_silence_is_shown_with_what_it_is_of_and_not_by_itself(league: Questions) -> None:
    items = {item.id: item for item in statements(league, topic="border").items}
    assert [silence.id for silence in items["once-more"].silences] == ["hush"]
    assert "hush" not in items


def test_the_topics_are_listed_with_how_much_bears_on_them_and_from_when_to_when(league: Questions) -> None:
    border, money = (topic.to_json() for topic in statements(league).topics)
    assert (border["title"], border["items"], border["statements"]) == ("the border", 10, 5)
    assert (border["first"], border["last"]) == ({"between": "2001-06-01/2002-06-01"}, "2004-03-01")
    assert (money["items"], money["first"], money["last"]) == (1, "2002-01-01", "2002-01-01")


@pytest.mark.parametrize("by", ["ARM", "arm", "Armenia"])
def test_a_state_may_be_asked_for_by_code_or_name(league: Questions, by: str) -> None:
    found = statements(league, by=by)
    assert found.by == "ARM"
    assert told(found) == ["raised", "maybe", "once-more", "said", "undated"]


def test_a_person_and_a_body_may_be_asked_for_by_name(league: Questions) -> None:
    assert told(statements(league, by="boris")) == ["other", "heard"]
    assert told(statements(league, by="Staff")) == ["of-second"]
    assert told(statements(league, topic="border", by="TL")) == ["reply", "task"]


def test_a_state_that_said_nothing_has_no_statement(league: Questions) -> None:
    assert told(statements(league, by="France")) == []


def test_a_session_has_what_was_said_at_it_and_about_it(league: Questions) -> None:
    found = statements(league, session="2003-05-01")
    assert found.session == "second"
    assert told(found) == ["once-more", "of-second"]
    assert told(statements(league, topic="border", session="second")) == ["once-more", "items", "pact"]


def test_how_a_statement_is_told_is_said_in_words(league: Questions) -> None:
    manners = {item.id: item.manner for item in statements(league).items}
    assert (manners["heard"], manners["raised"]) == ("reportedly", "as the page states it")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({"topic": "bordr"}, "Did you mean “border”?"),
        ({"by": "Staf"}, "Did you mean “Staff”?"),
        ({"by": "Armena"}, "Did you mean “Armenia”?"),
        ({"session": "secnd"}, "Did you mean “second”?"),
    ],
)
def test_a_name_that_is_nowhere_is_refused_with_the_nearest(
    league: Questions, asked: dict[str, str], meant: str
) -> None:
    with pytest.raises(NotFound, match=meant.replace("?", r"\?")):
        statements(league, **asked)


def test_a_record_without_topics_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = loaded(tmp_path_factory.mktemp("plain"), {}).questions()
    with pytest.raises(NotFound, match="lists no topic"):
        statements(plain, topic="border")
