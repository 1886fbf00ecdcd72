"""The record's entries as written: every fault in them is told with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import (
    ACTS,
    ENTRIES,
    ENVELOPE,
    EVIDENCE,
    FIRST_FREE_LINE,
    acts,
    block,
    one_problem,
    problems,
)

SESSION = "kind: session, organ: council, type: regular"
HEADED = "kind: national-office, state: ARM, role: head-of-state, title: president, from: 2001-01-01"
SAID = "kind: statement, by: {state: ARM}, says: so"
DOCUMENTS = "kind: documents, session: first"


# one fault in an entry that is otherwise whole, and what its sentence must hold to say what is wrong or right
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"id: x, {SESSION}, on: 2022-02-30", "2022-02-30"),
        (f"id: x, {SESSION}, on: 2022-13-01", "2022-13-01"),
        (f"id: x, {SESSION}, on: 2022-00", "2022-00"),
        (f"id: x, {SESSION}, on: 0000-01-01", "0000-01-01"),
        (f"id: x, {SESSION}, on: 99999", "99999"),
        (f"id: x, {SESSION}, on: true", "“on”"),
        (f"id: x, {SESSION}, on: [2022-01-01]", "“on”"),
        (f"id: x, {SESSION}, on: 2022-02-01/2022-01-01", "before it begins"),
        (f"id: x, {SESSION}, between: 2022-02-01/2022-01-01", "before it begins"),
        (f"id: x, {SESSION}, on: 2022-01-01, between: 2022-01-01/2022-02-01", "one of “on” and “between”"),
        (f"id: x, {SESSION}", "one of “on” and “between”"),
        (f"id: x, {SESSION}, on: 2022-01-01, approximate: yes", "“approximate”"),
        (f"id: x, {SESSION}, on: 2022-01-01, approximate: 1", "“approximate”"),
        (f"id: x, {SESSION}, on: 2022-01-01, recorded: 2022", "“recorded”"),
        (f"id: x, {SESSION}, on: 2022-01-01, recorded: 2022-13-01", "2022-13-01"),
        (f"id: x, {HEADED}, person: P, until: 2001-01-01", "after “from”"),
        (f"id: x, {HEADED}, person: P, until: 2000", "after “from”"),
        (f"id: x, {HEADED}, person: P, until: {{betwen: 2002/2003}}", "{between: A/B}"),
        (f"id: x, {HEADED}, person: P, from_: 2002-01-01", "from_"),
        (f"id: x, {HEADED}, person: P, recorded_by: me", "recorded by"),
        (f"id: x, {HEADED}, person: P, acting: yes", "“acting”"),
        (f"id: x, {HEADED}, person: P, acting: 1", "“acting”"),
        (f"id: x, {HEADED}, person: 5", "“person”"),
        (f"id: x, {HEADED}, person: true", "“person”"),
        (f"id: x, {HEADED}, person: ''", "“person”"),
        (f"id: x, {HEADED}, person: [P]", "“person”"),
        (f"id: x, {HEADED}, person: {'P' * 201}", "“person”"),
        (f"id: x, {HEADED}, perso: P, person: P", "“perso”"),
        (f"id: x, {HEADED.replace('ARM', 'Armenia')}, person: P", "ARM"),
        (f"id: x, {HEADED.replace('ARM', 'Iraq')}, person: P", "IRQ"),
        (f"id: x, {HEADED.replace('ARM', 'BLRS')}, person: P", "“BLR”"),
        (f"id: x, {HEADED.replace('ARM', '12')}, person: P", "“state”"),
        (f"id: x, {HEADED.replace('head-of-state', 'head-of-stat')}, person: P", "“head-of-state”"),
        (f"id: x, {SAID}, version: 2", "“version”"),
        (f"id: x, {SAID}, version: true", "“version”"),
        (f"id: x, {SAID}, version: '1'", "“version”"),
        (f"id: x, {SAID}, abuot: [first]", "“about”"),
        (f"id: x, {SAID}, about: first", "“about”"),
        (f"id: x, {SAID}, note: 5", "“note”"),
        ("id: x, kind: statement, by: Putin, says: so", "“by”"),
        ("id: x, kind: statement, by: {stat: ARM}, says: so", "“state”"),
        ("id: x, kind: statement, by: {}, says: so", "“by”"),
        ("id: x, kind: attendance, session: first, rows: [{}]", "“rows”"),
        ("id: x, kind: attendance, session: first, rows: []", "“rows”"),
        ("id: x, kind: attendance, session: first, rows: [{state: ARM, hwo: remote}]", "“how”"),
        (f"id: x, {DOCUMENTS}, adopted: 3.5", "“adopted”"),
        (f"id: x, {DOCUMENTS}, adopted: '3'", "“adopted”"),
        (f"id: x, {DOCUMENTS}, adopted: true", "“adopted”"),
        (f"id: x, {DOCUMENTS}, adopted: -1", "“adopted”"),
        (f"id: x, {DOCUMENTS}, adopted: 9007199254740993", "“adopted”"),  # 2^53 + 1: no number of RFC 8785
        ("id: x, kind: session, organ: council, type: {one of: [regular]}, on: 2022-01-01", "“one of”"),
        ("id: x, kind: session, organ: council, type: {one of: [regular, regular]}, on: 2022-01-01", "“one of”"),
        ("id: x, kind: session, organ: council, type: {oneof: [regular, informal]}, on: 2022-01-01", "“one of”"),
        ("id: x, kind: session, organ: Council, type: regular, on: 2022-01-01", "“council”"),
        ("id: x, kind: description, instrument: charter, article: true, says: so", "“article”"),
        (f"id: 5, {SAID}", "“id”"),
        (f"id: true, {SAID}", "“id”"),
        (f"id: [x], {SAID}", "“id”"),
        (f"id: x y, {SAID}", "“x y”"),
        (f"id: '', {SAID}", "“id”"),
        (f"id: {'x' * 121}, {SAID}", "“id”"),
        (f"id: first, {SAID}", "line 6 of record/acts.yaml"),
        (SAID, "“id”"),
        ("id: x", "“kind”"),
        ("id: x, kind: sesion", "“session”"),
        ("id: x, kind:", "“kind"),
        ("id: x, kind: 5", "“5”"),
        ("id: x, kind: [session]", "“session”"),
    ],
)  # fmt: skip
def test_a_fault_in_an_entry_is_told_with_its_line_and_what_would_be_right(
    written: str, said: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, acts(f"{EVIDENCE}, {written}"))
    assert {(problem.file, problem.line) for problem in found} == {(ACTS, FIRST_FREE_LINE)}
    assert said in " ".join(map(str, found))


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("[]", "“evidence”"),
        ("{source: page}", "“evidence”"),
        ("page", "“evidence”"),
        ("[page]", "“evidence”"),
        ("[{}]", "“source”"),
        ("[{source: page, known: recalled}]", "“known"),
        ("[{source: pag}]", "“page”"),
        ("[{sorce: page}]", "“source”"),
        ("[{known: recaled}]", "“recalled”"),
        ("[{known: recalled, from: [page]}]", "inferred"),
        ("[{known: inferred, from: [pag]}]", "“page”"),
        ("[{source: page, mode: hedgd}]", "“hedged”"),
        ("[{source: page, through: [{who: x, channel: agncy}]}]", "“agency”"),
        ("[{source: page, through: [{who: x}]}]", "“channel”"),
        ("[{source: page, through: {who: x, channel: agency}}]", "“through”"),
        ("[{source: page, points to: 2022-02-30}]", "2022-02-30"),
    ],
)
def test_a_fault_in_evidence_is_one_fault_of_the_entrys_line(
    evidence: str, said: str, tmp_path: Path
) -> None:
    found = one_problem(tmp_path, acts(f"id: x, {SAID}, evidence: {evidence}"))
    assert found.line == FIRST_FREE_LINE
    assert said in str(found)


# in YAML 1.2's core schema these are numbers, so that a text that looks like one is put in quotes
@pytest.mark.parametrize(
    "number", ["15", "1.5", "-0.0", ".5", "12e03", "-2E+05", ".inf", ".NAN", "0o7", "0x3A", "+5", "007"]
)
def test_no_number_of_any_form_is_taken_for_a_text(number: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(f"id: x, {SESSION}, on: 2022-01-01, city: {number}, {EVIDENCE}"))
    assert "“city”" in found.what


@pytest.mark.parametrize("text", ['"\\0"', '"a\\ud800b"', '"\\u0007"', '"\\e[31m"'])
def test_a_text_with_a_sign_that_cannot_be_stored_or_shown_is_refused(text: str, tmp_path: Path) -> None:
    assert (
        one_problem(tmp_path, acts(f"id: x, {SESSION}, on: 2022-01-01, city: {text}, {EVIDENCE}")).line
        == FIRST_FREE_LINE
    )


BLOCK = "id: x\nkind: session\norgan: council\ntype: regular\non: 2003-01-01\nhost: ARM\nevidence:\n  - source: page\n"


@pytest.mark.parametrize(
    ("right", "wrong", "offset"),
    [
        ("kind: session", "kind: sesion", 1),
        ("organ: council", "organ: 5", 2),
        ("type: regular", "type: [regular]", 3),
        ("on: 2003-01-01", "on: 2003-21-01", 4),
        ("on: 2003-01-01", "between: 2004/2003", 4),
        ("host: ARM", "host: ARMS", 5),
        ("host: ARM", "hots: ARM", 5),
        ("  - source: page", "  - sorce: page", 7),
    ],
)
def test_the_line_of_a_fault_is_that_of_the_key_it_is_in(
    right: str, wrong: str, offset: int, tmp_path: Path
) -> None:
    lines = {problem.line for problem in problems(tmp_path, block(BLOCK.replace(right, wrong)))}
    assert lines == {FIRST_FREE_LINE + offset}


@pytest.mark.parametrize("line", ["host: ARM", "on: 2003-01-01", "type: regular"])
def test_a_key_with_nothing_after_it_is_a_fault_and_no_default(line: str, tmp_path: Path) -> None:
    key = line.split(":", maxsplit=1)[0]
    assert problems(tmp_path, block(BLOCK.replace(line, f"{key}:")))


def test_every_fault_of_an_entry_is_told_at_once(tmp_path: Path) -> None:
    written = (
        BLOCK.replace("on: 2003-01-01", "on: 2003-21-01").replace("ARM", "ARMS").replace("source", "sorce")
    )
    assert [p.line - FIRST_FREE_LINE for p in problems(tmp_path, block(written))] == [4, 5, 7]


def test_a_missing_key_is_not_suggested_as_the_right_spelling_of_itself(tmp_path: Path) -> None:
    found = one_problem(tmp_path, block(BLOCK.replace("organ: council\n", "")))
    assert "“organ”" in found.what
    assert "Did you mean “organ”" not in found.remedy


def test_a_misspelt_key_that_must_be_there_is_one_fault_or_two_that_name_both_spellings(
    tmp_path: Path,
) -> None:
    found = " ".join(map(str, problems(tmp_path, block(BLOCK.replace("organ:", "orgn:")))))
    assert "“orgn”" in found
    assert "Did you mean “organ”" in found


def test_no_sentence_is_the_schema_librarys(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        acts(
            f"id: x y, {SAID}, evidence: []",
            f"id: {'x' * 121}, {SAID}, {EVIDENCE}",
            "just a text",
            f"id: y, {DOCUMENTS}, adopted: -1, {EVIDENCE}",
        ),
    )
    assert found
    for words in ("String should", "Input should", "Tuple should", "List should", "“”"):
        assert words not in " ".join(map(str, found))


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("recorded: 2025-13-01\nrecorded by: me\n", 1),
        ("recorded: 2025-01-01\nrecorded by: 5\n", 2),
        ("recorded: 2025-01-01\nrecorded_by: me\n", 2),
        ("recorded: 2025-01-01\nrecorded by: me\nnoet: x\n", 3),
    ],
)
@pytest.mark.parametrize("entries", ["entries: []\n", "entries:\n" + ENTRIES])
def test_a_fault_at_the_head_of_a_file_is_told_once_on_its_line(
    head: str, line: int, entries: str, tmp_path: Path
) -> None:
    found = problems(tmp_path, {ACTS: head + entries})
    assert [problem.line for problem in found if problem.line <= 3] == [line]


@pytest.mark.parametrize("entries", ["entries:\n", "entries: {}\n", "entries: none\n", "", "entires: []\n"])
def test_a_file_without_a_list_of_entries_is_a_fault(entries: str, tmp_path: Path) -> None:
    found = problems(tmp_path, {ACTS: ENVELOPE.removesuffix("entries:\n") + entries})
    assert any("“entries”" in str(problem) for problem in found)
