"""Parties as questions, seats that a rule gives an officer, and what a state announces of its own status."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.charter.say import say
from foedus.problems import NotFound
from tests.folders import CHARTER, EVIDENCE, FILES, acts, loaded

ANNOUNCED = (
    "id: froze, kind: treaty-action, states: [ARM], of: organisation, action: announcement, on: 2010-05-05, "
    "what: it freezes its membership, evidence: [{source: page, mode: hedged}]"
)


def test_a_membership_is_asked_by_its_name_and_answers_with_its_parties(tmp_path: Path) -> None:
    answer = loaded(tmp_path, {}).who("organisation", "2005-01-01")
    assert [(row.state, row.status) for row in answer.rows] == [("ARM", "certain")]


def test_a_membership_no_rule_is_in_force_on_has_no_parties(tmp_path: Path) -> None:
    answer = loaded(tmp_path, {}).who("organisation", "1950-01-01")
    assert answer.status == "not-in-force"
    assert [row.state for row in answer.rows] == [None]


def test_a_membership_the_charter_does_not_know_is_told_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="organisation"):
        loaded(tmp_path, {}).who("organisaton/ARM", "2005-01-01")


def test_what_a_member_announced_leaves_it_a_member_and_is_told_as_considered(tmp_path: Path) -> None:
    league = loaded(tmp_path, acts(ANNOUNCED))
    before, after = league.who("ARM", "2010-05-04").rows[0], league.who("ARM", "2010-05-05").rows[0]
    assert (before.status, after.status) == ("certain", "certain")
    assert after.holder is not None
    assert after.holder.as_ == "member"
    assert "froze" not in before.reason.entries()
    assert "froze" in after.reason.entries()
    assert any("it freezes its membership" in said for said in after.because())


def test_what_was_only_considered_does_not_weaken_the_answer(tmp_path: Path) -> None:
    after = loaded(tmp_path, acts(ANNOUNCED)).who("ARM", "2010-05-05").rows[0]
    assert after.attribution == "agency"  # the membership's; the announcement is hedged, and one step lower
    assert after.weakest_entry == "arm"


def test_an_officer_whom_a_rule_gives_a_seat_has_a_row_that_names_nobody(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace(
        "holder: head-of-state, in force", "holder: head-of-state, also: [Marshal], in force"
    )
    assert charter != FILES[CHARTER]
    answer = loaded(tmp_path, {CHARTER: charter}).who("council", "2005-01-01")
    assert [(row.state, row.officer, row.status) for row in answer.rows] == [
        ("ARM", "", "certain"),
        (None, "Marshal", "unknown"),
    ]
    assert answer.rows[1].summary() == "so far as the record goes: the Marshal, not named in the record"


def test_the_sentence_of_a_rule_says_who_also_has_a_seat(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace(
        "holder: head-of-state, in force", "holder: head-of-state, also: [Marshal], in force"
    )
    league = loaded(tmp_path, {CHARTER: charter})
    (rule,) = (r.says for r in league.charter.rules if r.says.kind == "composition")
    assert say(league.charter, rule).endswith("; the Marshal also has a seat.")


def test_what_was_announced_is_no_longer_considered_once_the_status_changed(tmp_path: Path) -> None:
    left = f"id: left, kind: membership, party: ARM, of: organisation, status: left, from: 2011-01-01, {EVIDENCE}"
    league = loaded(tmp_path, acts(ANNOUNCED, left))
    considered = {
        day: "froze" in league.who("ARM", day).rows[0].reason.entries()
        for day in ("2010-05-04", "2010-05-05", "2010-12-31", "2011-01-01", "2012-01-01")
    }
    assert [*considered.values()] == [False, True, True, False, False]


def test_a_party_of_which_the_record_tells_nothing_is_not_in_the_record(tmp_path: Path) -> None:
    (row,) = loaded(tmp_path, {}).who("AZE", "2005-01-01").rows
    assert (row.status, row.summary()) == ("unknown", "not in the record")
