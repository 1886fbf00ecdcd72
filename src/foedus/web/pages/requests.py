"""Every request for help on record: who asked whom, whether its trigger was found to be given, what is open."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.cases import Case, cases
from foedus.terms.dates import When
from foedus.terms.words import large
from foedus.web.pages.changes import Change
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.names import speaker_links, state_link
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, count, strength


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request: when, by whom, for what, put to whom; how many answers, and how much is open."""

    when: When
    by: Link
    who: str
    asks: Link
    to: tuple[Link, ...]
    trigger: str
    answers: int
    open: int
    strength: Strength


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """The page."""

    frame: Frame
    lead: str
    table: Table[RequestRow]


_COLUMNS = (
    Column[RequestRow]("When", "when", lambda row: row.when),
    Column[RequestRow]("By", "by", lambda row: row.by),
    Column[RequestRow]("Asked for", "asks", lambda row: row.asks),
    Column[RequestRow]("Put to", "to", lambda row: row.to[0]),
    Column[RequestRow]("Trigger", "trigger", lambda row: row.trigger),
    Column[RequestRow]("Answers", "answers", lambda row: row.answers),
    Column[RequestRow]("Open", "open", lambda row: row.open),
    Column[RequestRow]("Source", "source", lambda row: row.strength),
)


def requests_page(visit: Visit) -> RequestsPage:
    """The requests, in order of time."""
    rows = [_row(visit, each) for each in cases(visit.questions).cases]
    days = [Change(row.when.latest, f"request by {row.by.text}") for row in rows]
    return RequestsPage(
        frame(visit, visit.to.path("requests"), "requests", tuple(sorted(days, key=lambda each: each.day))),
        f"{large(count(len(rows), 'request'))} for help on record." if rows else "No request is on record.",
        table(visit, "", _COLUMNS, rows, "when"),
    )


def asked_by(visit: Visit) -> tuple[RequestRow, ...]:
    """The requests made by the page's day, the last first."""
    rows = [
        _row(visit, each) for each in cases(visit.questions).cases if each.entry.when.earliest <= visit.on
    ]
    return tuple(rows[::-1])


def _row(visit: Visit, case: Case) -> RequestRow:
    entry, by = case.entry, case.entry.by
    return RequestRow(
        entry.when,
        state_link(visit, by.state) if by.state else speaker_links(visit, by)[0],
        (by.person or by.office or by.org) if by.state else "",
        Link(large(entry.asks), visit.to.request(entry.id)),
        tuple(link for each in case.asked for link in speaker_links(visit, each.who)[:1]),
        case.trigger_word,
        len(case.answers),
        len(case.open),
        strength(case.line.attribution),
    )
