"""Keys of acts that one kind of fact needs: what each says, and what is wrong with a bad one."""

from __future__ import annotations

from pathlib import Path

from foedus.accounts.words import says
from foedus.record.acts import Decided, NationalLaw, Request, Response, TreatyAction
from tests.folders import CHARTER, EVIDENCE, FILES, FIRST_FREE_LINE, acts, loaded, one_problem

SIGNED = "id: pact, kind: decision, session: first, what: a pact, outcome: adopted, signed by: [ARM]"
ASKED = (
    "id: asked, kind: request, on: 2003-01-01, by: {state: ARM}, asks: troops, "
    "addressees: [{state: RUS}, {org: TL, asks: equipment}]"
)
ANSWERED = "id: x, kind: response, on: 2003-01-02, to: asked, by: {org: TL}, how: offer, what: it"
LAW = "id: law, kind: national-law, state: ARM, from: 2000-01-01, fact: the speaker stands in"


def test_a_decision_names_who_signed_it_and_who_did_not(tmp_path: Path) -> None:
    record = loaded(tmp_path, acts(f"{SIGNED}, not signed by: [BLR, UZB], {EVIDENCE}")).record
    pact = record.by_id["pact"]
    assert isinstance(pact, Decided)
    assert (pact.signed_by, pact.not_signed_by) == (("ARM",), ("BLR", "UZB"))
    assert says(pact) == "a pact: adopted, not signed by Belarus and Uzbekistan"


def test_a_state_that_signed_and_did_not_is_a_fault(tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(f"{SIGNED}, not signed by: [BLR, ARM], {EVIDENCE}"))
    assert found.line == FIRST_FREE_LINE
    assert "ARM" in found.what


def test_one_who_is_asked_may_be_asked_another_thing_than_the_rest(tmp_path: Path) -> None:
    request = loaded(tmp_path, acts(f"{ASKED}, {EVIDENCE}")).record.by_id["asked"]
    assert isinstance(request, Request)
    assert [a.asks for a in request.addressees] == ["", "equipment"]


def test_an_answer_names_the_session_it_was_given_at(tmp_path: Path) -> None:
    record = loaded(tmp_path, acts(f"{ASKED}, {EVIDENCE}", f"{ANSWERED}, at: first, {EVIDENCE}")).record
    answer = record.by_id["x"]
    assert isinstance(answer, Response)
    assert answer.mentions == ("asked", "first")


def test_an_answer_given_at_what_is_no_session_is_a_fault(tmp_path: Path) -> None:
    found = one_problem(tmp_path, acts(f"{ASKED}, {EVIDENCE}", f"{ANSWERED}, at: said, {EVIDENCE}"))
    assert found.line == FIRST_FREE_LINE + 1
    assert "statement" in found.what


def test_a_state_may_have_stepped_back_without_a_form_and_an_act_may_have_a_place(tmp_path: Path) -> None:
    back = "id: x, kind: treaty-action, on: 2003-01-01, states: [ARM], of: organisation, action: stepping back, place: Rome"
    act = loaded(tmp_path, acts(f"{back}, {EVIDENCE}")).record.by_id["x"]
    assert isinstance(act, TreatyAction)
    assert (act.place, says(act)) == ("Rome", "Armenia, stepping back: the organisation")


def test_a_national_law_that_empowers_nobody_fills_no_seat(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace(
        "holder: head-of-state, in force",
        "holder: head-of-state, or: {role: head-of-government, where: national law empowers it}, in force",
    )
    assert charter != FILES[CHARTER]
    with_law = loaded(tmp_path / "with", {CHARTER: charter, **acts(f"{LAW}, {EVIDENCE}")})
    without = loaded(tmp_path / "without", {CHARTER: charter})
    answers = [league.who("council", "2005-01-01").rows[0] for league in (with_law, without)]
    assert answers[0].status == answers[1].status
    assert answers[0].holder == answers[1].holder
    law = with_law.record.by_id["law"]
    assert isinstance(law, NationalLaw)
    assert says(law) == "Armenia: the speaker stands in"
