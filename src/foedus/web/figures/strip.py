"""A strip of three parts: who before, who in a stretch of doubt, who after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.web.figures.scale import Scale

LEFT, RIGHT = 29.5, 70.5


@dataclass(frozen=True, slots=True)
class Strip:
    """The figure, ready to print. `tapers`: one gives way to the other; else `between` names all candidates."""

    before: str
    after: str
    between: tuple[str, ...]
    tapers: bool
    start: date
    end: date
    on: str | None
    day: str
    turned: bool
    says: str


def strip(
    before: str, after: str, between: tuple[str, ...], days: tuple[date, date], *, on: date | None, says: str
) -> Strip:
    """A stretch from the first of `days` to the second, with a line at `on` where that lies in it."""
    start, end = days
    scale = Scale(start, end, RIGHT - LEFT, LEFT)
    inside = on is not None and scale.holds(on)
    x = scale.at(on) if on is not None else 0.0
    return Strip(
        before,
        after,
        between,
        bool(before and after) and before != after and set(between) <= {before, after},
        start,
        end,
        f"{x:.2f}%" if inside else None,
        f"{on.day} {on:%B}" if on is not None else "",
        x > 50,
        says,
    )
