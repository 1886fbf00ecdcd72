"""Snapshots: what was derived from the first entries of a register, kept in a file, so that a new process can answer
without reading them all again. Nothing in one is a fact: without it everything is derived again.

A snapshot names its register, size and root, the charter's hash, its own form and the code that made it. It is used only
where all of that is so here, where the register's own hashes give that root at that size, and where its bytes are whole
(SHA-256). Else it counts for nothing, in silence, and is made anew by whoever makes snapshots.

It holds JSON and nothing that could run. What it says of the record is nevertheless believed: the root is that of the
register, and does not show that the timelines beside it follow from it. Whoever can write it could therefore alter
answers, so it is kept where only its user can write: in a folder of theirs, never beside a register, with which it could
come from somebody else. A file or folder that belongs to another, or that others may write to, counts for nothing. What
is not protected is a user from themselves, and from whoever may act as they: these could as well alter Foedus.

There is none of a register with acts under seal: their texts come and go without a sign in the root.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from foedus.engine.standing import Standing
from foedus.engine.timelines import Timeline
from foedus.engine.values import Stretches, plain_stretches
from foedus.problems import Unreachable
from foedus.record.canonical import plain
from foedus.record.record import Kept
from foedus.record.shelf import Catalogue, catalogue, records
from foedus.register.log.proofs import Prover
from foedus.register.store import Head, Register
from foedus.secretariat.organisation import Organisation

FORM = b"foedus snapshot 1\n"
BLOCK = 64  # values that are packed together
_HASH = 32
_OPEN_TO_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, zlib.error)
Compose = Callable[
    [Mapping[str, str], Kept], Organisation | None
]  # from an organisation's texts, without acts


def folder() -> Path:
    """Where the user's snapshots are: `FOEDUS_SNAPSHOTS`, or `foedus` among what programs keep for the user."""
    named, caches = os.environ.get("FOEDUS_SNAPSHOTS"), os.environ.get("XDG_CACHE_HOME")
    return Path(named) if named else Path(caches or Path.home() / ".cache") / "foedus"


def keep(register: Register, organisation: Organisation, texts: Mapping[str, str]) -> Path:
    """Keep what follows from an organisation as it was read from its register, and from the texts there; in place of what
    was kept of its earlier entries. Unreachable where it cannot be written.
    """
    at = organisation.record.kept
    assert at is not None
    path = folder() / f"{at.size}-{at.root}"
    data = packed(organisation, texts)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=".", delete=False
        ) as file:  # only its user may read it
            file.write(FORM + sha256(data).digest() + data)
        Path(file.name).replace(path)
        for size, root, earlier in _kept_of(at.size - 1):
            if Prover(register.hashes).root(size) == root:
                earlier.unlink(missing_ok=True)
    except OSError as error:
        raise Unreachable(f"{path} cannot be written: {error.strerror}.") from error
    return path


def recalled(register: Register, head: Head, compose: Compose) -> Organisation | None:
    """The organisation of a register at a head, or as shortly before as may be, from a snapshot of it; None where there is
    none that may be used.
    """
    with suppress(OSError, RuntimeError):  # RuntimeError: there is no home to keep any in
        for size, root, path in sorted(_kept_of(head.size), reverse=True):
            if Prover(register.hashes).root(size) == root:
                with suppress(*_BROKEN, OSError):
                    found = unpacked(_whole(path), register.name, Head(size, root), compose)
                    if found is not None:
                        return found
    return None


def _kept_of(most: int) -> Iterator[tuple[int, bytes, Path]]:
    """Snapshots, by their names, of up to so many entries."""
    for path in folder().glob("[0-9]*-*"):
        with suppress(ValueError):
            size, root = path.name.split("-")
            if int(size) <= most:
                yield int(size), bytes.fromhex(root), path


def _whole(path: Path) -> bytes:
    """The bytes of a snapshot. ValueError where others could have written it, or it is not whole."""
    _ours(path.parent.stat())
    with path.open("rb") as file:
        _ours(os.fstat(file.fileno()))
        found = file.read()
    head, data = found[: len(FORM) + _HASH], found[len(FORM) + _HASH :]
    if head != FORM + sha256(data).digest():
        raise ValueError(path)
    return data


def _ours(status: os.stat_result) -> None:
    if status.st_uid != os.geteuid() or status.st_mode & _OPEN_TO_OTHERS:
        raise ValueError(status)


@cache
def made_by() -> str:
    """The code that derives timelines: its SHA-256, and whose names of states it uses."""
    found = sha256(f"{version('foedus')} {version('babel')}".encode())
    source = Path(__file__).parent.parent
    for path in sorted(source.rglob("*.py")):
        found.update(f"\0{path.relative_to(source)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def packed(organisation: Organisation, texts: Mapping[str, str]) -> bytes:
    """An organisation as it was read from its register, whose texts these are, and all its timelines, as bytes."""
    record, standing = organisation.record, organisation.standing()
    assert record.kept is not None
    blocks: list[bytes] = []

    def put(rows: list[Any]) -> tuple[int, int]:
        """How many rows, and in which block they begin."""
        first = len(blocks)
        blocks.extend(_squeezed(rows[start : start + BLOCK]) for start in range(0, len(rows), BLOCK))
        return len(rows), first

    acts = put([plain(entry) for entry in record.entries])
    timelines = [[key, *put(plain_stretches(timeline))] for key, timeline in standing.timelines().items()]
    head = {
        "register": record.kept.register,
        "size": record.kept.size,
        "root": record.kept.root,
        "charter": organisation.charter.digest,
        "made by": made_by(),
        "texts": dict(texts),
        "record": catalogue(record, standing.record),
        "acts": acts,
        "timelines": timelines,
        "blocks": [len(block) for block in blocks],
    }
    first = _squeezed(head)
    return len(first).to_bytes(8) + first + b"".join(blocks)


def unpacked(data: bytes, register: str, head: Head, compose: Compose) -> Organisation | None:
    """The organisation in a snapshot's bytes, from which `compose` makes it but for its acts; None where it is of something
    else than is asked for.
    """
    start = 8 + int.from_bytes(data[:8])
    told = json.loads(zlib.decompress(data[8:start]))
    of = (register, head.size, head.root.hex(), made_by())
    if of != (told["register"], told["size"], told["root"], told["made by"]):
        return None
    bare = compose(told["texts"], Kept(*of[:3]))
    if bare is None or bare.charter.digest != told["charter"]:
        return None
    row = _Blocks(data, start, told["blocks"]).row
    known = Catalogue(*told["record"])
    _, acts = told["acts"]
    kept = bare.record.kept
    record, live = records(known, lambda at: row(acts, at), bare.record.about, bare.record.sources, kept)
    timelines = {
        tuple(key): Timeline(Stretches(length, lambda at, first=first: row(first, at)), {})  # type: ignore[misc]
        for key, length, first in told["timelines"]
    }
    return bare.with_standing(record, Standing.of(bare.charter, live, timelines))


class _Blocks:
    """Packed values, each block unpacked when a value of it is asked for."""

    def __init__(self, data: bytes, start: int, lengths: list[int]) -> None:
        self._data, self._starts = data, [start]
        for length in lengths:
            self._starts.append(self._starts[-1] + length)
        self._block = lru_cache(maxsize=64)(self._unpacked)

    def row(self, first: int, at: int) -> Any:
        """The value at a place of those that begin in the block `first`."""
        block, within = divmod(at, BLOCK)
        return self._block(first + block)[within]

    def _unpacked(self, block: int) -> list[Any]:
        start, end = self._starts[block : block + 2]
        found: list[Any] = json.loads(zlib.decompress(self._data[start:end]))
        return found


def _squeezed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 1)
