"""Groups in a box: those that hold no more than so much and are no more than so many. By size, and with whom.

A game of one threshold, or of a threshold and a count of heads, is one box: of the groups that lose, or of those that
stand outside a group that carries. Groups are counted weight by weight; numbers too large for a machine are counted
modulo several coprime numbers and put together again. What a box holds without one voter follows from the box itself:
with `R(s, x)` the groups of `s` that hold at most `x`, those without a voter of weight `w` are
`R(s, x) - R(s - 1, x - w) + R(s - 2, x - 2w) - …`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

from foedus.power.game import Game, Gate, Threshold
from foedus.power.tally import Progress, Tally, Totals, from_boxed, silent

MOST_CELLS = 64_000_000  # 512 MB
MOST_STEPS = 20_000_000  # of one weight after another, without sizes: 160 MB
EXACT = 62  # voters whose groups can be counted in a machine's numbers
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Box:
    """Groups of voters with these weights that hold at most `most`, and are at most `heads`. `losing`: they are the
    groups that lose; else those that stand outside a group that carries.
    """

    weights: tuple[int, ...]
    most: int
    heads: int
    losing: bool

    @property
    def rows(self) -> int:
        """The largest number of voters that a group in the box can have."""
        held = accumulate(sorted(self.weights))
        return min(self.heads, sum(1 for weight in held if weight <= self.most))

    @property
    def cells(self) -> int:
        return (self.rows + 1) * (self.most + 1)


def box(game: Game) -> Box | None:
    """The smallest box that tells the game; None where it takes more than one."""
    match game.rule:
        case Threshold() as one:
            found = (
                Box(one.weights, one.total - one.quota, game.size, losing=False),
                Box(one.weights, one.quota - 1, game.size, losing=True),
            )
            return min(found, key=lambda b: b.most)
        case Gate(at_least=2, of=(Threshold() as a, Threshold() as b)) if a.counts or b.counts:
            heads, weighs = (a, b) if a.counts else (b, a)
            return Box(weighs.weights, weighs.total - weighs.quota, heads.total - heads.quota, losing=False)
        case Gate(at_least=1, of=(Threshold() as a, Threshold() as b)) if a.counts or b.counts:
            heads, weighs = (a, b) if a.counts else (b, a)
            return Box(weighs.weights, weighs.quota - 1, heads.quota - 1, losing=True)
        case _:
            return None


def tally(game: Game, within: Box, progress: Progress = silent) -> Tally:
    """Exact, told apart by size: a table of sizes by weights, which must fit `MOST_CELLS`."""
    n = game.size
    weights = tuple(sorted(set(within.weights)))
    moduli = _moduli(n, within.most)
    residues = [
        _sized(within, weights, modulus, _part(progress, at, len(moduli)))
        for at, modulus in enumerate(moduli)
    ]
    all_, without = zip(*residues, strict=True)
    sizes = [_whole(column, moduli) for column in zip(*(r.tolist() for r in all_), strict=True)]
    rows = {
        weight: tuple(
            _whole(column, moduli) for column in zip(*(t[at].tolist() for t in without), strict=True)
        )
        for at, weight in enumerate(weights)
    }
    pad = (0,) * (n - within.rows)
    boxed = Tally(
        (*sizes, *pad),
        tuple((*(a - b for a, b in zip(sizes, rows[w], strict=True)), *pad) for w in within.weights),
    )
    return from_boxed(boxed, losing=within.losing)


def totals(game: Game, within: Box, progress: Progress = silent) -> Totals:
    """Exact, not told apart by size: a row of weights, which must fit `MOST_STEPS`; no count of heads."""
    n = game.size
    weights = tuple(sorted(set(within.weights)))
    moduli = _moduli(n, within.most)
    found = [_unsized(within, weights, m, _part(progress, at, len(moduli))) for at, m in enumerate(moduli)]
    all_, *rows = (_whole(column, moduli) for column in zip(*found, strict=True))
    inside = {w: all_ - without for w, without in zip(weights, rows, strict=True)}
    if within.losing:
        return Totals(n, 2**n - all_, tuple(2 ** (n - 1) - inside[w] for w in within.weights))
    return Totals(n, all_, tuple(all_ - inside[w] for w in within.weights))


def sized(within: Box, modulus: int, progress: Progress = silent) -> Numbers:
    """How many groups in the box have so many heads and hold just so much, modulo a number (0: as it is)."""
    cells = np.zeros((within.rows + 1, within.most + 1), dtype=np.int64)
    cells[0, 0] = 1
    held, spare = 0, _spare(modulus)
    for done, weight in enumerate(sorted(within.weights)):
        held = min(within.most, held + weight)
        for row in range(min(within.rows, done + 1), 0, -1):
            cells[row, weight : held + 1] += cells[row - 1, : max(0, held + 1 - weight)]
        if modulus and done % spare == spare - 1:
            cells %= modulus
        progress((done + 1) / len(within.weights))
    if modulus:
        cells %= modulus
    return cells


def _sized(within: Box, weights: Sequence[int], modulus: int, progress: Progress) -> tuple[Numbers, Numbers]:
    """In the box, by size: all groups, and by weight those without a voter that weighs it."""
    cells = sized(within, modulus, progress)
    return without_each(cells, weights, within.most, modulus)


def without_each(
    cells: Numbers, weights: Sequence[int], most: int, modulus: int = 0
) -> tuple[Numbers, Numbers]:
    """Of groups by size that hold at most `most`: all, and by weight those without a voter that weighs it."""
    rows = len(cells)
    all_, without = np.zeros(rows, dtype=np.int64), np.zeros((len(weights), rows), dtype=np.int64)
    each = np.asarray(weights, dtype=np.int64)[:, None]
    for row in range(rows):
        upto = np.cumsum(cells[row, : most + 1])
        if modulus:
            upto %= modulus
        fewer = np.arange(rows - row)
        at = most - each * fewer
        found = np.where(at >= 0, upto[np.maximum(at, 0)], 0) * np.where(fewer % 2, -1, 1)
        all_[row] = upto[most]
        without[:, row:] += found
        if modulus:
            without %= modulus
    return all_, without


def _unsized(within: Box, weights: Sequence[int], modulus: int, progress: Progress) -> Iterator[int]:
    """In the box: all groups, then by weight those without a voter that weighs it."""
    steps = np.zeros(within.most + 1, dtype=np.int64)
    steps[0] = 1
    held, spare = 0, _spare(modulus)
    for done, weight in enumerate(sorted(within.weights)):
        held = min(within.most, held + weight)
        steps[weight : held + 1] += steps[: max(0, held + 1 - weight)]
        if modulus and done % spare == spare - 1:
            steps %= modulus
        progress((done + 1) / len(within.weights))
    if modulus:
        steps %= modulus
    upto = np.cumsum(steps)
    if modulus:
        upto %= modulus
    yield int(upto[-1])
    for weight in weights:
        if weight == 0:  # half of the groups have such a voter
            yield _halved(int(upto[-1]), modulus)
            continue
        down = upto[::-weight]
        found = int(down[::2].sum()) - int(down[1::2].sum())
        yield found % modulus if modulus else found


def _halved(number: int, modulus: int) -> int:
    return number * pow(2, -1, modulus) % modulus if modulus else number // 2


def _moduli(voters: int, most: int) -> tuple[int, ...]:
    """Odd and coprime numbers whose product is above the number of all groups, each small enough to add up a row; 0
    alone where nothing is too large.
    """
    if voters <= EXACT:
        return (0,)
    found: list[int] = []
    number = 2 ** (EXACT - (most + 1).bit_length()) - 1
    while prod(found) <= 2**voters:
        if all(gcd(number, other) == 1 for other in found):
            found.append(number)
        number -= 2
    return tuple(found)


def _spare(modulus: int) -> int:
    """How often numbers below a modulus may be doubled before they are too large."""
    return max(1, EXACT - modulus.bit_length())


def _whole(residues: Sequence[int], moduli: Sequence[int]) -> int:
    """The number of which these are the residues: the Chinese remainder theorem."""
    if len(moduli) == 1:
        return residues[0]
    number, step = 0, 1
    for residue, modulus in zip(residues, moduli, strict=True):
        number += step * ((residue - number) * pow(step, -1, modulus) % modulus)
        step *= modulus
    return number


def _part(progress: Progress, at: int, of: int) -> Progress:
    return lambda done: progress((at + done) / of)
