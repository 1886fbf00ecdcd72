"""The record as a value: its head, its sources, its entries in order, and which of them are live."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeVar

import rfc8785

from foedus.record.about import About
from foedus.record.acts import AnyAct, Entry, Withdraws
from foedus.record.canonical import canonical, plain, tree_root
from foedus.record.evidence import Source, claim_strength
from foedus.record.live import live, without_right
from foedus.terms.attribution import Channel

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry is written."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Redacted:
    """That an act's text was destroyed where the record is kept: which entry there, by whom, on what day, and why."""

    entry: int
    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The register a record was read from: its name, how many of its entries were read, and the root of the tree over
    those, hexadecimal.
    """

    register: str
    size: int
    root: str


@dataclass(frozen=True)
class Record:
    """Entries in their fixed order: by file name, then as they stand in the file.

    The order decides between acts of the same day, and nothing else. `powerless`: in a record as known, the repairs that
    count for nothing since their recorder had no right to them, each with what it would repair. `kept`: the register it
    was read from; None where it was read from a folder, or holds more than the register does. `withheld`: how many
    entries are kept from whoever reads it here; `redacted`: those that nobody can read any more.
    """

    about: About
    sources: Mapping[str, Source]
    entries: tuple[AnyAct, ...]
    places: Mapping[str, Place]
    powerless: tuple[tuple[AnyAct, AnyAct], ...] = ()
    kept: Kept | None = None
    withheld: int = 0
    redacted: tuple[Redacted, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, AnyAct]:
        """Entries by id; a corrected entry's id leads to the entry that stands for it now."""
        found = {entry.id: entry for entry in self.entries}
        for entry in reversed(self.entries):
            if entry.corrects is not None:
                found.setdefault(entry.corrects, found[entry.id])
        return found

    @cached_property
    def pointing(self) -> dict[str, tuple[AnyAct, ...]]:
        """Entries that point to a live entry, or to what it corrects, by its id and in order."""
        found: dict[str, list[AnyAct]] = {}
        for entry in self.entries:
            for name in {self.by_id[name].id for name in entry.mentions if name in self.by_id}:
                found.setdefault(name, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    @cached_property
    def root(self) -> str:
        """The RFC 6962 root over the canonical form of all entries, hexadecimal."""
        return tree_root([canonical(entry) for entry in self.entries])

    @cached_property
    def head(self) -> str:
        """SHA-256 over what the record says of itself and of its sources, in canonical form, hexadecimal."""
        sources = {key: plain(source) for key, source in sorted(self.sources.items())}
        return hashlib.sha256(rfc8785.dumps({"about": plain(self.about), "sources": sources})).hexdigest()

    @cached_property
    def last_recorded(self) -> date:
        """The newest day on which an entry was recorded; the record's last day where there is none."""
        return max((entry.recorded.latest for entry in self.entries), default=self.about.record_to)

    @cached_property
    def classified(self) -> bool:
        """Whether there is any entry that not everybody may see."""
        return any(entry.classification is not None for entry in self.entries)

    def of_kind(self, kind: type[E]) -> Iterator[E]:
        """The entries of one kind, in order."""
        return iter(self._kinds.get(kind, ()))  # type: ignore[arg-type]

    def where(self, kind: type[E], **says: str) -> Sequence[E]:
        """The entries of one kind that say so, in order."""
        names = tuple(says)
        if (kind, names) not in self._indexes:
            index: dict[tuple[object, ...], list[Entry]] = {}
            for entry in self.of_kind(kind):
                index.setdefault(tuple(getattr(entry, name) for name in names), []).append(entry)
            self._indexes[kind, names] = index
        return self._indexes[kind, names].get(tuple(says.values()), ())  # type: ignore[return-value]

    @cached_property
    def _kinds(self) -> dict[type[Entry], tuple[Entry, ...]]:
        kinds: dict[type[Entry], list[Entry]] = {}
        for entry in self.entries:
            kinds.setdefault(type(entry), []).append(entry)
        return {kind: tuple(entries) for kind, entries in kinds.items()}

    @cached_property
    def _indexes(self) -> dict[tuple[type[Entry], tuple[str, ...]], dict[tuple[object, ...], list[Entry]]]:
        return {}

    def adding(self, entry: AnyAct) -> Record:
        """The record with a further entry at its end."""
        longer = replace(self, entries=(*self.entries, entry), kept=None)
        if (
            "by_id" in self.__dict__ and entry.corrects is None
        ):  # most of what is known of the entries stays known
            longer.__dict__["by_id"] = {**self.by_id, entry.id: entry}
            alike = self._kinds.get(type(entry), ())
            longer.__dict__["_kinds"] = {**self._kinds, type(entry): (*alike, entry)}
            longer.__dict__["last_recorded"] = max(self.last_recorded, entry.recorded.latest)
        return longer

    def repairs(self, name: str) -> bool:
        """Whether an entry corrects or takes back the one of this name, which may have yet to come in."""
        withdrawn = any(e.withdraws == name for e in self.of_kind(Withdraws))
        return withdrawn or name in self.by_id  # where a correction of it stands, or itself

    def since(self, other: Record) -> tuple[Sequence[AnyAct], Sequence[AnyAct]] | None:
        """The entries that are not in another record, and those that only the other has; None where the two have what
        they share in different orders.
        """
        before, now = other.entries, self.entries
        if now[: len(before)] == before:
            return now[len(before) :], ()
        shared = [e for e in now if other.by_id.get(e.id) is e]
        if shared != [e for e in before if self.by_id.get(e.id) is e]:
            return None
        came = [e for e in now if other.by_id.get(e.id) is not e]
        return came, [e for e in before if self.by_id.get(e.id) is not e]

    def known(self, day: date | None) -> Record:
        """The record as known at the end of `day` (None: as known now): only what was recorded by then and is
        neither corrected nor withdrawn by something recorded by then.
        """
        standing = live(self.entries, day, self.about.may_correct)
        if standing == self.entries:
            return self
        # before anything was recorded, nothing was claimed about how complete the record is either
        begun = any(day is None or entry.recorded.latest <= day for entry in self.entries)
        about = self.about if begun else self.about.model_copy(update={"coverage": ()})
        recorded = [entry for entry in self.entries if day is None or entry.recorded.latest <= day]
        powerless = tuple(without_right(recorded, self.about.may_correct))
        return replace(self, about=about, entries=standing, powerless=powerless)

    def strength(self, entry: str) -> Channel:
        """How strongly an entry is attributed: its best chain."""
        claim = self.by_id[entry]
        return claim_strength(claim.evidence, self.sources, claim.supported_by)

    def sources_of(self, entry: str) -> tuple[str, ...]:
        """The ids of the sources an entry rests on, in order, each once."""
        return tuple(dict.fromkeys(s for e in self.by_id[entry].evidence for s in e.sources()))
