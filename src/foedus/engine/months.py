"""Months: the terms of an office that the calendar opens, each on the same day of every month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office
from foedus.terms.dates import ONE_DAY


class Month(NamedTuple):
    """One term: its first day, and the version of the rule under which it opened."""

    start: date
    rule: RuleInForce[Office]


def months(versions: Sequence[RuleInForce[Office]], until: date) -> list[list[Month]]:
    """The terms opened up to `until`, in runs: where a rule was not in force for a time, a new run begins after it."""
    runs: list[list[Month]] = []
    ended: date | None = None
    for rule in versions:
        if rule.period.start != ended:
            runs.append([])
        runs[-1] += [Month(day, rule) for day in _openings(rule, until)]
        ended = rule.period.end
    return [run for run in runs if run]


def term_of(versions: Sequence[RuleInForce[Office]], day: date) -> date | None:
    """The first day of the term that holds `day`; None where none has opened by then, or no rule is in force."""
    if not any(version.period.holds(day) for version in versions):
        return None
    for rule in reversed([version for version in versions if version.period.start <= day]):
        last = day if rule.period.end is None else min(day, rule.period.end - ONE_DAY)
        opens = rule.says.term.day or 1
        start = date(last.year, last.month, opens) if last.day >= opens else _month_before(last, opens)
        if start is not None and start >= rule.period.start:
            return start
    return None


def _openings(rule: RuleInForce[Office], until: date) -> Iterator[date]:
    first, opens = rule.period.start, rule.says.term.day or 1
    last = until if rule.period.end is None else min(until, rule.period.end - ONE_DAY)
    count = first.year * 12 + first.month - 1 + (first.day > opens)
    while count // 12 <= date.max.year and (day := date(count // 12, count % 12 + 1, opens)) <= last:
        yield day
        count += 1


def _month_before(day: date, opens: int) -> date | None:
    count = day.year * 12 + day.month - 2
    return date(count // 12, count % 12 + 1, opens) if count // 12 >= date.min.year else None
