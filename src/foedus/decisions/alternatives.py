"""Other rules in a rule's place: what a reformer asks about. Each makes of a rule and its members another rule and members."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from foedus.decisions.chamber import conditions
from foedus.decisions.electorate import Voter
from foedus.decisions.readings import read_as
from foedus.decisions.rule import Absence, Condition, Rule, Veto
from foedus.problems import BadInput, Problem, suggest

Members = tuple[Voter, ...]
Change = Callable[[Rule, Members, str], tuple[Rule, Members]]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A ready other rule: its name, in a sentence what it changes, and whether it takes a name after a colon."""

    name: str
    says: str
    change: Change
    of: str = ""  # what may stand after a colon


def _without_vetoes(rule: Rule, members: Members, whose: str) -> tuple[Rule, Members]:
    """No veto at all; or, with a member named, all but that one's."""
    found = list(_vetoes(rule))
    if not found:
        raise _refused("This rule has no veto to take away.", "Ask about another change of it.")
    if not whose:
        return _decided(rule, lambda says: _mapped(says, lambda _: None)), members
    holders = {v.id for v in members for veto in found if veto.class_ is None or veto.class_ in v.classes}
    if whose not in holders:
        raise _refused(f"“{whose}” has no veto under this rule.", suggest(whose, holders))
    kept = f"veto-but-{whose.lower()}"
    lesser = tuple(
        replace(v, classes=v.classes | {kept}) if v.id in holders - {whose} else v for v in members
    )
    changed = _decided(
        rule, lambda says: _mapped(says, lambda veto: veto.model_copy(update={"class_": kept}))
    )
    return changed, lesser


def _abstention_is_no(rule: Rule, members: Members, _: str) -> tuple[Rule, Members]:
    per_class = {name: u.model_copy(update={"abstain": "no"}) for name, u in rule.ballots.per_class.items()}
    ballots = rule.ballots.model_copy(update={"abstain": "no", "per_class": per_class})
    return rule.model_copy(update={"ballots": ballots}), members


def _two_thirds(rule: Rule, members: Members, _: str) -> tuple[Rule, Members]:
    return _plainly(rule, {"threshold": {"at least": "2/3", "of": "members"}}), members


def _majority(rule: Rule, members: Members, _: str) -> tuple[Rule, Members]:
    return _plainly(rule, {"threshold": {"more than": "1/2", "of": "members"}}), members


def _consensus(rule: Rule, members: Members, _: str) -> tuple[Rule, Members]:
    return _plainly(rule, {"no objection": {}}), members


def _double_majority(rule: Rule, members: Members, weight: str) -> tuple[Rule, Members]:
    """More than half of the members, who hold more than half of a weight."""
    named = {name for v in members for name in v.weights}
    by = weight or (min(named) if len(named) == 1 else "")
    if by not in named:
        raise _refused(
            f"There is no weight “{by}” of these members." if by else "Which weight is meant is not said.",
            suggest(by, named) if named else "No weight of theirs is on file: a double majority needs one.",
        )
    half = {"more than": "1/2", "of": "members"}
    both = {"all": ({"threshold": half}, {"threshold": {**half, "by": by}})}
    return _plainly(rule, both), members


def _absence(rule: Rule, members: Members, reading: str) -> tuple[Rule, Members]:
    known: dict[str, Absence] = {each: each for each in get_args(Absence)}
    if reading not in known:
        raise _refused(f"There is no reading “{reading}” of absence.", suggest(reading, known))
    return read_as(rule, known[reading]), members


ALTERNATIVES: Mapping[str, Alternative] = {
    a.name: a
    for a in (
        Alternative("no-veto", "No member can stop it alone by a veto.", _without_vetoes, "MEMBER"),
        Alternative("abstention-is-no", "An abstention counts as a no.", _abstention_is_no),
        Alternative("majority", "More than half of the members carry it.", _majority),
        Alternative("two-thirds", "Two thirds of the members carry it.", _two_thirds),
        Alternative("consensus", "Any member's objection stops it.", _consensus),
        Alternative(
            "double-majority",
            "More than half of the members carry it, with more than half of a weight.",
            _double_majority,
            "WEIGHT",
        ),
        Alternative("absence", "A member's absence is read otherwise.", _absence, "READING"),
    )
}


def alternative(name: str) -> Callable[[Rule, Members], tuple[Rule, Members]]:
    """The change that a name stands for, such as `no-veto`, `no-veto:RUS` or `absence:ends-quorum`. BadInput where there
    is none, when called where it changes nothing there is.
    """
    known, _, of = name.partition(":")
    found = ALTERNATIVES.get(known)
    if found is None:
        raise _refused(f"There is no ready rule “{known}”.", suggest(known, ALTERNATIVES))
    if of and not found.of:
        raise _refused(f"“{known}” takes nothing after a colon.", f"Say “{known}”.")
    return lambda rule, members: found.change(rule, members, of)


def rule_alone(name: str, weights: Collection[str] = ()) -> Callable[[Rule], Rule]:
    """The same change of a rule by itself, whoever the members are; `weights` are the names of those they have. BadInput
    where it is a change of who is in which class, which no rule by itself can say.
    """
    changed = alternative(name)
    found, _, of = name.partition(":")
    if of and ALTERNATIVES[found].of == "MEMBER":
        what = f"“{name}” changes what one member may, which no rule by itself can say."
        raise _refused(what, "Put votes to it instead.")
    anybody = (Voter("anybody", weights=dict.fromkeys(weights, 1)),)
    return lambda rule: changed(rule, anybody)[0]


def ready(rule: Rule, members: Members) -> Iterator[tuple[str, str]]:
    """The names of all changes that can be made of this rule for these members, each with what it changes."""
    for found in ALTERNATIVES.values():
        for name in (found.name, *(f"{found.name}:{of}" for of in _kinds(found, rule, members))):
            try:
                alternative(name)(rule, members)
            except BadInput:
                continue
            yield name, found.says


def _kinds(found: Alternative, rule: Rule, members: Members) -> Iterator[str]:
    match found.of:
        case "MEMBER":
            held = {veto.class_ for veto in _vetoes(rule)}
            yield from (v.id for v in members if None in held or held & v.classes)
        case "WEIGHT":
            yield from sorted({name for v in members for name in v.weights})
        case "READING":
            yield from get_args(Absence)


def _vetoes(rule: Rule) -> Iterator[Veto]:
    yield from (c.veto for c in conditions(rule.decide) if c.veto is not None) if rule.decide else ()


def _plainly(rule: Rule, decide: Mapping[str, Any]) -> Rule:
    """The rule with another condition, put to the vote once."""
    condition = Condition.model_validate(dict(decide))
    return Rule(decide=condition, electorate=rule.electorate, ballots=rule.ballots, effects=rule.effects)


def _decided(rule: Rule, change: Callable[[Condition], Condition | None]) -> Rule:
    assert rule.decide is not None
    return rule.model_copy(update={"decide": change(rule.decide) or _always()})


def _always() -> Condition:
    return Condition.model_validate({"threshold": {"at least": 0}})


def _mapped(says: Condition, veto: Callable[[Veto], Veto | None]) -> Condition | None:
    """The condition with its vetoes changed; None where nothing is left of it to meet."""
    if says.veto is not None:
        kept = veto(says.veto)
        return None if kept is None else says.model_copy(update={"veto": kept})
    if says.all is not None:
        parts = tuple(part for each in says.all if (part := _mapped(each, veto)) is not None)
        return says.model_copy(update={"all": parts}) if parts else None
    if says.any is not None:
        return says.model_copy(update={"any": tuple(_mapped(each, veto) or _always() for each in says.any)})
    if says.several is not None:
        of = tuple(_mapped(each, veto) or _always() for each in says.several.of)
        return says.model_copy(update={"several": says.several.model_copy(update={"of": of})})
    return says


def _refused(what: str, remedy: str) -> BadInput:
    return BadInput([Problem("rule", 0, what, remedy)])
