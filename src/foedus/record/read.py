"""Reads a record from its files: `organisation.yaml`, `sources.yaml` and `record/*.yaml`.

What was refused is remembered by name, so that whatever points to it is not told to be missing as well.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from pydantic import TypeAdapter

from foedus.problems import Problem, enough, suggest
from foedus.record.about import ABOUT, About
from foedus.record.acts import ACTS, AnyAct, Head
from foedus.record.evidence import SOURCE, Source
from foedus.record.live import repaired
from foedus.record.record import Place, Record
from foedus.record.seen import named, named_too_low
from foedus.written import Kinds, Path, Written, read_yaml, validate

_HEAD: Kinds[Head] = Kinds(TypeAdapter(Head), {"": Head})
_SHARED = ("recorded", "recorded by", "evidence")  # what a file's head may say for its entries


def read_about(name: str, text: str) -> tuple[About | None, Written]:
    """The head of an organisation folder, or None; and the file as written, with every objection."""
    written = read_yaml(text, name)
    about = validate(ABOUT, written, written.data) if _is_mapping(written) else None
    return (None if written.problems else about), written


class RecordFiles:
    """The sources and entries of a record, as far as they could be read, and every problem found on the way."""

    def __init__(self, sources: tuple[str, str] | None, files: Iterable[tuple[str, str | Written]]) -> None:
        self.problems: list[Problem] = []
        self.refused: set[str] = set()  # ids of sources and entries that were refused
        self.sources: dict[str, Source] = {}
        self.entries: list[AnyAct] = []
        self.places: MutableMapping[str, Place] = {}
        self.sources_unread = sources is None
        if sources is not None:
            self._read_sources(*sources)
        self._read_files(files)

    @classmethod
    def further(cls, record: Record, files: Iterable[tuple[str, str | Written]]) -> RecordFiles:
        """Those of a record with further acts, each at the end of the file it is in; `problems` are of these alone."""
        made = cls(None, ())
        made.sources_unread, made.sources = False, dict(record.sources)
        made.entries, made.places = list(record.entries), dict(record.places)
        made._read_files(files)
        made.entries.sort(
            key=lambda entry: made.places[entry.id].file
        )  # stable: each file keeps its own order
        return made

    @classmethod
    def beside(cls, record: Record, files: Iterable[tuple[str, str | Written]]) -> RecordFiles:
        """Further acts of a record, alone, which must not repair any of it; `places` are those of all."""
        made = cls(None, ())
        made.sources_unread, made.sources = False, dict(record.sources)
        made.places = ChainMap({}, record.places)  # type: ignore[arg-type]  # only the first is written to
        made._read_files(files)
        return made

    def record(self, about: About) -> Record:
        """The record under its head."""
        return Record(about, self.sources, tuple(self.entries), self.places)

    def _read_files(self, files: Iterable[tuple[str, str | Written]]) -> None:
        before = len(self.entries)
        for name, text in sorted(files, key=lambda file: file[0]):
            written = read_yaml(text, name) if isinstance(text, str) else text
            if _is_mapping(written):
                self._read_entries(written)
            self.problems += written.problems
        self.problems += enough(self._dangling(self.entries[before:]))

    def _read_sources(self, name: str, text: str) -> None:
        written = read_yaml(text, name)
        self.sources_unread = not _is_mapping(written)
        if not self.sources_unread:
            for key, data in written.data.items():
                source = validate(SOURCE, written, data, (key,))
                if source is None:
                    self.refused.add(key)
                else:
                    self.sources[key] = source
        self.problems += written.problems

    def _read_entries(self, written: Written) -> None:
        """The entries of one file; what its head says of recording and evidence holds for each that says nothing else."""
        head = validate(_HEAD, written, written.data)
        shared = {key: written.data[key] for key in _SHARED if key in written.data}
        refused = [] if head is not None else [key for key in shared if _is_refused(key, shared[key])]
        inherited = {key: value for key, value in shared.items() if key not in refused}
        told_once = {
            f"The key “{key}” is missing." for key in refused
        }  # at the head, not again for every entry
        rows = written.data.get("entries")
        if not isinstance(rows, tuple):
            return
        for index, data in enumerate(rows):
            at: Path = ("entries", index)
            told = len(written.problems)
            entry = validate(ACTS, written, inherited | data if isinstance(data, dict) else data, at)
            if entry is not None:
                self._add(entry, written, at)
                continue
            if isinstance(data, dict):
                self.refused.add(str(data.get("id")))
            written.problems[told:] = [p for p in written.problems[told:] if p.what not in told_once]

    def _add(self, entry: AnyAct, written: Written, at: Path) -> None:
        first = self.places.get(entry.id)
        if first is not None:
            taken = (
                f"line {first.line} of {first.file}" if first.line else f"an act on record in {first.file}"
            )
            what = f"The id “{entry.id}” is taken, by {taken}."
            written.tell(written.problem((*at, "id"), what, "Give this entry another."))
            return
        self.places[entry.id] = Place(written.file, written.line(at))
        self.entries.append(entry)

    def _dangling(self, entries: Iterable[AnyAct]) -> Iterator[Problem]:
        """Every name of an entry or a source that exists nowhere; every repair of itself or in a circle."""
        ids = self.places
        for entry in entries:
            place = self.places[entry.id]
            for mentioned in named(entry):
                if mentioned not in ids and mentioned not in self.refused:
                    what = f"“{entry.id}” points to “{mentioned}”, which is no entry."
                    yield Problem(place.file, place.line, what, suggest(mentioned, ids))
            if entry.id in entry.mentions and repaired(entry) != entry.id:
                what = f"“{entry.id}” points to itself."
                yield Problem(
                    place.file,
                    place.line,
                    what,
                    "An entry points to another, that it belongs to or bears on.",
                )
            for source in dict.fromkeys(s for evidence in entry.evidence for s in evidence.sources()):
                if source not in self.sources and source not in self.refused and not self.sources_unread:
                    what = f"“{entry.id}” names the source “{source}”, which is not in sources.yaml."
                    yield Problem(place.file, place.line, what, suggest(source, self.sources))
        yield from _circles({entry.id: repaired(entry) for entry in self.entries}, self.places)
        yield from self._corrected_corrections()
        yield from self._repaired_too_early()
        yield from named_too_low(entries, self.entries, self.places)

    def _repaired_too_early(self) -> Iterator[Problem]:
        """Repairs recorded before what they repair was."""
        by_id = {entry.id: entry for entry in self.entries}
        for entry in self.entries:
            target = by_id.get(repaired(entry) or "")
            if target is not None and entry.recorded.latest < target.recorded.latest:
                what = f"“{entry.id}”, recorded {entry.recorded}, repairs “{target.id}”, recorded {target.recorded}."
                remedy = "A repair is recorded with what it repairs, or later."
                yield Problem(self.places[entry.id].file, self.places[entry.id].line, what, remedy)

    def _corrected_corrections(self) -> Iterator[Problem]:
        """Corrections of corrections: the entry first recorded is what one corrects, as often as need be."""
        corrections = {entry.id: entry.corrects for entry in self.entries if entry.corrects is not None}
        for entry, target in corrections.items():
            if target in corrections and corrections[target] not in {entry, target}:
                what = (
                    f"“{entry}” corrects “{target}”, which is itself a correction of “{corrections[target]}”."
                )
                remedy = f"Correct “{corrections[target]}”: its latest correction stands."
                yield Problem(self.places[entry].file, self.places[entry].line, what, remedy)


def _is_refused(key: str, value: object) -> bool:
    """Whether the head of a record file cannot say this under the key."""
    return value is None or validate(_HEAD, Written(""), {key: value, "entries": ()}) is None


def _circles(repairs: Mapping[str, str | None], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Entries whose repairs lead back to themselves: then none of them would be left."""
    for start in repairs:
        seen: list[str] = [start]
        while (following := repairs.get(seen[-1])) is not None and following not in seen:
            seen.append(following)
        if following == start == min(seen):
            chain = " → ".join([*seen, start])
            what = f"“{start}” repairs itself: {chain}."
            yield Problem(
                places[start].file, places[start].line, what, "A repair names another, earlier entry."
            )


def _is_mapping(written: Written) -> bool:
    """Whether the document holds keys and values; a problem where it does not, unless one is told already."""
    good = isinstance(written.data, dict)
    if not good and not written.problems:
        what = "The file is empty." if written.data is None else "The file must hold keys and values."
        written.tell(Problem(written.file, 1, what))
    return good
