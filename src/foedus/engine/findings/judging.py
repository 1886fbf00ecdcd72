"""Decisions on record, judged by the rule that was in force: whether the outcome on record can be that rule's.

What a record holds of a decision is little: who came, who stopped it, who signed. So nobody's ballot is guessed. A member
that is not on record has no position, and the question is whether the outcome can stand: it cannot where the rule gives
another one whatever those not on record did. Where a member with a seat was absent it is asked once for each reading of
absence that is known, since the readings part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from foedus.charter.charter import RuleInForce
from foedus.charter.deciding import cited, rule_of
from foedus.charter.kinds import Decision
from foedus.decisions.facts import Facts
from foedus.decisions.outcome import outcome
from foedus.decisions.rule import Absence, Rule
from foedus.decisions.verdict import Outcome
from foedus.decisions.weights import Weights
from foedus.engine.answers import Questions
from foedus.engine.entitled import Entitled, entitled
from foedus.engine.findings.asked import absent, answered, decided_by, session_of
from foedus.engine.standing import Standing
from foedus.problems import BadInput
from foedus.record.acts import Decided, Membership, Session, TreatyAction

Verdict = Literal["agrees", "parts", "hangs", "not judged"]
_NOBODY: Final = Entitled((), ())
READINGS: Final[tuple[Absence, ...]] = get_args(Absence)


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome with absence read in one way, and whether the one on record can be it."""

    absence: Absence
    outcome: Outcome
    stands: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision on record and what the rule in force makes of it. `ballots` are the positions on record; `strangers` have
    one on record and no vote; `joined` and `declined` spoke later, each with the entry; the first of the `readings` is
    the rule's own. Where it could not be judged, `why_not` says why.
    """

    decision: Decided
    session: Session | None = None
    in_force: RuleInForce[Decision] | None = None
    rule: Rule | None = None
    who: Entitled = _NOBODY
    ballots: Mapping[str, str] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    joined: Mapping[str, str] = field(default_factory=dict)
    declined: Mapping[str, str] = field(default_factory=dict)
    readings: tuple[Reading, ...] = ()
    why_not: str = ""

    @property
    def verdict(self) -> Verdict:
        """`agrees` where the outcome on record can stand in every reading, `parts` where in none, else it `hangs`."""
        stands = {reading.stands for reading in self.readings}
        if not stands:
            return "not judged"
        return "hangs" if len(stands) == 2 else "agrees" if True in stands else "parts"

    @property
    def away(self) -> tuple[str, ...]:
        """Members with a vote that were on record as absent."""
        return tuple(v for v, ballot in self.ballots.items() if ballot in {"absent", "object-absent"})


def all_judged(asked: Questions, weights: Weights) -> Iterator[Judged]:
    """Every decision on record, in its order."""
    for decision in asked.standing.record.of_kind(Decided):
        yield judged(asked, weights, decision)


def judged(asked: Questions, weights: Weights, decision: Decided) -> Judged:
    """A decision on record, judged by the rule in force on its session's last day for those with a seat that day."""
    record = asked.standing.record
    session = session_of(record, decision.session)
    if session is None:
        return Judged(decision, why_not="Its session is not on record.")
    day = session.when.latest
    in_force = decided_by(asked.standing, session, decision)
    if in_force is None:
        title = asked.standing.title(session.organ)
        what = f" on {decision.matter}" if decision.matter else ""
        return Judged(
            decision, session, why_not=f"No rule on how the {title} decides{what} was in force then."
        )
    rule = rule_of(in_force)
    if rule is None:
        why = f"{in_force.citation} leaves it to rules that are not on file."
        return Judged(decision, session, in_force, why_not=why)
    who = entitled(asked, session.organ, day, weights, rule)
    if not who.voters:
        return Judged(decision, session, in_force, rule, why_not="Who had a seat then is not on record.")
    return _put(asked, decision, session, in_force, rule, who)


def _put(
    asked: Questions,
    decision: Decided,
    session: Session,
    in_force: RuleInForce[Decision],
    rule: Rule,
    who: Entitled,
) -> Judged:
    """The positions on record put to the rule, in each reading of absence where one matters."""
    positions = positions_of(asked.standing, decision, session)
    voting = {voter.id for voter in who.voters}
    ballots = {v: choice for v, choice in positions.items() if v in voting}
    ballots |= dict.fromkeys(_concerned(asked, decision) & voting, "member-concerned")
    found: list[Reading] = []
    try:
        for absence in readings(in_force, ballots):
            came = outcome(rule, who.voters, ballots, facts=Facts(absence=absence), cited=cited(in_force))
            adopted = decision.outcome == "adopted"
            found.append(Reading(absence, came, came.carried is None or came.carried is adopted))
    except BadInput as error:
        why = " ".join(problem.what for problem in error.problems)
        return Judged(decision, session, in_force, rule, who, why_not=why)
    return Judged(
        decision,
        session,
        in_force,
        rule,
        who,
        ballots,
        tuple(sorted(positions.keys() - voting)),
        answered(asked.standing.record, decision, "joined"),
        answered(asked.standing.record, decision, "declined"),
        tuple(found),
    )


def positions_of(standing: Standing, decision: Decided, session: Session) -> dict[str, str]:
    """What the record has each state do: who was absent, who signed, who stopped it."""
    found = dict.fromkeys(absent(standing, session), "absent")
    found |= dict.fromkeys(decision.signed_by, "yes")
    if decision.stopped_by is not None:
        away = found.get(decision.stopped_by) == "absent"
        found[decision.stopped_by] = "object-absent" if away else "object"
    return found


def _concerned(asked: Questions, decision: Decided) -> set[str]:
    """The members whose own standing a decision is about."""
    found: set[str] = set()
    for name in decision.about:
        match asked.standing.record.by_id.get(name):
            case Membership(party=state):
                found.add(state)
            case TreatyAction(action="suspension" | "exclusion", states=states):
                found |= set(states)
    return found


def readings(in_force: RuleInForce[Decision], ballots: Mapping[str, str]) -> Iterator[Absence]:
    """How absence is to be read: as the rule has it; and where somebody was absent whose voice matters, otherwise too."""
    own = in_force.says.absence
    yield own
    matters = in_force.says.by == "consensus" or own != "bars-nothing"
    if matters and {"absent", "silent"} & set(ballots.values()):
        yield from (reading for reading in READINGS if reading != own)
