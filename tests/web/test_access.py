"""What axe-core, a checker of accessibility, says of every kind of page: on desktop and phone, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.web.kinds import PAGES
from tests.web.test_browser import DAYS, NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

CONTRAST = {"runOnly": ["color-contrast"]}  # in the dark nothing but colours is otherwise, whatever the width
LOOKS: dict[str, tuple[Any, Literal["light", "dark"], dict[str, list[str]]]] = {
    "desktop": (WIDE, "light", {}),
    "phone": (NARROW, "light", {}),
    "dark": (WIDE, "dark", CONTRAST),
}


@cache
def axe() -> str:
    """The checker itself. The pages take no script, so it is given to the browser from outside."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def violations(tab: Tab) -> list[str]:
    """Everything that axe objects to in each look, as look, rule, weight and the elements."""
    tab.evaluate(axe())
    return [told for look in LOOKS for told in violations_in(tab, look)]


def violations_in(tab: Tab, look: str) -> Iterator[str]:
    size, scheme, options = LOOKS[look]
    tab.set_viewport_size(size)
    tab.emulate_media(color_scheme=scheme)
    found: list[dict[str, Any]] = tab.evaluate(
        "(options) => axe.run(options).then((result) => result.violations)", options
    )
    for rule in found:
        for node in rule["nodes"]:
            yield f"{look}: {rule['impact']}: {rule['id']}: {node['target']}: {node['failureSummary']}"


@pytest.mark.parametrize("what", [*PAGES, "/api/"])
def test_axe_objects_to_nothing(tab: Tab, address: str, what: str) -> None:
    tab.goto(address + what + DAYS)
    assert violations(tab) == []


@pytest.mark.parametrize("what", ["/csto/office/chairman/", "/csto/record/", "/csto/sources/"])
def test_axe_objects_to_nothing_where_every_reason_and_fold_is_opened(
    tab: Tab, address: str, what: str
) -> None:
    tab.goto(address + what + DAYS)
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    assert violations(tab) == []


@pytest.mark.parametrize("asked", ["q=yerevan", "q=qqqqqq"])
def test_axe_objects_to_nothing_where_something_was_searched_for(tab: Tab, address: str, asked: str) -> None:
    tab.goto(f"{address}/csto/search/{DAYS}&{asked}")
    assert violations(tab) == []


@pytest.mark.parametrize("ballots", ["organ=council&ARM=object&others=yes", "organ=council&AZE=yes"])
def test_axe_objects_to_nothing_where_ballots_were_set_by_hand(tab: Tab, address: str, ballots: str) -> None:
    tab.goto(f"{address}/csto/decide/{DAYS}&{ballots}")
    assert violations(tab) == []


def test_axe_objects_to_nothing_on_a_page_that_says_why_there_is_none(tab: Tab, address: str) -> None:
    tab.goto(f"{address}/csto/office/nobody/")
    assert violations(tab) == []


def test_axe_would_object_to_a_fault(tab: Tab, address: str) -> None:
    tab.goto(f"{address}/csto/{DAYS}")
    tab.evaluate("document.querySelector('.lead').style.color = 'var(--line)'")
    found = violations(tab)
    for look in LOOKS:
        assert any(told.startswith(look) and "color-contrast" in told for told in found), look
