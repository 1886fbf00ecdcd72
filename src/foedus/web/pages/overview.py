"""The organisation on one day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.accounts.calendar import place_of
from foedus.engine.answers import Answer, Told
from foedus.engine.findings import findings
from foedus.engine.standing import ORGANISATION
from foedus.record.acts import Session
from foedus.secretariat import Overview, overview
from foedus.terms.dates import show_day
from foedus.terms.words import large, listed, spaced
from foedus.web.pages.answers import AnswerView, answer_view
from foedus.web.pages.audit import rule_link
from foedus.web.pages.changes import Change, all_changes, around
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.law import named
from foedus.web.pages.names import state_link
from foedus.web.pages.offices import OfficeRow, office_table
from foedus.web.pages.organs import OrganRow, in_force, organ_table, organs_of
from foedus.web.pages.reasons import Why, why
from foedus.web.pages.requests import RequestRow, asked_by
from foedus.web.pages.seats import Seats, seats
from foedus.web.pages.tables import Table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, count, figure, strength, sure


@dataclass(frozen=True, slots=True)
class Party:
    """A state that is on record and is no member, or not surely one."""

    name: Link
    standing: str
    sure: Sure
    weakest: Strength | None
    why: Why


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what lies around the day; `here` is the day itself."""

    day: date
    link: Link
    here: bool = False
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """The session before or after the day."""

    heading: str
    link: Link
    session: Session
    away: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """An instrument, and its text in force on the day, where one is."""

    link: Link
    what: str
    since: date | None


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """The page."""

    frame: Frame
    lead: str
    offices: tuple[AnswerView, ...]
    seats: Seats | None
    other_offices: Table[OfficeRow]
    other_organs: Table[OrganRow]
    others: tuple[Party, ...]
    requests: tuple[RequestRow, ...]
    around: tuple[Happening, ...]
    near: tuple[Near, ...]
    findings: tuple[tuple[str, str, Link], ...]
    findings_count: str
    texts: tuple[TextLine, ...]


def overview_page(visit: Visit) -> OverviewPage:
    """The overview on the day of the visit."""
    told = overview(visit.organisation, visit.on, visit.asked_known)
    found = findings(visit.standing)
    highest = _highest(visit)
    others = [name for name in organs_of(visit.standing) if name != highest and in_force(visit, name)]
    first = [answer for answer in told.offices if _of(visit, answer) in {highest, ORGANISATION}]
    return OverviewPage(
        frame(visit, visit.to.path(), "overview"),
        _lead(visit, told, highest),
        tuple(_office(visit, answer) for answer in first),
        next((seats(visit, answer) for answer in told.organs if answer.question == highest), None),
        office_table(visit, [answer.question for answer in told.offices if answer not in first]),
        organ_table(visit, others),
        tuple(_others(visit)),
        asked_by(visit),
        _around(visit),
        _near(visit),
        tuple((f.shape, f.says, rule_link(visit, f)) for f in found[:4]),
        figure(sum(len(f.instances) for f in found), "instance"),
        tuple(_texts(visit)),
    )


def _highest(visit: Visit) -> str:
    """The organ whose seats are shown in full: the first composed one in force, in order of rank; else the first."""
    composed = [name for name in organs_of(visit.standing) if name in visit.standing.organs()]
    return next((name for name in composed if in_force(visit, name)), next(iter(composed), ""))


def _of(visit: Visit, answer: Answer) -> str:
    """The organ an office is of, or the organisation."""
    return visit.standing.office_rules(answer.question)[0].says.of


def _office(visit: Visit, answer: Answer) -> AnswerView:
    name = answer.question
    line = visit.standing.office(name)
    title = visit.standing.title(name)
    return answer_view(
        visit, answer.rows[0], title, href=visit.to.office(name), line=line, name=f"office-{name}"
    )


def _lead(visit: Visit, told: Overview, highest: str) -> str:
    sentences = [_parties(visit, answer) for answer in told.memberships if answer.status != "not-in-force"]
    sentences += [
        f"{_seats_sentence(visit, answer)}." for answer in told.organs if answer.question == highest
    ]
    last = _last_session(visit)
    if last is not None:
        sentences.append(f"{_session_sentence(visit, last)}.")
    sentences += _doubts(visit, told)
    return " ".join(sentences)


def _parties(visit: Visit, answer: Answer) -> str:
    title = visit.standing.title(answer.question)
    found = {row.status for row in answer.rows}
    if "unknown" in found and "certain" not in found:
        return f"Who is a party of the {title} is not in the record."
    return f"{large(count(sum(map(_is_member, answer.rows)), 'party', 'parties'))} of the {title}."


def _seats_sentence(visit: Visit, answer: Answer) -> str:
    title = visit.standing.title(answer.question)
    rows = [row for row in answer.rows if row.state or row.officer]
    held = sum(row.status == "certain" for row in rows)
    if not rows:
        return f"No seats in the {title}"
    if held == len(rows):
        return f"All {len(rows)} seats of the {title} are held"
    return f"{held} of {len(rows)} seats of the {title} are held for certain"


def _session_sentence(visit: Visit, session: Session) -> str:
    days = (visit.on - session.when.latest).days
    kinds = " or ".join(spaced(kind) for kind in session.types)
    place = place_of(session)
    where = f" in {place}" if place and place != "online" else f" {place}" if place else ""
    ago = "that day" if days == 0 else f"{figure(days, 'day')} before"
    return f"The last session, {kinds},{where}{',' if where else ''} closed {ago}"


def _doubts(visit: Visit, told: Overview) -> list[str]:
    """What is not certain of the offices, one sentence a status."""
    by_status: dict[str, list[str]] = {}
    for answer in told.offices:
        by_status.setdefault(answer.status, []).append(visit.standing.title(answer.question))
    says = {
        "uncertain": "Who is {} is not certain.",
        "contested": "Who is {} is contested.",
        "unknown": "Who is {} is not in the record.",
        "vacant": "Nobody is {}.",
        "not-in-force": "No rule on the {} is in force.",
    }
    return [
        form.format(listed(by_status[status], "or")) for status, form in says.items() if status in by_status
    ]


def _is_member(row: Told) -> bool:
    return row.holder is not None and row.holder.as_ == "member"


def _others(visit: Visit) -> Iterable[Party]:
    """The states on record that are not surely members, and not surely none."""
    for state in visit.standing.parties():
        row = visit.questions.who(state, visit.on).rows[0]
        never = row.holder is not None and row.holder.as_ == "non-member"
        if row.status != "not-in-force" and not never and not _is_member(row):
            yield _party(visit, state, row)


def _party(visit: Visit, state: str, row: Told) -> Party:
    ways = [spaced(p.holder.as_) if p.holder else "not in the record" for p in row.segment.possible]
    return Party(
        state_link(visit, state),
        " or ".join(dict.fromkeys(ways)),
        sure(row.status),
        strength(row.attribution) if row.attribution else None,
        why(visit, row),
    )


def _around(visit: Visit) -> tuple[Happening, ...]:
    past, ahead = around(all_changes(visit), visit.on, 3, 3)
    here = [change for change in all_changes(visit) if change.day == visit.on]
    now = here[0].says if here else "this page"
    return (
        *(_happening(visit, change) for change in past),
        Happening(visit.on, Link(large(now)), here=True),
        *(_happening(visit, change, ahead=True) for change in ahead),
    )


def _happening(visit: Visit, change: Change, *, ahead: bool = False) -> Happening:
    to = visit.to
    href = to.session(change.session) if change.session else to.on_day(to.path(), change.day)
    return Happening(change.day, Link(large(change.says), href), ahead=ahead)


def _last_session(visit: Visit) -> Session | None:
    return next((s for s in reversed(visit.sessions) if s.when.latest <= visit.on), None)


def _near(visit: Visit) -> tuple[Near, ...]:
    last = _last_session(visit)
    ahead = next((s for s in visit.sessions if s.when.latest > visit.on), None)
    found = (("Last session", last, "before"), ("Next session", ahead, "after"))
    return tuple(_near_one(visit, heading, s, side) for heading, s, side in found if s is not None)


def _near_one(visit: Visit, heading: str, session: Session, side: str) -> Near:
    days = abs((session.when.latest - visit.on).days)
    link = Link(place_of(session) or show_day(session.when.latest), visit.to.session(session.id))
    return Near(heading, link, session, "this day" if days == 0 else f"{figure(days, 'day')} {side} this day")


def _texts(visit: Visit) -> list[TextLine]:
    lines = []
    for instrument in visit.charter.instruments:
        text = instrument.text_on(visit.on)
        href = f"{visit.to.charter()}#{instrument.id}"
        link = Link(instrument.short, href)
        lines.append(
            TextLine(link, named(text) if text else "no text in force", text.period.start if text else None)
        )
    return lines
