"""The OpenAPI document of the programming interface: what django-ninja knows of each operation, the published schemas
that it answers with, how it refuses, and an example, the one of the guide where there is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from foedus.web.settings import configure

Json = dict[str, Any]
ROOT = Path(__file__).parent.parent
SERVED = ROOT / "src" / "foedus" / "web" / "api" / "openapi.json"  # schemas/openapi.json leads to it
ANSWERS = ("who", "timeline", "check", "duties", "decide", "power")
PROBLEM = "problem"
_LOCAL = "#/$defs/"
_SHARED = "#/components/schemas/"
_WORD = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\x00-\x1f\x7f]+$"}
_DIGITS = {"type": "integer", "minimum": 0, "maximum": 10**15 - 1}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_WITHIN: Mapping[str, tuple[str, Json, Any]] = {
    "org": ("The id of an organisation that is served here.", _WORD, "csto"),
    "question": (
        "An office, an organ, a membership or a state, by its name; `treaty/UZB` is a state in one.",
        _WORD,
        "chairman",
    ),
    "index": ("The number of an entry, from 0.", _DIGITS, 0),
    "sha256": ("The SHA-256 of the bytes, hexadecimal.", _SHA256, None),
}
_HEADERS: Mapping[str, tuple[str, Json]] = {
    "ETag": (
        "A tag of what the answer says; for the register's head and its entries, its size.",
        {"type": "string"},
    ),
    "Foedus-Head": (
        "The register it rests on, as a dictionary of RFC 9651: size, and root in base64; absent of a folder.",
        {"type": "string", "pattern": r"^size=\d+, root=:[A-Za-z0-9+/]{43}=:$"},
    ),
    "Location": ("Where the first of the new entries is.", {"type": "string", "format": "uri-reference"}),
    "RateLimit": (
        "What is left: requests (r), and in how many seconds all are there again (t).",
        {"type": "string"},
    ),
    "RateLimit-Policy": ("How many requests are allowed (q) in how many seconds (w).", {"type": "string"}),
    "Retry-After": ("In how many seconds to ask again.", {"type": "integer", "minimum": 1}),
    "WWW-Authenticate": ("How to say who asks (RFC 6750).", {"type": "string"}),
}
_LEFT = ("RateLimit", "RateLimit-Policy")
_ON_REFUSAL = {401: ("WWW-Authenticate",), 403: (), 404: (), 429: ("Retry-After",), 503: ("Retry-After",)}
_MEANS = {
    400: "The request is malformed; every fault is told.",
    401: "A token is needed, or this one is nobody's.",
    403: "The client may not do this.",
    404: "There is nothing of that name; the nearest is told.",
    409: "It does not go with what the register holds.",
    410: "It was redacted.",
    412: "Others appended in between: read their entries first.",
    413: "More was sent than is read at once.",
    415: "The body is of another type.",
    422: "It was understood, and what it says is refused; every fault is told.",
    429: "Too many requests; `Retry-After` says when.",
    500: "A fault of the server's.",
    503: "What the server needs does not answer; `Retry-After` says when to ask again.",
}


def document() -> Json:
    """The whole document."""
    configure([])
    from foedus.web.api.api import made  # noqa: PLC0415 - once Django is configured
    from foedus.web.api.saying import MARK  # noqa: PLC0415

    found: Json = json.loads(json.dumps(made().get_openapi_schema(path_prefix="api/")))
    found["servers"] = [{"url": "/", "description": "Where this document was found."}]
    for operations in found["paths"].values():
        for operation in operations.values():
            _complete(operation, operation.pop(MARK))
    found["components"] = {
        "schemas": dict(_schemas()),
        "headers": {name: {"description": d, "schema": s} for name, (d, s) in _HEADERS.items()},
        "responses": {str(status): _refusal(status) for status in _MEANS},
        "securitySchemes": {
            "Token": {
                "type": "http",
                "scheme": "bearer",
                "description": "A client's token, from `foedus client add`. Whatever is public is answered without one.",
            }
        },
    }
    return found


def _complete(operation: Json, said: Json) -> None:
    """What ninja does not say of an operation."""
    operation["parameters"] = [*map(_parameter, operation.pop("parameters", []))]
    status, kind = str(said["status"]), said["kind"]
    schema = {"$ref": _SHARED + said["schema"]} if said["schema"] else {"type": "string"}
    body: Json = {"schema": schema}
    if (example := _example(said["schema"])) is not None:
        body["example"] = example
    responses: Json = {
        status: {
            "description": HTTPStatus(int(status)).phrase,
            "headers": _headers([*said["headers"], *_LEFT]),
            "content": {kind: body},
        }
    }
    if status == "201":
        responses["200"] = responses[status] | {
            "description": "It was done before, under the same key: the first result."
        }
    if "ETag" in said["headers"] and status == "200" and not operation.get("requestBody"):
        responses["304"] = {"description": "It says what it said before (`If-None-Match`)."}
    responses |= {str(refused): {"$ref": f"#/components/responses/{refused}"} for refused in said["refuses"]}
    operation["responses"] = dict(sorted(responses.items()))
    if said["anybody"]:
        operation["security"].insert(0, {})


def _parameter(found: Json) -> Json:
    name = found["name"]
    made: Json = {"name": name, "in": found["in"], "required": found["required"]}
    text, schema, example = (
        _WITHIN.get(name, ("", {}, None)) if found["in"] == "path" else _sent(found["schema"])
    )
    made |= {"description": text, "schema": schema}
    return made if example is None else made | {"example": example}


def _sent(schema: Json) -> tuple[str, Json, Any]:
    """What a parameter of the query or a header means, its form and an example."""
    return schema["description"], schema["x-form"], schema.get("examples", [None])[0]


def _headers(names: list[str]) -> Json:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _refusal(status: int) -> Json:
    content = {"application/problem+json": {"schema": {"$ref": _SHARED + PROBLEM}}}
    told = {"description": _MEANS[status], "content": content}
    headers = _ON_REFUSAL.get(status, ())
    return told | ({"headers": _headers(list(headers))} if headers else {})


def _example(name: str | None) -> Any:
    """The example that the guide shows for a verb's answer."""
    text = (ROOT / "docs" / "json.md").read_text("utf-8")
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    block = re.search(r"```json\n(.*?)```", section[1], re.DOTALL) if section else None
    return json.loads(block[1]) if block else EXAMPLES.get(name or "")


def _schemas() -> Iterator[tuple[str, Json]]:
    """The published schemas, each definition of theirs under a name of its own, and ours."""
    files = {
        name: json.loads((ROOT / "schemas" / f"{name}.json").read_text("utf-8"))
        for name in (*ANSWERS, "acts")
    }
    names = dict(_named(files))
    for file, schema in files.items():
        for key, definition in schema.get("$defs", {}).items():
            yield names[file, key], _pointed(definition, file, names)
        if file == "acts":
            yield file, _pointed(_sent_acts(schema), file, names)
        else:
            whole = {k: v for k, v in schema.items() if k not in {"$schema", "$defs", "title"}}
            yield file, _pointed(whole, file, names)
    yield from OURS.items()


def _sent_acts(schema: Json) -> Json:
    """A file of a record as it is sent: who records and when is known of who sends it; and to which file it is added."""
    file = {"description": "The file of the organisation's folder that holds them.", "type": "string"}
    file |= {"pattern": r"^record/[A-Za-z0-9][A-Za-z0-9._-]{0,100}\.yaml$"}
    left_out = {"$schema", "$defs", "title", "allOf"}
    made: Json = {key: value for key, value in schema.items() if key not in left_out}
    entries = made["properties"]["entries"] | {"minItems": 1, "maxItems": 1_000}
    properties = made["properties"] | {"entries": entries, "file": file}
    return made | {"properties": properties, "examples": [ACTS]}


def _named(files: Mapping[str, Json]) -> Iterator[tuple[tuple[str, str], str]]:
    """A name for each definition: its own where all that are called so are alike, else with the file's before it."""
    alike: dict[str, set[str]] = {}
    for schema in files.values():
        for key, definition in schema.get("$defs", {}).items():
            alike.setdefault(key, set()).add(json.dumps(definition, sort_keys=True))
    for file, schema in files.items():
        for key in schema.get("$defs", {}):
            plain = len(alike[key]) == 1 and key not in {*files, *OURS}
            yield (file, key), key if plain else f"{file}-{key}"


def _pointed(schema: Any, file: str, names: Mapping[tuple[str, str], str]) -> Any:
    """A schema whose references lead to where its definitions are in the document."""
    match schema:
        case dict():
            found = {key: _pointed(value, file, names) for key, value in schema.items()}
            target = found.get("$ref")
            if isinstance(target, str) and target.startswith(_LOCAL):
                found["$ref"] = _SHARED + names[file, target.removeprefix(_LOCAL)]
            return found
        case list():
            return [_pointed(each, file, names) for each in schema]
        case _:
            return schema


def written() -> str:
    """The document as it is published."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def _object(about: str, properties: Json, optional: tuple[str, ...] = ()) -> Json:
    required = [key for key in properties if key not in optional]
    return {
        "description": about,
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


_TEXT = {"type": "string", "minLength": 1}
_NAMES = {"type": "array", "items": {"type": "string"}}
_CAST = {"type": "object", "additionalProperties": {"type": "string"}}
_FACTS = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "absence": {"type": "string"},
        "opening": _NAMES,
        "chair": {"type": "string"},
        "waived": _NAMES,
        "preliminary": _CAST,
        "stages": {"type": "object", "additionalProperties": _CAST},
        "format": {"enum": ["ordinary", "limited"]},
        "format objections": _NAMES,
        "silence": {
            "type": "object",
            "additionalProperties": False,
            "required": ["circulated"],
            "properties": {
                "circulated": {"type": "string"},
                "deadline": {"type": "string"},
                "extended to": {"type": "string"},
                "broken": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
            },
        },
        "disapprovals": _NAMES,
        "disapprovers": _NAMES,
        "at": {"type": "string"},
    },
}
OURS: dict[str, Json] = {
    PROBLEM: _object(
        "Why a request was refused (RFC 9457), with everything that is wrong with it.",
        {
            "type": {"description": "Always about:blank: the status says it.", "const": "about:blank"},
            "title": {"description": "The status in words.", "type": "string"},
            "status": {"description": "The status.", "type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"description": "What is wrong, in sentences.", "type": "string"},
            "problems": {
                "description": "Each fault.",
                "type": "array",
                "minItems": 1,
                "items": _object(
                    "One fault.",
                    {
                        "where": {
                            "description": "The parameter, header or part of the body.",
                            "type": "string",
                        },
                        "line": {
                            "description": "The line, in a text.",
                            "type": ["integer", "null"],
                            "minimum": 1,
                        },
                        "what": {"description": "What is wrong, in a sentence.", "type": "string"},
                        "remedy": {"description": "What would be right; may be empty.", "type": "string"},
                    },
                ),
            },
        },
    ),
    "ballots": _object(
        "A question of ballots, as a file of `foedus decide --ballots` has it.",
        {
            "organisation": {"description": "The organisation of the address.", "type": ["string", "null"]},
            "organ": {
                "description": "The organ; may be left out where only one decides.",
                "type": ["string", "null"],
            },
            "matter": {"description": "What is decided.", "type": ["string", "null"]},
            "proposer": {"description": "On whose proposal.", "type": ["string", "null"]},
            "on": {
                "description": "At the end of this day; else today.",
                "type": ["string", "null"],
                "format": "date",
            },
            "ballots": {
                "description": "A ballot for each member by its code, and for `others`.",
                "type": "object",
                "additionalProperties": {"type": "string"},
            },
            "facts": {
                "description": "Further facts, such as a silence and who broke it; see the guide on decisions.",
                "anyOf": [{"type": "null"}, _FACTS],
            },
        },
        ("organisation", "organ", "matter", "proposer", "on", "facts"),
    )
    | {"examples": [{"organ": "council", "on": "2022-11-23", "ballots": {"ARM": "object", "others": "yes"}}]},
}
_SIZE = {"description": "How many entries.", "type": "integer", "minimum": 0}
_ROOT = {"description": "The RFC 6962 root over them, hexadecimal.", **_SHA256}
_BASE64 = {"description": "A hash in base64.", "type": "string", "pattern": "^[A-Za-z0-9+/]{43}=$"}
_TREE = _object("A tree of entries.", {"size": _SIZE, "root": _ROOT})
_ENTRY = _object(
    "An entry of the register.",
    {
        "index": {"description": "Its number, from 0.", "type": "integer", "minimum": 0},
        "hash": {"description": "Its RFC 6962 leaf hash: of its canonical form (RFC 8785).", **_SHA256},
        "entry": {
            "description": "The entry: an act, a text by its hash, an act under seal, or a redaction.",
            "type": "object",
            "required": ["format", "holds"],
            "properties": {
                "format": {"const": 1},
                "holds": {"enum": ["act", "text", "sealed", "redaction"]},
            },
        },
        "seal": {
            "description": "Of an act under seal: whether it is opened here, withheld from who asks, or redacted.",
            "enum": ["opened", "withheld", "redacted"],
        },
        "opened": {"description": "What is under the seal, where it is opened.", "type": "object"},
    },
    ("seal", "opened"),
)
_CHECKPOINT = _object(
    "A signed checkpoint. Whether its signatures hold, the reader's own keys say.",
    {
        "log": {"description": "The log's name, its origin.", **_TEXT},
        "size": _SIZE,
        "root": _ROOT,
        "signatures": {
            "description": "Who says to have signed it.",
            "type": "array",
            "items": _object(
                "A signature.",
                {
                    "name": {"description": "The name of the key.", **_TEXT},
                    "id": {
                        "description": "Its id, hexadecimal.",
                        "type": "string",
                        "pattern": "^[0-9a-f]{8}$",
                    },
                },
            ),
        },
        "text": {"description": "The checkpoint as a signed note (C2SP).", **_TEXT},
    },
)
OURS |= {
    "head": _object(
        "How many entries the register has.",
        {
            "register": {"description": "Its name.", **_TEXT},
            "size": _SIZE,
            "root": _ROOT,
            "signed": {"description": "The newest signed checkpoint.", "anyOf": [{"type": "null"}, _TREE]},
        },
    ),
    "entry": _ENTRY,
    "entries": _object(
        "Entries in order.",
        {
            "first": {"description": "The first that was asked for.", "type": "integer", "minimum": 0},
            "next": {"description": "From where to go on; null at the end.", "type": ["integer", "null"]},
            "size": _SIZE,
            "root": _ROOT,
            "entries": {"type": "array", "items": {"$ref": _SHARED + "entry"}},
        },
    ),
    "appended": _object(
        "That acts are on record for good.",
        {
            "first": {"description": "The number of the first of them.", "type": "integer", "minimum": 0},
            "count": {"description": "How many entries were appended.", "type": "integer", "minimum": 1},
            "size": {**_SIZE, "description": "How many entries there are with them."},
            "root": _ROOT,
            "again": {"description": "Whether they were appended before, under this key.", "type": "boolean"},
        },
    ),
    "checkpoint": _CHECKPOINT,
    "checkpoints": _object(
        "Checkpoints, the newest first.",
        {
            "checkpoints": {"type": "array", "items": {"$ref": _SHARED + "checkpoint"}},
            "forks": {
                "description": "What the log signed and showed others, and the register is not.",
                "type": "array",
                "items": {"$ref": _SHARED + "checkpoint"},
            },
        },
    ),
    "consistency": _object(
        "That one tree continues another.",
        {"from": _TREE, "to": _TREE, "hashes": {"type": "array", "items": _BASE64}},
    ),
}
ACTS = {
    "entries": [
        {
            "id": "2026-01-15/statement",
            "kind": "statement",
            "by": {"state": "ARM"},
            "on": "2026-01-15",
            "says": "that the session was held",
            "evidence": [{"source": "page"}],
        }
    ]
}
_ROOTED = "5c1f09ab0f4cdd0c0d6f9ee5fbb9a7a1b8f6e7d9d5a0b0c3b2a1908f7e6d5c4b"
EXAMPLES: dict[str, Any] = {
    "head": {"register": "csto", "size": 378, "root": _ROOTED, "signed": {"size": 370, "root": _ROOTED}},
    "appended": {"first": 378, "count": 1, "size": 379, "root": _ROOTED, "again": False},
}
