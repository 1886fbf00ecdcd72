"""Who may see which acts: the ladder of classifications, and a record as somebody with a clearance sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Literal, get_args

from foedus.problems import Problem
from foedus.record.acts import AnyAct, Entry
from foedus.record.envelope import Classification
from foedus.record.record import Place, Record

Clearance = Literal["public", "restricted", "confidential", "secret"]
PUBLIC: Clearance = "public"
LADDER: tuple[Clearance, ...] = get_args(Clearance)  # from the lowest up: who has one has those below it


def may_see(clearance: Clearance, classification: Classification | None) -> bool:
    """Whether somebody with this clearance may see an act so classified; None is public."""
    return LADDER.index(classification or PUBLIC) <= LADDER.index(clearance)


def seen(record: Record, clearance: Clearance) -> Record:
    """The record as somebody with this clearance sees it: entries above it are left out, and counted as withheld."""
    if not record.classified:
        return record
    kept = tuple(entry for entry in record.entries if may_see(clearance, entry.classification))
    without = len(record.entries) - len(kept)
    if not without:
        return record
    ids = {entry.id for entry in kept}
    places = {name: place for name, place in record.places.items() if name in ids}
    powerless = tuple(
        (repair, target)
        for repair, target in record.powerless
        if may_see(clearance, repair.classification) and may_see(clearance, target.classification)
    )
    return replace(
        record, entries=kept, places=places, powerless=powerless, withheld=record.withheld + without
    )


def lower(record: Record) -> tuple[Clearance, ...]:
    """The clearances that see less than the whole record, from the lowest up, each that sees something else."""
    above = {LADDER.index(entry.classification) for entry in record.entries if entry.classification}
    return tuple(LADDER[rank - 1] for rank in sorted(above))


def named_too_low(
    entries: Iterable[AnyAct], record: Iterable[AnyAct], places: Mapping[str, Place]
) -> Iterator[Problem]:
    """Each of some entries of a record that names one of a higher classification: whoever may see it could not read it
    without that one.
    """
    classified = {entry.id: entry for entry in record if entry.classification}
    for entry in entries if classified else ():
        for name in dict.fromkeys(named(entry)):
            other = classified.get(name)
            if other is None or may_see(entry.classification or PUBLIC, other.classification):
                continue
            what = f"“{entry.id}”, which is {entry.classification or PUBLIC}, names “{name}”, which is {other.classification}."
            remedy = f"Classify it as {other.classification} too, or do not name “{name}” in it."
            yield Problem(places[entry.id].file, places[entry.id].line, what, remedy)


def named(entry: Entry) -> tuple[str, ...]:
    """The ids of all entries that one names: what it points to, and what it repairs."""
    return entry.mentions if entry.corrects is None else (*entry.mentions, entry.corrects)
