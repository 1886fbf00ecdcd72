"""What is told of the worlds that give a state is told in the fewest words: joined, implied, or not worth saying."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foedus.engine.choices import ALWAYS, LATER, MAX_WAYS, THEN, Choice, Ways, both, seen_from, simplify

WHOLE = 9  # the last day that anything here may have fallen on; the first is 0


def day(number: int) -> date:
    return date(2020, 1, 1) + timedelta(days=number)


def fell(first: date | int, last: date | int, entry: str = "a") -> Choice:
    """That an entry of one unknown day from 0 through `WHOLE` fell in some of those days, both ends in."""
    days = tuple(day(d) if isinstance(d, int) else d for d in (first, last))
    return Choice(entry, "on", (days[0], days[1]), (), (day(0), day(WHOLE)))


def was(*labels: str, entry: str = "a") -> Choice:
    """That a session was of one of some types, of the three it may have been of."""
    return Choice(entry, "type", None, labels, ("formal", "informal", "regular"))


def ways(*single: Choice) -> Ways:
    """Each a way by itself."""
    return frozenset((choice,) for choice in single)


@pytest.mark.parametrize("everything", [fell(0, WHOLE), was("formal", "informal", "regular")])
def test_a_choice_of_everything_it_could_be_says_nothing_and_is_left_out(everything: Choice) -> None:
    other = ways(fell(2, 3, "b"))
    assert both(ways(everything), other) == both(other, ways(everything)) == other


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (fell(1, 2), fell(3, 5), fell(1, 5)),  # the next day
        (fell(1, 4), fell(2, 6), fell(1, 6)),
        (fell(1, 6), fell(2, 3), fell(1, 6)),
        (fell(1, 6), fell(2, 6), fell(1, 6)),
        (fell(1, 3), fell(1, 6), fell(1, 6)),
        (fell(1, THEN), fell(2, THEN), fell(1, THEN)),
        (fell(1, 3), fell(2, THEN), fell(1, THEN)),
        (
            fell(1, THEN),
            fell(2, 5),
            fell(1, THEN),
        ),  # any last day but the last of all lies before the day looked at
        (fell(1, THEN), fell(2, WHOLE), fell(1, WHOLE)),
        (fell(1, THEN), fell(LATER, WHOLE), fell(1, WHOLE)),
        (fell(1, WHOLE), fell(LATER, WHOLE), fell(1, WHOLE)),
        (was("formal"), was("regular"), was("formal", "regular")),
        (was("regular"), was("formal", "informal"), None),
        (fell(0, THEN), fell(LATER, WHOLE), None),
        (fell(0, 4), fell(5, WHOLE), None),
    ],
)
def test_choices_of_one_point_that_leave_no_gap_are_told_as_one(
    one: Choice, other: Choice, joined: Choice | None
) -> None:
    expected = ways(joined) if joined is not None else ALWAYS
    assert simplify(ways(one, other)) == expected
    beside = fell(2, 3, "b")
    assert simplify([(one, beside), (other, beside)]) == frozenset(
        {(joined, beside) if joined is not None else (beside,)}
    )


def test_days_with_a_gap_between_them_stay_apart() -> None:
    apart = ways(fell(0, 1), fell(3, 4), fell(6, 7), fell(LATER, WHOLE))
    assert simplify(apart) == apart


def test_ways_that_differ_in_two_points_stay_apart() -> None:
    apart = frozenset({(fell(0, 1), fell(0, 1, "b")), (fell(2, 3), fell(2, 3, "b"))})
    assert simplify(apart) == apart


def test_joined_ways_are_joined_again_where_that_brings_them_together() -> None:
    square = [(fell(*one), fell(*other, "b")) for one in ((0, 1), (2, 3)) for other in ((0, 1), (2, 3))]
    assert simplify(square) == frozenset({(fell(0, 3), fell(0, 3, "b"))})


def test_a_way_that_another_implies_is_left_out() -> None:
    several = [fell(1, 2, f"e{number:02}") for number in range(31)]
    implied = (several[0], several[1])
    assert simplify([(several[0],), implied]) == ways(several[0])
    assert simplify([*ways(*several), implied]) == ways(*several)


def test_more_ways_than_can_be_told_are_told_as_possible_without_saying_how() -> None:
    many = [fell(1, 2, f"e{number:02}") for number in range(MAX_WAYS + 1)]
    assert simplify(ways(*many[1:])) == ways(*many[1:])
    assert simplify(ways(*many)) == ALWAYS


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (fell(0, 4), fell(3, 7), fell(3, 4)),
        (fell(0, 3), fell(3, 7), fell(3, 3)),
        (fell(0, 2), fell(3, 7), None),
        (fell(2, THEN), fell(0, 5), fell(2, 5)),
        (fell(2, THEN), fell(0, WHOLE), fell(2, THEN)),
        (fell(LATER, WHOLE), fell(2, WHOLE), fell(LATER, WHOLE)),
        (fell(LATER, WHOLE), fell(2, THEN), None),
        (fell(LATER, WHOLE), fell(2, 5), None),
        (was("formal", "regular"), was("informal", "regular"), was("regular")),
        (was("formal"), was("regular"), None),
    ],
)
def test_two_choices_of_one_point_mean_what_they_have_in_common(
    one: Choice, other: Choice, common: Choice | None
) -> None:
    expected = ways(common) if common is not None else frozenset()
    assert both(ways(one), ways(other)) == both(ways(other), ways(one)) == expected


def test_both_is_told_in_order_of_entry_and_point_whichever_was_said_first() -> None:
    first, second, third = fell(1, 2), was("formal"), fell(1, 2, "b")
    told = frozenset({(first, second, third)})
    assert both(ways(third), both(ways(second), ways(first))) == told
    assert both(ALWAYS, told) == both(told, ALWAYS) == told


def test_what_happened_up_to_the_last_day_of_a_stretch_happened_by_the_day_looked_at() -> None:
    stretch_ends = day(4)
    assert seen_from(ways(fell(1, 3)), stretch_ends) == ways(fell(1, THEN))
    assert seen_from(ways(fell(1, 2)), stretch_ends) == ways(fell(1, 2))
    assert seen_from(ways(was("formal")), stretch_ends) == ways(was("formal"))
    assert seen_from(ALWAYS, stretch_ends) == ALWAYS
