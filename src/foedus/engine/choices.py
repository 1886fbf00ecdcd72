"""Choices, and what follows from making them: conjunctions (`Way`) and disjunctions of those (`Ways`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from foedus.terms.dates import ONE_DAY

FEW = 32  # up to here, ways that another way implies are looked for and left out
MAX_WAYS = 64  # more ways than this to one state are not told: “possible”, without saying how


class Choice(NamedTuple):
    """One settled point of a world: that `entry`'s `point` fell in `days` (both in), or is one of `labels`.

    Over a stretch of days, a range that ends with its last day means “by then”, on whatever day of it one looks, and
    one that begins with the first day out “only later”; `moved` reads them at a day. `whole` is everything it could
    be; a choice of everything says nothing and is left out.
    """

    entry: str
    point: str
    days: tuple[date, date] | None
    labels: tuple[str, ...]  # sorted
    whole: tuple[date, date] | tuple[str, ...]


Way = tuple[Choice, ...]  # a conjunction, sorted by entry and point; () is “in every world”
Ways = frozenset[Way]  # a disjunction
ALWAYS: Ways = frozenset({()})


def moved(ways: Ways, old: date | None, new: date | None) -> Ways:
    """The ways of a stretch that ends on `old` (first day out), as they stand where it ends on `new` instead: what
    happened “by then” and what happens “only later” move with the end.
    """
    if ways == ALWAYS or old is None or new is None or old == new:
        return ways
    last_day = old - ONE_DAY

    def move(choice: Choice) -> Choice:
        if choice.days is None:
            return choice
        first, last = choice.days
        return choice._replace(
            days=(new if first == old else first, new - ONE_DAY if last == last_day else last)
        )

    return frozenset(conjoin(tuple(map(move, way))) for way in ways)


def both(left: Ways, right: Ways) -> Ways:
    """Both: every pair of ways that do not contradict each other."""
    if left == ALWAYS:
        return right
    if right == ALWAYS:
        return left
    pairs = (conjoin((*a, *b)) for a in left for b in right)
    return simplify({way for way in pairs if not any(_empty(choice) for choice in way)})


def _empty(choice: Choice) -> bool:
    return choice.days[0] > choice.days[1] if choice.days is not None else not choice.labels


def conjoin(choices: Way) -> Way:
    """One choice for each point: what all choices of it have in common."""
    if len(choices) < 2:
        return tuple(c for c in choices if not _says_nothing(c))
    joined: dict[tuple[str, str], Choice] = {}
    for choice in choices:
        key = (choice.entry, choice.point)
        other = joined.get(key)
        joined[key] = choice if other is None else _meet(choice, other)
    return tuple(joined[key] for key in sorted(joined) if not _says_nothing(joined[key]))


def _meet(one: Choice, other: Choice) -> Choice:
    if one.days is not None and other.days is not None:
        return one._replace(days=(max(one.days[0], other.days[0]), min(one.days[1], other.days[1])))
    return one._replace(labels=tuple(label for label in one.labels if label in other.labels))


def _says_nothing(choice: Choice) -> bool:
    return (choice.days or choice.labels) == choice.whole


def simplify(ways: Iterable[Way]) -> Ways:
    """The same disjunction with ways joined that differ in one point only, and what they say left out."""
    known, before = set(ways), -1
    while len(known) > 1 and len(known) != before:
        before = len(known)
        for point in sorted({(c.entry, c.point) for way in known for c in way}):
            known = _joined_at(known, point)
    if len(known) <= FEW:
        known = {way for way in known if not any(other < set(way) for other in map(set, known))}
    return ALWAYS if () in known or len(known) > MAX_WAYS else frozenset(known)


def _joined_at(ways: set[Way], point: tuple[str, str]) -> set[Way]:
    """Ways that are alike but for what they say of one point, as one where their values touch."""
    joined: set[Way] = set()
    alike: dict[Way, list[Choice]] = {}
    for way in ways:
        rest = tuple(c for c in way if (c.entry, c.point) != point)
        if len(rest) == len(way):
            joined.add(way)
        else:
            alike.setdefault(rest, []).extend(c for c in way if (c.entry, c.point) == point)
    for rest, choices in alike.items():
        merged: list[Choice] = []
        for choice in sorted(choices):
            union = _union(merged[-1], choice) if merged else None
            merged[-1:] = [union] if union is not None else [*merged[-1:], choice]
        joined |= {conjoin((*rest, choice)) for choice in merged}
    return joined


def _union(one: Choice, other: Choice) -> Choice | None:
    if one.days is None or other.days is None:
        return one._replace(labels=tuple(sorted({*one.labels, *other.labels})))
    first, second = sorted((one.days, other.days))
    if second[0] > first[1] + ONE_DAY:
        return None
    return one._replace(days=(first[0], max(first[1], second[1])))
