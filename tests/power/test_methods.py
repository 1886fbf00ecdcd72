"""Every fast method against every group looked at one by one, and against the others where that is too long."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.power import (
    Game,
    Threshold,
    all_of,
    any_of,
    boxes,
    by_class,
    dual,
    halves,
    integral,
    minimal,
)
from foedus.power.boxes import box
from foedus.power.indices import shapley_shubik
from foedus.power.tally import Totals
from tests.power import brute
from tests.power.games import LOOKED_AT, boxed_games, game, games, thresholds, weighted_games


@LOOKED_AT
@given(games())
def test_voters_alike_counted_by_class_are_all_groups_counted(drawn: Game) -> None:
    assert by_class.tally(drawn) == brute.tally(drawn)
    assert by_class.critical(drawn) == brute.critical(drawn)


@LOOKED_AT
@given(games())
def test_every_pair_of_halves_is_every_group(drawn: Game) -> None:
    assert halves.tally_paired(drawn) == brute.tally(drawn)
    assert halves.critical(drawn) == brute.critical(drawn)


@LOOKED_AT
@given(games())
def test_halves_sorted_by_weight_are_every_group(drawn: Game) -> None:
    assume(halves.sortable(drawn))
    assert halves.tally_sorted(drawn) == brute.tally(drawn)


@LOOKED_AT
@given(boxed_games())
def test_a_box_of_groups_tells_the_game_by_size(drawn: Game) -> None:
    within = box(drawn)
    assert within is not None
    assert boxes.tally(drawn, within) == brute.tally(drawn)


@LOOKED_AT
@given(boxed_games())
def test_a_box_counted_modulo_small_numbers_is_put_together_again(drawn: Game) -> None:
    within = box(drawn)
    assert within is not None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(boxes, "_moduli", lambda voters, most: (101, 103, 107))
        assert boxes.tally(drawn, within) == brute.tally(drawn)


@LOOKED_AT
@given(weighted_games(), st.sampled_from([(0,), (101, 103, 107)]))
def test_a_row_of_weights_gives_the_same_sums(drawn: Game, moduli: tuple[int, ...]) -> None:
    within, whole = box(drawn), brute.tally(drawn)
    assert within is not None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(boxes, "_moduli", lambda voters, most: moduli)
        found = boxes.totals(drawn, within)
    assert found == Totals(drawn.size, whole.total, tuple(sum(row) for row in whole.within))


@LOOKED_AT
@given(weighted_games())
def test_minimal_groups_by_their_lightest_member_are_all_there_are(drawn: Game) -> None:
    assert minimal.critical(drawn) == brute.critical(drawn)


@LOOKED_AT
@given(weighted_games())
def test_the_integral_is_the_index_that_counts_orders(drawn: Game) -> None:
    rule = drawn.rule
    assert isinstance(rule, Threshold)
    found, error = integral.shapley(rule)
    assert error < 1e-12
    exact = shapley_shubik(brute.tally(drawn))
    assert found == pytest.approx([float(share) for share in exact], abs=1e-12)


@LOOKED_AT
@given(games(most_voters=5))
def test_the_index_of_shapley_and_shubik_counts_orders_of_joining(drawn: Game) -> None:
    assert list(shapley_shubik(brute.tally(drawn))) == brute.shapley(drawn)


@LOOKED_AT
@given(games())
def test_who_carries_in_the_dual_game_blocks_in_the_first(drawn: Game) -> None:
    everyone = range(drawn.size)
    for choice in product((False, True), repeat=drawn.size):
        group = [v for v in everyone if choice[v]]
        others = [v for v in everyone if not choice[v]]
        assert dual(drawn).carried(group) is not drawn.carried(others)


@settings(max_examples=3, deadline=None)
@given(st.integers(11, 16).flatmap(lambda n: thresholds(n, most=30).map(lambda rule: (n, rule))))
def test_methods_agree_beyond_what_is_looked_at_one_by_one(drawn: tuple[int, Threshold]) -> None:
    voters, weighs = drawn
    assume(weighs.total >= weighs.quota)
    both = game(voters, all_of(weighs, Threshold((1,) * voters, voters // 2)))
    within = box(both)
    assert within is not None
    paired = halves.tally_paired(both)
    assert halves.tally_sorted(both) == paired == boxes.tally(both, within)
    alone = game(voters, weighs)
    assert minimal.critical(alone) == halves.critical(alone)


@pytest.mark.parametrize("voters", [63, 70])
def test_a_game_too_large_for_machine_numbers_is_counted_exactly(voters: int) -> None:
    alike = Threshold(tuple(1 + at % 3 for at in range(voters)), voters)
    whole = game(voters, alike)
    within = box(whole)
    assert within is not None
    assert boxes.tally(whole, within) == by_class.tally(whole)
    sums = by_class.tally(whole)
    assert boxes.totals(whole, within).total == sums.total


def test_a_vote_by_heads_is_counted_as_binomials() -> None:
    whole = game(20, Threshold((1,) * 20, 20))
    assert by_class.tally(whole).carrying == (*(0,) * 20, 1)
    assert shapley_shubik(by_class.tally(whole))[0] * 20 == 1
    assert by_class.critical(whole).smallest[20] == 1  # all of them


def test_equal_thresholds_in_other_numbers_are_one() -> None:
    twice = game(3, any_of(Threshold((2, 2, 4), 5), Threshold((1, 1, 2), 3)))
    assert len(twice.thresholds) == 1


def test_a_part_that_always_holds_is_left_out() -> None:
    weighs = Threshold((1, 2, 3), 4)
    assert game(3, all_of(weighs, Threshold((0, 0, 0), 0))).rule == weighs


def test_a_part_that_never_holds_is_left_out_where_another_is_enough() -> None:
    weighs = Threshold((1, 2, 3), 4)
    assert game(3, any_of(weighs, Threshold((1, 1, 1), 4))).rule == weighs


def test_a_rule_with_a_part_that_never_holds_is_never_met() -> None:
    assert not game(3, all_of(Threshold((1, 2, 3), 4), Threshold((1, 1, 1), 4))).carried([0, 1, 2])


@settings(max_examples=8, deadline=None)
@given(games(most_voters=16))
def test_any_rule_of_up_to_sixteen_is_counted_as_when_every_group_is_asked(drawn: Game) -> None:
    assert by_class.tally(drawn) == halves.tally_paired(drawn)
    assert by_class.critical(drawn) == halves.critical(drawn)
