"""A request as a story: who was asked and who answered, what was found, in what order, and what is open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from foedus.accounts.cases import Case, case, cases
from foedus.problems import NotFound
from foedus.secretariat import opened
from tests.conftest import SHARED_DATA
from tests.folders import ABOUT, EVIDENCE, HEAD, acts, loaded

REQUEST = (
    "id: plea, kind: request, on: 2010-03-10, by: {state: ARM}, asks: help, "
    f"addressees: [{{state: KAZ}}], alleged: an attack, {EVIDENCE}"
)


def told(where: Path, *entries: str, about: str = "") -> Case:
    """The one case of a small folder with these entries beside the request."""
    organisation = loaded(where, {**acts(REQUEST, *entries), HEAD: ABOUT + about})
    return cases(organisation.questions()).cases[0]


def answer(name: str, by: str, more: str = "on: 2010-03-12, how: statement") -> str:
    return f"id: {name}, kind: response, to: plea, by: {{{by}}}, what: words, {more}, {EVIDENCE}"


def csto(name: str) -> Case:
    return case(opened("csto").questions(), name).cases[0]


# -- who was asked, and who answered


def test_where_a_member_is_asked_and_the_organisation_answers_the_two_are_told_apart(tmp_path: Path) -> None:
    found = told(tmp_path, answer("a", "org: TL"), answer("b", "state: KAZ"))
    assert [(each.entry.id, each.by_as) for each in found.answers] == [("a", "organisation"), ("b", "asked")]
    assert [each.answers for each in found.asked] == [("b",)]


@pytest.mark.parametrize(
    ("by", "as_"),
    [
        ("org: Council", "organisation"),
        ("org: council", "organisation"),
        ("office: Secretary General, org: TL, person: B", "organisation"),
        ("office: Chairman, state: KAZ, person: C", "organisation"),  # in the office, not for his state
        ("office: foreign minister, state: KAZ", "asked"),
        ("state: ARM, office: spokesman", "requester"),
        ("org: Red Cross", "other"),
        ("state: BLR", "other"),
    ],
)
def test_as_what_somebody_answered_goes_by_the_office_before_the_state(
    by: str, as_: str, tmp_path: Path
) -> None:
    assert [each.by_as for each in told(tmp_path, answer("a", by)).answers] == [as_]


def test_a_part_of_the_organisation_is_known_however_its_name_is_written(tmp_path: Path) -> None:
    body = f"id: b, kind: body, name: Anti-Drug Council, of: council, from: 2005-01-01, {EVIDENCE}"
    found = told(tmp_path, body, answer("a", "org: anti drug COUNCIL"))
    assert found.answers[0].by_as == "organisation"


def test_the_organisation_once_asked_answers_through_each_of_its_parts(tmp_path: Path) -> None:
    request = REQUEST.replace("{state: KAZ}", "{org: TL}")
    organisation = loaded(tmp_path, acts(request, answer("a", "org: Council"), answer("b", "state: KAZ")))
    (found,) = cases(organisation.questions()).cases
    assert [each.by_as for each in found.answers] == ["asked", "other"]
    assert found.asked[0].answers == ("a",)


def test_an_addressee_is_told_as_it_stood_on_the_day_of_the_request(tmp_path: Path) -> None:
    request = REQUEST.replace("{state: KAZ}", "{state: KAZ, basis: a pact}, {org: TL}, {org: Red Cross}")
    joined = f"id: kaz, kind: membership, party: KAZ, of: organisation, from: 2005-01-01, {EVIDENCE}"
    organisation = loaded(tmp_path, acts(request, joined))
    (found,) = cases(organisation.questions()).cases
    assert [each.standing for each in found.asked] == ["member", "organisation", "other"]
    assert found.asked[0].who.basis == "a pact"


# -- in order of time


def test_answers_come_in_order_of_time_and_a_vague_day_stays_a_range(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        answer("late", "state: KAZ", "on: 2010-05-01, how: statement"),
        answer("vague", "state: KAZ", "between: 2010-03-11/2010-06-01, how: statement"),
        answer("early", "state: KAZ", "on: 2010-03-10, how: statement"),
    )
    assert [each.entry.id for each in found.answers] == ["early", "vague", "late"]
    assert [each.after for each in found.answers] == [(0, 0), (1, 83), (52, 52)]
    assert [each.later for each in found.answers] == ["the same day", "1 to 83 days later", "52 days later"]


def test_what_lasted_counts_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    found = told(tmp_path, answer("a", "state: KAZ", "on: 2010-03-13/2010-03-19, how: withdrawal"))
    assert found.answers[0].after == (3, 9)


# -- the trigger


def test_a_trigger_nobody_found_is_only_alleged_so_far_as_the_record_goes(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert (found.trigger, found.trigger_word) == ("alleged", "only alleged, so far as the record goes")
    assert "A finding that the trigger was given is not in the record." in {o.says for o in found.open}


def test_only_a_record_that_claims_every_finding_says_that_there_was_none(tmp_path: Path) -> None:
    found = told(tmp_path, about="coverage: [{kind: determination, grade: complete}]\n")
    assert found.trigger == "not determined"
    (opening,) = (o for o in found.open if o.point == "trigger")
    assert opening.claimed
    assert opening.says.startswith("There was no finding")


def test_a_record_complete_only_for_part_of_the_time_since_does_not_say_that_there_was_none(
    tmp_path: Path,
) -> None:
    line = "coverage: [{kind: determination, grade: complete, until: 2015-01-01}]\n"
    assert told(tmp_path, about=line).trigger == "alleged"


def test_a_finding_says_by_whom_and_as_what(tmp_path: Path) -> None:
    finding = f"id: f, kind: determination, of: plea, on: 2010-03-11, by: {{org: Council}}, finds: threat, {EVIDENCE}"
    found = told(tmp_path, finding)
    assert found.trigger == "determined"
    assert [(f.entry.by.org, f.entry.finds) for f in found.findings] == [("Council", "threat")]
    assert "trigger" not in {o.point for o in found.open}


# -- what bears on it, and what is open


def test_what_bears_on_what_bears_on_a_request_is_part_of_its_story(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        f"id: draft, kind: decision, session: first, what: to help, outcome: not adopted, about: [plea], {EVIDENCE}",
        f"id: task, kind: mandate, on: 2010-04-01, by: {{org: Council}}, to: {{org: TL}}, task: look, about: [draft], {EVIDENCE}",
        f"id: report, kind: report, on: 2010-05-01, of: task, by: {{org: TL}}, says: looked, {EVIDENCE}",
        f"id: remark, kind: statement, by: {{state: KAZ}}, says: a pity, about: [draft], {EVIDENCE}",
        "id: mute, kind: silence, of: remark, says: no more, evidence: [{source: page, mode: silent}]",
        f"id: joins, kind: adhesion, on: 2010-06-01, state: KAZ, to: draft, how: declined, {EVIDENCE}",
    )
    assert [d.entry.id for d in found.drafts] == ["draft"]
    assert [(t.entry.id, [r.id for r in t.reports]) for t in found.tasks] == [("task", ["report"])]
    parts = (found.statements, found.silences, found.further)
    assert [[each.id for each in part] for part in parts] == [["remark"], ["mute"], ["joins"]]


def test_another_request_about_it_is_a_story_of_its_own(tmp_path: Path) -> None:
    other = REQUEST.replace("id: plea", "id: again").replace("alleged", "about: [plea], alleged")
    organisation = loaded(tmp_path, acts(REQUEST, other, answer("a", "state: KAZ").replace("plea", "again")))
    first, second = cases(organisation.questions()).cases
    assert not first.answers
    assert [each.id for each in second.refers_to] == ["plea"]


def test_a_request_that_nothing_answers_says_what_is_not_in_the_record(tmp_path: Path) -> None:
    assert [o.says for o in told(tmp_path).open] == [
        "Which article was invoked is not in the record.",
        "A finding that the trigger was given is not in the record.",
        "A decision on it is not in the record.",
        "An answer by Kazakhstan is not in the record.",
    ]


def test_of_kinds_the_record_holds_completely_it_says_that_there_was_none(tmp_path: Path) -> None:
    lines = "".join(f"  - {{kind: {kind}, grade: complete}}\n" for kind in ("decision", "response"))
    found = told(tmp_path, about=f"coverage:\n{lines}")
    assert {o.point: o.claimed for o in found.open} == {
        "article": False,
        "trigger": False,
        "decision": True,
        "answer": True,
    }
    assert "There was no decision on it: the record claims to hold every one." in {o.says for o in found.open}


def test_a_draft_not_adopted_is_no_decision_and_stays_open(tmp_path: Path) -> None:
    draft = f"id: d, kind: decision, session: first, what: to help, outcome: not adopted, stopped by: ARM, about: [plea], {EVIDENCE}"
    says = [o.says for o in told(tmp_path, draft).open]
    assert "An adopted decision on it is not in the record." in says
    assert (
        "To help: not adopted for want of the consent of Armenia; a later adoption is not in the record."
        in says
    )


OFFER = f"id: o, kind: body, name: Group, status: offered, of: council, from: 2010-04-01, about: [plea], {EVIDENCE}"


def test_a_body_offered_and_never_founded_is_open(tmp_path: Path) -> None:
    found = told(tmp_path, OFFER)
    assert [(o.body, o.established) for o in found.offers] == [("Group", None)]
    assert "A founding of the Group is not in the record." in {o.says for o in found.open}


def test_a_body_offered_and_later_founded_is_not_open(tmp_path: Path) -> None:
    founded = f"id: f, kind: body, name: Group, of: council, from: 2011-01-01, {EVIDENCE}"
    found = told(tmp_path, OFFER, founded)
    assert [(o.body, o.established) for o in found.offers] == [("Group", "f")]
    assert "establishment" not in {o.point for o in found.open}


def test_an_offer_that_an_entry_on_a_body_speaks_of_is_told_once(tmp_path: Path) -> None:
    offer = answer("a", "org: TL", "on: 2010-04-01, how: offer")
    found = told(tmp_path, offer, OFFER.replace("[plea]", "[plea, a]"))
    assert [o.line.id for o in found.offers] == ["o"]
    assert [o.line.id for o in told(tmp_path / "alone", offer).offers] == ["a"]


# -- as known, and by name


def test_answers_to_a_request_that_was_corrected_are_answers_to_the_one_that_stands_for_it(
    tmp_path: Path,
) -> None:
    better = REQUEST.replace("id: plea", "id: better, corrects: plea").replace("2010-03-10", "2010-03-09")
    organisation = loaded(tmp_path, acts(REQUEST, better, answer("a", "state: KAZ")))
    (found,) = cases(organisation.questions()).cases
    assert found.entry.id == "better"
    assert [each.entry.id for each in found.answers] == ["a"]
    assert case(organisation.questions(), "plea").cases[0].entry.id == "better"


def test_what_was_recorded_later_is_not_known_before(tmp_path: Path) -> None:
    late = answer("a", "state: KAZ") + ", recorded: 2025-06-01"
    organisation = loaded(tmp_path, acts(REQUEST, late))
    assert not cases(organisation.questions(date(2025, 5, 31))).cases[0].answers
    assert cases(organisation.questions(date(2025, 6, 1))).cases[0].answers


def test_a_case_is_found_by_the_beginning_of_its_id_where_no_other_begins_so() -> None:
    assert csto("kaz").entry.id == "kaz-2022"
    with pytest.raises(NotFound, match=r"arm-2021 or arm-2022"):
        csto("arm")
    with pytest.raises(NotFound, match=r"Did you mean “kaz-2022”"):
        csto("kax-2022")


# -- the CSTO's, from the seed and the data


def test_armenia_in_2022_asked_three_and_one_of_them_has_no_answer_on_record() -> None:
    found = csto("arm-2022")
    assert str(found.entry.when) == "2022-09-13"
    named = [(each.who.state or each.who.org, each.standing) for each in found.asked]
    assert named == [("RUS", "member"), ("CSTO", "organisation"), ("UN Security Council", "other")]
    assert "bilateral" in found.asked[0].who.basis
    assert [bool(each.answers) for each in found.asked] == [True, True, False]
    assert found.invokes == "Treaty, Article 4"
    assert "An answer by the UN Security Council is not in the record." in {o.says for o in found.open}


def test_armenias_trigger_of_2022_is_alleged_and_not_found() -> None:
    found = csto("arm-2022")
    assert found.trigger == "alleged"
    assert "aggression" in found.entry.alleged
    assert not found.findings
    assert found.named == ()


def test_the_seeds_answers_to_armenia_are_a_mission_and_the_offer_of_a_group_never_founded() -> None:
    found = csto("arm-2022")
    seed = {a.entry.how for a in found.answers if any(w.source == "seed" for w in a.line.witnesses)}
    assert seed == {"no haste", "mission", "offer"}
    (group,) = (offer for offer in found.offers if offer.body is not None)
    assert group.established is None
    assert {str(d.line.when): d.entry.outcome for d in found.drafts} == {
        "2022-09-13": "adopted",
        "2022-11-23": "not adopted",
    }


def test_kazakhstan_in_2022_had_a_threat_found_a_decision_and_units_within_a_day() -> None:
    found = csto("kaz-2022")
    assert [(f.entry.by.org, f.entry.finds) for f in found.findings] == [
        ("Collective Security Council", "threat")
    ]
    after = {a.entry.how: a.after for a in found.answers if a.entry.how in {"decision", "deployment"}}
    assert after == {"decision": (0, 1), "deployment": (1, 1)}
    assert (found.invokes, found.named) == ("Treaty", ("Treaty, Article 4",))
    assert "aggression" in found.entry.alleged
    assert [o for o in found.open if o.point in {"trigger", "decision"}] == []


@pytest.mark.data
def test_every_request_of_the_data_has_its_addressees_and_each_answer_on_its_day() -> None:
    text = (SHARED_DATA / "csto" / "csto-record.yaml").read_text("utf-8")
    data: list[dict[str, Any]] = YAML(typ="safe").load(text)["assistance_requests"]
    found = {each.entry.id: each for each in cases(opened("csto").questions()).cases}
    assert {row["id"].removeprefix("A-").lower() for row in data} == found.keys()
    for row in data:
        ours = found[row["id"].removeprefix("A-").lower()]
        asked = {each.get("state") or each.get("org") for each in row["addressees"]}
        assert {each.who.state or each.who.org for each in ours.asked} == asked
        assert bool(ours.findings) == any(row["trigger"]["determined_by_council"].values())
        for response in row["responses"]:
            days = str(response.get("on") or response["between"]).split("/")
            how = response["kind"].replace("_", " ")
            told = [a.entry.when for a in ours.answers if a.entry.how == how]
            assert any(days[0] <= str(when.began) and str(when.latest) <= days[-1] for when in told), response
