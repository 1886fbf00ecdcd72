"""The verb on the record's decisions: whether each outcome can be what the rule in force gives."""

from __future__ import annotations

from collections.abc import Callable

import click

from foedus.accounts.calendar import named
from foedus.accounts.judged import decisions as decisions_of
from foedus.cli import tell_judged
from foedus.cli.asked import asked
from foedus.cli.group import example, main, print_json
from foedus.cli.options import options, organisations
from foedus.engine.answers import Questions


@main.command()
@click.argument("org", shell_complete=organisations)
@click.option("--session", metavar="SESSION", help="Of this session only: an entry's id, or a day.")
@options(on=False)
@example("foedus decisions csto --session 2022-11-23")
def decisions(org: str, session: str | None, known: str | None, *, as_json: bool) -> None:
    """Every decision on record beside the rule in force: whether its outcome can stand, and in which reading of absence.

    What the record does not hold is not guessed: a member whose position is not on record may have held any.
    """
    names: dict[str, Callable[[Questions], object]] = {}
    if session is not None:
        names["--session"] = lambda q: named(q, session)
    organisation, _, known_day = asked(org, None, known, names=names)
    told = decisions_of(organisation.questions(known_day), organisation.weights, session)
    if as_json:
        print_json(told.to_json())
    else:
        tell_judged.decisions(organisation, told)
