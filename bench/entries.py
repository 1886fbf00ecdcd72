"""The narrative as Foedus reads it: a charter, and validated entries."""

from __future__ import annotations

from typing import Any

from bench.narrative import Lasting, Narrative, day_of

from foedus.charter.charter import Charter
from foedus.charter.read import read_charter
from foedus.record.about import ABOUT
from foedus.record.acts import ACTS, AnyAct
from foedus.record.evidence import SOURCE
from foedus.record.record import Record
from foedus.terms.states import all_states

OFFICE = "chair"
CHARTER = """\
# Charter

```instrument
{id: charter, title: Charter, short: Charter, texts: {first: {what: as signed, signed: 1600-01-01, in force: {from: 1600-01-01}, basis: seen}}}
```

## Article 13. The Council

```rule
{id: members, kind: membership, of: organisation, in force: {from: first}, basis: seen}
```

```rule
{id: council, kind: organ, organ: council, name: Council, in force: {from: first}, basis: seen}
```

```rule
{id: seats, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-state, in force: {from: first}, basis: seen}
```

```rule
id: chair-of-council
kind: office
office: chair
name: Chair of the Council
of: council
term: {opened by: session, where: {organ: council, type: regular}}
holder: {role: head-of-state, of: host}
unless: {designation: {by: council}}
in force: {from: first}
basis: seen
```
"""


def charter() -> Charter:
    found, problems, _ = read_charter([("charter.md", CHARTER)])
    assert not problems, problems
    return found


def entries(told: Narrative) -> tuple[AnyAct, ...]:
    """Memberships, heads, sessions, designations."""
    return (
        *map(membership, told.members),
        *map(head, told.heads),
        *(session(s.day, s.host, "regular" if s.regular else "special") for s in told.sessions),
        *(designation(d.day, d.session, d.to) for d in told.designations),
    )


def membership(m: Lasting) -> AnyAct:
    days = {"from": _day(m.start), "until": _day(m.end)}
    return act("party", m.state, id=f"m-{m.state}-{m.start}", kind="membership", of="organisation", **days)


def head(h: Lasting) -> AnyAct:
    says = {"role": "head-of-state", "person": h.person, "title": "president"}
    says |= {"from": _day(h.start), "until": _day(h.end)}
    return act("state", h.state, id=f"h-{h.person}", kind="national-office", **says)


def session(day: int, host: str, type_: str) -> AnyAct:
    return act("host", host, id=f"s{day}", kind="session", organ="council", type=type_, on=_day(day))


def designation(day: int, session: int, to: str) -> AnyAct:
    says = {"office": OFFICE, "opened by": f"s{session}", "effective": _day(day), "authority": "decided"}
    return act("to", to, id=f"d{session}", kind="designation", **says)


def act(key: str, state: str, **says: Any) -> AnyAct:
    """A validated entry that has the state under `key`. The world has no 600 states, so it is named afterwards."""
    some = next(iter(all_states()))
    envelope = {"recorded": "2025-01-01", "recorded by": "the bench", "evidence": ({"source": "page"},)}
    entry = ACTS.adapter.validate_python(envelope | says | {key: some})
    return entry.model_copy(update={key: state})


def record(days: int, acts: tuple[AnyAct, ...]) -> Record:
    """The acts under a head that declares the record complete."""
    kinds = ("membership", "national-office", "session", "designation")
    about = {
        "id": "bench", "name": "Bench", "short": "B", "instruments": ("charter.md",),
        "record to": _day(days), "coverage": tuple({"kind": kind, "grade": "complete"} for kind in kinds),
    }  # fmt: skip
    sources = {"page": SOURCE.adapter.validate_python({"kind": "agency"})}
    return Record(ABOUT.adapter.validate_python(about), sources, acts, {})


def _day(number: int) -> str:
    return day_of(number).isoformat()
