"""What lasts or bears on what lasts: parties, national offices and law, appointments, bodies, affiliations, shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from foedus.record.envelope import Dated, EntryId, Lasting, Name, Person, Slug
from foedus.terms.dates import When
from foedus.terms.offices import MemberClass, Role
from foedus.terms.states import State


class Membership(Lasting):
    """A state's status as a party of the organisation, or of an instrument: in which class (`as`), where there are
    classes; and `continues`, the state whose seat and turn it goes on with.
    """

    kind: Literal["membership"]
    party: State
    of: Slug
    status: Literal["member", "suspended", "left"] = "member"
    as_: MemberClass | None = None
    continues: State | None = None


class Representation(Lasting):
    """Whose representatives speak for a party, where that is in question: the government, in `by`."""

    kind: Literal["representation"]
    party: State
    of: Slug
    by: Person


class StateName(Lasting):
    """What a state is called in a language, in the form that decides its place in the alphabet."""

    kind: Literal["state-name"]
    state: State
    language: Slug
    name: Name


class TreatyAction(Dated):
    """What states did about their membership, or had done to them. It settles no status: a `membership` entry does.

    `of` is the membership it bears on, `what` the document or the words where there is more to say. `approval` is a
    step at home short of ratification, `announcement` something said of a status without a legal form, `stepping back`
    a leaving in fact for which no page names a form, `notice of leaving` the notice by which one leaves as its rule says,
    and not any other note. `arrears` is the day since which a share is due and not paid,
    `payment` the day on which all was.
    """

    kind: Literal["treaty-action"]
    states: tuple[State, ...] = Field(min_length=1)
    of: Slug
    action: Literal[
        "signature", "no signature", "approval", "ratification", "accession", "deposit",
        "announcement", "notice", "notice of leaving", "stepping back", "suspension", "exclusion", "withdrawal",
        "arrears", "payment",
    ]  # fmt: skip
    what: str = ""
    place: str = ""
    by: Person | None = None
    at: EntryId | None = None

    @property
    def mentions(self) -> tuple[str, ...]:
        return (self.at,) if self.at else ()


class Affiliation(Lasting):
    """A standing short of membership: observer or partner of the organisation, or of an organ of it."""

    kind: Literal["affiliation"]
    who: Person
    status: Literal["observer", "partner"]
    of: Slug


class NationalOffice(Lasting):
    """Who is head of state or of government of a state; `title` in the state's own terms."""

    kind: Literal["national-office"]
    state: State
    role: Role
    person: Name
    title: Name
    acting: bool = False


class NationalLaw(Lasting):
    """What a state's own law says of who speaks for it: that it `empowers` the holder of a role in the matters of the
    organisation, or, without `empowers`, another rule that explains who did, such as who stands in for its head.
    """

    kind: Literal["national-law"]
    state: State
    empowers: Role | None = None
    fact: str


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


class Body(Lasting):
    """A body beneath an organ (`of`), or beside the organs (`of: organisation`); `from` is the day it was founded.

    One only offered is `status: offered`, and `from` is the day of the offer; it exists when another entry says so.
    `permanence` is left out where no page read states it.
    """

    kind: Literal["body"]
    name: Name
    status: Literal["established", "offered"] = "established"
    of: Slug
    permanence: Literal["permanent", "temporary"] | None = None
    founded_by: str = ""
    at: EntryId | None = None
    what: str = ""
    about: tuple[EntryId, ...] = ()

    @property
    def mentions(self) -> tuple[str, ...]:
        return ((self.at,) if self.at else ()) + self.about


Percent = Annotated[int, Field(ge=0, le=100)]


class BudgetScale(Dated):
    """What share of a budget each member bears, in per cent, as seen on a day. `of` names the budget."""

    kind: Literal["budget-scale"]
    of: Name
    shares: dict[State, Percent] = Field(min_length=1)

    @model_validator(mode="after")
    def _add_up(self) -> BudgetScale:
        total = sum(self.shares.values())
        if total > 100:
            raise ValueError(f"“shares” add up to {total} per cent. They are parts of one budget.")
        return self
