"""The closed list of rule kinds: what each may say, key by key.

A kind carries what an evaluator reads, or a later one will (ARCHITECTURE.md lists which). Whatever else an
article says is an `untranslated` rule: printed, cited where something leans on it, never evaluated.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from foedus.charter.offices import (
    AnyHolder,
    HostHolder,
    Office,
    OfficeReading,
    Opener,
    Rotation,
    RotationHolder,
    Term,
)
from foedus.charter.rules import AS_WRITTEN, Basis, Holding, InForce, Reading, Rule, Slug, twice
from foedus.decisions.rule import Absence
from foedus.decisions.rule import Rule as DecidingRule
from foedus.terms.offices import MemberClass, Role
from foedus.terms.states import State
from foedus.terms.triggers import Trigger
from foedus.written import Kinds, Model

__all__ = [
    "AS_WRITTEN", "Absence", "AnyHolder", "Basis", "Holding", "HostHolder", "InForce", "Office", "OfficeReading", "Opener", "Reading", "Rotation",
    "RotationHolder", "Rule", "Slug", "Term",
]  # fmt: skip


class Membership(Rule):
    """Who is a party: the states with a `membership` act on record for the same body or instrument."""

    kind: Literal["membership"]
    of: Slug


class Organ(Rule):
    """That an organ exists, what it is called, and of what sort it is."""

    kind: Literal["organ"]
    organ: Slug
    name: str
    rank: Literal["highest"] | None = None
    sort: Literal["organ", "working body", "parliamentary body"] = "organ"


class Sessions(Rule):
    """The types of session an organ holds."""

    kind: Literal["session"]
    organ: Slug
    types: tuple[Slug, ...] = Field(min_length=1)


class Otherwise(Model):
    """The role that fills a seat instead, where the state's national law empowers it."""

    role: Role
    where: Literal["national law empowers it"]


class Composition(Rule):
    """One seat for each party `of`; who fills it, and who fills it instead; and officers who `also` have a seat.

    `holder: representative` is whoever the member sends: the seat is the state's, and no record names the person.
    `classes`: how many seats each class of members has, where there are classes. `proxy: allowed`: another may sit in
    the holder's stead.
    """

    kind: Literal["composition"]
    organ: Slug
    seats: Literal["each member"]
    of: Slug
    holder: Role | Literal["representative"]
    or_: Otherwise | None = None
    also: tuple[str, ...] = ()
    proxy: Literal["allowed"] | None = None
    classes: dict[MemberClass, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _someone_to_stand_in_for(self) -> Composition:
        if self.or_ is not None and self.holder == "representative":
            raise ValueError("A member sends whom it likes as its representative. Leave out “or”.")
        return self

    @property
    def size(self) -> int | None:
        """How many seats there are, where the rule says."""
        return sum(self.classes.values()) or None


class Attendance(Rule):
    """Who may attend an organ's sessions without a seat: national roles, offices of the charter, or `invited`."""

    kind: Literal["attendance"]
    organ: Slug
    may_attend: tuple[Slug, ...] = Field(min_length=1)


class DecisionReading(Reading):
    """A reading of how organs decide: what it does when a member does not come."""

    changes: ClassVar[tuple[str, ...]] = ("absence",)

    absence: Absence | None = None


Matters = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([ -][a-z0-9]+)*$")]


class Decision(Rule):
    """How organs decide a class of matters: `rule` says it so that ballots can be judged. Where it is left out,
    consensus is that nobody objects, and what the rules of procedure say is not known.

    `matters` in words, such as `all but procedure`, `substance` or `every matter`; `proposer`: on whose proposal only.
    `usual`: the one that is meant where neither is said.
    `absence`: what it does to a decision that a member is not there: nothing, unless it objects; it ends the quorum; the
    absent is bound only once it joins; or the others decide for themselves.
    """

    kind: Literal["decision"]
    organs: tuple[Slug, ...] = Field(min_length=1)
    matters: Matters
    proposer: Slug | None = None
    usual: bool = False
    by: Literal["consensus", "rules of procedure", "vote", "silence"]
    rule: DecidingRule | None = None
    absence: Absence = "bars-nothing"
    readings: tuple[DecisionReading, ...] = ()

    @model_validator(mode="after")
    def _a_vote_has_a_rule(self) -> Decision:
        if self.by in {"vote", "silence"} and self.rule is None:
            raise ValueError("A decision by vote or silence says its “rule”.")
        return self

    @model_validator(mode="after")
    def _one_of_a_name(self) -> Decision:
        name = twice(self.readings)
        if name is not None:
            raise ValueError(f"Two readings are called “{name}”.")
        return self


class Duty(Rule):
    """What is owed: by whom, to whom, on what trigger.

    `due`: at once, or within so many days of the day on which it comes to be owed; left out where no time is set.
    `extent` names the untranslated clause on which it hangs how much is owed: where there is one, something done that
    is short of the thing itself leaves open whether that was enough.
    """

    kind: Literal["duty"]
    of: Slug
    owed_by: Literal["every other party", "whoever gives help"]
    owed_to: Literal["the party concerned", "whom it is reported to"]
    trigger: Trigger
    content: Literal["help", "consultation", "report"]
    on_request: bool = False
    reported_to: str | None = None
    due: Literal["at once"] | Annotated[int, Field(ge=1)] | None = None
    extent: Slug | None = None

    @model_validator(mode="after")
    def _reported_to_somebody(self) -> Duty:
        reports = self.content == "report"
        if reports != (self.reported_to is not None) or reports != (self.owed_to == "whom it is reported to"):
            raise ValueError(
                "A duty to report says “owed to: whom it is reported to” and “reported to”; no other duty does."
            )
        if self.owed_by == "whoever gives help" and not reports:
            raise ValueError("“owed by: whoever gives help” goes with “content: report” alone.")
        return self


class Subsidiary(Rule):
    """That an organ may set up bodies beneath it, and for how long."""

    kind: Literal["subsidiary"]
    organ: Slug
    may_be: tuple[Literal["permanent", "temporary"], ...] = Field(min_length=1)


class Withdrawal(Rule):
    """That a party may leave: how many months before, and by notice to whom."""

    kind: Literal["withdrawal"]
    of: Slug
    months: int = Field(ge=0)
    notice_to: Literal["depositary", "other parties"]


class Sanction(Rule):
    """What an organ may do to a party that does not carry out its obligations, and whose vote does not count."""

    kind: Literal["sanction"]
    of: Slug
    by: Slug
    may: Literal["suspend", "exclude"]
    without_the_vote_of: Literal["the party concerned"] | None = None


class Arrears(Rule):
    """What a party in arrears for so many years may lose, by whose decision."""

    kind: Literal["arrears"]
    of: Slug
    by: Slug
    years: int = Field(ge=1)
    may_lose: tuple[Literal["vote", "quota posts"], ...] = Field(min_length=1)


class Amendment(Rule):
    """Whose consent an amendment of the instrument takes."""

    kind: Literal["amendment"]
    of: Slug
    consent: Literal["every party"]


class EntryIntoForce(Rule):
    """When the instrument enters into force."""

    kind: Literal["entry-into-force"]
    of: Slug
    on: Literal["deposit of every ratification", "last notice of ratification"]


class Languages(Rule):
    """Official and working languages, by ISO 639 code."""

    kind: Literal["languages"]
    official: tuple[Slug, ...] = Field(min_length=1)
    working: tuple[Slug, ...] = Field(min_length=1)


class Depositary(Rule):
    """Who keeps an instrument: an office of the organisation, or a state."""

    kind: Literal["depositary"]
    of: Slug
    office: Slug | None = None
    state: State | None = None

    @model_validator(mode="after")
    def _one_keeper(self) -> Depositary:
        if (self.office is None) == (self.state is None):
            raise ValueError("A depositary is one of “office” and “state”.")
        return self


class Affiliation(Rule):
    """A status short of membership, who may have it, and which organ grants it."""

    kind: Literal["affiliation"]
    status: Literal["partner", "observer"]
    granted_by: Slug
    open_to: tuple[Literal["states", "organisations"], ...] = Field(min_length=1)


class Untranslated(Rule):
    """A clause that is not evaluated: what it says, in our words, and the rules whose answers lean on it."""

    kind: Literal["untranslated"]
    says: str
    leans: tuple[Slug, ...] = ()


AnyRule = Annotated[
    Membership
    | Organ
    | Sessions
    | Composition
    | Attendance
    | Office
    | Decision
    | Duty
    | Subsidiary
    | Withdrawal
    | Sanction
    | Arrears
    | Amendment
    | EntryIntoForce
    | Languages
    | Depositary
    | Affiliation
    | Untranslated,
    Field(discriminator="kind"),
]
MODELS: dict[str, type[Rule]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(get_args(AnyRule)[0])
}
RULES: Kinds[AnyRule] = Kinds(TypeAdapter(AnyRule), MODELS)


class TextInForce(Model):
    """From the day a text came into force until the day it no longer was."""

    from_: str
    until: str | None = None


class TextOf(Model):
    """One text of an instrument: as first made, or as a protocol changed it."""

    what: str
    signed: str
    place: str = ""
    in_force: TextInForce
    basis: Basis
    sources: tuple[str, ...] = ()
    note: str = ""


class InstrumentHead(Model):
    """The head of an instrument's file: its name and its texts, each with its period in force."""

    id: Slug
    title: str
    short: str
    texts: dict[Slug, TextOf] = Field(min_length=1)


HEADS: Kinds[InstrumentHead] = Kinds(TypeAdapter(InstrumentHead), {"": InstrumentHead})
