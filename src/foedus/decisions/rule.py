"""What a body's rule of decision may say, key by key: data only, all kinds closed.

A rule is judged in one order: who has a vote, what each ballot counts as, whether there is a quorum, and then the tree of
conditions under `decide`. Shares are exact. Who is a member, in which class and with what weight, is not the rule's to
say: it comes with the question.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from foedus.decisions.shares import NumberOrShare, Share
from foedus.written import Model

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Basis = Literal["seen", "reported", "recalled", "practice"]
Status = Literal[
    "suspended",
    "arrears",
    "party-to-dispute",
    "member-concerned",
    "recused",
    "not-participating",
]
Position = Literal["yes", "no", "abstain", "declared-abstain", "absent"]
Tallied = Literal["yes", "no", "abstain", "declared-abstain", "absent", "not yes"]
Base = Literal["members", "entitled", "present", "voting"]
Absence = Literal["bars-nothing", "ends-quorum", "later-adhesion", "limited-format"]
COUNT = "count"


class Exclusion(Model):
    """Whose vote does not count, by status, and what becomes of its place in the reckoning.

    `no vote, keeps base`: it is still one of the members a share is taken of. `leaves base`: it is as if it were no
    member. `weight leaves total`: it is still counted among the members, but its weight is not.
    `waiver`: that the body may let it vote all the same; those it let are given with the question.
    """

    status: Status
    effect: Literal["no vote, keeps base", "leaves base", "weight leaves total"]
    waiver: bool = False


class Electorate(Model):
    """Of the members, who decides: all of them, or a class; and who of them does not."""

    class_: Name | None = None
    exclude: tuple[Exclusion, ...] = ()


class Uniform(Model):
    """What a ballot that is neither yes nor no counts as, before anything is counted."""

    abstain: Position = "abstain"
    absent: Literal["absent", "no", "abstain", "yes"] = "absent"
    silent: Literal["yes", "absent", "no", "abstain"] | None = None
    object_: Literal["no", "abstain"] = "no"


class Ballots(Uniform):
    """What ballots count as; for a class otherwise where `per class` says so. A member of a status under `must abstain`
    abstains, whatever it cast.
    """

    per_class: dict[Name, Uniform] = Field(default_factory=dict)
    must_abstain: tuple[Status, ...] = ()


class Quorum(Model):
    """How many must be there: a number, or a share of `of`; at the vote, or when the meeting is opened."""

    at_least: NumberOrShare | None = None
    more_than: NumberOrShare | None = None
    of: Literal["members", "entitled"] = "members"
    by: Name = COUNT
    within: Name | None = None
    at: Literal["opening", "vote"] = "vote"

    @model_validator(mode="after")
    def _one_bound(self) -> Quorum:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError("A quorum is one of “at least” and “more than”.")
        return self


class Fewest(Model):
    """The fewest members that together hold more than a share of a weight, and so many `plus`."""

    holding_more_than: Share
    by: Name
    plus: int = Field(default=0, ge=0)


class Threshold(Model):
    """That those tallied are enough: a number, a share `of` a base, or the fewest that hold a share and some more.

    `tally`: whose ballots are added up; `not yes` is everyone with a vote who did not say yes.
    `by`: `count`, each for one, or the name of a weight. `within`: of one class only, base and all.
    """

    tally: tuple[Tallied, ...] = Field(default=("yes",), min_length=1)
    at_least: NumberOrShare | None = None
    more_than: NumberOrShare | None = None
    at_least_fewest: Fewest | None = None
    of: Base | None = None
    by: Name = COUNT
    within: Name | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> Threshold:
        bounds = [b for b in (self.at_least, self.more_than, self.at_least_fewest) if b is not None]
        if len(bounds) != 1:
            raise ValueError("A threshold is one of “at least”, “more than” and “at least fewest”.")
        share = not isinstance(bounds[0], (int, Fewest))
        if share and self.of is None:
            raise ValueError(
                "A share is a share “of” something. Say “of: members”, entitled, present or voting."
            )
        if not share and self.of is not None:
            raise ValueError("A number is not “of” anything. Leave “of” out, or give a share.")
        outside = {
            "voting": {"abstain", "declared-abstain", "absent", "not yes"},
            "present": {"absent", "not yes"},
        }
        if outside.get(self.of or "", set()) & set(self.tally):
            msg = f"This tallies who is not among those “of: {self.of}”. Take the share of the members or the entitled."
            raise ValueError(msg)
        if self.more_than == 1 and share:
            raise ValueError("More than all can never be reached. Say “at least: 1/1”.")
        return self


class Veto(Model):
    """That no member of a class takes one of the positions `on` which it bars."""

    class_: Name | None = None
    on: tuple[Literal["no", "abstain", "declared-abstain", "absent"], ...] = Field(
        default=("no",), min_length=1
    )


class NoObjection(Model):
    """That nobody objects, but for at most `minus` members. `present only`: an objection by one who is not there does
    not count.
    """

    minus: int = Field(default=0, ge=0)
    present_only: bool = False


class Several(Model):
    """That so many of the conditions hold."""

    number: int = Field(ge=1)
    of: tuple[Condition, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _within_reach(self) -> Several:
        if self.number > len(self.of):
            msg = f"This asks for {self.number} of {len(self.of)} conditions. It can never be met."
            raise ValueError(msg)
        return self


class Condition(Model):
    """One condition: `all`, `any`, `not` or so many (`several`) of others, or one that is not made of others."""

    all: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    any: tuple[Condition, ...] | None = Field(default=None, min_length=1)
    not_: Condition | None = None
    several: Several | None = None
    threshold: Threshold | None = None
    veto: Veto | None = None
    no_objection: NoObjection | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Condition:
        said = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(
                "This holds more or less than one condition. Put several under “all”, “any” or “several”."
            )
        return self


Several.model_rebuild()  # it was written before what it is made of


class Preliminary(Model):
    """A question put first: how it is decided, and how the matter is decided where the answer is yes."""

    question: str
    decide: Condition
    if_carried: Condition


class Stage(Model):
    """One of several votes or attempts, each on ballots of its own."""

    name: Name
    decide: Condition
    quorum: tuple[Quorum, ...] = ()


class Silence(Model):
    """Deciding by silence: carried when the time has run out and nobody with a vote has spoken against it.

    `hours`: how long, where the rule says; `may break`: a class, where not everyone may.
    """

    hours: int | None = Field(default=None, ge=1)
    may_break: Name | None = None
    extendable: bool = False


class Procedure(Model):
    """How it comes to a decision. Stages: all must carry, or the next is tried where one does not.

    `referred to`: the organ that decides how to go on where it is not carried.
    """

    mode: Literal["vote", "consensus", "silence", "written"] = "vote"
    silence: Silence | None = None
    stages: tuple[Stage, ...] = ()
    stages_are: Literal["all needed", "tried in turn"] = "tried in turn"
    preliminary: Preliminary | None = None
    referred_to: Name | None = None

    @model_validator(mode="after")
    def _fits(self) -> Procedure:
        if self.silence is not None and self.mode != "silence":
            raise ValueError("Only “mode: silence” has “silence”.")
        names = [stage.name for stage in self.stages]
        if len(names) == 1 or len(set(names)) < len(names):
            raise ValueError("Stages are two or more, each with a name of its own.")
        return self


class ExPost(Model):
    """That a decision can be undone, or put off, by disapproval made known within so many days; a disapproval is a no,
    whoever made none known is absent.
    """

    days: int = Field(ge=1)
    decide: Condition
    effect: Literal["void", "delayed"]


Apart = Literal["declared-abstain", "absent", "no", "abstain", "not-participating", "reserve"]


class Effects(Model):
    """Of those with a seat, who is not bound by what is carried, and who of them may join it later."""

    not_bound: tuple[Apart, ...] = ()
    may_join_later: tuple[Apart, ...] = ()


class Rule(Model):
    """How a matter is decided. `limited format`: that it may be decided without some members, if no member objects to
    that; then they leave the base, are not bound, and may join later where `effects` say so.
    """

    decide: Condition | None = None
    electorate: Electorate = Electorate()
    ballots: Ballots = Ballots()
    quorum: tuple[Quorum, ...] = ()
    tie: Literal["fails", "chair"] = "fails"
    procedure: Procedure = Procedure()
    limited_format: bool = False
    ex_post: ExPost | None = None
    effects: Effects = Effects()

    @model_validator(mode="after")
    def _decides(self) -> Rule:
        staged = bool(self.procedure.stages)
        silent = self.procedure.mode == "silence"
        if (self.decide is None) != (staged or silent):
            raise ValueError("A rule has “decide”, unless it has stages or decides by silence.")
        return self
