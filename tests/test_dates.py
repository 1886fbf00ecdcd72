"""Days, vague days and periods: what each notation means (DESIGN.md, section 5) and which are refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.terms.dates import Period, When, parse_day, show_day, show_when

# none of these is a day of the Gregorian calendar in the notation of ISO 8601
IMPOSSIBLE = [
    "2022-02-30", "2023-02-29", "1900-02-29", "2022-04-31", "2022-13-01", "2022-12-32", "2022-00-10", "2022-01-00",
    "0000-01-01", "99989-01-01", "-001-01-01", "2022-1-1", "22-01-01", "2022/01/01", "01-02-2022", "20220101",
    "2022-01-01T10:00", "2022-01-01Z", "2022-W01-1", "2022-001", "today", "", " ", "2022-01-0a", "２０２２-01-01",
    "2022-01-01\n2022-01-02", "٢٠٢٢-01-01",
]  # fmt: skip


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_is_no_day_of_the_calendar_is_refused_as_a_day(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        parse_day(text)


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_what_is_no_day_of_the_calendar_is_refused_as_the_date_of_an_act(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        When.lasted(text)


@pytest.mark.parametrize(
    "text", ["2022-00", "2022-13", "0000", "0000-01", "99989", "202", "2022-", "2022-1", "-2022"]
)
def test_a_month_or_year_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        When.lasted(text)


@given(st.integers(0, 9998), st.integers(0, 99), st.integers(0, 99))
def test_exactly_the_days_of_the_calendar_are_days(year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        expected = date(year, month, day)
    except ValueError:
        with pytest.raises(ValueError, match=text):
            When.lasted(text)
    else:
        assert parse_day(text) == expected
        assert When.lasted(text) == When(expected, expected, expected)


@pytest.mark.parametrize("text", ["2022", "2022-02", "2022-02-01/2022-02-02"])
def test_a_question_takes_one_day_and_no_stretch_of_days(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        parse_day(text)


def test_a_fault_in_a_day_names_what_was_written() -> None:
    with pytest.raises(ValueError, match=r"“2022-02-30” is no day of the calendar\."):
        parse_day("2022-02-30")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
    ],
)
def test_a_bare_year_or_month_is_one_unknown_day_in_it(text: str, first: date, last: date) -> None:
    when = When.lasted(text)
    assert (when.earliest, when.latest, when.vague) == (first, last, True)
    assert When.read(text) == when


def test_a_bare_year_may_be_written_as_a_number() -> None:
    assert When.read(2022) == When.lasted("2022")


def test_on_a_range_lasted_that_long_and_took_effect_on_its_last_day() -> None:
    when = When.lasted("2022-11-22/2022-11-23")
    assert (when.began, when.earliest, when.latest) == (
        date(2022, 11, 22),
        date(2022, 11, 23),
        date(2022, 11, 23),
    )
    assert not when.vague


def test_between_is_one_unknown_day_with_both_ends_in() -> None:
    when = When.one_day_of("2022-11-23/2023-01-01")
    assert (when.earliest, when.latest, when.vague) == (date(2022, 11, 23), date(2023, 1, 1), True)


def test_the_ends_of_a_range_may_be_months() -> None:
    when = When.one_day_of("2022-01/2022-02")
    assert (when.earliest, when.latest) == (date(2022, 1, 1), date(2022, 2, 28))


def test_about_a_day_is_shown_and_moves_no_edge() -> None:
    about = When.read({"on": "2011-12-20", "approximate": True})
    exactly = When.read("2011-12-20")
    assert (about.earliest, about.latest) == (exactly.earliest, exactly.latest)
    assert "about" in str(about)
    assert "about" not in str(exactly)


@pytest.mark.parametrize("read", [When.lasted, When.one_day_of])
@pytest.mark.parametrize("text", ["2022-02-01/2022-01-31", "2022/2021", "2022-02/2022-01-31"])
def test_a_range_that_ends_before_it_begins_is_refused(read: Any, text: str) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        read(text)


@pytest.mark.parametrize("read", [When.lasted, When.one_day_of])
@pytest.mark.parametrize(
    "text",
    [
        "2022-01-01/",
        "/2022-01-01",
        "/",
        "2022/2023/2024",
        "2022-01-01/..",
        "2022-00/2022-12",
        "2022/2023-02-30",
    ],
)
def test_a_range_with_an_end_that_is_no_date_is_refused(read: Any, text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        read(text)


@pytest.mark.parametrize(
    "value",
    [
        True, None, 1.5, [], ["2022-01-01"], {}, -1, 0, 99989, {"between": "2022/2021"}, {"in": "2022"},
        {"on": "2022-01-01", "between": "2022"}, {"on": None},
        {"on": "2022-01-01", "approximat": True},
    ],
)  # fmt: skip
def test_what_is_written_as_no_kind_of_date_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        When.read(value)


@pytest.mark.parametrize("value", ["yes", "true", 1, None, "no"])
def test_approximate_is_true_or_false_and_nothing_else(value: Any) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        When.read({"on": "2022-01-01", "approximate": value})


def test_a_range_where_one_day_is_meant_is_refused_and_the_remedy_is_named() -> None:
    with pytest.raises(ValueError, match=r"\{between: 2022-01-01/2022-02-01\}"):
        When.read("2022-01-01/2022-02-01")


def test_a_period_holds_its_first_day_and_not_the_first_day_out() -> None:
    period = Period(date(2022, 1, 1), date(2022, 1, 3))
    assert [period.holds(date(2022, 1, day)) for day in (1, 2, 3)] == [True, True, False]
    assert not period.holds(date(2021, 12, 31))


def test_a_period_without_an_end_holds_for_ever() -> None:
    assert Period(date(2022, 1, 1)).holds(date.max)


def test_periods_that_only_touch_share_no_day() -> None:
    first, second = Period(date(2022, 1, 1), date(2022, 2, 1)), Period(date(2022, 2, 1), None)
    assert not first.overlaps(second)
    assert not second.overlaps(first)


@pytest.mark.parametrize(
    "other", [Period(date(2022, 1, 31)), Period(date(2021, 1, 1)), Period(date(2022, 1, 5), date(2022, 1, 6))]
)
def test_periods_that_share_a_day_overlap_either_way(other: Period) -> None:
    period = Period(date(2022, 1, 1), date(2022, 2, 1))
    assert period.overlaps(other)
    assert other.overlaps(period)


def test_a_day_is_shown_in_words() -> None:
    assert show_day(date(2022, 12, 1)) == "1 December 2022"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (When.lasted("2022-11-23"), "23 November 2022"),
        (When.lasted("2022-01-05/2022-01-06"), "5-6 January 2022"),
        (When.lasted("2009-07-31/2009-08-01"), "31 July 2009 to 1 August 2009"),
        (When.lasted("2012-12-19", approximate=True), "about 19 December 2012"),
        (When.one_day_of("2022-09"), "some day from 1 September 2022 to 30 September 2022"),
    ],
)
def test_a_date_in_words_says_the_days_it_lasted_or_the_range_of_its_unknown_day(
    when: When, said: str
) -> None:
    assert show_when(when) == said
