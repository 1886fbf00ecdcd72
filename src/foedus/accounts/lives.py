"""What the record holds of one state, and of one person: every entry that names them, each in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from foedus.accounts.mentions import mentions
from foedus.accounts.tenures import Tenure, tenures
from foedus.engine.reasons import Holder
from foedus.engine.standing import Standing
from foedus.record.acts import (
    Affiliation,
    AnyAct,
    Appointment,
    Attendance,
    Designation,
    Entry,
    Expect,
    Mandate,
    Membership,
    NationalOffice,
    Request,
    Response,
    Row,
    Session,
    Statement,
)
from foedus.terms.words import slug

Act = TypeVar("Act", bound=Entry)


@dataclass(frozen=True, slots=True)
class Came:
    """One line of an attendance: the entry, and the session it is of."""

    entry: Attendance
    session: Session
    row: Row


@dataclass(frozen=True, slots=True)
class Life:
    """One state or person on record. `heads` are national offices (of the state, or held by the person); `told` the
    entries that rest on the person's word; `others` whatever else names them.
    """

    name: str
    heads: tuple[NationalOffice, ...]
    appointments: tuple[Appointment, ...]
    tenures: tuple[Tenure, ...]
    affiliations: tuple[Affiliation, ...]
    hosted: tuple[Session, ...]
    came: tuple[Came, ...]
    said: tuple[Statement, ...]
    requests: tuple[AnyAct, ...]
    handovers: tuple[Designation, ...]
    expected: tuple[Expect, ...]
    tasks: tuple[Mandate, ...]
    told: tuple[AnyAct, ...]
    others: tuple[AnyAct, ...]


def state_life(standing: Standing, code: str) -> Life | None:
    """What is on record of a state; None where no entry names it."""
    entries = mentions(standing).states.get(code)
    if entries is None:
        return None
    theirs = _Theirs(
        lambda row: row.state == code, lambda said: said.by.state == code, lambda holder: holder.state == code
    )
    return _life(standing, code, entries, theirs)


def person_life(standing: Standing, person: str) -> Life | None:
    """What is on record of a person, by the name in their address; None where no entry names them."""
    found = mentions(standing)
    if person not in found.persons:
        return None
    theirs = _Theirs(
        lambda row: slug(row.person) == person,
        lambda said: slug(said.by.person) == person,
        lambda holder: slug(holder.person or "") == person,
    )
    return _life(standing, found.names[person], found.persons[person], theirs, found.words.get(person, ()))


class _Theirs(NamedTuple):
    """What tells that a line of attendance, a statement, an office is theirs."""

    row: Callable[[Row], bool]
    said: Callable[[Statement], bool]
    held: Callable[[Holder], bool]


def _life(
    standing: Standing,
    name: str,
    entries: Sequence[AnyAct],
    theirs: _Theirs,
    told: tuple[AnyAct, ...] = (),
) -> Life:
    heads = sorted(_kind(entries, NationalOffice), key=lambda e: (e.from_.earliest, e.role))
    appointments = _kind(entries, Appointment)
    came = tuple(_came(standing, entries, theirs.row))
    said = tuple(entry for entry in _kind(entries, Statement) if theirs.said(entry))
    asked = tuple(e for e in entries if isinstance(e, Request | Response))
    affiliations = _kind(entries, Affiliation)
    handovers, expected = _kind(entries, Designation), _kind(entries, Expect)
    hosted = tuple(entry for entry in _kind(entries, Session) if entry.host == name)
    tasks = _kind(entries, Mandate)
    placed = {
        entry.id
        for part in (heads, appointments, affiliations, said, asked, handovers, expected, hosted, tasks)
        for entry in part
    } | {each.entry.id for each in came}
    others = tuple(e for e in entries if e.id not in placed and not isinstance(e, Membership))
    return Life(
        name,
        tuple(heads),
        appointments,
        tenures(standing, theirs.held),
        affiliations,
        hosted,
        came,
        said,
        asked,
        handovers,
        expected,
        tasks,
        tuple(entry for entry in told if entry.id not in placed),
        others,
    )


def _kind(entries: Iterable[AnyAct], kind: type[Act]) -> tuple[Act, ...]:
    return tuple(entry for entry in entries if isinstance(entry, kind))


def _came(standing: Standing, entries: Iterable[AnyAct], is_row: Callable[[Row], bool]) -> list[Came]:
    """Every line that is theirs, in order of the sessions' time."""
    by_id = standing.record.by_id
    found = []
    for entry in _kind(entries, Attendance):
        session = by_id.get(entry.session)
        if isinstance(session, Session):
            found += [Came(entry, session, row) for row in entry.rows if is_row(row)]
    return sorted(found, key=lambda each: (each.session.when.latest, each.session.when.began))
