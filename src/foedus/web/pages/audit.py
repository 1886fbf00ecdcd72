"""The findings of the audit, gravest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foedus.engine.findings import Finding, Instance, findings
from foedus.terms.dates import show_day
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, figure

_MEANS = {
    "error": "the record contradicts itself or a source",
    "warning": "an act without power, or against a rule",
    "note": "the general rule displaced without a decision on file, or something expected and not recorded",
}


@dataclass(frozen=True, slots=True)
class InstanceLine:
    """One place where a finding shows. `ahead`: after the page's day."""

    day: date
    says: str
    entries: tuple[EntryLine, ...]
    ahead: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with every instance."""

    code: str
    shape: str
    says: str
    rule: Link
    table: Table[InstanceLine]
    count: str


@dataclass(frozen=True, slots=True)
class Severity:
    """The findings of one weight."""

    name: str
    means: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """The page."""

    frame: Frame
    count: str
    by_then: str
    severities: tuple[Severity, ...]


_COLUMNS = (
    Column[InstanceLine]("When", "when", lambda line: line.day),
    Column[InstanceLine]("What", "what", lambda line: line.says),
    Column[InstanceLine](
        "Entries", "entries", lambda line: line.entries[0].strength if line.entries else None
    ),
)


def findings_page(visit: Visit) -> FindingsPage:
    """Every finding on the record as known."""
    found = findings(visit.standing)
    names = dict.fromkeys(finding.severity for finding in found)
    instances = [instance for finding in found for instance in finding.instances]
    then = sum(instance.on <= visit.on for instance in instances)
    return FindingsPage(
        frame(visit, visit.to.path("findings"), "findings"),
        f"{figure(len(found), 'finding')}, {figure(len(instances), 'instance')}",
        f"{then} of them by {show_day(visit.on)}",
        tuple(Severity(n, _MEANS[n], tuple(_views(visit, found, n))) for n in names),
    )


def _views(visit: Visit, found: Iterable[Finding], severity: str) -> Iterable[FindingView]:
    for finding in found:
        if finding.severity == severity:
            lines = tuple(_line(visit, instance) for instance in finding.instances)
            amount = figure(len(lines), "instance")
            rows = table(visit, _table_name(finding), _COLUMNS, lines, "when")
            yield FindingView(
                finding.code, finding.shape, finding.says, rule_link(visit, finding), rows, amount
            )


def _table_name(finding: Finding) -> str:
    """What tells the tables of the page apart: a code may have one finding for each rule it is of."""
    return f"{finding.code}.{finding.rule}" if finding.rule else finding.code


def _line(visit: Visit, instance: Instance) -> InstanceLine:
    entries = tuple(entry_line(visit, entry) for entry in instance.entries)
    return InstanceLine(instance.on, instance.says, entries, instance.on > visit.on)


def rule_link(visit: Visit, finding: Finding) -> Link:
    """The article a finding is about, leading to the rule; nothing for none."""
    rule = next((r for r in visit.charter.rules if r.says.id == finding.rule), None)
    if rule is None:
        return Link(finding.citation)
    return Link(finding.citation, visit.to.article(rule.instrument, rule.article, rule.says.id))
