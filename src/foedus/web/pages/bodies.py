"""The bodies beneath and beside the organs on the day: those founded, and apart from them those only offered."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.bodies import Bodies, BodyOn, bodies
from foedus.engine.standing import ORGANISATION
from foedus.record.acts import Session
from foedus.terms.dates import When
from foedus.terms.words import large
from foedus.web.pages.changes import changes
from foedus.web.pages.entries import session_link
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.organs import organs_of
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Sure, count, sure


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body on the day. `stood` and `offered` say how, in words; `ifs` what makes it so where it is not certain."""

    name: str
    what: str
    stood: str
    sure: Sure
    ifs: tuple[str, ...]
    offered: str
    beneath: Link
    permanence: str
    when: When
    until: When | None
    by: str
    at: Link
    entry: EntryLine


@dataclass(frozen=True, slots=True)
class BodiesPage:
    """The page. `complete`: whether the record claims to hold every body on the day."""

    frame: Frame
    lead: str
    founded: Table[BodyRow]
    offered: Table[BodyRow]
    complete: bool


_BODY = Column[BodyRow]("Body", "body", lambda row: row.name)
_STOOD = Column[BodyRow]("On the day", "stood", lambda row: row.stood)
_BENEATH = Column[BodyRow]("Beneath", "beneath", lambda row: row.beneath)
_SOURCE = Column[BodyRow]("Entry and source", "source", lambda row: row.entry.strength)
_FOUNDED = (
    _BODY,
    _STOOD,
    _BENEATH,
    Column[BodyRow]("Permanence", "permanence", lambda row: row.permanence),
    Column[BodyRow]("Founded", "founded", lambda row: row.when),
    Column[BodyRow]("By", "by", lambda row: row.by),
    _SOURCE,
)
_OFFERED = (
    _BODY,
    _STOOD,
    _BENEATH,
    Column[BodyRow]("Offered", "offered", lambda row: row.when),
    _SOURCE,
)


def bodies_page(visit: Visit) -> BodiesPage:
    """The bodies on the page's day."""
    found = bodies(visit.questions, visit.on)
    lines = ((name, visit.standing.body(name)) for name in visit.standing.bodies())
    return BodiesPage(
        frame(visit, visit.to.path("bodies"), "bodies", changes(visit, lines)),
        _lead(found),
        table(visit, "founded", _FOUNDED, [_row(visit, body) for body in found.founded], "founded"),
        table(visit, "offered", _OFFERED, [_row(visit, body) for body in found.offered], "offered"),
        found.complete,
    )


def _lead(found: Bodies) -> str:
    if not found.founded and not found.offered:
        return "No body is on record."
    founded = f"{large(count(len(found.founded), 'body', 'bodies'))} with a founding on record"
    offered = f"; {count(len(found.offered), 'body', 'bodies')} offered, with none" if found.offered else ""
    return f"{founded}{offered}."


def _row(visit: Visit, body: BodyOn) -> BodyRow:
    entry = body.entry
    held = visit.record.by_id.get(entry.at or "")
    status = body.told.status
    ifs = body.conditions if status in {"uncertain", "contested"} else ()
    return BodyRow(
        entry.name,
        entry.what,
        body.word,
        sure(status),
        tuple(f"{'stood' if stands else 'did not stand'} {condition}" for stands, condition in ifs),
        body.offer_word,
        _beneath(visit, body),
        entry.permanence or "",
        entry.from_,
        entry.until,
        entry.founded_by,
        session_link(visit, held) if isinstance(held, Session) else Link(""),
        entry_line(visit, entry.id),
    )


def _beneath(visit: Visit, body: BodyOn) -> Link:
    """The organ it stands beneath; nothing for one beside the organs."""
    of = body.entry.of
    if of == ORGANISATION:
        return Link("")
    return Link(body.beneath, visit.to.organ(of) if of in organs_of(visit.standing) else "")
