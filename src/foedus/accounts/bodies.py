"""The bodies of an organisation on a day: those set up, on what is recorded of each, and apart from them those offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.accounts.lines import Json, Line, lines, when_json
from foedus.engine.answers import SO_FAR, Basis, Questions, Told
from foedus.engine.bodies import ESTABLISHED, OFFERED
from foedus.engine.standing import ORGANISATION
from foedus.record.acts import Body


@dataclass(frozen=True)
class BodyOn:
    """A body on a day. `told` is whether it stood, `offer` whether it had been offered (None: no offer is on record).

    `entry` is the founding that counts on the day, else the first to come; of one only offered, the offer.
    `beneath` is what the charter calls the organ it stands beneath, empty for one beside the organs.
    """

    entry: Body
    told: Told
    offer: Told | None
    beneath: str
    founding: tuple[Line, ...]
    offers: tuple[Line, ...]

    @property
    def founded(self) -> bool:
        """Whether a founding is on record, on whatever day."""
        return bool(self.founding)

    @property
    def word(self) -> str:
        """How it stood, in a few words."""
        said = _SAID[frozenset(possible.holder is not None for possible in self.told.segment.possible)]
        said = said.format("not yet" if self.told.day < self.entry.from_.latest else "no more")
        if not self.founded:
            said = "not established"
        return f"{said}, {SO_FAR}" if self.told.status == "unknown" else said

    @property
    def offer_word(self) -> str:
        """How the offer stood; empty where none is on record."""
        if self.offer is None:
            return ""
        made = frozenset(possible.holder is not None for possible in self.offer.segment.possible)
        return _SAID[made].format("not yet").replace(ESTABLISHED, OFFERED)

    @property
    def conditions(self) -> tuple[tuple[bool, str], ...]:
        """Where it is not certain: whether it stood, and what makes that so, each in turn."""
        return tuple((p.holder is not None, self.told.condition(p)) for p in self.told.possible)

    def to_json(self) -> Json:
        """The body as published in `schemas/bodies.json`."""
        entry = self.entry
        return {
            "name": entry.name,
            "status": self.told.status,
            "says": self.word,
            "possible": [{"stands": stands, "if": condition} for stands, condition in self.conditions],
            "of": entry.of,
            "beneath": self.beneath or None,
            "permanence": entry.permanence,
            "founded": when_json(entry.from_) if self.founded else None,
            "dissolved": when_json(entry.until),
            "founded by": entry.founded_by or None,
            "at": entry.at,
            "what": entry.what or None,
            "offered": self.offer_word or None,
            "because": list(self.told.because()),
            "attribution": self.told.attribution,
            "founding": [each.to_json() for each in self.founding],
            "offers": [each.to_json() for each in self.offers],
        }


_SAID = {
    frozenset({True}): ESTABLISHED,
    frozenset({False}): "{}",
    frozenset({True, False}): f"{ESTABLISHED} or {{}}",
}


@dataclass(frozen=True)
class Bodies:
    """The bodies on record, on a day: `founded` those with a founding on record, `offered` those with an offer alone."""

    organisation: str
    on: date
    known: date
    founded: tuple[BodyOn, ...]
    offered: tuple[BodyOn, ...]
    complete: bool  # whether the record claims to hold every body on the day
    basis: Basis

    def to_json(self) -> Json:
        """The account as published in `schemas/bodies.json`."""
        return {
            "organisation": self.organisation,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "bodies": [body.to_json() for body in self.founded],
            "offered": [body.to_json() for body in self.offered],
            "complete": self.complete,
            "basis": self.basis.to_json(),
        }


def bodies(asked: Questions, on: date) -> Bodies:
    """Every body on record as it stood at the end of the day `on`."""
    rows = [_body(asked, name, on) for name in asked.standing.bodies()]
    rows.sort(key=lambda row: (row.entry.from_.earliest, row.entry.name))
    complete = asked.standing.record.about.grade("body", on) == "complete"
    founded = tuple(row for row in rows if row.founded)
    offered = tuple(row for row in rows if not row.founded)
    return Bodies(asked.organisation, on, asked.known, founded, offered, complete, asked.basis(on))


def _body(asked: Questions, name: str, on: date) -> BodyOn:
    standing = asked.standing
    entries = standing.body_entries(name)
    founding = [entry for entry in entries if entry.status == ESTABLISHED]
    offers = [entry for entry in entries if entry.status == OFFERED]
    begun = [entry for entry in founding if entry.from_.earliest <= on]
    entry = begun[-1] if begun else (founding or offers)[0]
    offer = standing.offer(name)
    return BodyOn(
        entry,
        Told(standing.body(name).at(on), on, standing),
        Told(offer.at(on), on, standing) if offer is not None else None,
        "" if entry.of == ORGANISATION else standing.title(entry.of),
        lines(standing.record, founding),
        lines(standing.record, offers),
    )
