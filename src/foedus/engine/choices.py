"""Choices, and what follows from making them: conjunctions (`Way`) and disjunctions of those (`Ways`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from foedus.terms.dates import ONE_DAY

THEN = LATER = date.max  # no day that can be written: the day looked at, and whatever comes after it
FEW = 32  # up to here, ways that another way implies are looked for and left out
MAX_WAYS = 64  # more ways than this to one state are not told: “possible”, without saying how


class Choice(NamedTuple):
    """One settled point of a world: that `entry`'s `point` fell in `days` (both in), or is one of `labels`.

    A range that ends with `THEN` ends with whatever day one looks at; one that begins with `LATER` begins after it.
    `whole` is everything it could be; a choice of everything says nothing and is left out.
    """

    entry: str
    point: str
    days: tuple[date, date] | None
    labels: tuple[str, ...]  # sorted
    whole: tuple[date, date] | tuple[str, ...]


Way = tuple[Choice, ...]  # a conjunction, sorted by entry and point; () is “in every world”
Ways = frozenset[Way]  # a disjunction
ALWAYS: Ways = frozenset({()})


def seen_from(ways: Ways, end: date) -> Ways:
    """The ways of a stretch that ends on `end` (first day out) as they read on any day of it: what happened up to its
    last day happened by then.
    """
    last_day = end - ONE_DAY

    def read(choice: Choice) -> Choice:
        if choice.days is None or choice.days[1] != last_day:
            return choice
        return choice._replace(days=(choice.days[0], THEN))

    return ways if ways == ALWAYS else frozenset(conjoin(tuple(map(read, way))) for way in ways)


def both(left: Ways, right: Ways) -> Ways:
    """Both: every pair of ways that do not contradict each other."""
    if left == ALWAYS:
        return right
    if right == ALWAYS:
        return left
    pairs = (conjoin((*a, *b)) for a in left for b in right)
    return simplify({way for way in pairs if not any(_empty(choice) for choice in way)})


def _empty(choice: Choice) -> bool:
    if choice.days is None:
        return not choice.labels
    first, last = choice.days
    if first == LATER:
        return last != choice.whole[1]
    return last != THEN and first > last


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
    """What two choices of one point have in common. A last day that is the last of all lies after the day looked at
    where another choice says `THEN` or `LATER`, any other before it.
    """
    if one.days is None or other.days is None:
        return one._replace(labels=tuple(label for label in one.labels if label in other.labels))

    def reach(last: date) -> tuple[int, date]:
        return (2 if last == one.whole[1] else 1 if last == THEN else 0), last

    first = max(one.days[0], other.days[0])
    return one._replace(days=(first, min(one.days[1], other.days[1], key=reach)))


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
    if first[1] == one.whole[1] or second[1] == first[1]:
        return one._replace(days=first)
    if first[1] == THEN:
        reaches_on = second[0] == LATER or second[1] == one.whole[1]
        return one._replace(days=(first[0], second[1] if reaches_on else THEN))
    if second[0] == LATER or second[0] > first[1] + ONE_DAY:
        return None
    return one._replace(days=(first[0], max(first[1], second[1])))
