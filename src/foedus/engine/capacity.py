"""Whether whoever acted did so for the organisation: as it, or as an organ, office or body of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from foedus.charter.kinds import Office, Organ
from foedus.engine.names import plain_name
from foedus.engine.standing import Standing
from foedus.record.acts import Body, Person

Belongs = Literal["organisation", "organ", "office", "body"]
Insiders = Mapping[str, Belongs]


def belongs(names: Insiders, who: Person) -> Belongs | None:
    """What of the organisation somebody is, by the names `insiders` gives; None for a state or another body. An office
    of the organisation counts before the state its holder comes from.
    """
    return names.get(plain_name(who.office)) or (None if who.state else names.get(plain_name(who.org)))


def insiders(standing: Standing) -> Insiders:
    """The names by which record and charter call the organisation, its organs, offices and bodies."""
    about, charter = standing.record.about, standing.charter
    found: dict[str, Belongs] = {body.name: "body" for body in standing.record.of_kind(Body)}
    for office in charter.of_kind(Office):
        found |= {office.says.office: "office", office.says.name: "office"}
    for organ in charter.of_kind(Organ):
        found |= {organ.says.organ: "organ", organ.says.name: "organ"}
    found |= dict.fromkeys((about.id, about.name, about.short, *about.native.values()), "organisation")
    return {plain_name(name): what for name, what in found.items()}
