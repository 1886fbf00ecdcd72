"""Many votes judged at once, in columns: the same answers as one by one, without the reasons.

The positions of all votes are one array, a row a vote and a column a member, so that a leaf's sums are products of it.
Who has no seat at a vote stands in it as `NO_SEAT`, which no tally and no base holds: so votes of different members are
judged together where each member counts the same in all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.ballots import CHOICES, UNKNOWN
from foedus.decisions.chamber import Chamber
from foedus.decisions.tree import Leaf, Node, Not

NO_SEAT = 0
BLOCK = 4096  # votes taken at once, so that memory does not grow with their number
MOST = 2**62
Letters = NDArray[np.uint8]
Truth = NDArray[np.bool_]


def letters(chamber: Chamber, choices: Letters) -> Letters:
    """What ballots count as: of an array of places in `CHOICES`, a row a vote and a column a voter of the chamber. A
    place past the last of `CHOICES` is a ballot that is not recorded.
    """
    found = np.empty_like(choices)
    for of_alike in _alike(chamber):
        table = chamber.tables[of_alike[0]][1]
        known = [table[choice] for choice in CHOICES]
        to = np.array([*known, *[table[None]] * (256 - len(known))], dtype=np.uint8)
        found[:, of_alike] = to[choices[:, of_alike]]
    return found


def _alike(chamber: Chamber) -> list[list[int]]:
    """The voters whose ballots count alike, by place."""
    groups: dict[int, list[int]] = {}
    for at, (_, table) in enumerate(chamber.tables):
        groups.setdefault(id(table), []).append(at)
    return list(groups.values())


def carried(chamber: Chamber, positions: Letters) -> list[bool | None]:
    """Whether each vote is carried, by quorum at the vote and tree: what `Chamber.settled` says of each row; None where
    it hangs on ballots not recorded.
    """
    found: list[bool | None] = []
    for start in range(0, len(positions), BLOCK):
        rows = positions[start : start + BLOCK]
        holds = _holds(chamber.judged, rows)
        open_ = (rows == UNKNOWN).any(axis=1)
        found += [
            chamber.settled(bytes(row)) if unknown else bool(held)
            for row, held, unknown in zip(rows, holds.tolist(), open_.tolist(), strict=True)
        ]
    return found


def _holds(node: Node, rows: Letters) -> Truth:
    if isinstance(node, Leaf):
        return _leaf(node, rows)
    if isinstance(node, Not):
        return ~_holds(node.part, rows)
    number = sum(_holds(part, rows).astype(np.int64) for part in node.parts)
    return np.asarray(number >= node.number)


def _leaf(leaf: Leaf, rows: Letters) -> Truth:
    """As `Leaf.holds`, of every row; in whole numbers."""
    got = _sum(leaf, rows, leaf.tally)
    if leaf.base is None:
        needed = int(leaf.needed)
        return np.asarray(got <= needed if leaf.forbids else got > needed - (not leaf.strict))
    base = _sum(leaf, rows, leaf.base)
    over = got * leaf.needed.denominator - base * leaf.needed.numerator
    return np.asarray((over > 0 if leaf.strict else over >= 0) & (base > 0))


def _sum(leaf: Leaf, rows: Letters, of: frozenset[int]) -> NDArray[np.int64]:
    """What those in some positions weigh, row by row; exact, in Python's numbers where 62 bits do not hold it."""
    inside = np.zeros(256, dtype=np.bool_)
    inside[list(of)] = True
    there = inside[rows]
    if set(leaf.weights) == {1}:
        return np.asarray(np.count_nonzero(there, axis=1), dtype=np.int64)
    large = sum(leaf.weights) * leaf.needed.denominator >= MOST
    weights = np.array(leaf.weights, dtype=object if large else np.int64)
    return np.asarray(there @ weights)
