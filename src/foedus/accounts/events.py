"""What fell in a stretch of days, or may have: entries by the turn they took in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.accounts.belonging import when_of
from foedus.accounts.lines import Json, Line, line, order, when_json
from foedus.record.acts import Announced, AnyAct, Appointment, Designation, Lasting, Mandate, Session
from foedus.record.record import Record
from foedus.terms.dates import When

Turn = Literal["on", "from", "until", "appointed", "effective", "for", "due"]


@dataclass(frozen=True, slots=True)
class Days:
    """The days after `after`, up to and including `last`."""

    after: date
    last: date

    def may_hold(self, when: When) -> bool:
        """Whether what took effect then did so, or may have, on one of the days."""
        return self.after < when.latest and when.earliest <= self.last

    def holds(self, when: When) -> bool:
        """Whether it surely did."""
        return self.after < when.earliest and when.latest <= self.last


@dataclass(frozen=True, slots=True)
class Event:
    """A turn of an entry: that it happened (`on`), began or ended (`from`, `until`, the first day no more), that someone
    was `appointed`, a hand-over was `effective`, a session was announced `for` a day, a report was `due`.

    `certain` is False where the range of a vague day reaches beyond the days looked at.
    """

    line: Line
    turn: Turn
    when: When
    certain: bool

    def to_json(self) -> Json:
        """The event as published in `schemas/between.json`: `when` is the day of the turn."""
        own = {"turn": self.turn, "when": when_json(self.when), "certain": self.certain}
        return self.line.to_json() | own


def events(record: Record, entries: list[AnyAct], days: Days) -> tuple[Event, ...]:
    """The turns of entries that fell in the days, or may have, in order of time."""
    found = [
        Event(line(record, entry), turn, when, days.holds(when))
        for entry in entries
        for turn, when in turns(record, entry)
        if days.may_hold(when)
    ]
    return tuple(sorted(found, key=lambda event: order(event.when)))


def turns(record: Record, entry: AnyAct) -> Iterator[tuple[Turn, When]]:
    """Every dated turn of an entry. What is part of a session and has no day of its own has the session's."""
    if isinstance(entry, Appointment):
        session = record.by_id.get(entry.at or "")
        made = entry.appointed or (session.when if isinstance(session, Session) else None)
        if made is not None:
            yield "appointed", made
    if isinstance(entry, Lasting):
        yield "from", entry.from_
        if entry.until is not None:
            yield "until", entry.until
        return
    when = when_of(record, entry)
    if when is not None:
        yield "effective" if isinstance(entry, Designation) else "on", when
    if isinstance(entry, Announced):
        yield "for", entry.for_
    if isinstance(entry, Mandate) and entry.due is not None:
        yield "due", entry.due
