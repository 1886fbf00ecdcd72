"""An organisation on one day, all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.engine.answers import Answer, Basis
from foedus.secretariat.organisation import Organisation


@dataclass(frozen=True)
class Overview:
    """An organisation on one day: the parties under every membership, every office, the seats of every organ."""

    organisation: str
    name: str
    on: date
    known: date
    memberships: tuple[Answer, ...]
    offices: tuple[Answer, ...]
    organs: tuple[Answer, ...]
    basis: Basis

    def to_json(self) -> dict[str, Any]:
        """The overview as published in `schemas/show.json`."""
        return {
            "organisation": self.organisation,
            "name": self.name,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "memberships": [answer.to_json() for answer in self.memberships],
            "offices": [answer.to_json() for answer in self.offices],
            "organs": [answer.to_json() for answer in self.organs],
            "basis": self.basis.to_json(),
        }


def overview(organisation: Organisation, on: date, known: date | None = None) -> Overview:
    """The organisation at the end of the day `on`, as known."""
    questions = organisation.questions(known)
    standing = questions.standing
    return Overview(
        organisation.name,
        organisation.record.about.name,
        on,
        questions.known,
        tuple(questions.who(name, on) for name in standing.memberships()),
        tuple(questions.who(name, on) for name in standing.offices()),
        tuple(questions.who(name, on) for name in standing.organs()),
        questions.basis(on),
    )
