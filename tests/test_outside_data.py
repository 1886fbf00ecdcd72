"""The CSTO beside what others have coded of it: every difference is known, explained in docs/compared.md, and still there.

COW IGO v3 codes who was in which organisation by year; ATOP 5.1 codes what pairs of states had promised each other by
year. What differs is listed here, in the words of the page's tables; the page adds why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, product
from typing import NamedTuple

import pytest
from pyarrow import parquet  # type: ignore[import-untyped]
from ruamel.yaml import YAML

import foedus
from foedus.charter.kinds import Duty
from foedus.engine.standing import ORGANISATION
from foedus.engine.timelines import Segment
from foedus.record.acts import Affiliation
from foedus.secretariat import Organisation
from foedus.terms.states import find_state, state_name
from foedus.terms.words import listed
from tests.conftest import ROOT, SHARED_DATA

pytestmark = pytest.mark.data

SIX = ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
LEFT = ("AZE", "GEO", "UZB")
FIRST = ("ARM", "KAZ", "KGZ", "RUS", "TJK", "UZB")  # signed at Tashkent on 15 May 1992
LATER = ("AZE", "BLR", "GEO")  # acceded in 1993

COW, COW_YEARS = SHARED_DATA / "cow-igo-v3", range(2002, 2015)
COW_CODES = {"1": "member", "2": "associate", "3": "observer"}
ATOP, ATOP_YEARS = (
    SHARED_DATA / "atop-alliances" / "atop_alliance_dyad_year.parquet",
    range(1992, 2019),
)
OBLIGATIONS = {"defence": ("help", "atop_defense"), "consultation": ("consultation", "atop_consul")}


class Membership(NamedTuple):
    """Years, first and last, in which states stand otherwise in the engine's answer than in COW IGO."""

    first: int
    last: int
    states: tuple[str, ...]
    ours: str
    theirs: str

    def cells(self) -> tuple[str, ...]:
        return years(self.first, self.last), names(self.states), self.ours, self.theirs


class Promise(NamedTuple):
    """Years, first and last, in which pairs have an obligation in ATOP and none in the engine's answer, or the reverse."""

    first: int
    last: int
    states: tuple[str, ...]
    others: tuple[str, ...]
    obligations: tuple[str, ...]
    ours: str = "not owed"
    theirs: str = "owed"

    def cells(self) -> tuple[str, ...]:
        others = "each other" if self.others == self.states else names(self.others)
        what = listed(self.obligations)
        return years(self.first, self.last), names(self.states), others, what, self.ours, self.theirs


BOTH = ("defence", "consultation")
MEMBERSHIPS = (
    Membership(2002, 2002, SIX, "no rule in force", "member"),
    Membership(2002, 2002, ("UZB",), "no rule in force", "member"),
    Membership(2003, 2005, ("UZB",), "non-member", "member"),
    Membership(2006, 2007, ("UZB",), "member or non-member: uncertain", "member"),
    Membership(2012, 2014, ("UZB",), "left or suspended: contested", "non-member"),
    Membership(2013, 2014, ("AFG", "SRB"), "non-member", "observer"),
)
PROMISES = (
    Promise(1992, 1993, FIRST, FIRST, BOTH),
    Promise(1993, 1993, LATER, FIRST, BOTH),
    Promise(1993, 1993, LATER, LATER, BOTH),
    Promise(1992, 1992, ("AZE", "BLR"), ("RUS",), ("consultation",)),
    Promise(2000, 2018, ("AZE",), SIX, BOTH),
    Promise(2000, 2005, ("UZB",), SIX, BOTH),
    Promise(2006, 2012, ("UZB",), SIX, BOTH, ours="not known"),
    Promise(2013, 2018, ("UZB",), SIX, BOTH, ours="not known"),
    Promise(2000, 2018, ("AZE",), ("UZB",), BOTH),
    Promise(2000, 2009, ("GEO",), (*SIX, "AZE", "UZB"), BOTH),
    Promise(2010, 2018, ("GEO",), ("ARM", "KGZ"), ("consultation",)),
)


def years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def names(states: Iterable[str]) -> str:
    return ", ".join(state_name(state) for state in states)


def days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days))


@pytest.fixture(scope="module")
def csto() -> Organisation:
    return foedus.load("csto")


@pytest.fixture(scope="module")
def cow_states() -> dict[int, tuple[str, str]]:
    """(ISO code, COW's long name) by COW's number. Serbia has the number of Yugoslavia, whose seat it took."""
    with (COW / "cow_states_2016.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {int(row["ccode"]): (find_state(row["statenme"]), row["state"]) for row in rows}
    found[345] = ("SRB", found[345][1])
    return {number: (iso, name) for number, (iso, name) in found.items() if iso is not None}


@pytest.fixture(scope="module")
def cow(cow_states: dict[int, tuple[str, str]]) -> dict[tuple[str, int], str]:
    """What COW IGO says each state was in the CSTO, by state and year."""
    iso = {name: code for code, name in cow_states.values()}
    with (COW / "igo_membership_spells.csv").open(encoding="utf-8") as file:
        spells = [row for row in csv.DictReader(file) if row["ioname"] == "CSTO"]
    return {
        (iso[spell["state"]], year): COW_CODES[spell["code"]]
        for spell in spells
        for year in range(int(spell["first_year"]), int(spell["last_year"]) + 1)
    }


Owed = set[tuple[str, str, int, str]]  # (state, other, year, obligation), the states in order of code


@pytest.fixture(scope="module")
def atop(cow_states: dict[int, tuple[str, str]]) -> Owed:
    """What ATOP says the parties there ever were of the Treaty had promised each other."""
    numbers = [number for number, (iso, _) in cow_states.items() if iso in (*SIX, *LEFT)]
    one_of = [("ccode1", "in", numbers), ("ccode2", "in", numbers)]
    rows = parquet.read_table(ATOP, filters=[*one_of, ("year", "in", list(ATOP_YEARS))]).to_pylist()
    directed = {
        (cow_states[row["ccode1"]][0], cow_states[row["ccode2"]][0], row["year"], obligation)
        for row in rows
        for obligation, (_, column) in OBLIGATIONS.items()
        if row[column]
    }
    assert directed == {(b, a, *rest) for a, b, *rest in directed}, "what one owes the other owes"
    return {row for row in directed if row[0] < row[1]}


@pytest.fixture(scope="module")
def owed(csto: Organisation) -> Owed:
    """What the Treaty has its parties owe each other, by the engine, on at least one day of the year."""
    return owing(csto, perhaps=False)


@pytest.fixture(scope="module")
def not_known(csto: Organisation, owed: Owed) -> Owed:
    """What they may owe each other: on at least one day a state of the two is not known to be a party or none."""
    return owing(csto, perhaps=True) - owed


def member(segment: Segment, *, perhaps: bool) -> bool:
    """Whether a state surely was a member, or may have been one."""
    if perhaps and segment.status in {"unknown", "uncertain", "contested"}:
        return True
    return segment.holder is not None and segment.holder.as_ == "member"


def owing(csto: Organisation, *, perhaps: bool) -> Owed:
    standing = csto.standing()
    parties = {state: standing.party(state, "treaty") for state in standing.parties("treaty")}
    duties = [rule for rule in csto.charter.of_kind(Duty) if rule.says.of == "treaty"]

    def on(day: date) -> Iterator[tuple[str, str, str]]:
        content = {rule.says.content for rule in duties if rule.period.holds(day)}
        here = [s for s, timeline in parties.items() if member(timeline.at(day), perhaps=perhaps)]
        for (a, b), (obligation, (ours, _)) in product(combinations(sorted(here), 2), OBLIGATIONS.items()):
            if ours in content:
                yield a, b, obligation

    return {(a, b, year, what) for year in ATOP_YEARS for day in days(year) for a, b, what in on(day)}


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "compared.md").read_text("utf-8")


def flowing(text: str) -> str:
    return " ".join(text.split())


def tables(page: str) -> list[list[list[str]]]:
    """The rows of each table, without head and rule, as cells."""
    found: list[list[list[str]]] = [[]]
    for line in page.splitlines():
        if line.startswith("|"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [rows[2:] for rows in found if rows]


def stood(csto: Organisation, state: str, year: int) -> str:
    """How a state stood in the organisation at the end of a year, in one word where that is certain."""
    (row,) = csto.who(state, date(year, 12, 31)).rows
    if row.status == "not-in-force":
        return "no rule in force"
    possible = [p.holder.as_ for p in row.segment.possible if p.holder is not None]
    return possible[0] if row.status == "certain" else f"{listed(sorted(possible), 'or')}: {row.status}"


def agree(ours: str, theirs: str) -> bool:
    return ours == theirs or (ours == "no rule in force" and theirs == "non-member")


def compared(csto: Organisation, cow: dict[tuple[str, int], str]) -> dict[tuple[str, int], tuple[str, str]]:
    """Ours and theirs, of every state either has, in every year of theirs."""
    states = {*csto.standing().parties(), *(state for state, _ in cow)}
    asked = product(sorted(states), COW_YEARS)
    return {(s, y): (stood(csto, s, y), cow.get((s, y), "non-member")) for s, y in asked}


def pairs(row: Promise) -> set[tuple[str, str]]:
    return {(min(a, b), max(a, b)) for a, b in product(row.states, row.others) if a != b}


def test_membership_by_year_differs_from_cow_igo_where_that_is_explained_and_nowhere_else(
    csto: Organisation, cow: dict[tuple[str, int], str]
) -> None:
    found = {key: both for key, both in compared(csto, cow).items() if not agree(*both)}
    explained = [
        ((state, year), (row.ours, row.theirs))
        for row in MEMBERSHIPS
        for state in row.states
        for year in range(row.first, row.last + 1)
    ]
    assert len(dict(explained)) == len(explained), "no difference is explained twice"
    assert found == dict(explained)


def test_obligations_by_year_differ_from_atop_where_that_is_explained_and_nowhere_else(
    owed: Owed, not_known: Owed, atop: Owed
) -> None:
    found = {
        key: "owed" if key in owed else "not known" if key in not_known else "not owed"
        for key in (owed ^ atop) | not_known
    }
    explained = [
        ((*pair, year, obligation), row.ours)
        for row in PROMISES
        for pair in pairs(row)
        for year in range(row.first, row.last + 1)
        for obligation in row.obligations
    ]
    assert len(dict(explained)) == len(explained), "no difference is explained twice"
    assert found == dict(explained)


def test_the_page_lists_the_same_differences_and_says_why_of_each(page: str) -> None:
    memberships, promises = tables(page)
    assert [tuple(row[:-1]) for row in memberships] == [row.cells() for row in MEMBERSHIPS]
    assert [tuple(row[:-1]) for row in promises] == [row.cells() for row in PROMISES]
    assert all(len(row[-1]) > 20 for row in (*memberships, *promises))


def test_the_page_counts_memberships_right(
    csto: Organisation, cow: dict[tuple[str, int], str], page: str
) -> None:
    both = compared(csto, cow)
    differ = sum(not agree(*values) for values in both.values())
    assert f"{len(both)} times, and {differ} times the two differ" in flowing(page)


def test_the_page_counts_obligations_right(owed: Owed, not_known: Owed, atop: Owed, page: str) -> None:
    asked = len(list(combinations((*SIX, *LEFT), 2))) * len(ATOP_YEARS) * len(OBLIGATIONS)
    assert f"{asked:,} times, and {len(owed ^ atop | not_known)} times the two differ" in flowing(page)
    assert f"{len(not_known)} not known" in flowing(page)


def test_before_the_charter_cow_counts_the_parties_of_the_treaty_and_uzbekistan(
    csto: Organisation, cow: dict[tuple[str, int], str]
) -> None:
    standing, day = csto.standing(), date(2002, 12, 31)
    timelines = {state: standing.party(state, "treaty") for state in standing.parties("treaty")}
    parties = {s for s, timeline in timelines.items() if (h := timeline.at(day).holder) and h.as_ == "member"}
    assert parties == set(SIX)
    assert {state for state, year in cow if year == 2002} == {*parties, "UZB"}


def test_an_obligation_begins_in_atop_in_the_year_the_later_of_two_signed(atop: Owed) -> None:
    record = YAML(typ="safe").load((SHARED_DATA / "csto" / "csto-record.yaml").read_text("utf-8"))
    signed = {
        state: int(str(act["on"])[:4])
        for act in record["membership"]["treaty_acts"]
        if act["act"] in {"signed", "acceded"}
        for state in act["states"]
    }
    for a, b in combinations(sorted((*SIX, *LEFT)), 2):
        begins = min(year for *pair, year, what in atop if pair == [a, b] and what == "defence")
        assert begins == max(signed[a], signed[b]), (a, b)


def test_the_record_knows_no_observer_of_the_organisation_itself(csto: Organisation) -> None:
    observers = [a for a in csto.record.of_kind(Affiliation) if a.of == ORGANISATION]
    assert not {a.who.state for a in observers} & {"AFG", "SRB"}
