"""Verbs about organisations as such: which there are, a new one, serving them, trying a scenario on one; completion."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from foedus.cli import tell
from foedus.cli.asked import kept
from foedus.cli.clients import clients_option
from foedus.cli.founding import found
from foedus.cli.group import example, main, print_json
from foedus.cli.options import json_option, organisations
from foedus.secretariat import bundled, registers_in


@main.command()
@json_option
@example("foedus orgs")
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
        print_json({"organisations": rows})
    else:
        tell.organisations(rows)


@main.command()
@click.argument("name")
@json_option
@example("foedus new lantern-league")
def new(name: str, *, as_json: bool) -> None:
    """Make a folder NAME that holds a small organisation, made up and explained, to change into your own.

    NAME may be a path; the last part of it makes the organisation's id.
    """
    founded = found(name)
    if as_json:
        print_json({"organisation": founded.id, "folder": founded.folder, "files": list(founded.files)})
    else:
        tell.founded(founded)


@main.command()
@click.argument("org", nargs=-1, shell_complete=organisations)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option(
    "--database",
    metavar="DATABASE",
    help="Where their registers are kept, a path or postgresql://…; else in memory. Made where it is not there.",
)
@clients_option
@example("foedus serve csto --port 8000 --database foedus.db")
def serve(org: tuple[str, ...], host: str, port: int, database: str | None, clients: Path) -> None:
    """Serve organisations as web pages and to programs: those named, or all that come with Foedus and all in DATABASE.

    What their folders have, and the registers in DATABASE have not, is appended first. What is on record there is never
    changed: a folder that says something else is refused.
    """
    from foedus import web  # noqa: PLC0415 - Django is slow to import, and no other verb needs it
    from foedus.web.clients import Clients  # noqa: PLC0415
    from foedus.web.gate import Gate  # noqa: PLC0415

    found = Clients(clients)
    found.all()  # a file that cannot be read is told of before anything is served

    names = list(org) or [*dict.fromkeys([*bundled(), *registers_in(database)])]
    web.serve(names, host, port, database, Gate(found))


@main.command(name="try")
@click.argument("scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--org",
    shell_complete=organisations,
    help="Ask this organisation instead of the one the scenario names or holds.",
)
@json_option
@example("foedus try tests/scenarios/csto-chairman.md")
def try_(scenario: Path, org: str | None, *, as_json: bool) -> None:
    """Run a SCENARIO: questions with expected answers, on one page. Exit 1 where an answer differs."""
    from foedus.scenarios import run  # noqa: PLC0415 - only this verb reads scenarios

    cases = run(scenario, org, database=kept("database"), clearance=kept("sees"))
    if as_json:
        print_json({"scenario": str(scenario), "cases": [case.to_json() for case in cases]})
    else:
        tell.scenario(cases)
    sys.exit(0 if all(case.agrees for case in cases) else 1)


_KEPT = """\b
Where SHELL looks for it:
  bash  ~/.local/share/bash-completion/completions/foedus
  zsh   _foedus, in a folder of $fpath
  fish  ~/.config/fish/completions/foedus.fish
"""


@main.command(epilog=_KEPT)
@click.argument("shell", metavar="SHELL", type=click.Choice(["bash", "zsh", "fish"]))
@example("foedus completion bash")
def completion(shell: str) -> None:
    """Print the script that lets SHELL (bash, zsh or fish) complete what you type after `foedus`."""
    kind = get_completion_class(shell)
    assert kind is not None
    made = kind(main, {}, "foedus", "_FOEDUS_COMPLETE")
    click.echo(made.source_template % made.source_vars(), nl=False)
