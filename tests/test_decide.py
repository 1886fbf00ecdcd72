"""`foedus decide`: ballots in words or from a file, answers in words first, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from foedus.cli import main

VETO = ("un-security-council", "council", "--matter", "substantive", "--on", "2022-09-30", "RUS=no")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["decide", *words], env={"COLUMNS": "200"})


def told(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    return found if isinstance(found, list) else [found]


def refused(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.output


def test_the_answer_is_in_words_first_and_then_a_table() -> None:
    first, *rest = run(*VETO, "CHN=abstain", "others=yes").output.splitlines()
    assert first == "Security Council, 30 September 2022: not carried."
    text = "\n".join(rest)
    assert text.index("By Charter, Article 27 (substantive, wording reported)") < text.index("Veto of Russia")
    assert text.index("Enough to block it alone: Russia.") < text.index("Counts as")


def test_json_says_who_blocked_and_by_how_much_it_failed() -> None:
    (found,) = told(*VETO, "others=yes")
    assert (found["carried"], found["blocking"]) == (False, [["RUS"]])
    assert found["failed"] == [
        {"check": "no veto of a permanent member (no)", "got": 1, "needed": "0", "margin": "-1"}
    ]
    assert (found["rule"]["name"], found["rule"]["citation"]) == ("substance@c1965", "Charter, Article 27")


def test_a_ballot_may_be_a_status_of_the_member() -> None:
    (found,) = told(
        "csto", "council", "--on", "2022-11-23", "--matter", "suspension and exclusion",
        "ARM=member-concerned", "others=yes",
    )  # fmt: skip
    assert found["carried"]
    assert any("Armenia is the member concerned" in sentence for sentence in found["reason"])


def test_without_a_ballot_on_record_nothing_is_taken_for_granted() -> None:
    (found,) = told("csto", "council", "--on", "2022-11-23", "ARM=yes")
    assert (found["carried"], found["state"]) == (None, "undetermined")


QUESTION = {
    "organisation": "un-security-council", "organ": "council", "matter": "substantive", "on": "2022-09-30",
    "ballots": {"RUS": "no", "others": "yes"},
}  # fmt: skip


def written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def csv(rows: Iterable[str]) -> str:
    return "\n".join(["vote,organisation,organ,matter,on,member,ballot", *rows]) + "\n"


def test_a_file_of_json_or_csv_asks_the_same_as_words(tmp_path: Path) -> None:
    words = told(*VETO, "others=yes")
    assert told("--ballots", written(tmp_path / "one.json", json.dumps(QUESTION))) == words
    assert told("--ballots", written(tmp_path / "two.json", json.dumps([QUESTION, QUESTION]))) == words * 2
    alone = {"ballots": QUESTION["ballots"]}
    assert told(*VETO[:-1], "--ballots", written(tmp_path / "bare.json", json.dumps(alone))) == words
    rows = [f"1,un-security-council,council,substantive,2022-09-30,{b}" for b in ("RUS,no", "others,yes")]
    assert told("--ballots", written(tmp_path / "one.csv", csv(rows))) == words


def asked(tmp_path: Path, facts: dict[str, Any], **more: Any) -> str:
    return written(tmp_path / "asked.json", json.dumps({**QUESTION, **more, "facts": facts}))


NATO = {
    "organisation": "nato",
    "organ": "council",
    "matter": "silence procedure",
    "on": "2022-03-03",
    "ballots": {},
}


def test_a_file_may_give_how_a_silence_went(tmp_path: Path) -> None:
    silence: dict[str, Any] = {"circulated": "2022-03-01T12:00", "deadline": "2022-03-03T12:00"}
    broken = {**silence, "broken": {"TUR": "2022-03-02T09:00"}}
    assert told("--ballots", asked(tmp_path, {"silence": silence}, **NATO))[0]["carried"]
    (found,) = told("--ballots", asked(tmp_path, {"silence": broken}, **NATO))
    assert (found["state"], found["blocking"]) == ("not carried", [["TUR"]])
    (open_,) = told("--ballots", asked(tmp_path, {"silence": broken, "at": "2022-03-01T18:00"}, **NATO))
    assert open_["state"] == "not decided yet"


def test_a_file_may_give_ballots_on_a_question_put_first(tmp_path: Path) -> None:
    names = [
        "ALB",
        "ARE",
        "BRA",
        "CHN",
        "FRA",
        "GAB",
        "GBR",
        "GHA",
        "IND",
        "IRL",
        "KEN",
        "MEX",
        "NOR",
        "RUS",
        "USA",
    ]
    (found,) = told("--ballots", asked(tmp_path, {"preliminary": dict.fromkeys(names, "yes")}))
    assert found["carried"], "a matter of procedure, on which one no bars nothing"


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"chiar": "RUS"}, "Did you mean “chair”?"),
        ({"silence": {"circulated": "yesterday"}}, "“yesterday” is no moment"),
        ({"format": "small"}, "“small” is no value of “format”"),
        ({"opening": "RUS"}, "“opening” should be a list"),
    ],
)
def test_facts_that_cannot_be_meant_are_refused(tmp_path: Path, facts: dict[str, Any], part: str) -> None:
    assert part in refused("--ballots", asked(tmp_path, facts))


def test_members_and_weights_may_be_given_where_none_are_on_record(tmp_path: Path) -> None:
    path = written(tmp_path / "members.csv", "member,votes\nA,16\nB,84\n")
    asked = ("imf", "governors", "--matter", "amendments", "--on", "2022-10-02", "--members", path)
    (found,) = told(*asked, "A=no", "B=yes")
    assert [each["margin"] for each in found["failed"]] == ["-1/5", "-1"]


def test_a_member_may_be_called_by_its_name(tmp_path: Path) -> None:
    (found,) = told("csto", "council", "--on", "2022-11-23", "Armenia=object", "others=yes")
    assert found["blocking"] == [["ARM"]]


def test_one_objection_is_enough_whatever_the_others_did() -> None:
    text = run("csto", "council", "--on", "2022-11-23", "ARM=object").output
    assert text.startswith("Collective Security Council, 23 November 2022: not carried.")
    assert "Enough to block it alone: Armenia." in text


def test_an_absence_is_read_in_four_ways() -> None:
    (found,) = told("csto", "council", "--on", "2024-11-28", "ARM=absent", "others=yes")
    assert found["carried"]
    readings = {each["absence"]: each["carried"] for each in found["readings"]}
    assert readings == {"ends-quorum": False, "later-adhesion": True, "limited-format": True}
    text = run("csto", "council", "--on", "2024-11-28", "ARM=absent", "others=yes").output
    assert "Were absence read so that it leaves no quorum: not carried." in text
    assert "leaves the absent to join later: carried, not binding Armenia." in text


SILENCE = ("nato", "council", "--matter", "silence procedure", "--circulated", "2022-03-01T12:00")


def test_silence_is_broken_by_who_objects_in_time() -> None:
    until = (*SILENCE, "--deadline", "2022-03-03T12:00")
    (broken,) = told(*until, "--on", "2022-03-04", "Türkiye=object@2022-03-02T09:00")
    assert (broken["state"], broken["blocking"]) == ("not carried", [["TUR"]])
    (late,) = told(*until, "--on", "2022-03-04", "TUR=object@2022-03-03T13:00")
    assert late["carried"]
    (open_,) = told(*until, "--on", "2022-03-02")
    assert open_["state"] == "not decided yet"


def test_every_step_is_told_to_who_asks_why() -> None:
    assert "Members in favour: 14; at least 9 needed: met, by 5." in run(*VETO, "others=yes", "--why").output
    assert "Members in favour" not in run(*VETO, "others=yes").output


def test_whatever_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = refused("csto", "council", "--on", "2022-11-23", "AZE=yes", "RSU=no", "BLR=maybe", "Belarus=yes")
    for part in (
        "“AZE” has no vote here",
        "“RSU” has no vote here",
        "“maybe” (BLR) is no ballot",
        "Belarus casts two",
    ):
        assert part in text
    both = [QUESTION | {"ballots": {"RSU": "no"}}, QUESTION | {"organ": "counsil"}]
    text = refused("--ballots", written(tmp_path / "asked.json", json.dumps(both)))
    assert "question 1" in text
    assert "question 2" in text


def test_what_a_file_says_is_not_said_otherwise_on_the_command_line(tmp_path: Path) -> None:
    path = written(tmp_path / "asked.json", json.dumps(QUESTION))
    assert "“on” is “2022-09-30” here, and “2022-10-01”" in refused("--on", "2022-10-01", "--ballots", path)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("nato", "council", "--on", "2022-03-01", "--matter", "every matter", "SWE=yes"), ["“SWE” has no vote here"]),
        ((*VETO, "RUS=yes"), ["“RUS” casts two ballots"]),
        ((*VETO, "CHN=abstian"), ["“abstian” (CHN) is no ballot", "Did you mean “abstain”?"]),
        ((*VETO, "CHN"), ["“CHN” is no ballot", "MEMBER=BALLOT"]),
        (("un-security-council", "counsil", "--on", "2022-09-30"), ["Did you mean “council”?"]),
        (("un-general-assembly", "assembly", "--on", "2022-09-30", "others=yes"), ["Name the matter", "important questions"]),
        (("un-security-council", "council", "--on", "1940-01-01"), ["no rule on how that organ decides"]),
        (("un-security-council",), ["ORGAN: This is missing"]),
        ((*SILENCE, "--on", "2022-03-02", "TUR=object@noon"), ["“noon” is no moment"]),
        ((*SILENCE[:-2], "--on", "2022-03-02"), ["when the draft was circulated is missing"]),
        ((*VETO, "--circulated", "2022-09-01T10:00"), ["not decided by silence"]),
        (("ecowas-msc", "council", "--on", "2003-01-01", "A=yes"), ["is not on record", "--members"]),
        (("csto", "council", "--on", "2022-11-23", "--matter", "procedure"), ["is left to rules that are not on file"]),
        (("eu-council", "council", "--on", "2020-06-01", "--matter", "qualified majority", "others=yes"), ["weight “population” is not on file"]),
        (("--ballots", "nowhere.json"), ["nowhere.json: The file cannot be read"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_what_would_be_right(words: tuple[str, ...], parts: list[str]) -> None:
    text = refused(*words)
    for part in parts:
        assert part in text


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[", "This is not JSON"),
        ("[1]", "question 1: This is no question"),
        (json.dumps({**QUESTION, "balots": {}}), "Did you mean “ballots”?"),
        (json.dumps({k: v for k, v in QUESTION.items() if k != "ballots"}), "The key “ballots” is missing"),
        (json.dumps(QUESTION)[:-1] + ', "on": "2022-10-01"}', "“on” stands twice"),
        ("[]", "There is no question"),
        (
            json.dumps({**QUESTION, "ballots": {"RUS": 1}}),
            "“ballots” should be a ballot, in text, for each member",
        ),
        (json.dumps({**QUESTION, "on": "2022-09"}), "is not one day"),
    ],
)
def test_a_file_that_asks_nothing_is_refused(tmp_path: Path, text: str, part: str) -> None:
    assert part in refused("--ballots", written(tmp_path / "asked.json", text))


def test_two_ballots_of_one_member_in_a_table_are_refused_by_line(tmp_path: Path) -> None:
    row = "1,un-security-council,council,substantive,2022-09-30,RUS,no"
    text = refused("--ballots", written(tmp_path / "asked.csv", csv([row, row])))
    assert "asked.csv:3: “RUS” casts two ballots." in text
