"""Tables of sessions that sort."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from foedus.terms.dates import When
from foedus.web.pages.names import state_link
from foedus.web.pages.sessions import SessionRow, SessionTable
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link


@dataclass(frozen=True, slots=True)
class Line:
    """A session with its host's page."""

    row: SessionRow
    host: Link

    @property
    def when(self) -> When:
        return self.row.session.when


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of one organ."""

    id: str
    title: str
    table: Table[Line]


def sorting(visit: Visit, sessions: SessionTable) -> Sessions:
    """The table of an organ's sessions, sorted as asked for; in order of time unless asked otherwise."""
    lines = [Line(row, state_link(visit, row.session.host)) for row in sessions.rows]
    offices = [
        column
        for index, title in enumerate(sessions.offices)
        for column in (
            Column[Line](f"{title} before", f"before-{index + 1}", partial(_held, index, 0)),
            Column[Line](f"{title} at its end", f"after-{index + 1}", partial(_held, index, 1)),
        )
    ]
    columns = (
        Column[Line]("When", "when", lambda line: line.when),
        Column[Line]("Session", "session", lambda line: line.row.link),
        Column[Line]("Host", "host", lambda line: line.host),
        *offices,
        Column[Line]("Source", "source", lambda line: line.row.strength),
    )
    return Sessions(sessions.id, sessions.title, table(visit, sessions.id, columns, lines, "when"))


def _held(office: int, end: int, line: Line) -> str:
    return line.row.offices[office][end].words
