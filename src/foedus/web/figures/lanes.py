"""A timeline drawn in lanes, one for each holder: wide with time running right, tall with time running down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from foedus.terms.dates import show_day
from foedus.web.figures.scale import Scale, number

Shape = Literal["bar", "acting", "between", "expected", "rival", "rivals"]
Mark = Literal["host", "maybe", "other"]
Point = tuple[date, float]  # a day, and an offset from the middle of the lane
HALF = 7.0


class Piece(NamedTuple):
    """A stretch of one lane. `gives way`: tapers off towards its end; `takes over`: grows from its start."""

    lane: int
    start: date
    end: date
    shape: Shape
    label: str = ""
    gives_way: bool = False
    takes_over: bool = False


class Event(NamedTuple):
    """A session, on the lane it belongs to."""

    lane: int
    day: date
    mark: Mark
    says: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be drawn, before any geometry. `codes` are short names of the lanes, where they have any."""

    lanes: tuple[str, ...]
    codes: tuple[str, ...]
    pieces: tuple[Piece, ...]
    events: tuple[Event, ...]
    start: date
    end: date
    on: date
    record_to: date


class Path(NamedTuple):
    """A path and the class that says what it is."""

    css: str
    d: str
    says: str = ""


class Label(NamedTuple):
    """A word in the figure."""

    css: str
    x: str
    y: str
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One figure: its size, and paths and words in the order they are printed."""

    width: int
    height: int
    paths: tuple[Path, ...]
    labels: tuple[Label, ...]


def drawings(plan: Plan) -> tuple[Drawing, Drawing]:
    """The wide and the tall drawing of one plan."""
    return _Wide(plan).drawing(), _Tall(plan).drawing()


class _Figure:
    """What both drawings share: which shapes a plan has, in days and offsets."""

    def __init__(self, plan: Plan, scale: Scale) -> None:
        self.plan, self.scale = plan, scale

    def xy(self, lane: int, point: Point) -> tuple[float, float]:
        """Where a day and an offset of a lane lie on paper."""
        raise NotImplementedError

    def polygon(self, css: str, lane: int, points: Sequence[Point]) -> Path:
        corners = [" ".join(number(c) for c in self.xy(lane, point)) for point in points]
        return Path(css, f"M{'L'.join(corners)}Z")

    def shapes(self) -> Iterable[Path]:
        """Bars, tapers and outlines of all pieces."""
        for p in self.plan.pieces:
            a, b = p.start, p.end
            if p.shape == "bar":
                css = "bar own" if p.label else "bar"
                yield self.polygon(css, p.lane, [(a, -HALF), (b, -HALF), (b, HALF), (a, HALF)])
                continue
            if p.shape == "rivals":  # two views of one thing, in one lane
                yield self.polygon("rival", p.lane, [(a, -HALF), (b, -HALF), (b, -1.5), (a, -1.5)])
                yield self.polygon("rival", p.lane, [(a, 1.5), (b, 1.5), (b, HALF), (a, HALF)])
                continue
            if p.gives_way:
                yield self.polygon("bar", p.lane, [(a, -HALF), (b, HALF), (a, HALF)])
            if p.takes_over:
                yield self.polygon("bar", p.lane, [(a, HALF), (b, -HALF), (b, HALF)])
            rim = HALF + 0.5 if p.shape != "rival" else HALF / 2
            yield self.polygon(p.shape, p.lane, [(a, -rim), (b, -rim), (b, rim), (a, rim)])

    def events(self, size: float) -> Iterable[Path]:
        """Diamonds and circles for sessions."""
        for event in self.plan.events:
            x, y = self.xy(event.lane, (event.day, 0))
            if event.mark == "other":
                r = size / 2
                d = f"M{number(x - r)} {number(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
            else:
                d = (
                    f"M{number(x)} {number(y - size)}L{number(x + size)} {number(y)}"
                    f"L{number(x)} {number(y + size)}L{number(x - size)} {number(y)}Z"
                )
            css = {"host": "host", "maybe": "host maybe", "other": "other"}[event.mark]
            yield Path(css, d, event.says)

    def on_day(self) -> bool:
        return self.scale.holds(self.plan.on)


class _Wide(_Figure):
    """Time runs right; names of lanes stand at the left, names of persons above their bars."""

    WIDTH = 1136

    def __init__(self, plan: Plan) -> None:
        self.step, self.top = (40, 70) if any(piece.label for piece in plan.pieces) else (26, 52)
        self.left = max(104, 14 + max((round(len(name) * 6.9) for name in plan.lanes), default=0))
        super().__init__(plan, Scale(plan.start, plan.end, self.WIDTH - self.left, self.left))
        self.bottom = self.top + self.step * len(plan.lanes) - 4

    def xy(self, lane: int, point: Point) -> tuple[float, float]:
        return self.scale.at(point[0]), self.top + self.step * lane + point[1]

    def drawing(self) -> Drawing:
        return Drawing(
            self.WIDTH, round(self.bottom + 14), tuple(self._paths()), (*self._axis_labels(), *self._names())
        )

    def _paths(self) -> Iterable[Path]:
        for year in self.scale.years(24):
            yield Path("year", f"M{number(self.scale.at(year))} 30V{self.bottom}")
        for lane in range(len(self.plan.lanes)):
            yield Path("lane", f"M{self.left} {self.top + self.step * lane}H{self.WIDTH}")
        yield from self.shapes()
        if self.scale.holds(self.plan.record_to):
            yield Path("knownday", f"M{number(self.scale.at(self.plan.record_to))} 30V{self.bottom}")
        if self.on_day():
            x = number(self.scale.at(self.plan.on))
            flag = 9 if self._turned() else -9
            yield Path("halo", f"M{x} 22V{self.bottom}")
            yield Path("onday", f"M{x} 4V{self.bottom}")
            yield Path("onflag", f"M{x} 4h{flag}L{x} 13Z")
        yield from self.events(5.5)

    def _turned(self) -> bool:
        return self.scale.at(self.plan.on) < self.left + 150

    def _axis_labels(self) -> Iterable[Label]:
        for year in self.scale.years(24):
            x = self.scale.at(year)
            if x < self.WIDTH - 26:
                yield Label("num", number(x + 3), "26", str(year.year))
        for lane, name in enumerate(self.plan.lanes):
            yield Label("rowlabel", "0", number(self.top + self.step * lane + 4), name)
        if self.on_day():
            dx, anchor = (13, "start") if self._turned() else (-13, "end")
            place = number(self.scale.at(self.plan.on) + dx)
            yield Label("ontext", place, "13", show_day(self.plan.on), anchor)

    def _names(self) -> Iterable[Label]:
        """Names above bars, left out where the one before still takes the room."""
        taken: dict[int, float] = {}
        for p in self.plan.pieces:
            if not p.label or not any(self.plan.codes):
                continue
            x, width = self.scale.at(p.start), len(p.label) * 6.4
            at_end = x + width > self.WIDTH
            if x < taken.get(p.lane, 0.0) or (at_end and self.WIDTH - width < taken.get(p.lane, 0.0)):
                continue
            taken[p.lane] = x + width + 4
            y = number(self.top + self.step * p.lane - 11)
            place = number(self.WIDTH) if at_end else number(x)
            yield Label("num", place, y, p.label, "end" if at_end else "start")


class _Tall(_Figure):
    """Time runs down, for a phone; lanes are columns. Where they stand too close for their codes, years are longer and
    each bar has its code beside it.
    """

    WIDTH, LEFT, TOP, YEAR, LONG_YEAR, CLOSE = 358, 40, 34, 40, 180, 28

    def __init__(self, plan: Plan) -> None:
        self.step = (self.WIDTH - self.LEFT) / max(len(plan.lanes), 1)
        self.close = self.step < self.CLOSE and any(plan.codes)
        years = (plan.end - plan.start).days / 365.25
        length = years * (self.LONG_YEAR if self.close else self.YEAR)
        super().__init__(plan, Scale(plan.start, plan.end, length, self.TOP))
        self.bottom = self.TOP + length

    def middle(self, lane: int) -> float:
        return self.LEFT + self.step * (lane + 0.5)

    def xy(self, lane: int, point: Point) -> tuple[float, float]:
        return self.middle(lane) + point[1], self.scale.at(point[0])

    def drawing(self) -> Drawing:
        height = round(self.bottom + 8)
        return Drawing(self.WIDTH, height, tuple(self._paths()), tuple(self._labels()))

    def _paths(self) -> Iterable[Path]:
        for lane in range(len(self.plan.lanes)):
            yield Path("lane", f"M{number(self.middle(lane))} 30V{number(self.bottom)}")
        for year in self.scale.years(60):
            yield Path("year", f"M0 {number(self.scale.at(year))}H{self.WIDTH}")
        yield from self.shapes()
        if self.scale.holds(self.plan.record_to):
            yield Path("knownday", f"M36 {number(self.scale.at(self.plan.record_to))}H{self.WIDTH}")
        if self.on_day():
            y = number(self.scale.at(self.plan.on))
            yield Path("halo", f"M36 {y}H{self.WIDTH}")
            yield Path("onday", f"M0 {y}H{self.WIDTH}")
            yield Path("onflag", f"M0 {y}v-9L9 {y}Z")
        yield from self.events(5)

    def _labels(self) -> Iterable[Label]:
        crowded = max(map(len, self.plan.codes), default=0) * 7.5 > self.step
        for lane, code in enumerate(self.plan.codes if not self.close else ()):
            line = "24" if crowded and lane % 2 else "10" if crowded else "14"  # two, where one is too short
            yield Label("lab", number(self.middle(lane)), line, code, "middle")
        on = self.scale.at(self.plan.on) if self.on_day() else -99.0
        for year in self.scale.years(60):
            y = self.scale.at(year) + 14
            if not on - 16 < y < on + 4 and y < self.bottom:
                yield Label("num", "0", number(y), str(year.year))
        if self.on_day():
            yield Label("ontext num", "12", number(on - 3), f"{self.plan.on.day} {self.plan.on:%b}")
        if self.close or not any(self.plan.codes):
            yield from self._names()

    def _names(self) -> Iterable[Label]:
        for p in self.plan.pieces:
            label = self.plan.codes[p.lane] if self.close else p.label
            if label:
                x, y = self.middle(p.lane), self.scale.at(p.start) + 12
                right = p.lane * 2 < len(self.plan.lanes)
                dx, anchor = (11, "start") if right else (-11, "end")
                yield Label("num", number(x + dx), number(y), label, anchor)
