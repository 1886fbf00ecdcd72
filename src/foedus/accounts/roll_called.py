"""Votes to be put to a rule: those of roll calls beside the record, and the record's own decisions as far as it has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from foedus.accounts.deciders import deciders
from foedus.charter.deciding import cited, deciding, rule_of
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Cited
from foedus.decisions.replay import Vote
from foedus.decisions.rule import Rule
from foedus.decisions.weights import Weights
from foedus.engine.answers import Questions
from foedus.engine.entitled import entitled
from foedus.engine.findings.judging import positions_of
from foedus.power.tally import Progress, silent
from foedus.problems import FoedusError
from foedus.record.acts import Decided, Session, StateName
from foedus.rollcalls.names import states_called
from foedus.rollcalls.roll_calls import RollCalls
from foedus.terms.states import state_name
from foedus.terms.words import listed

_NO_RULE = "By which rule it was decided is not on file for that day and matter."
_CAME = {"adopted": True, "not adopted": False}


@dataclass(frozen=True, slots=True)
class Apart:
    """A vote that is not put to another rule, and in a sentence why."""

    id: str
    day: date
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes in order of days, and those set apart. `absent`: ballots of members that a roll call does not list, who took
    no part in it; `assumed`: votes whose members are those listed, since who was one is not certain on record.
    """

    votes: tuple[Vote, ...] = ()
    apart: tuple[Apart, ...] = ()
    absent: int = 0
    assumed: int = 0


@dataclass(slots=True)
class _Seats:
    """Who sits on a day and the rule of a matter, each looked up once. Equal members are one and the same value, so that
    votes of the same members are judged together.
    """

    asked: Questions
    weights: Weights
    organ: str
    matter: str | None = None  # where a vote does not name its own
    by_day: dict[date, tuple[Voter, ...] | None] = field(default_factory=dict)
    same: dict[str, tuple[Voter, ...]] = field(default_factory=dict)
    rules: dict[tuple[date, str | None], tuple[Rule, Cited]] = field(default_factory=dict)
    read: dict[int, Rule] = field(default_factory=dict)

    def members(self, day: date) -> tuple[Voter, ...] | None:
        """Those with a seat; None where that is not certain, or not on record."""
        if day not in self.by_day:
            found = entitled(self.asked, self.organ, day, self.weights)
            sure = found.voters and not found.unsure
            self.by_day[day] = self.one(found.voters) if sure else None
        return self.by_day[day]

    def listed(self, day: date, names: list[str]) -> tuple[Voter, ...]:
        held = self.weights.on(day)
        return self.one(tuple(Voter(name, weights=held.get(name, {})) for name in names))

    def one(self, members: tuple[Voter, ...]) -> tuple[Voter, ...]:
        return self.same.setdefault(repr(members), members)

    def rule(self, day: date, matter: str | None) -> tuple[Rule, Cited]:
        """The rule in force; one value as long as it is in force. NotFound or BadInput where there is none on file."""
        charter = self.asked.standing.charter
        matter = matter or self.matter
        key = day, matter
        if key not in self.rules:
            found = deciding(charter, self.organ, day, matter)
            says = rule_of(found) or deciders(self.asked, self.weights, self.organ, day, matter).rule
            self.rules[key] = self.read.setdefault(id(found.says), says), cited(found)
        return self.rules[key]


def roll_called(
    asked: Questions,
    weights: Weights,
    organ: str,
    calls: RollCalls,
    file: str,
    matter: str | None = None,
    progress: Progress = silent,
) -> Votes:
    """The roll calls as votes of an organ. BadInput, with every name that is no state; a vote that lists who had no seat,
    or somebody twice, or that no rule is in force for, is set apart.
    """
    own = {entry.name: entry.state for entry in asked.standing.record.of_kind(StateName)}
    calls = calls.called(states_called(file, calls.members, own))
    seats = _Seats(asked, weights, organ, matter)
    votes, apart, absent, assumed = [], [], 0, 0
    for at, head in enumerate(calls.votes):
        cast = list(calls.cast(at))
        ballots = {member: choice for member, choice in cast if choice is not None}
        names = list(dict.fromkeys(member for member, _ in cast))
        who = seats.members(head.day)
        members = who if who is not None else seats.listed(head.day, sorted(names))
        why = _why_apart(cast, members)
        try:
            rule, by = seats.rule(head.day, head.matter)
        except FoedusError:
            why = _NO_RULE
        if why:
            apart.append(Apart(head.id, head.day, head.title, why))
            continue
        away = [voter.id for voter in members if voter.id not in names]
        ballots |= dict.fromkeys(away, "absent")
        absent, assumed = absent + len(away), assumed + (who is None)
        votes.append(
            Vote(head.id, head.day, head.title, rule, members, ballots, recorded=head.carried, cited=by)
        )
        progress((at + 1) / len(calls.votes))
    return Votes(tuple(votes), tuple(apart), absent, assumed)


def _why_apart(cast: list[tuple[str, str | None]], members: tuple[Voter, ...]) -> str:
    names = [member for member, _ in cast]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        return f"It lists {_called(twice)} twice."
    strangers = sorted(set(names) - {voter.id for voter in members})
    return f"It lists {_called(strangers)}, with no seat on that day." if strangers else ""


def _called(states: list[str]) -> str:
    return listed([state_name(state) for state in states])


def on_record(asked: Questions, weights: Weights, organ: str, matter: str | None = None) -> Votes:
    """The record's decisions at sessions of an organ as votes: who stopped one objected to it, who was absent was. What was
    adopted by consensus had that of all who were there: they count as for it, or as abstaining where they did not sign. What
    else nobody says stays not recorded.
    """
    seats = _Seats(asked, weights, organ, matter)
    votes, apart = [], []
    for entry, session in _decided(asked, organ):
        day = session.when.latest
        members = seats.members(day)
        why = "It was not put to a decision." if entry.outcome not in _CAME else ""
        why = why or ("Who had a seat then is not certain." if members is None else "")
        try:
            rule, by = seats.rule(day, entry.matter or None)
        except FoedusError:
            why = _NO_RULE
        if why or members is None:
            apart.append(Apart(entry.id, day, entry.what, why))
            continue
        carried = _CAME[entry.outcome]
        ballots = _consented(rule, members) if carried else {}
        ballots |= dict.fromkeys(entry.not_signed_by, "abstain") if carried else {}
        ballots |= positions_of(asked.standing, entry, session)
        cast = {voter.id: ballots[voter.id] for voter in members if voter.id in ballots}
        votes.append(Vote(entry.id, day, entry.what, rule, members, cast, recorded=carried, cited=by))
    return Votes(tuple(votes), tuple(apart))


def _consented(rule: Rule, members: tuple[Voter, ...]) -> dict[str, str]:
    """What all who were there are taken to have said, where nobody may have objected."""
    by_consensus = rule.decide is not None and rule.decide.no_objection is not None
    return dict.fromkeys((voter.id for voter in members), "yes") if by_consensus else {}


def _decided(asked: Questions, organ: str) -> Iterator[tuple[Decided, Session]]:
    record = asked.standing.record
    found = []
    for entry in record.of_kind(Decided):
        session = record.by_id.get(entry.session)
        if isinstance(session, Session) and session.organ == organ:
            found.append((entry, session))
    yield from sorted(found, key=lambda pair: pair[1].when.latest)
