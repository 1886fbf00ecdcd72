"""What a record says of itself and of its sources: every fault is told with its line and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import ABOUT, ABOUT_LINE, HEAD, SOURCES, about, one_problem


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{kind: agncy}", "“agency”"),
        ("{}", "“kind”"),
        ("agency", "“page”"),
        ("{kind: agency, langage: en}", "“language”"),
        ("{kind: agency, published: 2022-13-45}", "2022-13-45"),
        ("{kind: agency, published: yesterday}", "yesterday"),
        ("{kind: agency, title: 5}", "“title”"),
        ("{kind: agency, url: 'javascript:alert(1)'}", "“url”"),
    ],
)
def test_a_fault_in_a_source_is_one_fault_of_its_line(source: str, said: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, {SOURCES: f"other: {{kind: agency}}\npage: {source}\n"})
    assert (found.file, found.line) == (SOURCES, 2)
    assert said in str(found)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("coverage: [{kind: sesion, grade: complete}]", "“session”"),
        ("coverage: [{kind: session, where: {type: regulr}, grade: complete}]", "“regular”"),
        ("coverage: [{kind: session, where: {organ: counsil}, grade: complete}]", "“council”"),
        ("coverage: [{kind: session, where: {typ: regular}, grade: complete}]", "“type”"),
        ("coverage: [{kind: session, where: {office: chairman}, grade: complete}]", "“office”"),
        ("coverage: [{kind: designation, where: {office: charman}, grade: complete}]", "“chairman”"),
        ("coverage: [{kind: membership, where: {of: organistion}, grade: complete}]", "“organisation”"),
        ("coverage: [{kind: national-office, where: {role: head-of-stat}, grade: complete}]", "“head-of-state”"),
        ("coverage: [{kind: national-office, where: {state: Armenia}, grade: complete}]", "ARM"),
        ("coverage: [{kind: session, grade: compleet}]", "“complete”"),
        ("coverage: [{kind: session}]", "“grade”"),
        ("coverage: [{kind: session, grade: complete, from: 2005-02-30}]", "2005-02-30"),
        ("coverage: [{kind: session, grade: complete, from: 2005-01-01, until: 2004-01-01}]", "“until”"),
        ("coverage: {kind: session, grade: complete}", "“coverage”"),
        ("coverage: [session]", "“session”"),
        ("native: {en: 5}", "“en”"),
        ("record too: 2025-12-31", "“record too”"),
    ],
)  # fmt: skip
def test_a_fault_in_what_the_record_says_of_itself_is_one_fault_of_its_line(
    line: str, said: str, tmp_path: Path
) -> None:
    found = one_problem(tmp_path, about(line))
    assert (found.file, found.line) == (HEAD, ABOUT_LINE)
    assert said in str(found)


@pytest.mark.parametrize(
    "day", ["2025-02-29", "2025", "2025-12", "2025-12-31/2026-01-01", "today", "", "0000-01-01"]
)
def test_the_record_runs_to_one_day_of_the_calendar(day: str, tmp_path: Path) -> None:
    found = one_problem(tmp_path, {HEAD: ABOUT.replace("2025-12-31", day)})
    assert (found.file, found.line) == (HEAD, 5)
