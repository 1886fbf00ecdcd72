"""The command line and scenarios given what is wrong: every fault at once, exit 2, no traceback, nothing on stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foedus.cli import main
from tests.folders import ACTS, CHARTER, FILES, FIRST_FREE_LINE, HEAD, acts, folder

FAULTY = acts("id: x, kind: sesion")
WHERE = f"{ACTS}:{FIRST_FREE_LINE}"
COMMANDS = ["who", "timeline", "show", "check"]


def foedus_(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


def refused(*arguments: str) -> str:
    """What is said to arguments that are refused."""
    result = foedus_(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The path of a small folder without a fault."""
    return str(folder(tmp_path_factory.mktemp("tiny")))


def asked(command: str, organisation: str) -> list[str]:
    return [command, organisation, *(["chairman"] if command in {"who", "timeline"} else [])]


def test_three_faulty_arguments_are_all_told_in_one_run() -> None:
    lines = refused("who", "csto", "charman", "--on", "2022-13-45", "--known", "x").splitlines()
    assert len(lines) == 3
    for word, remedy in (("2022-13-45", "--on"), ("“x”", "YYYY-MM-DD"), ("“charman”", "“chairman”")):
        assert sum(word in line and remedy in line for line in lines) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_names_a_bad_day_and_a_missing_organisation_in_one_run(command: str) -> None:
    said = refused(*asked(command, "csot"), "--known", "2022-02-30")
    assert "2022-02-30" in said
    assert "“csot”" in said
    assert "“csto”" in said


@pytest.mark.parametrize("command", ["who", "timeline", "show"])
def test_a_bad_day_and_the_faults_of_a_folder_are_told_in_one_run(command: str, tmp_path: Path) -> None:
    said = refused(*asked(command, str(folder(tmp_path, FAULTY))), "--known", "2022-02-30")
    assert "2022-02-30" in said
    assert WHERE in said


def test_check_of_a_faulty_folder_with_a_bad_day_tells_both(tmp_path: Path) -> None:
    result = foedus_("check", str(folder(tmp_path, FAULTY)), "--known", "2022-02-30")
    assert result.exit_code == 2
    assert "2022-02-30" in result.output
    assert WHERE in result.output


def test_serve_names_every_organisation_that_is_not_there() -> None:
    said = refused("serve", "csot", "nafta")
    assert "“csot”" in said
    assert "“nafta”" in said


@pytest.mark.parametrize(
    "day",
    [
        "",
        "2022",
        "2022-02",
        "2022-02-30",
        "2022-00-10",
        "0000-01-01",
        "99999-01-01",
        "２０２２-01-01",
        "x" * 10_000,
    ],
)
@pytest.mark.parametrize("option", ["--on", "--known"])
def test_a_day_is_one_day_of_the_calendar(option: str, day: str, tiny: str) -> None:
    assert option in refused("who", tiny, "chairman", option, day)


@pytest.mark.parametrize("organisation", ["", "x" * 5000, "/nowhere", "../csto", "csto\nx"])
def test_what_is_no_organisation_is_said_to_be_none(organisation: str) -> None:
    assert "There is no organisation" in refused("who", organisation, "chairman", "--on", "2022-01-01")


@pytest.mark.parametrize("question", ["", "charman", "x" * 10_000, "DDR", "XXX", "secretary general?"])
def test_what_cannot_be_asked_about_is_said_not_to_exist(question: str, tiny: str) -> None:
    assert "There is no office, organ or state" in refused("who", tiny, question, "--on", "2022-01-01")


@pytest.mark.parametrize("word", ["whoo", "tmeline", "shw", "chek", "org"])
def test_a_misspelt_command_is_told_the_nearest(word: str) -> None:
    said = refused(word, "csto")
    assert f"“{word}”" in said
    assert any(f"“{name}”" in said.split(".", 1)[1] for name in main.commands)


@pytest.mark.parametrize(
    "arguments",
    [
        ["who"],
        ["who", "csto"],
        ["who", "csto", "chairman", "extra"],
        ["show", "csto", "--onn", "x"],
        ["check"],
        ["try"],
        ["--jsn"],
    ],
)
def test_a_missing_or_surplus_argument_is_refused(arguments: list[str]) -> None:
    assert refused(*arguments)


@pytest.mark.parametrize("command", COMMANDS)
def test_json_is_not_printed_where_the_arguments_are_refused(command: str) -> None:
    assert "“csot”" in refused(*asked(command, "csot"), "--json")


def test_check_prints_the_problems_of_a_folder_with_file_line_and_remedy_and_exits_2(tmp_path: Path) -> None:
    result = foedus_("check", str(folder(tmp_path, FAULTY)))
    assert result.exit_code == 2
    (line,) = (line for line in result.stdout.splitlines() if line.startswith(WHERE))
    assert "“sesion”" in line
    assert "“session”" in line


def test_check_in_json_has_a_row_for_each_problem_and_exits_2(tmp_path: Path) -> None:
    result = foedus_(
        "check", str(folder(tmp_path, acts("id: x, kind: sesion", "id: y, kind: sesion"))), "--json"
    )
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert [(row["file"], row["line"]) for row in told["problems"]] == [
        (ACTS, FIRST_FREE_LINE),
        (ACTS, FIRST_FREE_LINE + 1),
    ]
    assert all("“session”" in row["remedy"] for row in told["problems"])
    assert told["findings"] == []


def test_check_of_a_clean_folder_exits_0_and_has_no_problem(tmp_path: Path) -> None:
    here = str(folder(tmp_path))
    assert foedus_("check", here).exit_code == 0
    assert json.loads(foedus_("check", here, "--json").stdout)["problems"] == []


@pytest.mark.parametrize(
    "arguments",
    [
        [b"who", b"\xff\xfe", b"chairman"],
        [b"who", b"csto", b"\xff"],
        [b"who", b"csto", b"chairman", b"--on", b"\xff"],
    ],
)
def test_arguments_that_are_not_utf_8_are_refused_like_others(arguments: list[bytes]) -> None:
    code = "from foedus.cli import main; main()"
    run = subprocess.run(
        [sys.executable.encode(), b"-c", code.encode(), *arguments], capture_output=True, check=False
    )
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Traceback" not in run.stderr


TABLE = "| question | on | answer |\n|---|---|---|\n"
ROW = "| chairman | 2022-01-01 | vacant |\n"
NAMED = "Organisation: TINY\n\n"  # where TINY stands for the path of the small folder


def tried(tmp_path: Path, scenario: str | bytes) -> str:
    """What is said to a scenario that is refused."""
    page = tmp_path / "scenario.md"
    content = scenario if isinstance(scenario, bytes) else scenario.encode()
    page.write_bytes(content.replace(b"TINY", str(folder(tmp_path / "tiny")).encode()))
    return refused("try", str(page))


def test_every_fault_of_a_scenario_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    rows = (
        "| chairman | 2022-13-01 | vacant |\n| charman | 2022-01-01 | vacant |\n| chairman | x | vacant |\n"
    )
    said = tried(tmp_path, NAMED + TABLE + rows).splitlines()
    assert [line.split(" ")[0] for line in said] == ["scenario.md:5:", "scenario.md:6:", "scenario.md:7:"]
    assert "“chairman”" in said[1]


@pytest.mark.parametrize(
    "scenario",
    [
        "", "only prose\n", TABLE + ROW, NAMED + TABLE, b"\xff\xfe", b"# \xe9\n",
        "Organisation: csot\n\n" + TABLE + ROW,
        NAMED + TABLE.replace("answer", "answr") + ROW,
        NAMED + TABLE.replace("question", "qestion") + ROW,
        NAMED + TABLE + "| chairman | 2022-01-01 | certian BLR |\n",
        NAMED + TABLE + "| chairman | 2022-01-01 |\n",
        NAMED + "Organisation: tiny\n\n" + TABLE + ROW,
        "```yaml .\nx\n```\n\n" + TABLE + ROW,
        "```yaml record\nx\n```\n\n```yaml record/acts.yaml\nx\n```\n\n" + TABLE + ROW,
        "```yaml ../x.yaml\nx\n```\n\n" + TABLE + ROW,
        "```yaml /tmp/x.yaml\nx\n```\n\n" + TABLE + ROW,
        "``` yaml\nx\n```\n\n" + TABLE + ROW,
        "```yaml \nx\n```\n\n" + TABLE + ROW,
        f"```yaml {'x' * 300}\nx\n```\n\n" + TABLE + ROW,
    ],
)  # fmt: skip
def test_a_page_that_is_no_scenario_is_refused(scenario: str | bytes, tmp_path: Path) -> None:
    assert tried(tmp_path, scenario)


def test_a_scenario_that_holds_one_file_twice_is_refused(tmp_path: Path) -> None:
    held = "".join(f"```yaml {name}\n{text}```\n\n" for name, text in FILES.items() if name != CHARTER)
    charter = f"~~~~md {CHARTER}\n{FILES[CHARTER]}~~~~\n\n"
    again = f"```yaml {HEAD}\n{FILES[HEAD]}```\n\n"
    assert HEAD in tried(tmp_path, held + charter + again + TABLE + ROW)
