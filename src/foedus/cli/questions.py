"""Verbs that put a question to the engine: who, timeline, show, charter, check."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

import click

from foedus.cli import tell
from foedus.cli.asked import asked, days_of, kept, known_as, read
from foedus.cli.group import example, main, print_json
from foedus.cli.options import (
    Explained,
    completing,
    json_option,
    options,
    organisations,
    reading_option,
    why_option,
)
from foedus.engine.law import articles
from foedus.problems import BadInput, NotFound, Problem
from foedus.record.seen import PUBLIC
from foedus.secretariat import Organisation, inspect
from foedus.secretariat import overview as overview_of
from foedus.terms.states import all_states, state_name


def _asked_about(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Offices, organs, what one can be a party of, and states on record, each with what it is called."""
    questions = organisation.questions()
    standing, titles = questions.standing, {state: state_name(state) for state in all_states()}
    named = {*standing.offices(), *standing.organs(), *standing.memberships()}
    yield from ((name, questions.title(name)) for name in questions.names() if name in named)
    yield from ((name, titles[name]) for name in questions.names() if name in titles)


def _articles(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Numbers of articles, each with its title in every instrument that has it."""
    called: dict[str, list[str]] = {}
    for instrument in organisation.charter.instruments:
        for article in instrument.articles:
            called.setdefault(article.number, []).append(f"{instrument.short}: {article.title}")
    yield from ((number, "; ".join(titles)) for number, titles in called.items())


@main.command(cls=Explained)
@click.argument("org", shell_complete=organisations)
@click.argument("question", shell_complete=completing(_asked_about))
@options(on=True)
@why_option
@example("foedus who csto chairman --on 2023-02-01 --why")
def who(
    org: str, question: str, on: str | None, known: str | None, *, as_json: bool, why: bool, every_step: bool
) -> None:
    """Who held an office, filled the seats of an organ, or how a state stood. QUESTION is its name."""
    organisation, day, known_day = asked(org, on, known, question)
    answer = organisation.who(question, day, known_day)
    if as_json:
        print_json(answer.to_json())
    else:
        tell.answer(organisation, answer, why=why, every_step=every_step)


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("question", shell_complete=completing(_asked_about))
@options(on=False)
@example("foedus timeline csto chairman")
def timeline(org: str, question: str, known: str | None, *, as_json: bool) -> None:
    """How an office, an organ or a member stood over time. `to` is the first day out."""
    organisation, _, known_day = asked(org, None, known, question)
    course = organisation.timeline(question, known_day)
    if as_json:
        print_json(course.to_json())
    else:
        tell.course(organisation, course)


@main.command()
@click.argument("org", shell_complete=organisations)
@options(on=True)
@example("foedus show csto --on 2022-11-23")
def show(org: str, on: str | None, known: str | None, *, as_json: bool) -> None:
    """The organisation on a day: its members, its offices, the seats of its organs."""
    organisation, day, known_day = asked(org, on, known)
    overview = overview_of(organisation, day, known_day)
    if as_json:
        print_json(overview.to_json())
    else:
        tell.overview(organisation, overview)


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("article", required=False, shell_complete=completing(_articles))
@click.option("--on", metavar="DAY", help="As in force at the end of this day (YYYY-MM-DD); else today.")
@reading_option
@json_option
@example("foedus charter csto 13 --on 2022-11-23")
def charter(org: str, article: str | None, on: str | None, *, as_json: bool) -> None:
    """An ARTICLE as in force on a day: its reading, its rules as sentences, what is not evaluated; or all articles."""
    organisation, day, _ = asked(org, on, None)
    found = articles(organisation.charter, day, article)
    if as_json:
        told = {"organisation": organisation.name, "on": day.isoformat()}
        basis = organisation.questions().basis(day).to_json()
        print_json(told | {"articles": [each.to_json() for each in found], "basis": basis})
    else:
        tell.articles(found, day)


@main.command()
@click.argument("org", shell_complete=organisations)
@options(on=False)
@example("foedus check csto")
def check(org: str, known: str | None, *, as_json: bool) -> None:
    """Problems of the files and findings about the record. Exit 1 on an error, 2 where files are refused."""
    wrong: list[Problem] = []
    days: dict[str, date | None] = {"known": None, "published": None}
    as_of = None
    try:
        as_of, known = known_as(known)
        days = days_of(known=known, published=kept("published"))
    except BadInput as error:
        wrong += error.problems
    try:
        organisation, problems = inspect(org, database=kept("database"), as_of=as_of)
    except NotFound as error:
        raise BadInput([*wrong, Problem("ORG", 0, str(error))]) from error
    if organisation is not None and not problems:
        try:
            organisation = read(organisation.seen_by(kept("sees") or PUBLIC))
        except BadInput as error:
            wrong += error.problems
    if wrong:
        raise BadInput([*wrong, *problems])
    if organisation is not None and days["published"] is not None:
        organisation = organisation.published(days["published"])
    found = organisation.findings(days["known"]) if organisation is not None and not problems else ()
    name = organisation.name if organisation is not None else org
    if as_json:
        rows = [{"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in problems]
        told = {"organisation": name, "problems": rows, "findings": [f.to_json() for f in found]}
        read_from = None if organisation is None or problems else organisation.questions(days["known"])
        print_json(told | {"basis": None if read_from is None else read_from.basis(None).to_json()})
    else:
        tell.checked(name, problems, found)
    sys.exit(2 if problems else 1 if any(f.severity == "error" for f in found) else 0)
