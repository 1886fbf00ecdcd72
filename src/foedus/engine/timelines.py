"""Timelines: how one thing stood over time, in segments that each have a status, what is possible, and a reason."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
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


@dataclass(frozen=True, slots=True)
class Segment:
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
        return replace(self, start=start, end=end)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Segments in order of time, without gaps, from the first day there is to the open end."""

    segments: tuple[Segment, ...]

    def at(self, day: date) -> Segment:
        """The segment that `day` lies in, at the end of that day."""
        return self.segments[bisect_right(self.segments, day, key=lambda s: s.start) - 1]


def settle(course: Iterable[Stretch[Value]], record_to: date) -> Timeline:
    """A course of values as a timeline: statuses by the exact meanings, cut where the record ends.

    In this order: contested, unknown, uncertain, vacant, certain. After `record_to` nothing is known.
    """
    segments: list[Segment] = []
    past_record = record_to + ONE_DAY
    for stretch in course:
        for piece in _cut(stretch, past_record):
            segment = _segment(piece, ended=piece.start >= past_record, record_to=record_to)
            if segments and segments[-1].within(segment.start, segment.end) == segment:
                segment = segment.within(segments.pop().start, segment.end)
            segments.append(segment)
    return Timeline(tuple(segments))


def _cut(stretch: Stretch[Value], day: date) -> Iterable[Stretch[Value]]:
    if stretch.start < day and (stretch.end is None or day < stretch.end):
        return (Stretch(stretch.start, day, stretch.cells), Stretch(day, stretch.end, stretch.cells))
    return (stretch,)


def _segment(stretch: Stretch[Value], *, ended: bool, record_to: date) -> Segment:
    values = [value for value, _ in stretch.cells]
    doubts = frozenset(doubt for value in values for doubt in value.doubts)
    possible = _possible(stretch.cells)
    branches = [Branch(value.holder, ways, value.grounds) for value, ways in stretch.cells]
    if ended:
        end = Ground("unrecorded", "record-ends", (record_to,))
        branches = [branch._replace(grounds=(end, *branch.grounds)) for branch in branches]
    status = _status(possible, doubts, ended=ended)
    authorities = {value.authority for value in values}
    authority = authorities.pop() if len(authorities) == 1 else None
    return Segment(
        stretch.start, stretch.end, status, possible, authority, Reason(branches[0], tuple(branches[1:]))
    )


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
    for index, start in enumerate(edges):
        end = edges[index + 1] if index + 1 < len(edges) else None
        if any(period.holds(start) for period in periods):
            segments += _slice(timeline, start, end)
        else:
            segments.append(Segment(start, end, "not-in-force", never, None, reason))
    return Timeline(tuple(segments))


def _slice(timeline: Timeline, start: date, end: date | None) -> Iterable[Segment]:
    for s in timeline.segments:
        if (end is None or s.start < end) and (s.end is None or start < s.end):
            last = s.end if end is None else end if s.end is None else min(s.end, end)
            yield s.within(max(s.start, start), last)
