"""The laboratory and power over time: what they show of a rule that is changed, and of what cannot be."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page

Get = Callable[[str], Page]
COUNCIL = "/un-security-council/laboratory/?on=2022-09-30"


def test_without_a_change_it_shows_the_power_by_the_rule_in_force(get: Get) -> None:
    page = get(COUNCIL)
    assert "China, France, United Kingdom, Russia and United States can each stop it alone." in page.words
    assert "China 19.63% 19.63% 16.69% 16.69%" in page.words


def test_without_vetoes_all_have_the_same_and_nobody_stops_it_alone(get: Get) -> None:
    page = get(f"{COUNCIL}&rule=no-veto")
    assert "China 19.63% 6.67% 16.69% 6.67%" in page.words
    assert "Nobody can stop it alone." in page.words
    assert "No votes are on record here, so no outcome can turn." in page.words


def test_a_threshold_may_be_a_number_or_a_share(get: Get) -> None:
    assert "It takes at least 10 members in favour and no veto" in get(f"{COUNCIL}&threshold-1=10").words
    assert "It takes at least 2/3 of the members in favour" in get(f"{COUNCIL}&threshold-1=2/3").words


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("threshold-1=many", "“many” is no share. Write it as “2/3” or “55%”."),
        ("threshold-1=16", "The rule asks for 16 where there are 15 in all: it can never be met."),
        ("rule=no-vto", "There is no ready rule “no-vto”. Did you mean “no-veto”?"),
        ("organ=assembly", "There is no organ that decides “assembly”."),
    ],
)
def test_what_cannot_be_put_in_its_place_is_said_on_the_page(get: Get, asked: str, said: str) -> None:
    page = get(f"{COUNCIL}&{asked}")
    assert page.status == 200
    assert said in page.words


def test_on_a_record_without_ballots_nothing_is_said_to_turn(get: Get) -> None:
    page = get("/csto/laboratory/?on=2022-11-23&organ=council&rule=majority")
    assert "No outcome can be said to turn; of" in page.words


def test_power_over_time_is_drawn_and_tabled(get: Get) -> None:
    page = get("/un-security-council/power/")
    assert '<svg class="curves"' in page.text
    assert "Member 1950" in page.words
