"""Verbs about what was known when: diff."""

from __future__ import annotations

import click
from rich.text import Text

from foedus.accounts.words import says
from foedus.cli.group import asked, days_of, example, main, organisations, print_json, reading_option
from foedus.cli.style import console, count, indented, words
from foedus.engine.differences import Difference, differences
from foedus.problems import BadInput, Problem
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day


@main.command()
@click.argument("org", shell_complete=organisations)
@click.option(
    "--known",
    nargs=2,
    required=True,
    metavar="A B",
    help="As known at the end of day A, and at the end of day B.",
)
@reading_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
@example("foedus diff csto --known 2026-01-01 2026-12-31")
def diff(org: str, known: tuple[str, str], *, as_json: bool) -> None:
    """What changed in what we believe between two days as known, and through which entries."""
    organisation, _, _ = asked(org, None, None)
    days = days_of(**{"known A": known[0], "known B": known[1]})
    first, last = days["known A"], days["known B"]
    assert first is not None
    assert last is not None
    if last < first:
        raise BadInput(
            [Problem("--known", 0, f"{last} comes before {first}.", "Give the earlier day first.")]
        )
    found = differences(organisation.questions(first), organisation.questions(last))
    if as_json:
        print_json(
            {
                "organisation": organisation.name,
                "known": [first.isoformat(), last.isoformat()],
                "changes": [each.to_json() for each in found],
            }
        )
        return
    out = console()
    out.print(
        Text(
            f"Known on {show_day(last)} and not on {show_day(first)}: {count(len(found), 'answer')}",
            style="bold",
        )
    )
    for each in found:
        _tell(organisation, each)


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
