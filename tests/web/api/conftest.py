"""A small league on a register of its own, served to clients of every kind; asked in this process, or over a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from foedus.register.log.keys import KINDS, Keyring
from foedus.register.log.policies import put
from foedus.register.log.signing import sign_checkpoint
from foedus.web import application
from foedus.web.clients import Clients
from foedus.web.gate import Gate
from tests.folders import folder

if TYPE_CHECKING:
    from django.core.handlers.asgi import ASGIHandler

    from foedus.secretariat import Live

MADE = date(2025, 1, 1)
NOW = 1_700_000_000  # seconds since 1970, when checkpoints are signed here
ORIGIN = "example.org/tiny"
GENEROUS = 1_000_000  # requests a minute, so that tests of other things meet no limit


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @cached_property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def what(self) -> list[tuple[str, str]]:
        """Where each fault is, and its first word and last: enough to know it by."""
        return [(row["where"], row["what"]) for row in self.data["problems"]]


@dataclass
class Server:
    """The league as it is served: its application, its clients' tokens by name, its keys."""

    folder: Path
    app: ASGIHandler
    gate: Gate
    keys: Keyring
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def live(self) -> Live:
        found: Live = settings.FOEDUS.live("tiny")
        return found

    @property
    def size(self) -> int:
        return self.live.register.head().size

    def sign(self) -> str:
        return sign_checkpoint(self.live.register, self.keys, "log", NOW)

    def demand(self) -> str:
        """A policy on record, by which a delegation's cosignature counts; and the checkpoint it holds for."""
        self.sign()
        log, arm = self.keys.public("log")[0], self.keys.public("ARM")[0]
        put(self.live.register, f"log {log}\nwitness ARM {arm}\nquorum ARM\n")
        return self.sign()

    def ask(
        self,
        method: str,
        path: str,
        *,
        by: str | None = None,
        json_: Any = None,
        text: str | bytes | None = None,
        kind: str = "application/json",
        **headers: str,
    ) -> Answer:
        """A request in this process; `by`: the client whose token it bears."""
        from django.test import Client as Browser  # noqa: PLC0415 - once Django is configured

        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if by is not None:
            sent["Authorization"] = f"Bearer {self.tokens[by]}"
        body = json.dumps(json_) if json_ is not None else text if text is not None else ""
        response = Browser(raise_request_exception=False).generic(
            method, path if path.startswith("/") else f"/api/tiny/{path}", body, kind, headers=sent
        )
        return Answer(response.status_code, dict(response.headers), response.content)

    def get(self, path: str, *, by: str | None = None, **headers: str) -> Answer:
        return self.ask("GET", path, by=by, **headers)

    def post(self, path: str, json_: Any, *, by: str | None = None, **headers: str) -> Answer:
        return self.ask("POST", path, by=by, json_=json_, **headers)


def act(name: str, **more: Any) -> dict[str, Any]:
    """An act as it is sent."""
    said = {
        "kind": "statement",
        "by": {"state": "ARM"},
        "says": f"{name} was said",
        "evidence": [{"source": "page"}],
    }
    return {"id": name, **said, **more}


def acts(*names: str, **more: Any) -> dict[str, Any]:
    """A body of such acts."""
    return {"entries": [act(name, **more) for name in names]}


CLIENTS: dict[str, dict[str, Any]] = {
    "asker": {"may": ("ask",)},
    "scribe": {"may": ("ask", "append"), "records_as": "the desk"},
    "writer": {"may": ("append",), "records_as": "the other desk"},
    "witness": {"may": ("cosign",)},
    "anything": {"may": ("ask", "append", "cosign"), "records_as": "the secretariat", "clearance": "secret"},
    "stranger": {
        "may": ("ask", "append", "cosign"),
        "records_as": "a stranger",
        "organisations": ("elsewhere",),
    },
    **{
        f"sees-{each}": {"may": ("ask",), "clearance": each}
        for each in ("restricted", "confidential", "secret")
    },
}


@contextmanager
def served(where: Path, *more: str) -> Iterator[Server]:
    """The league, and more organisations, served for as long as this lasts; what was served before is served again thereafter."""
    before = (
        {name: getattr(settings, name, None) for name in ("FOEDUS", "FOEDUS_GATE")}
        if settings.configured
        else {}
    )
    keys = Keyring(where / "keys")
    keys.make("log", ORIGIN)
    keys.make("ARM", "example.org/ARM", KINDS["cosignature"])
    gate = Gate(Clients(where / "clients.json"))
    made = application([str(folder(where / "league")), *more], database=str(where / "league.db"), gate=gate)
    server = Server(where, made, gate, keys)
    for name, rights in CLIENTS.items():
        server.tokens[name] = gate.clients.add(name, MADE, a_minute=GENEROUS, **rights)
    try:
        yield server
    finally:
        for name, value in before.items():
            setattr(settings, name, value)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with served(tmp_path) as made:
        yield made
