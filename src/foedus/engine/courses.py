"""Courses of what lasts: statuses and terms of office, each from a first day until a first day no more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from foedus.engine import worlds
from foedus.engine.choices import ALWAYS, Choice
from foedus.engine.reasons import Ground
from foedus.engine.timelines import Value
from foedus.engine.worlds import BEGINNING, Event, Seen, Stretch, bind, event, unfold
from foedus.record.about import Grade
from foedus.record.acts import Lasting
from foedus.record.record import Record
from foedus.terms.dates import ONE_DAY, Period

L = TypeVar("L", bound=Lasting)
Course = list[Stretch[Value]]
Derived = worlds.Derived[Value]
NOTHING = Value(None, ())


class _Turn(NamedTuple):
    entry: str
    begins: bool


def holding(entries: Sequence[Lasting]) -> list[Stretch[tuple[str, ...]]]:
    """Which of the entries hold, over time. One without `until` lasts until the next one begins; two said to begin
    on the same day do not end each other.
    """
    begins = {entry.id: (entry.from_.earliest, entry.from_.latest) for entry in entries}
    until_given = {entry.id: entry.until is not None for entry in entries}
    events: list[Event[_Turn]] = []
    for order, entry in enumerate(entries):
        first, last = begins[entry.id]
        if entry.until is not None:
            # it begins before it ends, so neither day reaches past the other; and of what happens on one day, what ends
            # comes first: the first day no more is another than the first day
            ends = (max(entry.until.earliest, first + ONE_DAY), entry.until.latest)
            last = min(last, ends[1] - ONE_DAY)
            events.append(event(entry.id, "until", ends, order - len(entries), _Turn(entry.id, begins=False)))
        events.append(event(entry.id, "from", (first, last), order, _Turn(entry.id, begins=True)))

    def step(held: tuple[str, ...], turn: _Turn) -> tuple[str, ...] | None:
        entry = turn.entry
        if turn.begins and entry in held:
            return None  # what lasts begins once
        if turn.begins:
            stay = (other for other in held if until_given[other] or begins[other] == begins[entry])
            return (*stay, entry)
        return _without(held, entry) if entry in held else None  # None: it would end before it begins

    return unfold(events, (), step)


def _without(entries: tuple[str, ...], entry: str) -> tuple[str, ...]:
    return tuple(other for other in entries if other != entry)


def values_of(entries: Sequence[L], value: Callable[[L], Value], nobody: Course) -> Course:
    """The value over time of entries that exclude each other: where two hold and differ, they are rivals; where
    none holds, what `nobody` says.
    """
    by_id = {entry.id: entry for entry in entries}

    def held(ids: tuple[str, ...]) -> Sequence[Stretch[Value]]:
        if not ids:
            return nobody
        values = {entry: value(by_id[entry]) for entry in ids}
        if len({v.holder for v in values.values()}) == 1:
            return constant(values[ids[-1]])
        whole = tuple(sorted(ids))
        cells = tuple(
            (
                v._replace(doubts=v.doubts | {"rival"}),
                frozenset({(Choice(whole[0], "rival", None, (i,), whole),)}),
            )
            for i, v in values.items()
        )
        return [Stretch(BEGINNING, None, cells)]

    return bind(holding(entries), held)


def constant(value: Value) -> Course:
    """The same value at all times."""
    return [Stretch(BEGINNING, None, ((value, ALWAYS),))]


def by_coverage(record: Record, kind: str, value: Callable[[Grade], Value], **where: str) -> Course:
    """The value that goes with how complete the record is for such acts, over time."""
    grading = record.about.grading(kind, **where)
    return pieces(grading.edges, lambda day: constant(value(grading.on(day))))


def closed(record: Record, kind: str, known: Value, unknown: Value, **where: str) -> Course:
    """`known` on days for which the record is declared complete for such acts, `unknown` on all others."""
    return by_coverage(record, kind, lambda grade: known if grade == "complete" else unknown, **where)


def pieces(edges: Sequence[date], course_on: Callable[[date], Derived]) -> Course:
    """Courses laid end to end: from each edge until the next, the course for that edge."""
    ends = (*edges[1:], None)
    windows = [Stretch(start, end, ((start, ALWAYS),)) for start, end in zip(edges, ends, strict=True)]
    return bind(windows, course_on)


def by_version(periods: Sequence[Period], course_of: Callable[[int], Derived]) -> Course:
    """One course from those of a rule's versions, each for its period; before the first, the first's."""
    starts = [BEGINNING, *(period.start for period in periods[1:])]
    return pieces(starts, lambda day: course_of(starts.index(day)))


def explained(course: Derived, *grounds: Ground, base: Value = NOTHING) -> Derived:
    """The course with further steps in front of each reason; and, of a value it was derived from, the steps, the
    doubts and the authority.
    """
    if grounds:
        base = base._replace(grounds=grounds + base.grounds)
    if base == NOTHING:
        return course
    if isinstance(course, Seen):
        inner, through = course
        return Seen(inner, lambda value: base.under(through(value)))
    return Seen(course, base.under)
