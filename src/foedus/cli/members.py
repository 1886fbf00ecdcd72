"""Members from a table that somebody keeps: who they are, of which class, and what each weighs."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from foedus.decisions.electorate import Voter
from foedus.problems import BadInput, Problem, enough

NAMES, CLASS = ("id", "code", "iso3", "member", "name"), "class"


def members_from(path: Path, weighed: Collection[str] = ()) -> tuple[Voter, ...]:
    """Members of a CSV table: the first of the columns `id`, `code`, `iso3`, `member` and `name` that there is names each,
    `class` is its class, and every column of whole numbers is a weight by that name. `weighed` are the weights that
    rules name: a column called so holds nothing else. BadInput, with every fault.
    """
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except FileNotFoundError as error:
        raise BadInput([Problem(str(path), 0, "There is no such file.")]) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        what = "This is no table that can be read."
        raise BadInput([Problem(str(path), 0, what, "Give CSV in UTF-8.")]) from error
    columns = list(rows[0]) if rows else []
    by = next((name for name in NAMES if name in columns), None)
    if by is None:
        raise BadInput([Problem(str(path), 1, "No column names the members.", "Call one “member”.")])
    weights = [
        c for c in columns if c not in {*NAMES, CLASS} and all((row[c] or "").isdecimal() for row in rows)
    ]
    faults = list(enough(_faults(str(path), rows, by, [c for c in columns if c in weighed])))
    if faults:
        raise BadInput(faults)
    return tuple(_voter(row, by, weights) for row in rows)


def _voter(row: Mapping[str, str], by: str, weights: list[str]) -> Voter:
    classes = frozenset({row[CLASS]}) if row.get(CLASS) else frozenset[str]()
    return Voter(row[by], classes, {name: int(row[name]) for name in weights})


def _faults(file: str, rows: list[dict[str, str]], by: str, weighed: list[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for line, row in enumerate(rows, 2):
        if None in row or None in row.values():
            yield Problem(file, line, "This row has another number of fields than the table has columns.")
        elif not row[by]:
            yield Problem(file, line, f"This row has nothing under “{by}”.")
        elif row[by] in seen:
            yield Problem(file, line, f"“{row[by]}” stands in the table twice.")
        else:
            seen.add(row[by])
            yield from (_no_weight(file, line, row[each]) for each in weighed if not row[each].isdecimal())


def _no_weight(file: str, line: int, value: str) -> Problem:
    what = f"“{value}” is no weight: a whole number, not negative."
    return Problem(file, line, what, "Give it in units small enough to be whole, such as 5.")
