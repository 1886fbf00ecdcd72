"""Folding acts whose day or nature is vague: every world at once.

A *world* is one choice for each vague date and attribute. `unfold` steps a state machine through events in
time and yields, for every stretch of days, each state that some world gives, with the choices that give it.
`bind` derives one such course from another, point by point. Both are exact: worlds that differ in nothing that
matters are merged, and worlds whose choices contradict each other are dropped.

Nearly all acts are plain: of one day and one nature. They are folded one by one; only where a vague one lies about
does `clusters` look at every order.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from foedus.engine.choices import ALWAYS, Way, Ways, both, seen_from, simplify
from foedus.engine.clusters import ORDER, Cell, Cluster, Event, Variant, event

__all__ = [
    "BEGINNING", "ORDER", "Derived", "Event", "Rest", "Seen", "Stretch", "Unfolding", "Variant", "add", "at", "bind",
    "bind_in_turn", "cut", "during", "event", "plainly", "unfold",
]  # fmt: skip

S = TypeVar("S", bound=Hashable)
T = TypeVar("T", bound=Hashable)
E = TypeVar("E")
A = TypeVar("A")

BEGINNING = date.min
REST = 128  # acts between two rests: so many are folded again at most before and after one that came in late
_START = attrgetter("start")


Cells = tuple[tuple[S, Ways], ...]


class Stretch(NamedTuple, Generic[S]):
    """Days from `start` until `end` (first day out; None is open) over which the same states are possible."""

    start: date
    end: date | None
    cells: Cells[S]


class Rest(NamedTuple, Generic[S]):
    """A point between two days at which nothing is open: so many acts are over, and since `start` the state is this."""

    acts: int
    start: date
    state: S


def unfold(events: Iterable[Event[E]], initial: S, step: Callable[[S, E], S | None]) -> list[Stretch[S]]:
    """The course of a state from before all events to the open end. `step` must not depend on anything else; it gives
    None in a world that cannot be, which is dropped.
    """
    in_order = sorted(events, key=attrgetter("earliest", "latest", "order"))
    return list(Unfolding(in_order, lambda event: event, plainly, step).course(initial))


def plainly(event: Event[E]) -> tuple[date, E] | None:
    """The day and the effect of a plain event: one of one day and one nature that nothing contests; else None."""
    effect = event.variants[0].effect
    if event.earliest != event.latest or event.rivals or len(event.variants) > 1 or effect is None:
        return None
    return event.latest, effect


class Unfolding(Generic[A, S, E]):
    """The course of a state through acts in order of time (by first day, last day, order), each an event when its turn
    comes; `plainly` may make less of an act than `event` where that is plain. There is a rest every so often, from
    which the course can be resumed, and one at the end if nothing is open then.
    """

    def __init__(
        self,
        acts: Sequence[A],
        event: Callable[[A], Event[E]],
        plainly: Callable[[A], tuple[date, E] | None],
        step: Callable[[S, E], S | None],
    ) -> None:
        self.acts, self.event, self.plainly, self.step = acts, event, plainly, step
        self.rests: list[Rest[S]] = []

    def course(self, state: S, start: date = BEGINNING) -> Iterator[Stretch[S]]:
        """The course from a first state on, which is one of `start`."""
        last: Stretch[S] | None = None
        for stretch in self._stretches(state, start):
            if last is None or not _alike(last.cells, stretch.cells):
                if last is not None:
                    yield last
                last = stretch
            else:
                last = Stretch(last.start, stretch.end, stretch.cells)
        assert last is not None
        yield last

    def _stretches(self, state: S, start: date) -> Iterator[Stretch[S]]:
        cells: dict[Cell[S], Ways] = {_calm(state): ALWAYS}
        heard: set[str] = set()  # of those that have rivals
        index = 0
        while index < len(self.acts):
            if _is_calm(cells):
                index, start, state = yield from self._while_plain(index, start, next(iter(cells)).state)
                cells = {_calm(state): ALWAYS}
                if index == len(self.acts):
                    break
            events = self._overlapping(index)
            cluster = Cluster(events, self.step)
            for day, day_cells in cluster.run(cells):
                if day > start:
                    yield _told(start, day, cells, cluster)
                cells, start = day_cells, day
            heard.update(e.entry for e in events if e.rivals)
            if len(cells) > 1:
                cells = _forget(cells, heard)
            index += len(events)
        if _is_calm(cells):
            self.rests.append(Rest(index, start, next(iter(cells)).state))
        yield Stretch(start, None, _by_state(cells.items()))

    def _while_plain(
        self, index: int, start: date, state: S
    ) -> Generator[Stretch[S], None, tuple[int, date, S]]:
        """The usual case: one world, and acts that leave nothing open. Stops before the first day with one that does;
        gives where, since when the state is what it is, and the state.
        """
        acts, count, plainly, step, rest = self.acts, len(self.acts), self.plainly, self.step, index
        day, now, begun = BEGINNING, state, index  # the day looked at, the state so far on it, its first act
        for ahead in range(index, count + 1):
            plain = plainly(acts[ahead]) if ahead < count else None
            following = plain[0] if plain is not None else self._first_day(ahead)
            if following != day:
                if now != state:
                    if day > start:
                        yield Stretch(start, day, ((state, ALWAYS),))
                        start = day
                    state = now
                if rest <= ahead < count:
                    self.rests.append(Rest(ahead, start, state))
                    rest = ahead + REST
                day, begun = following, ahead
            after = step(now, plain[1]) if plain is not None else None
            if after is None:
                break
            now = after
        return begun, start, state

    def _first_day(self, index: int) -> date:
        """The first day of the act at `index`; one that no act has where there is none."""
        return self.event(self.acts[index]).earliest if index < len(self.acts) else date.max

    def _overlapping(self, index: int) -> list[Event[E]]:
        """The events from the one at `index` on that overlap in time, with it or with each other."""
        events = [self.event(self.acts[index])]
        latest = events[0].latest
        for act in self.acts[index + 1 :]:
            event = self.event(act)
            if event.earliest > latest:
                break
            latest = max(latest, event.latest)
            events.append(event)
        return events


def _calm(state: S) -> Cell[S]:
    """The one cell of a state where nothing is left open."""
    return Cell(state, frozenset(), frozenset())


def _is_calm(cells: dict[Cell[S], Ways]) -> bool:
    return len(cells) == 1 and cells == {_calm(next(iter(cells)).state): ALWAYS}


def _told(start: date, end: date, cells: dict[Cell[S], Ways], cluster: Cluster[S, E]) -> Stretch[S]:
    """A stretch: cells by state, their choices as they read on any day of it, “later” for what is pending."""
    told: list[tuple[Cell[S], Ways]] = []
    for cell, ways in cells.items():
        seen = seen_from(ways, end)
        told.append((cell, both(seen, frozenset({cluster.still_open(cell)})) if cell.pending else seen))
    return Stretch(start, end, _by_state(told))


def _by_state(cells: Iterable[tuple[Cell[S], Ways]]) -> Cells[S]:
    by_state: dict[S, set[Way]] = {}
    for cell, ways in cells:
        by_state.setdefault(cell.state, set()).update(ways)
    return _simplified(by_state)


def _simplified(by_state: dict[S, set[Way]]) -> Cells[S]:
    """States with their ways; the only one there is needs none."""
    if len(by_state) == 1:
        return ((next(iter(by_state)), ALWAYS),)
    return tuple((state, simplify(ways)) for state, ways in by_state.items())


def add(course: list[Stretch[S]], start: date, end: date | None, cells: Cells[S]) -> None:
    """Add a stretch, or lengthen the last one where it said the same."""
    if course and _alike(course[-1].cells, cells):
        start = course.pop().start
    course.append(Stretch(start, end, cells))


def _alike(one: Cells[S], other: Cells[S]) -> bool:
    """Whether two stretches say the same, in whatever order."""
    return one == other or (len(one) == len(other) > 1 and dict(one) == dict(other))


def _forget(cells: dict[Cell[S], Ways], heard: set[str]) -> dict[Cell[S], Ways]:
    """Cells after a cluster: rivals all heard are no longer told apart, and one state left needs no choice."""
    merged: dict[Cell[S], set[Way]] = {}
    for cell, ways in cells.items():
        picked = frozenset((rivals, right) for rivals, right in cell.picked if not heard.issuperset(rivals))
        merged.setdefault(cell._replace(picked=picked), set()).update(ways)
    if len(merged) == 1:
        return dict.fromkeys(merged, ALWAYS)
    return {cell: simplify(ways) for cell, ways in merged.items()}


class Seen(NamedTuple, Generic[T]):
    """A course read through a function: each value is made where it is looked at, and nowhere else."""

    course: Sequence[Stretch[T]]
    through: Callable[[T], T]


Derived = Sequence[Stretch[T]] | Seen[T]
Derive = Callable[[S], Derived[T]]


def bind(base: Iterable[Stretch[S]], derive: Derive[S, T]) -> list[Stretch[T]]:
    """The course that gives, at each day, what `derive` of the base's state gives on that day.

    Each derived course must cover the base's stretch. Choices made in both are made alike.
    """
    return bind_in_turn(base, ((BEGINNING, derive),))


def bind_in_turn(base: Iterable[Stretch[S]], turns: Sequence[tuple[date, Derive[S, T]]]) -> list[Stretch[T]]:
    """The same, where what derives is another from each of several days on."""
    course: list[Stretch[T]] = []
    days = [day for day, _ in turns]
    for index, (start, end, cells) in cut(base, days):
        derive = turns[index][1]
        if len(cells) == 1 and cells[0][1] == ALWAYS:
            _bind_one(course, derive(cells[0][0]), start, end)
        else:
            _bind_each(course, [(derive(state), ways) for state, ways in cells], start, end)
    return course


def cut(course: Iterable[Stretch[S]], days: Sequence[date]) -> Iterator[tuple[int, Stretch[S]]]:
    """A course cut on days in order, of which the first is the first of all; with each stretch which of them it is
    after.
    """
    index, following = 0, (*days[1:], None)
    for stretch in course:
        day = following[index]
        while day is not None and day <= stretch.start:
            index += 1
            day = following[index]
        while day is not None and (stretch.end is None or day < stretch.end):
            yield index, Stretch(stretch.start, day, stretch.cells)
            stretch = Stretch(day, stretch.end, stretch.cells)  # noqa: PLW2901 - what is left of it
            index += 1
            day = following[index]
        yield index, stretch


def _bind_one(course: list[Stretch[T]], derived: Derived[T], start: date, end: date | None) -> None:
    """The usual case, one state in every world: what was derived of it, from `start` until `end`."""
    inner, through = derived if isinstance(derived, Seen) else (derived, None)
    first = _index(inner, start)
    piece = inner[first]
    covers = piece.end is None or (end is not None and end <= piece.end)
    last = first if covers else _last_index(inner, end)
    if first == last:
        add(course, start, end, _cells(piece, through))
        return
    add(course, start, piece.end, _cells(piece, through))
    if through is None:
        course += inner[first + 1 : last]  # no two that follow each other say the same
    else:
        for piece in inner[first + 1 : last]:
            add(course, piece.start, piece.end, _cells(piece, through))
    add(course, inner[last].start, end, _cells(inner[last], through))


def _bind_each(
    course: list[Stretch[T]], parts: Sequence[tuple[Derived[T], Ways]], first: date, out: date | None
) -> None:
    """Several states: what was derived of each, cut where any of it changes, its choices joined to the state's."""
    derived = [(*(d if isinstance(d, Seen) else (d, None)), ways) for d, ways in parts]
    edges = {first}
    for inner, _, _ in derived:
        edges |= {piece.start for piece in inner[_index(inner, first) + 1 : _last_index(inner, out) + 1]}
    for start, end in pairwise([*sorted(edges), out]):
        assert start is not None
        by_state: dict[T, set[Way]] = {}
        for inner, through, ways in derived:
            for state, inner_ways in _cells(at(inner, start), through):
                joint = both(ways, inner_ways)
                if joint:
                    by_state.setdefault(state, set()).update(joint)
        add(course, start, end, _simplified(by_state))


def _cells(stretch: Stretch[T], through: Callable[[T], T] | None) -> Cells[T]:
    """A stretch's cells as seen through a function, states that then are the same told as one."""
    if through is None:
        return stretch.cells
    if len(stretch.cells) == 1:
        return ((through(stretch.cells[0][0]), ALWAYS),)
    by_state: dict[T, set[Way]] = {}
    for state, ways in stretch.cells:
        by_state.setdefault(through(state), set()).update(ways)
    return _simplified(by_state)


def at(course: Sequence[Stretch[S]], day: date) -> Stretch[S]:
    """The stretch a day lies in. The course must cover it."""
    return course[_index(course, day)]


def during(course: Sequence[Stretch[S]], start: date, end: date | None) -> list[Stretch[S]]:
    """The stretches from the day `start` until the day `end` (None: all that follow), the first and last cut there."""
    found = list(course[_index(course, start) : _last_index(course, end) + 1])
    found[0] = Stretch(start, found[0].end, found[0].cells)
    found[-1] = Stretch(found[-1].start, end, found[-1].cells)
    return found


def _index(course: Sequence[Stretch[S]], day: date) -> int:
    """Where in a course the stretch of a day is."""
    return bisect_right(course, day, key=_START) - 1 if len(course) > 1 else 0


def _last_index(course: Sequence[Stretch[S]], end: date | None) -> int:
    """Where in a course the stretch is that the last day before `end` lies in."""
    return len(course) - 1 if end is None else bisect_left(course, end, key=_START) - 1
