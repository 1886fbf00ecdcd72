"""Folding acts whose day or nature is vague: every world at once.

A *world* is one choice for each vague date and attribute. `unfold` steps a state machine through events in
time and yields, for every stretch of days, each state that some world gives, with the choices that give it.
`bind` derives one such course from another, point by point. Both are exact: worlds that differ in nothing that
matters are merged, and worlds whose choices contradict each other are dropped.

Days are compared at their end: an event of day D has happened "on D".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Generic, NamedTuple, TypeVar

from foedus.engine.choices import ALWAYS, LATER, Choice, Way, Ways, both, conjoin, seen_from, simplify
from foedus.terms.dates import ONE_DAY

S = TypeVar("S", bound=Hashable)
T = TypeVar("T", bound=Hashable)
E = TypeVar("E")

ORDER = "before or after"  # the point of a choice that says which of two entries came first
MAX_OVERLAP = 5  # more vague acts than this open at once: candidates only (five take seconds, six minutes)
BEGINNING = date.min


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


@dataclass(frozen=True, slots=True)
class Stretch(Generic[S]):
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
    cells: dict[_Cell[S], Ways] = {_Cell(initial, frozenset(), frozenset()): ALWAYS}
    start = BEGINNING
    waiting = sorted(events, key=lambda e: (e.earliest, e.latest, e.order))
    open_rivals = {e.rivals: index for index, e in enumerate(waiting) if e.rivals}
    for first, cluster in _clusters(waiting):
        fold = _Fold(cluster, step)
        for day, day_cells in fold.run(cells):
            _emit(course, start, day, cells, fold)
            cells, start = day_cells, day
        if len(cells) > 1:
            settled = {r for r, last in open_rivals.items() if last < first + len(cluster)}
            cells = _forget(cells, settled)
    _emit(course, start, None, cells, None)
    return course


def _clusters(events: Sequence[Event[E]]) -> Iterator[tuple[int, Sequence[Event[E]]]]:
    """Runs of events that overlap in time, each with the index of its first event."""
    begin = 0
    while begin < len(events):
        latest, end = events[begin].latest, begin + 1
        while end < len(events) and events[end].earliest <= latest:
            latest = max(latest, events[end].latest)
            end += 1
        yield begin, events[begin:end]
        begin = end


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


def _emit(
    course: list[Stretch[S]],
    start: date,
    end: date | None,
    cells: dict[_Cell[S], Ways],
    fold: _Fold[S, E] | None,
) -> None:
    """Close a stretch: cells by state, their choices as they read on any day of it, “later” for what is pending."""
    if end is not None and end <= start:
        return
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
    _close(course, start, end, by_state)


def _close(course: list[Stretch[S]], start: date, end: date | None, by_state: dict[S, set[Way]]) -> None:
    """Add a stretch, or lengthen the last one where it said the same."""
    told = tuple((state, simplify(ways)) for state, ways in by_state.items())
    if len(told) == 1:
        told = ((told[0][0], ALWAYS),)
    if course and dict(course[-1].cells) == dict(told):
        start = course.pop().start
    course.append(Stretch(start, end, told))


def _forget(cells: dict[_Cell[S], Ways], settled: set[tuple[str, ...]]) -> dict[_Cell[S], Ways]:
    """Cells after a cluster: rivals all heard are no longer told apart, and one state left needs no choice."""
    merged: dict[_Cell[S], set[Way]] = {}
    for cell, ways in cells.items():
        picked = frozenset(p for p in cell.picked if p[0] not in settled)
        merged.setdefault(cell._replace(picked=picked), set()).update(ways)
    if len(merged) == 1:
        return dict.fromkeys(merged, ALWAYS)
    return {cell: simplify(ways) for cell, ways in merged.items()}


def bind(base: Sequence[Stretch[S]], derive: Callable[[S], Sequence[Stretch[T]]]) -> list[Stretch[T]]:
    """The course that gives, at each day, what `derive` of the base's state gives on that day.

    Each derived course must cover the base's stretch. Choices made in both are made alike.
    """
    course: list[Stretch[T]] = []
    for stretch in base:
        derived = [(derive(state), ways) for state, ways in stretch.cells]
        edges = {stretch.start}
        for inner, _ in derived:
            edges |= {s.start for s in _within(inner, stretch)}
        ordered = sorted(edges)
        for index, start in enumerate(ordered):
            end = ordered[index + 1] if index + 1 < len(ordered) else stretch.end
            _append(course, start, end, [(at(inner, start).cells, ways) for inner, ways in derived])
    return course


def _within(course: Sequence[Stretch[T]], base: Stretch[S]) -> Iterator[Stretch[T]]:
    index = bisect_right(course, base.start, key=lambda s: s.start)
    while index < len(course) and (base.end is None or course[index].start < base.end):
        yield course[index]
        index += 1


def at(course: Sequence[Stretch[S]], day: date) -> Stretch[S]:
    """The stretch a day lies in. The course must cover it."""
    return course[bisect_right(course, day, key=lambda s: s.start) - 1]


def _append(
    course: list[Stretch[T]],
    start: date,
    end: date | None,
    parts: list[tuple[tuple[tuple[T, Ways], ...], Ways]],
) -> None:
    by_state: dict[T, set[Way]] = {}
    for cells, ways in parts:
        for state, inner in cells:
            joint = both(ways, inner)
            if joint:
                by_state.setdefault(state, set()).update(joint)
    _close(course, start, end, by_state)
