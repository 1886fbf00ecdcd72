"""The Security Council's record as facts for clingo, read from its files by themselves: nothing of Foedus is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from clingo import Control
from ruamel.yaml import YAML

PROGRAM = Path(__file__).with_name("rule-18.lp")
START = date(2000, 1, 1)  # the month whose turn all later ones are reckoned from


class Answers(NamedTuple):
    """Who sat on which day; whose turn each month was since January 2000, by its first day; and in which months the record
    has another's.
    """

    sat: set[tuple[str, date]]
    turns: dict[date, str]
    out_of_turn: set[date]


def answers(folder: Path, end: date) -> Answers:
    """All of them, until `end`."""
    control = Control()
    control.add("base", [], "\n".join(_facts(folder, end)) + PROGRAM.read_text())
    control.ground([("base", [])])
    told = Answers(set(), {}, set())
    with control.solve(yield_=True) as handle:
        (found,) = ([*model.symbols(shown=True)] for model in handle)
    for atom in found:
        number, *state = atom.arguments
        match atom.name:
            case "sits":
                told.sat.add((state[0].string, date.fromordinal(number.number)))
            case "president":
                told.turns[_month(number.number)] = state[0].string
            case _:
                told.out_of_turn.add(_month(number.number))
    return told


def _facts(folder: Path, end: date) -> Iterator[str]:
    months = (end.year - START.year) * 12 + end.month
    yield from (f"first_day({m},{_month(m).toordinal()})." for m in range(months))
    names: list[tuple[str, str, int]] = []
    for file in sorted((folder / "record").glob("*.yaml")):
        for e in YAML(typ="base", pure=True).load(file.read_text())["entries"]:
            assert "corrects" not in e
            match e["kind"]:
                case "membership":
                    until = _first(e["until"]) if "until" in e else end.toordinal()
                    yield f'party("{e["party"]}",{_first(e["from"])},{min(until, end.toordinal())}).'
                case "state-name":
                    names.append((_plain(e["name"]), e["state"], _first(e["from"])))
                case "turn":
                    yield from _turn(e)
    ranks = {name: rank for rank, name in enumerate(sorted({name for name, _, _ in names}))}
    yield from (f'name("{state}",{ranks[name]},{day}).' for name, state, day in names)


def _turn(e: Mapping[str, Any]) -> Iterator[str]:
    year, month = (int(part) for part in e["on"].split("-")[:2])
    if year >= START.year:
        yield f'turn({(year - START.year) * 12 + month - 1},"{e["held by"]}").'


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _month(number: int) -> date:
    return date(START.year + number // 12, number % 12 + 1, 1)


def _first(written: str) -> int:
    """The first day that a day or a year may mean; no month is written, nor a range."""
    return date.fromisoformat(written if "-" in written else f"{written}-01-01").toordinal()
