"""Laws of decisions, on random rules, members and ballots, beside an evaluator written apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from foedus.decisions.blocking import blocking
from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.electorate import Voter
from foedus.decisions.flips import flips
from foedus.decisions.reduction import Otherwise, game
from foedus.decisions.rule import Rule
from foedus.decisions.tree import monotone
from foedus.decisions.verdict import judged
from foedus.problems import BadInput
from tests.deciding import tupled
from tests.properties.naive_decisions import FREE, blocking_groups, carried, whatever

FEWER = settings(max_examples=settings().max_examples // 4)  # the naive evaluator is slow
SHARES = st.sampled_from(["1/3", "1/2", "55%", "2/3", "3/4", "85%", "1/1"])
NAMES = ("A", "B", "C", "D", "E", "F")


@st.composite
def bounds(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.booleans()):
        return {draw(st.sampled_from(["at least", "more than"])): draw(st.integers(0, 4))}
    share = draw(SHARES)
    strict = share != "1/1" and draw(st.booleans())
    of = draw(st.sampled_from(["members", "entitled", "present", "voting"]))
    return {"more than" if strict else "at least": share, "of": of}


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return {"veto": {"class": "strong", "on": [draw(st.sampled_from(["no", "abstain", "absent"]))]}}
    if kind == 1:
        return {"no objection": {"minus": draw(st.integers(0, 2))}}
    bound = draw(bounds())
    tallies = [["yes"], ["yes"], ["no"], ["yes", "no"]]
    tallies += [["yes", "abstain"]] if bound.get("of") != "voting" else []
    tallies += [["not yes"], ["absent"]] if bound.get("of") not in {"voting", "present"} else []
    by = draw(st.sampled_from(["count", "votes"]))
    within = {"within": "strong"} if draw(st.integers(0, 3)) == 0 else {}
    return {"threshold": {"tally": draw(st.sampled_from(tallies)), "by": by, **within, **bound}}


def wider(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries({"all": several}),
        st.fixed_dictionaries({"any": several}),
        st.fixed_dictionaries({"not": parts}),
        several.flatmap(
            lambda of: st.integers(1, len(of)).map(lambda n: {"several": {"number": n, "of": of}})
        ),
    )


CONDITIONS = st.recursive(leaves(), wider, max_leaves=4)
STATUSES = st.sampled_from(["", "", "", "arrears", "recused", "party-to-dispute"])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    quorum = draw(st.lists(st.fixed_dictionaries({"at least": SHARES}), max_size=1))
    uniform = {
        "abstain": draw(st.sampled_from(["abstain", "no", "yes", "absent"])),
        "absent": draw(st.sampled_from(["absent", "absent", "no", "abstain"])),
    }
    return Rule.model_validate(
        tupled(
            {
                "decide": draw(CONDITIONS),
                "quorum": quorum,
                "ballots": {**uniform, "must abstain": ["party-to-dispute"]},
                "electorate": {
                    "exclude": [
                        {"status": "arrears", "effect": "no vote, keeps base"},
                        {"status": "recused", "effect": "leaves base"},
                    ]
                },
            }
        )
    )


@st.composite
def voters(draw: st.DrawFn) -> tuple[Voter, ...]:
    number = draw(st.integers(2, len(NAMES)))
    return tuple(
        Voter(
            name,
            frozenset({"strong"} if draw(st.booleans()) else ()),
            {"votes": draw(st.integers(1, 4))},
            frozenset({draw(STATUSES)} - {""}),
        )
        for name in NAMES[:number]
    )


def ballots_of(draw: st.DrawFn, who: tuple[Voter, ...]) -> dict[str, str]:
    return {voter.id: draw(st.sampled_from(FREE)) for voter in who}


@st.composite
def votes(draw: st.DrawFn) -> tuple[Rule, tuple[Voter, ...], dict[str, str]]:
    who = draw(voters())
    return draw(rules()), who, ballots_of(draw, who)


def chamber_of(rule: Rule, who: tuple[Voter, ...]) -> Chamber:
    """The chamber, where there is one: somebody is left, and no number is above what exists."""
    try:
        chamber = assemble(rule, who)
    except BadInput:
        reject()
    assume(chamber.voters)
    return chamber


@FEWER
@given(votes())
def test_the_outcome_is_the_naive_one_quickly_and_with_reasons(
    vote: tuple[Rule, tuple[Voter, ...], dict[str, str]],
) -> None:
    rule, who, ballots = vote
    chamber = chamber_of(rule, who)
    expected = carried(rule, who, ballots)
    assert chamber.carried(ballots) is expected
    assert judged(chamber, ballots).carried is expected


@FEWER
@given(votes(), st.sets(st.sampled_from(NAMES), max_size=3))
def test_what_is_not_recorded_leaves_open_what_it_may_change_and_nothing_else(
    vote: tuple[Rule, tuple[Voter, ...], dict[str, str]], missing: set[str]
) -> None:
    rule, who, ballots = vote
    chamber = chamber_of(rule, who)
    known = {name: choice for name, choice in ballots.items() if name not in missing}
    assert chamber.carried(known) is whatever(rule, who, known)


@FEWER
@given(votes())
def test_a_yes_more_never_undoes_what_a_monotone_rule_carried(
    vote: tuple[Rule, tuple[Voter, ...], dict[str, str]],
) -> None:
    rule, who, ballots = vote
    chamber = chamber_of(rule, who)
    assume(monotone(chamber.judged))
    assume(chamber.carried(ballots))
    for voter in chamber.voters:
        if "party-to-dispute" not in voter.statuses:  # whose yes counts as abstaining
            assert chamber.carried(ballots | {voter.id: "yes"})


@FEWER
@given(votes())
def test_flips_flip_and_nobody_else_does(vote: tuple[Rule, tuple[Voter, ...], dict[str, str]]) -> None:
    rule, who, ballots = vote
    chamber = chamber_of(rule, who)
    positions = chamber.positions(ballots)
    now = carried(rule, who, ballots)
    flipping = {flip.voter for flip in flips(chamber, positions)}
    expected = {
        voter.id
        for voter in chamber.voters
        if any(carried(rule, who, ballots | {voter.id: choice}) is not now for choice in FREE)
    }
    assert flipping == expected


@FEWER
@given(voters(), rules())
def test_blocking_groups_are_those_of_all_groups_that_block_and_of_which_no_part_does(
    who: tuple[Voter, ...], rule: Rule
) -> None:
    free = tuple(Voter(v.id, v.classes, v.weights) for v in who)
    chamber = chamber_of(rule, free)
    found = [frozenset(group) for group in blocking(chamber)]
    assert sorted(map(sorted, found)) == sorted(map(sorted, blocking_groups(rule, free)))
    assert [len(group) for group in found] == sorted(len(group) for group in found), "smallest first"


@FEWER
@given(votes())
def test_who_blocked_was_enough_to(vote: tuple[Rule, tuple[Voter, ...], dict[str, str]]) -> None:
    rule, who, ballots = vote
    chamber = chamber_of(rule, who)
    found = judged(chamber, ballots)
    for group in found.blocking():
        free = [voter.id for voter in who if "party-to-dispute" not in voter.statuses]
        others = {name: "yes" for name in free if name not in group}
        assert not carried(rule, who, ballots | others)


@FEWER
@given(votes(), st.sampled_from(["no", "abstain"]))
def test_the_game_of_a_rule_is_won_by_the_groups_whose_yes_carries_it(
    vote: tuple[Rule, tuple[Voter, ...], Mapping[str, str]], otherwise: Otherwise
) -> None:
    rule, who, ballots = vote
    free = tuple(Voter(v.id, v.classes, v.weights) for v in who)
    rule = rule.model_copy(update={"ballots": type(rule.ballots)()})
    chamber = chamber_of(rule, free)
    cast = {voter.id: "yes" if ballots.get(voter.id) == "yes" else otherwise for voter in free}
    try:
        played = game(chamber, otherwise)
    except BadInput:
        reject()
    group = [at for at, name in enumerate(played.voters) if cast[name] == "yes"]
    assert played.carried(group) is carried(rule, free, cast)
