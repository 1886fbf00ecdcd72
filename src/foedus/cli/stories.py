"""Verbs that tell a story from the record: a request, the bodies, what sources say, the time between two sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import click

from foedus.accounts import bodies as bodies_
from foedus.accounts import cases as cases_
from foedus.accounts import duties as duties_
from foedus.accounts import period
from foedus.accounts import says as says_
from foedus.accounts import sources as sources_
from foedus.cli import tell_duties, tell_period, tell_sources, tell_stories
from foedus.cli.asked import asked
from foedus.cli.group import example, main, print_json
from foedus.cli.options import Explained, options, organisations, why_option
from foedus.engine.answers import Questions
from foedus.problems import BadInput, Problem
from foedus.terms.dates import parse_day

Lookup = Callable[[Questions], object]


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("request", metavar="[CASE]", required=False)
@options(on=False)
@example("foedus case csto arm-2022")
def case(org: str, request: str | None, known: str | None, *, as_json: bool) -> None:
    """A request for help as a story with dates: who was asked, who answered, what is open. Without CASE, all of them."""
    names: dict[str, Lookup] = {} if request is None else {"CASE": lambda q: cases_.case(q, request)}
    organisation, _, known_day = asked(org, None, known, names=names)
    questions = organisation.questions(known_day)
    told = cases_.cases(questions) if request is None else cases_.case(questions, request)
    if as_json:
        print_json(told.to_json())
    elif request is None:
        tell_stories.cases(organisation, told)
    else:
        tell_stories.case(told.cases[0])


@main.command(cls=Explained)
@click.argument("org", shell_complete=organisations)
@options(on=True)
@click.option("--of", "state", metavar="STATE", help="Only what this state owed, by its code or name.")
@click.option("--case", "request", metavar="CASE", help="Only what this request claims.")
@click.option("--all", "closed", is_flag=True, help="What was met or had ended by then, too.")
@why_option
@example("foedus duties csto --on 2022-11-23")
def duties(
    org: str,
    on: str | None,
    known: str | None,
    *,
    as_json: bool,
    state: str | None,
    request: str | None,
    closed: bool,
    why: bool,
    every_step: bool,
) -> None:
    """What was open on a day between members: what, to whom, under which article, and how it stood; and clocks."""
    names: dict[str, Lookup] = {"--of": lambda _: duties_.holder_named(state)}
    names |= {} if request is None else {"--case": lambda q: cases_.case(q, request)}
    organisation, day, known_day = asked(org, on, known, names=names)
    told = duties_.owed(organisation.questions(known_day), day, state, request)
    if as_json:
        print_json(told.to_json())
    else:
        tell_duties.duties(organisation, told, closed=closed, why=why, every_step=every_step)


@main.command()
@click.argument("org", shell_complete=organisations)
@options(on=True)
@example("foedus bodies csto --on 2022-11-23")
def bodies(org: str, on: str | None, known: str | None, *, as_json: bool) -> None:
    """The bodies beneath the organs on a day: those founded, and apart from them those only offered."""
    organisation, day, known_day = asked(org, on, known)
    told = bodies_.bodies(organisation.questions(known_day), day)
    if as_json:
        print_json(told.to_json())
    else:
        tell_stories.bodies(organisation, told)


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("point", metavar="POINT")
@options(on=False)
@example('foedus says csto "chair 2022-12-01"')
def says(org: str, point: str, known: str | None, *, as_json: bool) -> None:
    """What each source says on a POINT, and which are silent. POINT is a question, as for `who`, and a day."""
    question, on, problems = _point(point)
    names: dict[str, Lookup] = {"POINT": lambda q: q.subject(question)} if question else {}
    try:
        organisation, _, known_day = asked(org, None, known, names=names)
    except BadInput as error:
        raise BadInput([*problems, *error.problems]) from error
    if on is None or problems:
        raise BadInput(problems)
    told = says_.says(organisation.questions(known_day), question, on)
    if as_json:
        print_json(told.to_json())
    else:
        tell_sources.says(told)


def _point(text: str) -> tuple[str, date | None, list[Problem]]:
    """The question and the day that a point is made of, and what is wrong with it."""
    words = text.split()
    dated = bool(words) and words[-1][0].isdigit()
    question = " ".join(words[:-1] if dated else words)
    remedy = 'Write a question and a day: "chairman 2022-12-01".'
    wrong = "names no day" if not dated else "asks nothing" if not question else ""
    problems = [Problem("POINT", 0, f"“{text}” {wrong}.", remedy)] if wrong else []
    try:
        return question, parse_day(words[-1]) if dated else None, problems
    except ValueError as error:
        return question, None, [*problems, Problem("POINT", 0, str(error))]


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("source", required=False)
@options(on=False)
@example("foedus sources csto seed")
def sources(org: str, source: str | None, known: str | None, *, as_json: bool) -> None:
    """What rests on a SOURCE, what rests on it alone, what it is silent on. Without SOURCE, all of them."""
    names: dict[str, Lookup] = {} if source is None else {"SOURCE": lambda q: sources_.source(q, source)}
    organisation, _, known_day = asked(org, None, known, names=names)
    questions = organisation.questions(known_day)
    told = sources_.sources(questions) if source is None else sources_.source(questions, source)
    if as_json:
        print_json(told.to_json())
    elif source is None:
        tell_sources.sources(organisation, told)
    else:
        tell_sources.source(told.sources[0])


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("first")
@click.argument("last")
@options(on=False)
@example("foedus between csto 2021-09-16 2022-11-23")
def between(org: str, first: str, last: str, known: str | None, *, as_json: bool) -> None:
    """The report on the period after the FIRST session, up to and including the LAST: each a day or a session's id."""
    names: dict[str, Lookup] = {
        "FIRST": lambda q: period.end(q, first),
        "LAST": lambda q: period.end(q, last),
    }
    organisation, _, known_day = asked(org, None, known, names=names)
    told = period.between(organisation.questions(known_day), first, last)
    if as_json:
        print_json(told.to_json())
    else:
        tell_period.between(organisation, told)
