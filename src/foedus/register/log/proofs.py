"""Proofs that an entry is in a tree, and that a tree continues another (RFC 9162, sections 2.1.3 and 2.1.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from foedus.problems import Altered
from foedus.register.log.tree import EMPTY, HEIGHT, Tree, folded, node_hash, root_of

Hashes = Callable[[int, int, int], Sequence[bytes]]  # (rank, first, until): what `Register.hashes` gives
MAX_SIZE = 1 << 63  # a proof is never longer than its tree is high, so that nobody is made to hash for long


class Prover:
    """Makes proofs from the hashes a register or a folder of tiles holds, for trees up to a size it holds."""

    def __init__(self, hashes: Hashes) -> None:
        self._hashes = lru_cache(maxsize=256)(hashes)

    def root(self, size: int) -> bytes:
        """The root of the tree over the first `size` entries."""
        return self.tree(size).root

    def tree(self, size: int) -> Tree:
        """The tree over the first `size` entries, to be grown."""
        return Tree(size, tuple(self._peaks(0, size)))

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """That entry `index` is in the tree over the first `size` entries: from its sibling up to the root's child."""
        if not 0 <= index < size:
            raise ValueError(f"There is no entry {index} in a tree of {size}.")
        return self._path(index, 0, size)

    def consistency(self, earlier: int, size: int) -> list[bytes]:
        """That the tree over the first `size` entries continues the one over the first `earlier`."""
        if not 0 <= earlier <= size:
            raise ValueError(f"A tree of {size} entries does not continue one of {earlier}.")
        return [] if earlier in {0, size} else self._onwards(earlier, 0, size, whole=True)

    def _path(self, index: int, first: int, until: int) -> list[bytes]:
        if until - first == 1:
            return []
        middle = first + _split(until - first)
        if index < middle:
            return [*self._path(index, first, middle), self._over(middle, until)]
        return [*self._path(index, middle, until), self._over(first, middle)]

    def _onwards(self, earlier: int, first: int, until: int, *, whole: bool) -> list[bytes]:
        """SUBPROOF of RFC 9162, section 2.1.4.1: `whole` as long as the earlier tree's root is what was hashed."""
        if earlier == until:
            return [] if whole else [self._over(first, until)]
        middle = first + _split(until - first)
        if earlier <= middle:
            return [
                *self._onwards(earlier, first, middle, whole=whole),
                self._over(middle, until),
            ]
        return [*self._onwards(earlier, middle, until, whole=False), self._over(first, middle)]

    def _over(self, first: int, until: int) -> bytes:
        """The hash over entries [first, until), whose first is where a subtree begins."""
        return folded(self._peaks(first, until))

    def _peaks(self, first: int, until: int) -> list[bytes]:
        peaks = []
        while first < until:
            width = 1 << (until - first).bit_length() - 1
            peaks.append(self._whole(first, width))
            first += width
        return peaks

    def _whole(self, first: int, width: int) -> bytes:
        """The hash of a whole subtree of `width` entries."""
        rank, level = divmod(width.bit_length() - 1, HEIGHT)
        index = first >> rank * HEIGHT
        return root_of(self._hashes(rank, index, index + (1 << level)))


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def check_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Altered, unless the proof leads from an entry's hash to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size <= MAX_SIZE:
        raise Altered(f"There is no entry {index} in a tree of {size}.")
    at, last, found = index, size - 1, leaf
    for part in proof:
        if last == 0:
            raise Altered(f"The proof for entry {index} is too long for a tree of {size}.")
        if at & 1 or at == last:
            found = node_hash(part, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    if last or found != root:
        raise Altered(f"The proof does not lead from entry {index} to the root of the tree of {size}.")


def check_consistency(
    earlier: int, size: int, proof: Sequence[bytes], earlier_root: bytes, root: bytes
) -> None:
    """Altered, unless the proof shows that the later tree continues the earlier (RFC 9162, section 2.1.4.2)."""
    broken = Altered(f"The tree of {size} entries does not continue the one of {earlier}.")
    if not 0 <= earlier <= size <= MAX_SIZE:
        raise broken
    if earlier in {0, size}:
        if proof or (earlier_root != root if earlier == size else earlier_root != EMPTY):
            raise broken
        return
    parts = [earlier_root, *proof] if earlier & earlier - 1 == 0 else list(proof)
    at, last = earlier - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not parts:
        raise broken
    old = new = parts[0]
    for part in parts[1:]:
        if last == 0:
            raise broken
        if at & 1 or at == last:
            old, new = node_hash(part, old), node_hash(part, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, part)
        at, last = at >> 1, last >> 1
    if last or old != earlier_root or new != root:
        raise broken
