"""What the document says of an operation beyond its parameters: with what it answers, and how it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MARK = "x-says"  # read by who makes the document, and taken out of it
ALWAYS = (400, 401, 403, 404, 409, 429, 500, 503)  # 409: the register is not what it was
JSON = "application/json"


def answers(
    schema: str | None,
    *,
    status: int = 200,
    kind: str = JSON,
    headers: Sequence[str] = ("ETag", "Foedus-Head"),
    refuses: Sequence[int] = (),
    body: dict[str, Any] | None = None,
    anybody: bool = True,
) -> dict[str, Any]:
    """That an operation answers with a published schema, or with a text of some kind; and what statuses beyond those of
    `ALWAYS` it may refuse with. `body`: what it takes; `anybody`: whether it needs no token.
    """
    said = {
        "schema": schema,
        "status": status,
        "kind": kind,
        "headers": list(headers),
        "anybody": anybody,
        "refuses": sorted({*ALWAYS, *refuses, *(() if body is None else (413, 415, 422))}),
    }
    return {MARK: said} | ({} if body is None else {"requestBody": body})


def takes(schema: dict[str, Any], kind: str = JSON, *, about: str) -> dict[str, Any]:
    """A body of some kind."""
    return {"description": about, "required": True, "content": {kind: {"schema": schema}}}


def put(most: int) -> dict[str, Any]:
    """The body of a question of ballots, or of several."""
    one = {"$ref": "#/components/schemas/ballots"}
    schema = {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "maxItems": most}]}
    return takes(
        schema, about="A question, as a file of `foedus decide --ballots` has it; or a list of such."
    )
