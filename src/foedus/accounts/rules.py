"""Rules and texts of instruments that came into force over a stretch of days, or went out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.accounts.events import Days
from foedus.accounts.lines import Json
from foedus.charter.charter import Charter, RuleInForce
from foedus.charter.kinds import AnyRule
from foedus.charter.say import say


@dataclass(frozen=True, slots=True)
class RuleTurn:
    """A wording of a rule that came into force on a day, or went out of it without another in its place. `replaces` is
    the text that worded the rule until then, None for a new rule.
    """

    on: date
    turn: Literal["in force", "out of force"]
    rule: RuleInForce[AnyRule]
    says: str
    replaces: str | None

    def to_json(self) -> Json:
        """The turn as published in `schemas/between.json`."""
        return {
            "on": self.on.isoformat(),
            "turn": self.turn,
            "rule": self.rule.says.id,
            "citation": self.rule.citation,
            "text": self.rule.text,
            "replaces": self.replaces,
            "basis": self.rule.says.basis,
            "says": self.says,
        }


def rules_turned(charter: Charter, days: Days) -> tuple[RuleTurn, ...]:
    """Every such turn, in order of the day, then of the charter."""
    return tuple(sorted(_turns(charter, days), key=lambda turn: turn.on))


def _turns(charter: Charter, days: Days) -> Iterator[RuleTurn]:
    begins = {(rule.says.id, rule.period.start) for rule in charter.rules}
    until = {(rule.says.id, rule.period.end): rule.text for rule in charter.rules}
    for rule in charter.rules:
        start, end = rule.period.start, rule.period.end
        if _in(days, start):
            replaced = until.get((rule.says.id, start))
            yield RuleTurn(start, "in force", rule, say(charter, rule.says), replaced)
        if end is not None and _in(days, end) and (rule.says.id, end) not in begins:
            yield RuleTurn(end, "out of force", rule, say(charter, rule.says), None)


def _in(days: Days, day: date) -> bool:
    return days.after < day <= days.last
