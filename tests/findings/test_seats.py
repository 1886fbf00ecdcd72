"""Seats against the text in force, and seats by number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import CHARTER_TEXT, SEEN, audited, instance

SEATS = "{id: seats, kind: composition, organ: council, seats: each member, of: organisation, holder: head-of-state, in force: {from: c1}, basis: seen}"
LATER = (
    SEATS.replace("{from: c1}", "{from: c1, until: 2010-01-01}")
    + "\n```\n\n```rule\n"
    + SEATS.replace("{from: c1}", "{from: 2010-01-01}").replace(
        "holder: head-of-state,",
        "holder: head-of-state, or: {role: head-of-government, where: national law empowers it},",
    )
)
LAW = f"id: law, kind: national-law, state: KAZ, empowers: head-of-government, fact: it may sit, from: 2000-01-01, {SEEN}"
PREMIER = (
    f"id: premier, kind: national-office, state: KAZ, role: head-of-government, person: Eve, title: premier, "
    f"from: 2000-01-01, {SEEN}"
)


def sat(row: str, session: str = "s2003") -> str:
    return f"id: sat, kind: attendance, session: {session}, rows: [{{{row}}}], {SEEN}"


STOOD_IN = sat("state: KAZ, person: Eve, role: head-of-government, title: premier, how: represented")


def test_a_role_that_only_a_later_text_admits(tmp_path: Path) -> None:
    charter = CHARTER_TEXT.replace(SEATS, LATER)
    told = instance(audited(tmp_path, LAW, PREMIER, STOOD_IN, charter=charter), "seat-before-rule")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("sat", "s2003"))
    assert "only from 1 January 2010" in told.says


def test_a_role_that_the_text_in_force_admits_is_no_finding(tmp_path: Path) -> None:
    session = f"id: s2011, kind: session, organ: council, type: informal, on: 2011-05-01, host: KAZ, {SEEN}"
    charter = CHARTER_TEXT.replace(SEATS, LATER)
    assert not audited(tmp_path, LAW, PREMIER, session, STOOD_IN.replace("s2003", "s2011"), charter=charter)


def test_a_role_that_no_text_admits(tmp_path: Path) -> None:
    found = audited(tmp_path, STOOD_IN)
    told = instance(found, "seat-by-no-rule")
    assert (told.entries, found["seat-by-no-rule"].shape) == (("sat", "s2003"), "breach")
    assert told.says == (
        "At the regular session of 1 May 2003 Eve stood in for Kazakhstan as premier; the text in force seats the head "
        "of state, and names no proxy."
    )


def test_a_proxy_is_no_finding_where_the_text_allows_one(tmp_path: Path) -> None:
    allowed = CHARTER_TEXT.replace(
        SEATS, SEATS.replace("holder: head-of-state,", "holder: head-of-state, proxy: allowed,")
    )
    assert not audited(tmp_path, STOOD_IN, charter=allowed)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("state: KAZ, person: Cat, role: head-of-state", id="the head of state sat"),
        pytest.param("state: KAZ, person: Eve", id="no role is told"),
        pytest.param("state: KAZ, role: head-of-government, how: absent", id="nobody came"),
        pytest.param("state: KAZ, role: head-of-government, capacity: invited", id="a guest took no seat"),
        pytest.param("state: GEO, role: head-of-government, capacity: invited", id="a guest from no member"),
    ],
)
def test_nobody_took_a_seat_by_no_rule_where(row: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, sat(row))


ATTEND = "id: guests, kind: attendance, organ: council, may attend: [foreign-minister], in force: {from: c1}, basis: seen"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("{state: KAZ, role: foreign-minister}", id="the role may attend"),
        pytest.param(
            "{state: KAZ, role: head-of-government}, {state: KAZ, role: head-of-state}",
            id="the head came too",
        ),
    ],
)
def test_whoever_came_beside_the_seat_took_none(rows: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, sat("X").replace("{X}", rows), rules=ATTEND)


def test_a_role_that_may_attend_does_not_stand_in(tmp_path: Path) -> None:
    row = sat("state: KAZ, role: foreign-minister, how: represented")
    assert set(audited(tmp_path, row, rules=ATTEND)) == {"seat-by-no-rule"}


def test_a_suspended_member_in_its_seat_is_no_finding(tmp_path: Path) -> None:
    out = f"id: out, kind: membership, party: KAZ, of: organisation, status: suspended, from: 2002-01-01, {SEEN}"
    assert not audited(tmp_path, out, sat("state: KAZ"))


def test_it_is_no_finding_where_it_turns_on_law_of_which_the_record_claims_nothing(tmp_path: Path) -> None:
    session = f"id: s2011, kind: session, organ: council, type: informal, on: 2011-05-01, host: KAZ, {SEEN}"
    charter, row = CHARTER_TEXT.replace(SEATS, LATER), STOOD_IN.replace("s2003", "s2011")
    partial = "  - {kind: national-law, grade: partial}\n"
    assert not audited(tmp_path / "sample", session, row, charter=charter)
    assert set(audited(tmp_path / "partial", session, row, charter=charter, coverage=partial)) == {
        "seat-by-no-rule"
    }


def test_a_state_that_was_no_member_in_a_seat(tmp_path: Path) -> None:
    told = instance(audited(tmp_path, sat("state: GEO")), "seat-of-no-member")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("sat", "s2003"))


def test_a_state_that_may_have_been_a_member_in_a_seat_is_no_finding(tmp_path: Path) -> None:
    member = f"id: geo, kind: membership, party: GEO, of: organisation, from: {{between: 2003-01-01/2004-01-01}}, {SEEN}"
    assert not audited(tmp_path, member, sat("state: GEO"))


RING = """\
id: ring-members, kind: membership, of: ring, in force: {from: 2003-01-01}, basis: seen
id: ring, kind: organ, organ: ring-council, name: Ring, in force: {from: 2003-01-01}, basis: seen
id: ring-seats, kind: composition, organ: ring-council, seats: each member, of: ring, classes: {elected: 2}, holder: representative, in force: {from: 2003-01-01}, basis: seen
"""


def elected(state: str, begins: str = "2003-01-01", ends: str = "") -> str:
    until = f"until: {ends}, " if ends else ""
    return f"id: ring-{state}, kind: membership, party: {state}, of: ring, as: elected, from: {begins}, {until}{SEEN}"


def test_fewer_members_than_seats(tmp_path: Path) -> None:
    found = audited(tmp_path, elected("ARM"), elected("BLR", "2003-02-01"), rules=RING)
    told = instance(found, "seats-unfilled")
    assert (told.on, told.entries) == (date(2003, 1, 1), ("ring-ARM",))
    assert (
        told.says
        == "From 1 January 2003 until 1 February 2003 there was 1 elected member; the rule gives 2 seats."
    )


def test_more_members_than_seats_contradict_the_rule(tmp_path: Path) -> None:
    three = [elected("ARM"), elected("BLR"), elected("KAZ", "2005-01-01", "2006-01-01")]
    told = instance(audited(tmp_path, *three, rules=RING), "numbers-contradict")
    assert (told.on, set(told.entries)) == (date(2005, 1, 1), {"ring-ARM", "ring-BLR", "ring-KAZ"})


@pytest.mark.parametrize(
    ("entries", "coverage"),
    [
        pytest.param((elected("ARM"), elected("BLR")), "", id="all are had"),
        pytest.param(
            (elected("ARM"), elected("BLR", ends="2026-06-01")),
            "",
            id="one falls empty after the record's last day",
        ),
        pytest.param(
            (elected("ARM"), elected("BLR", "2003-02-01")),
            "  - {kind: membership, where: {of: ring}, grade: partial}\n",
            id="not every membership is known",
        ),
        pytest.param(
            (elected("ARM"), elected("BLR", "{between: 2003-01-01/2003-02-01}")),
            "",
            id="a first day is not settled",
        ),
    ],
)
def test_no_seat_is_unfilled_where(entries: tuple[str, ...], coverage: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, *entries, rules=RING, coverage=coverage)
