"""Tables sort by a link in each column's head, without a script."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Page, query
from tests.web.kinds import PAGES

Get = Callable[[str], Page]
DAY = "?on=2022-12-01"


def column(page: Page, table: str, place: int) -> list[str]:
    """The words in one column of a table, row by row."""
    body = page.text.partition(f'id="{table}"')[2].partition("<tbody")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd] .*?</t[hd]>", row, re.DOTALL) for row in body.split("<tr ")[1:]]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", row[place])).split()) for row in rows]


def heads(page: Page, table: str) -> dict[str, tuple[str, str]]:
    """Of each sortable column of a table: where its head leads, and which way the table is sorted by it."""
    head = page.text.partition(f'id="{table}"')[2].partition("</thead>")[0]
    found = re.findall(r'<th [^>]*?(?:aria-sort="(\w+)")?><a href="([^"]*)">([^<]*)</a>', head)
    return {text: (html.unescape(href), way) for way, href, text in found}


def test_a_table_says_which_column_it_is_sorted_by_and_which_way(get: Get) -> None:
    page = get(f"/csto/sessions/{DAY}")
    assert {text: way for text, (_, way) in heads(page, "t-council").items() if way} == {"When": "ascending"}


def test_a_head_sorts_by_its_column_and_then_the_other_way_round(get: Get) -> None:
    page = get(f"/csto/sessions/{DAY}")
    href, _ = heads(page, "t-council")["Host"]
    sorted_page = get("/csto/sessions/" + href)
    hosts = [host for host in column(sorted_page, "t-council", 2) if host != "none"]
    assert hosts == sorted(hosts)
    assert len(set(hosts)) > 3
    again, way = heads(sorted_page, "t-council")["Host"]
    assert way == "ascending"
    turned = [host for host in column(get("/csto/sessions/" + again), "t-council", 2) if host != "none"]
    assert turned == hosts[::-1]


def test_what_is_not_there_comes_last_whichever_way(get: Get) -> None:
    for sort in ("council.host", "-council.host"):
        hosts = column(get(f"/csto/sessions/{DAY}&sort={sort}"), "t-council", 2)
        assert "none" in hosts
        assert "none" not in hosts[: hosts.index("none")]
        assert set(hosts[hosts.index("none") :]) == {"none"}


def test_days_sort_as_days_and_not_as_words(get: Get) -> None:
    whens = column(get(f"/csto/state/RUS/{DAY}&sort=heads.from"), "t-heads", 2)
    years = [int(when[-4:]) for when in whens]
    assert years == sorted(years)
    turned = column(get(f"/csto/state/RUS/{DAY}&sort=-heads.from"), "t-heads", 2)
    assert turned == whens[::-1]


def test_the_strongest_source_comes_first(get: Get) -> None:
    page = get(f"/csto/members/{DAY}&sort=acts.source")
    told = [cell.split()[-2:] for cell in column(page, "t-acts", -1)]
    order = ["official record", "official website", "agency", "named media", "unnamed media", "unattributed"]
    places = [next(i for i, name in enumerate(order) if " ".join(words).endswith(name)) for words in told]
    assert places == sorted(places)
    assert len(set(places)) > 1


def test_members_sort_by_how_they_stand(get: Get) -> None:
    stands = column(get(f"/csto/members/{DAY}&sort=of-organisation"), "t-table", 1)
    members = [stand.startswith("member") for stand in stands]
    assert members == sorted(members, reverse=True)
    assert sum(members) == 6


def test_one_table_of_a_page_is_sorted_and_the_others_stay(get: Get) -> None:
    before, after = get(f"/csto/state/ARM/{DAY}"), get(f"/csto/state/ARM/{DAY}&sort=-came.when")
    assert column(after, "t-came", 0) == column(before, "t-came", 0)[::-1]
    assert column(after, "t-heads", 0) == column(before, "t-heads", 0)


def test_findings_sort_each_by_itself(get: Get) -> None:
    page = get(f"/csto/findings/{DAY}&sort=-default-displaced.chair-of-council.when")
    days = column(page, "t-default-displaced.chair-of-council", 0)
    assert days[0] == "23 Nov 2022"
    assert days[-1] == "6 Oct 2007"


@pytest.mark.parametrize("address", PAGES)
def test_every_head_keeps_both_dates_and_leads_to_its_table_sorted(get: Get, address: str) -> None:
    page = get(f"{address}{DAY}&known=2026-12-01")
    links = re.findall(r'<th role="columnheader"[^>]*><a href="([^"]*)"', page.text)
    for href in (html.unescape(link) for link in links):
        assert query(href)["on"] == ["2022-12-01"]
        assert query(href)["known"] == ["2026-12-01"]
        sorted_page = get(address + href.partition("#")[0])
        assert sorted_page.status == 200, href
        assert html.unescape(href.partition("#")[2]) in sorted_page.anchors
        assert "aria-sort" in sorted_page.text


def test_a_table_of_one_row_offers_no_sorting(get: Get) -> None:
    page = get(f"/tiny/state/ARM/{DAY}")
    assert heads(page, "t-heads") == {}


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "/csto/members/?sort=acts.whn",
            "There is no column here to sort by “acts.whn”. Did you mean “acts.when”?",
        ),
        ("/csto/charter/?sort=when", "There is no column here to sort by “when”."),
        ("/csto/sessions/?sort=-", None),
    ],
)
def test_a_column_that_is_not_there_is_said_to_be_missing(
    get: Get, address: str, sentence: str | None
) -> None:
    page = get(address)
    assert page.status == (200 if sentence is None else 404)
    if sentence is not None:
        assert sentence in page.words
