"""Decisions at scale, printed beside their targets: one by one, and all roll calls of a folder in columns.

    python -m bench.decisions [UNGA-FOLDER]

One by one: votes of a council of five permanent members and ten others, the outcome alone and with all reasons. In columns:
every position of a folder of roll calls by a simple majority and by two thirds of those voting, with the memory it took.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from foedus.decisions import columns
from foedus.decisions.ballots import CHOICES
from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.electorate import Voter
from foedus.decisions.rule import Rule
from foedus.decisions.verdict import judged
from foedus.decisions.words import reason
from foedus.rollcalls.roll_calls import RollCalls, roll_calls
from foedus.rollcalls.tables import read

VOTES = 100_000
SIMPLE: Mapping[str, Any] = {"threshold": {"more than": "1/2", "of": "voting"}}
TWO_THIRDS: Mapping[str, Any] = {"threshold": {"at least": "2/3", "of": "voting"}}


def main() -> None:
    print(f"  {'what':58} {'target':>14} {'measured':>12}")
    _one_by_one()
    if len(sys.argv) > 1:
        _in_columns(Path(sys.argv[1]))


def _one_by_one() -> None:
    rule = Rule.model_validate(
        {"decide": {"all": ({"threshold": {"at least": 9}}, {"veto": {"class": "permanent"}})}}
    )
    names = [f"P{n}" for n in range(5)] + [f"E{n}" for n in range(10)]
    chamber = assemble(
        rule, [Voter(n, frozenset({"permanent" if n[0] == "P" else "elected"})) for n in names]
    )
    dice = random.Random(1)  # noqa: S311 - no secret
    ballots = [{n: dice.choice(("yes", "yes", "yes", "no", "abstain")) for n in names} for _ in range(VOTES)]
    begun = time.perf_counter()
    for each in ballots:
        chamber.carried(each)
    _told("votes of fifteen a second, the outcome alone", "50,000", VOTES / (time.perf_counter() - begun))
    begun, some = time.perf_counter(), ballots[:10_000]
    for each in some:
        reason(judged(chamber, each))
    _told("the same with the full reason", "5,000", len(some) / (time.perf_counter() - begun))


def _in_columns(folder: Path) -> None:
    begun = time.perf_counter()
    tables = [
        table
        for path in sorted(folder.iterdir())
        if path.suffix in {".csv", ".parquet"}
        for table in read(path.name, path.read_bytes())
    ]
    calls = roll_calls(tables)
    del tables
    loaded = time.perf_counter() - begun
    begun = time.perf_counter()
    found = {name: judge(calls, says) for name, says in (("simple", SIMPLE), ("2/3", TWO_THIRDS))}
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {len(calls.choice):,} positions in {len(calls.votes):,} votes, read in {loaded:.2f} s")
    print(f"  carried: {', '.join(f'{name} {outcomes.count(True):,}' for name, outcomes in found.items())}")
    _told("seconds to judge all by both majorities", "2", spent)
    _told("MB at most, reading included", "600", peak)


def judge(calls: RollCalls, decide: Mapping[str, Any]) -> list[bool | None]:
    """What came of every roll call, of those listed in it."""
    chamber = everyone(calls, decide)
    seats = np.full((len(calls.votes), len(calls.members)), CHOICES.index("absent"), dtype=np.uint8)
    seats[calls.vote, calls.member] = calls.choice
    return columns.carried(chamber, columns.letters(chamber, seats))


def everyone(calls: RollCalls, decide: Mapping[str, Any]) -> Chamber:
    """A chamber of all who ever voted."""
    return assemble(Rule.model_validate({"decide": dict(decide)}), [Voter(name) for name in calls.members])


def _told(what: str, target: str, found: float) -> None:
    print(f"  {what:58} {target:>14} {found:12,.2f}")


if __name__ == "__main__":
    main()
