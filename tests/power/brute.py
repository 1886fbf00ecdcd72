"""Every group of a game looked at, one by one, in the plainest words: what the fast methods are compared with."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations

from foedus.power.game import Game
from foedus.power.tally import Critical, Tally


def groups(game: Game) -> list[tuple[int, ...]]:
    """Every group that carries."""
    everyone = range(game.size)
    return [g for size in range(game.size + 1) for g in combinations(everyone, size) if game.carried(g)]


def critical_in(game: Game, group: tuple[int, ...]) -> list[int]:
    return [voter for voter in group if not game.carried([other for other in group if other != voter])]


def tally(game: Game) -> Tally:
    carrying = groups(game)
    sizes = range(game.size + 1)
    return Tally(
        tuple(sum(len(g) == s for g in carrying) for s in sizes),
        tuple(tuple(sum(len(g) == s and v in g for g in carrying) for s in sizes) for v in range(game.size)),
    )


def critical(game: Game) -> Critical:
    numbers, voters = range(game.size + 1), range(game.size)
    needs = [(g, critical_in(game, g)) for g in groups(game)]
    least = [g for g, who in needs if len(who) == len(g)]
    return Critical(
        tuple(sum(len(g) == s for g in least) for s in numbers),
        tuple(tuple(sum(len(g) == s and v in g for g in least) for s in numbers) for v in voters),
        tuple(tuple(sum(len(who) == k and v in who for _, who in needs) for k in numbers) for v in voters),
    )


def shapley(game: Game) -> list[Fraction]:
    """By its definition: of all orders in which the voters may join, those in which the voter is the one that carries."""
    pivots = [0] * game.size
    orders = list(permutations(range(game.size)))
    for order in orders:
        first = next(at for at in range(1, game.size + 1) if game.carried(order[:at]))
        pivots[order[first - 1]] += 1
    return [Fraction(pivot, len(orders)) for pivot in pivots]
