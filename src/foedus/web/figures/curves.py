"""Shares over time as steps: one line a name, over years, on one scale from nothing to the largest, named at its end.

Lines differ by tone and weight alone: dashes and colours say elsewhere how sure an answer is, and who speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.web.figures.labels import apart, short
from foedus.web.figures.scale import Scale, number

WIDTH, LOWEST = 640.0, 240.0
GAP, EDGE = 16.0, 8.0  # between two names, and from the highest and lowest to the ends
TONES = 4
Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line, as an SVG path; `names` are all who follow it, `tone` how it is drawn, `ended` whether before the last day."""

    names: tuple[str, ...]
    path: str
    tone: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside the end of lines, and in less room; the height of these, of the name, and the tone; `names`: all."""

    text: str
    brief: str
    names: tuple[str, ...]
    at: str
    place: str
    base: str
    tone: int


@dataclass(frozen=True, slots=True)
class Curves:
    """The figure, those in front last. `years`: where each lies in percent of the width, and what it is called; `most`: the
    share at the top.
    """

    curves: tuple[Curve, ...]
    labels: tuple[Label, ...]
    years: tuple[tuple[str, str], ...]
    most: str
    width: float
    height: float


def curves(
    days: Sequence[date], shares: Mapping[str, Sequence[float | None]], called: Callable[[str], str]
) -> Curves:
    """The shares of each code on two days or more, None where it has none; codes with equal shares throughout are one line,
    lines that end at the same share have one name. `called`: the name of a code.
    """
    most = max((s for row in shares.values() for s in row if s is not None), default=0.0) or 1.0
    end = days[-1] + (days[-1] - days[-2])
    scale = Scale(days[0], end, WIDTH)
    starts, ends = [scale.at(day) for day in days], [scale.at(day) for day in (*days[1:], end)]
    alike: dict[Row, list[str]] = {}
    last: dict[float, list[str]] = {}
    for code, row in shares.items():
        alike.setdefault(tuple(row), []).append(code)
        if row[-1] is not None:
            last.setdefault(row[-1], []).append(code)
    height = max(LOWEST, 2 * EDGE + GAP * (len(last) - 1))
    tones = {share: at % TONES for at, share in enumerate(sorted(last, reverse=True))}
    drawn = (
        Curve(
            tuple(called(code) for code in codes),
            _path(starts, ends, row, (most, height)),
            tones.get(row[-1], 0) if row[-1] is not None else TONES,
            row[-1] is None,
        )
        for row, codes in alike.items()
    )
    years = tuple((number(100 * at / WIDTH), str(day.year)) for at, day in zip(starts, days, strict=True))
    named = _labels(last, tones, called, (most, height))
    ordered = tuple(sorted(drawn, key=lambda curve: not curve.ended))
    return Curves(ordered, named, years, f"{most:.1%}", WIDTH, height)


def _labels(
    last: Mapping[float, list[str]],
    tones: Mapping[float, int],
    called: Callable[[str], str],
    size: tuple[float, float],
) -> tuple[Label, ...]:
    wanted = [_height(share, size) for share in last]
    places = apart(wanted, GAP, EDGE, size[1] - EDGE)
    return tuple(
        Label(
            short(codes, names, 5),
            short(codes, names, 3),
            tuple(names),
            number(at),
            number(place),
            number(place + 4),  # the middle of a name lies this much above the line it stands on
            tones[share],
        )
        for (share, codes), at, place in zip(last.items(), wanted, places, strict=True)
        for names in ([called(code) for code in codes],)
    )


def _height(share: float, size: tuple[float, float]) -> float:
    most, height = size
    return EDGE + (height - 2 * EDGE) * (1 - share / most)


def _path(starts: Sequence[float], ends: Sequence[float], row: Row, size: tuple[float, float]) -> str:
    parts, on = [], False
    for start, end, share in zip(starts, ends, row, strict=True):
        if share is not None:
            parts.append(f"{'L' if on else 'M'}{number(start)} {number(_height(share, size))} H{number(end)}")
        on = share is not None
    return " ".join(parts)
