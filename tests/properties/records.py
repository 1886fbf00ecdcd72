"""A small league with a random record: vague days, rivals, gaps, corrections, late news, versions of its rules.

`draw(low, high)` gives a number from `low` through `high`, both in: Hypothesis's, or anybody's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from foedus.charter.charter import Charter
from foedus.charter.read import read_charter
from foedus.record.about import ABOUT, About
from foedus.record.acts import ACTS, AnyAct
from foedus.record.record import Record
from foedus.terms.dates import When

Draw = Callable[[int, int], int]
T = TypeVar("T")
STATES = ("ARM", "BLR", "KAZ")
FIRST = date(2020, 1, 1)
DAYS = 40

CHARTER = """\
# Charter

```instrument
id: charter
title: Charter
short: Charter
texts:
  one: {what: as signed, signed: 2019-01-01, in force: {from: 2020-01-03, until: 2020-01-20}, basis: seen}
  two: {what: as changed, signed: 2019-01-01, in force: {from: 2020-01-20}, basis: seen}
```

## Article 1. Members and seats

```rule
{id: members, kind: membership, of: organisation, in force: {from: one}, basis: seen}
```

```rule
{id: council, kind: organ, organ: council, name: Council, in force: {from: one}, basis: seen}
```

```rule
{id: seats, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-state, in force: {from: one, until: two}, basis: seen}
```

```rule
{id: seats, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-state, or: {role: head-of-government, where: national law empowers it}, in force: {from: two}, basis: seen}
```

## Article 2. The chair and the secretary

```rule
{id: chair, kind: office, office: chair, name: Chair, of: council, term: {opened by: session, where: {organ: council, type: regular}}, holder: {role: head-of-state, of: host}, unless: {designation: {by: council}}, in force: {from: one, until: two}, basis: seen}
```

```rule
{id: chair, kind: office, office: chair, name: Chair, of: council, term: {opened by: session, where: {organ: council, type: special}}, holder: {seat in: council, of: host}, unless: {designation: {by: council}}, in force: {from: 2020-01-22, until: 2020-02-05}, basis: seen}
```

```rule
{id: secretary, kind: office, office: secretary, name: Secretary, of: organisation, term: {opened by: appointment}, holder: appointee, in force: {from: one}, basis: seen}
```
"""
COVERED = {
    "membership": ({}, {"party": "ARM"}),
    "national-office": ({}, {"role": "head-of-state"}),
    "national-law": ({},),
    "session": ({}, {"type": "regular"}),
    "designation": ({},),
    "appointment": ({},),
}


def charter() -> Charter:
    found, problems, _ = read_charter([("charter.md", CHARTER)])
    assert not problems, problems
    return found


def written(**says: Any) -> AnyAct:
    """An act as written, with what all have in common."""
    envelope = {"recorded": "2020-01-01", "recorded by": "us", "evidence": ({"source": "page"},)}
    return ACTS.adapter.validate_python(
        envelope | {key.replace("_", " "): value for key, value in says.items()}
    )


def record(draw: Draw, acts: int) -> Record:
    """A head, and so many acts in the order in which they were written."""
    entries: list[AnyAct] = []
    for number in range(acts):
        entries.append(act(draw, number, entries))
    return Record(about(draw), {}, tuple(entries), {})


def settled(draw: Draw, acts: int) -> Record:
    """A record in which no two acts have a day in common, nor two entries the day they were recorded on."""
    entries: list[AnyAct] = []
    taken: list[When] = []
    for number in range(acts):
        made = act(draw, number, entries)
        dates = [when for _, when in made.dates]
        if all(a.latest < b.earliest or b.latest < a.earliest for a in dates for b in taken):
            taken += dates
            recorded = made.recorded.lasted(iso(len(entries)))
            entries.append(made.model_copy(update={"recorded": recorded}))
    return Record(about(draw), {}, tuple(entries), {})


def about(draw: Draw) -> About:
    coverage: list[dict[str, Any]] = []
    for kind, wheres in COVERED.items():
        if draw(0, 3):
            coverage.append({"kind": kind, "grade": "complete"})
        if not draw(0, 2):
            start = draw(0, DAYS)
            grade = _one(draw, ("complete", "partial", "sample"))
            days = {"from": iso(start), "until": iso(start + draw(1, DAYS))}
            coverage.append({"kind": kind, "where": _one(draw, wheres), "grade": grade, **days})
    return head(draw(DAYS // 2, DAYS), coverage)


def head(last: int, coverage: Sequence[dict[str, Any]]) -> About:
    """The head of a record that runs to a day and is as complete as these lines say."""
    says = {"id": "league", "name": "League", "short": "L", "instruments": ("charter.md",)}
    return ABOUT.adapter.validate_python({**says, "record to": iso(last), "coverage": tuple(coverage)})


def act(draw: Draw, number: int, before: Sequence[AnyAct]) -> AnyAct:
    """One more act: of any kind that timelines are made of; sometimes a repair of one before."""
    made: list[tuple[int, Callable[[], dict[str, Any]]]] = [
        (3, lambda: {"kind": "membership", "party": _state(draw), "of": "organisation", **_lasts(draw)}),
        (4, lambda: _national_office(draw, number)),
        (1, lambda: {"kind": "national-law", "state": _state(draw), "empowers": "head-of-government", "fact": "x",
                     **_lasts(draw)}),
        (6, lambda: _session(draw)),
        (1, lambda: {"kind": "appointment", "office": "secretary", "person": f"P{number}", "acting": not draw(0, 2),
                     **_lasts(draw)}),
        (1, lambda: {"kind": "treaty-action", "states": (_state(draw),), "of": "organisation", "action": "announcement",
                     "on": iso(draw(0, DAYS))}),
        (1, lambda: {"kind": "statement", "by": {"state": _state(draw)}, "says": "something"}),
    ]  # fmt: skip
    sessions = [e.id for e in before if e.kind == "session"]
    if sessions:
        made.append((5, lambda: _designation(draw, sessions)))
    if before:
        made.append((1, lambda: {"kind": "withdrawal", "withdraws": _one(draw, before).id}))
    says = _weighed(draw, made)()
    if before and says["kind"] != "withdrawal" and not draw(0, 9):
        says["corrects"] = _one(draw, [e for e in before if e.kind == says["kind"]] or before).id
    envelope = {
        "id": f"e{number}",
        "recorded": iso(draw(0, DAYS)),
        "recorded by": _one(draw, ("us", "us", "them")),
    }
    return ACTS.adapter.validate_python({**envelope, "evidence": ({"source": "page"},), **says})


def _national_office(draw: Draw, number: int) -> dict[str, Any]:
    role = _one(draw, ("head-of-state", "head-of-state", "head-of-government"))
    says = {"role": role, "person": f"P{number}", "title": "T", "acting": not draw(0, 5)}
    return {"kind": "national-office", "state": _state(draw), **says, **_lasts(draw)}


def _session(draw: Draw) -> dict[str, Any]:
    type_ = _one(draw, ("regular", "regular", "special", {"one of": ("regular", "special")}))
    when = _vague(draw)
    says = {"between": when["between"]} if isinstance(when, dict) else {"on": when}
    host = {"host": _state(draw)} if draw(0, 5) else {}
    return {"kind": "session", "organ": "council", "type": type_, **says, **host}


def _designation(draw: Draw, sessions: Sequence[str]) -> dict[str, Any]:
    opened_by = _one(draw, sessions[-3:])
    says = {"office": "chair", "opened by": opened_by, "to": _state(draw), "effective": _vague(draw)}
    return {"kind": "designation", **says, "authority": _one(draw, ("decided", "presumed"))}


def _lasts(draw: Draw) -> dict[str, Any]:
    start = draw(-5, DAYS - 5)
    if draw(0, 2):
        return {"from": _vague(draw, start)}
    return {"from": _vague(draw, start), "until": _vague(draw, start + draw(4, DAYS))}


def _vague(draw: Draw, start: int | None = None) -> Any:
    """A day; one time in eight only a range that it lies in."""
    start = draw(0, DAYS) if start is None else start
    return {"between": f"{iso(start)}/{iso(start + draw(1, 3))}"} if not draw(0, 7) else iso(start)


def _weighed(draw: Draw, choices: Sequence[tuple[int, T]]) -> T:
    return _one(draw, [choice for weight, choice in choices for _ in range(weight)])


def _state(draw: Draw) -> str:
    return _one(draw, STATES)


def _one(draw: Draw, choices: Sequence[T]) -> T:
    return choices[draw(0, len(choices) - 1)]


def iso(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()
