"""Verbs about a register as a log that rivals can check: keys, checkpoints, proofs, cosignatures, files.

What does the work is imported by the verb that runs: its parts are slow to import, and no other verb needs them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.text import Text

from foedus.cli.group import example, main, print_json
from foedus.cli.options import json_option, register_option
from foedus.cli.style import console, facts, indented
from foedus.problems import spelt

if TYPE_CHECKING:
    from foedus.register.log.done import Done

Command = TypeVar("Command", bound=Callable[..., Any])
_LATEST = 253_402_300_799  # the end of the year 9999
KINDS = ("log", "cosignature", "cosignature-ml-dsa-44")
_RELY = "That is what the register says of itself: to rely on a policy, name it with --policy."
_KEYS = click.option(
    "--keys",
    default="keys",
    show_default=True,
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of private keys.",
)
_TRUST = click.option(
    "--key", "trust", multiple=True, metavar="KEY", help="A public key of the log, or a file of such."
)
_POLICY = click.option(
    "--policy", type=click.Path(path_type=Path), metavar="FILE", help="Whose cosignatures are needed."
)
_AS = click.option("--as", "label", required=True, metavar="LABEL", help="The label of the key that cosigns.")


@main.group()
@example("foedus log verify tests/register/example/log --key tests/register/example/log.pub")
def log() -> None:
    """A register as a log that anybody can check: sign, prove, verify, cosign."""


@log.command()
@click.argument("label")
@click.option("--name", metavar="NAME", help="Make a key of this name, such as example.org/register.")
@click.option(
    "--kind", type=click.Choice(KINDS), default="log", show_default=True, help="What the key signs."
)
@click.option("--rotate", is_flag=True, help="Make a new key; the old one signs once more beside it.")
@_KEYS
@json_option
@example("foedus log key log --name example.org/register")
def key(label: str, name: str | None, kind: str, keys: Path, *, rotate: bool, as_json: bool) -> None:
    """Make a key, rotate it, or show its public part. What is secret of it is never shown."""
    from foedus.register.log import keys as made  # noqa: PLC0415

    ring = made.Keyring(keys)
    if name is not None:
        ring.make(label, name, made.KINDS[kind])
    if rotate:
        ring.rotate(label)
    public = ring.public(label)
    if as_json:
        print_json({"label": label, "keys": [str(each) for each in public]})
    else:
        for each in public:
            click.echo(str(each))


@log.command()
@click.argument("database")
@click.option("--with", "cosigned", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
              help="Add the cosignatures in this file.")  # fmt: skip
@click.option(
    "--as", "label", default="log", show_default=True, metavar="LABEL", help="The label of the key."
)
@_POLICY
@register_option
@_KEYS
@json_option
@example("foedus log checkpoint csto.db")
def checkpoint(
    database: str,
    cosigned: tuple[Path, ...],
    label: str,
    policy: Path | None,
    name: str | None,
    keys: Path,
    *,
    as_json: bool,
) -> None:
    """Sign the register in DATABASE as it is now, reckoned anew from its stored bytes.

    With a policy, the cosignatures added are those of its witnesses that hold, and no others. Where one is on record,
    standard error says whether the checkpoint counts by it, and whose cosignatures it lacks.
    """
    from foedus.register.address import open_register  # noqa: PLC0415
    from foedus.register.log import desk  # noqa: PLC0415
    from foedus.register.log.keys import Keyring  # noqa: PLC0415

    with open_register(database, name) as register:
        _tell(desk.sign(register, Keyring(keys), label, _now(), cosigned, policy), as_json=as_json)


@log.command()
@click.argument("database")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@register_option
@json_option
@example("foedus log policy csto.db")
def policy(database: str, file: Path | None, name: str | None, *, as_json: bool) -> None:
    """Put the policy in FILE on record: whose cosignatures make a checkpoint of the register in DATABASE the council's.

    It holds for checkpoints signed from then on. Without FILE, print the one in force, and since which entry.
    """
    from foedus.register.address import open_register  # noqa: PLC0415
    from foedus.register.log import policies  # noqa: PLC0415
    from foedus.register.log.texts import text_of  # noqa: PLC0415

    with open_register(database, name) as register:
        if file is None:
            demand, changes = policies.current(register), None
        else:
            demand, changes = policies.put(register, text_of(file), str(file))
    if as_json:
        said = {
            "entry": demand.entry,
            "demands": demand.says,
            "text": demand.text or None,
            "changes": changes,
        }
        print_json(said)
    elif changes is None:
        click.echo(demand.text, nl=not demand.text.endswith("\n"))
        click.echo(f"On record since entry {demand.entry}. It demands {demand.says}.", err=True)
    else:
        out = console()
        out.print(Text(f"The policy is on record, as entry {demand.entry}.", style="bold"))
        out.print(indented(Text(changes)))


@log.command()
@click.argument("database")
@click.argument("entry")
@_POLICY
@register_option
@json_option
@example("foedus log prove csto.db 2022-11-23/yerevan")
def prove(database: str, entry: str, policy: Path | None, name: str | None, *, as_json: bool) -> None:
    """Print a proof that ENTRY, an index or the id of an act, is in the register in DATABASE.

    With a policy, under the newest checkpoint that has the cosignatures it asks for.
    """
    from foedus.register.address import open_register  # noqa: PLC0415
    from foedus.register.log import desk  # noqa: PLC0415

    with open_register(database, name) as register:
        _tell(desk.prove(register, entry, policy), as_json=as_json)


@log.command()
@click.argument("path")
@_TRUST
@_POLICY
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="FILE", help="An earlier checkpoint to continue."
)
@register_option
@json_option
@example("foedus log verify tests/register/example/log --key tests/register/example/log.pub")
def verify(
    path: str,
    trust: tuple[str, ...],
    policy: Path | None,
    since: Path | None,
    name: str | None,
    *,
    as_json: bool,
) -> None:
    """Check what lies at PATH, offline: a checkpoint, a proof, a folder of a whole log, or a database with a register.

    Exit 1 where something does not hold, with the first entry that fails. Of a register it is told, too, what the policy on
    record there says; who wants to rely on one names it himself. What its entries name by a hash, `scrub` looks at.
    """
    from foedus.register.log import checking  # noqa: PLC0415

    done = checking.verify(path, checking.trusted(trust, policy), since, name)
    _tell(done, as_json=as_json, whole=False)


@log.command()
@click.argument("checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from", "source", required=True, metavar="FOLDER|DATABASE", help="Where the log's hashes are."
)
@_AS
@_TRUST
@_KEYS
@json_option
@example("foedus log cosign checkpoint --from tiles --as ARM --key log.pub")
def cosign(
    checkpoint: Path, source: str, label: str, trust: tuple[str, ...], keys: Path, *, as_json: bool
) -> None:
    """Cosign the log's CHECKPOINT, a file, if it continues what was cosigned before, and print it."""
    from foedus.register.log import checking  # noqa: PLC0415
    from foedus.register.log.keys import Keyring  # noqa: PLC0415

    known = checking.trusted(trust, None).keys
    done = checking.cosign_file(checkpoint, source, Keyring(keys), label, trust=known, now=_now())
    _tell(done, as_json=as_json)


@log.command()
@click.argument("url")
@_AS
@_TRUST
@_KEYS
@json_option
@example("foedus log witness https://example.org/log --as ARM --key log.pub")
def witness(url: str, label: str, trust: tuple[str, ...], keys: Path, *, as_json: bool) -> None:
    """Look at the log at URL, or in a folder, cosign what it shows if it only grew, and print that.

    What it signed and does not continue the earlier is kept as evidence beside the key.
    """
    from foedus.register.log import checking  # noqa: PLC0415
    from foedus.register.log.keys import Keyring  # noqa: PLC0415

    done = checking.watch(url, Keyring(keys), label, checking.trusted(trust, None).keys, _now())
    _tell(done, as_json=as_json)


@log.command()
@click.argument("database")
@register_option
@json_option
@example("foedus log scrub csto.db")
def scrub(database: str, name: str | None, *, as_json: bool) -> None:
    """Reckon the register in DATABASE anew from its stored bytes. Exit 1, naming the first entry that fails."""
    from foedus.register.address import open_register  # noqa: PLC0415
    from foedus.register.log import desk  # noqa: PLC0415

    with open_register(database, name) as register:
        _tell(desk.inspect(register), as_json=as_json)


@log.command()
@click.argument("database")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@register_option
@json_option
@example("foedus log tiles csto.db tiles")
def tiles(database: str, folder: Path, name: str | None, *, as_json: bool) -> None:
    """Write the log of the register in DATABASE into FOLDER, as files that any web server can serve."""
    from foedus.register.address import open_register  # noqa: PLC0415
    from foedus.register.log import desk  # noqa: PLC0415

    with open_register(database, name) as register:
        _tell(desk.lay_out(register, folder), as_json=as_json, whole=False)


def _now() -> int:
    return int(time.time())


def _tell(done: Done, *, as_json: bool, whole: bool = True) -> None:
    """What was done: as JSON, as the text that was made (`whole`), or in words."""
    if as_json:
        print_json(_plain(done))
    elif whole and done.text:
        click.echo(done.text, nl=False)
        if done.told:
            click.echo(done.told, err=True)
    else:
        out = console()
        out.print(Text(spelt(done.said), style="bold"))
        at = done.checkpoint
        rows = [("log", at.origin), ("entries", str(at.size)), ("root", at.root.hex())]
        facts(out, [*rows, *(("signed by", _signer(each.key.name, each.at)) for each in done.signed)])
        if done.told:
            out.print(indented(Text(f"{done.told} {_RELY}")))


def _signer(name: str, at: int | None) -> str:
    """Who signed, and when that says it was: which may be any number of seconds, and years have four digits here."""
    if at is None:
        return name
    if at > _LATEST:
        return f"{name} at {at} seconds after 1970"
    return f"{name} on {datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


def _plain(done: Done) -> dict[str, Any]:
    at = done.checkpoint
    return {
        "log": at.origin,
        "size": at.size,
        "root": at.root.hex(),
        "signed by": [{"name": s.key.name, "id": s.key.id.hex(), "at": s.at} for s in done.signed],
        "entry": done.entry,
        "said": done.said,
        "text": done.text or None,
        "council": _council(done),
    }


def _council(done: Done) -> dict[str, Any] | None:
    count = done.council
    if count is None or count.demand is None:
        return None
    newest = done.newest
    return {
        "policy": count.demand.entry,
        "demands": count.demand.says,
        "counts": count.counts,
        "lacks": count.lacks or None,
        "newest": None if newest is None else newest.checkpoint.size,
    }
