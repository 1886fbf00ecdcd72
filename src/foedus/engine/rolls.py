"""The roll of an organ: which states have a seat in it on a day, by their names, in the order of the alphabet."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from foedus.engine.choices import ALWAYS, LATER, THEN, Choice, Ways, both, simplify
from foedus.engine.courses import Course, constant, values_of
from foedus.engine.reasons import Ground, Holder
from foedus.engine.timelines import Doubt, Value
from foedus.engine.worlds import BEGINNING, at
from foedus.record.acts import StateName
from foedus.record.record import Record
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import name_in

NEVER: Ways = frozenset()


def alphabetical(name: str) -> tuple[str, ...]:
    """What decides a name's place in the alphabet: its words, without case, accents and marks."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return tuple(re.findall(r"[^\W_]+", "".join(c for c in apart if not unicodedata.combining(c))))


def name_course(record: Record, state: str, language: str) -> Course:
    """What a state was called over time; where no name is recorded, that it has none to be listed by."""
    entries = [e for e in record.of_kind(StateName) if (e.state, e.language) == (state, language)]

    def value(entry: StateName) -> Value:
        ground = Ground("holds", "listed-as", (state, entry.name, language), None, (entry.id,))
        return Value(Holder(state, entry.name, "listed"), (ground,))

    ground = Ground("unrecorded", "name-unrecorded", (state, language))
    unknown = Value(Holder(state, None, "listed"), (ground,), None, frozenset({"unrecorded"}))
    return values_of(entries, value, constant(unknown))


def common_name(state: str, language: str) -> Course:
    """What people call a state in a language, at all times: for lists of which no record has the names."""
    name = name_in(state, language)
    ground = Ground("holds" if name else "unrecorded", "called", (state, name, language))
    return constant(Value(Holder(state, name, "listed"), (ground,)))


class Place(NamedTuple):
    """A place on a roll: whose it is and under which name; why; in which worlds it is `here`, and in which not."""

    key: tuple[tuple[str, ...], str, str]
    value: Value
    here: Ways
    away: Ways

    @property
    def state(self) -> str:
        return self.key[2]

    @property
    def name(self) -> str:
        return self.key[1]

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries by which the state has its seat and its name."""
        return tuple(dict.fromkeys(entry for ground in self.value.grounds for entry in ground.entries))


@dataclass(frozen=True)
class Roll:
    """The places of one day, in order of name, and what is in doubt about it."""

    places: tuple[Place, ...]
    doubts: frozenset[Doubt]

    @cached_property
    def by_key(self) -> dict[tuple[tuple[str, ...], str, str], Place]:
        """The places by what orders them."""
        return {place.key: place for place in self.places}

    def of(self, state: str) -> list[Place]:
        """The places a state has: one for each name it may have had."""
        return [place for place in self.places if place.state == state]

    def after(self, key: tuple[tuple[str, ...], str, str]) -> Iterator[tuple[Place, Ways]]:
        """Who comes next after a name, going round; with the worlds in which that one does."""
        start = bisect_right(self.places, key, key=lambda place: place.key)
        left = ALWAYS
        for place in (*self.places[start:], *self.places[:start]):
            here = both(left, place.here)
            if here:
                yield place, here
            left = both(left, place.away)
            if not left:
                return


class Rolls:
    """The roll of an organ over time, from each state's course: its name while it has a seat, else nobody."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        self.courses = courses
        self.edges = sorted({BEGINNING, *(s.start for course in courses.values() for s in course)})
        self._made: dict[int, Roll] = {}

    def at(self, day: date) -> Roll:
        """The roll at the end of a day. What hangs on a vague day is told by the days before and after this one, so that
        rolls of several days can be put together.
        """
        index = bisect_right(self.edges, day) - 1
        if index in self._made:
            return self._made[index]
        cells = {state: at(course, day).cells for state, course in self.courses.items()}
        roll = _roll(cells, day)
        if all(len(each) == 1 for each in cells.values()):
            self._made[index] = roll  # the same on each day until the next edge
        return roll


def _roll(courses: Mapping[str, Sequence[tuple[Value, Ways]]], day: date) -> Roll:
    places: list[Place] = []
    doubts: set[Doubt] = set()
    for state, cells in courses.items():
        for value, ways in cells:
            doubts |= value.doubts
            if value.holder is not None and value.holder.person is not None:
                name = value.holder.person
                others = {way for other, there in cells if other is not value for way in there}
                here, away = seen_on(ways, day), seen_on(simplify(others), day) if others else NEVER
                places.append(Place((alphabetical(name), name, state), value, here, away))
    return Roll(tuple(sorted(places, key=lambda place: place.key)), frozenset(doubts))


def seen_on(ways: Ways, day: date) -> Ways:
    """The ways as they read on one day, said so that they hold on any other: by that day, or only after it."""

    def said(choice: Choice) -> Choice:
        if choice.days is None:
            return choice
        first, last = choice.days
        since = day + ONE_DAY if first == LATER else first
        return choice._replace(days=(since, day if last == THEN else last))

    return ways if ways == ALWAYS else frozenset(tuple(map(said, way)) for way in ways)
