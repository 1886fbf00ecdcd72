"""A course as it is told: which status, whose doubts and authority, where the record and the rule end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foedus.engine.choices import ALWAYS, Choice, Ways
from foedus.engine.reasons import Authority, Ground, Holder
from foedus.engine.timelines import Doubt, Possible, Status, Value, in_force, join, settle
from foedus.engine.worlds import BEGINNING, Stretch
from foedus.terms.dates import Period

ONE, OTHER = Holder("KAZ", "Ada", ""), Holder("BLR", "Bo", "")


def day(number: int) -> date:
    return date(2020, 1, 1) + timedelta(days=number)


RECORD_TO = day(100)


def value(
    holder: Holder | None, *doubts: Doubt, says: str = "held", authority: Authority | None = None
) -> Value:
    return Value(holder, (Ground("holds", says),), authority, frozenset(doubts))


def fell(first: int, last: int) -> Ways:
    return frozenset({(Choice("entry", "on", (day(first), day(last)), (), (day(0), day(9))),)})


def always(start: date, end: date | None, one: Value) -> Stretch[Value]:
    return Stretch(start, end, ((one, ALWAYS),))


def alternatives(*values: Value) -> Stretch[Value]:
    """Two values, at all times, each with its choice."""
    return Stretch(BEGINNING, None, tuple(zip(values, (fell(0, 4), fell(5, 9)), strict=True)))


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ([value(ONE)], "certain"),
        ([value(None)], "vacant"),
        ([value(ONE), value(OTHER)], "uncertain"),
        ([value(ONE), value(None)], "uncertain"),
        ([value(ONE), value(ONE, says="otherwise")], "certain"),
        ([value(ONE), value(OTHER, "unrecorded")], "unknown"),
        ([value(None, "unrecorded")], "unknown"),
        ([value(ONE, "rival"), value(OTHER)], "contested"),
        ([value(ONE, "rival"), value(OTHER, "unrecorded")], "contested"),
        ([value(ONE, "rival")], "certain"),  # a rival that names the same holder excludes nothing
        ([value(ONE, "rival", "unrecorded")], "unknown"),
        ([value(ONE, "no-rule"), value(OTHER, "rival", "unrecorded")], "not-in-force"),
    ],
)
def test_an_answer_has_the_first_status_that_applies(values: list[Value], status: Status) -> None:
    course = [alternatives(*values) if len(values) > 1 else always(BEGINNING, None, values[0])]
    segment = settle(course, RECORD_TO).at(day(0))
    assert segment.status == status
    assert segment.holder == (values[0].holder if status == "certain" else None)


def test_each_alternative_has_its_holder_its_choices_and_its_own_reason() -> None:
    segment = settle([alternatives(value(ONE), value(OTHER, says="else"))], RECORD_TO).at(day(0))
    assert [(p.holder, p.ways) for p in segment.possible] == [(ONE, fell(0, 4)), (OTHER, fell(5, 9))]
    assert [(b.holder, b.ways, [g.says for g in b.grounds]) for b in segment.reason.branches] == [
        (ONE, fell(0, 4), ["held"]),
        (OTHER, fell(5, 9), ["else"]),
    ]


def test_one_holder_by_two_ways_that_leave_nothing_open_holds_in_every_world() -> None:
    segment = settle([alternatives(value(ONE), value(ONE, says="else"))], RECORD_TO).at(day(0))
    assert [(p.holder, p.ways) for p in segment.possible] == [(ONE, ALWAYS)]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [("decided", "decided", "decided"), ("decided", "presumed", None), ("decided", None, None)],
)
def test_alternatives_have_an_authority_only_where_it_is_the_same(
    one: Authority, other: Authority | None, together: Authority | None
) -> None:
    course = [alternatives(value(ONE, authority=one), value(OTHER, authority=other))]
    assert settle(course, RECORD_TO).at(day(0)).authority == together


def test_what_is_derived_has_the_steps_in_front_and_the_doubts_of_both() -> None:
    derived = value(ONE, "unrecorded").under(value(OTHER, "rival", says="then"))
    assert derived.holder == OTHER
    assert [ground.says for ground in derived.grounds] == ["held", "then"]
    assert derived.doubts == {"unrecorded", "rival"}


def test_what_is_derived_has_the_authority_it_was_derived_on_and_its_own_only_where_that_has_none() -> None:
    by_rule, decided, silent = (
        value(ONE, authority="general rule"),
        value(OTHER, authority="decided"),
        value(OTHER),
    )
    assert by_rule.under(silent).authority == "general rule"
    assert silent.under(decided).authority == "decided"
    assert by_rule.under(decided).authority == "general rule"


def test_from_the_day_after_the_record_ends_nothing_is_known_but_what_held_so_far_is_named() -> None:
    timeline = settle([always(BEGINNING, None, value(ONE, authority="decided"))], RECORD_TO)
    assert (timeline.at(RECORD_TO).status, timeline.at(day(101)).status) == ("certain", "unknown")
    after = timeline.at(day(101))
    assert (after.start, after.end, [p.holder for p in after.possible]) == (day(101), None, [ONE])
    assert after.reason.first.grounds == (
        Ground("unrecorded", "record-ends", (RECORD_TO,)),
        Ground("holds", "held"),
    )


def test_what_held_so_far_is_told_with_its_days_past_the_end_of_the_record() -> None:
    course = [always(BEGINNING, day(200), value(ONE)), always(day(200), None, value(OTHER))]
    past = settle(course, RECORD_TO).segments[1:]
    assert [(s.start, s.end, s.possible) for s in past] == [
        (day(101), day(200), (Possible(ONE, ALWAYS),)),
        (day(200), None, (Possible(OTHER, ALWAYS),)),
    ]


def test_stretches_in_a_row_that_are_told_alike_are_one_segment() -> None:
    one, other = value(ONE), value(OTHER)
    course = [
        always(BEGINNING, day(1), one),
        always(day(1), day(2), other),
        always(day(2), day(3), other),
        always(day(3), None, one),
    ]
    segments = settle(course, RECORD_TO).segments
    assert [(s.start, s.end, s.holder) for s in segments[:3]] == [
        (BEGINNING, day(1), ONE),
        (day(1), day(3), OTHER),
        (day(3), day(101), ONE),
    ]


def test_stretches_whose_reasons_differ_are_told_apart() -> None:
    course = [always(BEGINNING, day(1), value(ONE)), always(day(1), None, value(ONE, says="else"))]
    assert [s.start for s in settle(course, RECORD_TO).segments] == [BEGINNING, day(1), day(101)]


def test_courses_are_joined_where_one_ends_and_the_other_begins() -> None:
    one, other = value(ONE), value(OTHER)
    course = [always(BEGINNING, day(1), other), always(day(1), day(2), one)]
    join(course, [always(day(2), day(3), one), always(day(3), None, other)])
    assert course == [
        always(BEGINNING, day(1), other),
        always(day(1), day(3), one),
        always(day(3), None, other),
    ]
    began: list[Stretch[Value]] = []
    join(began, course)
    assert began == course
    join(began, [])
    assert began == course


def test_a_rule_gives_nothing_outside_its_periods_and_within_them_what_it_gave() -> None:
    timeline = settle([always(BEGINNING, None, value(ONE))], RECORD_TO)
    never = Ground("holds", "not-yet")
    found = in_force(timeline, [Period(day(1), day(3)), Period(day(5), None)], never).segments
    assert [(s.start, s.end, s.status) for s in found] == [
        (BEGINNING, day(1), "not-in-force"),
        (day(1), day(3), "certain"),
        (day(3), day(5), "not-in-force"),
        (day(5), day(101), "certain"),
        (day(101), None, "unknown"),
    ]
    assert found[0].reason.first.grounds == (never,)


def test_a_segment_for_other_days_says_the_same_of_them() -> None:
    segment = settle([always(BEGINNING, None, value(ONE))], RECORD_TO).at(day(0))
    moved = segment.within(day(1), day(2))
    assert (moved.start, moved.end, moved[2:]) == (day(1), day(2), segment[2:])
