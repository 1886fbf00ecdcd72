"""An answer as shown: who, or who or who and if what; how sure; since when; by what weakest source; and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.accounts.in_office import role_of
from foedus.engine.answers import Told
from foedus.engine.reasons import Holder
from foedus.engine.timelines import Segment, Timeline
from foedus.engine.worlds import BEGINNING
from foedus.terms.dates import show_day
from foedus.web.figures.strip import Strip, strip
from foedus.web.pages.names import NOBODY, holder_link, state_link
from foedus.web.pages.reasons import Why, why
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, short_name, strength, sure


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds it, or may: of which state, as what, and what makes that so."""

    name: Link
    state: Link
    as_: str
    condition: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer, ready to print. `start` and `end` (the first day no more) bound the days it is given for."""

    id: str
    title: str
    href: str
    sure: Sure
    candidates: tuple[Candidate, ...]
    instead: str
    start: date | None
    end: date | None
    authority: str
    weakest: Strength | None
    strip: Strip | None
    why: Why


def answer_view(
    visit: Visit, told: Told, title: str, *, href: str = "", line: Timeline | None = None, name: str = ""
) -> AnswerView:
    """An answer as shown. Given its timeline, a stretch of doubt is drawn between what was before and after."""
    segment = told.segment
    return AnswerView(
        name or "answer",
        title,
        href,
        sure(told.status),
        candidates(visit, told),
        instead(told),
        segment.start if segment.start > BEGINNING else None,
        segment.end,
        segment.authority or "",
        strength(told.attribution) if told.attribution else None,
        _strip(told, line, visit.on) if line is not None else None,
        why(visit, told),
    )


def candidates(visit: Visit, told: Told) -> tuple[Candidate, ...]:
    """The holder alone where it is certain; else each who may be, with its condition."""
    if told.holder is not None:
        return (_candidate(visit, told, told.holder, ""),)
    return tuple(_candidate(visit, told, p.holder, told.condition(p)) for p in told.possible)


def _candidate(visit: Visit, told: Told, holder: Holder | None, condition: str) -> Candidate:
    """`Nikol Pashinyan`, `Armenia`, `prime minister`."""
    if holder is None:
        return Candidate(NOBODY, Link(""), "", condition)
    state = state_link(visit, holder.state) if holder.person else Link("")
    return Candidate(holder_link(visit, holder), state, role_of(told, holder), condition)


def instead(told: Told) -> str:
    """What stands in the place of a name where there is none to give."""
    return {"vacant": "Nobody", "not-in-force": "No rule in force"}.get(told.status, "")


def _strip(told: Told, line: Timeline, on: date) -> Strip | None:
    """A stretch of doubt, where it has an end."""
    segment = told.segment
    if told.status not in {"uncertain", "contested"} or segment.end is None or segment.start == BEGINNING:
        return None
    before, after = _neighbours(line, segment)
    names = tuple(_short(p.holder, segment) for p in told.possible)
    first, last = _sure_name(before, segment), _sure_name(after, segment)
    told_before = f"{first} until {show_day(segment.start)}; " if first else ""
    told_after = f"; {last} from {show_day(segment.end)}" if last else ""
    says = f"{told_before}in between {' or '.join(names)}{told_after}."
    return strip(first, last, names, (segment.start, segment.end), on=on, says=says)


def _neighbours(line: Timeline, segment: Segment) -> tuple[Segment | None, Segment | None]:
    before = next((s for s in line.segments if s.end == segment.start), None)
    after = next((s for s in line.segments if s.start == segment.end), None)
    return before, after


def _sure_name(segment: Segment | None, doubt: Segment) -> str:
    return _short(segment.holder, doubt) if segment is not None and segment.status == "certain" else ""


def _short(holder: Holder | None, doubt: Segment) -> str:
    """The state, or the person where all candidates are of one state."""
    states = {p.holder.state for p in doubt.possible if p.holder is not None}
    if holder is not None and len(states) < 2 and holder.person:
        return holder.person.rpartition(" ")[2]
    return short_name(holder)
