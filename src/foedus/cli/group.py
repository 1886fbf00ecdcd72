"""The command group: how verbs are added, and what is said where one is refused."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

import click

from foedus.cli.asked import REFUSED
from foedus.cli.options import Command, database_option, sees_option
from foedus.problems import Altered, BadInput, FoedusError, NotFound


class _Foedus(click.Group):
    """Says what is wrong in sentences, never in a traceback, and exits 2; 1 where what was checked does not hold."""

    group_class = type  # groups within say it alike

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Adds a verb; one that asks an organisation may ask the one in a database instead of a folder."""
        named = {param.name for param in cmd.params}
        if "org" in named and "database" not in named:
            cmd.params += [database_option(), sees_option()]
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BadInput as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
        except FoedusError as error:
            click.echo(str(error), err=True)
            ctx.meta[REFUSED] = True
            return ctx.exit(1 if isinstance(error, Altered) else 2)
        ctx.meta[REFUSED] = True
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


@click.group(cls=_Foedus, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="foedus", message="%(prog)s %(version)s")
def main() -> None:
    """Foedus runs a treaty organisation by its charter: who sits, who chairs, on what authority, on any date.

    ORG is the name of an organisation that comes with Foedus (see `foedus orgs`), the path to a folder, or a database.
    """


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
