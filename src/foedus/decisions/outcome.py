"""The one question: under this rule, with these members and these ballots, was it carried, and why.

In this order: who has a vote; what the ballots count as; quorum; the tree of conditions. What is not recorded is taken
for nothing: where the answer hangs on it the outcome is `undetermined`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, get_args

from foedus.decisions.binding import NOBODY, binding
from foedus.decisions.chamber import NOBODY_OBJECTS, Chamber, assemble
from foedus.decisions.electorate import Voter, with_status
from foedus.decisions.facts import NOTHING_MORE, UNCITED, Cited, Facts
from foedus.decisions.flips import flips
from foedus.decisions.readings import read_as
from foedus.decisions.rule import Condition, Exclusion, Rule, Silence, Stage, Status
from foedus.decisions.silence import Circulation, Silenced, silenced
from foedus.decisions.verdict import Given, Outcome, Step, eligibility, put
from foedus.problems import BadInput, Problem

_STATUSES: Final = frozenset(get_args(Status))
_AWAY: Final = frozenset({"absent", "silent"})


def outcome(
    rule: Rule,
    entitled: Iterable[Voter],
    ballots: Mapping[str, str],
    *,
    at: datetime | None = None,
    facts: Facts = NOTHING_MORE,
    cited: Cited = UNCITED,
) -> Outcome:
    """What came of ballots under a rule. `entitled` are the members on the day, `at` the moment asked about where time
    matters (None: after all that is recorded). A ballot may also be a status, such as `recused`, of that member.

    BadInput, with every fault, for ballots, members or weights that are refused.
    """
    members = tuple(entitled)
    given = {v: {c} for v, c in ballots.items() if c in _STATUSES}
    members = with_status(members, given)  # type: ignore[arg-type]
    cast = {v: "absent" if v in given else c for v, c in ballots.items()}
    return _Question(rule, members, cast, at, facts, cited).answer()


@dataclass(frozen=True, slots=True)
class _Question:
    rule: Rule
    members: tuple[Voter, ...]
    ballots: Mapping[str, str]
    at: datetime | None
    facts: Facts
    cited: Cited

    def answer(self) -> Outcome:
        """The outcome, with absence read as the rule says."""
        return replace(self, rule=read_as(self.rule, self.facts.absence)).limited()

    def limited(self) -> Outcome:
        """In a limited format those who are not there leave the base, if nobody objected to the format."""
        if self.facts.format == "ordinary":
            return self.procedure(())
        if not self.rule.limited_format:
            what = "The rule knows no limited format."
            raise BadInput([Problem("format", 0, what, "Ask for the ordinary one.")])
        against = self.facts.format_objections
        if against is None:
            both = (self._without_absent().procedure(()), self.procedure(()))
            if both[0].state == both[1].state:
                return both[0]
            step = Step("format-unknown")
            return replace(both[1], state="undetermined", steps=(step, *both[1].steps), binding=NOBODY)
        if against:
            return self.procedure((Step("format-refused", tuple(sorted(against)), holds=False),))
        apart = tuple(v.id for v in self.members if self.ballots.get(v.id) in _AWAY)
        return self._without_absent().procedure((Step("format-limited", apart, holds=True),))

    def _without_absent(self) -> _Question:
        away = {v.id: {"not-participating"} for v in self.members if self.ballots.get(v.id) in _AWAY}
        leave = Exclusion.model_validate({"status": "not-participating", "effect": "leaves base"})
        electorate = self.rule.electorate.model_copy(
            update={"exclude": (leave, *self.rule.electorate.exclude)}
        )
        effects = self.rule.effects
        effects = effects.model_copy(update={"not_bound": (*effects.not_bound, "not-participating")})
        rule = self.rule.model_copy(update={"electorate": electorate, "effects": effects})
        return replace(self, rule=rule, members=with_status(self.members, away))  # type: ignore[arg-type]

    def procedure(self, steps: tuple[Step, ...]) -> Outcome:
        procedure = self.rule.procedure
        if procedure.mode == "silence":
            found = self._silence(steps)
        elif procedure.stages:
            found = self._stages(steps, procedure.stages)
        elif procedure.preliminary is not None and self.facts.preliminary is not None:
            found = self._preliminary(steps)
        else:
            found = self.vote(self.rule.decide, self.ballots, steps)
        if procedure.referred_to is not None and found.state == "not carried":
            found = replace(found, steps=(*found.steps, Step("referred", of=procedure.referred_to)))
        return self._afterwards(found)

    def vote(self, decide: Condition | None, ballots: Mapping[str, str], steps: tuple[Step, ...]) -> Outcome:
        chamber = assemble(self.rule, self.members, self.facts.waived, decide)
        positions = chamber.positions(ballots)
        given = Given(self.cited, self.facts, self.members)
        return put(chamber, positions, ballots, given, steps)

    def _preliminary(self, steps: tuple[Step, ...]) -> Outcome:
        says = self.rule.procedure.preliminary
        assert says is not None
        assert self.facts.preliminary is not None
        first = self.vote(says.decide, self.facts.preliminary, ())
        step = Step("preliminary", holds=first.carried, of=first)
        if first.carried is None:
            both = [self.vote(d, self.ballots, (*steps, step)) for d in (says.if_carried, self.rule.decide)]
            alike = both[0].state == both[1].state
            return both[1] if alike else replace(both[1], state="undetermined", binding=NOBODY)
        decide = says.if_carried if first.carried else self.rule.decide
        return self.vote(decide, self.ballots, (*steps, step))

    def _stages(self, steps: tuple[Step, ...], stages: tuple[Stage, ...]) -> Outcome:
        """One after another: until one does not carry where all are needed, until one does where they are tried."""
        goes_on: bool = self.rule.procedure.stages_are == "all needed"
        found: Outcome | None = None
        for stage in stages:
            rule = self.rule.model_copy(update={"quorum": (*self.rule.quorum, *stage.quorum)})
            ballots = self.facts.stages.get(stage.name, {} if goes_on else self.ballots)
            found = replace(self, rule=rule).vote(stage.decide, ballots, steps)
            steps = (*found.steps, Step("stage", holds=found.carried, of=stage.name))
            if found.carried is not goes_on:
                break
        assert found is not None
        return replace(found, steps=steps)

    def _silence(self, steps: tuple[Step, ...]) -> Outcome:
        """Silence is a yes; who broke it in time objects."""
        chamber = assemble(self.rule, self.members, self.facts.waived, NOBODY_OBJECTS)
        found = self._silenced(chamber)
        spoke = dict.fromkeys((*found.broken, *found.doubtful), "object")
        positions = chamber.positions({v.id: spoke.get(v.id, "yes") for v in chamber.voters})
        step = Step("silence", found.broken, found.state == "carried", found)
        measured = tuple(leaf.measured(positions, chamber.may_be) for leaf in chamber.tree.leaves())
        stopped = found.state == "not carried"
        ballots = {v.id: spoke.get(v.id, "yes") for v in self.members}
        return Outcome(
            found.state,
            self.cited,
            chamber,
            positions,
            measured,
            measured if stopped else (),
            flips(chamber, positions) if stopped else (),
            binding(self.rule.effects, self.members, ballots) if found.state == "carried" else NOBODY,
            (*eligibility(chamber), *steps, step),
        )

    def _silenced(self, chamber: Chamber) -> Silenced:
        course = self._circulation()
        try:
            return silenced(self.rule.procedure.silence or Silence(), chamber, course, self.at)
        except ValueError as error:
            what, _, remedy = str(error).partition(". ")
            raise BadInput([Problem("circulation", 0, f"{what}.", remedy)]) from error

    def _circulation(self) -> Circulation:
        """What became of the draft. BadInput where that is not given, or who is no member broke the silence."""
        course = self.facts.circulation
        if course is None:
            what = "No circulation is given: when it was circulated, until when, and who broke the silence."
            raise BadInput([Problem("circulation", 0, what, "Give it.")])
        strangers = sorted({b.by for b in course.breaks} - {v.id for v in self.members})
        if strangers:
            faults = (f"“{who}” is no member on that day, and breaks no silence." for who in strangers)
            raise BadInput([Problem("circulation", 0, what, "Look at who broke it.") for what in faults])
        return course

    def _afterwards(self, found: Outcome) -> Outcome:
        """Disapproval within the days given undoes what was carried, or puts it off."""
        says = self.rule.ex_post
        if says is None or found.state != "carried":
            return found
        against = self.facts.disapprovals
        if against is None:
            return replace(found, steps=(*found.steps, Step("ex-post-open", of=str(says.days))))
        among = self.facts.disapprovers or self.members
        ballots = {v.id: "no" if v.id in against else "absent" for v in among}
        strangers = sorted(against - ballots.keys())
        if strangers:
            faults = (f"“{who}” is none of those who may disapprove." for who in strangers)
            raise BadInput([Problem("disapprovals", 0, what, "Leave it out.") for what in faults])
        chamber = assemble(Rule(decide=says.decide), among)
        undone = chamber.carried(ballots)
        who = tuple(v for v in ballots if v in against)
        step = Step(f"ex-post-{says.effect}", who, undone)
        if undone and says.effect == "void":
            return replace(found, state="undone", steps=(*found.steps, step), binding=NOBODY)
        return replace(found, steps=(*found.steps, step))
