"""Verbs about what was known when: diff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import click
from rich.text import Text

from foedus.accounts.words import says
from foedus.cli.asked import asked, days_of, known_as, named_organisation
from foedus.cli.group import example, main, print_json
from foedus.cli.options import json_option, organisations, reading_option
from foedus.cli.style import console, count, indented, words
from foedus.engine.answers import Questions
from foedus.engine.differences import Difference, differences
from foedus.problems import BadInput, Problem
from foedus.register.mark import Mark
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day


@main.command()
@click.argument("org", shell_complete=organisations)
@click.option(
    "--known",
    nargs=2,
    required=True,
    metavar="A B",
    help="As known at the end of day A, and of day B; or as of two checkpoints of the register: SIZE@ROOT, or a file.",
)
@reading_option
@json_option
@example("foedus diff csto --known 2026-01-01 2026-12-31")
def diff(org: str, known: tuple[str, str], *, as_json: bool) -> None:
    """What changed in what we believe between two days as known, and through which entries."""
    current, _, _ = asked(org, None, None)
    first, last = (
        _known(current, org, text, name) for text, name in zip(known, ("known A", "known B"), strict=True)
    )
    if last.place < first.place:
        remedy = "Give the earlier first."
        raise BadInput([Problem("--known", 0, f"{last} comes before {first}.", remedy)])
    found = differences(first.questions, last.questions)
    if as_json:
        print_json(
            {
                "organisation": last.organisation.name,
                "known": [str(first), str(last)],
                "changes": [each.to_json() for each in found],
                "bases": [each.questions.basis(None).to_json() for each in (first, last)],
            }
        )
        return
    out = console()
    out.print(
        Text(
            f"Known {last.shown} and not {first.shown}: {count(len(found), 'answer')}",
            style="bold",
        )
    )
    for each in found:
        _tell(last.organisation, each)


@dataclass(frozen=True)
class _Known:
    """An organisation as known: at the end of a day, or at a point of its register's growth."""

    organisation: Organisation
    when: date | Mark

    @property
    def questions(self) -> Questions:
        return self.organisation.questions(None if isinstance(self.when, Mark) else self.when)

    @property
    def place(self) -> tuple[date, int]:
        """Where it stands beside others: by day, and by size where both are points of a register."""
        if isinstance(self.when, Mark):
            return date.max, self.when.size
        return self.when, 0

    @property
    def shown(self) -> str:
        if isinstance(self.when, Mark):
            return f"at {count(self.when.size, 'entry', 'entries')}"
        return f"on {show_day(self.when)}"

    def __str__(self) -> str:
        return str(self.when)


def _known(current: Organisation, org: str, text: str, name: str) -> _Known:
    as_of, day = known_as(text)
    if as_of is not None:
        then = named_organisation(org, as_of)
        return _Known(then.read_as(dict(current.charter.readings)), as_of)
    on = days_of(**{name: day})[name]
    assert on is not None
    return _Known(current, on)


def _tell(organisation: Organisation, found: Difference) -> None:
    out, record = console(), organisation.record
    days = f"{found.start if found.start.year > 1 else 'the beginning'} to {found.end or 'open'}"
    out.print(Text(f"{found.about}, {days}", style="bold"))
    out.print(indented(Text(f"before: {_said(found.status_before, found.before)}", style="bright_black")))
    out.print(indented(Text(f"after:  {_said(found.status_after, found.after)}")))
    for name in found.entries:
        entry = record.by_id[name]
        repairs = f", corrects {entry.corrects}" if entry.corrects else ""
        line = f"through {name}, recorded {entry.recorded} by {entry.recorded_by}{repairs}: {says(entry)}"
        out.print(indented(Text(line), 4))


def _said(status: str, summary: str) -> str:
    return words(status) if status == "not-in-force" else f"{words(status)}: {summary}"
