"""Verbs about the clients of the programming interface: who they are, a new one, the end of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from foedus.cli.asked import today
from foedus.cli.group import example, main, print_json
from foedus.cli.options import json_option, organisations
from foedus.cli.style import console, facts
from foedus.record.seen import LADDER, PUBLIC, Clearance
from foedus.web.clients import (
    A_MINUTE,
    DEFAULT,
    MOST_A_MINUTE,
    SCOPES,
    Client,
    Clients,
    Scope,
)

clients_option = click.option(
    "--clients",
    default=DEFAULT,
    show_default=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of clients.",
)


@main.group()
@example("foedus client add ARM --may ask --may append --records-as Armenia")
def client() -> None:
    """Who may use the programming interface of `foedus serve`, and for what."""


@client.command()
@click.argument("name")
@click.option(
    "--may", multiple=True, type=click.Choice(SCOPES), help="What it may do; several times. Else ask."
)
@click.option("--records-as", metavar="NAME", help="What “recorded by” says of the acts it appends.")
@click.option(
    "--in",
    "within",
    multiple=True,
    metavar="ORG",
    shell_complete=organisations,
    help="In this organisation; several times. Else in all.",
)
@click.option(
    "--clearance", type=click.Choice(LADDER), default=PUBLIC, show_default=True, help="What it may see."
)
@click.option(
    "--a-minute",
    type=click.IntRange(1, MOST_A_MINUTE),
    default=A_MINUTE,
    show_default=True,
    help="How many requests it may make a minute.",
)
@clients_option
@json_option
@example("foedus client add ARM --may ask --may append --records-as Armenia")
def add(
    name: str,
    may: tuple[Scope, ...],
    records_as: str | None,
    within: tuple[str, ...],
    clearance: Clearance,
    a_minute: int,
    clients: Path,
    *,
    as_json: bool,
) -> None:
    """Make a client NAME and print its token, once: it is kept nowhere."""
    token = Clients(clients).add(
        name,
        today(),
        may=may or ("ask",),
        organisations=within or None,
        clearance=clearance,
        records_as=records_as,
        a_minute=a_minute,
    )
    if as_json:
        print_json({"name": name, "token": token})
    else:
        click.echo(token)
        click.echo(f"This is the token of “{name}”. It is not shown again.", err=True)


@client.command(name="list")
@clients_option
@json_option
@example("foedus client list")
def list_(clients: Path, *, as_json: bool) -> None:
    """The clients, with what each may do. Tokens are kept nowhere, and so not shown."""
    found = Clients(clients).all()
    if as_json:
        print_json({"clients": [_plain(each) for each in found]})
        return
    out = console()
    if not found:
        out.print(f"There is no client in {clients}.")
    for each in found:
        out.print(Text(each.name, style="bold"))
        facts(out, list(_said(each).items()))


@client.command()
@click.argument("name")
@clients_option
@json_option
@example("foedus client end ARM")
def end(name: str, clients: Path, *, as_json: bool) -> None:
    """End the client NAME: from now on its token is nobody's. A server takes notice at once."""
    ended = Clients(clients).end(name, today())
    if as_json:
        print_json({"clients": [_plain(ended)]})
    else:
        click.echo(f"“{name}” is ended. Its token is nobody's now.")


def _plain(each: Client) -> dict[str, Any]:
    """A client without its token's hash, which is nobody's business."""
    found: dict[str, Any] = each.model_dump(mode="json", by_alias=True)
    del found["token"]
    return found


def _said(each: Client) -> dict[str, str]:
    said = {
        "may": ", ".join(each.may),
        "in": ", ".join(each.organisations) if each.organisations else "all organisations",
        "sees": f"up to {each.clearance}",
        "records as": each.records_as or "",
        "a minute": str(each.a_minute),
        "made": each.made.isoformat(),
        "ended": each.ended.isoformat() if each.ended else "",
    }
    return {key: text for key, text in said.items() if text}
