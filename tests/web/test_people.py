"""Members, states, persons, offices and organs as pages, and names that lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.conftest import Page

Get = Callable[[str], Page]
DAY = "?on=2022-12-01"


def row(page: Page, table: str, head: str) -> str:
    """The words of the first row of a table (by its place on the page) whose head has this word."""
    text = page.text.partition(f'id="{table}"')[2].partition("</table>")[0]
    rows = (" ".join(re.sub(r"<[^>]+>", " ", found).split()) for found in text.split("<tr ")[1:])
    return next(found for found in rows if head in found)


def test_the_members_page_counts_members_and_parties_of_the_treaty(get: Get) -> None:
    assert "Six members of the CSTO" in get(f"/csto/members/{DAY}").words
    assert "Nine parties of the Treaty" in get("/csto/members/?on=1995-01-01").words
    assert "No rule on members of the CSTO is in force" in get("/csto/members/?on=1995-01-01").words


def test_past_the_end_of_the_record_members_are_counted_so_far_as_it_goes(get: Get) -> None:
    words = get("/csto/members/?on=2026-06-01").words
    assert "So far as the record goes, six members of the CSTO" in words
    assert "no members" not in words.lower()
    assert "Who is a party of the CSTO is not in the record." in get("/csto/?on=2026-06-01").words


def test_before_anything_was_recorded_no_state_is_on_record_as_a_party(get: Get) -> None:
    assert "No state is on record as a party of the CSTO." in get("/csto/members/?known=1990-01-01").words


def test_every_state_on_record_stands_under_every_membership(get: Get) -> None:
    page = get(f"/csto/members/{DAY}")
    assert "member since 18 Sep 2003" in row(page, "t-table", "Armenia")
    assert "member since 20 Apr 1994" in row(page, "t-table", "Armenia")
    assert "No party on this day: Azerbaijan (since 21 Apr 1999 )" in page.words
    assert "contested" in row(page, "t-table", "Uzbekistan")


def test_a_contested_status_stands_with_both_views_and_who_holds_each(get: Get) -> None:
    for address in ("/csto/members/", "/csto/state/UZB/"):
        page = get(address + DAY)
        views = page.text.split('class="view"')[1:]
        assert len(views) == 2
        assert "Lukashenko" in views[0]
        assert "direct quote" in views[0]
        assert "there are six members" in views[1]


def test_acts_that_bear_on_membership_are_listed_with_who_did_what(get: Get) -> None:
    page = get(f"/csto/members/{DAY}")
    assert "Azerbaijan" in row(page, "t-acts", "24 Sep 1993")
    assert "Accession, Treaty" in row(page, "t-acts", "24 Sep 1993")


def test_memberships_are_drawn_with_a_lane_for_each_state(get: Get) -> None:
    text = get(f"/csto/members/{DAY}").text
    figure = text.partition('<svg class="fig wide"')[2].partition("</svg>")[0]
    assert figure.count('class="rowlabel"') == 7  # the six and Uzbekistan
    assert 'class="rival"' in figure
    assert 'class="between"' in figure


def test_a_state_stands_on_the_day_with_its_reason(get: Get) -> None:
    page = get(f"/csto/state/ARM/{DAY}")
    assert "Member of the CSTO; party of the Treaty." in page.words
    assert "Nikol Pashinyan sits for it in the Collective Security Council" in page.words
    assert "Charter, Article 1" in page.words
    assert "Армения" in page.words


def test_a_state_shows_its_heads_its_offices_and_the_sessions_it_hosted(get: Get) -> None:
    page = get(f"/csto/state/ARM/{DAY}")
    assert "13 Mar 2022" in row(page, "t-heads", "Vahagn Khachaturyan")
    chaired = page.text.partition('id="t-held"')[2].partition("</table>")[0]
    assert "16 Sep 2021" in chaired
    assert "some day from" in chaired
    assert "Yerevan, 23 Nov 2022" in row(page, "t-hosted", "23 Nov 2022")


def test_a_state_shows_how_it_attended_and_what_it_said(get: Get) -> None:
    page = get(f"/csto/state/ARM/{DAY}")
    assert "absent" in row(page, "t-came", "Minsk, 23 Nov 2023")
    assert "Nikol Pashinyan" in row(page, "t-statements", "against Azerbaijan")


def test_a_state_shows_requests_by_it_and_to_it(get: Get) -> None:
    assert "To Russia, CSTO and UN Security Council" in get(f"/csto/state/ARM/{DAY}").words
    assert "To Russia, CSTO and UN Security Council" in get(f"/csto/state/RUS/{DAY}").words


def test_a_state_that_never_was_a_party_has_a_page_with_what_is_on_record_of_it(get: Get) -> None:
    page = get(f"/csto/state/SRB/{DAY}")
    assert "No party of the CSTO; no party of the Treaty." in page.words
    assert "Observer of the Parliamentary Assembly" in row(page, "t-affiliations", "Serbia")
    assert "Serbia" in row(get(f"/csto/members/{DAY}"), "t-affiliations", "Serbia")


def test_after_the_record_it_is_not_known_how_a_state_stands(get: Get) -> None:
    assert "How it stands in the CSTO is not in the record" in get("/csto/state/ARM/?on=2026-06-01").words


def test_a_person_shows_offices_sessions_statements_and_what_sources_say(get: Get) -> None:
    page = get(f"/csto/person/nikol-pashinyan/{DAY}")
    assert "On this day prime minister of Armenia and perhaps Chairman" in page.words
    assert "8 May 2018" in row(page, "t-heads", "16 Oct 2018")
    assert "present" in row(page, "t-came", "Yerevan, 23 Nov 2022")
    assert "agrees" in row(page, "t-expected", "Yerevan, 23 Nov 2022")
    assert "did not deter" in get(f"/csto/person/nikol-pashinyan/{DAY}").words


def test_a_person_who_held_an_office_by_appointment_shows_it(get: Get) -> None:
    page = get(f"/csto/person/stanislav-zas/{DAY}")
    held = row(page, "t-held", "Secretary General")
    assert "1 Jan 2020" in held
    assert "1 Jan 2023" in held


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/csto/", ("/csto/state/BLR/", "/csto/person/nikol-pashinyan/", "/csto/person/stanislav-zas/")),
        ("/csto/office/chairman/", ("/csto/state/ARM/", "/csto/person/sadyr-japarov/")),
        ("/csto/organ/council/", ("/csto/state/TJK/", "/csto/person/emomali-rahmon/")),
        ("/csto/sessions/", ("/csto/state/RUS/",)),
        ("/csto/article/charter/18/", ("/csto/person/nikolay-bordyuzha/", "/csto/state/KAZ/")),
        ("/csto/article/treaty/12/", ("/csto/state/GEO/",)),
    ],
)
def test_names_of_states_and_persons_lead_to_their_pages_on_the_same_day(
    get: Get, address: str, names: tuple[str, ...]
) -> None:
    links = get(address + DAY).links
    for name in names:
        assert name + DAY in links


def test_whoever_the_record_does_not_name_is_a_word_and_no_link(get: Get) -> None:
    page = get("/csto/?on=2022-12-01&known=2020-01-01")
    assert not [link for link in page.links if "/person/" in link or "/state/" in link]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/csto/state/ARN/", "There is no state on record of csto “ARN”. Did you mean “ARM”?"),
        ("/csto/state/FRA/", "There is no state on record of csto “FRA”."),
        (
            "/csto/person/nikol-pashinian/",
            "There is no person on record of csto “nikol-pashinian”. Did you mean “nikol-pashinyan”?",
        ),
        ("/csto/organ/secretaria/", "There is no organ of csto “secretaria”. Did you mean “secretariat”?"),
    ],
)
def test_whoever_is_not_on_record_is_not_found_and_the_nearest_is_said(
    get: Get, address: str, sentence: str
) -> None:
    page = get(address)
    assert page.status == 404
    assert sentence in page.words


def test_the_offices_page_says_who_holds_each_and_why(get: Get) -> None:
    page = get(f"/csto/offices/{DAY}")
    assert "Stanislav Zas" in row(page, "t-offices", "Secretary General")
    assert "uncertain" in row(page, "t-offices", "Chairman of the Collective Security Council")
    assert "Charter, Article 13" in row(page, "t-offices", "Chairman of the Collective Security Council")


def test_the_organs_page_begins_with_the_highest(get: Get) -> None:
    page = get(f"/csto/organs/{DAY}")
    first = page.text.partition("<tbody")[2].partition("</tr>")[0]
    assert "Collective Security Council" in first
    assert "highest organ" in first
    assert "no rule says who sits" in row(page, "t-organs", "Secretariat")


def test_an_organ_that_no_rule_composes_has_a_page_that_says_so(get: Get) -> None:
    page = get(f"/csto/organ/secretariat/{DAY}")
    assert "does not say who sits in it" in page.words
    assert "Charter, Article 11" in page.words


def test_the_overview_shows_the_seats_of_the_highest_organ_and_a_line_for_each_other(get: Get) -> None:
    page = get(f"/csto/{DAY}")
    assert page.text.count("Members and their seats in the") == 1
    assert "Council of Foreign Ministers" in row(page, "t-organs", "Council of Foreign Ministers")
    assert "/csto/organ/joint-staff/" + DAY in page.links


def test_the_navigation_is_short_and_says_where_one_is(get: Get) -> None:
    page = get(f"/csto/organ/council/{DAY}")
    sections = page.text.partition('aria-label="Sections"')[2].partition("</nav>")[0]
    names = re.findall(r"<a [^>]*>([^<]*)</a>", sections)
    assert names == [
        "Overview",
        "Members",
        "Offices",
        "Organs",
        "Bodies",
        "Sessions",
        "Decisions",
        "Requests",
        "Topics",
        "Charter",
        "Findings",
        "Record",
        "Register",
        "Sources",
    ]
    assert re.findall(r'aria-current="page">([^<]*)<', sections) == ["Organs"]


def test_the_name_of_a_state_leads_to_its_page_on_the_same_day(client: Client) -> None:
    for name in ("Armenia", "arm"):
        response = client.get(f"/csto/state/{name}/{DAY}")
        assert response.status_code == 302
        assert response.headers["Location"] == f"/csto/state/ARM/{DAY}"


def test_before_the_organisation_the_overview_shows_the_council_of_the_treaty(get: Get) -> None:
    page = get("/csto/?on=1995-01-01")
    assert "Nine parties of the Treaty." in page.words
    assert "Members and their seats in the Collective Security Council of the Treaty" in page.words
    assert "Joint Staff" not in page.words


def test_a_seat_that_is_an_officers_is_shown_with_the_states(get: Get) -> None:
    seat = row(get("/csto/organ/treaty-council/?on=1995-01-01"), "t-treaty-council", "Commander-in-Chief")
    assert "not named" in seat
    assert "unknown" in seat
