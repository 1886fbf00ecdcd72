"""Bodies on a day: founded and offered apart, in doubt within a vague founding, and no more than the record holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from foedus.accounts.bodies import BodyOn, bodies
from foedus.secretariat import opened
from tests.conftest import SHARED_DATA
from tests.folders import ABOUT, EVIDENCE, HEAD, acts, loaded

STAFF = f"id: staff, kind: body, name: Staff, of: organisation, from: 2003-04-28, until: 2010-01-01, permanence: permanent, founded by: the Council, at: first, {EVIDENCE}"
GROUP = (
    f"id: group, kind: body, name: Group, of: council, from: {{between: 2005-01-01/2005-11-30}}, {EVIDENCE}"
)
OFFER = f"id: offer, kind: body, name: Panel, status: offered, of: council, from: {{between: 2008-09-13/2008-11-23}}, {EVIDENCE}"


def on(day: str, where: Path, *entries: str, about: str = "") -> dict[str, BodyOn]:
    organisation = loaded(where, {**acts(*entries), HEAD: ABOUT + about})
    told = bodies(organisation.questions(), date.fromisoformat(day))
    return {body.entry.name: body for body in (*told.founded, *told.offered)}


@pytest.mark.parametrize(
    ("day", "status", "word"),
    [
        ("2003-04-27", "vacant", "not yet"),
        ("2003-04-28", "certain", "established"),
        ("2009-12-31", "certain", "established"),
        ("2010-01-01", "vacant", "no more"),
        ("2030-01-01", "unknown", "no more, so far as the record goes"),
    ],
)
def test_a_body_stands_from_its_founding_until_its_end(
    day: str, status: str, word: str, tmp_path: Path
) -> None:
    body = on(day, tmp_path, STAFF)["Staff"]
    assert (body.told.status, body.word) == (status, word)


@pytest.mark.parametrize(
    ("day", "status", "word"),
    [
        ("2004-12-31", "vacant", "not yet"),
        ("2005-01-01", "uncertain", "established or not yet"),
        ("2005-11-29", "uncertain", "established or not yet"),
        ("2005-11-30", "certain", "established"),
        ("2026-01-01", "unknown", "established, so far as the record goes"),
    ],
)
def test_within_a_vague_founding_it_is_uncertain_whether_the_body_stood(
    day: str, status: str, word: str, tmp_path: Path
) -> None:
    body = on(day, tmp_path, GROUP)["Group"]
    assert (body.told.status, body.word) == (status, word)


def test_each_alternative_says_what_makes_it_so(tmp_path: Path) -> None:
    assert dict(on("2005-05-05", tmp_path, GROUP)["Group"].conditions) == {
        True: "if the Group was founded by 5 May 2005",
        False: "if the Group was founded only after 5 May 2005",
    }


def test_a_founding_is_the_reason_and_names_its_entry(tmp_path: Path) -> None:
    body = on("2004-01-01", tmp_path, STAFF)["Staff"]
    assert body.told.because() == ("The Staff was founded on 28 April 2003 and dissolved on 1 January 2010.",)
    assert body.told.reason.entries() == ("staff",)
    assert body.told.attribution == "agency"


def test_a_body_only_offered_is_not_established_so_far_as_the_record_goes(tmp_path: Path) -> None:
    body = on("2009-01-01", tmp_path, OFFER)["Panel"]
    assert not body.founded
    assert (body.told.status, body.word) == ("unknown", "not established, so far as the record goes")


def test_a_record_that_claims_every_body_says_that_one_only_offered_was_not_set_up(tmp_path: Path) -> None:
    line = "coverage: [{kind: body, grade: complete}]\n"
    body = on("2009-01-01", tmp_path, OFFER, about=line)["Panel"]
    assert (body.told.status, body.word) == ("vacant", "not established")


@pytest.mark.parametrize(
    ("day", "word"),
    [("2008-09-12", "not yet"), ("2008-10-01", "offered or not yet"), ("2008-11-23", "offered")],
)
def test_an_offer_has_a_day_of_its_own(day: str, word: str, tmp_path: Path) -> None:
    assert on(day, tmp_path, OFFER)["Panel"].offer_word == word


def test_a_body_founded_after_it_was_offered_is_among_the_founded_with_its_offer(tmp_path: Path) -> None:
    founded = OFFER.replace("id: offer", "id: later").replace("status: offered, ", "")
    founded = founded.replace("{between: 2008-09-13/2008-11-23}", "2009-01-01")
    body = on("2008-12-01", tmp_path, OFFER, founded)["Panel"]
    assert body.founded
    assert (body.word, body.offer_word) == ("not yet", "offered")
    assert on("2009-01-01", tmp_path, OFFER, founded)["Panel"].word == "established"


def test_permanence_is_stated_or_it_is_not(tmp_path: Path) -> None:
    found = on("2006-01-01", tmp_path, STAFF, GROUP)
    assert found["Staff"].to_json()["permanence"] == "permanent"
    assert found["Group"].to_json()["permanence"] is None


def test_a_body_says_beneath_which_organ_by_whom_and_at_which_session(tmp_path: Path) -> None:
    found = on("2006-01-01", tmp_path, STAFF, GROUP)
    assert found["Group"].beneath == "Council"
    staff = found["Staff"].to_json()
    assert (staff["beneath"], staff["founded by"], staff["at"]) == (None, "the Council", "first")


# -- the CSTO's


def test_the_working_group_offered_to_armenia_is_offered_and_not_founded() -> None:
    told = bodies(opened("csto").questions(), date(2023, 1, 1))
    (group,) = told.offered
    assert group.offer_word == "offered"
    assert group.word == "not established, so far as the record goes"
    assert [witness.source for line in group.offers for witness in line.witnesses] == ["seed"]


@pytest.mark.data
def test_every_body_of_the_data_is_founded_on_its_day_and_only_one_is_said_to_be_permanent() -> None:
    text = (SHARED_DATA / "csto" / "csto-record.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = YAML(typ="safe").load(text)["bodies"]
    founded = {row["name"]: str(next(iter(row["founded"].values()))).split("/") for row in rows}
    told = bodies(opened("csto").questions(), date(2025, 1, 1)).founded
    ours = {body.entry.name: body for body in told}
    assert ours.keys() == founded.keys()
    for name, days in founded.items():
        when = ours[name].entry.from_
        assert [str(when.earliest), str(when.latest)] == [days[0], days[-1]], name
    assert {b.entry.name for b in told if b.entry.permanence} == {r["name"] for r in rows if r["permanence"]}
