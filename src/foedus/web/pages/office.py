"""An office: who holds it on the day, under which rule, and who held it over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import HostHolder, Office, RotationHolder
from foedus.engine.answers import Told
from foedus.engine.worlds import BEGINNING
from foedus.problems import NotFound
from foedus.terms.dates import Period
from foedus.terms.languages import language_name
from foedus.terms.words import spaced
from foedus.web.figures.lanes import Plan
from foedus.web.pages.answers import AnswerView, answer_view
from foedus.web.pages.changes import changes
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.lines import ELSEWHERE, plan
from foedus.web.pages.offices import body_link, rule_of
from foedus.web.pages.readings import readings_link
from foedus.web.pages.standings import Lanes, lanes
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, figure

Part = tuple[date, date | None, tuple[Told, ...]]  # of a course
MOST = 100  # stretches that are shown at once; of a longer line, three years


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """One version of the office's rule: what it says in a few words, and when it is in force."""

    link: Link
    text: str
    held_by: str
    unless: str
    until: str
    start: date
    end: date | None
    basis: str
    now: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One segment of the timeline, as a row of the table."""

    answer: AnswerView
    start: date | None
    end: date | None
    now: bool


@dataclass(frozen=True, slots=True)
class OfficePage:
    """The page."""

    frame: Frame
    name: str
    title: str
    of: Link
    lead: str
    answer: AnswerView
    versions: tuple[RuleVersion, ...]
    untranslated: tuple[str, ...]
    readings: Link | None
    line: Lanes | None
    by_person: bool
    note: str
    table: Table[Row]
    shown: str
    others: tuple[Link, ...]


_COLUMNS = (
    Column[Row]("From", "from", lambda row: row.start or date.min),
    Column[Row]("Until", "until", lambda row: row.end),
    Column[Row]("Answer", "answer", lambda row: row.answer.sure),
    Column[Row](
        "Who, and why", "who", lambda row: row.answer.candidates[0].name if row.answer.candidates else None
    ),
    Column[Row]("Authority", "authority", lambda row: row.answer.authority, spare=True),
    Column[Row]("Weakest source", "source", lambda row: row.answer.weakest),
)


def office_page(visit: Visit, name: str) -> OfficePage:
    """The page of an office. NotFound where the charter knows no such office."""
    standing = visit.standing
    if name not in standing.offices():
        raise NotFound(f"office of {visit.organisation.name}", name, standing.offices())
    title, line = standing.title(name), standing.office(name)
    versions = standing.office_rules(name)
    now = visit.questions.who(name, visit.on).rows[0]
    parts = visit.questions.timeline(name).parts
    years = _three_years(visit, parts)
    shown = [part for part in parts if years is None or years.overlaps(Period(part[0], part[1]))]
    rows = tuple(_row(visit, part, title, index) for index, part in enumerate(shown))
    path = visit.to.path("office", name)
    planned = plan(visit, name, years)
    by_person = planned is not None and not any(planned.codes)
    return OfficePage(
        frame(visit, path, "offices", changes(visit, [(spaced(name), line)])),
        name,
        title,
        body_link(visit, versions[0].says.of),
        _lead(visit, rule_of(visit, name), parts),
        answer_view(visit, now, title, line=line),
        tuple(_version(visit, rule) for rule in reversed(versions)),
        _untranslated(visit, versions),
        readings_link(visit, versions[0].says.id),
        lanes(planned, f"{title} by {'person' if by_person else 'state'}") if planned else None,
        by_person,
        _note(planned) if planned else "",
        table(visit, "", _COLUMNS, rows, "from"),
        _shown(len(parts), len(rows), years),
        _others(visit, name),
    )


def _three_years(visit: Visit, parts: Sequence[Part]) -> Period | None:
    """Of a line too long to be shown whole, the year of the day asked for with the one before and the one after."""
    if len(parts) <= MOST:
        return None
    begun = next((start for start, _, rows in parts if rows[0].status != "not-in-force"), BEGINNING)
    year = max(begun, min(visit.on, visit.record.about.record_to)).year
    return Period(date(max(year - 1, date.min.year), 1, 1), date(min(year + 2, date.max.year), 1, 1))


def _shown(all_: int, rows: int, years: Period | None) -> str:
    if years is None or years.end is None:
        return figure(rows, "stretch", "stretches")
    return f"{rows} of {figure(all_, 'stretch', 'stretches')}: those of {years.start.year} to {years.end.year - 1}"


def _lead(visit: Visit, rule: RuleInForce[Office], parts: Sequence[Part]) -> str:
    unsure = sum(rows[0].status in {"uncertain", "contested"} for _, _, rows in parts)
    held = _held_by(visit, rule.says)
    until = _until(visit, rule.says)
    otherwise = f", {_unless(visit, rule.says)}" if rule.says.unless else ""
    stretches = figure(unsure, "stretch", "stretches") if unsure else "No stretch"
    return f"Held by {held}{otherwise}; {until}. {stretches} of its time {'is' if unsure < 2 else 'are'} in doubt."


def _held_by(visit: Visit, rule: Office) -> str:
    match rule.holder:
        case HostHolder(of=of, role=str(role)):
            return f"the {spaced(role)} of the {of}"
        case HostHolder(of=of, seat_in=seat_in):
            return f"whoever fills the {of}'s seat in the {visit.standing.title(str(seat_in))}"
        case RotationHolder(rotation=turns):
            order = f"in the order of their names in {language_name(turns.language)}"
            return f"the members of the {visit.standing.title(turns.among)} in turn, {order}"
        case _:
            return "the person appointed"


def _unless(visit: Visit, rule: Office) -> str:
    if rule.unless is None:
        return ""
    return f"unless the {visit.standing.title(rule.unless.designation.by)} decides otherwise"


def _until(visit: Visit, rule: Office) -> str:
    if rule.term.where is not None:
        organ = visit.standing.title(rule.term.where.organ)
        return f"until the next {spaced(rule.term.where.type)} session of the {organ}"
    if rule.term.opened_by == "month":
        return "for a month each"
    return f"for {figure(rule.length, 'year')}" if rule.length else "until another is appointed"


def _version(visit: Visit, rule: RuleInForce[Office]) -> RuleVersion:
    return RuleVersion(
        Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id)),
        rule.text,
        _held_by(visit, rule.says),
        _unless(visit, rule.says),
        _until(visit, rule.says),
        rule.period.start,
        rule.period.end,
        rule.says.basis,
        rule.period.holds(visit.on),
    )


def _untranslated(visit: Visit, versions: tuple[RuleInForce[Office], ...]) -> tuple[str, ...]:
    found = visit.charter.untranslated_for(versions[0].says.id, visit.on)
    return tuple(rule.says.says for rule in found if rule.says.kind == "untranslated")


def _row(visit: Visit, part: Part, title: str, index: int) -> Row:
    first, end, rows = part
    now = first <= visit.on and (end is None or visit.on < end)
    start = first if first > BEGINNING else None
    return Row(answer_view(visit, rows[0], title, name=f"segment-{index}"), start, end, now)


def _note(planned: Plan) -> str:
    """What a lane means that is no state's."""
    if ELSEWHERE not in planned.lanes:
        return ""
    return "“Elsewhere” holds sessions without a host, or hosted by a state that has no lane."


def _others(visit: Visit, name: str) -> tuple[Link, ...]:
    return tuple(
        Link(visit.standing.title(n), visit.to.office(n)) for n in visit.standing.offices() if n != name
    )
