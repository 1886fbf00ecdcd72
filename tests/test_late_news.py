"""An act that comes in late changes the past from then on; whoever asks the organisation as it was is answered as before."""

from __future__ import annotations

from pathlib import Path

from foedus.record.acts import ACTS as ACT
from foedus.record.acts import AnyAct
from foedus.record.record import Record
from foedus.secretariat import Organisation
from tests.folders import ABOUT, HEAD, acts, loaded

ALL = "coverage:\n" + "".join(
    f"  - {{kind: {kind}, grade: complete}}\n"
    for kind in ("membership", "national-office", "designation", "session")
)
SINCE = "from: 2001-01-01, evidence: [{source: page}]"
OTHERS = (
    f"id: blr, kind: membership, party: BLR, of: organisation, {SINCE}",
    f"id: b, kind: national-office, state: BLR, role: head-of-state, person: B, title: president, {SINCE}",
)


def written(**says: object) -> AnyAct:
    envelope = {"recorded": "2025-02-01", "recorded by": "the tests", "evidence": ({"source": "page"},)}
    return ACT.adapter.validate_python(envelope | says)


def organisation(where: Path) -> Organisation:
    return loaded(where, {HEAD: ABOUT + ALL, **acts(*OTHERS)})


LATE = written(
    id="late", kind="session", organ="council", type="regular", on="2004-01-01", host="BLR", city="Minsk"
)


def test_a_session_learned_late_is_in_the_answer_from_then_on(tmp_path: Path) -> None:
    before = organisation(tmp_path)
    assert str(before.who("chairman", "2005-01-01")).endswith("A (Armenia)>")
    after = before.adding(LATE)
    assert str(after.who("chairman", "2005-01-01")).endswith("B (Belarus)>")
    assert any("Minsk" in said for said in after.who("chairman", "2005-01-01").rows[0].because())


def test_what_came_before_the_late_act_and_what_was_asked_before_it_stays(tmp_path: Path) -> None:
    before = organisation(tmp_path)
    after = before.adding(LATE)
    assert str(after.who("chairman", "2003-01-01")).endswith("A (Armenia)>")
    assert str(before.who("chairman", "2005-01-01")).endswith("A (Armenia)>")
    assert str(after.who("chairman", "2005-01-01", known="2025-01-31")).endswith("A (Armenia)>")


def test_the_basis_of_an_answer_is_the_record_with_the_late_act(tmp_path: Path) -> None:
    before = organisation(tmp_path)
    after = before.adding(LATE)
    read = Record(before.record.about, before.record.sources, (*before.record.entries, LATE), {})
    assert after.who("chairman", "2005-01-01").to_json()["basis"]["record"] == {
        "entries": len(read.entries),
        "root": read.root,
        "head": read.head,
    }


def test_a_late_correction_takes_the_place_of_what_it_corrects(tmp_path: Path) -> None:
    before = organisation(tmp_path).adding(LATE)
    assert str(before.who("chairman", "2005-01-01")).endswith("B (Belarus)>")
    moved = written(
        id="moved",
        kind="session",
        organ="council",
        type="regular",
        on="2006-01-01",
        host="BLR",
        corrects="late",
    )
    after = before.adding(moved)
    assert str(after.who("chairman", "2005-01-01")).endswith("A (Armenia)>")
    assert str(after.who("chairman", "2006-01-01")).endswith("B (Belarus)>")


def test_a_late_withdrawal_takes_an_act_back(tmp_path: Path) -> None:
    before = organisation(tmp_path).adding(LATE)
    after = before.adding(written(id="back", kind="withdrawal", withdraws="late"))
    assert str(after.who("chairman", "2005-01-01")).endswith("A (Armenia)>")


def test_a_head_of_state_learned_late_is_named(tmp_path: Path) -> None:
    before = organisation(tmp_path)
    says = {"role": "head-of-state", "title": "president", "from": "2003-01-01", "until": "2004-01-01"}
    after = before.adding(written(id="new", kind="national-office", state="ARM", person="C", **says))
    assert "C (Armenia)" in str(after.who("chairman", "2003-06-01"))
    assert str(after.who("chairman", "2002-06-01")) == str(before.who("chairman", "2002-06-01"))
