"""What was said, what a source is silent on, how a source sums up the law; and taking an entry back."""

from __future__ import annotations

from typing import ClassVar, Literal

from foedus.record.envelope import Entry, EntryId, MaybeDated, Person, Slug
from foedus.terms.attribution import OF_SILENCE, Mode
from foedus.terms.states import State


class Statement(MaybeDated):
    """What someone said, in our words: at a session, on a day, or neither. `about` names the entries it bears on;
    `objection` is whether one was raised to those, or to deciding them without whoever speaks, or a third (`objection of`); or said to be none.
    """

    kind: Literal["statement"]
    by: Person
    says: str
    session: EntryId | None = None
    about: tuple[EntryId, ...] = ()
    objection: Literal["raised", "none"] | None = None
    objection_of: State | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return ((self.session,) if self.session else ()) + self.about


class Silence(Entry):
    """That a source says nothing on a point: itself a fact, which the silent source supports."""

    supported_by: ClassVar[frozenset[Mode]] = OF_SILENCE

    kind: Literal["silence"]
    of: EntryId
    says: str

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.of,)


class Description(Entry):
    """That a source sums up an article."""

    kind: Literal["description"]
    instrument: Slug
    article: str | int
    says: str


class Dispute(MaybeDated):
    """That somebody disputes an entry without the right to correct it. The entry stands; whoever reads it is told."""

    kind: Literal["dispute"]
    of: EntryId
    by: Person
    says: str

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.of,)


class Withdraws(Entry):
    """Takes an entry back whole."""

    kind: Literal["withdrawal"]
    withdraws: EntryId

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.withdraws,)
