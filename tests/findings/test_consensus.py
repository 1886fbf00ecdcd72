"""What absence and a missing signature did, where decisions take consensus."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import SEEN, audited, instance

ADOPTED = f"id: oil, kind: decision, session: s2003, what: lamp oil, outcome: adopted, {SEEN}"
ABSENT = (
    f"id: came, kind: attendance, session: s2003, rows: [{{state: ARM}}, {{state: KAZ, how: absent}}], {SEEN}"
)
JOINED = f"id: joins, kind: adhesion, on: 2003-07-01, state: KAZ, to: oil, how: joined, {SEEN}"


def test_a_decision_by_consensus_while_a_member_was_absent_names_both(tmp_path: Path) -> None:
    found = audited(tmp_path, ADOPTED, ABSENT)
    told = instance(found, "member-absent")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("s2003", "came", "oil"))
    assert told.says == "With Kazakhstan absent, the regular session of 1 May 2003 adopted: lamp oil."
    assert (found["member-absent"].severity, found["member-absent"].rule) == ("note", "decisions")


def test_that_the_absent_member_declined_to_join_is_told(tmp_path: Path) -> None:
    declined = JOINED.replace("joined", "declined")
    told = instance(audited(tmp_path, ADOPTED, ABSENT, declined), "member-absent")
    assert told.says.endswith("Kazakhstan declined to join: lamp oil.")
    assert told.entries[-1] == "joins"


def test_what_was_not_taken_up_while_a_member_was_absent_is_told_too(tmp_path: Path) -> None:
    rested = ADOPTED.replace("outcome: adopted", "outcome: not taken up")
    told = instance(audited(tmp_path, rested, ABSENT), "member-absent")
    assert told.says.endswith("did not take up: lamp oil.")


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((ABSENT,), id="nothing was adopted"),
        pytest.param((ADOPTED, ABSENT, JOINED), id="the absent joined since"),
        pytest.param((ADOPTED, ABSENT.replace("KAZ", "GEO")), id="the absent was no member"),
        pytest.param((ADOPTED, ABSENT.replace(", how: absent", "")), id="all came"),
        pytest.param((ADOPTED,), id="nothing is said of who came"),
        pytest.param((ADOPTED.replace("adopted", "not adopted"), ABSENT), id="the draft failed"),
    ],
)
def test_absence_is_no_finding_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert "member-absent" not in audited(tmp_path, *entries)


def test_absence_is_no_finding_where_no_rule_says_that_decisions_take_consensus(tmp_path: Path) -> None:
    court = f"id: sat, kind: session, organ: court, type: sitting, on: 2003-06-01, {SEEN}"
    moved = [entry.replace("session: s2003", "session: sat") for entry in (ADOPTED, ABSENT)]
    assert not audited(tmp_path, court, *moved)


UNSIGNED = ADOPTED.replace("outcome", "not signed by: [KAZ], outcome")


def test_a_decision_by_consensus_that_a_member_did_not_sign(tmp_path: Path) -> None:
    told = instance(audited(tmp_path, UNSIGNED), "member-unsigned")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("oil", "s2003"))
    assert "without the signature of Kazakhstan: lamp oil" in told.says


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((UNSIGNED, ABSENT), id="it was absent"),
        pytest.param((UNSIGNED, JOINED), id="it joined"),
        pytest.param((UNSIGNED.replace("KAZ", "GEO"),), id="it was no member"),
        pytest.param((UNSIGNED.replace("outcome: adopted", "outcome: not adopted"),), id="the draft failed"),
    ],
)
def test_a_missing_signature_is_no_finding_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert "member-unsigned" not in audited(tmp_path, *entries)
