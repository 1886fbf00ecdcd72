"""What every answer on power keeps, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from foedus.power import INDICES, Game, Index, Threshold, all_of, any_of, dual, power, sampled, weighted
from foedus.problems import BadInput
from tests.power.games import LOOKED_AT, game, games

LARGE = [15 + at * at // 9 for at in range(190)]  # as many members as the Fund has
SHARES: tuple[Index, ...] = ("shapley-shubik", "banzhaf", "deegan-packel", "holler", "johnston")


@LOOKED_AT
@given(games())
def test_shares_of_power_add_up_to_one(drawn: Game) -> None:
    found = power(drawn)
    assert all(sum(found.of[index], Fraction(0)) == 1 for index in SHARES)


@LOOKED_AT
@given(games())
def test_voters_that_may_stand_for_one_another_have_the_same_power(drawn: Game) -> None:
    found = power(drawn)
    for alike in drawn.classes:
        for index in INDICES:
            assert len({found.of[index][voter] for voter in alike}) == 1


@LOOKED_AT
@given(games())
def test_who_never_matters_has_no_power_by_any_index(drawn: Game) -> None:
    found = power(drawn)
    for at, voter in enumerate(drawn.voters):
        without = {found.of[index][at] == 0 for index in INDICES}
        assert without == {voter in found.dummies}


@LOOKED_AT
@given(games())
def test_to_carry_and_to_block_are_worth_the_same(drawn: Game) -> None:
    found, turned = power(drawn), power(dual(drawn))
    same: tuple[Index, ...] = ("shapley-shubik", "banzhaf", "banzhaf-absolute")
    for index in same:
        assert found.of[index] == turned.of[index]
    assert found.of["coleman-prevent"] == turned.of["coleman-initiate"]
    assert found.blocking == turned.carrying
    assert found.minimal_blocking == turned.minimal


@LOOKED_AT
@given(games())
def test_who_can_stop_it_alone_prevents_whatever_it_does_not_join(drawn: Game) -> None:
    found = power(drawn)
    for voter, prevents in zip(found.voters, found.of["coleman-prevent"], strict=True):
        assert (prevents == 1) is (voter in found.vetoers)


def test_all_members_of_a_large_fund_are_reckoned_exactly() -> None:
    weights = LARGE
    found = weighted(weights, quota=sum(weights) // 2 + 1, indices=["banzhaf-absolute"])
    exact = found.of["banzhaf-absolute"]
    assert all(isinstance(share, Fraction) for share in exact)
    assert list(exact) == sorted(exact)
    assert found.blocking == 2**190 - (found.carrying or 0)


def test_a_figure_that_is_not_exact_says_within_how_much() -> None:
    weights = [1459 + 37 * at * at for at in range(64)]
    found = weighted(weights, quota=sum(weights) // 2 + 1, indices=["shapley-shubik"])
    assert found.within["shapley-shubik"] < 1e-10


def test_weights_may_be_fractions_decimals_or_text() -> None:
    as_text = weighted(["1/3", "1/3", 0.25, "0.05"], quota="1/2")
    assert as_text.of == weighted([20, 20, 15, 3], quota=30).of


def test_progress_ends_at_the_whole() -> None:
    told: list[float] = []
    weighted([1459 + 37 * at * at for at in range(70)], 100_000, indices=["banzhaf"], progress=told.append)
    assert told[-1] == 1
    assert told == sorted(told)


def test_whoever_is_told_of_progress_can_stop_it() -> None:
    def stop(done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        weighted([1459 + 37 * at * at for at in range(70)], 100_000, indices=["banzhaf"], progress=stop)


@pytest.mark.parametrize(
    ("weights", "quota", "says"),
    [
        ([], 1, "Nobody is entitled to vote"),
        ([3, -1, 2], 3, "Weight 2 is -1; a weight is not negative."),
        ([1, float("nan")], 1, "weight 2 is nan; it must be a finite number"),
        ([1, float("inf")], 1, "weight 2 is inf"),
        ([1, 2], 4, "Not even all together carry: 4 of 3 are asked for."),
        ([1, 2], 0, "A quota must be above 0."),
        (["many", 2], 2, "weight 1 is “many”"),
    ],
)
def test_what_makes_no_game_is_refused_with_what_would(weights: list[Any], quota: int, says: str) -> None:
    with pytest.raises(BadInput, match=says.replace(".", r"\.")):
        weighted(weights, quota)


def test_ten_thousand_voters_on_a_method_that_grows_twofold_are_refused_at_once() -> None:
    with pytest.raises(BadInput, match="What works: up to 27 voters"):
        weighted(range(1, 10_001), 25_000_000, indices=["johnston"])


def test_names_that_do_not_match_the_weights_are_refused() -> None:
    with pytest.raises(BadInput, match="There are 2 weights and 1 voters"):
        weighted([1, 2], 2, voters=["A"])


def test_what_one_index_cannot_reach_is_said_beside_those_that_can() -> None:
    found = weighted([1459 + 37 * at * at for at in range(70)], 100_000)
    assert set(found.unreached) == {"deegan-packel", "holler", "johnston"}
    assert set(found.of) == set(INDICES) - set(found.unreached)


def test_a_threshold_above_the_total_is_told_in_numbers() -> None:
    with pytest.raises(BadInput, match="9 of 3"):
        power(game(3, Threshold((1, 1, 1), 9)))


def test_drawn_figures_hold_within_their_bound() -> None:
    drawn = game(6, Threshold((4, 4, 4, 2, 2, 1), 12))
    exact, draws = power(drawn, ["shapley-shubik", "banzhaf-absolute"]).of, 4000
    within = sampled.bound(draws, 6)
    assert within < 0.04
    for found, index in (
        (sampled.shapley(drawn, draws, seed=1), exact["shapley-shubik"]),
        (sampled.banzhaf_absolute(drawn, draws, seed=1), exact["banzhaf-absolute"]),
    ):
        assert all(abs(a - float(b)) <= within for a, b in zip(found, index, strict=True))


def test_in_a_union_of_27_shares_add_up_and_blocking_is_worth_as_much_as_carrying() -> None:
    people = tuple(10_000 + 83 * at**4 // 5 for at in range(27))
    heads = (1,) * 27
    both = all_of(Threshold(heads, 15), Threshold(people, 65 * sum(people) // 100))
    union = game(27, any_of(both, Threshold(heads, 24)))
    asked: tuple[Index, ...] = ("shapley-shubik", "banzhaf", "coleman-prevent", "coleman-initiate")
    found, turned = power(union, asked).of, power(dual(union), asked).of
    assert sum(found["shapley-shubik"], Fraction(0)) == sum(found["banzhaf"], Fraction(0)) == 1
    assert (found["shapley-shubik"], found["banzhaf"]) == (turned["shapley-shubik"], turned["banzhaf"])
    assert found["coleman-prevent"] == turned["coleman-initiate"]
    assert list(found["banzhaf"]) == sorted(found["banzhaf"])


def test_among_190_members_to_carry_and_to_block_are_worth_the_same_and_who_weighs_nothing_has_nothing() -> (
    None
):
    weights = [0, *LARGE[1:]]
    quota = sum(weights) * 85 // 100
    carry, block = (
        weighted(weights, q, indices=["banzhaf-absolute"]) for q in (quota, sum(weights) - quota + 1)
    )
    assert carry.of == block.of
    assert carry.dummies == block.dummies == ("1",)
