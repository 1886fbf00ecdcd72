"""A question by the beginning of its name: whole names first, beginnings where only one thing has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli import main
from foedus.engine.names import meant
from foedus.problems import NotFound
from foedus.secretariat import opened
from tests.folders import loaded

CALLS = {"chairman": "chair", "Chairman of the Council": "chair", "council": "organ", "Chad": "TCD"}


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("chairman", "chair"),
        ("chair", "chair"),
        ("CHAIRMAN of", "chair"),
        ("chairman-of-the council", "chair"),
        ("co", "organ"),
        ("chad", "TCD"),
    ],
)
def test_a_name_or_a_beginning_that_only_one_thing_has_means_that_thing(name: str, thing: str) -> None:
    assert meant("thing", name, CALLS) == thing


def test_a_whole_name_comes_before_a_longer_one_that_begins_so() -> None:
    assert meant("thing", "org", {"org": "short", "organ": "long"}) == "short"


def test_the_beginning_of_several_is_refused_with_each_of_them() -> None:
    with pytest.raises(NotFound) as refused:
        meant("thing", "cha", CALLS)
    assert (
        str(refused.value)
        == "There is no single thing “cha”. It may be TCD or chair. Write more of its name."
    )


@pytest.mark.parametrize("name", ["", " ", "-", "x"])
def test_the_beginning_of_nothing_and_nothing_at_all_are_refused(name: str) -> None:
    with pytest.raises(NotFound, match="There is no thing"):
        meant("thing", name, CALLS)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean “chairman”"):
        meant("thing", "charman", CALLS)


# -- questions


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        ("chair", "chairman"),
        ("chairman", "chairman"),
        ("secretary", "secretary-general"),
        ("Secretary General", "secretary-general"),
        ("coun", "council"),
        ("armen", "Armenia"),
        ("ARM", "ARM"),
        ("France", "France"),  # a state, if none on this record
    ],
)
def test_a_question_is_known_by_the_beginning_of_its_name(asked: str, whole: str, tmp_path: Path) -> None:
    assert loaded(tmp_path, {}).questions().whole(asked) == whole


def test_an_answer_to_a_beginning_is_the_answer_to_the_whole_name() -> None:
    day = date(2022, 12, 1)
    questions = opened("csto").questions()
    assert questions.who("chair", day) == questions.who("chairman", day)
    assert questions.timeline("chair") == questions.timeline("chairman")
    assert questions.title("chair") == "Chairman of the Collective Security Council"


def test_the_command_line_takes_a_beginning_and_names_the_candidates_of_one_too_short() -> None:
    asked = CliRunner().invoke(main, ["who", "csto", "chair", "--on", "2022-12-01"])
    assert asked.exit_code == 0
    assert "Chairman of the Collective Security Council on 1 December 2022" in asked.stdout
    refused = CliRunner().invoke(main, ["who", "csto", "k", "--on", "2022-12-01"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "It may be Kazakhstan or Kyrgyzstan." in refused.stderr
