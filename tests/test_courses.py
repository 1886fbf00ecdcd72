"""What lasts, over time: which entries hold, what a choice of their vague days names, and what rivals are told by."""

from __future__ import annotations

from datetime import date

from foedus.engine.choices import THEN, Choice, Way, Ways
from foedus.engine.courses import NOTHING, constant, holding, values_of
from foedus.engine.reasons import Ground, Holder
from foedus.engine.timelines import Value
from foedus.engine.worlds import at
from foedus.record.acts import AnyAct, Membership
from tests.properties.records import written


def membership(name: str, first: object, until: object = None) -> Membership:
    ends = {} if until is None else {"until": until}
    act: AnyAct = written(
        id=name, kind="membership", party="KAZ", of="organisation", **{"from": first}, **ends
    )
    assert isinstance(act, Membership)
    return act


def points(ways: Ways) -> set[tuple[str, str]]:
    return {(choice.entry, choice.point) for way in ways for choice in way}


def held_on(entries: list[Membership], day: date) -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """The entries that may hold on a day, with the points of which that hangs."""
    return {held: points(ways) for held, ways in at(holding(entries), day).cells}


def test_what_lasts_holds_from_its_first_day_until_its_first_day_no_more() -> None:
    entries = [membership("one", "2020-01-02", "2020-01-04")]
    found = [list(held_on(entries, date(2020, 1, day))) for day in range(1, 5)]
    assert found == [[()], [("one",)], [("one",)], [()]]


def test_what_has_no_last_day_lasts_until_the_next_begins() -> None:
    entries = [membership("one", "2020-01-02"), membership("two", "2020-01-04")]
    assert list(held_on(entries, date(2020, 1, 3))) == [("one",)]
    assert list(held_on(entries, date(2020, 1, 4))) == [("two",)]


def test_a_choice_names_the_entry_and_which_of_its_days_it_is_of() -> None:
    vague = {"between": "2020-01-02/2020-01-05"}
    begins = [membership("one", vague)]
    assert held_on(begins, date(2020, 1, 3)) == {(): {("one", "from")}, ("one",): {("one", "from")}}
    ends = [membership("one", "2020-01-01", vague)]
    assert held_on(ends, date(2020, 1, 3)) == {(): {("one", "until")}, ("one",): {("one", "until")}}


def test_what_began_by_a_day_is_told_up_to_the_day_looked_at() -> None:
    course = holding([membership("one", {"between": "2020-01-02/2020-01-05"})])
    days = (date(2020, 1, 2), THEN)
    whole = (date(2020, 1, 2), date(2020, 1, 5))
    assert dict(at(course, date(2020, 1, 3)).cells)["one",] == {(Choice("one", "from", days, (), whole),)}


def test_two_that_hold_at_once_and_differ_are_rivals_and_one_of_them_is_right() -> None:
    entries = [membership("two", "2020-01-01"), membership("one", "2020-01-01")]

    def of(entry: Membership) -> Value:
        return Value(Holder("KAZ", None, entry.id), (Ground("holds", entry.id),))

    def right(entry: str) -> Way:
        return (Choice("one", "rival", None, (entry,), ("one", "two")),)

    cells = at(values_of(entries, of, constant(NOTHING)), date(2020, 1, 1)).cells
    assert {(v.holder.as_ if v.holder else None, v.doubts, ways) for v, ways in cells} == {
        (name, frozenset({"rival"}), frozenset({right(name)})) for name in ("one", "two")
    }


def test_two_that_hold_at_once_and_agree_are_no_rivals() -> None:
    entries = [membership("two", "2020-01-01"), membership("one", "2020-01-01")]
    same = Value(Holder("KAZ", None, "member"), ())
    ((value, _),) = at(values_of(entries, lambda _: same, constant(NOTHING)), date(2020, 1, 1)).cells
    assert value == same
