"""The application over the bundled organisations and a small league, and a client that asks it for pages."""

from __future__ import annotations

import html
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest
import uvicorn

from foedus.web import application
from foedus.web.bounds import bounded
from foedus.web.punctual import Punctual
from tests.conftest import CHROMIUM
from tests.folders import acts, folder
from tests.web.signed import SEALED, signed

if TYPE_CHECKING:
    from django.core.handlers.asgi import ASGIHandler
    from django.test import Client
    from playwright.sync_api import Browser

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
TINY = acts(
    "id: second, kind: session, organ: council, type: {one of: [regular, informal]}, on: 2003-01-01, host: ARM, "
    "evidence: [{known: recalled}]",
    "id: takes-office, kind: appointment, office: secretary-general, person: B, from: 2004-01-01, at: second, "
    "evidence: [{source: page, mode: hedged}]",
    *SEALED,
)


@dataclass(frozen=True)
class Page:
    """What came back: its status, its headers and its text."""

    address: str
    status: int
    headers: dict[str, str]
    text: str

    @cached_property
    def words(self) -> str:
        """The text a reader sees: no tags, no runs of spaces, none before a comma."""
        words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.text)).split())
        return words.replace(" ,", ",")

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Every link to a page of ours, in order."""
        found = (html.unescape(link) for link in re.findall(r'<a [^>]*href="([^"]*)"', self.text))
        return tuple(link for link in found if link.startswith(("/", "#")))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Every place on the page that a link can lead to."""
        return frozenset(html.unescape(name) for name in re.findall(r'\sid="([^"]*)"', self.text))


def query(link: str) -> dict[str, list[str]]:
    """The question in an address."""
    return parse_qs(urlsplit(urldefrag(link).url).query)


@pytest.fixture(scope="session")
def league(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register that the small league is served from."""
    where = tmp_path_factory.mktemp("league")
    return signed(folder(where / "folder", TINY), where)


@pytest.fixture(scope="session")
def made(league: Path) -> ASGIHandler:
    return application(["csto", "un-security-council", str(league)])


@pytest.fixture
def client(made: ASGIHandler) -> Client:
    from django.test import Client  # noqa: PLC0415 - once Django is configured

    return Client(raise_request_exception=False)


@pytest.fixture
def get(client: Client) -> Callable[[str], Page]:
    """Asks for a page."""

    def ask(address: str) -> Page:
        response = client.get(address)
        return Page(address, response.status_code, dict(response.headers), response.content.decode())

    return ask


@pytest.fixture
def only_csto(league: Path) -> Iterator[None]:
    """For as long as a test lasts, one organisation is served."""
    application(["csto"])
    yield
    application(["csto", "un-security-council", str(league)])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    if CHROMIUM is None:
        assert not os.environ.get("FOEDUS_DEMAND_BROWSER"), "a browser is demanded, and no Chromium was found"
        pytest.skip("LEFT OUT: no Chromium was found")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield made
        made.close()


@pytest.fixture(scope="module")
def address(made: ASGIHandler) -> Iterator[str]:
    """Where the application is served, for as long as these tests last."""
    with listening(made) as where:
        yield where


@contextmanager
def listening(app: ASGIHandler) -> Iterator[str]:
    """Where an application is served over a socket, for as long as this lasts."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    config = uvicorn.Config(
        bounded(app), port=port, http=Punctual, log_level="warning", lifespan="off", ws="none"
    )
    config.timeout_graceful_shutdown = 1
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not running.started and time.monotonic() < deadline:
        time.sleep(0.01)
    assert running.started
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(timeout=10)
