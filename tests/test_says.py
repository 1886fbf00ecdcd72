"""What each source says on a point: side by side, with its way to the speaker; who is silent, and what was only read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.accounts.says import Says, Spoken, says
from foedus.cli import main
from foedus.problems import NotFound
from foedus.secretariat import opened
from tests.folders import EVIDENCE, SOURCES, acts, loaded

PASSED = (
    "id: passed, kind: designation, office: chairman, opened by: first, to: BLR, authority: presumed, "
    "effective: {between: 2002-01-01/2002-03-01}"
)
BELARUS = f"id: blr, kind: membership, party: BLR, of: organisation, from: 2001-01-01, {EVIDENCE}"


def chair(day: str = "2022-12-01") -> Says:
    return says(opened("csto").questions(), "chair", date.fromisoformat(day))


def small(where: Path, *entries: str, on: str = "2002-02-01", question: str = "chairman") -> Says:
    sources = {SOURCES: "page: {kind: agency}\nother: {kind: secondary}\nthird: {kind: agency}\n"}
    organisation = loaded(where, {**acts(BELARUS, *entries), **sources})
    return says(organisation.questions(), question, date.fromisoformat(on))


def of(told: Says, entry: str) -> Spoken:
    (found,) = (spoken for spoken in told.spoken if spoken.line.id == entry)
    return found


# -- the example: the hand-over of November 2022


def test_the_three_accounts_of_the_day_of_the_hand_over_stand_side_by_side() -> None:
    first = chair().spoken[0]
    assert (first.line.id, first.bearing) == ("2022-11-23/handover", "rests on")
    days = [(s.read.id, str(s.witness.points_to)) for s in first.sayings if s.read and s.witness.points_to]
    assert days == [
        ("radar2022", "2022-11-23"),
        ("aravot2022", "2022-11-23"),
        ("pacsto2022", "one day of 2022-11-23/2022-12-31"),
        ("tass2023", "2023-01-01"),
    ]


def test_each_source_is_told_with_its_kind_its_day_and_the_chain_to_the_speaker() -> None:
    radar, _, assembly, tass, asia, *_ = chair().spoken[0].sayings
    assert radar.witness.told() == "radar.am ← Nikol Pashinyan"
    assert radar.witness.mode == "direct-quote"
    assert assembly.read is not None
    assert assembly.read.source.kind == "official-website"
    assert tass.read is not None
    assert (tass.read.source.kind, tass.read.source.published) == ("agency", "2023-01-01")
    assert asia.witness.told().endswith("← Tajik president's official website")
    assert "congratulated Lukashenko" in asia.says


def test_rahmons_congratulation_is_told_as_a_statement_about_the_hand_over() -> None:
    spoken = of(chair(), "2022-11-23/yerevan/rahmon-congratulates")
    assert spoken.bearing == "about it"
    assert spoken.line.says.startswith("Emomali Rahmon")
    assert [saying.read.id for saying in spoken.sayings if saying.read] == ["seed"]


def test_who_chaired_at_the_session_is_considered_beside_the_answer() -> None:
    assert of(chair(), "2022-11-23/yerevan/chair").bearing == "considered"


def test_sources_read_for_the_session_that_say_nothing_on_the_point_are_named_apart() -> None:
    told = chair()
    unheard = {read.id for _, sources in told.unheard for read in sources}
    heard = {s.witness.source for spoken in told.spoken for s in spoken.sayings}
    assert {"jam2022", "horizon2022"} <= unheard  # read for the drafts of that day
    assert not unheard & heard
    assert not told.silent


def test_the_command_line_takes_the_question_and_the_day_in_one() -> None:
    result = CliRunner().invoke(main, ["says", "csto", "chair 2022-12-01"], env={"COLUMNS": "300"})
    assert result.exit_code == 0
    for part in (
        "radar.am ← Nikol Pashinyan",
        "the presidency of 2022-2023 will pass from Armenia to Belarus",
        "Belarus takes over and will chair in 2023",
        "(which is not silence)",
        "No source is recorded as silent on this point.",
    ):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("point", "wrong"),
    [
        ("chair", ["names no day"]),
        ("2022-12-01", ["asks nothing"]),
        ("chair 2022-13-01", ["“2022-13-01” is no day of the calendar"]),
        ("charman 2022-12", ["not one day", "Did you mean “chairman”"]),
        ("", ["names no day"]),
    ],
)
def test_every_fault_of_a_point_is_told_at_once(point: str, wrong: list[str]) -> None:
    result = CliRunner().invoke(main, ["says", "csto", point, "--known", "2022-02-30"])
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert len(lines) == len(wrong) + 1
    for part in (*wrong, "2022-02-30"):
        assert sum(part in line for line in lines) == 1


def test_an_unknown_question_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean “chairman”"):
        says(opened("csto").questions(), "charman", date(2022, 12, 1))


# -- in a small folder


def test_what_is_not_noted_of_a_source_is_what_the_entry_says(tmp_path: Path) -> None:
    evidence = "evidence: [{source: page, says: in spring}, {source: other}]"
    page, other = of(small(tmp_path, f"{PASSED}, {evidence}"), "passed").sayings
    assert (page.says, page.noted) == ("in spring", True)
    assert (other.says, other.noted) == ("chairman handed over to Belarus (presumed)", False)


def test_a_source_points_to_a_day_only_where_that_is_recorded(tmp_path: Path) -> None:
    evidence = "evidence: [{source: page}, {source: other, points to: 2002-02-02}]"
    sayings = of(small(tmp_path, f"{PASSED}, {evidence}"), "passed").sayings
    assert [(s.witness.source, s.witness.points_to is None) for s in sayings] == [
        ("other", False),
        ("page", True),
    ]


def test_a_recorded_silence_is_told_and_is_not_among_what_was_only_read(tmp_path: Path) -> None:
    told = small(
        tmp_path,
        f"{PASSED}, {EVIDENCE}",
        "id: mute, kind: silence, of: passed, says: the day, evidence: [{source: other, mode: silent}]",
        "id: talks, kind: discussion, session: first, items: [peace], evidence: [{source: other}, {source: third}]",
    )
    assert [(m.of, m.saying.witness.source, m.saying.says) for m in told.silent] == [
        ("passed", "other", "silent: the day")
    ]
    assert [(line.id, [read.id for read in sources]) for line, sources in told.unheard] == [
        ("first", ["third"])
    ]


def test_a_silent_chain_of_an_entrys_own_evidence_is_silence_and_no_word(tmp_path: Path) -> None:
    told = small(tmp_path, f"{PASSED}, evidence: [{{source: page}}, {{source: other, mode: silent}}]")
    assert [saying.witness.source for saying in of(told, "passed").sayings] == ["page"]
    assert [mute.saying.witness.source for mute in told.silent] == ["other"]


def test_a_rival_hand_over_for_the_same_term_is_told_too(tmp_path: Path) -> None:
    rival = PASSED.replace("id: passed", "id: rival").replace("to: BLR", "to: ARM")
    told = small(tmp_path, f"{PASSED}, {EVIDENCE}", f"{rival}, {EVIDENCE}", on="2002-06-01")
    assert {"passed", "rival"} <= {spoken.line.id for spoken in told.spoken}


def test_an_appointment_made_and_not_begun_is_considered(tmp_path: Path) -> None:
    serving = f"id: a, kind: appointment, office: secretary-general, person: A, from: 2002-01-01, until: 2003-01-01, {EVIDENCE}"
    named = f"id: b, kind: appointment, office: secretary-general, person: B, appointed: 2002-06-01, from: 2003-01-01, {EVIDENCE}"
    at = {
        day: {
            s.line.id: s.bearing
            for s in small(tmp_path / day, serving, named, on=day, question="secretary-general").spoken
        }
        for day in ("2002-05-31", "2002-06-01", "2003-01-01")
    }
    assert at == {
        "2002-05-31": {"a": "rests on"},
        "2002-06-01": {"a": "rests on", "b": "considered"},
        "2003-01-01": {"b": "rests on"},
    }


def test_a_partys_own_acts_are_considered_up_to_the_day(tmp_path: Path) -> None:
    notice = f"id: notice, kind: treaty-action, on: 2003-01-01, states: [BLR], of: organisation, action: notice, {EVIDENCE}"
    for day, there in (("2002-12-31", False), ("2003-01-01", True)):
        told = small(tmp_path / day, notice, on=day, question="BLR")
        assert ("notice" in {spoken.line.id for spoken in told.spoken}) is there


def test_of_an_organ_every_seat_is_told(tmp_path: Path) -> None:
    told = small(tmp_path, question="council", on="2002-01-01")
    assert {"arm", "blr", "head"} <= {s.line.id for s in told.spoken if s.bearing == "rests on"}
