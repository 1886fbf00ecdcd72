"""What the shell offers at a press of Tab: by the machinery itself, and by the printed script in a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete
from click.testing import CliRunner

from foedus.cli import main
from foedus.secretariat import bundled
from tests.folders import CHARTER, folder

BASH = shutil.which("bash")
SHELLS = ("bash", "zsh", "fish")


def items(*words: str) -> list[CompletionItem[str]]:
    """What is offered after these words, of which the last is begun and may be empty."""
    *before, begun = words
    return ShellComplete(main, {}, "foedus", "_FOEDUS_COMPLETE").get_completions(before, begun)


def offered(*words: str) -> list[str]:
    return [item.value for item in items(*words) if item.type == "plain"]


def helps(*words: str) -> dict[str, str | None]:
    return {item.value: item.help for item in items(*words)}


def test_verbs_are_offered_by_their_beginning() -> None:
    assert offered("ch") == ["charter", "check"]


def test_options_are_offered_by_their_beginning() -> None:
    assert offered("who", "csto", "chairman", "--o") == ["--on"]


def organisation_arguments() -> list[tuple[str, str]]:
    return [(verb, p.name or "") for verb, c in main.commands.items() for p in c.params if p.name == "org"]


def test_every_verb_that_takes_an_organisation_offers_those_that_come_with_foedus() -> None:
    assert len(organisation_arguments()) > 5
    for verb, _ in organisation_arguments():
        words = (verb, "--org", "") if verb == "try" else (verb, "")
        assert set(offered(*words)) >= set(bundled()), verb


@pytest.mark.usefixtures("desk")
def test_folders_that_hold_an_organisation_are_offered_and_others_are_not(desk: Path) -> None:
    folder(desk / "league")
    (desk / "leaves").mkdir()
    (desk / "leap").write_text("")
    assert offered("who", "le") == ["league"]


@pytest.mark.parametrize("begun", ["here/", "./here/", "here/le"])
def test_folders_are_offered_by_the_path_that_was_begun(begun: str, desk: Path) -> None:
    folder(desk / "here" / "league")
    assert offered("who", begun) == [begun.rpartition("/")[0] + "/league"]


def test_a_way_to_other_folders_is_left_to_the_shell() -> None:
    assert "dir" in {item.type for item in items("who", "")}


@pytest.mark.parametrize("begun", ["\0", "no/such/", "x" * 5000, "/proc/1/root/"])
def test_where_no_folder_can_be_looked_into_none_is_offered(begun: str) -> None:
    assert offered("who", begun) == []


def test_what_can_be_asked_about_is_offered_with_what_it_is_called() -> None:
    told = helps("who", "csto", "")
    assert told["chairman"] == "Chairman of the Collective Security Council"
    assert told["secretary-general"] == "Secretary General"
    assert told["ARM"] == "Armenia"


@pytest.mark.parametrize("verb", ["who", "timeline"])
@pytest.mark.parametrize(
    ("begun", "meant"), [("chair", "chairman"), ("arm", "ARM"), ("Arme", "ARM"), ("sec", "secretary-general")]
)
def test_a_question_is_offered_by_the_beginning_of_its_name_or_of_what_it_is_called(
    verb: str, begun: str, meant: str
) -> None:
    assert meant in offered(verb, "csto", begun)


def test_articles_are_offered_by_number_with_their_titles() -> None:
    told = helps("charter", "csto", "1")
    assert {"1", "13"} <= told.keys()
    assert not [number for number in told if not number.startswith("1")]
    assert "The Collective Security Council" in (told["13"] or "")


def test_an_article_of_several_instruments_is_offered_once() -> None:
    assert len(offered("charter", "csto", "")) == len(set(offered("charter", "csto", "")))


@pytest.mark.parametrize("shell", ["b", "z", "f"])
def test_shells_are_offered(shell: str) -> None:
    (found,) = offered("completion", shell)
    assert found in SHELLS


def test_of_an_organisation_that_is_not_there_nothing_is_offered() -> None:
    assert offered("who", "csot", "") == []


def test_of_a_folder_that_is_refused_nothing_is_offered_and_nothing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = str(folder(tmp_path, {CHARTER: "nothing"}))
    assert offered("who", here, "") == []
    assert capsys.readouterr() == ("", "")


# -- the scripts


def script(shell: str) -> str:
    result = CliRunner().invoke(main, ["completion", shell])
    assert result.exit_code == 0
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_asks_foedus_what_to_offer(shell: str) -> None:
    assert f"_FOEDUS_COMPLETE={shell}_complete" in script(shell)


def test_each_shell_has_a_script_of_its_own() -> None:
    assert len({script(shell) for shell in SHELLS}) == len(SHELLS)


@pytest.mark.parametrize("shell", ["csh", "", "BASH"])
def test_for_another_shell_the_ones_there_are_are_named(shell: str) -> None:
    result = CliRunner().invoke(main, ["completion", shell])
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(f"'{known}'" in result.stderr for known in SHELLS)


@pytest.fixture
def in_bash(desk: Path) -> Callable[..., list[str]]:
    """What bash offers after some words, the script having been read and `foedus` being a command."""
    command = desk / "bin" / "foedus"
    command.parent.mkdir()
    command.write_text(f"#!{sys.executable}\nfrom foedus.cli import main\nmain(prog_name='foedus')\n")
    command.chmod(0o755)
    (desk / "completion").write_text(script("bash"))

    def offers(*words: str) -> list[str]:
        typed = " ".join(f"'{word}'" for word in ("foedus", *words))
        code = (
            f"source ./completion\ncomplete -p foedus > /dev/null || exit 9\n"
            f"COMP_WORDS=({typed})\nCOMP_CWORD={len(words)}\n_foedus_completion foedus 2> /dev/null\n"
            'printf "%s\\n" "${COMPREPLY[@]}"\n'
        )
        path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
        assert BASH is not None
        run = subprocess.run(
            [BASH, "--norc", "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PATH": path},
        )
        assert run.stderr == ""
        return run.stdout.split("\n")[:-1]

    return offers


@pytest.mark.skipif(BASH is None, reason="LEFT OUT: no bash was found")
def test_bash_offers_verbs_organisations_folders_questions_and_articles(
    in_bash: Callable[..., list[str]], desk: Path
) -> None:
    folder(desk / "league")
    assert in_bash("wh") == ["whatif", "who"]
    assert in_bash("who", "cs") == ["csto"]
    assert in_bash("who", "le") == ["league"]
    assert in_bash("who", "league", "ch") == ["chairman"]
    assert in_bash("charter", "csto", "13") == ["13"]
    assert in_bash("completion", "z") == ["zsh"]
