"""Rival readings of rules: each with who holds it, held against the record, and where they part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.accounts.rivals import Measured, RuleRead, rules_read
from foedus.accounts.trials import Trial
from foedus.charter.readings import readable_rules
from foedus.terms.words import listed, spaced
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.law import source_lines
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, SourceLine


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A case on record that a reading does not agree with, or that it leaves open."""

    on: date
    what: Link
    record: str
    gives: str
    verdict: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A reading: what it says, who holds it, and how it does against the record."""

    name: str
    says: str
    holders: str
    basis: str
    sources: tuple[SourceLine, ...]
    note: str
    summary: str
    table: Table[TrialRow]


@dataclass(frozen=True, slots=True)
class PartingRow:
    """Days over which the readings part in one way; those of one side give the same."""

    start: date
    end: date | None
    sides: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with its readings."""

    id: str
    article: Link
    counted: str
    readings: tuple[ReadingView, ...]
    partings: Table[PartingRow]


@dataclass(frozen=True, slots=True)
class ReadingsPage:
    """The page."""

    frame: Frame
    lead: str
    rules: tuple[RuleView, ...]


_TRIALS = (
    Column[TrialRow]("On", "on", lambda row: row.on),
    Column[TrialRow]("Case", "case", lambda row: row.what),
    Column[TrialRow]("On record", "record", lambda row: row.record),
    Column[TrialRow]("The reading gives", "gives", lambda row: row.gives),
    Column[TrialRow]("Verdict", "verdict", lambda row: row.verdict),
)
_PARTINGS = (
    Column[PartingRow]("From", "from", lambda row: row.start),
    Column[PartingRow]("Until", "until", lambda row: row.end),
    Column[PartingRow]("Side by side", "sides", lambda row: row.sides),
)


def readings_page(visit: Visit) -> ReadingsPage:
    """Every rule that carries readings."""
    rules = tuple(_rule(visit, each) for each in rules_read(visit.standing))
    lead = "Of some articles more than one reading can be argued. Each stands here beside the others, held against the record."
    path = visit.to.path("readings")
    return ReadingsPage(frame(visit, path, "charter"), lead if rules else "No rule carries readings.", rules)


def readings_link(visit: Visit, rule: str) -> Link | None:
    """Where the readings of a rule are shown; None where it carries none."""
    if rule not in readable_rules(visit.charter):
        return None
    return Link("Rival readings, held against the record", visit.to.readings(rule))


def _rule(visit: Visit, told: RuleRead) -> RuleView:
    rule = told.rule
    sides = [
        PartingRow(start, end, " | ".join(listed(group) for group in groups))
        for start, end, groups in told.partings
    ]
    return RuleView(
        rule.says.id,
        Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id)),
        told.counted,
        tuple(_reading(visit, told, each) for each in told.readings),
        table(visit, f"{rule.says.id}-part", _PARTINGS, sides, "from"),
    )


def _reading(visit: Visit, told: RuleRead, each: Measured) -> ReadingView:
    return ReadingView(
        each.name,
        each.says,
        each.holders,
        each.reading.basis if each.reading else "",
        source_lines(visit, each.sources),
        each.reading.note if each.reading else "",
        each.summary(told.counted),
        table(visit, f"{told.rule.says.id}-{each.name}", _TRIALS, list(_rows(visit, each)), "on"),
    )


def _rows(visit: Visit, each: Measured) -> Iterator[TrialRow]:
    for trial in each.trials:
        if trial.verdict != "agrees":
            yield _row(visit, trial)


def _row(visit: Visit, trial: Trial) -> TrialRow:
    case = trial.case
    link = Link(case.what, visit.to.entry(visit.record, case.entry))
    return TrialRow(case.on, link, case.record, trial.gives, spaced(trial.verdict))
