"""A hand-over of an office: to whom, from when, on what authority, and each account of it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.record.acts import Designation, Session
from foedus.terms.dates import When, show_day
from foedus.terms.states import state_name
from foedus.terms.words import spaced
from foedus.web.figures.strip import Strip, strip
from foedus.web.pages.answers import AnswerView, answer_view
from foedus.web.pages.chains import Chain, chains
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, strength, sure

_AUTHORITY = {
    "decided": "decided: a decision is on record",
    "presumed": "presumed: the hand-over is on record, no decision is on file",
    "inferred": "inferred: deduced from other facts",
}


@dataclass(frozen=True, slots=True)
class HandOver:
    """One designation, ready to print; `after` is the answer at the end of the session's last day."""

    id: str
    office: Link
    to: str
    from_: str
    effective: When
    sure: Sure
    authority: str
    temporary: bool
    note: str
    strength: Strength
    accounts: tuple[Chain, ...]
    strip: Strip | None
    after: AnswerView | None


def handovers(visit: Visit, session: Session) -> tuple[HandOver, ...]:
    """The hand-overs of the terms that a session opened."""
    found = [d for d in visit.record.of_kind(Designation) if d.opened_by == session.id]
    return tuple(_handover(visit, session, entry) for entry in found)


def _handover(visit: Visit, session: Session, entry: Designation) -> HandOver:
    standing = visit.standing
    known = entry.office in standing.offices()
    title = standing.title(entry.office) if known else spaced(entry.office)
    return HandOver(
        entry.id,
        Link(title, visit.to.office(entry.office) if known else ""),
        state_name(entry.to),
        state_name(entry.from_) if entry.from_ else "",
        entry.effective,
        sure("uncertain" if entry.effective.vague else "certain"),
        _AUTHORITY[entry.authority],
        entry.temporary,
        entry.note,
        strength(visit.record.strength(entry.id)),
        chains(visit.record, entry),
        _strip(visit, entry),
        _after(visit, session, entry, title) if known else None,
    )


def _after(visit: Visit, session: Session, entry: Designation, title: str) -> AnswerView:
    day = session.when.latest
    told = visit.questions.who(entry.office, day).rows[0]
    return answer_view(visit, told, f"{title} at the end of {show_day(day)}", name=f"after-{entry.office}")


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
