"""The way from the page read back to whoever spoke, link by link."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.record.acts import Entry, Person
from foedus.record.evidence import Evidence
from foedus.record.record import Record
from foedus.terms.attribution import CHANNELS, SUPPORTING
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.web.pages.words import Strength, source_line, spaced, strength


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step back: who passes it on, and by what channel. `weak`: the weakest of its chain."""

    name: str
    url: str
    strength: Strength | None
    mode: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """One chain for a claim: its links, what it says where chains differ, the day it points to."""

    links: tuple[ChainLink, ...]
    strength: Strength | None
    says: str
    points_to: When | None
    note: str


@dataclass(frozen=True, slots=True)
class Silent:
    """That somebody says nothing on a point."""

    id: str
    says: str
    chain: Chain


def chains(record: Record, entry: Entry) -> tuple[Chain, ...]:
    """Every chain of an entry's evidence, in order."""
    return tuple(_chain(record, evidence) for evidence in entry.evidence)


def speaker(who: Person) -> str:
    """Who spoke or acted, as far as it is known."""
    return who.person or spaced(who.office) or who.org or (state_name(who.state) if who.state else "somebody")


def speaker_of(who: Person) -> str:
    """Of what state or body a person is, where both are known."""
    of = (state_name(who.state) if who.state else "", who.org)
    return ", ".join(part for part in of if part and part != speaker(who))


def _chain(record: Record, evidence: Evidence) -> Chain:
    found = evidence.strength(record.sources)
    hedged = evidence.mode == "hedged"
    return Chain(
        _known(record, evidence) if evidence.source is None else _links(record, evidence),
        strength(found, hedged=hedged) if found is not None else None,
        evidence.says,
        evidence.points_to,
        evidence.note,
    )


def _known(record: Record, evidence: Evidence) -> tuple[ChainLink, ...]:
    """A chain without a source: recalled, or inferred from something."""
    told = strength(evidence.known or "recalled")
    what = [source_line(name, record.sources[name]).name for name in evidence.from_]
    name = f"inferred from {', '.join(what)}" if what else f"no source: {evidence.known}"
    return (ChainLink(name, "", told),)


def _links(record: Record, evidence: Evidence) -> tuple[ChainLink, ...]:
    assert evidence.source is not None
    source = record.sources[evidence.source]
    page = source_line(evidence.source, source)
    steps = [(page.name, page.url, source.channel), *((t.who, "", t.channel) for t in evidence.through)]
    weakest = max(range(len(steps)), key=lambda i: CHANNELS.index(steps[i][2]))
    told = evidence.mode in SUPPORTING and len(steps) > 1
    mode = spaced(evidence.mode) if evidence.mode != "plain" else ""
    links = [
        ChainLink(name, url, strength(channel), weak=told and index == weakest)
        for index, (name, url, channel) in enumerate(steps)
    ]
    if evidence.speaker:
        links.append(ChainLink(evidence.speaker, "", None, mode))
    elif mode:
        last = links.pop()
        links.append(ChainLink(last.name, last.url, last.strength, mode, last.weak))
    return tuple(links)
