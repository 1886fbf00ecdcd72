"""The chair, the seats and the members of the CSTO on every day of its record, by another semantics: clingo, from the files.

The two have nothing in common but the files: `facts` reads them without Foedus, and `article-13.lp` says in rules of its
own what the articles mean. Where the record leaves something open clingo tries every world; the engine must name the same
answers, no more and no fewer, and call them by the same status.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import foedus
from foedus.engine.reasons import Holder
from foedus.engine.timelines import Segment, Timeline
from foedus.secretariat import Organisation
from tests.by_clingo.answers import NOBODY, Answers, Of, Who, answers
from tests.by_clingo.facts import PAST_RECORD

CSTO = Path(foedus.__file__).parent / "organisations" / "csto"
SIGNED = date(2002, 10, 7)  # the Charter
IN_FORCE = date(2003, 9, 18)
STATES = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB")
CHAIR: Of = ("chair", "chair")


@pytest.fixture(scope="module")
def clingo() -> Answers:
    return answers(CSTO)


def timelines(organisation: Organisation) -> Iterator[tuple[Of, Timeline]]:
    standing = organisation.standing()
    assert standing.parties() == STATES
    yield CHAIR, standing.office("chairman")
    for state in STATES:
        yield ("status", state), standing.party(state)
        yield ("seat", state), standing.seats("council")[state]


def days(organisation: Organisation) -> list[date]:
    last = organisation.record.about.record_to + timedelta(days=PAST_RECORD)
    return [SIGNED + timedelta(days=n) for n in range((last - SIGNED).days + 1)]


def possible(segment: Segment, of: Of) -> frozenset[Who]:
    def who(holder: Holder | None) -> Who:
        if holder is None:
            return NOBODY
        return holder.state or "", (holder.as_ if of[0] == "status" else holder.person) or ""

    return frozenset(who(p.holder) for p in segment.possible)


def differences(organisation: Organisation, clingo: Answers) -> list[tuple[Of, date, object, object]]:
    """Where the two do not say the same, in force or past the record's end."""
    found: list[tuple[Of, date, object, object]] = []
    for of, timeline in timelines(organisation):
        for day in days(organisation):
            segment = timeline.at(day)
            expected: object = (clingo.status(of, day), clingo.possible[of, day])
            if day < IN_FORCE:
                expected = ("not-in-force", {NOBODY})
            elif of == CHAIR:
                authorities = clingo.authority[day]
                expected = (expected, next(iter(authorities)) if len(authorities) == 1 else None)
            said: object = (segment.status, possible(segment, of))
            if of == CHAIR and day >= IN_FORCE:
                said = (said, segment.authority)
            if said != expected:
                found.append((of, day, said, expected))
    return found


def test_who_chairs_sits_and_belongs_is_the_same_on_every_day_in_every_world(clingo: Answers) -> None:
    organisation = foedus.load("csto")
    assert len(days(organisation)) == 8_494  # 7 October 2002 to 7 January 2026
    assert not differences(organisation, clingo)


def test_clingo_finds_what_the_sources_say_of_days_that_are_certain_and_of_days_that_are_not(
    clingo: Answers,
) -> None:
    # from the hand-overs as recorded: decided for 1 January 2024; between 23 November 2022 and 1 January 2023
    assert clingo.possible[CHAIR, date(2024, 1, 1)] == {("KAZ", "Kassym-Jomart Tokayev")}
    assert clingo.possible[CHAIR, date(2022, 12, 1)] == {
        ("ARM", "Nikol Pashinyan"),
        ("BLR", "Alexander Lukashenko"),
    }
    assert clingo.status(CHAIR, date(2022, 12, 1)) == "uncertain"
    assert clingo.status(("status", "UZB"), date(2013, 1, 1)) == "contested"


def test_an_entry_told_otherwise_is_noticed_on_the_days_it_bears_on_and_on_no_others(tmp_path: Path) -> None:
    shutil.copytree(CSTO, folder := tmp_path / "csto")
    told_otherwise(folder / "record" / "handovers.yaml", "effective: 2024-01-01", "effective: 2024-01-03")
    told_otherwise(folder / "record" / "heads.yaml", "until: 2019-03-20", "until: 2019-03-19")
    told_otherwise(folder / "record" / "membership.yaml", "until: 2012-12-19", "until: 2012-12-20")
    mutated = answers(folder)
    noticed = {(of, day) for of, day, _, _ in differences(foedus.load("csto"), mutated)}
    assert noticed == {
        (CHAIR, date(2024, 1, 1)),
        (CHAIR, date(2024, 1, 2)),
        (CHAIR, date(2019, 3, 19)),
        (("seat", "KAZ"), date(2019, 3, 19)),
        (("status", "UZB"), date(2012, 12, 19)),
        (("seat", "UZB"), date(2012, 12, 19)),
    }
    assert not differences(foedus.load(folder), mutated)


def told_otherwise(file: Path, written: str, instead: str) -> None:
    text = file.read_text()
    assert text.count(written) == 1
    file.write_text(text.replace(written, instead))
