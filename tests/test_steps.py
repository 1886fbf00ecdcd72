"""Why an office is held, step by step: how each step bears on the answer, under which rule, and from which entries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.engine.standing import Standing
from foedus.record.about import ABOUT
from foedus.record.acts import AnyAct
from foedus.record.record import Record
from tests.properties.test_engine import TEXT, entry

# What the steps of an office say; others in its reason are of the member or of the person.
OF_THE_OFFICE = {
    "no-term", "term-opened", "early", "pending", "no-host", "default-applies", "default-defeated",
    "default-agrees", "outgoing-continues", "designated-decided", "designated-presumed",
    "designation-none-complete", "designation-none-partial", "designation-unrecorded",
    "openers-unrecorded", "host-unrecorded",
}  # fmt: skip
Step = tuple[str, str, tuple[str, ...]]
NONE: Step = ("considered", "designation-none-complete", ())


def session(name: str, on: str, host: str | None) -> AnyAct:
    return entry(id=name, kind="session", organ="council", type="regular", host=host, on=on)


def hand_over(name: str, term: str, to: str, effective: Any, authority: str = "decided") -> AnyAct:
    return entry(
        id=name, kind="designation", office="chairman", opened_by=term, to=to, effective=effective,
        authority=authority,
    )  # fmt: skip


def standing(acts: list[AnyAct], **grades: str) -> Standing:
    """Armenia and Belgium are members throughout; the record is complete but where a grade says otherwise."""
    kinds = ("membership", "session", "designation", "national-office")
    about = ABOUT.adapter.validate_python(
        {
            "id": "tiny", "name": "Tiny League", "short": "TL", "instruments": ("charter.md",),
            "record to": "2030-12-31",
            "coverage": tuple({"kind": kind, "grade": grades.get(kind, "complete")} for kind in kinds),
        }
    )  # fmt: skip
    members = [
        entry(id=f"m{state}", kind="membership", party=state, of="organisation", from_="2001-01-01")
        for state in ("ARM", "BEL")
    ]
    return Standing(TEXT, Record(about, {}, (*members, *acts), {}))


def steps(on: str, acts: list[AnyAct], **grades: str) -> list[Step]:
    """The steps of the office in the reason of an answer, each of which must name the rule."""
    now = standing(acts, **grades)
    (rule,) = now.office_rules("chairman")
    told = now.office("chairman").at(date.fromisoformat(on)).reason.first.grounds
    mine = [ground for ground in told if ground.says in OF_THE_OFFICE]
    assert {ground.rule for ground in mine if ground.says != "openers-unrecorded"} == {rule.key}
    return [(ground.how, ground.says, ground.entries) for ground in mine]


FIRST, SECOND = session("s1", "2010-01-01", "ARM"), session("s2", "2011-01-01", "BEL")
BY_DEFAULT: list[Step] = [
    ("holds", "term-opened", ("s1",)),
    ("applied", "default-applies", ("s1", "mARM")),
    NONE,
]


def test_before_any_term_opened_the_answer_says_so() -> None:
    assert steps("2009-01-01", [FIRST]) == [("unrecorded", "no-term", ())]


def test_a_default_holder_rests_on_the_session_on_being_a_member_and_on_no_hand_over() -> None:
    assert steps("2010-06-01", [FIRST]) == BY_DEFAULT


@pytest.mark.parametrize(
    ("grade", "last"),
    [
        ("partial", ("considered", "designation-none-partial", ())),
        ("sample", ("unrecorded", "designation-unrecorded", ())),
    ],
)
def test_that_no_hand_over_is_on_record_weighs_as_much_as_the_record_claims(grade: str, last: Step) -> None:
    assert steps("2010-06-01", [FIRST], designation=grade) == [*BY_DEFAULT[:2], last]


def test_where_sessions_are_not_recorded_whole_the_term_it_rests_on_says_so() -> None:
    found = steps("2010-06-01", [FIRST], session="partial")
    assert ("unrecorded", "openers-unrecorded", ("s1",)) in found
    assert found[-3:] == BY_DEFAULT


def test_a_hand_over_still_to_come_leaves_the_outgoing_holder_and_displaces_the_default() -> None:
    acts = [FIRST, SECOND, hand_over("d", "s2", "ARM", "2011-03-01")]
    assert steps("2011-02-01", acts) == [
        ("holds", "term-opened", ("s2",)),
        ("unsettled", "pending", ("d",)),
        ("defeated", "default-defeated", ("s2", "mBEL")),
        ("applied", "outgoing-continues", ()),
        *BY_DEFAULT,
    ]


def test_a_term_that_nobody_hosts_leaves_the_outgoing_holder() -> None:
    assert steps("2011-02-01", [FIRST, session("s2", "2011-01-01", None)]) == [
        ("holds", "term-opened", ("s2",)),
        ("considered", "no-host", ("s2",)),
        ("applied", "outgoing-continues", ()),
        *BY_DEFAULT,
    ]


@pytest.mark.parametrize("authority", ["decided", "presumed"])
@pytest.mark.parametrize(
    ("host", "beside"),
    [
        ("BEL", ("defeated", "default-defeated", ("s2", "mBEL"))),
        ("ARM", ("holds", "default-agrees", ("s2", "mARM"))),
        (None, ("considered", "no-host", ("s2",))),
        ("DNK", ("considered", "no-host", ("s2",))),
    ],
)
def test_a_hand_over_is_told_with_its_authority_beside_what_the_general_rule_would_have_given(
    host: str | None, beside: Step, authority: str
) -> None:
    acts = [FIRST, session("s2", "2011-01-01", host), hand_over("d", "s2", "ARM", "2011-03-01", authority)]
    assert steps("2011-04-01", acts) == [
        ("holds", "term-opened", ("s2",)),
        ("applied", f"designated-{authority}", ("d",)),
        beside,
    ]
    assert standing(acts).office("chairman").at(date(2011, 4, 1)).authority == authority


@pytest.mark.parametrize(
    ("acts", "running"), [([FIRST], [("holds", "term-opened", ("s1",))]), ([], [])], ids=["a term", "none"]
)
def test_a_hand_over_that_took_effect_before_its_term_names_the_running_term_and_its_own(
    acts: list[AnyAct], running: list[Step]
) -> None:
    early = hand_over("d", "s2", "ARM", "2010-11-01")
    assert steps("2010-12-01", [*acts, SECOND, early]) == [
        *running,
        ("holds", "early", ("d", "s2")),
        ("applied", "designated-decided", ("d",)),
    ]


def test_a_default_holds_on_the_general_rule() -> None:
    assert standing([FIRST]).office("chairman").at(date(2010, 6, 1)).authority == "general rule"


def test_what_a_vague_hand_over_leaves_open_hangs_on_its_effective_day() -> None:
    heads = [
        entry(
            id=f"h{state}", kind="national-office", state=state, role="head-of-state", person=f"of {state}",
            title="president", from_="2001-01-01",
        )
        for state in ("ARM", "BEL")
    ]  # fmt: skip
    vague = hand_over("d", "s2", "ARM", {"between": "2011-02-01/2011-03-01"})
    acts = [*heads, session("s1", "2010-01-01", "BEL"), SECOND, vague]
    possible = standing(acts).office("chairman").at(date(2011, 2, 10)).possible
    assert {p.holder.state for p in possible if p.holder is not None} == {"ARM", "BEL"}
    assert {(c.entry, c.point) for p in possible for way in p.ways for c in way} == {("d", "effective")}
