"""The known readings of a member's absence, each as the rule it makes of another."""

from __future__ import annotations

from foedus.decisions.rule import Absence, Quorum, Rule


def read_as(rule: Rule, absence: Absence) -> Rule:
    """The rule with a member's absence read so. It bars nothing; or there is no quorum without every member; or what is
    carried goes to the absent to join; or those who are there are in a limited format, which binds them alone.
    """
    match absence:
        case "bars-nothing":
            return rule
        case "ends-quorum":
            everyone = Quorum.model_validate({"at least": "1/1", "of": "entitled"})
            return rule.model_copy(update={"quorum": (*rule.quorum, everyone)})
        case "later-adhesion":
            return _apart(rule, joining=True)
        case "limited-format":
            return _apart(rule, joining=False)


def _apart(rule: Rule, *, joining: bool) -> Rule:
    """The rule under which the absent are not bound."""
    effects = rule.effects
    changed = {"not_bound": _with_absent(effects.not_bound)}
    if joining:
        changed["may_join_later"] = _with_absent(effects.may_join_later)
    return rule.model_copy(update={"effects": effects.model_copy(update=changed)})


def _with_absent(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return kinds if "absent" in kinds else (*kinds, "absent")
