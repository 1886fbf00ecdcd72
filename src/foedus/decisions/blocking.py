"""The smallest groups that block: enough, in the positions they hold, to stop what all others say yes to.

Smallest first, and only as many as are asked for: groups are made one size after another, members that count alike are
taken as one, and what not even the weightiest of those left could stop is not gone into.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from foedus.decisions.ballots import NO, YES
from foedus.decisions.chamber import Chamber
from foedus.decisions.tree import Leaf, Node, Not, monotone

Group = tuple[str, ...]
Counts = tuple[int, ...]  # how many of each kind


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
        self.chamber, self.held, self.start = chamber, held, start
        self.plain = monotone(chamber.judged)
        self.found: list[Counts] = []
        self.leaves = list(chamber.judged.leaves())
        self.place = {id(leaf): i for i, leaf in enumerate(self.leaves)}
        self.now = tuple(sum(leaf.worth(i, at) for i, at in enumerate(start)) for leaf in self.leaves)
        moves = {group: tuple(self._move(leaf, group[0]) for leaf in self.leaves) for group in groups}
        self.of = tuple(sorted(groups, key=lambda group: (_weight(moves[group]), group)))
        self.moves = tuple(moves[group] for group in self.of)
        self.reach = tuple(
            _Reach([m[i] for m in self.moves], [len(g) for g in self.of]) for i in range(len(self.leaves))
        )

    def groups(self) -> Iterator[Group]:
        for size in range(1, sum(map(len, self.of)) + 1):
            yield from self._turned((), self.now, size)

    def _turned(self, counts: Counts, sums: tuple[int, ...], left: int) -> Iterator[Group]:
        """The groups that block, of those who were chosen and so many more of the kinds that follow."""
        at = len(counts)
        if self._stands(self.chamber.judged, sums, at, left):
            return
        if self.plain and left and self._stands(self.chamber.judged, sums, len(self.of), 0) is False:
            return  # those chosen block already
        if at == len(self.of):
            if left == 0 and self._blocks(counts) and self._least(counts):
                self.found.append(counts)
                yield from self._members(counts)
            return
        for number in range(min(len(self.of[at]), left), -1, -1):
            moved = tuple(now + number * move for now, move in zip(sums, self.moves[at], strict=True))
            yield from self._turned((*counts, number), moved, left - number)

    def _stands(self, node: Node, sums: tuple[int, ...], at: int, left: int) -> bool | None:
        """What a node is, whoever else turns of the kinds from `at` on; None where that depends on who does."""
        match node:
            case Leaf():
                return self._leaf(node, sums, at, left)
            case Not():
                found = self._stands(node.part, sums, at, left)
                return None if found is None else not found
        parts = [self._stands(part, sums, at, left) for part in node.parts]
        if parts.count(True) >= node.number:
            return True
        return False if len(parts) - parts.count(False) < node.number else None

    def _leaf(self, leaf: Leaf, sums: tuple[int, ...], at: int, left: int) -> bool | None:
        place = self.place[id(leaf)]
        ends = self.reach[place].ends(at, left)
        if ends is None:
            return True  # there are not so many left
        low, high, bound = sums[place] + ends[0], sums[place] + ends[1], leaf.bound
        if leaf.forbids:
            low, high, bound = -high, -low, -bound
        if leaf.base is not None and low <= 0 <= high:
            return None  # nobody may be left in the base
        return True if low >= bound else False if high < bound else None

    def _blocks(self, counts: Counts) -> bool:
        world = bytearray(self.start)
        for group, number in zip(self.of, counts, strict=True):
            for place in group[:number]:
                world[place] = self.held[place]
        return not self.chamber.passes(bytes(world))

    def _least(self, counts: Counts) -> bool:
        """Whether no part of it blocks: of a rule in which a yes never hurts, none with one member less."""
        if self.plain:
            smaller = (
                (*counts[:i], number - 1, *counts[i + 1 :]) for i, number in enumerate(counts) if number
            )
            return not any(self._blocks(each) for each in smaller)
        return not any(all(a <= b for a, b in zip(each, counts, strict=True)) for each in self.found)

    def _members(self, counts: Counts) -> Iterator[Group]:
        voters = self.chamber.voters
        ways = (combinations(group, number) for group, number in zip(self.of, counts, strict=True))
        for chosen in product(*ways):
            yield tuple(voters[i].id for i in sorted(i for part in chosen for i in part))

    def _move(self, leaf: Leaf, place: int) -> int:
        return leaf.worth(place, self.held[place]) - leaf.worth(place, self.start[place])


class _Reach:
    """How far the sum of a leaf can still be moved, down and up, by so many more of the kinds from one on."""

    def __init__(self, moves: list[int], sizes: list[int]) -> None:
        self.moves, self.sizes = moves, sizes
        self.kept: dict[tuple[int, int], tuple[int, int] | None] = {}

    def ends(self, at: int, left: int) -> tuple[int, int] | None:
        """The farthest down and up; None where so many are not left."""
        if (at, left) not in self.kept:
            each = sorted(
                m
                for m, size in zip(self.moves[at:], self.sizes[at:], strict=True)
                for _ in range(min(size, left))
            )
            enough = sum(self.sizes[at:]) >= left
            self.kept[at, left] = (sum(each[:left]), sum(each[len(each) - left :])) if enough else None
        return self.kept[at, left]


def _weight(moves: tuple[int, ...]) -> int:
    """Who moves most comes first."""
    return -sum(abs(move) for move in moves)
