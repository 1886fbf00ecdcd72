"""Verbs about what went on: sessions, one session, statements by topic."""

from __future__ import annotations

from collections.abc import Callable

import click

from foedus.accounts.calendar import named
from foedus.accounts.sitting import sitting
from foedus.accounts.sittings import sittings
from foedus.accounts.topics import check_topic, speaker_named
from foedus.accounts.topics import statements as statements_of
from foedus.cli import tell_session, tell_sessions, tell_statements
from foedus.cli.asked import asked
from foedus.cli.group import example, main, print_json
from foedus.cli.options import options, organisations
from foedus.engine.answers import Questions


@main.command()
@click.argument("org", shell_complete=organisations)
@options(on=False)
@example("foedus sessions csto")
def sessions(org: str, known: str | None, *, as_json: bool) -> None:
    """Every session on record: who was there, who held the offices it opens before and after, what was decided."""
    organisation, _, known_day = asked(org, None, known)
    told = sittings(organisation.questions(known_day))
    if as_json:
        print_json(told.to_json())
    else:
        tell_sessions.sessions(organisation, told)


@main.command()
@click.argument("org", shell_complete=organisations)
@click.argument("session")
@options(on=False)
@example("foedus session csto 2022-11-23")
def session(org: str, session: str, known: str | None, *, as_json: bool) -> None:
    """Everything on record of one SESSION, named by its entry's id or by a day on which there was just one."""
    organisation, _, known_day = asked(org, None, known, names={"SESSION": lambda q: named(q, session)})
    told = sitting(organisation.questions(known_day), session)
    if as_json:
        print_json(told.to_json())
    else:
        tell_session.session(organisation, told)


@main.command()
@click.argument("org", shell_complete=organisations)
@click.option("--topic", help="Whatever is on record on this topic, statements or not.")
@click.option("--by", metavar="WHO", help="By this state (its code or name), person, body or office.")
@click.option("--session", metavar="SESSION", help="At this session or about it: an entry's id, or a day.")
@options(on=False)
@example('foedus statements csto --by "Emomali Rahmon" --session 2022-11-23')
def statements(
    org: str, topic: str | None, by: str | None, session: str | None, known: str | None, *, as_json: bool
) -> None:
    """What was said, in order of time, each with its way to the speaker; and the topics there are."""
    names: dict[str, Callable[[Questions], object]] = {"--topic": lambda q: check_topic(q, topic)}
    if by is not None:
        names["--by"] = lambda q: speaker_named(q, by)
    if session is not None:
        names["--session"] = lambda q: named(q, session)
    organisation, _, known_day = asked(org, None, known, names=names)
    told = statements_of(organisation.questions(known_day), topic, by, session)
    if as_json:
        print_json(told.to_json())
    else:
        tell_statements.statements(organisation, told)
