"""Who has a vote: the members with a seat, and suspended ones where the rule says what becomes of their place."""

from __future__ import annotations

from pathlib import Path

from foedus.accounts.deciders import Deciders, deciders
from foedus.decisions.outcome import outcome
from foedus.terms.dates import parse_day
from tests.folders import ACTS, CHARTER, ENTRIES, ENVELOPE, EVIDENCE, FILES, loaded

RULE = """
```rule
{id: deciding, kind: decision, organs: [council], matters: every matter, by: vote, rule: {%s decide: {threshold: {at least: 2/3, of: members}}}, in force: {from: c1}, basis: seen}
```
"""
KEEPS = "electorate: {exclude: [{status: suspended, effect: %s}]},"
ACTS_OF_THREE = (
    f"id: blr, kind: membership, party: BLR, of: organisation, from: 2001-01-01, {EVIDENCE}",
    f"id: kaz, kind: membership, party: KAZ, of: organisation, from: 2001-01-01, until: 2010-01-01, {EVIDENCE}",
    f"id: apart, kind: membership, party: KAZ, of: organisation, status: suspended, from: 2010-01-01, {EVIDENCE}",
)


def council(where: Path, exclude: str) -> Deciders:
    """A council of Armenia and Belarus, and of Kazakhstan, which is suspended since 2010."""
    lines = "".join(f"  - {{{entry}}}\n" for entry in ACTS_OF_THREE)
    changed = {ACTS: ENVELOPE + ENTRIES + lines, CHARTER: FILES[CHARTER] + RULE % exclude}
    league = loaded(where, changed)
    return deciders(league.questions(), league.weights, "council", parse_day("2011-01-01"))


def carried(by: Deciders) -> bool | None:
    return outcome(by.rule, by.voters, {"ARM": "yes", "BLR": "no"}).carried


def test_a_suspended_member_that_keeps_its_place_counts_among_those_a_share_is_taken_of(
    tmp_path: Path,
) -> None:
    by = council(tmp_path, KEEPS % '"no vote, keeps base"')
    assert {v.id: set(v.statuses) for v in by.voters} == {"ARM": set(), "BLR": set(), "KAZ": {"suspended"}}
    both = outcome(by.rule, by.voters, {"ARM": "yes", "BLR": "yes"})
    assert both.carried
    assert carried(by) is False


def test_a_suspended_member_of_which_the_rule_says_nothing_does_not_decide(tmp_path: Path) -> None:
    assert [v.id for v in council(tmp_path, "").voters] == ["ARM", "BLR"]


def test_a_suspended_member_that_leaves_the_base_is_as_if_it_were_none(tmp_path: Path) -> None:
    by = council(tmp_path, KEEPS % '"leaves base"')
    assert outcome(by.rule, by.voters, {"ARM": "yes", "BLR": "yes"}).carried
    assert [v.id for v in by.voters] == ["ARM", "BLR", "KAZ"]
