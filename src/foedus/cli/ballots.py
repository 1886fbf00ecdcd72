"""Ballots as they come to the command line: words such as `RUS=no`, or a file of JSON or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.problems import BadInput, Problem, suggest

KEYS = ("organisation", "organ", "matter", "proposer", "on", "members", "ballots")
NEEDED = ("organisation", "organ", "on", "ballots")
COLUMNS = ("vote", "organisation", "organ", "matter", "on", "member", "ballot")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was written."""

    organisation: str
    organ: str
    on: str
    ballots: Mapping[str, str]
    matter: str | None = None
    proposer: str | None = None
    members: tuple[str, ...] = ()


def from_words(words: tuple[str, ...]) -> dict[str, str]:
    """Ballots from `RUS=no CHN=abstain others=yes`. BadInput, with every fault, for what is none, or one given twice."""
    ballots: dict[str, str] = {}
    problems = []
    for word in words:
        member, equals, choice = word.partition("=")
        if not (member and equals and choice):
            what = f"“{word}” is no ballot."
            problems.append(Problem("BALLOTS", 0, what, "Write MEMBER=BALLOT, such as RUS=no."))
        elif member in ballots:
            problems.append(Problem("BALLOTS", 0, f"“{member}” casts two ballots.", "Give one."))
        ballots[member] = choice
    if problems:
        raise BadInput(problems)
    return ballots


def from_file(path: str) -> tuple[Asked, ...]:
    """Every question of a file, in order. BadInput, with every fault, for one that cannot be read so."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadInput([Problem(path, 0, f"The file cannot be read: {reason}.")]) from error
    return _from_csv(path, text) if path.endswith(".csv") else _from_json(path, text)


def _from_json(path: str, text: str) -> tuple[Asked, ...]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInput([Problem(path, error.lineno, f"This is not JSON: {error.msg}.")]) from error
    rows = data if isinstance(data, list) else [data]
    problems = [problem for number, row in enumerate(rows, 1) for problem in _faults(path, number, row)]
    if problems:
        raise BadInput(problems)
    return tuple(
        Asked(
            row["organisation"], row["organ"], row["on"], row["ballots"],
            row.get("matter"), row.get("proposer"), tuple(row.get("members", ())),
        )
        for row in rows
    )  # fmt: skip


def _faults(path: str, number: int, row: Any) -> Iterator[Problem]:
    where = f"{path}, question {number}"
    if not isinstance(row, dict):
        yield Problem(where, 0, "This is no question.", f"It has the keys {', '.join(NEEDED)}.")
        return
    for key in NEEDED:
        if key not in row:
            yield Problem(where, 0, f"The key “{key}” is missing.")
    for key, value in row.items():
        if key not in KEYS:
            yield Problem(where, 0, f"The key “{key}” is not known here.", suggest(key, KEYS))
        elif not _right(key, value):
            wanted = {"ballots": "a ballot, in text, for each member", "members": "a list of names"}
            yield Problem(where, 0, f"“{key}” should be {wanted.get(key, 'a text')}.")


def _right(key: str, value: Any) -> bool:
    if key == "ballots":
        return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    if key == "members":
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str) or (value is None and key not in NEEDED)


def _from_csv(path: str, text: str) -> tuple[Asked, ...]:
    """One row a ballot; rows of one `vote` make one question."""
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise BadInput([Problem(path, 1, f"The first line should be “{','.join(COLUMNS)}”.")])
    questions: dict[tuple[str, ...], dict[str, str]] = {}
    problems = []
    for line, row in enumerate(reader, 2):
        if None in row.values() or None in row:
            problems.append(Problem(path, line, f"This row has not the {len(COLUMNS)} fields of the first."))
            continue
        ballots = questions.setdefault(tuple(row[key] for key in COLUMNS[:5]), {})
        if row["member"] in ballots:
            problems.append(Problem(path, line, f"“{row['member']}” casts two ballots.", "Keep one."))
        ballots[row["member"]] = row["ballot"]
    if problems:
        raise BadInput(problems)
    return tuple(
        Asked(organisation, organ, on, ballots, matter or None)
        for (_, organisation, organ, matter, on), ballots in questions.items()
    )
