"""Decisions whose outcome on record is not the one that the rule gives from the positions on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import audited, instance
from tests.findings.test_consensus import ABSENT, ADOPTED
from tests.test_decisions_judged import OIL, QUORUM


def test_one_adopted_without_a_quorum_names_who_was_not_there(tmp_path: Path) -> None:
    found = audited(tmp_path, OIL, ABSENT, rules=QUORUM)
    told = instance(found, "outcome-against-rule")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("oil", "s2003"))
    assert "adopted: lamp oil. By the rule it was not carried." in told.says
    assert "Quorum." in told.says
    assert (found["outcome-against-rule"].severity, found["outcome-against-rule"].rule) == (
        "warning",
        "oil-rule",
    )


def test_one_that_all_signed_and_that_was_not_adopted_was_carried_by_the_rule(tmp_path: Path) -> None:
    signed = OIL.replace("outcome: adopted", "outcome: not adopted, signed by: [ARM, BLR, KAZ]")
    told = instance(audited(tmp_path, signed, rules=QUORUM), "outcome-against-rule")
    assert "not adopted: lamp oil. By the rule it was carried." in told.says


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((OIL,), id="nothing is said of who came"),
        pytest.param(
            (OIL.replace("outcome: adopted", "outcome: not taken up"), ABSENT), id="it was let rest"
        ),
        pytest.param((ADOPTED, ABSENT), id="it hangs on how absence is read"),
        pytest.param(
            (OIL.replace("outcome: adopted", "outcome: adopted, stopped by: ARM"),),
            id="it contradicts itself",
        ),
    ],
)
def test_an_outcome_is_no_finding_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert "outcome-against-rule" not in audited(tmp_path, *entries, rules=QUORUM)
