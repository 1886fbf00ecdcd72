"""The options that verbs share, the same everywhere, and what completes their arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from foedus.charter.readings import readable_rules, said_of
from foedus.cli.asked import keep, loaded
from foedus.problems import FoedusError
from foedus.record.seen import LADDER, PUBLIC
from foedus.secretariat import HEAD, Organisation, bundled

Command = TypeVar("Command", bound=Callable[..., Any])
Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]


def database_option() -> click.Option:
    """`--database`: where the register is that ORG names."""
    said = "ORG is the name of a register in this database: a path, or postgresql://…"
    return click.Option(
        ["--database"], metavar="DATABASE", expose_value=False, is_eager=True, callback=keep, help=said
    )


def sees_option() -> click.Option:
    """`--sees`: as whom the record is seen."""
    said = "As somebody with this clearance sees it; else what is public."
    return click.Option(
        ["--sees"], type=click.Choice(LADDER), default=PUBLIC, expose_value=False, callback=keep, help=said
    )


register_option = click.option(
    "--register", "name", metavar="NAME", help="Which register, where there are several."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, as in schemas/.")


def options(*, on: bool) -> Callable[[Command], Command]:
    """`--on` (where asked for), `--known`, `--published`, `--reading` and `--json`, the same everywhere."""

    def add(command: Command) -> Command:
        made: Any = click.option(
            "--published",
            metavar="DAY",
            expose_value=False,
            callback=keep,
            help="From sources out by this day.",
        )(json_option(command))
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


def reading_option(command: Command) -> Command:
    """`--reading`, the same everywhere: under which readings of its rules an organisation is asked."""
    made: Any = click.option(
        "--reading",
        "readings",
        multiple=True,
        metavar="RULE=NAME",
        expose_value=False,
        callback=keep,
        shell_complete=_readings,
        help="Read this rule so (see `foedus readings ORG`); may be given for several.",
    )(command)
    return made  # type: ignore[no-any-return]


def _readings(ctx: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """What may stand after `--reading`: RULE=READING for every reading of the ORG named before, in the rule's words."""
    named = ctx.params.get("org") or next(
        iter(ctx.args), ""
    )  # where an option lacks its value nothing is parsed
    try:
        charter = loaded(ctx, named).charter
    except FoedusError:  # to be told when the command is run
        return []
    return [
        CompletionItem(f"{rule}={name}", help=says)
        for rule in readable_rules(charter)
        for name, says in said_of(charter, rule)
        if f"{rule}={name}".startswith(begun)
    ]


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
            found = list(find(loaded(context, context.params.get("org") or "")))
        except FoedusError:  # to be told when the command is run
            return []
        wanted = begun.lower()
        return [
            CompletionItem(name, help=called)
            for name, called in found
            if name.lower().startswith(wanted) or called.lower().startswith(wanted)
        ]

    return complete
