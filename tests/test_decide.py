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
    return json.loads(result.output)["decisions"]


def refused(*words: str) -> str:
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.output


def test_the_answer_is_in_words_first_and_then_a_table() -> None:
    first, *rest = run(*VETO, "CHN=abstain", "others=yes").output.splitlines()
    assert first == "un-security-council, council, 30 September 2022 (substantive): not carried."
    text = "\n".join(rest)
    assert text.index("Veto of Russia, which bars it.") < text.index("Charter, Article 27 (reported).")
    assert text.index("Enough to block it: Russia.") < text.index("Counts as")


def test_json_says_who_blocked_and_by_how_much_it_failed() -> None:
    (found,) = told(*VETO, "others=yes")
    assert (found["carried"], found["blocking"]) == (False, [["RUS"]])
    assert found["failed"] == [
        {"check": "no veto of a permanent member (no)", "got": 1, "needed": "0", "margin": "-1"}
    ]
    assert found["rule"] == {"id": "substance@c1965", "citation": "Charter, Article 27", "basis": "reported"}


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
    assert told("--from", written(tmp_path / "one.json", json.dumps(QUESTION))) == words
    assert told("--from", written(tmp_path / "two.json", json.dumps([QUESTION, QUESTION]))) == words * 2
    rows = [f"1,un-security-council,council,substantive,2022-09-30,{b}" for b in ("RUS,no", "others,yes")]
    assert told("--from", written(tmp_path / "one.csv", csv(rows))) == words


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
    assert told("--from", asked(tmp_path, {"silence": silence}, **NATO))[0]["carried"]
    (found,) = told("--from", asked(tmp_path, {"silence": broken}, **NATO))
    assert (found["state"], found["blocking"]) == ("not carried", [["TUR"]])
    (open_,) = told("--from", asked(tmp_path, {"silence": broken, "at": "2022-03-01T18:00"}, **NATO))
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
    (found,) = told("--from", asked(tmp_path, {"preliminary": dict.fromkeys(names, "yes")}))
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
    assert part in refused("--from", asked(tmp_path, facts))


def test_members_and_weights_may_be_given_where_none_are_on_record(tmp_path: Path) -> None:
    table = "weight,member,from,until,value\nvotes,A,,,16\nvotes,B,,,84\n"
    path = written(tmp_path / "weights.csv", table)
    asked = ("imf", "governors", "--matter", "amendments", "--on", "2022-10-02", "--weights", path)
    (found,) = told(*asked, "A=no", "B=yes")
    assert [each["margin"] for each in found["failed"]] == ["-1/5", "-1"]
    (board,) = told("ecowas-msc", "council", "--on", "2003-01-01", "--members", "A,B,C", "A=yes", "B=yes")
    assert board["carried"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("nato", "council", "--on", "2022-03-01", "--matter", "every matter", "SWE=yes"), ["“SWE” has no vote here", "2022-03-01"]),
        ((*VETO, "RUS=yes"), ["“RUS” casts two ballots"]),
        ((*VETO, "CHN=abstian"), ["“abstian” (CHN) is no ballot", "Did you mean “abstain”?"]),
        ((*VETO, "CHN"), ["“CHN” is no ballot", "MEMBER=BALLOT"]),
        (("un-security-council", "counsil", "--on", "2022-09-30"), ["Did you mean “council”?"]),
        (("un-general-assembly", "assembly", "--on", "2022-09-30", "others=yes"), ["Name the matter", "important questions"]),
        (("un-security-council", "council", "--on", "1940-01-01"), ["no rule on how that organ decides"]),
        (("un-security-council",), ["ORGAN: This is missing", "--on: This is missing"]),
        (("ecowas-msc", "council", "--on", "2003-01-01", "A=yes"), ["is not on record", "--members"]),
        (("csto", "council", "--on", "2022-11-23", "--matter", "procedure"), ["leaves it to rules that are not in the charter"]),
        (("eu-council", "council", "--on", "2020-06-01", "--matter", "qualified majority", "others=yes"), ["weight “population” is not on file"]),
        (("--from", "nowhere.json"), ["nowhere.json: The file cannot be read"]),
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
        (json.dumps({k: v for k, v in QUESTION.items() if k != "on"}), "The key “on” is missing"),
        (
            json.dumps({**QUESTION, "ballots": {"RUS": 1}}),
            "“ballots” should be a ballot, in text, for each member",
        ),
        (json.dumps({**QUESTION, "on": "2022-09"}), "is not one day"),
    ],
)
def test_a_file_that_asks_nothing_is_refused(tmp_path: Path, text: str, part: str) -> None:
    assert part in refused("--from", written(tmp_path / "asked.json", text))


def test_two_ballots_of_one_member_in_a_table_are_refused_by_line(tmp_path: Path) -> None:
    row = "1,un-security-council,council,substantive,2022-09-30,RUS,no"
    text = refused("--from", written(tmp_path / "asked.csv", csv([row, row])))
    assert "asked.csv:3: “RUS” casts two ballots." in text
