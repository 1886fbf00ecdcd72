"""Days along an axis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from the day `start` to the day `end`, drawn from 0 to `length`."""

    start: date
    end: date
    length: float = 100.0
    origin: float = 0.0

    def at(self, day: date) -> float:
        """Where a day lies; what is outside is put on the nearer end."""
        span = max((self.end - self.start).days, 1)
        share = min(max((day - self.start).days / span, 0.0), 1.0)
        return self.origin + share * self.length

    def percent(self, day: date) -> str:
        """The same as an SVG percentage."""
        return f"{self.at(day):.2f}%"

    def holds(self, day: date) -> bool:
        """Whether the day lies on the line."""
        return self.start <= day <= self.end

    def years(self, most: int) -> Iterator[date]:
        """First days of years on the line, evenly spaced in round steps, at most `most` of them."""
        first = self.start.year + (self.start > date(self.start.year, 1, 1))
        count = self.end.year - first + 1
        step = next((s for s in _STEPS if count <= s * most), _STEPS[-1])
        for year in range(first, self.end.year + 1):
            if year % step == 0:
                yield date(year, 1, 1)


def number(value: float) -> str:
    """A coordinate, short."""
    return f"{value:.1f}".removesuffix(".0")
