"""The record, entry by entry, with the chains of evidence of each; sessions have pages of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.accounts.belonging import session_of
from foedus.record.acts import AnyAct
from foedus.terms.dates import When
from foedus.terms.words import large, spaced
from foedus.web.pages.chains import Chain, chains
from foedus.web.pages.entries import Noted, noted
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, figure


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: its dates, who is in it and what it says, its evidence."""

    id: str
    dates: tuple[tuple[str, When], ...]
    noted: Noted
    chains: tuple[Chain, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Kind:
    """The entries of one kind that stand by themselves."""

    id: str
    title: str
    rows: tuple[EntryRow, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """How complete the record is for a kind of act."""

    kind: str
    grade: str
    since: date | None
    until: date | None
    why: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The page."""

    frame: Frame
    lead: str
    kinds: tuple[Kind, ...]
    covers: tuple[Cover, ...]
    sessions: Link | None


def record_page(visit: Visit) -> RecordPage:
    """The record as known."""
    record = visit.record
    alone = [entry for entry in record.entries if session_of(record, entry.id) is None]
    by_kind: dict[str, list[AnyAct]] = {}
    for entry in alone:
        by_kind.setdefault(entry.kind, []).append(entry)
    part = len(record.entries) - len(alone)
    lead = f"{figure(len(record.entries), 'entry', 'entries')} from {figure(len(record.sources), 'source')}."
    if visit.holds_sessions:
        lead += f" Those that belong to a session, {part} of them, stand on its page; the others stand here."
    return RecordPage(
        frame(visit, visit.to.path("record"), "record"),
        lead,
        tuple(Kind(k, large(spaced(k)), tuple(_row(visit, e) for e in rows)) for k, rows in by_kind.items()),
        tuple(_covers(visit)),
        Link(figure(len(visit.sessions), "session"), visit.to.sessions()) if visit.holds_sessions else None,
    )


def _row(visit: Visit, entry: AnyAct) -> EntryRow:
    return EntryRow(entry.id, entry.dates, noted(visit, entry), chains(visit, entry), entry.note)


def _covers(visit: Visit) -> Iterable[Cover]:
    for line in visit.record.about.coverage:
        asked = [str(value) for value in line.where.model_dump().values() if value is not None]
        where = f" ({', '.join(spaced(value) for value in asked)})" if asked else ""
        yield Cover(f"{spaced(line.kind)}{where}", line.grade, line.from_, line.until, line.why)
