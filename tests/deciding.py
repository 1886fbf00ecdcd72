"""A body's rule on a day with whoever is entitled, and ballots put to it: what the tests of decisions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from foedus.charter.deciding import cited, deciding, rule_of
from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Cited, Facts
from foedus.decisions.outcome import outcome
from foedus.decisions.rule import Rule
from foedus.decisions.verdict import Outcome
from foedus.decisions.words import reason
from foedus.engine.entitled import entitled
from foedus.secretariat import opened
from foedus.terms.dates import parse_day


@dataclass(frozen=True)
class Body:
    """A rule and those who decide under it."""

    rule: Rule
    voters: tuple[Voter, ...]
    cited: Cited = Cited()  # noqa: RUF009 - a frozen value

    def put(
        self,
        ballots: Mapping[str, str] | None = None,
        /,
        *,
        others: str | None = None,
        at: datetime | None = None,
        facts: Facts | None = None,
        **given: Any,
    ) -> Outcome:
        """What comes of ballots by name; `others` is what all others cast, None where that is not recorded."""
        cast = {voter.id: others for voter in self.voters} if others is not None else {}
        cast |= dict(ballots or {})
        return outcome(self.rule, self.voters, cast, at=at, facts=facts or Facts(**given), cited=self.cited)

    def chamber(self) -> Chamber:
        return assemble(self.rule, self.voters)

    def among(self, voters: Iterable[Voter]) -> Body:
        return replace(self, voters=tuple(voters))

    def called(self, **statuses: str) -> Body:
        """The same, with a status for each member named."""
        return self.among(
            replace(v, statuses=frozenset({statuses[v.id]})) if v.id in statuses else v for v in self.voters
        )


def body(org: str, organ: str, on: str, matter: str | None = None, proposer: str | None = None) -> Body:
    """A bundled body with the rule in force on a day, and the members that the record has."""
    organisation, day = opened(org), parse_day(on)
    found = deciding(organisation.charter, organ, day, matter, proposer)
    rule = rule_of(found)
    assert rule is not None
    who = entitled(organisation.questions(), organ, day, organisation.weights)
    assert not who.unsure
    return Body(rule, who.voters, cited(found))


def made(rule: Mapping[str, Any], *names: str, **weights: Mapping[str, int]) -> Body:
    """A rule as written in a file, and members by name, with the weights given."""
    return Body(
        Rule.model_validate(tupled(rule)),
        tuple(Voter(n, weights={w: held[n] for w, held in weights.items()}) for n in names),
    )


def tupled(value: Any) -> Any:
    """Lists as a file has them when read."""
    if isinstance(value, Mapping):
        return {key: tupled(each) for key, each in value.items()}
    return tuple(tupled(each) for each in value) if isinstance(value, (list, tuple)) else value


def members(number: int) -> list[str]:
    return [f"M{n:02}" for n in range(1, number + 1)]


def told(found: Outcome) -> str:
    return " ".join(reason(found))
