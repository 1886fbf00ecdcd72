"""Every fact of the page Foedus began with is answered by a command and shown by a page: its table, row by row."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from foedus.cli import main
from tests.conftest import ROOT
from tests.web.conftest import Page

SENTENCES = 24  # of the story
DEGREES = (
    "official record",
    "official website",
    "agency",
    "named media",
    "unnamed media",
    "unattributed",
    "recalled",
    "wording",
    "practice",
)


class Row(NamedTuple):
    """A fact: the sentence it is told in, what is asked, what is so, and where both faces say it."""

    sentence: str
    question: str
    fact: str
    command: str
    says: str
    page: str
    shows: str


def rows() -> list[Row]:
    text = (ROOT / "docs" / "the-page-we-were-given.md").read_text("utf-8")
    lines = (line.strip("|").split("|") for line in text.splitlines() if line.startswith("| "))
    cells = ([cell.strip() for cell in line] for line in lines)
    return [Row(*line) for line in cells if line[1] != "Question"]


ROWS = rows()


@cache
def printed(command: str) -> tuple[int, str]:
    program, *words = shlex.split(command.strip("`"))
    assert program == "foedus"
    result = CliRunner().invoke(main, words, env={"COLUMNS": "400"})
    return result.exit_code, " ".join(result.output.split())


def test_every_sentence_of_the_story_has_its_facts() -> None:
    assert {row.sentence for row in ROWS} == {"–", *(str(number) for number in range(1, SENTENCES + 1))}
    assert len({row.fact for row in ROWS}) == len(ROWS) >= 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fact)
def test_the_command_answers(row: Row) -> None:
    code, answer = printed(row.command)
    assert code == 0, answer
    assert row.says in answer
    assert any(degree in answer for degree in DEGREES), "the answer says how it is known"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.fact)
def test_the_page_shows_it(row: Row, get: Callable[[str], Page]) -> None:
    page = get(row.page.strip("`"))
    assert page.status == 200
    assert row.shows in page.words
