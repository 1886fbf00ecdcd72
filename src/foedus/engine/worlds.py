"""Folding acts whose day or nature is vague: every world at once.

A *world* is one choice for each vague date and attribute. `unfold` steps a state machine through events in
time and yields, for every stretch of days, each state that some world gives, with the choices that give it.
`bind` derives one such course from another, point by point. Both are exact: worlds that differ in nothing that
matters are merged, and worlds whose choices contradict each other are dropped.

Days are compared at their end: an event of day D has happened "on D".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise, permutations
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from foedus.engine.choices import ALWAYS, LATER, Choice, Way, Ways, both, conjoin, seen_from, simplify
from foedus.terms.dates import ONE_DAY

S = TypeVar("S", bound=Hashable)
T = TypeVar("T", bound=Hashable)
E = TypeVar("E")

ORDER = "before or after"  # the point of a choice that says which of two entries came first
MAX_OVERLAP = 5  # more vague acts than this open at once: candidates only (five take seconds, six minutes)
BEGINNING = date.min
_IN_TIME = attrgetter("earliest", "latest", "order")
_START = attrgetter("start")


class Variant(NamedTuple, Generic[E]):
    """One thing an event may have been: its labels, and its effect on the state (None: no effect)."""

    labels: tuple[str, ...]
    effect: E | None


class Event(NamedTuple, Generic[E]):
    """Something that changes the state on one day from `earliest` through `latest`, both in.

    `order` fixes its place among events of the same day. Of several events with the same non-empty `rivals`
    (the entries that exclude each other) exactly one is right.
    """

    entry: str
    point: str
    earliest: date
    latest: date
    order: int
    variants: tuple[Variant[E], ...]
    rivals: tuple[str, ...] = ()


class Stretch(NamedTuple, Generic[S]):
    """Days from `start` until `end` (first day out; None is open) over which the same states are possible."""

    start: date
    end: date | None
    cells: tuple[tuple[S, Ways], ...]


class _Cell(NamedTuple, Generic[S]):
    state: S
    pending: frozenset[int]  # vague events begun that have not happened
    picked: frozenset[tuple[tuple[str, ...], str]]  # which rival is right


def event(entry: str, point: str, span: tuple[date, date], order: int, effect: E) -> Event[E]:
    """An event of one nature, on a day that may be vague."""
    return Event(entry, point, span[0], span[1], order, (Variant((), effect),))


def unfold(events: Iterable[Event[E]], initial: S, step: Callable[[S, E], S | None]) -> list[Stretch[S]]:
    """The course of a state from before all events to the open end. `step` must not depend on anything else; it gives
    None in a world that cannot be, which is dropped.
    """
    course: list[Stretch[S]] = []
    for stretch in Unfolding(sorted(events, key=_IN_TIME), step).stretches(initial):
        _add(course, *stretch)
    return course


class Unfolding(Generic[S, E]):
    """Events in order of time, and the course of a state through them."""

    def __init__(self, events: Sequence[Event[E]], step: Callable[[S, E], S | None]) -> None:
        self.events, self.step = events, step

    def stretches(self, initial: S) -> Iterator[Stretch[S]]:
        """The course, stretch by stretch; two that follow each other may say the same."""
        cells: dict[_Cell[S], Ways] = {_calm(initial): ALWAYS}
        start, index = BEGINNING, 0
        open_rivals = {e.rivals: index for index, e in enumerate(self.events) if e.rivals}
        while index < len(self.events):
            if len(cells) == 1 and cells == {_calm(state := next(iter(cells)).state): ALWAYS}:
                index, start, state = yield from self._plainly(index, start, state)
                cells = {_calm(state): ALWAYS}
                if index == len(self.events):
                    break
            end = self._end_of_cluster(index)
            fold = _Fold(self.events[index:end], self.step)
            for day, day_cells in fold.run(cells):
                if day > start:
                    yield _told(start, day, cells, fold)
                cells, start = day_cells, day
            if len(cells) > 1:
                cells = _forget(cells, {r for r, last in open_rivals.items() if last < end})
            index = end
        yield _told(start, None, cells, None)

    def _plainly(
        self, index: int, start: date, state: S
    ) -> Generator[Stretch[S], None, tuple[int, date, S]]:
        """The usual case: one world, and events that leave nothing open. Stops before the first day that is not so;
        gives where, since when the state is what it is, and the state.
        """
        events, step, count = self.events, self.step, len(self.events)
        while index < count:
            day, now, ahead = events[index].earliest, state, index
            while ahead < count:
                event = events[ahead]
                if event.earliest != day:
                    break
                effect = event.variants[0].effect
                if event.latest != day or event.rivals or len(event.variants) > 1 or effect is None:
                    return index, start, state
                after = step(now, effect)
                if after is None:
                    return index, start, state
                now, ahead = after, ahead + 1
            if now != state and day > start:
                yield Stretch(start, day, ((state, ALWAYS),))
                start = day
            state, index = now, ahead
        return index, start, state

    def _end_of_cluster(self, index: int) -> int:
        """The index after the events that overlap in time with the one at `index`, or with each other."""
        latest = self.events[index].latest
        while index < len(self.events) and self.events[index].earliest <= latest:
            latest = max(latest, self.events[index].latest)
            index += 1
        return index


def _calm(state: S) -> _Cell[S]:
    """The one cell of a state where nothing is left open."""
    return _Cell(state, frozenset(), frozenset())


class _Fold(Generic[S, E]):
    """One cluster of overlapping events, day by day where it matters."""

    def __init__(self, cluster: Sequence[Event[E]], step: Callable[[S, E], S | None]) -> None:
        self.cluster, self.step = cluster, step
        self.vague = frozenset(i for i, e in enumerate(cluster) if e.earliest != e.latest)

    def run(self, cells: dict[_Cell[S], Ways]) -> Iterator[tuple[date, dict[_Cell[S], Ways]]]:
        """Yields the cells from each day on which they may change, in order."""
        plain = self._plain_effect()
        if plain is not None and len(cells) == 1:
            (cell,) = cells
            state = self.step(cell.state, plain)
            if state is not None:
                yield self.cluster[0].earliest, {cell._replace(state=state): ALWAYS}
                return
        if self._overlap() > MAX_OVERLAP:
            yield from self._candidates(cells)
            return
        marks = self._marks()
        for index, day in enumerate(marks):
            until = marks[index + 1] if index + 1 < len(marks) else None
            one_day = day + ONE_DAY
            today = [i for i, e in enumerate(self.cluster) if e.latest == day]
            begun = frozenset(i for i in self.vague if self.cluster[i].earliest == day)
            if begun:
                cells = {c._replace(pending=c.pending | begun): ways for c, ways in cells.items()}
            cells = self._advance(cells, today, (day, day))
            yield day, cells
            if any(c.pending for c in cells) and (until is None or until > one_day):
                assert until is not None
                cells = self._advance(cells, [], (one_day, until - ONE_DAY))
                yield one_day, cells

    def _plain_effect(self) -> E | None:
        """The effect of a lone event that leaves nothing open: by far the usual case."""
        lone = self.cluster[0]
        if len(self.cluster) > 1 or self.vague or len(lone.variants) > 1 or lone.rivals:
            return None
        return lone.variants[0].effect

    def _marks(self) -> list[date]:
        """Days that must be looked at alone: where an event may begin or must have happened; and, where several
        are vague at once, as many further days as their orders need.
        """
        marks = {e.earliest for e in self.cluster} | {e.latest for e in self.cluster}
        last = max(marks)
        for day in sorted(marks):
            active = sum(self.cluster[i].earliest <= day < self.cluster[i].latest for i in self.vague)
            marks |= {day + ONE_DAY * k for k in range(1, active) if day + ONE_DAY * k < last}
        return sorted(marks)

    def _advance(
        self, cells: dict[_Cell[S], Ways], forced: list[int], days: tuple[date, date]
    ) -> dict[_Cell[S], Ways]:
        """Each cell moved through `days`: forced events happen, pending ones may, in every possible order."""
        moved: dict[_Cell[S], set[Way]] = {}
        for cell, ways in cells.items():
            must = [i for i in forced if i not in self.vague or i in cell.pending]
            may = sorted(cell.pending - set(must))
            for chosen in _subsets(may):
                happening = sorted([*must, *chosen], key=lambda i: self.cluster[i].order)
                orders = [tuple(happening)] if days[0] == days[1] else permutations(happening)
                for order in orders:
                    for end, way in self._happen(cell, ways, order, days):
                        moved.setdefault(end, set()).update(way)
        return {cell: simplify(ways) for cell, ways in moved.items()}

    def _happen(
        self, cell: _Cell[S], ways: Ways, order: Iterable[int], days: tuple[date, date]
    ) -> list[tuple[_Cell[S], Ways]]:
        """The cells that come of events happening in this order on `days`, with the ways there."""
        order = tuple(order)
        ends = [(cell, self._in_this_order(ways, order, days))]
        for index in order:
            happening = self.cluster[index]
            grown: list[tuple[_Cell[S], Ways]] = []
            for at, before in ends:
                for after, choice in self._outcomes(at, index, happening):
                    dated = _on(happening, days) if index in self.vague else ()
                    joint = both(before, frozenset({conjoin((*choice, *dated))}))
                    if joint:
                        grown.append((after, joint))
            ends = grown
        return ends

    def _in_this_order(self, ways: Ways, order: tuple[int, ...], days: tuple[date, date]) -> Ways:
        """The ways, with the order said where the days alone do not give it."""
        if days[0] == days[1] or len(order) < 2:
            return ways
        said = [
            _before(self.cluster[a].entry, self.cluster[b].entry)
            for n, a in enumerate(order)
            for b in order[n + 1 :]
        ]
        return both(ways, frozenset({conjoin(tuple(said))}))

    def _outcomes(self, cell: _Cell[S], index: int, happening: Event[E]) -> Iterator[tuple[_Cell[S], Way]]:
        cell = cell._replace(pending=cell.pending - {index})
        for picked, choice in _pick(cell, happening):
            right = not happening.rivals or (happening.rivals, happening.entry) in picked
            for variant in happening.variants:
                state: S | None = cell.state
                if right and variant.effect is not None:
                    state = self.step(cell.state, variant.effect)
                if state is None:
                    continue  # the world contradicts the record
                yield _Cell(state, cell.pending, picked), (*choice, *_is(happening, variant))

    def _overlap(self) -> int:
        """How many of the vague events may be open at once."""
        spans = [(self.cluster[i].earliest, self.cluster[i].latest) for i in self.vague]
        return max((sum(first <= day < last for first, last in spans) for day, _ in spans), default=0)

    def _candidates(self, cells: dict[_Cell[S], Ways]) -> Iterator[tuple[date, dict[_Cell[S], Ways]]]:
        """Too many to order: every state that any of the events begun may lead to, in any order and number, without
        saying how.
        """
        states = {cell.state for cell in cells}
        effects: list[E] = []
        for happening in sorted(self.cluster, key=lambda e: (e.earliest, e.order)):
            effects += [v.effect for v in happening.variants if v.effect is not None]
            fresh = states
            while fresh:
                reached = {self.step(state, effect) for state in states for effect in effects}
                fresh = {state for state in reached if state is not None} - states
                states = states | fresh
            cells = {_Cell(state, frozenset(), frozenset()): ALWAYS for state in sorted(states, key=repr)}
            yield happening.earliest, cells


def _pick(
    cell: _Cell[S], happening: Event[E]
) -> Iterator[tuple[frozenset[tuple[tuple[str, ...], str]], Way]]:
    """Which of the rivals is right in this cell: what was picked, or each in turn."""
    if not happening.rivals or any(group == happening.rivals for group, _ in cell.picked):
        yield cell.picked, ()
        return
    whole = tuple(sorted(happening.rivals))
    for rival in happening.rivals:
        choice = Choice(happening.rivals[0], "rival", None, (rival,), whole)
        yield cell.picked | {(happening.rivals, rival)}, (choice,)


def _is(happening: Event[E], variant: Variant[E]) -> Way:
    if len(happening.variants) == 1:
        return ()
    whole = tuple(sorted(label for v in happening.variants for label in v.labels))
    return (Choice(happening.entry, "type", None, tuple(sorted(variant.labels)), whole),)


def _on(happening: Event[E], days: tuple[date, date]) -> Way:
    return (Choice(happening.entry, happening.point, days, (), (happening.earliest, happening.latest)),)


def _before(one: str, other: str) -> Choice:
    """That of two entries, `one` happened before `other`."""
    first, second = sorted((one, other))
    label = "before" if first == one else "after"
    return Choice(first, f"{ORDER} {second}", None, (label,), ("after", "before"))


def _subsets(items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for mask in range(1 << len(items)):
        yield tuple(item for bit, item in enumerate(items) if mask >> bit & 1)


def _told(start: date, end: date | None, cells: dict[_Cell[S], Ways], fold: _Fold[S, E] | None) -> Stretch[S]:
    """A stretch: cells by state, their choices as they read on any day of it, “later” for what is pending."""
    by_state: dict[S, set[Way]] = {}
    for cell, ways in cells.items():
        told = ways if end is None else seen_from(ways, end)
        if cell.pending and fold is not None:
            later: Way = ()
            for index in sorted(cell.pending):
                happening = fold.cluster[index]
                later = (*later, *_on(happening, (LATER, happening.latest)))
            told = both(told, frozenset({conjoin(later)}))
        by_state.setdefault(cell.state, set()).update(told)
    return Stretch(start, end, _simplified(by_state))


def _simplified(by_state: dict[S, set[Way]]) -> tuple[tuple[S, Ways], ...]:
    """States with their ways; the only one there is needs none."""
    if len(by_state) == 1:
        return ((next(iter(by_state)), ALWAYS),)
    return tuple((state, simplify(ways)) for state, ways in by_state.items())


def _add(
    course: list[Stretch[S]], start: date, end: date | None, cells: tuple[tuple[S, Ways], ...]
) -> None:
    """Add a stretch, or lengthen the last one where it said the same."""
    if course and (course[-1].cells == cells or (len(cells) > 1 and dict(course[-1].cells) == dict(cells))):
        start = course.pop().start
    course.append(Stretch(start, end, cells))


def _forget(cells: dict[_Cell[S], Ways], settled: set[tuple[str, ...]]) -> dict[_Cell[S], Ways]:
    """Cells after a cluster: rivals all heard are no longer told apart, and one state left needs no choice."""
    merged: dict[_Cell[S], set[Way]] = {}
    for cell, ways in cells.items():
        picked = frozenset(p for p in cell.picked if p[0] not in settled)
        merged.setdefault(cell._replace(picked=picked), set()).update(ways)
    if len(merged) == 1:
        return dict.fromkeys(merged, ALWAYS)
    return {cell: simplify(ways) for cell, ways in merged.items()}


class Seen(NamedTuple, Generic[T]):
    """A course read through a function: each value is made where it is looked at, and nowhere else."""

    course: Sequence[Stretch[T]]
    through: Callable[[T], T]


def bind(
    base: Iterable[Stretch[S]], derive: Callable[[S], Sequence[Stretch[T]] | Seen[T]]
) -> list[Stretch[T]]:
    """The course that gives, at each day, what `derive` of the base's state gives on that day.

    Each derived course must cover the base's stretch. Choices made in both are made alike.
    """
    course: list[Stretch[T]] = []
    for stretch in base:
        if len(stretch.cells) == 1 and stretch.cells[0][1] == ALWAYS:
            _bind_one(course, derive(stretch.cells[0][0]), stretch.start, stretch.end)
        else:
            _bind_each(course, stretch, [(derive(state), ways) for state, ways in stretch.cells])
    return course


def _bind_one(
    course: list[Stretch[T]], derived: Sequence[Stretch[T]] | Seen[T], start: date, end: date | None
) -> None:
    """The usual case, one state in every world: what was derived of it, from `start` until `end`."""
    inner, through = derived if isinstance(derived, Seen) else (derived, None)
    first = _index(inner, start)
    last = first if inner[first].end is None else _last_index(inner, end)
    if first == last:
        _add(course, start, end, _cells(inner[first], through))
        return
    _add(course, start, inner[first].end, _cells(inner[first], through))
    if through is None:
        course += inner[first + 1 : last]  # no two that follow each other say the same
    else:
        for piece in inner[first + 1 : last]:
            _add(course, piece.start, piece.end, _cells(piece, through))
    _add(course, inner[last].start, end, _cells(inner[last], through))


def _bind_each(
    course: list[Stretch[T]],
    stretch: Stretch[S],
    parts: Sequence[tuple[Sequence[Stretch[T]] | Seen[T], Ways]],
) -> None:
    """Several states: what was derived of each, cut where any of it changes, its choices joined to the state's."""
    derived = [(*(d if isinstance(d, Seen) else (d, None)), ways) for d, ways in parts]
    edges = {stretch.start}
    for inner, _, _ in derived:
        within = slice(_index(inner, stretch.start) + 1, _last_index(inner, stretch.end) + 1)
        edges |= {piece.start for piece in inner[within]}
    for start, end in pairwise([*sorted(edges), stretch.end]):
        assert start is not None
        by_state: dict[T, set[Way]] = {}
        for inner, through, ways in derived:
            for state, inner_ways in _cells(at(inner, start), through):
                joint = both(ways, inner_ways)
                if joint:
                    by_state.setdefault(state, set()).update(joint)
        _add(course, start, end, _simplified(by_state))


def _cells(stretch: Stretch[T], through: Callable[[T], T] | None) -> tuple[tuple[T, Ways], ...]:
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


def _index(course: Sequence[Stretch[S]], day: date) -> int:
    """Where in a course the stretch of a day is."""
    return bisect_right(course, day, key=_START) - 1 if len(course) > 1 else 0


def _last_index(course: Sequence[Stretch[S]], end: date | None) -> int:
    """Where in a course the stretch is that the last day before `end` lies in."""
    return len(course) - 1 if end is None else bisect_left(course, end, key=_START) - 1
