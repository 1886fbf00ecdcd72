"""Whom a reading alone seats, against every world written out; and random records under readings, which never fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.charter.read import read_charter
from foedus.charter.readings import read_as, reading_names
from foedus.engine.standing import Standing
from foedus.engine.tenures import UNSAID
from foedus.record.about import ABOUT
from foedus.record.acts import ACTS
from foedus.record.record import Record
from tests.properties import records

READINGS = (
    "readings: [{name: closing, held by: [{practice: true}], basis: practice, holder: {role: head-of-state, of: next host}}, "
    "{name: in-turn, held by: [{practice: true}], basis: practice, "
    "holder: {rotation: {among: council, order: name, language: en}, role: head-of-state}}]"
)
CHARTER, *_ = read_charter(
    [
        (
            "charter.md",
            records.CHARTER.replace(
                "unless: {designation: {by: council}}, ",
                f"unless: {{designation: {{by: council}}}}, {READINGS}, ",
            ),
        )
    ]
)
STATES = records.STATES  # in the order of their names: Armenia, Belarus, Kazakhstan
FIRST = date(2020, 1, 4)  # the first text of the rule is in force from the day before on
HEAD = ABOUT.adapter.validate_python(
    {
        "id": "league", "name": "League", "short": "L", "instruments": ("charter.md",), "record to": "2020-01-19",
        "coverage": tuple({"kind": kind, "grade": "complete"} for kind in ("membership", "session", "designation")),
    }
)  # fmt: skip
Sitting = tuple[
    str | None, bool, str | None, bool
]  # host, whether its type is vague, handed to whom, for the time being
SITTINGS = st.lists(
    st.tuples(
        st.sampled_from([None, *STATES]), st.booleans(), st.sampled_from([None, None, *STATES]), st.booleans()
    ),
    min_size=1,
    max_size=7,
)


def entry(name: str, **says: Any) -> Any:
    envelope = {"id": name, "recorded": "2020-02-01", "recorded by": "us", "evidence": ({"source": "page"},)}
    return ACTS.adapter.validate_python({**envelope, **{key.replace("_", " "): v for key, v in says.items()}})


def record(sittings: Sequence[Sitting]) -> Record:
    entries = [
        entry(s, kind="membership", party=s, of="organisation", **{"from": "2019-01-01"}) for s in STATES
    ]
    for number, (host, vague, to, passing) in enumerate(sittings):
        day = (FIRST + timedelta(days=2 * number)).isoformat()
        hosted = {"host": host} if host else {}
        kind: Any = {"one of": ("regular", "special")} if vague else "regular"
        entries.append(entry(str(number), kind="session", organ="council", type=kind, on=day, **hosted))
        if to:
            entries.append(
                entry(
                    f"to{number}", kind="designation", office="chair", opened_by=str(number), to=to, effective=day,
                    authority="decided", temporary=passing,
                )
            )  # fmt: skip
    return Record(HEAD, {}, tuple(entries), {})


def worlds(sittings: Sequence[Sitting]) -> list[list[int]]:
    """Which sessions open a term, in every world: a vague one does or does not, but for one that is handed over for."""
    opens = [(True, False) if vague and to is None else (True,) for _, vague, to, _ in sittings]
    return [[number for number, does in enumerate(world) if does] for world in product(*opens)]


def closing(sittings: Sequence[Sitting]) -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for world in worlds(sittings):
        for here, following in zip(world, [*world[1:], None][: len(world)], strict=True):
            whom = UNSAID if following is None else sittings[following][0]
            found.setdefault(str(here), set()).add(whom)
    return found


def in_turn(sittings: Sequence[Sitting]) -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for world in worlds(sittings):
        last: str | None = None
        for number in world:
            turn = None if last is None else STATES[(STATES.index(last) + 1) % len(STATES)]
            found.setdefault(str(number), set()).add(turn or UNSAID)
            _, _, to, passing = sittings[number]
            last = turn if to is None else last if passing else to
    return found


def seats(sittings: Sequence[Sitting], reading: str) -> dict[str, set[str | None]]:
    standing = Standing(read_as(CHARTER, {"chair": reading}), record(sittings))
    return {term: set(whom) for term, whom in standing.defaults("chair").items()}


@given(SITTINGS)
def test_the_next_host_is_that_of_every_world(sittings: list[Sitting]) -> None:
    assert seats(sittings, "closing") == closing(sittings)


@given(SITTINGS)
def test_the_turn_is_that_of_every_world(sittings: list[Sitting]) -> None:
    assert seats(sittings, "in-turn") == in_turn(sittings)


@settings(max_examples=40)  # each is a record of many worlds, under every reading
@given(st.data())
def test_no_record_fails_under_any_reading(data: st.DataObject) -> None:
    found = records.record(lambda low, high: data.draw(st.integers(low, high)), data.draw(st.integers(0, 8)))
    for name in reading_names(CHARTER, "chair"):
        standing = Standing(read_as(CHARTER, {"chair": name}), found)
        for segment in standing.office("chair").segments:
            assert segment.reason.branches
            for branch in segment.reason.branches:
                assert branch.grounds


@settings(max_examples=40)  # each is a record of many worlds, under every reading
@given(st.data())
def test_readings_that_nobody_asks_under_change_nothing(data: st.DataObject) -> None:
    found = records.record(lambda low, high: data.draw(st.integers(low, high)), data.draw(st.integers(0, 8)))
    with_them, without = Standing(CHARTER, found), Standing(records.charter(), found)
    assert _told(with_them) == _told(without)


def _told(standing: Standing) -> list[tuple[object, ...]]:
    """Every segment with its reason as told: what tells it is made anew for each standing."""
    return [
        (
            s.start,
            s.end,
            s.status,
            s.possible,
            s.authority,
            [(b.holder, b.ways, b.grounds) for b in s.reason.branches],
        )
        for s in standing.office("chair").segments
    ]
