"""Timelines: how one thing stood over time, in segments that each have a status, what is possible, and a reason."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from foedus.engine.choices import ALWAYS, Ways, simplify
from foedus.engine.reasons import Authority, Branch, Ground, Holder, Reason
from foedus.engine.worlds import BEGINNING, Stretch
from foedus.terms.dates import ONE_DAY, Period

Status = Literal["not-in-force", "contested", "unknown", "uncertain", "vacant", "certain"]
STATUSES: tuple[Status, ...] = ("not-in-force", "contested", "unknown", "uncertain", "vacant", "certain")
Doubt = Literal["rival", "unrecorded"]


class Value(NamedTuple):
    """What holds in one world: a holder or nobody (None), why, on what authority, and what is in doubt about it."""

    holder: Holder | None
    grounds: tuple[Ground, ...]
    authority: Authority | None = None
    doubts: frozenset[Doubt] = frozenset()


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
    """Segments in order of time, without gaps, from the first day there is to the open end."""

    segments: tuple[Segment, ...]

    def at(self, day: date) -> Segment:
        """The segment that `day` lies in, at the end of that day."""
        return self.segments[bisect_right(self._starts, day) - 1]

    def during(self, start: date, end: date | None) -> tuple[Segment, ...]:
        """The segments from the day `start` until the day `end` (None: all that follow), the first and last cut there."""
        first = bisect_right(self._starts, start) - 1
        last = len(self.segments) if end is None else bisect_left(self._starts, end)
        found = self.segments[first:last]
        found = (found[0].within(start, found[0].end), *found[1:])
        return (*found[:-1], found[-1].within(found[-1].start, end))

    @cached_property
    def _starts(self) -> tuple[date, ...]:
        return tuple(segment.start for segment in self.segments)


def settle(course: Iterable[Stretch[Value]], record_to: date) -> Timeline:
    """A course of values as a timeline: statuses by the exact meanings, cut where the record ends.

    In this order: contested, unknown, uncertain, vacant, certain. After `record_to` nothing is known.
    """
    segments: list[Segment] = []
    past_record = record_to + ONE_DAY
    ends = Ground("unrecorded", "record-ends", (record_to,))
    for start, end, cells in course:
        if start < past_record and (end is None or past_record < end):
            _add(segments, _segment(start, past_record, cells, None))
            _add(segments, _segment(past_record, end, cells, ends))
        else:
            _add(segments, _segment(start, end, cells, ends if start >= past_record else None))
    return Timeline(tuple(segments))


def _add(segments: list[Segment], segment: Segment) -> None:
    """Add a segment, or lengthen the last one where it said the same."""
    last = segments[-1] if segments else None
    if last is not None and last.possible == segment.possible and last[2:] == segment[2:]:
        segments[-1] = last.within(last.start, segment.end)
    else:
        segments.append(segment)


def _segment(
    start: date, end: date | None, cells: tuple[tuple[Value, Ways], ...], ends: Ground | None
) -> Segment:
    """One segment; `ends` is the step that says that it lies past the record's end."""
    before = () if ends is None else (ends,)
    branches = tuple(Branch(value.holder, ways, before + value.grounds) for value, ways in cells)
    doubts = frozenset(doubt for value, _ in cells for doubt in value.doubts)
    possible = _possible(cells)
    status = _status(possible, doubts, ended=ends is not None)
    authorities = {value.authority for value, _ in cells}
    authority = authorities.pop() if len(authorities) == 1 else None
    return Segment(start, end, status, possible, authority, Reason(branches[0], branches[1:]))


def _possible(cells: Sequence[tuple[Value, Ways]]) -> tuple[Possible, ...]:
    found: dict[Holder | None, Ways] = {}
    for value, ways in cells:
        known = found.get(value.holder)
        found[value.holder] = ways if known is None else simplify(known | ways)
    return tuple(Possible(holder, ways) for holder, ways in found.items())


def _status(possible: Sequence[Possible], doubts: frozenset[Doubt], *, ended: bool) -> Status:
    if "rival" in doubts and len(possible) > 1:
        return "contested"
    if ended or "unrecorded" in doubts:
        return "unknown"
    if len(possible) > 1:
        return "uncertain"
    return "vacant" if possible[0].holder is None else "certain"


def in_force(timeline: Timeline, periods: Sequence[Period], ground: Ground) -> Timeline:
    """The timeline within the periods its rule is in force; outside them, not in force, for the reason given."""
    segments: list[Segment] = []
    never = (Possible(None, ALWAYS),)
    reason = Reason(Branch(None, ALWAYS, (ground,)))
    edges = sorted({BEGINNING, *(p.start for p in periods), *(p.end for p in periods if p.end is not None)})
    for start, end in zip(edges, (*edges[1:], None), strict=True):
        if any(period.holds(start) for period in periods):
            segments += timeline.during(start, end)
        else:
            segments.append(Segment(start, end, "not-in-force", never, None, reason))
    return Timeline(tuple(segments))
