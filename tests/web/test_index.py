"""Finding what words stand in."""

from __future__ import annotations

from foedus.web.index import CALLED_SO, Item, find, index

SHELF = index(
    [
        Item("river", ("Vistula",), "a river of Poland, longest of those that flow into the Baltic"),
        Item("town", ("Vistula Springs", "Wisła"), "a town"),
        Item("sea", ("Baltic Sea",), "a sea"),
        Item("king", ("Stanisław August",), "the last king of Poland, died in 1798"),
        Item("treaty", ("Treaty of 1797",), "between three powers, on Poland"),
    ]
)


def found(asked: str) -> list[str]:
    return [hit.what for hit in find(SHELF, asked)]


def test_what_is_called_so_comes_before_what_is_called_nearly_so() -> None:
    assert found("vistula") == ["river", "town"]
    assert [hit.score >= CALLED_SO for hit in find(SHELF, "Vistula")] == [True, False]


def test_a_name_counts_for_more_than_what_is_said() -> None:
    assert found("baltic") == ["sea", "river"]


def test_the_beginning_of_a_word_is_enough() -> None:
    assert found("balt") == ["sea", "river"]


def test_every_word_must_be_there() -> None:
    assert found("king poland") == ["king"]
    assert all(hit.whole for hit in find(SHELF, "king poland"))


def test_where_nothing_has_every_word_what_has_the_most_is_found_and_said_to_lack_some() -> None:
    hits = find(SHELF, "last king of the sea")
    assert [hit.what for hit in hits] == ["king"]
    assert not hits[0].whole


def test_accents_and_case_make_no_difference() -> None:
    assert found("STANISŁAW") == ["king"]
    assert found("wisla") == found("WISŁA") == ["town"]


def test_a_slip_of_spelling_is_forgiven_and_known_as_one() -> None:
    hits = find(SHELF, "vistulla")
    assert [hit.what for hit in hits] == ["river", "town"]
    assert all(hit.near for hit in hits)
    assert not any(hit.near for hit in find(SHELF, "vistula"))


def test_a_number_is_never_near_to_another() -> None:
    assert found("1797") == ["treaty"]
    assert found("1799") == []


def test_a_short_word_is_near_to_none() -> None:
    assert found("tow") == ["town"]
    assert found("tou") == []


def test_small_words_are_passed_over_unless_there_are_no_others() -> None:
    assert found("the king of") == ["king"]
    assert found("of") == ["treaty", "river", "king"]


def test_nothing_is_found_for_nothing() -> None:
    assert found("") == []
    assert found("?!") == []
