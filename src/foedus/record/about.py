"""What a record says of itself: whose it is, up to when it runs, and how complete it is for each kind of act."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from foedus.problems import suggest
from foedus.record.acts import MODELS, Slug
from foedus.record.envelope import Name
from foedus.terms.dates import parse_day
from foedus.terms.states import State
from foedus.written import Kinds, Model


def _day(value: object) -> date:
    return value if isinstance(value, date) else parse_day(str(value))


Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "format": "date"}),
]


def _act_kind(kind: str) -> str:
    if kind not in MODELS:
        msg = f"“{kind}” is no kind of act. {suggest(kind, MODELS)}"
        raise ValueError(msg)
    return kind


ActKind = Annotated[str, AfterValidator(_act_kind), WithJsonSchema({"type": "string", "enum": [*MODELS]})]


class Where(Model):
    """Which acts of a kind a line of coverage speaks of; what is left out is not asked."""

    type: Slug | None = None
    of: Slug | None = None
    party: State | None = None
    state: State | None = None
    role: Slug | None = None
    office: Slug | None = None
    organ: Slug | None = None

    def speaks_of(self, act: Mapping[str, str]) -> bool:
        """Whether an act with these attributes is one of them."""
        return all(act.get(key) == value for key, value in self.model_dump(exclude_none=True).items())


Grade = Literal["complete", "partial", "sample"]


class Coverage(Model):
    """How complete the record is for a kind of act, `from` a first day `until` the first day out (absent: open).

    `complete`: what is not recorded did not happen. `partial`: everything found was recorded, so a general rule
    stands where no exception is on record, but nothing is said never to have happened. `sample`: examples only;
    nothing follows from what is not there. So too where no line speaks of the day. A later line that speaks of the
    day and the act overrides an earlier one.
    """

    kind: ActKind
    where: Where = Where()
    grade: Grade
    from_: Day | None = None
    until: Day | None = None
    why: str = ""

    @model_validator(mode="after")
    def _speaks_of_such_acts(self) -> Coverage:
        keys = {info.alias for info in MODELS[self.kind].model_fields.values()}
        for key in self.where.model_dump(exclude_none=True):
            if key not in keys:
                msg = f"An act of kind {self.kind} has no “{key}”. {suggest(key, [str(k) for k in keys])}"
                raise ValueError(msg)
        if self.from_ is not None and self.until is not None and self.until <= self.from_:
            raise ValueError("“until” is the first day out, so it comes after “from”.")
        return self

    def holds(self, day: date) -> bool:
        """Whether the line speaks of a day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day < self.until)


class Grading(NamedTuple):
    """How complete a record is over time: from each of the days on, until the next."""

    edges: tuple[date, ...]
    grades: tuple[Grade, ...]

    def on(self, day: date) -> Grade:
        """How complete it is on a day."""
        return self.grades[bisect_right(self.edges, day) - 1]


class About(Model):
    """The head of an organisation folder. `record to` is the last day the record covers; `topics` names what acts may
    bear on across sessions. Whoever recorded an entry may correct it or take it back; those in `may correct` may do so
    with any.
    """

    id: Slug
    name: str
    short: str
    native: dict[str, str] = Field(default_factory=dict)
    instruments: tuple[str, ...] = Field(min_length=1)
    record_to: Day
    topics: dict[Slug, str] = Field(default_factory=dict)
    may_correct: tuple[Name, ...] = ()

    @field_validator("instruments")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if names.count(name) > 1:
                msg = f"“instruments” names “{name}” more than once. Name each once."
                raise ValueError(msg)
        return names

    coverage: tuple[Coverage, ...] = ()

    def grade(self, kind: str, day: date, **where: str) -> Grade:
        """How complete the record is declared to be on `day` for acts of `kind` with these attributes."""
        return self.grading(kind, **where).on(day)

    def grading(self, kind: str, **where: str) -> Grading:
        """How complete the record is declared to be for acts of `kind` with these attributes, over time."""
        lines = [line for line in self.coverage if line.kind == kind and line.where.speaks_of(where)]
        edges = sorted(
            {date.min, *(day for line in lines for day in (line.from_, line.until) if day is not None)}
        )
        grades: list[Grade] = []
        for day in edges:
            holding = (line.grade for line in reversed(lines) if line.holds(day))
            grades.append(next(holding, "sample"))
        return Grading(tuple(edges), tuple(grades))

    def complete(self, kind: str, first: date, last: date, **where: str) -> bool:
        """Whether the record claims to hold every act of a kind on every day from `first` through `last`."""
        short = self.first_gap(kind, first, **where)
        return last <= self.record_to and (short is None or last < short)

    def first_gap(self, kind: str, first: date, **where: str) -> date | None:
        """The first day from `first` on for which the record does not claim to hold every act of a kind; None where it
        does for all.
        """
        days = sorted({first, *(edge for edge in self.edges(kind) if first <= edge)})
        return next((day for day in days if self.grade(kind, day, **where) != "complete"), None)

    def edges(self, kind: str) -> set[date]:
        """The days on which completeness for `kind` may change."""
        lines = [line for line in self.coverage if line.kind == kind]
        return {edge for line in lines for edge in (line.from_, line.until) if edge is not None}


ABOUT: Kinds[About] = Kinds(TypeAdapter(About), {"": About})
