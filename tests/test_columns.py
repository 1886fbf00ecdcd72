"""Many votes judged at once: the same answers as one by one."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.decisions import columns
from foedus.decisions.ballots import CHOICES
from foedus.decisions.chamber import assemble
from foedus.decisions.electorate import Voter
from foedus.decisions.outcome import outcome
from foedus.decisions.rule import Rule
from foedus.rollcalls.roll_calls import RollCalls, roll_calls
from foedus.rollcalls.tables import read
from tests.conftest import SHARED_DATA
from tests.deciding import tupled

NAMES = tuple("ABCDE")
VOTERS = tuple(
    Voter(n, frozenset({"permanent"} if at < 2 else {"elected"}), {"votes": 7 - at})
    for at, n in enumerate(NAMES)
)
RULES: dict[str, dict[str, Any]] = {
    "a number and a veto": {"decide": {"all": [{"threshold": {"at least": 3}}, {"veto": {"class": "permanent"}}]}},
    "more than half of those voting": {"decide": {"threshold": {"more than": "1/2", "of": "voting"}}},
    "two thirds of those voting, with a quorum": {
        "quorum": [{"more than": "1/2", "of": "members"}],
        "decide": {"threshold": {"at least": "2/3", "of": "voting"}},
    },
    "a share of a weight": {"decide": {"threshold": {"at least": "55%", "of": "members", "by": "votes"}}},
    "nobody objects": {"decide": {"no objection": {}}},
    "not so many against": {"decide": {"not": {"threshold": {"tally": ["no"], "at least": 2}}}},
    "two of three": {
        "ballots": {"abstain": "no"},
        "decide": {
            "several": {
                "number": 2,
                "of": [
                    {"threshold": {"at least": 4}},
                    {"threshold": {"more than": "1/2", "of": "voting", "within": "elected"}},
                    {"no objection": {"minus": 1}},
                ],
            }
        },
    },
}  # fmt: skip
RECORDED = st.sampled_from(["yes", "no", "abstain", "declared-abstain", "absent", "object-absent", "silent"])


@given(
    st.sampled_from(sorted(RULES)),
    st.lists(st.lists(RECORDED | st.none(), min_size=5, max_size=5), min_size=1, max_size=8),
)
def test_votes_judged_together_come_out_as_each_does_alone(name: str, cast: list[list[str | None]]) -> None:
    chamber = assemble(Rule.model_validate(tupled(RULES[name])), VOTERS)
    rows = [[len(CHOICES) if c is None else CHOICES.index(c) for c in each] for each in cast]
    alone = [chamber.carried({n: c for n, c in zip(NAMES, each, strict=True) if c}) for each in cast]
    together = columns.carried(chamber, columns.letters(chamber, np.array(rows, dtype=np.uint8)))
    assert together == alone


def test_weights_beyond_what_62_bits_hold_are_still_exact() -> None:
    large = 2**61 + 1
    voters = [Voter("A", weights={"w": large}), Voter("B", weights={"w": large - 1})]
    rule = Rule.model_validate({"decide": {"threshold": {"more than": "1/2", "of": "members", "by": "w"}}})
    chamber = assemble(rule, voters)
    rows = np.array([[0, 1], [1, 0]], dtype=np.uint8)  # yes and no, no and yes
    assert columns.carried(chamber, columns.letters(chamber, rows)) == [True, False]


@pytest.fixture(scope="module")
def assembly() -> RollCalls:
    folder = SHARED_DATA / "unga-roll-calls"
    files = ("un_votes.parquet", "un_roll_calls.parquet")
    return roll_calls([t for name in files for t in read(name, (folder / name).read_bytes())])


MAJORITIES = {
    "simple": {"threshold": {"more than": "1/2", "of": "voting"}},
    "two thirds": {"threshold": {"at least": "2/3", "of": "voting"}},
}


@pytest.mark.data
@pytest.mark.parametrize("majority", MAJORITIES)
def test_a_random_thousand_of_the_assemblys_roll_calls_come_out_alike_in_columns_and_one_by_one(
    assembly: RollCalls, majority: str
) -> None:
    rule = Rule.model_validate({"decide": MAJORITIES[majority]})
    chamber = assemble(rule, [Voter(name) for name in assembly.members])
    seats = np.full((len(assembly.votes), len(assembly.members)), CHOICES.index("absent"), dtype=np.uint8)
    seats[assembly.vote, assembly.member] = assembly.choice
    together = columns.carried(chamber, columns.letters(chamber, seats))
    for at in random.Random(6202).sample(range(len(assembly.votes)), 1000):
        cast = {member: choice or "absent" for member, choice in assembly.cast(at)}
        assert outcome(rule, [Voter(name) for name in cast], cast).carried is together[at]


@pytest.mark.data
def test_all_positions_of_the_assemblys_roll_calls_are_read(assembly: RollCalls) -> None:
    """As many as the README of the data says; and two roll calls with the numbers it checked."""
    assert (len(assembly.choice), len(assembly.votes)) == (869_937, 6_202)
    by_title = {head.title.split(",")[0]: at for at, head in enumerate(assembly.votes)}
    for title, expected in (("R/68/262", (100, 11, 58)), ("R/67/19", (138, 9, 41))):
        cast = [choice for _, choice in assembly.cast(by_title[title])]
        assert tuple(cast.count(each) for each in ("yes", "no", "abstain")) == expected
