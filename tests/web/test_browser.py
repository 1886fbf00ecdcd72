"""The pages in a real browser: no script, no error, no sideways scrolling, and a keyboard is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.web.kinds import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

DAYS = "?on=2022-12-01"
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(params=[WIDE, NARROW], ids=["desktop", "phone"])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A tab that keeps in `complaints` whatever the browser complains of."""
    context = browser.new_context(viewport=request.param)
    page = context.new_page()
    yield page
    context.close()


def opened(tab: Tab, where: str, what: str) -> list[str]:
    """Opens a page and says what the browser complained of."""
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("requestfailed", lambda request: complaints.append(f"{request.url} failed"))
    tab.on(
        "request", lambda request: None if request.url.startswith(where) else complaints.append(request.url)
    )
    answer = tab.goto(where + what + DAYS)
    assert answer is not None
    assert answer.status == 200
    return complaints


def reach(tab: Tab, selector: str, most: int = 80) -> bool:
    """Whether the tab key alone brings the focus to something."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if tab.evaluate("(s) => document.activeElement.matches(s)", selector):
            return True
    return False


@pytest.mark.parametrize("what", PAGES)
def test_a_page_opens_without_complaint_and_without_sideways_scrolling(
    tab: Tab, address: str, what: str
) -> None:
    assert opened(tab, address, what) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.evaluate("getComputedStyle(document.querySelector('main')).paddingTop") != "0px", (
        "no style sheet"
    )


def test_nothing_scrolls_sideways_between_a_phone_and_a_desktop(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 1100})  # just too wide for a phone's tables
    for what in PAGES:
        page.goto(address + what + DAYS)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what
    page.close()


def test_the_keyboard_reaches_the_dates_and_asks_for_another_day(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/office/chairman/")
    assert reach(tab, ".dates input[name=on]")
    tab.keyboard.type("2024-06-01")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**on=2024-06-01**")
    assert "Kassym-Jomart Tokayev" in tab.inner_text("main .answer")


def test_the_keyboard_opens_a_reason(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/")
    assert reach(tab, "details.why > summary")
    assert not tab.is_visible("main .answer .five >> nth=0")
    tab.keyboard.press("Enter")
    assert tab.is_visible("main .answer .five >> nth=0")
    assert tab.is_visible("main .answer .tree >> nth=0")


def test_the_first_stop_of_the_keyboard_skips_to_the_answer(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.matches('.skip')")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_what_has_the_focus_is_seen_to_have_it(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/")
    assert reach(tab, ".sections a")
    assert tab.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_pages_work_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/csto/{DAYS}")
    page.fill(".dates input[name=on]", "2023-02-01")
    page.click(".dates button")
    assert "on=2023-02-01" in page.url
    assert "Alexander Lukashenko" in page.inner_text("main .answer >> nth=0")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_off_its_paper_in_light_and_dark(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/csto/{DAYS}")
    ink, paper = page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    light = [
        sum(int(part) for part in found[found.index("(") + 1 : -1].split(",")[:3]) for found in (ink, paper)
    ]
    assert (light[0] > light[1]) == (scheme == "dark")
    assert abs(light[0] - light[1]) > 500
    context.close()


def test_the_drawn_timeline_is_wide_on_a_desktop_and_tall_on_a_phone(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/office/chairman/")
    narrow = tab.viewport_size == NARROW
    assert tab.is_visible("svg.tall") is narrow
    assert tab.is_visible("svg.wide") is not narrow


def test_a_column_head_sorts_by_keyboard(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/sessions/")
    assert reach(tab, "thead th:nth-child(3) a")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**sort=council.host**")
    assert tab.get_attribute("thead th:nth-child(3)", "aria-sort") == "ascending"
    assert tab.inner_text("tbody tr:first-child td[data-l=Host]") == "Armenia"


def test_sorting_leaves_the_reader_at_the_table(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/state/RUS/")
    tab.click("#t-heads thead th:nth-child(1) a")
    top = tab.evaluate("document.querySelector('#t-heads').getBoundingClientRect().top")
    assert 0 <= top < tab.evaluate("innerHeight") / 2


def test_a_phone_says_what_a_table_can_be_sorted_by(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/sessions/")
    narrow = tab.viewport_size == NARROW
    said = tab.evaluate("getComputedStyle(document.querySelector('.sorts thead tr'), '::before').content")
    assert ("Sort by" in said) is narrow
    assert tab.is_visible(".sorts thead a >> nth=1")


def test_searching_by_keyboard_leads_to_what_was_found(tab: Tab, address: str) -> None:
    opened(tab, address, "/csto/")
    assert reach(tab, ".search input[name=q]")
    tab.keyboard.type("lukashenka")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**q=lukashenka**")
    tab.click("text=Alexander Lukashenko >> nth=0")
    assert tab.inner_text("h1") == "Alexander Lukashenko"
    assert "on=2022-12-01" in tab.url


@pytest.mark.parametrize("what", PAGES)
def test_on_paper_controls_vanish_reasons_are_open_and_the_two_dates_stay(
    browser: Browser, address: str, what: str
) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 1000}, color_scheme="dark")
    page = context.new_page()
    page.goto(address + what + DAYS)
    page.emulate_media(media="print")
    for control in (".sections", ".search", ".dates button", ".doors", ".skip"):
        assert not page.is_visible(control), control
    assert page.is_visible(".dates input[name=on]")
    assert page.is_visible(".dates input[name=known]")
    for reason in page.query_selector_all("details.why:not(.line details) > :last-child"):
        box = reason.bounding_box()
        assert box is not None
        assert box["height"] > 0
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    assert "16, 21, 25" not in paper
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_a_link_to_an_entry_opens_the_fold_it_stands_in(tab: Tab, address: str) -> None:
    tab.goto(f"{address}/csto/record/{DAYS}#body/joint-staff")
    entry = tab.locator("[id='body/joint-staff']")
    assert entry.is_visible()
    assert 0 <= entry.evaluate("(it) => it.getBoundingClientRect().top") < 450
    assert not tab.is_visible("#kind-membership article >> nth=0")


@pytest.fixture
def paper(browser: Browser) -> Iterator[Tab]:
    page = browser.new_page(viewport={"width": 674, "height": 1000})
    page.emulate_media(media="print")
    yield page
    page.close()


def test_paper_says_its_own_address_on_both_dates(paper: Tab, address: str) -> None:
    paper.goto(f"{address}/csto/session/2022-11-23/?on=2022-12-01&known=2026-11-25")
    said = paper.inner_text(".foot .onpaper")
    assert said == f"This page: {address}/csto/session/2022-11-23/yerevan/?on=2022-12-01&known=2026-11-25"


def test_paper_gives_the_address_of_a_page_that_was_read(paper: Tab, address: str) -> None:
    paper.goto(f"{address}/csto/session/2022-11-23/yerevan/{DAYS}")
    after = paper.evaluate("getComputedStyle(document.querySelector('[data-page]'), '::after').content")
    assert "https://" in after


def test_paper_opens_folds_and_reasons_but_not_those_along_a_timeline(paper: Tab, address: str) -> None:
    paper.goto(f"{address}/csto/office/chairman/{DAYS}")
    assert paper.is_visible("main .answer .tree >> nth=0")
    assert not paper.is_visible("td .tree >> nth=0")
    paper.goto(f"{address}/csto/sources/{DAYS}")
    assert paper.is_visible("#kind-agency table")
