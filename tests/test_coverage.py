"""How complete the record says it is decides what follows from what it does not hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.record.acts import NationalOffice
from tests.folders import ABOUT, HEAD, acts, loaded

ALL = """\
coverage:
  - {kind: membership, grade: complete}
  - {kind: national-office, grade: complete}
  - {kind: designation, grade: complete}
"""


def test_a_term_opened_while_sessions_were_recorded_whole_is_certain(tmp_path: Path) -> None:
    told = loaded(tmp_path, {HEAD: ABOUT + ALL + "  - {kind: session, grade: complete}\n"})
    assert told.who("chairman", "2005-06-01").status == "certain"


def test_a_term_opened_before_sessions_were_recorded_whole_stays_unknown_and_says_why(tmp_path: Path) -> None:
    told = loaded(tmp_path, {HEAD: ABOUT + ALL + "  - {kind: session, grade: complete, from: 2005-01-01}\n"})
    answer = told.who("chairman", "2005-06-01")
    assert answer.status == "unknown"
    assert any("does not claim to hold every regular session" in said for said in answer.rows[0].because())


def test_a_term_that_lasts_into_a_time_whose_sessions_are_not_recorded_whole_is_unknown_from_then_on(
    tmp_path: Path,
) -> None:
    told = loaded(tmp_path, {HEAD: ABOUT + ALL + "  - {kind: session, grade: complete, until: 2005-01-01}\n"})
    assert told.who("chairman", "2004-12-31").status == "certain"
    assert told.who("chairman", "2005-01-01").status == "unknown"


LINES = """\
coverage:
  - {kind: session, grade: partial, from: 2001-01-01}
  - {kind: session, where: {type: regular}, grade: complete, from: 2002-01-01, until: 2004-01-01}
  - {kind: session, grade: sample, from: 2003-01-01, until: 2003-06-01}
  - {kind: membership, grade: complete}
"""


@pytest.mark.parametrize(
    ("day", "type_", "grade"),
    [
        ("2000-12-31", "regular", "sample"),  # no line speaks of it
        ("2001-01-01", "regular", "partial"),
        ("2002-01-01", "regular", "complete"),  # the later line, of regular sessions alone
        ("2002-01-01", "informal", "partial"),
        ("2002-12-31", "regular", "complete"),
        ("2003-01-01", "regular", "sample"),  # the last line that speaks of the day
        ("2003-06-01", "regular", "complete"),
        ("2004-01-01", "regular", "partial"),
    ],
)
def test_the_last_line_that_speaks_of_a_day_and_an_act_says_how_complete_the_record_is(
    day: str, type_: str, grade: str, tmp_path: Path
) -> None:
    told = loaded(tmp_path, {HEAD: ABOUT + LINES}).record.about
    assert told.grade("session", date.fromisoformat(day), type=type_) == grade


def test_entries_are_found_by_what_they_say_in_order(tmp_path: Path) -> None:
    heads = [
        f"id: h{n}, kind: national-office, state: {state}, role: {role}, person: P, title: T, from: 200{n}-01-01, "
        "evidence: [{source: page}]"
        for n, (state, role) in enumerate(
            [("BLR", "head-of-state"), ("BLR", "head-of-government"), ("BLR", "head-of-state")], 1
        )
    ]
    record = loaded(tmp_path, acts(*heads)).record
    found = record.where(NationalOffice, state="BLR", role="head-of-state")
    assert [entry.id for entry in found] == ["h1", "h3"]
    assert record.where(NationalOffice, state="KAZ", role="head-of-state") == ()
