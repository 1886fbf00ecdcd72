"""Timelines as plain values, which JSON holds, and back: each stretch with its reason at length, so that nobody who
evaluated it is needed to tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, overload

from foedus.engine.choices import ALWAYS, Choice, Ways
from foedus.engine.reasons import Branch, Ground, Holder
from foedus.engine.timelines import Timeline, Value
from foedus.engine.worlds import Stretch
from foedus.terms.dates import When

Plain = list[Any]


class Stretches(Sequence[Stretch[Value]]):
    """The course of a timeline of which each stretch is made when it is first looked at; `plain` gives it as a value."""

    def __init__(self, length: int, plain: Callable[[int], Plain]) -> None:
        self._length, self._plain = length, plain
        self._made: dict[int, Stretch[Value]] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Stretch[Value]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Stretch[Value]]: ...
    def __getitem__(self, at: int | slice) -> Stretch[Value] | Sequence[Stretch[Value]]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(self._length))]
        index = at + self._length if at < 0 else at
        if not 0 <= index < self._length:
            raise IndexError(at)
        found = self._made.get(index)
        return found or self._made.setdefault(index, stretch_of(self._plain(index)))


def plain_stretches(timeline: Timeline) -> list[Plain]:
    """A timeline's stretches as plain values. TypeError where a reason holds something that has no plain form."""
    return [
        [_day(start), _day(end), [_plain_cell(value, ways, timeline) for value, ways in cells]]
        for start, end, cells in timeline.course
    ]


def stretch_of(plain: Plain) -> Stretch[Value]:
    """A stretch from its plain value."""
    start, end, cells = plain
    return Stretch(date.fromisoformat(start), _day_of(end), tuple(map(_cell_of, cells)))


def _plain_cell(value: Value, ways: Ways, timeline: Timeline) -> Plain:
    grounds = Branch(value.holder, ways, value.grounds, timeline.by).grounds
    steps = [[how, says, _plain(terms), rule, list(entries)] for how, says, terms, rule, entries in grounds]
    told = None if ways == ALWAYS else [[_plain(tuple(choice)) for choice in way] for way in sorted(ways)]
    return [value.holder and list(value.holder), steps, value.authority, sorted(value.doubts), told]


def _cell_of(plain: Plain) -> tuple[Value, Ways]:
    holder, steps, authority, doubts, told = plain
    grounds = tuple(
        Ground(how, says, _of(terms), rule, tuple(entries)) for how, says, terms, rule, entries in steps
    )
    ways = ALWAYS if told is None else frozenset(tuple(Choice(*_of(c)) for c in way) for way in told)
    return Value(holder and Holder(*holder), grounds, authority, frozenset(doubts)), ways


def _plain(value: object) -> Any:
    """What a step or a choice holds: texts, numbers and nothing as they are, the rest under the name of its form."""
    match value:
        case None | str() | int():
            return value
        case tuple():
            return [_plain(part) for part in value]
        case date():
            return {"day": value.isoformat()}
        case When():
            days = (value.earliest, value.latest, value.began)
            return {"when": [*(day.isoformat() for day in days), value.approximate]}
        case _:
            raise TypeError(f"A reason holds {value!r}, which has no plain form.")


def _of(plain: Any) -> Any:
    match plain:
        case list():
            return tuple(map(_of, plain))
        case {"day": day}:
            return date.fromisoformat(day)
        case {"when": [earliest, latest, began, approximate]}:
            first, last, begun = map(date.fromisoformat, (earliest, latest, began))
            return When(first, last, begun, approximate)
        case _:
            return plain


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_of(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
