"""Pages of an organisation that is kept in a register: what is put on record shows, and a page can be kept as it was."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from foedus.problems import BadInput
from foedus.register.address import open_register
from foedus.secretariat import Live, News
from foedus.web import application
from tests.folders import folder
from tests.register.backends import backend
from tests.web.conftest import Page

Get = Callable[[str], Page]
SAID = {
    "id": "told", "kind": "statement", "by": {"state": "ARM"}, "says": "a thing nobody said before",
    "on": "2005-01-01", "evidence": [{"source": "page"}],
}  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql-18"])
def database(request: pytest.FixtureRequest, tmp_path: Path, league: Path) -> Iterator[str]:
    """A database from which an organisation is served for as long as a test lasts."""
    with backend(request.param, tmp_path) as place:
        application([str(folder(tmp_path / "folder"))], database=place.place)
        yield place.place
    application(["csto", "un-security-council", str(league)])


def tell(database: str) -> None:
    """Puts a statement on record, from outside the server."""
    with open_register(database) as register:
        Live(register).append(News([SAID], date(2026, 11, 25), "the desk"))


def test_what_another_process_puts_on_record_shows_on_the_next_page(database: str, get: Get) -> None:
    assert "told" not in get("/tiny/record/").text
    tell(database)
    assert "told" in get("/tiny/record/").text


def test_a_page_says_which_register_it_rests_on_and_leads_to_itself_as_of_then(
    database: str, get: Get
) -> None:
    with open_register(database) as register:
        head = register.head()
    page = get("/tiny/record/")
    assert f"register tiny · {head.size} entries, root {head.root.hex()[:8]}" in page.text
    tell(database)
    then = html.unescape(re.search(r'href="([^"]*)">this page as of then', page.text)[1])  # type: ignore[index]
    kept = get(then)
    assert kept.status == 200
    assert "told" not in kept.text
    assert f"{head.size}@{head.root.hex()}" in kept.text


def test_links_of_a_page_as_of_then_stay_there(database: str, get: Get) -> None:
    page = get("/tiny/?known=5%40")
    links = re.findall(r'<a href="(/tiny/members/[^"]*)"', page.text)
    assert links
    assert all("known=5%40" in link for link in links)


def test_a_root_the_register_never_had_gets_no_page(database: str, get: Get) -> None:
    page = get("/tiny/?known=5%40ffffffff")
    assert page.status == 409
    assert "has another root at 5 entries" in page.text


def test_what_is_no_checkpoint_is_refused(database: str, get: Get) -> None:
    page = get("/tiny/?known=5%40zz&on=never")
    assert page.status == 400
    assert "is no checkpoint" in page.text
    assert "is no day" in page.text


def test_a_folder_that_says_something_else_is_not_served(database: str, tmp_path: Path) -> None:
    acts = tmp_path / "folder" / "record" / "acts.yaml"
    acts.write_text(acts.read_text("utf-8").replace("says: ", "says: not "), "utf-8")
    with pytest.raises(BadInput, match="begin another register"):
        application([str(tmp_path / "folder")], database=database)


def test_a_register_is_served_by_its_name_without_its_folder(database: str, get: Get) -> None:
    application(["tiny"], database=database)
    assert get("/tiny/").status == 200


@pytest.mark.parametrize("name", ["api", "static"])
def test_an_organisation_with_an_address_of_ours_is_not_served(tmp_path: Path, name: str) -> None:
    made = folder(tmp_path)
    head = made / "organisation.yaml"
    head.write_text(head.read_text("utf-8").replace("id: tiny", f"id: {name}"), "utf-8")
    with pytest.raises(BadInput, match=f"“{name}” is an address of Foedus's own"):
        application([str(made)])
