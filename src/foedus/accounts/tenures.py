"""Who held an office without a break: the stretches of its timeline in which the same one held it, or may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from foedus.engine.reasons import Holder
from foedus.engine.standing import Standing
from foedus.engine.timelines import STATUSES, Segment, Status
from foedus.terms.dates import When

OPEN: tuple[Status, ...] = ("contested", "unknown", "uncertain", "certain")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One unbroken holding of an office, in the segments it is told in.

    `start`: the day it began, vague where it is certain only later. `end`: the first day no more; None is open.
    """

    office: str
    segments: tuple[Segment, ...]
    holders: tuple[Holder, ...]

    @property
    def status(self) -> Status:
        """Certain where at least some of it is; else the least sure it is told to be."""
        found = {segment.status for segment in self.segments}
        return "certain" if "certain" in found else min(found, key=STATUSES.index)

    @property
    def start(self) -> When:
        """The day it began, as far as that is settled."""
        first = self.segments[0].start
        sure = next((s.start for s in self.segments if s.status == "certain"), first)
        return When(first, sure, first)

    @property
    def end(self) -> When | None:
        """The first day no more, as far as that is settled; None where no end is on record."""
        last = self.segments[-1].end
        if last is None:
            return None
        sure = next((s.end for s in reversed(self.segments) if s.status == "certain"), last)
        return When(sure or last, last, sure or last)

    def holds(self, day: date) -> bool:
        """Whether the day lies in it, or may."""
        last = self.segments[-1].end
        return self.segments[0].start <= day and (last is None or day < last)


def tenures(standing: Standing, wanted: Callable[[Holder], bool]) -> tuple[Tenure, ...]:
    """Every unbroken holding of an office by whoever is wanted, office by office in the charter's order.

    What goes on when the record ends has no end; what would begin only after it is left out. A stretch told only so far
    as the record goes is a holding of its own.
    """
    return tuple(found for office in standing.offices() for found in _of(standing, office, wanted))


def _of(standing: Standing, office: str, wanted: Callable[[Holder], bool]) -> Iterator[Tenure]:
    record_to = standing.record.about.record_to
    run: list[Segment] = []
    for segment in standing.office(office).segments:
        ended = segment.start > record_to
        held = segment.status in OPEN and bool(_holders(segment, wanted))
        broken = bool(run) and not ended and (segment.status == "unknown") != (run[-1].status == "unknown")
        if run and (not held or broken):
            yield _tenure(office, run, wanted)
            run = []
        if held and (run or not ended):
            run.append(segment)
    if run:
        yield _tenure(office, run, wanted)


def _tenure(office: str, run: list[Segment], wanted: Callable[[Holder], bool]) -> Tenure:
    holders = dict.fromkeys(holder for segment in run for holder in _holders(segment, wanted))
    return Tenure(office, tuple(run), tuple(holders))


def _holders(segment: Segment, wanted: Callable[[Holder], bool]) -> list[Holder]:
    return [p.holder for p in segment.possible if p.holder is not None and wanted(p.holder)]
