"""The offices the charter knows, and who holds each on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office
from foedus.engine.worlds import BEGINNING
from foedus.terms.words import large
from foedus.web.pages.answers import Candidate, candidates, instead
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.organs import organs_of
from foedus.web.pages.reasons import Why, why
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, Sure, count, strength, sure


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office on the page's day: who holds it or may, how sure, since when, by which rule and weakest source."""

    office: Link
    of: Link
    people: tuple[Candidate, ...]
    instead: str
    sure: Sure
    since: date | None
    rule: Link
    weakest: Strength | None
    why: Why


@dataclass(frozen=True, slots=True)
class OfficesPage:
    """The page."""

    frame: Frame
    lead: str
    table: Table[OfficeRow]


_COLUMNS = (
    Column[OfficeRow]("Office", "office", lambda row: row.office),
    Column[OfficeRow]("Of", "of", lambda row: row.of),
    Column[OfficeRow]("Holder", "holder", lambda row: row.people[0].name if row.people else None),
    Column[OfficeRow]("Answer", "answer", lambda row: row.sure),
    Column[OfficeRow]("So since", "since", lambda row: row.since),
    Column[OfficeRow]("Rule", "rule", lambda row: row.rule),
    Column[OfficeRow]("Weakest source", "source", lambda row: row.weakest),
)


def offices_page(visit: Visit) -> OfficesPage:
    """Every office, in the charter's order."""
    return OfficesPage(
        frame(visit, visit.to.path("offices"), "offices"),
        f"{large(count(len(visit.standing.offices()), 'office'))} with a rule in the charter. Each has a page with who "
        "held it over time, and why.",
        office_table(visit, visit.standing.offices()),
    )


def office_table(visit: Visit, names: Iterable[str]) -> Table[OfficeRow]:
    """These offices as a table."""
    return table(visit, "offices", _COLUMNS, [_row(visit, name) for name in names])


def _row(visit: Visit, name: str) -> OfficeRow:
    told = visit.questions.who(name, visit.on).rows[0]
    rule = rule_of(visit, name)
    return OfficeRow(
        Link(visit.standing.title(name), visit.to.office(name)),
        body_link(visit, rule.says.of),
        candidates(visit, told),
        instead(told),
        sure(told.status),
        told.segment.start if told.segment.start > BEGINNING else None,
        Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id)),
        strength(told.attribution) if told.attribution else None,
        why(visit, told),
    )


def rule_of(visit: Visit, name: str) -> RuleInForce[Office]:
    """The version of an office's rule that is in force on the page's day, else the last."""
    versions = visit.standing.office_rules(name)
    return next((version for version in versions if version.period.holds(visit.on)), versions[-1])


def body_link(visit: Visit, of: str) -> Link:
    """What an office is of: an organ, or the organisation."""
    if of not in organs_of(visit.standing):
        return Link(visit.record.about.name)
    return Link(visit.standing.title(of), visit.to.organ(of))
