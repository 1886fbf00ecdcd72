"""What the record claims to hold, and what it does not: read from its coverage, said of a stretch of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.record.about import About, Coverage, Grade, Where
from foedus.record.acts import MODELS

# kinds that tell of the record and its sources, and not of anything that happened
OF_SOURCES = frozenset({"expect", "silence", "description", "withdrawal"})


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A kind of act that the record does not claim to hold completely over a stretch of days.

    `grade` None: no line of coverage speaks of it. `where` narrows the kind down. `start` and `end` (first day out) are
    those of the line, None where it is open. A `complete` line is a shortfall where it leaves days of the stretch out.
    """

    kind: str
    where: Where
    grade: Grade | None
    start: date | None
    end: date | None
    why: str

    def to_json(self) -> dict[str, Any]:
        """The shortfall as published in `schemas/`."""
        return {
            "kind": self.kind,
            "where": self.where.model_dump(),
            "grade": self.grade,
            "from": self.start.isoformat() if self.start else None,
            "to": self.end.isoformat() if self.end else None,
            "why": self.why or None,
        }


def shortfalls(about: About, first: date, last: date) -> Iterator[Shortfall]:
    """What the record does not claim to hold from `first` through `last`: what is declared less than complete, in order
    of the declarations, then what no line speaks of.
    """
    spoken = set()
    for line in about.coverage:
        if not _overlaps(line, first, last):
            continue
        spoken.add(line.kind)
        whole = (line.from_ is None or line.from_ <= first) and (line.until is None or last < line.until)
        if line.grade != "complete" or not whole:
            yield Shortfall(line.kind, line.where, line.grade, line.from_, line.until, line.why)
    for kind in MODELS:
        if kind not in spoken | OF_SOURCES:
            yield Shortfall(kind, Where(), None, None, None, "")


def _overlaps(line: Coverage, first: date, last: date) -> bool:
    return (line.from_ is None or line.from_ <= last) and (line.until is None or first < line.until)
