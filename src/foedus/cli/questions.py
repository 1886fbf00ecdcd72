"""Verbs that put a question to the engine: who, timeline, show, charter, check."""

from __future__ import annotations

import sys
from datetime import date

import click

from foedus.cli import tell
from foedus.cli.group import asked, days_of, example, kept, main, options, print_json
from foedus.engine.law import articles
from foedus.problems import BadInput, NotFound, Problem
from foedus.secretariat import inspect
from foedus.secretariat import overview as overview_of


@main.command()
@click.argument("org")
@click.argument("question")
@options(on=True)
@click.option("--why", is_flag=True, help="Say why: rule, entries, sources, and the weakest of them.")
@example("foedus who csto chairman --on 2023-02-01 --why")
def who(org: str, question: str, on: str | None, known: str | None, *, as_json: bool, why: bool) -> None:
    """Who held an office, filled the seats of an organ, or how a state stood. QUESTION is its name."""
    organisation, day, known_day = asked(org, on, known, question)
    answer = organisation.who(question, day, known_day)
    if as_json:
        print_json(answer.to_json())
    else:
        tell.answer(organisation, answer, why=why)


@main.command()
@click.argument("org")
@click.argument("question")
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
@click.argument("org")
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
@click.argument("org")
@click.argument("article", required=False)
@click.option("--on", metavar="DAY", help="As in force at the end of this day (YYYY-MM-DD); else today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
@example("foedus charter csto 13 --on 2022-11-23")
def charter(org: str, article: str | None, on: str | None, *, as_json: bool) -> None:
    """An ARTICLE as in force on a day: its reading, its rules as sentences, what is not evaluated; or all articles."""
    organisation, day, _ = asked(org, on, None)
    found = articles(organisation.charter, day, article)
    if as_json:
        told = {"organisation": organisation.name, "on": day.isoformat()}
        print_json(told | {"articles": [each.to_json() for each in found]})
    else:
        tell.articles(found, day)


@main.command()
@click.argument("org")
@options(on=False)
@example("foedus check csto")
def check(org: str, known: str | None, *, as_json: bool) -> None:
    """Problems of the files and findings about the record. Exit 1 on an error, 2 where files are refused."""
    wrong: list[Problem] = []
    days: dict[str, date | None] = {"known": None, "published": None}
    try:
        days = days_of(known=known, published=kept("published"))
    except BadInput as error:
        wrong += error.problems
    try:
        organisation, problems = inspect(org)
    except NotFound as error:
        raise BadInput([*wrong, Problem("ORG", 0, str(error))]) from error
    if wrong:
        raise BadInput([*wrong, *problems])
    if organisation is not None and days["published"] is not None:
        organisation = organisation.published(days["published"])
    found = organisation.findings(days["known"]) if organisation is not None and not problems else ()
    name = organisation.name if organisation is not None else org
    if as_json:
        rows = [{"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in problems]
        print_json({"organisation": name, "problems": rows, "findings": [f.to_json() for f in found]})
    else:
        tell.checked(name, problems, found)
    sys.exit(2 if problems else 1 if any(f.severity == "error" for f in found) else 0)
