"""The bench's contenders agree on a small narrative: it would time nothing worth timing if they did not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bench import chair

ACTS, STATES = 400, 5


@pytest.fixture(scope="module")
def foedus(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return _answers("foedus", tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("name", [name for name in chair.NAMES if name != "foedus"])
def test_whoever_is_asked_who_chairs_says_the_same(name: str, foedus: list[str], tmp_path: Path) -> None:
    if name == "prolog" and not shutil.which("swipl"):
        pytest.skip("LEFT OUT: swipl is not installed")
    assert _answers(name, tmp_path) == foedus


def test_a_difference_is_noticed_and_its_day_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert chair.agree({"one": ["a b", "c d"], "other": ["a b", "c d"]})
    assert not chair.agree({"one": ["a b", "c d"], "other": ["a b", "c e"]})
    assert "day 2" in capsys.readouterr().err


def _answers(name: str, folder: Path) -> list[str]:
    file = folder / name
    figures = chair.run(name, ACTS, STATES, file)
    assert figures["evaluate"] > 0
    answers = file.read_text().splitlines()
    assert len(answers) == ACTS
    return answers


def test_a_target_that_was_missed_is_called_missed_and_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    mine, slow = {"evaluate": 1.0, "peak": 100.0}, {"evaluate": 9.0, "peak": 100.0}
    taken = {(100_000, 6): {"foedus": mine, "clingo": slow, "loop": mine}, (10_000, 600): {"foedus": mine}}
    chair.print_targets(taken, {"late": 0.01, "who": 1e-6, "lines": 1e-6, "linear": 1.0}, 1.0)
    missed = [line for line in capsys.readouterr().out.splitlines() if line.endswith("MISSED")]
    assert [line.split(",")[0].strip() for line in missed] == ["100k × 6"]  # nine times as fast, not ten
