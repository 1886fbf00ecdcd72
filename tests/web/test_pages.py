"""What the pages say, and that every one of them can be reached and read."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from asgiref.testing import ApplicationCommunicator
from django.test import Client

from foedus.problems import BadInput
from foedus.web import application
from tests.web.conftest import Page, query
from tests.web.kinds import PAGES

Get = Callable[[str], Page]
DAYS = "?on=2022-12-01&known=2026-12-01"
every_page = pytest.mark.parametrize("address", PAGES)


@every_page
def test_every_page_opens_on_any_day_it_is_asked_for(get: Get, address: str) -> None:
    for days in (
        "",
        DAYS,
        "?on=2000-01-01",
        "?on=2031-05-05",
        "?on=0001-01-01",
        "?on=9998-12-31",
        "?on=&known=",
    ):
        page = get(address + days)
        assert page.status == 200, days
        assert page.text.count("<h1") == 1


@every_page
def test_every_page_is_found_or_politely_missing_before_anything_was_known(get: Get, address: str) -> None:
    page = get(address + "?known=0001-01-01")
    recorded = ("/session/", "/state/", "/person/", "/request/", "/decision/")
    assert page.status == (404 if any(kind in address for kind in recorded) else 200)


@every_page
def test_every_page_says_its_two_dates_and_what_it_rests_on(get: Get, address: str) -> None:
    page = get(address + DAYS)
    assert 'name="on" value="2022-12-01"' in page.text
    assert 'name="known" value="2026-12-01"' in page.text
    ends = "23 November 2026" if "council/" in address and "csto" not in address else "31 December 2025"
    assert f"The record runs to {ends}" in page.words
    assert re.search(r"record \d+ entries, root [0-9a-f]{8} · on 2022-12-01 · known 2026-12-01", page.words)


@every_page
def test_every_link_carries_the_two_dates_that_were_asked_for(get: Get, address: str) -> None:
    links = [link for link in get(address + DAYS).links if link.startswith("/")]
    assert links
    for link in links:
        asked = query(link)
        assert {"on", "known"} <= set(asked), link
        assert set(asked) == {"on", "known"} or "/decide/" in link, "ballots stand in the address"
        assert asked["known"] == ["2026-12-01"], link


@every_page
def test_every_page_forbids_scripts_styles_and_strangers(get: Get, address: str) -> None:
    page = get(address)
    policy = page.headers["Content-Security-Policy"]
    for directive in (
        "default-src 'none'", "style-src 'self'", "img-src 'self'", "font-src 'self'",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ):  # fmt: skip
        assert directive in policy
    assert "unsafe" not in policy
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Referrer-Policy"] == "same-origin"


@every_page
def test_headings_descend_one_step_at_a_time(get: Get, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", get(address + DAYS).text)]
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@every_page
def test_no_place_on_a_page_has_the_name_of_another(get: Get, address: str) -> None:
    names = re.findall(r'\sid="([^"]*)"', get(address + DAYS).text)
    assert sorted(names) == sorted(set(names))


def test_every_link_of_every_page_leads_to_a_page_and_to_a_place_on_it(get: Get) -> None:
    pages: dict[str, Page] = {}
    waiting = [("start", f"/{DAYS}")]
    targets: list[tuple[str, str, str]] = []
    while waiting:
        where, link = waiting.pop()
        address, place = urldefrag(link)
        if query(address).get("on") != ["2022-12-01"]:
            continue  # the doors lead to the same page on another day
        if (entry := re.search(r"/register/(\d+)/", address)) and int(entry[1]) % 40:
            continue  # entries of a register lead from each to the next, and their pages are alike
        if address not in pages:
            pages[address] = get(address)
            assert pages[address].status == 200, f"{where} links to {address}"
            own = [address + found if found.startswith("#") else found for found in pages[address].links]
            waiting += [(address, found) for found in own]
        if place:
            targets.append((where, address, unquote(place)))
    assert len(pages) > 60
    lost = {(address, place) for _, address, place in targets if place not in pages[address].anchors}
    assert sorted(lost) == []


def test_an_organisation_without_sessions_has_no_page_for_them_in_its_navigation(get: Get) -> None:
    page = get("/un-security-council/?on=2021-10-15")
    assert "15 parties of the Security Council. All 15 seats of the Security Council are held." in page.words
    assert "President of the Security Council Kenya representative" in page.words
    assert not any("sessions" in link for link in page.links)
    assert any("sessions" in link for link in get("/csto/?on=2021-10-15").links)


def test_a_seat_that_is_the_states_own_names_nobody(get: Get) -> None:
    words = get("/un-security-council/organ/council/?on=1960-01-01").words
    assert "China its representative Why" in words
    assert "The seat of China was represented by the Republic of China." in words
    assert "5 permanent, 6 elected: the representative" in words


def test_of_a_long_line_three_years_are_shown_around_the_day(get: Get) -> None:
    words = get("/un-security-council/office/president/?on=1984-08-20").words
    assert (
        "Held by the members of the Security Council in turn, in the order of their names in English" in words
    )
    assert "those of 1983 to 1985" in words
    assert "Who held it, 1983 to 1985" in words
    assert "1 Aug 1984 1 Sep 1984 certain Burkina Faso" in words
    assert "1 Jan 1986" in words  # where the last stretch shown ends
    assert "1 Feb 1986" not in words


def test_turns_on_record_are_shown_under_their_rule(get: Get) -> None:
    words = get("/un-security-council/article/rules/18/").words
    assert "Rule 18. Whose turn it is" in words
    assert "17 Dec 1946 United States by decision" in words


def test_in_the_stretch_of_doubt_both_chairmen_stand_side_by_side(get: Get) -> None:
    for address in ("/csto/", "/csto/office/chairman/"):
        page = get(f"{address}?on=2022-12-01")
        assert "Nikol Pashinyan" in page.words
        assert "Alexander Lukashenko" in page.words
        assert "uncertain from 23 Nov 2022 until 1 Jan 2023" in page.words
        assert "if the hand-over to Belarus took effect" in page.words


def test_before_its_rule_an_office_is_not_in_force_and_no_state_is_listed_for_nothing(get: Get) -> None:
    words = get("/csto/?on=1995-01-01").words
    assert "No rule in force not in force until 18 Sep 2003" in words
    assert "Other states on record" not in words
    assert "Other states on record Uzbekistan" in get("/csto/?on=2022-12-01").words


def test_an_uncertain_answer_says_what_would_settle_it(get: Get) -> None:
    page = get("/csto/office/chairman/?on=2022-12-01")
    assert (
        "the day, from 23 November 2022 to 1 January 2023, on which the hand-over took effect" in page.words
    )
    page = get("/csto/office/chairman/?on=2017-05-01")
    assert "a source on whether the session of 26 December 2016 was" in page.words


def test_a_certain_answer_names_one(get: Get) -> None:
    page = get("/csto/?on=2023-02-01")
    assert "certain from 1 Jan 2023 until" in page.words
    assert "authority: presumed" in page.words


def test_after_the_record_nothing_is_known(get: Get) -> None:
    page = get("/csto/?on=2026-02-01")
    assert "of any day after it nothing is known" in page.words
    assert "so far as the record goes" in page.words


def test_a_page_asked_for_no_day_says_at_which_day_it_stands(get: Get) -> None:
    assert "The record runs to 31 December 2025; no other day was asked for" in get("/csto/").words


def test_before_an_entry_was_recorded_it_is_not_known(get: Get) -> None:
    assert get("/csto/session/2022-11-23/yerevan/?known=2020-01-01").status == 404


def test_the_session_at_yerevan_says_who_chaired_and_who_came(get: Get) -> None:
    words = get("/csto/session/2022-11-23/yerevan/").words
    assert "just before it, on 22 November 2022 Nikol Pashinyan Armenia, prime minister" in words
    assert "6 present of 6 seats" in words
    assert "the answer agrees" in words


def test_the_session_at_yerevan_says_what_failed_and_who_said_what_by_which_way(get: Get) -> None:
    page = get("/csto/session/2022-11-23/yerevan/")
    assert "not adopted" in page.words
    assert "stopped by Armenia" in page.words
    assert "Tajik president's official website" in page.words
    assert "direct quote" in page.words
    assert '<span class="mode">silent</span>' in page.text
    assert "how the other delegations stood" in page.words


def test_the_hand_over_at_yerevan_sets_its_accounts_side_by_side(get: Get) -> None:
    words = get("/csto/session/2022-11-23/yerevan/").words
    assert "some day from 23 Nov 2022 to 1 Jan 2023" in words
    assert "Armenia's presidency ends on the day of the session" in words
    assert "Belarus takes over and will chair in 2023" in words


def test_an_article_prints_its_rules_under_the_keys_they_are_written_with(get: Get) -> None:
    page = get("/csto/article/charter/13/?on=2022-12-01")
    assert "term: {opened by: session, where: {organ: council, type: regular}}" in page.words
    assert "while pending: outgoing continues" in page.words
    assert 'class="rule past"' in page.text
    assert "Untranslated: printed and cited, never evaluated." in page.words


def test_an_article_shows_the_acts_that_fell_under_it_or_says_that_none_did(get: Get) -> None:
    assert "Yerevan" in get("/csto/article/charter/13/").words
    assert "Imangali Tasmagambetov" in get("/csto/article/charter/18/").words
    assert "Nothing on record fell under this article" in get("/csto/article/treaty/4/").words


def test_an_article_holds_no_markup_of_its_own_making(get: Get) -> None:
    text = get("/csto/article/charter/13/").text
    reading = text.partition('<div class="read prose">')[2].partition("</div>")[0]
    assert reading.count("<p>") > 3
    assert "<h" not in reading


def test_the_findings_name_article_day_and_entries(get: Get) -> None:
    words = get("/csto/findings/").words
    assert "breach" in words
    assert "Charter, Article 13" in words
    assert "8 Nov 2018" in words
    assert "2018-11-08/astana" in words


def test_what_is_recalled_has_no_stroke(get: Get) -> None:
    page = get("/tiny/session/second/")
    assert '#m-t0"/></svg>recalled' in page.text


def test_several_organisations_are_listed_a_line_each(get: Get) -> None:
    page = get("/?on=2022-12-01")
    assert "Collective Security Treaty Organization" in page.words
    assert "Tiny League" in page.words
    assert "/tiny/?on=2022-12-01" in page.links


@pytest.mark.usefixtures("only_csto")
def test_a_single_organisation_is_led_to_at_once(client: Client) -> None:
    response = client.get("/?on=2022-12-01")
    assert response.status_code == 302
    assert response.headers["Location"] == "/csto/?on=2022-12-01"


def test_native_names_carry_their_language(get: Get) -> None:
    text = get("/csto/").text
    assert '<span lang="ru">ОДКБ</span>' in text
    assert '<html lang="en">' in text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/csto/office/chairmann/", "There is no office of csto “chairmann”. Did you mean “chairman”?"),
        ("/csto/organ/counci/", "There is no organ of csto “counci”. Did you mean “council”?"),
        (
            "/csto/session/2022-11-23/yerevn/",
            "There is no session of csto “2022-11-23/yerevn”. Did you mean “2022-11-23/yerevan”?",
        ),
        ("/csto/session/2022-11-23/handover/", "There is no session of csto “2022-11-23/handover”."),
        ("/csto/article/charter/99/", "There is no article of the Charter “99”."),
        ("/csto/article/chartr/13/", "There is no instrument of csto “chartr”. Did you mean “charter”?"),
        ("/cst/", "There is no organisation here “cst”. Did you mean “csto”?"),
        ("/csto/nothing/at/all", "There is no page at “/csto/nothing/at/all”."),
        ("/static/style.css", "There is no file “style.css”."),
    ],
)
def test_what_does_not_exist_is_not_found_and_the_nearest_name_is_said(
    get: Get, address: str, sentence: str
) -> None:
    page = get(address)
    assert page.status == 404
    assert sentence in page.words


@pytest.mark.parametrize(
    ("days", "sentences"),
    [
        ("on=soon", ["“soon” is no day. Write it as YYYY-MM-DD."]),
        ("on=2022-13-01", ["“2022-13-01” is no day of the calendar."]),
        ("known=2022-02-30", ["“2022-02-30” is no day of the calendar."]),
        ("on=2022-11", ["“2022-11” is not one day. Write it as YYYY-MM-DD."]),
        ("on=x&known=y", ["“x” is no day.", "“y” is no day."]),
        ("on=<script>", ["“<script>” is no day."]),
    ],
)
@pytest.mark.parametrize("address", ["/", "/csto/", "/csto/office/chairman/", "/csto/findings/"])
def test_a_malformed_date_cannot_be_asked_and_every_fault_is_said(
    get: Get, address: str, days: str, sentences: list[str]
) -> None:
    page = get(f"{address}?{days}")
    assert page.status == 400
    for sentence in sentences:
        assert sentence in page.words
    assert "<script>" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_pages_are_only_read(client: Client, method: str) -> None:
    for address in ("/csto/", "/nowhere/"):
        response = client.generic(method, address)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD"


def test_the_head_of_a_page_has_no_body(client: Client) -> None:
    response = client.head("/csto/")
    assert response.status_code == 200
    assert response.content == b""


def test_a_fault_of_ours_is_a_page_and_no_traceback(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_visit: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("foedus.web.views.findings_page", broken)
    page = get("/csto/findings/")
    assert page.status == 500
    assert "Foedus failed to make this page." in page.words
    assert "secret" not in page.text
    assert "Traceback" not in page.text


def test_when_not_even_the_page_for_faults_can_be_made_a_sentence_is_left(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("secret")

    monkeypatch.setattr("foedus.web.views.findings_page", broken)
    monkeypatch.setattr("foedus.web.errors.render_to_string", broken)
    page = get("/csto/findings/")
    assert page.status == 500
    assert page.text.startswith("Foedus failed to make this page.")


def test_a_host_that_is_not_served_is_refused(client: Client) -> None:
    assert client.get("/csto/", headers={"host": "elsewhere.example"}).status_code == 400


def test_the_style_sheet_is_kept_for_ever_under_a_name_that_changes_with_it(get: Get) -> None:
    address = get("/csto/").text.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    style = get(address)
    assert style.status == 200
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["Cache-Control"]
    assert "http" not in style.text.replace("https://", "http://").partition("url(")[2]


def test_a_page_asked_for_again_unchanged_is_not_sent_again(client: Client) -> None:
    first = client.get("/csto/")
    again = client.get("/csto/", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_what_cannot_be_opened_is_refused_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no organisation or folder “no-such-organisation”"):
        application(["no-such-organisation"])
    with pytest.raises(BadInput):
        application(["csto", str(tmp_path)])


def test_importing_the_web_face_does_not_import_django() -> None:
    told = "import sys, foedus.web; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


def test_the_application_answers_over_asgi(made: Callable[..., object]) -> None:
    async def ask() -> int:
        scope = {
            "type": "http", "method": "GET", "path": "/csto/", "query_string": b"on=2022-12-01", "http_version": "1.1",
            "headers": [(b"host", b"localhost")], "server": ("localhost", 80), "client": ("127.0.0.1", 1), "scheme": "http",
        }  # fmt: skip
        talk: Any = ApplicationCommunicator(made, scope)  # type: ignore[no-untyped-call]
        await talk.send_input({"type": "http.request", "body": b""})
        start = await talk.receive_output(timeout=10)
        await talk.receive_output(timeout=10)
        await talk.wait(timeout=10)
        return int(start["status"])

    assert asyncio.run(ask()) == 200


def test_a_session_online_is_headed_so(get: Get) -> None:
    text = get("/csto/session/2022-09-13/online/").text
    assert '<h1>Online, <span class="nb">13 September 2022</span></h1>' in text


def test_a_rule_stands_as_a_sentence_above_its_lines(get: Get) -> None:
    rule = get("/csto/article/charter/13/?on=2022-12-01").text.partition('id="council-seats"')[2]
    sentence, _, lines = rule.partition("<pre")
    assert (
        "filled by its head of state, or by its head of government where national law empowers it" in sentence
    )
    assert "council-seats" in lines.partition("</pre>")[0]


def test_the_overview_has_the_requests_made_by_its_day(get: Get) -> None:
    assert "Military help after an Azerbaijani attack" in get("/csto/?on=2022-09-13").words
    assert "Military help after an Azerbaijani attack" not in get("/csto/?on=2022-09-12").words


def test_a_column_that_nothing_stands_in_is_left_out(get: Get) -> None:
    assert ">Authority</a>" in get("/csto/office/chairman/").text
    assert ">Authority</a>" not in get("/csto/office/secretary-general/").text


def test_a_state_on_which_the_record_says_nothing_is_named_beside_the_count_of_parties(
    get: Get,
) -> None:
    words = get("/csto/members/?on=2010-01-01").words
    assert "Six parties of the Treaty; whether Uzbekistan was one is not in the record." in words
    assert "Seven members of the CSTO." in words
