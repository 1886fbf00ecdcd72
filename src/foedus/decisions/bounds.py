"""Every amount of a rule that can be changed by itself: its thresholds and quorums, each by a name and in the rule's words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.decisions.read import rule_from, tupled
from foedus.decisions.rule import Condition, Quorum, Rule
from foedus.decisions.shares import read_amount, say_amount
from foedus.decisions.words import condition, quorum_said
from foedus.problems import BadInput, Problem, suggest
from foedus.terms.words import large, spaced

Json = dict[str, Any]
_BOUND = re.compile(r"(?:(at least|more than) +)?(.+)")
_BOUNDS = ("at least", "more than", "at least fewest")


@dataclass(frozen=True, slots=True)
class Bound:
    """One amount: its name, such as `threshold-2` or `quorum-1`, what the rule says of it, and how much it is now (nothing
    where it is reckoned from who holds how much).
    """

    name: str
    says: str
    amount: str


def bounds(rule: Rule) -> tuple[Bound, ...]:
    """The thresholds and quorums of a rule in the order they are written in, numbered from one."""
    return tuple(Bound(name, large(says), _amount(own)) for name, says, own in _named(_plain(rule)))


def with_bounds(rule: Rule, amounts: Mapping[str, str]) -> Rule:
    """The rule with amounts of some names changed: to a number, or a share of what it was a share of, else of the members;
    `at least` or `more than` where that is said too, else as it was. BadInput, with every fault.
    """
    if not amounts:
        return rule
    says = _plain(rule)
    known = {name: (label, own) for name, label, own in _named(says)}
    faults = list[Problem]()
    for name, amount in amounts.items():
        if name not in known:
            faults.append(Problem("rule", 0, f"This rule has no “{name}”.", suggest(name, known)))
            continue
        faults += _changed(known[name][0], known[name][1], amount)
    if faults:
        raise BadInput(faults)
    return rule_from(says)


def _changed(label: str, own: Json, amount: str) -> Iterator[Problem]:
    """Changes an amount where it stands; what is wrong with it where that cannot be."""
    match = _BOUND.fullmatch(amount.strip())
    kept = "more than" if "more than" in own else "at least"
    said, value = (match[1] or kept, match[2]) if match else (kept, amount)
    number = int(value) if value.isdecimal() else value
    try:
        read_amount(number)
    except ValueError as error:
        yield Problem("rule", 0, f"{large(label)}: {error}", "")
        return
    for bound in _BOUNDS:
        own.pop(bound, None)
    own[said] = number
    if isinstance(number, int):
        own.pop("of", None)
    else:
        own.setdefault("of", "members")


def _plain(rule: Rule) -> Json:
    return rule.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _amount(own: Json) -> str:
    amount = next((own[bound] for bound in ("at least", "more than") if bound in own), None)
    if amount is None:
        return ""
    return say_amount(read_amount(amount)) if amount != "1/1" else "1/1"


def _named(says: Json) -> Iterator[tuple[str, str, Json]]:
    counted = {"threshold": 0, "quorum": 0}
    for kind, label, own in _all(says):
        counted[kind] += 1
        yield f"{kind}-{counted[kind]}", label, own


def _all(says: Json) -> Iterator[tuple[str, str, Json]]:
    """Each amount with what it is and what is said of it: first of the decision, then of what comes before or after."""
    procedure = says.get("procedure", {})
    first = procedure.get("preliminary", {})
    yield from _thresholds(says.get("decide"))
    yield from _quorums(says)
    for stage in procedure.get("stages", ()):
        yield from _told(spaced(stage["name"]), (*_thresholds(stage["decide"]), *_quorums(stage)))
    yield from _told("the question put first", _thresholds(first.get("decide")))
    yield from _told("where that is carried", _thresholds(first.get("if carried")))
    yield from _told("to disapprove of it", _thresholds(says.get("ex post", {}).get("decide")))


def _told(
    when: str, found: Iterator[tuple[str, str, Json]] | tuple[tuple[str, str, Json], ...]
) -> Iterator[tuple[str, str, Json]]:
    return ((kind, f"{when}: {label}", own) for kind, label, own in found)


def _quorums(says: Json) -> Iterator[tuple[str, str, Json]]:
    for own in says.get("quorum", ()):
        yield "quorum", quorum_said(Quorum.model_validate(tupled(own))), own


def _thresholds(says: Any, *, barred: bool = False) -> Iterator[tuple[str, str, Json]]:
    """Those of a condition and of all it is made of; one that must not hold is said with its “not”."""
    if isinstance(says, (list, tuple)):
        for part in says:
            yield from _thresholds(part, barred=barred)
        return
    for key, part in says.items() if isinstance(says, dict) else ():
        if key == "threshold":
            yes = Condition.model_validate(tupled({"threshold": part}))
            yield "threshold", f"not ({condition(yes)})" if barred else condition(yes), part
        elif key in {"all", "any", "not", "several", "of"}:
            yield from _thresholds(part, barred=barred != (key == "not"))
