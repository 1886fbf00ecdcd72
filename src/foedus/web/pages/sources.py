"""The sources by kind: what rests on each, what on it alone, and what each is on record as silent about, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.accounts.sources import OfSource, sources
from foedus.terms.words import large, spaced
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, figure, strength

MOST = 12  # of those that most rests on, before the kinds


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, and how much rests on it."""

    source: Link
    id: str
    kind: str
    strength: Strength
    published: str
    entries: int
    alone: int
    worded: int
    silent: int


@dataclass(frozen=True, slots=True)
class Kind:
    """The sources of one kind, and what they count as where that is another word. `only`: there is no other kind."""

    id: str
    title: str
    counts_as: str
    strength: Strength
    table: Table[SourceRow]
    only: bool


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """The page: those that most rests on, then all by kind."""

    frame: Frame
    lead: str
    most: Table[SourceRow]
    kinds: tuple[Kind, ...]


_SOURCE = Column[SourceRow]("Source", "source", lambda row: row.source)
_KIND = Column[SourceRow]("Kind", "kind", lambda row: (-row.strength.strokes, row.kind))
_COUNTS = (
    Column[SourceRow]("Published", "published", lambda row: row.published, spare=True),
    Column[SourceRow]("Entries", "entries", lambda row: row.entries),
    Column[SourceRow]("On it alone", "alone", lambda row: row.alone or None, spare=True),
    Column[SourceRow]("Rules, texts", "rules", lambda row: row.worded or None, spare=True),
    Column[SourceRow]("Silent on", "silent", lambda row: row.silent or None, spare=True),
)


def sources_page(visit: Visit) -> SourcesPage:
    """The sources: first those that most entries rest on alone, then every one, by kind and the strongest first."""
    rows = [_row(visit, each) for each in sources(visit.questions).sources]
    sole = sum(row.alone > 0 for row in rows)
    most = sorted(rows, key=lambda row: (-row.alone, -row.entries, -row.worded))[:MOST]
    return SourcesPage(
        frame(visit, visit.to.path("sources"), "sources"),
        f"{figure(len(rows), 'source')}; on {sole} of them some entry rests alone."
        if rows
        else "No source is listed.",
        table(visit, "most", (_SOURCE, _KIND, *_COUNTS), most if len(rows) > MOST else []),
        tuple(_kinds(visit, rows)),
    )


def _kinds(visit: Visit, rows: Sequence[SourceRow]) -> Iterator[Kind]:
    found: dict[str, list[SourceRow]] = {}
    for row in sorted(rows, key=lambda row: (-row.strength.strokes, row.kind)):
        found.setdefault(row.kind, []).append(row)
    for kind, mine in found.items():
        name, counts = kind.replace(" ", "-"), mine[0].strength
        yield Kind(
            name,
            large(kind),
            counts.word if counts.word != kind else "",
            counts,
            table(visit, name, (_SOURCE, *_COUNTS), mine),
            len(found) == 1,
        )


def _row(visit: Visit, each: OfSource) -> SourceRow:
    return SourceRow(
        Link(each.name, visit.to.source(each.id)),
        each.id,
        spaced(each.source.kind),
        strength(each.source.channel),
        each.source.published,
        len(each.entries),
        len(each.alone),
        len(each.rules) + len(each.texts),
        len(each.silences),
    )
