"""Searching the record, the charter and the sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.web.conftest import Page

Get = Callable[[str], Page]
DAY = "?on=2022-12-01"


def groups(page: Page) -> dict[str, str]:
    """Each group of hits by its heading, as text."""
    found = page.text.split('<section class="part hits"')[1:]
    return {part.partition("</h2>")[0].rpartition(">")[2]: part.partition("</section>")[0] for part in found}


@pytest.mark.parametrize(
    ("words", "group", "link"),
    [
        ("Armenia", "States", "/csto/state/ARM/"),
        ("Армения", "States", "/csto/state/ARM/"),
        ("arm", "States", "/csto/state/ARM/"),
        ("Pashinyan", "Persons", "/csto/person/nikol-pashinyan/"),
        ("pashinian", "Persons", "/csto/person/nikol-pashinyan/"),
        ("Lukashenka", "Persons", "/csto/person/alexander-lukashenko/"),
        ("chairman", "Offices", "/csto/office/chairman/"),
        ("foreign ministers", "Organs", "/csto/organ/foreign-ministers/"),
        ("Yerevan 2022", "Sessions", "/csto/session/2022-11-23/yerevan/"),
        ("23 November 2022", "Sessions", "/csto/session/2022-11-23/yerevan/"),
        ("2022-11-23", "Sessions", "/csto/session/2022-11-23/yerevan/"),
        ("article 13", "Articles", "/csto/article/charter/13/"),
        ("without the vote", "Rules", "/csto/article/charter/"),
        ("armed attack", "Rules", "/csto/article/treaty/4/"),
    ],
)
def test_what_one_looks_for_is_found_in_its_group(get: Get, words: str, group: str, link: str) -> None:
    page = get(f"/csto/search/{DAY}&q={words}")
    assert page.status == 200
    assert f'href="{link}' in groups(page)[group]


@pytest.mark.parametrize(
    ("words", "group"),
    [("Belarus", "States"), ("Stanislav Zas", "Persons"), ("Secretary General", "Offices")],
)
def test_what_is_called_just_so_comes_first(get: Get, words: str, group: str) -> None:
    assert next(iter(groups(get(f"/csto/search/{DAY}&q={words}")))) == group


def test_an_entry_is_shown_with_its_day_and_its_weakest_source(get: Get) -> None:
    found = groups(get(f"/csto/search/{DAY}&q=deter Azerbaijan"))["Entries"]
    assert "23 Nov 2022" in found
    assert "named media" in found
    assert "/csto/session/2022-11-23/yerevan/?on=2022-12-01#" in found


def test_a_source_is_found_by_its_title(get: Get) -> None:
    assert "Asia-Plus" in groups(get(f"/csto/search/{DAY}&q=Asia-Plus Dushanbe"))["Sources"]


def test_what_is_left_out_is_counted(get: Get) -> None:
    page = get(f"/csto/search/{DAY}&q=session")
    assert "more are left out here; a further word narrows the search" in page.words


def test_nothing_found_is_said_honestly(get: Get) -> None:
    page = get(f"/csto/search/{DAY}&q=qqqqqq")
    assert "Nothing on record, in the charter or among the sources has that" in page.words
    assert "What is not recorded is unknown; it is not therefore false." in page.words


def test_what_is_only_near_is_said_to_be(get: Get) -> None:
    assert "Nothing is written just so" in get(f"/csto/search/{DAY}&q=pashinian").words
    assert "Nothing is written just so" not in get(f"/csto/search/{DAY}&q=pashinyan").words


def test_without_words_the_page_says_what_one_may_write(get: Get) -> None:
    assert "Write the name of a state" in get(f"/csto/search/{DAY}").words
    assert "Write the name of a state" in get(f"/csto/search/{DAY}&q=+++").words


def test_what_was_not_yet_recorded_is_not_found(get: Get) -> None:
    page = get(f"/csto/search/{DAY}&known=2020-01-01&q=Pashinyan")
    assert "Persons" not in groups(page)


def test_every_page_has_a_field_that_searches_on_its_two_dates(get: Get) -> None:
    text = get("/csto/sessions/?on=2022-12-01&known=2026-12-01").text
    form = text.partition('role="search"')[2].partition("</form>")[0]
    assert 'action="/csto/search/"' in form
    assert 'type="hidden" name="on" value="2022-12-01"' in form
    assert 'type="hidden" name="known" value="2026-12-01"' in form


def test_another_day_keeps_what_was_searched_for(get: Get) -> None:
    dates = get(f"/csto/search/{DAY}&q=minsk").text.partition('class="dates"')[2].partition("</form>")[0]
    assert 'type="hidden" name="q" value="minsk"' in dates


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><b>', "a" * 5000, "%00", "ա" * 300, "..//"]
)
def test_odd_words_do_no_harm(get: Get, words: str) -> None:
    page = get(f"/csto/search/{DAY}&q={words.replace('%', '%25')}")
    assert page.status == 200
    assert "<script>" not in page.text
    assert "<b>" not in page.text.partition("<main")[2].partition("</h1>")[0]
