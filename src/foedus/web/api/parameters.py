"""What one may send in the query, as the document describes it. Each comes as text and is read by us, so that whatever
is wrong with a request is said at once and in sentences.
"""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

from foedus.web.api.reading import MOST

FORM = "x-form"  # of a parameter: its schema, for who makes the document
WORD = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\x00-\x1f\x7f]+$"}
DAY = {"type": "string", "format": "date"}
COUNT = {"type": "integer", "minimum": 0, "maximum": MOST}
MARK = {"type": "string", "pattern": "^(0|[1-9][0-9]{0,17})@([0-9a-f]{8,64})?$"}
READING = {"type": "string", "pattern": r"^[^=\x00-\x1f\x7f]+=[^\x00-\x1f\x7f]+$", "maxLength": 200}


def said(text: str, form: dict[str, Any], example: Any = None, *, name: str | None = None) -> Any:
    """A parameter that need not be given: what it means, its form, and its name where that is no name in Python."""
    shown: Any = {FORM: form, "examples": [example]}
    return Field(default=None, description=text, json_schema_extra=shown, alias=name)


def names_of(model: type[Schema]) -> list[str]:
    """The names of a model's parameters."""
    return [field.alias or name for name, field in model.model_fields.items()]


def several(text: str, form: dict[str, Any]) -> Any:
    """A parameter that may be given any number of times up to twenty."""
    schema: Any = {"type": "array", "items": form, "maxItems": 20}
    return Field(default=[], description=text, json_schema_extra={FORM: schema})


class Asked(Schema):
    """What every question can be asked with."""

    known: str | None = said(
        "As known at the end of this day, or as of a point of the register's growth, SIZE@ROOT, as the basis of an answer "
        "has it; else all that is recorded.",
        {"anyOf": [DAY, MARK]},
        "2026-11-25",
    )
    published: str | None = said("From sources that were out by the end of this day.", DAY)
    reading: list[str] = several("Under this reading of a rule, RULE=NAME; once for each rule.", READING)


class AskedOn(Asked):
    """What a question about a day can be asked with."""

    on: str | None = said("At the end of this day; else today.", DAY, "2022-12-01")
