"""The command group, and what its verbs share: options, what they were asked about, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

from foedus.problems import BadInput, FoedusError, NotFound, Problem
from foedus.secretariat import Organisation, load
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


def example(text: str) -> Callable[[Command], Command]:
    """Ends a command's help with an example that can be copied."""

    def add(command: Command) -> Command:
        command.__doc__ = f"{command.__doc__}\n\n\b\nExample:\n  {text}\n"
        return command

    return add


def _kept(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keeps what is asked of every verb alike for `asked`, so that no verb has to pass it on."""
    ctx.meta[f"foedus.{param.name}"] = value


def kept(name: str) -> Any:
    """What `_kept` kept of the running verb; None where the verb has no such option, or it was not given."""
    return click.get_current_context().meta.get(f"foedus.{name}")


def options(*, on: bool) -> Callable[[Command], Command]:
    """`--on` (where asked for), `--known`, `--published` and `--json`, the same everywhere."""

    def add(command: Command) -> Command:
        made: Any = click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")(
            command
        )
        made = click.option(
            "--published",
            metavar="DAY",
            expose_value=False,
            callback=_kept,
            help="From sources out by this day.",
        )(made)
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


def asked(
    org: str, on: str | None, known: str | None, question: str | None = None
) -> tuple[Organisation, date, date | None]:
    """What a command was asked about; every fault of its arguments at once."""
    problems: list[Problem] = []
    days: dict[str, date | None] = {"on": None, "known": None, "published": None}
    try:
        days = days_of(on=on, known=known, published=kept("published"))
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
    if days["published"] is not None:
        organisation = organisation.published(days["published"])
    return organisation, days["on"] or datetime.now(tz=UTC).astimezone().date(), days["known"]


def days_of(**given: str | None) -> dict[str, date | None]:
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


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
