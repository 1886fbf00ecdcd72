"""Weights over time, from a table: `weight,member,from,until,value`. `from` is the first day it holds, `until` the first
day it no longer does; empty is open.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.problems import Problem
from foedus.terms.dates import parse_day

COLUMNS = ("weight", "member", "from", "until", "value")


@dataclass(frozen=True, slots=True)
class Held:
    """A weight that a member held for a time."""

    weight: str
    member: str
    start: date | None
    end: date | None
    value: int

    def holds(self, day: date) -> bool:
        """Whether it held on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Weights:
    """Every weight of every member over time."""

    held: tuple[Held, ...] = ()

    def on(self, day: date) -> dict[str, dict[str, int]]:
        """The weights of each member on a day, by name."""
        found: dict[str, dict[str, int]] = {}
        for each in self.held:
            if each.holds(day):
                found.setdefault(each.member, {})[each.weight] = each.value
        return found

    def names(self) -> frozenset[str]:
        """The names of the weights."""
        return frozenset(each.weight for each in self.held)


NO_WEIGHTS = Weights()


def read_weights(name: str, text: str) -> tuple[Weights, list[Problem]]:
    """The weights of a table, and everything wrong with it; rows with a fault are left out."""
    rows = csv.reader(text.splitlines())
    head = tuple(next(rows, ()))
    if head != COLUMNS:
        what = f"The table's first line should be “{','.join(COLUMNS)}”, not “{','.join(head)}”."
        return NO_WEIGHTS, [Problem(name, 1, what)]
    problems: list[Problem] = []
    held: list[Held] = []
    for line, row in enumerate(rows, 2):
        try:
            held.append(_held(row))
        except ValueError as error:
            problems.append(Problem(name, line, str(error)))
    return Weights(tuple(held)), [*problems, *_twice(name, held)]


def _held(row: list[str]) -> Held:
    if len(row) != len(COLUMNS):
        msg = f"This row has {len(row)} fields where there are {len(COLUMNS)} columns."
        raise ValueError(msg)
    weight, member, start, end, value = (field.strip() for field in row)
    if not value.isdecimal():
        msg = f"“{value}” is no whole number. Give the weight in units small enough to be whole."
        raise ValueError(msg)
    first, last = (parse_day(day) if day else None for day in (start, end))
    if first is not None and last is not None and last <= first:
        msg = f"The weight of “{member}” ends before it begins."
        raise ValueError(msg)
    return Held(weight, member, first, last, int(value))


def _twice(name: str, held: list[Held]) -> Iterator[Problem]:
    last: dict[tuple[str, str], Held] = {}
    for each in sorted(held, key=lambda h: (h.weight, h.member, h.start or date.min)):
        before = last.get((each.weight, each.member))
        if before is not None and (before.end is None or (each.start or date.min) < before.end):
            what = f"“{each.member}” has two weights “{each.weight}” on {each.start or 'its first day'}."
            yield Problem(name, 0, what, "End the earlier where the later begins.")
        last[each.weight, each.member] = each
