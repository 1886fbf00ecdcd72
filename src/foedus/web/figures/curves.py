"""Shares over time as steps: one line a name, over years, on one scale from nothing to the largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.web.figures.scale import Scale, number

WIDTH, HEIGHT = 640.0, 200.0


@dataclass(frozen=True, slots=True)
class Curve:
    """One line, as an SVG path; `names` are all who follow it."""

    names: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Curves:
    """The figure. `years`: where each lies, and what it is called; `most`: the share at the top."""

    curves: tuple[Curve, ...]
    years: tuple[tuple[str, str], ...]
    most: str
    width: float
    height: float


def curves(days: Sequence[date], shares: Mapping[str, Sequence[float | None]]) -> Curves:
    """The shares of each name on two days or more, None where it has none; names with equal shares throughout are one line."""
    most = max((s for row in shares.values() for s in row if s is not None), default=0.0) or 1.0
    end = days[-1] + (days[-1] - days[-2])
    scale = Scale(days[0], end, WIDTH)
    alike: dict[tuple[float | None, ...], list[str]] = {}
    for name, row in shares.items():
        alike.setdefault(tuple(row), []).append(name)
    ends = [*days[1:], end]
    drawn = tuple(
        Curve(
            tuple(names), _path([scale.at(day) for day in days], [scale.at(day) for day in ends], row, most)
        )
        for row, names in alike.items()
    )
    years = tuple((number(scale.at(day)), str(day.year)) for day in days)
    return Curves(drawn, years, f"{most:.0%}", WIDTH, HEIGHT)


def _path(starts: Sequence[float], ends: Sequence[float], row: Sequence[float | None], most: float) -> str:
    parts, on = [], False
    for start, end, share in zip(starts, ends, row, strict=True):
        if share is not None:
            at = number(HEIGHT * (1 - share / most))
            parts.append(f"{'L' if on else 'M'}{number(start)} {at} H{number(end)}")
        on = share is not None
    return " ".join(parts)
