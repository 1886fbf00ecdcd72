"""The CSTO's record against itself: who is said to have sat, and to have spoken, could by the rest of the record.

Who speaks for a state without being recorded as its head is listed here, with the office the entries give.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest

import foedus
from foedus.engine.persons import head_course
from foedus.engine.standing import ORGANISATION
from foedus.engine.worlds import at
from foedus.record.acts import Appointment, Attendance, NationalOffice, Row, Session, Statement
from foedus.secretariat import Organisation
from foedus.terms.offices import GUEST, Role

CHARTER_IN_FORCE = date(2003, 9, 18)

# states that were at a session without being a party, each with the session
GUESTS = {("2021-08-23/online", "UZB")}

# who speaks for a state and is not recorded as its head, with the office the entries give
NO_HEADS = {
    ("ARM", "Ani Badalian"): "spokeswoman of the foreign ministry",
    ("ARM", "Shavarsh Kocharyan"): "deputy foreign minister",
    ("BLR", "Andrei Popov"): "spokesman of the foreign ministry",
    ("BLR", "Sergei Aleinik"): "foreign minister",
    ("RUS", "Dmitry Peskov"): "spokesman of the president",
    ("RUS", "Maria Zakharova"): "spokeswoman of the foreign ministry",
    ("RUS", "Sergei Lavrov"): "foreign minister",
    ("RUS", "Viktor Vasilyev"): "permanent representative",
}


@pytest.fixture(scope="module")
def csto() -> Organisation:
    return foedus.load("csto")


def rows(organisation: Organisation) -> Iterator[tuple[Session, Row]]:
    """Each row of each attendance, with its session."""
    for attendance in organisation.record.of_kind(Attendance):
        session = organisation.record.by_id[attendance.session]
        assert isinstance(session, Session)
        for row in attendance.rows:
            yield session, row


def may_be_party(organisation: Organisation, state: str, day: date) -> bool:
    """Whether some world has the state a party: of the Treaty before the Charter, of the organisation since."""
    of = "treaty" if day < CHARTER_IN_FORCE else ORGANISATION
    possible = organisation.standing().party(state, of).at(day).possible
    return any(p.holder is not None and p.holder.as_ == "member" for p in possible)


def roles(organisation: Organisation, state: str, person: str, day: date) -> set[str]:
    """The national roles the person may have had on the day."""
    return {
        role
        for role in get_args(Role)
        for value, _ in at(head_course(organisation.record, state, role), day).cells
        if value.holder is not None and value.holder.person == person
    }


def spoken_on(organisation: Organisation, statement: Statement) -> date:
    """The day of a statement, else of its session, else the last day of the record."""
    session = organisation.record.by_id.get(statement.session or "")
    if statement.dated is not None:
        return statement.dated.latest
    return session.when.latest if isinstance(session, Session) else organisation.record.about.record_to


def speakers(organisation: Organisation) -> Iterator[tuple[Statement, tuple[str, str], list[NationalOffice]]]:
    """Each statement by a person for a state, with the offices of it the person had had by then."""
    offices = list(organisation.record.of_kind(NationalOffice))
    for statement in organisation.record.of_kind(Statement):
        if not (statement.by.state and statement.by.person):
            continue
        day, who = spoken_on(organisation, statement), (statement.by.state, statement.by.person)
        held = [o for o in offices if (o.state, o.person) == who and o.from_.earliest <= day]
        yield statement, who, held


def test_a_state_at_a_session_was_a_party_that_day_or_is_a_guest_by_name(csto: Organisation) -> None:
    there = [(session, row) for session, row in rows(csto) if row.state]
    others = {
        (session.id, row.state): row.capacity
        for session, row in there
        if not may_be_party(csto, str(row.state), session.when.latest)
    }
    assert others == dict.fromkeys(GUESTS, GUEST)
    assert len(there) > 90


def test_whoever_is_named_for_a_state_had_the_role_in_which_they_sat(csto: Organisation) -> None:
    named = [(session, row) for session, row in rows(csto) if row.state and row.person]
    for session, row in named:
        held = roles(csto, str(row.state), row.person, session.when.latest)
        assert row.role in held if row.role else held, f"{session.id}: {row.person}, {row.role}"
    assert {row.how for _, row in named} >= {"present", "represented"}


def test_whoever_is_named_as_an_officer_of_the_organisation_had_that_office(csto: Organisation) -> None:
    offices = csto.standing().offices()
    officers = [(session, row) for session, row in rows(csto) if row.capacity in offices]
    for session, row in officers:
        holder = csto.who(str(row.capacity), session.when.latest).holder
        assert holder is not None
        assert holder.person == row.person, session.id
    assert officers


def test_whoever_speaks_for_a_state_had_held_an_office_of_it_or_is_explained(csto: Organisation) -> None:
    found = {who: statement.by.office for statement, who, held in speakers(csto) if not held}
    assert found == {who: NO_HEADS.get(who) for who in found}


def test_nobody_explained_as_no_head_is_recorded_as_one(csto: Organisation) -> None:
    recorded = {(o.state, o.person) for o in csto.record.of_kind(NationalOffice)}
    assert recorded
    assert not recorded & set(NO_HEADS)


def test_whoever_speaks_in_an_office_of_a_head_had_held_it(csto: Organisation) -> None:
    told = [(s.id, s.by.office, {o.title for o in held}) for s, _, held in speakers(csto) if held]
    assert [name for name, office, titles in told if office and office not in titles] == []
    assert told


def test_whoever_speaks_as_secretary_general_was_or_had_been_it(csto: Organisation) -> None:
    appointed = list(csto.record.of_kind(Appointment))
    spoken = [s for s in csto.record.of_kind(Statement) if s.by.office == "Secretary General"]
    for statement in spoken:
        day = spoken_on(csto, statement)
        assert any(a.person == statement.by.person and a.from_.earliest <= day for a in appointed), (
            statement.id
        )
    assert spoken


def test_nobody_speaks_at_a_session_for_a_state_that_was_absent(csto: Organisation) -> None:
    absent = {(session.id, row.state) for session, row in rows(csto) if row.how == "absent"}
    spoke = {(s.session, s.by.state) for s in csto.record.of_kind(Statement) if s.session and s.by.state}
    assert absent
    assert spoke
    assert not absent & spoke
