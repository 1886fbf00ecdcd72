"""Statements on a terminal: who, what, by which chain and in which manner, and who is silent on it."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.text import Text

from foedus.accounts.items import Item
from foedus.accounts.sourced import Sourced
from foedus.accounts.topics import Said, Topic
from foedus.accounts.witnesses import Witness
from foedus.accounts.words import named, speaker
from foedus.cli.style import console, count, indented, lay_out, span, table, words
from foedus.record.acts import Entry, Session, Silence, Statement
from foedus.record.record import Record
from foedus.secretariat import Organisation
from foedus.terms.dates import show_when
from foedus.terms.states import find_state, state_name
from foedus.terms.words import large, spaced

SOFT = "bright_black"


def statements(organisation: Organisation, told: Said) -> None:
    """What was said, session by session in order of time; and the topics there are, where none was asked for."""
    out = console()
    out.print(Text(_heading(told), style="bold"))
    if not told.items:
        out.print(
            indented(Text("Nothing of the kind is on record. That is not to say that nothing was said."))
        )
    for _, group in groupby(
        told.items, key=lambda item: (item.session, item.when if not item.session else None)
    ):
        found = list(group)
        out.print()
        out.print(Text(_where(organisation.record, found[0])))
        for each in found:
            item(out, each)
    if told.topic is None:
        out.print()
        _topics(out, told.topics)


def item(out: Console, told: Item) -> None:
    """A statement, or another act on a topic: who and how, what, then every chain, every silence, what came before."""
    out.print(indented(_says(told)))
    for witness in told.sourced.witnesses:
        out.print(indented(chain(witness), 4))
    if told.sourced.entry.note:
        out.print(indented(Text(told.sourced.entry.note.strip(), style=SOFT), 4))
    for silence in told.silences:
        out.print(indented(silent(silence), 4))
    same = [earlier for earlier in told.earlier if earlier.same]
    topics = "this topic" if len(told.sourced.entry.topics) == 1 else "these topics"
    if same and told.by is not None:
        who = state_name(told.by.state) if told.by.state else speaker(told.by)
        before = "; ".join(f"{span(earlier.when)} ({earlier.id})" for earlier in same)
        out.print(indented(Text(f"earlier on {topics} by {who}: {before}"), 4))
    others = len(told.earlier) - len(same)
    if others:
        out.print(indented(Text(f"earlier on {topics} by others: {count(others, 'entry', 'entries')}"), 4))


def chain(witness: Witness) -> Text:
    """A chain in a line: the page, the steps back to whoever spoke, how it is told, how strong it is."""
    strength = words(witness.strength) if witness.strength else "supports nothing"
    how = f"{witness.manner}; {strength}" if witness.source else ""
    return Text.assemble((witness.told(), SOFT), (f" ({how})" if how else "", SOFT))


def silent(silence: Sourced[Silence]) -> Text:
    """Who is silent on a point, and on what."""
    who = silence.witnesses[0].steps[-1].name
    return Text.assemble("silent: ", f"{who}: {silence.entry.says}")


def _says(told: Item) -> Text:
    entry: Entry = told.sourced.entry
    if not isinstance(entry, Statement):
        return Text.assemble((f"{large(spaced(told.kind))}: ", "bold"), f"{large(told.says.rstrip('.'))}.")
    manner = "" if told.manner == "as the page states it" else f", {told.manner}"
    return Text.assemble((f"{named(entry.by)}{manner}: ", "bold"), f"{large(told.says.rstrip('.'))}.")


def _where(record: Record, told: Item) -> str:
    """The session an item was part of, with its day and place; else its own day; else that no day is known."""
    held = record.by_id.get(told.session or "")
    if isinstance(held, Session):
        place = f", {held.city}" if held.city else ""
        return f"At the session of {show_when(held.when)}{place} ({held.id})"
    return large(show_when(told.when)) if told.when is not None else "On a day that is not recorded"


def _heading(told: Said) -> str:
    found = len(told.items)
    title = next((topic.title for topic in told.topics if topic.id == told.topic), None)
    what = (
        count(found, "statement") if title is None else f"{large(title)}: {count(found, 'entry', 'entries')}"
    )
    state = find_state(told.by) if told.by else None
    by = f" by {state_name(state) if state else told.by}" if told.by else ""
    at = f" at or about {told.session}" if told.session else ""
    return f"{what}{by}{at} on record"


def _topics(out: Console, topics: tuple[Topic, ...]) -> None:
    if not topics:
        out.print(Text("The record lists no topics.", style=SOFT))
        return
    out.print(Text("Topics", style="bold"))
    made = table("Topic", "What", "Entries", "Statements", "From", "To")
    for topic in topics:
        days = [span(when) if when else "" for when in (topic.first, topic.last)]
        made.add_row(topic.id, topic.title, str(topic.items), str(topic.statements), *days)
    lay_out(out, made)
