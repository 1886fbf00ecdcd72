"""What the documents show is what happens: every command runs, every output shown is the output."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli import main
from tests.conftest import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "ARCHITECTURE.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(foedus [a-z][^`]*)`")


def shown(document: Path) -> Iterator[tuple[str, str]]:
    """(command, output) of every console block; output is empty where none is shown."""
    for block in _CONSOLE.findall(document.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def mentioned(document: Path) -> set[str]:
    """Whole commands in running text; those with a placeholder (capitals, dots) are not meant to be typed."""
    found = set(_INLINE.findall(document.read_text("utf-8")))
    return {c for c in found if not re.search(r"\b[A-Z]{2,}\b|…|\.\.\.| serve", c) and len(c.split()) > 2}


def run(command: str) -> tuple[int, str]:
    words = shlex.split(command)
    assert words[0] == "foedus"
    result = CliRunner().invoke(main, words[1:], env={"COLUMNS": "100"})
    return result.exit_code, "\n".join(line.rstrip() for line in result.output.splitlines())


@pytest.mark.parametrize(
    ("document", "command", "output"),
    [pytest.param(d.name, c, o, id=f"{d.name}: {c}") for d in DOCUMENTS for c, o in shown(d)],
)
def test_a_command_shown_prints_what_is_shown(document: str, command: str, output: str) -> None:
    code, printed = run(command)
    assert code == 0, f"{document}: {command}"
    if "…" in output:
        for part in output.split("…"):
            assert part.strip() in printed, f"{document}: {command}"
    elif output.strip():
        assert printed.strip() == output.strip(), f"{document}: {command}"


@pytest.mark.parametrize(
    ("document", "command"),
    [pytest.param(d.name, c, id=f"{d.name}: {c}") for d in DOCUMENTS for c in sorted(mentioned(d))],
)
def test_a_command_mentioned_runs(document: str, command: str) -> None:
    code, _ = run(command)
    assert code == 0, f"{document}: {command}"


def test_the_python_shown_in_the_readme_answers_as_shown() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried >= 4
    assert failed == 0


def test_every_make_target_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        named = set(re.findall(r"(?:^    |`)make ([a-z]+)", document.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, document.name


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in main.commands:
        assert f"`foedus {name}" in readme, name


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_architecture_fits_on_its_page() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines()) <= 85
