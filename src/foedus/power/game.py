"""A simple game: who may vote, and which groups carry. What power is reckoned from; it knows no organisation.

A rule is a tree of `Threshold`s. Growing a group never loses a vote, since weights are not negative and a `Gate` has no
“not”: a rule that is not monotone cannot be written here, and whoever makes a game of one refuses it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import gcd
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Carried by whoever holds together at least `quota`. One weight a voter, whole and not negative."""

    weights: tuple[int, ...]
    quota: int

    @property
    def total(self) -> int:
        return sum(self.weights)

    @property
    def counts(self) -> bool:
        """Whether it counts heads: every voter weighs one."""
        return all(weight == 1 for weight in self.weights)


@dataclass(frozen=True, slots=True)
class Gate:
    """Carried where at least so many of its parts are: all of them, any of them, or a number between."""

    at_least: int
    of: tuple[Threshold | Gate, ...]


Rule = Threshold | Gate


@dataclass(frozen=True, slots=True)
class Game:
    """Voters by name, in order, and the rule by which a group of them carries."""

    voters: tuple[str, ...]
    rule: Rule
    thresholds: tuple[Threshold, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", _plain(self.rule))
        object.__setattr__(self, "thresholds", tuple(dict.fromkeys(_thresholds(self.rule))))

    @property
    def size(self) -> int:
        return len(self.voters)

    def carried(self, group: Sequence[int]) -> bool:
        """Whether a group, by the places of its members in `voters`, carries."""
        return bool(carried(self.rule, lambda t: sum(t.weights[i] for i in group) >= t.quota))

    @property
    def classes(self) -> tuple[tuple[int, ...], ...]:
        """Voters that may stand for one another, by place: they weigh the same in every threshold."""
        alike: dict[tuple[int, ...], list[int]] = {}
        for place in range(self.size):
            alike.setdefault(tuple(t.weights[place] for t in self.thresholds), []).append(place)
        return tuple(tuple(places) for places in alike.values())


def all_of(*rules: Rule) -> Rule:
    return rules[0] if len(rules) == 1 else Gate(len(rules), rules)


def any_of(*rules: Rule) -> Rule:
    return rules[0] if len(rules) == 1 else Gate(1, rules)


def carried(rule: Rule, met: Callable[[Threshold], Any]) -> Any:
    """Whether the tree holds where `met` says it of a threshold: a truth, or an array of them."""
    if isinstance(rule, Threshold):
        return met(rule)
    parts = [carried(part, met) for part in rule.of]
    if rule.at_least == len(parts):
        return reduce(lambda a, b: a & b, parts)
    if rule.at_least == 1:
        return reduce(lambda a, b: a | b, parts)
    return reduce(lambda a, b: a + b, (part * 1 for part in parts)) >= rule.at_least


def _plain(rule: Rule) -> Rule:
    """The same rule in the smallest numbers, so that equal thresholds are the same, and without parts that always or
    never hold.
    """
    if isinstance(rule, Threshold):
        common = gcd(*rule.weights) or 1
        return Threshold(tuple(w // common for w in rule.weights), max(0, -(-rule.quota // common)))
    parts = [_plain(part) for part in rule.of]
    open_ = tuple(part for part in parts if not _always(part) and not _never(part))
    left = rule.at_least - sum(_always(part) for part in parts)
    if left <= 0:
        return next((part for part in parts if _always(part)), parts[0])
    if left > len(open_):
        return next((part for part in parts if _never(part)), Gate(left, open_))
    return open_[0] if len(open_) == 1 else Gate(left, open_)


def _always(rule: Rule) -> bool:
    return isinstance(rule, Threshold) and rule.quota <= 0


def _never(rule: Rule) -> bool:
    return isinstance(rule, Threshold) and rule.quota > rule.total


def _thresholds(rule: Rule) -> Iterator[Threshold]:
    if isinstance(rule, Threshold):
        yield rule
    else:
        for part in rule.of:
            yield from _thresholds(part)


def dual(game: Game) -> Game:
    """The game of blocking: a group carries in it where the others do not carry without the group in the first."""
    return Game(game.voters, _turned(game.rule))


def _turned(rule: Rule) -> Rule:
    if isinstance(rule, Threshold):
        return Threshold(rule.weights, rule.total - rule.quota + 1)
    return Gate(len(rule.of) - rule.at_least + 1, tuple(_turned(part) for part in rule.of))
