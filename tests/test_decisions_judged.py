"""Decisions on record beside the rule in force: what agrees, what hangs on how absence is read, what cannot be said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from foedus.accounts.judged import Ruling, decisions, ruling
from foedus.cli import main
from foedus.engine.findings.judging import Judged
from foedus.problems import NotFound
from foedus.secretariat import opened
from tests.findings.league import league
from tests.findings.test_consensus import ABSENT, ADOPTED, JOINED

CSTO = opened("csto")


def of_csto(name: str) -> Ruling:
    return ruling(CSTO.questions(), CSTO.weights, name)


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["decisions", *words], env={"COLUMNS": "400"})
    assert result.exit_code == 0, result.output
    return result.output


def stands(judged: Judged) -> dict[str, bool]:
    return {reading.absence: reading.stands for reading in judged.readings}


# -- Yerevan 2022: fifteen agreed and two stopped, by the chair's own member


def test_what_one_member_stopped_was_not_carried_by_the_rule_either() -> None:
    for name in ("declaration", "assistance-measures"):
        told = of_csto(f"2022-11-23/yerevan/{name}")
        assert (told.judged.verdict, told.judged.readings[0].outcome.carried) == ("agrees", False)
        assert list(told.judged.readings[0].outcome.blocking()) == [("ARM",)]


def test_who_stopped_it_held_the_chair() -> None:
    told = of_csto("2022-11-23/yerevan/declaration")
    assert told.stopped == "Armenia, which held the office of chairman"


def test_the_fifteen_agreed_and_the_two_sent_back_stand_above_the_decisions() -> None:
    text = run("csto", "--session", "2022-11-23")
    assert "17 tabled, 15 agreed by all, 2 sent back" in text
    assert text.count("stopped by Armenia, which held the office of chairman") == 2


def test_what_was_adopted_with_nobody_on_record_against_it_can_stand() -> None:
    told = of_csto("2022-11-23/yerevan/secretary-general")
    assert (told.judged.verdict, told.says) == ("agrees", "Agrees: nothing on record stands against it.")
    assert told.judged.readings[0].outcome.carried is None, "nobody's ballot is guessed"


# -- absence, reading by reading


def test_with_a_member_absent_it_stands_in_three_readings_and_not_in_the_fourth() -> None:
    told = of_csto("2023-11-23/minsk/budget-2024")
    assert told.judged.verdict == "hangs"
    assert stands(told.judged) == {
        "bars-nothing": True, "ends-quorum": False, "later-adhesion": True, "limited-format": True,
    }  # fmt: skip
    assert told.says == "Hangs on how the absence of Armenia is read."
    assert any(says.endswith("Armenia declined to join since.") for _, says in told.in_each_reading())


def test_who_joined_later_is_told_where_later_adhesion_is_the_reading() -> None:
    told = of_csto("2009-06-14/moscow/forces-agreement")
    assert list(told.judged.joined) == ["BLR"]
    assert "Uzbekistan did not sign; whether it objected is not recorded." in told.because()


def test_a_matter_of_its_own_is_judged_by_its_own_rule() -> None:
    told = of_csto("2012-12-19/moscow/uzbekistan")
    assert told.judged.in_force is not None
    assert told.judged.in_force.says.matters == "suspension and exclusion"


def test_before_the_rule_was_in_force_nothing_is_judged() -> None:
    told = of_csto("2002-05-14/moscow/organisation")
    assert told.judged.verdict == "not judged"
    assert told.says.startswith(
        "Not judged. No rule on how the Collective Security Council decides was in force"
    )


def test_every_decision_of_the_csto_is_told_once_in_order_of_time() -> None:
    told = decisions(CSTO.questions(), CSTO.weights)
    assert sum(told.counts().values()) == len(told.rulings) == len({r.id for r in told.rulings})
    days = [sat.session.when.latest for sat in told.sat if sat.session]
    assert days == sorted(days)
    assert told.counts()["parts"] == 0


def test_no_decision_of_that_name_is_said_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="2022-11-23/yerevan/declaration"):
        of_csto("2022-11-23/yerevan/declaratoin")


# -- a made-up league

QUORUM = (
    "id: oil-rule, kind: decision, organs: [council], matters: oil, by: vote, rule: {decide: {threshold: {more than: 1/2, "
    "of: members}}, quorum: [{at least: 1/1, of: members}]}, in force: {from: c1}, basis: seen"
)
OIL = ADOPTED.replace("outcome: adopted", "outcome: adopted, matter: oil")


def judged(where: Path, *entries: str, rules: str = "") -> dict[str, Any]:
    """The only decision of the league, as JSON."""
    folder = league(where, *entries, rules=rules)
    result = CliRunner().invoke(main, ["decisions", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    (found,) = json.loads(result.output)["decisions"]
    return found  # type: ignore[no-any-return]


def test_one_adopted_without_a_quorum_parts_from_the_rule(tmp_path: Path) -> None:
    found = judged(tmp_path, OIL, ABSENT, rules=QUORUM)
    assert found["verdict"] == "parts"
    assert found["says"] == "Parts from the rule: by it, it is not carried, Kazakhstan being absent."


def test_one_that_all_signed_and_that_was_not_adopted_parts_from_the_rule(tmp_path: Path) -> None:
    signed = OIL.replace("outcome: adopted", "outcome: not adopted, signed by: [ARM, BLR, KAZ]")
    assert judged(tmp_path, signed, rules=QUORUM)["verdict"] == "parts"


def test_one_that_half_signed_agrees_whatever_the_others_did(tmp_path: Path) -> None:
    signed = OIL.replace("outcome: adopted", "outcome: not adopted, signed by: [ARM]")
    assert judged(tmp_path, signed, rules=QUORUM)["verdict"] == "agrees"


def test_who_stopped_it_without_a_seat_is_told_and_bars_nothing(tmp_path: Path) -> None:
    found = judged(tmp_path, ADOPTED.replace("outcome: adopted", "outcome: not adopted, stopped by: GEO"))
    assert (found["without a vote"], found["verdict"]) == (["GEO"], "agrees")
    assert found["readings"][0]["state"] == "undetermined"


def test_who_joined_since_is_named(tmp_path: Path) -> None:
    found = judged(tmp_path, ADOPTED, ABSENT, JOINED)
    assert (found["verdict"], found["joined"]) == ("hangs", ["KAZ"])


def test_a_league_without_decisions_says_so(tmp_path: Path) -> None:
    assert "No decision is on record." in run(str(league(tmp_path)))


def test_a_session_that_does_not_exist_is_refused() -> None:
    result = CliRunner().invoke(main, ["decisions", "csto", "--session", "2022-11-24"])
    assert result.exit_code == 2
    assert "2022-11-23/yerevan" in result.output


def test_what_was_decided_is_judged_as_known(tmp_path: Path) -> None:
    late = ABSENT.replace("id: came", "recorded: 2026-01-01, id: came")
    folder = league(tmp_path, ADOPTED, late)
    assert "hang" not in run(str(folder), "--known", "2025-06-01")
    assert "hangs on how absence is read" in run(str(folder))
