"""The texts of an instrument over time: signed, waiting, in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.terms.dates import Period, show_day
from foedus.web.figures.rail import YearMark
from foedus.web.figures.scale import Scale

ROW, TOP, BAR = 26, 20, 16


@dataclass(frozen=True, slots=True)
class TextBar:
    """One text: a dotted wait from signing to force, a bar while in force, its label at the bar's end."""

    y: int
    wait_x: str
    wait_width: str
    x: str
    width: str
    end: str
    label: str
    label_y: int


@dataclass(frozen=True, slots=True)
class Versions:
    """The figure, ready to print."""

    bars: tuple[TextBar, ...]
    years: tuple[YearMark, ...]
    height: int
    axis: int
    on: str | None
    day: str
    turned: bool


def versions(texts: Iterable[tuple[str, date, Period]], last: date, on: date) -> Versions:
    """From (label, signed, in force) of each text, the last day drawn, and the page's day."""
    rows = sorted(texts, key=lambda row: row[1])
    first = min(min(signed, period.start) for _, signed, period in rows)
    scale = Scale(date(first.year, 1, 1), date(min(last.year + 1, date.max.year), 1, 1))
    axis = TOP + ROW * len(rows) + 2
    x = scale.at(on)
    return Versions(
        tuple(_bar(scale, index, row, last) for index, row in enumerate(rows)),
        tuple(YearMark(scale.percent(y), str(y.year), _anchor(scale.at(y))) for y in scale.years(7)),
        axis + 22,
        axis,
        f"{x:.2f}%" if scale.holds(on) else None,
        show_day(on),
        x < 50,
    )


def _bar(scale: Scale, index: int, row: tuple[str, date, Period], last: date) -> TextBar:
    label, signed, period = row
    start, end = scale.at(period.start), scale.at(period.end or last)
    wait = scale.at(signed)
    y = TOP + ROW * index
    return TextBar(
        y,
        f"{wait:.2f}%",
        f"{max(start - wait, 0):.2f}%",
        f"{start:.2f}%",
        f"{max(end - start, 0):.2f}%",
        f"{end:.2f}%",
        label,
        y + BAR - 4,
    )


def _anchor(x: float) -> str:
    return "start" if x < 2 else "end" if x > 98 else "middle"
