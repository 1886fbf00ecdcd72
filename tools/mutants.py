"""Mutation testing of the core of the engine: is each small fault that mutmut puts into it shown by some test?

    make mutants                                  all of them, which takes hours
    make mutants EACH=60                          sixty of each module, drawn at random but always the same
    make mutants EACH=60 MODULES="choices worlds"

Two looks: mutmut asks the quick tests named in `pyproject.toml`, with few examples; the mutants that these let live, or
that did not end, are asked again alone, by the same tests with many examples. The next run asks only those that live:
new tests may show them. Remove the folder `mutants` to begin anew.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUTANTS = ROOT / "mutants"
SHOWN = MUTANTS / "shown-alone.json"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
MODULES = [Path(name).stem for name in CONFIG["only_mutate"]]
FEW, MANY = 25, 100  # examples of each property, at the first look and at the second
LONG = 120  # seconds after which a mutant asked alone counts as shown: it does not end
AT_ONCE = 2
SEED = 1
ENDED_BY_A_TEST = (1, 3)  # mutmut's codes


def main() -> None:
    """`python -m tools.mutants EACH [MODULE ...]`; 0 is all of each module."""
    each, modules = int(sys.argv[1]), sys.argv[2:] or MODULES
    if not _codes(modules[0]):
        _mutmut(["foedus.engine.choices.x__says_nothing*"])  # makes the mutants of all modules
    drawn = {module: _drawn(module, each) for module in modules}
    for module, names in drawn.items():
        if unseen := [name for name in names if _codes(module)[name] is None]:
            _mutmut(unseen)
    shutil.copytree(ROOT / "tests", MUTANTS / "tests", dirs_exist_ok=True)  # those written since
    if not _lives("none"):
        sys.exit("The tests fail on code that nobody changed.")
    for module, names in drawn.items():
        codes, shown = _codes(module), _shown()
        left = [name for name in names if codes[name] not in ENDED_BY_A_TEST and name not in shown]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            alive = [name for name, lives in zip(left, pool.map(_lives, left), strict=True) if lives]
        SHOWN.write_text(json.dumps(sorted(shown.union(left).difference(alive)), indent=1), "utf-8")
        _report(module, names, alive)


def _drawn(module: str, each: int) -> list[str]:
    """The first of a module's mutants, shuffled: a larger draw holds the smaller."""
    names = sorted(_codes(module))
    random.Random(SEED).shuffle(names)  # noqa: S311 - a draw, no secret
    return names[: each or None]


def _codes(module: str) -> dict[str, int | None]:
    """Mutmut's verdict on each mutant of a module, as its exit code."""
    path = MUTANTS / f"src/foedus/engine/{module}.py.meta"
    codes: dict[str, int | None] = (
        json.loads(path.read_text("utf-8"))["exit_code_by_key"] if path.exists() else {}
    )
    return codes


def _mutmut(names: Sequence[str]) -> None:
    program = Path(sys.executable).with_name("mutmut")
    command = [str(program), "run", "--max-children", str(AT_ONCE), *names]
    done = subprocess.run(command, cwd=ROOT, env=_env(FEW), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])


def _lives(name: str) -> bool:
    """Whether a mutant passes the same tests with many examples."""
    tests = CONFIG["pytest_add_cli_args_test_selection"]
    command = [sys.executable, "-m", "pytest", "-x", "-q", *CONFIG["pytest_add_cli_args"], *tests]
    env = _env(MANY) | {"MUTANT_UNDER_TEST": name, "PYTHONPATH": str(MUTANTS / "src")}
    try:
        done = subprocess.run(command, cwd=MUTANTS, env=env, capture_output=True, timeout=LONG, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _env(examples: int) -> dict[str, str]:
    return os.environ | {"FOEDUS_MUTANTS": str(examples)}


def _shown() -> set[str]:
    return set(json.loads(SHOWN.read_text("utf-8"))) if SHOWN.exists() else set()


def _report(module: str, drawn: Sequence[str], alive: Sequence[str]) -> None:
    shown = len(drawn) - len(alive)
    print(
        f"{module}: {shown} of {len(drawn)} shown ({shown / len(drawn):.0%}), drawn from {len(_codes(module))}",
        flush=True,
    )
    for name in alive:
        print(f"  lives: {name}", flush=True)


if __name__ == "__main__":
    main()
