"""`unfold` and `bind` against every world, counted out one by one.

The naive side assigns each event a day, a nature and (among rivals) rightness in every possible way, plays the
events in order of day, and looks at the state at the end of each day. Nothing is shared with the engine but the
step function of the little machine they both drive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise, product
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.engine.choices import ALWAYS, LATER, THEN, Choice, Ways
from foedus.engine.worlds import (
    BEGINNING,
    ORDER,
    Event,
    Seen,
    Stretch,
    Unfolding,
    Variant,
    at,
    bind,
    during,
    plainly,
    unfold,
)

FIRST = date(2020, 1, 1)
HORIZON = 6


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


class World(NamedTuple):
    """For each event: its day, which variant it is, and for each group of rivals, which is right."""

    days: dict[str, date]
    variants: dict[str, Variant[str]]
    right: dict[tuple[str, ...], str]
    orders: dict[str, int]


def worlds(events: list[Event[str]]) -> Iterator[World]:
    spans = [
        [e.earliest + timedelta(days=n) for n in range((e.latest - e.earliest).days + 1)] for e in events
    ]
    groups = sorted({e.rivals for e in events if e.rivals})
    for days in product(*spans):
        for variants in product(*(e.variants for e in events)):
            for right in product(*groups):
                yield World(
                    {e.entry: d for e, d in zip(events, days, strict=True)},
                    {e.entry: v for e, v in zip(events, variants, strict=True)},
                    dict(zip(groups, right, strict=True)),
                    {e.entry: e.order for e in events},
                )


def step(state: str, effect: str) -> str:
    """Keeps the last three things that happened, so that order matters."""
    return (state + effect)[-3:]


def state_in(world: World, events: list[Event[str]], on: date) -> str:
    state = ""
    for e in sorted(events, key=lambda e: (world.days[e.entry], e.order)):
        right = not e.rivals or world.right[e.rivals] == e.entry
        effect = world.variants[e.entry].effect
        if world.days[e.entry] <= on and right and effect is not None:
            state = step(state, effect)
    return state


def holds(choice: Choice, world: World, on: date) -> bool:
    if choice.days is not None:
        earliest, latest = choice.days
        earliest = on + timedelta(days=1) if earliest == LATER else earliest
        latest = on if latest == THEN else latest
        return earliest <= world.days[choice.entry] <= latest
    if choice.point.startswith(ORDER):
        other = choice.point.removeprefix(ORDER).strip()
        days, orders = world.days, world.orders
        first = (days[choice.entry], orders[choice.entry]) < (days[other], orders[other])
        return ("before" if first else "after") in choice.labels
    if choice.point == "rival":
        return next(r for group, r in world.right.items() if choice.entry == group[0]) in choice.labels
    return set(world.variants[choice.entry].labels) <= set(choice.labels)


def told_in(course: list[Stretch[str]], world: World, on: date) -> list[str]:
    """The states whose choices the world makes, on a day."""
    stretch = at(course, on)

    def some_way_holds(ways: Ways) -> bool:
        return any(all(holds(choice, world, on) for choice in way) for way in ways)

    return [state for state, ways in stretch.cells if some_way_holds(ways)]


@st.composite
def event_lists(draw: st.DrawFn) -> list[Event[str]]:
    events: list[Event[str]] = []
    for order in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, HORIZON - 1))
        last = draw(st.integers(first, min(HORIZON, first + 3)) | st.just(first))
        effect = draw(st.sampled_from("abc"))
        variants: tuple[Variant[str], ...] = (Variant((), effect),)
        if draw(st.integers(0, 3)) == 0:
            variants = (Variant(("yes",), effect), Variant(("no",), None))
        events.append(Event(f"e{order}", "on", day(first), day(last), order, variants))
    if len(events) >= 2 and draw(st.integers(0, 2)) == 0:
        rivals = (events[0].entry, events[1].entry)
        events[:2] = [e._replace(rivals=rivals) for e in events[:2]]
    return events


def assert_exact(events: list[Event[str]]) -> None:
    """That on each day each world is told the state it gives, and nothing else."""
    course = unfold(events, "", step)
    for number in range(-1, HORIZON + 2):
        given = {state_in(world, events, day(number)) for world in worlds(events)}
        assert {state for state, _ in at(course, day(number)).cells} == given
        for world in worlds(events):
            state = state_in(world, events, day(number))
            assert told_in(course, world, day(number)) == [state]


@given(event_lists())
def test_each_state_is_given_by_exactly_the_worlds_its_choices_name(events: list[Event[str]]) -> None:
    assert_exact(events)


@given(event_lists(), event_lists())
def test_what_is_bound_is_what_each_world_gives(events: list[Event[str]], inner: list[Event[str]]) -> None:
    events = [e for e in events if not e.rivals][:2]
    inner = [e._replace(entry=f"i{e.entry}", order=e.order + 10) for e in inner if not e.rivals][:1]
    # the inner course is asked only where the outer state begins with “a”; both know the outer's events
    both = [*events, *inner]
    derived = unfold(both, "", step)
    constant: list[Stretch[str]] = [Stretch(BEGINNING, None, (("-", ALWAYS),))]
    course = bind(unfold(events, "", step), lambda s: derived if s.startswith("a") else constant)
    for number in range(-1, HORIZON + 2):
        for world in worlds(both):
            outer = state_in(world, events, day(number))
            expected = state_in(world, both, day(number)) if outer.startswith("a") else "-"
            told = told_in(course, world, day(number))
            assert told == [expected]


@st.composite
def mostly_plain(draw: st.DrawFn) -> list[Event[str]]:
    """Several events, some on one day, of which one in five is vague in its day or its nature, or has a rival."""
    events: list[Event[str]] = []
    for order in range(draw(st.integers(2, 7))):
        first = draw(st.integers(0, 12))
        last = first + (draw(st.integers(1, 2)) if draw(st.integers(0, 9)) == 0 else 0)
        variants: tuple[Variant[str], ...] = (Variant((), draw(st.sampled_from("abc"))),)
        if draw(st.integers(0, 9)) == 0:
            variants = (Variant(("yes",), "d"), Variant(("no",), None))
        events.append(Event(f"e{order}", "on", day(first), day(last), order, variants))
    if draw(st.integers(0, 4)) == 0:
        rivals = (events[0].entry, events[1].entry)
        events[:2] = [e._replace(rivals=rivals) for e in events[:2]]
    return events


def refusing(state: str, effect: str) -> str | None:
    """The same, but that nothing can happen a third time in a row: such worlds cannot be."""
    return None if state.endswith(2 * effect) else step(state, effect)


@given(mostly_plain(), st.sampled_from([step, refusing]))
def test_plain_events_folded_one_by_one_are_as_if_each_were_looked_at_in_every_order(
    events: list[Event[str]], how: Callable[[str, str], str | None]
) -> None:
    in_order = sorted(events, key=lambda e: (e.earliest, e.latest, e.order))
    slowly = Unfolding(in_order, lambda event: event, lambda _: None, how)
    assert unfold(events, "", how) == list(slowly.course(""))


@given(mostly_plain())
def test_a_course_goes_on_from_every_rest_as_it_went(events: list[Event[str]]) -> None:
    in_order = sorted(events, key=lambda e: (e.earliest, e.latest, e.order))
    whole = Unfolding(in_order, lambda event: event, plainly, step)
    course = list(whole.course(""))
    for rest in whole.rests:
        onward = Unfolding(in_order[rest.acts :], lambda event: event, plainly, step)
        went_on = list(onward.course(rest.state, rest.start))
        assert went_on == during(course, rest.start, None)


@given(event_lists(), event_lists())
def test_a_course_seen_through_a_function_is_bound_as_if_all_of_it_were_made(
    events: list[Event[str]], inner: list[Event[str]]
) -> None:
    inner = [e._replace(entry=f"i{e.entry}", order=e.order + 10) for e in inner if not e.rivals]
    events = [e for e in events if not e.rivals]
    derived = unfold(inner, "", step)

    def first(state: str) -> str:
        return state[:1]

    made = bind(derived, lambda s: [Stretch(BEGINNING, None, ((first(s), ALWAYS),))])
    base = unfold(events, "", step)
    seen = bind(base, lambda _: Seen(derived, first))
    for number in range(-1, HORIZON + 2):
        assert dict(at(seen, day(number)).cells) == dict(at(bind(base, lambda _: made), day(number)).cells)


@given(event_lists(), st.randoms())
def test_the_order_in_which_events_arrive_does_not_matter(events: list[Event[str]], random: object) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert unfold(shuffled, "", step) == unfold(events, "", step)


@given(event_lists())
def test_stretches_cover_all_days_without_gap_or_repetition(events: list[Event[str]]) -> None:
    course = unfold(events, "", step)
    assert course[0].start == BEGINNING
    assert course[-1].end is None
    for before, after in pairwise(course):
        assert before.end == after.start
        assert dict(before.cells) != dict(after.cells)


@pytest.mark.parametrize("latest", [BEGINNING, BEGINNING + timedelta(days=1)])
def test_what_happens_on_the_first_day_there_is_leaves_no_stretch_of_no_days(latest: date) -> None:
    course = unfold([Event("e", "on", BEGINNING, latest, 0, (Variant((), "a"),))], "", step)
    assert all(stretch.end is None or stretch.start < stretch.end for stretch in course)
    assert [state for state, _ in course[0].cells if state == "a"] == ["a"]
    assert course[-1].cells == (("a", ALWAYS),)


def vague(effects: str, first: int, last: int) -> list[Event[str]]:
    """An act for each effect, all on days unknown within the same."""
    return [
        Event(f"e{n}", "on", day(first), day(last), n, (Variant((), effect),))
        for n, effect in enumerate(effects)
    ]


@pytest.mark.parametrize("effects", ["ab", "abc"])
def test_acts_whose_days_are_unknown_together_come_in_each_order_as_soon_as_there_are_days_for_it(
    effects: str,
) -> None:
    assert_exact(vague(effects, 0, 4))


def test_rivals_that_do_the_same_are_not_told_apart() -> None:
    rivals = ("e0", "e1")
    same = [
        Event(name, "on", day(0), day(0), n, (Variant((), "a"),), rivals) for n, name in enumerate(rivals)
    ]
    course = unfold([*same, Event("e2", "on", day(0), day(3), 2, (Variant((), "b"),))], "", step)
    named = {choice.point for _, ways in at(course, day(1)).cells for way in ways for choice in way}
    assert named == {"on"}


def test_of_too_many_acts_to_order_every_state_they_may_lead_to_is_told_without_saying_how() -> None:
    # states that cannot be put in order, as tenures of nobody and of somebody cannot
    def add(state: tuple[str | None, ...], effect: str) -> tuple[str | None, ...]:
        return (*state, effect)[-2:]

    nobody: tuple[str | None, ...] = (None, None)
    many = [
        Event(f"e{n}", "on", day(n), day(9), n, (Variant((), effect),)) for n, effect in enumerate("abcdef")
    ]
    course = unfold(many, nobody, add)
    assert dict(at(course, day(0)).cells).keys() == {nobody, (None, "a"), ("a", "a")}
    told = at(course, day(9)).cells
    assert {state for state, _ in told} == {
        nobody,
        *((None, effect) for effect in "abcdef"),
        *((one, other) for one in "abcdef" for other in "abcdef"),
    }
    assert {ways for _, ways in told} == {ALWAYS}


def test_acts_of_one_day_come_in_the_order_of_the_record_whatever_order_they_arrive_in() -> None:
    course = unfold(reversed(vague("ab", 0, 0)), "", step)
    assert at(course, day(0)).cells == (("ab", ALWAYS),)
