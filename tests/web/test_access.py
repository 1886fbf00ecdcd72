"""What axe-core, a checker of accessibility, says of every kind of page: on desktop and phone, in light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.kinds import PAGES
from tests.web.test_browser import DAYS, NARROW, WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

LOOKS = [
    pytest.param((size, scheme), id=f"{name}-{scheme}")
    for name, size in (("desktop", WIDE), ("phone", NARROW))
    for scheme in ("light", "dark")
]
IN_THE_DARK = {"runOnly": ["color-contrast"]}  # nothing but colours is otherwise there


@cache
def axe() -> str:
    """The checker itself. The pages take no script, so it is given to the browser from outside."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture(params=LOOKS)
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    size, scheme = request.param
    context = browser.new_context(viewport=size, color_scheme=scheme)
    yield context.new_page()
    context.close()


def violations(tab: Tab) -> list[str]:
    """Everything that axe objects to, as rule, weight and the elements."""
    dark = tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    tab.evaluate(axe())
    found: list[dict[str, Any]] = tab.evaluate(
        "(options) => axe.run(options).then((result) => result.violations)", IN_THE_DARK if dark else {}
    )
    return [
        f"{rule['impact']}: {rule['id']}: {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("what", PAGES)
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
    assert any("color-contrast" in told for told in violations(tab))
