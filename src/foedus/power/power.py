"""Who has how much power in a game: the method is chosen from the shape of its rule, and named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from foedus.power import boxes, by_class, halves, indices, integral, minimal
from foedus.power.game import Game, Gate, Rule, Threshold, dual
from foedus.power.indices import INDICES, Index
from foedus.power.refusals import refused
from foedus.power.tally import Critical, Progress, Tally, Totals, silent

Number = Fraction | float
BY_CLASS = "voters alike counted by class"
SORTED = "meet in the middle, sorted by weight"
PAIRED = "meet in the middle, every pair asked"
TABLE = "a table of sizes by weights"
ROW = "a row of weights, modulo coprime numbers"
INTEGRAL = "Owen's integral, with as many nodes as its degree asks"
HELD = "every group looked at"
ORDERED = "minimal groups by their lightest member"
_NEEDS_TALLY: frozenset[Index] = frozenset({"shapley-shubik"})
_NEEDS_MINIMAL: frozenset[Index] = frozenset({"deegan-packel", "holler", "johnston"})


@dataclass(frozen=True, slots=True)
class Power:
    """What was reckoned of a game.

    `of`: by index, each voter's in order; fractions where exact, floats where `within` says within how much.
    `methods`: how each was reckoned. `unreached`: of those asked for, why not.
    `carrying`, `blocking`: of all groups, how many carry, and how many others cannot carry against.
    `dummies` and `dictator` are not known where `carrying` is not.
    `minimal`, `minimal_blocking`: of those, the ones that can do without nobody; None where not reckoned.
    """

    voters: tuple[str, ...]
    of: Mapping[Index, tuple[Number, ...]]
    methods: Mapping[Index, str]
    within: Mapping[Index, float]
    unreached: Mapping[Index, str]
    carrying: int | None
    minimal: int | None
    minimal_blocking: int | None
    dummies: tuple[str, ...]
    vetoers: tuple[str, ...]
    dictator: str | None

    @property
    def blocking(self) -> int | None:
        """Groups without which the others fail."""
        return None if self.carrying is None else int(2 ** len(self.voters) - self.carrying)

    @property
    def act(self) -> Fraction | None:
        """Coleman's power of the body to act: the share of all groups that carry."""
        return None if self.carrying is None else Fraction(self.carrying, 2 ** len(self.voters))


def power(game: Game, asked: Iterable[Index] = INDICES, progress: Progress = silent) -> Power:
    """The indices asked for, of a game; BadInput where none of them can be reckoned, with what would work."""
    sound(game)
    wanted = tuple(dict.fromkeys(asked))
    counts = _Counts(game, progress)
    of: dict[Index, tuple[Number, ...]] = {}
    methods: dict[Index, str] = {}
    within: dict[Index, float] = {}
    unreached: dict[Index, str] = {}
    for index in wanted:
        found = counts.index(index)
        if isinstance(found, str):
            unreached[index] = found
            continue
        of[index], methods[index], error = found
        if error is not None:
            within[index] = error
    if not of:
        raise refused(*dict.fromkeys(unreached.values()))
    least = not _NEEDS_MINIMAL.isdisjoint(wanted)
    return Power(
        game.voters, of, methods, within, unreached,
        counts.carrying,
        sum(counts.critical[0].smallest) if least and counts.critical else None,
        counts.blocking if least else None,
        tuple(counts.dummies()),
        vetoers(game),
        next((v for at, v in enumerate(game.voters) if _dictates(game, at)), None),
    )  # fmt: skip


class _Counts:
    """What the indices of one game are reckoned from, each counted when first asked for."""

    def __init__(self, game: Game, progress: Progress) -> None:
        self.game, self.progress = game, progress

    @cached_property
    def tally(self) -> tuple[Tally, str] | None:
        game, box = self.game, boxes.box(self.game)
        if by_class.cells(game) <= by_class.MOST_CELLS:
            return by_class.tally(game), BY_CLASS
        if halves.sortable(game):
            return halves.tally_sorted(game, self.progress), SORTED
        if box is not None and box.cells <= boxes.MOST_CELLS:
            return boxes.tally(game, box, self.progress), TABLE
        if game.size <= halves.MOST_PAIRED and halves.fits(game):
            return halves.tally_paired(game, self.progress), PAIRED
        return None

    @cached_property
    def totals(self) -> tuple[Totals, str] | None:
        game, box = self.game, boxes.box(self.game)
        quick = by_class.cells(game) <= by_class.MOST_CELLS or halves.sortable(game)
        if not quick and isinstance(game.rule, Threshold) and box is not None and box.most < boxes.MOST_STEPS:
            return boxes.totals(game, box, self.progress), ROW
        if self.tally is None:
            return None
        tally, method = self.tally
        return Totals(tally.size, tally.total, tuple(sum(row) for row in tally.within)), method

    @cached_property
    def critical(self) -> tuple[Critical, str] | None:
        return _critical(self.game, self.progress)

    @property
    def carrying(self) -> int | None:
        return None if self.totals is None else self.totals[0].total

    @property
    def blocking(self) -> int | None:
        """How many groups can block and do without nobody: those that carry in the dual game."""
        found = _critical(dual(self.game), self.progress)
        return None if found is None else sum(found[0].smallest)

    def index(self, index: Index) -> tuple[tuple[Number, ...], str, float | None] | str:
        """An index, how it was reckoned, and within how much where not exact; or why it cannot be."""
        if index in _NEEDS_MINIMAL:
            if self.critical is None:
                return _no_minimal(self.game)
            groups, method = self.critical
            reckon = {"deegan-packel": indices.deegan_packel, "holler": indices.holler}
            return reckon.get(index, indices.johnston)(groups), method, None
        if index in _NEEDS_TALLY:
            return self._shapley()
        if self.totals is None:
            return _no_tally(self.game)
        totals, method = self.totals
        swings = [totals.swings(at) for at in range(self.game.size)]
        match index:
            case "banzhaf":
                return indices.shared(swings), method, None
            case "banzhaf-absolute":
                return indices.banzhaf_absolute(swings), method, None
            case "coleman-prevent":
                return indices.coleman_prevent(swings, totals.total), method, None
            case _:
                return indices.coleman_initiate(swings, totals.total), method, None

    def _shapley(self) -> tuple[tuple[Number, ...], str, float | None] | str:
        rule = self.game.rule
        if self.tally is not None:
            tally, method = self.tally
            return indices.shapley_shubik(tally), method, None
        if isinstance(rule, Threshold) and rule.total < integral.MOST_STEPS:
            found, error = integral.shapley(rule, self.progress)
            return found, INTEGRAL, error
        return _no_tally(self.game)

    def dummies(self) -> Iterable[str]:
        if self.totals is None:
            return ()
        totals = self.totals[0]
        return (v for at, v in enumerate(self.game.voters) if totals.swings(at) == 0)


def _critical(game: Game, progress: Progress) -> tuple[Critical, str] | None:
    if by_class.cells(game) <= by_class.MOST_CELLS:
        return by_class.critical(game), BY_CLASS
    if minimal.reachable(game):
        return minimal.critical(game, progress), ORDERED
    if game.size <= halves.MOST_HELD and halves.fits(game):
        return halves.critical(game, progress), HELD
    return None


def vetoers(game: Game) -> tuple[str, ...]:
    """Who can stop it alone."""
    everyone = range(game.size)
    return tuple(v for at, v in enumerate(game.voters) if not game.carried([p for p in everyone if p != at]))


def _dictates(game: Game, at: int) -> bool:
    return game.carried([at]) and not game.carried([p for p in range(game.size) if p != at])


def sound(game: Game) -> None:
    """BadInput where the game has no voter, carries with no vote, or does not carry even with all."""
    if not game.voters:
        raise refused(
            "Nobody is entitled to vote, so nobody has power. Ask on a day on which there are members."
        )
    if game.carried([]):
        raise refused("The rule carries with no vote at all, so nobody has power. A quota must be above 0.")
    if not game.carried(range(game.size)):
        needed = _needed(game.rule)
        raise refused(
            f"Not even all together carry: {needed}. A quota must be no more than the sum of the weights."
        )


def _needed(rule: Rule) -> str:
    if isinstance(rule, Gate):
        return "; ".join(dict.fromkeys(_needed(part) for part in rule.of))
    return f"{rule.quota} of {rule.total} are asked for"


def _no_tally(game: Game) -> str:
    return (
        f"No exact method reaches {game.size} voters of {len(game.classes)} kinds under this rule. "
        f"What works: up to {halves.MOST_SORTED} voters, weights that add up to less, voters that weigh the same; "
        "or figures by sampling, where asked for."
    )


def _no_minimal(game: Game) -> str:
    return (
        f"Minimal groups of {game.size} voters of {len(game.classes)} kinds are too many to count under this rule. "
        f"What works: up to {halves.MOST_HELD} voters, one threshold of up to {boxes.EXACT} voters, voters that weigh "
        "the same; or another index."
    )
