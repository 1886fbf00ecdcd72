"""Sessions of a type no text names, acts outside any session, effects before one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import SEEN, audited, instance

FEAST = f"id: feast, kind: session, organ: council, type: feast, on: 2004-06-21, {SEEN}"
ANTHEM = f"id: anthem, kind: decision, session: feast, what: an anthem, outcome: adopted, {SEEN}"


def test_a_decision_at_a_session_of_a_type_that_only_practice_knows(tmp_path: Path) -> None:
    found = audited(tmp_path, FEAST, ANTHEM)
    told = instance(found, "type-by-practice")
    assert (told.on, told.entries) == (date(2004, 6, 21), ("feast", "anthem"))
    assert (found["type-by-practice"].rule, found["type-by-practice"].shape) == ("feasts", "departure")


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((FEAST,), id="nothing was decided"),
        pytest.param((FEAST, ANTHEM.replace("adopted", "not adopted")), id="the draft failed"),
        pytest.param(
            (FEAST.replace("type: feast", "type: {one of: [feast, informal]}"), ANTHEM),
            id="it may be in a text",
        ),
        pytest.param((FEAST.replace("type: feast", "type: informal"), ANTHEM), id="a text names the type"),
        pytest.param((FEAST.replace("2004-06-21", "2000-12-21"), ANTHEM), id="no rule was in force"),
    ],
)
def test_a_type_is_no_finding_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert "type-by-practice" not in audited(tmp_path, *entries)


TASK = f"id: task, kind: mandate, on: 2004-03-03, to: {{org: the works}}, by: {{org: Council}}, task: to count, {SEEN}"


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(TASK, id="a task given"),
        pytest.param(
            f"id: task, kind: treaty-action, on: 2004-03-03, states: [KAZ], of: organisation, action: suspension, "
            f"by: {{org: Council}}, {SEEN}",
            id="a suspension",
        ),
    ],
)
def test_what_an_organ_decided_on_a_day_without_a_session(act: str, tmp_path: Path) -> None:
    found = audited(tmp_path, act)
    told = instance(found, "outside-session")
    assert (told.on, told.entries, found["outside-session"].shape) == (date(2004, 3, 3), ("task",), "breach")


@pytest.mark.parametrize(
    ("act", "coverage"),
    [
        pytest.param(TASK.replace("2004-03-03", "2003-05-01"), "", id="it met that day"),
        pytest.param(TASK.replace("on: 2004-03-03", "on: 2003"), "", id="it may have met that day"),
        pytest.param(TASK.replace("by: {org: Council}", "by: {state: ARM}"), "", id="a state gave it"),
        pytest.param(TASK.replace("task: to", "at: s2003, task: to"), "", id="a session is named"),
        pytest.param(
            TASK,
            "  - {kind: session, grade: partial, where: {type: feast}}\n",
            id="not every session is known",
        ),
        pytest.param(TASK.replace("2004", "2000"), "", id="no rule was in force"),
    ],
)
def test_an_act_without_a_session_is_no_finding_where(act: str, coverage: str, tmp_path: Path) -> None:
    assert "outside-session" not in audited(tmp_path, act, coverage=coverage)


EARLY = (
    f"id: early, kind: designation, office: chairman, opened by: s2003, to: BLR, effective: 2003-04-30, "
    f"authority: presumed, {SEEN}"
)
EARLY_TERM = (
    "id: early, kind: appointment, office: secretary-general, person: Dan, from: 2003-04-30, acting: true, "
    f"at: s2003, {SEEN}"
)
DECIDED = EARLY.replace("presumed", "decided")


def decision(session: str) -> str:
    return f"id: so, kind: decision, session: {session}, what: it, outcome: adopted, about: [early], {SEEN}"


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((EARLY,), id="a hand-over before the session that opens its term"),
        pytest.param((DECIDED, decision("s2003")), id="a hand-over before the session that decided it"),
        pytest.param(
            (EARLY_TERM,),
            id="an appointment",
        ),
        pytest.param(
            (f"id: early, kind: body, name: Staff, of: council, from: 2003-04-30, at: s2003, {SEEN}",),
            id="a body",
        ),
    ],
)
def test_what_took_effect_before_its_session(entries: tuple[str, ...], tmp_path: Path) -> None:
    told = instance(audited(tmp_path, *entries), "effect-before-session")
    assert (told.on, told.entries) == (date(2003, 4, 30), ("early", "s2003"))


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((EARLY.replace("04-30", "05-01"),), id="on the day of the session"),
        pytest.param(
            (EARLY.replace("2003-04-30", "{between: 2003-04-30/2003-05-01}"),), id="it may be on that day"
        ),
        pytest.param((DECIDED, decision("s2002")), id="an earlier session decided it"),
        pytest.param((DECIDED,), id="it was decided, and where is not recorded"),
    ],
)
def test_an_effect_is_not_early_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert "effect-before-session" not in audited(tmp_path, *entries)
