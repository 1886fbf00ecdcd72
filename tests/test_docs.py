"""What the documents show is what happens: every command runs, every output shown is the output."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from foedus.cli import main
from foedus.secretariat import bundled, load, opened
from tests.conftest import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "ARCHITECTURE.md",
    ROOT / "tests" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
_INLINE = re.compile(r"`(foedus [a-z][^`]*)`")
NAMES = [str(document.relative_to(ROOT)) for document in DOCUMENTS]


@dataclass(frozen=True, slots=True)
class Command:
    """A command that a document shows; `output` is empty where none is shown."""

    typed: str
    output: str


@dataclass(frozen=True, slots=True)
class Addition:
    """What a document has its reader add at the end of a file of the folder that it made."""

    file: str
    text: str


def steps(document: Path) -> Iterator[Command | Addition]:
    """What a document has its reader do, in order: blocks `console`, and blocks that name a file after their language."""
    for token in MarkdownIt("commonmark").parse(document.read_text("utf-8")):
        language, _, file = token.info.strip().partition(" ")
        if token.type == "fence" and language == "console":
            for part in re.split(r"^\$ ", token.content, flags=re.MULTILINE)[1:]:
                typed, _, output = part.partition("\n")
                yield Command(typed, output)
        elif token.type == "fence" and file:
            yield Addition(file, token.content)


def mentioned(document: Path) -> set[str]:
    """Whole commands in running text; those with a placeholder (capitals, dots) are not meant to be typed."""
    found = set(_INLINE.findall(document.read_text("utf-8")))
    return {c for c in found if not re.search(r"\b[A-Z]{2,}\b|…|\.\.\.| serve", c) and len(c.split()) > 2}


@pytest.fixture(autouse=True)
def what_comes_with_foedus_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only for speed; folders that a document made change from step to step, and are read anew."""
    ours = bundled()
    monkeypatch.setattr(
        "foedus.cli.asked.load",
        lambda name, **more: (opened if name in ours and not any(more.values()) else load)(name, **more),
    )


def run(command: str) -> tuple[int, str]:
    words = shlex.split(command)
    assert words[0] == "foedus"
    result = CliRunner().invoke(main, words[1:], env={"COLUMNS": "100"})
    return result.exit_code, "\n".join(line.rstrip() for line in result.output.splitlines())


def followed(document: Path, desk: Path) -> Iterator[tuple[Command, int, str]]:
    """Each command of a document with its exit code and what it printed, everything being done in order at `desk`."""
    folder = desk
    for step in steps(document):
        if isinstance(step, Command):
            yield step, *run(step.typed)
            words = shlex.split(step.typed)
            folder = desk / words[2] if words[1] == "new" else folder
        else:
            assert folder != desk, "a file is added to before a folder is made"
            with (folder / step.file).open("a", encoding="utf-8") as file:
                file.write(step.text)


@pytest.mark.parametrize("name", NAMES)
def test_the_commands_a_document_shows_print_what_is_shown(name: str, desk: Path) -> None:
    for command, code, printed in followed(ROOT / name, desk):
        assert code == (1 if command.output.startswith("error ") else 0), f"{command.typed}: {printed}"
        if "…" in command.output:
            for part in command.output.split("…"):
                assert part.strip() in printed, command.typed
        elif command.output.strip():
            assert printed.strip() == command.output.strip(), command.typed


@pytest.mark.parametrize("name", NAMES)
def test_the_commands_a_document_mentions_run(name: str, desk: Path) -> None:
    document = ROOT / name
    for _ in followed(document, desk):
        pass
    for command in sorted(mentioned(document)):
        code, printed = run(command)
        assert code == 0, f"{command}: {printed}"


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
