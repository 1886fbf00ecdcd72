"""The rail above every page: all sessions on one line, and the day the page stands at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.terms.dates import show_day
from foedus.web.figures.scale import Scale


@dataclass(frozen=True, slots=True)
class Tick:
    """One session: where, and whether it is of the weighty kind."""

    x: str
    weighty: bool


@dataclass(frozen=True, slots=True)
class YearMark:
    """A year written under the line."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rail:
    """The figure, ready to print. `turned`: the day's flag and its words stand to the right of the day."""

    ticks: tuple[Tick, ...]
    years: tuple[YearMark, ...]
    end: str
    now: str
    day: str
    turned: bool
    says: str


def rail(sessions: Iterable[tuple[date, bool]], since: date, record_to: date, on: date) -> Rail:
    """From the days of sessions (and whether each is weighty), the day since when there is something on record, the
    record's last day and the page's day.
    """
    held = sorted(sessions)
    last = max(record_to, on if on.year <= record_to.year + 1 else record_to)
    first = min([day for day, _ in held], default=min(since, record_to))
    scale = Scale(date(first.year, 1, 1), _year_out(last))
    marks = [YearMark(scale.percent(day), str(day.year), _anchor(scale.at(day))) for day in scale.years(7)]
    return Rail(
        tuple(Tick(scale.percent(day), weighty) for day, weighty in held),
        tuple(marks),
        scale.percent(record_to),
        scale.percent(on),
        show_day(on),
        scale.at(on) < 30,
        f"{'Sessions' if held else 'The record'} since {first.year}; this page stands at {show_day(on)}",
    )


def _year_out(day: date) -> date:
    return date(min(day.year + 1, date.max.year), 1, 1)


def _anchor(x: float) -> str:
    return "start" if x < 2 else "end" if x > 98 else "middle"
