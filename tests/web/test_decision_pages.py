"""A decision's page, the list of them, and the page where ballots are set by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.web.conftest import Page

Get = Callable[[str], Page]
STOPPED = "/csto/decision/2022-11-23/yerevan/declaration/"
ABSENT = "/csto/decision/2009-06-14/moscow/forces-agreement/"
BY_HAND = "/csto/decide/?on=2022-11-23&organ=council"


def test_a_decision_that_was_stopped_says_by_whom_and_what_office_that_member_held(get: Get) -> None:
    words = get(STOPPED).words
    assert "not adopted, stopped by Armenia, which held the office of chairman." in words
    assert "Agrees: by the rule, it is not carried, Armenia being against it." in words
    assert "Blocked by Armenia" in words


def test_the_picture_of_a_decision_says_in_words_what_it_draws(get: Get) -> None:
    page = get(STOPPED)
    assert 'aria-label="Positions of the members: 1 no and 5 not recorded"' in page.text
    assert page.text.count('class="pos wait"') == 5 + 1, "and one in the legend"


def test_with_a_member_absent_its_page_goes_reading_by_reading(get: Get) -> None:
    words = get(ABSENT).words
    assert words.count("can stand") >= 3
    assert (
        "Without every member there is no quorum: by the rule, it is not carried, Belarus being absent."
        in words
    )
    assert "Belarus joined since." in words


def test_the_page_of_a_session_leads_to_its_decisions(get: Get) -> None:
    links = get("/csto/session/2022-11-23/yerevan/").links
    assert STOPPED in links
    assert "/csto/decision/2022-11-23/yerevan/secretary-general/" in links


def test_the_list_leads_to_every_decision_and_sums_them_up(get: Get) -> None:
    page = get("/csto/decisions/")
    assert "53 decisions on record" in page.words
    assert sum(link.startswith("/csto/decision/") for link in page.links) == 53


def test_a_decision_leads_to_its_ballots_to_be_set_otherwise(get: Get) -> None:
    (link,) = (link for link in get(STOPPED).links if link.startswith("/csto/decide/"))
    assert "on=2022-11-23" in link
    assert "ARM=object" in link
    assert "Enough to block it alone: Armenia." in get(link).words


def test_no_decision_of_that_name_is_said_with_the_nearest(get: Get) -> None:
    page = get("/csto/decision/2022-11-23/yerevan/declaratoin/")
    assert page.status == 404
    assert "2022-11-23/yerevan/declaration" in page.words


def test_the_form_has_a_choice_for_each_member_and_asks_nothing_yet(get: Get) -> None:
    page = get(BY_HAND)
    assert re.findall(r'<select name="([A-Z]{3})">', page.text) == ["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK"]
    assert 'method="get"' in page.text
    assert "<script" not in page.text
    assert "Outcome" not in page.words


def test_ballots_set_by_hand_give_the_outcome_in_words(get: Get) -> None:
    page = get(f"{BY_HAND}&ARM=object&others=yes")
    assert "Not carried." in page.words
    assert "Who alone could have turned it: Armenia." in page.words
    assert '<option value="object" selected>' in page.text, "what was chosen stays chosen"


def test_a_threshold_shows_what_was_needed_and_what_was_got(get: Get) -> None:
    words = get("/un-security-council/decide/?on=2022-09-30&organ=council&RUS=no&others=yes").words
    assert "Members in favour at least 9 14 met" in words
    assert "Entitled 15" in words


def test_whose_ballot_does_not_count_is_said_on_the_page(get: Get) -> None:
    page = get(f"{BY_HAND}&AZE=yes&ARM=maybe")
    assert page.status == 200
    assert "“AZE” has no vote here" in page.words
    assert "“maybe” (ARM) is no ballot" in page.words


def test_where_no_rule_is_in_force_the_page_says_so(get: Get) -> None:
    assert (
        "No rule on how anything is decided was in force on this day."
        in get("/csto/decide/?on=1999-01-01").words
    )
