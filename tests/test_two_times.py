"""When it was so, when it was recorded, and when it was out: corrections, late news, and what the public could know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import foedus
from foedus.cli import main
from foedus.engine.differences import differences
from foedus.record.live import without_right
from foedus.secretariat import Organisation
from foedus.terms.dates import parse_day
from tests.folders import ABOUT, ACTS, ENTRIES, ENVELOPE, EVIDENCE, HEAD, SOURCES, loaded, one_problem

SECRETARY = "kind: appointment, office: secretary-general"
CLERK = "recorded by: the clerk"
COMPLETE = "coverage: [{kind: appointment, grade: complete}, {kind: membership, grade: complete}]\n"


def league(
    where: Path, *entries: str, sources: str = "page: {kind: agency}\n", about: str = ""
) -> Organisation:
    """The tiny league with a record of when each entry was recorded and by whom."""
    acts = ENVELOPE + ENTRIES + "".join(f"  - {{{entry}}}\n" for entry in entries)
    return loaded(where, {HEAD: ABOUT + COMPLETE + about, SOURCES: sources, ACTS: acts})


def appointed(entry: str, person: str, recorded: str, more: str = "", start: str = "2010-01-01") -> str:
    return (
        f"id: {entry}, {SECRETARY}, person: {person}, from: {start}, recorded: {recorded}, {CLERK}, "
        f"evidence: [{{source: page}}]{more}"
    )


def holder(organisation: Organisation, known: str | None = None) -> str:
    return organisation.who("secretary-general", "2011-01-01", known).rows[0].summary()


def test_of_two_corrections_the_last_recorded_stands(tmp_path: Path) -> None:
    record = league(
        tmp_path,
        appointed("one", "Ada", "2012-01-01"),
        appointed("three", "Cyra", "2014-01-01", ", corrects: one"),
        appointed("two", "Bela", "2013-01-01", ", corrects: one"),
    )
    assert [holder(record, f"{year}-06-01") for year in (2012, 2013, 2014)] == ["Ada", "Bela", "Cyra"]


def test_an_entry_taken_back_after_its_correction_is_gone(tmp_path: Path) -> None:
    record = league(
        tmp_path,
        appointed("one", "Ada", "2012-01-01"),
        appointed("two", "Bela", "2013-01-01", ", corrects: one"),
        f"id: back, kind: withdrawal, withdraws: one, recorded: 2014-01-01, {CLERK}, evidence: [{{source: page}}]",
    )
    assert [holder(record, f"{year}-06-01") for year in (2012, 2013, 2014)] == ["Ada", "Bela", "nobody"]


def test_a_correction_taken_back_lets_the_first_entry_stand_again(tmp_path: Path) -> None:
    record = league(
        tmp_path,
        appointed("one", "Ada", "2012-01-01"),
        appointed("two", "Bela", "2013-01-01", ", corrects: one"),
        f"id: back, kind: withdrawal, withdraws: two, recorded: 2014-01-01, {CLERK}, evidence: [{{source: page}}]",
    )
    assert [holder(record, f"{year}-06-01") for year in (2012, 2013, 2014)] == ["Ada", "Bela", "Ada"]


def test_a_correction_by_somebody_without_the_right_counts_for_nothing(tmp_path: Path) -> None:
    stranger = appointed("two", "Bela", "2013-01-01", ", corrects: one").replace("the clerk", "a stranger")
    record = league(tmp_path, appointed("one", "Ada", "2012-01-01"), stranger)
    assert holder(record) == "Ada"
    assert [(r.id, t.id) for r, t in without_right(record.record.entries, ())] == [("two", "one")]


def test_whoever_may_correct_may_correct_the_entries_of_others(tmp_path: Path) -> None:
    stranger = appointed("two", "Bela", "2013-01-01", ", corrects: one").replace("the clerk", "the registrar")
    record = league(
        tmp_path, appointed("one", "Ada", "2012-01-01"), stranger, about="may correct: [the registrar]\n"
    )
    assert holder(record) == "Bela"


def test_a_correction_of_a_correction_is_a_problem_that_says_what_to_correct(tmp_path: Path) -> None:
    entries = [
        appointed("one", "Ada", "2012-01-01"),
        appointed("two", "Bela", "2013-01-01", ", corrects: one"),
        appointed("three", "Cyra", "2014-01-01", ", corrects: two"),
    ]
    acts = ENVELOPE + ENTRIES + "".join(f"  - {{{entry}}}\n" for entry in entries)
    found = one_problem(tmp_path, {ACTS: acts})
    assert found.line == (ENVELOPE + ENTRIES).count("\n") + 3
    assert "itself a correction of “one”" in found.what
    assert found.remedy == "Correct “one”: its latest correction stands."


def test_a_repair_recorded_before_what_it_repairs_is_a_problem(tmp_path: Path) -> None:
    entries = [
        appointed("one", "Ada", "2012-01-01"),
        appointed("two", "Bela", "2011-01-01", ", corrects: one"),
    ]
    acts = ENVELOPE + ENTRIES + "".join(f"  - {{{entry}}}\n" for entry in entries)
    found = one_problem(tmp_path, {ACTS: acts})
    assert found.what == "“two”, recorded 2011-01-01, repairs “one”, recorded 2012-01-01."
    assert found.remedy == "A repair is recorded with what it repairs, or later."


def test_what_changed_between_two_days_names_the_entries_through_which(tmp_path: Path) -> None:
    record = league(
        tmp_path,
        appointed("one", "Ada", "2012-01-01"),
        appointed("two", "Bela", "2013-01-01", ", corrects: one"),
    )
    first, last = (record.questions(parse_day(f"{year}-06-01")) for year in (2012, 2013))
    (change,) = (d for d in differences(first, last) if d.status_after == "certain")
    assert (change.about, str(change.start), change.before, change.after) == (
        "Secretary General",
        "2010-01-01",
        "Ada",
        "Bela",
    )
    assert change.entries == ("one", "two")


def test_a_body_learned_of_late_is_a_difference_from_its_founding_on(tmp_path: Path) -> None:
    body = "id: patrol, kind: body, name: Night Patrol, status: established, of: organisation, from: 2012-03-01, recorded: 2013-01-01"
    record = league(tmp_path, f"{body}, {EVIDENCE}")
    first, last = (record.questions(parse_day(f"{year}-06-01")) for year in (2012, 2013))
    changes = [d for d in differences(first, last) if d.about == "Night Patrol"]
    first_of_all = changes[0]
    assert (str(first_of_all.start), first_of_all.before, first_of_all.after) == (
        "2012-03-01",
        "nothing recorded",
        "established",
    )
    assert {d.entries for d in changes} == {("patrol",)}


def test_nothing_changed_between_two_days_on_which_nothing_was_recorded(tmp_path: Path) -> None:
    record = league(tmp_path, appointed("one", "Ada", "2012-01-01"))
    first, last = (record.questions(parse_day(f"{year}-06-01")) for year in (2013, 2014))
    assert differences(first, last) == ()


def test_the_earlier_day_of_a_difference_comes_first() -> None:
    result = CliRunner().invoke(main, ["diff", "csto", "--known", "2026-12-01", "2026-01-01"])
    assert result.exit_code == 2
    assert "Give the earlier first." in result.output


PUBLISHED = (
    "early: {kind: agency, published: 2010-03-01}\nlate: {kind: official-record, published: 2015-05-05}\n"
)


def sourced(evidence: str) -> str:
    return f"id: one, {SECRETARY}, person: Ada, from: 2010-01-01, evidence: [{evidence}]"


@pytest.mark.parametrize(
    ("by", "says", "attribution"),
    [
        ("2010-02-28", "nobody", None),
        ("2010-03-01", "Ada", "agency"),
        ("2015-05-05", "Ada", "official-record"),
    ],
)
def test_an_answer_uses_only_the_pages_that_were_out(
    by: str, says: str, attribution: str | None, tmp_path: Path
) -> None:
    sources = "page: {kind: agency}\n" + PUBLISHED
    record = league(tmp_path, sourced("{source: early}, {source: late}"), sources=sources)
    row = record.published(by).who("secretary-general", "2010-02-01").rows[0]
    assert (row.summary(), row.attribution) == (says, attribution)


def test_what_shows_no_day_counts_from_the_day_of_its_act(tmp_path: Path) -> None:
    record = league(tmp_path, sourced("{known: recalled}"))
    assert "one" not in record.published("2009-12-31").record.by_id
    assert "one" in record.published("2010-01-01").record.by_id


def test_a_page_that_only_expected_an_act_leaves_no_entry_of_it(tmp_path: Path) -> None:
    sources = "page: {kind: agency}\n" + PUBLISHED
    record = league(tmp_path, sourced("{source: early, mode: expected}, {source: late}"), sources=sources)
    assert "one" not in record.published("2012-01-01").record.by_id


def test_after_the_day_of_publication_nothing_is_known(tmp_path: Path) -> None:
    sources = "page: {kind: agency}\n" + PUBLISHED
    record = league(tmp_path, sourced("{source: early}"), sources=sources).published("2010-03-01")
    assert record.who("secretary-general", "2010-03-01").status == "certain"
    assert record.who("secretary-general", "2010-03-02").status == "unknown"


@pytest.mark.parametrize(("published", "status"), [("2022-11-23", "unknown"), ("2022-10-23", "unknown")])
def test_on_the_evening_of_yerevan_the_next_secretary_general_was_known_and_a_month_before_he_was_not(
    published: str, status: str
) -> None:
    told = foedus.load("csto").published(published).who("secretary-general", "2023-01-01").rows[0]
    assert told.status == status
    assert ("Imangali Tasmagambetov" in told.summary()) is (published == "2022-11-23")


def test_the_command_line_takes_the_day_of_publication_with_every_question() -> None:
    result = CliRunner().invoke(
        main, ["who", "csto", "chairman", "--on", "2022-12-01", "--published", "2022-11-23", "--json"]
    )
    assert json.loads(result.output)["basis"]["published"] == "2022-11-23"


def test_an_answer_from_what_was_out_says_so_and_which_entries_show_no_day() -> None:
    result = CliRunner().invoke(
        main, ["who", "csto", "chairman", "--on", "2022-11-20", "--published", "2022-11-23"]
    )
    assert "from what was out by 23 November 2022" in " ".join(result.output.split())
    assert "No page that shows its day stands behind: " in " ".join(result.output.split())
    assert "2021-09-16/handover" in result.output  # neither of its two pages shows a day
    assert "ARM/law/2018-04-09" not in result.output  # two of its four do


def test_a_day_of_publication_that_is_no_day_is_refused_by_name() -> None:
    result = CliRunner().invoke(main, ["who", "csto", "chairman", "--published", "yesterday"])
    assert result.exit_code == 2
    assert "--published: “yesterday” is no day." in result.output
