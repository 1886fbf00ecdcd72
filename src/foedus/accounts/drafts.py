"""Drafts and what became of them; tasks given and what was reported on them."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.lines import Json, Line, bearing_on, line, lines, when_json
from foedus.accounts.sourced import published
from foedus.record.acts import Decided, Mandate, Report
from foedus.record.record import Record


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft before a session: adopted, not adopted or not taken up; why, and what came of it later."""

    entry: Decided
    line: Line

    @property
    def adopted(self) -> bool:
        """Whether it was adopted."""
        return self.entry.outcome == "adopted"

    def to_json(self) -> Json:
        """The draft as published in `schemas/`."""
        entry = self.entry
        return self.line.to_json() | {
            "session": entry.session,
            "what": entry.what,
            "outcome": entry.outcome,
            "stopped by": entry.stopped_by,
            "why": entry.why or None,
            "fate": entry.fate or None,
        }


@dataclass(frozen=True, slots=True)
class Task:
    """A task given to somebody, and every report on it."""

    entry: Mandate
    line: Line
    reports: tuple[Line, ...]

    def to_json(self) -> Json:
        """The task as published in `schemas/`."""
        entry = self.entry
        return self.line.to_json() | {
            "to": published(entry.to),
            "by": published(entry.by),
            "task": entry.task,
            "at": entry.at,
            "due": when_json(entry.due),
            "reports": [report.to_json() for report in self.reports],
        }


def draft(record: Record, entry: Decided) -> Draft:
    """A decision entry as a draft."""
    return Draft(entry, line(record, entry))


def task(record: Record, entry: Mandate) -> Task:
    """A mandate with the reports on it, in order of time."""
    reports = (e for e in bearing_on(record, {entry.id}) if isinstance(e, Report))
    return Task(entry, line(record, entry), lines(record, reports))
