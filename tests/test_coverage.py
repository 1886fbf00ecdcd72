"""How complete the record says it is decides what follows from what it does not hold."""

from __future__ import annotations

from pathlib import Path

from tests.folders import ABOUT, HEAD, loaded

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
