"""Every scenario, all of its cases. The expected answers were worked out by hand from the acts on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.problems import BadInput
from foedus.scenarios import run

FOLDER = Path(__file__).parent / "scenarios"
PAGES = sorted(FOLDER.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_answer_is_as_the_scenario_says(page: Path) -> None:
    wrong = [
        f"line {case.line}, {case.question} on {case.on}: expected {case.expected} {case.because}; "
        f"answered {case.answered}: {case.reasons}"
        for case in run(page)
        if not case.agrees
    ]
    assert not wrong, "\n".join(wrong)


def test_a_scenario_can_be_run_against_another_folder(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("| question | on | answer |\n|---|---|---|\n| chairman | 2024-06-01 | certain KAZ |\n")
    assert [case.agrees for case in run(page, "csto")] == [True]


@pytest.mark.parametrize(
    "answer",
    ["certain BLR", "certain KAZ Somebody Else", "uncertain KAZ", "certain KAZ / BLR", "vacant"],
)
def test_a_wrong_answer_does_not_agree(tmp_path: Path, answer: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"| question | on | answer |\n|---|---|---|\n| chairman | 2024-06-01 | {answer} |\n")
    assert [case.agrees for case in run(page, "csto")] == [False]


def test_a_wrong_reason_does_not_agree(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    row = "| chairman | 2024-06-01 | certain KAZ | by lot |"
    page.write_text(f"| question | on | answer | because |\n|---|---|---|---|\n{row}\n")
    assert [case.agrees for case in run(page, "csto")] == [False]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# Nothing\n", "no table of questions"),
        (
            "| question | on | answer |\n|---|---|---|\n| chairman | 2024-06-01 | vacant |\n",
            "names an organisation",
        ),
        (
            "Organisation: csto\n\n| question | when | answer |\n|---|---|---|\n| x | 2024 | vacant |\n",
            "columns",
        ),
        (
            "Organisation: csto\n\n| question | on | answer |\n|---|---|---|\n| chairman | soon | vacant |\n",
            "no day",
        ),
    ],
)
def test_a_page_that_is_no_scenario_is_refused_in_a_sentence(tmp_path: Path, text: str, what: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(BadInput, match=what):
        run(page)
