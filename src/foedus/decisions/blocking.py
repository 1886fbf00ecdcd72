"""The smallest groups that block: enough, in the positions they hold, to stop what all others say yes to.

Smallest first, and only as many as are asked for: groups are made one size after another, members that count alike are
taken as one, and a size is passed over where not even the weightiest of it could stop anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from foedus.decisions.ballots import NO, YES
from foedus.decisions.chamber import Chamber
from foedus.decisions.tree import Leaf, Node, Not, monotone

Group = tuple[str, ...]


def blocking(chamber: Chamber, positions: bytes | None = None) -> Iterator[Group]:
    """Every group that blocks and of which no part does, smallest first. With `positions`: only groups of members that
    did not say yes, each holding to what it did; else of all members, each saying no. Where nothing could be carried
    even by all, the one group of nobody.
    """
    held = positions if positions is not None else _all_no(chamber)
    start = bytes(YES if YES in may else at for at, may in zip(held, chamber.may_be, strict=True))
    if not chamber.passes(start):
        yield ()
        return
    apart = [i for i, at in enumerate(held) if at != start[i]]
    groups: dict[tuple[int, int], list[int]] = {}
    for i in apart:
        groups.setdefault((chamber.kinds[i], held[i]), []).append(i)
    yield from _Search(chamber, held, start, tuple(tuple(g) for g in groups.values())).groups()


def _all_no(chamber: Chamber) -> bytes:
    return bytes(NO if NO in may else min(may) for may in chamber.may_be)


class _Search:
    """One search: the world in which all say yes, and who may turn from it."""

    def __init__(
        self, chamber: Chamber, held: bytes, start: bytes, groups: tuple[tuple[int, ...], ...]
    ) -> None:
        self.chamber, self.held, self.start, self.of = chamber, held, start, groups
        self.plain = monotone(chamber.judged)
        self.found: list[tuple[int, ...]] = []
        self.loss = {id(leaf): self._losses(leaf) for leaf in chamber.judged.leaves()}

    def groups(self) -> Iterator[Group]:
        for size in range(1, sum(map(len, self.of)) + 1):
            if self._may_fall(self.chamber.judged, size) is True:
                continue
            for counts in _vectors([len(group) for group in self.of], size):
                if self._blocks(counts) and self._least(counts):
                    self.found.append(counts)
                    yield from self._members(counts)

    def _blocks(self, counts: Sequence[int]) -> bool:
        world = bytearray(self.start)
        for group, number in zip(self.of, counts, strict=True):
            for place in group[:number]:
                world[place] = self.held[place]
        return not self.chamber.passes(bytes(world))

    def _least(self, counts: tuple[int, ...]) -> bool:
        """Whether no part of it blocks: of a rule in which a yes never hurts, none with one member less."""
        if self.plain:
            smaller = (
                (*counts[:i], number - 1, *counts[i + 1 :]) for i, number in enumerate(counts) if number
            )
            return not any(self._blocks(each) for each in smaller)
        return not any(all(a <= b for a, b in zip(each, counts, strict=True)) for each in self.found)

    def _members(self, counts: Sequence[int]) -> Iterator[Group]:
        voters = self.chamber.voters
        ways = (combinations(group, number) for group, number in zip(self.of, counts, strict=True))
        for chosen in product(*ways):
            yield tuple(voters[i].id for i in sorted(i for part in chosen for i in part))

    def _losses(self, leaf: Leaf) -> tuple[list[int], list[int]]:
        """How far members that turn move a leaf's sum: down, and up; the farthest first."""
        moves = [
            leaf.worth(i, self.held[i]) - leaf.worth(i, self.start[i]) for group in self.of for i in group
        ]
        return sorted(moves), sorted(moves, reverse=True)

    def _may_fall(self, node: Node, size: int) -> bool | None:
        """What a node is whichever members of so many turn; None where that may depend on which."""
        match node:
            case Leaf():
                return self._leaf(node, size)
            case Not():
                found = self._may_fall(node.part, size)
                return None if found is None else not found
        parts = [self._may_fall(part, size) for part in node.parts]
        if parts.count(True) >= node.number:
            return True
        return False if len(parts) - parts.count(False) < node.number else None

    def _leaf(self, leaf: Leaf, size: int) -> bool | None:
        down, up = self.loss[id(leaf)]
        now = sum(leaf.worth(i, at) for i, at in enumerate(self.start))
        low, high = now + sum(down[:size]), now + sum(up[:size])
        if leaf.forbids:
            low, high = -high, -low
        bound = -leaf.bound if leaf.forbids else leaf.bound
        if leaf.base is not None and low <= 0 <= high:
            return None  # nobody may be left in the base
        return True if low >= bound else False if high < bound else None


def _vectors(most: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """Every way to take so many in all, from kinds of which there are at most so many each."""
    if not most:
        if size == 0:
            yield ()
        return
    rest = sum(most[1:])
    for number in range(min(most[0], size), max(0, size - rest) - 1, -1):
        for others in _vectors(most[1:], size - number):
            yield (number, *others)
