"""The report on the period between two sessions: what is in, what may be in, what is out, and what is not claimed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.accounts.period import SECTIONS, Between, between
from foedus.cli import main
from foedus.problems import BadInput, NotFound
from foedus.record.acts import (
    MODELS,
    Announced,
    Attendance,
    Description,
    Determination,
    Discussion,
    Expect,
    Format,
    Mandate,
    Report,
    Request,
    Response,
    Silence,
    Withdraws,
)
from foedus.secretariat import opened
from tests.folders import ABOUT, EVIDENCE, HEAD, acts, loaded, rule

LAST = f"id: last, kind: session, organ: council, type: regular, on: 2004-01-01, host: ARM, {EVIDENCE}"


def small(where: Path, *entries: str, about: str = "") -> Between:
    """The period between the two sessions of a small folder, of 1 January 2002 and 1 January 2004."""
    organisation = loaded(where, {**acts(LAST, *entries), HEAD: ABOUT + about})
    return between(organisation.questions(), "first", "last")


def ids(told: Between, section: str) -> list[tuple[str, str, bool]]:
    return [(event.line.id, event.turn, event.certain) for event in told.sections[section]]


def meeting(name: str, when: str) -> str:
    return f"id: {name}, kind: meeting, of: [ministers], {when}, {EVIDENCE}"


@pytest.fixture(scope="module")
def yerevan() -> Between:
    return between(opened("csto").questions(), "2021-09-16", "2022-11-23")


# -- the ends


def test_the_day_of_the_first_session_is_out_and_that_of_the_last_is_in(tmp_path: Path) -> None:
    told = small(
        tmp_path,
        meeting("a", "on: 2002-01-01"),
        meeting("b", "on: 2002-01-02"),
        meeting("c", "on: 2004-01-01"),
        meeting("d", "on: 2004-01-02"),
    )
    assert ids(told, "meetings") == [("b", "on", True), ("c", "on", True)]
    assert ids(told, "sessions") == [("last", "on", True)]


def test_what_a_session_did_has_its_day(tmp_path: Path) -> None:
    told = small(
        tmp_path,
        f"id: x, kind: decision, session: first, what: x, outcome: adopted, {EVIDENCE}",
        f"id: y, kind: decision, session: last, what: y, outcome: not adopted, {EVIDENCE}",
        f"id: z, kind: statement, by: {{state: ARM}}, says: z, session: last, {EVIDENCE}",
    )
    assert ids(told, "decisions") == [("y", "on", True)]
    assert ids(told, "statements") == [
        ("z", "on", True)
    ]  # “said”, without a day or a session, is in no period


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("2002-01-01/2002-06-01", [("a", "on", False)]),
        ("2002-01-02/2002-06-01", [("a", "on", True)]),
        ("2003-06-01/2004-01-01", [("a", "on", True)]),
        ("2003-06-01/2004-01-02", [("a", "on", False)]),
        ("2001-06-01/2002-01-01", []),
        ("2004-01-02/2004-02-01", []),
    ],
)
def test_a_vague_day_that_reaches_beyond_an_end_is_in_and_not_certain(
    days: str, found: list[tuple[str, str, bool]], tmp_path: Path
) -> None:
    assert ids(small(tmp_path, meeting("a", f"between: {days}")), "meetings") == found


def test_each_end_is_a_day_or_the_id_of_a_session(tmp_path: Path) -> None:
    questions = loaded(tmp_path, acts(LAST)).questions()
    by_id, by_day = (between(questions, *ends) for ends in (("first", "last"), ("2002-01-01", "2004-01-01")))
    assert by_id == by_day
    assert (by_id.first.sessions, by_id.last.sessions) == (("first",), ("last",))
    assert between(questions, "2002-06-01", "last").first.sessions == ()


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("last", "first", "does not come after"),
        ("first", "2002-01-01", "does not come after"),
        ("frist", "last", "Did you mean “first”"),
        ("2002-02-30", "last", "no day of the calendar"),
        ("arm", "last", "There is no session or day of tiny “arm”"),
    ],
)
def test_ends_that_are_no_period_are_refused(first: str, last: str, wrong: str, tmp_path: Path) -> None:
    questions = loaded(tmp_path, acts(LAST)).questions()
    with pytest.raises((BadInput, NotFound), match=wrong):
        between(questions, first, last)


def test_the_command_line_tells_both_faulty_ends_at_once() -> None:
    result = CliRunner().invoke(main, ["between", "csto", "2021-09-16/dushanb", "2022-11-31"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["FIRST", "LAST"]


# -- what is in it


def test_every_kind_of_act_has_a_place_or_is_told_with_another() -> None:
    told_with = {Request, Response, Determination, Mandate, Report, Announced}  # in parts of their own
    of_a_session = {Attendance, Format, Discussion, Expect}
    of_the_record = {Silence, Description, Withdraws}
    placed = [kind for kinds in SECTIONS.values() for kind in kinds]
    assert len(placed) == len(set(placed))
    assert {*placed, *told_with, *of_a_session, *of_the_record} == set(MODELS.values())


def test_an_appointment_is_in_by_its_making_its_beginning_and_its_end(tmp_path: Path) -> None:
    post = "kind: appointment, office: secretary-general"
    told = small(
        tmp_path,
        f"id: a, {post}, person: A, from: 2001-01-01, until: 2002-06-01, {EVIDENCE}",
        f"id: b, {post}, person: B, appointed: 2002-05-01, from: 2002-06-01, {EVIDENCE}",
        f"id: c, {post}, person: C, at: last, from: 2005-01-01, {EVIDENCE}",
    )
    assert ids(told, "appointments") == [
        ("b", "appointed", True),
        ("a", "until", True),
        ("b", "from", True),
        ("c", "appointed", True),
    ]


def test_a_hand_over_is_in_by_the_day_it_took_effect(tmp_path: Path) -> None:
    passed = "kind: designation, office: chairman, to: ARM, authority: decided"
    told = small(
        tmp_path,
        f"id: a, {passed}, opened by: first, effective: {{between: 2002-01-01/2002-02-01}}, {EVIDENCE}",
        f"id: b, {passed}, opened by: last, effective: 2004-02-01, {EVIDENCE}",
    )
    assert ids(told, "hand-overs") == [("a", "effective", False)]


def test_an_office_is_told_from_the_end_of_the_first_day_on_and_alike_stretches_are_one(
    tmp_path: Path,
) -> None:
    told = small(
        tmp_path, about="coverage: [{kind: session, grade: complete}, {kind: designation, grade: partial}]\n"
    )
    (office,) = (held for held in told.offices if held.name == "chairman")
    assert [(s.status, s.says) for s in office.spans] == [("certain", "A (Armenia)")]


def test_a_state_that_left_within_the_period_is_told_with_the_day(tmp_path: Path) -> None:
    told = small(
        tmp_path,
        f"id: blr, kind: membership, party: BLR, of: organisation, from: 2001-01-01, until: 2003-01-01, {EVIDENCE}",
        f"id: gone, kind: membership, party: BLR, of: organisation, status: left, from: 2003-01-01, {EVIDENCE}",
        f"id: kaz, kind: membership, party: KAZ, of: organisation, from: 2005-01-01, {EVIDENCE}",
    )
    parties = {party.name: [(str(s.start), s.says) for s in party.spans] for party in told.parties}
    assert parties["BLR"] == [("2001-01-01", "Belarus (member)"), ("2003-01-01", "Belarus (left)")]
    assert "KAZ" not in parties  # a member only later
    assert ids(told, "members") == [("blr", "until", True), ("gone", "from", True)]


def test_a_request_made_before_and_answered_within_is_told_as_such(tmp_path: Path) -> None:
    answers = "kind: response, to: plea, by: {org: TL}, how: statement, what: words"
    told = small(
        tmp_path,
        f"id: plea, kind: request, on: 2001-12-01, by: {{state: ARM}}, asks: help, addressees: [{{org: TL}}], {EVIDENCE}",
        f"id: a, {answers}, on: 2001-12-02, {EVIDENCE}",
        f"id: b, {answers}, on: 2002-02-01, {EVIDENCE}",
        f"id: c, {answers}, on: 2004-02-01, {EVIDENCE}",
    )
    (request,) = told.requests
    assert request.made is None
    assert [event.line.id for event in request.answers] == ["b"]
    assert request.outside == 2


def test_a_request_neither_made_nor_answered_within_is_left_out(tmp_path: Path) -> None:
    plea = f"id: plea, kind: request, on: 2001-12-01, by: {{state: ARM}}, asks: help, addressees: [{{org: TL}}], {EVIDENCE}"
    assert not small(tmp_path, plea).requests


def test_a_task_given_before_is_in_where_it_was_reported_on_or_due_within(tmp_path: Path) -> None:
    task = "kind: mandate, on: 2001-06-01, by: {org: Council}, to: {org: TL}, task: look"
    told = small(
        tmp_path,
        f"id: a, {task}, {EVIDENCE}",
        f"id: b, {task}, due: 2003-01-01, {EVIDENCE}",
        f"id: c, {task}, {EVIDENCE}",
        f"id: r, kind: report, on: 2003-05-01, of: c, by: {{org: TL}}, says: looked, {EVIDENCE}",
    )
    assert [(t.entry.id, len(t.reports)) for t in told.tasks] == [("b", 0), ("c", 1)]


def test_an_announced_session_says_whether_one_is_on_record(tmp_path: Path) -> None:
    announced = "kind: announced-session, organ: council, on: 2003-01-01"
    told = small(
        tmp_path,
        f"id: a, {announced}, for: 2004-01-01, {EVIDENCE}",
        f"id: b, {announced}, for: 2003-06-01, {EVIDENCE}",
        f"id: c, {announced}, for: 2026-06-01, {EVIDENCE}",
    )
    assert [(a.entry.id, a.held, a.beyond) for a in told.announced] == [
        ("a", ("last",), False),
        ("b", (), False),
        ("c", (), True),
    ]


def test_rules_that_came_into_force_or_went_out_of_it_are_told_with_their_day(tmp_path: Path) -> None:
    rules = rule(
        "{id: r, kind: untranslated, says: R, in force: {from: 2002-05-01, until: 2003-05-01}, basis: seen}"
    )
    organisation = loaded(tmp_path, {**rules, **acts(LAST)})
    told = between(organisation.questions(), "first", "last").rules
    assert [(str(r.on), r.turn, r.rule.says.id) for r in told] == [
        ("2002-05-01", "in force", "r"),
        ("2003-05-01", "out of force", "r"),
    ]


def test_what_is_not_declared_complete_for_all_of_the_period_is_not_claimed(tmp_path: Path) -> None:
    lines = (
        "coverage:\n  - {kind: session, grade: complete}\n  - {kind: decision, grade: partial, why: some}\n"
        "  - {kind: request, grade: complete, from: 2003-01-01}\n  - {kind: body, grade: sample, until: 2002-01-02}\n"
    )
    told = {each.kind: (each.grade, each.why) for each in small(tmp_path, about=lines).shortfalls}
    assert "session" not in told
    assert told["decision"] == ("partial", "some")
    assert told["request"] == ("complete", "")  # for a part of it only
    assert told["body"] == (None, "")  # what was declared is of days before


# -- the CSTO, from Dushanbe 2021 to Yerevan 2022


def test_the_sessions_of_the_period_are_those_after_dushanbe_up_to_yerevan(yerevan: Between) -> None:
    assert [str(event.when) for event in yerevan.sections["sessions"]] == [
        "2022-01-05/2022-01-06",
        "2022-01-10",
        "2022-05-16",
        "2022-09-13",
        "2022-10-28",
        "2022-11-23",
    ]


def test_armenia_held_the_chair_throughout_and_its_end_is_in_doubt_on_the_last_day(yerevan: Between) -> None:
    (chair,) = (office for office in yerevan.offices if office.name == "chairman")
    assert [(str(s.start), s.status, s.says) for s in chair.spans] == [
        ("2021-09-16", "certain", "Nikol Pashinyan (Armenia)"),
        ("2022-11-23", "uncertain", "Nikol Pashinyan (Armenia) or Alexander Lukashenko (Belarus)"),
    ]


def test_tasmagambetov_was_appointed_in_the_period_and_not_yet_in_office(yerevan: Between) -> None:
    assert [(e.turn, str(e.when)) for e in yerevan.sections["appointments"]] == [("appointed", "2022-11-23")]
    (post,) = (office for office in yerevan.offices if office.name == "secretary-general")
    assert [s.says for s in post.spans] == ["Stanislav Zas (Belarus)"]


def test_two_requests_fall_in_the_period_and_only_one_trigger_was_found(yerevan: Between) -> None:
    found = {r.case.entry.id: r.case.trigger for r in yerevan.requests}
    assert found == {"kaz-2022": "determined", "arm-2022": "alleged"}


def test_the_declaration_and_the_measures_of_help_were_not_adopted(yerevan: Between) -> None:
    failed = [e.line.says for e in yerevan.sections["decisions"] if "not adopted" in e.line.says]
    assert len(failed) == 2
    assert all("stopped by Armenia" in says for says in failed)


def test_a_body_was_offered_in_the_period(yerevan: Between) -> None:
    assert ("body/armenia-border-group", "from", True) in ids(yerevan, "bodies")


def test_the_hand_over_to_belarus_may_have_come_after_the_period(yerevan: Between) -> None:
    assert ids(yerevan, "hand-overs") == [("2022-11-23/handover", "effective", False)]


def test_the_record_does_not_claim_to_hold_every_decision_of_the_period(yerevan: Between) -> None:
    assert "decision" in {each.kind for each in yerevan.shortfalls}
    assert not any(s.kind == "session" and s.where.type == "regular" for s in yerevan.shortfalls)


def test_a_period_of_another_age_names_the_rules_that_came_into_force_in_it() -> None:
    told = between(opened("csto").questions(), "2002-10-07/chisinau", "2004-06-18/astana")
    assert ("2003-09-18", "in force", "chair-of-council") in {
        (str(r.on), r.turn, r.rule.says.id) for r in told.rules
    }


def test_a_session_elsewhere_or_of_another_type_is_not_the_one_announced(tmp_path: Path) -> None:
    announced = (
        "kind: announced-session, organ: council, on: 2003-01-01, for: {between: 2003-05-01/2003-05-31}"
    )
    held = f"kind: session, organ: council, on: 2003-05-02, {EVIDENCE}"
    told = small(
        tmp_path,
        f"id: there, {announced}, city: Ani, type: regular, {EVIDENCE}",
        f"id: anywhere, {announced}, {EVIDENCE}",
        f"id: in-ani, type: regular, city: Ani, host: ARM, {held}",
        f"id: informal, type: informal, city: Ani, host: ARM, {held}",
        f"id: in-dvin, type: regular, city: Dvin, host: ARM, {held}",
        f"id: online, type: regular, held: online, {held}",
    )
    found = {a.entry.id: a.held for a in told.announced}
    assert found == {"there": ("in-ani",), "anywhere": ("in-ani", "informal", "in-dvin", "online")}
