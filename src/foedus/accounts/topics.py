"""Statements, and everything else on record, by topic: in order of time, across sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.accounts.belonging import stands_for, when_of
from foedus.accounts.calendar import named
from foedus.accounts.items import Item, by_whom, items
from foedus.engine.answers import Basis, Questions
from foedus.problems import NotFound
from foedus.record.acts import Entry, Person, Silence, Statement
from foedus.record.canonical import plain
from foedus.terms.dates import When
from foedus.terms.states import find_state, state_name


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic the record's head lists: how many entries bear on it, how many of them are statements, and the days of
    the first and the last of them (None: no day is known).
    """

    id: str
    title: str
    items: int
    statements: int
    first: When | None
    last: When | None

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/statements.json`."""
        return {
            "topic": self.id,
            "title": self.title,
            "items": self.items,
            "statements": self.statements,
            "first": plain(self.first) if self.first else None,
            "last": plain(self.last) if self.last else None,
        }


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, or on a topic what was said and done, in order of time; and what was asked for: `topic` its id,
    `by` a state's code or a name, `session` its id, None where it was not asked for. `topics` are all there are.
    """

    organisation: str
    topic: str | None
    by: str | None
    session: str | None
    topics: tuple[Topic, ...]
    items: tuple[Item, ...]
    basis: Basis

    def to_json(self) -> dict[str, Any]:
        """The account as published in `schemas/statements.json`."""
        return {
            "organisation": self.organisation,
            "known": self.basis.known.isoformat(),
            "topic": self.topic,
            "by": self.by,
            "session": self.session,
            "topics": [topic.to_json() for topic in self.topics],
            "items": [item.to_json() for item in self.items],
            "basis": self.basis.to_json(),
        }


def statements(
    asked: Questions, topic: str | None = None, by: str | None = None, session: str | None = None
) -> Said:
    """All statements; those `by` a state (code or name) or whoever is so named; those made at, or about, a `session`
    (its id or day). With a `topic`, whatever bears on it.

    NotFound, with the nearest name, where there is no such topic, session, or name of a speaker.
    """
    check_topic(asked, topic)
    who = speaker_named(asked, by) if by is not None else None
    held = named(asked, session).id if session is not None else None
    record = asked.standing.record

    def keep(entry: Entry) -> bool:
        return _bears_on(entry, topic) and (who is None or _is(who, by_whom(entry)))

    def at(item: Item) -> bool:
        return held is None or item.session == held or held in {stands_for(record, n) for n in item.about}

    found = tuple(item for item in items(asked, keep) if at(item))
    return Said(asked.organisation, topic, who, held, topics(asked), found, asked.basis(None))


def topics(asked: Questions) -> tuple[Topic, ...]:
    """Every topic the record's head lists, in its order."""
    return tuple(_topic(asked, name, title) for name, title in asked.standing.record.about.topics.items())


def check_topic(asked: Questions, topic: str | None) -> None:
    """NotFound, with the nearest, where the record's head lists no such topic."""
    known = asked.standing.record.about.topics
    if topic is not None and topic not in known:
        hint = "" if known else "The head of its record lists no topic."
        raise NotFound(f"topic of {asked.organisation}", topic, known, hint)


def speaker_named(asked: Questions, name: str) -> str:
    """A state's code, from its code or name; else a person, body or office that spoke or acted, as recorded.

    NotFound, with the nearest, where nobody of that name did.
    """
    state = find_state(name)
    if state is not None:
        return state
    people = [by for entry in asked.standing.record.entries if (by := by_whom(entry)) is not None]
    known = {each: each for by in people for each in (by.person, by.org, by.office) if each}
    found = {each.lower(): each for each in known}.get(name.lower())
    if found is None:
        states = dict.fromkeys(state_name(by.state) for by in people if by.state)
        raise NotFound(f"speaker on record of {asked.organisation}", name, [*known, *states])
    return found


def _topic(asked: Questions, name: str, title: str) -> Topic:
    record = asked.standing.record
    found = [entry for entry in record.entries if _bears_on(entry, name)]
    dated = [when for entry in found if (when := when_of(record, entry)) is not None]
    return Topic(
        name,
        title,
        len(found),
        sum(isinstance(entry, Statement) for entry in found),
        min(dated, key=lambda when: (when.earliest, when.latest), default=None),
        max(dated, key=lambda when: (when.latest, when.earliest), default=None),
    )


def _bears_on(entry: Entry, topic: str | None) -> bool:
    """Whether an entry is on the topic; with none, whether it is a statement. A silence is shown with what it is of."""
    if topic is None:
        return isinstance(entry, Statement)
    return topic in entry.topics and not isinstance(entry, Silence)


def _is(who: str, by: Person | None) -> bool:
    return by is not None and who in {by.state, by.person, by.org, by.office}
