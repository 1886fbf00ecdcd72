"""The organisations that are served, by the name they have in addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.problems import BadInput, NotFound, Problem
from foedus.secretariat import Organisation, opened


@dataclass(frozen=True)
class Catalogue:
    """Organisations in the order they were named."""

    organisations: tuple[Organisation, ...]

    def named(self, name: str) -> Organisation:
        """The organisation of that name. NotFound, with the nearest, where none has it."""
        found = {organisation.name: organisation for organisation in self.organisations}
        if name not in found:
            raise NotFound("organisation here", name, found)
        return found[name]


def open_all(names: Sequence[str]) -> Catalogue:
    """Opens organisations by bundled name or folder. BadInput where two have one name."""
    found: dict[str, Organisation] = {}
    for name in names:
        organisation = opened(name)
        if found.setdefault(organisation.name, organisation) is not organisation:
            what = f"Two organisations are called “{organisation.name}”."
            raise BadInput([Problem(name, 0, what, "Serve one of them, or give one another id.")])
    return Catalogue(tuple(found.values()))
