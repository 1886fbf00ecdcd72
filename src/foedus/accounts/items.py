"""What was said or done, one item an entry, with who is silent on it and what came before it on the same topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.accounts.belonging import session_of, stands_for, when_of
from foedus.accounts.sourced import Sourced, every, published, sourced
from foedus.accounts.witnesses import MANNER
from foedus.accounts.words import says
from foedus.engine.answers import Questions
from foedus.record.acts import Adhesion, Entry, Person, Silence, Statement
from foedus.record.canonical import plain
from foedus.record.record import Record
from foedus.terms.dates import When


@dataclass(frozen=True, slots=True)
class Earlier:
    """An item that surely came before another on one of its topics. `same`: by the same state or person."""

    id: str
    when: When
    session: str | None
    same: bool

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/`."""
        return {"id": self.id, "when": plain(self.when), "session": self.session, "by the same": self.same}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as somebody's word or deed: when (None: no day is known), at which session, by whom, what; its chains,
    who is silent on it, and what came before it on its topics.
    """

    sourced: Sourced[Entry]
    when: When | None
    session: str | None
    by: Person | None
    silences: tuple[Sourced[Silence], ...]
    earlier: tuple[Earlier, ...]

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.sourced.id

    @property
    def kind(self) -> str:
        """The kind of entry it is."""
        return self.sourced.kind

    @property
    def says(self) -> str:
        """What was said or done; of a statement without who said it."""
        entry = self.sourced.entry
        return entry.says if isinstance(entry, Statement) else says(entry)

    @property
    def about(self) -> tuple[str, ...]:
        """The entries it bears on."""
        return getattr(self.sourced.entry, "about", ())

    @property
    def manner(self) -> str:
        """How it is told by the chain that is nearest to the words: `quoted`, `reportedly`, or `recalled`."""
        order = [*MANNER.values(), "inferred", "recalled"]
        return min((witness.manner for witness in self.sourced.witnesses), key=order.index)

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "when": plain(self.when) if self.when else None,
            "session": self.session,
            "by": published(self.by),
            "says": self.says,
            "told": self.manner,
            "about": list(self.about),
            "topics": list(self.sourced.entry.topics),
            **self.sourced.backing_json(),
            "silences": [silence.to_json() for silence in self.silences],
            "earlier": [earlier.to_json() for earlier in self.earlier],
        }


def items(asked: Questions, keep: Callable[[Entry], bool]) -> tuple[Item, ...]:
    """The entries that pass, in order of time; those of which no day is known come last."""
    record = asked.standing.record
    topical = [entry for entry in record.entries if entry.topics and not isinstance(entry, Silence)]
    found = [_item(record, entry, topical) for entry in record.entries if keep(entry)]
    return tuple(sorted(found, key=lambda item: _order(item.when)))


def by_whom(entry: Entry) -> Person | None:
    """Who said or did what an entry records, where it names one."""
    if isinstance(entry, Adhesion):
        return Person(state=entry.state)
    by = getattr(entry, "by", None)
    return by if isinstance(by, Person) else None


def silences(record: Record, of: str) -> tuple[Sourced[Silence], ...]:
    """Who is recorded as silent on an entry."""
    return every(record, Silence, lambda silence: stands_for(record, silence.of) == of)


def _item(record: Record, entry: Entry, topical: Sequence[Entry]) -> Item:
    return Item(
        sourced(record, entry),
        when_of(record, entry),
        session_of(record, entry.id),
        by_whom(entry),
        silences(record, entry.id),
        tuple(_earlier(record, entry, topical)),
    )


def _earlier(record: Record, entry: Entry, topical: Iterable[Entry]) -> Iterable[Earlier]:
    """The items on a topic of the entry that surely came before it, in order of time."""
    when, topics, by = when_of(record, entry), set(entry.topics), by_whom(entry)
    found = []
    for other in topical:
        before = when_of(record, other)
        if topics & set(other.topics) and when and before and before.latest < when.earliest:
            same = _same(by, by_whom(other))
            found.append(Earlier(other.id, before, session_of(record, other.id), same))
    return sorted(found, key=lambda earlier: _order(earlier.when))


def _same(one: Person | None, other: Person | None) -> bool:
    """Whether two are of one state, or one person; where the same office or body alone is named, that."""
    if one is None or other is None:
        return False
    parts = ((one.state, other.state), (one.person, other.person))
    if any(a and a == b for a, b in parts):
        return True
    bare = not any(a or b for a, b in parts)
    return bare and (one.org, one.office) == (other.org, other.office)


def _order(when: When | None) -> tuple[date, date]:
    return (when.latest, when.earliest) if when is not None else (date.max, date.max)
