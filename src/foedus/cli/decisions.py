"""The verb that puts ballots to a body's rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import click

from foedus.accounts.decided import Decided, Put
from foedus.accounts.decided import decide as put_to
from foedus.cli import tell_decisions
from foedus.cli.ballots import Asked, from_file, from_words
from foedus.cli.group import days_of, example, main, organisations, print_json
from foedus.decisions.weights import Weights, read_weights
from foedus.problems import BadInput, Problem
from foedus.secretariat import Organisation, load


@main.command()
@click.argument("org", required=False, shell_complete=organisations)
@click.argument("organ", required=False)
@click.argument("ballots", nargs=-1)
@click.option("--on", metavar="DAY", help="The day it was decided on (YYYY-MM-DD).")
@click.option("--matter", help="What is decided, as the charter calls it, where its rules differ by that.")
@click.option("--proposer", metavar="WHO", help="On whose proposal, where its rules differ by that.")
@click.option("--members", metavar="A,B,…", help="Who decides, where the record does not have it.")
@click.option("--weights", metavar="FILE", help="The weights of the members, as in a folder's weights.csv.")
@click.option("--from", "file", metavar="FILE", help="Questions from a file of JSON or CSV instead.")
@click.option("--known", metavar="DAY", help="As known at the end of this day; else all recorded.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
@example("foedus decide un-security-council council --matter substantive --on 2022-09-30 RUS=no others=yes")
def decide(
    org: str | None,
    organ: str | None,
    ballots: tuple[str, ...],
    *,
    on: str | None,
    matter: str | None,
    proposer: str | None,
    members: str | None,
    weights: str | None,
    file: str | None,
    known: str | None,
    as_json: bool,
) -> None:
    """Whether BALLOTS carry a matter in an ORGAN under the rule in force, why, and who blocked it.

    A ballot is MEMBER=BALLOT, and others=BALLOT for all not named: yes, no, abstain, absent, object, reserve,
    declared-abstain, object-absent; or a status such as recused or member-concerned. Who is not named has no ballot on
    record.
    """
    if file is not None:
        asked = from_file(file)
    else:
        missing = [name for name, value in (("ORG", org), ("ORGAN", organ), ("--on", on)) if not value]
        if missing or org is None or organ is None or on is None:
            raise BadInput(
                Problem(name, 0, "This is missing.", "See foedus decide --help.") for name in missing
            )
        named = tuple(each.strip() for each in members.split(",")) if members else ()
        asked = (Asked(org, organ, on, from_words(ballots), matter, proposer, named),)
    table = None if weights is None else _weights(weights)
    found = [_answered(each, known, table) for each in asked]
    if as_json:
        print_json({"decisions": [each.to_json() for each in found]})
    else:
        tell_decisions.decisions(found)


@cache
def _organisation(name: str) -> Organisation:
    return load(name)


def _answered(asked: Asked, known: str | None, table: Weights | None) -> Decided:
    days = days_of(on=asked.on, known=known)
    organisation = _organisation(asked.organisation)
    day = days["on"]
    assert day is not None
    put = Put(asked.organ, day, asked.ballots, asked.matter, asked.proposer, asked.members)
    return put_to(organisation.questions(days["known"]), table or organisation.weights, put)


def _weights(path: str) -> Weights:
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadInput([Problem(path, 0, f"The file cannot be read: {reason}.")]) from error
    found, problems = read_weights(path, text)
    if problems:
        raise BadInput(problems)
    return found
