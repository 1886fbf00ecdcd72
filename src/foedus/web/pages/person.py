"""A person: national offices, offices of the organisation, sessions attended, what they said and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.accounts.lives import Life, person_life
from foedus.accounts.mentions import mentions
from foedus.problems import NotFound
from foedus.record.acts import NationalOffice
from foedus.terms.states import state_name
from foedus.terms.words import large, listed
from foedus.web.pages.changes import Change
from foedus.web.pages.entries import Notes, notes
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.lives import (
    CameRow,
    ExpectRow,
    HeadRow,
    TenureRow,
    came,
    counted,
    expected,
    heads,
    held,
)
from foedus.web.pages.names import state_link
from foedus.web.pages.tables import Table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, figure


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page."""

    frame: Frame
    name: str
    states: tuple[Link, ...]
    lead: str
    heads: Table[HeadRow]
    held: Table[TenureRow]
    came: Table[CameRow]
    counted: str
    expected: Table[ExpectRow]
    notes: tuple[tuple[str, str, Notes], ...]


def person_page(visit: Visit, person: str) -> PersonPage:
    """The page of a person, by the name in their address. NotFound where no entry, as known, names them."""
    life = person_life(visit.standing, person)
    if life is None:
        raise NotFound(
            f"person on record of {visit.organisation.name}", person, mentions(visit.standing).persons
        )
    return PersonPage(
        frame(visit, visit.to.path("person", person), "", _changes(visit, life)),
        life.name,
        tuple(state_link(visit, code) for code in _states(life)),
        _lead(visit, life),
        heads(visit, life.heads, of_state=False),
        held(visit, life.tenures, of_state=False),
        came(visit, life.came, of_state=False),
        counted(life.came),
        expected(visit, life.expected),
        (
            ("appointments", "Appointments", notes(visit, "appointments", life.appointments, life.name)),
            ("statements", "Statements", notes(visit, "statements", life.said, life.name)),
            ("tasks", "Tasks given and received", notes(visit, "tasks", life.tasks, life.name)),
            ("requests", "Requests and answers", notes(visit, "requests", life.requests, life.name)),
            ("others", "What else names them", notes(visit, "others", life.others, life.name)),
            ("told", "Told on their word", notes(visit, "told", life.told)),
        ),
    )


def _states(life: Life) -> tuple[str, ...]:
    """The states the person is on record for."""
    codes = [entry.state for entry in life.heads]
    codes += [each.row.state for each in life.came if each.row.state]
    codes += [said.by.state for said in life.said if said.by.state]
    codes += [holder.state for tenure in life.tenures for holder in tenure.holders if holder.state]
    return tuple(dict.fromkeys(codes))


def _changes(visit: Visit, life: Life) -> tuple[Change, ...]:
    """The first and last days of offices."""
    title = visit.standing.title
    lasted = [(entry.from_, entry.until, entry.title) for entry in life.heads]
    lasted += [(tenure.start, tenure.end, title(tenure.office)) for tenure in life.tenures]
    days = [(when.latest, f"{what} from then") for when, _, what in lasted]
    days += [(until.latest, f"{what} no more") for _, until, what in lasted if until is not None]
    return tuple(Change(day, says) for day, says in sorted(days))


def _lead(visit: Visit, life: Life) -> str:
    """What the person is on the page's day, and how often they came."""
    now = [_title(entry) for entry in life.heads if _in_office(visit, entry)]
    now += _holds(visit, life)
    sentences = [f"On this day {listed(list(dict.fromkeys(now)))}."] if now else []
    if life.came:
        sentences.append(f"Named at {figure(len({each.session.id for each in life.came}), 'session')}.")
    if life.said:
        sentences.append(f"{large(figure(len(life.said), 'statement'))} on record.")
    return " ".join(sentences) or "The record names them in passing."


def _holds(visit: Visit, life: Life) -> Iterator[str]:
    """The offices of the organisation held on the day, and those that may be."""
    standing = visit.standing
    for tenure in life.tenures:
        segment = standing.office(tenure.office).at(visit.on)
        if any(p.holder in tenure.holders for p in segment.possible):
            title = standing.title(tenure.office)
            yield title if segment.status == "certain" else f"perhaps {title} ({segment.status})"


def _title(entry: NationalOffice) -> str:
    return f"{entry.title} of {state_name(entry.state)}"


def _in_office(visit: Visit, entry: NationalOffice) -> bool:
    return entry.from_.latest <= visit.on and (entry.until is None or visit.on < entry.until.earliest)
