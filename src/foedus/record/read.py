"""Reads a record from its files: `organisation.yaml`, `sources.yaml` and `record/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from foedus.problems import Problem, suggest
from foedus.record.about import ABOUT, About
from foedus.record.acts import ACTS, AnyAct, Entry
from foedus.record.evidence import SOURCE, Source
from foedus.record.record import Place, Record
from foedus.written import Path, Written, read_yaml, validate

_ENVELOPE = ("recorded", "recorded by")


def read_about(name: str, text: str) -> tuple[About | None, list[Problem]]:
    """The head of an organisation folder, or None with every objection."""
    written = read_yaml(text, name)
    if written.problems or not _is_mapping(written):
        return None, written.problems
    return validate(ABOUT, written, written.data), written.problems


def read_record(
    about: About, sources: tuple[str, str], files: Iterable[tuple[str, str]]
) -> tuple[Record, list[Problem]]:
    """A record from (file name, text) pairs, and every problem found; what could not be read is left out."""
    problems: list[Problem] = []
    known_sources = _read_sources(*sources, problems)
    entries: list[AnyAct] = []
    places: dict[str, Place] = {}
    for name, text in sorted(files):
        written = read_yaml(text, name)
        if not written.problems and _is_mapping(written):
            _read_entries(written, entries, places)
        problems += written.problems
    problems += _dangling(entries, places, known_sources)
    return Record(about, known_sources, tuple(entries), places), problems


def _is_mapping(written: Written) -> bool:
    if not isinstance(written.data, dict):
        what = "The file is empty." if written.data is None else "The file must hold keys and values."
        written.problems.append(Problem(written.file, 1, what))
    return isinstance(written.data, dict)


def _read_sources(name: str, text: str, problems: list[Problem]) -> dict[str, Source]:
    written = read_yaml(text, name)
    found: dict[str, Source] = {}
    if not written.problems and _is_mapping(written):
        for key, data in written.data.items():
            source = validate(SOURCE, written, data, (key,))
            if source is not None:
                found[key] = source
    problems += written.problems
    return found


def _read_entries(written: Written, entries: list[AnyAct], places: dict[str, Place]) -> None:
    """The entries of one file; `recorded` and `recorded by` at its head hold for each that says nothing else."""
    head = {key: written.data[key] for key in _ENVELOPE if key in written.data}
    for key in written.data:
        if key not in (*_ENVELOPE, "entries"):
            what = f"The key “{key}” is not known here."
            written.problems.append(written.problem((key,), what, suggest(key, [*_ENVELOPE, "entries"])))
    rows = written.data.get("entries")
    if not isinstance(rows, list):
        written.problems.append(written.problem(("entries",), "The file must hold a list “entries”."))
        return
    for index, data in enumerate(rows):
        at: Path = ("entries", index)
        entry = validate(ACTS, written, head | data if isinstance(data, dict) else data, at)
        if entry is not None:
            _add(entry, written, at, entries, places)


def _add(entry: AnyAct, written: Written, at: Path, entries: list[AnyAct], places: dict[str, Place]) -> None:
    first = places.get(entry.id)
    if first is not None:
        what = f"The id “{entry.id}” is taken, by line {first.line} of {first.file}."
        written.problems.append(written.problem((*at, "id"), what, "Give this entry another."))
        return
    places[entry.id] = Place(written.file, written.line(at))
    entries.append(entry)


def _dangling(
    entries: list[AnyAct], places: Mapping[str, Place], sources: Mapping[str, Source]
) -> Iterable[Problem]:
    """Every name of an entry or a source that exists nowhere."""
    ids = {entry.id for entry in entries}
    for entry in entries:
        place = places[entry.id]
        repaired = [entry.corrects] if entry.corrects else []
        for mentioned in [*entry.mentions, *repaired]:
            if mentioned not in ids:
                what = f"“{entry.id}” points to “{mentioned}”, which is no entry."
                yield Problem(place.file, place.line, what, suggest(mentioned, ids))
        for source in _sources_named(entry):
            if source not in sources:
                what = f"“{entry.id}” names the source “{source}”, which is not in sources.yaml."
                yield Problem(place.file, place.line, what, suggest(source, sources))


def _sources_named(entry: Entry) -> Iterable[Any]:
    return dict.fromkeys(source for evidence in entry.evidence for source in evidence.sources())
