"""The CSTO's folder, damaged at random: it is refused in sentences, or what was read shows the damage.

Each copy has a seed of its own, which a failure names: `FOEDUS_DAMAGE=20221123/17` damages that copy alone, and
`FOEDUS_DAMAGE=5` is another series of copies. `make soak` damages ten times as many.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import traceback
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import foedus
from foedus import written
from foedus.charter import read
from foedus.problems import Problem
from foedus.record import canonical
from foedus.secretariat import Organisation, inspect, load
from foedus.written import Model, Written
from tests.conftest import SOAK

CSTO = Path(foedus.__file__).parent / "organisations" / "csto"
SERIES, _, ONLY = os.environ.get("FOEDUS_DAMAGE", "20221123").partition("/")
COPIES = 10_000 if SOAK else 1_000


@dataclass(frozen=True, slots=True)
class Copy:
    """A damaged copy, and what became of it when it was read and asked."""

    seed: str
    file: str
    damage: str
    problems: tuple[Problem, ...]
    failure: str  # what a reader must never see: a traceback
    changed: bool  # whether the file says something else than it did, which it does where that was noticed
    noticed: bool  # whether what was read is told from the original

    def __str__(self) -> str:
        return f"FOEDUS_DAMAGE={self.seed}: {self.file}: {self.damage} {self.failure}"


def damaged(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """What was done to the content, and the content with a byte changed, a line left out, doubled or moved, or its end
    cut off.
    """
    lines = content.splitlines(keepends=True)
    at, place = chance.randrange(len(lines)), chance.randrange(len(content))
    done = chance.choice(["bit", "byte", "byte", "left out", "doubled", "cut", "swapped"])
    match done:
        case "bit":
            now = content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]
        case "byte":
            now = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        case "left out":
            now = b"".join(lines[:at] + lines[at + 1 :])
        case "doubled":
            now = b"".join(lines[: at + 1] + lines[at:])
        case "swapped":
            lines[at - 1], lines[at] = lines[at], lines[at - 1]
            now = b"".join(lines)
        case _:
            now = content[:place]
    where = f"line {at + 1}" if done in {"left out", "doubled", "swapped"} else f"byte {place}"
    return f"{done}, {where}", now


# -- what a file says, read by other means


def models(above: type[Model]) -> Iterator[type[Model]]:
    """Every model below one, however far."""
    for model in above.__subclasses__():
        yield model
        yield from models(model)


# what the schema says of an act that does not say it itself: leaving it out and writing it are one
DEFAULTS = {
    (info.alias, str(info.default).lower() if isinstance(info.default, bool) else str(info.default))
    for model in models(Model)
    for info in model.model_fields.values()
    if isinstance(info.default, str | int)
}


def meaning(path: Path, content: bytes) -> Any:
    """What a file says: prose counts as written, YAML without comments and layout."""
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8").read()
    return text if path.suffix == ".md" else _said(YAML(typ="base", pure=True).load(text))


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        said = {key: _said(part) for key, part in value.items()}
        return {
            key: part
            for key, part in said.items()
            if not isinstance(part, str) or (key, part) not in DEFAULTS
        }
    return [_said(part) for part in value] if isinstance(value, list) else str(value).strip()


def identity(organisation: Organisation) -> tuple[Any, ...]:
    """What tells one state of the files from another: the digests that each answer's basis has."""
    return (organisation.charter.digest, organisation.record.root, organisation.record.head)


# -- only for speed


class Remembered:
    """Remembers what was made of the undamaged files, by far the most of each copy, while the original is read."""

    def __init__(self) -> None:
        self.open, self.kept = True, dict[Hashable, Any]()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        if key in self.kept:
            return self.kept[key]
        made = make()
        if self.open:
            self.kept[key] = made
        return made


@contextmanager
def what_is_undamaged_is_read_once() -> Iterator[Remembered]:
    """For as long as it lasts: parsing, validating and hashing what all copies share takes place once."""
    known = Remembered()
    parse, validate, hashed, tokens = written.read_yaml, written.validate, canonical.canonical, read._tokens

    def parsed(text: str, file: str, first_line: int = 1) -> Written:
        found: Written = known.get((text, file, first_line), partial(parse, text, file, first_line))
        return replace(found, problems=list(found.problems))

    def validated(kinds: Any, block: Written, data: Any, at: Any = ()) -> Any:
        made: Callable[[], Any] = partial(validate, kinds, block, data, at)
        return known.get((id(kinds), id(block.data), at), made) if isinstance(block.data, dict) else made()

    def tokenised(text: str) -> Any:
        return known.get(text, partial(tokens, text))

    with pytest.MonkeyPatch.context() as patch:
        for room in ("record", "charter"):
            patch.setattr(f"foedus.{room}.read.read_yaml", parsed)
            patch.setattr(f"foedus.{room}.read.validate", validated)
        patch.setattr("foedus.charter.read._tokens", tokenised)
        patch.setattr("foedus.record.record.canonical", lambda e: known.get(id(e), lambda: hashed(e)))
        yield known


# -- the copies


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> list[Copy]:
    """Damaged copies of the folder, each read, and asked where it is not refused."""
    where = tmp_path_factory.mktemp("damage") / "csto"
    shutil.copytree(CSTO, where)
    files = sorted(path for path in where.rglob("*") if path.is_file())
    with what_is_undamaged_is_read_once() as known:
        original = load(where)
        undamaged = identity(original)
        known.open = False
        numbers = [int(ONLY)] if ONLY else range(COPIES)
        return [_copy(f"{SERIES}/{number}", where, files, undamaged) for number in numbers]


def _copy(seed: str, where: Path, files: list[Path], undamaged: tuple[Any, ...]) -> Copy:
    chance = random.Random(seed)
    path = chance.choice(files)
    before = path.read_bytes()
    damage, after = damaged(before, chance)
    path.write_bytes(after)
    problems: tuple[Problem, ...] = ()
    failure, changed, noticed = "", False, False
    try:
        organisation, problems = inspect(where)
        if not problems:
            assert organisation is not None
            noticed = identity(organisation) != undamaged
            if noticed:
                assert organisation.findings() is not None
                assert organisation.who("council", "2022-11-23").rows
    except Exception:  # noqa: BLE001 - any at all is what must not be
        failure = traceback.format_exc()
    path.write_bytes(before)
    if not problems and not failure:
        changed = noticed or meaning(path, after) != meaning(path, before)
    return Copy(seed, path.relative_to(where).as_posix(), damage, problems, failure, changed, noticed)


def told(copies: list[Copy]) -> str:
    return "\n".join(map(str, copies))


def test_no_damage_makes_reading_or_asking_fail(copies: list[Copy]) -> None:
    assert not [copy for copy in copies if copy.failure], told([c for c in copies if c.failure])


def test_what_is_refused_is_refused_in_sentences_that_name_a_file(copies: list[Copy]) -> None:
    unsaid = [
        c for c in copies for p in c.problems if not p.file or not p.what.strip() or "Traceback" in p.what
    ]
    assert not unsaid, told(unsaid)


def test_no_copy_that_says_something_else_is_taken_for_the_original(copies: list[Copy]) -> None:
    silent = [c for c in copies if not c.problems and c.changed and not c.noticed]
    assert not silent, told(silent)


@pytest.mark.skipif(bool(ONLY), reason="one copy alone shows no shares")
def test_enough_copies_are_refused_and_enough_are_read_for_these_tests_to_show_anything(
    copies: list[Copy],
) -> None:
    assert sum(bool(copy.problems) for copy in copies) > len(copies) // 4
    assert sum(copy.changed for copy in copies) > len(copies) // 10
