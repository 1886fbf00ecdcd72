"""The members of the Security Council on every day since 1946, and every turn since January 2000, by clingo from the files."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

import foedus
from foedus.engine.standing import Standing
from tests.by_clingo.council import START, Answers, answers

COUNCIL = Path(foedus.__file__).parent / "organisations" / "un-security-council"
END = date(2026, 11, 24)  # the day after the last of the record


@pytest.fixture(scope="module")
def clingo() -> Answers:
    return answers(COUNCIL, END)


@pytest.fixture(scope="module")
def standing() -> Standing:
    return foedus.load("un-security-council").standing()


def test_who_sits_is_the_same_on_every_day(standing: Standing, clingo: Answers) -> None:
    found: set[tuple[str, date]] = set()
    for state in standing.parties():
        for segment in standing.party(state).segments:
            if segment.holder is not None and segment.holder.as_ == "member":
                last = min(segment.end or END, END)
                days = (last - segment.start).days
                found |= {(state, segment.start + timedelta(days=n)) for n in range(days)}
    assert len({day for _, day in found}) == (END - date(1946, 1, 17)).days
    assert found == clingo.sat


def test_whose_turn_it_is_is_the_same_every_month_since_2000(standing: Standing, clingo: Answers) -> None:
    presidency = standing.office("president")
    months = sorted(clingo.turns)
    assert (months[0], len(months)) == (START, 323)  # through November 2026
    held = {month: presidency.at(month).holder for month in months}
    assert {month: holder.state for month, holder in held.items() if holder is not None} == clingo.turns
    assert clingo.turns[date(2021, 10, 1)] == "KEN"
    assert not clingo.out_of_turn


def test_a_member_told_otherwise_is_noticed_on_its_days_and_at_its_turn(
    clingo: Answers, tmp_path: Path
) -> None:
    written = "party: KEN, of: organisation, as: elected, from: 2021-01-01"
    shutil.copytree(COUNCIL / "record", tmp_path / "record")
    file = tmp_path / "record" / "membership.yaml"
    file.write_text(file.read_text().replace(written, written.replace("2021-01-01", "2021-11-01")))
    told = answers(tmp_path, END)
    assert clingo.sat - told.sat == {("KEN", date(2021, 1, 1) + timedelta(days=n)) for n in range(304)}
    assert told.turns[date(2021, 10, 1)] == "MEX"  # the next name after Ireland's
    assert date(2021, 10, 1) in told.out_of_turn
