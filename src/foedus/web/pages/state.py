"""A state: how it stands and stood, its heads, its seats, offices it held, sessions, what it said, asked and did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.accounts.lives import Life, state_life
from foedus.accounts.mentions import mentions
from foedus.accounts.parties import courses, stood
from foedus.engine.answers import Told
from foedus.engine.standing import ORGANISATION
from foedus.problems import NotFound
from foedus.terms.states import state_name
from foedus.terms.words import large
from foedus.web.pages.answers import AnswerView
from foedus.web.pages.biography import biography
from foedus.web.pages.changes import Change, changes
from foedus.web.pages.entries import Notes, notes
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.lives import (
    CameRow,
    HeadRow,
    HostedRow,
    TenureRow,
    came,
    counted,
    heads,
    held,
    hosted,
)
from foedus.web.pages.members import STAND_COLUMNS
from foedus.web.pages.rivals import Rivals, rivals
from foedus.web.pages.seats import Seat, seat
from foedus.web.pages.standings import Lanes, Stand, stands, status_view, status_words
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, figure


@dataclass(frozen=True, slots=True)
class SeatRow:
    """The state's seat in one organ on the page's day."""

    organ: Link
    seat: Seat


@dataclass(frozen=True, slots=True)
class StatePage:
    """The page."""

    frame: Frame
    name: str
    code: str
    natives: tuple[tuple[str, str], ...]
    lead: str
    answers: tuple[AnswerView, ...]
    contested: tuple[Rivals, ...]
    lanes: Lanes | None
    stands: Table[Stand]
    heads: Table[HeadRow]
    seats: Table[SeatRow]
    held: Table[TenureRow]
    hosted: Table[HostedRow]
    came: Table[CameRow]
    counted: str
    notes: tuple[tuple[str, str, Notes], ...]


def state_page(visit: Visit, code: str) -> StatePage:
    """The page of a state. NotFound where no entry, as known, names it."""
    life = state_life(visit.standing, code)
    if life is None:
        raise NotFound(f"state on record of {visit.organisation.name}", code, mentions(visit.standing).states)
    seats = tuple(_seats(visit, code))
    return StatePage(
        frame(visit, visit.to.path("state", code), "members", _changes(visit, code)),
        state_name(code),
        code,
        tuple((language, state_name(code, language)) for language in visit.record.about.native),
        _lead(visit, life, seats),
        tuple(_answers(visit, code)),
        tuple(_contested(visit, code)),
        biography(visit, life),
        _stands(visit, code),
        heads(visit, life.heads, of_state=True),
        table(visit, "seats", _SEAT_COLUMNS, seats, "organ"),
        held(visit, life.tenures, of_state=True),
        hosted(visit, life.hosted),
        came(visit, life.came, of_state=True),
        counted(life.came),
        (
            ("affiliations", "Short of membership", notes(visit, "affiliations", life.affiliations)),
            ("statements", "Statements by it", notes(visit, "statements", life.said)),
            ("requests", "Requests and answers", notes(visit, "requests", life.requests)),
            ("handovers", "Hand-overs", notes(visit, "handovers", life.handovers)),
            ("tasks", "Tasks", notes(visit, "tasks", life.tasks)),
            ("others", "What else names it", notes(visit, "others", (*life.expected, *life.others))),
        ),
    )


_SEAT_COLUMNS = (
    Column[SeatRow]("Organ", "organ", lambda row: row.organ),
    Column[SeatRow]("Sits", "sits", lambda row: row.seat.people[0].name if row.seat.people else None),
    Column[SeatRow]("By virtue of", "as", lambda row: row.seat.by_virtue_of),
    Column[SeatRow]("Answer", "answer", lambda row: row.seat.sure),
    Column[SeatRow]("So since", "since", lambda row: row.seat.since),
    Column[SeatRow]("Weakest source", "source", lambda row: row.seat.weakest),
)


def _changes(visit: Visit, code: str) -> tuple[Change, ...]:
    standing = visit.standing
    seats = [(f"seat in the {standing.title(o)}", standing.seats(o)) for o in standing.organs()]
    lines = [(standing.title(of), standing.party(code, of)) for of in standing.memberships()]
    return changes(visit, [*lines, *((says, lines[code]) for says, lines in seats if code in lines)])


def _lead(visit: Visit, life: Life, seats: tuple[SeatRow, ...]) -> str:
    standing, code = visit.standing, life.name
    told = [(of, stood(standing, code, of, visit.on)) for of in standing.memberships()]
    parts = [_stands_in_words(visit, of, row) for of, row in told]
    sentences = [f"{large('; '.join(part for part in parts if part))}." if any(parts) else ""]
    sitting = [row for row in seats if row.seat.people and row.seat.sure.word == "certain"]
    sentences += [
        f"{row.seat.people[0].name.text} sits for it in the {row.organ.text}." for row in sitting[:1]
    ]
    if life.hosted:
        sentences.append(f"It hosted {figure(len(life.hosted), 'session')} on record.")
    return " ".join(sentence for sentence in sentences if sentence) or "The record names it in passing."


def _stands_in_words(visit: Visit, of: str, told: Told) -> str:
    says = status_words(told)
    if not says:
        return ""
    name = visit.standing.title(of)
    if told.status == "unknown":
        return f"how it stands in the {name} is not in the record"
    unsure = f"{told.status.replace('-', ' ')}: " if told.status != "certain" else ""
    stands = says if of == ORGANISATION else says.replace("member", "party")
    return f"{unsure}{stands} of the {name}"


def _answers(visit: Visit, code: str) -> Iterator[AnswerView]:
    """How the state stands on the day under each membership it ever had anything to do with."""
    for of in visit.standing.memberships():
        if courses(visit.standing, code, of):
            yield status_view(visit, code, of, visit.to.members(of))


def _contested(visit: Visit, code: str) -> Iterator[Rivals]:
    for of in visit.standing.memberships():
        for told in courses(visit.standing, code, of):
            found = rivals(visit, code, of, told)
            if found is not None:
                yield found


def _stands(visit: Visit, code: str) -> Table[Stand]:
    rows = [row for of in visit.standing.memberships() for row in stands(visit, code, of)]
    columns = (Column[Stand]("Party of", "of", lambda row: row.of), *STAND_COLUMNS)
    return table(visit, "stands", columns, rows, "of")


def _seats(visit: Visit, code: str) -> Iterator[SeatRow]:
    """The seats the state has on the day, or may have."""
    standing = visit.standing
    for organ in standing.organs():
        if code in standing.seated(organ, visit.on):
            told = Told(standing.seats(organ)[code].at(visit.on), visit.on, standing, code)
            yield SeatRow(Link(standing.title(organ), visit.to.organ(organ)), seat(visit, told))
