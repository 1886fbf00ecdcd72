"""An entry as one line of a story: its day, what it says, who stands behind it; lines in order of time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.accounts.witnesses import Witness, witnesses
from foedus.accounts.words import says, speaker, speaker_of
from foedus.record.acts import AnyAct, Designation, Lasting, MaybeDated, Person, Session, Silence
from foedus.record.canonical import plain
from foedus.record.record import Record
from foedus.terms.attribution import Channel, weakest
from foedus.terms.dates import When

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: its id and kind, its day (None: not known), what it says, how strongly it is attributed, each chain
    behind it, the recorder's note.
    """

    id: str
    kind: str
    when: When | None
    says: str
    attribution: Channel
    witnesses: tuple[Witness, ...]
    note: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources read for it, each once."""
        return tuple(dict.fromkeys(w.source for w in self.witnesses if w.source))

    def to_json(self) -> Json:
        """The line as published in `schemas/`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "when": when_json(self.when),
            "says": self.says,
            "attribution": self.attribution,
            "evidence": [witness.to_json() for witness in self.witnesses],
            "note": self.note,
        }


def line(record: Record, entry: AnyAct) -> Line:
    """An entry as a line."""
    return Line(
        entry.id,
        entry.kind,
        happened(record, entry),
        says(entry),
        record.strength(entry.id),
        witnesses(record, entry),
        entry.note,
    )


def lines(record: Record, entries: Iterable[AnyAct]) -> tuple[Line, ...]:
    """Entries as lines, in order of time."""
    return tuple(line(record, entry) for entry in in_time(record, entries))


def happened(record: Record, entry: AnyAct) -> When | None:
    """When what an entry tells of took effect: its own day, else that of the session it was part of, or of the entry a
    source is silent on; None where neither is known.
    """
    match entry:
        case MaybeDated(dated=When() as when) | Designation(effective=when) | Lasting(from_=when):
            return when
        case Silence():
            told = record.by_id.get(entry.of)
            return None if told is None else happened(record, told)
        case _:
            session = record.by_id.get(getattr(entry, "session", None) or getattr(entry, "at", None) or "")
            return session.when if isinstance(session, Session) else None


def in_time(record: Record, entries: Iterable[AnyAct]) -> list[AnyAct]:
    """Entries in order of time: by the first day each may have had, then by the last; those without a day at the end."""
    return sorted(entries, key=lambda entry: order(happened(record, entry)))


def order(when: When | None) -> tuple[date, date]:
    """Where a day stands in order of time."""
    return (date.max, date.max) if when is None else (when.earliest, when.latest)


def bearing_on(record: Record, ids: Collection[str]) -> Iterator[AnyAct]:
    """Entries that point to one of `ids`, or to what it corrects, in order of the record."""
    for entry in record.entries:
        pointed = (record.by_id.get(name) for name in entry.mentions)
        if any(found is not None and found.id in ids for found in pointed):
            yield entry


def weakest_of(told: Iterable[Line]) -> Channel | None:
    """The weakest claim among lines; None for none."""
    channels = [each.attribution for each in told]
    return weakest(channels) if channels else None


def when_json(when: When | None) -> Any:
    """A day as a record writes it; None where it is not known."""
    return None if when is None else plain(when)


def person_json(who: Person) -> Json:
    """Whoever spoke or acted: what they are called, what else is known of them, the state where one is named."""
    return {"name": speaker(who), "of": speaker_of(who), "state": who.state}
