"""Statuses no rule gives, and those given by somebody who may not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import CHARTER_TEXT, SEEN, audited, instance


def step(action: str, state: str = "KAZ", day: str = "2004-02-22", more: str = "") -> str:
    return f"id: step, kind: treaty-action, on: {day}, states: [{state}], of: organisation, action: {action}, {more}{SEEN}"


@pytest.mark.parametrize("action", ["announcement", "stepping back"])
def test_a_status_without_a_form_that_the_rules_know_changes_nothing(action: str, tmp_path: Path) -> None:
    found = audited(tmp_path, step(action, more="what: frozen, "))
    told = instance(found, "status-without-rule")
    assert (told.on, told.entries) == (date(2004, 2, 22), ("step",))
    assert (found["status-without-rule"].shape, found["status-without-rule"].severity) == ("void", "warning")
    assert told.says.endswith("know leaving on 6 months' notice and suspension by the Council.")


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((step("notice"),), id="a notice is a form"),
        pytest.param((step("announcement", "GEO"),), id="it was no member"),
        pytest.param(
            (
                step("announcement", "GEO"),
                f"id: geo, kind: membership, party: GEO, of: organisation, from: 2004-02-22, {SEEN}",
            ),
            id="the status changed that day",
        ),
        pytest.param((step("announcement", day="2000-08-01"),), id="no rule was in force"),
    ],
)
def test_no_status_is_without_a_rule_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert not audited(tmp_path, *entries)


def observer(begins: str, of: str = "organisation") -> str:
    return f"id: geo-watches, kind: affiliation, who: {{state: GEO}}, status: observer, of: {of}, from: {begins}, {SEEN}"


def test_an_observer_from_before_there_was_a_rule_on_observers(tmp_path: Path) -> None:
    found = audited(tmp_path, observer("2009-01-01"))
    told = instance(found, "status-without-rule")
    assert (told.entries, found["status-without-rule"].rule) == (("geo-watches",), "observers")


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(observer("2010-01-01"), id="the rule is in force"),
        pytest.param(observer("{between: 2009-01-01/2011-01-01}"), id="it may be"),
        pytest.param(observer("2009-01-01", "court"), id="the organ is another"),
    ],
)
def test_an_observer_is_no_finding_where(entry: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, entry)


COURT = f"id: sat, kind: session, organ: court, type: sitting, on: 2004-02-22, {SEEN}"


@pytest.mark.parametrize(
    ("entries", "by"),
    [
        pytest.param((step("suspension", more="by: {state: ARM}, "),), "Armenia", id="by a state"),
        pytest.param(
            (COURT, step("suspension", more="at: sat, ")), "the Court", id="at a session of another organ"
        ),
    ],
)
def test_a_suspension_by_another_than_the_organ_that_may(
    entries: tuple[str, ...], by: str, tmp_path: Path
) -> None:
    told = instance(audited(tmp_path, *entries), "without-power")
    assert (told.on, told.entries[0]) == (date(2004, 2, 22), "step")
    assert told.says.endswith(f"done by {by}.")


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(
            step("suspension", day="2003-05-01", more="at: s2003, "), id="at a session of the organ"
        ),
        pytest.param(step("suspension", day="2003-05-01", more="by: {org: Council}, "), id="in its name"),
        pytest.param(step("suspension"), id="by whom is not recorded"),
        pytest.param(step("exclusion", more="by: {state: ARM}, "), id="no rule says who may"),
    ],
)
def test_nobody_acted_without_power_where(entry: str, tmp_path: Path) -> None:
    assert "without-power" not in audited(tmp_path, entry)


def test_the_first_day_of_the_calendar_is_a_day_like_others(tmp_path: Path) -> None:
    first = CHARTER_TEXT.replace("2001-01-01", "0001-01-01").replace("2000-06-01", "0001-01-01")
    assert not audited(tmp_path, step("announcement", day="0001-01-01"), charter=first)
