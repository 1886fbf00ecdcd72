"""A rule as a game of yes and no, for reckoning power: all are there, and whoever is not for it says no.

What is left of the tree is linear: in each leaf every member that says yes adds a whole number, and the leaf holds where
these add up to enough. `not` is taken into the leaves, so that only `Sum` and `Some` are left.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.decisions.ballots import ABSTAIN, NO, YES
from foedus.decisions.chamber import Chamber
from foedus.decisions.tree import Leaf, Node, Not, Some, monotone


@dataclass(frozen=True, slots=True)
class Sum:
    """The members that say yes reach `enough` together; each adds its own of `adds`, in the order of the players."""

    adds: tuple[int, ...]
    enough: int


@dataclass(frozen=True, slots=True)
class SomeOf:
    """So many of the parts hold: all of them is `and`, one is `or`."""

    number: int
    parts: tuple[Part, ...]


Part = Sum | SomeOf


@dataclass(frozen=True, slots=True)
class Game:
    """Who plays, and when a group of them wins by saying yes. Members that must abstain or have no vote do not play."""

    players: tuple[str, ...]
    wins: Part
    monotone: bool

    def won(self, group: frozenset[str]) -> bool:
        """Whether a group wins. Plain and slow: for checking what is quicker."""
        inside = [player in group for player in self.players]
        return _won(self.wins, inside)


def game(chamber: Chamber, otherwise: int = NO) -> Game:
    """The rule as a game. `otherwise` is what whoever is not for it does: NO, or ABSTAIN, which is another game where
    abstaining and voting no are not the same.
    """
    plays = [i for i, may in enumerate(chamber.may_be) if YES in may]
    other = [(otherwise if otherwise in may else NO if NO in may else min(may)) for may in chamber.may_be]
    return Game(
        tuple(chamber.voters[i].id for i in plays),
        _part(chamber.judged, plays, other, wanted=True),
        monotone(chamber.judged),
    )


def same_without_yes(chamber: Chamber) -> bool:
    """Whether it is one game, whether those who are not for it say no or abstain."""
    return game(chamber, NO).wins == game(chamber, ABSTAIN).wins


def _part(node: Node, plays: list[int], other: list[int], *, wanted: bool) -> Part:
    match node:
        case Leaf():
            return _sum(node, plays, other, wanted=wanted)
        case Not():
            return _part(node.part, plays, other, wanted=not wanted)
        case Some():
            parts = tuple(_part(part, plays, other, wanted=wanted) for part in node.parts)
            return SomeOf(node.number if wanted else len(parts) - node.number + 1, parts)


def _sum(leaf: Leaf, plays: list[int], other: list[int], *, wanted: bool) -> Sum:
    """The leaf, or its contrary, as a sum over those who say yes."""
    low = sum(leaf.worth(i, at) for i, at in enumerate(other))
    adds = [leaf.worth(i, YES) - leaf.worth(i, other[i]) for i in plays]
    enough = leaf.bound - low
    if leaf.forbids:  # at most, so at least of the contrary
        adds, enough = [-each for each in adds], -enough
    if not wanted:
        adds, enough = [-each for each in adds], 1 - enough
    return Sum(tuple(adds), enough)


def _won(part: Part, inside: list[bool]) -> bool:
    if isinstance(part, Sum):
        return sum(add for add, yes in zip(part.adds, inside, strict=True) if yes) >= part.enough
    return sum(_won(each, inside) for each in part.parts) >= part.number
