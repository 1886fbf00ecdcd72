"""Which rule decides: of an organ, on a day, for a matter."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from foedus.charter.charter import Charter, RuleInForce
from foedus.charter.kinds import Decision
from foedus.decisions.facts import Cited
from foedus.decisions.rule import Rule
from foedus.problems import NotFound

_NOBODY_OBJECTS = {"decide": {"no objection": {}}, "procedure": {"mode": "consensus"}}


def decisions_of(charter: Charter, organ: str, day: date) -> Iterator[RuleInForce[Decision]]:
    """The rules by which an organ decides on a day, in order."""
    for rule in charter.of_kind(Decision):
        if organ in rule.says.organs and rule.period.holds(day):
            yield rule


def deciding(
    charter: Charter, organ: str, day: date, matter: str | None = None, proposer: str | None = None
) -> RuleInForce[Decision]:
    """The rule by which an organ decides a matter on a day. With no matter named: the only one, or the one for all (but
    some) matters; with no proposer either, the one that is marked as usual. NotFound where there is none, or several.
    """
    usual = [rule for rule in decisions_of(charter, organ, day) if rule.says.usual]
    if matter is None and proposer is None and len(usual) == 1:
        return usual[0]
    found = [
        rule
        for rule in decisions_of(charter, organ, day)
        if rule.says.proposer is None or rule.says.proposer == proposer
    ]
    if proposer is not None and any(rule.says.proposer == proposer for rule in found):
        found = [rule for rule in found if rule.says.proposer == proposer]
    wanted = matter.replace("-", " ") if matter else None
    fits = [rule for rule in found if wanted in {None, rule.says.matters.replace("-", " ")}]
    if wanted is None and len(fits) > 1:
        fits = [rule for rule in fits if rule.says.matters.startswith(("all", "every"))] or fits
    if len(fits) == 1:
        return fits[0]
    asked = matter or f"any matter by the {organ} on {day}"
    raise NotFound("rule that decides", asked, (rule.says.matters for rule in found), _hint(found, day))


def _hint(found: list[RuleInForce[Decision]], day: date) -> str:
    if not found:
        return f"The charter has no rule on how that organ decides on {day}."
    return f"Name the matter: {', '.join(dict.fromkeys(rule.says.matters for rule in found))}."


def rule_of(rule: RuleInForce[Decision]) -> Rule | None:
    """What the rule says, so that ballots can be judged; None where the charter leaves it to rules it does not have."""
    if rule.says.rule is not None:
        return rule.says.rule
    return Rule.model_validate(_NOBODY_OBJECTS) if rule.says.by == "consensus" else None


def cited(rule: RuleInForce[Decision]) -> Cited:
    """Which rule it is, where it is written and how that is known."""
    return Cited(rule.key, rule.citation, rule.says.basis)


def with_rules(
    charter: Charter, organ: str, change: Callable[[Rule], Rule], matter: str | None = None
) -> Charter:
    """The charter as it would be if `change` had been made of the rules by which an organ decides a matter; with none
    named, of those marked as usual, or of all where none is. NotFound where no such rule is on file.
    """
    own = [rule for rule in charter.of_kind(Decision) if organ in rule.says.organs and rule_of(rule)]
    wanted = matter.replace("-", " ") if matter else None
    meant = [rule for rule in own if wanted == rule.says.matters.replace("-", " ")]
    if wanted is None:
        meant = [rule for rule in own if rule.says.usual] or own
    if not meant:
        asked = matter or f"anything by the {organ}"
        raise NotFound("rule that decides", asked, dict.fromkeys(rule.says.matters for rule in own))
    made = {rule.key: _with(rule.says, change) for rule in meant}
    rules = tuple(
        replace(rule, says=made[rule.key]) if rule.key in made and isinstance(rule.says, Decision) else rule
        for rule in charter.rules
    )
    digest = hashlib.sha256(charter.digest.encode())
    for says in made.values():
        digest.update(says.model_dump_json(by_alias=True).encode())
    return replace(charter, rules=rules, digest=digest.hexdigest())


def _with(says: Decision, change: Callable[[Rule], Rule]) -> Decision:
    rule = says.rule or Rule.model_validate(_NOBODY_OBJECTS)
    return says.model_copy(update={"rule": change(rule), "by": "vote" if says.by != "silence" else says.by})
