"""Rules of decision as they are written: what is refused, what they say, and the weights beside them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from foedus.charter.deciding import deciding
from foedus.charter.kinds import Decision
from foedus.charter.say import say
from foedus.decisions.rule import Rule
from foedus.decisions.shares import read_share, say_amount
from foedus.decisions.weights import read_weights
from foedus.decisions.words import describe
from foedus.problems import NotFound
from foedus.secretariat import bundled, opened
from foedus.terms.dates import parse_day
from tests.deciding import tupled


def rule(**says: Any) -> Rule:
    return Rule.model_validate(tupled({key.replace("_", " "): value for key, value in says.items()}))


@pytest.mark.parametrize(
    ("text", "share"),
    [("2/3", Fraction(2, 3)), ("55%", Fraction(11, 20)), ("55 %", Fraction(11, 20)), ("62.5%", Fraction(5, 8)), ("1/1", Fraction(1))],
)  # fmt: skip
def test_shares_are_exact(text: str, share: Fraction) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["0.55", "2:3", "3/2", "101%", "1/0", "most"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="share"):
        read_share(text)


def test_shares_are_said_as_people_write_them() -> None:
    assert [say_amount(a) for a in (9, Fraction(2, 3), Fraction(11, 20), Fraction(1))] == [
        "9",
        "2/3",
        "55 %",
        "all",
    ]


@pytest.mark.parametrize(
    ("threshold", "part"),
    [
        ({"at least": 9, "more than": 8}, "one of “at least”"),
        ({}, "one of “at least”"),
        ({"at least": "2/3"}, "a share “of” something"),
        ({"at least": 9, "of": "members"}, "not “of” anything"),
        ({"more than": "100%", "of": "members"}, "can never be reached"),
        ({"at least": "3/2", "of": "members"}, "more than the whole"),
        ({"tally": ["abstain"], "at least": "1/3", "of": "voting"}, "not among those “of: voting”"),
    ],
)
def test_a_threshold_that_cannot_be_meant_is_refused(threshold: dict[str, Any], part: str) -> None:
    with pytest.raises(ValidationError, match=part):
        rule(decide={"threshold": threshold})


@pytest.mark.parametrize(
    ("says", "part"),
    [
        ({"decide": {}}, "more or less than one condition"),
        ({"decide": {"veto": {}, "no objection": {}}}, "more or less than one condition"),
        ({}, "A rule has “decide”"),
        ({"decide": {"several": {"number": 3, "of": [{"veto": {}}]}}}, "can never be met"),
        ({"decide": {"veto": {}}, "procedure": {"silence": {"hours": 48}}}, "Only “mode: silence”"),
        ({"procedure": {"stages": [{"name": "one", "decide": {"veto": {}}}]}}, "two or more"),
    ],
)
def test_a_rule_that_says_too_much_or_too_little_is_refused(says: dict[str, Any], part: str) -> None:
    with pytest.raises(ValidationError, match=part):
        rule(**says)


def test_a_rule_is_said_in_sentences() -> None:
    says = {"all": [{"threshold": {"at least": "55%", "of": "members"}}, {"veto": {"class": "permanent"}}]}
    text = describe(rule(decide=says, quorum=[{"at least": 6}]))
    assert text == (
        "It takes at least 55 % of the members in favour and no veto of a permanent member (no). "
        "Quorum: at least 6 members, at the vote."
    )


@pytest.mark.parametrize("name", list(bundled()))
def test_every_decision_of_every_body_can_be_said(name: str) -> None:
    charter = opened(name).charter
    for decision in charter.of_kind(Decision):
        assert say(charter, decision.says).endswith(".")


def test_with_no_matter_named_the_rule_for_all_matters_is_meant() -> None:
    csto = opened("csto").charter
    assert deciding(csto, "council", date(2022, 11, 23)).says.matters == "all but procedure"
    with pytest.raises(NotFound, match="Name the matter"):
        deciding(opened("who").charter, "assembly", date(2022, 5, 26))


def test_a_rule_for_a_proposer_goes_before_one_for_anybody() -> None:
    eu, day = opened("eu-council").charter, date(2020, 5, 1)
    for proposer, rule_id in (("commission", "on-proposal"), (None, "otherwise"), ("member", "otherwise")):
        assert deciding(eu, "council", day, "qualified majority", proposer).says.id == rule_id


WEIGHTS = "weight,member,from,until,value\n"


def test_a_weight_holds_from_its_first_day_until_the_first_day_it_no_longer_does() -> None:
    found, problems = read_weights(
        "weights.csv", f"{WEIGHTS}votes,A,2000-01-01,2001-01-01,3\nvotes,A,2001-01-01,,4\n"
    )
    assert not problems
    days = ("1999-12-31", "2000-01-01", "2000-12-31", "2001-01-01")
    assert [found.on(parse_day(day)).get("A") for day in days] == [
        None,
        {"votes": 3},
        {"votes": 3},
        {"votes": 4},
    ]


@pytest.mark.parametrize(
    ("rows", "part"),
    [
        ("votes,A,,,3.5\n", "no whole number"),
        ("votes,A,,3\n", "4 fields where there are 5"),
        ("votes,A,2001-01-01,2000-01-01,3\n", "ends before it begins"),
        ("votes,A,2001,,3\n", "is not one day"),
        ("votes,A,,,3\nvotes,A,2000-01-01,,4\n", "two weights “votes”"),
    ],
)
def test_what_is_wrong_with_a_table_of_weights_is_told(rows: str, part: str) -> None:
    _, problems = read_weights("weights.csv", WEIGHTS + rows)
    assert [part in problem.what for problem in problems] == [True]
