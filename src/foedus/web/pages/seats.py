"""The seats of an organ as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

from foedus.engine.answers import Answer, Told
from foedus.engine.worlds import BEGINNING
from foedus.terms.offices import REPRESENTATIVE, MemberClass
from foedus.terms.states import state_name
from foedus.terms.words import spaced
from foedus.web.pages.answers import Candidate, candidates, instead
from foedus.web.pages.reasons import Why, why
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Strength, Sure, strength, sure

_OWN = {REPRESENTATIVE, *get_args(MemberClass)}  # as what a seat is held that is the state's own


@dataclass(frozen=True, slots=True)
class Seat:
    """One seat: whose it is, who fills it or may, as what, how sure, since when, by what weakest source, why."""

    state: str
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
    rows: tuple[Seat, ...]
    common: Sure | None
    weakest: Strength | None


def seats(visit: Visit, answer: Answer) -> Seats:
    """The seats of an organ as shown."""
    rows = tuple(_seat(visit, told) for told in answer.rows if told.state)
    kinds = {row.sure for row in rows}
    return Seats(
        answer.question,
        visit.standing.title(answer.question),
        visit.to.organ(answer.question),
        tuple(sorted(rows, key=lambda row: row.state)),
        kinds.pop() if len(kinds) == 1 else None,
        strength(answer.attribution) if rows and answer.attribution else None,
    )


def _seat(visit: Visit, told: Told) -> Seat:
    language = next(iter(visit.record.about.native), "")
    state = told.state or ""
    segment = told.segment
    roles = dict.fromkeys(spaced(p.holder.as_) for p in segment.possible if p.holder is not None)
    return Seat(
        state_name(state),
        state_name(state, language) if language else "",
        language,
        tuple(_sits(c, state, own=_OWN.issuperset(roles)) for c in candidates(told)),
        instead(told),
        " or ".join(roles),
        sure(told.status),
        segment.start if segment.start > BEGINNING else None,
        strength(told.attribution) if told.attribution else None,
        why(visit, told),
    )


def _sits(candidate: Candidate, state: str, *, own: bool) -> Candidate:
    """Who sits, without the state whose seat it is; in a seat that is the state's `own`, whoever it sends."""
    if own and candidate.name == state_name(state):
        return Candidate("its representative", "", candidate.condition)
    title = candidate.who.removeprefix(state_name(state)).removeprefix(", ")
    return Candidate(candidate.name, title, candidate.condition)
