"""A rule as a game of yes and no, for reckoning power: all are there, and whoever is not for it says no (or abstains).

What is left of the tree is linear: in each leaf every member that says yes adds a whole number, and the leaf holds where
these add up to enough. `not` is taken into the leaves. A rule in which a yes can undo a decision makes no such game.
"""

from __future__ import annotations

from foedus.decisions.ballots import ABSTAIN, NO, YES
from foedus.decisions.chamber import Chamber
from foedus.decisions.tree import Leaf, Node, Not, Some
from foedus.power.game import Game, Gate, Rule, Threshold
from foedus.problems import BadInput, Problem


def game(chamber: Chamber, otherwise: int = NO) -> Game:
    """The rule as a game of those who have a vote and need not abstain. `otherwise` is what whoever is not for it does: NO
    or ABSTAIN, which is another game where these are not the same. BadInput where a yes may undo what others carry.
    """
    plays = [i for i, may in enumerate(chamber.may_be) if YES in may]
    other = [otherwise if otherwise in may else NO if NO in may else min(may) for may in chamber.may_be]
    rule = _part(chamber.judged, plays, other, wanted=True)
    return Game(tuple(chamber.voters[i].id for i in plays), rule)


def same_game(chamber: Chamber) -> bool:
    """Whether it is one game, whether those who are not for it say no or abstain."""
    return game(chamber, NO).rule == game(chamber, ABSTAIN).rule


def _part(node: Node, plays: list[int], other: list[int], *, wanted: bool) -> Rule:
    match node:
        case Leaf():
            there = _somebody(node, plays, other, wanted=wanted)
            linear = _sum(node, plays, other, wanted=wanted)
            return linear if there is None else Gate(2 if wanted else 1, (linear, there))
        case Not():
            return _part(node.part, plays, other, wanted=not wanted)
        case Some():
            parts = tuple(_part(part, plays, other, wanted=wanted) for part in node.parts)
            return Gate(node.number if wanted else len(parts) - node.number + 1, parts)


def _somebody(leaf: Leaf, plays: list[int], other: list[int], *, wanted: bool) -> Threshold | None:
    """That there is somebody in the base of a share (or nobody), where that is not so in any case."""
    base = leaf.base
    if base is None or leaf.strict:  # more than a share of nothing is never reached anyway
        return None
    adds = [leaf.weights[i] * ((YES in base) - (other[i] in base)) for i in plays]
    always = sum(leaf.weights[i] for i, at in enumerate(other) if at in base)
    if always + sum(min(0, add) for add in adds) > 0:
        return None
    return _threshold(adds, 1 - always) if wanted else _threshold([-add for add in adds], always)


def _sum(leaf: Leaf, plays: list[int], other: list[int], *, wanted: bool) -> Threshold:
    """The leaf, or its contrary, as a sum over those who say yes."""
    low = sum(leaf.worth(i, at) for i, at in enumerate(other))
    adds = [leaf.worth(i, YES) - leaf.worth(i, other[i]) for i in plays]
    enough = leaf.bound - low
    if leaf.forbids:  # at most, so at least of the contrary
        adds, enough = [-each for each in adds], -enough
    if not wanted:
        adds, enough = [-each for each in adds], 1 - enough
    return _threshold(adds, enough)


def _threshold(adds: list[int], enough: int) -> Threshold:
    if any(add < 0 for add in adds):
        what = "Under this rule a member that says yes may undo what the others carry: there is no power to reckon."
        raise BadInput([Problem("rule", 0, what, "Ask for a rule that a yes only helps.")])
    return Threshold(tuple(adds), enough)
