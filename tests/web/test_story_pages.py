"""Requests, topics, bodies and sources as pages: stories with dates, and what each rests on."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

import foedus
from tests.web.conftest import Page
from tests.web.test_people import row

Get = Callable[[str], Page]
DAY = "?on=2022-12-01"
ARMENIA = f"/csto/request/arm-2022/{DAY}"
BORDER = f"/csto/topic/tajik-afghan-border/{DAY}"


def section(page: Page, head: str) -> str:
    """The section with this heading id, as it is written."""
    return page.text.partition(f'aria-labelledby="{head}"')[2].partition("</section>")[0]


def part(page: Page, head: str) -> str:
    """The words of the section with this heading id."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", section(page, head))).split())


def fact(page: Page, name: str) -> str:
    """The words beside a name in a list of facts."""
    found = page.text.partition(f"<dt>{name}</dt>")[2].partition("</dd>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found)).split())


def answers(page: Page) -> list[str]:
    """The words of each answer, in the order they stand."""
    text = page.text.partition('aria-labelledby="h-answers"')[2].partition("</section>")[0]
    found = text.split("<article ")[1:]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in found]


def sections(page: Page) -> list[str]:
    """The names in the main navigation."""
    nav = page.text.partition('aria-label="Sections"')[2].partition("</nav>")[0]
    return re.findall(r"<a [^>]*>([^<]*)</a>", nav)


def test_requests_are_listed_with_who_asked_whom(get: Get) -> None:
    page = get(f"/csto/requests/{DAY}")
    line = row(page, "t-table", "Military help")
    assert "13 Sep 2022" in line
    assert "Armenia" in line
    assert "Russia , CSTO, UN Security Council" in line
    assert "only alleged" in line
    assert "determined" in row(page, "t-table", "bands of terrorists")
    assert "/csto/request/arm-2022/" + DAY in page.links


def test_armenia_asked_russia_the_organisation_and_the_security_council(get: Get) -> None:
    page = get(ARMENIA)
    assert fact(page, "Put to").startswith("Russia")
    assert "CSTO" in part(page, "h-asked")
    assert "UN Security Council not of the organisation no answer in the record" in part(page, "h-asked")


def test_the_article_invoked_leads_to_its_page(get: Get) -> None:
    page = get(ARMENIA)
    assert fact(page, "Article invoked") == "Treaty, Article 4"
    assert "/csto/article/treaty/4/" + DAY in page.links


def test_what_is_alleged_is_not_said_to_be_found(get: Get) -> None:
    page = get(ARMENIA)
    assert "aggression" in fact(page, "Trigger alleged").lower()
    assert fact(page, "Trigger determined") == "only alleged, so far as the record goes"
    assert "h-findings" not in page.text


def test_where_a_trigger_was_found_the_finding_stands_with_who_found_it(get: Get) -> None:
    page = get(f"/csto/request/kaz-2022/{DAY}")
    assert fact(page, "Trigger determined") == "determined"
    assert "Collective Security Council" in part(page, "h-findings")
    assert "Found a threat" in part(page, "h-findings")


def test_every_answer_stands_in_order_with_how_long_it_took(get: Get) -> None:
    found = answers(get(ARMENIA))
    told = [next(i for i, each in enumerate(found) if words in each) for words in (
        "Decision: a mission to be sent", "No haste", "Mission: toured the areas hit", "No decision",
    )]  # fmt: skip
    assert told == sorted(told)
    mission = next(each for each in found if "toured the areas hit" in each)
    assert "Stanislav Zas" in mission
    assert "Secretary General" in mission
    assert "some day from 16 Sep 2022 to 27 Oct 2022" in mission


def test_the_working_group_was_offered_and_is_not_said_to_be_established(get: Get) -> None:
    page = get(ARMENIA)
    offered = part(page, "h-offers")
    assert "Working group on the situation at Armenia's border, offered" in offered
    assert "No entry tells that it was set up." in offered
    assert "A founding of the Working group on the situation at Armenia's border" in part(page, "h-open")


def test_a_draft_not_adopted_says_who_stopped_it_why_and_what_became_of_it(get: Get) -> None:
    decisions = part(get(ARMENIA), "h-decisions")
    assert "not adopted" in decisions
    assert "Stopped by Armenia." in decisions
    assert "Why:" in decisions
    assert "What became of it:" in decisions


def test_a_request_and_its_answers_lead_to_the_story_from_everywhere(get: Get) -> None:
    for page in ("/csto/state/ARM/", "/csto/session/2022-11-23/yerevan/"):
        assert any(link.startswith("/csto/request/arm-2022/") for link in get(page + DAY).links)
    links = get(f"/csto/person/stanislav-zas/{DAY}").links
    assert f"/csto/request/arm-2022/{DAY}#arm-2022/2022-09-16-mission" in links


def test_a_request_tells_what_it_claims_of_each_member_on_the_day_and_its_clocks(get: Get) -> None:
    page = get(ARMENIA)
    assert (
        "owed by Belarus, Kazakhstan, Kyrgyzstan, Russia and Tajikistan: alleged since 13 September 2022"
        in page.words
    )
    assert "Days after the request" in page.words
    before = get("/csto/request/arm-2022/?on=2022-09-12")
    assert "Nothing had been claimed by then" in before.words


def test_a_request_not_yet_recorded_is_not_found(get: Get) -> None:
    assert get("/csto/request/arm-2022/?known=2020-01-01").status == 404


def test_topics_are_listed_with_how_much_bears_on_each(get: Get) -> None:
    page = get(f"/csto/topics/{DAY}")
    assert "23 Nov 2022" in row(page, "t-table", "security of Tajikistan")
    assert "/csto/topic/tajik-afghan-border/" + DAY in page.links


def test_a_topic_tells_what_was_said_in_order_of_time_with_the_way_to_the_speaker(get: Get) -> None:
    page = get(BORDER)
    assert page.words.index("foreign troops about to leave") < page.words.index("Raised once more")
    first = page.text.partition('id="2013-09-23/sochi/rahmon-border"')[2].partition("</article>")[0]
    assert "Tajik president&#x27;s official website" in first
    assert '<span class="mode">indirect speech</span>' in first
    assert '<span class="mode">direct quote</span>' in first
    assert "president" in first
    assert "/csto/state/TJK/" in first


def test_what_was_said_once_more_leads_to_when_it_was_said_before(get: Get) -> None:
    text = get(BORDER).text.partition('id="2022-11-23/yerevan/rahmon-border"')[2].partition("</article>")[0]
    assert "Earlier on this topic by the same" in text
    assert "23 Sep 2013, Sochi" in text


def test_a_silence_stands_beside_what_it_is_about(get: Get) -> None:
    page = get(BORDER)
    assert "1 silence" in page.words
    assert '<span class="mode">silent</span>' in page.text


def test_bodies_founded_stand_apart_from_those_only_offered(get: Get) -> None:
    page = get(f"/csto/bodies/{DAY}")
    group = row(page, "t-offered", "situation at Armenia")
    assert "not established, so far as the record goes" in group
    assert "offered" in group
    founded = page.text.partition('id="t-founded"')[2].partition("</table>")[0]
    assert "situation at Armenia" not in founded


def test_a_body_says_beneath_what_it_stands_and_whether_it_is_permanent(get: Get) -> None:
    page = get(f"/csto/bodies/{DAY}")
    assert "Council of Foreign Ministers" in row(page, "t-founded", "Working group on Afghanistan")
    assert "not stated" in row(page, "t-founded", "Working group on Afghanistan")
    assert "permanent" in row(page, "t-founded", "Joint Staff")
    assert "beside the organs" in row(page, "t-founded", "Joint Staff")


def test_before_its_founding_a_body_is_not_said_to_stand(get: Get) -> None:
    assert "not yet" in row(get("/csto/bodies/?on=2003-01-01"), "t-founded", "Parliamentary Assembly")


def test_the_source_that_most_rests_on_alone_comes_first(get: Get) -> None:
    page = get(f"/csto/sources/{DAY}")
    first = page.text.partition("<tbody")[2].partition("</tr>")[0]
    assert "Asia-Plus (Dushanbe) on the summit in Yerevan" in first


def test_every_source_stands_once_under_its_kind(get: Get) -> None:
    page = get(f"/csto/sources/{DAY}")
    kinds = page.text.partition('id="h-kinds"')[2]
    listed = re.findall(r'<th role="rowheader"[^>]*><a class="act" href="/csto/source/([^/]+)/', kinds)
    assert sorted(listed) == sorted(foedus.load("csto").record.sources)
    assert kinds.index("Official record") < kinds.index("Agency") < kinds.index("Named media")


def test_a_kind_of_sources_is_open_where_it_is_being_sorted(get: Get) -> None:
    page = get(f"/csto/sources/{DAY}&sort=-agency.entries")
    opened = re.findall(r'<details class="fold" id="([^"]+)" open>', page.text)
    assert opened == ["kind-agency"]


def test_a_source_says_what_rests_on_it_alone(get: Get) -> None:
    page = get(f"/csto/source/seed/{DAY}")
    assert "on it alone" in row(page, "t-entries", "took its time")
    assert "on others too" in row(page, "t-entries", "Regular session, Yerevan")
    assert any("/article/charter/13/" in link for link in page.links)


def test_a_source_says_what_it_is_silent_on(get: Get) -> None:
    page = get(f"/csto/source/seed/{DAY}")
    assert "nothing more of that part of the speech" in part(page, "h-silent")


def test_a_source_links_to_the_page_that_was_read(get: Get) -> None:
    assert (
        '<a href="https://issuhub.com/view/index/23326?pageIndex=599"'
        in get(f"/csto/source/gibler/{DAY}").text
    )


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("Asia-Plus Dushanbe", "/csto/source/seed/"),
        ("arm-2022", "/csto/request/arm-2022/"),
        ("military help Azerbaijani attack", "/csto/request/arm-2022/"),
        ("tajik-afghan-border", "/csto/topic/tajik-afghan-border/"),
    ],
)
def test_search_leads_to_sources_requests_and_topics(get: Get, words: str, link: str) -> None:
    assert link + DAY in get(f"/csto/search/{DAY}&q={words}").links


def test_navigation_has_only_what_the_organisation_has(get: Get) -> None:
    assert {"Bodies", "Requests", "Topics", "Sources"} <= set(sections(get(f"/csto/{DAY}")))
    council = sections(get("/un-security-council/"))
    assert "Sources" in council
    assert not {"Bodies", "Requests"} & set(council)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/csto/request/arm-2023/", "There is no request of csto “arm-2023”."),
        ("/csto/topic/tajik-afgan-border/", "Did you mean “tajik-afghan-border”?"),
        ("/csto/source/sead/", "Did you mean “seed”?"),
    ],
)
def test_what_is_not_on_record_is_not_found_and_the_nearest_is_said(
    get: Get, address: str, sentence: str
) -> None:
    page = get(address)
    assert page.status == 404
    assert sentence in page.words
