"""The way from the page read back to whoever spoke, link by link, as shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.accounts.sourced import Sourced
from foedus.accounts.witnesses import Witness, witnesses
from foedus.record.acts import Entry
from foedus.terms.dates import When
from foedus.terms.words import spaced
from foedus.web.pages.names import passing_on, source_link
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, strength


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step back: who passes it on, leading to the source's page, or the person's; and by what channel. `before` is
    what stands before the names, `url` the page that was read, for paper. `weak`: the weakest of its chain.
    """

    who: tuple[Link, ...]
    url: str
    strength: Strength | None
    mode: str = ""
    weak: bool = False
    before: str = ""


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
    """That somebody says nothing on a point, and the whole way by which that is known."""

    id: str
    says: str
    chain: Chain


def chains(visit: Visit, entry: Entry) -> tuple[Chain, ...]:
    """Every chain of an entry's evidence, in order."""
    return tuple(chain(visit, witness) for witness in witnesses(visit.record, entry))


def chains_of(visit: Visit, sourced: Sourced[Entry]) -> tuple[Chain, ...]:
    """The same of an entry that comes with its witnesses."""
    return tuple(chain(visit, witness) for witness in sourced.witnesses)


def chain(visit: Visit, witness: Witness) -> Chain:
    """A witness as shown: how it is told stands at the last step, which is nearest to whoever spoke."""
    told = strength(witness.strength, hedged=witness.hedged) if witness.strength else None
    return Chain(tuple(_links(visit, witness)), told, witness.says, witness.points_to, witness.note)


def _links(visit: Visit, witness: Witness) -> Iterator[ChainLink]:
    mode = "" if witness.mode == "plain" else spaced(witness.mode)
    last = len(witness.steps) - 1
    for index, step in enumerate(witness.steps):
        how = strength(step.channel) if step.channel else None
        told = mode if index == last else ""
        if witness.inferred_from:
            who = tuple(source_link(visit, name) for name in witness.inferred_from)
            yield ChainLink(who, "", how, told, step.weak, "inferred from")
        elif index == 0 and witness.source:
            yield ChainLink((source_link(visit, witness.source),), step.url, how, told, step.weak)
        else:
            yield ChainLink((passing_on(visit, step.name),), step.url, how, told, step.weak)
