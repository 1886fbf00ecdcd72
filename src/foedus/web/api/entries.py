"""The register's entries: read, appended to, and the bytes that they name by their hash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Header, Query, Router, Schema
from pydantic import TypeAdapter

from foedus.problems import BadInput, Conflict, NotFound, Problem, enough
from foedus.record.acts import Head as FileHead
from foedus.register.log.scrub import as_kept
from foedus.register.log.tree import leaf_hash
from foedus.register.store import Appended, Register
from foedus.secretariat import AS_APPENDED, News
from foedus.web.api.asking import faults, live_of, resting, rests_on, told
from foedus.web.api.hub import announce
from foedus.web.api.parameters import COUNT, said
from foedus.web.api.reading import Faults, json_body
from foedus.web.api.refusals import Refused, refused
from foedus.web.api.saying import answers, takes
from foedus.web.api.sealing import Sight
from foedus.web.api.visitors import Token, visitor_of
from foedus.web.bounds import LONGEST_BODY
from foedus.web.clients import Client
from foedus.web.gate import Gate
from foedus.written import Kinds, Written, frozen, validate

AT_ONCE, MOST_AT_ONCE, MOST_APPENDED = 100, 1_000, 1_000  # entries
LONGEST_KEY = 120
KEYS = ("recorded", "recorded by", "evidence", "entries", "file")
_HEAD: Kinds[FileHead] = Kinds(TypeAdapter(FileHead), {"": FileHead})
_FILE = re.compile(r"record/[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.yaml", re.ASCII)
_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_KEY = re.compile(r'"?([!#-\[\]-~]{1,120})"?', re.ASCII)
router = Router(auth=Token("ask"), tags=["register"])


class EntriesAsked(Schema):
    """Which entries."""

    first: str | None = said("The first of them, by its number from 0.", COUNT, 0)
    limit: str | None = said(
        f"How many at most; else {AT_ONCE}. There may be fewer.",
        COUNT | {"minimum": 1, "maximum": MOST_AT_ONCE},
        2,
    )


class Appending(Schema):
    """On what condition to append."""

    if_match: str | None = said(
        "The tag of the head that the acts were written against, its size in quotes: 412 where others came first.",
        {"type": "string", "pattern": r'^"[0-9]{1,15}"$'},
        name="If-Match",
    )
    idempotency_key: str | None = said(
        "Names the append: tried again under the same key it is not done again, and answered with the first result.",
        {"type": "string", "pattern": r"^[!#-\[\]-~]{1,120}$"},
        name="Idempotency-Key",
    )


@router.get(
    "/{org}/head",
    operation_id="head",
    summary="How many entries the register has, and the root over them",
    openapi_extra=answers("head"),
)
def head(request: HttpRequest, org: str) -> HttpResponse:
    Faults(request).settle()
    request.META.pop(
        "HTTP_IF_NONE_MATCH", None
    )  # the tag is the size: another root, or signature, would go unseen
    register = live_of(request, org).register
    found = register.head()
    signed = rests_on(register)
    data = {
        "register": register.name,
        "size": found.size,
        "root": found.root.hex(),
        "signed": None if signed is None else {"size": signed.size, "root": signed.root.hex()},
    }
    response = told(request, data, found)
    response["ETag"] = f'"{found.size}"'
    return response


@router.get(
    "/{org}/entries",
    operation_id="entries",
    summary="Entries in order",
    openapi_extra=answers("entries"),
)
def entries(request: HttpRequest, org: str, asked: Query[EntriesAsked]) -> HttpResponse:
    """Sealed entries are opened for who may see them, and withheld from others; their place and hash are the same."""
    wrong = faults(request, asked)
    first = wrong.count("first", asked.first, 0)
    limit = wrong.count("limit", asked.limit, AT_ONCE, MOST_AT_ONCE, 1)
    wrong.settle()
    register = live_of(request, org).register
    found = register.head()
    until = min(first + limit, found.size)
    rows = list(_rows(request, register, first, until))
    following = first + len(rows)
    return told(
        request,
        {
            "first": first,
            "next": following if rows and following < found.size else None,
            "size": found.size,
            "root": found.root.hex(),
            "entries": rows,
        },
        found,
    )


@router.get(
    "/{org}/entries/{index}",
    operation_id="entry",
    summary="One entry",
    openapi_extra=answers("entry"),
)
def entry(request: HttpRequest, org: str, index: str) -> HttpResponse:
    Faults(request).settle()
    register = live_of(request, org).register
    found = register.head()
    at = index_of(index, found.size)
    (row,) = _rows(request, register, at, at + 1)
    return told(request, row, found)


@router.get(
    "/{org}/attachments/{sha256}",
    operation_id="attachment",
    summary="Bytes that an entry names by their hash",
    openapi_extra=answers(None, kind="application/octet-stream", headers=("ETag",), refuses=[410]),
)
def attachment(request: HttpRequest, org: str, sha256: str) -> HttpResponse:
    Faults(request).settle()
    register = live_of(request, org).register
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise NotFound("attachment", sha256, (), "It is named by its SHA-256, 64 hexadecimal digits.")
    content = register.attachment(bytes.fromhex(sha256))
    Sight.of(register).must_see(sha256, visitor_of(request))
    if content is None:
        raise refused(410, "sha256", "These bytes were redacted, as an entry of the register says.")
    response = HttpResponse(content, content_type="application/octet-stream")
    response["ETag"] = f'"{sha256[:32]}"'
    response["Content-Disposition"] = "attachment"
    return resting(request, response, None)


@router.post(
    "/{org}/entries",
    operation_id="append",
    summary="Put acts on record, all or none",
    auth=Token("append"),
    openapi_extra=answers(
        "appended",
        status=201,
        headers=("Location", "Foedus-Head"),
        refuses=[409, 412],
        body=takes(
            {"$ref": "#/components/schemas/acts"},
            about="Acts, as a file of a record writes them. The day is the server's, and “recorded by” the client's: "
            "an act that says another is refused.",
        ),
        anybody=False,
    ),
)
def append(request: HttpRequest, org: str, given: Header[Appending]) -> HttpResponse:
    """What was appended before under the same key is answered with 200 and the first result."""
    Faults(request).settle()
    live, client = live_of(request, org), visitor_of(request).client
    assert client is not None
    news = _news(json_body(request), client)
    key, size = _key(given.idempotency_key), _expected(given.if_match, live.register)
    named = None if key is None else f"{client.name}:{key}"
    try:
        done = live.append(news, key=named, expected_size=size)
    except BadInput as error:
        raise Refused(422, error.problems) from error
    except Conflict as error:
        raise _conflict(error, live.register, named, size) from error
    announce(live.register)
    response = told(request, _appended(done), done.head, 200 if done.again else 201)
    response["Location"] = f"/api/{org}/entries/{done.first}"
    return response


def index_of(text: str, size: int) -> int:
    """The number of an entry of which there are so many. NotFound where there is none of it."""
    if not re.fullmatch(r"0|[1-9][0-9]{0,14}", text, re.ASCII) or int(text) >= size:
        raise NotFound("entry", text, (), f"There are {size}, from 0 on.")
    return int(text)


def _rows(request: HttpRequest, register: Register, first: int, until: int) -> Iterator[dict[str, Any]]:
    """Entries as they are told, as many as are not too long together, and at least one."""
    sight, visitor, length = Sight.of(register), visitor_of(request), 0
    for at, data in enumerate(as_kept(register, first, max(first, until)), first):
        length += len(data)
        if length > LONGEST_BODY and at > first:
            return
        held = json.loads(data)
        yield {"index": at, "hash": leaf_hash(data).hex(), "entry": held} | sight.told(at, held, visitor)


def _key(text: str | None) -> str | None:
    """The key of an append, with or without quotes around it."""
    if text is None:
        return None
    form = _KEY.fullmatch(text.strip())
    if form is None:
        what = f"It should be 1 to {LONGEST_KEY} visible characters, without spaces or quotes within."
        raise refused(400, "Idempotency-Key", what)
    return form[1]


def _expected(text: str | None, register: Register) -> int | None:
    """How many entries there are to be, by the tag of a head; None where that is all one."""
    if text is None or text.strip() == "*":
        return None
    if not text.strip():
        raise refused(412, "If-Match", "It names no head, and so none that is expected.", "Leave it out.")
    sizes = [int(tag) for tag in _TAG.findall(text) if re.fullmatch(r"[0-9]{1,15}", tag, re.ASCII)]
    if not sizes:
        what = f"“{text}” is the tag of no head."
        raise refused(400, "If-Match", what, 'Write the size of the register in quotes, such as "378".')
    return next((size for size in sizes if size == register.head().size), sizes[0])


def _news(body: Any, client: Client) -> News:
    """What is to be put on record, from a file of a record as JSON. Refused where it has not that form."""
    if not isinstance(body, dict) or not isinstance(body.get("entries"), list):
        remedy = f"Its keys are {', '.join(KEYS)}; “entries” is a list of acts."
        raise refused(400, "body", "This is no file of a record.", remedy)
    wrong = [Problem("body", 0, f"The key “{key}” is not known here.") for key in body if key not in KEYS]
    acts = body["entries"]
    wrong += [
        Problem(f"act {at}", 0, "This is no act: it has no keys.", "Write its keys and values.")
        for at, act in enumerate(acts[:MOST_APPENDED], 1)
        if not isinstance(act, dict)
    ]
    file = body.get("file", AS_APPENDED)
    if not isinstance(file, str) or not _FILE.fullmatch(file):
        wrong.append(Problem("file", 0, "It is no file of a record.", "It is written record/NAME.yaml."))
    if not 1 <= len(acts) <= MOST_APPENDED:
        wrong.append(
            Problem("entries", 0, f"There should be 1 to {MOST_APPENDED:,} acts, not {len(acts):,}.")
        )
    shared = {key: body[key] for key in ("recorded", "recorded by", "evidence") if key in body}
    said_of_all = Written("body", frozen({**shared, "entries": ()}), 0)
    validate(_HEAD, said_of_all, said_of_all.data)
    wrong += said_of_all.problems
    if wrong:
        raise Refused(400, enough(wrong))
    gate: Gate = settings.FOEDUS_GATE
    by = client.records_as or client.name
    return News([{**shared, **act} for act in acts], gate.today(), by, file=file, clearance=client.clearance)


def _conflict(error: Conflict, register: Register, key: str | None, size: int | None) -> Refused:
    """A conflict by what it is about: the key, which was used for other acts, or who came first."""
    if key is not None and register.receipt(key) is not None:
        return refused(422, "Idempotency-Key", str(error).replace(f"“{key}”", f"“{key.partition(':')[2]}”"))
    if size is not None:
        return refused(412, "If-Match", str(error))
    return refused(409, "register", str(error))


def _appended(done: Appended) -> dict[str, Any]:
    return {
        "first": done.first,
        "count": done.head.size - done.first,
        "size": done.head.size,
        "root": done.head.root.hex(),
        "again": done.again,
    }
