"""The record as the sources that were out by a day have it: what the public could know.

A record compiled afterwards was all recorded on one day, so `known` cannot tell that; the days that pages show can.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from foedus.record.acts import AnyAct, Entry, Session
from foedus.record.evidence import Evidence
from foedus.record.record import Record
from foedus.terms.dates import When


def published(record: Record, day: date) -> Record:
    """The record from what was out by the end of `day`: later pages are left out of the evidence, and an entry that no
    evidence left supports is left out whole. The record then runs to that day and no further.

    Evidence that shows no day (a page without one, what is recalled or inferred) counts from the day of the act it is
    for, since it cannot be older. `undated` tells which entries have no other.
    """
    kept = (_by(record, entry, day) for entry in record.entries)
    about = record.about.model_copy(update={"record_to": min(record.about.record_to, day)})
    return replace(record, about=about, entries=tuple(entry for entry in kept if entry is not None))


def undated(record: Record, entry: str) -> bool:
    """Whether no page that shows its day supports an entry."""
    found = record.by_id[entry]
    return not any(_shown(record, e) for e in found.evidence if _supports(record, found, e))


def _by(record: Record, entry: AnyAct, day: date) -> AnyAct | None:
    """The entry with the evidence out by `day`; None where nothing that supports it is left."""
    act = _first_known(record, entry)
    evidence = tuple(e for e in entry.evidence if _out(record, e, act) <= day)
    if len(evidence) == len(entry.evidence):
        return entry
    supported = any(_supports(record, entry, e) for e in entry.evidence)
    if not evidence or (supported and not any(_supports(record, entry, e) for e in evidence)):
        return None
    return entry.model_copy(update={"evidence": evidence})


def _supports(record: Record, entry: Entry, evidence: Evidence) -> bool:
    return evidence.strength(record.sources, entry.supported_by) is not None


def _shown(record: Record, evidence: Evidence) -> str:
    """The day a page shows, as its source is written; empty where it shows none."""
    return record.sources[evidence.source].published if evidence.source is not None else ""


def _out(record: Record, evidence: Evidence, act: date) -> date:
    shown = _shown(record, evidence)
    return When.lasted(shown).latest if shown else act


def _first_known(record: Record, entry: Entry) -> date:
    """The first day on which an act can have been known: that of the session it belongs to, else its own."""
    linked = (record.by_id.get(name) for name in entry.mentions)
    sessions = [other.when.earliest for other in linked if isinstance(other, Session)]
    own = [when.earliest for name, when in entry.dates if name != "until"]
    return min(sessions or own, default=date.min)
