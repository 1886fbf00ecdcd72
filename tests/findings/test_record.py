"""The record against itself and its sources: contradictions, weak sources, repairs, disputes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.findings.league import SEEN, audited, instance


def counted(numbers: str, name: str = "count") -> str:
    return f"id: {name}, kind: documents, session: s2003, {numbers}, {SEEN}"


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            (counted("tabled: 4, agreed: 3, sent back: 2"),), id="more agreed and sent back than tabled"
        ),
        pytest.param((counted("tabled: 4, adopted: 5"),), id="more adopted than tabled"),
        pytest.param((counted("tabled: 4"), counted("agreed: 5", "other")), id="across two entries"),
        pytest.param((counted("adopted: 4"), counted("adopted: 5", "other")), id="one number told twice"),
    ],
)
def test_numbers_of_documents_that_do_not_fit(entries: tuple[str, ...], tmp_path: Path) -> None:
    found = audited(tmp_path, *entries)
    told = instance(found, "numbers-contradict")
    assert (told.on, len(told.entries)) == (date(2003, 5, 1), len(entries))
    assert found["numbers-contradict"].severity == "error"


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((counted("tabled: 17, agreed: 15, sent back: 2"),), id="they add up"),
        pytest.param((counted("tabled: 6, agreed: 4, sent back: 1"),), id="what became of one is not told"),
        pytest.param((counted("hint: several"), counted("adopted: 5", "other")), id="one gives no number"),
    ],
)
def test_numbers_fit_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert not audited(tmp_path, *entries)


def sat(row: str, name: str = "sat") -> str:
    return f"id: {name}, kind: attendance, session: s2003, rows: [{{{row}}}], {SEEN}"


@pytest.mark.parametrize(
    ("entries", "shown"),
    [
        pytest.param(
            (sat("state: KAZ"), sat("state: KAZ, how: absent", "not")),
            ("sat", "not", "s2003"),
            id="there and not there",
        ),
        pytest.param(
            (sat("state: KAZ, person: Eve, role: head-of-state"),),
            ("sat", "kaz-head"),
            id="another in the role",
        ),
        pytest.param(
            (
                f"id: oil, kind: decision, session: s2003, what: oil, outcome: adopted, stopped by: KAZ, {SEEN}",
            ),
            ("oil", "s2003"),
            id="adopted and stopped",
        ),
    ],
)
def test_two_things_that_cannot_both_be_so(
    entries: tuple[str, ...], shown: tuple[str, ...], tmp_path: Path
) -> None:
    assert instance(audited(tmp_path, *entries), "entries-contradict").entries == shown


EVE = (
    "id: eve, kind: national-office, state: KAZ, role: head-of-state, person: Eve, title: president, "
    f"from: {{between: 2003-04-01/2003-06-01}}, {SEEN}"
)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param((sat("state: KAZ"), sat("state: KAZ", "too")), id="it is told twice that a state came"),
        pytest.param((sat("state: KAZ, person: Cat, role: head-of-state"),), id="the head came"),
        pytest.param(
            (sat("state: KAZ, person: Cat, how: absent"), sat("state: KAZ, person: Eve", "too")),
            id="somebody was absent and another came",
        ),
        pytest.param(
            (sat("state: KAZ, person: Eve, role: foreign-minister, capacity: foreign-minister"),),
            id="who had the role is not recorded",
        ),
        pytest.param(
            (
                sat("state: KAZ, person: Eve, role: head-of-state"),
                EVE,
            ),
            id="who had the role is not settled",
        ),
    ],
)
def test_nothing_contradicts_where(entries: tuple[str, ...], tmp_path: Path) -> None:
    assert "entries-contradict" not in audited(tmp_path, *entries)


def expected(person: str) -> str:
    return f"id: said, kind: expect, office: chairman, at: s2003, holder: {{state: ARM, person: {person}}}, {SEEN}"


def test_a_source_that_has_another_in_office(tmp_path: Path) -> None:
    told = instance(audited(tmp_path, expected("Bob")), "expectation-failed")
    assert (told.on, told.entries) == (date(2003, 5, 1), ("said", "s2003"))


def test_a_source_that_agrees_with_the_answer_is_no_finding(tmp_path: Path) -> None:
    assert not audited(tmp_path, expected("Ann"))


def decided(evidence: str) -> str:
    return f"id: oil, kind: decision, session: s2003, what: oil, outcome: adopted, evidence: [{evidence}]"


@pytest.mark.parametrize(
    ("evidence", "tells"),
    [
        ("{source: almanac}", "rests on one source, almanac (unattributed)"),
        ("{source: almanac}, {source: page, mode: expected}", "rests on one source, almanac"),
        ("{source: page, through: [{who: somebody, channel: unnamed-media}]}", "page (unnamed media)"),
        ("{source: page, mode: expected}", "is only expected in the page read"),
        ("{known: recalled}", "is recalled, and no page was seen"),
    ],
)
def test_a_decision_that_rests_on_one_weak_source(evidence: str, tells: str, tmp_path: Path) -> None:
    told = instance(audited(tmp_path, decided(evidence)), "weak-source")
    assert (told.on, told.entries, tells in told.says) == (date(2003, 5, 1), ("oil",), True)


@pytest.mark.parametrize(
    "evidence",
    [
        pytest.param("{source: page}", id="a good page"),
        pytest.param("{source: page, mode: hedged}", id="an agency that hedges counts as a named medium"),
        pytest.param("{source: almanac}, {source: log}", id="two pages"),
        pytest.param("{known: inferred, from: [almanac]}", id="it is inferred, and says so"),
    ],
)
def test_a_decision_rests_on_enough_where(evidence: str, tmp_path: Path) -> None:
    assert not audited(tmp_path, decided(evidence))


def test_what_changes_nothing_may_rest_on_one_weak_source(tmp_path: Path) -> None:
    assert not audited(
        tmp_path, "id: said, kind: statement, by: {state: KAZ}, says: so, evidence: [{source: almanac}]"
    )


def moved(by: str) -> str:
    return (
        f"recorded: 2025-03-01, id: moved, kind: session, recorded by: {by}, corrects: s2003, organ: council, "
        f"type: regular, on: 2003-05-02, host: BLR, {SEEN}"
    )


def test_a_correction_without_the_right_is_void_and_the_entry_stands(tmp_path: Path) -> None:
    found = audited(tmp_path, moved("a stranger"))
    told = instance(found, "repair-without-right")
    assert (told.on, told.entries, found["repair-without-right"].shape) == (
        date(2025, 3, 1),
        ("s2003",),
        "void",
    )


def test_taking_an_entry_back_without_the_right_is_void_too(tmp_path: Path) -> None:
    back = f"id: back, kind: withdrawal, recorded by: a stranger, withdraws: s2003, {SEEN}"
    assert "meant to take back “s2003”" in instance(audited(tmp_path, back), "repair-without-right").says


def test_a_correction_with_the_right_is_no_finding(tmp_path: Path) -> None:
    assert not audited(tmp_path / "own", moved("the tests"))
    assert not audited(tmp_path / "named", moved("a stranger"), head="may correct: [a stranger]\n")


DISPUTE = f"id: doubt, kind: dispute, of: s2003, by: {{state: KAZ}}, says: it was later, {SEEN}"


def test_a_dispute_that_nobody_has_answered(tmp_path: Path) -> None:
    told = instance(audited(tmp_path, DISPUTE), "dispute-open")
    assert (told.on, told.entries) == (date(2025, 1, 1), ("s2003", "doubt"))


def test_a_dispute_answered_by_a_correction_is_no_finding(tmp_path: Path) -> None:
    assert not audited(tmp_path, DISPUTE, moved("the tests"))


def test_a_correction_from_before_the_dispute_does_not_answer_it(tmp_path: Path) -> None:
    late = DISPUTE.replace("id: doubt", "recorded: 2025-04-01, id: doubt")
    late = "recorded: 2025-04-01, " + late.replace("recorded: 2025-04-01, ", "")
    assert set(audited(tmp_path, moved("the tests"), late)) == {"dispute-open"}
