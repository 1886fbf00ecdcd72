"""Figures that others printed: Shapley and Shubik 1954, Brams and Affuso 1976, Felsenthal and Machover 1998."""

from __future__ import annotations

from fractions import Fraction

import pytest

from foedus.power import Game, Threshold, all_of, any_of, power, weighted

EEC_1958 = ("France", "Germany", "Italy", "Belgium", "Netherlands", "Luxembourg")


@pytest.fixture(scope="module")
def council() -> Game:
    """Fifteen members, nine votes, and five who can each stop it (UN Charter, Article 27)."""
    names = tuple(f"permanent {at}" for at in range(1, 6)) + tuple(f"elected {at}" for at in range(1, 11))
    return Game(names, all_of(Threshold((1,) * 5 + (0,) * 10, 5), Threshold((1,) * 15, 9)))


def test_a_permanent_member_has_421_of_2145_by_shapley_and_shubik(council: Game) -> None:
    shares = power(council, ["shapley-shubik"]).of["shapley-shubik"]
    assert shares == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10


def test_a_permanent_member_has_a_sixth_by_banzhaf(council: Game) -> None:
    shares = power(council, ["banzhaf"]).of["banzhaf"]
    assert (round(float(shares[0]), 6), round(float(shares[14]), 6)) == (0.166929, 0.016535)


def test_there_are_125_least_ways_to_block_fifteen(council: Game) -> None:
    found = power(council)
    assert found.minimal_blocking == 5 + 120
    assert found.minimal == 210


def test_whoever_can_stop_it_alone_is_named(council: Game) -> None:
    assert power(council).vetoers == council.voters[:5]


def test_luxembourg_never_mattered_in_the_council_of_1958() -> None:
    found = weighted([4, 4, 4, 2, 2, 1], quota=12, voters=EEC_1958)
    assert found.dummies == ("Luxembourg",)
    sixtieths = [share * 60 for share in found.of["shapley-shubik"]]
    assert sixtieths == [14, 14, 14, 9, 9, 0]
    assert found.of["banzhaf"] == tuple(Fraction(n, 21) for n in (5, 5, 5, 3, 3, 0))


def test_one_who_carries_alone_and_without_whom_nothing_does_is_a_dictator() -> None:
    found = weighted([5, 1, 1], quota=4, voters=("queen", "earl", "clerk"))
    assert found.dictator == "queen"
    assert found.dummies == ("earl", "clerk")


def test_the_president_has_about_a_sixth_of_the_power_to_make_a_federal_law() -> None:
    """Shapley and Shubik 1954: about 1/6; by Banzhaf under 4 %. Two ways: with the president, or two thirds of both
    houses against; the vice-president breaks a tie of the Senate.
    """
    president, vice, senate, house = 1, 1, 100, 435
    n = president + vice + senate + house
    signed = all_of(
        Threshold((1,) + (0,) * (n - 1), 1),
        Threshold((0,) + (1,) * (vice + senate) + (0,) * house, 51),
        Threshold((0,) * (2 + senate) + (1,) * house, 218),
    )
    over = all_of(
        Threshold((0, 0) + (1,) * senate + (0,) * house, 67),
        Threshold((0,) * (2 + senate) + (1,) * house, 290),
    )
    found = power(Game(tuple(map(str, range(n))), any_of(signed, over)), ["shapley-shubik", "banzhaf"])
    assert float(found.of["shapley-shubik"][0]) == pytest.approx(1 / 6, abs=0.005)
    assert float(found.of["banzhaf"][0]) < 0.04
