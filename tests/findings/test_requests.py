"""Requests that met no decision."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import SEEN, audited, instance

PLEA = (
    f"id: plea, kind: request, on: 2003-02-01, by: {{state: KAZ}}, asks: lanterns, addressees: [{{org: Council}}], "
    f"invokes: {{instrument: charter, article: 1}}, {SEEN}"
)


def answer(how: str, day: str = "2003-05-01", name: str = "answer") -> str:
    return f"id: {name}, kind: response, on: {day}, to: plea, by: {{org: Council}}, how: {how}, what: so, at: s2003, {SEEN}"


WHOLE = "  - {kind: response, grade: complete}\n"


def test_a_request_on_which_an_answer_says_that_no_decision_was_taken(tmp_path: Path) -> None:
    found = audited(tmp_path, PLEA, answer("no decision"))
    told = instance(found, "request-undecided")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("plea", "answer"))
    assert (found["request-undecided"].rule, found["request-undecided"].shape) == ("help", "silence")


def test_a_request_without_a_decision_in_a_record_that_holds_every_answer(tmp_path: Path) -> None:
    told = instance(audited(tmp_path, PLEA, answer("refusal"), coverage=WHOLE), "request-undecided")
    assert told.entries == ("plea",)


def test_what_was_decided_before_is_told_beside_it(tmp_path: Path) -> None:
    mission = answer("decision", "2003-02-02", "mission").replace(", at: s2003", "")
    partial = "  - {kind: session, grade: partial}\n"
    told = instance(
        audited(tmp_path, PLEA, mission, answer("no decision"), coverage=partial), "request-undecided"
    )
    assert told.says.endswith("On 2 February 2003 it was decided: so.")


def test_where_the_whole_instrument_is_invoked_what_is_alleged_tells_on_what_duty_it_relies(
    tmp_path: Path,
) -> None:
    whole = PLEA.replace("charter, article: 1}", "charter}, alleges: armed attack")
    defence = (
        "id: defence, kind: duty, of: organisation, owed by: every other party, owed to: the party concerned, "
        "trigger: armed attack, content: help, in force: {from: c1}, basis: seen"
    )
    graver = defence.replace("defence", "war").replace("armed attack", "aggression")
    told = audited(tmp_path, whole, answer("no decision"), rules=f"{defence}\n{graver}")
    assert told["request-undecided"].rule == "defence"


@pytest.mark.parametrize(
    ("entries", "coverage"),
    [
        pytest.param((PLEA, answer("refusal")), "", id="only some answers are recorded"),
        pytest.param((PLEA, answer("decision")), WHOLE, id="it was decided on"),
        pytest.param(
            (PLEA, answer("no decision", "2003-02-03"), answer("decision", name="late")),
            "",
            id="it was decided on later",
        ),
        pytest.param(
            (PLEA.replace("invokes: {instrument: charter, article: 1}, ", ""),),
            WHOLE,
            id="no article is invoked",
        ),
        pytest.param(
            (PLEA.replace("charter, article: 1", "charter"),),
            WHOLE,
            id="no article is invoked, and nothing alleged is on record that would tell which is meant",
        ),
        pytest.param((PLEA.replace("KAZ", "GEO"),), WHOLE, id="no member asked"),
        pytest.param(
            (PLEA,),
            WHOLE.replace("complete", "complete, until: 2004-01-01"),
            id="later answers are not known",
        ),
    ],
)
def test_a_request_is_no_finding_where(entries: tuple[str, ...], coverage: str, tmp_path: Path) -> None:
    assert "request-undecided" not in audited(tmp_path, *entries, coverage=coverage)
