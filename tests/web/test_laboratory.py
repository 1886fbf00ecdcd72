"""The laboratory and power over time: what they show of a rule that is changed, and of what cannot be."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, comb, factorial
from pathlib import Path

import pytest

import foedus
from foedus.decisions.bounds import bounds, with_bounds
from foedus.decisions.read import read_rule
from foedus.decisions.words import describe
from foedus.power import Game, Threshold, all_of, any_of, power
from foedus.web import application
from foedus.web.figures.labels import apart, short
from tests.findings.league import SEEN
from tests.findings.league import league as league_of_three
from tests.web.conftest import Page

Get = Callable[[str], Page]
COUNCIL = "/un-security-council/laboratory/?on=2022-09-30"
UNION = "/eu-council/laboratory/?on=2025-06-01"


@pytest.fixture
def union(league: Path) -> Iterator[None]:
    """For as long as a test lasts, the EU Council is served."""
    application(["eu-council"])
    yield
    application(["csto", "un-security-council", str(league)])


def populations() -> dict[str, int]:
    """The populations on file for June 2025."""
    file = Path(foedus.__file__).parent / "organisations" / "eu-council" / "weights.csv"
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    return {
        row["member"]: int(row["value"])
        for row in rows
        if row["weight"] == "population"
        and row["from"] <= "2025-06-01"
        and (not row["until"] or row["until"] > "2025-06-01")
    }


def by_hand(share: Fraction, to_block: int) -> dict[str, str]:
    """Shapley and Shubik's index of the Union's double majority: 55 % of members with a share of the population, unless
    fewer than so many are against it.
    """
    people = populations()
    one = (1,) * len(people)
    heads = Threshold(one, ceil(Fraction(55, 100) * len(people)))
    weighs = Threshold(tuple(people.values()), ceil(share * sum(people.values())))
    unblocked = Threshold(one, len(people) - to_block + 1)
    game = Game(tuple(people), all_of(heads, any_of(weighs, unblocked)))
    found = power(game, ("shapley-shubik",))
    return {who: f"{float(n):.2%}" for who, n in zip(found.voters, found.of["shapley-shubik"], strict=True)}


def test_without_a_change_it_shows_the_power_by_the_rule_in_force(get: Get) -> None:
    page = get(COUNCIL)
    assert "China, France, United Kingdom, Russia and United States can each stop it alone." in page.words
    assert "China 19.63% 19.63% 16.69% 16.69%" in page.words


def test_without_vetoes_all_have_the_same_and_nobody_stops_it_alone(get: Get) -> None:
    page = get(f"{COUNCIL}&rule=no-veto")
    assert "China 19.63% 6.67% 16.69% 6.67%" in page.words
    assert "Nobody can stop it alone." in page.words
    assert "No votes are on record here, so no outcome can turn." in page.words


def test_each_amount_has_a_field_of_its_own_in_the_words_of_the_rule(get: Get, union: None) -> None:
    page = get(UNION)
    fields = re.findall(
        r'<span>([^<]*)</span> <input name="([^"]*)" value="" placeholder="([^"]*)"', page.text
    )
    assert fields == [
        ("At least 55 % of the members in favour", "threshold-1", "55 %"),
        ("At least 15 members in favour", "threshold-2", "15"),
        ("At least 65 % of the population of the members in favour", "threshold-3", "65 %"),
        ("Not (at least 4 members not in favour)", "threshold-4", "4"),
    ]


@pytest.mark.parametrize(
    ("asked", "share", "to_block"),
    [("threshold-3=60%25", Fraction(3, 5), 4), ("threshold-3=70%25&threshold-4=5", Fraction(7, 10), 5)],
)
def test_the_union_under_other_amounts_is_the_game_written_by_hand(
    get: Get, union: None, asked: str, share: Fraction, to_block: int
) -> None:
    then, words = by_hand(share, to_block), get(f"{UNION}&{asked}").words
    assert re.search(rf"Germany [0-9.]+% {then['DEU']} ", words)
    assert re.search(rf"Poland [0-9.]+% {then['POL']} ", words)
    assert re.search(rf"Malta [0-9.]+% {then['MLT']} ", words)


def test_eight_in_place_of_nine_without_the_veto_of_one(get: Get) -> None:
    """Four vetoes; one of the other eleven is decisive where all four and three of the other ten stand before it."""
    others = Fraction(comb(10, 3) * factorial(7) ** 2, factorial(15))
    page = get(f"{COUNCIL}&threshold-1=8&no-veto:RUS=yes")
    assert "China, France, United Kingdom and United States can each stop it alone." in page.words
    assert f"China 19.63% {float((1 - 11 * others) / 4):.2%} " in page.words
    assert f"Russia 19.63% {float(others):.2%} " in page.words
    assert "It takes at least 8 members in favour and no veto of a permanent member (no)" in page.words
    assert "Russia cannot veto it." in page.words


def test_the_form_keeps_what_was_changed(get: Get) -> None:
    page = get(f"{COUNCIL}&threshold-1=8&no-veto:RUS=yes")
    assert '<input name="threshold-1" value="8" placeholder="9"' in page.text
    assert '<input type="checkbox" name="no-veto:RUS" value="yes" checked>' in page.text
    assert '<input type="checkbox" name="no-veto:CHN" value="yes">' in page.text


def test_a_veto_taken_away_as_a_ready_rule_is_the_same_as_ticked(get: Get) -> None:
    assert (
        '<input type="checkbox" name="no-veto:RUS" value="yes" checked>'
        in get(f"{COUNCIL}&rule=no-veto:RUS").text
    )


def test_five_vetoes_taken_away_one_by_one_are_all_of_them(get: Get) -> None:
    each = "&".join(f"no-veto:{who}=yes" for who in ("CHN", "FRA", "GBR", "RUS", "USA"))
    words = get(f"{COUNCIL}&{each}").words
    assert "China 19.63% 6.67% " in words
    assert "Nobody can stop it alone." in words


def test_at_least_may_become_more_than(get: Get) -> None:
    assert (
        "It takes more than 3/5 of the members in favour" in get(f"{COUNCIL}&threshold-1=more than 3/5").words
    )


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


def test_all_that_cannot_be_is_said_at_once(get: Get) -> None:
    words = get(f"{COUNCIL}&threshold-1=many&quorum-1=3&no-veto:BRA=yes").words
    assert "At least 9 members in favour: “many” is no share. Write it as “2/3” or “55%”." in words
    assert "This rule has no “quorum-1”." in words
    assert "“BRA” has no veto under this rule." in words


def test_on_a_record_without_ballots_nothing_is_said_to_turn(get: Get) -> None:
    page = get("/csto/laboratory/?on=2022-11-23&organ=council&rule=majority")
    assert "No outcome can be said to turn; of" in page.words


ALL_NEEDED = (
    "id: oil-rule, kind: decision, organs: [council], matters: oil, by: vote, "
    "rule: {decide: {threshold: {at least: 1/1, of: members}}}, in force: {from: c1}, basis: seen"
)
STOPPED = f"id: oil, kind: decision, session: s2003, what: lamp oil, outcome: not adopted, matter: oil, stopped by: KAZ, {SEEN}"


def test_of_the_decisions_of_the_matter_those_turn_that_it_is_certain_of(
    get: Get, league: Path, tmp_path: Path
) -> None:
    application([str(league_of_three(tmp_path, STOPPED, rules=ALL_NEEDED))])
    try:
        asked = "/tiny/laboratory/?on=2003-05-01&organ=council"
        assert "lamp oil would be carried." in get(f"{asked}&matter=oil&threshold-1=0").words
        assert (
            "turn; of 1 it is not recorded how members voted"
            in get(f"{asked}&matter=oil&threshold-1=2").words
        )
        assert "No votes are on record here" in get(f"{asked}&matter=all but procedure&rule=majority").words
    finally:
        application(["csto", "un-security-council", str(league)])


def test_power_over_time_is_drawn_and_tabled(get: Get) -> None:
    page = get("/un-security-council/power/")
    assert '<svg class="plot"' in page.text
    assert "Member 1950" in page.words
    assert re.search(r'<text class="wide"[^>]*>CHN, FRA, RUS, GBR, USA<title>China, France, ', page.text)
    assert re.search(r'<text class="brief"[^>]*>CHN, FRA \+3</text>', page.text)


def test_names_at_the_ends_of_lines_do_not_overlap() -> None:
    assert apart([5.0, 6.0, 90.0], 10.0, 0.0, 100.0) == (5.0, 15.0, 90.0)
    assert apart([99.0, 98.0, 20.0], 10.0, 0.0, 100.0) == (100.0, 90.0, 20.0)


def test_a_line_of_one_has_its_name_and_a_line_of_many_their_codes() -> None:
    assert short(["FRA"], ["France"], 3) == "France"
    assert short(["GBR"], ["United Kingdom of"], 3) == "GBR"
    assert short(["FRA", "DEU", "ITA"], ["France", "Germany", "Italy"], 3) == "FRA, DEU, ITA"
    assert short(["FRA", "DEU", "ITA", "ESP"], ["", "", "", ""], 3) == "FRA, DEU +2"
    assert short(["nordic-baltic", "benelux"], ["", ""], 3) == "2 members"


QUORATE = """
quorum: [{more than: 1/2}, {at least: 3, at: opening}]
procedure:
  stages are: tried in turn
  stages:
    - {name: first, decide: {threshold: {at least: 2/3, of: voting}}}
    - {name: second, decide: {threshold: {more than: 1/2, of: voting}}}
"""


def test_quorums_and_the_votes_of_several_stages_can_be_changed_too() -> None:
    rule = read_rule("rule", QUORATE)
    assert [(b.name, b.says, b.amount) for b in bounds(rule)] == [
        ("quorum-1", "Quorum: more than 1/2 of the members, at the vote", "1/2"),
        ("quorum-2", "Quorum: at least 3 members, when the meeting opens", "3"),
        ("threshold-1", "First: at least 2/3 of those voting yes or no in favour", "2/3"),
        ("threshold-2", "Second: more than 1/2 of those voting yes or no in favour", "1/2"),
    ]
    said = describe(with_bounds(rule, {"quorum-1": "2/3", "threshold-2": "at least 4"}))
    assert "Quorum: more than 2/3 of the members, at the vote." in said
    assert "Second: it takes at least 4 members in favour." in said
