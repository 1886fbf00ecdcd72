"""Of one weighted game: which groups can do without whom, counted weight by weight.

A group is minimal where it fails without its lightest member: so minimal groups are counted by their lightest member,
over the groups of those that come before it in order of weight. And of a group that holds `e` more than the quota, just
those are critical that weigh more than `e`: so groups are counted by their heavy members and what their light ones hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.power.boxes import EXACT, Box, sized, without_each
from foedus.power.game import Game, Threshold
from foedus.power.tally import Critical, Progress, silent

MOST_CELLS = 5_000_000
Numbers = NDArray[np.int64]


def reachable(game: Game) -> bool:
    """Whether the game is one threshold, of few enough voters and small enough weights."""
    one = game.rule
    return (
        isinstance(one, Threshold) and game.size <= EXACT and (game.size + 1) * (one.total + 1) <= MOST_CELLS
    )


def critical(game: Game, progress: Progress = silent) -> Critical:
    """Exact, where `reachable`."""
    rule = game.rule
    assert isinstance(rule, Threshold)
    n, weights = game.size, rule.weights
    order = sorted(range(n), key=lambda place: -weights[place])
    minimal = _minimal([weights[place] for place in order], rule.quota)
    needs = _needs(weights, rule.quota, progress)
    rows: list[tuple[int, ...]] = [()] * n
    for place, row in zip(order, minimal, strict=True):
        rows[place] = tuple(row.tolist())
    smallest = (sum(row[size] for row in rows) // size if size else 0 for size in range(n + 1))
    return Critical(tuple(smallest), tuple(rows), tuple(needs[weight] for weight in weights))


def _minimal(weights: Sequence[int], quota: int) -> Numbers:
    """For each voter, heaviest first, the minimal groups it is in, by size."""
    n = len(weights)
    found = np.zeros((n, n + 1), dtype=np.int64)
    before = np.zeros((n + 1, quota), dtype=np.int64)  # groups of those that came, short of the quota
    before[0, 0] = 1
    for last, weight in enumerate(weights):
        if weight == 0:
            break
        each = sorted(set(weights[:last]))
        short = max(0, quota - weight)  # what the others must hold at least
        all_, without = _between(before, each, short, quota)
        found[last, 1:] += all_[:-1]
        place = {w: at for at, w in enumerate(each)}
        for other in range(last):
            found[other, 1:] += (all_ - without[place[weights[other]]])[:-1]
        if weight < quota:
            before[1:, weight:] += before[:-1, : quota - weight].copy()
    return found


def _between(cells: Numbers, each: Sequence[int], low: int, high: int) -> tuple[Numbers, Numbers]:
    """Groups by size that hold from `low` to under `high`: all, and by weight those without a voter that weighs it."""
    all_, without = without_each(cells, each, high - 1)
    if low == 0:
        return all_, without
    under, under_without = without_each(cells, each, low - 1)
    return all_ - under, without - under_without


def _needs(weights: Sequence[int], quota: int, progress: Progress) -> dict[int, tuple[int, ...]]:
    """By weight: the groups that cannot do without a voter that weighs it, by how many they cannot do without."""
    n, levels = len(weights), sorted(set(weights), reverse=True)
    found = {weight: np.zeros(n + 1, dtype=np.int64) for weight in levels}
    for done, (level, under) in enumerate(zip(levels, [*levels[1:], 0], strict=True)):
        if level == 0:
            break
        heavy = [weight for weight in weights if weight >= level]
        light = [weight for weight in weights if weight < level]
        # groups that hold from `under` to under `level` more than the quota: their heavy members are the critical ones
        low, high = quota + under, quota + level - 1
        rest = _light(light, low, high)
        cells = sized(Box(tuple(heavy), high, len(heavy), losing=True), 0)
        for weight in set(heavy):
            for heads, row in enumerate(_with_one(cells, weight)):
                found[weight][heads] += int(row @ rest)
        progress((done + 1) / len(levels))
    return {weight: tuple(row.tolist()) for weight, row in found.items()}


def _light(light: Sequence[int], low: int, high: int) -> Numbers:
    """By what the heavy members hold, from nothing to `high`: the groups of light ones that bring it to from `low` on."""
    upto = np.cumsum(sized(Box(tuple(light), high, len(light), losing=True), 0).sum(axis=0))
    held = np.arange(high + 1)
    short = low - 1 - held
    return upto[high - held] - np.where(short >= 0, upto[np.maximum(short, 0)], 0)


def _with_one(cells: Numbers, weight: int) -> Iterator[Numbers]:
    """By heads, what groups with one voter of the weight hold."""
    without = np.zeros(cells.shape[1], dtype=np.int64)
    for row in cells:
        with_ = np.zeros_like(without)
        with_[weight:] = without[: max(0, len(without) - weight)]
        yield with_
        without = row - with_
