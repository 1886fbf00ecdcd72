"""Which entries of a record are live, as known on a day, and which repairs count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from foedus.record.acts import AnyAct, Entry, Withdraws


def repaired(entry: Entry) -> str | None:
    """The entry that this one corrects or takes back; None where it repairs nothing."""
    return entry.withdraws if isinstance(entry, Withdraws) else entry.corrects


def live(entries: Sequence[AnyAct], day: date | None, may_correct: Collection[str]) -> tuple[AnyAct, ...]:
    """The entries recorded by the end of `day` (None: all) that stand: neither taken back nor replaced by a correction
    recorded by then. Repairs are not among them.

    A repair counts where its recorder had the right to it. One that was itself taken back repairs nothing. Of several
    corrections of one entry the last recorded stands; of those of one day the one that comes last in the record.
    """
    recorded = tuple(e for e in entries if e.recorded.latest <= day) if day is not None else tuple(entries)
    repairs = [e for e in recorded if e.corrects is not None or e.kind == "withdrawal"]
    if not repairs:
        return recorded
    by_id = {entry.id: entry for entry in recorded}
    gone: set[str] = set()
    corrected: set[str] = set()
    repairs.sort(key=lambda e: e.recorded.latest)
    for entry in reversed(repairs):
        target = str(repaired(entry))
        if entry.id in gone or target not in by_id:
            continue
        if not has_right(entry, by_id[target], may_correct):
            gone.add(entry.id)
        elif isinstance(entry, Withdraws):
            gone.add(target)
        elif target in corrected or target in gone:
            gone.add(entry.id)  # a later correction stands, or the entry was taken back since
        else:
            corrected.add(target)
    fallen = gone | corrected | {e.id for e in repairs if isinstance(e, Withdraws)}
    return tuple(e for e in recorded if e.id not in fallen)


def has_right(repair: Entry, target: Entry, may_correct: Collection[str]) -> bool:
    """Whether whoever recorded the repair may repair the target: its own recorder, or one who may correct any."""
    return repair.recorded_by == target.recorded_by or repair.recorded_by in may_correct


def without_right(entries: Sequence[AnyAct], may_correct: Collection[str]) -> Iterator[tuple[AnyAct, AnyAct]]:
    """Every repair that counts for nothing because its recorder had no right to it, with what it would repair."""
    by_id = {entry.id: entry for entry in entries}
    for entry in entries:
        target = by_id.get(repaired(entry) or "")
        if target is not None and not has_right(entry, target, may_correct):
            yield entry, target
