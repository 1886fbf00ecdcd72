"""Who signed which checkpoints, drawn: a dot where somebody signed, a gap where not. Wide with growth running right, tall
with growth running down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from foedus.web.figures.lanes import Drawing, Label, Path
from foedus.web.figures.scale import number

CSS = {"held": "bar", "wanted": "wanted", "unchecked": "other"}
LONGEST = 22  # letters of a name
LETTER = 7.0
DOT, RING = 6.0, 5.0


class Dot(NamedTuple):
    """What stands where a row and a column cross: `held`, `wanted`, `unchecked` or nothing; and in words."""

    how: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn: checkpoints by size, a row of dots for each signer, whether each counts as the council's
    (squares; none where no policy says what that takes), and how many entries came after the last.
    """

    sizes: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Dot, ...]], ...]
    council: tuple[Dot, ...]
    since: int


def drawings(chart: Chart) -> tuple[Drawing, Drawing]:
    """The wide and the tall drawing."""
    return _wide(chart), _tall(chart)


def _wide(chart: Chart) -> Drawing:
    width, top, row = 768, 62, 32
    left = 34 + max(92, *(min(len(name), LONGEST) * LETTER for name, _ in chart.rows))
    step = min(240.0, (width - left - 124) / max(len(chart.sizes) - 1, 1))
    xs = [left + step * at for at in range(len(chart.sizes))]
    lines = [top + row * at for at in range(len(chart.rows))]
    below = lines[-1] + row + 10
    paths = [Path("lane", f"M{number(left - 18)} {y}H{number(xs[-1] + 18)}") for y in (*lines, below)]
    paths += [Path("year", f"M{number(x)} 30V{below + 14}") for x in xs]
    paths.append(Path("axis", f"M{number(left - 18)} 30H{number(xs[-1])}"))
    paths += [Path("axis", f"M{number(x)} 26V34") for x in xs]
    if chart.since:
        paths.append(Path("knownday", f"M{number(xs[-1])} 30H{number(xs[-1] + 96)}"))
    for y, (_, dots) in zip(lines, chart.rows, strict=True):
        paths += _dots((x, y, dot) for x, dot in zip(xs, dots, strict=True))
    paths += _squares((x, below, dot) for x, dot in zip(xs, chart.council, strict=True))
    names = [
        Label("rowlabel", "0", str(y + 4), _cut(name, LONGEST))
        for y, (name, _) in zip(lines, chart.rows, strict=True)
    ]
    heads = [Label("num", "0", "20", "entries"), *_sizes(chart, xs, step), *_growth(chart, xs, step)]
    return Drawing(
        width,
        below + 22,
        tuple(paths),
        (*heads, *names, Label("rowlabel", "0", str(below + 4), "the council’s")),
    )


def _sizes(chart: Chart, xs: Sequence[float], step: float) -> Iterable[Label]:
    """How long the register was at each checkpoint; at every other only, or fewer, where there is no room."""
    every = int(len(str(chart.sizes[-1])) * 8 / step) + 1 if len(xs) > 1 else 1
    for back, (x, size) in enumerate(zip(reversed(xs), reversed(chart.sizes), strict=True)):
        if back % every == 0:
            yield Label("lab", number(x), "20", str(size), "middle")


def _growth(chart: Chart, xs: Sequence[float], step: float) -> Iterable[Label]:
    """How many entries came between two checkpoints, where there is room, and since the last."""
    if step >= 80:
        for x, one, other in zip(xs, chart.sizes, chart.sizes[1:], strict=False):
            yield Label("num", number(x + step / 2), "20", f"+{other - one}", "middle")
    if chart.since:
        yield Label("num", number(xs[-1] + 30), "20", f"+{chart.since} unsigned")


def _tall(chart: Chart) -> Drawing:
    width, left, top, row = 358, 62, 54, 34
    step = (width - left) / (len(chart.rows) + 1)
    xs = [left + step * (at + 0.5) for at in range(len(chart.rows) + 1)]
    ys = [top + row * at for at in range(len(chart.sizes))]
    paths = [Path("lane", f"M{number(x)} 30V{ys[-1] + 14}") for x in xs]
    paths += [Path("year", f"M{left - 8} {y}H{width}") for y in ys]
    names = [*(_brief(name) for name, _ in chart.rows), "council’s"]
    crowded = max(map(len, names)) * LETTER > step
    most = max(int((1 + crowded) * step / LETTER), 2)
    labels = [
        Label("num", number(x), "8" if crowded and at % 2 == 0 else "21", _cut(name, most), "middle")
        for at, (x, name) in enumerate(zip(xs, names, strict=True))
    ]
    labels += [Label("lab", "0", str(y + 4), str(size)) for y, size in zip(ys, chart.sizes, strict=True)]
    for x, (_, dots) in zip(xs, chart.rows, strict=False):
        paths += _dots((x, y, dot) for y, dot in zip(ys, dots, strict=True))
    paths += _squares((xs[-1], y, dot) for y, dot in zip(ys, chart.council, strict=True))
    if chart.since:
        labels.append(Label("num", "0", str(ys[-1] + 32), f"+{chart.since} unsigned"))
    return Drawing(width, ys[-1] + 42, tuple(paths), tuple(labels))


def _brief(name: str) -> str:
    return name.removeprefix("the ").rpartition("/")[2]


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _dots(places: Iterable[tuple[float, float, Dot]]) -> Iterable[Path]:
    for x, y, dot in places:
        if dot.how:
            r = DOT if dot.how == "held" else RING
            circle = f"M{number(x - r)} {number(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
            yield Path(CSS[dot.how], circle, dot.says)


def _squares(places: Iterable[tuple[float, float, Dot]]) -> Iterable[Path]:
    for x, y, dot in places:
        if dot.how:
            r = RING + 0.5
            yield Path(CSS[dot.how], f"M{number(x - r)} {number(y - r)}h{2 * r}v{2 * r}h{-2 * r}Z", dot.says)
