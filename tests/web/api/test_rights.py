"""Who may do and see what, on every path: anybody, each scope, each clearance. The paths are the document's, so that a new
one is found here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from tools import openapi

from foedus.record.seen import LADDER, may_see
from foedus.register.envelope import SealedEnvelope, kept
from tests.web.api.conftest import MADE, Answer, Server, act, served

DOCUMENT: dict[str, Any] = json.loads(openapi.SERVED.read_text("utf-8"))
OPERATIONS = {
    operation["operationId"]: (method.upper(), path)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}
NEEDS = {
    "append": "append",
    "cosign": "cosign",
}  # the scope that an operation needs; all others: ask, and anybody may
WHO = {
    "anybody": (None, {"ask"}),
    "asker": ("asker", {"ask"}),
    "scribe": ("scribe", {"ask", "append"}),
    "writer": ("writer", {"append"}),
    "witness": ("witness", {"cosign"}),
    "anything": ("anything", {"ask", "append", "cosign"}),
}
SEALED = tuple(each for each in LADDER if each != "public")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The league with an act of each classification on record, each of a word that stands nowhere else."""
    with served(tmp_path_factory.mktemp("league")) as made:
        made.gate.limits._clock = iter(range(0, 10**9, 60)).__next__
        for each in SEALED:
            body = {"entries": [act(f"told-{each}", classification=each, says=f"the word is {word(each)}")]}
            answer = made.post("entries", body, by="anything")
            assert answer.status == 201, answer.body
        made.sign()
        yield made


def word(classification: str) -> str:
    return f"wort{classification[::-1]}"


def asked(server: Server, operation: str, by: str | None) -> Answer:
    """An operation with what it takes, as far as it takes something."""
    method, path = OPERATIONS[operation]
    named = {"org": "tiny", "question": "ARM", "index": "0", "sha256": a_text(server)}
    address = re.sub(r"{(\w+)}", lambda match: named[match[1]], path)
    if operation == "events":
        address += "?first=99999"  # beyond the end, where a stream would not end
    kind = "text/plain" if operation == "cosign" else "application/json"
    return server.ask(method, address, by=by, text=b"{}" if method == "POST" else None, kind=kind)


def a_text(server: Server) -> str:
    rows = server.get("entries", by="anything").data["entries"]
    return next(str(row["entry"]["sha256"]) for row in rows if row["entry"]["holds"] == "text")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_one_may_do_what_ones_scopes_say_and_nothing_else(server: Server, operation: str, who: str) -> None:
    by, may = WHO[who]
    status = asked(server, operation, by).status
    if NEEDS.get(operation, "ask") in may:
        assert status not in {401, 403}
    else:
        assert status == (401 if by is None else 403)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_client_of_another_organisation_may_do_nothing_in_this_one(server: Server, operation: str) -> None:
    assert asked(server, operation, "stranger").status == 403


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_token_that_is_nobodys_opens_nothing(server: Server, operation: str) -> None:
    server.tokens["forged"] = server.tokens["anything"][:-1] + "_"
    assert asked(server, operation, "forged").status == 401


def test_no_operation_needs_less_than_the_document_says() -> None:
    for method, path in OPERATIONS.values():
        operation = DOCUMENT["paths"][path][method.lower()]
        assert ({} in operation["security"]) == (operation["operationId"] not in NEEDS)


# -- what one may see

READING = [name for name, (method, _) in OPERATIONS.items() if method == "GET" and name != "events"]
SEEING: dict[str, str | None] = {"public": None, **{each: f"sees-{each}" for each in SEALED}}


def seen_of(server: Server, operation: str, by: str | None) -> str:
    """Everything that an operation shows somebody, whatever it is asked about."""
    _, path = OPERATIONS[operation]
    size = server.size
    hashes = [
        sealed.sha256
        for at, entry in enumerate(server.live.register.read())
        if isinstance(sealed := kept(entry, str(at)), SealedEnvelope)
    ]
    named: dict[str, list[str]] = {
        "org": ["tiny"],
        "question": ["ARM", "council", "chairman", "organisation/ARM"],
        "index": [str(at) for at in range(size)],
        "sha256": hashes,
    }
    addresses = [path]
    for name in re.findall(r"{(\w+)}", path):
        addresses = [each.replace(f"{{{name}}}", value) for each in addresses for value in named[name]]
    return "".join(server.get(each, by=by).body.decode("utf-8", "replace") for each in addresses)


@pytest.mark.parametrize("clearance", LADDER)
@pytest.mark.parametrize("operation", READING)
def test_nothing_above_ones_clearance_is_seen_anywhere(
    server: Server, operation: str, clearance: Any
) -> None:
    text = seen_of(server, operation, SEEING[clearance])
    for each in SEALED:
        if not may_see(clearance, each):
            assert word(each) not in text
            assert f"told-{each}" not in text


@pytest.mark.parametrize("clearance", LADDER)
def test_whatever_ones_clearance_reaches_is_opened_and_the_rest_is_said_to_be_withheld(
    server: Server, clearance: Any
) -> None:
    rows = server.get("entries", by=SEEING[clearance]).data["entries"]
    sealed = {row["entry"]["classification"]: row for row in rows if row["entry"]["holds"] == "sealed"}
    assert sealed.keys() == set(SEALED)
    for each, row in sealed.items():
        attachment = server.get(f"attachments/{row['entry']['sha256']}", by=SEEING[clearance])
        if may_see(clearance, each):
            assert row["seal"] == "opened"
            assert word(each) in row["opened"]["act"]["says"]
            assert sha256(attachment.body).hexdigest() == row["entry"]["sha256"]
        else:
            assert (row["seal"], "opened" in row) == ("withheld", False)
            assert attachment.status == (401 if clearance == "public" else 403)


def test_the_tree_is_the_same_for_all(server: Server) -> None:
    pages = [server.get("entries", by=by).data for by in SEEING.values()]
    assert len({page["root"] for page in pages}) == 1
    assert len({tuple(row["hash"] for row in page["entries"]) for page in pages}) == 1


def test_who_appends_is_told_of_what_it_may_not_see_as_of_what_is_not_there(server: Server) -> None:
    def refusal(name: str) -> str:
        answer = server.post("entries", {"entries": [act("repairs", corrects=name)]}, by="scribe")
        assert answer.status == 422, answer.body
        return answer.body.decode().replace(name, "NAME")

    assert refusal("told-secret") == refusal("told-nothing")
    assert "“told-secret”" not in refusal("told-secre")


def test_of_an_act_that_was_redacted_the_text_is_gone_for_all(server: Server) -> None:
    from foedus.secretariat.sealing import redact_act  # noqa: PLC0415

    first = server.post("entries", {"entries": [act("gone", classification="secret")]}, by="anything").data[
        "first"
    ]
    digest = server.get(f"entries/{first}", by="anything").data["entry"]["sha256"]
    redact_act(server.live.register, "gone", by="the secretariat", why="a mistake", on=MADE)
    row = server.get(f"entries/{first}", by="anything").data
    assert (row["seal"], "opened" in row) == ("redacted", False)
    assert server.get(f"attachments/{digest}", by="anything").status == 410
    assert server.get(f"attachments/{digest}").status == 401
