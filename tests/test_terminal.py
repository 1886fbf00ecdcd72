"""The command line on a terminal: pages, widths, colours; and what is the same wherever the output goes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner

from foedus.cli import main
from foedus.cli.style import LEAST_WIDTH, LONGEST_WORD
from foedus.secretariat import opened

LONG = ("timeline", "csto", "chairman")
SHORT = ("orgs",)
COLOURED = ("who", "csto", "chairman", "--on", "2022-12-01")  # its status is set off
ASKING = [
    LONG,
    ("timeline", "csto", "council"),
    ("who", "csto", "council", "--on", "2005-04-01", "--why"),
    ("who", "csto", "UZB", "--on", "2007-01-01", "--why"),
    ("show", "csto", "--on", "2022-11-23"),
    ("charter", "csto", "13", "--on", "2022-11-23"),
    ("check", "csto"),
    SHORT,
]
NOBODYS = (
    "Authority"  # heads a column, and is left out of rows below each other where it is empty in all of them
)
WORDS = [" ".join(arguments) for arguments in ASKING]
ANY_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:3[0-7]|9[0-7])(?:;[0-9]+)*m")
CODE = "from foedus.cli import main; main()"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", CODE, *arguments]


def environment(given: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in {"NO_COLOR", "FORCE_COLOR", "LESS", "PAGER", "COLUMNS", "LINES"}
    }
    return {**kept, "TERM": "xterm-256color", "PYTHONUTF8": "1", **given}


def on_terminal(
    *arguments: str, lines: int = 24, columns: int = 80, given: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str]:
    """The exit code of a command, and what a reader at a terminal of that size sees of it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    with subprocess.Popen(
        command(*arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=environment(given)
    ) as run:
        os.close(theirs)
        seen = b""
        try:
            while part := os.read(ours, 65536):
                seen += part
        except OSError:
            pass  # how Linux tells that nobody writes to it any more
        os.close(ours)
    return run.returncode, seen.decode().replace("\r\n", "\n")


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """A pager that says it was here before it shows what it was given."""
    path = tmp_path / "pager"
    path.write_text("#!/bin/sh\necho PAGED\ncat\n")
    path.chmod(0o755)
    return path


# -- pages


def test_what_is_longer_than_the_screen_goes_through_the_readers_pager(pager: Path) -> None:
    code, seen = on_terminal(*LONG, given={"PAGER": str(pager)})
    assert code == 0
    assert seen.startswith("PAGED\n")
    assert "Alexander Lukashenko" in seen


def test_what_fits_on_the_screen_does_not(pager: Path) -> None:
    assert "PAGED" not in on_terminal(*SHORT, given={"PAGER": str(pager)})[1]
    assert "PAGED" not in on_terminal(*LONG, lines=500, given={"PAGER": str(pager)})[1]


def test_json_does_not(pager: Path) -> None:
    code, seen = on_terminal(*LONG, "--json", given={"PAGER": str(pager)})
    assert code == 0
    assert seen.startswith("{\n")


def test_what_is_piped_does_not(pager: Path) -> None:
    run = subprocess.run(
        command(*LONG), capture_output=True, text=True, env=environment({"PAGER": str(pager)}), check=True
    )
    assert "PAGED" not in run.stdout
    assert "Alexander Lukashenko" in run.stdout


def test_what_is_refused_does_not(pager: Path) -> None:
    code, seen = on_terminal("who", "csto", "chairmn", lines=1, given={"PAGER": str(pager)})
    assert code == 2
    assert "PAGED" not in seen
    assert "Did you mean “chairman”?" in seen


def test_the_exit_code_is_the_commands_and_not_the_pagers(pager: Path, tmp_path: Path) -> None:
    assert on_terminal("check", "csto", lines=2, given={"PAGER": str(pager)})[0] == 0
    pager.write_text("#!/bin/sh\nexit 3\n")
    assert on_terminal("check", "csto", lines=2, given={"PAGER": str(pager)})[0] == 0


def test_with_cat_for_a_pager_all_is_shown_at_once() -> None:
    _, seen = on_terminal(*LONG, given={"PAGER": "cat"})
    piped = subprocess.run(
        command(*LONG), capture_output=True, text=True, env=environment({"COLUMNS": "80"}), check=True
    )
    assert ANY_COLOUR.sub("", seen).rstrip("\n") == piped.stdout.rstrip("\n")


@pytest.mark.parametrize("pager", ["no-such-pager", "'", "/", "/dev/null"])
def test_a_pager_that_cannot_be_run_hides_nothing(pager: str) -> None:
    code, seen = on_terminal(*LONG, given={"PAGER": pager})
    assert code == 0
    assert "Traceback" not in seen
    assert "Alexander Lukashenko" in seen


# -- colours


def test_there_is_colour_on_a_terminal() -> None:
    assert COLOUR.search(on_terminal(*COLOURED)[1])


@pytest.mark.parametrize("given", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_there_is_no_colour_where_it_is_not_wanted_or_cannot_be_shown(given: dict[str, str]) -> None:
    seen = on_terminal(*COLOURED, given=given)[1]
    assert "uncertain" in seen
    assert not COLOUR.search(seen)


@pytest.mark.parametrize("arguments", ASKING, ids=WORDS)
def test_there_is_no_colour_where_the_output_is_no_terminal(arguments: tuple[str, ...]) -> None:
    assert "\x1b" not in printed(*arguments)


# -- widths


def printed(*arguments: str, columns: int = 80) -> str:
    result = CliRunner(env={"COLUMNS": str(columns), "FORCE_COLOR": None}).invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(autouse=True)
def each_folder_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only for speed: the commands load organisations as a server does."""
    monkeypatch.setattr("foedus.cli.asked.load", opened)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
@pytest.mark.parametrize("arguments", ASKING, ids=WORDS)
def test_no_line_is_longer_than_the_width_and_no_word_is_broken(
    arguments: tuple[str, ...], columns: int
) -> None:
    text = printed(*arguments, columns=columns)
    assert max(map(len, text.splitlines())) <= columns
    spread = printed(*arguments, columns=1000).split()
    whole = {word for word in spread if len(word) <= LONGEST_WORD} - {NOBODYS}
    assert whole <= {word for found in text.split() for word in (found, found.removesuffix(":"))}


@pytest.mark.parametrize("columns", [0, 1, 5, LEAST_WIDTH])
@pytest.mark.parametrize("arguments", ASKING, ids=WORDS)
def test_on_no_width_at_all_the_output_is_that_of_the_least_width(
    arguments: tuple[str, ...], columns: int
) -> None:
    assert max(map(len, printed(*arguments, columns=columns).splitlines())) <= max(
        80 * (columns == 0), LEAST_WIDTH
    )


@pytest.mark.parametrize("columns", ["", "wide", "-5", "99999999999999999999"])
def test_a_width_that_is_none_is_no_fault(columns: str) -> None:
    result = CliRunner(env={"COLUMNS": columns}).invoke(main, LONG)
    assert result.exit_code == 0, result.exception
    assert "Lukashenko" in result.stdout


def test_a_table_that_does_not_fit_is_told_row_by_row_under_its_headings() -> None:
    narrow = [
        line.rstrip()
        for line in printed("who", "csto", "council", "--on", "2024-06-01", columns=40).splitlines()
    ]
    first = narrow.index("  Seat: Armenia")
    assert narrow[first + 1] == "    Held by: Nikol Pashinyan"
    assert "  Seat: Belarus" in narrow[first:]


def test_who_reads_only_the_beginning_is_no_fault() -> None:
    pipe = f"{sys.executable} -c '{CODE}' timeline csto council | head -1"
    run = subprocess.run(
        ["/bin/sh", "-c", pipe], capture_output=True, text=True, env=environment(), check=True
    )
    assert run.stdout.count("\n") == 1
    assert run.stderr == ""
