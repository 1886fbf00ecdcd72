"""The verbs. Each takes `--json`, whose form is published in `schemas/`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from foedus.cli import tell
from foedus.engine.law import articles
from foedus.problems import BadInput, FoedusError, NotFound, Problem
from foedus.secretariat import Organisation, bundled, inspect, load
from foedus.secretariat import overview as overview_of
from foedus.terms.dates import parse_day

Command = TypeVar("Command", bound=Callable[..., Any])


class _Foedus(click.Group):
    """Says what is wrong in sentences, never in a traceback, and exits 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
        except FoedusError as error:
            click.echo(str(error), err=True)
        return ctx.exit(2)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise NotFound("command", args[0], self.list_commands(ctx)) from error


def _example(text: str) -> Callable[[Command], Command]:
    """Ends a command's help with an example that can be copied."""

    def add(command: Command) -> Command:
        command.__doc__ = f"{command.__doc__}\n\n\b\nExample:\n  {text}\n"
        return command

    return add


def _options(*, on: bool) -> Callable[[Command], Command]:
    """`--on` (where asked for), `--known` and `--json`, the same everywhere."""

    def add(command: Command) -> Command:
        made: Any = click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")(
            command
        )
        made = click.option(
            "--known", metavar="DAY", help="As known at the end of this day; else all recorded."
        )(made)
        if on:
            made = click.option(
                "--on", metavar="DAY", help="At the end of this day (YYYY-MM-DD); else today."
            )(made)
        return made  # type: ignore[no-any-return]

    return add


@click.group(cls=_Foedus, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foedus", message="%(prog)s %(version)s")
def main() -> None:
    """Foedus runs a treaty organisation by its charter: who sits, who chairs, on what authority, on any date.

    ORG is the name of an organisation that comes with Foedus (see `foedus orgs`), or the path to a folder.
    """


@main.command()
@click.argument("org")
@click.argument("question")
@_options(on=True)
@click.option("--why", is_flag=True, help="Say why: rule, entries, sources, and the weakest of them.")
@_example("foedus who csto chairman --on 2023-02-01 --why")
def who(org: str, question: str, on: str | None, known: str | None, *, as_json: bool, why: bool) -> None:
    """Who held an office, filled the seats of an organ, or how a state stood. QUESTION is its name."""
    organisation, day, known_day = _asked(org, on, known, question)
    answer = organisation.who(question, day, known_day)
    if as_json:
        _print_json(answer.to_json())
    else:
        tell.answer(organisation, answer, why=why)


@main.command()
@click.argument("org")
@click.argument("question")
@_options(on=False)
@_example("foedus timeline csto chairman")
def timeline(org: str, question: str, known: str | None, *, as_json: bool) -> None:
    """How an office, an organ or a member stood over time. `to` is the first day out."""
    organisation, _, known_day = _asked(org, None, known, question)
    course = organisation.timeline(question, known_day)
    if as_json:
        _print_json(course.to_json())
    else:
        tell.course(organisation, course)


@main.command()
@click.argument("org")
@_options(on=True)
@_example("foedus show csto --on 2022-11-23")
def show(org: str, on: str | None, known: str | None, *, as_json: bool) -> None:
    """The organisation on a day: its members, its offices, the seats of its organs."""
    organisation, day, known_day = _asked(org, on, known)
    overview = overview_of(organisation, day, known_day)
    if as_json:
        _print_json(overview.to_json())
    else:
        tell.overview(organisation, overview)


@main.command()
@click.argument("org")
@click.argument("article", required=False)
@click.option("--on", metavar="DAY", help="As in force at the end of this day (YYYY-MM-DD); else today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
@_example("foedus charter csto 13 --on 2022-11-23")
def charter(org: str, article: str | None, on: str | None, *, as_json: bool) -> None:
    """An ARTICLE as in force on a day: its reading, its rules as sentences, what is not evaluated; or all articles."""
    organisation, day, _ = _asked(org, on, None)
    found = articles(organisation.charter, day, article)
    if as_json:
        told = {"organisation": organisation.name, "on": day.isoformat()}
        _print_json(told | {"articles": [each.to_json() for each in found]})
    else:
        tell.articles(found, day)


@main.command()
@click.argument("org")
@_options(on=False)
@_example("foedus check csto")
def check(org: str, known: str | None, *, as_json: bool) -> None:
    """Problems of the files and findings about the record. Exit 1 on an error, 2 where files are refused."""
    wrong: list[Problem] = []
    known_day = None
    try:
        known_day = _days(known=known)["known"]
    except BadInput as error:
        wrong += error.problems
    try:
        organisation, problems = inspect(org)
    except NotFound as error:
        raise BadInput([*wrong, Problem("ORG", 0, str(error))]) from error
    if wrong:
        raise BadInput([*wrong, *problems])
    found = organisation.findings(known_day) if organisation is not None and not problems else ()
    name = organisation.name if organisation is not None else org
    if as_json:
        rows = [{"file": p.file, "line": p.line, "what": p.what, "remedy": p.remedy} for p in problems]
        _print_json({"organisation": name, "problems": rows, "findings": [f.to_json() for f in found]})
    else:
        tell.checked(name, problems, found)
    sys.exit(2 if problems else 1 if any(f.severity == "error" for f in found) else 0)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
@_example("foedus orgs")
def orgs(*, as_json: bool) -> None:
    """The organisations that come with Foedus."""
    rows = [
        {
            "organisation": name,
            "name": about.name,
            "short": about.short,
            "record to": about.record_to.isoformat(),
        }
        for name, about in bundled().items()
    ]
    if as_json:
        _print_json({"organisations": rows})
    else:
        tell.organisations(rows)


@main.command()
@click.argument("org", nargs=-1)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@_example("foedus serve csto --port 8000")
def serve(org: tuple[str, ...], host: str, port: int) -> None:
    """Serve organisations as web pages: those named, or all that come with Foedus."""
    from foedus import web  # noqa: PLC0415 - Django is slow to import, and no other verb needs it

    names = list(org) or list(bundled())
    problems: list[Problem] = []
    for name in names:
        try:
            load(name)
        except NotFound as error:
            problems.append(Problem("ORG", 0, str(error)))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    click.echo(f"Foedus serves {', '.join(names)} on http://{host}:{port} (stop with Ctrl-C)")
    web.serve(names, host, port)


@main.command(name="try")
@click.argument("scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--org", help="Ask this organisation instead of the one the scenario names or holds.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")
@_example("foedus try tests/scenarios/csto-chairman.md")
def try_(scenario: Path, org: str | None, *, as_json: bool) -> None:
    """Run a SCENARIO: questions with expected answers, on one page. Exit 1 where an answer differs."""
    from foedus.scenarios import run  # noqa: PLC0415 - only this verb reads scenarios

    cases = run(scenario, org)
    if as_json:
        _print_json({"scenario": str(scenario), "cases": [case.to_json() for case in cases]})
    else:
        tell.scenario(cases)
    sys.exit(0 if all(case.agrees for case in cases) else 1)


def _asked(
    org: str, on: str | None, known: str | None, question: str | None = None
) -> tuple[Organisation, date, date | None]:
    """What a command was asked about; every fault of its arguments at once."""
    problems: list[Problem] = []
    days: dict[str, date | None] = {"on": None, "known": None}
    try:
        days = _days(on=on, known=known)
    except BadInput as error:
        problems += error.problems
    try:
        organisation = load(org)
    except NotFound as error:
        problems.append(Problem("ORG", 0, str(error)))
    except BadInput as error:
        problems += error.problems
    else:
        try:
            if question is not None:
                organisation.questions().check(question)
        except NotFound as error:
            problems.append(Problem("QUESTION", 0, str(error)))
    if problems:
        raise BadInput(problems)
    return organisation, days["on"] or datetime.now(tz=UTC).astimezone().date(), days["known"]


def _days(**given: str | None) -> dict[str, date | None]:
    """Days by option name; every one that is no day is a problem."""
    found: dict[str, date | None] = {}
    problems: list[Problem] = []
    for name, text in given.items():
        try:
            found[name] = None if text is None else parse_day(text)
        except ValueError as error:
            problems.append(Problem(f"--{name}", 0, str(error)))
    if problems:
        raise BadInput(problems)
    return found


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
