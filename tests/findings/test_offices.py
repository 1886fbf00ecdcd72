"""Offices by appointment: vacant, acting, terms not kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import SEEN, audited, instance


def term(begins: str, ends: str = "", *, name: str = "term", acting: bool = False) -> str:
    until = f"until: {ends}, " if ends else ""
    acts = "acting: true, " if acting else ""
    return f"id: {name}, kind: appointment, office: secretary-general, person: Dan, from: {begins}, {until}{acts}{SEEN}"


FIRST = term("2003-01-01", "2006-01-01", name="first")


@pytest.mark.parametrize(
    ("begins", "ends", "tells"),
    [
        pytest.param("2003-01-01", "2005-01-01", "3 years, to 1 January 2006", id="shorter"),
        pytest.param("2003-01-01", "2008-01-01", "prolongs the term from 1 January 2006.", id="longer"),
    ],
)
def test_a_term_that_was_not_kept(begins: str, ends: str, tells: str, tmp_path: Path) -> None:
    follows = term(ends, name="next")
    sample = "  - {kind: appointment, grade: sample}\n"  # so that how long the next one runs is not known
    told = instance(audited(tmp_path, term(begins, ends), follows, coverage=sample), "term-not-kept")
    assert (told.on, told.entries) == (date.fromisoformat(ends), ("term",))
    assert tells in told.says


def test_a_term_that_goes_on_past_its_length_as_the_record_ends(tmp_path: Path) -> None:
    told = instance(audited(tmp_path, term("2020-01-01")), "term-not-kept")
    assert told.on == date(2026, 1, 1)
    assert "until the end of the record" in told.says
    assert "from 1 January 2023." in told.says


def test_a_decision_prolongs_a_term_and_what_lies_before_it_is_told(tmp_path: Path) -> None:
    session = f"id: s2007, kind: session, organ: council, type: regular, on: 2007-05-01, host: ARM, {SEEN}"
    so = f"id: so, kind: decision, session: s2007, what: on, outcome: adopted, about: [term], {SEEN}"
    long = term("2003-01-01", "2009-01-01")
    sample = "  - {kind: appointment, grade: sample}\n"
    told = instance(audited(tmp_path, session, so, long, coverage=sample), "term-not-kept")
    assert told.says.endswith("from 1 January 2006 until 1 May 2007.")


PROLONGED = f"id: so, kind: decision, session: s2003, what: on, outcome: adopted, about: [term], {SEEN}"


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((term("2003-01-01", "2006-01-01"),), id="it ran its length"),
        pytest.param((PROLONGED, term("2003-01-01", "2009-01-01")), id="a decision prolonged it"),
        pytest.param((PROLONGED, term("2003-01-01", "2005-01-01")), id="a decision ended it"),
        pytest.param((term("2003-01-01", "{between: 2005-01-01/2007-01-01}"),), id="its end is not settled"),
        pytest.param((term("2003-01-01", "2003-02-01", acting=True),), id="somebody acted"),
        pytest.param((term("2024-01-01"),), id="it goes on"),
    ],
)
def test_a_term_is_kept_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    sample = "  - {kind: appointment, grade: sample}\n"
    complete = audited(tmp_path, *entries, coverage="" if "2024" in entries[-1] else sample)
    assert "term-not-kept" not in complete


def test_an_office_left_and_filled_again_was_vacant_in_between(tmp_path: Path) -> None:
    told = instance(
        audited(tmp_path, FIRST, term("2006-03-01", "2009-03-01"), term("2009-03-01", "2012-03-01", name="third"),
                term("2012-03-01", name="fourth"), coverage="  - {kind: appointment, grade: sample, from: 2012-03-01}\n"),
        "office-vacant",
    )  # fmt: skip
    assert (told.on, told.entries) == (date(2006, 1, 1), ("first",))
    assert told.says == "From 1 January 2006 until 1 March 2006 nobody was in it."


def test_somebody_acting_is_named_with_the_days(tmp_path: Path) -> None:
    acting = term("2006-01-01", "2006-03-01", name="acts", acting=True)
    follows = term("2006-03-01", "2009-03-01")
    sample = "  - {kind: appointment, grade: sample, from: 2009-03-01}\n"
    told = instance(audited(tmp_path, FIRST, acting, follows, coverage=sample), "office-vacant")
    assert (told.on, told.entries) == (date(2006, 1, 1), ("acts",))
    assert told.says == "From 1 January 2006 until 1 March 2006 Dan acted."


@pytest.mark.parametrize(
    ("entries", "coverage"),
    [
        pytest.param(
            (FIRST, term("2006-01-01", "2009-01-01")), "from: 2009-01-01", id="one follows the other"
        ),
        pytest.param((FIRST,), "from: 2003-02-01", id="not every appointment is known"),
        pytest.param((term("2024-01-01"),), "until: 2001-02-01", id="nobody had been appointed before"),
    ],
)
def test_an_office_was_not_vacant_where(entries: tuple[str, ...], coverage: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, *entries, coverage=f"  - {{kind: appointment, grade: sample, {coverage}}}\n")
