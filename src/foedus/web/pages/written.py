"""A rule printed under the keys it is written with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from foedus.charter.kinds import Rule

_LAST = ("in force", "basis", "sources", "note")
_ELSEWHERE = {"held by", "basis", "sources", "note"}  # of a reading: told on the page of readings


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a rule: its key, its value, and how far it is set in."""

    key: str
    value: str
    inset: str = ""


def written(rule: Rule) -> tuple[Written, ...]:
    """The lines of a rule: its id and kind, what its kind says, then when it is in force and how it is known."""
    data = rule.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for reading in data.get("readings", ()):
        for key in _ELSEWHERE & reading.keys():
            del reading[key]
    first = [key for key in ("id", "kind") if key in data]
    own = [key for key in data if key not in first and key not in _LAST]
    last = [key for key in _LAST if key in data]
    return tuple(line for key in (*first, *own, *last) for line in _lines(key, data[key]))


def _lines(key: str, value: Any) -> Iterable[Written]:
    if isinstance(value, list) and len(str(value)) > 70:
        yield Written(f"{key}:", "")
        yield from (Written("-", _flow(item), "i2") for item in value)
    else:
        yield Written(f"{key}:", _flow(value))


def _flow(value: Any) -> str:
    """A value in flow style, as in the file it was read from."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(_flow(item) for item in value) + "]"
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
