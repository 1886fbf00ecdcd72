"""What every rule says of itself: its id, when it is in force, how its wording is known; and how it may be read."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from foedus.terms.states import State
from foedus.written import Model

AS_WRITTEN = "as-written"

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Basis = Literal["seen", "reported", "recalled", "practice"]


class InForce(Model):
    """`from`: first day in, `until`: first day out. Each is a day, or the name of a text of the instrument."""

    from_: str
    until: str | None = None


class Rule(Model):
    """What every rule says of itself. `basis` tells how its wording is known; `sources` where."""

    id: Slug
    in_force: InForce
    basis: Basis
    sources: tuple[str, ...] = ()
    note: str = ""


class Holding(Model):
    """Who holds a reading: a state or a person, or a `practice` that goes by it; and in which year that was seen."""

    state: State | None = None
    person: str = ""
    practice: bool = False
    in_: int | None = None
    sources: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _somebody(self) -> Holding:
        if not (self.state or self.person or self.practice):
            raise ValueError("This names nobody. Say one of “state”, “person” and “practice: true”.")
        return self


class Reading(Model):
    """One arguable reading of a rule beside others: its name, who holds it, how that is known. What it `changes` are keys
    of the rule. The reading called `as-written` changes none: it says who holds the rule as it stands.
    """

    changes: ClassVar[tuple[str, ...]] = ()

    name: Slug
    held_by: tuple[Holding, ...] = Field(min_length=1)
    basis: Basis
    sources: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _changes_something(self) -> Reading:
        changed = self.changed
        if self.name == AS_WRITTEN and changed:
            raise ValueError(
                f"The reading “{AS_WRITTEN}” changes nothing. Leave out “{next(iter(changed))}”."
            )
        if self.name != AS_WRITTEN and not changed:
            raise ValueError(f"The reading “{self.name}” changes nothing. Say its “{self.changes[0]}”.")
        return self

    @property
    def changed(self) -> dict[str, Any]:
        """The keys of the rule that it changes, each with what it says instead."""
        return {key: getattr(self, key) for key in self.changes if getattr(self, key) is not None}


def twice(readings: tuple[Reading, ...]) -> str | None:
    """The first name that two readings of a rule have."""
    names = [reading.name for reading in readings]
    return next((name for name in names if names.count(name) > 1), None)
