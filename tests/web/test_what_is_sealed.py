"""Pages for everybody tell nothing of what not everybody may see, and say that there is something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foedus.record.seen import LADDER
from foedus.web import application
from tests import sealed
from tests.sealed import WORDS
from tests.web.conftest import Page

Get = Callable[[str], Page]
FIRST = ("/tiny/", "/tiny/?on=2014-06-15", "/tiny/search/?q=boats", "/tiny/search/?q=secretary")
NOTICE = (
    f'<p class="notice">{3 * len(sealed.acts("secret"))} entries are under seal for whoever asks here; '
    "with them the answer might be another.</p>"
)


@pytest.fixture
def served(tmp_path: Path, league: Path) -> Iterator[None]:
    """The league with classified acts, served for as long as a test lasts."""
    application([str(sealed.league_folder(tmp_path / "folder"))])
    yield
    application(["csto", "un-security-council", str(league)])


@pytest.mark.usefixtures("served")
def test_no_page_that_links_lead_to_tells_anything_of_what_is_under_seal(get: Get) -> None:
    told: dict[str, str] = {}
    left = list(FIRST)
    while left and len(told) < 150:
        page = get(left.pop(0).partition("#")[0])
        if page.address not in told and page.status == 200:
            told[page.address] = page.text
            left += [link for link in page.links if link.startswith("/tiny/")]
    assert len(told) > 30
    assert [address for address, text in told.items() if WORDS["public"] in text]
    for address, text in told.items():
        assert not [c for c in LADDER[1:] if WORDS[c].lower() in text.lower()], address
        assert NOTICE in text, address


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("page", ["session/{}/session", "request/{}/request", "person/di-{}"])
def test_the_page_of_an_act_under_seal_is_not_there(get: Get, page: str) -> None:
    for clearance in LADDER:
        word = WORDS[clearance].lower() if "person" in page else WORDS[clearance]
        assert get(f"/tiny/{page.format(word)}/").status == (200 if clearance == "public" else 404)


def test_a_page_of_what_hides_nothing_says_nothing_of_seals(get: Get) -> None:
    assert "under seal" not in get("/csto/").text
