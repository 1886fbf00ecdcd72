"""The closed list of act kinds. All share one envelope; each adds what its kind of act has to say.

Kinds are stable words with a version, never class names. `expect` is checked and never input.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, TypeAdapter, field_validator, model_validator

from foedus.record.evidence import EvidenceList
from foedus.terms.dates import When
from foedus.terms.offices import Role
from foedus.terms.states import State
from foedus.written import Kinds, Model

EntryId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/+-]*$", max_length=120)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


Count = Annotated[int, Field(ge=0, le=2**53 - 1)]  # what JSON's canonical form can hold


class Head(Model):
    """The head of a record file: what holds for each of its entries that says nothing else."""

    recorded: When | None = None
    recorded_by: Name | None = None
    entries: tuple[object, ...]

    @field_validator("recorded")
    @classmethod
    def _on_a_day(cls, recorded: When | None) -> When | None:
        return recorded if recorded is None else _one_day(recorded)


def _one_day(recorded: When) -> When:
    if recorded.vague:
        raise ValueError("“recorded” is one day. Write it as YYYY-MM-DD.")
    return recorded


class Entry(Model):
    """The envelope: who recorded the act, when, on what evidence; and for repairs, which entry it repairs."""

    id: EntryId
    version: Literal[1] = 1
    recorded: When
    recorded_by: Name
    evidence: EvidenceList = Field(min_length=1)
    corrects: EntryId | None = None
    note: str = ""

    @field_validator("recorded")
    @classmethod
    def _on_a_day(cls, recorded: When) -> When:
        return _one_day(recorded)

    @field_validator("version", mode="before")
    @classmethod
    def _is_a_number(cls, version: object) -> object:
        if isinstance(version, bool):
            raise ValueError("“version” is a whole number. It is 1 as yet.")  # noqa: TRY004 - pydantic's way
        return version

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        """The entry's dates by name, for display."""
        return ()

    @property
    def mentions(self) -> tuple[str, ...]:
        """Ids of other entries this one points to."""
        return ()


class Dated(Entry):
    """An act that happened: `on` a day (or lasted `on: A/B`), or `between: A/B` on one unknown day."""

    on: str | int | None = None
    between: str | None = None
    approximate: bool = False

    @field_validator("on")
    @classmethod
    def _on_is_a_date(cls, on: str | int | None) -> str | int | None:
        _ = None if on is None else When.lasted(str(on))
        return on

    @field_validator("between")
    @classmethod
    def _between_is_a_range(cls, between: str | None) -> str | None:
        _ = None if between is None else When.one_day_of(between)
        return between

    @model_validator(mode="after")
    def _one_date(self) -> Dated:
        if (self.on is None) == (self.between is None):
            raise ValueError("An act has one of “on” and “between”.")
        return self

    @cached_property
    def when(self) -> When:
        """When the act took effect."""
        if self.on is not None:
            return When.lasted(str(self.on), approximate=self.approximate)
        return When.one_day_of(str(self.between), approximate=self.approximate)

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        return (("on", self.when),)


class Lasting(Entry):
    """A status or term: `from` its first day, `until` its first day no more (absent: until another follows)."""

    from_: When
    until: When | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Lasting:
        if self.until is not None and self.until.latest <= self.from_.earliest:
            raise ValueError("“until” is the first day no more, so it comes after “from”.")
        return self

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        return (("from", self.from_), *((("until", self.until),) if self.until else ()))


class Membership(Lasting):
    """A state's status as a party of the organisation, or of an instrument."""

    kind: Literal["membership"]
    party: State
    of: Slug
    status: Literal["member", "suspended", "left"] = "member"


class NationalOffice(Lasting):
    """Who is head of state or of government of a state; `title` in the state's own terms."""

    kind: Literal["national-office"]
    state: State
    role: Role
    person: Name
    title: Name
    acting: bool = False


class NationalLaw(Lasting):
    """That a state's own law empowers the holder of a role in the matters of the organisation."""

    kind: Literal["national-law"]
    state: State
    empowers: Role
    fact: str


class OneOf(Model):
    """An attribute that is not settled: one of these."""

    one_of: tuple[Slug, ...] = Field(min_length=2)

    @field_validator("one_of")
    @classmethod
    def _each_once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(values)) != len(values):
            raise ValueError("“one of” names the same twice. Name each once.")
        return values


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


class Person(Model):
    """Who acted or spoke: a person, a state, an organisation or office, as far as it is known."""

    state: State | None = None
    person: str = ""
    office: str = ""
    org: str = ""

    @model_validator(mode="after")
    def _names_somebody(self) -> Person:
        if not (self.state or self.person or self.office or self.org):
            raise ValueError("This names nobody. Say one of “state”, “person”, “office” and “org”.")
        return self


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


class Appointment(Lasting):
    """A person appointed to an office: `from` is the first day in office, which is not the day of appointment."""

    kind: Literal["appointment"]
    office: Slug
    person: Name
    state: State | None = None
    acting: bool = False
    appointed: When | None = None
    at: EntryId | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.at,) if self.at else ()


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


class OfSession(Entry):
    """Something that was part of a session."""

    session: EntryId

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
    """Topics a session discussed."""

    kind: Literal["discussion"]
    topics: tuple[str, ...] = Field(min_length=1)


class Statement(Entry):
    """What someone said, in our words. `about` names the entries it bears on."""

    kind: Literal["statement"]
    by: Person
    says: str
    session: EntryId | None = None
    about: tuple[EntryId, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return ((self.session,) if self.session else ()) + self.about


class Silence(Entry):
    """That a source says nothing on a point: itself a fact."""

    kind: Literal["silence"]
    of: EntryId
    says: str

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.of,)


class Decided(OfSession):
    """A draft and what became of it. `stopped by` is the member whose consent was missing."""

    kind: Literal["decision"]
    what: str
    outcome: Literal["adopted", "not adopted"]
    stopped_by: State | None = None
    why: str = ""
    fate: str = ""
    about: tuple[EntryId, ...] = ()

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


class Request(Dated):
    """A member's request for help: to whom, for what, under which article."""

    kind: Literal["request"]
    by: Person
    asks: str
    addressees: tuple[Person, ...] = Field(min_length=1)
    invokes: str = ""
    alleged: str = ""
    about: tuple[EntryId, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return self.about


class Response(Dated):
    """How someone answered a request."""

    kind: Literal["response"]
    to: EntryId
    by: Person
    how: Literal[
        "consultation", "statement", "offer", "mission", "decision", "no decision",
        "refusal", "deployment", "withdrawal", "no haste",
    ]  # fmt: skip
    what: str

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.to,)


class Description(Entry):
    """That a source sums up an article."""

    kind: Literal["description"]
    instrument: Slug
    article: str | int
    says: str


class Withdraws(Entry):
    """Takes an entry back whole."""

    kind: Literal["withdrawal"]
    withdraws: EntryId

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.withdraws,)


AnyAct = Annotated[
    Membership
    | NationalOffice
    | NationalLaw
    | Session
    | Attendance
    | Designation
    | Appointment
    | Expect
    | Meeting
    | Format
    | Discussion
    | Statement
    | Silence
    | Decided
    | Documents
    | Request
    | Response
    | Description
    | Withdraws,
    Field(discriminator="kind"),
]
_MODELS = get_args(get_args(AnyAct)[0])
MODELS: dict[str, type[Entry]] = {get_args(m.model_fields["kind"].annotation)[0]: m for m in _MODELS}
ACTS: Kinds[AnyAct] = Kinds(TypeAdapter(AnyAct), MODELS)
