"""The verb that puts ballots to a body's rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import click

from foedus.accounts.ballots_written import Question, answered
from foedus.accounts.decided import Decided
from foedus.accounts.decided import decide as put_to
from foedus.accounts.deciders import deciders
from foedus.cli import tell_decided
from foedus.cli.asked import asked
from foedus.cli.ballots import from_file, from_words, silence_from
from foedus.cli.group import example, main, print_json
from foedus.cli.members import members_from
from foedus.cli.options import options, organisations
from foedus.decisions.electorate import Voter
from foedus.problems import BadInput, Problem
from foedus.secretariat import Organisation

Asked = Callable[..., tuple[Organisation, date, date | None]]


@main.command()
@click.argument("org", required=False, shell_complete=organisations)
@click.argument("organ", required=False)
@click.argument("words", metavar="[BALLOTS]...", nargs=-1)
@click.option("--matter", metavar="MATTER", help="What is decided; else what the rule for most matters says.")
@click.option("--proposer", metavar="WHO", help="On whose proposal, where that makes a difference.")
@click.option("--members", metavar="FILE", help="Members and weights from a table, in place of the record's.")
@click.option("--ballots", "file", metavar="FILE", help="Ballots from a file of JSON or CSV instead.")
@click.option("--circulated", metavar="MOMENT", help="When a draft went out that silence carries.")
@click.option("--deadline", metavar="MOMENT", help="Until when the silence could be broken.")
@click.option("--why", is_flag=True, help="Print every step of the reason.")
@options(on=True)
@example(
    "foedus decide un-security-council council --matter substantive --on 2022-09-30 RUS=no CHN=abstain others=yes"
)
def decide(
    org: str | None,
    organ: str | None,
    words: tuple[str, ...],
    on: str | None,
    known: str | None,
    *,
    matter: str | None,
    proposer: str | None,
    members: str | None,
    file: str | None,
    circulated: str | None,
    deadline: str | None,
    why: bool,
    as_json: bool,
) -> None:
    """Whether BALLOTS carry a matter in an ORGAN under the rule in force, who blocked it, and whom it binds.

    A ballot is MEMBER=BALLOT, and others=BALLOT for all who are not named: yes, no, abstain, absent, object, reserve,
    declared-abstain, object-absent; or a status such as recused. Who is not named has no ballot on record. Where silence
    carries, object@2022-05-18T12:00 says when it was broken.
    """
    if file is not None and words:
        raise BadInput([Problem("BALLOTS", 0, "Ballots are given twice.", "Give them here or in the file.")])
    here = Question(
        "", from_words(words), silence_from(circulated, deadline), org, organ, matter, proposer, on
    )
    questions, listed = ((here,), False) if file is None else from_file(file)
    given = members_from(Path(members)) if members else ()
    once = cache(asked)  # of this run alone: another may be asked as somebody who sees less
    found = answered([_filled(each, here) for each in questions], lambda each: _one(each, known, given, once))
    if as_json:
        told = [each.to_json() for each in found]
        print_json(told if listed else told[0])
    else:
        tell_decided.decided(found, why=why)


def _filled(question: Question, here: Question) -> Question:
    """A question with what it does not say itself taken from the command line. BadInput where the two part."""
    if question is here:
        return here
    named = ("organisation", "organ", "matter", "proposer", "on")
    both = [(n, getattr(question, n), getattr(here, n)) for n in named]
    parting = [(n, there, given) for n, there, given in both if there and given and there != given]
    if parting:
        raise BadInput(
            Problem(
                question.where, 0, f"“{n}” is “{there}” here, and “{given}” on the command line.", "Keep one."
            )
            for n, there, given in parting
        )
    return replace(question, **{n: there or given for n, there, given in both})


def _one(question: Question, known: str | None, given: tuple[Voter, ...], once: Asked) -> Decided:
    missing = [
        name for name, value in (("ORG", question.organisation), ("ORGAN", question.organ)) if not value
    ]
    if question.organisation is None or question.organ is None:
        raise BadInput(Problem(name, 0, "This is missing.", "See foedus decide --help.") for name in missing)
    organisation, day, known_day = once(question.organisation, question.on, known)
    questions = organisation.questions(known_day)
    weights, about = organisation.weights, (question.matter, question.proposer)
    by = deciders(questions, weights, question.organ, day, *about, given)
    return put_to(questions, by, day, question.ballots, question.given)
