"""The CSTO's charter and record as facts for clingo, read from its files by themselves: nothing of Foedus is asked.

Days are numbers: 1 is `FIRST`. What began before is told as beginning on it, and what was over by then is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FIRST = date(2002, 5, 14)  # of the first session on record
PAST_RECORD = 7  # days asked about after the last of the record
COUNCIL, OFFICE = "council", "chairman"
Written = Mapping[str, Any]


def number(day: date) -> int:
    return (day - FIRST).days + 1


def day_of(number_: int) -> date:
    return FIRST + timedelta(days=number_ - 1)


def facts(folder: Path) -> str:
    """All of them, a line each."""
    head = _read((folder / "organisation.yaml").read_text())
    last = number(date.fromisoformat(head["record to"]))
    told = [f"record_to({last}).", f"last({last + PAST_RECORD})."]
    told += _rules((folder / "charter.md").read_text(), last + PAST_RECORD)
    told += _looked_for(head, last + PAST_RECORD)
    for file in sorted((folder / "record").glob("*.yaml")):
        for entry in _read(file.read_text())["entries"]:
            told += _entry(entry)
    return "\n".join(told)


def _entry(e: Written) -> Iterator[str]:
    assert e["kind"] != "withdrawal", "a repair would have to be followed, and is not"
    assert "corrects" not in e, "a repair would have to be followed, and is not"
    id_ = _text(e["id"])
    match e["kind"]:
        case "session" if e["organ"] == COUNCIL:
            yield f"session({id_})."
            yield from (f"nature({id_},{_atom(type_)})." for type_ in _types(e["type"]))
            yield f"host({id_},{_text(e['host'])})." if "host" in e else ""
            yield from _point(id_, "on", _bounds(e, "on"))
        case "designation" if e["office"] == OFFICE:
            to, authority = _text(e["to"]), _text(e["authority"])
            yield f"designation({id_},{_text(e['opened by'])},{to},{authority})."
            yield from _point(id_, "effective", _bounds(e, "effective"))
        case "membership" if e["of"] == "organisation":
            says = _text(e.get("status", "member"))
            yield from _lasting(e, f"membership({id_},{_text(e['party'])},{says}).")
        case "national-office":
            says = ",".join(_text(e[key]) for key in ("state", "role", "person"))
            yield from _lasting(e, f"office({id_},{says}).")
        case "national-law" if "empowers" in e:
            yield from _lasting(e, f"empowers({id_},{_text(e['state'])},{_text(e['empowers'])}).")


def _lasting(e: Written, says: str) -> Iterator[str]:
    if "until" in e and _bounds(e, "until")[1] <= FIRST:
        return
    yield says
    for what in ("from", "until"):
        if what in e:
            first, last = _bounds(e, what)
            yield from _point(_text(e["id"]), what, (max(first, FIRST), max(last, FIRST)))


def _rules(charter: str, last: int) -> Iterator[str]:
    """On which days each version of the two rules is in force, and the rule on the chair at all."""
    blocks = [
        _read(block)
        for block in re.findall(r"^```(?:instrument|rule)\n(.*?)^```", charter, re.DOTALL | re.MULTILINE)
    ]
    texts = next(block["texts"] for block in blocks if "texts" in block)
    for id_, name in (("chair-of-council", "chair"), ("council-seats", "seats")):
        for block in blocks:
            if block["id"] != id_:
                continue
            until = block["in force"].get("until")
            text = block["in force"]["from"]
            start = number(date.fromisoformat(texts[text]["in force"]["from"]))
            end = number(date.fromisoformat(texts[until]["in force"]["from"])) if until else last + 1
            year = text.removeprefix("c")
            yield f"in_force({name}_{year},{start}..{end - 1}). in_force({name},{start}..{end - 1})."


def _looked_for(head: Written, last: int) -> Iterator[str]:
    """For which days the record claims to hold all designations, or all that were found."""
    for line in head["coverage"]:
        if line["kind"] == "designation" and line["grade"] in {"complete", "partial"}:
            start = max(number(date.fromisoformat(line.get("from", str(FIRST)))), 1)
            end = number(date.fromisoformat(line["until"])) if "until" in line else last + 1
            yield f"looked_for(designation,{start}..{end - 1})."


def _types(written: str | Written) -> list[str]:
    return [written] if isinstance(written, str) else list(written["one of"])


def _bounds(e: Written, what: str) -> tuple[date, date]:
    """The first and the last day that a date may mean. What lasted took effect on its last day."""
    written = e.get(what, e)
    if isinstance(written, str):
        end = date.fromisoformat(written.rpartition("/")[2])
        return end, end
    first, _, last = written["between"].partition("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def _point(id_: str, what: str, days: tuple[date, date]) -> Iterator[str]:
    first, last = map(number, days)
    yield f"point({id_},{what},{first},{last})."


def _read(text: str) -> Any:
    """YAML with every scalar as it is written."""
    return YAML(typ="base", pure=True).load(text)


def _text(written: str) -> str:
    assert '"' not in written
    assert "\\" not in written
    return f'"{written}"'


def _atom(written: str) -> str:
    return written.replace("-", "_")
