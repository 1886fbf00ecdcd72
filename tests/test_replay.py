"""A record of votes under another rule."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date

import pytest

from foedus.decisions.alternatives import alternative
from foedus.decisions.electorate import Voter
from foedus.decisions.outcome import outcome
from foedus.decisions.replay import Replayed, Vote, agreement, mattered, turned_by_member, turned_by_year
from tests.conftest import SHARED_DATA
from tests.test_alternatives import MEMBERS, ON_30_SEPTEMBER, SUBSTANTIVE

UNANIMOUS = dict.fromkeys(ON_30_SEPTEMBER, "yes")


def vote(day: str, ballots: dict[str, str], members: tuple[Voter, ...] = MEMBERS) -> Vote:
    return Vote(day, date.fromisoformat(day), "", SUBSTANTIVE, members, ballots)


def replayed(cast: Vote, name: str) -> Replayed:
    rule, members = alternative(name)(cast.rule, cast.members)
    return Replayed(cast, cast.judged(), outcome(rule, members, cast.ballots))


def test_outcomes_that_turn_are_counted_by_year_and_by_who_stood_against() -> None:
    votes = [
        vote("2022-02-25", ON_30_SEPTEMBER),
        vote("2022-09-30", ON_30_SEPTEMBER),
        vote("2023-03-01", UNANIMOUS),
    ]
    found = [replayed(each, "no-veto") for each in votes]
    assert turned_by_year(found) == {2022: 2}
    assert turned_by_member(found) == {"RUS": 2}


def test_an_outcome_that_hangs_on_ballots_not_recorded_does_not_turn() -> None:
    unknown = {state: "yes" for state in ON_30_SEPTEMBER if state not in {"RUS", "NOR"}}
    assert not replayed(vote("2022-09-30", unknown), "consensus").turned


def test_who_stopped_it_alone_was_decisive_and_alone_in_blocking() -> None:
    by_member = {each.member: each for each in mattered([vote("2022-09-30", ON_30_SEPTEMBER).judged()])}
    assert (by_member["RUS"].decisive, by_member["RUS"].alone, by_member["RUS"].minority) == (1, 1, 0)
    assert (by_member["NOR"].decisive, by_member["NOR"].alone, by_member["NOR"].minority) == (0, 0, 1)
    assert by_member["IND"].minority == 0


def test_of_two_vetoes_neither_was_alone() -> None:
    both = mattered([vote("2022-09-30", ON_30_SEPTEMBER | {"CHN": "no"}).judged()])
    assert all((each.decisive, each.alone) == (0, 0) for each in both)


def test_rules_agree_with_themselves_and_where_both_answer() -> None:
    found = agreement({"a": [True, False, None], "b": [True, True, True]})
    assert found["a", "b"] == (1, 2)
    assert found["b", "b"] == (3, 3)


@pytest.mark.data
def test_without_vetoes_just_those_turn_that_nine_had_voted_for() -> None:
    """Votes of the Security Council 1994 to 2010: which fail by the tallies' own columns, against which turn."""
    folder = SHARED_DATA / "unsc-votes-1994-2010"
    with (folder / "votes.csv").open(encoding="utf-8") as file:
        votes = [row for row in csv.DictReader(file) if row["check"] in {"ok", "ok-some-not-listed"}]
    cast: dict[str, dict[str, str]] = defaultdict(dict)
    with (folder / "positions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cast[row["vote_id"]][row["member_state"]] = row["vote"].lower()
    named = {"China", "France", "United Kingdom", "Russia", "Russian Federation", "United States"}
    found = []
    for row in votes:
        ballots = cast[row["vote_id"]]
        absent = {f"not listed {at}": "absent" for at in range(15 - len(ballots))}
        ballots = ballots | absent
        members = tuple(Voter(m, frozenset({"permanent"} if m in named else {"elected"})) for m in ballots)
        found.append(
            replayed(
                Vote(row["vote_id"], date.fromisoformat(row["date"]), "", SUBSTANTIVE, members, ballots),
                "no-veto",
            )
        )
    vetoed = [row for row in votes if int(row["yes"]) >= 9 and row["p5_no"]]
    assert turned_by_year(found) == dict(sorted(Counter(int(row["year"]) for row in vetoed).items()))
    against = Counter(name for row in vetoed for name in row["p5_no"].split("; "))
    stood = turned_by_member(found)
    assert {name: number for name, number in stood.items() if name in named} == dict(against)
