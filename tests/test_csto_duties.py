"""What the record of the CSTO shows to have been owed: the two cases that everybody knows, and the days around them."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner

from foedus.accounts.cases import case
from foedus.accounts.duties import CaseOwing, Duties, owed
from foedus.cli import main
from foedus.engine.duties import duties
from foedus.secretariat import opened

ARTICLE_2, ARTICLE_4 = "Treaty, Article 2", "Treaty, Article 4"


def told(on: str, **only: str) -> Duties:
    return owed(opened("csto").questions(), date.fromisoformat(on), **only)


def one(on: str, name: str) -> CaseOwing:
    (found,) = (each for each in told(on).cases if each.case.entry.id == name)
    return found


def stood(found: CaseOwing) -> dict[tuple[str, str, str], set[str]]:
    """Who owed, by what is owed, under which article, and how it stood."""
    owing: dict[tuple[str, str, str], set[str]] = {}
    for duty in (duty for group in found.owing for duty in group.duties):
        rule = duty.stood.duty.rule
        owing.setdefault((rule.says.content, rule.citation, duty.word), set()).add(duty.stood.duty.holder)
    return owing


@pytest.mark.parametrize("on", ["2022-09-13", "2022-11-23", "2025-12-31"])
def test_armenia_in_september_2022_help_was_alleged_and_never_determined(on: str) -> None:
    others = {"BLR", "KAZ", "KGZ", "RUS", "TJK"}
    assert stood(one(on, "arm-2022")) == {
        ("consultation", ARTICLE_2, "discharged"): others,
        ("help", ARTICLE_4, "alleged"): others,
    }


def test_armenia_was_answered_by_a_mission_and_the_offer_of_a_working_group() -> None:
    answers = {
        (a.entry.by.org or a.entry.by.state, a.entry.by.office, a.entry.how)
        for a in one("2022-11-23", "arm-2022").answers
    }
    assert ("CSTO", "Secretary General", "mission") in answers
    assert ("CSTO", "", "offer") in answers
    assert "deployment" not in {how for _, _, how in answers}


def test_moscow_was_asked_and_the_organisation_answered_and_both_are_named() -> None:
    found = one("2022-11-23", "arm-2022")
    assert {each.who.state or each.who.org for each in found.case.asked} == {
        "RUS",
        "CSTO",
        "UN Security Council",
    }
    assert {a.by_as for a in found.answers} == {"asked"}


def test_kazakhstan_in_january_2022_was_determined_and_discharged_within_a_day_by_five() -> None:
    sent = {"ARM", "BLR", "KGZ", "RUS", "TJK"}
    assert stood(one("2022-01-06", "kaz-2022")) == {
        ("consultation", ARTICLE_2, "discharged"): sent,
        ("help", ARTICLE_4, "discharged"): sent,
        ("report", ARTICLE_4, "pending"): sent,
    }


def test_on_the_day_of_its_request_it_is_open_whether_kazakhstans_was_determined_yet() -> None:
    # one page puts the decision on the 5th of January, another on the 6th
    assert {word for what, _, word in stood(one("2022-01-05", "kaz-2022")) if what == "help"} == {
        "alleged or pending"
    }


def test_that_those_who_helped_kazakhstan_reported_to_the_security_council_is_not_in_the_record() -> None:
    words = {word for what, _, word in stood(one("2022-11-23", "kaz-2022")) if what == "report"}
    assert words == {"undetermined"}, "overdue is said only where every report is recorded"


def test_kyrgyzstan_in_june_2010_alleged_a_threat_which_was_never_determined_and_was_consulted_on() -> None:
    # whether Uzbekistan was a party of the Treaty again is not known
    others = {"ARM", "BLR", "KAZ", "RUS", "TJK"}
    before, after = one("2010-06-13", "kgz-2010"), one("2010-06-14", "kgz-2010")
    assert stood(before) == {("consultation", ARTICLE_2, "alleged"): others}
    assert stood(after) == {("consultation", ARTICLE_2, "discharged"): others}
    assert after.unclaimed == (
        f"Under {ARTICLE_4} nothing is claimed: it takes aggression, and no more than a threat is alleged.",
    )
    assert [
        said for said in after.unsettled if said.startswith("Whether Uzbekistan was a party of the Treaty")
    ]
    assert "refusal" in {a.entry.how for a in one("2010-06-17", "kgz-2010").answers}


@pytest.mark.parametrize("on", ["2002-05-14", "2009-07-31", "2010-06-11"])
def test_nothing_is_open_before_any_request(on: str) -> None:
    found = told(on)
    assert found.cases == ()
    assert "no request on record" in found.nothing


def test_what_one_member_owed_can_be_asked_by_its_name() -> None:
    found = told("2022-11-23", of="Tajikistan", case="arm-2022")
    assert [c.case.entry.id for c in found.cases] == ["arm-2022"]
    assert {d.stood.duty.holder for c in found.cases for g in c.owing for d in g.duties} == {"TJK"}


def test_as_known_before_anything_was_recorded_nothing_was_owed() -> None:
    csto = opened("csto")
    assert owed(csto.questions(date(2020, 1, 1)), date(2022, 11, 23)).cases == ()


def test_no_member_gave_notice_of_leaving_and_no_arrears_are_dated() -> None:
    # Uzbekistan's note of June 2012 suspended its membership; a notice under the Charter was not found
    found = told("2012-08-01")
    assert found.clocks == ()
    assert len(found.unclocked) == 2


def test_the_clocks_of_kazakhstans_request() -> None:
    # asked on the 5th, consulted the same day, decided on the 5th or 6th, on the ground on the 6th, gone by the 19th
    steps = case(opened("csto").questions(), "kaz-2022").cases[0].steps
    assert [(s.what, s.after_request) for s in steps] == [
        ("request", None),
        ("consultation", (0, 0)),
        ("determination", (0, 1)),
        ("decision", (0, 1)),
        ("deployment", (1, 1)),
        ("withdrawal", (8, 14)),
    ]


def test_a_security_council_has_no_rule_of_duty_and_says_so() -> None:
    found = owed(opened("un-security-council").questions(), date(2021, 10, 15))
    assert (found.rules, found.cases) == (0, ())
    assert (
        found.nothing
        == "No rule of its charter, as written here, says that a party owes anything on a request."
    )
    assert duties(opened("un-security-council").standing()) == ()


# -- on the command line


def printed(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["duties", "csto", *arguments], env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_what_is_closed_is_told_when_asked_for() -> None:
    _, short = printed("--on", "2022-11-23")
    assert "Closed by then, told with --all: kgz-2010, tjk-2013, arm-2021, tjk-2021" in short
    _, whole = printed("--on", "2022-11-23", "--all")
    assert "Kyrgyzstan, 12 June 2010" in whole
    assert "--all" not in whole


def test_a_reason_names_what_the_article_leaves_open() -> None:
    _, lines = printed("--on", "2022-11-23", "--case", "arm-2022", "--of", "TJK", "--why")
    said = " ".join(lines.split())
    assert "not evaluated: Treaty, Article 4: What help is necessary is not fixed" in said
    assert (
        "an answer: CSTO, some day from 13 September 2022 to 23 November 2022, offer: a working group" in said
    )


def test_why_all_tells_each_step_to_how_a_duty_stood() -> None:
    _, lines = printed("--on", "2022-11-23", "--case", "arm-2022", "--of", "TJK", "--why=all")
    said = " ".join(lines.split())
    assert "Help: Tajikistan (alleged) Holds: On 13 September 2022 Armenia" in said
    assert "Not in the record: That there was an armed attack is alleged only" in said
    assert "Consultation: Tajikistan" not in said


def test_every_wrong_argument_is_told_at_once() -> None:
    code, said = printed("--of", "Nowhere", "--case", "zz", "--on", "yesterday")
    assert code == 2
    assert {line.partition(":")[0] for line in said.splitlines()} == {"--on", "--of", "--case"}
