"""What every act on record shares: the envelope, its dates, and the small parts that acts are written with."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, WithJsonSchema, field_validator, model_validator

from foedus.record.evidence import EvidenceList
from foedus.terms.attribution import SUPPORTING, Mode
from foedus.terms.dates import RANGE_SCHEMA, YEAR_SCHEMA, When
from foedus.terms.states import State
from foedus.written import Model

EntryId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/+-]*$", max_length=120)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Classification = Literal[
    "restricted", "confidential", "secret"
]  # from the lowest up; an act without is public
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Head(Model):
    """The head of a record file: what holds for each of its entries that says nothing else. `evidence` is all of it: an
    entry with evidence of its own has none of the head's.
    """

    recorded: When | None = None
    recorded_by: Name | None = None
    evidence: EvidenceList | None = Field(default=None, min_length=1)
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
    """The envelope: who recorded the act, when, on what evidence; for repairs, which entry it repairs; and the topics
    it bears on, by the names that the record's head gives them; and who may see it, where that is not everybody.
    `supported_by` are the modes of telling that support it.
    """

    supported_by: ClassVar[frozenset[Mode]] = SUPPORTING

    id: EntryId
    version: Literal[1] = 1
    recorded: When
    recorded_by: Name
    evidence: EvidenceList = Field(min_length=1)
    corrects: EntryId | None = None
    topics: tuple[Slug, ...] = ()
    note: str = ""
    classification: Classification | None = None

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


class MaybeDated(Entry):
    """An act that a day may be known of: `on` a day (or it lasted `on: A/B`), or `between: A/B`, one unknown day."""

    on: Annotated[str | int | None, WithJsonSchema({"anyOf": [RANGE_SCHEMA, YEAR_SCHEMA]})] = None
    between: Annotated[str | None, WithJsonSchema(RANGE_SCHEMA)] = None
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
    def _not_two_dates(self) -> MaybeDated:
        if self.on is not None and self.between is not None:
            raise ValueError("An act has one of “on” and “between”.")
        return self

    @cached_property
    def dated(self) -> When | None:
        """When the act took effect; None where its day is not given."""
        if self.on is not None:
            return When.lasted(str(self.on), approximate=self.approximate)
        if self.between is not None:
            return When.one_day_of(self.between, approximate=self.approximate)
        return None

    @property
    def dates(self) -> tuple[tuple[str, When], ...]:
        return (("on", self.dated),) if self.dated is not None else ()


class Dated(MaybeDated):
    """An act that happened: `on` a day (or lasted `on: A/B`), or `between: A/B` on one unknown day."""

    @model_validator(mode="after")
    def _one_date(self) -> Dated:
        if self.dated is None:
            raise ValueError("An act has one of “on” and “between”.")
        return self

    @property
    def when(self) -> When:
        """When the act took effect."""
        assert self.dated is not None
        return self.dated


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


class OfSession(Entry):
    """Something that was part of a session."""

    session: EntryId

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.session,)


class OneOf(Model):
    """An attribute that is not settled: one of these."""

    one_of: tuple[Slug, ...] = Field(min_length=2)

    @field_validator("one_of")
    @classmethod
    def _each_once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(values)) != len(values):
            raise ValueError("“one of” names the same twice. Name each once.")
        return values


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


class Cited(Model):
    """An article of an instrument of the charter; the instrument alone where no article is named."""

    instrument: Slug
    article: str | int | None = None
