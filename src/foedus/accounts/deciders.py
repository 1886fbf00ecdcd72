"""Who decides what by which rule: an organ's rule for a matter on a day, and those entitled under it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.deciding import cited, deciding, decisions_of, rule_of
from foedus.charter.kinds import Decision, Organ
from foedus.decisions.chamber import weights_of
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Cited
from foedus.decisions.rule import Rule
from foedus.decisions.weights import Weights
from foedus.engine.answers import Questions
from foedus.engine.entitled import entitled
from foedus.engine.names import meant
from foedus.problems import BadInput, NotFound, Problem


@dataclass(frozen=True, slots=True)
class Deciders:
    """The rule in force and what it says; the voters in order; and those of them whose seat that day is not certain."""

    organ: str
    in_force: RuleInForce[Decision]
    rule: Rule
    voters: tuple[Voter, ...]
    unsure: tuple[str, ...]

    @property
    def cited(self) -> Cited:
        """Which rule it is, where it is written, how its wording is known."""
        return cited(self.in_force)


def deciders(
    asked: Questions,
    weights: Weights,
    organ: str | None,
    day: date,
    matter: str | None = None,
    proposer: str | None = None,
    members: tuple[Voter, ...] = (),
) -> Deciders:
    """Who decides a matter in an organ on a day. `members` stand for those of the record where given.

    NotFound for an organ or a matter that is not known; BadInput where the rule is not on file, or nobody is entitled.
    """
    charter = asked.standing.charter
    name = organ_meant(asked, organ)
    found = deciding(charter, name, day, matter, proposer)
    rule = rule_of(found)
    if rule is None:
        what = f"How the {asked.standing.title(name)} decides that is left to rules that are not on file ({found.citation})."
        others = ", ".join(
            dict.fromkeys(r.says.matters for r in decisions_of(charter, name, day) if rule_of(r))
        )
        raise BadInput([Problem("--matter", 0, what, f"On file is: {others}." if others else "")])
    who = entitled(asked, name, day, weights, rule)
    voters = members or who.voters
    if not voters:
        what = f"Who sits in the {asked.standing.title(name)} on {day} is not on record."
        raise BadInput([Problem("ORGAN", 0, what, "Give them in a table: --members FILE.")])
    return Deciders(name, found, rule, voters, () if members else who.unsure)


def organ_meant(asked: Questions, organ: str | None) -> str:
    """The organ's name, from its name or title or the beginning of either; the one that decides anything, where none is
    given. NotFound, with those that do.
    """
    charter = asked.standing.charter
    names = dict.fromkeys(o for rule in charter.of_kind(Decision) for o in rule.says.organs)
    if organ is None and len(names) == 1:
        return next(iter(names))
    if organ is None:
        hint = f"Name the organ: {', '.join(names)}." if names else "The charter has no rule on decisions."
        raise NotFound("single organ that decides in", asked.organisation, names, hint)
    titles = {rule.says.organ: rule.says.name for rule in charter.of_kind(Organ)}
    known = {name: name for name in names} | {titles[n].lower(): n for n in names if n in titles}
    return meant("organ that decides", organ.lower(), known)


def weights_named(asked: Questions) -> frozenset[str]:
    """The weights that any rule of decision names."""
    rules = (rule_of(rule) for rule in asked.standing.charter.of_kind(Decision))
    return frozenset(name for rule in rules if rule is not None for name in weights_of(rule))
