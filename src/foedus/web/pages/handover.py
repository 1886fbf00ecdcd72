"""A hand-over of an office: to whom, from when, on what authority, and each account of it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.in_office import InOffice
from foedus.accounts.sitting import Sitting
from foedus.accounts.sourced import Sourced
from foedus.accounts.telling import AUTHORITY
from foedus.record.acts import Designation
from foedus.terms.dates import When, show_day
from foedus.terms.states import state_name
from foedus.web.figures.strip import Strip, strip
from foedus.web.pages.answers import AnswerView, answer_view
from foedus.web.pages.chains import Chain, chains_of
from foedus.web.pages.names import state_link
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, strength, sure


@dataclass(frozen=True, slots=True)
class HandOver:
    """One designation, ready to print; `after` is the answer at the end of the session's last day."""

    id: str
    office: Link
    to: Link
    from_: Link
    effective: When
    sure: Sure
    authority: str
    temporary: bool
    note: str
    strength: Strength
    accounts: tuple[Chain, ...]
    strip: Strip | None
    after: AnswerView | None


def handovers(visit: Visit, told: Sitting) -> tuple[HandOver, ...]:
    """The hand-overs of the terms that a session opened."""
    offices = {each.office: each for each in told.in_office}
    return tuple(_handover(visit, each, offices.get(each.entry.office)) for each in told.handovers)


def _handover(visit: Visit, each: Sourced[Designation], office: InOffice | None) -> HandOver:
    entry = each.entry
    title = visit.standing.title(entry.office)
    return HandOver(
        entry.id,
        Link(title, visit.to.office(entry.office)),
        state_link(visit, entry.to),
        state_link(visit, entry.from_),
        entry.effective,
        sure("uncertain" if entry.effective.vague else "certain"),
        AUTHORITY[entry.authority],
        entry.temporary,
        entry.note,
        strength(each.strength),
        chains_of(visit, each),
        _strip(visit, entry),
        _after(visit, office) if office is not None else None,
    )


def _after(visit: Visit, office: InOffice) -> AnswerView:
    title = f"{office.title} at the end of {show_day(office.at_end.day)}"
    return answer_view(visit, office.at_end, title, name=f"after-{office.office}")


def _strip(visit: Visit, entry: Designation) -> Strip | None:
    when = entry.effective
    if not when.vague or entry.from_ is None:
        return None
    before, after = state_name(entry.from_), state_name(entry.to)
    first, last = when.earliest, when.latest
    says = (
        f"{before} until {show_day(first)} at the earliest; {after} from {show_day(last)} at the latest; "
        "between the two days it may be either."
    )
    return strip(before, after, (before, after), (first, last), on=visit.on, says=says)
