"""Timelines: how one thing stood over time, in segments that each have a status, what is possible, and a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from foedus.engine.choices import ALWAYS, Ways, simplify
from foedus.engine.reasons import NO_TELLERS, Authority, Branch, Ground, Holder, Reason, Tellers
from foedus.engine.worlds import BEGINNING, Stretch, at, cut, during
from foedus.terms.dates import ONE_DAY, Period

Status = Literal["not-in-force", "contested", "unknown", "uncertain", "vacant", "certain"]
STATUSES: tuple[Status, ...] = ("not-in-force", "contested", "unknown", "uncertain", "vacant", "certain")
Doubt = Literal["rival", "unrecorded", "no-rule"]


class Value(NamedTuple):
    """What holds in one world: a holder or nobody (None), why, on what authority, and what is in doubt about it."""

    holder: Holder | None
    grounds: tuple[Ground, ...]
    authority: Authority | None = None
    doubts: frozenset[Doubt] = frozenset()

    def under(self, other: Value) -> Value:
        """The other, as derived from this one: with its steps in front, its doubts, and on its authority if it has one."""
        doubts = self.doubts | other.doubts if self.doubts else other.doubts
        return Value(other.holder, self.grounds + other.grounds, self.authority or other.authority, doubts)


class Possible(NamedTuple):
    """One value that some world gives, with the choices that give it."""

    holder: Holder | None
    ways: Ways


class Segment(NamedTuple):
    """Days from `start` until `end` (first day out; None is open) with one answer. Cannot be had without a reason.

    `holder` is set only where the status is certain. `possible` lists the alternatives, or, where the answer is
    unknown, what holds so far as the record goes.
    """

    start: date
    end: date | None
    status: Status
    possible: tuple[Possible, ...]
    authority: Authority | None
    reason: Reason

    @property
    def holder(self) -> Holder | None:
        """The one who holds it, where that is certain."""
        return self.possible[0].holder if self.status == "certain" else None

    def within(self, start: date, end: date | None) -> Segment:
        """The segment for other days, over which the same holds."""
        return self._replace(start=start, end=end)


@dataclass(frozen=True)
class Timeline:
    """How one thing stood from the first day there is to the open end: a course, told as segments when it is read; and
    who tells the steps that it recorded in short.
    """

    course: Sequence[Stretch[Value]]
    by: Tellers

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments in order of time, without gaps."""
        return tuple(_segment(stretch, self.by) for stretch in self.course)

    def at(self, day: date) -> Segment:
        """The segment that `day` lies in, at the end of that day."""
        return _segment(at(self.course, day), self.by)


def settle(course: Iterable[Stretch[Value]], record_to: date) -> Timeline:
    """A course of values as a timeline. After `record_to` nothing is known."""
    return Timeline(as_told(course, record_to), NO_TELLERS)


def as_told(course: Iterable[Stretch[Value]], record_to: date) -> list[Stretch[Value]]:
    """A course as it is told: from the day after `record_to` on nothing is known, and what is told alike is one."""
    past_record = record_to + ONE_DAY
    ends = Value(None, (Ground("unrecorded", "record-ends", (record_to,)),), None, frozenset({"unrecorded"}))
    settled: list[Stretch[Value]] = []
    for past, stretch in cut(course, (BEGINNING, past_record)):
        if past:
            cells = tuple((ends.under(value), ways) for value, ways in stretch.cells)
            stretch = Stretch(stretch.start, stretch.end, cells)  # noqa: PLW2901 - as it is told
        join(settled, (stretch,))
    return settled


def join(course: list[Stretch[Value]], following: Sequence[Stretch[Value]]) -> None:
    """Lengthen a course as it is told by one that begins where it ends; stretches that are told alike are one."""
    if course and following and _told_alike(course[-1], following[0]):
        first = following[0]
        course[-1] = Stretch(course[-1].start, first.end, first.cells)
        following = following[1:]
    course += following


def in_force(timeline: Timeline, periods: Sequence[Period], ground: Ground) -> Timeline:
    """The timeline within the periods its rule is in force; outside them, not in force, for the reason given."""
    never = ((Value(None, (ground,), None, frozenset({"no-rule"})), ALWAYS),)
    edges = sorted({BEGINNING, *(p.start for p in periods), *(p.end for p in periods if p.end is not None)})
    found: list[Stretch[Value]] = []
    for start, end in zip(edges, (*edges[1:], None), strict=True):
        if any(period.holds(start) for period in periods):
            found += during(timeline.course, start, end)
        else:
            found.append(Stretch(start, end, never))
    return Timeline(found, timeline.by)


def _told_alike(one: Stretch[Value], other: Stretch[Value]) -> bool:
    """Whether two stretches give the same segment, but for its days."""
    if one.cells[0][0].grounds != other.cells[0][0].grounds:
        return False  # what tells nearly all apart, without telling any
    return _segment(one, NO_TELLERS)[2:] == _segment(other, NO_TELLERS)[2:]


def _segment(stretch: Stretch[Value], by: Tellers) -> Segment:
    """A stretch as it is told: its status by the exact meanings, in their order."""
    start, end, cells = stretch
    branches = [Branch(value.holder, ways, value.grounds, by) for value, ways in cells]
    value, ways = cells[0]
    possible: tuple[Possible, ...] = (Possible(value.holder, ways),)
    authority, doubts = value.authority, value.doubts
    if len(cells) > 1:
        possible = _possible(cells)
        authority = authority if len({value.authority for value, _ in cells}) == 1 else None
        doubts = frozenset(doubt for value, _ in cells for doubt in value.doubts)
    return Segment(
        start, end, _status(possible, doubts), possible, authority, Reason(branches[0], tuple(branches[1:]))
    )


def _possible(cells: Sequence[tuple[Value, Ways]]) -> tuple[Possible, ...]:
    found: dict[Holder | None, Ways] = {}
    for value, ways in cells:
        known = found.get(value.holder)
        found[value.holder] = ways if known is None else simplify(known | ways)
    return tuple(Possible(holder, ways) for holder, ways in found.items())


def _status(possible: Sequence[Possible], doubts: frozenset[Doubt]) -> Status:
    if "no-rule" in doubts:
        return "not-in-force"
    if "rival" in doubts and len(possible) > 1:
        return "contested"
    if "unrecorded" in doubts:
        return "unknown"
    if len(possible) > 1:
        return "uncertain"
    return "vacant" if possible[0].holder is None else "certain"
