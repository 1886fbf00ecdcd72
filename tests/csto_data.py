"""The data the CSTO's record was compiled from, read for the tests, and what it writes in its own way."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from ruamel.yaml import YAML

import foedus
from foedus.record.acts import Entry
from foedus.terms.dates import When
from tests.conftest import SHARED_DATA

Data = dict[str, Any]
MODES = {
    "plain": "plain", "hedged": "hedged", "indirect": "indirect-speech", "quote": "direct-quote", "silent": "silent",
}  # fmt: skip


@cache
def read(name: str) -> Data:
    """One of the CSTO's data files."""
    loaded: Data = YAML(typ="safe").load((SHARED_DATA / "csto" / name).read_text("utf-8"))
    return loaded


@cache
def csto() -> foedus.Organisation:
    """The CSTO as shipped."""
    return foedus.load("csto")


def entry(name: str) -> Any:
    """An entry of the record by id."""
    return csto().record.by_id[name]


def of_kind(kind: type[Entry]) -> list[Any]:
    """The record's entries of a kind."""
    return list(csto().record.of_kind(kind))


def span(date: object) -> tuple[str, str]:
    """Earliest and latest day of a date as the data writes it."""
    if isinstance(date, dict) and "between" in date:
        first, last = str(date["between"]).split("/")
        return first, last
    day = str(date["on"] if isinstance(date, dict) else date).split("/")[-1]
    return day, day


def spanned(when: When | None) -> tuple[str, str] | None:
    """Earliest and latest day of a date as the record reads it."""
    return None if when is None else (str(when.earliest), str(when.latest))


def within(ours: When | None, theirs: object) -> bool:
    """Whether our date lies in the bounds of theirs: a page read may settle what the data leaves open."""
    found, (first, last) = spanned(ours), span(theirs)
    return found is not None and first <= found[0] and found[1] <= last


def sources(name: str) -> set[str]:
    """The ids of the sources an entry rests on."""
    return set(csto().record.sources_of(name))


def told(name: str, attribution: Data, cited: Iterable[str]) -> bool:
    """Whether one chain of an entry runs as the data says: from one of the pages, to that speaker, in that mode. The
    first link of the data's chain is the page itself.
    """
    *_, first = attribution["chain"]
    for e in entry(name).evidence:
        links = {e.speaker, *(link.who for link in e.through), ""}
        named = first in links or len(attribution["chain"]) == 1
        if e.source in set(cited) and named and e.mode == MODES[attribution["mode"]]:
            return True
    return False
