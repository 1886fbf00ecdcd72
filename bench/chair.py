"""The chair of Article 13, side by side: Foedus, clingo, a hand-written loop, and Prolog where `swipl` is installed.

    python -m bench.chair [--long]

First all answers are compared, who chairs at the end of every day, and any difference ends it. Then the figures: seconds
of processor time from validated entries in memory to finished timelines with reasons (only Foedus and the loop have
reasons), reading apart; the peak memory of each, in a process of its own; and how many times Foedus's seconds each takes.
`--long` also asks clingo 10,000 acts among 600 states, which takes it minutes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import late
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
LONG = ("clingo", 600)  # the contender and the number of states that take minutes


def main() -> int:
    names = [name for name in NAMES if name != "prolog" or shutil.which("swipl")]
    for acts, states in SIZES:
        asked = [n for n in names if (n, states) != LONG or "--long" in sys.argv]
        with tempfile.TemporaryDirectory() as folder:
            figures = {name: run(name, acts, states, Path(folder) / name) for name in asked}
            said = {name: (Path(folder) / name).read_text().splitlines() for name in asked}
        if not agree(said):
            return 1
        print(f"\n{acts:,} acts, {states} states: {len(asked)} agree on all {acts:,} days")
        print(f"  {'':30} {'read':>8} {'evaluate':>10} {'× Foedus':>9} {'peak':>8}")
        for name in asked:
            f = figures[name]
            ratio = f["evaluate"] / figures["foedus"]["evaluate"]
            print(
                f"  {NAMES[name]:30} {f['read']:6.2f} s {f['evaluate']:8.3f} s {ratio:9.2f} {f['peak']:5.0f} MB"
            )
    print()
    late.main()
    return 0


def run(name: str, acts: int, states: int, file: Path) -> dict[str, float]:
    """The figures of one contender, in a process of its own; its answers are left in the file."""
    command = [sys.executable, "-m", "bench.contenders", name, str(acts), str(states), str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


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
