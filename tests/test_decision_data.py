"""Recorded votes and published weights: what came of a vote agrees with the rule that decided it."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice

import pytest

from foedus.decisions.blocking import blocking
from foedus.decisions.electorate import Voter
from foedus.decisions.reduction import game
from foedus.decisions.verdict import judged
from foedus.secretariat import opened
from foedus.terms.dates import parse_day
from foedus.terms.states import state_name
from foedus.terms.words import folded
from tests.conftest import SHARED_DATA
from tests.deciding import Body, body

pytestmark = pytest.mark.data

# Members as the table of votes calls them, where Unicode calls them otherwise.
OTHERWISE = {
    "Bosnia and Herzegovina": "BIH", "Congo": "COG", "Czech Republic": "CZE", "Côte d'Ivoire": "CIV",
    "Republic of Korea": "KOR", "Russian Federation": "RUS", "Turkey": "TUR", "Viet Nam": "VNM",
}  # fmt: skip


def rows(name: str) -> Iterator[dict[str, str]]:
    with (SHARED_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def council_on(day: str) -> Body:
    return body("un-security-council", "council", day, "substantive")


@cache
def votes() -> tuple[tuple[dict[str, str], Mapping[str, str]], ...]:
    """Each usable vote with the positions taken; who is not listed took no part."""
    cast: dict[str, dict[str, str]] = {}
    for row in rows("unsc-votes-1994-2010/positions.csv"):
        cast.setdefault(row["vote_id"], {})[row["member_state"]] = row["vote"].lower()
    usable = [r for r in rows("unsc-votes-1994-2010/votes.csv") if r["check"] in {"ok", "ok-some-not-listed"}]
    return tuple((row, _by_code(cast[row["vote_id"]], row["date"])) for row in usable)


def _by_code(cast: Mapping[str, str], day: str) -> dict[str, str]:
    known = {folded(state_name(voter.id)): voter.id for voter in council_on(day).voters}
    ballots = {OTHERWISE.get(name) or known[folded(name)]: vote for name, vote in cast.items()}
    return {voter.id: "absent" for voter in council_on(day).voters} | ballots


def test_every_usable_recorded_vote_of_the_security_council_came_out_as_the_rule_says() -> None:
    assert len(votes()) == 1_030
    wrong = [
        row["vote_id"]
        for row, ballots in votes()
        if council_on(row["date"]).chamber().carried(ballots) is not row["outcome"].startswith("Adopted")
    ]
    assert wrong == []


def test_the_drafts_that_failed_failed_for_the_reason_recorded() -> None:
    """These alone prove something: of those adopted the ones that did not fit were set aside beforehand."""
    reasons: Counter[str] = Counter()
    for row, ballots in votes():
        if row["outcome"].startswith("Adopted"):
            continue
        found = judged(council_on(row["date"]).chamber(), ballots)
        alone = {group[0] for group in found.blocking() if len(group) == 1}
        short = any(each.leaf.says.__class__.__name__ == "Threshold" for each in found.failed)
        assert short is (not row["outcome"].endswith("veto")), row["vote_id"]
        assert short or alone == {code for code, vote in ballots.items() if vote == "no"} & PERMANENT
        reasons["short" if short else "veto"] += 1
    assert reasons == {"veto": 20, "short": 2}


PERMANENT = {"CHN", "FRA", "RUS", "GBR", "USA"}


def test_the_eu_weights_that_are_shipped_are_those_of_the_sources() -> None:
    weights = opened("eu-council").weights
    codes = {row["country"]: row["iso3"] for row in rows("eu-council-weights/lisbon_populations.csv")}
    columns = {
        "v10": "1983-01-01",
        "v12": "1990-01-01",
        "v15": "2000-01-01",
        "v25t": "2004-06-01",
        "v25": "2014-01-01",
    }
    for row in rows("eu-council-weights/eucouncil_weights.csv"):
        for column, day in columns.items():
            held = weights.on(parse_day(day)).get(codes[row["country"]], {}).get("votes")
            assert held == (int(float(row[column])) if row[column] else None), (row["country"], day)
        held = weights.on(parse_day("2014-01-01"))[codes[row["country"]]]["population"]
        assert held == int(float(row["p2014a"]))


@pytest.mark.parametrize(
    ("on", "column", "needed"), [("2012-06-01", "p2012", 3_115_418), ("2014-06-01", "p2014a", 3_134_550)]
)
def test_the_population_needed_is_the_one_the_council_published(on: str, column: str, needed: int) -> None:
    council = body("eu-council", "council", on, "qualified majority with the population check", "commission")
    share = council.put(others="yes").measured[-1]
    assert -(-share.needed // 1) == needed, column


def fund(matter: str) -> Body:
    members = tuple(
        Voter(row["iso3"], weights={"votes": int(row["votes"])}) for row in rows("imf-votes/members.csv")
    )
    return body("imf", "governors", "2022-10-02", matter).among(members)


def test_the_united_states_alone_can_bar_an_amendment_of_the_funds_articles() -> None:
    chamber = fund("amendments").chamber()
    assert list(islice(blocking(chamber), 1)) == [("USA",)]
    found = judged(chamber, {v.id: "no" if v.id == "USA" else "yes" for v in chamber.voters})
    assert [each.needed for each in found.measured] == [114, 5_039_930 * 85 / 100]
    assert [each.got for each in found.failed] == [5_039_930 - 831_401]


def test_without_the_united_states_it_takes_three_to_bar_an_amendment() -> None:
    # 15 % of 5,039,930 is 755,989.5; Japan and China hold 615,952 together, and Germany brings them to 883,755
    alone, three = islice(blocking(fund("amendments").chamber()), 2)
    assert (alone, set(three)) == (("USA",), {"JPN", "CHN", "DEU"})


def test_the_boards_chairs_are_a_quorum_with_half_of_all_votes() -> None:
    chairs = tuple(
        Voter(row["chair"], weights={"votes": int(row["votes"])})
        for row in rows("imf-votes/executive_board_chairs.csv")
    )
    board = body("imf", "executive-board", "2022-10-02", "all but what is named").among(chairs)
    found = board.put(others="yes")
    assert [each.base for each in found.measured] == [24, 5_001_244, 5_001_244]


def test_the_game_of_the_council_of_28_is_one_of_sums() -> None:
    people = {
        r["iso3"]: int(r["pop_2014_hundreds"]) for r in rows("eu-council-weights/lisbon_populations.csv")
    }
    council = body("eu-council", "council", "2014-12-01", "qualified majority", "commission")
    council = council.among(Voter(v.id, weights={"population": people[v.id]}) for v in council.voters)
    found = game(council.chamber())
    assert len(found.voters) == 28

    def carries(group: Iterable[str]) -> bool:
        return found.carried([found.voters.index(code) for code in group])

    sixteen = sorted(people, key=lambda code: -people[code])[:16]
    assert carries(sixteen)
    assert not carries(sixteen[1:])
    assert carries(people.keys() - {"DEU", "FRA", "GBR"}), "a group that blocks has four members"
    assert not carries(people.keys() - {"DEU", "FRA", "GBR", "MLT"})
