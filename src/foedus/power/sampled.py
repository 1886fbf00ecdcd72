"""Power by drawing orders and groups, where asked for: with the bound within which it holds.

The bound is Hoeffding's, for all voters at once: the chance that any figure is off by more is one in twenty.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from foedus.power.game import Game, Threshold, carried
from foedus.power.indices import Index
from foedus.power.power import Power, sound, vetoers
from foedus.power.refusals import refused
from foedus.power.tally import Progress, silent

DOUBT = 0.05
BLOCK = 1000
DRAWN: tuple[Index, ...] = ("shapley-shubik", "banzhaf-absolute")
NOT_DRAWN = "No bound holds for it when drawn. What works: shapley-shubik or banzhaf-absolute."


def sampled(game: Game, asked: Iterable[Index], draws: int, seed: int, progress: Progress = silent) -> Power:
    """Of the indices asked for those that can be drawn, each figure within the bound; of the others why not. BadInput
    where none of them can.
    """
    sound(game)
    wanted = tuple(dict.fromkeys(asked))
    drawn = [index for index in wanted if index in DRAWN]
    if not drawn:
        raise refused(NOT_DRAWN)
    of = {}
    for at, index in enumerate(drawn):
        part = _part(progress, at, len(drawn))
        draw = shapley if index == "shapley-shubik" else banzhaf_absolute
        of[index] = draw(game, draws, seed, part)
    method = f"{draws:,} drawn at random, seed {seed}"
    return Power(
        game.voters,
        of,
        dict.fromkeys(drawn, method),
        dict.fromkeys(drawn, bound(draws, game.size)),
        {index: NOT_DRAWN for index in wanted if index not in DRAWN},
        None,
        None,
        None,
        (),
        vetoers(game),
        None,
    )


def _part(progress: Progress, at: int, of: int) -> Progress:
    return lambda done: progress((at + done) / of)


def bound(draws: int, voters: int) -> float:
    """Within how much every voter's figure holds after so many draws."""
    return sqrt(log(2 * voters / DOUBT) / (2 * draws))


def shapley(game: Game, draws: int, seed: int, progress: Progress = silent) -> tuple[float, ...]:
    """The share of drawn orders in which each voter is the one that carries. The same seed draws the same orders."""
    dice = np.random.default_rng(seed)
    pivots = np.zeros(game.size, dtype=np.int64)
    for start in range(0, draws, BLOCK):
        number = min(BLOCK, draws - start)
        orders = dice.permuted(np.tile(np.arange(game.size), (number, 1)), axis=1)
        first = _pivots(game, orders)
        pivots += np.bincount(orders[np.arange(number), first], minlength=game.size)
        progress(min(1.0, (start + number) / draws))
    return tuple((pivots / draws).tolist())


def banzhaf_absolute(game: Game, draws: int, seed: int, progress: Progress = silent) -> tuple[float, ...]:
    """The share of drawn groups of the others in which each voter turns the outcome."""
    dice = np.random.default_rng(seed)
    swings = np.zeros(game.size, dtype=np.int64)
    for start in range(0, draws, BLOCK):
        number = min(BLOCK, draws - start)
        groups = dice.integers(0, 2, size=(number, game.size), dtype=np.int8)
        swings += _turns(game, groups)
        progress(min(1.0, (start + number) / draws))
    return tuple((swings / draws).tolist())


def _turns(game: Game, groups: NDArray[np.int8]) -> NDArray[np.int64]:
    """In how many of the drawn groups each voter turns the outcome, by joining it or leaving it."""
    held = {t: groups @ np.array(t.weights) for t in game.thresholds}
    found = np.zeros(game.size, dtype=np.int64)
    for voter in range(game.size):
        others = {t: held[t] - groups[:, voter] * t.weights[voter] for t in game.thresholds}
        found[voter] = _turned(game, others, voter)
    return found


def _turned(game: Game, others: dict[Threshold, NDArray[np.int64]], voter: int) -> int:
    with_ = carried(game.rule, lambda t: others[t] + t.weights[voter] >= t.quota)
    without = carried(game.rule, lambda t: others[t] >= t.quota)
    return int((with_ > without).sum())


def _pivots(game: Game, orders: NDArray[np.int64]) -> NDArray[np.intp]:
    """Order by order, the place of the one that carries."""
    found: NDArray[np.intp] = np.argmax(carried(game.rule, lambda t: _joined(t, orders) >= t.quota), axis=1)
    return found


def _joined(threshold: Threshold, orders: NDArray[np.int64]) -> NDArray[np.int64]:
    """What is held after each has joined, order by order."""
    held: NDArray[np.int64] = np.cumsum(np.array(threshold.weights)[orders], axis=1)
    return held
