"""Each reading on a made-up league: where it says who, and where it nearly does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foedus.accounts.rivals import rules_read
from foedus.secretariat import Organisation
from tests.folders import ABOUT, ACTS, CHARTER, ENTRIES, ENVELOPE, FILES, HEAD, loaded

READINGS = """\
in force: {from: c1}
basis: seen
readings:
  - {name: closing, held by: [{practice: true}], basis: practice, holder: {role: head-of-state, of: next host}}
  - {name: in-turn, held by: [{practice: true}], basis: practice, holder: {rotation: {among: council, order: name, language: en}, role: head-of-state}}
```

```rule
id: decides
kind: decision
organs: [council]
matters: all but procedure
by: consensus
in force: {from: c1}
basis: seen
readings:
  - {name: quorum, held by: [{state: ARM}], basis: reported, absence: ends-quorum}
  - {name: joining, held by: [{state: ARM}], basis: reported, absence: later-adhesion}
  - {name: limited, held by: [{state: ARM}], basis: reported, absence: limited-format}
```
"""
ALL_HELD = "coverage:\n" + "".join(
    f"  - {{kind: {kind}, grade: complete}}\n"
    for kind in ("membership", "session", "designation", "national-office")
)
SEEN = "evidence: [{source: page}]"
MEMBERS = "".join(
    f"  - {{id: {state}, kind: membership, party: {state}, of: organisation, from: 2001-01-01, {SEEN}}}\n"
    f"  - {{id: {state}/head, kind: national-office, state: {state}, role: head-of-state, person: P{state}, title: president, "
    f"from: 2000-01-01, {SEEN}}}\n"
    for state in ("BLR", "KAZ")
)  # beside Armenia, whose session of 2002 is the first
League = Callable[..., Organisation]


@pytest.fixture
def league(tmp_path: Path) -> League:
    def made(*acts: str, members: str = MEMBERS) -> Organisation:
        charter = FILES[CHARTER].replace("in force: {from: c1}\nbasis: seen\n```\n", READINGS, 1)
        assert charter != FILES[CHARTER]
        entries = "".join(f"  - {{{act}, {SEEN}}}\n" for act in acts)
        text = ENVELOPE + ENTRIES + members + entries
        return loaded(tmp_path, {HEAD: ABOUT + ALL_HELD, CHARTER: charter, ACTS: text})

    return made


def session(day: str, host: str, kind: str = "regular") -> str:
    return f"id: s{day}, kind: session, organ: council, type: {kind}, on: {day}, host: {host}"


def handed(day: str, to: str, more: str = "") -> str:
    opened = "first" if day == "2002-01-01" else f"s{day}"
    return (
        f"id: d{day}, kind: designation, office: chairman, opened by: {opened}, to: {to}, effective: {day}, "
        f"authority: decided{more}"
    )


def chair(organisation: Organisation, reading: str, day: str) -> tuple[str, list[str]]:
    (row,) = organisation.read_as({"chair": reading}).who("chairman", day).rows
    return row.status, sorted(p.holder.state or "" if p.holder else "" for p in row.segment.possible)


# -- the next host


def test_the_host_of_the_session_that_closes_the_term_holds_it(league: League) -> None:
    org = league(session("2003-01-01", "BLR"), session("2004-01-01", "KAZ"))
    assert chair(org, "as-written", "2002-06-01") == ("certain", ["ARM"])
    assert chair(org, "closing", "2002-06-01") == ("certain", ["BLR"])
    assert chair(org, "closing", "2003-06-01") == ("certain", ["KAZ"])


def test_who_closes_the_last_term_is_unknown(league: League) -> None:
    assert chair(league(session("2003-01-01", "BLR")), "closing", "2003-06-01") == ("unknown", [""])


def test_a_session_of_another_type_closes_no_term(league: League) -> None:
    org = league(session("2002-05-01", "KAZ", "informal"), session("2003-01-01", "BLR"))
    assert chair(org, "closing", "2002-06-01") == ("certain", ["BLR"])


def test_a_session_that_may_be_of_another_type_leaves_two_possible(league: League) -> None:
    vague = session("2002-05-01", "KAZ", "{one of: [regular, informal]}")
    org = league(vague, session("2003-01-01", "BLR"))
    assert chair(org, "closing", "2002-03-01") == ("uncertain", ["BLR", "KAZ"])
    assert chair(org, "closing", "2002-06-01") == ("certain", ["BLR"]), (
        "if it closed a term, BLR closed the next"
    )


def test_where_the_closing_session_was_hosted_by_no_member_the_outgoing_holder_continues(
    league: League,
) -> None:
    org = league(session("2003-01-01", "BLR"), session("2004-01-01", "AZE"), session("2005-01-01", "KAZ"))
    assert chair(org, "closing", "2003-06-01") == ("certain", ["BLR"])
    assert chair(org, "closing", "2004-06-01") == ("certain", ["KAZ"])


def test_a_hand_over_on_record_displaces_the_next_host_too(league: League) -> None:
    org = league(session("2003-01-01", "BLR"), handed("2002-01-01", "KAZ"))
    assert chair(org, "closing", "2002-06-01") == ("certain", ["KAZ"])


# -- in turn: Armenia, Belarus, Kazakhstan


def test_turns_go_on_from_a_hand_over_on_record_and_begin_anew(league: League) -> None:
    org = league(
        handed("2002-01-01", "BLR"),
        session("2003-01-01", "ARM"),
        session("2004-01-01", "ARM"),
        session("2005-01-01", "ARM"),
    )
    assert [chair(org, "in-turn", f"{year}-06-01")[1] for year in (2002, 2003, 2004, 2005)] == [
        ["BLR"], ["KAZ"], ["ARM"], ["BLR"],
    ]  # fmt: skip


def test_before_the_first_hand_over_whose_turn_it_is_is_unknown(league: League) -> None:
    assert chair(league(session("2003-01-01", "BLR")), "in-turn", "2003-06-01") == ("unknown", [""])


def test_an_office_held_for_the_time_being_does_not_move_the_order_on(league: League) -> None:
    def next_after(more: str) -> list[str]:
        org = league(
            handed("2002-01-01", "ARM"),
            session("2003-01-01", "KAZ"),
            handed("2003-01-01", "KAZ", more),
            session("2004-01-01", "KAZ"),
        )
        return chair(org, "in-turn", "2004-06-01")[1]

    assert next_after(", temporary: true") == ["BLR"], "next after Armenia"
    assert next_after("") == ["ARM"], "next after Kazakhstan"


def test_who_has_left_is_passed_over(league: League) -> None:
    turns = (handed("2002-01-01", "ARM"), session("2003-01-01", "ARM"))
    assert chair(league(*turns), "in-turn", "2003-06-01") == ("certain", ["BLR"])
    stays = "party: BLR, of: organisation, from: 2001-01-01"
    left = MEMBERS.replace(stays, f"{stays}, until: 2002-06-01")
    assert chair(league(*turns, members=left), "in-turn", "2003-06-01") == ("certain", ["KAZ"])


def test_names_on_record_come_before_those_people_use(league: League) -> None:
    names = [
        f"id: name/{state}, kind: state-name, state: {state}, language: en, name: {name}, from: 2001-01-01"
        for state, name in (("ARM", "Zeta"), ("BLR", "Beta"), ("KAZ", "Alpha"))
    ]
    org = league(handed("2002-01-01", "BLR"), session("2003-01-01", "BLR"), *names)
    assert chair(org, "in-turn", "2003-06-01") == ("certain", ["ARM"]), "Alpha, Beta, Zeta"


# -- absence

MET = (
    session("2003-01-01", "ARM"),
    "id: came, kind: attendance, session: s2003-01-01, rows: [{state: ARM}, {state: KAZ}, {state: BLR, how: absent}]",
)


def decided(outcome: str = "adopted", more: str = "") -> str:
    return f"id: draft, kind: decision, session: s2003-01-01, what: a plan, outcome: {outcome}{more}"


def verdicts(organisation: Organisation) -> dict[str, str]:
    (read,) = rules_read(organisation.standing(), "decides")
    return {each.name: each.trials[0].verdict for each in read.readings if each.trials}


def test_what_was_adopted_without_a_member_stands_by_all_but_the_quorum(league: League) -> None:
    assert verdicts(league(*MET, decided())) == {
        "as-written": "agrees", "quorum": "differs", "joining": "open", "limited": "open",
    }  # fmt: skip


def test_what_was_not_taken_up_is_what_the_quorum_says(league: League) -> None:
    assert verdicts(league(*MET, decided("not taken up"))) == {
        "as-written": "differs", "quorum": "agrees", "joining": "differs", "limited": "open",
    }  # fmt: skip


def test_what_failed_for_another_reason_tells_nothing(league: League) -> None:
    assert set(verdicts(league(*MET, decided("not adopted", ", stopped by: KAZ"))).values()) == {"open"}


def test_an_objection_of_the_absent_bars(league: League) -> None:
    objection = (
        "id: no, kind: statement, by: {state: BLR}, says: not without us, about: [draft], objection: raised"
    )
    found = verdicts(league(*MET, decided(), objection))
    assert (found["as-written"], found["limited"]) == ("differs", "differs")


def test_the_objection_of_somebody_who_was_there_is_none_of_the_absent(league: League) -> None:
    objection = "id: no, kind: statement, by: {state: KAZ}, says: not this, about: [draft], objection: raised"
    assert verdicts(league(*MET, decided(), objection))["as-written"] == "agrees"


def test_who_says_that_it_does_not_object_settles_the_limited_format(league: League) -> None:
    consent = "id: yes, kind: statement, by: {state: BLR}, says: go on, about: [s2003-01-01], objection: none"
    found = verdicts(league(*MET, decided(), consent))
    assert (found["limited"], found["joining"]) == ("agrees", "open")


def test_who_joins_later_settles_the_joining(league: League) -> None:
    joined = "id: joins, kind: adhesion, on: 2003-05-01, state: BLR, to: draft, how: joined"
    found = verdicts(league(*MET, decided(), joined))
    assert (found["joining"], found["limited"]) == ("agrees", "open")


def test_somebody_whom_two_sources_have_absent_and_there_is_not_counted_absent(league: League) -> None:
    other = "id: also, kind: attendance, session: s2003-01-01, rows: [{state: BLR}]"
    assert verdicts(league(*MET, other, decided())) == {}


def test_who_is_no_member_cannot_be_absent(league: League) -> None:
    met = (MET[0], MET[1].replace("BLR", "AZE"))
    assert verdicts(league(*met, decided())) == {}


def test_a_league_with_readings_answers_as_one_without_until_it_is_asked_under_one(
    league: League, tmp_path: Path
) -> None:
    acts = (session("2003-01-01", "BLR"), handed("2003-01-01", "KAZ"), session("2004-01-01", "KAZ"))
    org = league(*acts)
    text = (tmp_path / ACTS).read_text("utf-8")
    plain = loaded(tmp_path / "plain", {HEAD: ABOUT + ALL_HELD, ACTS: text})

    def told(organisation: Organisation) -> list[object]:
        course = organisation.timeline("chairman").to_json()
        return [(s["from"], s["status"], s["holders"], s["reason"]["branches"]) for s in course["segments"]]

    assert told(org) == told(plain)
