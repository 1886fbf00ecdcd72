"""Why a turn was whose, step by step: the order, the turn it is reckoned from, and what became of a seat meanwhile."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment
from foedus.record.acts import ACTS, AnyAct
from foedus.record.record import Record
from tests.properties.test_turns import ABOUT, CHARTER, Seat, acts

SINCE = date(2000, 1, 1)
SEATS = [
    Seat("ESP", "Aland", SINCE, None),
    Seat("ITA", "Bland", SINCE, None),
    Seat("FRA", "Cland", SINCE, None),
]
MARCH, APRIL, MAY = 2, 3, 4  # by place among the months of 2001
ITALY_IN_MARCH = (MARCH, "ITA")
Step = tuple[str, str, tuple[object, ...], frozenset[str]]


def written(**says: Any) -> AnyAct:
    envelope = {"recorded": "2001-01-01", "recorded by": "tests", "evidence": ({"known": "recalled"},)}
    return ACTS.adapter.validate_python(envelope | {key.rstrip("_"): value for key, value in says.items()})


def held(on: date, entries: tuple[AnyAct, ...]) -> Segment:
    return Standing(CHARTER, Record(ABOUT, {}, entries, {})).office("chair").at(on)


def states(segment: Segment) -> set[str | None]:
    return {possible.holder.state if possible.holder else None for possible in segment.possible}


def steps(segment: Segment) -> list[Step]:
    """The steps of the first way to an answer, each of which must name the rule; those after the month that opened."""
    opened, *others = segment.reason.first.grounds
    assert (opened.how, opened.says, opened.rule) == ("holds", "month-opened", others[0].rule)
    assert {ground.rule for ground in others} == {held(date(2001, 3, 1), ()).reason.first.grounds[0].rule}
    return [(g.how, g.says, g.terms, frozenset(g.entries)) for g in others]


def of(state: str) -> frozenset[str]:
    """The entries that a place on the roll rests on: the membership and the name."""
    return frozenset({state, f"name/{state}"})


def turn(month: str) -> frozenset[str]:
    return frozenset({f"turn/2001-{month}"})


def test_a_turn_on_record_is_told_as_recorded_and_holds_on_the_general_rule() -> None:
    march = held(date(2001, 3, 31), acts(SEATS, [ITALY_IN_MARCH]))
    assert (states(march), march.authority) == ({"ITA"}, "general rule")
    assert steps(march) == [("applied", "turn-recorded", ("ITA", "Bland"), turn("03"))]


@pytest.mark.parametrize(
    ("on", "state", "says", "names", "away"),
    [
        (date(2001, 4, 1), "FRA", "turn-next", ("Bland", "Cland"), 1),
        (date(2001, 5, 1), "ESP", "turn-next-anew", ("Cland", "Aland"), 2),
        (date(2001, 2, 1), "ESP", "turn-precedes", ("Aland", "Bland"), 1),
        (date(2001, 1, 1), "FRA", "turn-precedes", ("Cland", "Aland"), 2),
    ],
)
def test_a_turn_reckoned_names_its_neighbour_in_the_order_and_the_turn_it_is_reckoned_from(
    on: date, state: str, says: str, names: tuple[str, str], away: int
) -> None:
    found = held(on, acts(SEATS, [ITALY_IN_MARCH]))
    assert (states(found), found.authority, found.status) == ({state}, "general rule", "certain")
    order, reckoned = steps(found)
    assert order == ("applied", says, (*names, "en"), of(state))
    how = "turn-reckoned-back" if on < date(2001, 3, 1) else "turn-reckoned"
    assert reckoned[:3] == ("holds", how, (("ITA",), date(2001, 3, 1), away))
    weakest = reckoned[3] - turn("03")
    assert len(weakest) == 1  # of all the entries that the reckoning passed through
    assert weakest <= of("ESP") | of("ITA") | of("FRA")


def test_a_turn_on_record_that_the_order_gives_too_is_told_with_the_order() -> None:
    april = held(date(2001, 4, 1), acts(SEATS, [ITALY_IN_MARCH, (APRIL, "FRA")]))
    assert april.authority == "general rule"
    assert steps(april) == [
        ("applied", "turn-recorded", ("FRA", "Cland"), turn("04")),
        ("holds", "turn-next", ("Bland", "Cland", "en"), of("FRA")),
    ]


def test_a_turn_on_record_that_leaves_the_order_is_presumed_and_told_beside_what_the_order_gave() -> None:
    april = held(date(2001, 4, 1), acts(SEATS, [ITALY_IN_MARCH, (APRIL, "ESP")]))
    assert (states(april), april.authority) == ({"ESP"}, "presumed")
    assert steps(april) == [
        ("applied", "turn-recorded", ("ESP", "Aland"), turn("04")),
        ("defeated", "turn-next", ("Bland", "Cland", "en"), of("FRA")),
    ]


def test_a_turn_that_was_decided_is_told_as_decided() -> None:
    decided = written(
        id="decided", kind="turn", office="chair", on="2001-04", authority="decided", **{"held by": "ESP"}
    )
    april = held(date(2001, 4, 1), (*acts(SEATS, [ITALY_IN_MARCH]), decided))
    assert april.authority == "decided"
    assert steps(april)[0] == ("applied", "turn-decided", ("ESP", "Aland"), frozenset({"decided"}))


def test_between_two_turns_that_the_order_does_not_join_nothing_is_known() -> None:
    april = held(date(2001, 4, 1), acts(SEATS, [ITALY_IN_MARCH, (MAY, "ITA")]))
    assert april.status == "unknown"
    assert steps(april)[-1] == ("unrecorded", "turns-do-not-meet", (), frozenset())


LEAVES = Seat("FRA", "Cland", SINCE, (date(2001, 4, 10), date(2001, 4, 10)))


def test_a_member_that_loses_its_seat_during_its_turn_holds_it_no_more() -> None:
    entries = acts([*SEATS[:2], LEAVES], [ITALY_IN_MARCH])
    assert states(held(date(2001, 4, 9), entries)) == {"FRA"}
    after = held(date(2001, 4, 10), entries)
    assert (after.status, after.authority) == ("vacant", "general rule")
    assert [step[1] for step in steps(after)] == ["turn-next", "turn-reckoned", "turn-left"]
    assert steps(after)[-1] == ("considered", "turn-left", ("FRA",), frozenset())
    assert states(held(date(2001, 5, 1), entries)) == {"ESP"}


def test_a_state_that_continues_a_member_continues_its_turn() -> None:
    heir = written(
        id="heir",
        kind="membership",
        party="BEL",
        of="organisation",
        continues="FRA",
        **{"from": "2001-04-10"},
    )
    name = written(
        id="name/BEL", kind="state-name", state="BEL", language="en", name="Dland", **{"from": "2000-01-01"}
    )
    entries = (*acts([*SEATS[:2], LEAVES], [ITALY_IN_MARCH]), heir, name)
    after = held(date(2001, 4, 10), entries)
    assert (after.status, states(after)) == ("certain", {"BEL"})
    assert [step[1] for step in steps(after)] == ["turn-next", "turn-reckoned", "turn-continued"]
    assert steps(after)[-1] == ("applied", "turn-continued", ("BEL", "FRA"), frozenset({"heir"}))
