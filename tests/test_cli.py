"""The command line: what each command prints, how it exits, and what it says to those who mistype."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import foedus
from foedus.cli import main
from foedus.secretariat import opened
from foedus.terms.dates import show_day
from foedus.terms.states import PAST_STATES, all_states

CSTO = Path(foedus.__file__).parent / "organisations" / "csto"
PLAIN = {"COLUMNS": "80", "TERM": "xterm-256color", "FORCE_COLOR": None, "NO_COLOR": None}
COMMANDS = sorted(main.commands)
WITHOUT_JSON = {
    "completion",
    "serve",
    "log",
    "register",
    "client",
}  # a script for a shell; pages; what holds verbs of its own
ASKING = [
    ("who", "csto", "chairman", "--on", "2022-12-01"),
    ("who", "csto", "chairman", "--on", "2022-12-01", "--why"),
    ("who", "csto", "chairman", "--on", "2022-12-01", "--why=all"),
    ("who", "csto", "council", "--on", "2005-04-01", "--why"),
    ("who", "csto", "council", "--on", "2030-01-01"),
    ("who", "csto", "UZB", "--on", "2007-01-01", "--why"),
    ("timeline", "csto", "chairman"),
    ("timeline", "csto", "council"),
    ("timeline", "csto", "UZB"),
    ("show", "csto", "--on", "2022-11-23"),
    ("show", "csto", "--on", "2005-04-01"),
    ("sessions", "csto"),
    ("session", "csto", "2022-11-23"),
    ("session", "csto", "2016-12-26"),
    ("statements", "csto"),
    ("case", "csto"),
    ("case", "csto", "arm-2022"),
    ("bodies", "csto", "--on", "2005-06-01"),
    ("says", "csto", "chair 2022-12-01"),
    ("sources", "csto"),
    ("sources", "csto", "seed"),
    ("between", "csto", "2021-09-16", "2022-11-23"),
    ("power", "csto", "council", "--on", "2022-11-23"),
    ("whatif", "csto", "council", "--rule", "majority"),
    ("check", "csto"),
    ("orgs",),
]
WORDS = [" ".join(arguments) for arguments in ASKING]


def foedus_(*arguments: str) -> Result:
    """The command, run in this process, its output not a terminal, 80 columns wide."""
    result = CliRunner(env=PLAIN).invoke(main, arguments, prog_name="foedus")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def printed(*arguments: str) -> str:
    result = foedus_(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*arguments: str) -> Any:
    return json.loads(printed(*arguments, "--json"))


def one_line(text: str) -> str:
    return " ".join(text.split())


# -- help


def example(command: str) -> list[str]:
    """The example in the command's help, as arguments."""
    before, _, after = printed(command, "--help").partition("Example:\n")
    assert before
    words = shlex.split(after.strip().splitlines()[0])
    assert words[:2] == ["foedus", command]
    return words[1:]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "serve"])
@pytest.mark.usefixtures("desk")
def test_the_example_in_each_commands_help_runs(command: str) -> None:
    assert printed(*example(command)).strip()


def test_the_example_of_serve_names_an_organisation_and_options_that_it_has() -> None:
    words = example("serve")
    with main.commands["serve"].make_context("serve", words[1:]) as context:
        assert context.params["org"] == ("csto",)


def test_the_help_lists_every_command_with_what_it_does() -> None:
    text = one_line(printed("--help"))
    for name, command in main.commands.items():
        assert f" {name} {command.get_short_help_str(60)[:40]}" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_json_but_serve_and_completion(command: str) -> None:
    assert ("--json" in printed(command, "--help")) == (command not in WITHOUT_JSON)


def test_the_version_is_printed() -> None:
    assert printed("--version").split()[0] == "foedus"


# -- sentences


def test_an_answer_in_doubt_names_both_candidates_the_day_and_what_makes_each_the_answer() -> None:
    text = one_line(printed("who", "csto", "chairman", "--on", "2022-12-01"))
    assert "on 1 December 2022" in text
    assert "uncertain: Nikol Pashinyan (Armenia) or Alexander Lukashenko (Belarus)" in text
    assert (
        "Nikol Pashinyan (Armenia): if the hand-over to Belarus took effect only after 1 December 2022"
        in text
    )
    assert (
        "Alexander Lukashenko (Belarus): if the hand-over to Belarus took effect by 1 December 2022" in text
    )


def test_an_answer_without_doubt_names_the_one_and_in_what_capacity() -> None:
    text = one_line(printed("who", "csto", "chairman", "--on", "2022-06-01"))
    assert "certain: Nikol Pashinyan (Armenia) as head of government" in text
    assert "Lukashenko" not in text


def test_after_the_record_the_answer_is_unknown_and_so_far_as_the_record_goes() -> None:
    text = one_line(printed("who", "csto", "chairman", "--on", "2030-01-01"))
    assert "unknown: so far as the record goes: Vladimir Putin (Russia)" in text


def test_before_the_charter_no_rule_is_in_force() -> None:
    assert "no rule in force" in printed("who", "csto", "chairman", "--on", "1995-01-01")


def test_why_says_because_of_what_by_which_rule_from_which_entries_and_sources_and_the_weakest() -> None:
    question = ("who", "csto", "chairman", "--on", "2023-02-01")
    short, long = printed(*question), printed(*question, "--why")
    assert long.startswith(short)
    more = long.removeprefix(short)
    parts: dict[str, str] = {}
    label = ""
    for line in more.splitlines():
        labelled = re.match(r"  (\S+(?: on)?) {2,}(.*)", line)
        label, said = labelled.groups() if labelled else (label, line.strip())
        parts[label] = f"{parts.get(label, '')} {said.strip()}"
    assert [p for p in parts if p != "Leans on"] == ["Because", "Rule", "Entries", "Sources", "Weakest"]
    assert "presumed: a hand-over is on record that no entry contests" in parts["Because"]
    assert "Charter, Article 13: chair-of-council" in parts["Rule"]
    assert "2022-11-23/handover" in parts["Entries"]
    assert "odkb2022 (official website)" in parts["Sources"].replace("-", " ")
    answer = told(*question)
    weakest = answer["reason"]["weakest"]
    assert weakest["attribution"].replace("-", " ") in parts["Weakest"].replace("-", " ")
    assert weakest["entry"] in parts["Weakest"]
    assert weakest["attribution"] == answer["attribution"]


def test_why_all_tells_every_step_of_every_way_with_its_rule_and_entries_and_what_was_set_aside() -> None:
    question = ("who", "csto", "chairman", "--on", "2022-12-01")
    text = one_line(printed(*question, "--why=all"))
    assert text.startswith(one_line(printed(*question)))
    first, second = text.split("way 1 of 2: ")[1].split("way 2 of 2: ")
    assert first.startswith("Nikol Pashinyan (Armenia), if the hand-over to Belarus took effect only after")
    assert second.startswith("Alexander Lukashenko (Belarus), if the hand-over to Belarus took effect by")
    for way in (first, second):
        assert "Defeated: The general rule would seat the host, Armenia. Charter, Article 13" in way
    assert "Considered, not met: No law of Belarus that empowers its head of government" in second
    assert "2022-11-23/handover (official website)" in first
    for branch, way in zip(told(*question)["reason"]["branches"], (first, second), strict=True):
        assert all(step["says"] in way for step in branch["steps"])


def test_why_all_of_an_organ_tells_the_steps_of_each_seat() -> None:
    text = printed("who", "csto", "council", "--on", "2022-12-01", "--why=all")
    seats = [line.partition(":")[0] for line in text.splitlines() if re.match(r"\w+: \w", line)]
    assert seats == ["Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan"]


def test_why_takes_nothing_but_all_and_leaves_the_next_argument_alone() -> None:
    assert "Because" in printed("who", "--why", "csto", "chairman", "--on", "2023-02-01")
    result = foedus_("who", "csto", "chairman", "--why=some")
    assert result.exit_code == 2
    assert "Write --why, or --why=all." in result.output


def test_an_organ_is_told_seat_by_seat() -> None:
    text = printed("who", "csto", "council", "--on", "2022-12-01")
    seats = {line.split()[0]: one_line(line) for line in text.splitlines() if " certain " in line}
    assert list(seats) == ["Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan"]
    assert "Nikol Pashinyan head of government certain" in seats["Armenia"]
    assert "Alexander Lukashenko head of state certain" in seats["Belarus"]


def test_a_day_on_which_it_was_known_is_said() -> None:
    text = one_line(printed("who", "csto", "chairman", "--on", "2022-12-01", "--known", "2020-01-01"))
    assert "on 1 December 2022, as known on 1 January 2020" in text
    assert "unknown" in text
    assert "Pashinyan" not in text


def test_show_tells_the_parties_every_office_and_the_seats_of_every_organ() -> None:
    text = one_line(printed("show", "csto", "--on", "2022-11-23"))
    for part in (
        "Parties of the CSTO: Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan (6)",
        "Parties of the Treaty: Armenia,",
        "Chairman of the",
        "Secretary General on",
        "Council on 23 November 2022",
    ):
        assert part in text
    assert "Stanislav Zas (Belarus)" in text


def test_check_ends_with_the_counts_of_what_it_tells() -> None:
    lines = printed("check", "csto").splitlines()
    assert lines[-1] == "csto: 0 problems; findings: 0 errors, 5 warnings, 9 notes"
    heads = [line.split(":")[0] for line in lines if line and not line.startswith(" ")]
    assert {"warning seat-before-rule", "note default-displaced"} <= set(heads)


def test_without_a_day_the_answer_is_todays() -> None:
    before = date.today()  # noqa: DTZ011 - the day people mean is the one on their wall
    text = printed("who", "csto", "chairman").splitlines()[0]
    answer, overview = told("who", "csto", "chairman"), told("show", "csto")
    after = date.today()  # noqa: DTZ011 - as above
    assert any(text.endswith(f" on {show_day(day)}") for day in (before, after))
    assert before.isoformat() <= answer["on"] <= overview["on"] <= after.isoformat()


# -- the form of the output


@pytest.mark.parametrize("arguments", ASKING, ids=WORDS)
def test_output_fits_80_columns_and_carries_no_colour_where_there_is_no_terminal(
    arguments: tuple[str, ...],
) -> None:
    text = printed(*arguments)
    assert text.strip()
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


def test_json_is_indented_and_keeps_every_script_as_it_is() -> None:
    text = printed("who", "csto", "chairman", "--on", "2022-12-01", "--json")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


ANSWER = [
    "organisation",
    "question",
    "on",
    "known",
    "status",
    "holders",
    "possible",
    "attribution",
    "reason",
    "basis",
]
SEGMENT = ["from", "to", "status", "holders", "possible", "reason"]


@pytest.mark.parametrize("question", ["chairman", "secretary-general", "council", "ARM"])
def test_an_answer_has_exactly_its_published_keys_in_their_order(question: str) -> None:
    assert list(told("who", "csto", question, "--on", "2020-10-15")) == ANSWER


def test_holders_and_alternatives_have_exactly_their_published_keys_in_their_order() -> None:
    sure = told("who", "csto", "chairman", "--on", "2024-06-01")
    unsure = told("who", "csto", "chairman", "--on", "2022-12-01")
    assert [list(row) for row in sure["holders"]] == [["state", "person", "as"]]
    assert [list(row) for row in unsure["possible"]] == [["holders", "if"]] * 2
    assert [list(row) for one in unsure["possible"] for row in one["holders"]] == [
        ["state", "person", "as"]
    ] * 2


def test_an_office_has_a_holder_only_where_that_is_certain_and_alternatives_only_where_not() -> None:
    sure = told("who", "csto", "chairman", "--on", "2024-06-01")
    unsure = told("who", "csto", "chairman", "--on", "2022-12-01")
    assert (sure["status"], sure["possible"]) == ("certain", [])
    assert [row["state"] for row in sure["holders"]] == ["KAZ"]
    assert (unsure["status"], unsure["holders"]) == ("uncertain", [])
    assert [row["state"] for one in unsure["possible"] for row in one["holders"]] == ["ARM", "BLR"]


def test_an_organ_has_a_row_a_seat_each_with_its_own_status_and_takes_the_least_sure() -> None:
    answer = told("who", "csto", "council", "--on", "2020-10-15")
    rows = {row["state"]: row["status"] for row in answer["holders"]}
    assert rows == dict.fromkeys(["ARM", "BLR", "KAZ", "RUS", "TJK"], "certain") | {"KGZ": "uncertain"}
    assert (answer["status"], answer["possible"], answer["reason"]) == ("uncertain", [], None)
    for row in answer["holders"]:
        assert bool(row["possible"]) == (row["status"] == "uncertain")
        assert row["reason"]["branches"]


@pytest.mark.parametrize("question", ["chairman", "secretary-general", "council", "ARM", "UZB"])
def test_a_timeline_has_no_gaps_and_an_open_end(question: str) -> None:
    timeline = told("timeline", "csto", question)
    segments = timeline["segments"]
    assert len(segments) > 2
    assert all(list(segment) == SEGMENT for segment in segments)
    assert segments[0]["from"] == "0001-01-01"
    assert all(now["to"] == later["from"] for now, later in pairwise(segments))
    assert segments[-1]["to"] is None
    days = [date.fromisoformat(segment["from"]) for segment in segments]
    assert all(now < later for now, later in pairwise(days))


def test_a_stretch_of_doubt_is_a_segment_of_its_own() -> None:
    segments = told("timeline", "csto", "chairman")["segments"]
    doubt = next(segment for segment in segments if segment["from"] == "2022-11-23")
    assert (doubt["to"], doubt["status"]) == ("2023-01-01", "uncertain")


@pytest.mark.parametrize("question", ["chairman", "council", "UZB"])
def test_a_timeline_and_an_answer_say_the_same_of_a_day(
    question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.cli.asked.load", opened)  # only for speed
    for segment in told("timeline", "csto", question)["segments"]:
        answer = told("who", "csto", question, "--on", segment["from"])
        for key in SEGMENT[2:]:
            assert without_conditions(answer[key]) == without_conditions(segment[key]), segment["from"]


def without_conditions(value: Any) -> Any:
    """An output without its `if`s, which an answer says of its day and a timeline of the whole segment."""
    if isinstance(value, dict):
        return {key: without_conditions(part) for key, part in value.items() if key != "if"}
    return [without_conditions(part) for part in value] if isinstance(value, list) else value


def states(value: Any) -> set[str]:
    """Every state named in an output."""
    if isinstance(value, dict):
        found = {value["state"]} if isinstance(value.get("state"), str) else set()
        return found.union(*map(states, value.values()))
    return set().union(*map(states, value)) if isinstance(value, list) else set()


def test_states_are_named_by_their_alpha_3_codes() -> None:
    found = states([told("timeline", "csto", q) for q in ("chairman", "secretary-general", "council")])
    assert found == {"ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"}


def test_a_state_of_the_past_is_named_by_its_code_of_iso_3166_3() -> None:
    answer = told("who", "csto", "Soviet Union", "--on", "2010-01-01")
    assert states(answer) == {"SUHH"} <= PAST_STATES.keys()


@pytest.mark.parametrize("name", ["ARM", "arm", "Armenia", "armenia"])
def test_a_state_may_be_asked_about_by_code_or_name_in_any_case(name: str) -> None:
    answer = told("who", "csto", name, "--on", "2020-01-01")
    assert answer["holders"] == [{"state": "ARM", "person": None, "as": "member"}]


@pytest.mark.parametrize(
    "name",
    ["ARM", "Armenia", "armenia", "Cuba"],
)
def test_the_heading_of_an_answer_about_a_state_is_its_name(name: str) -> None:
    shown = "Cuba" if name == "Cuba" else "Armenia"
    assert printed("who", "csto", name, "--on", "2020-01-01").startswith(f"{shown} on 1 January 2020")


def test_an_answer_about_a_state_says_how_it_stood() -> None:
    assert "member" in printed("who", "csto", "ARM", "--on", "2020-01-01")
    assert "non-member" in printed("who", "csto", "FRA", "--on", "2020-01-01").replace(
        "non member", "non-member"
    )


def test_the_alternatives_for_a_state_are_told_apart() -> None:
    assert "Uzbekistan or Uzbekistan" not in one_line(printed("timeline", "csto", "UZB"))


def test_orgs_lists_the_csto() -> None:
    assert "Collective Security Treaty Organization" in printed("orgs")
    (row,) = [row for row in told("orgs")["organisations"] if row["organisation"] == "csto"]
    assert row["short"] == "CSTO"
    assert date.fromisoformat(row["record to"]) > date(2025, 1, 1)


# -- folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the CSTO's folder."""
    return shutil.copytree(CSTO, tmp_path / "league")


def add_expectation(folder: Path, state: str) -> None:
    """Have a further source say whose was the chair at Yerevan in 2022."""
    (folder / "record" / "later.yaml").write_text(
        "recorded: 2026-01-01\nrecorded by: a test\nentries:\n"
        "  - id: later/chair\n    kind: expect\n    office: chairman\n    at: 2022-11-23/yerevan\n"
        f"    holder: {{state: {state}}}\n    evidence:\n      - {{known: recalled}}\n",
        "utf-8",
    )


def test_a_path_to_a_folder_is_an_organisation(folder: Path) -> None:
    asked = ("chairman", "--on", "2022-12-01")
    assert told("who", str(folder), *asked) == told("who", "csto", *asked)
    assert printed("timeline", str(folder), "chairman") == printed("timeline", "csto", "chairman")


def test_check_exits_0_where_it_finds_no_error() -> None:
    assert foedus_("check", "csto").exit_code == 0


@pytest.mark.parametrize(("state", "exit_code"), [("ARM", 0), ("BLR", 1)])
def test_check_exits_1_only_where_a_source_and_the_answer_disagree(
    folder: Path, state: str, exit_code: int
) -> None:
    add_expectation(folder, state)
    result = foedus_("check", str(folder))
    assert result.exit_code == exit_code, result.output
    assert ("error expectation-failed" in result.stdout) == bool(exit_code)


def test_check_exits_2_and_names_file_and_line_where_files_are_refused(folder: Path) -> None:
    path = folder / "record" / "handovers.yaml"
    text = path.read_text("utf-8")
    line = text[: text.index("authority: presumed\n")].count("\n") + 1
    path.write_text(text.replace("authority: presumed\n", "authority: presumd\n", 1), "utf-8")
    result = foedus_("check", str(folder))
    assert result.exit_code == 2
    assert f"record/handovers.yaml:{line}: " in result.stdout
    assert "“presumed”" in result.stdout


def test_a_folder_whose_files_are_refused_is_not_asked(folder: Path) -> None:
    (folder / "record" / "new.yaml").write_text("entries: [{id: x, kind: sessoin}]\n", "utf-8")
    result = foedus_("who", str(folder), "chairman")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "record/new.yaml:1: " in result.stderr


def test_a_member_whose_seat_is_vacant_keeps_its_row_and_makes_the_answer_less_sure(folder: Path) -> None:
    heads = folder / "record" / "heads.yaml"
    blocks = re.split(r"(?m)^(?=  - id: )", heads.read_text("utf-8"))
    heads.write_text("".join(b for b in blocks if "id: KGZ/head-of-state/2011-12-01\n" not in b), "utf-8")
    answer = told("who", str(folder), "council", "--on", "2013-03-01")
    assert {row["state"]: row["status"] for row in answer["holders"]}["KGZ"] == "vacant"
    assert answer["status"] == "vacant"


@pytest.mark.parametrize("question", ["council", "secretary-general", "ARM"])
def test_nothing_is_known_before_the_first_entry_was_recorded(question: str) -> None:
    known = ("--known", "2020-01-01")
    assert told("who", "csto", question, "--on", "2019-06-01", *known)["status"] == "unknown"
    assert told("timeline", "csto", question, *known)["segments"][-1]["to"] is None


# -- scenarios


def scenario(tmp_path: Path, answer: str) -> str:
    page = tmp_path / "page.md"
    page.write_text(
        f"| question | on | answer |\n|---|---|---|\n| chairman | 2023-02-01 | {answer} |\n", "utf-8"
    )
    return str(page)


def test_try_exits_0_where_every_answer_agrees(tmp_path: Path) -> None:
    assert printed("try", scenario(tmp_path, "certain BLR"), "--org", "csto") == "1 of 1 answers agree\n"


def test_try_exits_1_and_shows_both_answers_where_one_differs(tmp_path: Path) -> None:
    result = foedus_("try", scenario(tmp_path, "certain KAZ"), "--org", "csto")
    assert result.exit_code == 1
    text = one_line(result.stdout)
    assert "line 3: chairman on 2023-02-01" in text
    assert "expected certain KAZ answered certain BLR Alexander Lukashenko" in text
    assert "0 of 1 answers agree" in text


# -- bad input


def test_a_scenario_that_is_not_utf_8_is_refused_in_a_sentence(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(b"\xff\xfe")
    result = foedus_("try", str(page))
    assert result.exit_code == 2
    assert "page.md" in result.stderr


def test_every_fault_of_a_scenario_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    rows = "| chairmn | 2020-01-01 | vacant |\n| chairman | 2020-13-01 | vacant |\n"
    page.write_text(f"| question | on | answer |\n|---|---|---|\n{rows}", "utf-8")
    result = foedus_("try", str(page), "--org", "csto")
    assert result.exit_code == 2
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == ["page.md:3", "page.md:4"]


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (("hwo", "csto", "chairman"), "Did you mean “who”?"),
        (("who", "cst", "chairman"), "Did you mean “csto”?"),
        (("who", "csto", "chairmn"), "Did you mean “chairman”?"),
        (("timeline", "csto", "secretary-generel"), "Did you mean “secretary-general”?"),
        (("show", "ctso"), "Did you mean “csto”?"),
        (("check", "cstoo"), "Did you mean “csto”?"),
        (("who", "csto", "chairman", "--on", "1 December 2022"), "Write it as YYYY-MM-DD."),
        (("who", "csto", "chairman", "--on", "2022-12"), "Write it as YYYY-MM-DD."),
        (("check", "csto", "--known", "2022-02-30"), "is no day of the calendar"),
        (("who", "csto", "chairman", "--onn", "2022-12-01"), "--on"),
        (("who", "csto"), "Missing argument"),
        (("try", "no-such-page.md"), "does not exist"),
    ],
)
def test_whoever_mistypes_is_told_what_would_be_right_and_the_exit_is_2(
    arguments: tuple[str, ...], meant: str
) -> None:
    result = foedus_(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert meant in result.stderr


def test_every_fault_of_the_arguments_is_told_at_once() -> None:
    result = foedus_("who", "cst", "chairman", "--on", "2020-13-01", "--known", "soon")
    assert result.exit_code == 2
    starts = [line.split(":")[0] for line in result.stderr.splitlines()]
    assert starts == ["--known", "--on", "ORG"]
    result = foedus_("who", "csto", "chairmn", "--on", "2020-13-01")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["--on", "QUESTION"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "output", "errors"),
    [
        (("check", "csto"), 0, "csto: 0 problems", ""),
        (("who", "csto", "chairmn"), 2, "", "Did you mean “chairman”?"),
    ],
)
def test_the_installed_command_exits_as_it_says_and_shows_no_traceback(
    arguments: tuple[str, ...], exit_code: int, output: str, errors: str
) -> None:
    command = shutil.which("foedus", path=str(Path(sys.executable).parent))
    assert command is not None
    done = subprocess.run(
        [command, *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"},
    )
    assert done.returncode == exit_code
    assert output in done.stdout
    assert errors in done.stderr
    assert bool(done.stdout) == bool(output)
    assert bool(done.stderr) == bool(errors)


def test_every_state_there_is_has_a_code_of_three_letters_or_of_four_where_it_is_past() -> None:
    assert all(len(code) == (4 if code in PAST_STATES else 3) for code in all_states())
