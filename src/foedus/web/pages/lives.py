"""The tables that the pages of a state and of a person share: national offices, offices held, sessions attended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.accounts.attendance import manner
from foedus.accounts.lives import Came
from foedus.accounts.tenures import Tenure
from foedus.engine.answers import Told
from foedus.record.acts import Expect, NationalOffice, Session
from foedus.terms.attribution import weakest
from foedus.terms.dates import ONE_DAY, When
from foedus.terms.words import folded, listed, spaced
from foedus.web.pages.entries import session_link
from foedus.web.pages.names import holder_link, person_link, state_link
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, strength, sure


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A national office held: whose, by whom, as what, from when until when. `now`: on the page's day."""

    person: Link
    state: Link
    title: str
    role: str
    start: When
    end: When | None
    entry: EntryLine
    now: bool


@dataclass(frozen=True, slots=True)
class TenureRow:
    """An office of the organisation held without a break, or that may have been."""

    office: Link
    who: tuple[Link, ...]
    start: When
    end: When | None
    sure: Sure
    authority: str
    weakest: Strength | None
    now: bool


@dataclass(frozen=True, slots=True)
class CameRow:
    """A session with a line of attendance: as what, who, how."""

    when: When
    session: Link
    organ: str
    person: Link
    state: Link
    as_: str
    how: str
    entry: EntryLine


@dataclass(frozen=True, slots=True)
class HostedRow:
    """A session that the state hosted."""

    when: When
    session: Link
    organ: str
    kinds: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class ExpectRow:
    """Who a source says held an office at a session, and whether the answer agrees."""

    when: When
    session: Link
    office: Link
    who: Link
    agrees: bool
    entry: EntryLine


def heads(visit: Visit, entries: Iterable[NationalOffice], *, of_state: bool) -> Table[HeadRow]:
    """National offices, in order of their first day. An entry without an end ends where the next of its role begins."""
    rows = [_head(visit, entry) for entry in entries]
    who = Column[HeadRow]("Who", "who", lambda row: row.person)
    state = Column[HeadRow]("State", "state", lambda row: row.state)
    columns = (
        who if of_state else state,
        Column[HeadRow]("As", "as", lambda row: row.title),
        Column[HeadRow]("From", "from", lambda row: row.start),
        Column[HeadRow]("Until", "until", lambda row: row.end),
        Column[HeadRow]("Entry and source", "source", lambda row: row.entry.strength),
    )
    return table(visit, "heads", columns, rows, "from")


def _head(visit: Visit, entry: NationalOffice) -> HeadRow:
    end = entry.until or _followed(visit, entry)
    now = entry.from_.latest <= visit.on and (end is None or visit.on < end.earliest)
    acting = "acting " if entry.acting and "acting" not in entry.title else ""
    return HeadRow(
        person_link(visit, entry.person),
        state_link(visit, entry.state),
        f"{acting}{entry.title}",
        spaced(entry.role),
        entry.from_,
        end,
        entry_line(visit, entry.id),
        now,
    )


def _followed(visit: Visit, entry: NationalOffice) -> When | None:
    """The first day of whoever held the same role of the state next."""
    next_ = (
        other.from_
        for other in visit.record.of_kind(NationalOffice)
        if (other.state, other.role) == (entry.state, entry.role)
        and other.from_.earliest > entry.from_.earliest
    )
    return min(next_, key=lambda when: when.earliest, default=None)


def held(visit: Visit, found: Iterable[Tenure], *, of_state: bool) -> Table[TenureRow]:
    """Offices held, in order of the first day."""
    rows = sorted((_tenure(visit, tenure) for tenure in found), key=lambda row: row.start.earliest)
    columns = (
        Column[TenureRow]("Office", "office", lambda row: row.office),
        *([Column[TenureRow]("Who", "who", lambda row: row.who[0])] if of_state else []),
        Column[TenureRow]("From", "from", lambda row: row.start),
        Column[TenureRow]("Until", "until", lambda row: row.end),
        Column[TenureRow]("Answer", "answer", lambda row: row.sure),
        Column[TenureRow]("Authority", "authority", lambda row: row.authority, spare=True),
        Column[TenureRow]("Weakest source", "source", lambda row: row.weakest),
    )
    return table(visit, "held", columns, rows, "from")


def _tenure(visit: Visit, tenure: Tenure) -> TenureRow:
    standing = visit.standing
    told = [Told(segment, segment.start, standing).attribution for segment in tenure.segments]
    used = [channel for channel in told if channel is not None]
    authorities = dict.fromkeys(s.authority for s in tenure.segments if s.authority)
    acting = all(holder.as_ == "acting" for holder in tenure.holders)
    return TenureRow(
        Link(standing.title(tenure.office) + (", acting" if acting else ""), visit.to.office(tenure.office)),
        tuple(dict.fromkeys(holder_link(visit, holder) for holder in tenure.holders)),
        tenure.start,
        tenure.end,
        sure(tenure.status),
        listed(list(authorities), "or"),
        strength(weakest(used)) if used else None,
        tenure.holds(visit.on),
    )


def came(visit: Visit, found: Iterable[Came], *, of_state: bool) -> Table[CameRow]:
    """Lines of attendance, in order of time."""
    rows = [_came(visit, each) for each in found]
    who = Column[CameRow]("Who", "who", lambda row: row.person)
    state = Column[CameRow]("For", "for", lambda row: row.state, spare=True)
    columns = (
        Column[CameRow]("When", "when", lambda row: row.when),
        Column[CameRow]("Session", "session", lambda row: row.session),
        who if of_state else state,
        Column[CameRow]("As", "as", lambda row: row.as_, spare=True),
        Column[CameRow]("How", "how", lambda row: row.how),
        Column[CameRow]("Source", "source", lambda row: row.entry.strength),
    )
    return table(visit, "came", columns, rows, "when")


def _came(visit: Visit, came: Came) -> CameRow:
    row = came.row
    as_ = {folded(part): part for part in (spaced(row.capacity or ""), row.title or spaced(row.role or ""))}
    return CameRow(
        came.session.when,
        session_link(visit, came.session),
        visit.standing.title(came.session.organ),
        person_link(visit, row.person),
        state_link(visit, row.state),
        ", ".join(part for part in as_.values() if part),
        manner(came.session, row),
        entry_line(visit, came.entry.id),
    )


def hosted(visit: Visit, sessions: Iterable[Session]) -> Table[HostedRow]:
    """Sessions that a state hosted, in order of time."""
    rows = [_hosted(visit, s) for s in sorted(sessions, key=lambda s: (s.when.latest, s.when.began))]
    columns = (
        Column[HostedRow]("When", "when", lambda row: row.when),
        Column[HostedRow]("Session", "session", lambda row: row.session),
        Column[HostedRow]("Of", "of", lambda row: row.organ),
        Column[HostedRow]("Kind", "kind", lambda row: row.kinds),
        Column[HostedRow]("Source", "source", lambda row: row.strength),
    )
    return table(visit, "hosted", columns, rows, "when")


def _hosted(visit: Visit, session: Session) -> HostedRow:
    return HostedRow(
        session.when,
        session_link(visit, session),
        visit.standing.title(session.organ),
        listed([spaced(kind) for kind in session.types], "or"),
        strength(visit.record.strength(session.id)),
    )


def expected(visit: Visit, entries: Iterable[Expect]) -> Table[ExpectRow]:
    """What sources say of who held an office, in order of the sessions' time."""
    by_id = visit.record.by_id
    pairs = [(entry, by_id.get(entry.at)) for entry in entries]
    rows = [_expect(visit, entry, session) for entry, session in pairs if isinstance(session, Session)]
    rows.sort(key=lambda row: row.when.latest)
    columns = (
        Column[ExpectRow]("When", "when", lambda row: row.when),
        Column[ExpectRow]("At", "at", lambda row: row.session),
        Column[ExpectRow]("Office", "office", lambda row: row.office),
        Column[ExpectRow]("Answer", "answer", lambda row: row.agrees),
        Column[ExpectRow]("Entry and source", "source", lambda row: row.entry.strength),
    )
    return table(visit, "expected", columns, rows, "when")


def _expect(visit: Visit, entry: Expect, session: Session) -> ExpectRow:
    began = session.when.began
    before = began - ONE_DAY if began > date.min else began
    told = visit.standing.office(entry.office).at(before)
    possible = [p.holder for p in told.possible if p.holder is not None]
    who = (
        person_link(visit, entry.holder.person)
        if entry.holder.person
        else state_link(visit, entry.holder.state)
    )
    agrees = any(h.state == entry.holder.state and entry.holder.person in {"", h.person} for h in possible)
    link = Link(visit.standing.title(entry.office), visit.to.office(entry.office))
    return ExpectRow(
        session.when, session_link(visit, session), link, who, agrees, entry_line(visit, entry.id)
    )


def counted(found: Iterable[Came]) -> str:
    """`14 present, 2 absent`, the commonest first."""
    hows = [manner(each.session, each.row) for each in found]
    kinds = sorted(dict.fromkeys(hows), key=lambda how: -hows.count(how))
    return ", ".join(f"{hows.count(how)} {how}" for how in kinds)
