"""Meet in the middle: every group of the first half of the voters with every group of the second.

Exact and voter by voter. Where one threshold alone weighs and the others count heads, the groups of a half are sorted by
weight and a bisection finds how many of them are enough; else the rule is asked of every pair, a block at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.power.game import Game, Threshold, carried
from foedus.power.tally import Critical, Progress, Tally, silent

MOST_SORTED = 40
MOST_PAIRED = 28
MOST_HELD = 27
HEAVIEST = 2**61
Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Half:
    """Every group of some voters: how many heads, and what it holds in each threshold."""

    places: tuple[int, ...]
    heads: Numbers
    held: dict[Threshold, Numbers]

    @property
    def members(self) -> Numbers:
        """By group and voter, 1 where the voter is in it."""
        groups = np.arange(len(self.heads))[:, None]
        return (groups >> np.arange(len(self.places))) & 1


def _half(game: Game, places: tuple[int, ...]) -> _Half:
    return _Half(
        places,
        _sums([1] * len(places)),
        {t: _sums([t.weights[place] for place in places]) for t in game.thresholds},
    )


def _sums(weights: list[int]) -> Numbers:
    """What each group holds, group by number: bit i set where the i-th voter is in it."""
    sums = np.zeros(1, dtype=np.int64)
    for weight in weights:
        sums = np.concatenate([sums, sums + weight])
    return sums


def _halves(game: Game) -> tuple[_Half, _Half]:
    middle = game.size // 2
    return _half(game, tuple(range(middle))), _half(game, tuple(range(middle, game.size)))


def sortable(game: Game) -> bool:
    """Whether one threshold at most weighs, in numbers that fit, for no more voters than can be sorted."""
    weighing = [t for t in game.thresholds if not t.counts]
    return game.size <= MOST_SORTED and len(weighing) <= 1 and fits(game)


def fits(game: Game) -> bool:
    """Whether all weights together fit a machine's numbers."""
    return all(t.total < HEAVIEST for t in game.thresholds)


def tally_sorted(game: Game, progress: Progress = silent) -> Tally:
    """Where `sortable`."""
    first, second = _halves(game)
    one, rows = _half_tally(game, first, second)
    progress(0.5)
    _, others = _half_tally(game, second, first)
    progress(1.0)
    return Tally(tuple(one), (*rows, *others))


def _half_tally(game: Game, near: _Half, far: _Half) -> tuple[list[int], list[tuple[int, ...]]]:
    """Groups that carry by size; and for each voter of the near half, those it is in."""
    weighing = next((t for t in game.thresholds if not t.counts), None)
    far_held = far.held[weighing] if weighing is not None else far.heads
    near_held = near.held[weighing] if weighing is not None else near.heads
    carrying = [0] * (game.size + 1)
    within = [[0] * (game.size + 1) for _ in near.places]
    members = near.members
    for far_heads in range(len(far.places) + 1):
        sorted_held = np.sort(far_held[far.heads == far_heads])
        for heads in range(len(near.places) + 1):
            groups = near.heads == heads
            enough = _enough(game, heads + far_heads)
            if enough is None:
                continue
            found = len(sorted_held) - np.searchsorted(sorted_held, enough - near_held[groups])
            carrying[heads + far_heads] += int(found.sum())
            for voter, number in enumerate((found @ members[groups]).tolist()):
                within[voter][heads + far_heads] += number
    return carrying, [tuple(row) for row in within]


def _enough(game: Game, heads: int) -> int | None:
    """What a group of so many must hold to carry: 0 for nothing, None where nothing is enough."""

    def holds(much: bool) -> bool:  # noqa: FBT001 - the one question asked
        return bool(carried(game.rule, lambda t: heads >= t.quota if t.counts else much))

    weighing = next((t for t in game.thresholds if not t.counts), None)
    if holds(much=False):
        return 0
    return weighing.quota if weighing is not None and holds(much=True) else None


def _met(game: Game, first: _Half, second: _Half, rows: slice) -> Truths:
    """Which pairs carry: groups of some rows of the first half with all of the second."""
    truth = carried(game.rule, lambda t: first.held[t][rows, None] + second.held[t][None, :] >= t.quota)
    return np.asarray(truth, dtype=bool)


def tally_paired(game: Game, progress: Progress = silent) -> Tally:
    """Any rule, where the weights fit and there are at most `MOST_PAIRED` voters."""
    first, second = _halves(game)
    n, block = game.size, max(1, 2**20 // len(second.heads))
    by_second: Numbers = np.zeros((len(first.places) + 1, len(second.heads)), dtype=np.int64)
    by_first: Numbers = np.zeros((len(first.heads), len(second.places) + 1), dtype=np.int64)
    # sums of truths by multiplying matrices: float32 is exact up to 2**24, which no block reaches
    first_heads, second_heads = _by_heads(first), _by_heads(second)
    for start in range(0, len(first.heads), block):
        rows = slice(start, start + block)
        truth = _met(game, first, second, rows).astype(np.float32)
        by_first[rows] = truth @ second_heads
        by_second += (first_heads[rows].T @ truth).astype(np.int64)
        progress(min(1.0, (start + block) / len(first.heads)))
    carrying = [0] * (n + 1)
    for heads, row in zip(first.heads.tolist(), by_first.tolist(), strict=True):
        for more, number in enumerate(row):
            carrying[heads + more] += number
    rows_first = [_gathered(n, by_first[m == 1], first.heads[m == 1]) for m in first.members.T]
    rows_second = [_gathered(n, by_second[:, m == 1].T, second.heads[m == 1]) for m in second.members.T]
    return Tally(tuple(carrying), (*rows_first, *rows_second))


def _by_heads(half: _Half) -> NDArray[np.float32]:
    """By group and number of heads, 1 where the group has so many."""
    found: NDArray[np.float32] = (half.heads[:, None] == np.arange(len(half.places) + 1)).astype(np.float32)
    return found


def _gathered(n: int, found: Numbers, heads: Numbers) -> tuple[int, ...]:
    """By size of the whole group: what was found by group of one half (of so many heads) and heads of the other."""
    row = np.zeros(n + 1, dtype=np.int64)
    for more in range(found.shape[1]):
        row[: n + 1] += np.bincount(heads + more, weights=found[:, more], minlength=n + 1).astype(np.int64)[
            : n + 1
        ]
    return tuple(row.tolist())


def critical(game: Game, progress: Progress = silent) -> Critical:
    """Any rule, where the weights fit and there are at most `MOST_HELD` voters: every group is held at once."""
    first, second = _halves(game)
    n = game.size
    carry: Truths = np.empty((len(first.heads), len(second.heads)), dtype=np.bool_)
    block = max(1, 2**20 // len(second.heads))
    for start in range(0, len(first.heads), block):
        carry[start : start + block] = _met(game, first, second, slice(start, start + block))
    needed = np.zeros(carry.shape, dtype=np.uint8)
    for done, (half, at) in enumerate(_voters(first, second)):
        with_, without = _split(carry, half, at)
        part = _split(needed, half, at)[0]
        part += with_ > without
        progress(0.5 * (done + 1) / n)
    heads = (first.heads[:, None] + second.heads[None, :]).astype(np.uint8)
    minimal = carry & (needed == heads)
    smallest = np.bincount(heads[minimal], minlength=n + 1)
    rows, needs = [], []
    for done, (half, at) in enumerate(_voters(first, second)):
        with_, without = _split(carry, half, at)
        swing = with_ > without
        needs.append(tuple(np.bincount(_split(needed, half, at)[0][swing], minlength=n + 1).tolist()))
        inside = _split(minimal, half, at)[0]
        rows.append(tuple(np.bincount(_split(heads, half, at)[0][inside], minlength=n + 1).tolist()))
        progress(0.5 + 0.5 * (done + 1) / n)
    return Critical(tuple(smallest.tolist()), tuple(rows), tuple(needs))


def _voters(first: _Half, second: _Half) -> list[tuple[int, int]]:
    return [(0, at) for at in range(len(first.places))] + [(1, at) for at in range(len(second.places))]


def _split(groups: NDArray[Any], half: int, at: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Views of the groups with a voter, and of the same groups without it."""
    rows, columns = groups.shape
    if half == 0:
        parts = groups.reshape(rows >> (at + 1), 2, 1 << at, columns)
        return parts[:, 1], parts[:, 0]
    parts = groups.reshape(rows, columns >> (at + 1), 2, 1 << at)
    return parts[:, :, 1], parts[:, :, 0]
