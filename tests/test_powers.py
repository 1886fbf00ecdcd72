"""Power by the rules of the packs: on the command line, as a table, as JSON; and every refusal."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import foedus
from foedus.power import INDICES
from foedus.secretariat import opened
from tests.folders import folder, rule
from tests.verbs import printed, refused, told

COUNCIL = ("power", "un-security-council", "council", "--on", "2022-09-30")
PERMANENT = ("CHN", "FRA", "GBR", "RUS", "USA")
FUND = ("power", "imf", "governors", "--on", "2020-01-01")


@pytest.fixture(autouse=True)
def each_folder_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only for speed: the commands load organisations as a server does."""
    monkeypatch.setattr("foedus.cli.asked.load", opened)


def members(where: Path, *rows: str, head: str = "member,class,votes") -> str:
    path = where / "members.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return str(path)


def of(account: Any, index: str) -> dict[str, str]:
    (found,) = [each for each in account["indices"] if each["index"] == index]
    return {held["member"]: held["exact"] for held in found["members"]}


# -- what is told


def test_the_security_councils_power_is_exact_to_the_known_fractions() -> None:
    """421/2145 and 4/2145 (Shapley and Shubik 1954, at fifteen members); 125 minimal groups that block."""
    account = told(*COUNCIL)
    assert [each["index"] for each in account["indices"]] == list(INDICES)
    shares = of(account, "shapley-shubik")
    assert {shares[state] for state in PERMANENT} == {"421/2145"}
    assert {share for state, share in shares.items() if state not in PERMANENT} == {"4/2145"}
    assert (account["carrying"], account["minimal blocking"]) == ("848", "125")
    assert tuple(sorted(account["vetoers"])) == PERMANENT
    assert account["dummies"] == []


def test_in_the_council_of_six_a_small_state_never_mattered() -> None:
    account = told("power", "eu-council", "--on", "1960-01-01", "--proposer", "commission", "--matter",
                   "qualified majority")  # fmt: skip
    assert account["dummies"] == ["LUX"]
    shares = of(account, "shapley-shubik")
    assert (shares["DEU"], shares["NLD"], shares["LUX"]) == ("7/30", "3/20", "0")


def test_it_is_told_in_words_with_a_chart_a_table_and_the_method_by_name() -> None:
    words = " ".join(printed(*COUNCIL).split())
    for part in (
        "Power in the Security Council",
        "Charter, Article 27 (wording reported)",
        "848 of 32 768",
        "China, France, United Kingdom, Russia and United States",
        "19.6270% ██████████████████████████████",
        "By 8 indices",
        "voters alike counted by class, exact",
    ):
        assert part in words


def test_as_a_table_each_member_is_a_row_and_each_index_a_column() -> None:
    rows = list(csv.DictReader(io.StringIO(printed(*COUNCIL, "--csv", "--index", "banzhaf"))))
    assert list(rows[0]) == ["member", "banzhaf"]
    by_member = {row["member"]: float(row["banzhaf"]) for row in rows}
    assert round(by_member["CHN"], 6) == 0.166929
    assert round(by_member["IND"], 6) == 0.016535
    assert len(rows) == 15


def test_members_and_weights_may_come_from_a_table(tmp_path: Path) -> None:
    """The Council of 1958 by another name: 4, 4, 4, 2, 2 and 1 of 17, and more than half of it."""
    path = members(tmp_path, "A,,4", "B,,4", "C,,4", "D,,2", "E,,2", "F,,1")
    account = told(*FUND, "--members", path, "--otherwise", "no", "--index", "shapley-shubik")
    assert set(of(account, "shapley-shubik")) == set("ABCDEF")
    assert account["whoever is not for it"] == "no"


def test_figures_are_drawn_only_where_asked_for_and_told_with_their_bound() -> None:
    (index,) = told(*COUNCIL, "--index", "shapley-shubik", "--sampled", "10000", "--seed", "7")["indices"]
    assert index["method"] == "10,000 drawn at random, seed 7"
    assert 0 < index["within"] < 0.02
    (china,) = [held for held in index["members"] if held["member"] == "CHN"]
    assert abs(china["decimal"] - 421 / 2145) <= index["within"]
    assert china["exact"] is None
    words = " ".join(printed(*COUNCIL, "--index", "shapley-shubik", "--sampled", "1000").split())
    assert "1,000 drawn at random, seed 1: each figure within 0.0566" in words
    assert "drawn at random" not in printed(*COUNCIL)


def test_what_drawing_does_not_count_is_not_told_as_none() -> None:
    account = told(*COUNCIL, "--sampled", "100")
    assert (account["dummies"], account["carrying"], account["minimal carrying"]) == (None, None, None)
    assert {each["index"] for each in account["not reckoned"]} == set(INDICES) - {
        "shapley-shubik",
        "banzhaf-absolute",
    }


def test_plain_weights_need_no_organisation() -> None:
    assert foedus.power.weighted([4, 4, 4, 2, 2, 1], quota=12).dummies == ("6",)


# -- what is refused, and what would work


def test_a_rule_under_which_a_yes_may_hurt_has_no_power(tmp_path: Path) -> None:
    where = folder(
        tmp_path,
        rule(
            "id: odd\nkind: decision\norgans: [council]\nmatters: every matter\nby: vote\n"
            "rule: {decide: {not: {threshold: {at least: 1}}}}\nin force: {from: c1}\nbasis: seen"
        ),
    )
    said = refused("power", str(where), "--on", "2005-01-01")
    assert "a yes more may undo what the others carry" in said
    assert "Ask for outcomes instead" in said


def test_a_quota_above_the_total_is_refused_in_numbers(tmp_path: Path) -> None:
    path = members(tmp_path, "A,permanent,1", "B,elected,1")
    said = refused(*COUNCIL, "--members", path)
    assert "The rule asks for 9 where there are 2 in all: it can never be met." in said


@pytest.mark.parametrize("weight", ["-3", "inf", "nan", "2.5", ""])
def test_a_weight_that_is_none_is_refused_with_its_line(tmp_path: Path, weight: str) -> None:
    path = members(tmp_path, "A,,4", f"B,,{weight}")
    said = refused(*FUND, "--members", path, "--otherwise", "no")
    assert f"{path}:3: “{weight}” is no weight: a whole number, not negative." in said


@pytest.mark.parametrize(
    ("rows", "head", "said"),
    [
        (("A,,4", "A,,5"), "member,class,votes", "3: “A” stands in the table twice."),
        (("A,,4", ",,5"), "member,class,votes", "3: This row has nothing under “member”."),
        (("A,,4", "B"), "member,class,votes", "3: This row has another number of fields"),
        (("A,4",), "who,votes", "1: No column names the members. Call one “member”."),
        (("A,4",), "member,quota", "The weight “votes” is not on file on that day for A."),
    ],
)
def test_a_table_of_members_is_refused_with_its_line(
    tmp_path: Path, rows: tuple[str, ...], head: str, said: str
) -> None:
    assert said in refused(*FUND, "--members", members(tmp_path, *rows, head=head), "--otherwise", "no")


def test_ten_thousand_voters_of_as_many_weights_are_refused_at_once_with_what_would_work(
    tmp_path: Path,
) -> None:
    path = members(tmp_path, *(f"M{at},,{7 * at + 1}" for at in range(10_000)))
    said = refused(*FUND, "--members", path, "--otherwise", "no")
    assert "No exact method reaches 10000 voters" in said
    assert "figures by sampling, where asked for" in said


def test_a_rule_that_counts_those_who_vote_needs_a_word_on_the_others() -> None:
    question = (
        "power",
        "un-general-assembly",
        "assembly",
        "--on",
        "2020-01-01",
        "--matter",
        "other questions",
    )
    assert "Say which: “no” or “abstain”." in refused(*question)
    assert told(*question, "--otherwise", "no", "--index", "shapley-shubik")["whoever is not for it"] == "no"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("un-security-council", "--on", "1940-01-01"), "no rule on how that organ decides on 1940-01-01"),
        (("un-security-council", "--on", "1945-11-01"), "Who sits in the Security Council on 1945-11-01 is not on"),
        (("un-security-council", "assembly"), "There is no organ that decides “assembly”."),
        (("csto", "--on", "2022-01-01"), "Name the organ: council, foreign-ministers"),
        (("eu-council", "--on", "2030-01-01"), "The weight “population” is not on file on that day"),
        (("un-security-council", "--on", "2022-01-01", "--matter", "war"), "Name the matter: "),
        (("un-security-council", "--on", "2022-01-01", "--members", "none.csv"), "There is no such file."),
        (("un-security-council", "--on", "2022-01-01", "--index", "banzaf"), "is not one of 'shapley-shubik'"),
        (("un-security-council", "--on", "2022-01-01", "--sampled", "5"), "--sampled"),
        (
            ("un-security-council", "--on", "2022-01-01", "--sampled", "500", "--index", "holler"),
            "No bound holds for it when drawn. What works: shapley-shubik or banzhaf-absolute.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_is_refused_with_what_would_work(
    arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused("power", *arguments)
