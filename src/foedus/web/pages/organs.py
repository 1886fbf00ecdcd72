"""The organs the charter names: of what sort each is, how its seats stand on the day, how often it met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Organ
from foedus.engine.standing import Standing
from foedus.terms.words import large
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, count


@dataclass(frozen=True, slots=True)
class OrganRow:
    """An organ on the page's day. `held` of `seats` are held for certain; `seats` None: no rule says who sits."""

    organ: Link
    sort: str
    seats: int | None
    held: int
    in_force: bool
    sessions: int
    rule: Link


@dataclass(frozen=True, slots=True)
class OrgansPage:
    """The page."""

    frame: Frame
    lead: str
    table: Table[OrganRow]


_COLUMNS = (
    Column[OrganRow]("Organ", "organ", lambda row: row.organ),
    Column[OrganRow]("Kind", "kind", lambda row: row.sort),
    Column[OrganRow]("Seats", "seats", lambda row: row.seats),
    Column[OrganRow]("Sessions on record", "sessions", lambda row: row.sessions),
    Column[OrganRow]("Rule", "rule", lambda row: row.rule),
)


def organs_page(visit: Visit) -> OrgansPage:
    """Every organ, the highest first."""
    names = organs_of(visit.standing)
    composed = len(visit.standing.organs())
    return OrgansPage(
        frame(visit, visit.to.path("organs"), "organs"),
        f"{large(count(len(names), 'organ'))} in the charter; it says who sits in {composed} of them.",
        organ_table(visit, names),
    )


def organ_table(visit: Visit, names: Iterable[str]) -> Table[OrganRow]:
    """These organs as a table."""
    return table(visit, "organs", _COLUMNS, [_row(visit, name) for name in names])


def organs_of(standing: Standing) -> tuple[str, ...]:
    """Every organ the charter names or composes: the highest first, then in its order."""
    found = {rule.says.organ: rule.says.rank for rule in standing.charter.of_kind(Organ)}
    names = dict.fromkeys([*found, *standing.organs()])
    return tuple(sorted(names, key=lambda name: found.get(name) != "highest"))


def in_force(visit: Visit, name: str) -> bool:
    """Whether a rule that the organ exists by or is composed by is in force on the page's day."""
    versions = (*organ_rules(visit.standing, name), *visit.standing.compositions(name))
    return any(version.period.holds(visit.on) for version in versions)


def organ_rules(standing: Standing, name: str) -> tuple[RuleInForce[Organ], ...]:
    """The versions of the rule that an organ exists by, in order of time."""
    return standing.versions(Organ, lambda rule: rule.organ == name)


def sort_of(standing: Standing, name: str) -> str:
    """`highest organ`, `organ`, `working body`."""
    rule = next(iter(organ_rules(standing, name)), None)
    if rule is None:
        return "organ"
    return "highest organ" if rule.says.rank == "highest" else rule.says.sort


def _row(visit: Visit, name: str) -> OrganRow:
    standing = visit.standing
    composed = name in standing.organs()
    rows = visit.questions.who(name, visit.on).rows if composed else ()
    seats = [row for row in rows if row.state or row.officer]
    versions = (*organ_rules(standing, name), *standing.compositions(name))
    rule = next((version for version in versions if version.period.holds(visit.on)), versions[-1])
    return OrganRow(
        Link(standing.title(name), visit.to.organ(name)),
        sort_of(standing, name),
        len(seats) if composed else None,
        sum(row.status == "certain" for row in seats),
        in_force(visit, name),
        sum(session.organ == name for session in visit.sessions),
        Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id)),
    )
