"""The page of a session shows all that the account of it holds, and every link on it leads to a place that is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from foedus.web import application
from tests.folders import folder
from tests.test_sittings import LEAGUE
from tests.test_topics import BORDER, TOPICS
from tests.web.conftest import Page

Get = Callable[[str], Page]
LONG = "/tiny/session/long/"


@pytest.fixture
def get_of_league(get: Get, league: Path, tmp_path: Path) -> Iterator[Get]:
    """Asks for pages of the league of the accounts of sessions, for as long as a test lasts."""
    application(["csto", str(folder(tmp_path, LEAGUE))])
    yield get
    application(["csto", "un-security-council", str(league)])


@pytest.fixture
def get_of_border(get: Get, league: Path, tmp_path: Path) -> Iterator[Get]:
    """Asks for pages of the league with a topic, for as long as a test lasts."""
    application(["csto", str(folder(tmp_path, {**BORDER, **TOPICS}))])
    yield get
    application(["csto", "un-security-council", str(league)])


def test_what_came_about_at_a_session_or_of_it_is_on_its_page(get_of_league: Get) -> None:
    words = get_of_league(LONG).words
    for part in (
        "Kazakhstan Joined; the decision: a plan",
        "Council To staff: write it, due some day from 1 December 2007",
        "Session announced for some day from 1 January 2008",
        "Staff, established",
        "A pact: not taken up.",
        ", silent : who stopped it.",
        "Council determination found a threat",
        "Kazakhstan said elsewhere, 1 Apr 2007 It was void.",
    ):
        assert part in words


def test_a_session_of_which_the_manner_is_not_recorded_is_not_said_to_be_in_person(
    get_of_league: Get,
) -> None:
    words = get_of_league("/tiny/session/some-day/").words
    assert "Held not in the record" in words
    assert "in person" not in words


def test_a_neighbour_of_an_unknown_day_is_named_by_the_range_it_lies_in(get_of_league: Get) -> None:
    assert "After it some day from 1 Jan 2008 to 31 Dec 2008" in get_of_league(LONG).words


def test_whoever_was_to_sit_is_not_shown_where_another_came(get_of_league: Get) -> None:
    words = get_of_league(LONG).words
    assert "Armenia C minister" in words
    assert "Belarus host L president" in words


def test_a_session_may_be_asked_for_by_its_day(get_of_league: Get) -> None:
    assert get_of_league("/tiny/session/2007-03-02/").words == get_of_league(LONG).words
    page = get_of_league("/tiny/session/2006-06-06/")
    assert page.status == 404
    assert "That day had 2: “morning” and “evening”." in page.words


def test_a_statement_made_once_more_leads_to_the_earlier_ones(get_of_border: Get) -> None:
    page = get_of_border("/tiny/session/second/")
    assert "Earlier on this topic by the same: 1 Jan 2002" in page.words
    assert "/tiny/session/first/#raised" in page.links


@pytest.mark.parametrize("name", ["long", "some-day", "foreseen", "link", "open"])
def test_every_link_of_a_session_page_leads_to_a_place_that_is_there(get_of_league: Get, name: str) -> None:
    page = get_of_league(f"/tiny/session/{name}/")
    names = re.findall(r'\sid="([^"]*)"', page.text)
    assert len(names) == len(set(names))
    places = [urldefrag(link) for link in page.links]
    assert places
    for address, place in places:
        found = get_of_league(address) if address else page
        assert found.status == 200, address
        assert not place or unquote(place) in found.anchors, f"{address}#{place}"
