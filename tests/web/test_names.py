"""Names lead to their pages, and every link of a chain to the page of its source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Page
from tests.web.kinds import PAGES
from tests.web.test_story_pages import section

Get = Callable[[str], Page]
DAY = "?on=2022-12-01"
YEREVAN = f"/csto/session/2022-11-23/yerevan/{DAY}"
TOLD = (YEREVAN, f"/csto/request/arm-2022/{DAY}", f"/csto/topic/tajik-afghan-border/{DAY}", f"/csto/record/{DAY}",
        f"/csto/state/UZB/{DAY}", "/un-security-council/record/")  # fmt: skip


def chains(text: str) -> list[list[str]]:
    """Every chain in a text, link by link."""
    return [
        re.findall(r"<li[^>]*>(.*?)</li>", ol) for ol in re.findall(r'<ol class="chain">(.*?)</ol>', text)
    ]


@pytest.mark.parametrize(
    ("heading", "links"),
    [
        ("h-chair", ("/csto/person/nikol-pashinyan/", "/csto/state/ARM/", "/csto/office/chairman/")),
        ("h-att", ("/csto/state/KGZ/", "/csto/person/sadyr-japarov/", "/csto/office/secretary-general/")),
        ("h-facts", ("/csto/state/ARM/", "/csto/source/seed/", "/csto/charter/")),
        ("h-not", ("/csto/state/ARM/", "/csto/person/stanislav-zas/")),
        ("h-said", ("/csto/person/emomali-rahmon/", "/csto/state/TJK/", "/csto/topic/tajik-afghan-border/")),
        ("h-hand-1", ("/csto/state/ARM/", "/csto/state/BLR/", "/csto/office/chairman/")),
        ("h-req-1", ("/csto/state/RUS/", "/csto/person/sergei-lavrov/", "/csto/article/treaty/4/")),
        ("h-fnd", ("/csto/article/charter/13/",)),
    ],
)
def test_names_on_a_session_page_lead_to_their_pages(get: Get, heading: str, links: tuple[str, ...]) -> None:
    found = section(get(YEREVAN), heading)
    for link in links:
        assert f'href="{link}{DAY}' in found


@pytest.mark.parametrize("address", TOLD)
def test_a_chain_begins_with_the_page_of_its_source(get: Get, address: str) -> None:
    found = chains(get(address).text)
    assert found
    for links in found:
        assert re.search(r'href="/[a-z-]+/source/', links[0]) or "no source" in links[0], links


@pytest.mark.parametrize("address", PAGES)
def test_only_the_page_of_a_source_leads_outside(get: Get, address: str) -> None:
    outside = re.findall(r'href="(https?://[^"]*)"', get(address + DAY).text)
    assert len(outside) == ("/source/zakon" in address)


def test_a_speaker_at_the_end_of_a_chain_leads_to_the_person(get: Get) -> None:
    said = section(get(YEREVAN), "h-said")
    assert any("/csto/person/nikol-pashinyan/" in links[-1] for links in chains(said))


def test_what_was_deduced_leads_to_what_it_was_deduced_from(get: Get) -> None:
    found = chains(get(f"/csto/session/2006-06-23/minsk/{DAY}").text)
    deduced = next(links[0] for links in found if "inferred from" in links[0])
    assert "/csto/source/uzdaily2007a/" in deduced
    assert "/csto/source/uzdaily2007b/" in deduced


def test_a_silence_tells_the_whole_way_by_which_it_is_known(get: Get) -> None:
    text = get(YEREVAN).text.partition('id="2022-11-23/yerevan/rahmon-border-silence"')[2]
    page, website = chains(text)[0]
    assert "/csto/source/seed/" in page
    assert "silent" not in page
    assert website.startswith("Tajik president&#x27;s official website")
    assert '<span class="mode">silent</span>: nothing more of that part of the speech.' in website


def test_on_paper_a_chain_gives_the_address_of_the_page_read(get: Get) -> None:
    said = section(get(YEREVAN), "h-said")
    assert re.search(r'href="/csto/source/[^"]+" data-page="https://[^"]*aravot', said)


def test_holders_in_the_list_of_sessions_lead_to_their_pages(get: Get) -> None:
    page = get(f"/csto/sessions/{DAY}")
    cell = re.search(r'data-l="At its end">(.*?)</td>', page.text.partition("regular, Minsk")[2])
    assert cell is not None
    assert 'href="/csto/state/RUS/' in cell.group(1)


def test_an_entry_that_names_a_source_names_who_is_in_it(get: Get) -> None:
    found = section(get(f"/csto/source/seed/{DAY}"), "h-entries")
    assert 'href="/csto/person/emomali-rahmon/' in found


def test_a_page_of_somebody_does_not_name_them_in_every_row(get: Get) -> None:
    assert "Who" not in re.findall(
        r'<th role="columnheader"[^>]*>(?:<a[^>]*>)?(\w+)',
        section(get(f"/csto/person/nikol-pashinyan/{DAY}"), "h-statements"),
    )


def test_an_organ_and_an_office_that_acted_lead_to_their_pages(get: Get) -> None:
    answers = section(get(f"/csto/request/arm-2022/{DAY}"), "h-answers")
    assert f'<a class="name" href="/csto/organ/council/{DAY}">Collective Security Council</a>' in answers
    assert f'<a class="name" href="/csto/office/secretary-general/{DAY}">Secretary General</a>' in answers
