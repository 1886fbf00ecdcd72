"""The rule on an office: what opens a term of it, who holds it then, what displaces that; and how else it may be read."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from foedus.charter.rules import Reading, Rule, Slug, twice
from foedus.terms.offices import Role
from foedus.written import Model


class Opener(Model):
    """Which session opens a term."""

    organ: Slug
    type: Slug


class Term(Model):
    """What opens a term of an office: a session, an appointment, or a month; that on its `day` (the first, where left
    out).
    """

    opened_by: Literal["session", "appointment", "month"]
    where: Opener | None = None
    day: int | None = Field(default=None, ge=1, le=28)


class HostHolder(Model):
    """The default holder: of the host, whoever has the role, or whoever fills its seat. The `next host` is that of the
    session that closes the term.
    """

    of: Literal["host", "next host"]
    role: Role | None = None
    seat_in: Slug | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> HostHolder:
        if (self.role is None) == (self.seat_in is None):
            raise ValueError("A holder is named by one of “role” and “seat in”.")
        return self


class Rotation(Model):
    """The order in which an office goes round `among` the members of an organ: that of their names in a language."""

    among: Slug
    order: Literal["name"]
    language: Slug


class RotationHolder(Model):
    """The default holder: the member whose turn it is; of it, where a session opens the term, whoever has the role, or
    whoever fills its seat.
    """

    rotation: Rotation
    role: Role | None = None
    seat_in: Slug | None = None


def _sort_of_holder(value: Any) -> str:
    return "turns" if isinstance(value, RotationHolder) or "rotation" in (value or ()) else "other"


AnyHolder = Annotated[
    Annotated[RotationHolder, Tag("turns")] | Annotated[HostHolder | Literal["appointee"], Tag("other")],
    Discriminator(_sort_of_holder),
]


class Designating(Model):
    """Which organ may decide otherwise."""

    by: Slug


class Unless(Model):
    """The exception that displaces the default holder."""

    designation: Designating


class OfficeReading(Reading):
    """A reading of the rule on an office: who else is its default holder."""

    changes: ClassVar[tuple[str, ...]] = ("holder",)

    holder: AnyHolder | None = None


class Office(Rule):
    """An office: what opens a term of it, who holds it then, and what displaces the default.

    `while pending`: who holds it while a designation is not yet effective.
    `no default`: who holds it where a term opens without a default holder.
    `length` (in years) is how long an appointment runs.
    """

    kind: Literal["office"]
    office: Slug
    name: str
    of: Slug
    term: Term
    holder: AnyHolder
    unless: Unless | None = None
    while_pending: Literal["outgoing continues"] = "outgoing continues"
    no_default: Literal["outgoing continues"] = "outgoing continues"
    length: int | None = Field(default=None, ge=1)

    readings: tuple[OfficeReading, ...] = ()

    @model_validator(mode="after")
    def _term_and_holder_agree(self) -> Office:
        fault = self._fault(self.holder)
        if fault is not None:
            raise ValueError(fault)
        for reading in self.readings:
            fault = None if reading.holder is None else self._fault(reading.holder)
            if fault is not None:
                raise ValueError(f"The reading “{reading.name}”: {fault}")
        name = twice(self.readings)
        if name is not None:
            raise ValueError(f"Two readings are called “{name}”.")
        return self

    def _fault(self, holder: AnyHolder) -> str | None:
        """Why a holder does not go with what opens a term; None where it does."""
        by, where = self.term.opened_by, self.term.where
        turns = isinstance(holder, RotationHolder)
        named = holder != "appointee" and (holder.role is None) != (holder.seat_in is None)
        if by == "session" and (where is None or not named):
            return (
                "A term opened by a session says “where” and has a default “holder: {…, of: host}”, or a “rotation” with "
                "one of “role” and “seat in”."
            )
        if by == "appointment" and (holder != "appointee" or self.unless is not None):
            return "A term opened by an appointment has “holder: appointee” and no “unless”."
        if by == "month" and not (turns and not named and self.unless is None and where is None):
            return "A term opened by a month has “holder: {rotation: …}” and neither “where” nor “unless”."
        if by != "month" and self.term.day is not None:
            return "Only a term opened by a month has a “day”."
        return None
