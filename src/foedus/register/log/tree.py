"""The Merkle tree of RFC 6962, section 2.1, as it grows: its peaks, its root, and the hashes worth keeping.

A hash of *rank* r stands over 256**r entries: rank 0 is an entry's own. Only these are kept, which is what tiles are
made of; whatever lies between two ranks is reckoned from at most 256 of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

HEIGHT = 8  # levels between two ranks
WIDTH = 1 << HEIGHT
EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two hashes side by side."""
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A hash of a rank above 0, and which of its rank it is, from 0."""

    rank: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of `size` entries by its peaks: the roots of the largest whole subtrees, left to right."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError(
                f"A tree of {self.size} entries has {self.size.bit_count()} peaks, not {len(self.peaks)}."
            )

    @property
    def root(self) -> bytes:
        return folded(self.peaks) if self.peaks else EMPTY

    def grown(self, hashes: Iterable[bytes]) -> tuple[Tree, list[Node]]:
        """The tree with further entries, by their hashes, and the hashes of higher rank that this completes."""
        peaks, size, nodes = list(self.peaks), self.size, list[Node]()
        for leaf in hashes:
            found, rest, level = leaf, size, 0
            while rest & 1:
                found = sha256(
                    b"\1" + peaks.pop() + found
                ).digest()  # node_hash, where it is worth a call less
                rest >>= 1
                level += 1
                if level % HEIGHT == 0:
                    nodes.append(Node(level // HEIGHT, rest, found))
            peaks.append(found)
            size += 1
        return Tree(size, tuple(peaks)), nodes

    def packed(self) -> bytes:
        """The peaks as bytes."""
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> Tree:
        """A tree from `packed`. ValueError where that is not of this size."""
        return cls(size, tuple(packed[at : at + 32] for at in range(0, len(packed), 32)))


def folded(peaks: Sequence[bytes]) -> bytes:
    """The root over peaks, of which there is at least one."""
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root of the tree over entries by their hashes."""
    return Tree().grown(hashes)[0].root
