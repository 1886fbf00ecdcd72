"""Mutation testing of the core of the engine: is each small fault that mutmut puts into it shown by some test?

    make mutants                                  all of them, which takes hours
    make mutants EACH=60                          sixty of each module, drawn at random but always the same
    make mutants EACH=60 MODULES="choices worlds"

Two looks: mutmut asks the quick tests named in `pyproject.toml`, with few examples; the mutants that these let live are
asked again one by one, by the same tests with many examples and by those of `MORE`. What was found is kept in
`mutants/verdicts.json`, and a mutant found dead is not asked again until that folder is removed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
MUTANTS = ROOT / "mutants"
VERDICTS = MUTANTS / "verdicts.json"
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
MODULES = [Path(name).stem for name in CONFIG["only_mutate"]]
MORE = ["tests/test_scenarios.py"]  # with the pages on the bundled organisations, which take seconds to read
FEW, MANY = 25, 100  # examples of each property, at the first look and at the second
LONG = 120  # seconds after which a mutant that has not answered counts as shown: it does not end
AT_ONCE = 2
SEED = 1
SURVIVED, NO_TESTS, NOT_RUN = (0,), (5, 33), (None, 2, 34)  # mutmut's codes; all others are of the dead


def main() -> None:
    """`python -m tools.mutants EACH [MODULE ...]`; 0 is all of each module."""
    each, modules = int(sys.argv[1]), sys.argv[2:] or MODULES
    if not _codes(modules[0]):
        _mutmut(["foedus.engine.choices.x__says_nothing*"])  # makes the mutants of all modules
    if _second_look("none") != "survived":
        sys.exit("The tests fail on code that nobody changed.")
    drawn = {module: _drawn(module, each) for module in modules}
    for module, names in drawn.items():
        dead = {name for name, verdict in _verdicts().items() if verdict == "killed"}
        if unseen := [name for name in names if name not in dead]:
            _mutmut(unseen)
            _keep({name: _verdict(_codes(module)[name]) for name in unseen})
    for module, names in drawn.items():
        alive = [name for name in names if _verdicts()[name] == "survived"]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            _keep(dict(zip(alive, pool.map(_second_look, alive), strict=True)))
        _report(module, names)


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


def _second_look(name: str) -> str:
    """Whether a mutant lives through many examples, and the tests of the organisations themselves."""
    tests = [*CONFIG["pytest_add_cli_args_test_selection"], *MORE]
    command = [sys.executable, "-m", "pytest", "-x", "-q", *CONFIG["pytest_add_cli_args"], *tests]
    env = _env(MANY) | {"MUTANT_UNDER_TEST": name, "PYTHONPATH": str(MUTANTS / "src")}
    try:
        done = subprocess.run(command, cwd=MUTANTS, env=env, capture_output=True, timeout=LONG, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return "killed"
    return "killed" if done.returncode else "survived"


def _env(examples: int) -> dict[str, str]:
    return os.environ | {"FOEDUS_MUTANTS": str(examples)}


def _verdict(code: int | None) -> str:
    if code in NOT_RUN:
        return "not run"
    return "survived" if code in SURVIVED else "no tests" if code in NO_TESTS else "killed"


def _verdicts() -> dict[str, str]:
    found: dict[str, str] = json.loads(VERDICTS.read_text("utf-8")) if VERDICTS.exists() else {}
    return found


def _keep(verdicts: dict[str, str]) -> None:
    VERDICTS.write_text(json.dumps(_verdicts() | verdicts, indent=1), "utf-8")


def _report(module: str, drawn: Sequence[str]) -> None:
    known = _verdicts()
    killed = sum(known[name] == "killed" for name in drawn)
    print(
        f"{module}: {killed} of {len(drawn)} shown ({killed / len(drawn):.0%}), of {len(_codes(module))} there are",
        flush=True,
    )
    for name in drawn:
        if known[name] != "killed":
            print(f"  {known[name]}: {name}", flush=True)


if __name__ == "__main__":
    main()
