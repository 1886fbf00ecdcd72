"""Bodies beneath the organs: whether one of a name stood, and whether one was offered, over time."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.engine.courses import Course, closed, constant, values_of
from foedus.engine.reasons import Ground, Holder
from foedus.engine.timelines import Value
from foedus.record.acts import Body
from foedus.record.record import Record

ESTABLISHED, OFFERED = "established", "offered"


def body_course(record: Record, entries: Sequence[Body]) -> Course:
    """Whether the body of these entries stood. A founding on record settles that it did not stand before; where only an
    offer is on record, that it was not set up is known only where the record claims to hold every body.
    """
    founded = [entry for entry in entries if entry.status == ESTABLISHED]
    name, of = entries[0].name, entries[0].of
    if founded:
        nobody = constant(Value(None, tuple(_founded(entry) for entry in founded)))
    else:
        none = Value(None, (Ground("holds", "body-none", (name,)),))
        ground = Ground("unrecorded", "body-unrecorded", (name,))
        unknown = Value(None, (ground,), None, frozenset({"unrecorded"}))
        nobody = closed(record, "body", none, unknown, of=of)
    return values_of(founded, lambda e: _standing(e, _founded(e)), nobody)


def offer_course(entries: Sequence[Body]) -> Course:
    """Whether the body of these entries had been offered, whatever became of it."""
    offers = [entry for entry in entries if entry.status == OFFERED]
    nobody = constant(Value(None, tuple(_offered(entry) for entry in offers)))
    return values_of(offers, lambda e: _standing(e, _offered(e)), nobody)


def _standing(entry: Body, ground: Ground) -> Value:
    return Value(Holder(None, entry.name, entry.status), (ground,))


def _founded(entry: Body) -> Ground:
    return Ground("holds", "body-founded", (entry.name, entry.from_, entry.until), None, (entry.id,))


def _offered(entry: Body) -> Ground:
    return Ground("holds", "body-offered", (entry.name, entry.from_), None, (entry.id,))
