"""The verb that puts a record of votes to another rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from foedus.accounts.deciders import deciders, organ_meant
from foedus.accounts.roll_called import Votes, on_record, roll_called
from foedus.accounts.whatif import Asked, WhatIf, whatif
from foedus.cli import tell_whatif
from foedus.cli.asked import asked, days_of
from foedus.cli.group import example, main, print_json
from foedus.cli.options import options, organisations
from foedus.cli.progress import progress
from foedus.cli.votes import calls_from, rule_from
from foedus.decisions.alternatives import ALTERNATIVES, alternative, ready
from foedus.engine.answers import Questions
from foedus.problems import BadInput, Problem
from foedus.secretariat import Organisation

Ready = tuple[tuple[str, str], ...]


@main.command(name="whatif")
@click.argument("org", shell_complete=organisations)
@click.argument("organ", required=False)
@click.option("--rule", metavar="NAME|FILE", help="A ready rule, or a file with a rule as in a charter.")
@click.option("--rules", "listing", is_flag=True, help="List the ready rules that change something here.")
@click.option("--votes", metavar="FILE", help="Votes beside the record: CSV, Parquet, Popolo, or a folder.")
@click.option(
    "--matter", metavar="MATTER", help="What votes that do not say were on; else as the charter has it."
)
@click.option("--since", metavar="DAY", help="Votes from this day on.")
@click.option("--until", metavar="DAY", help="Votes before this day.")
@options(on=False)
@example("foedus whatif un-security-council --rule no-veto --votes docs/security-council-2022.csv")
def whatif_(
    org: str,
    organ: str | None,
    known: str | None,
    *,
    rule: str | None,
    listing: bool,
    votes: str | None,
    matter: str | None,
    since: str | None,
    until: str | None,
    as_json: bool,
) -> None:
    """Which outcomes turn where another rule applies: votes of an ORGAN, on record or from a file, judged under both.

    Members that a roll call does not list took no part in it.
    """
    days = days_of(since=since, until=until)
    organisation, _, known_day = asked(org, None, known, names={"ORGAN": lambda q: organ_meant(q, organ)})
    questions = organisation.questions(known_day)
    name = organ_meant(questions, organ)
    choice = _ready(organisation, questions, name, matter)
    if rule is None and not listing:
        what = "Which other rule is meant is not said."
        raise BadInput(
            [Problem("--rule", 0, what, f"Name one: {', '.join(n for n, _ in choice)}; or a file.")]
        )
    found = None if rule is None else _replayed(organisation, questions, name, matter, rule, votes, days)
    if as_json:
        print_json(
            {
                "organisation": questions.organisation,
                "organ": name,
                "known": questions.known.isoformat(),
                "ready": [{"name": each, "says": says} for each, says in choice],
                "replay": None if found is None else found.to_json(),
                "basis": questions.basis(None).to_json(),
            }
        )
        return
    title = f"{questions.standing.title(name)}, {organisation.record.about.name}"
    if found is None:
        tell_whatif.rules(title, choice)
    else:
        tell_whatif.whatif(title, found)


def _ready(organisation: Organisation, questions: Questions, organ: str, matter: str | None) -> Ready:
    """The ready rules that can be put in the place of the one in force on the last day of the record."""
    day = organisation.record.about.record_to
    try:
        by = deciders(questions, organisation.weights, organ, day, matter)
    except BadInput:
        return tuple((each.name, each.says) for each in ALTERNATIVES.values())
    return tuple(ready(by.rule, by.voters))


def _replayed(
    organisation: Organisation,
    questions: Questions,
    organ: str,
    matter: str | None,
    rule: str,
    votes: str | None,
    days: dict[str, date | None],
) -> WhatIf:
    other = _other(rule)
    given = _between(on_record(questions, organisation.weights, organ, matter), days)
    sources = ("the record",) if given.votes or given.apart else ()
    with progress("Replaying") as told:
        if votes is not None:
            path = Path(votes)
            calls = calls_from(path).between(days["since"], days["until"])
            more = roll_called(
                questions, organisation.weights, organ, calls, str(path), matter, lambda done: told(done / 2)
            )
            given = _together(given, more)
            sources = (*sources, path.name)
        return whatif(given, other, sources, lambda done: told(0.5 + done / 2))


def _other(rule: str) -> Asked:
    """A ready rule by its name, or the rule of a file."""
    path = Path(rule)
    if rule.partition(":")[0] not in ALTERNATIVES and (path.suffix in {".yaml", ".yml"} or path.exists()):
        own = rule_from(path)
        return Asked(path.name, lambda _, members: (own, members))
    return Asked(rule, alternative(rule))


def _between(votes: Votes, days: dict[str, date | None]) -> Votes:
    since, until = days["since"], days["until"]

    def asked_for(day: date) -> bool:
        return (since is None or since <= day) and (until is None or day < until)

    return replace(
        votes,
        votes=tuple(vote for vote in votes.votes if asked_for(vote.day)),
        apart=tuple(each for each in votes.apart if asked_for(each.day)),
    )


def _together(first: Votes, more: Votes) -> Votes:
    votes = sorted((*first.votes, *more.votes), key=lambda vote: vote.day)
    return replace(more, votes=tuple(votes), apart=(*first.apart, *more.apart))
