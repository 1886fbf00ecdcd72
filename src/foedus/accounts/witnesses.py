"""Who stands behind an entry: each chain of its evidence, from the page read back to whoever said it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.record.acts import Entry
from foedus.record.canonical import plain
from foedus.record.evidence import Evidence, Source
from foedus.record.record import Record
from foedus.terms.attribution import CHANNELS, SUPPORTING, Channel, Mode
from foedus.terms.dates import When

MANNER: dict[Mode, str] = {  # nearest to the words first
    "direct-quote": "quoted",
    "indirect-speech": "in reported speech",
    "plain": "as the page states it",
    "hedged": "reportedly",
    "expected": "beforehand",
    "denied": "denied",
    "silent": "silent",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step back: who passes it on, their address where they have one, and by what channel. `channel` is None for
    the speaker, who is no channel. `weak`: the weakest of its chain, where a weakest can be told.
    """

    name: str
    url: str
    channel: Channel | None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Witness:
    """One chain for a claim: the page read (`source`, its id; empty where none was), the steps back, how it is told,
    how strong it is (None: it supports nothing), what it says where chains differ, the day it points to;
    `inferred_from` are the sources of what was deduced, by id.
    """

    source: str
    steps: tuple[Step, ...]
    mode: Mode
    strength: Channel | None
    says: str
    points_to: When | None
    note: str
    inferred_from: tuple[str, ...] = ()

    @property
    def hedged(self) -> bool:
        """Whether the page hedges."""
        return self.mode == "hedged"

    @property
    def manner(self) -> str:
        """How it is told, in words: `quoted`, `reportedly`; where no page was read, `recalled` or `inferred`."""
        return MANNER[self.mode] if self.source else str(self.strength)

    def told(self) -> str:
        """The chain in a line, the page first: `Asia-Plus ← Tajik president's official website`."""
        return " ← ".join(step.name for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """The chain as published in `schemas/`."""
        return {
            "source": self.source or None,
            "chain": [{"name": s.name, "url": s.url or None, "channel": s.channel} for s in self.steps],
            "mode": self.mode,
            "attribution": self.strength,
            "says": self.says or None,
            "points to": plain(self.points_to) if self.points_to else None,
        }


def witnesses(record: Record, entry: Entry) -> tuple[Witness, ...]:
    """Every chain of an entry's evidence, in the order it is recorded."""
    return tuple(_witness(record, entry, evidence) for evidence in entry.evidence)


def source_name(name: str, source: Source) -> str:
    """What a source is called: its title, else its site, else the id it is recorded under."""
    site = source.url.partition("://")[2].partition("/")[0].removeprefix("www.")
    return source.title or site or name


def _witness(record: Record, entry: Entry, evidence: Evidence) -> Witness:
    return Witness(
        evidence.source or "",
        _known(record, evidence) if evidence.source is None else _steps(record, evidence),
        evidence.mode,
        evidence.strength(record.sources, entry.supported_by),
        evidence.says,
        evidence.points_to,
        evidence.note,
        tuple(evidence.from_),
    )


def _known(record: Record, evidence: Evidence) -> tuple[Step, ...]:
    """A chain without a source: recalled, or inferred from something."""
    channel: Channel = evidence.known or "recalled"
    what = ", ".join(source_name(name, record.sources[name]) for name in evidence.from_)
    return (Step(f"inferred from {what}" if what else f"no source: {channel}", "", channel),)


def _steps(record: Record, evidence: Evidence) -> tuple[Step, ...]:
    assert evidence.source is not None
    source = record.sources[evidence.source]
    links: list[tuple[str, str, Channel]] = [
        (source_name(evidence.source, source), source.url, source.channel),
        *((link.who, "", link.channel) for link in evidence.through),
    ]
    weakest = max(range(len(links)), key=lambda i: CHANNELS.index(links[i][2]))
    told = evidence.mode in SUPPORTING and len(links) > 1
    steps = [Step(*link, weak=told and index == weakest) for index, link in enumerate(links)]
    if evidence.speaker:
        steps.append(Step(evidence.speaker, "", None))
    return tuple(steps)
