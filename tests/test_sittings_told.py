"""Sessions and statements on a terminal and as JSON: sentences first, hedges and silences in words, every fault at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foedus.cli import main
from tests.folders import EVIDENCE, acts, folder
from tests.test_schemas import faults
from tests.test_sittings import LEAGUE
from tests.test_topics import BORDER, TOPICS

NARROW = {"COLUMNS": "80", "TERM": "xterm-256color", "FORCE_COLOR": None, "NO_COLOR": None}


def foedus_(*arguments: str) -> Result:
    result = CliRunner(env=NARROW).invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def printed(*arguments: str) -> str:
    """What a command prints, in one line."""
    result = foedus_(*arguments)
    assert result.exit_code == 0, result.output
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    return " ".join(result.stdout.split())


def wide(*arguments: str) -> str:
    """What a command prints where there is room for every row on a line."""
    return CliRunner(env={**NARROW, "COLUMNS": "200"}).invoke(main, arguments).stdout


def told(*arguments: str) -> Any:
    return json.loads(foedus_(*arguments, "--json").stdout)


def refused(*arguments: str) -> list[str]:
    result = foedus_(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(folder(tmp_path_factory.mktemp("league"), LEAGUE))


@pytest.fixture(scope="module")
def border(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(folder(tmp_path_factory.mktemp("border"), {**BORDER, **TOPICS}))


# -- sessions


def test_a_session_of_a_vague_day_shows_the_range_and_the_id_it_is_asked_for_by(league: str) -> None:
    text = printed("sessions", league)
    assert "between 2008-01-01 and 2008-12-31" in wide("sessions", league)
    assert "(some-day)" in text


def test_only_sessions_that_a_day_does_not_name_show_their_id(league: str) -> None:
    text = wide("sessions", league)
    assert "(morning)" in text
    assert "(evening)" in text
    assert "(long)" not in text


def test_a_table_that_fits_breaks_no_word(league: str) -> None:
    lines = foedus_("sessions", league).stdout.splitlines()
    assert [line for line in lines if line.startswith("2004-05-01 ")]
    assert not [line for line in lines if line.startswith("2004-05-0 ")]


def test_the_table_says_who_came_and_where_that_is_not_recorded(league: str) -> None:
    text = wide("sessions", league)
    assert "3 of 4, 1 absent" in text
    assert "not recorded" in text


# -- a session


def test_a_session_says_what_it_was_who_came_and_what_is_not_on_record(league: str) -> None:
    text = printed("session", league, "2007-03-02")
    assert "Council, 1-3 March 2007, Minsk" in text
    assert "Regular session, held in person, hosted by Belarus." in text
    assert "Formats restricted, then expanded" in text
    assert "A pact not taken up, who stopped it is not said" in text
    assert "[L]" in text
    assert "A name in brackets is the rule's" in text
    assert "Said elsewhere about it, or a part of it" in text
    assert "said on 1 April 2007" in text
    assert "Not in the record" in text


def test_yerevan_is_told_with_its_hedges_its_silences_and_its_unknown_number() -> None:
    text = printed("session", "csto", "2022-11-23")
    assert (
        "Emomali Rahmon (president, Tajikistan), reportedly: Raised once more the security of the border"
        in text
    )
    assert "silent: Tajik president's official website: nothing more of that part of the speech" in text
    assert "17 tabled, 15 agreed by all, 2 sent back" in text
    assert "Several, a number is not given" in text
    assert "some day from 23 November 2022 to 1 January 2023" in text
    assert "Presumed: the hand-over is on record, no decision is on file." in text


def test_what_a_record_puts_in_brackets_is_shown_as_it_is(tmp_path: Path) -> None:
    bracketed = acts(
        f'id: odd, kind: decision, session: first, what: "a [red]line[/red] :smile:", outcome: adopted, {EVIDENCE}'
    )
    assert "A [red]line[/red] :smile:" in printed("session", str(folder(tmp_path, bracketed)), "first")


# -- statements


def test_statements_are_grouped_by_session_and_the_undated_stand_last(border: str) -> None:
    text = printed("statements", border)
    places = [
        text.index(part) for part in ("1 January 2002", "1 May 2003, Ani", "a day that is not recorded")
    ]
    assert places == sorted(places)
    assert "Topics" in text


def test_a_statement_made_once_more_names_who_said_so_before_and_when(border: str) -> None:
    text = printed("statements", border, "--topic", "border")
    assert "The border: 10 entries on record" in text
    assert "earlier on this topic by Armenia: 2002-01-01 (raised)" in text
    assert "earlier on this topic by others: 1 entry" in text
    assert "Decision: A pact: adopted." in text


def test_where_nothing_is_on_record_nothing_is_said_not_to_have_been_said(border: str) -> None:
    text = printed("statements", border, "--by", "France")
    assert "0 statements by France on record" in text
    assert "not to say that nothing was said" in text


# -- JSON


def test_every_session_of_the_league_is_as_its_schema_says(league: str) -> None:
    sessions = told("sessions", league)
    assert not faults("sessions", sessions)
    for row in sessions["sessions"]:
        assert not faults("session", told("session", league, row["id"])), row["id"]


def test_statements_by_topic_are_as_their_schema_says(border: str) -> None:
    for topic in ("border", "money"):
        assert not faults("statements", told("statements", border, "--topic", topic))
    assert not faults("statements", told("statements", border))


def test_as_known_before_anything_was_recorded_there_is_nothing_and_that_is_valid() -> None:
    for name in ("sessions", "statements"):
        output = told(name, "csto", "--known", "2020-01-01")
        assert not faults(name, output)
        assert output["known"] == "2020-01-01"
        assert output.get("sessions", output.get("items")) == []


# -- what cannot be asked


def test_every_fault_of_the_arguments_is_told_at_once() -> None:
    said = refused(
        "statements", "csto", "--topic", "x", "--by", "rahmon", "--session", "x", "--known", "soon"
    )
    assert [line.split(":")[0] for line in said] == ["--by", "--known", "--session", "--topic"]
    assert "Did you mean “Emomali Rahmon”?" in said[0]


@pytest.mark.parametrize(
    ("session", "meant"),
    [
        ("2022-11-24", "before it “2022-11-23/yerevan”; after it “2023-11-23/minsk”"),
        ("2022-11-23/yerevn", "Did you mean “2022-11-23/yerevan”?"),
        ("2022-02-30", "There is no session of csto “2022-02-30”."),
        ("", "There is no session of csto “”."),
    ],
)
def test_what_names_no_session_is_refused_with_what_would_be_right(session: str, meant: str) -> None:
    (line,) = refused("session", "csto", session)
    assert line.startswith("SESSION: ")
    assert meant in line


def test_a_session_that_was_not_yet_known_is_refused() -> None:
    (line,) = refused("session", "csto", "2022-11-23", "--known", "2020-01-01")
    assert "as known on 2020-01-01" in line
