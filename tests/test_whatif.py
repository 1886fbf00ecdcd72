"""What if another rule had applied: votes from a file put to it, on the command line and from Python."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.accounts.deciders import deciders
from foedus.accounts.powers import powers
from foedus.accounts.roll_called import on_record
from foedus.decisions.alternatives import alternative
from foedus.decisions.outcome import outcome
from foedus.secretariat import opened
from foedus.terms.dates import parse_day
from tests.conftest import ROOT, SHARED_DATA
from tests.verbs import printed, refused, told

VOTES_2022 = str(ROOT / "docs" / "security-council-2022.csv")
COUNCIL = ("whatif", "un-security-council", "--votes", VOTES_2022)


@pytest.fixture(autouse=True)
def each_folder_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only for speed: the commands load organisations as a server does."""
    monkeypatch.setattr("foedus.cli.asked.load", opened)


def words(*arguments: str) -> str:
    """What is printed, however its lines are broken."""
    return " ".join(printed(*arguments).split())


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def changed(folder: Path, old: str, new: str) -> str:
    text = Path(VOTES_2022).read_text("utf-8")
    assert old in text
    return written(folder, "votes.csv", text.replace(old, new))


# -- what turns


def test_without_vetoes_both_drafts_that_russia_stopped_turn_with_tally_and_reason() -> None:
    replay = told(*COUNCIL, "--rule", "no-veto")["replay"]
    assert [(each["vote"], each["on"], each["was"], each["now"]) for each in replay["turned"]] == [
        ("S/2022/155", "2022-02-25", "not carried", "carried"),
        ("S/2022/720", "2022-09-30", "not carried", "carried"),
    ]
    assert [{t["position"]: t["members"] for t in each["tally"]} for each in replay["turned"]] == [
        {"yes": 11, "no": 1, "abstained": 3},
        {"yes": 10, "no": 1, "abstained": 4},
    ]
    assert all("Veto of Russia, which bars it." in each["why it was"] for each in replay["turned"])
    assert (replay["by year"], replay["by member"]) == (
        [{"year": 2022, "turned": 2}],
        [{"member": "RUS", "against": 2}],
    )


def test_it_is_told_in_words_with_who_mattered_and_how_often_rules_agree() -> None:
    said = words(*COUNCIL, "--rule", "no-veto")
    for part in (
        "What if “no-veto” applied: Security Council, United Nations Security Council",
        "2 outcomes turn",
        "Veto of Russia, which bars it.",
        "Russia 2 2 → 0 0 → 2 2 → 0",
        "the rule in force no-veto 0 of 2 0.0%",
        "no-veto majority 2 of 2 100.0%",
    ):
        assert part in said


def test_only_one_members_veto_may_be_taken_away() -> None:
    assert len(told(*COUNCIL, "--rule", "no-veto:RUS")["replay"]["turned"]) == 2
    assert told(*COUNCIL, "--rule", "no-veto:FRA")["replay"]["turned"] == []


def test_a_vote_of_procedure_is_judged_by_the_rule_for_procedure_as_its_row_says() -> None:
    """Resolution 2623 was adopted against Russia's no."""
    replay = told(*COUNCIL, "--rule", "consensus")["replay"]
    assert [(each["vote"], each["now"]) for each in replay["turned"]] == [("2623 (2022)", "not carried")]
    assert len(replay["own rules"]) == 2


def test_a_vote_to_which_the_other_rule_cannot_be_put_is_set_apart_with_the_reason() -> None:
    replay = told(*COUNCIL, "--rule", "no-veto")["replay"]
    assert [(each["vote"], each["why"]) for each in replay["apart"]] == [
        ("2623 (2022)", "This rule has no veto to take away.")
    ]


def test_a_vote_whose_recorded_outcome_the_rule_does_not_give_is_set_apart(tmp_path: Path) -> None:
    path = changed(tmp_path, "Referendums in regions of Ukraine,not carried", "Referendums,carried")
    replay = told("whatif", "un-security-council", "--votes", path, "--rule", "no-veto")["replay"]
    assert [each["vote"] for each in replay["turned"]] == ["S/2022/155"]
    (apart,) = [each for each in replay["apart"] if each["vote"] == "S/2022/720"]
    assert "On record it was carried" in apart["why"]
    assert "makes not carried" in apart["why"]


def test_a_member_that_is_not_listed_took_no_part(tmp_path: Path) -> None:
    text = Path(VOTES_2022).read_text("utf-8").splitlines(keepends=True)
    kept = "".join(line for line in text if not line.startswith("S/2022/720,2022-09-30,NOR"))
    path = written(tmp_path, "votes.csv", kept)
    replay = told("whatif", "un-security-council", "--votes", path, "--rule", "no-veto")["replay"]
    assert replay["not listed"] == 1
    (one,) = [each for each in replay["turned"] if each["vote"] == "S/2022/720"]
    assert {"position": "absent", "members": 1} in one["tally"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("S/2022/720,2022-09-30,NOR,", "S/2022/720,2022-09-30,SWE,", "It lists Sweden, with no seat on that day."),
        ("S/2022/720,2022-09-30,NOR,", "S/2022/720,2022-09-30,KEN,", "It lists Kenya twice."),
        ("regions of Ukraine,not carried,substantive", "Ukraine,not carried,war", "By which rule it was decided"),
    ],
)  # fmt: skip
def test_a_vote_that_does_not_fit_the_record_is_set_apart_with_the_reason(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    path = changed(tmp_path, old, new)
    replay = told("whatif", "un-security-council", "--votes", path, "--rule", "no-veto")["replay"]
    assert any(each["vote"] == "S/2022/720" and each["why"].startswith(why) for each in replay["apart"])
    assert [each["vote"] for each in replay["turned"]] == ["S/2022/155"]


def test_votes_may_be_limited_to_some_days() -> None:
    part = (*COUNCIL, "--rule", "no-veto", "--since", "2022-02-26", "--until", "2022-10-01")
    assert [each["vote"] for each in told(*part)["replay"]["turned"]] == ["S/2022/720"]


# -- rules


def test_a_rule_of_ones_own_comes_from_a_file(tmp_path: Path) -> None:
    own = "rule:\n  decide: {threshold: {at least: 11}}\n"
    for text in (own, "decide: {threshold: {at least: 11}}\n"):
        path = written(tmp_path, "own.yaml", text)
        replay = told(*COUNCIL, "--rule", path)["replay"]
        assert [each["vote"] for each in replay["turned"]] == ["S/2022/155"]
        assert replay["rule"] == {"name": "own.yaml", "says": "It takes at least 11 members in favour."}


def test_a_rule_in_a_file_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "own.yaml", "rule:\n  decide:\n    treshold: {at least: 11}\n")
    assert f"{path}:3: The key “treshold” is not known here. Did you mean “threshold”?" in refused(
        *COUNCIL, "--rule", path
    )


def test_a_rule_that_asks_for_more_than_there_is_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "own.yaml", "decide: {threshold: {at least: 16}}\n")
    assert "asks for 16 where there are 15 in all: it can never be met." in refused(*COUNCIL, "--rule", path)


def test_ready_rules_are_listed_and_each_of_them_can_be_put_to_the_votes() -> None:
    listed = told("whatif", "un-security-council", "--rules")
    assert listed["replay"] is None
    names = [each["name"] for each in listed["ready"]]
    assert {"no-veto", "no-veto:RUS", "abstention-is-no", "two-thirds", "consensus"} <= set(names)
    assert "double-majority" not in names  # these members have no weight
    assert "two-thirds" in words("whatif", "un-security-council", "--rules")
    for name in names:
        assert told(*COUNCIL, "--rule", name)["replay"]["votes"] >= 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rule", "no-vto"), "There is no ready rule “no-vto”. Did you mean “no-veto”?"),
        (("--rule", "no-veto:BRA"), "“BRA” has no veto under this rule."),
        (("--rule", "nowhere.yaml"), "nowhere.yaml: There is no such file."),
        ((), "Which other rule is meant is not said."),
        (("--rule", "no-veto", "--since", "2022-13-01"), "--since"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(*COUNCIL, *arguments)


def test_a_name_that_is_no_state_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = changed(tmp_path, "S/2022/720,2022-09-30,NOR,", "S/2022/720,2022-09-30,Norwey,")
    said = refused("whatif", "un-security-council", "--votes", path, "--rule", "no-veto")
    assert "“Norwey” is no state that is known. Did you mean “Norway”?" in said


def test_where_several_organs_decide_the_organ_is_asked_for() -> None:
    assert "Name the organ: council, foreign-ministers" in refused("whatif", "csto", "--rule", "majority")


# -- where nothing is on record


def test_where_no_vote_is_on_record_it_says_so_and_how_to_give_some() -> None:
    said = words("whatif", "un-security-council", "--rule", "no-veto")
    assert "No votes are on record, so no outcome can turn." in said
    assert "Give them with --votes FILE: a table with the columns vote, on, member and ballot" in said


def test_what_was_stopped_while_nobody_says_how_the_others_stood_is_not_said_to_turn() -> None:
    """Of the two drafts stopped at Yerevan it is not known whether a majority was for them."""
    replay = told(
        "whatif", "csto", "council", "--rule", "majority", "--since", "2022-11-23", "--until", "2022-11-24"
    )
    assert replay["replay"]["turned"] == []
    assert "Not to be said 2" in words(
        "whatif", "csto", "council", "--rule", "majority", "--since", "2022-11-23", "--until", "2022-11-24"
    )


def test_what_one_member_stopped_stays_stopped_where_any_objection_does() -> None:
    """The two drafts that the chair's own state stopped at Yerevan in 2022."""
    replay = told(
        "whatif", "csto", "council", "--rule", "consensus", "--since", "2022-11-23", "--until", "2022-11-24"
    )
    mattered = {each["member"]: each for each in replay["replay"]["members"]["now"]}
    assert replay["replay"]["turned"] == []
    assert (mattered["ARM"]["votes"], mattered["ARM"]["minority"]) == (4, 0)  # two more were adopted


# -- from Python


def test_an_organisation_with_another_rule_is_a_full_one_to_ask() -> None:
    council = foedus.load("un-security-council")
    other = council.with_rule("no-veto")
    day = parse_day("2022-09-30")
    assert other.who("president", day).status == council.who("president", day).status == "certain"
    assert other.charter.digest != council.charter.digest
    shares = []
    for each in (council, other):
        by = deciders(each.questions(), each.weights, "council", day)
        found = powers(each.questions(), by, day, ["shapley-shubik"])
        shares.append(str(dict(found.members("shapley-shubik"))["RUS"]))
    assert shares == ["421/2145", "1/15"]


def test_an_organisation_may_be_given_a_rule_as_a_charter_has_it() -> None:
    two = foedus.load("un-security-council").with_rule({"decide": {"threshold": {"at least": 2}}})
    by = deciders(two.questions(), two.weights, "council", parse_day("2022-09-30"))
    assert by.rule.decide is not None
    assert by.rule.decide.threshold is not None
    assert by.rule.decide.threshold.at_least == 2


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("no-vto", "Did you mean “no-veto”?"),
        ("no-veto:RUS", "no rule by itself can say"),
        ({"decide": {"treshold": {}}}, "Did you mean “threshold”?"),
    ],
)
def test_a_rule_that_cannot_be_put_in_a_charter_is_refused(rule: Any, said: str) -> None:
    with pytest.raises(foedus.BadInput) as caught:
        foedus.load("un-security-council").with_rule(rule)
    assert said in str(caught.value)


# -- a record of seventeen years


@pytest.mark.data
def test_the_vetoed_drafts_of_seventeen_years_are_those_that_turn_without_vetoes() -> None:
    folder = SHARED_DATA / "unsc-votes-1994-2010"
    replay = told("whatif", "un-security-council", "--rule", "no-veto", "--votes", str(folder))["replay"]
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        vetoed = [row for row in csv.DictReader(file) if row["outcome"] == "Not adopted - veto"]
    assert {each["vote"] for each in replay["turned"]} == {row["vote_id"] for row in vetoed}
    years = Counter(int(row["year"]) for row in vetoed)
    assert {each["year"]: each["turned"] for each in replay["by year"]} == dict(years)


@pytest.mark.data
def test_the_flawed_rows_of_that_record_are_set_apart_and_no_sound_ones() -> None:
    folder = SHARED_DATA / "unsc-votes-1994-2010"
    replay = told("whatif", "un-security-council", "--rule", "majority", "--votes", str(folder))["replay"]
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        checked = {row["vote_id"]: row["check"] for row in csv.DictReader(file)}
    apart = {each["vote"] for each in replay["apart"]}
    assert not {vote for vote in apart if checked[vote] in {"ok", "ok-some-not-listed"}}
    assert replay["votes"] >= 1_030


def test_what_hangs_on_how_absence_is_read_turns_under_another_reading() -> None:
    """The record's decisions with a member absent: Belarus in 2009, Armenia from 2023 to 2025."""
    csto = opened("csto")
    votes = on_record(csto.questions(), csto.weights, "council").votes
    absent = {vote.day.isoformat() for vote in votes if "absent" in vote.ballots.values() and vote.recorded}
    assert absent == {"2009-06-14", "2023-11-23", "2024-11-28", "2025-11-27"}
    rule_of_quorum = alternative("absence:ends-quorum")
    for vote in votes:
        rule, members = rule_of_quorum(vote.rule, vote.members)
        turned = vote.judged().carried is True and outcome(rule, members, vote.ballots).carried is False
        assert turned is (vote.day.isoformat() in absent and bool(vote.recorded)), vote.id


def test_whoever_did_not_sign_what_was_adopted_is_not_taken_to_be_for_it() -> None:
    """The agreement on the rapid-reaction forces of 2009, which Uzbekistan did not sign."""
    csto = opened("csto")
    votes = on_record(csto.questions(), csto.weights, "council").votes
    (agreement,) = (v for v in votes if v.day.isoformat() == "2009-06-14" and "rapid-reaction" in v.title)
    assert (agreement.ballots["UZB"], agreement.ballots["BLR"], agreement.ballots["RUS"]) == (
        "abstain",
        "absent",
        "yes",
    )
