"""Charter and record together: names that only one of them knows, links that dangle, acts that repair others."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.engine.timelines import STATUSES
from tests.folders import (
    ABOUT,
    ACTS,
    CHARTER,
    EVIDENCE,
    FILES,
    FIRST_FREE_LINE,
    HEAD,
    SOURCES,
    acts,
    loaded,
    one_problem,
)

SESSION = "id: x, kind: session, type: regular, on: 2003-01-01, organ: council"
HANDED = "id: x, kind: designation, office: chairman, opened by: first, to: ARM, effective: 2002-02-01, authority: decided"
APPOINTED = "id: x, kind: appointment, office: secretary-general, person: P, from: 2002-02-01"
EXPECTED = "id: x, kind: expect, office: chairman, at: first, holder: {state: ARM}"
ANSWER = "id: x, kind: response, on: 2003-01-01, to: said, by: {state: ARM}, how: offer, what: it"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (SESSION.replace("council", "counsil"), "“council”"),
        (SESSION.replace("regular", "regulr"), "“regular”"),
        (SESSION.replace("type: regular", "type: {one of: [regular, infromal]}"), "“informal”"),
        (HANDED.replace("chairman", "charman"), "“chairman”"),
        (APPOINTED.replace("secretary-general", "secretary-genral"), "“secretary-general”"),
        (EXPECTED.replace("chairman", "charman"), "“chairman”"),
        ("id: x, kind: membership, party: ARM, of: organistion, from: 2001-01-01", "“organisation”"),
        ("id: x, kind: description, instrument: chartr, article: 1, says: so", "“charter”"),
        ("id: x, kind: description, instrument: charter, article: 99, says: so", "99"),
    ],
)
def test_a_name_that_the_charter_does_not_know_is_told_the_nearest(
    entry: str, said: str, tmp_path: Path
) -> None:
    found = one_problem(tmp_path, acts(f"{entry}, {EVIDENCE}"))
    assert (found.file, found.line) == (ACTS, FIRST_FREE_LINE)
    assert said in str(found)


@pytest.mark.parametrize(
    "entry",
    [
        HANDED.replace("first", "frist"),
        EXPECTED.replace("first", "frist"),
        f"{APPOINTED}, at: frist",
        "id: x, kind: silence, of: frist, says: so",
        "id: x, kind: statement, by: {state: ARM}, says: so, about: [frist]",
        "id: x, kind: statement, by: {state: ARM}, says: so, session: frist",
        "id: x, kind: attendance, session: frist, rows: [{state: ARM}]",
        "id: x, kind: format, session: first, format: restricted, after: frist",
        "id: x, kind: documents, session: frist",
        "id: x, kind: discussion, session: frist, items: [a]",
        "id: x, kind: decision, session: frist, what: a, outcome: adopted",
        "id: x, kind: meeting, on: 2003-01-01, of: [ministers], before: frist",
        ANSWER.replace("to: said", "to: frist"),
        "id: x, kind: withdrawal, withdraws: frist",
        f"{EXPECTED}, corrects: frist",
    ],
)
def test_a_link_to_no_entry_is_told_the_nearest_id(entry: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(f"{entry}, {EVIDENCE}"))
    assert found.line == FIRST_FREE_LINE
    assert ["“frist”" in found.what, "“first”" in found.remedy] == [True, True]


@pytest.mark.parametrize(
    "entry",
    [
        HANDED.replace("first", "said"),
        EXPECTED.replace("first", "said"),
        f"{APPOINTED}, at: said",
        "id: x, kind: statement, by: {state: ARM}, says: so, session: said",
        "id: x, kind: attendance, session: said, rows: [{state: ARM}]",
        "id: x, kind: format, session: first, format: restricted, after: said",
        "id: x, kind: documents, session: said",
        "id: x, kind: meeting, on: 2003-01-01, of: [ministers], before: said",
        ANSWER,
    ],
)
def test_a_link_to_an_act_of_the_wrong_kind_says_what_it_is(entry: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(f"{entry}, {EVIDENCE}"))
    assert found.line == FIRST_FREE_LINE
    assert "statement" in found.what or "session" in found.what


def test_a_hand_over_of_an_office_whose_rule_knows_none_is_a_fault(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace("unless: {designation: {by: council}}\n", "")
    problem = one_problem(tmp_path, acts(f"{HANDED}, {EVIDENCE}") | {CHARTER: charter})
    assert problem.what == "“x” hands over the office “chairman”, whose rule “chair” knows no hand-over."
    assert problem.remedy == "Give that rule an “unless”, or take the entry out."


def test_a_designation_for_a_session_that_opens_no_term_is_a_fault(tmp_path: Path) -> None:
    informal = f"{SESSION.replace('regular', 'informal').replace('id: x', 'id: talks')}, {EVIDENCE}"
    found = one_problem(tmp_path, acts(informal, f"{HANDED.replace('first', 'talks')}, {EVIDENCE}"))
    assert found.line == FIRST_FREE_LINE + 1
    assert "regular" in str(found)


def test_a_session_that_may_open_a_term_may_be_designated_for(tmp_path: Path) -> None:
    doubtful = f"{SESSION.replace('id: x', 'id: talks').replace('regular', '{one of: [regular, informal]}')}, {EVIDENCE}"
    loaded(
        tmp_path, acts(doubtful, f"{HANDED.replace('first', 'talks').replace('2002', '2003')}, {EVIDENCE}")
    )


def test_an_office_to_which_one_is_appointed_is_not_handed_over(tmp_path: Path) -> None:
    handed = HANDED.replace("chairman", "secretary-general")
    assert "appointment" in one_problem(tmp_path, acts(f"{handed}, {EVIDENCE}")).remedy


def test_an_office_that_is_handed_over_is_not_appointed_to(tmp_path: Path) -> None:
    appointed = APPOINTED.replace("secretary-general", "chairman")
    assert "designation" in one_problem(tmp_path, acts(f"{appointed}, {EVIDENCE}")).remedy


def test_an_id_is_taken_only_once_in_all_files(tmp_path: Path) -> None:
    again = "recorded: 2025-01-01\nrecorded by: me\nentries:\n  - {id: first, kind: silence, of: said, says: x, evidence: [{source: page}]}\n"
    found = one_problem(tmp_path, {"record/more.yaml": again})
    assert (found.file, found.line) == ("record/more.yaml", 4)
    assert "line 6 of record/acts.yaml" in found.what


REPAIR = "kind: silence, of: said, says: so"


@pytest.mark.parametrize(
    "entries",
    [
        [f"id: a, {REPAIR}, corrects: a"],
        ["id: a, kind: withdrawal, withdraws: a"],
        [f"id: a, {REPAIR}, corrects: b", f"id: b, {REPAIR}, corrects: a"],
    ],
)
def test_entries_that_repair_each_other_in_a_circle_are_a_fault_and_do_not_all_vanish(
    entries: list[str], tmp_path: Path
) -> None:
    found = one_problem(tmp_path, acts(*(f"{entry}, {EVIDENCE}" for entry in entries)))
    assert found.file == ACTS


def test_a_corrected_entry_is_replaced_and_a_withdrawn_one_is_gone(tmp_path: Path) -> None:
    record = loaded(
        tmp_path,
        acts(
            f"id: second, {SESSION.removeprefix('id: x, ')}, corrects: first, {EVIDENCE}",
            f"id: gone, kind: withdrawal, withdraws: said, {EVIDENCE}",
        ),
    ).record
    assert [entry.id for entry in record.known(None).entries] == ["arm", "head", "second"]


DAYS = ["0001-01-01", "9998-12-31", "9998", "'0001'"]


@pytest.mark.parametrize(
    "changed",
    [
        *({HEAD: ABOUT.replace("2025-12-31", day)} for day in DAYS[:2]),
        *(acts(f"{SESSION.replace('2003-01-01', day)}, {EVIDENCE}") for day in DAYS),
        *(
            acts(f"id: x, kind: membership, party: BLR, of: organisation, from: {day}, {EVIDENCE}")
            for day in DAYS
        ),
        *(acts(f"{HANDED.replace('2002-02-01', day)}, {EVIDENCE}") for day in DAYS),
        *(acts(f"{APPOINTED.replace('2002-02-01', day)}, {EVIDENCE}") for day in DAYS),
    ],
)
def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others(
    changed: dict[str, str], tmp_path: Path
) -> None:
    signed = {CHARTER: FILES[CHARTER].replace("signed: 2000-06-01", "signed: 0001-01-01")}
    organisation = loaded(tmp_path, signed | changed)
    for question in organisation.questions().names():
        for asked in ("0001-01-01", "2005-01-01", "9998-12-31"):
            assert organisation.who(question, asked).status in STATUSES
        assert organisation.timeline(question).to_json()["segments"]
    assert "error" not in {finding.severity for finding in organisation.findings()}


def test_what_kind_of_source_an_answer_rests_on_is_in_the_basis_it_names(tmp_path: Path) -> None:
    answers = [
        loaded(tmp_path / kind, {SOURCES: f"page: {{kind: {kind}}}\n"}).who("ARM", "2005-01-01")
        for kind in ("agency", "named-media")
    ]
    assert answers[0].attribution != answers[1].attribution
    assert answers[0].to_json()["basis"] != answers[1].to_json()["basis"]
