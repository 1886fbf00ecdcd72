"""Sources: what rests on each, what rests on it alone, and what it is on record as silent about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.accounts.belonging import when_of
from foedus.accounts.lines import Json, Line, lines, when_json
from foedus.accounts.witnesses import source_name
from foedus.accounts.words import says
from foedus.charter.charter import Charter
from foedus.engine.answers import Basis, Questions
from foedus.engine.names import meant
from foedus.record.acts import AnyAct, Silence
from foedus.record.evidence import Evidence, Source
from foedus.record.record import Record
from foedus.terms.attribution import Channel, Mode
from foedus.terms.dates import When


@dataclass(frozen=True, slots=True)
class Resting:
    """An entry that names the source. `alone`: no other chain supports it, recollection included. `supports` is False
    where the source denies it, or only expects it.
    """

    id: str
    kind: str
    when: When | None
    says: str
    mode: Mode
    attribution: Channel
    supports: bool
    alone: bool

    def to_json(self) -> Json:
        """The entry as published in `schemas/sources.json`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "when": when_json(self.when),
            "says": self.says,
            "mode": self.mode,
            "attribution": self.attribution,
            "supports": self.supports,
            "alone": self.alone,
        }


@dataclass(frozen=True, slots=True)
class Worded:
    """A rule, or a text of an instrument, that names the source for its wording. `alone`: it names no other."""

    id: str
    citation: str
    basis: str
    alone: bool

    def to_json(self) -> Json:
        """The rule or text as published in `schemas/sources.json`."""
        return {"id": self.id, "citation": self.citation, "basis": self.basis, "alone": self.alone}


@dataclass(frozen=True, slots=True)
class OfSource:
    """A source and all that names it; `silences` are entries that record it as silent."""

    id: str
    name: str
    source: Source
    entries: tuple[Resting, ...]
    rules: tuple[Worded, ...]
    texts: tuple[Worded, ...]
    silences: tuple[Line, ...]

    @property
    def alone(self) -> tuple[Resting, ...]:
        """The entries that rest on it alone."""
        return tuple(entry for entry in self.entries if entry.alone)

    def to_json(self) -> Json:
        """The source as published in `schemas/sources.json`."""
        source = self.source
        return {
            "source": self.id,
            "name": self.name,
            "kind": source.kind,
            "url": source.url or None,
            "published": source.published or None,
            "language": source.language or None,
            "note": source.note or None,
            "entries": [entry.to_json() for entry in self.entries],
            "rules": [rule.to_json() for rule in self.rules],
            "texts": [text.to_json() for text in self.texts],
            "silences": [silence.to_json() for silence in self.silences],
        }


@dataclass(frozen=True)
class Sources:
    """Sources of an organisation as known on a day, in their order: all of them, or the one asked about."""

    organisation: str
    known: date
    sources: tuple[OfSource, ...]
    basis: Basis

    def to_json(self) -> Json:
        """The account as published in `schemas/sources.json`."""
        return {
            "organisation": self.organisation,
            "known": self.known.isoformat(),
            "sources": [source.to_json() for source in self.sources],
            "basis": self.basis.to_json(),
        }


def sources(asked: Questions) -> Sources:
    """Every source, in the order they are listed."""
    return _sources(asked, tuple(asked.standing.record.sources))


def source(asked: Questions, name: str) -> Sources:
    """The one source of that id, or of an id that begins so and no other does.

    NotFound, with the nearest id, for the beginning of none, and with the candidates for that of several.
    """
    ids = asked.standing.record.sources
    found = name if name in ids else meant(f"source of {asked.organisation}", name, {i: i for i in ids})
    return _sources(asked, (found,))


def _sources(asked: Questions, names: tuple[str, ...]) -> Sources:
    record, charter = asked.standing.record, asked.standing.charter
    naming: dict[str, list[AnyAct]] = {}
    for entry in record.entries:
        for name in record.sources_of(entry.id):
            naming.setdefault(name, []).append(entry)
    found = tuple(_source(record, charter, name, naming.get(name, [])) for name in names)
    return Sources(asked.organisation, asked.known, found, asked.basis(None))


def _source(record: Record, charter: Charter, name: str, naming: list[AnyAct]) -> OfSource:
    told, silent = list[Resting](), list[AnyAct]()
    for entry in naming:
        chains = [chain for chain in entry.evidence if name in chain.sources()]
        if isinstance(entry, Silence) or all(chain.mode == "silent" for chain in chains):
            silent.append(entry)
        else:
            told.append(_resting(record, entry, name, chains))
    return OfSource(
        name,
        source_name(name, record.sources[name]),
        record.sources[name],
        tuple(told),
        tuple(_rules(charter, name)),
        tuple(_texts(charter, name)),
        lines(record, silent),
    )


def _resting(record: Record, entry: AnyAct, name: str, chains: list[Evidence]) -> Resting:
    """An entry as it rests on a source; its mode is that of the first chain from the source that is not silent."""
    support = [chain for chain in entry.evidence if chain.strength(record.sources) is not None]
    named = {source for chain in support for source in chain.sources() or ("",)}
    mode = next(chain.mode for chain in chains if chain.mode != "silent")
    supports = any(chain in support for chain in chains)
    when, strength = when_of(record, entry), record.strength(entry.id)
    return Resting(entry.id, entry.kind, when, says(entry), mode, strength, supports, named == {name})


def _rules(charter: Charter, name: str) -> Iterator[Worded]:
    for rule in charter.rules:
        if name in rule.says.sources:
            yield Worded(rule.key, rule.citation, rule.says.basis, set(rule.says.sources) == {name})


def _texts(charter: Charter, name: str) -> Iterator[Worded]:
    for instrument in charter.instruments:
        for text in instrument.texts:
            if name in text.sources:
                cites = f"{instrument.short}, {text.what}"
                yield Worded(text.name, cites, text.basis, set(text.sources) == {name})
