"""What is published of the files that people write: JSON Schemas, and the guides' tables of keys; and of the programming
interface, its document.

    make published        writes them anew, and says what the guides do not say yet

A table stands in a guide under a comment such as `<!-- keys: act session -->`. Its columns are made here from the
models, but for the last, which a person writes and this keeps; it becomes the description of the key in the schema too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from tools import openapi
from tools.schemas import INHERITED, Json, Meanings, definition, schemas, shape_of, tables_of, written

from foedus.record.about import Day
from foedus.record.acts import MODELS as ACTS
from foedus.record.envelope import Dated, Entry, EntryId, MaybeDated, Slug
from foedus.terms.offices import Role

ROOT = Path(__file__).parent.parent
GUIDES = (ROOT / "docs" / "write-a-charter.md", ROOT / "docs" / "keep-a-record.md")
SCHEMAS = ROOT / "schemas"
HOW = "Run: make published"

_HEADER = "| key | needed | holds | what it says |\n|---|---|---|---|\n"
_TABLE = re.compile(r"<!-- keys: ([a-z -]+) -->\n\n((?:\|.*\n)*)")
_ROW = re.compile(r"^\| (`[^|]*`) \|[^|]*\|[^|]*\| (.*) \|$", re.MULTILINE)
_WHEN = "`on` or `between`"


def table(name: str, meanings: Meanings) -> str:
    """A table of keys, with the meanings there are; a new key's is empty."""
    model, keys = tables_of()[name]
    if issubclass(model, MaybeDated) and name.startswith("act ") and name != "act that happened":
        keys = (_WHEN, *(key for key in keys if key not in {"on", "between", "approximate"}))
    rows = []
    for key in keys:
        shown = key if key == _WHEN else f"`{key}`"
        needed, holds = _needed(model, key), _holds(definition(model)["properties"].get(key, {}))
        holds = "a [date](#when-it-was)" if key == _WHEN else holds
        rows.append(f"| {shown} | {needed} | {holds} | {meanings.get((name, shown), '')} |\n")
    return _HEADER + "".join(rows)


def _needed(model: type[BaseModel], key: str) -> str:
    if key == _WHEN:
        return "yes" if issubclass(model, Dated) else "no"
    made = definition(model)
    default = made["properties"][key].get("default")
    if key in made["required"] or (key in INHERITED and issubclass(model, Entry)):
        return "yes"
    said = str(default).lower() if isinstance(default, bool) else default
    return "no" if default is None else f"no: `{said}`"


def _holds(held: Json) -> str:
    """What a key holds, in words."""
    match held:
        case {"$ref": str(target)}:
            name = target.rpartition("/")[2]
            return {"date": "a [date](#dates)", "state": "a state's code"}.get(
                name, f"[{name.replace('-', ' ')}](#{name})"
            )
        case {"const": value}:
            return f"`{value}`"
        case {"enum": values} if set(values) == set(get_args(Role)):
            return "a [role](write-a-charter.md#roles)"
        case {"enum": values} if set(values) == set(ACTS):
            return "a kind of act"
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"anyOf": parts}:
            return " or ".join(dict.fromkeys(map(_holds, parts)))
        case {"type": "array", "items": items}:
            return f"a list of: {_holds(items)}" if items else "a list"
        case {"patternProperties": inside}:
            return f"keys, each with: {_holds(next(iter(inside.values())))}"
        case {"type": "object", "additionalProperties": inside}:
            return f"keys, each with: {_holds(inside)}"
        case {"type": "integer", "minimum": least, "maximum": most} if most <= 100:
            return f"a whole number from {least} to {most}"
        case {"type": "integer", "minimum": least}:
            return f"a whole number, at least {least}"
        case _:
            return _simple(held)


def _simple(held: Json) -> str:
    plain = {key: value for key, value in held.items() if key in {"type", "pattern", "format", "maxLength"}}
    shapes = {shape_of(EntryId): "an id", shape_of(Slug): "a name", shape_of(Day): "a day"}
    words = {
        "string": "a text",
        "integer": "a whole number",
        "boolean": "`true` or `false`",
        "array": "a list",
    }
    return shapes.get(json.dumps(plain, sort_keys=True)) or words.get(held.get("type", ""), "keys and values")


def meanings_in(pages: Mapping[Path, str]) -> dict[tuple[str, str], str]:
    """What the guides say of each key, by table and key."""
    tables = [(name, rows) for text in pages.values() for name, rows in _TABLE.findall(text)]
    return {(name, key): said for name, rows in tables for key, said in _ROW.findall(rows)}


def renewed(text: str, meanings: Meanings) -> str:
    """A guide with its tables made anew."""
    return _TABLE.sub(lambda m: f"<!-- keys: {m[1]} -->\n\n{table(m[1], meanings)}", text)


def missing(pages: Mapping[Path, str]) -> list[str]:
    """What the guides do not say yet, in sentences: tables that stand in none, and keys without a meaning."""
    there = {name for text in pages.values() for name, _ in _TABLE.findall(text)}
    lacking = [
        f"No guide has the table “<!-- keys: {name} -->”." for name in tables_of() if name not in there
    ]
    surplus = [f"The table “{name}” is of no kind there is." for name in sorted(there - tables_of().keys())]
    said = meanings_in(pages)
    empty = [
        f"The table “{name}” does not say what {key} means."
        for (name, key), words in said.items()
        if not words
    ]
    return [*lacking, *surplus, *empty]


def main() -> int:
    pages = {path: path.read_text("utf-8") for path in GUIDES}
    meanings = meanings_in(pages)
    for path, text in pages.items():
        path.write_text(renewed(text, meanings), "utf-8")
    for name, schema in schemas(meanings).items():
        (SCHEMAS / f"{name}.json").write_text(written(schema), "utf-8")
    openapi.SERVED.write_text(openapi.written(), "utf-8")
    faults = missing({path: path.read_text("utf-8") for path in GUIDES})
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
