"""What a party owes and how that stands: every state of a duty, where it comes about and where it nearly does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.accounts.duties import Duties, owed
from foedus.engine.differences import differences
from foedus.engine.duties import DutyOn, duties
from foedus.problems import NotFound
from foedus.secretariat import Organisation
from foedus.terms.triggers import sets_off
from tests.folders import ABOUT, ACTS, CHARTER, ENTRIES, ENVELOPE, EVIDENCE, FILES, HEAD, loaded, one_problem

RULES = """
## Article 2. Help

```rule
{id: enough, kind: untranslated, says: As much help as is needed., in force: {from: c1}, basis: seen}
```

```rule
{id: help, kind: duty, of: organisation, owed by: every other party, owed to: the party concerned, trigger: armed attack, content: help%s, in force: {from: c1}, basis: seen}
```

```rule
{id: tell, kind: duty, of: organisation, owed by: whoever gives help, owed to: whom it is reported to, reported to: the Wardens, trigger: armed attack, content: report, due: 10, in force: {from: c1}, basis: seen}
```

## Article 3. Consultation

```rule
{id: consult, kind: duty, of: organisation, owed by: every other party, owed to: the party concerned, trigger: threat, content: consultation, due: at once, in force: {from: c1}, basis: seen}
```

## Article 4. Leaving, and what is not paid

```rule
{id: leave, kind: withdrawal, of: organisation, months: 6, notice to: depositary, in force: {from: c1}, basis: seen}
```

```rule
{id: unpaid, kind: arrears, of: organisation, by: council, years: 2, may lose: [vote], in force: {from: c1}, basis: seen}
```
"""
EXTENT = ", extent: enough"
PARTIES = (
    f"id: kaz, kind: membership, party: KAZ, of: organisation, from: 2001-01-01, {EVIDENCE}",
    f"id: blr, kind: membership, party: BLR, of: organisation, from: 2001-01-01, {EVIDENCE}",
)
COMPLETE = "coverage: [{kind: membership, grade: complete}, {kind: %s, grade: complete}]\n"
MEMBERS = "coverage: [{kind: membership, grade: complete}]\n"
PLEA = (
    "id: plea, kind: request, on: 2010-03-10, by: {state: ARM}, asks: help, addressees: [{state: KAZ}], "
    f"alleged: guns, alleges: armed attack, {EVIDENCE}"
)
FOUND = f"id: found, kind: determination, on: 2010-03-12, of: plea, by: {{org: TL}}, finds: armed attack, {EVIDENCE}"


def league(
    where: Path, *entries: str, plea: str = PLEA, about: str = MEMBERS, help_more: str = ""
) -> Organisation:
    """A league of three whose rules make them help, consult and report, with these entries beside the plea of one."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in (*PARTIES, *([plea] if plea else ()), *entries))
    changed = {
        ACTS: ENVELOPE + ENTRIES + lines,
        HEAD: ABOUT + about,
        CHARTER: FILES[CHARTER] + RULES % help_more,
    }
    return loaded(where, changed)


def answer(how: str, day: str, by: str, more: str = "") -> str:
    beside = f", {more}" if more else ""
    name = f"{how}-{day}".replace(" ", "-").replace("/", "-")
    when = f"between: {day}" if "/" in day else f"on: {day}"
    return f"id: {name}, kind: response, to: plea, {when}, by: {{{by}}}, how: {how}, what: words{beside}, {EVIDENCE}"


def stood(organisation: Organisation, content: str, holder: str, on: str, known: str | None = None) -> Any:
    """The states of the one duty of that content and holder on a day; none where it is not owed."""
    day, as_known = date.fromisoformat(on), date.fromisoformat(known) if known else None
    found = [
        d
        for d in duties(organisation.standing(as_known))
        if (d.rule.says.content, d.holder) == (content, holder)
    ]
    assert len(found) <= 1
    told: DutyOn | None = found[0].on(day) if found else None
    return () if told is None else told.states


def told(organisation: Organisation, on: str) -> Duties:
    return owed(organisation.questions(), date.fromisoformat(on))


# -- what sets a duty off


def test_an_aggression_is_an_armed_attack_and_an_armed_attack_a_threat_and_not_the_other_way_round() -> None:
    assert sets_off("aggression", "armed attack")
    assert sets_off("aggression", "threat")
    assert sets_off("armed attack", "threat")
    assert not sets_off("threat", "armed attack")
    assert not sets_off("armed attack", "aggression")
    assert not sets_off(None, "threat")


def test_a_request_makes_one_duty_for_each_other_party_under_each_rule_it_sets_off(tmp_path: Path) -> None:
    organisation = league(tmp_path)
    found = {(d.rule.says.id, d.holder, d.claimant) for d in duties(organisation.standing())}
    assert found == {(rule, holder, "ARM") for rule in ("help", "consult") for holder in ("BLR", "KAZ")}


def test_a_threat_makes_members_consult_and_not_help_and_says_so(tmp_path: Path) -> None:
    organisation = league(tmp_path, plea=PLEA.replace("alleges: armed attack", "alleges: threat"))
    (case,) = told(organisation, "2010-03-11").cases
    assert {d.stood.duty.rule.says.content for each in case.owing for d in each.duties} == {"consultation"}
    assert case.unclaimed == (
        "Under Charter, Article 2 nothing is claimed: it takes an armed attack, and no more than a threat is alleged.",
    )


def test_a_request_that_names_no_trigger_makes_nothing_owed(tmp_path: Path) -> None:
    organisation = league(tmp_path, plea=PLEA.replace(", alleges: armed attack", ""))
    assert duties(organisation.standing()) == ()
    assert "no request on record that would set a duty off" in told(organisation, "2010-03-11").nothing


def test_nothing_is_owed_before_the_request(tmp_path: Path) -> None:
    assert stood(league(tmp_path), "help", "KAZ", "2010-03-09") == ()


def test_a_state_that_is_no_party_is_owed_nothing(tmp_path: Path) -> None:
    assert duties(league(tmp_path, plea=PLEA.replace("state: ARM", "state: GEO")).standing()) == ()


def test_a_member_that_joined_after_the_request_owes_nothing_and_one_that_joined_on_its_day_does(
    tmp_path: Path,
) -> None:
    def joined(name: str, day: str) -> str:
        return f"id: new-{name}, kind: membership, party: {name}, of: organisation, from: {day}, {EVIDENCE}"

    organisation = league(tmp_path, joined("KGZ", "2010-03-11"), joined("TJK", "2010-03-10"))
    assert {d.holder for d in duties(organisation.standing())} == {"BLR", "KAZ", "TJK"}


def test_a_member_that_may_have_joined_after_the_request_may_owe(tmp_path: Path) -> None:
    joined = "id: new, kind: membership, party: KGZ, of: organisation, from: {between: 2010-03-01/2010-03-31}"
    organisation = league(tmp_path, f"{joined}, {EVIDENCE}")
    found = {d.holder: d.on(date(2010, 4, 10)) for d in duties(organisation.standing())}
    assert {holder: told.status for holder, told in found.items() if told} == {
        "BLR": "certain",
        "KAZ": "certain",
        "KGZ": "uncertain",
    }


def test_of_a_state_that_may_have_been_a_party_without_any_act_that_says_so_nothing_is_told_but_that(
    tmp_path: Path,
) -> None:
    was = "id: old, kind: membership, party: KGZ, of: organisation, from: 2001-01-01, until: 2005-01-01"
    partial = MEMBERS.replace(
        "]\n", ", {kind: membership, where: {party: KGZ}, grade: partial, from: 2006-01-01}]\n"
    )
    organisation = league(tmp_path, f"{was}, {EVIDENCE}", about=partial)
    (case,) = told(organisation, "2010-03-11").cases
    assert {d.stood.duty.holder for each in case.owing for d in each.duties} == {"BLR", "KAZ"}
    assert case.unsettled == (
        "Whether Kyrgyzstan was a party of the TL on that day is not in the record, so nothing is told of what it owed.",
    )


def test_the_text_of_the_rule_is_that_of_the_day_of_the_request(tmp_path: Path) -> None:
    organisation = league(tmp_path, plea=PLEA.replace("2010-03-10", "2000-12-31"))
    assert duties(organisation.standing()) == ()


# -- alleged, pending


def test_while_nobody_has_found_the_trigger_it_is_alleged_whatever_is_offered(tmp_path: Path) -> None:
    organisation = league(tmp_path, answer("offer", "2010-03-11", "org: TL"), help_more=EXTENT)
    assert stood(organisation, "help", "KAZ", "2010-04-01") == ("alleged",)


def test_once_the_trigger_is_found_it_is_pending(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND)
    assert stood(organisation, "help", "KAZ", "2010-03-11") == ("alleged",)
    assert stood(organisation, "help", "KAZ", "2010-03-12") == ("pending",)


def test_a_finding_of_less_than_the_trigger_leaves_it_alleged(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND.replace("finds: armed attack", "finds: threat"))
    assert stood(organisation, "help", "KAZ", "2010-03-12") == ("alleged",)


def test_a_finding_by_the_requester_itself_is_none(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND.replace("org: TL", "state: ARM"))
    assert stood(organisation, "help", "KAZ", "2010-03-12") == ("alleged",)


@pytest.mark.parametrize(
    ("by", "article", "state"),
    [("org: Council", "2", "pending"), ("org: Council", "3", "alleged"), ("state: BLR", "2", "alleged")],
)
def test_an_answer_of_the_organisation_under_the_article_of_the_duty_finds_its_trigger(
    tmp_path: Path, by: str, article: str, state: str
) -> None:
    under = f"under: {{instrument: charter, article: {article}}}"
    organisation = league(tmp_path, answer("decision", "2010-03-13", by, under))
    assert stood(organisation, "help", "KAZ", "2010-03-13") == (state,)


def test_a_finding_on_a_vague_day_leaves_both_possible_until_it_is_over(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND.replace("on: 2010-03-12", "between: 2010-03-12/2010-03-14"))
    assert stood(organisation, "help", "KAZ", "2010-03-11") == ("alleged",)
    assert stood(organisation, "help", "KAZ", "2010-03-13") == ("alleged", "pending")
    assert stood(organisation, "help", "KAZ", "2010-03-14") == ("pending",)


# -- discharged


def test_help_is_discharged_by_those_who_took_part_and_by_no_other(tmp_path: Path) -> None:
    organisation = league(
        tmp_path, FOUND, answer("deployment", "2010-03-15", "org: TL", "taking part: [KAZ]")
    )
    assert stood(organisation, "help", "KAZ", "2010-03-14") == ("pending",)
    assert stood(organisation, "help", "KAZ", "2010-03-15") == ("discharged",)
    assert stood(organisation, "help", "BLR", "2010-03-15") == ("pending",)


def test_a_member_that_helps_by_itself_discharges_its_own_duty(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND, answer("deployment", "2010-03-15", "state: KAZ"))
    assert stood(organisation, "help", "KAZ", "2010-03-15") == ("discharged",)
    assert stood(organisation, "help", "BLR", "2010-03-15") == ("pending",)


@pytest.mark.parametrize("how", ["refusal", "statement", "no haste", "consultation", "offer", "mission"])
def test_no_other_answer_discharges_a_duty_to_help(tmp_path: Path, how: str) -> None:
    organisation = league(tmp_path, FOUND, answer(how, "2010-03-15", "state: KAZ"))
    assert stood(organisation, "help", "KAZ", "2010-03-20") == ("pending",)


def test_a_consultation_of_the_organisation_discharges_every_member(tmp_path: Path) -> None:
    organisation = league(tmp_path, answer("consultation", "2010-03-13", "org: Council"))
    assert stood(organisation, "consultation", "KAZ", "2010-03-12") == ("alleged",)
    assert stood(organisation, "consultation", "KAZ", "2010-03-13") == ("discharged",)
    assert stood(organisation, "consultation", "BLR", "2010-03-13") == ("discharged",)


def test_a_consultation_by_one_member_discharges_that_one(tmp_path: Path) -> None:
    organisation = league(tmp_path, answer("consultation", "2010-03-13", "state: KAZ"))
    assert stood(organisation, "consultation", "KAZ", "2010-03-13") == ("discharged",)
    assert stood(organisation, "consultation", "BLR", "2010-03-13") == ("alleged",)


def test_a_session_that_decided_nothing_on_it_was_a_consultation_and_a_decision_at_none_was_not(
    tmp_path: Path,
) -> None:
    met = league(tmp_path / "met", answer("no decision", "2010-03-13", "org: Council", "at: first"))
    assert stood(met, "consultation", "KAZ", "2010-03-13") == ("discharged",)
    not_met = league(tmp_path / "not", answer("no decision", "2010-03-13", "org: Council"))
    assert stood(not_met, "consultation", "KAZ", "2010-03-13") == ("alleged",)


def test_a_report_is_owed_by_those_who_helped_from_when_they_did_and_met_by_one_to_the_right_address(
    tmp_path: Path,
) -> None:
    def report(name: str, day: str, to: str) -> str:
        return f"id: {name}, kind: report, of: plea, on: {day}, by: {{state: KAZ}}, to: {{org: {to}}}, says: done, {EVIDENCE}"

    helped = (FOUND, answer("deployment", "2010-03-15", "org: TL", "taking part: [KAZ]"))
    organisation = league(
        tmp_path, *helped, report("a", "2010-03-16", "the Press"), report("b", "2010-03-18", "the Wardens")
    )
    assert stood(organisation, "report", "BLR", "2010-03-20") == ()
    assert stood(organisation, "report", "KAZ", "2010-03-14") == ()
    assert stood(organisation, "report", "KAZ", "2010-03-17") == ("pending",)
    assert stood(organisation, "report", "KAZ", "2010-03-18") == ("discharged",)
    (told_to,) = {d.claimant for d in duties(organisation.standing()) if d.rule.says.content == "report"}
    assert told_to == "the Wardens"


# -- overdue


@pytest.mark.parametrize(
    ("coverage", "states"),
    [
        (COMPLETE % "response", ("overdue",)),
        (MEMBERS, ("undetermined",)),
        (COMPLETE % "report", ("undetermined",)),
    ],
)
def test_a_duty_is_overdue_only_where_the_record_claims_to_hold_every_act_that_would_meet_it(
    tmp_path: Path, coverage: str, states: tuple[str, ...]
) -> None:
    organisation = league(tmp_path, FOUND, about=coverage)
    assert stood(organisation, "consultation", "KAZ", "2010-03-12") == ("pending",), (
        "the day it is due is not over"
    )
    assert stood(organisation, "consultation", "KAZ", "2010-03-13") == states


def test_a_duty_overdue_is_no_more_known_to_be_where_the_record_stops_claiming_to_be_complete(
    tmp_path: Path,
) -> None:
    until = MEMBERS.replace("]\n", ", {kind: response, grade: complete, until: 2010-05-01}]\n")
    organisation = league(tmp_path, FOUND, about=until)
    assert stood(organisation, "consultation", "KAZ", "2010-04-30") == ("overdue",)
    assert stood(organisation, "consultation", "KAZ", "2010-05-01") == ("undetermined",)


def test_a_duty_whose_trigger_is_only_alleged_is_never_overdue(tmp_path: Path) -> None:
    organisation = league(tmp_path, about=COMPLETE % "response")
    assert stood(organisation, "consultation", "KAZ", "2011-01-01") == ("alleged",)


def test_a_duty_without_a_time_is_never_overdue(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND, about=COMPLETE % "response")
    assert stood(organisation, "help", "KAZ", "2011-01-01") == ("pending",)


def test_days_to_report_run_from_when_help_was_given(tmp_path: Path) -> None:
    helped = (FOUND, answer("deployment", "2010-03-15", "state: KAZ"))
    organisation = league(tmp_path, *helped, about=COMPLETE % "report")
    assert stood(organisation, "report", "KAZ", "2010-03-25") == ("pending",)
    assert stood(organisation, "report", "KAZ", "2010-03-26") == ("overdue",)


def test_a_duty_is_perhaps_overdue_where_the_day_its_time_began_is_vague(tmp_path: Path) -> None:
    found = FOUND.replace("on: 2010-03-12", "between: 2010-03-12/2010-03-14")
    organisation = league(tmp_path, found, about=COMPLETE % "response")
    assert set(stood(organisation, "consultation", "KAZ", "2010-03-14")) == {"pending", "overdue"}
    assert stood(organisation, "consultation", "KAZ", "2010-03-15") == ("overdue",)


def test_what_is_done_late_discharges_all_the_same(tmp_path: Path) -> None:
    late = answer("consultation", "2010-03-20", "org: TL")
    organisation = league(tmp_path, FOUND, late, about=COMPLETE % "response")
    assert stood(organisation, "consultation", "KAZ", "2010-03-19") == ("overdue",)
    assert stood(organisation, "consultation", "KAZ", "2010-03-20") == ("discharged",)


# -- undetermined


@pytest.mark.parametrize(
    ("help_more", "how", "states"),
    [
        (EXTENT, "mission", ("undetermined",)),
        (EXTENT, "offer", ("undetermined",)),
        (EXTENT, "refusal", ("pending",)),
        ("", "mission", ("pending",)),
    ],
)
def test_what_is_short_of_help_leaves_open_whether_it_is_enough_where_a_clause_says_how_much_is(
    tmp_path: Path, help_more: str, how: str, states: tuple[str, ...]
) -> None:
    organisation = league(tmp_path, FOUND, answer(how, "2010-03-15", "org: TL"), help_more=help_more)
    assert stood(organisation, "help", "KAZ", "2010-03-15") == states


def test_an_offer_of_one_member_says_nothing_of_what_another_owes(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND, answer("offer", "2010-03-15", "state: KAZ"), help_more=EXTENT)
    assert stood(organisation, "help", "KAZ", "2010-03-15") == ("undetermined",)
    assert stood(organisation, "help", "BLR", "2010-03-15") == ("pending",)


def test_help_of_the_organisation_without_the_names_of_those_who_gave_it_leaves_each_open(
    tmp_path: Path,
) -> None:
    organisation = league(tmp_path, FOUND, answer("deployment", "2010-03-15", "org: TL"))
    assert stood(organisation, "help", "KAZ", "2010-03-15") == ("undetermined",)


# -- lapsed


def test_a_request_taken_back_ends_what_was_not_met(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND, answer("withdrawal", "2010-03-20", "state: ARM"))
    assert stood(organisation, "help", "KAZ", "2010-03-19") == ("pending",)
    assert stood(organisation, "help", "KAZ", "2010-03-20") == ("lapsed",)


def test_help_withdrawn_as_done_ends_what_others_had_not_given_and_undoes_nothing(tmp_path: Path) -> None:
    gave = answer("deployment", "2010-03-15", "org: TL", "taking part: [KAZ]")
    organisation = league(tmp_path, FOUND, gave, answer("withdrawal", "2010-03-20", "org: TL"))
    assert stood(organisation, "help", "KAZ", "2010-03-20") == ("discharged",)
    assert stood(organisation, "help", "BLR", "2010-03-20") == ("lapsed",)


def test_a_withdrawal_by_another_member_ends_nothing_of_ones_own(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND, answer("withdrawal", "2010-03-20", "state: BLR"))
    assert stood(organisation, "help", "KAZ", "2010-03-20") == ("pending",)


def test_what_a_member_owes_ends_when_it_leaves_and_coming_back_does_not_bring_it_back(
    tmp_path: Path,
) -> None:
    def status(name: str, status: str, day: str) -> str:
        return f"id: {name}, kind: membership, party: KAZ, of: organisation, status: {status}, from: {day}, {EVIDENCE}"

    left = status("gone", "left", "2010-06-01"), status("back", "member", "2010-09-01")
    organisation = league(tmp_path, FOUND, *left)
    assert stood(organisation, "help", "KAZ", "2010-05-31") == ("pending",)
    assert stood(organisation, "help", "KAZ", "2010-06-01") == ("lapsed",)
    assert stood(organisation, "help", "KAZ", "2010-10-01") == ("lapsed",)
    assert stood(organisation, "help", "BLR", "2010-06-01") == ("pending",)


def test_a_member_that_is_suspended_still_owes(tmp_path: Path) -> None:
    entry = f"id: s, kind: membership, party: KAZ, of: organisation, status: suspended, from: 2010-06-01, {EVIDENCE}"
    assert stood(league(tmp_path, FOUND, entry), "help", "KAZ", "2010-06-01") == ("pending",)


# -- when it became known, and how far the record goes


def test_help_learned_of_late_was_not_known_before(tmp_path: Path) -> None:
    late = answer("deployment", "2010-03-15", "state: KAZ") + ", recorded: 2025-06-01"
    organisation = league(tmp_path, FOUND, late)
    assert stood(organisation, "help", "KAZ", "2010-03-15", known="2025-05-31") == ("pending",)
    assert stood(organisation, "help", "KAZ", "2010-03-15", known="2025-06-01") == ("discharged",)


def test_past_the_end_of_the_record_a_duty_is_told_so_far_as_it_goes(tmp_path: Path) -> None:
    (case,) = told(league(tmp_path, FOUND), "2026-01-01").cases
    words = {each.first.word for each in case.owing}
    assert words == {"pending, so far as the record goes", "undetermined, so far as the record goes"}
    assert {d.stood.since for each in case.owing for d in each.duties} == {
        date(2010, 3, 12),
        date(2010, 3, 13),
    }


# -- why, in words


def test_a_duty_says_what_it_rests_on(tmp_path: Path) -> None:
    plea = PLEA.replace("alleged:", "invokes: {instrument: charter, article: 3}, alleged:")
    organisation = league(tmp_path, FOUND, answer("refusal", "2010-03-15", "state: KAZ"), plea=plea)
    (case,) = told(organisation, "2010-04-01").cases
    (duty,) = [
        d
        for each in case.owing
        for d in each.duties
        if d.stood.duty.rule.says.id == "help" and d.stood.duty.holder == "KAZ"
    ]
    assert duty.told.because() == (
        "On 10 March 2010 Armenia asked for help, and alleged an armed attack.",
        "Charter, Article 2: where there is an armed attack, Kazakhstan, a party on that day, owes help.",
        "The request invokes another article: the Charter, Article 3.",
        "On 12 March 2010 the TL found an armed attack: the trigger is determined.",
        "That help was given is not in the record.",
    )
    assert duty.answers == ("No discharge, but an answer: Kazakhstan, 15 March 2010, refusal: words.",)


def test_a_duty_that_may_stand_in_two_ways_says_what_makes_it_which(tmp_path: Path) -> None:
    organisation = league(tmp_path, FOUND.replace("on: 2010-03-12", "between: 2010-03-12/2010-03-14"))
    (case,) = told(organisation, "2010-03-13").cases
    (said,) = [each.says for each in case.owing if "Help" in each.says]
    assert said == (
        "Help under Charter, Article 2, owed by Belarus and Kazakhstan: alleged or pending since 12 March 2010. "
        "Alleged if the finding of the TL came only after 13 March 2010. "
        "Pending if the finding of the TL came by 13 March 2010."
    )


# -- clocks


def action(name: str, action: str, day: str) -> str:
    when = f"between: {day}" if "/" in day else f"on: {day}"
    return f"id: {name}, kind: treaty-action, {when}, states: [KAZ], of: organisation, action: {action}, {EVIDENCE}"


@pytest.mark.parametrize(
    ("on", "word"),
    [("2012-06-30", None), ("2012-07-01", "running"), ("2012-12-31", "running"), ("2013-01-01", "over")],
)
def test_six_months_run_from_a_notice_of_leaving(tmp_path: Path, on: str, word: str | None) -> None:
    found = told(league(tmp_path, action("note", "notice of leaving", "2012-07-01")), on).clocks
    assert [(c.clock.state, c.word, c.over) for c in found] == (
        [("KAZ", word, "1 January 2013")] if word else []
    )


def test_the_months_after_a_notice_end_with_the_last_day_of_a_shorter_month(tmp_path: Path) -> None:
    (clock,) = told(league(tmp_path, action("note", "notice of leaving", "2012-08-31")), "2012-09-01").clocks
    assert clock.over == "28 February 2013"


def test_a_vague_notice_is_over_on_a_day_as_vague(tmp_path: Path) -> None:
    (clock,) = told(
        league(tmp_path, action("note", "notice of leaving", "2012-07-01/2012-07-10")), "2013-01-05"
    ).clocks
    assert (clock.over, clock.word) == ("1 January 2013 to 10 January 2013", "running or over")


def test_another_note_is_no_notice_of_leaving(tmp_path: Path) -> None:
    found = told(league(tmp_path, action("note", "notice", "2012-07-01")), "2012-08-01")
    assert found.clocks == ()
    assert (
        found.unclocked[0]
        == "No notice of leaving is on record, so the 6 months of Charter, Article 4 run for nobody."
    )


def test_a_notice_has_done_its_work_when_the_member_has_left(tmp_path: Path) -> None:
    left = f"id: gone, kind: membership, party: KAZ, of: organisation, status: left, from: 2013-02-01, {EVIDENCE}"
    organisation = league(tmp_path, action("note", "notice of leaving", "2012-07-01"), left)
    assert [c.word for c in told(organisation, "2013-02-01").clocks] == ["ended"]


def test_two_years_in_arrears_are_counted_until_all_is_paid(tmp_path: Path) -> None:
    entries = action("debt", "arrears", "2012-01-01"), action("paid", "payment", "2015-01-01")
    organisation = league(tmp_path, *entries)
    days = ("2013-12-31", "2014-01-01", "2015-01-01")
    assert [[c.word for c in told(organisation, day).clocks] for day in days] == [
        ["running"],
        ["over"],
        ["ended"],
    ]


# -- bad input


def test_how_much_is_owed_hangs_on_a_clause_that_is_not_evaluated_and_on_no_other_rule(
    tmp_path: Path,
) -> None:
    wrong = FILES[CHARTER] + RULES % ", extent: council"
    problem = one_problem(tmp_path, {CHARTER: wrong})
    assert "names the untranslated clause “council”, which no rule defines" in problem.what


def test_a_report_is_of_a_task_or_of_a_request(tmp_path: Path) -> None:
    entry = f"id: r, kind: report, of: first, on: 2010-01-01, by: {{state: ARM}}, says: done, {EVIDENCE}"
    problem = one_problem(tmp_path, {ACTS: ENVELOPE + ENTRIES + f"  - {{{entry}}}\n"})
    assert problem.remedy == "It takes a mandate or request."


def test_a_state_or_a_request_that_there_is_not_is_refused(tmp_path: Path) -> None:
    questions = league(tmp_path).questions()
    with pytest.raises(NotFound):
        owed(questions, date(2010, 4, 1), of="Nowhere")
    with pytest.raises(NotFound):
        owed(questions, date(2010, 4, 1), case="pleading")


def test_a_finding_learned_late_is_a_difference_in_what_was_owed(tmp_path: Path) -> None:
    late = league(tmp_path, FOUND + ", recorded: 2030-01-01")
    first, last = (late.questions(date(year, 6, 1)) for year in (2029, 2030))
    found = [d for d in differences(first, last) if d.about.startswith("Kazakhstan: help")]
    assert found[0].start == date(2010, 3, 12)
    assert {(d.before, d.after, d.entries) for d in found} == {("alleged", "pending", ("found",))}


def test_that_nothing_was_owed_before_a_request_learned_late_is_no_difference(tmp_path: Path) -> None:
    late = league(tmp_path, plea=PLEA + ", recorded: 2030-01-01")
    first, last = (late.questions(date(year, 6, 1)) for year in (2029, 2030))
    starts = {d.start for d in differences(first, last) if "help under" in d.about}
    assert min(starts) == date(2010, 3, 10)
