"""The sources: what rests on each, what on it alone, and what each is on record as silent about, in numbers."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.sources import OfSource, sources
from foedus.terms.words import spaced
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, figure, strength


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
class SourcesPage:
    """The page."""

    frame: Frame
    lead: str
    table: Table[SourceRow]


_COLUMNS = (
    Column[SourceRow]("Source", "source", lambda row: row.source),
    Column[SourceRow]("Kind", "kind", lambda row: (-row.strength.strokes, row.kind)),
    Column[SourceRow]("Published", "published", lambda row: row.published),
    Column[SourceRow]("Entries", "entries", lambda row: row.entries),
    Column[SourceRow]("On it alone", "alone", lambda row: row.alone),
    Column[SourceRow]("Rules and texts", "rules", lambda row: row.worded),
    Column[SourceRow]("Silent on", "silent", lambda row: row.silent),
)


def sources_page(visit: Visit) -> SourcesPage:
    """The sources, in the order in which they are listed."""
    rows = [_row(visit, each) for each in sources(visit.questions).sources]
    sole = sum(row.alone > 0 for row in rows)
    return SourcesPage(
        frame(visit, visit.to.path("sources"), "sources"),
        f"{figure(len(rows), 'source')}; on {sole} of them some entry rests alone."
        if rows
        else "No source is listed.",
        table(visit, "", _COLUMNS, rows),
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
