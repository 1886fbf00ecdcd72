"""Offices that go round by the month: what is refused, what the audit finds, and how names are put in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.engine.findings import Finding
from foedus.engine.months import term_of
from foedus.engine.rolls import alphabetical
from foedus.secretariat import Organisation
from tests.folders import ABOUT, CHARTER, EVIDENCE, FILES, HEAD, acts, loaded, one_problem, problems, rule

HOLDER = "holder: {rotation: {among: council, order: name, language: en}}"
TERM = "term: {opened by: month}"
NAMES = (
    "id: kaz, kind: membership, party: KAZ, of: organisation, from: 2001-01-01, " + EVIDENCE,
    "id: n1, kind: state-name, state: ARM, language: en, name: Armenia, from: 2001-01-01, " + EVIDENCE,
    "id: n2, kind: state-name, state: KAZ, language: en, name: Kazakhstan, from: 2001-01-01, " + EVIDENCE,
)


def speaker(
    *lines: str, ident: str = "speaker", office: str = "speaker", since: str = "c1"
) -> dict[str, str]:
    """The charter with an office that goes round, some of its lines given."""
    given = [line.partition(":")[0] for line in lines]
    usual = [line for line in (TERM, HOLDER) if line.partition(":")[0] not in given]
    text = [
        f"id: {ident}",
        "kind: office",
        f"office: {office}",
        "name: Speaker",
        "of: council",
        *usual,
        *lines,
    ]
    return rule("\n".join([*text, f"in force: {{from: {since}}}", "basis: seen"]))


def turn(ident: str, held_by: str, day: str, more: str = "") -> str:
    """A turn on record of the speaker's."""
    return f"id: {ident}, kind: turn, office: speaker, held by: {held_by}, on: {day}{more}, {EVIDENCE}"


COMPLETE = {HEAD: ABOUT + "coverage:\n  - {kind: membership, grade: complete}\n"}


def council(where: Path, *entries: str) -> Organisation:
    """A council of Armenia and Kazakhstan with a speaker."""
    return loaded(where, {**COMPLETE, **speaker(), **acts(*NAMES, *entries)})


def found(where: Path, *entries: str) -> dict[str, Finding]:
    """What the audit finds in it, by code."""
    return {finding.code: finding for finding in council(where, *entries).findings()}


# -- the charter


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "holder: {rotation: {among: counci, order: name, language: en}}",
            "“counci”, which no rule defines. Did you mean “council”?",
        ),
        ("holder: {rotation: {among: council, order: size, language: en}}", "“size” is no value of “order”."),
        ("holder: {rotation: {among: council, order: name}}", "The key “language” is missing."),
        ("holder: {rotation: {of: council, order: name, language: en}}", "The key “of” is not known here."),
        ("term: {opened by: month, day: 31}", "“day” should be at most 28, not “31”."),
        ("term: {opened by: [week, true]}", "“[week, true]” is no value of “opened by”."),
        ("term: {opened by: {day: 1}}", "“{day: 1}” is no value of “opened by”."),
        ("term: {opened by: week}", "“week” is no value of “opened by”."),
        (
            "term: {opened by: month, where: {organ: council, type: regular}}",
            "A term opened by a month has “holder: {rotation: …}” and neither “where” nor “unless”.",
        ),
        ("unless: {designation: {by: council}}", "A term opened by a month has “holder: {rotation: …}”"),
        ("holder: appointee", "A term opened by a month has “holder: {rotation: …}”"),
        ("holder: {role: head-of-state, of: host}", "A term opened by a month has “holder: {rotation: …}”"),
        ("term: {opened by: appointment}", "A term opened by an appointment has “holder: appointee”"),
        ("term: {opened by: session, where: {organ: council, type: regular}}", "A term opened by a session"),
    ],
)
def test_a_rule_on_turns_that_cannot_be_is_told_in_a_sentence(line: str, says: str, tmp_path: Path) -> None:
    told = [str(problem) for problem in problems(tmp_path, speaker(line))]
    assert any(says in problem for problem in told), told


def test_only_a_term_opened_by_a_month_has_a_day(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace(
        "term: {opened by: appointment}", "term: {opened by: appointment, day: 3}"
    )
    assert "Only a term opened by a month has a “day”." in str(one_problem(tmp_path, {CHARTER: charter}))


def test_an_office_goes_round_among_the_members_of_an_organ_with_seats(tmp_path: Path) -> None:
    board = "\n```rule\n{id: board, kind: organ, organ: board, name: Board, in force: {from: c1}, basis: seen}\n```\n"
    text = speaker("holder: {rotation: {among: board, order: name, language: en}}")[CHARTER] + board
    assert "the organ with a rule on its seats “board”" in str(one_problem(tmp_path, {CHARTER: text}))


def test_an_office_does_not_go_round_under_one_version_and_follow_sessions_under_another(
    tmp_path: Path,
) -> None:
    text = speaker(ident="chair", office="chairman", since="2005-01-01")[CHARTER]
    charter = text.replace(
        "in force: {from: c1}\nbasis: seen\n```\n\n```rule\n{id: secretary",
        "in force: {from: c1, until: 2005-01-01}\nbasis: seen\n```\n\n```rule\n{id: secretary",
    )
    assert "Terms of “chairman” open by month here and by session on line" in str(
        one_problem(tmp_path, {CHARTER: charter})
    )


def test_a_representative_has_nobody_to_stand_in_by_national_law(tmp_path: Path) -> None:
    seats = "holder: representative, or: {role: head-of-government, where: national law empowers it}"
    charter = FILES[CHARTER].replace("holder: head-of-state, in force", f"{seats}, in force")
    assert "Leave out “or”." in str(one_problem(tmp_path, {CHARTER: charter}))


def test_an_instrument_may_have_rules_where_others_have_articles(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace("## Article 1. All of it", "## Rule 1. All of it")
    told = loaded(tmp_path, {CHARTER: charter})
    assert {r.citation for r in told.charter.rules} == {"Charter, Rule 1"}


# -- the record


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (
            "id: t, kind: turn, office: speakr, held by: ARM, on: 2002-01, " + EVIDENCE,
            "“t” names the office “speakr”, which the charter does not know. Did you mean “speaker”?",
        ),
        (
            "id: t, kind: turn, office: chairman, held by: ARM, on: 2002-01, " + EVIDENCE,
            "“t” gives a turn of the office “chairman”, whose terms sessions open. Record a designation.",
        ),
        (
            "id: t, kind: turn, office: secretary-general, held by: ARM, on: 2002-01, " + EVIDENCE,
            "whose terms appointments open. Record an appointment.",
        ),
        (
            "id: t, kind: appointment, office: speaker, person: A, from: 2002-01-01, " + EVIDENCE,
            "“t” appoints to the office “speaker”, whose terms go round by the month. Record a turn.",
        ),
        (
            "id: t, kind: designation, office: speaker, opened by: first, to: ARM, effective: 2002-01-01, authority: decided, "
            + EVIDENCE,
            "“t” hands over the office “speaker”, whose terms go round by the month. Record a turn.",
        ),
        (
            turn("t", "ARM", "2002"),
            "“t” is a turn of “speaker” on a day that may lie in one term or another.",
        ),
        (turn("t", "ARM", "2000-12-31"), "“t” is a turn of “speaker” on a day that lies in no term."),
        (turn("t", "ARX", "2002-01"), "“ARX” is no state of ISO 3166."),
        (
            "id: t, kind: membership, party: KAZ, of: organisation, as: elected, from: 2001-01-01, "
            + EVIDENCE,
            "“t” names the class of members “elected”, which the charter does not know.",
        ),
        (
            "id: t, kind: membership, party: RUS, of: organisation, continues: SUHH, from: 2001-01-01, "
            + EVIDENCE,
            "“t” goes on with the seat of Soviet Union, which does not end on its first day.",
        ),
        (
            "id: t, kind: representation, party: ARM, of: organisatio, by: {org: X}, from: 2001-01-01, "
            + EVIDENCE,
            "“t” names the membership “organisatio”, which the charter does not know. Did you mean “organisation”?",
        ),
    ],
)
def test_an_act_that_does_not_fit_an_office_that_goes_round_is_told_in_a_sentence(
    entry: str, says: str, tmp_path: Path
) -> None:
    assert says in str(one_problem(tmp_path, {**speaker(), **acts(entry)}))


def test_where_members_have_classes_each_says_its_own(tmp_path: Path) -> None:
    charter = FILES[CHARTER].replace(
        "holder: head-of-state, in", "classes: {elected: 3}, holder: representative, in"
    )
    told = one_problem(tmp_path, {CHARTER: charter})
    assert "“arm” does not say in which class of members. What exists: elected." in str(told)


# -- the audit


def test_a_turn_of_a_state_without_a_seat_is_an_error_and_nothing_is_reckoned_from_it(tmp_path: Path) -> None:
    finding = found(tmp_path, turn("t", "RUS", "2002-01"))["turn-without-seat"]
    assert (finding.severity, finding.rule, [i.entries for i in finding.instances]) == (
        "error", "speaker", [("t",)],
    )  # fmt: skip
    assert "Russia is on record with the turn of" in finding.instances[0].says
    assert council(tmp_path, turn("t", "RUS", "2002-01")).who("speaker", "2002-01-10").status == "unknown"


def test_a_turn_of_a_member_that_has_its_seat_from_the_day_the_term_opens_is_no_error(tmp_path: Path) -> None:
    joins = "id: rus, kind: membership, party: RUS, of: organisation, from: 2002-01-01, " + EVIDENCE
    name = "id: n3, kind: state-name, state: RUS, language: en, name: Russia, from: 2002-01-01, " + EVIDENCE
    assert not found(tmp_path, joins, name, turn("t", "RUS", "2002-01"))


def test_two_turns_that_the_order_does_not_join_are_a_departure(tmp_path: Path) -> None:
    finding = found(tmp_path, turn("t1", "ARM", "2002-01"), turn("t2", "ARM", "2002-04"))["default-displaced"]
    assert (finding.shape, finding.severity, finding.rule) == ("departure", "note", "speaker")
    assert [(i.on, i.entries) for i in finding.instances] == [(date(2002, 4, 30), ("t2", "t1"))]
    assert "it would be that of Kazakhstan" in finding.instances[0].says


def test_two_turns_that_the_order_joins_are_none(tmp_path: Path) -> None:
    assert not found(tmp_path, turn("t1", "ARM", "2002-01"), turn("t2", "ARM", "2002-05"))


def test_a_turn_that_was_decided_is_none(tmp_path: Path) -> None:
    decided = turn("t2", "ARM", "2002-04", ", authority: decided")
    assert not found(tmp_path, turn("t1", "ARM", "2002-01"), decided)


def test_two_turns_of_one_month_that_differ_are_contested_and_no_departure(tmp_path: Path) -> None:
    rivals = turn("t1", "ARM", "2002-01"), turn("t2", "KAZ", "2002-01")
    assert not found(tmp_path, *rivals)
    assert council(tmp_path, *rivals).who("speaker", "2002-01-10").status == "contested"


def test_where_the_rule_was_not_in_force_for_a_time_nothing_is_reckoned_across_it(tmp_path: Path) -> None:
    first = speaker(since="c1, until: 2003-01-01")[CHARTER]
    second = speaker(since="2005-01-01")[CHARTER].removeprefix(FILES[CHARTER])
    turns = turn("t1", "ARM", "2002-01"), turn("t2", "ARM", "2005-02")
    told = loaded(tmp_path, {**COMPLETE, CHARTER: first + second, **acts(*NAMES, *turns)})
    days = ("2002-12-31", "2003-01-01", "2004-12-31", "2005-01-01", "2005-03-01")
    answers = [told.who("speaker", day) for day in days]
    assert [(a.status, a.holder and a.holder.state) for a in answers] == [
        ("certain", "KAZ"), ("not-in-force", None), ("not-in-force", None), ("certain", "KAZ"), ("certain", "KAZ"),
    ]  # fmt: skip
    assert not told.findings()


# -- names and months


def test_names_are_put_in_order_word_by_word_without_case_accents_and_marks() -> None:
    names = [
        "Bolivia (Plurinational State of)", "Congo", "Costa Rica", "Côte d'Ivoire", "Croatia", "Guinea", "Guinea-Bissau",
        "New Zealand", "Newland", "Niger", "Nigeria", "United Kingdom", "United Republic of Tanzania", "UNITED STATES",
    ]  # fmt: skip
    assert sorted(set(names), key=alphabetical) == names


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2001, 1, 1), date(2001, 1, 1)),
        (date(2001, 1, 31), date(2001, 1, 1)),
        (date(2001, 2, 1), date(2001, 2, 1)),
        (date(2000, 12, 31), None),
    ],
)
def test_the_term_of_a_day_is_that_of_its_month(day: date, opened: date | None, tmp_path: Path) -> None:
    versions = loaded(tmp_path, speaker()).standing().office_rules("speaker")
    assert term_of(versions, day) == opened


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2001, 1, 14), None),
        (date(2001, 1, 15), date(2001, 1, 15)),
        (date(2001, 3, 14), date(2001, 2, 15)),
        (date(2002, 1, 1), date(2001, 12, 15)),
    ],
)
def test_terms_may_open_on_a_later_day_of_the_month(day: date, opened: date | None, tmp_path: Path) -> None:
    versions = (
        loaded(tmp_path, speaker("term: {opened by: month, day: 15}")).standing().office_rules("speaker")
    )
    assert term_of(versions, day) == opened
