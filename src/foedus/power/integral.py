"""Shapley and Shubik's index of one large weighted game, as an integral.

Let every voter join with the same chance t. A voter's index is the integral over t of the chance that it turns the
outcome (Owen 1972): a polynomial in t of degree n - 1, which Gauss and Legendre's nodes integrate without error. What is
left is the rounding of machine numbers, and the sum of all indices, which must be one, shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.power.game import Threshold
from foedus.power.tally import Progress, silent

MOST_STEPS = 20_000_000
NOTHING = 1e-18
Chances = NDArray[np.float64]


def shapley(rule: Threshold, progress: Progress = silent) -> tuple[tuple[float, ...], float]:
    """The index of each voter, and how far their sum is from one."""
    weights = tuple(sorted(set(rule.weights)))
    nodes, shares = np.polynomial.legendre.leggauss(-(-len(rule.weights) // 2))
    found = np.zeros(len(weights))
    for done, (node, share) in enumerate(zip(nodes.tolist(), shares.tolist(), strict=True)):
        chance = (node + 1) / 2
        # reckoned from the side on which a voter is less likely to be, where errors die away
        most = rule.quota - 1 if chance <= 0.5 else rule.total - rule.quota
        found += share / 2 * _turning(rule.weights, weights, most, min(chance, 1 - chance))
        progress((done + 1) / len(nodes))
    by_weight = dict(zip(weights, found.tolist(), strict=True))
    indices = tuple(by_weight[weight] for weight in rule.weights)
    return indices, abs(1 - sum(indices))


def _turning(weights: Sequence[int], each: Sequence[int], most: int, chance: float) -> Chances:
    """By weight, the chance that all others of that side hold at most `most`, and with the voter more."""
    odds = chance / (1 - chance)
    steps = np.zeros(most + 1)
    steps[0] = 1.0
    held = 0
    for weight in sorted(weights):
        held = min(most, held + weight)
        steps[weight : held + 1] += odds * steps[: max(0, held + 1 - weight)]
    upto = np.cumsum(steps) * (1 - chance) ** (len(weights) - 1)
    return np.array([_between(upto, weight, odds) for weight in each])


def _between(upto: Chances, weight: int, odds: float) -> float:
    """What the others hold at most `upto` and more than that less the weight: the voter itself is taken out again."""
    if weight == 0:
        return 0.0
    down = upto[::-weight]
    down = down[: 1 + int(np.log(NOTHING) / np.log(odds))] if odds < 1 else down
    between = down - np.append(down[1:], 0.0)
    return float(between @ (-odds) ** np.arange(len(down)))
