"""The verb on power: who can carry, who can stop, how much each vote is worth."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from foedus.accounts.deciders import deciders, organ_meant, weights_named
from foedus.accounts.powers import Drawn, Powers, powers
from foedus.cli import tell_power
from foedus.cli.asked import asked
from foedus.cli.group import example, main, print_json
from foedus.cli.members import members_from
from foedus.cli.options import options, organisations
from foedus.cli.progress import progress
from foedus.power import INDICES, Index

MOST_DRAWN = 10_000_000


@main.command(name="power")
@click.argument("org", shell_complete=organisations)
@click.argument("organ", required=False)
@click.option("--matter", metavar="MATTER", help="What is decided; else what the rule for most matters says.")
@click.option("--proposer", metavar="WHO", help="On whose proposal, where that makes a difference.")
@click.option(
    "--index",
    "indices",
    type=click.Choice(INDICES),
    multiple=True,
    help="Which index; may be given several times. Else all.",
)
@click.option(
    "--otherwise",
    type=click.Choice(["no", "abstain"]),
    help="What those do who are not for it, where the rule counts shares of those who vote.",
)
@click.option(
    "--sampled", type=click.IntRange(100, MOST_DRAWN), metavar="N", help="Draw N groups and orders instead."
)
@click.option("--seed", type=int, default=1, show_default=True, help="From which they are drawn.")
@click.option("--members", metavar="FILE", help="Members and weights from a table, in place of the record's.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table of comma-separated values.")
@options(on=True)
@example("foedus power eu-council council --on 2025-06-01 --index banzhaf")
def power_(
    org: str,
    organ: str | None,
    on: str | None,
    known: str | None,
    *,
    matter: str | None,
    proposer: str | None,
    indices: tuple[Index, ...],
    otherwise: str | None,
    sampled: int | None,
    seed: int,
    members: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """How much power each member of an ORGAN has by the rule in force: exact, and by which method.

    Figures are drawn at random only with --sampled, and then told with their bound.
    """
    organisation, day, known_day = asked(org, on, known, names={"ORGAN": lambda q: organ_meant(q, organ)})
    questions = organisation.questions(known_day)
    given = members_from(Path(members), weights_named(questions)) if members else ()
    drawn = None if sampled is None else Drawn(sampled, seed)
    by = deciders(questions, organisation.weights, organ, day, matter, proposer, given)
    with progress("Reckoning") as told:
        found = powers(questions, by, day, indices or INDICES, otherwise, drawn, told)  # type: ignore[arg-type]
    if as_json:
        print_json(found.to_json())
    elif as_csv:
        _print_csv(found)
    else:
        tell_power.power(organisation, found)


def _print_csv(found: Powers) -> None:
    """A row a member, a column an index, as decimals of full length."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["member", *found.power.of])
    for at, voter in enumerate(found.power.voters):
        out.writerow([voter, *(repr(float(numbers[at])) for numbers in found.power.of.values())])
