"""Voters that may stand for one another: it is enough to count how many of each class are in a group."""

from __future__ import annotations

from itertools import pairwise
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from foedus.power.game import Game, Threshold, carried
from foedus.power.tally import Critical, Tally

MOST_CELLS = 200_000
Cells = NDArray[np.int64]
Truths = NDArray[np.bool_]


def cells(game: Game) -> int:
    """How many groups have to be looked at."""
    return prod(len(places) + 1 for places in game.classes)


class _Shapes:
    """Every shape of a group (how many of each class), which of them carry, and how many groups have that shape."""

    def __init__(self, game: Game) -> None:
        self.game, self.classes = game, game.classes
        self.sizes = [len(places) for places in self.classes]
        grid = np.indices([size + 1 for size in self.sizes]).reshape(len(self.sizes), -1)
        self.counts: Cells = grid.astype(np.int64)
        self.steps = [prod(size + 1 for size in self.sizes[at + 1 :]) for at in range(len(self.sizes))]
        self.carry: Truths = np.broadcast_to(
            np.asarray(carried(game.rule, self._met), dtype=bool), self.counts.shape[1:]
        )
        self.heads: Cells = self.counts.sum(axis=0)

    def _met(self, threshold: Threshold) -> Truths:
        held = np.zeros(self.counts.shape[1], dtype=object if threshold.total >= 2**62 else np.int64)
        for places, count in zip(self.classes, self.counts, strict=True):
            held = held + count * threshold.weights[places[0]]
        return np.asarray(held >= threshold.quota, dtype=bool)

    def ways(self, chosen: Truths, taken: int | None = None) -> NDArray[np.object_]:
        """In how many ways each chosen shape can be filled; with one member of a class, by place, already `taken`."""
        found = np.ones(int(chosen.sum()), dtype=object)
        for at, size in enumerate(self.sizes):
            one = at == taken
            table = np.array(
                [comb(size - one, k - one) if k >= one else 0 for k in range(size + 1)], dtype=object
            )
            found = found * table[self.counts[at][chosen]]
        return found

    def swing(self, at: int) -> Truths:
        """Where a group carries and would not with one fewer of a class."""
        before = np.zeros_like(self.carry)
        step = self.steps[at]
        before[step:] = self.carry[:-step]
        swing: Truths = self.carry & ~before & (self.counts[at] > 0)
        return swing

    def by_size(self, chosen: Truths, taken: int | None = None) -> tuple[int, ...]:
        return _summed(self.heads[chosen], self.ways(chosen, taken), self.game.size)

    def spread(self, by_class: list[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
        """A row a class as a row a voter."""
        rows: list[tuple[int, ...]] = [()] * self.game.size
        for places, row in zip(self.classes, by_class, strict=True):
            for place in places:
                rows[place] = row
        return tuple(rows)


def tally(game: Game) -> Tally:
    """Exact, with the groups told apart by size."""
    shapes = _Shapes(game)
    rows = [shapes.by_size(shapes.carry, at) for at in range(len(shapes.classes))]
    return Tally(shapes.by_size(shapes.carry), shapes.spread(rows))


def critical(game: Game) -> Critical:
    """Exact: which groups can do without whom."""
    shapes = _Shapes(game)
    swings = [shapes.swing(at) for at in range(len(shapes.classes))]
    needed = np.zeros_like(shapes.heads)
    for at, swing in enumerate(swings):
        needed += shapes.counts[at] * swing
    minimal = shapes.carry & (needed == shapes.heads)
    by_need = [_summed(needed[s], shapes.ways(s, at), game.size) for at, s in enumerate(swings)]
    rows = [shapes.by_size(minimal, at) for at in range(len(swings))]
    return Critical(shapes.by_size(minimal), shapes.spread(rows), shapes.spread(by_need))


def _summed(keys: Cells, ways: NDArray[np.object_], most: int) -> tuple[int, ...]:
    """The ways added up by key, from 0 to `most`."""
    order = np.argsort(keys, kind="stable")
    bounds = np.searchsorted(keys[order], np.arange(most + 2))
    sorted_ways = ways[order]
    return tuple(int(sum(sorted_ways[a:b].tolist())) for a, b in pairwise(bounds.tolist()))
