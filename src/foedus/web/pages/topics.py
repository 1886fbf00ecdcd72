"""The topics of the record: how much bears on each, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.topics import topics
from foedus.terms.dates import When
from foedus.terms.words import large
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, count


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic: how many entries bear on it, how many of them are statements, the first day and the last."""

    topic: Link
    items: int
    statements: int
    first: When | None
    last: When | None


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """The page."""

    frame: Frame
    lead: str
    table: Table[TopicRow]


_COLUMNS = (
    Column[TopicRow]("Topic", "topic", lambda row: row.topic),
    Column[TopicRow]("Entries", "entries", lambda row: row.items),
    Column[TopicRow]("Statements", "statements", lambda row: row.statements),
    Column[TopicRow]("First", "first", lambda row: row.first),
    Column[TopicRow]("Last", "last", lambda row: row.last),
)


def topics_page(visit: Visit) -> TopicsPage:
    """The topics, in the order in which the record lists them."""
    rows = [
        TopicRow(Link(large(t.title), visit.to.topic(t.id)), t.items, t.statements, t.first, t.last)
        for t in topics(visit.questions)
    ]
    return TopicsPage(
        frame(visit, visit.to.path("topics"), "topics"),
        f"{large(count(len(rows), 'topic'))}; an entry may bear on several."
        if rows
        else "The record lists no topic.",
        table(visit, "", _COLUMNS, rows),
    )
