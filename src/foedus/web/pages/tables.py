"""Tables that sort, without a script: each sortable column's head is a link to the same page, sorted by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from foedus.engine.timelines import STATUSES
from foedus.terms.dates import When
from foedus.terms.words import folded
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure

Row = TypeVar("Row")
Of = Callable[[Row], Any]
Way = Literal["", "ascending", "descending"]


class Column(NamedTuple, Generic[Row]):
    """A column: its head, and where it sorts, its name in addresses and what a row has in it (None comes last). `spare`:
    it is left out where no row has anything in it.
    """

    text: str
    name: str = ""
    of: Of[Row] | None = None
    spare: bool = False

    def empty(self, rows: Sequence[Row]) -> bool:
        """Whether it is to be left out of a table of these rows."""
        return self.spare and self.of is not None and all(in_order(self.of(row)) is None for row in rows)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `way` is not empty where the table is sorted by it."""

    text: str
    href: str
    way: Way


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A table, sorted; `id` is its place on the page, `left_out` the names of the columns that it does without,
    `asked`: whether it is sorted because the reader asked for it.
    """

    id: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    left_out: frozenset[str] = frozenset()
    asked: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


def table(
    visit: Visit, name: str, columns: Sequence[Column[Row]], rows: Sequence[Row], by: str = ""
) -> Table[Row]:
    """The table of that name with its rows as asked for; else as they stand, which is in order of the column `by`.

    `?sort=since` sorts a page's only table (whose name is empty) by its column `since`, `?sort=-heads.since` the table
    `heads` by that column, from its end. Rows alike in it stay in the order in which they stand.
    """
    prefix = f"{name}." if name else ""
    visit.columns.update(prefix + column.name for column in columns if column.of is not None)
    asked, backwards = visit.sort.removeprefix("-"), visit.sort.startswith("-")
    chosen = next((c for c in columns if c.of is not None and prefix + c.name == asked), None)
    if chosen is not None and chosen.of is not None:
        rows = _sorted(rows, chosen.of, backwards=backwards)
    now = chosen.name if chosen is not None else by
    way: Way = "descending" if chosen is not None and backwards else "ascending"
    place = f"t-{name or 'table'}"
    left_out = frozenset(column.name for column in columns if column.empty(rows))
    heads = tuple(
        _head(visit, c, prefix + c.name, place, way if c.name == now else "")
        if c.of is not None and len(rows) > 1
        else Head(c.text, "", "")
        for c in columns
        if c.name not in left_out
    )
    return Table(place, heads, tuple(rows), left_out, chosen is not None)


def _head(visit: Visit, column: Column[Row], name: str, place: str, way: Way) -> Head:
    """The head of a column; where the table is sorted by it, its link turns the rows round."""
    turned = "-" if way == "ascending" else ""
    return Head(column.text, visit.to.here(turned + name, place), way)


def _sorted(rows: Sequence[Row], of: Of[Row], *, backwards: bool) -> list[Row]:
    keyed = [(in_order(of(row)), row) for row in rows]
    there = sorted(
        (pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=backwards
    )
    return [row for _, row in there] + [row for key, row in keyed if key is None]


def in_order(value: Any) -> Any:
    """What a value is sorted by: names by their letters, days by the first they may be, the surest and the strongest
    first. Nothing there is None.
    """
    match value:
        case None | "":
            return None
        case str():
            return folded(value)
        case Link():
            return folded(value.text) or None
        case When():
            return value.earliest, value.latest
        case Sure():
            return -[status.replace("-", " ") for status in STATUSES].index(value.word)
        case Strength():
            return -value.strokes, value.word, value.hedged
        case _:
            return value
