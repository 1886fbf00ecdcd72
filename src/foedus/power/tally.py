"""What every index is reckoned from: how many groups carry, by size, and how many of them each voter is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

Progress = Callable[[float], None]  # told how much is done, from 0 to 1; whoever wants to stop raises from it


def silent(_: float) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Groups that carry, by their size from 0 to the number of voters; and of those, by voter, the ones it is in."""

    carrying: tuple[int, ...]
    within: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        return len(self.carrying) - 1

    @property
    def total(self) -> int:
        return sum(self.carrying)

    def swings(self, voter: int) -> tuple[int, ...]:
        """Groups that carry with the voter and not without it, by their size. A group that carries without it does so
        with it: each of those is taken off.
        """
        within = self.within[voter]
        return (0, *(within[s] - (self.carrying[s - 1] - within[s - 1]) for s in range(1, self.size + 1)))


@dataclass(frozen=True, slots=True)
class Totals:
    """The same where the groups were not told apart by size."""

    size: int
    total: int
    within: tuple[int, ...]

    def swings(self, voter: int) -> int:
        return 2 * self.within[voter] - self.total


@dataclass(frozen=True, slots=True)
class Critical:
    """Groups that carry, by how many of their members they cannot do without.

    `minimal`: for each voter, the groups it is in that can do without nobody, by size. `critical`: for each voter, the
    groups that cannot do without it, by how many others they cannot do without either, itself counted.
    """

    smallest: tuple[int, ...]
    minimal: tuple[tuple[int, ...], ...]
    critical: tuple[tuple[int, ...], ...]


def from_boxed(box: Tally, *, losing: bool) -> Tally:
    """The tally of a game from the groups in a box, which are those that lose, or those outside groups that carry."""
    n = box.size
    if losing:
        carrying = tuple(comb(n, s) - box.carrying[s] for s in range(n + 1))
        within = (_but(n, row) for row in box.within)
        return Tally(carrying, tuple(within))
    carrying = tuple(reversed(box.carrying))
    return Tally(
        carrying,
        tuple(tuple(box.carrying[n - s] - row[n - s] for s in range(n + 1)) for row in box.within),
    )


def _but(n: int, row: Sequence[int]) -> tuple[int, ...]:
    return (0, *(comb(n - 1, s - 1) - row[s] for s in range(1, n + 1)))
