"""The tree of conditions, bound to the members on a day: whether each holds of their positions, and by how much.

Every leaf is a sum. A member of weight w adds w where its position is tallied; a share of a base takes away that share of
w where its position is in the base. So the leaf holds where what was got, less what was needed, is not below nought. All
of it is in whole numbers: a share p/q is taken by multiplying with q.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foedus.decisions.ballots import (
    AFAR,
    ENTITLED,
    PRESENT,
    TALLIES,
    UNKNOWN,
    VOTELESS,
    VOTING,
)
from foedus.decisions.electorate import Seated
from foedus.decisions.rule import COUNT, Condition, Fewest, NoObjection, Quorum, Threshold, Veto
from foedus.decisions.shares import Amount

Holds = Callable[[bytes], bool]
BASES: Mapping[str, frozenset[int]] = {
    "members": ENTITLED | {VOTELESS},
    "entitled": ENTITLED,
    "present": PRESENT,
    "voting": VOTING,
}
MISSING = frozenset({UNKNOWN})


@dataclass(frozen=True, slots=True)
class Measured:
    """What a leaf came to: got against needed, and of what; `holds` None where it hangs on ballots not recorded."""

    leaf: Leaf
    got: int
    base: int | None
    needed: Amount
    holds: bool | None

    @property
    def margin(self) -> Amount:
        """By how much what was got is above what was needed; below nought where short. Of a leaf that forbids (a veto, an
        objection) what was got is what stands against it, and what was needed the most that may.
        """
        return self.needed - self.got if self.leaf.forbids else self.got - self.needed


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sum over the members. `weights` are in the order of the voters, 0 where a voter is not within the class."""

    says: Threshold | Veto | NoObjection | Quorum
    weights: tuple[int, ...]
    tally: frozenset[int]
    base: frozenset[int] | None
    needed: Amount
    strict: bool
    forbids: bool = False  # then no more than `needed` may be got

    def holds(self, positions: bytes) -> bool:
        """Whether it holds of positions that are all known."""
        got = self._sum(positions, self.tally)
        if self.base is None:
            return got <= self.needed if self.forbids else got > self.needed - (not self.strict)
        base = self._sum(positions, self.base)
        if not base:
            return False  # a share of nothing is never reached
        over = got * self.needed.denominator - base * self.needed.numerator
        return over > 0 if self.strict else over >= 0

    def _sum(self, positions: bytes, of: frozenset[int]) -> int:
        return sum([w for w, at in zip(self.weights, positions, strict=False) if at in of])

    def compiled(self) -> Holds:
        """`holds`, quickly: letters are counted where each member counts for one."""
        if self.base is not None or not set(self.weights) <= {0, 1}:
            return self.holds
        if 0 in self.weights:
            return self._of_class()
        needed = int(self.needed) + self.strict
        letters = tuple(self.tally)
        if len(letters) == 1 and not self.forbids:
            (letter,) = letters
            return lambda positions: positions.count(letter) >= needed
        if self.forbids:
            most = int(self.needed)
            return lambda positions: sum([positions.count(at) for at in letters]) <= most
        return lambda positions: sum([positions.count(at) for at in letters]) >= needed

    def _of_class(self) -> Holds:
        """`holds` where only some members count, each for one."""
        of = tuple(place for place, weight in enumerate(self.weights) if weight)
        tally, needed, most = self.tally, int(self.needed) + self.strict, int(self.needed)
        if self.forbids and not most:
            return lambda positions: tally.isdisjoint([positions[place] for place in of])
        if self.forbids:
            return lambda positions: sum([positions[place] in tally for place in of]) <= most
        return lambda positions: sum([positions[place] in tally for place in of]) >= needed

    def settles(self, positions: bytes, may_be: Sequence[frozenset[int]]) -> bool | None:
        """Whether it holds whatever the unrecorded ballots are; None where it hangs on them."""
        if UNKNOWN not in positions:
            return self.holds(positions)
        low, high, known = 0, 0, 0
        for weight, at, may in zip(self.weights, positions, may_be, strict=True):
            worth = [self._worth(weight, each) for each in (may if at == UNKNOWN else (at,))]
            low, high = low + min(worth), high + max(worth)
            known += weight * (self.base is not None and at in self.base)
        least = self._bound()
        if self.forbids:
            low, high, least = -high, -low, -least
        if high < least:
            return False
        sure = low >= least and (self.base is None or known > 0)
        return True if sure else None

    def _worth(self, weight: int, at: int) -> int:
        """What a member of a weight adds, times the share's lower part."""
        if self.base is None:
            return weight * (at in self.tally)
        parts = self.needed
        return weight * ((at in self.tally) * parts.denominator - (at in self.base) * parts.numerator)

    def _bound(self) -> int:
        """What the sum of `_worth` must be at least; where it forbids, at most."""
        return int(self.strict) if self.base is not None else int(self.needed) + self.strict

    def worth(self, index: int, position: int) -> int:
        """What one voter in a position adds to the sum that must reach `bound` (below it, where it `forbids`)."""
        return self._worth(self.weights[index], position)

    @property
    def bound(self) -> int:
        """The sum of all `worth`s that the leaf asks for: at least, or at most where it `forbids`."""
        return self._bound()

    def measured(self, positions: bytes, may_be: Sequence[frozenset[int]]) -> Measured:
        """What it came to, of the ballots that are recorded."""
        got, holds = self._sum(positions, self.tally), self.settles(positions, may_be)
        if self.base is None:
            return Measured(self, got, None, self.needed, holds)
        base = self._sum(positions, self.base)
        return Measured(self, got, base, self.needed * base, holds)

    def leaves(self) -> Iterator[Leaf]:
        """Itself."""
        yield self


@dataclass(frozen=True, slots=True)
class Some:
    """So many of the parts hold: `all` and `any` are the ends of it."""

    number: int
    parts: tuple[Node, ...]

    def holds(self, positions: bytes) -> bool:
        """Whether enough of the parts hold of positions that are all known."""
        return sum(part.holds(positions) for part in self.parts) >= self.number

    def compiled(self) -> Holds:
        """`holds`, quickly."""
        parts = tuple(part.compiled() for part in self.parts)
        if self.number == len(parts) == 2:
            one, other = parts
            return lambda positions: one(positions) and other(positions)
        if self.number == len(parts):
            return lambda positions: all(part(positions) for part in parts)
        return lambda positions: sum([part(positions) for part in parts]) >= self.number

    def settles(self, positions: bytes, may_be: Sequence[frozenset[int]]) -> bool | None:
        """Whether it holds whatever the unrecorded ballots are; None where it may hang on them."""
        found = [part.settles(positions, may_be) for part in self.parts]
        if found.count(True) >= self.number:
            return True
        return False if len(found) - found.count(False) < self.number else None

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf beneath, in order."""
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node

    def holds(self, positions: bytes) -> bool:
        """Whether the part fails of positions that are all known."""
        return not self.part.holds(positions)

    def compiled(self) -> Holds:
        """`holds`, quickly."""
        part = self.part.compiled()
        return lambda positions: not part(positions)

    def settles(self, positions: bytes, may_be: Sequence[frozenset[int]]) -> bool | None:
        """Whether it holds whatever the unrecorded ballots are; None where it may hang on them."""
        found = self.part.settles(positions, may_be)
        return None if found is None else not found

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf beneath, in order."""
        yield from self.part.leaves()


Node = Leaf | Some | Not


def bind(says: Condition, seats: Seated) -> Node:
    """A condition bound to those who decide. KeyError-free: weights were checked (see `chamber.faults`)."""
    if says.all is not None:
        return Some(len(says.all), tuple(bind(part, seats) for part in says.all))
    if says.any is not None:
        return Some(1, tuple(bind(part, seats) for part in says.any))
    if says.several is not None:
        return Some(says.several.number, tuple(bind(part, seats) for part in says.several.of))
    if says.not_ is not None:
        return Not(bind(says.not_, seats))
    if says.threshold is not None:
        return _threshold(says.threshold, seats)
    if says.veto is not None:
        barred = frozenset[int]().union(*(TALLIES[on] for on in says.veto.on))
        return Leaf(
            says.veto, weights(seats, COUNT, says.veto.class_), barred, None, 0, strict=False, forbids=True
        )
    assert says.no_objection is not None
    tally = TALLIES["no"] - ({AFAR} if says.no_objection.present_only else frozenset())
    most = says.no_objection.minus
    return Leaf(says.no_objection, weights(seats, COUNT), tally, None, most, strict=False, forbids=True)


def bind_quorum(says: Quorum, seats: Seated) -> Leaf:
    """A quorum bound to those who decide: its tally is who is there."""
    amount = says.at_least if says.at_least is not None else says.more_than
    assert amount is not None
    base = None if isinstance(amount, int) else BASES[says.of]
    own = weights(seats, says.by, says.within)
    return Leaf(says, own, PRESENT, base, amount, strict=says.at_least is None)


def weights(seats: Seated, by: str, within: str | None = None) -> tuple[int, ...]:
    """The weight of each voter, in order; 0 outside a class, and where its weight left the total."""
    found = []
    for voter in seats.counted:
        inside = within is None or within in voter.classes
        left = by != COUNT and voter.id in seats.weightless
        found.append(0 if not inside or left else 1 if by == COUNT else voter.weights[by])
    return tuple(found)


def _threshold(says: Threshold, seats: Seated) -> Leaf:
    own = weights(seats, says.by, says.within)
    tally = frozenset[int]().union(*(TALLIES[each] for each in says.tally))
    if says.at_least_fewest is not None:
        return Leaf(says, own, tally, None, fewest(says.at_least_fewest, seats), strict=False)
    amount = says.at_least if says.at_least is not None else says.more_than
    assert amount is not None
    base = None if says.of is None else BASES[says.of]
    tally = tally if base is None else tally & base
    return Leaf(says, own, tally, base, amount, strict=says.at_least is None)


def fewest(says: Fewest, seats: Seated) -> int:
    """The fewest members that together hold more than a share of a weight, and so many plus."""
    heaviest = sorted(weights(seats, says.by), reverse=True)
    bar, held = says.holding_more_than * sum(heaviest), 0
    for number, weight in enumerate(heaviest, 1):
        held += weight
        if held > bar:
            return number + says.plus
    return len(heaviest) + says.plus


def failing(
    node: Node, positions: bytes, may_be: Sequence[frozenset[int]], *, wanted: bool = True
) -> Iterator[Leaf]:
    """The leaves through which a node does not hold (does, where that is not wanted), or through which it may not."""
    if node.settles(positions, may_be) is wanted:
        return
    match node:
        case Leaf():
            yield node
        case Not():
            yield from failing(node.part, positions, may_be, wanted=not wanted)
        case Some():
            for part in node.parts:
                yield from failing(part, positions, may_be, wanted=wanted)


def sides(node: Node, *, wanted: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Every leaf beneath, and whether it is wanted that it holds: beneath a `not` it is not."""
    match node:
        case Leaf():
            yield node, wanted
        case Not():
            yield from sides(node.part, wanted=not wanted)
        case Some():
            for part in node.parts:
                yield from sides(part, wanted=wanted)


def monotone(node: Node, *, up: bool = True) -> bool:
    """Whether a member that turns to yes, from whatever it was, can never turn the node from holding to not."""
    match node:
        case Not():
            return monotone(node.part, up=not up)
        case Some():
            return all(monotone(part, up=up) for part in node.parts)
        case Leaf():
            rises = node.forbids is not up
            return _turning_to_yes(node, rises=rises)


def _turning_to_yes(leaf: Leaf, *, rises: bool) -> bool:
    if not rises and leaf.base is not None and not (leaf.tally <= leaf.base and leaf.needed > 0):
        return False  # of an empty base it does not hold, and the first yes may let it
    sign = 1 if rises else -1
    moved: Collection[int] = ENTITLED
    yes = leaf._worth(1, next(iter(TALLIES["yes"])))  # noqa: SLF001 - of this file
    return all(sign * (yes - leaf._worth(1, at)) >= 0 for at in moved)  # noqa: SLF001
