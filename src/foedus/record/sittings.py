"""Sessions and what is part of them: who came, formats, items, decisions, documents; the hand-over they open."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from foedus.record.envelope import Dated, Entry, EntryId, Name, OfSession, OneOf, Person, Slug
from foedus.terms.dates import When
from foedus.terms.offices import Role
from foedus.terms.states import State
from foedus.written import Model

Count = Annotated[int, Field(ge=0, le=2**53 - 1)]  # what JSON's canonical form can hold


class Session(Dated):
    """A session of an organ. `host` is the state of its place; online without a place it has none."""

    kind: Literal["session"]
    organ: Slug
    type: Slug | OneOf
    city: str = ""
    host: State | None = None
    held: Literal["in person", "online", "hybrid"] = "in person"
    formats: tuple[Literal["restricted", "expanded"], ...] = ()
    what: str = ""

    @property
    def types(self) -> tuple[str, ...]:
        """The type, or each it may be."""
        return self.type.one_of if isinstance(self.type, OneOf) else (self.type,)


class Announced(Dated):
    """That a session was announced `for` a day, `on` another; whether it was held, a session entry says."""

    kind: Literal["announced-session"]
    organ: Slug
    type: Slug | None = None
    for_: When
    city: str = ""
    host: State | None = None
    by: Person | None = None
    at: EntryId | None = None

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        return (("on", self.when), ("for", self.for_))

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.at,) if self.at else ()


class Row(Model):
    """One line of an attendance: whose seat, or in what capacity; who came, and how."""

    state: State | None = None
    org: str = ""
    person: str = ""
    title: str = ""
    role: Role | None = None
    capacity: Slug | None = None
    how: Literal["present", "remote", "represented", "absent"] = "present"

    @model_validator(mode="after")
    def _names_somebody(self) -> Row:
        if not (self.state or self.person or self.org or self.capacity):
            raise ValueError("This row names nobody. Say one of “state”, “person”, “org” and “capacity”.")
        return self


class Attendance(Entry):
    """Who was at a session, as far as a source names them."""

    kind: Literal["attendance"]
    session: EntryId
    rows: tuple[Row, ...] = Field(min_length=1)

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.session,)


class Meeting(Dated):
    """A meeting of others than the organ, such as ministers on the eve of a session."""

    kind: Literal["meeting"]
    of: tuple[Name, ...] = Field(min_length=1)
    what: str = ""
    before: EntryId | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.before,) if self.before else ()


class Format(OfSession):
    """A part of a session held in one format; `after` names the part it followed."""

    kind: Literal["format"]
    format: Literal["restricted", "expanded"]
    what: str = ""
    after: EntryId | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.session, *((self.after,) if self.after else ()))


class Discussion(OfSession):
    """Items a session dealt with, in our words and in the order they are recorded."""

    kind: Literal["discussion"]
    items: tuple[str, ...] = Field(min_length=1)


class Decided(OfSession):
    """A draft and what became of it. `matter` is what the rule of decision calls such matters, where not the one that holds
    for most; `stopped by` is the member whose consent was missing; `signed by` and `not signed by` are the states a page
    names, where it does.
    """

    kind: Literal["decision"]
    what: str
    outcome: Literal["adopted", "not adopted", "not taken up"]
    matter: str = ""
    stopped_by: State | None = None
    signed_by: tuple[State, ...] = ()
    not_signed_by: tuple[State, ...] = ()
    why: str = ""
    fate: str = ""
    about: tuple[EntryId, ...] = ()

    @model_validator(mode="after")
    def _signed_or_not(self) -> Decided:
        both = sorted(set(self.signed_by) & set(self.not_signed_by))
        if both:
            raise ValueError(f"{both[0]} stands under “signed by” and “not signed by”. Keep one.")
        return self

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.session, *self.about)


class Documents(OfSession):
    """How many documents there were; a number not given is unknown, and stays so."""

    kind: Literal["documents"]
    adopted: Count | None = None
    tabled: Count | None = None
    agreed: Count | None = None
    sent_back: Count | None = None
    hint: str = ""


class Adhesion(Dated):
    """That a state joined a decision taken without it, or declined to."""

    kind: Literal["adhesion"]
    state: State
    to: EntryId
    how: Literal["joined", "declined"]
    says: str = ""

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.to,)


class Designation(Entry):
    """The chair handed over for a term: to whom, effective when, and on what authority that is known.

    `decided`: a decision is on record. `presumed`: a hand-over is, that no entry contests. `inferred`: deduced.
    """

    kind: Literal["designation"]
    office: Slug
    opened_by: EntryId
    to: State
    from_: State | None = None
    effective: When
    authority: Literal["decided", "presumed", "inferred"]
    temporary: bool = False

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        return (("effective", self.effective),)

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.opened_by,)


class Turn(Dated):
    """That a state held an office which goes round, in the term that holds the day: turns are reckoned from it.

    `authority: decided` says that a decision let it fall out of order. Without it, a turn out of order is a departure.
    """

    kind: Literal["turn"]
    office: Slug
    held_by: State
    authority: Literal["decided"] | None = None


class Holder(Model):
    """Who a source says held an office."""

    state: State
    person: str = ""


class Expect(Entry):
    """What a source says of an answer: who chaired a session. Checked against the answer, never input to it."""

    kind: Literal["expect"]
    office: Slug
    at: EntryId
    holder: Holder

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.at,)
