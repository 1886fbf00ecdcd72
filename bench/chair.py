"""The chair of Article 13, side by side: Foedus, clingo, a hand-written loop, and Prolog where `swipl` is installed.

    python -m bench.chair [--long]

First all answers are compared, who chairs at the end of every day, and any difference ends it. Then the figures, each the
best of three runs: seconds of processor time from validated entries in memory to finished timelines with reasons (only
Foedus and the loop have reasons), reading apart; the peak memory of each, in a process of its own; and how many times
Foedus's seconds each takes. `--long` also asks clingo 10,000 acts among 600 states, which takes it minutes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import cold, late
from bench.narrative import day_of

ROOT = Path(__file__).parent.parent
SIZES = ((10_000, 6), (10_000, 60), (10_000, 600), (100_000, 6))
NAMES = {
    "foedus": "Foedus",
    "loop": "loop in Python, with reasons",
    "clingo": "clingo, event calculus",
    "clingo_by_hand": "clingo, by hand",
    "prolog": "Prolog, event calculus",
}
RUNS = 3
Figures = dict[str, float]
LONG = ("clingo", 600)  # the contender and the number of states that take minutes


def main() -> int:
    names = [name for name in NAMES if name != "prolog" or shutil.which("swipl")]
    taken: dict[tuple[int, int], dict[str, Figures]] = {}
    for acts, states in SIZES:
        asked = [n for n in names if (n, states) != LONG or "--long" in sys.argv]
        with tempfile.TemporaryDirectory() as folder:
            figures = {name: run(name, acts, states, Path(folder) / name, RUNS) for name in asked}
            said = {name: (Path(folder) / name).read_text().splitlines() for name in asked}
        if not agree(said):
            return 1
        print_side_by_side(acts, states, figures)
        taken[acts, states] = figures
    print()
    print_targets(taken, late.main(), cold.main())
    return 0


def run(name: str, acts: int, states: int, file: Path, runs: int = 1) -> Figures:
    """The best figures of one contender, each run in a process of its own; its answers are left in the file."""
    command = [sys.executable, "-m", "bench.contenders", name, str(acts), str(states), str(file)]
    found: list[Figures] = []
    for _ in range(1 if (name, states) == LONG else runs):
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        found.append(json.loads(done.stdout))
    return {what: min(figures[what] for figures in found) for what in found[0]}


def print_side_by_side(acts: int, states: int, figures: dict[str, Figures]) -> None:
    print(f"\n{acts:,} acts, {states} states: {len(figures)} agree on all {acts:,} days")
    print(f"  {'':30} {'read':>8} {'evaluate':>10} {'× Foedus':>9} {'peak':>8}")
    for name, f in figures.items():
        ratio = f["evaluate"] / figures["foedus"]["evaluate"]
        told = f"{f['read']:6.2f} s {f['evaluate']:8.3f} s {ratio:9.2f} {f['peak']:5.0f} MB"
        print(f"  {NAMES[name]:30} {told}")


def print_targets(taken: dict[tuple[int, int], dict[str, Figures]], late: Figures, check: float) -> None:
    """Each target beside what this run gave, and whether it was met."""
    large, wide = taken[100_000, 6], taken[10_000, 600]["foedus"]
    seconds = large["foedus"]["evaluate"]
    rows = (
        ("100k × 6, times as fast as clingo", large["clingo"]["evaluate"] / seconds, 10, True),
        ("100k × 6, times the hand-written loop", seconds / large["loop"]["evaluate"], 5, False),
        ("10k × 600, seconds", wide["evaluate"], 2, False),
        ("10k × 600, MB", wide["peak"], 500, False),
        ("one backdated act into 100k, ms (the slowest kind)", late["late"] * 1e3, 50, False),
        ("who, µs", late["who"] * 1e6, 10, False),
        ("the five lines of why, ms", late["lines"] * 1e3, 1, False),
        ("an act among 100k, times one among 10k", late["linear"], 1.5, False),
        ("check un-security-council in a new process, s", check, 5, False),
    )
    print(f"\n  {'target':52} {'':>12} {'measured':>9}")
    for what, found, wanted, at_least in rows:
        met = found >= wanted if at_least else found <= wanted
        bound = f"{'at least' if at_least else 'at most'} {wanted}"
        print(f"  {what:52} {bound:>12} {found:9.2f}{'' if met else '  MISSED'}")


def agree(said: dict[str, list[str]]) -> bool:
    """Whether all say the same of every day; the first day on which they do not is printed."""
    for day, answers in enumerate(zip(*said.values(), strict=True), 1):
        if len(set(answers)) > 1:
            told = ", ".join(f"{name}: {answer}" for name, answer in zip(said, answers, strict=True))
            print(f"The answers differ on day {day} ({day_of(day)}): {told}", file=sys.stderr)
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
