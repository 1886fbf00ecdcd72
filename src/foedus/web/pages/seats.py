"""The seats of an organ as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from foedus.engine.answers import Answer, Told
from foedus.engine.worlds import BEGINNING
from foedus.terms.offices import REPRESENTATIVE, MemberClass
from foedus.terms.states import state_name
from foedus.terms.words import large, spaced
from foedus.web.pages.answers import Candidate, candidates, instead
from foedus.web.pages.names import NOBODY, UNNAMED, state_link
from foedus.web.pages.reasons import Why, why
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, strength, sure

_OWN = {REPRESENTATIVE, *get_args(MemberClass)}  # as what a seat is held that is the state's own


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: whose it is (a state's, or an officer's), who fills it or may, as what, how sure, since when, by what weakest source, why."""

    state: Link
    native: str
    language: str
    people: tuple[Candidate, ...]
    instead: str
    by_virtue_of: str
    sure: Sure
    since: date | None
    weakest: Strength | None
    why: Why


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one organ on one day; `common` is the status all share, where they share one."""

    name: str
    title: str
    href: str
    table: Table[Seat]
    common: Sure | None
    weakest: Strength | None

    @property
    def rows(self) -> tuple[Seat, ...]:
        """The seats, as sorted."""
        return self.table.rows


_COLUMNS = (
    Column[Seat]("Member", "member", lambda seat: seat.state),
    Column[Seat]("Sits", "sits", lambda seat: seat.people[0].name if seat.people else None),
    Column[Seat]("By virtue of", "as", lambda seat: seat.by_virtue_of),
    Column[Seat]("Answer", "answer", lambda seat: seat.sure),
    Column[Seat]("So since", "since", lambda seat: seat.since),
    Column[Seat]("Weakest source", "source", lambda seat: seat.weakest),
)


def seats(visit: Visit, answer: Answer) -> Seats:
    """The seats of an organ as shown, in order of name."""
    rows = sorted(
        (seat(visit, told) for told in answer.rows if told.state or told.officer),
        key=lambda row: row.state.text,
    )
    kinds = {row.sure for row in rows}
    return Seats(
        answer.question,
        visit.standing.title(answer.question),
        visit.to.organ(answer.question),
        table(visit, answer.question, _COLUMNS, rows, "member"),
        kinds.pop() if len(kinds) == 1 else None,
        strength(answer.attribution) if rows and answer.attribution else None,
    )


def _named(candidate: Candidate, told: Told, *, own: bool) -> Candidate:
    """A candidate without a name, beside the seat it is for: whose that is, the row says already. In a seat that is the
    state's `own` sits whoever it sends.
    """
    if candidate.state.text or candidate.name == NOBODY:
        return candidate
    if own:
        return replace(candidate, name=Link("its representative"), as_="")
    return replace(candidate, name=UNNAMED, as_="" if told.officer else candidate.as_)


def seat(visit: Visit, told: Told) -> Seat:
    """One seat as shown."""
    language = next(iter(visit.record.about.native), "")
    state = told.state or ""
    segment = told.segment
    roles = dict.fromkeys(spaced(p.holder.as_) for p in segment.possible if p.holder is not None)
    return Seat(
        state_link(visit, state) if state else Link(large(told.officer)),
        state_name(state, language) if state and language else "",
        language,
        tuple(_named(c, told, own=bool(roles) and _OWN.issuperset(roles)) for c in candidates(visit, told)),
        instead(told),
        "" if told.officer else " or ".join(roles),
        sure(told.status),
        segment.start if segment.start > BEGINNING else None,
        strength(told.attribution) if told.attribution else None,
        why(visit, told),
    )
