"""How states stand as parties, as shown: on a day, over time, drawn in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from foedus.accounts.parties import NEVER, courses, statuses, stood
from foedus.engine.answers import Told
from foedus.engine.worlds import BEGINNING
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import large, listed
from foedus.web.figures.lanes import Drawing, Piece, Plan, Shape, drawings
from foedus.web.pages.answers import AnswerView, Candidate, answer_view
from foedus.web.pages.names import state_link
from foedus.web.pages.reasons import Why, why
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, strength, sure

NO_PARTY = "no party"
_WORDS = {NEVER: NO_PARTY, "unknown": "not in the record"}
_SHAPES: dict[str, Shape] = {"uncertain": "between", "contested": "rivals", "unknown": "expected"}


@dataclass(frozen=True, slots=True)
class Stand:
    """How a state stands under one membership, on a day or over a stretch of days. `start` and `end` (the first day no
    more; None is open) bound the days it is told of; `now`: the page's day is one of them.
    """

    state: Link
    of: str
    says: str
    sure: Sure
    start: date | None
    end: date | None
    weakest: Strength | None
    why: Why
    now: bool


def stand(visit: Visit, state: str, of: str, told: Told) -> Stand:
    """One segment of a state's status as shown."""
    segment = told.segment
    now = segment.start <= visit.on and (segment.end is None or visit.on < segment.end)
    return Stand(
        state_link(visit, state),
        visit.standing.title(of),
        status_words(told),
        sure(told.status),
        segment.start if segment.start > BEGINNING else None,
        segment.end,
        strength(told.attribution) if told.attribution else None,
        why(visit, told),
        now,
    )


def status_view(visit: Visit, state: str, of: str, href: str) -> AnswerView:
    """How a state stands on the page's day, as an answer: the status is what is stated, or each it may be."""
    told = stood(visit.standing, state, of, visit.on)
    title = visit.standing.title(of)
    view = answer_view(visit, told, title, href=href, name=f"of-{of}")
    if told.status == "not-in-force":
        return view
    found = [(p.holder.as_ if p.holder else "unknown", told.condition(p)) for p in told.possible]
    if told.holder is not None:
        found = [(told.holder.as_, "")]
    ends = view.end is not None and view.end <= visit.record.about.record_to
    return replace(
        view,
        end=view.end if ends else None,
        candidates=tuple(
            Candidate(Link(large(_WORDS.get(as_, as_))), Link(""), "", condition) for as_, condition in found
        ),
    )


def status_words(told: Told) -> str:
    """`member`, `suspended or left`, `no party`; what one is where no rule is in force is nothing."""
    if told.status == "not-in-force":
        return ""
    return listed([_WORDS.get(status, status) for status in statuses(told)], "or")


def stand_on(visit: Visit, state: str, of: str) -> Stand:
    """How a state stands under a membership on the page's day; of one that never was anything, nothing but that."""
    found = stand(visit, state, of, stood(visit.standing, state, of, visit.on))
    return found if courses(visit.standing, state, of) else replace(found, start=None, weakest=None)


def stands(visit: Visit, state: str, of: str) -> tuple[Stand, ...]:
    """The same over time."""
    return tuple(stand(visit, state, of, told) for told in courses(visit.standing, state, of))


def pieces(lane: int, told: Sequence[Told], start: date, out: date) -> Iterator[Piece]:
    """A state's status over time as pieces of one lane: whole as a member, an outline where suspended, nothing where it
    was no party.
    """
    for index, row in enumerate(told):
        first = max(row.segment.start, start)
        last = min(row.segment.end or out, out)
        found = set(statuses(row))
        if first >= last or row.status == "not-in-force" or not found & {"member", "suspended"}:
            continue
        before = set(statuses(told[index - 1])) if index else {NEVER}
        after = set(statuses(told[index + 1])) if index + 1 < len(told) else {NEVER}
        doubt = row.status == "uncertain"
        shape = _SHAPES.get(row.status, "bar" if found == {"member"} else "acting")
        gives = doubt and before == {"member"} != after
        takes = doubt and after == {"member"} != before
        yield Piece(lane, first, last, shape, "", gives, takes)


@dataclass(frozen=True, slots=True)
class Lanes:
    """A figure, wide and tall, with what it shows in words; `tall` is None where a phone has no room for the lanes."""

    wide: Drawing
    tall: Drawing | None
    says: str
    first: int
    last: int
    shapes: frozenset[str]
    events: frozenset[str] = frozenset()


CROWD = 13  # lanes; more do not fit a phone side by side


def lanes(plan: Plan, says: str) -> Lanes:
    """A plan drawn."""
    wide, tall = drawings(plan)
    first, last = plan.start.year, min(plan.record_to, plan.end - ONE_DAY).year
    shapes = frozenset(piece.shape for piece in plan.pieces)
    tapers = {"taper"} if any(piece.gives_way or piece.takes_over for piece in plan.pieces) else set()
    return Lanes(
        wide,
        tall if len(plan.lanes) <= CROWD else None,
        f"{large(says)}, {first} to {last}",
        first,
        last,
        shapes | tapers,
        frozenset(event.mark for event in plan.events),
    )


def drawn(visit: Visit, states: Iterable[str], of: str) -> Lanes | None:
    """Every state's status under one membership, a lane each; nothing where no state was ever anything."""
    told = {state: courses(visit.standing, state, of) for state in states}
    ordered = sorted((state for state in told if told[state]), key=state_name)
    record_to = visit.record.about.record_to
    starts = [told[state][0].segment.start for state in ordered]
    start = min((day for day in starts if day <= record_to), default=None)
    if start is None:
        return None
    out = year_out(record_to)
    end = min(out, record_to + ONE_DAY)
    found = tuple(p for lane, s in enumerate(ordered) for p in pieces(lane, told[s], start, end))
    plan = Plan(
        tuple(map(state_name, ordered)),
        tuple(ordered),
        found,
        (),
        date(start.year, 1, 1),
        out,
        visit.on,
        record_to,
    )
    return lanes(plan, f"parties of the {visit.standing.title(of)}")


def year_out(day: date) -> date:
    """The first day of the year after a day's."""
    return date(min(day.year + 1, date.max.year), 1, 1)
