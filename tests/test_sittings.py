"""Accounts of sessions: what the CSTO's record holds of Yerevan 2022, and the edge cases on a tiny league.

What is expected of Yerevan is in the article the record begins with and in the pages it names.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from foedus.accounts.sitting import Sitting, sitting
from foedus.accounts.sittings import Sittings, sittings
from foedus.accounts.telling import lead
from foedus.engine.answers import Questions
from foedus.problems import NotFound
from foedus.secretariat import opened
from tests.conftest import SHARED_DATA
from tests.folders import EVIDENCE, acts, loaded

LEAGUE = acts(
    f"id: blr, kind: membership, party: BLR, of: organisation, from: 2001-01-01, {EVIDENCE}",
    f"id: kaz, kind: membership, party: KAZ, of: organisation, from: 2001-01-01, {EVIDENCE}",
    f"id: head-blr, kind: national-office, state: BLR, role: head-of-state, person: L, title: president, from: 2000-01-01, {EVIDENCE}",
    f"id: link, kind: session, organ: council, type: informal, on: 2004-05-01, held: online, {EVIDENCE}",
    f"id: open, kind: session, organ: council, type: {{one of: [regular, informal]}}, on: 2005-01-01, host: BLR, {EVIDENCE}",
    f"id: morning, kind: session, organ: council, type: informal, on: 2006-06-06, host: ARM, {EVIDENCE}",
    f"id: evening, kind: session, organ: council, type: informal, on: 2006-06-06, host: ARM, {EVIDENCE}",
    f"id: long, kind: session, organ: council, type: regular, on: 2007-03-01/2007-03-03, host: BLR, city: Minsk, {EVIDENCE}",
    f"id: some-day, kind: session, organ: council, type: informal, between: 2008-01-01/2008-12-31, {EVIDENCE}",
    "id: foreseen, kind: session, organ: council, type: informal, on: 2010-01-01, host: KAZ, evidence: [{source: page, mode: expected}]",
    "id: who-came, kind: attendance, session: long, rows: [{state: ARM, person: C, title: minister, how: represented}, "
    "{state: BLR, how: remote}, {state: FRA, person: D, capacity: invited}, {state: GEO}], evidence: [{source: page}]",
    "id: who-did-not, kind: attendance, session: long, rows: [{state: KAZ, how: absent}], evidence: [{known: recalled}]",
    f"id: plenary, kind: format, session: long, format: expanded, after: alone, {EVIDENCE}",
    f"id: alone, kind: format, session: long, format: restricted, {EVIDENCE}",
    f"id: draft, kind: decision, session: long, what: a pact, outcome: not taken up, {EVIDENCE}",
    f"id: kept, kind: decision, session: long, what: a plan, outcome: adopted, {EVIDENCE}",
    f"id: joins, kind: adhesion, state: KAZ, to: kept, how: joined, on: 2007-09-01, {EVIDENCE}",
    f"id: task, kind: mandate, to: {{office: staff}}, by: {{org: Council}}, task: write it, at: long, on: 2007-03-03, due: 2007-12, {EVIDENCE}",
    f"id: told, kind: report, of: task, by: {{office: staff}}, says: written, at: some-day, between: 2008-01-01/2008-12-31, {EVIDENCE}",
    f"id: next, kind: announced-session, organ: council, for: 2008, at: long, on: 2007-03-03, {EVIDENCE}",
    f"id: founded, kind: body, name: Staff, of: council, from: 2007-03-03, at: long, {EVIDENCE}",
    f"id: left-out, kind: silence, of: draft, says: who stopped it, {EVIDENCE}",
    f"id: plea, kind: request, by: {{state: ARM}}, asks: help, addressees: [{{state: BLR}}], about: [kept], on: 2007-03-02, {EVIDENCE}",
    f"id: found, kind: determination, of: plea, by: {{org: Council}}, finds: threat, on: 2007-03-03, {EVIDENCE}",
    f"id: reply, kind: response, to: plea, by: {{state: BLR}}, how: offer, what: talks, on: 2007-03-04, {EVIDENCE}",
    f"id: said-of-it, kind: statement, by: {{state: KAZ}}, says: it was void, about: [kept], on: 2007-04-01, {EVIDENCE}",
    f"id: said-there, kind: statement, by: {{state: BLR}}, says: it was good, session: long, {EVIDENCE}",
)


@pytest.fixture(scope="module")
def csto() -> Questions:
    return opened("csto").questions()


@pytest.fixture(scope="module")
def yerevan(csto: Questions) -> Sitting:
    return sitting(csto, "2022-11-23/yerevan")


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    return loaded(tmp_path_factory.mktemp("league"), LEAGUE).questions()


def rows(told: Sittings) -> dict[str, Any]:
    return {row.session.id: row for row in told.rows}


# -- Yerevan, 23 November 2022


def test_the_six_leaders_that_the_article_names_sat_at_yerevan(yerevan: Sitting) -> None:
    assert {seat.state: (seat.named, seat.how) for seat in yerevan.attended.seats} == {
        "ARM": ("Nikol Pashinyan", ("present",)),
        "BLR": ("Alexander Lukashenko", ("present",)),
        "KAZ": ("Kassym-Jomart Tokayev", ("present",)),
        "KGZ": ("Sadyr Japarov", ("present",)),
        "RUS": ("Vladimir Putin", ("present",)),
        "TJK": ("Emomali Rahmon", ("present",)),
    }
    assert yerevan.attended.count() == "6 present of 6 seats"


def test_the_host_held_the_chair_just_before_yerevan_and_its_seat_is_marked(yerevan: Sitting) -> None:
    (host,) = [seat for seat in yerevan.attended.seats if seat.host]
    assert (host.state, host.held) == ("ARM", ("chairman",))


def test_pashinyan_chaired_at_yerevan_as_the_organisations_own_page_says(yerevan: Sitting) -> None:
    (chair,) = yerevan.in_office
    (expected,) = chair.expected
    assert "odkb2022" in [witness.source for witness in expected.sourced.witnesses]
    assert expected.holder.person == "Nikol Pashinyan"
    assert expected.agrees
    assert (chair.before.day.isoformat(), chair.before.status) == ("2022-11-22", "certain")
    assert chair.before.holder is not None
    assert chair.before.holder.person == "Nikol Pashinyan"


def test_who_held_the_chair_at_the_end_of_yerevan_is_uncertain_between_two(yerevan: Sitting) -> None:
    (chair,) = yerevan.in_office
    assert chair.at_end.status == "uncertain"
    assert {p.holder.state for p in chair.at_end.possible if p.holder} == {"ARM", "BLR"}


def test_yerevan_was_held_one_on_one_and_then_with_delegations(yerevan: Sitting) -> None:
    assert [part.entry.format for part in yerevan.business.formats] == ["restricted", "expanded"]


def test_of_seventeen_drafts_fifteen_were_agreed_and_how_many_were_adopted_stays_unknown(
    yerevan: Sitting,
) -> None:
    counts = [each.entry for each in yerevan.business.documents]
    (drafts,) = [count for count in counts if count.tabled is not None]
    assert (drafts.tabled, drafts.agreed, drafts.sent_back) == (17, 15, 2)
    assert all(count.adopted is None for count in counts)
    assert all(count["adopted"] is None for count in yerevan.to_json()["documents"])
    assert "how many documents were adopted" in yerevan.lacks


def test_the_declaration_and_the_measures_of_help_failed_for_want_of_armenias_consent(
    yerevan: Sitting,
) -> None:
    failed = {draft.entry.what: draft.entry for draft in yerevan.business.failed}
    (declaration,) = [what for what in failed if "declaration" in what]
    (measures,) = [what for what in failed if "help to Armenia" in what]
    for draft in (failed[declaration], failed[measures]):
        assert (draft.outcome, draft.stopped_by) == ("not adopted", "ARM")
        assert draft.why
        assert draft.fate
    assert "not adopted, for want of the consent of Armenia." in " ".join(lead(yerevan))


def test_rahmons_word_on_the_border_leads_to_his_website_which_is_silent_on_the_rest(
    yerevan: Sitting,
) -> None:
    (border,) = [item for item in yerevan.statements if "border with Afghanistan" in item.says]
    (chain,) = border.sourced.witnesses
    assert chain.told().endswith(" ← Tajik president's official website")
    assert (border.manner, chain.mode) == ("reportedly", "hedged")
    (silence,) = border.silences
    assert silence.witnesses[0].mode == "silent"
    assert silence.witnesses[0].steps[-1].name == "Tajik president's official website"


def test_pashinyans_words_are_quoted_through_unnamed_media_and_by_a_named_one(yerevan: Sitting) -> None:
    (blame,) = [item for item in yerevan.statements if "did not deter Azerbaijan" in item.says]
    assert blame.manner == "quoted"
    assert {witness.strength for witness in blame.sourced.witnesses} >= {"unnamed-media", "named-media"}


def test_the_hand_over_at_yerevan_is_presumed_with_each_account_of_it(yerevan: Sitting) -> None:
    (passed,) = yerevan.handovers
    assert (passed.entry.from_, passed.entry.to, passed.entry.authority) == ("ARM", "BLR", "presumed")
    assert (str(passed.entry.effective.earliest), str(passed.entry.effective.latest)) == (
        "2022-11-23",
        "2023-01-01",
    )
    assert {str(w.points_to) for w in passed.witnesses if w.points_to} >= {"2022-11-23", "2023-01-01"}


def test_whoever_was_appointed_at_yerevan_was_not_yet_in_office(csto: Questions, yerevan: Sitting) -> None:
    (appointed,) = yerevan.business.appointed
    assert appointed.entry.person == "Imangali Tasmagambetov"
    assert str(appointed.entry.from_) == "2023-01-01"
    now = csto.who("secretary-general", yerevan.session.entry.when.latest).holder
    assert now is not None
    assert now.person == "Stanislav Zas"


def test_yerevan_bears_on_the_request_that_armenia_put_to_moscow(yerevan: Sitting) -> None:
    (asked,) = [request for request in yerevan.requests if request.request.entry.by.state == "ARM"]
    assert "RUS" in [each.state for each in asked.request.entry.addressees]
    assert {"no haste", "offer", "mission"} <= {response.entry.how for response in asked.responses}


def test_the_finding_that_the_host_did_not_get_the_chair_touches_yerevan(yerevan: Sitting) -> None:
    assert "default-displaced" in [finding.code for finding, _ in yerevan.findings]


def test_the_secretary_general_was_at_yerevan_without_a_seat(yerevan: Sitting) -> None:
    others = {line.row.person: line.row.capacity for line in yerevan.attended.others}
    assert others["Stanislav Zas"] == "secretary-general"


def test_a_session_with_a_place_is_found_by_its_day(csto: Questions, yerevan: Sitting) -> None:
    assert sitting(csto, "2022-11-23") == yerevan


# -- the CSTO's sessions against the data they were compiled from


@pytest.mark.data
def test_every_session_has_the_attendance_that_the_data_has(csto: Questions) -> None:
    data = YAML(typ="safe").load((SHARED_DATA / "csto" / "csto-record.yaml").read_text("utf-8"))
    ours = {
        str(row.session.when.began): row.attended for row in sittings(csto).rows if not row.session.when.vague
    }
    checked = 0
    for session in data["sessions"]:
        there = ours.get(str(session.get("on", "")).split("/")[0])
        if there is None or "attended" not in session:
            continue
        came = {seat.state for seat in there.seats if seat.how and seat.how != ("absent",)}
        away = {seat.state for seat in there.seats if seat.how == ("absent",)}
        assert came == set(session["attended"]), session["id"]
        assert away == set(session.get("absent", [])), session["id"]
        represented = {seat.state for seat in there.seats if seat.how == ("represented",)}
        assert represented == {each["state"] for each in session.get("stand_ins", [])}, session["id"]
        checked += 1
    assert checked > 10


@pytest.mark.data
def test_every_session_of_the_data_has_its_row_with_place_manner_and_formats(csto: Questions) -> None:
    data = YAML(typ="safe").load((SHARED_DATA / "csto" / "csto-record.yaml").read_text("utf-8"))
    ours = {str(row.session.when.began): row.to_json() for row in sittings(csto).rows}
    for session in data["sessions"]:
        when = session.get("on") or session["between"]
        row = ours[str(when).split("/")[0]]
        assert row["city"] == session.get("city"), session["id"]
        detailed = (
            ["restricted", "expanded"] if "detail" in session else []
        )  # told apart, in the acts of Yerevan
        assert row["formats"] == session.get("formats", detailed), session["id"]
        assert row["held"] == session.get("format", "in person" if session.get("host") else None)


# -- a tiny league


def test_a_session_without_a_place_or_a_word_on_it_is_not_said_to_have_been_held_in_person(
    league: Questions,
) -> None:
    told = sitting(league, "some-day")
    assert told.to_json()["session"]["held"] is None
    assert "where and how it was held" in told.lacks
    assert "held" not in lead(told)[0]


def test_a_session_online_has_no_host_and_lacks_neither_place_nor_manner(league: Questions) -> None:
    told = sitting(league, "link")
    assert lead(told)[0] == "Informal session, held online, without a host."
    assert "where and how it was held" not in told.lacks


def test_a_session_without_attendance_says_that_who_was_there_is_not_in_the_record(league: Questions) -> None:
    told = sitting(league, "link")
    assert told.to_json()["attendance"]["tally"] is None
    assert [seat.how for seat in told.attended.seats] == [(), (), ()]
    assert "who was there" in told.lacks


def test_a_type_that_is_not_settled_stays_so(league: Questions) -> None:
    told = sitting(league, "open")
    assert told.to_json()["session"]["type"] == ["regular", "informal"]
    assert told.opens == "maybe"
    assert lead(told)[0].startswith("Regular or informal session")
    assert "of which type it was" in told.lacks


def test_a_session_that_sources_only_foresaw_lacks_a_word_that_it_was_held(league: Questions) -> None:
    assert any("that it was held" in lack for lack in sitting(league, "foreseen").lacks)
    assert not any("that it was held" in lack for lack in sitting(league, "long").lacks)


def test_seats_are_present_remote_represented_absent_or_not_named(league: Questions) -> None:
    there = sitting(league, "long").attended
    assert {seat.state: seat.how for seat in there.seats} == {
        "ARM": ("represented",),
        "BLR": ("remote",),
        "KAZ": ("absent",),
        "GEO": ("present",),
    }
    assert there.tally_json() == {
        "seats": 4, "present": 1, "remote": 1, "represented": 1, "absent": 1, "not named": 0, "differing": 0,
    }  # fmt: skip


def test_whoever_represents_a_seat_is_named_and_whoever_was_to_sit_is_not_put_in_their_place(
    league: Questions,
) -> None:
    seats = {seat.state: seat for seat in sitting(league, "long").attended.seats}
    assert (seats["ARM"].named, seats["ARM"].role, seats["ARM"].entitled) == ("C", "minister", "")
    assert (seats["BLR"].named, seats["BLR"].entitled) == ("", "L")


def test_a_state_without_a_seat_that_a_source_names_is_shown_without_one(league: Questions) -> None:
    (georgia,) = [seat for seat in sitting(league, "long").attended.seats if seat.state == "GEO"]
    assert georgia.told is None
    assert georgia.to_json()["by the rule"] is None


def test_a_guest_has_no_seat(league: Questions) -> None:
    (line,) = sitting(league, "long").attended.others
    assert (line.row.person, line.row.capacity) == ("D", "invited")


def test_parts_stand_in_the_order_they_followed_one_another(league: Questions) -> None:
    assert [part.id for part in sitting(league, "long").business.formats] == ["alone", "plenary"]


def test_parts_that_follow_one_another_in_a_circle_are_all_told(tmp_path: Path) -> None:
    circle = acts(
        f"id: a, kind: format, session: first, format: restricted, after: b, {EVIDENCE}",
        f"id: b, kind: format, session: first, format: expanded, after: a, {EVIDENCE}",
    )
    told = sitting(loaded(tmp_path, circle).questions(), "first")
    assert {part.id for part in told.business.formats} == {"a", "b"}


def test_what_was_adopted_stands_before_what_was_not(league: Questions) -> None:
    done = sitting(league, "long").business
    assert [draft.id for draft in done.decided] == ["kept", "draft"]
    assert done.tally() == {"adopted": 1, "not adopted": 0, "not taken up": 1}


def test_everything_that_came_about_at_a_session_is_in_its_account(league: Questions) -> None:
    done = sitting(league, "long").business
    parts = (done.adhesions, done.mandates, done.announced, done.bodies)
    assert [[each.id for each in part] for part in parts] == [["joins"], ["task"], ["next"], ["founded"]]
    assert [report.id for report in sitting(league, "some-day").business.reports] == ["told"]


def test_what_was_said_there_stands_before_what_was_said_elsewhere_about_it(league: Questions) -> None:
    assert [item.id for item in sitting(league, "long").statements] == ["said-there", "said-of-it"]


def test_a_silence_on_something_other_than_a_statement_is_told_by_itself(league: Questions) -> None:
    assert [silence.id for silence in sitting(league, "long").silences] == ["left-out"]


def test_a_request_that_speaks_of_a_decision_is_told_with_what_was_found_and_answered(
    league: Questions,
) -> None:
    (asked,) = sitting(league, "long").requests
    assert asked.request.id == "plea"
    assert [found.id for found in asked.determinations] == ["found"]
    assert [response.id for response in asked.responses] == ["reply"]


def test_a_session_is_found_by_each_day_it_lasted(league: Questions) -> None:
    for day in ("2007-03-01", "2007-03-02", "2007-03-03"):
        assert sitting(league, day).session.id == "long"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2006-06-06", "That day had 2: “morning” and “evening”."),
        ("2006-06-07", "The nearest: before it “evening”; after it “long”."),
        ("2008-05-01", "The nearest: before it “long”; after it “foreseen”; perhaps on it “some-day”."),
        ("1999-01-01", "The nearest: after it “first”."),
        ("mornin", "Did you mean “morning”?"),
        ("arm", "There is no session of tiny “arm”."),
    ],
)
def test_what_names_no_single_session_is_refused_with_what_would_be_right(
    league: Questions, name: str, said: str
) -> None:
    with pytest.raises(NotFound) as refused:
        sitting(league, name)
    assert said in str(refused.value)


def test_before_anything_was_recorded_there_is_no_session(tmp_path: Path) -> None:
    early = loaded(tmp_path, LEAGUE).questions(date(2001, 12, 31))
    assert sittings(early).rows == ()
    with pytest.raises(NotFound, match="No session is on record, as known on 2001-12-31"):
        sitting(early, "2007-03-03")


def test_what_belonged_to_a_corrected_session_belongs_to_the_one_that_stands_for_it(tmp_path: Path) -> None:
    corrected = acts(
        f"id: held, kind: session, organ: council, type: regular, on: 2003-01-01, host: ARM, {EVIDENCE}",
        f"id: came, kind: attendance, session: held, rows: [{{state: ARM}}], {EVIDENCE}",
        f"id: held-rightly, kind: session, corrects: held, organ: council, type: regular, on: 2003-01-02, host: ARM, {EVIDENCE}",
    )
    told = sitting(loaded(tmp_path, corrected).questions(), "held")
    assert told.session.id == "held-rightly"
    assert told.attended.recorded


def test_where_the_record_claims_to_hold_every_statement_none_is_missing(tmp_path: Path) -> None:
    plain = sitting(loaded(tmp_path / "plain", {}).questions(), "first")
    whole = {
        "organisation.yaml": "id: tiny\nname: Tiny League\nshort: TL\ninstruments: [charter.md]\nrecord to: 2025-12-31\n"
        "coverage: [{kind: statement, grade: complete}]\n"
    }
    claimed = sitting(loaded(tmp_path / "whole", whole).questions(), "first")
    assert set(plain.lacks) - set(claimed.lacks) == {"what was said"}


def test_each_row_has_the_office_before_and_at_the_end_and_the_weakest_claim(league: Questions) -> None:
    row = rows(sittings(league))["long"]
    (chair,) = row.offices
    assert (chair.before.day.isoformat(), chair.at_end.day.isoformat()) == ("2007-02-28", "2007-03-03")
    assert (row.strength, row.weakest) == ("agency", "recalled")
    assert row.decided == (1, 0, 1)


def test_rows_stand_in_order_of_the_day_their_sessions_ended(league: Questions) -> None:
    assert [row.session.id for row in sittings(league).rows] == [
        "first", "link", "open", "morning", "evening", "long", "some-day", "foreseen",
    ]  # fmt: skip


def test_at_a_session_held_online_nobody_is_present_in_a_place(tmp_path: Path) -> None:
    rows = "rows: [{state: ARM, person: A}]"
    league = loaded(
        tmp_path,
        acts(
            f"id: video, kind: session, organ: council, type: regular, on: 2003-01-01, held: online, {EVIDENCE}",
            f"id: seen, kind: attendance, session: video, {rows}, {EVIDENCE}",
            f"id: met, kind: attendance, session: first, {rows}, {EVIDENCE}",
        ),
    )
    told = {name: sitting(league.questions(), name).attended for name in ("video", "first")}
    assert told["video"].count() == "1 online of 1 seat"
    assert told["first"].count() == "1 present of 1 seat"
    assert told["video"].tally()["present"] == 1  # as recorded: that it was online stands with the session
