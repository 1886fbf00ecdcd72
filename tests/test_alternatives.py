"""Another rule in a rule's place: what it makes of fifteen members with five vetoes, and of others."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from foedus.decisions.alternatives import ALTERNATIVES, alternative, ready
from foedus.decisions.chamber import assemble
from foedus.decisions.electorate import Voter
from foedus.decisions.outcome import outcome
from foedus.decisions.reduction import game
from foedus.decisions.rule import Rule
from foedus.power import power
from foedus.problems import BadInput

PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
ELECTED = ("ALB", "BRA", "GAB", "GHA", "IND", "IRL", "KEN", "MEX", "NOR", "ARE")
MEMBERS = (
    *(Voter(state, frozenset({"permanent"})) for state in PERMANENT),
    *(Voter(state, frozenset({"elected"})) for state in ELECTED),
)
# UN Charter, Article 27(3)
SUBSTANTIVE = Rule.model_validate(
    {"decide": {"all": ({"threshold": {"at least": 9}}, {"veto": {"class": "permanent"}})}}
)
# S/2022/720 of 30 September 2022: ten for it, Russia against, four abstained
ON_30_SEPTEMBER = (
    dict.fromkeys((*PERMANENT, *ELECTED), "yes")
    | {"RUS": "no"}
    | dict.fromkeys(("BRA", "CHN", "GAB", "IND"), "abstain")
)


def carried(name: str, ballots: dict[str, str], members: tuple[Voter, ...] = MEMBERS) -> bool | None:
    rule, changed = alternative(name)(SUBSTANTIVE, members)
    return outcome(rule, changed, ballots).carried


def test_the_draft_of_30_september_2022_fell_to_one_veto() -> None:
    assert outcome(SUBSTANTIVE, MEMBERS, ON_30_SEPTEMBER).carried is False


@pytest.mark.parametrize(
    ("name", "carries"),
    [
        ("no-veto", True),
        ("no-veto:RUS", True),
        ("no-veto:CHN", False),
        ("abstention-is-no", False),  # then China's abstention is a veto too
        ("majority", True),
        ("two-thirds", True),
        ("consensus", False),
    ],
)
def test_it_would_have_carried_or_not(name: str, carries: bool) -> None:  # noqa: FBT001 - an expected answer
    assert carried(name, ON_30_SEPTEMBER) is carries


def test_two_thirds_of_fifteen_are_ten_and_no_fewer() -> None:
    one_less = ON_30_SEPTEMBER | {"NOR": "abstain"}
    assert carried("two-thirds", one_less) is False


def test_without_one_veto_the_others_keep_theirs() -> None:
    assert carried("no-veto:RUS", ON_30_SEPTEMBER | {"USA": "no"}) is False


def test_without_vetoes_all_have_the_same_power() -> None:
    rule, members = alternative("no-veto")(SUBSTANTIVE, MEMBERS)
    shares = power(game(assemble(rule, members)), ["shapley-shubik"]).of["shapley-shubik"]
    assert shares == (Fraction(1, 15),) * 15


def test_every_ready_rule_for_these_members_is_named() -> None:
    names = [name for name, _ in ready(SUBSTANTIVE, MEMBERS)]
    assert [n for n in names if n.startswith("no-veto")] == ["no-veto", *(f"no-veto:{p}" for p in PERMANENT)]
    assert "double-majority" not in names  # they have no weights


def test_a_double_majority_is_of_members_and_of_what_they_weigh() -> None:
    three = tuple(Voter(name, weights={"people": n}) for name, n in (("A", 70), ("B", 20), ("C", 10)))
    rule, members = alternative("double-majority")(SUBSTANTIVE, three)
    assert outcome(rule, members, {"A": "no", "B": "yes", "C": "yes"}).carried is False
    assert outcome(rule, members, {"A": "yes", "B": "no", "C": "no"}).carried is False
    assert outcome(rule, members, {"A": "yes", "B": "no", "C": "yes"}).carried is True


def test_absence_read_as_no_quorum_stops_what_else_would_carry() -> None:
    absent = ON_30_SEPTEMBER | {"RUS": "absent"}
    assert outcome(SUBSTANTIVE, MEMBERS, absent).carried is True
    assert carried("absence:ends-quorum", absent) is False


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("no-vetos", "Did you mean “no-veto”"),
        ("no-veto:BRA", "“BRA” has no veto under this rule"),
        ("majority:RUS", "“majority” takes nothing after a colon"),
        ("double-majority", "Which weight is meant is not said"),
        ("absence:ends", "There is no reading “ends” of absence"),
    ],
)
def test_what_changes_nothing_is_refused_with_what_would(name: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        carried(name, {})


def test_a_rule_without_a_veto_has_none_to_take_away() -> None:
    plain = Rule.model_validate({"decide": {"threshold": {"at least": 9}}})
    with pytest.raises(BadInput, match="no veto to take away"):
        alternative("no-veto")(plain, MEMBERS)


def test_each_ready_rule_says_what_it_changes() -> None:
    assert all(a.says.endswith(".") for a in ALTERNATIVES.values())


def _rule(decide: dict[str, Any]) -> Rule:
    return Rule.model_validate({"decide": decide})


def test_a_share_of_those_who_vote_needs_a_word_on_who_is_not_for_it() -> None:
    chamber = assemble(_rule({"threshold": {"more than": "1/2", "of": "voting"}}), MEMBERS)
    with pytest.raises(BadInput, match="Say which: “no” or “abstain”"):
        game(chamber)
    assert game(chamber, "no").carried(range(8))
    assert game(chamber, "abstain").carried([0])


def test_a_rule_under_which_a_yes_may_hurt_has_no_power_to_reckon() -> None:
    odd = _rule({"not": {"threshold": {"at least": 9}}})
    with pytest.raises(BadInput, match="no index of power is defined"):
        game(assemble(odd, MEMBERS), "no")


def test_a_veto_and_a_clause_on_blocking_come_to_the_same_game_as_written_by_hand() -> None:
    """A union's council: fifteen of 27 members with 65 of 100 of the people, or all but three."""
    union = tuple(Voter(f"M{at}", weights={"people": 1 + at}) for at in range(27))
    rule = _rule(
        {
            "any": (
                {
                    "all": (
                        {"threshold": {"at least": "55%", "of": "members"}},
                        {"threshold": {"at least": "65%", "of": "members", "by": "people"}},
                    )
                },
                {"not": {"threshold": {"tally": ("not yes",), "at least": 4}}},
            )
        }
    )
    found = game(assemble(rule, union))
    assert found.carried(range(3, 27))
    assert not found.carried(range(4, 18))  # fourteen
    assert found.carried(range(12, 27))  # fifteen, with 285 of 378
    assert not found.carried(range(15))  # fifteen, with 120
