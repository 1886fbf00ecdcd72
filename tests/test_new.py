"""A new organisation: the folder that is made passes the check, answers, is served, and never harms what is there."""

from __future__ import annotations

import html
import re
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

import foedus
from foedus.cli import main
from foedus.cli.founding import FILES, STARTER
from foedus.secretariat import inspect

pytestmark = pytest.mark.usefixtures("desk")


def new(name: str) -> str:
    """What is said when a folder of that name is made."""
    result = CliRunner().invoke(main, ["new", name], env={"COLUMNS": "1000"})
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(name: str) -> str:
    """The one sentence said to a name that is refused."""
    result = CliRunner().invoke(main, ["new", name])
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_has_no_problem_and_no_finding() -> None:
    new("league")
    organisation, problems = inspect("league")
    assert problems == ()
    assert organisation is not None
    assert organisation.findings() == ()


def test_a_new_folder_holds_every_file_of_the_made_up_league_and_no_other(desk: Path) -> None:
    new("league")
    assert files(desk / "league") == set(FILES) == files(STARTER)


# the host chairs from a regular session; from 2025 Antarctica does, which the Assembly decided in November 2024
@pytest.mark.parametrize(
    ("on", "state"),
    [("2022-11-12", "ATA"), ("2023-11-11", "BVT"), ("2024-12-31", "BVT"), ("2025-01-01", "ATA")],
)
def test_a_new_organisation_says_who_chairs(on: str, state: str) -> None:
    new("league")
    answer = foedus.load("league").who("chair", on)
    assert answer.status == "certain"
    assert answer.holder is not None
    assert answer.holder.state == state


def test_its_answer_on_the_chair_leans_on_the_clause_that_no_program_can_judge() -> None:
    new("league")
    (told,) = foedus.load("league").who("chair", "2024-06-01").rows
    assert told.untranslated() == ("Charter, Article 3: the chair is to be kept in good humour",)


def test_it_has_an_office_by_session_one_by_appointment_and_an_organ() -> None:
    new("league")
    standing = foedus.load("league").standing()
    assert standing.offices() == ("chair", "keeper")
    assert standing.organs() == ("assembly",)


def test_nobody_lives_where_its_parties_are() -> None:
    # Antarctica, Bouvet Island, Heard and McDonald Islands: ISO 3166-1 has codes for them, they have no citizens
    assert foedus.load(STARTER).standing().parties() == ("ATA", "BVT", "HMD")


def test_every_file_of_it_explains_itself() -> None:
    for name in FILES:
        assert (STARTER / name).read_text("utf-8").count("#") >= 3, name


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("league", "league"),
        ("here/and/there", "there"),
        ("My Alliance", "my-alliance"),
        ("Ligue Épée", "ligue-epee"),
        ("2024", "2024"),
        ("1e5", "1e5"),
        ("true", "true"),
        ("null", "null"),
        ("a: b # c", "a-b-c"),
        ("it's {new}", "it-s-new"),
        ("league/", "league"),
        ("..league", "league"),
    ],
)
def test_the_last_part_of_the_path_makes_the_id(name: str, made: str, desk: Path) -> None:
    new(name)
    assert foedus.load(desk / name).name == made


def test_the_organisation_is_called_by_its_name_everywhere(desk: Path) -> None:
    new("north-pact")
    text = "".join((desk / "north-pact" / name).read_text("utf-8") for name in FILES)
    assert "Charter of the North Pact" in text
    assert "antern-league" not in text
    assert "antern League" not in text
    about = foedus.load("north-pact").record.about
    assert (about.name, about.short) == ("North Pact", "NP")


def test_every_command_that_is_said_to_come_next_works(desk: Path) -> None:
    said = new("my league")
    commands = re.findall(r"^  foedus (.*)$", said, re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["check", "who", "serve"]
    for command in commands[:-1]:
        result = CliRunner().invoke(main, shlex.split(command))
        assert result.exit_code == 0, result.output


def test_an_empty_folder_is_filled(desk: Path) -> None:
    (desk / "league").mkdir()
    new("league")
    assert inspect("league")[1] == ()


def test_a_folder_that_is_not_empty_is_left_as_it_is(desk: Path) -> None:
    (desk / "league").mkdir()
    (desk / "league" / "notes").write_text("mine")
    assert "not empty" in refused("league")
    assert files(desk / "league") == {"notes"}


def test_a_folder_is_not_made_twice(desk: Path) -> None:
    new("league")
    (desk / "league" / "charter.md").write_text("mine")
    assert "not empty" in refused("league")
    assert (desk / "league" / "charter.md").read_text() == "mine"


@pytest.mark.parametrize("name", ["Лига", "_", "/", "日本", "?!"])
def test_a_name_without_a_letter_or_digit_for_an_id_is_refused(name: str, desk: Path) -> None:
    assert "makes no id" in refused(name)


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\tb", "a\0b", "a\x1b[31mb", "\udcff"])
def test_a_name_that_cannot_be_shown_is_refused(name: str, desk: Path) -> None:
    before = set(desk.iterdir())
    assert "Write a plain name" in refused(name)
    assert set(desk.iterdir()) == before


def test_a_name_that_commands_would_take_for_an_option_is_refused() -> None:
    result = CliRunner().invoke(main, ["new", "--", "-league"])
    assert result.exit_code == 2
    assert "Write a plain name" in result.stderr


@pytest.mark.parametrize("name", ["csto", "here/CSTO"])
def test_the_name_of_an_organisation_that_comes_with_foedus_is_refused(name: str) -> None:
    assert "“csto” comes with Foedus" in refused(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("file", "is no folder"),
        ("file/league", "Not a directory"),
        ("x" * 300, "too long"),
        ("dangling", "is no folder"),
        ("circle", "is no folder"),
        ("circle/league", "symbolic links"),
        ("/proc/league", "cannot be written"),
        (".", "not empty"),
        ("..", "not empty"),
    ],
)
def test_a_path_that_cannot_be_written_is_refused_with_the_reason(name: str, why: str, desk: Path) -> None:
    (desk / "file").write_text("")
    (desk / "dangling").symlink_to("nowhere")
    (desk / "circle").symlink_to("circle")
    assert why in refused(name)


def test_a_new_folder_is_served(desk: Path) -> None:
    new("league")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "from foedus.cli import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code, "serve", "league", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert run.stdout is not None
        assert "league" in run.stdout.readline()
        front = page(f"http://127.0.0.1:{port}/league/")
        assert "Ada Albatross" in front
        for link in sorted(set(re.findall(r'href="(/league/[^"#]*)', front))):
            assert page(f"http://127.0.0.1:{port}{html.unescape(link)}"), link
    finally:
        run.terminate()
        run.wait(10)
        if run.stdout is not None:
            run.stdout.close()


def page(address: str) -> str:
    """A page, once the server is up."""
    for _ in range(200):
        try:
            with urlopen(address) as answer:
                assert answer.status == 200
                text: str = answer.read().decode()
                return text
        except ConnectionError:
            time.sleep(0.05)
        except OSError as error:
            if not isinstance(getattr(error, "reason", None), ConnectionError):
                raise
            time.sleep(0.05)
    raise AssertionError(address)
