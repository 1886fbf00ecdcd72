"""An entry as one line of a story: its day, what it says, who stands behind it; lines in order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from foedus.accounts.belonging import when_of
from foedus.accounts.sourced import Sourced, sourced
from foedus.accounts.witnesses import Witness
from foedus.accounts.words import says
from foedus.record.acts import AnyAct, Entry
from foedus.record.canonical import plain
from foedus.record.record import Record
from foedus.terms.attribution import Channel, weakest
from foedus.terms.dates import When

Json = dict[str, Any]
K = TypeVar("K", bound=Entry)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with its chains, its day (None: not known) and what it says."""

    sourced: Sourced[AnyAct]
    when: When | None
    says: str

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.sourced.id

    @property
    def kind(self) -> str:
        """The kind of act it is."""
        return self.sourced.entry.kind

    @property
    def attribution(self) -> Channel:
        """How strongly it is attributed."""
        return self.sourced.strength

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """Each chain behind it."""
        return self.sourced.witnesses

    def to_json(self) -> Json:
        """The line as published in `schemas/`."""
        told = {"id": self.id, "kind": self.kind, "when": when_json(self.when), "says": self.says}
        return told | self.sourced.backing_json()


def line(record: Record, entry: AnyAct) -> Line:
    """An entry as a line."""
    return Line(sourced(record, entry), when_of(record, entry), says(entry))


def lines(record: Record, entries: Iterable[AnyAct]) -> tuple[Line, ...]:
    """Entries as lines, in order of time."""
    return tuple(line(record, entry) for entry in in_time(record, entries))


def in_time(record: Record, entries: Iterable[K]) -> list[K]:
    """Entries in order of time: by the first day each may have had, then by the last; those without a day at the end."""
    return sorted(entries, key=lambda entry: order(when_of(record, entry)))


def order(when: When | None) -> tuple[date, date]:
    """Where a day stands in order of time."""
    return (date.max, date.max) if when is None else (when.earliest, when.latest)


def bearing_on(record: Record, ids: Collection[str]) -> Iterator[AnyAct]:
    """Entries that point to one of `ids`, or to what it corrects, in order of the record."""
    found = {entry.id for name in ids for entry in record.pointing.get(name, ())}
    return (entry for entry in record.entries if entry.id in found)


def weakest_of(told: Iterable[Line]) -> Channel | None:
    """The weakest claim among lines; None for none."""
    channels = [each.attribution for each in told]
    return weakest(channels) if channels else None


def when_json(when: When | None) -> Any:
    """A day as a record writes it; None where it is not known."""
    return None if when is None else plain(when)
