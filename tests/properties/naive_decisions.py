"""Outcomes the plain way: from the words of the rule and a list of members, with fractions, leaf by leaf.

Written apart from the package: it reads the rule's models and counts people, and knows no letters, weights in a row or
quick ways.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product

from foedus.decisions.electorate import Voter
from foedus.decisions.rule import Condition, Quorum, Rule, Threshold

Held = Mapping[str, str]  # the position of each member; `voteless` for one that has no vote
FREE = ("yes", "no", "abstain", "absent")


def holds_position(rule: Rule, voter: Voter, choice: str) -> str:
    """What a ballot counts as."""
    kind = next(
        (rule.ballots.per_class[c] for c in sorted(voter.classes) if c in rule.ballots.per_class),
        rule.ballots,
    )
    if voter.statuses & set(rule.ballots.must_abstain) and choice != "absent":
        return kind.abstain
    return {"abstain": kind.abstain, "absent": kind.absent}.get(choice, choice)


def carried(rule: Rule, voters: Sequence[Voter], ballots: Mapping[str, str]) -> bool:
    """Whether ballots that are all known carry it, by quorum at the vote and conditions."""
    base, held = [], {}
    for voter in voters:
        lines = [line for line in rule.electorate.exclude if line.status in voter.statuses]
        if lines and lines[0].effect == "leaves base":
            continue
        base.append(voter)
        held[voter.id] = "voteless" if lines else holds_position(rule, voter, ballots[voter.id])
    assert rule.decide is not None
    there = all(_quorum(line, base, held) for line in rule.quorum)
    return there and _condition(rule.decide, base, held)


def _weigh(says: Threshold | Quorum, among: Sequence[Voter]) -> int:
    inside = [v for v in among if says.within is None or says.within in v.classes]
    return len(inside) if says.by == "count" else sum(v.weights[says.by] for v in inside)


def _quorum(says: Quorum, base: Sequence[Voter], held: Held) -> bool:
    there = [v for v in base if held[v.id] in {"yes", "no", "abstain"}]
    of = base if says.of == "members" else [v for v in base if held[v.id] != "voteless"]
    return _enough(says, _weigh(says, there), _weigh(says, of))


def _enough(says: Threshold | Quorum, got: int, base: int) -> bool:
    if says.at_least is not None:
        if isinstance(says.at_least, int):
            return got >= says.at_least
        return base > 0 and Fraction(got, base) >= says.at_least
    assert says.more_than is not None
    if isinstance(says.more_than, int):
        return got > says.more_than
    return base > 0 and Fraction(got, base) > says.more_than


def _condition(says: Condition, base: Sequence[Voter], held: Held) -> bool:
    if says.all is not None:
        return all(_condition(part, base, held) for part in says.all)
    if says.any is not None:
        return any(_condition(part, base, held) for part in says.any)
    if says.not_ is not None:
        return not _condition(says.not_, base, held)
    if says.several is not None:
        return len([part for part in says.several.of if _condition(part, base, held)]) >= says.several.number
    if says.veto is not None:
        own = [v for v in base if says.veto.class_ is None or says.veto.class_ in v.classes]
        return not any(held[v.id] in says.veto.on for v in own)
    if says.no_objection is not None:
        return len([v for v in base if held[v.id] == "no"]) <= says.no_objection.minus
    assert says.threshold is not None
    return _threshold(says.threshold, base, held)


def _threshold(says: Threshold, base: Sequence[Voter], held: Held) -> bool:
    own = [v for v in base if held[v.id] != "voteless"]
    tallied = [
        v for v in own if held[v.id] in says.tally or ("not yes" in says.tally and held[v.id] != "yes")
    ]
    of = {
        "members": base,
        "entitled": own,
        "present": [v for v in own if held[v.id] != "absent"],
        "voting": [v for v in own if held[v.id] in {"yes", "no"}],
        None: base,
    }[says.of]
    return _enough(says, _weigh(says, tallied), _weigh(says, of))


def whatever(rule: Rule, voters: Sequence[Voter], ballots: Mapping[str, str]) -> bool | None:
    """The same where some ballots are not recorded: None where it hangs on them."""
    missing = [v.id for v in voters if v.id not in ballots]
    found = {
        carried(rule, voters, {**ballots, **dict(zip(missing, world, strict=True))})
        for world in product(FREE, repeat=len(missing))
    }
    return found.pop() if len(found) == 1 else None


def blocking_groups(rule: Rule, voters: Sequence[Voter]) -> Iterator[frozenset[str]]:
    """Every group whose noes stop what all others say yes to, and no part of which does."""
    names = [v.id for v in voters]
    found: list[frozenset[str]] = []
    for size in range(len(names) + 1):
        for group in map(frozenset, combinations(names, size)):
            ballots = {name: "no" if name in group else "yes" for name in names}
            if not any(part <= group for part in found) and not carried(rule, voters, ballots):
                found.append(group)
                yield group
