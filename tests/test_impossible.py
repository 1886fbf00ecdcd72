"""Rules and acts that could not be so: each is one clear fault, where it is and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import CHARTER, EVIDENCE, FILES, FIRST_FREE_LINE, acts, one_problem, problems, rule

SEAT_IN = ("holder: {role: head-of-state, of: host}", "holder: {seat in: council, of: host}")


def charter(*changes: tuple[str, str]) -> dict[str, str]:
    """The charter with some of its words changed."""
    text = FILES[CHARTER]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return {CHARTER: text}


# -- a rule that needs its own value at the same instant


@pytest.mark.parametrize("officer", ["chairman", "Chairman"])
def test_a_seat_that_goes_with_an_office_that_goes_with_the_seat_is_a_fault(
    officer: str, tmp_path: Path
) -> None:
    also = ("holder: head-of-state,", f"holder: head-of-state, also: [{officer}],")
    found = one_problem(tmp_path, charter(SEAT_IN, also))
    assert (found.file, "each needs the other" in found.what) == (CHARTER, True)


def test_an_officer_beside_the_seats_who_is_named_by_a_role_is_no_fault(tmp_path: Path) -> None:
    assert (
        problems(tmp_path, charter(("holder: head-of-state,", "holder: head-of-state, also: [chairman],")))
        == []
    )


def test_an_office_that_comes_from_the_seats_beside_another_officer_is_no_fault(tmp_path: Path) -> None:
    assert not problems(
        tmp_path, charter(SEAT_IN, ("holder: head-of-state,", "holder: head-of-state, also: [marshal],"))
    )


def test_a_clause_that_leans_on_itself_is_a_fault(tmp_path: Path) -> None:
    clause = "{id: humour, kind: untranslated, says: good humour, leans: [humour], in force: {from: c1}, basis: seen}"
    found = one_problem(tmp_path, rule(clause))
    assert found.what == "The rule “humour” leans on itself."


# -- an office that nobody can hold


def test_an_office_whose_terms_no_session_of_its_time_can_open_is_a_fault(tmp_path: Path) -> None:
    sessions = (
        "types: [regular, informal], in force: {from: c1}",
        "types: [regular, informal], in force: {from: 2010-01-01}",
    )
    ends = (
        "unless: {designation: {by: council}}\nin force: {from: c1}",
        "unless: {designation: {by: council}}\nin force: {from: c1, until: 2005-01-01}",
    )
    found = one_problem(tmp_path, charter(sessions, ends))
    assert found.what == (
        "Nobody can hold the office “chairman” from 2001-01-01 until 2005-01-01: no rule on regular sessions of “council” "
        "is in force then."
    )


def test_an_office_whose_holder_comes_from_seats_of_another_time_is_a_fault(tmp_path: Path) -> None:
    seats = (
        "holder: head-of-state, in force: {from: c1}",
        "holder: head-of-state, in force: {from: 2010-01-01}",
    )
    ends = (
        "unless: {designation: {by: council}}\nin force: {from: c1}",
        "unless: {designation: {by: council}}\nin force: {from: c1, until: 2005-01-01}",
    )
    found = one_problem(tmp_path, charter(SEAT_IN, seats, ends))
    assert "no rule on the seats of “council” is in force then" in found.what


def test_an_office_that_can_be_held_for_some_of_its_time_is_no_fault(tmp_path: Path) -> None:
    assert not problems(
        tmp_path,
        charter(
            (
                "types: [regular, informal], in force: {from: c1}",
                "types: [regular, informal], in force: {from: 2010-01-01}",
            )
        ),
    )


# -- acts before the organisation existed


@pytest.mark.parametrize(
    "entry",
    [
        f"id: early, kind: session, organ: council, type: regular, on: 2000-05-31, host: ARM, {EVIDENCE}",
        f"id: early, kind: membership, party: BLR, of: organisation, from: 1999-01-01, {EVIDENCE}",
        f"id: early, kind: appointment, office: secretary-general, person: B, from: {{between: 1999-01-01/2000-05-01}}, {EVIDENCE}",
    ],
)
def test_an_act_of_the_organisation_before_any_text_was_signed_is_a_fault(entry: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(entry))
    assert found.line == FIRST_FREE_LINE
    assert "no text was signed before 2000-06-01 (Charter)" in found.what


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(
            f"id: early, kind: session, organ: council, type: regular, on: 2000-06-01, host: ARM, {EVIDENCE}",
            id="on the day of signing, before the text was in force",
        ),
        pytest.param(
            f"id: early, kind: membership, party: BLR, of: organisation, from: {{between: 2000-01-01/2001-01-01}}, {EVIDENCE}",
            id="it may be later",
        ),
        pytest.param(
            f"id: early, kind: national-office, state: BLR, role: head-of-state, person: B, title: king, from: 1990-01-01, {EVIDENCE}",
            id="the act of a state",
        ),
    ],
)
def test_what_may_be_so_early_is_no_fault(entry: str, tmp_path: Path) -> None:
    assert problems(tmp_path, acts(entry)) == []


# -- entries that point to themselves, or repair what is not there


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (
            f"id: self, kind: session, organ: council, type: regular, on: 2003-01-01, corrects: nothing, {EVIDENCE}",
            "points to “nothing”, which is no entry",
        ),
        (
            f"id: self, kind: withdrawal, withdraws: nothing, {EVIDENCE}",
            "points to “nothing”, which is no entry",
        ),
        (
            f"id: self, kind: session, organ: council, type: regular, on: 2003-01-01, corrects: self, {EVIDENCE}",
            "repairs itself",
        ),
        (f"id: self, kind: withdrawal, withdraws: self, {EVIDENCE}", "repairs itself"),
        (
            f"id: self, kind: statement, by: {{state: ARM}}, says: so, about: [self], {EVIDENCE}",
            "“self” points to itself",
        ),
        (
            f"id: self, kind: dispute, of: self, by: {{state: ARM}}, says: no, {EVIDENCE}",
            "“self” points to itself",
        ),
        (
            f"id: self, kind: membership, party: BLR, of: organisation, from: 2003-01-01, continues: BLR, {EVIDENCE}",
            "go on with its own seat",
        ),
    ],
)
def test_what_points_to_itself_or_to_nothing_is_one_fault(entry: str, what: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(entry))
    assert (found.line, what in found.what) == (FIRST_FREE_LINE, True), found.what
