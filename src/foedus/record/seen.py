"""Who may see which acts: the ladder of classifications, a record as somebody with a clearance sees it, and what is said of
what they do not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, get_args

from foedus.problems import Problem
from foedus.record.acts import AnyAct, Entry
from foedus.record.envelope import Classification
from foedus.record.record import Place, Record, Redacted
from foedus.terms.dates import show_day
from foedus.terms.words import counted

Clearance = Literal["public", "restricted", "confidential", "secret"]
PUBLIC: Clearance = "public"
MOST_REDACTED = 3  # entries that are told one by one, at the end of an answer
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


def redaction_json(redacted: Redacted) -> dict[str, Any]:
    """A redaction as published."""
    return {
        "entry": redacted.entry,
        "by": redacted.by,
        "on": redacted.on.isoformat(),
        "why": redacted.why,
    }


def kept_from(record: Record) -> tuple[str, ...]:
    """What of a record is kept from whoever reads it here, under seal or redacted, in sentences to end an answer with."""
    sealed = counted(record.withheld, "entry is", "entries are")
    them = "it" if record.withheld == 1 else "them"
    withheld = f"{sealed} under seal for whoever asks here; with {them} the answer might be another."
    return (*((withheld,) if record.withheld else ()), *_redactions(record.redacted))


def _redactions(redacted: tuple[Redacted, ...]) -> Iterator[str]:
    """Each redaction in a sentence; the last alone, and how many there are, where they are many."""
    many = len(redacted) > MOST_REDACTED
    for each in redacted[-1:] if many else redacted:
        number = (
            f"{len(redacted)} entries were redacted, the last of them, entry {each.entry}," if many else ""
        )
        which = number or f"Entry {each.entry} was redacted"
        yield f"{which} on {show_day(each.on)} by {each.by}: {each.why.rstrip('.')}."
