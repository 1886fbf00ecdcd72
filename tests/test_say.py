"""Rules as sentences: every kind has one, made from its data."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus
from foedus.charter.charter import Charter
from foedus.charter.say import based, say
from tests.folders import loaded, rule


@pytest.fixture(scope="module")
def charter() -> Charter:
    return foedus.load("csto").charter


def sentence(charter: Charter, key: str) -> str:
    return say(charter, charter.by_key[key].says)


def test_every_rule_has_a_sentence(charter: Charter) -> None:
    for each in charter.rules:
        said = say(charter, each.says)
        assert said[0].isupper()
        assert said.endswith(".")


def test_the_chair_is_said_as_article_13_has_it(charter: Charter) -> None:
    said = sentence(charter, "chair-of-council@c2002")
    assert said.startswith(
        "Unless the Collective Security Council decides otherwise, the head of state of the host is Chair"
    )
    assert "from a regular session of the Collective Security Council until the next." in said


def test_seats_are_said_with_who_may_fill_them_instead(charter: Charter) -> None:
    assert sentence(charter, "council-seats@c2018") == (
        "Each party of the organisation has a seat in the Collective Security Council, filled by its head of state, or "
        "by its head of government where national law empowers it."
    )


def test_guests_are_said_in_the_plural(charter: Charter) -> None:
    assert sentence(charter, "council-attendance@c2002") == (
        "These may attend sessions of the Collective Security Council without a seat: foreign ministers, defence "
        "ministers, security council secretaries, the Secretary General, plenipotentiary representatives and invited "
        "persons."
    )


def test_a_clause_that_is_not_evaluated_says_what_it_says(charter: Charter) -> None:
    assert sentence(charter, "one-vote@c2002") == "Each member has one vote."


@pytest.fixture(scope="module")
def other() -> Charter:
    return foedus.load("un-security-council").charter


def test_every_rule_of_another_organisation_has_a_sentence(other: Charter) -> None:
    for each in other.rules:
        said = say(other, each.says)
        assert said[0].isupper()
        assert said.endswith(".")


def test_an_office_that_goes_round_is_said_with_its_order_and_its_months(other: Charter) -> None:
    assert sentence(other, "president@1947-01-01") == (
        "The members of the Security Council hold the office of President of the Security Council in turn, in the "
        "alphabetical order of their names in English, each for a month."
    )
    assert sentence(other, "president@r1946").endswith("each for a month, from its day 17 on.")


def test_seats_in_classes_are_said_with_their_numbers(other: Charter) -> None:
    assert sentence(other, "seats@c1965") == (
        "Each party of the organisation has a seat in the Security Council, filled by its representative. There are 15 "
        "seats: 5 permanent and 10 elected."
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind: withdrawal, of: organisation, months: 1, notice to: depositary", "on notice of 1 month to"),
        ("kind: withdrawal, of: organisation, months: 6, notice to: depositary", "on notice of 6 months to"),
        ("kind: arrears, of: organisation, by: council, years: 1, may lose: [vote]", "for 1 year may lose"),
        ("kind: arrears, of: organisation, by: council, years: 2, may lose: [vote]", "for 2 years may lose"),
    ],
)
def test_one_year_or_month_is_one_and_two_are_several(text: str, says: str, tmp_path: Path) -> None:
    charter = loaded(tmp_path, rule(f"{{id: r, {text}, in force: {{from: c1}}, basis: seen}}")).charter
    assert says in sentence(charter, "r@c1")


def test_a_practice_is_said_to_be_no_wording() -> None:
    assert (based("practice"), based("seen")) == ("practice, not wording", "wording seen")
