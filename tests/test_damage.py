"""The CSTO's folder, damaged at random: it is refused in sentences, or what was read shows the damage."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import foedus
from foedus import written
from foedus.problems import BadInput
from foedus.secretariat import Organisation, inspect, load
from foedus.written import Written

CSTO = Path(foedus.__file__).parent / "organisations" / "csto"
COPIES = 300
SEED = 20221123
# what the schema says of an act that does not say it itself: leaving it out and writing it are one
DEFAULTS = {"version": "1", "note": "", "approximate": "false", "status": "member", "acting": "false", "city": "",
            "held": "in person", "what": "", "temporary": "false", "how": "present", "mode": "plain", "why": "",
            "fate": "", "hint": "", "speaker": "", "says": "", "title": "", "org": "", "person": "", "office": "",
            "invokes": "", "alleged": "", "url": "", "published": "", "language": ""}  # fmt: skip


@pytest.fixture
def each_text_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing takes most of the time, and all but one file of each copy are the same."""
    parse = cache(written.read_yaml)

    def parsed(text: str, file: str, first_line: int = 1) -> Written:
        found = parse(text, file, first_line)
        return replace(found, problems=list(found.problems))

    monkeypatch.setattr("foedus.record.read.read_yaml", parsed)
    monkeypatch.setattr("foedus.charter.read.read_yaml", parsed)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a byte changed, a line left out, doubled or moved, or its end cut off."""
    lines = content.splitlines(keepends=True)
    at, place = chance.randrange(len(lines)), chance.randrange(len(content))
    match chance.choice(["bit", "byte", "byte", "left out", "doubled", "cut", "swapped"]):
        case "bit":
            return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
        case "byte":
            return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        case "left out":
            return b"".join(lines[:at] + lines[at + 1 :])
        case "doubled":
            return b"".join(lines[: at + 1] + lines[at:])
        case "swapped":
            lines[at - 1], lines[at] = lines[at], lines[at - 1]
            return b"".join(lines)
        case _:
            return content[:place]


def copies(where: Path) -> Iterator[tuple[Path, Path, bytes]]:
    """Damaged copies of the folder, each with the file that was damaged and what it held."""
    shutil.copytree(CSTO, where)
    files = sorted(path for path in where.rglob("*") if path.is_file())
    chance = random.Random(SEED)
    for _ in range(COPIES):
        path = chance.choice(files)
        content = path.read_bytes()
        path.write_bytes(damaged(content, chance))
        yield where, path, content
        path.write_bytes(content)


def meaning(path: Path, content: bytes) -> Any:
    """What a file says, read by other means: prose counts as written, YAML without comments and layout."""
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8").read()
    return text if path.suffix == ".md" else _said(YAML(typ="base", pure=True).load(text))


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        said = {key: _said(part) for key, part in value.items()}
        return {key: part for key, part in said.items() if DEFAULTS.get(key) != part}
    return [_said(part) for part in value] if isinstance(value, list) else str(value).strip()


def identity(organisation: Organisation, *, sources: bool) -> tuple[Any, ...]:
    """What tells one state of the files from another; sources are in no root, so they are compared as such."""
    record = organisation.record
    return (organisation.charter.digest, record.root, record.about, record.sources if sources else None)


@pytest.mark.usefixtures("each_text_is_parsed_once")
def test_a_damaged_copy_is_refused_in_sentences_or_what_is_read_shows_the_damage(tmp_path: Path) -> None:
    original = load(CSTO)
    refused = shown = 0
    for folder, path, before in copies(tmp_path / "csto"):
        organisation, problems = inspect(folder)
        name = path.relative_to(folder).as_posix()
        after = path.read_bytes()
        if problems:
            refused += 1
            assert all(p.file and p.what.strip() and "Traceback" not in p.what for p in problems)
        elif meaning(path, after) != meaning(path, before):
            shown += 1
            assert organisation is not None
            sources = name == "sources.yaml"
            assert identity(organisation, sources=sources) != identity(original, sources=sources), (
                name,
                before,
                after,
            )
    assert refused > COPIES // 4  # else the damage is no damage, and the test shows nothing
    assert shown > COPIES // 10


@pytest.mark.usefixtures("each_text_is_parsed_once")
def test_a_damaged_copy_that_is_read_answers_without_an_error(tmp_path: Path) -> None:
    answered = 0
    for folder, _, _ in copies(tmp_path / "csto"):
        try:
            organisation = load(folder)
        except BadInput:
            continue
        answered += 1
        assert organisation.findings() is not None
        assert organisation.who("council", "2022-11-23").rows
    assert answered > COPIES // 10
