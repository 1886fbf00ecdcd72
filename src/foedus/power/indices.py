"""The indices of power, each from the counts it is defined by. Exact: whole numbers in, fractions out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial
from operator import mul
from typing import Literal, get_args

from foedus.power.tally import Critical, Tally

Index = Literal[
    "shapley-shubik", "banzhaf", "banzhaf-absolute", "coleman-prevent", "coleman-initiate",
    "deegan-packel", "holler", "johnston",
]  # fmt: skip
INDICES: tuple[Index, ...] = get_args(Index)
MEANS: dict[Index, str] = {
    "shapley-shubik": "The share of all orders of joining in which the voter is the one that carries (1954).",
    "banzhaf": "The voter's share of all turns of the outcome by one voter (Penrose 1946, Banzhaf 1965).",
    "banzhaf-absolute": "The chance that the voter turns the outcome when all others vote by the toss of a coin.",
    "coleman-prevent": "The share of carrying groups that fail without the voter (Coleman 1971).",
    "coleman-initiate": "The share of failing groups that carry with the voter (Coleman 1971).",
    "deegan-packel": "The voter's part of minimal carrying groups that are as likely and divide evenly (1978).",
    "holler": "The voter's share of all places in minimal carrying groups (Holler 1982).",
    "johnston": "The voter's part of groups that can be broken, divided among those who can break them (1978).",
}


def shapley_shubik(tally: Tally) -> tuple[Fraction, ...]:
    n = tally.size
    orders = [factorial(s - 1) * factorial(n - s) if s else 0 for s in range(n + 1)]
    swings = (tally.swings(voter) for voter in range(n))
    return tuple(Fraction(sum(map(mul, row, orders)), factorial(n)) for row in swings)


def banzhaf_absolute(swings: Sequence[int]) -> tuple[Fraction, ...]:
    return tuple(Fraction(s, 2 ** (len(swings) - 1)) for s in swings)


def coleman_prevent(swings: Sequence[int], carrying: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(s, carrying) for s in swings)


def coleman_initiate(swings: Sequence[int], carrying: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(s, 2 ** len(swings) - carrying) for s in swings)


def deegan_packel(groups: Critical) -> tuple[Fraction, ...]:
    return shared([_over(row) for row in groups.minimal])


def holler(groups: Critical) -> tuple[Fraction, ...]:
    return shared([sum(row) for row in groups.minimal])


def johnston(groups: Critical) -> tuple[Fraction, ...]:
    return shared([_over(row) for row in groups.critical])


def shared(parts: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
    """Each part of the sum of all."""
    whole = sum(parts)
    return tuple(Fraction(part) / whole for part in parts)


def _over(by_number: Sequence[int]) -> Fraction:
    """Groups by a number, each counted as one over it."""
    return sum((Fraction(groups, number) for number, groups in enumerate(by_number) if number), Fraction(0))
