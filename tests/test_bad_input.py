"""Folders that cannot be read: files missing, elsewhere, too large or of another form; and all faults at once."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.problems import BadInput, NotFound
from foedus.secretariat import MAX_BYTES, inspect
from tests.folders import (
    ABOUT,
    ACTS,
    CHARTER,
    ENTRIES,
    ENVELOPE,
    EVIDENCE,
    FILES,
    FIRST_FREE_LINE,
    HEAD,
    INSTRUMENT,
    RULE_LINE,
    SOURCES,
    acts,
    folder,
    loaded,
    one_problem,
    problems,
    rule,
)


def test_the_folder_that_the_tests_spoil_has_no_fault(tmp_path: Path) -> None:
    organisation = loaded(tmp_path, {})
    assert organisation.who("chairman", "2002-06-01").status != "not-in-force"
    assert len(organisation.record.entries) == ENTRIES.count("\n")
    assert len(organisation.charter.rules) == FILES[CHARTER].count("```rule")


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER])
def test_a_missing_file_is_one_fault_of_that_file(name: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, {name: None})
    assert (found.file, found.what) == (name, "The file is missing.")


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_an_empty_file_is_one_fault_of_that_file(name: str, tmp_path: Path) -> None:
    assert one_problem(tmp_path, {name: ""}).file == name


def test_a_folder_without_its_record_is_not_taken_for_one_in_which_nothing_happened(tmp_path: Path) -> None:
    assert one_problem(tmp_path, {ACTS: None}).file.startswith("record")


@pytest.mark.parametrize("name", ["record/more.yml", "record/2022/more.yaml", "record/more.yaml.txt"])
def test_a_file_in_the_record_that_would_not_be_read_is_a_fault(name: str, tmp_path: Path) -> None:
    assert one_problem(tmp_path, {name: ENVELOPE + ENTRIES}).file == name


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-32", "cp1251"])
def test_a_file_that_is_not_utf_8_is_one_fault_of_that_file(name: str, encoding: str, tmp_path: Path) -> None:
    text = FILES[name] + ("# Путин\n" if encoding == "cp1251" else "# Besançon\n")
    found = one_problem(tmp_path, {name: text.encode(encoding)})
    assert found.file == name
    assert "UTF-8" in found.what


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_a_file_with_a_nul_byte_is_one_fault_on_its_line(name: str, tmp_path: Path) -> None:
    lines = FILES[name].count("\n")
    found = one_problem(tmp_path, {name: FILES[name] + "# \0\n"})
    assert (found.file, found.line) == (name, lines + 1)


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_a_file_that_is_too_large_is_one_fault_that_says_how_large_it_may_be(
    name: str, tmp_path: Path
) -> None:
    found = one_problem(tmp_path, {name: FILES[name] + "#" * MAX_BYTES})
    assert found.file == name
    assert f"{MAX_BYTES:,}" in found.what


@pytest.mark.parametrize("name", [HEAD, SOURCES, ACTS])
@pytest.mark.parametrize("text", ["- a\n- b\n", "just a text\n", "12\n"])
def test_a_file_that_holds_no_keys_and_values_is_one_fault_of_that_file(
    name: str, text: str, tmp_path: Path
) -> None:
    assert one_problem(tmp_path, {name: text}).file == name


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
@pytest.mark.parametrize("target", ["elsewhere.txt", "nowhere", "itself"])
def test_a_link_that_leads_out_of_the_folder_nowhere_or_to_itself_is_one_fault(
    name: str, target: str, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.txt").write_text(FILES[name])
    here = folder(tmp_path / "here")
    (here / name).unlink()
    (here / name).symlink_to(here / name if target == "itself" else tmp_path / target)
    _, found = inspect(here)
    assert [problem.file for problem in found] == [name]


def test_a_record_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    elsewhere = folder(tmp_path / "elsewhere")
    here = folder(tmp_path / "here", {ACTS: None})
    (elsewhere / "record" / "secret.txt").write_text("nobody's business")
    (here / "record").symlink_to(elsewhere / "record")
    (found,) = inspect(here)[1]
    assert (found.file, found.what) == ("record/", "The folder lies outside the organisation's.")


def test_a_folder_that_is_itself_reached_by_a_link_is_read(tmp_path: Path) -> None:
    there = folder(tmp_path / "there")
    (tmp_path / "link").symlink_to(there)
    assert inspect(tmp_path / "link")[1] == ()


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_a_folder_where_a_file_should_be_is_one_fault(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir(parents=True)
    _, found = inspect(folder(tmp_path, {name: None}))
    assert [problem.file for problem in found] == [name]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../charter.md",
        "../../etc/passwd",
        '"a\\0b.md"',
        '"a\\ud800.md"',
        "x" * 5000,
        "record",
        "charter.txt",
    ],
)
def test_an_instrument_that_is_no_file_of_the_folder_is_one_fault(name: str, tmp_path: Path) -> None:
    found = problems(tmp_path, {HEAD: ABOUT.replace("[charter.md]", f"[charter.md, {name}]")})
    assert len(found) == 1


def test_an_instrument_that_is_named_twice_is_one_fault_of_the_head(tmp_path: Path) -> None:
    found = one_problem(tmp_path, {HEAD: ABOUT.replace("[charter.md]", "[charter.md, charter.md]")})
    assert (found.file, found.line) == (HEAD, 4)


def test_two_instruments_of_one_id_are_a_fault(tmp_path: Path) -> None:
    changed = {HEAD: ABOUT.replace("[charter.md]", "[charter.md, again.md]"), "again.md": INSTRUMENT}
    found = one_problem(tmp_path, changed)
    assert found.file == "again.md"
    assert "charter" in found.what


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_line_endings_of_windows_change_neither_charter_nor_record(name: str, tmp_path: Path) -> None:
    usual = loaded(tmp_path / "usual", {})
    other = loaded(tmp_path / "other", {name: FILES[name].replace("\n", "\r\n")})
    assert (usual.charter.digest, usual.record.root) == (other.charter.digest, other.record.root)


@pytest.mark.parametrize("name", [HEAD, SOURCES, CHARTER, ACTS])
def test_a_byte_order_mark_is_no_part_of_a_file(name: str, tmp_path: Path) -> None:
    usual = loaded(tmp_path / "usual", {})
    other = loaded(tmp_path / "other", {name: "\ufeff" + FILES[name]})
    assert usual.record.about == other.record.about
    assert (usual.charter, usual.record.root) == (other.charter, other.record.root)


def test_a_charter_that_begins_with_a_byte_order_mark_and_its_block_is_read(tmp_path: Path) -> None:
    loaded(tmp_path, {CHARTER: "\ufeff" + FILES[CHARTER].removeprefix("# The Charter\n\n")})


@pytest.mark.parametrize(
    "name", ["", "csot", "/nowhere/at/all", "a\0b", "x" * 5000, "../csto", "organisation.yaml"]
)
def test_what_is_neither_an_organisation_nor_a_folder_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        foedus.load(name)


def test_a_misspelt_organisation_is_told_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"“csot”.*“csto”"):
        foedus.load("csot")


def test_a_day_that_does_not_exist_is_bad_input_in_python_too() -> None:
    with pytest.raises(BadInput, match="2022-02-30"):
        foedus.load("csto").at("2022-02-30")


# one fault in each file, none of which hides another
FAULTS: dict[str, tuple[str, int, str]] = {
    HEAD: (ABOUT + "shrt: x\n", 6, "“short”"),
    SOURCES: (FILES[SOURCES] + "other: {kind: agncy}\n", 2, "“agency”"),
    CHARTER: (rule("{id: x, kind: organn}")[CHARTER], RULE_LINE, "“organ”"),
    ACTS: (acts("id: x, kind: sesion")[ACTS], FIRST_FREE_LINE, "“session”"),
    "record/more.yaml": ("recorded: 2025-01-01\nentris: []\n", 2, "“entries”"),
}


def test_the_faults_of_all_files_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    found = {
        (p.file, p.line): str(p)
        for p in problems(tmp_path, {name: fault[0] for name, fault in FAULTS.items()})
    }
    for name, (_, line, remedy) in FAULTS.items():
        assert (name, line) in found
        assert remedy in found[name, line]


def test_a_fault_of_the_head_hides_no_fault_of_the_record(tmp_path: Path) -> None:
    changed = {HEAD: ABOUT.replace("2025-12-31", "2025-13-31"), **acts("id: x, kind: sesion")}
    assert {problem.file for problem in problems(tmp_path, changed)} == {HEAD, ACTS}


def test_a_fault_in_the_form_of_one_file_hides_no_fault_of_another(tmp_path: Path) -> None:
    changed = {ACTS: "entries: [", CHARTER: FAULTS[CHARTER][0], SOURCES: FAULTS[SOURCES][0]}
    assert {problem.file for problem in problems(tmp_path, changed)} == {ACTS, CHARTER, SOURCES}


def test_a_key_that_stands_twice_hides_no_other_fault_of_its_file(tmp_path: Path) -> None:
    changed = acts(f"id: x, id: y, kind: silence, of: said, says: x, {EVIDENCE}", "id: z, kind: sesion")
    lines = {problem.line for problem in problems(tmp_path, changed)}
    assert lines == {FIRST_FREE_LINE, FIRST_FREE_LINE + 1}


def test_a_misspelt_key_hides_no_name_that_the_charter_does_not_know(tmp_path: Path) -> None:
    session = f"kind: session, type: regular, on: 2003-01-01, {EVIDENCE}"
    changed = acts(f"id: x, {session}, organ: council, hots: ARM", f"id: y, {session}, organ: counsil")
    found = problems(tmp_path, changed)
    assert [problem.line for problem in found] == [FIRST_FREE_LINE, FIRST_FREE_LINE + 1]
    assert ["“host”" in str(found[0]), "“council”" in str(found[1])] == [True, True]


def test_a_fault_in_the_charter_hides_no_name_that_it_does_not_know(tmp_path: Path) -> None:
    session = f"id: x, kind: session, organ: counsil, type: regular, on: 2003-01-01, {EVIDENCE}"
    changed = {**rule("{id: x, kind: organn}"), **acts(session)}
    assert [problem.file for problem in problems(tmp_path, changed)] == [CHARTER, ACTS]


def test_an_entry_that_is_refused_is_not_said_to_be_missing_where_others_point_to_it(tmp_path: Path) -> None:
    refused = f"id: second, kind: session, organ: council, type: regular, on: 2003-13-01, {EVIDENCE}"
    expected = f"id: x, kind: expect, office: chairman, at: second, holder: {{state: ARM}}, {EVIDENCE}"
    assert one_problem(tmp_path, acts(refused, expected)).line == FIRST_FREE_LINE


def test_a_source_that_is_refused_is_not_said_to_be_missing_where_others_name_it(tmp_path: Path) -> None:
    found = one_problem(tmp_path, {SOURCES: "page: {kind: agncy}\n"})
    assert (found.file, found.line) == (SOURCES, 1)
    assert "“agency”" in found.remedy


def test_a_text_that_is_refused_is_not_said_to_be_missing_where_rules_name_it(tmp_path: Path) -> None:
    found = one_problem(tmp_path, {CHARTER: FILES[CHARTER].replace("2000-06-01", "2000-06-31")})
    assert found.line == 8
    assert "2000-06-31" in found.what


def test_a_rule_that_is_refused_is_not_said_to_be_missing_where_others_name_what_it_defines(
    tmp_path: Path,
) -> None:
    text = FILES[CHARTER].replace("organ: council, name: Council,", "organ: council, nam: Council,")
    found = problems(tmp_path, {CHARTER: text})
    assert {problem.line for problem in found} == {20}
