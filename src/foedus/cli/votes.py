"""Files of votes and of rules, as they are given on the command line: read here, understood below."""

from __future__ import annotations

from pathlib import Path

from foedus.decisions.read import read_rule
from foedus.decisions.rule import Rule
from foedus.problems import BadInput, Problem
from foedus.rollcalls.roll_calls import RollCalls, roll_calls
from foedus.rollcalls.tables import Table, read

KINDS = (".csv", ".json", ".parquet")


def calls_from(path: Path) -> RollCalls:
    """The roll calls of a file, or of the tables in a folder. BadInput, with every fault."""
    files = sorted(each for each in path.iterdir() if each.suffix in KINDS) if path.is_dir() else [path]
    tables: list[Table] = []
    problems: list[Problem] = []
    for file in files:
        try:
            tables += read(str(file), _bytes(file))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(problems)
    if not tables:
        what = "There is no table of votes in this folder."
        raise BadInput([Problem(str(path), 0, what, "Put .csv, .parquet or .json files there.")])
    return roll_calls(tables)


def rule_from(path: Path) -> Rule:
    """The rule that a file holds. BadInput, with every fault and its line."""
    try:
        return read_rule(str(path), _bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        what = f"The file is not UTF-8, at byte {error.start}."
        raise BadInput([Problem(str(path), 0, what, "Save it as UTF-8.")]) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput([Problem(str(path), 0, "There is no such file.")]) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name leads nowhere"
        raise BadInput([Problem(str(path), 0, f"The file cannot be read: {reason}.")]) from error
