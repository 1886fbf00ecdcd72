"""Sources, and the chain of attributions that leads from the page read to whoever said it first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import TypeAdapter, field_validator, model_validator

from foedus.terms.attribution import SUPPORTING, Channel, Mode, chain_strength, strongest
from foedus.terms.dates import When
from foedus.written import Kinds, Model

SourceKind = Literal["official-record", "official-website", "agency", "named-media", "secondary"]


class Source(Model):
    """A page or text that was read. `published` only where address or text shows the day.

    A `secondary` source (encyclopaedia, mirror, study, aggregator) passes on what others said without naming
    them, so as a link it counts as unattributed.
    """

    kind: SourceKind
    title: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    note: str = ""

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        if url and not url.startswith(("https://", "http://")):
            raise ValueError("“url” is no address of a page. It begins with https:// or http://.")
        return url

    @field_validator("published", mode="before")
    @classmethod
    def _is_a_date(cls, published: object) -> object:
        if isinstance(published, (str, int)) and published:
            When.lasted(str(published))
            return str(published)
        return published

    @property
    def channel(self) -> Channel:
        """The channel this source is, as a link of a chain."""
        return "unattributed" if self.kind == "secondary" else self.kind


class Link(Model):
    """One step further back than the page read: who it names, and by what channel they spoke."""

    who: str
    channel: Channel


class Evidence(Model):
    """One chain for a claim: the page read (`source`), `through` whom, down to the `speaker`; told in `mode`.

    Without a source it says how else the claim is known: `known: recalled`, or `known: inferred` with what it
    was inferred `from`. `says` is what this chain says where chains differ, `points to` the date it gives.
    """

    source: str | None = None
    through: tuple[Link, ...] = ()
    speaker: str = ""
    mode: Mode = "plain"
    known: Literal["inferred", "recalled"] | None = None
    from_: tuple[str, ...] = ()
    says: str = ""
    points_to: When | None = None
    note: str = ""

    @model_validator(mode="after")
    def _source_or_known(self) -> Evidence:
        if (self.source is None) == (self.known is None):
            raise ValueError("Evidence has either a “source” or “known: recalled” or “known: inferred”.")
        if self.known is not None and (self.mode != "plain" or self.through or self.speaker):
            raise ValueError(
                "What is recalled or inferred was told by nobody. It has no “mode”, “through” or “speaker”."
            )
        if self.from_ and self.known != "inferred":
            raise ValueError("Only what is inferred says what it was inferred “from”.")
        return self

    def sources(self) -> tuple[str, ...]:
        """The ids of the sources this chain rests on."""
        return self.from_ if self.source is None else (self.source,)

    def strength(self, sources: Mapping[str, Source], modes: frozenset[Mode] = SUPPORTING) -> Channel | None:
        """How strong the chain is, for a claim that these modes support; None where it supports nothing."""
        if self.source is None:
            return self.known
        links = [sources[self.source].channel, *(link.channel for link in self.through)]
        return chain_strength(links, self.mode, modes)


def claim_strength(
    evidence: tuple[Evidence, ...],
    sources: Mapping[str, Source],
    modes: frozenset[Mode] = SUPPORTING,
) -> Channel:
    """A claim is as strong as its best chain. Where pages were read and none supports it (they expect, deny or are
    silent), it is the recorder's inference.
    """
    supporting = [s for e in evidence if (s := e.strength(sources, modes)) is not None]
    return strongest(supporting) if supporting else "inferred"


SOURCE: Kinds[Source] = Kinds(TypeAdapter(Source), {"": Source})
EvidenceList = tuple[Evidence, ...]
