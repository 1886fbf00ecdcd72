"""What clingo finds in every world: for each day, all the answers that some world gives, and what is said of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from clingo import Control, Symbol, SymbolType

from tests.by_clingo.facts import day_of, facts

PROGRAM = Path(__file__).with_name("article-13.lp")
# What holds in some world is what is asked for; the rest makes worlds that differ much be tried first, and always the same
HOW = ("0", "--enum-mode=brave", "--rand-freq=0.2", "--sign-def=pos", "--seed=1")
NOBODY = ("nobody", "nobody")

Of = tuple[str, str]  # ("status", a state), ("seat", a state) or ("chair", "chair")
Who = tuple[str, str]  # a state and what it is or who speaks for it


class Answers(NamedTuple):
    """By what is asked about and the day: who it may be, on what authority, and how the answer stands."""

    possible: Mapping[tuple[Of, date], frozenset[Who]]
    authority: Mapping[date, frozenset[str]]
    said: frozenset[tuple[str, Of, date]]

    def status(self, of: Of, day: date) -> str:
        """By the exact meanings, in their order; whether the rule is in force is asked first, elsewhere."""
        found = self.possible[of, day]
        if ("contested", of, day) in self.said and len(found) > 1:
            return "contested"
        if ("unknown", of, day) in self.said:
            return "unknown"
        if len(found) > 1:
            return "uncertain"
        return "vacant" if found == {NOBODY} else "certain"


def answers(folder: Path) -> Answers:
    """The answers of an organisation's folder."""
    possible: dict[tuple[Of, date], set[Who]] = defaultdict(set)
    authority: dict[date, set[str]] = defaultdict(set)
    said: set[tuple[str, Of, date]] = set()
    for atom in _solved(facts(folder)):
        day, *rest = map(_read, atom.arguments)
        on = day_of(int(day))
        match atom.name, rest:
            case "chairs", [state, person, says]:
                possible[("chair", "chair"), on].add((state, person))
                authority[on].add(says)
            case (("status" | "seat"), [state, who]):
                possible[(atom.name, state), on].add(NOBODY if who == "nobody" else (state, who))
            case (("contested" | "unknown"), [what, whose]):
                said.add((atom.name, (what, whose), on))
            case _:
                raise AssertionError(atom)
    return Answers(
        {key: frozenset(found) for key, found in possible.items()},
        {day: frozenset(found) for day, found in authority.items()},
        frozenset(said),
    )


def _solved(told: str) -> Iterable[Symbol]:
    """All that is shown in some world."""
    control = Control(list(HOW))
    control.add("base", [], told + PROGRAM.read_text())
    control.ground([("base", [])])
    found: Iterable[Symbol] = ()
    with control.solve(yield_=True) as handle:
        for model in handle:
            found = model.symbols(shown=True)
        assert handle.get().exhausted
    assert found, "there is no world"
    return found


def _read(symbol: Symbol) -> str:
    if symbol.type is SymbolType.String:
        return symbol.string
    return str(symbol)
