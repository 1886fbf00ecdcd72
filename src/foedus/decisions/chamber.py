"""A rule bound to those who decide on a day: made once, then asked of any number of ballots.

`carried` is the quick answer, yes or no or not to be said; `outcome.outcome` is the answer with its reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from foedus.decisions.ballots import (
    CHOICES,
    UNKNOWN,
    YES,
    Table,
    possible,
    table,
    uniform,
)
from foedus.decisions.electorate import Seated, Voter, seated
from foedus.decisions.rule import COUNT, Condition, Quorum, Rule, Threshold
from foedus.decisions.tree import Leaf, Node, Some, bind, bind_quorum
from foedus.problems import BadInput, Problem, suggest

NOBODY_OBJECTS: Final = Condition.model_validate({"no objection": {}})
MOST_WORLDS = 20_000  # of unrecorded ballots, gone through one by one where no quicker way settles it


@dataclass(frozen=True, slots=True)
class Chamber:
    """Who decides, what their ballots count as, and the conditions bound to them."""

    rule: Rule
    seats: Seated
    voters: tuple[Voter, ...]
    tables: tuple[tuple[str, Table], ...]
    may_be: tuple[frozenset[int], ...]
    tree: Node
    quorum: tuple[Leaf, ...]  # at the vote
    opening: tuple[Leaf, ...]  # when the meeting opened
    judged: Node  # quorum at the vote and tree
    passes: Callable[[bytes], bool]  # whether that holds, of positions that are all known
    free: frozenset[str]  # whose ballots are never refused
    kinds: tuple[int, ...]  # of each voter: two of one kind count alike in every leaf

    def positions(self, ballots: Mapping[str, str]) -> bytes:
        """What the ballots count as, in the order of the voters. BadInput, with every fault, for ballots that are
        refused: of who is no member, of a choice that does not exist, of who is suspended.
        """
        try:
            found = uniform(self.tables, ballots)
        except (KeyError, TypeError):
            found = b""
        if not found or not ballots.keys() <= self.free:
            faults = [*ballot_faults(self, ballots)]
            if faults:
                raise BadInput(faults)
        return found

    def carried(self, ballots: Mapping[str, str]) -> bool | None:
        """Whether the ballots carry it, by quorum at the vote and tree; None where it hangs on ballots not recorded."""
        return self.settled(self.positions(ballots))

    def settled(self, positions: bytes, chair: int | None = None) -> bool | None:
        """The same of positions; `chair` is the place of who breaks a tie."""
        if UNKNOWN in positions:
            return self._whatever(positions, chair)
        if self.passes(positions):
            return True
        return self._tie_broken(positions, chair)

    def _tie_broken(self, positions: bytes, chair: int | None) -> bool:
        """A chair's second vote, where the rule gives it one and the votes are equal."""
        if chair is None or self.rule.tie != "chair" or positions[chair] != YES:
            return False
        if positions.count(YES) != sum(positions.count(letter) for letter in b"no"):
            return False
        return all(leaf.holds(positions) for leaf in self.quorum)

    def _whatever(self, positions: bytes, chair: int | None) -> bool | None:
        """What holds whatever the unrecorded ballots are, None where none does or too many worlds would be gone through."""
        if self.rule.tie != "chair":
            found = self.judged.settles(positions, self.may_be)
            if found is not None:
                return found
        open_ = [(i, self.may_be[i]) for i, at in enumerate(positions) if at == UNKNOWN]
        worlds = prod(len(may) for _, may in open_)
        seen: set[bool] = set()
        for ways in _corners(open_) if worlds > MOST_WORLDS else _worlds(open_):
            filled = bytearray(positions)
            for place, letter in ways:
                filled[place] = letter
            each = bytes(filled)
            seen.add(self.passes(each) or self._tie_broken(each, chair))
            if len(seen) > 1:
                return None
        return seen.pop() if worlds <= MOST_WORLDS else None

    def classes_of_equals(self, positions: bytes | None = None) -> tuple[tuple[int, ...], ...]:
        """The voters in groups of which every member counts alike in every leaf (and is in the same position)."""
        groups: dict[tuple[int, int], list[int]] = {}
        for i, kind in enumerate(self.kinds):
            groups.setdefault((kind, 0 if positions is None else positions[i]), []).append(i)
        return tuple(tuple(group) for group in groups.values())


Open = list[tuple[int, frozenset[int]]]  # places of ballots not recorded, and the positions each may be


def _worlds(open_: Open) -> Iterator[list[tuple[int, int]]]:
    places = [place for place, _ in open_]
    for letters in product(*(sorted(may) for _, may in open_)):
        yield list(zip(places, letters, strict=True))


def _corners(open_: Open) -> Iterator[list[tuple[int, int]]]:
    """All of them yes, all no, and so on: where two of these part, it hangs on them."""
    for letter in sorted(frozenset[int]().union(*(may for _, may in open_))):
        yield [(place, letter if letter in may else min(may)) for place, may in open_]


def _ids(voters: Iterable[Voter]) -> frozenset[str]:
    return frozenset(voter.id for voter in voters)


def assemble(
    rule: Rule, voters: Iterable[Voter], waived: Collection[str] = (), decide: Condition | None = None
) -> Chamber:
    """The rule bound to the members on a day. `decide` stands for the rule's own condition, for a stage of it. BadInput,
    with every fault, where a weight is missing or a number is above what exists.
    """
    members = tuple(voters)
    seats = seated(rule.electorate, members, waived)
    says = decide or rule.decide or NOBODY_OBJECTS
    faults = [*_faults(rule, says, seats, members)]
    if faults:
        raise BadInput(faults)
    tree = bind(says, seats)
    opening = tuple(bind_quorum(line, seats) for line in rule.quorum if line.at == "opening")
    quorum = tuple(bind_quorum(line, seats) for line in rule.quorum if line.at == "vote")
    kept: dict[object, Table] = {}
    tables = []
    for voter in seats.counted:
        voteless = voter.id in seats.voteless
        own = table(rule.ballots, voter, voteless=voteless)
        tables.append((voter.id, kept.setdefault(tuple(own.values()), own)))
    judged = Some(len(quorum) + 1, (*quorum, tree)) if quorum else tree
    return Chamber(
        rule,
        seats,
        seats.counted,
        tuple(tables),
        tuple(possible(own) for _, own in tables),
        tree,
        quorum,
        opening,
        judged,
        judged.compiled(),
        _ids(seats.counted) - suspended(seats),
        _kinds(judged, tables),
    )


def _kinds(judged: Node, tables: list[tuple[str, Table]]) -> tuple[int, ...]:
    leaves = [*judged.leaves()]
    kinds: dict[object, int] = {}
    return tuple(
        kinds.setdefault((id(own), *(leaf.weights[i] for leaf in leaves)), len(kinds))
        for i, (_, own) in enumerate(tables)
    )


def conditions(says: Condition) -> Iterator[Condition]:
    """A condition and all within it."""
    yield says
    several = says.several.of if says.several else ()
    for part in (*(says.all or ()), *(says.any or ()), *several, *([says.not_] if says.not_ else [])):
        yield from conditions(part)


def _faults(rule: Rule, says: Condition, seats: Seated, members: tuple[Voter, ...]) -> Iterator[Problem]:
    """Weights that are missing, and numbers above what exists."""
    if not members:
        yield Problem("members", 0, "Nobody is entitled to decide.", "Name the members on that day.")
        return
    doubled = (
        sorted({v.id for v in members if sum(o.id == v.id for o in members) > 1})
        if len(_ids(members)) < len(members)
        else []
    )
    for name in doubled:
        yield Problem("members", 0, f"“{name}” is named twice among the members.", "Name it once.")
    every = _amounts(rule, says)
    for by in sorted(_weights_named(every)):
        lacking = [v.id for v in seats.counted if by not in v.weights and v.id not in seats.weightless]
        if lacking:
            shown = ", ".join(lacking[:8]) + (", …" if len(lacking) > 8 else "")
            what = f"The weight “{by}” is not on file on that day for {shown}."
            yield Problem("weights", 0, what, "Give it, with the dates from and until which it holds.")
    yield from _above(every, members)


def _amounts(rule: Rule, says: Condition) -> list[Threshold | Quorum]:
    return [*(c.threshold for c in conditions(says) if c.threshold is not None), *rule.quorum]


def weights_of(rule: Rule) -> set[str]:
    """The weights that a rule's condition and its quorum name."""
    return _weights_named(_amounts(rule, rule.decide)) if rule.decide else set()


def _weights_named(every: Iterable[Threshold | Quorum]) -> set[str]:
    named = {line.by for line in every}
    named |= {
        line.at_least_fewest.by for line in every if isinstance(line, Threshold) and line.at_least_fewest
    }
    return named - {COUNT}


def _above(every: Iterable[Threshold | Quorum], members: tuple[Voter, ...]) -> Iterator[Problem]:
    for line in every:
        bound = line.at_least if line.at_least is not None else line.more_than
        if not isinstance(bound, int) or (line.within is None and len(members) == 0):
            continue
        inside = [v for v in members if line.within is None or line.within in v.classes]
        there = sum(1 if line.by == COUNT else v.weights.get(line.by, 0) for v in inside)
        if bound + (line.more_than is not None) > there:
            what = f"The rule asks for {bound:,} where there are {there:,} in all: it can never be met."
            yield Problem("rule", 0, what, "Look at the rule in force on that day, and at who was a member.")


def ballot_faults(chamber: Chamber, ballots: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong with ballots: who may not cast one, and choices that do not exist."""
    known = _ids(chamber.voters) | {e.voter.id for e in chamber.seats.excluded}
    barred = suspended(chamber.seats)
    for voter, choice in ballots.items():
        if voter not in known:
            what = f"“{voter}” has no vote here: it is not a member on that day."
            yield Problem("ballots", 0, what, suggest(voter, known))
        elif choice not in CHOICES:
            yield Problem("ballots", 0, f"“{choice}” ({voter}) is no ballot.", suggest(str(choice), CHOICES))
        elif voter in barred and choice not in {"absent", "silent"}:
            what = f"“{voter}” is suspended on that day and casts no ballot."
            yield Problem("ballots", 0, what, "Leave its ballot out, or give it as absent.")


def suspended(seats: Seated) -> frozenset[str]:
    """Who is excluded for being suspended: a ballot of theirs is a mistake, and refused."""
    return frozenset(e.voter.id for e in seats.excluded if e.by.status == "suspended")
