"""The command group, and what its verbs share: options, what they were asked about, JSON."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from foedus.charter.readings import readable_rules, said_of
from foedus.engine.answers import Questions
from foedus.problems import Altered, BadInput, FoedusError, NotFound, Problem
from foedus.record.seen import LADDER, PUBLIC, kept_from
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.mark import Mark, is_mark, read_mark
from foedus.secretariat import HEAD, Organisation, bundled, load
from foedus.terms.dates import parse_day

Command = TypeVar("Command", bound=Callable[..., Any])
Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]


def _database() -> click.Option:
    said = "ORG is the name of a register in this database: a path, or postgresql://…"
    return click.Option(
        ["--database"], metavar="DATABASE", expose_value=False, is_eager=True, callback=_kept, help=said
    )


def _sees() -> click.Option:
    said = "As somebody with this clearance sees it; else what is public."
    return click.Option(
        ["--sees"], type=click.Choice(LADDER), default=PUBLIC, expose_value=False, callback=_kept, help=said
    )


_REFUSED = "foedus.refused"


class _Foedus(click.Group):
    """Says what is wrong in sentences, never in a traceback, and exits 2; 1 where what was checked does not hold."""

    group_class = type  # groups within say it alike

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Adds a verb; one that asks an organisation may ask the one in a database instead of a folder."""
        named = {param.name for param in cmd.params}
        if "org" in named and "database" not in named:
            cmd.params += [_database(), _sees()]
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
        except FoedusError as error:
            click.echo(str(error), err=True)
            ctx.meta[_REFUSED] = True
            return ctx.exit(1 if isinstance(error, Altered) else 2)
        ctx.meta[_REFUSED] = True
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
        command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n\n\b\nExample:\n  {text}\n"
        return command

    return add


def _kept(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keeps what is asked of every verb alike for `asked`, so that no verb has to pass it on."""
    ctx.meta[f"foedus.{param.name}"] = value


def kept(name: str) -> Any:
    """What `_kept` kept of the running verb; None where the verb has no such option, or it was not given."""
    return _given(click.get_current_context(), name)


def _given(context: click.Context, name: str) -> Any:
    return context.meta.get(f"foedus.{name}")


def _readings(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """What may stand after `--reading`: RULE=READING for every reading of the ORG named before, in the rule's words."""
    named = ctx.params.get("org") or next(
        iter(ctx.args), ""
    )  # where an option lacks its value nothing is parsed
    try:
        charter = _loaded(ctx, named).charter
    except FoedusError:  # to be told when the command is run
        return []
    return [
        CompletionItem(f"{rule}={name}", help=says)
        for rule in readable_rules(charter)
        for name, says in said_of(charter, rule)
        if f"{rule}={name}".startswith(begun)
    ]


def reading_option(command: Command) -> Command:
    """`--reading`, the same everywhere: under which readings of its rules an organisation is asked."""
    made: Any = click.option(
        "--reading",
        "readings",
        multiple=True,
        metavar="RULE=NAME",
        expose_value=False,
        callback=_kept,
        shell_complete=_readings,
        help="Read this rule so (see `foedus readings ORG`); may be given for several.",
    )(command)
    return made  # type: ignore[no-any-return]


def read(organisation: Organisation) -> Organisation:
    """An organisation under the readings that the running verb was given. What it prints ends by saying which, and what of
    the record it was computed without.
    """
    problems: list[Problem] = []
    wanted: dict[str, str] = {}
    for given in kept("readings") or ():
        rule, divided, name = given.partition("=")
        if not divided:
            problems.append(Problem("--reading", 0, f"“{given}” is not of the form RULE=NAME."))
        elif wanted.setdefault(rule, name) != name:
            what = f"The rule “{rule}” cannot be read as “{wanted[rule]}” and as “{name}” at once."
            problems.append(Problem("--reading", 0, what, "Give one of them."))
    try:
        organisation = organisation.read_as(wanted)
    except BadInput as error:
        problems += [replace(problem, file="--reading") for problem in error.problems]
    if problems:
        raise BadInput(problems)
    said = ", ".join(f"{rule} as {name}" for rule, name in organisation.charter.readings)
    _at_the_end([f"Read otherwise than written: {said}"] if said else [])
    _at_the_end(kept_from(organisation.record))
    return organisation


def _at_the_end(sentences: Iterable[str]) -> None:
    """Say this after all that the running verb prints, unless that is JSON, or a refusal."""
    context = click.get_current_context()
    root = context.find_root()
    for said in sentences if not context.params.get("as_json") else ():
        root.call_on_close(lambda said=said: None if root.meta.get(_REFUSED) else click.echo(said))


def options(*, on: bool) -> Callable[[Command], Command]:
    """`--on` (where asked for), `--known`, `--published`, `--reading` and `--json`, the same everywhere."""

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
            "--known",
            metavar="DAY",
            help="As known at the end of this day, or as of a checkpoint of the register: SIZE@ROOT, or a file.",
        )(reading_option(made))
        if on:
            made = click.option(
                "--on", metavar="DAY", help="At the end of this day (YYYY-MM-DD); else today."
            )(made)
        return made  # type: ignore[no-any-return]

    return add


class Explained(click.Command):
    """A verb that says why: `--why` in short, `--why=all` every step. Click has no option whose value may be left out
    without taking the next argument for it, so the two are two options, told apart before click reads them.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        for arg in args:
            if arg.startswith("--why=") and arg != "--why=all":
                raise click.BadOptionUsage(
                    "--why", f"“{arg}” asks for nothing. Write --why, or --why=all.", ctx
                )
        return super().parse_args(ctx, ["--why-all" if arg == "--why=all" else arg for arg in args])


def why_option(command: Command) -> Command:
    """`--why`, the same everywhere, of a verb of class `Explained`; `every_step` whether all was asked for."""
    text = "Say why: rule, entries, sources, and the weakest of them; with --why=all every step and what was set aside."
    made: Any = click.option("--why", is_flag=True, help=text)(
        click.option("--why-all", "every_step", is_flag=True, hidden=True)(command)
    )
    return made  # type: ignore[no-any-return]


def organisations(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """What may stand for ORG, for `shell_complete`: a name that comes with Foedus, a folder that holds one, or a way
    to such a folder.
    """
    folder, slash, start = begun.rpartition("/")
    try:
        inside = sorted(
            p for p in Path(folder + slash or ".").iterdir() if p.name.startswith(start) and p.is_dir()
        )
        held = [folder + slash + path.name for path in inside if (path / HEAD).is_file()]
    except (OSError, ValueError):
        held = []
    named = [
        CompletionItem(name, help=about.name) for name, about in bundled().items() if name.startswith(begun)
    ]
    return [CompletionItem(begun, type="dir"), *named, *(CompletionItem(name) for name in held)]


def completing(find: Callable[[Organisation], Iterable[tuple[str, str]]]) -> Completion:
    """Completes an argument that follows ORG, for `shell_complete`. `find` gives each name that may stand there, and
    what it is called; the beginning of either will do.
    """

    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem[str]]:
        try:
            found = list(find(_loaded(context, context.params.get("org") or "")))
        except FoedusError:  # to be told when the command is run
            return []
        wanted = begun.lower()
        return [
            CompletionItem(name, help=called)
            for name, called in found
            if name.lower().startswith(wanted) or called.lower().startswith(wanted)
        ]

    return complete


@click.group(cls=_Foedus, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foedus", message="%(prog)s %(version)s")
def main() -> None:
    """Foedus runs a treaty organisation by its charter: who sits, who chairs, on what authority, on any date.

    ORG is the name of an organisation that comes with Foedus (see `foedus orgs`), the path to a folder, or a database.
    """


def asked(
    org: str,
    on: str | None,
    known: str | None,
    question: str | None = None,
    names: Mapping[str, Callable[[Questions], object]] = MappingProxyType({}),
) -> tuple[Organisation, date, date | None]:
    """What a command was asked about; every fault of its arguments at once. `names` looks up further arguments, each
    by its name on the command line, in the record as known.
    """
    problems: list[Problem] = []
    days: dict[str, date | None] = {"on": None, "known": None, "published": None}
    as_of: Mark | None = None
    try:
        as_of, known = known_as(known)
        days = days_of(on=on, known=known, published=kept("published"))
    except BadInput as error:
        problems += error.problems
    try:
        organisation = read(named_organisation(org, as_of))
    except NotFound as error:
        problems.append(Problem("ORG", 0, str(error)))
    except BadInput as error:
        problems += error.problems
    else:
        questions = organisation.questions()
        lookups = {"QUESTION": lambda _: questions.subject(question)} if question is not None else {}
        problems += _not_found(organisation.questions(days["known"]), {**lookups, **names})
    if problems:
        raise BadInput(problems)
    if days["published"] is not None:
        organisation = organisation.published(days["published"])
    return organisation, days["on"] or datetime.now(tz=UTC).astimezone().date(), days["known"]


def named_organisation(org: str, as_of: Mark | None = None) -> Organisation:
    """The organisation that the running verb was given: a name, a folder, a database, or a register in `--database`."""
    return _loaded(click.get_current_context(), org, as_of)


def _loaded(context: click.Context, org: str, as_of: Mark | None = None) -> Organisation:
    found = load(org, database=_given(context, "database"), as_of=as_of)
    return found.seen_by(_given(context, "sees") or PUBLIC)


def known_as(known: str | None) -> tuple[Mark | None, str | None]:
    """As known when: at a point of a register's growth, which is written as a mark or stands in a checkpoint's file; else
    on the day that the text says. BadInput where it is a mark and malformed.
    """
    if known is None:
        return None, None
    if is_mark(known):
        return read_mark(known, "--known"), None
    try:
        text = Path(known).read_text("utf-8")
    except (OSError, ValueError):
        return None, known
    checkpoint, _ = read_checkpoint(text, known)
    return Mark(checkpoint.size, checkpoint.root.hex()), None


def _not_found(questions: Questions, names: Mapping[str, Callable[[Questions], object]]) -> Iterable[Problem]:
    for argument, look_up in names.items():
        try:
            look_up(questions)
        except NotFound as error:
            yield Problem(argument, 0, str(error))


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
