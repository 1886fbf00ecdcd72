"""The verb about rival readings of rules: readings."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.console import Console
from rich.text import Text

from foedus.accounts.rivals import Measured, RuleRead, rules_read
from foedus.charter.readings import readable_rules
from foedus.cli.asked import asked
from foedus.cli.group import example, main, print_json
from foedus.cli.options import completing, options, organisations
from foedus.cli.style import console, facts, indented, lay_out, table
from foedus.problems import BadInput, NotFound, Problem
from foedus.secretariat import Organisation
from foedus.terms.words import listed, spaced


def _rules(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Rules that carry readings, each with where it stands."""
    cited = {rule.says.id: rule.citation for rule in organisation.charter.rules}
    yield from ((rule, cited[rule]) for rule in readable_rules(organisation.charter))


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("rule", required=False, shell_complete=completing(_rules))
@options(on=False)
@example("foedus readings csto chair-of-council")
def readings(org: str, rule: str | None, known: str | None, *, as_json: bool) -> None:
    """Rival readings of rules, each held against the record: with what it agrees, and where the readings part."""
    organisation, _, day = asked(org, None, known)
    questions = organisation.questions(day)
    try:
        found = rules_read(questions.standing, rule)
    except NotFound as error:
        raise BadInput([Problem("RULE", 0, str(error))]) from error
    if as_json:
        print_json(
            {
                "organisation": organisation.name,
                "rules": [each.to_json() for each in found],
                "basis": questions.basis(None).to_json(),
            }
        )
        return
    out = console()
    if not found:
        out.print(Text(f"No rule of {organisation.name} carries readings."))
    for index, each in enumerate(found):
        if index:
            out.print()
        _tell(out, each)


def _tell(out: Console, found: RuleRead) -> None:
    out.print(Text(f"{found.rule.citation}: {found.rule.says.id}", style="bold"))
    for each in found.readings:
        out.print()
        out.print(indented(Text(each.name, style="bold")))
        _reading(out, each, found.counted)
    if found.partings:
        out.print()
        out.print(indented(Text("Where they part", style="bold")))
        made = table("From", "To", "What gives the same, side by side")
        for start, end, groups in found.partings:
            sides = " | ".join(listed(group) for group in groups)
            made.add_row(str(start), str(end) if end else "open", sides)
        lay_out(out, made, 4)
    if found.beside:
        out.print(indented(Text(f"A member absent, and no decision on record: {', '.join(found.beside)}")))


def _reading(out: Console, told: Measured, counted: str) -> None:
    rows = [("Says", told.says), ("Held by", told.holders), ("Against the record", told.summary(counted))]
    if told.reading is not None:
        rows.append(("Basis", f"{told.reading.basis}; {', '.join(told.sources) or 'no page'}"))
        rows.append(("Note", told.reading.note))
    facts(out, rows)
    apart = [trial for trial in told.trials if trial.verdict != "agrees"]
    if apart:
        handed = counted == "hand-over"
        made = table("On", "Session" if handed else "Decision", "On record", "The reading gives", "")
        for trial in apart:
            what = trial.case.entry if handed else trial.case.what
            made.add_row(str(trial.case.on), what, trial.case.record, trial.gives, spaced(trial.verdict))
        lay_out(out, made, 4)
