"""Whom the record names, and who held an office without a break."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.accounts.lives import person_life, state_life
from foedus.accounts.mentions import mentions, persons_in, states_in
from foedus.accounts.parties import courses, parties, statuses, stood, views
from foedus.accounts.tenures import tenures
from foedus.engine.standing import Standing
from foedus.record.acts import MODELS, Adhesion
from foedus.record.status import BudgetScale
from foedus.terms.dates import When
from tests.folders import acts, loaded

CSTO = foedus.load("csto").standing()


def day(text: str) -> When:
    return When.lasted(text)


def small(tmp_path: Path, *entries: str) -> Standing:
    return loaded(tmp_path, acts(*entries)).standing()


def test_a_state_is_named_by_whatever_field_holds_states() -> None:
    assert {"ARM", "BLR"} <= set(mentions(CSTO).states)
    scale = next(CSTO.record.of_kind(BudgetScale))
    assert set(states_in(scale)) == set(scale.shares)


def test_every_kind_of_act_that_can_name_a_state_is_searched_for_one() -> None:
    # the published schema says which fields hold states: those whose names are such
    told = {"party", "state", "states", "host", "to", "from_", "stopped_by", "shares", "held_by"}
    for kind, model in MODELS.items():
        fields = {name for name, info in model.model_fields.items() if "check_state" in repr(info)}
        assert fields <= told, kind
    adhesion = next(CSTO.record.of_kind(Adhesion))
    assert list(states_in(adhesion)) == [adhesion.state]


def test_a_person_is_named_in_a_row_of_an_attendance_and_as_a_speaker() -> None:
    came = CSTO.record.by_id["2022-11-23/yerevan/attendance"]
    assert "Nikol Pashinyan" in set(persons_in(came))
    named = mentions(CSTO).persons["nikol-pashinyan"]
    assert {"attendance", "statement", "national-office", "expect"} <= {entry.kind for entry in named}


def test_what_rests_on_a_persons_word_is_kept_apart_from_what_names_them() -> None:
    told = mentions(CSTO).words["alexander-lukashenko"]
    assert "UZB/suspended/2012-12-19" in {entry.id for entry in told}


def test_names_that_differ_in_accents_alone_are_one_persons(tmp_path: Path) -> None:
    found = mentions(
        small(
            tmp_path,
            "id: one, kind: statement, by: {person: José Ärm}, says: x, evidence: [{source: page}]",
            "id: two, kind: statement, by: {person: Jose Arm}, says: y, evidence: [{source: page}]",
        )
    )
    assert [entry.id for entry in found.persons["jose-arm"]] == ["one", "two"]
    assert found.names["jose-arm"] == "José Ärm"


def test_whoever_no_entry_names_has_no_life() -> None:
    assert state_life(CSTO, "FRA") is None
    assert person_life(CSTO, "nobody-at-all") is None


def test_every_entry_that_names_a_state_stands_in_one_place_of_its_life() -> None:
    life = state_life(CSTO, "ARM")
    assert life is not None
    placed = [
        entry.id
        for part in (
            life.heads, life.appointments, life.said, life.requests, life.handovers, life.expected, life.hosted,
            life.tasks, life.others,
        )
        for entry in part
    ]  # fmt: skip
    placed += list({came.entry.id for came in life.came})
    named = [e.id for e in mentions(CSTO).states["ARM"] if e.kind != "membership"]
    assert sorted(placed) == sorted(named)


def test_a_chair_whose_hand_over_is_vague_began_on_an_unknown_day() -> None:
    found = [t for t in tenures(CSTO, lambda holder: holder.state == "BLR") if t.office == "chairman"]
    last = found[-1]
    assert last.start == When.one_day_of("2022-11-23/2023-01-01")
    assert last.end == day("2024-01-01")
    assert last.status == "certain"


def test_an_office_that_goes_on_when_the_record_ends_has_no_end(tmp_path: Path) -> None:
    standing = small(
        tmp_path,
        "id: b, kind: appointment, office: secretary-general, person: B, from: 2004-01-01, evidence: [{source: page}]",
    )
    found = tenures(standing, lambda holder: holder.person == "B")
    assert [(t.start, t.end) for t in found] == [(day("2004-01-01"), None)]


def test_an_office_handed_on_as_the_record_ends_has_an_end() -> None:
    found = tenures(CSTO, lambda holder: holder.person == "Imangali Tasmagambetov")
    assert [(t.start, t.end) for t in found] == [(day("2023-01-01"), day("2026-01-01"))]


def test_what_would_begin_only_after_the_record_is_no_tenure() -> None:
    found = [t for t in tenures(CSTO, lambda holder: holder.state == "RUS") if t.office == "chairman"]
    assert all(t.segments[0].start <= CSTO.record.about.record_to for t in found)


def test_whoever_may_have_chaired_and_never_surely_did_is_uncertain() -> None:
    # the session of 26 December 2016 was regular or informal; only if regular could its host have had the chair
    found = [t for t in tenures(CSTO, lambda holder: holder.state == "RUS") if t.office == "chairman"]
    assert "uncertain" in {t.status for t in found if t.holds(day("2017-05-01").latest)}


def test_memberships_are_the_organisations_and_the_treatys() -> None:
    assert [CSTO.title(of) for of in CSTO.memberships()] == ["CSTO", "Treaty"]


@pytest.mark.parametrize(
    ("state", "of", "on", "status"),
    [
        ("AZE", "treaty", "1995-01-01", ("member",)),
        ("AZE", "treaty", "1999-04-21", ("non-member",)),
        ("UZB", "organisation", "2010-01-01", ("member",)),
        ("UZB", "organisation", "2013-01-01", ("suspended", "left")),
        ("ARM", "organisation", "2024-06-01", ("member",)),
    ],
)
def test_how_a_state_stood(state: str, of: str, on: str, status: tuple[str, ...]) -> None:
    assert set(statuses(stood(CSTO, state, of, day(on).latest))) == set(status)


def test_a_contested_status_has_both_views_each_with_its_own_entries() -> None:
    found = {
        view.status: view for view in views(stood(CSTO, "UZB", "organisation", day("2013-01-01").latest))
    }
    assert {status: [entry.id for entry in view.entries] for status, view in found.items()} == {
        "suspended": ["UZB/suspended/2012-12-19"],
        "left": ["UZB/left/2012-12-19"],
    }


def test_a_status_that_nobody_contests_has_no_rival_views() -> None:
    assert views(stood(CSTO, "ARM", "organisation", day("2013-01-01").latest)) == ()


def test_a_course_begins_when_a_state_was_anything_and_has_no_end_at_the_end_of_the_record() -> None:
    told = courses(CSTO, "AZE", "treaty")
    assert [(row.segment.start.isoformat(), statuses(row)) for row in told] == [
        ("1994-04-20", ("member",)),
        ("1999-04-21", ("non-member",)),
    ]
    assert told[-1].segment.end is None
    assert courses(CSTO, "AZE", "organisation") == ()


def test_parties_are_all_states_with_a_membership_of_any_kind() -> None:
    assert parties(CSTO) == ("ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "RUS", "TJK", "UZB")
