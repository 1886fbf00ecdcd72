"""The Security Council as shipped, against the data it was compiled from: members, names, seats, and every month's turn."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import pytest

import foedus
from foedus.engine.answers import Questions
from foedus.engine.standing import Standing
from foedus.record.acts import Membership, Representation, StateName, Turn
from foedus.secretariat import Organisation, inspect
from tests.conftest import SHARED_DATA

DATA = SHARED_DATA / "unsc-membership"
PAST = {"SUN": "SUHH", "YUG": "YUCS", "CSK": "CSHH", "DDR": "DDDE", "YMD": "YDYE"}
data = pytest.mark.data


class Row(NamedTuple):
    """A seat held under one name."""

    state: str
    name: str
    first: date
    out: date
    seat: str


@pytest.fixture(scope="module")
def council() -> Organisation:
    return foedus.load("un-security-council")


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (DATA / "members.csv").open(encoding="utf-8") as file:
        return [
            Row(
                PAST.get(row["iso3"], row["iso3"]),
                row["un_name"],
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]) if row["until"] else date.max,
                row["seat"],
            )
            for row in csv.DictReader(file)
        ]


def months(first: date, last: date) -> list[date]:
    """The first day of every month from one through another."""
    return [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]


def plainly(rows: list[Row], first: date, state: str, last: date) -> dict[date, str]:
    """Whose turn every month was, from the first on, in the plainest way: sort the names, take the next."""

    def sorted_names(day: date) -> list[tuple[str, str]]:
        def plain(name: str) -> str:
            apart = unicodedata.normalize("NFD", name.lower())
            return "".join(letter for letter in apart if not unicodedata.combining(letter))

        return sorted((plain(row.name), row.state) for row in rows if row.first <= day < row.out)

    turns: dict[date, str] = {}
    name = ""
    for day in months(first, last):
        listed = sorted_names(day)
        if not turns:
            name, turns[day] = next(each for each in listed if each[1] == state)
            continue
        name, turns[day] = next((each for each in listed if each[0] > name), listed[0])
    return turns


def test_the_folder_has_no_problem() -> None:
    assert not inspect("un-security-council")[1]


def test_kenya_presided_in_october_2021(council: Organisation) -> None:
    answer = council.who("president", "2021-10-15")
    assert (answer.status, answer.holder and answer.holder.state) == ("certain", "KEN")
    assert answer.holder is not None
    assert answer.holder.person is None


@data
def test_every_month_since_2000_is_as_the_names_in_order_give_it(
    council: Organisation, rows: list[Row]
) -> None:
    expected = plainly(rows, date(2000, 1, 1), "USA", date(2027, 12, 1))
    standing = Standing(council.charter, council.record)
    told = Questions("council", standing, council.record.about.record_to)
    for day, state in expected.items():
        answer = told.who("president", day)
        assert [p.holder and p.holder.state for p in answer.rows[0].segment.possible] == [state], day
        assert answer.status == ("certain" if day <= council.record.about.record_to else "unknown")


@data
def test_every_month_before_is_as_the_names_in_order_give_it_from_the_first_january(
    council: Organisation, rows: list[Row]
) -> None:
    for day, state in plainly(rows, date(1947, 1, 1), "AUS", date(1999, 12, 1)).items():
        answer = council.who("president", day)
        assert (answer.status, answer.holder and answer.holder.state) == ("certain", state), day


@data
def test_one_turn_is_enough_for_every_month_after_it(council: Organisation, rows: list[Row]) -> None:
    entries = tuple(
        e for e in council.record.entries if not isinstance(e, Turn) or e.id == "president/2000-01"
    )
    record = replace(council.record, entries=entries)
    assert sum(isinstance(e, Turn) for e in entries) == 1
    standing = Standing(council.charter, record)
    told = Questions("council", standing, record.about.record_to)
    for day, state in plainly(rows, date(2000, 1, 1), "USA", record.about.record_to).items():
        answer = told.who("president", day)
        assert (answer.status, answer.holder and answer.holder.state) == ("certain", state), day


@data
def test_reckoned_back_from_one_turn_the_true_president_is_always_possible(
    council: Organisation, rows: list[Row]
) -> None:
    entries = tuple(
        e for e in council.record.entries if not isinstance(e, Turn) or e.id == "president/2000-01"
    )
    told = Questions("council", Standing(council.charter, replace(council.record, entries=entries)), date.max)
    sure = 0
    for day, state in plainly(rows, date(1947, 1, 1), "AUS", date(1999, 12, 1)).items():
        answer = told.who("president", day)
        possible = {p.holder.state for p in answer.rows[0].segment.possible if p.holder is not None}
        assert state in possible, day
        assert (answer.status == "certain") == (len(possible) == 1)
        sure += answer.status == "certain"
    assert sure >= 12  # at least the year before, in which nobody joined or left


def test_each_turn_on_record_is_the_one_that_the_first_two_lead_to(council: Organisation) -> None:
    first = {"president/1946-01-17", "president/1946-12-17"}
    kept = tuple(e for e in council.record.entries if not isinstance(e, Turn) or e.id in first)
    told = Questions("council", Standing(council.charter, replace(council.record, entries=kept)), date.max)
    turns = [turn for turn in council.record.of_kind(Turn) if turn.id not in first]
    assert len(turns) > 100
    for turn in turns:
        answer = told.who("president", turn.when.latest)
        assert (answer.status, answer.holder and answer.holder.state) == ("certain", turn.held_by), turn.id


@data
def test_every_term_is_there_with_its_days_and_its_class(council: Organisation, rows: list[Row]) -> None:
    theirs: list[Row] = []
    for row in rows:
        same = next((r for r in theirs if (r.state, r.out) == (row.state, row.first)), None)
        if same is not None and row.seat == "elected":  # one term under two names
            theirs[theirs.index(same)] = same._replace(out=row.out)
        else:
            theirs.append(row)
    ours = sorted(
        (m.party, m.from_.earliest, m.until.earliest if m.until else date.max, m.as_)
        for m in council.record.of_kind(Membership)
    )
    assert ours == sorted((r.state, r.first, r.out, r.seat) for r in theirs)


@data
def test_every_state_was_a_member_in_each_year_in_which_the_data_has_it(
    council: Organisation, rows: list[Row]
) -> None:
    days = [
        date(year, month, day) for year in range(1946, 2028) for month, day in ((1, 17), (7, 1), (12, 31))
    ]
    for state in {row.state for row in rows}:
        terms = [row for row in rows if row.state == state]
        line = council.standing().party(state)
        for day in days:
            expected = any(row.first <= day < row.out for row in terms)
            found = line.at(day)
            standings = [p.holder.as_ for p in found.possible if p.holder is not None]
            assert standings == ["member" if expected else "non-member"], (state, day)
            assert found.status == ("certain" if day <= council.record.about.record_to else "unknown")


@data
def test_the_seats_are_as_many_as_the_charter_says_but_for_six_days(
    council: Organisation, rows: list[Row]
) -> None:
    days = sorted(
        {row.first for row in rows} | {row.out - timedelta(days=1) for row in rows if row.out < date.max}
    )
    for day in days:
        if not date(1946, 1, 17) <= day <= council.record.about.record_to:
            continue
        held = [row.holder.as_ for row in council.who("council", day).rows if row.holder is not None]
        short = date(1980, 1, 1) <= day < date(1980, 1, 7)
        assert held.count("permanent") == 5, day
        assert held.count("elected") == (9 if short else 6 if day.year < 1966 else 10), day


@data
def test_every_name_is_there_under_which_a_member_sat(council: Organisation, rows: list[Row]) -> None:
    names = list(council.record.of_kind(StateName))
    for row in rows:
        now = [e for e in names if e.state == row.state and e.from_.latest <= row.first]
        assert max(now, key=lambda e: e.from_.latest).name == row.name, row


@data
def test_who_spoke_for_the_two_seats_that_changed_hands_is_as_in_the_data(council: Organisation) -> None:
    with (DATA / "representation.csv").open(encoding="utf-8") as file:
        theirs = list(csv.DictReader(file))
    china = [
        (e.by.state, e.by.org, e.until.earliest.isoformat() if e.until else "")
        for e in council.record.of_kind(Representation)
    ]
    assert china == [
        (row["represented_by_iso3"], row["represented_by"], row["until"])
        for row in theirs
        if row["seat"] == "China"
    ]
    (russia,) = [m for m in council.record.of_kind(Membership) if m.party == "RUS"]
    _, since = [row for row in theirs if row["seat"] == "Soviet Union"]
    assert (russia.continues, russia.from_.earliest.isoformat()) == ("SUHH", since["from"])


def test_nobody_but_states_is_named_in_a_seat(council: Organisation) -> None:
    for row in council.who("council", "2021-10-15").rows:
        assert row.holder is not None
        assert row.holder.person is None
        assert row.status == "certain"
