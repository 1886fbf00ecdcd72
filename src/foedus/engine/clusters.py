"""Events that overlap in time: a vague one with whatever else may have happened meanwhile, in every order.

Days are compared at their end: an event of day D has happened "on D".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import permutations
from typing import Generic, NamedTuple, TypeVar

from foedus.engine.choices import ALWAYS, LATER, Choice, Way, Ways, both, conjoin, simplify
from foedus.terms.dates import ONE_DAY

S = TypeVar("S", bound=Hashable)
E = TypeVar("E")

ORDER = "before or after"  # the point of a choice that says which of two entries came first
MOST_STATES = 500  # candidates; of more, those that fewer events lead to
MAX_OVERLAP = 5  # more vague acts than this open at once: candidates only (five take seconds, six minutes)


class Variant(NamedTuple, Generic[E]):
    """One thing an event may have been: its labels, and its effect on the state (None: no effect); and what else is
    `given` in the worlds in which it was that.
    """

    labels: tuple[str, ...]
    effect: E | None
    given: Way = ()


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


def event(entry: str, point: str, span: tuple[date, date], order: int, effect: E) -> Event[E]:
    """An event of one nature, on a day that may be vague."""
    return Event(entry, point, span[0], span[1], order, (Variant((), effect),))


class Cell(NamedTuple, Generic[S]):
    """A state that some world gives, and what is left open in that world."""

    state: S
    pending: frozenset[int]  # vague events begun that have not happened, by their place in the cluster
    picked: frozenset[tuple[tuple[str, ...], str]]  # which rival is right


class Cluster(Generic[S, E]):
    """One cluster of overlapping events, day by day where it matters."""

    def __init__(self, events: Sequence[Event[E]], step: Callable[[S, E], S | None]) -> None:
        self.events, self.step = events, step
        self.vague = frozenset(i for i, e in enumerate(events) if e.earliest != e.latest)

    def run(self, cells: dict[Cell[S], Ways]) -> Iterator[tuple[date, dict[Cell[S], Ways]]]:
        """Yields the cells from each day on which they may change, in order."""
        plain = self._plain_effect()
        if plain is not None and len(cells) == 1:
            (cell,) = cells
            state = self.step(cell.state, plain)
            if state is not None:
                yield self.events[0].earliest, {cell._replace(state=state): ALWAYS}
                return
        if self._overlap() > MAX_OVERLAP:
            yield from self._candidates(cells)
            return
        marks = self._marks()
        for index, day in enumerate(marks):
            until = marks[index + 1] if index + 1 < len(marks) else None
            one_day = day + ONE_DAY
            today = [i for i, e in enumerate(self.events) if e.latest == day]
            begun = frozenset(i for i in self.vague if self.events[i].earliest == day)
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
        lone = self.events[0]
        if len(self.events) > 1 or self.vague or len(lone.variants) > 1 or lone.rivals:
            return None
        return lone.variants[0].effect

    def _marks(self) -> list[date]:
        """Days that must be looked at alone: where an event may begin or must have happened; and, where several
        are vague at once, as many further days as their orders need.
        """
        marks = {e.earliest for e in self.events} | {e.latest for e in self.events}
        last = max(marks)
        for day in sorted(marks):
            active = sum(self.events[i].earliest <= day < self.events[i].latest for i in self.vague)
            marks |= {day + ONE_DAY * k for k in range(1, active) if day + ONE_DAY * k < last}
        return sorted(marks)

    def _advance(
        self, cells: dict[Cell[S], Ways], forced: list[int], days: tuple[date, date]
    ) -> dict[Cell[S], Ways]:
        """Each cell moved through `days`: forced events happen, pending ones may, in every possible order."""
        moved: dict[Cell[S], set[Way]] = {}
        for cell, ways in cells.items():
            must = [i for i in forced if i not in self.vague or i in cell.pending]
            may = sorted(cell.pending - set(must))
            for chosen in _subsets(may):
                happening = sorted([*must, *chosen], key=lambda i: self.events[i].order)
                orders = [tuple(happening)] if days[0] == days[1] else permutations(happening)
                for order in orders:
                    for end, way in self._happen(cell, ways, order, days):
                        moved.setdefault(end, set()).update(way)
        return {cell: simplify(ways) for cell, ways in moved.items()}

    def _happen(
        self, cell: Cell[S], ways: Ways, order: Iterable[int], days: tuple[date, date]
    ) -> list[tuple[Cell[S], Ways]]:
        """The cells that come of events happening in this order on `days`, with the ways there."""
        order = tuple(order)
        ends = [(cell, self._in_this_order(ways, order, days))]
        for index in order:
            happening = self.events[index]
            grown: list[tuple[Cell[S], Ways]] = []
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
            _before(self.events[a].entry, self.events[b].entry)
            for n, a in enumerate(order)
            for b in order[n + 1 :]
        ]
        return both(ways, frozenset({conjoin(tuple(said))}))

    def _outcomes(self, cell: Cell[S], index: int, happening: Event[E]) -> Iterator[tuple[Cell[S], Way]]:
        cell = cell._replace(pending=cell.pending - {index})
        for picked, choice in _pick(cell, happening):
            right = not happening.rivals or (happening.rivals, happening.entry) in picked
            for variant in happening.variants:
                state: S | None = cell.state
                if right and variant.effect is not None:
                    state = self.step(cell.state, variant.effect)
                if state is None:
                    continue  # the world contradicts the record
                yield Cell(state, cell.pending, picked), (*choice, *_is(happening, variant))

    def still_open(self, cell: Cell[S]) -> Way:
        """That what is pending in a cell happens only later."""
        open_ = (self.events[index] for index in sorted(cell.pending))
        return conjoin(tuple(choice for e in open_ for choice in _on(e, (LATER, e.latest))))

    def _overlap(self) -> int:
        """How many of the vague events may be open at once."""
        spans = [(self.events[i].earliest, self.events[i].latest) for i in self.vague]
        return max((sum(first <= day < last for first, last in spans) for day, _ in spans), default=0)

    def _candidates(self, cells: dict[Cell[S], Ways]) -> Iterator[tuple[date, dict[Cell[S], Ways]]]:
        """Too many to order: every state that any of the events begun may lead to, in any order and number, without
        saying how. Of very many, those that the fewest events lead to: whoever may hold a thing alone is among them.
        """
        before = {cell.state for cell in cells}
        effects: list[E] = []
        for happening in sorted(self.events, key=lambda e: (e.earliest, e.order)):
            effects += [v.effect for v in happening.variants if v.effect is not None]
            states = self._reached(before, effects)
            cells = {Cell(state, frozenset(), frozenset()): ALWAYS for state in sorted(states, key=repr)}
            yield happening.earliest, cells

    def _reached(self, before: set[S], effects: Sequence[E]) -> set[S]:
        """The states that effects may lead to, each as often as it likes; those first that the fewest lead to."""
        states = fresh = before
        while fresh and len(states) < MOST_STATES:
            reached = {self.step(state, effect) for state in fresh for effect in effects}
            fresh = {state for state in reached if state is not None} - states
            states = states | fresh
        return states


def _pick(cell: Cell[S], happening: Event[E]) -> Iterator[tuple[frozenset[tuple[tuple[str, ...], str]], Way]]:
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
    whole = tuple(sorted({label for v in happening.variants for label in v.labels}))
    return (Choice(happening.entry, "type", None, tuple(sorted(variant.labels)), whole), *variant.given)


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
