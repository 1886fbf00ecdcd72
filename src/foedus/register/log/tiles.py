"""A log as static files (C2SP tlog-tiles): its checkpoint, its hashes in tiles of 256, its entries in bundles of 256.

Whoever has the files can make any proof; a file once whole never changes.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from foedus.problems import Altered
from foedus.register.log.tree import HEIGHT, WIDTH
from foedus.register.store import Register

CHECKPOINT = "checkpoint"
Fetch = Callable[[str], bytes]  # the bytes of a file by its path within the log; NotFound where there is none


@dataclass(frozen=True, slots=True)
class Tile:
    """Hashes [256 index, + width) of a rank, in one file."""

    rank: int
    index: int
    width: int

    @property
    def path(self) -> str:
        return f"tile/{self.rank}/{place(self.index, self.width)}"


def place(index: int, width: int) -> str:
    """Where a tile or bundle of an index lies: 1234067 is x001/x234/067; one that is not full has its width behind."""
    parts = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03}")
    return "/".join(parts) + ("" if width == WIDTH else f".p/{width}")


def bundle_path(index: int, width: int) -> str:
    """Where entries [256 index, + width) lie."""
    return f"tile/entries/{place(index, width)}"


def tiles(size: int, since: int = 0) -> Iterator[Tile]:
    """Every tile of a log of a size; with `since`, those that one of that size did not have."""
    rank = 0
    while count := size >> HEIGHT * rank:
        for index in range((since >> HEIGHT * rank) // WIDTH, -(-count // WIDTH)):
            yield Tile(rank, index, min(WIDTH, count - index * WIDTH))
        rank += 1


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unbundled(data: bytes, index: int, width: int) -> list[bytes]:
    """The entries of a bundle. Altered where it does not hold as many as it should."""
    entries, at = [], 0
    while at + 2 <= len(data):
        end = at + 2 + (data[at] << 8 | data[at + 1])
        if end > len(data):
            break
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data) or len(entries) != width:
        first = index * WIDTH + min(len(entries), width)
        raise Altered(
            f"The bundle {bundle_path(index, width)} is damaged: it does not hold {width} entries.", first
        )
    return entries


def write_tiles(
    register: Register, checkpoint: str, size: int, write: Callable[[str, bytes], None], since: int = 0
) -> None:
    """Write the files of a log as of a checkpoint of that size, the checkpoint last; with `since`, those that are new."""
    for tile in tiles(size, since):
        first = tile.index * WIDTH
        write(tile.path, b"".join(register.hashes(tile.rank, first, first + tile.width)))
        if tile.rank == 0:
            write(bundle_path(tile.index, tile.width), bundle(list(register.read(first, first + tile.width))))
    write(CHECKPOINT, checkpoint.encode())


class Tiles:
    """The hashes and entries of a log of a size, from its files."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self._fetch, self._size = fetch, size

    def hashes(self, rank: int, first: int, until: int) -> Sequence[bytes]:
        """As `Register.hashes`."""
        found: list[bytes] = []
        for index in range(first // WIDTH, -(-until // WIDTH)):
            tile = self.tile(rank, index)
            start = index * WIDTH
            found += tile[max(first - start, 0) : until - start]
        return found

    def tile(self, rank: int, index: int) -> list[bytes]:
        """The hashes of one tile."""
        tile = Tile(rank, index, min(WIDTH, (self._size >> HEIGHT * rank) - index * WIDTH))
        data = self._fetch(tile.path)
        if len(data) != 32 * tile.width:
            raise Altered(f"The tile {tile.path} is damaged: it does not hold {tile.width} hashes.")
        return [data[at : at + 32] for at in range(0, len(data), 32)]

    def bundle(self, index: int) -> list[bytes]:
        """The entries of one bundle."""
        width = min(WIDTH, self._size - index * WIDTH)
        return unbundled(self._fetch(bundle_path(index, width)), index, width)
