"""Votes of a record put to a rule in its own rule's place: the outcomes of all of them at once, and of each with reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus.decisions import columns
from foedus.decisions.alternatives import Members
from foedus.decisions.ballots import CHOICES
from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.facts import NOTHING_MORE, UNCITED
from foedus.decisions.outcome import outcome
from foedus.decisions.replay import Vote
from foedus.decisions.rule import Rule
from foedus.decisions.verdict import Outcome, judged
from foedus.problems import BadInput

Put = Callable[[Rule, Members], tuple[Rule, Members]]
NOT_RECORDED = len(CHOICES)
_PLACE = {choice: at for at, choice in enumerate(CHOICES)}


def as_it_was(rule: Rule, members: Members) -> tuple[Rule, Members]:
    """No other rule: the one the vote was taken under."""
    return rule, members


@dataclass(slots=True)
class Under:
    """Votes under another rule. What it makes of a rule and members is made once; votes share it where they share both."""

    put: Put = as_it_was
    _made: dict[tuple[int, int], tuple[Vote, Rule, Members, Chamber | None]] = field(default_factory=dict)

    def outcome(self, vote: Vote) -> Outcome:
        """What comes of a vote, with its reasons. BadInput where the rule cannot be put to it."""
        _, rule, members, chamber = self.made_of(vote)
        cited = vote.cited if self.put is as_it_was else UNCITED
        if chamber is None or not _plain(vote):
            return outcome(rule, members, vote.ballots, facts=vote.facts, cited=cited)
        return judged(chamber, vote.ballots, cited)

    def carried(self, votes: Sequence[Vote]) -> list[bool | None]:
        """Whether each is carried; None where that is not to be said, or the rule cannot be put to it."""
        found: list[bool | None] = [None] * len(votes)
        together: dict[int, tuple[Chamber, list[int]]] = {}
        for at, vote in enumerate(votes):
            try:
                chamber = self.made_of(vote)[3]
            except BadInput:
                continue
            if chamber is None or not _plain(vote):
                found[at] = self.outcome(vote).carried
            else:
                together.setdefault(id(chamber), (chamber, []))[1].append(at)
        for chamber, places in together.values():
            rows = np.array([_row(chamber, votes[at]) for at in places], dtype=np.uint8)
            answers = columns.carried(chamber, columns.letters(chamber, rows))
            for at, carried in zip(places, answers, strict=True):
                found[at] = carried
        return found

    def made_of(self, vote: Vote) -> tuple[Vote, Rule, Members, Chamber | None]:
        """The rule and members put in the place of a vote's, and their chamber where one is all it takes. BadInput where
        the rule cannot be put to it.
        """
        key = id(vote.rule), id(vote.members)
        if key not in self._made:
            rule, members = self.put(vote.rule, vote.members)
            chamber = assemble(rule, members) if _once(rule) else None
            self._made[key] = vote, rule, members, chamber  # the vote is held, so that no other gets its ids
        return self._made[key]


def _once(rule: Rule) -> bool:
    """Whether the rule is one vote on one condition, with all that counts known from the ballots."""
    procedure, opening = rule.procedure, any(line.at == "opening" for line in rule.quorum)
    several = procedure.mode == "silence" or procedure.stages or procedure.referred_to or opening
    return not (several or rule.ex_post)


def _plain(vote: Vote) -> bool:
    """Whether nothing is given with the vote but ballots."""
    return vote.facts == NOTHING_MORE and _PLACE.keys() >= set(vote.ballots.values())


def _row(chamber: Chamber, vote: Vote) -> list[int]:
    cast = vote.ballots
    return [_PLACE[cast[v.id]] if v.id in cast else NOT_RECORDED for v in chamber.voters]
