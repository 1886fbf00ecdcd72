"""How much power each member has in an organ, by the rule in force on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from foedus.accounts.deciders import Deciders
from foedus.accounts.lines import Json
from foedus.decisions.chamber import assemble
from foedus.decisions.reduction import Otherwise, game
from foedus.decisions.words import describe
from foedus.engine.answers import Basis, Questions
from foedus.power import INDICES, Index, Power, power
from foedus.power.power import Number
from foedus.power.sampled import sampled
from foedus.power.tally import Progress, silent
from foedus.terms.states import all_states, state_name


@dataclass(frozen=True)
class Powers:
    """The power of each member: `by` whom by which rule, and whether those not for a matter were taken to say no or to
    abstain.
    """

    organisation: str
    organ: str
    on: date
    known: date
    by: Deciders
    otherwise: Otherwise
    power: Power
    basis: Basis

    @property
    def says(self) -> str:
        """The rule in a sentence."""
        return describe(self.by.rule)

    def members(self, index: Index) -> list[tuple[str, Number]]:
        """Each member with its figure, most first."""
        rows = zip(self.power.voters, self.power.of[index], strict=True)
        return sorted(rows, key=lambda row: (-row[1], name(row[0])))

    def to_json(self) -> Json:
        """The account as published in `schemas/power.json`."""
        found = self.power
        return {
            "organisation": self.organisation,
            "organ": self.organ,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "rule": {"name": self.by.cited.name, "citation": self.by.cited.citation, "says": self.says},
            "whoever is not for it": self.otherwise,
            "uncertain members": list(self.by.unsure),
            "carrying": _whole(found.carrying),
            "blocking": _whole(found.blocking),
            "minimal carrying": _whole(found.minimal),
            "minimal blocking": _whole(found.minimal_blocking),
            "power to act": None if found.act is None else _figure(found.act),
            "dummies": None if found.carrying is None else list(found.dummies),
            "vetoers": list(found.vetoers),
            "dictator": found.dictator,
            "indices": [
                {
                    "index": index,
                    "method": found.methods[index],
                    "within": found.within.get(index),
                    "members": [
                        {"member": who, **_figure(n)} for who, n in zip(found.voters, numbers, strict=True)
                    ],
                }
                for index, numbers in found.of.items()
            ],
            "not reckoned": [{"index": index, "why": why} for index, why in found.unreached.items()],
            "basis": self.basis.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many orders and groups are drawn, and from which seed."""

    draws: int
    seed: int


def powers(
    asked: Questions,
    by: Deciders,
    on: date,
    indices: Iterable[Index] = INDICES,
    otherwise: Otherwise | None = None,
    drawn: Drawn | None = None,
    progress: Progress = silent,
) -> Powers:
    """The power of each member under a rule: exact, or `drawn` where that is asked for. BadInput where it makes no one
    game, or no index asked for is in reach.
    """
    played = game(assemble(by.rule, by.voters), otherwise)
    found = (
        power(played, indices, progress)
        if drawn is None
        else sampled(played, indices, drawn.draws, drawn.seed, progress)
    )
    title = asked.standing.title(by.organ)
    return Powers(asked.organisation, title, on, asked.known, by, otherwise or "no", found, asked.basis(on))


def name(voter: str) -> str:
    """What a member is called: the state's name, where it is a state."""
    return state_name(voter) if voter in all_states() else voter


def _figure(number: Number) -> Json:
    """As a fraction where exact, and as a decimal."""
    exact = str(number) if isinstance(number, Fraction) else None
    return {"exact": exact, "decimal": float(number)}


def _whole(number: int | None) -> str | None:
    """Numbers of groups are longer than what JSON readers keep whole, so they are text."""
    return None if number is None else str(number)
