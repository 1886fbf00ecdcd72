"""The way from the page read back to whoever spoke, link by link, as shown."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.witnesses import Witness, witnesses
from foedus.record.acts import Entry
from foedus.record.record import Record
from foedus.terms.dates import When
from foedus.terms.words import spaced
from foedus.web.pages.words import Strength, strength


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
    return tuple(chain(witness) for witness in witnesses(record, entry))


def chain(witness: Witness) -> Chain:
    """A witness as shown: how it is told stands at the last step, which is nearest to whoever spoke."""
    mode = "" if witness.mode == "plain" else spaced(witness.mode)
    last = len(witness.steps) - 1
    links = tuple(
        ChainLink(
            step.name,
            step.url,
            strength(step.channel) if step.channel else None,
            mode if index == last else "",
            step.weak,
        )
        for index, step in enumerate(witness.steps)
    )
    told = strength(witness.strength, hedged=witness.hedged) if witness.strength else None
    return Chain(links, told, witness.says, witness.points_to, witness.note)
