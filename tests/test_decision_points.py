"""Every point of how bodies decide, one scenario each, by the rules that come with Foedus. What is expected follows from
the clause named, or from a vote on record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from foedus.decisions.blocking import blocking
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Facts
from foedus.decisions.reduction import game
from foedus.decisions.silence import Break, Circulation
from foedus.decisions.verdict import Outcome
from foedus.power import power
from foedus.problems import BadInput
from tests.deciding import Body, body, made, members, told

UNSC = ("un-security-council", "council")
EU = ("eu-council", "council")
BIG_FOUR = ("DEU", "FRA", "ITA", "ESP")


def flipping(found: Outcome) -> set[str]:
    return {flip.voter for flip in found.flips}


# -- Security Council: Charter, Article 27


def test_a_permanent_members_no_stops_a_matter_of_substance() -> None:
    # S/2022/720, 30 September 2022: ten in favour, Russia against, Brazil, China, Gabon and India abstaining
    found = body(*UNSC, "2022-09-30", "substantive").put(
        {"RUS": "no", "BRA": "abstain", "CHN": "abstain", "GAB": "abstain", "IND": "abstain"}, others="yes"
    )
    assert found.state == "not carried"
    assert list(found.blocking()) == [("RUS",)]
    assert flipping(found) == {"RUS"}
    assert found.tally() == {"yes": 10, "no": 1, "abstained": 4}


def test_a_permanent_members_no_stops_nothing_on_procedure() -> None:
    # resolution 2623, 27 February 2022: eleven in favour, Russia against, China, India and the Emirates abstaining
    council = body(*UNSC, "2022-02-27", "procedure")
    found = council.put({"RUS": "no", "CHN": "abstain", "IND": "abstain", "ARE": "abstain"}, others="yes")
    assert found.carried


@pytest.mark.parametrize("choice", ["abstain", "absent"])
def test_a_permanent_member_that_abstains_or_stays_away_bars_nothing(choice: str) -> None:
    assert body(*UNSC, "2022-09-30", "substantive").put({"CHN": choice}, others="yes").carried


def test_eight_votes_are_one_short_of_nine() -> None:
    council = body(*UNSC, "2022-09-30", "substantive")
    eight = {voter.id: "yes" for voter in council.voters[:8]}
    found = council.put(eight, others="abstain")
    (short,) = found.failed
    assert (found.state, short.got, short.needed, short.margin) == ("not carried", 8, 9, -1)
    assert len(flipping(found)) == 7  # any of the seven others


def test_up_to_1965_seven_votes_were_enough() -> None:
    council = body(*UNSC, "1960-06-01", "procedure")
    assert len(council.voters) == 11
    seven = {voter.id: "yes" for voter in council.voters[:7]}
    assert council.put(seven, others="no").carried


def test_a_party_to_a_dispute_abstains_whatever_it_casts() -> None:
    # Charter, Article 27(3), for decisions under Chapter VI and Article 52(3)
    council = body(*UNSC, "2022-09-30", "peaceful settlement of disputes").called(RUS="party-to-dispute")
    found = council.put({"RUS": "no"}, others="yes")
    assert found.carried
    assert found.tally() == {"yes": 14, "abstained": 1}
    assert "RUS: “no” counts as abstained." in told(found)


def test_a_double_veto_bars_first_the_question_and_then_the_matter() -> None:
    # declaration of the four powers, 7 June 1945: whether a matter is procedural is decided with the veto
    council = body(*UNSC, "2022-09-30", "substantive")
    against = {voter.id: "yes" for voter in council.voters} | {"RUS": "no"}
    assert council.put(against, preliminary=against).state == "not carried"
    with_it = council.put(against, preliminary=against | {"RUS": "abstain"})
    assert with_it.state == "carried", "once it is a matter of procedure, a no of one bars nothing"


def test_125_groups_of_the_council_block_and_no_part_of_them() -> None:
    # five single vetoes, and seven of the ten elected members: C(10, 7) = 120
    groups = list(blocking(body(*UNSC, "2022-09-30", "substantive").chamber()))
    assert [len(group) for group in groups] == [1] * 5 + [7] * 120
    assert len(set(groups)) == 125


# -- General Assembly: Charter, Articles 18 and 19, rules 67, 86 and 133


def split(assembly: Body, yes: int, no: int, abstain: int) -> dict[str, str]:
    names = iter(voter.id for voter in assembly.voters)
    return {
        next(names): choice
        for choice, number in (("yes", yes), ("no", no), ("abstain", abstain))
        for _ in range(number)
    }


def test_two_thirds_are_of_those_who_say_yes_or_no() -> None:
    # resolution 68/262, 27 March 2014: 100 to 11, 58 abstaining, 24 away; 100 of 111 is more than two thirds
    assembly = body("un-general-assembly", "assembly", "2014-03-27", "important questions")
    assert len(assembly.voters) == 193
    found = assembly.put(split(assembly, 100, 11, 58), others="absent")
    assert found.carried
    (quorum, share) = found.measured
    assert (quorum.got, quorum.base) == (169, 193)
    assert (share.got, share.base, share.needed, share.margin) == (100, 111, 74, 26)


def test_a_majority_that_is_no_two_thirds_decides_other_questions_alone() -> None:
    for matter, carried in (("important questions", False), ("other questions", True)):
        assembly = body("un-general-assembly", "assembly", "2014-03-27", matter)
        assert assembly.put(split(assembly, 65, 35, 60), others="absent").carried is carried


def test_a_tie_fails() -> None:
    assembly = body("un-general-assembly", "assembly", "2014-03-27", "other questions")
    found = assembly.put(split(assembly, 70, 70, 20), others="absent")
    assert found.state == "not carried"
    assert found.failed[0].margin == 0


def test_arrears_take_the_vote_away_without_a_decision_unless_it_is_waived() -> None:
    assembly = body("un-general-assembly", "assembly", "2014-03-27", "other questions")
    ballots = split(assembly, 71, 70, 0)
    behind = next(iter(ballots))
    assembly = assembly.called(**{behind: "arrears"})
    lost = assembly.put(ballots, others="absent")
    assert (lost.state, lost.tally()["without a vote"]) == ("not carried", 1)
    assert assembly.put(ballots, others="absent", waived=frozenset({behind})).carried


def test_with_fewer_than_half_there_is_no_quorum_whatever_they_say() -> None:
    assembly = body("un-general-assembly", "assembly", "2014-03-27", "other questions")
    assert assembly.put(split(assembly, 96, 0, 0), others="absent").state == "not carried"
    assert assembly.put(split(assembly, 97, 0, 0), others="absent").carried


# -- quorum at the opening, or at the vote


@pytest.mark.parametrize(("at", "state"), [("opening", "carried"), ("vote", "not carried")])
def test_members_that_leave_after_the_opening_break_a_quorum_at_the_vote_only(at: str, state: str) -> None:
    rule = {
        "quorum": [{"at least": "2/3", "of": "members", "at": at}],
        "decide": {"threshold": {"more than": "1/2", "of": "voting"}},
    }
    council = made(rule, *members(9))
    opened = frozenset(members(6))
    found = council.put(dict.fromkeys(members(5), "yes"), others="absent", opening=opened)
    assert found.state == state


def test_a_quorum_at_the_opening_that_nobody_recorded_is_not_taken_for_granted() -> None:
    rule = {
        "quorum": [{"at least": 6, "at": "opening"}],
        "decide": {"threshold": {"more than": "1/2", "of": "voting"}},
    }
    council = made(rule, *members(9))
    assert council.put(others="yes").state == "undetermined"
    assert council.put(others="no").state == "not carried", "it fails whether or not there was a quorum"


# -- EU Council: EU Treaty, Articles 16 and 31; TFEU, Article 238; EC Treaty, Article 148


def lisbon(matter: str, proposer: str | None = None) -> Body:
    return body(*EU, "2025-03-01", matter, proposer)


def test_three_large_members_do_not_block_though_they_hold_over_35_percent() -> None:
    # Germany, France and Italy hold 46.89 % of the population, but a group that blocks has at least four members
    found = lisbon("qualified majority", "commission").put(dict.fromkeys(BIG_FOUR[:3], "no"), others="yes")
    assert found.carried
    held = {of.needed: of.got for of in found.measured if of.base == 10_001}
    assert held == {Fraction(65 * 10_001, 100): 10_001 - 4_689}, "65 % of the population is not reached"


def test_four_large_members_block() -> None:
    found = lisbon("qualified majority", "commission").put(dict.fromkeys(BIG_FOUR, "no"), others="yes")
    assert found.state == "not carried"
    assert flipping(found) == set(BIG_FOUR)
    assert list(found.blocking()) == [("DEU", "ESP", "FRA", "ITA")]


def test_fifteen_of_27_members_are_needed_on_a_proposal() -> None:
    council = lisbon("qualified majority", "commission")
    largest = sorted(council.voters, key=lambda v: -v.weights["population"])
    fifteen = {v.id: "yes" for v in largest[:15]}
    assert council.put(fifteen, others="no").carried
    assert (
        council.put({v: c for v, c in fifteen.items() if v != largest[14].id}, others="no").carried is False
    )


def test_without_a_proposal_72_percent_of_the_members_are_needed_which_is_twenty() -> None:
    council = lisbon("qualified majority")
    largest = [v.id for v in sorted(council.voters, key=lambda v: -v.weights["population"])]
    assert council.put(dict.fromkeys(largest[:20], "yes"), others="no").carried
    assert council.put(dict.fromkeys(largest[:19], "yes"), others="no").carried is False


def test_without_a_proposal_three_members_with_over_35_percent_do_block() -> None:
    assert lisbon("qualified majority").put(dict.fromkeys(BIG_FOUR[:3], "no"), others="yes").carried is False


def taking_part() -> Body:
    """Ten members of the 27 take part; of the 32.99 hundredths they hold France has 15.17."""
    inside = {"FRA", "ESP", "BEL", "GRC", "HRV", "CYP", "LUX", "MLT", "SVN", "EST"}
    council = lisbon("qualified majority of those taking part", "commission")
    return council.called(**{v.id: "not-participating" for v in council.voters if v.id not in inside})


def test_members_that_do_not_take_part_leave_the_base_and_are_not_bound() -> None:
    found = taking_part().put(others="yes")
    assert len(found.chamber.voters) == 10
    assert (len(found.bound), len(found.binding.may_join)) == (10, 17)


def test_where_not_all_take_part_a_group_blocks_from_the_fewest_above_35_percent_and_one() -> None:
    # TFEU, Article 238(3)(a): France alone holds more than 35 % of the ten, so two can block
    council = taking_part()
    assert council.put({"FRA": "no"}, others="yes").carried, "one member cannot, whatever it holds"
    assert council.put({"FRA": "no", "MLT": "no"}, others="yes").carried is False


def test_abstaining_never_blocks_unanimity_and_a_no_does() -> None:
    council = lisbon("unanimity")
    assert council.put(dict.fromkeys(BIG_FOUR, "abstain"), others="yes").carried
    assert list(council.put({"HUN": "no"}, others="yes").blocking()) == [("HUN",)]


def test_a_simple_majority_is_of_all_members() -> None:
    council = lisbon("simple majority")
    names = [v.id for v in council.voters]
    assert council.put(dict.fromkeys(names[:13], "yes"), others="abstain").carried is False
    assert council.put(dict.fromkeys(names[:14], "yes"), others="abstain").carried


def test_declared_abstention_lets_a_decision_pass_and_is_not_bound_by_it() -> None:
    found = lisbon("common foreign and security policy").put({"CYP": "declared-abstain"}, others="yes")
    assert found.carried
    assert found.binding.not_bound == ("CYP",)


def test_declared_abstention_blocks_at_a_third_of_members_with_a_third_of_the_population() -> None:
    council = lisbon("common foreign and security policy")
    nine = dict.fromkeys(("DEU", "FRA", "CYP", "EST", "HRV", "IRL", "LUX", "LVA", "MLT"), "declared-abstain")
    assert council.put(nine, others="yes").carried is False
    assert council.put(nine | {"MLT": "yes"}, others="yes").carried, "eight of 27 are less than a third"
    small = dict.fromkeys(("AUT", "BGR", "CYP", "EST", "HRV", "IRL", "LUX", "LVA", "MLT"), "declared-abstain")
    assert council.put(small, others="yes").carried, "they hold less than a third of the population"


def test_a_suspended_member_leaves_the_base_and_stays_bound() -> None:
    # TFEU, Article 354 (recalled)
    council = lisbon("unanimity").called(HUN="suspended")
    found = council.put({v.id: "yes" for v in council.voters if v.id != "HUN"})
    assert found.carried
    assert "HUN" in found.bound
    with pytest.raises(BadInput, match="“HUN” is suspended"):
        council.put({"HUN": "no"}, others="yes")


@pytest.mark.parametrize(
    ("on", "total", "needed", "others"),
    [
        ("1960-01-01", 17, 12, 4),
        ("1975-01-01", 58, 41, 6),
        ("1983-01-01", 63, 45, 6),
        ("1990-01-01", 76, 54, 8),
        ("2000-01-01", 87, 62, 10),
        ("2004-06-01", 124, 88, 17),
        ("2006-01-01", 321, 232, 17),
        ("2010-01-01", 345, 255, 18),
        ("2014-01-01", 352, 260, 19),
    ],
)
def test_votes_and_members_needed_in_each_period(on: str, total: int, needed: int, others: int) -> None:
    # EC Treaty, Article 148(2), as amended by each accession; read as the README of the weights says
    council = body(*EU, on, "qualified majority", "commission")
    assert sum(voter.weights["votes"] for voter in council.voters) == total
    assert council.put(others="yes").measured[0].needed == needed
    found = body(*EU, on, "qualified majority").put(others="yes")
    members_ = found.measured[1]
    assert -(-members_.needed // 1) == others, "rounded up"


def test_luxembourg_changes_nothing_on_a_proposal_among_the_six() -> None:
    # Germany, France and Italy have four votes each, Belgium and the Netherlands two, Luxembourg one; twelve are needed
    council = body(*EU, "1960-01-01", "qualified majority", "commission")
    assert all("LUX" not in group for group in blocking(council.chamber()))


def test_a_weight_that_is_not_on_file_on_the_day_is_refused_by_name() -> None:
    council = body(*EU, "2020-03-01", "qualified majority", "commission")
    with pytest.raises(BadInput, match="weight “population” is not on file on that day for AUT"):
        council.put(others="yes")


# -- silence


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def sent(*breaks: Break, extended: datetime | None = None) -> Facts:
    return Facts(circulation=Circulation(moment(2022, 3, 1, 12), moment(2022, 3, 3, 12), extended, breaks))


NOON = moment(2022, 3, 2, 12)


def nato() -> Body:
    return body("nato", "council", "2022-03-01", "silence procedure")


def test_silence_that_runs_is_not_decided_yet_and_carried_when_it_has_run_out() -> None:
    assert nato().put(at=NOON, facts=sent()).state == "not decided yet"
    assert nato().put(at=moment(2022, 3, 3, 12, 1), facts=sent()).state == "carried"


def test_silence_is_broken_by_one_member_and_says_by_whom() -> None:
    found = nato().put(facts=sent(Break("TUR", NOON)))
    assert found.state == "not carried"
    assert list(found.blocking()) == [("TUR",)]
    assert "TUR broke it" in told(found)


def test_a_letter_that_comes_after_the_time_breaks_nothing() -> None:
    found = nato().put(facts=sent(Break("TUR", moment(2022, 3, 4))))
    assert found.carried
    assert "TUR spoke too late" in told(found)


def test_an_extended_deadline_gives_more_time_to_break_it() -> None:
    late = Break("TUR", moment(2022, 3, 4))
    assert nato().put(facts=sent(late, extended=moment(2022, 3, 5))).state == "not carried"


def test_when_a_letter_came_must_be_known() -> None:
    assert nato().put(facts=sent(Break("TUR"))).state == "undetermined"


def test_what_was_not_yet_broken_at_a_moment_was_not_decided_then() -> None:
    assert nato().put(at=NOON.replace(hour=10), facts=sent(Break("TUR", NOON))).state == "not decided yet"


# -- consensus: OSCE, CSTO, SCO, ASEAN, WTO, Antarctic, Arctic


def test_one_objection_stops_consensus_in_the_osce() -> None:
    found = body("osce", "permanent-council", "2022-01-01", "every matter").put(
        {"RUS": "object"}, others="yes"
    )
    assert list(found.blocking()) == [("RUS",)]


def test_consensus_minus_one_does_without_the_state_concerned() -> None:
    council = body("osce", "permanent-council", "2022-01-01", "gross violation of commitments")
    found = council.called(RUS="member-concerned").put({"RUS": "object"}, others="yes")
    assert found.carried
    also = council.called(RUS="member-concerned").put({"RUS": "object", "BLR": "object"}, others="yes")
    assert list(also.blocking()) == [("BLR",)]


CSTO = ("csto", "council")


def test_armenia_alone_stopped_a_draft_at_yerevan() -> None:
    found = body(*CSTO, "2022-11-23", "all but procedure").put({"ARM": "object"}, others="yes")
    assert (found.state, list(found.blocking())) == ("not carried", [("ARM",)])
    assert flipping(found) == {"ARM"}


def test_one_recorded_objection_settles_consensus_though_the_others_are_not_recorded() -> None:
    assert body(*CSTO, "2022-11-23", "all but procedure").put({"ARM": "object"}).state == "not carried"


def test_where_no_ballot_is_recorded_consensus_cannot_be_said() -> None:
    assert body(*CSTO, "2022-11-23", "all but procedure").put({"ARM": "yes"}).state == "undetermined"


@pytest.mark.parametrize(
    ("absence", "state", "bound", "joins"),
    [
        ("bars-nothing", "carried", 6, ()),
        ("ends-quorum", "not carried", 0, ()),
        ("later-adhesion", "carried", 5, ("ARM",)),
        ("limited-format", "carried", 5, ()),
    ],
)
def test_absence_has_four_readings(absence: str, state: str, bound: int, joins: tuple[str, ...]) -> None:
    # as members read it in 2009, 2016, 2023 and 2024
    council = body(*CSTO, "2024-11-28", "all but procedure")
    found = council.put({"ARM": "absent"}, others="yes", absence=absence)
    assert (found.state, len(found.bound), found.binding.may_join) == (state, bound, joins)


def test_a_limited_format_binds_those_who_take_part_if_nobody_objects_to_it() -> None:
    council = body(*CSTO, "2024-11-28", "all but procedure")
    found = council.put({"ARM": "absent"}, others="yes", format="limited", format_objections=frozenset())
    assert (found.state, found.binding.not_bound, found.binding.may_join) == ("carried", ("ARM",), ("ARM",))
    assert "limited format" in told(found)


def test_an_objection_to_the_limited_format_leaves_the_ordinary_one() -> None:
    council = body(*CSTO, "2024-11-28", "all but procedure")
    found = council.put(
        {"ARM": "absent"}, others="yes", format="limited", format_objections=frozenset({"ARM"})
    )
    assert "ARM" in found.bound
    assert "ARM objected to a limited format" in told(found)


def test_before_the_text_of_2010_there_is_no_limited_format() -> None:
    council = body(*CSTO, "2009-06-14", "all but procedure")
    with pytest.raises(BadInput, match="knows no limited format"):
        council.put({"BLR": "absent"}, others="yes", format="limited", format_objections=frozenset())


def test_whom_the_csto_suspends_does_not_decide_on_it() -> None:
    council = body(*CSTO, "2022-11-23", "suspension and exclusion").called(ARM="member-concerned")
    assert council.put({"ARM": "object"}, others="yes").carried


def test_a_reservation_is_recorded_and_bars_nothing_in_the_sco() -> None:
    # SCO Charter, Article 16
    council = body("sco", "heads-of-state", "2022-09-16", "all but suspension and expulsion")
    assert council.put({"IND": "reserve"}, others="yes").carried


def test_expulsion_from_the_sco_takes_all_but_the_state_concerned() -> None:
    council = body("sco", "heads-of-state", "2022-09-16", "suspension and expulsion").called(
        PAK="member-concerned"
    )
    assert council.put({"PAK": "object"}, others="yes").carried
    assert council.put({"PAK": "object", "CHN": "object"}, others="yes").carried is False


def test_where_asean_finds_no_consensus_the_summit_decides_how_to_go_on() -> None:
    found = body("asean", "coordinating-council", "2022-09-16").put({"MMR": "object"}, others="yes")
    assert found.state == "not carried"
    assert "The matter goes to the summit" in told(found)


def test_only_a_member_that_is_there_can_keep_the_wto_from_consensus() -> None:
    council = body("wto", "general-council", "2010-01-01", "all but what is named").among(
        map(Voter, members(9))
    )
    consensus = council.put({"M01": "object-absent"}, others="yes")
    assert [step.of for step in consensus.steps if step.key == "stage"] == ["consensus"]
    vote = council.put({"M01": "object"}, others="yes")
    assert [step.of for step in vote.steps if step.key == "stage"] == ["consensus", "vote"]
    assert vote.carried, "eight of nine votes cast"


def test_a_waiver_takes_three_quarters_of_the_wtos_members_and_accession_two_thirds() -> None:
    for matter, needed in (("waivers", 9), ("accession", 8)):
        council = body("wto", "general-council", "2010-01-01", matter).among(map(Voter, members(12)))
        enough = dict.fromkeys(members(needed), "yes")
        assert council.put(enough, others="no").carried
        assert council.put(enough | {"M01": "no"}, others="no").carried is False


def test_a_measure_for_antarctica_takes_the_approval_of_every_consultative_party() -> None:
    meeting = body("antarctic-treaty", "meeting", "2020-01-01")
    assert len(meeting.voters) == 29
    assert meeting.put(others="yes").carried
    assert meeting.put({"URY": "absent"}, others="yes").carried is False


def test_six_of_the_eight_arctic_states_are_a_quorum() -> None:
    council = body("arctic-council", "council", "2020-01-01")
    assert council.put({"RUS": "absent", "USA": "absent"}, others="yes").carried
    assert council.put({"RUS": "absent", "USA": "absent", "ISL": "absent"}, others="yes").carried is False


# -- African Union, ECOWAS


def psc(matter: str) -> Body:
    return body("au-psc", "council", "2022-01-01", matter).among(map(Voter, members(15)))


def test_failing_consensus_procedure_takes_a_majority_and_all_else_two_thirds() -> None:
    nine_to_six = dict.fromkeys(members(9), "yes")
    assert psc("procedure").put(nine_to_six, others="object").carried
    assert psc("all but procedure").put(nine_to_six, others="object").carried is False
    ten_to_five = dict.fromkeys(members(10), "yes")
    assert psc("all but procedure").put(ten_to_five, others="object").carried


def test_a_party_to_the_conflict_takes_no_part() -> None:
    council = psc("all but procedure").called(M15="party-to-dispute")
    assert council.put({"M15": "object"}, others="yes").carried


def test_nine_of_fifteen_are_no_quorum_of_two_thirds() -> None:
    assert psc("procedure").put(dict.fromkeys(members(9), "yes"), others="absent").carried is False
    assert psc("procedure").put(dict.fromkeys(members(10), "yes"), others="absent").carried


def test_five_of_nine_decide_in_the_ecowas_council() -> None:
    council = body("ecowas-msc", "council", "2003-01-01").among(map(Voter, members(9)))
    assert council.put(dict.fromkeys(members(5), "yes"), others="no").carried
    assert council.put(dict.fromkeys(members(4), "yes"), others="absent").carried is False


# -- weighted votes: IMF Articles XII, XXVI and XXVIII


def fund(matter: str) -> Body:
    """Ten members: one with 16 votes of a hundred, another with 12, eight with 9 each."""
    votes = dict(zip(members(10), (16, 12, *[9] * 8), strict=True))
    governors = body("imf", "governors", "2022-10-02", matter)
    return governors.among(Voter(name, weights={"votes": held}) for name, held in votes.items())


def test_one_member_with_more_than_15_percent_bars_what_takes_85() -> None:
    found = fund("amendments").put({"M01": "no"}, others="yes")
    assert list(found.blocking()) == [("M01",)]
    assert fund("amendments").put({"M02": "no"}, others="yes").carried


def test_to_expel_takes_a_majority_of_governors_with_85_percent() -> None:
    assert fund("compulsory withdrawal").put({"M03": "no"}, others="yes").carried


def test_seventy_percent_suspend() -> None:
    assert fund("suspension of voting rights").put({"M01": "no", "M02": "no"}, others="yes").carried
    found = fund("suspension of voting rights").put({"M01": "no", "M02": "no", "M03": "no"}, others="yes")
    (short,) = found.failed
    assert (short.got, short.needed, short.margin) == (63, 70, -7)


def test_governors_with_two_thirds_of_the_votes_are_a_quorum() -> None:
    assert fund("all but what is named").put({"M01": "absent", "M02": "absent"}, others="yes").carried
    away = {"M01": "absent", "M02": "absent", "M03": "absent"}
    assert fund("all but what is named").put(away, others="yes").state == "not carried"


def test_a_chair_casts_the_votes_of_its_constituency_as_one() -> None:
    board = body("imf", "executive-board", "2022-10-02", "all but what is named")
    held = {"United States": 40, "Netherlands constituency": 35, "Japan": 25}
    board = board.among(Voter(chair, weights={"votes": votes}) for chair, votes in held.items())
    assert board.put({"United States": "no"}, others="yes").carried, "60 of 100 votes cast"
    assert board.put({"Japan": "abstain", "United States": "no"}, others="yes").carried is False


def test_a_suspended_members_weight_leaves_the_total() -> None:
    found = fund("suspension of voting rights").called(M01="suspended")
    away = found.put({"M01": "absent"}, others="yes")
    assert (away.measured[0].base, away.measured[0].got) == (84, 84)


# -- IAEA, WHO, ICAO


def test_abstainers_do_not_count_in_the_iaea_board_but_for_the_quorum() -> None:
    board = body("iaea", "board", "2022-11-17", "all but the budget").among(map(Voter, members(35)))
    # GOV/2022/70, 17 November 2022: 26 in favour, two against, five abstaining, two away
    ballots = dict(zip(members(33), ["yes"] * 26 + ["no"] * 2 + ["abstain"] * 5, strict=True))
    assert board.put(ballots, others="absent").carried
    assert board.put(dict.fromkeys(members(23), "yes"), others="absent").carried is False


def test_the_who_takes_two_thirds_on_important_questions() -> None:
    for yes, carried in ((66, False), (67, True)):
        assembly = body("who", "assembly", "2022-05-26", "important questions").among(
            map(Voter, members(100))
        )
        assert assembly.put(dict.fromkeys(members(yes), "yes"), others="no").carried is carried


def test_in_the_icao_council_a_majority_is_of_its_members_and_a_party_does_not_vote() -> None:
    council = body("icao", "council", "2022-01-01", "all but annexes").among(map(Voter, members(36)))
    assert council.put(dict.fromkeys(members(18), "yes"), others="abstain").carried is False
    assert council.put(dict.fromkeys(members(19), "yes"), others="abstain").carried
    party = council.called(M01="party-to-dispute")
    assert party.put(dict.fromkeys(members(19), "yes"), others="abstain").carried is False


def test_an_annex_is_undone_where_a_majority_of_the_contracting_states_disapprove() -> None:
    # Convention, Article 90
    states = tuple(map(Voter, members(99)))
    council = body("icao", "council", "2022-01-01", "annexes").among(states[:36])
    undone = council.put(others="yes", disapprovals=frozenset(members(50)), disapprovers=states)
    assert (undone.state, undone.carried) == ("undone", False)
    kept = council.put(others="yes", disapprovals=frozenset(members(49)), disapprovers=states)
    assert kept.state == "carried"
    assert "can still be disapproved of" in told(council.put(others="yes"))


# -- ties, classes, stages


def test_a_chair_breaks_a_tie_where_the_rule_lets_it() -> None:
    rule = {"decide": {"threshold": {"more than": "1/2", "of": "voting"}}, "tie": "chair"}
    council = made(rule, *members(6))
    even = dict(zip(members(6), ["yes"] * 3 + ["no"] * 3, strict=True))
    assert council.put(even, chair="M01").carried
    assert council.put(even, chair="M04").carried is False
    assert council.put(even).carried is False


def test_a_class_may_be_given_its_own_reading_of_abstention() -> None:
    rule = {
        "ballots": {"per class": {"permanent": {"abstain": "no"}}},
        "decide": {"all": [{"threshold": {"at least": 3}}, {"veto": {"class": "permanent"}}]},
    }
    council = made(rule, *members(5))
    council = council.among(
        replace(v, classes=frozenset({"permanent"})) if v.id == "M01" else v for v in council.voters
    )
    assert council.put({"M01": "abstain"}, others="yes").carried is False
    assert council.put({"M02": "abstain"}, others="yes").carried


def test_where_two_votes_are_needed_each_needs_ballots_of_its_own() -> None:
    majority = {"threshold": {"more than": "1/2", "of": "voting"}}
    stages = [{"name": "first", "decide": majority}, {"name": "second", "decide": majority}]
    council = made({"procedure": {"stages": stages, "stages are": "all needed"}}, *members(3))
    yes, no = dict.fromkeys(members(3), "yes"), dict.fromkeys(members(3), "no")
    assert council.put(stages={"first": yes, "second": yes}).carried
    assert council.put(stages={"first": yes, "second": no}).carried is False
    assert council.put(stages={"first": yes}).state == "undetermined"


# -- what is not recorded, and what is refused


def test_ballots_not_recorded_leave_it_open_only_where_they_can_matter() -> None:
    council = body(*UNSC, "2022-09-30", "procedure")
    names = [v.id for v in council.voters]
    assert council.put(dict.fromkeys(names[:9], "yes")).state == "carried"
    assert council.put(dict.fromkeys(names[:8], "yes")).state == "undetermined"
    assert council.put(dict.fromkeys(names[:7], "no")).state == "not carried"


def test_every_fault_of_ballots_is_told_at_once_with_what_would_be_right() -> None:
    council = body(*UNSC, "2022-09-30", "procedure")
    with pytest.raises(BadInput) as refused:
        council.put({"RUS": "nay", "DEU": "yes", "CHN": "abstian"})
    text = str(refused.value)
    assert "“nay” (RUS) is no ballot" in text
    assert "“DEU” has no vote here" in text
    assert "Did you mean “abstain”?" in text


def test_a_threshold_above_what_exists_is_refused() -> None:
    with pytest.raises(BadInput, match="asks for 9 where there are 5 in all"):
        made({"decide": {"threshold": {"at least": 9}}}, *members(5)).put(others="yes")


# -- power, reckoned from the rule


def test_the_councils_power_is_reckoned_from_its_rule() -> None:
    # Shapley-Shubik, as known: 421/2145 for a permanent member, 4/2145 for an elected one
    council = body(*UNSC, "2022-09-30", "substantive")
    found = power(game(council.chamber()), ["shapley-shubik"]).of["shapley-shubik"]
    permanent = ["permanent" in voter.classes for voter in council.voters]
    assert list(found) == [Fraction(421 if one else 4, 2145) for one in permanent]


def test_the_six_had_14_9_and_0_of_60_on_a_proposal() -> None:
    # Shapley-Shubik of the Council of 1958, as known: Luxembourg has none
    council = body(*EU, "1960-01-01", "qualified majority", "commission")
    found = power(game(council.chamber()), ["shapley-shubik"])
    by_votes = {4: Fraction(14, 60), 2: Fraction(9, 60), 1: Fraction(0)}
    assert list(found.of["shapley-shubik"]) == [by_votes[v.weights["votes"]] for v in council.voters]
    assert found.dummies == ("LUX",)
