"""Power indices beside the two packages that reckon them: the same game, answers compared, then times and ratios.

Run with `python -m bench.power [FUND.csv]`: the file is a table with a column `votes`, of a fund's members; where none
is given, a made-up fund of 190 members takes its place. `powerindex` and `powerindices` are tried where installed.
"""

from __future__ import annotations

import csv
import resource
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from foedus.power import Game, Index, Threshold, all_of, any_of, power, weighted

EEC = (4, 4, 4, 2, 2, 1)
COLLEGE = (
    54, 40, 30, 28, 19, 19, 17, 16, 16, 15, 14, 13, 12, 11, 11, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 8, 8, 7, 7,
    6, 6, 6, 6, 6, 6, 5, 5, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3,
)  # fmt: skip


def main() -> None:
    fund = _fund()
    n = len(fund)
    half, most = sum(fund) // 2 + 1, -(-85 * sum(fund) // 100)
    amendment = _game(all_of(Threshold(fund, most), Threshold((1,) * n, -(-3 * n // 5))))
    council = _game(all_of(Threshold((1,) * 5 + (0,) * 10, 5), Threshold((1,) * 15, 9)))
    print(f"{'what':58} {'seconds':>8}  peak MB so far")
    _timed("15 members, 9 votes, 5 vetoes: all indices", lambda: power(council))
    _timed("27 members, two thresholds and a clause: three indices", lambda: power(_union(27), _THREE))
    _timed("28 members, the same", lambda: power(_union(28), _THREE))
    _timed("51 members, 538 votes: all indices", lambda: weighted(COLLEGE, 270))
    ours = _timed(f"{n} members: Banzhaf, exact", lambda: weighted(fund, half, indices=["banzhaf"]))
    found = _timed(f"{n} members: Shapley-Shubik", lambda: weighted(fund, half, indices=["shapley-shubik"]))
    print(f"    sum of shares within {found.within.get('shapley-shubik', 0):.1e} of one")
    _timed(f"{n} members, 85 % and three fifths of them: exact", lambda: power(amendment, _THREE))
    _beside_the_other()
    _beside(fund, half, ours)


_THREE: tuple[Index, ...] = ("shapley-shubik", "banzhaf", "coleman-prevent")


def _timed(what: str, run: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    found = run()
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:58} {spent:8.3f}  {peak}", flush=True)
    return found


def _beside(fund: Sequence[int], half: int, ours: Any) -> None:
    """The peer that reckons one quota, on the first six states of 1958 for its answer, and on the fund for its time."""
    try:
        peer = import_module("powerindex")
    except ImportError:
        print("powerindex is not installed: no ratio")
        return
    small = peer.Game(12, list(EEC))
    small.calc_banzhaf()
    same = [round(float(x), 9) for x in weighted(EEC, 12, indices=["banzhaf"]).of["banzhaf"]]
    print("powerindex, six members of 1958: the same answer:", [round(x, 9) for x in small.banzhaf] == same)
    if "--long" not in sys.argv:
        print("powerindex, the fund: some five minutes and 1 GB; run with --long")
        return
    large = peer.Game(half, list(fund))
    _timed("powerindex, the fund: Banzhaf", large.calc_banzhaf)
    worst = max(abs(a - float(b)) for a, b in zip(large.banzhaf, ours.of["banzhaf"], strict=True))
    print(f"    largest difference between the two answers: {worst:.1e}")


def _beside_the_other() -> None:
    """The peer that counts in machine numbers: right for six voters, and from about 62 on no longer."""
    try:
        peer = import_module("powerindices")
    except ImportError:
        print("powerindices is not installed: no answer to compare")
        return
    seventy = tuple(1 + at * 7 % 9 for at in range(70))
    for weights, quota in ((EEC, 12), (seventy, sum(seventy) // 2 + 1)):
        ours = weighted(weights, quota, indices=["banzhaf-absolute"]).of["banzhaf-absolute"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it divides by what has run over
            theirs = [float(share) for share in peer.compute_pbi(quota, list(weights))]
        same = all(abs(a - float(b)) < 1e-9 for a, b in zip(theirs, ours, strict=True))
        print(
            f"powerindices, {len(weights)} members: {'the same answer' if same else 'another answer'}",
            end="; ",
        )
        print(f"its least chance to turn the outcome is {min(theirs):.4f}, ours {float(min(ours)):.4f}")


def _fund() -> tuple[int, ...]:
    paths = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    if not paths:
        return tuple(1459 + 3 * at * at for at in range(190))
    with paths[0].open(encoding="utf-8") as file:
        return tuple(int(row["votes"]) for row in csv.DictReader(file))


def _union(members: int) -> Game:
    """Two thresholds and a clause on how many it takes to block, with populations as uneven as a union's."""
    people = tuple(10_000 + 83 * at**4 // 5 for at in range(members))
    heads = (1,) * members
    enough = all_of(Threshold(heads, -(-55 * members // 100)), Threshold(people, -(-65 * sum(people) // 100)))
    return _game(any_of(enough, Threshold(heads, members - 3)))


def _game(rule: Any) -> Game:
    thresholds = Game((), rule).thresholds
    return Game(tuple(map(str, range(len(thresholds[0].weights)))), rule)


if __name__ == "__main__":
    main()
