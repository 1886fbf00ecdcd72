"""What the running verb was asked about: an organisation, as known when, under which readings, on what day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from foedus.engine.answers import Questions
from foedus.problems import BadInput, NotFound, Problem
from foedus.record.seen import PUBLIC, kept_from
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.mark import Mark, is_mark, read_mark
from foedus.secretariat import Organisation, load
from foedus.terms.dates import parse_day

REFUSED = "foedus.refused"  # what a context keeps of a verb that was refused


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
    return organisation, days["on"] or today(), days["known"]


def today() -> date:
    """The day it is where the verb runs."""
    return datetime.now(tz=UTC).astimezone().date()


def read(organisation: Organisation) -> Organisation:
    """An organisation under the readings that the running verb was given. What it prints ends by saying which, and what of
    the record it was computed without.
    """
    organisation = organisation.read_as_given(kept("readings") or (), "--reading")
    said = ", ".join(f"{rule} as {name}" for rule, name in organisation.charter.readings)
    _at_the_end([f"Read otherwise than written: {said}"] if said else [])
    _at_the_end(kept_from(organisation.record))
    return organisation


def _at_the_end(sentences: Iterable[str]) -> None:
    """Say this after all that the running verb prints, unless that is JSON, or a refusal."""
    context = click.get_current_context()
    root = context.find_root()
    for said in sentences if not context.params.get("as_json") else ():
        root.call_on_close(lambda said=said: None if root.meta.get(REFUSED) else click.echo(said))


def named_organisation(org: str, as_of: Mark | None = None) -> Organisation:
    """The organisation that the running verb was given: a name, a folder, a database, or a register in `--database`."""
    return loaded(click.get_current_context(), org, as_of)


def loaded(context: click.Context, org: str, as_of: Mark | None = None) -> Organisation:
    """The organisation that a verb was given, as whoever `--sees` says sees it."""
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


def keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    """Keeps what is asked of every verb alike for `asked`, so that no verb has to pass it on."""
    ctx.meta[f"foedus.{param.name}"] = value


def kept(name: str) -> Any:
    """What `keep` kept of the running verb; None where the verb has no such option, or it was not given."""
    return _given(click.get_current_context(), name)


def _given(context: click.Context, name: str) -> Any:
    return context.meta.get(f"foedus.{name}")
