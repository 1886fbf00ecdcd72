"""Turns against every world and every course of turns in it, counted out one by one.

The naive side settles each vague day in every way that matters, walks the months from every member that may have held
the first, and keeps the walks that pass through all turns on record. Who holds a month in some walk that is left may hold
it, and nobody else. Nothing is shared with the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from foedus.charter.charter import Charter
from foedus.charter.read import read_charter
from foedus.engine.standing import Standing
from foedus.record.about import About
from foedus.record.acts import ACTS, AnyAct
from foedus.record.record import Record
from tests.folders import INSTRUMENT

MONTHS = [date(2001, month, 1) for month in range(1, 10)]
NAMES = ("Aland", "Bland", "Cland", "Dland", "Éland")
STATES = ("FRA", "ITA", "ESP", "PRT", "BEL")
SEATS = """
## Rule 1. The table

```rule
{id: members, kind: membership, of: organisation, in force: {from: c1}, basis: seen}
```

```rule
{id: table, kind: organ, organ: table, name: Table, in force: {from: c1}, basis: seen}
```

```rule
{id: seats, kind: composition, organ: table, seats: each member, of: organisation, holder: representative, in force: {from: c1}, basis: seen}
```

```rule
{id: chair, kind: office, office: chair, name: Chair, of: table, term: {opened by: month}, holder: {rotation: {among: table, order: name, language: en}}, in force: {from: c1}, basis: seen}
```
"""


class Seat(NamedTuple):
    """A member: its name, its first day, and the days between which it left (none: it stayed)."""

    state: str
    name: str
    first: date
    left: tuple[date, date] | None


Out = dict[str, date]  # by state, the day it left
Walk = tuple[str, ...]  # by month, who held it


def charter() -> Charter:
    read, problems, _ = read_charter([("charter.md", INSTRUMENT + SEATS)])
    assert not problems
    return read


CHARTER = charter()
ABOUT = About.model_validate(
    {
        "id": "table",
        "name": "Table",
        "short": "Table",
        "instruments": ("charter.md",),
        "record to": "2001-12-31",
        "coverage": ({"kind": "membership", "grade": "complete"},),
    }
)


def worlds(seats: list[Seat]) -> Iterator[Out]:
    """Every way for vague days to fall that makes a difference on the first day of a month."""
    spans = [
        [date.max]
        if s.left is None
        else sorted({*s.left, *(m for m in MONTHS if s.left[0] < m <= s.left[1])})
        for s in seats
    ]
    for days in product(*spans):
        yield {seat.state: day for seat, day in zip(seats, days, strict=True)}


def walks(seats: list[Seat], out: Out) -> Iterator[Walk]:
    """Every course of turns in a world: from each member of the first month, the next by name month by month."""
    rolls = [
        sorted(
            (seat.name.replace("É", "E"), seat.state) for seat in seats if seat.first <= day < out[seat.state]
        )
        for day in MONTHS
    ]
    for name, state in rolls[0]:
        held, last = [state], name
        for roll in rolls[1:]:
            last, following = next((each for each in roll if each[0] > last), roll[0])
            held.append(following)
        yield tuple(held)


def acts(seats: list[Seat], turns: list[tuple[int, str]]) -> tuple[AnyAct, ...]:
    """The record of the seats, and of turns by the number of their month."""
    shared = {"recorded": "2002-01-01", "recorded by": "the tests", "evidence": ({"known": "recalled"},)}
    found = []
    for state, name, first, left in seats:
        until = {"until": {"between": f"{left[0]}/{left[1]}"}} if left else {}
        found.append(
            {
                "kind": "membership",
                "id": state,
                "party": state,
                "of": "organisation",
                "from": str(first),
                **until,
            }
        )
        found.append(
            {
                "kind": "state-name",
                "id": f"name/{state}",
                "state": state,
                "language": "en",
                "name": name,
                "from": "2000-01-01",
            }
        )
    for month, state in turns:
        on = str(MONTHS[month])[:7]
        found.append({"kind": "turn", "id": f"turn/{on}", "office": "chair", "held by": state, "on": on})
    return tuple(ACTS.adapter.validate_python(shared | act) for act in found)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Seat], list[tuple[int, str]]]:
    """Seats, one of them held throughout, and some turns of one walk in one world."""
    seats = [Seat(STATES[0], draw(st.sampled_from(NAMES)), MONTHS[0], None)]
    others = [name for name in NAMES if name != seats[0].name]
    for state, name in zip(STATES[1 : draw(st.integers(2, 5))], draw(st.permutations(others)), strict=False):
        first = MONTHS[draw(st.sampled_from((0, 0, 0, 2, 5)))]
        left = None
        if draw(st.booleans()):
            begin = first + timedelta(days=draw(st.integers(1, 200)))
            left = (begin, begin + timedelta(days=draw(st.sampled_from((0, 0, 3, 40, 75)))))
        seats.append(Seat(state, name, first, left))
    world = draw(st.sampled_from(list(worlds(seats))))
    walk = draw(st.sampled_from(list(walks(seats, world))))
    months = draw(st.sets(st.integers(0, len(MONTHS) - 1), min_size=1, max_size=4))
    return seats, [(month, walk[month]) for month in sorted(months)]


@given(tables())
def test_a_member_may_hold_a_month_where_some_walk_through_the_turns_on_record_gives_it_that_month(
    table: tuple[list[Seat], list[tuple[int, str]]],
) -> None:
    seats, turns = table
    left = [
        walk
        for world in worlds(seats)
        for walk in walks(seats, world)
        if all(walk[month] == state for month, state in turns)
    ]
    entries = acts(seats, turns)
    line = Standing(CHARTER, Record(ABOUT, {}, entries, {})).office("chair")
    for month, day in enumerate(MONTHS):
        segment = line.at(day)
        given = {p.holder.state for p in segment.possible if p.holder is not None}
        assert given == {walk[month] for walk in left}, day
        assert (segment.status == "certain") == (len(given) == 1)
        assert segment.status in {"certain", "uncertain", "unknown"}
