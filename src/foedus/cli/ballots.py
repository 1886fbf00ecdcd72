"""Ballots as they come to the command line: words such as `RUS=no`, or a file of JSON or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from foedus.accounts.ballots import Written, moment
from foedus.decisions.facts import Facts
from foedus.problems import BadInput, Problem, enough, suggest

ABOUT: Final = ("organisation", "organ", "matter", "proposer", "on")
MEMBER, BALLOT, VOTE = "member", "ballot", "vote"


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was written; what it does not say itself is None. `where` it was written, for its problems."""

    where: str
    written: Written
    organisation: str | None = None
    organ: str | None = None
    matter: str | None = None
    proposer: str | None = None
    on: str | None = None


def from_words(words: tuple[str, ...], circulated: str | None, deadline: str | None) -> Written:
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
    moments = {"--circulated": circulated, "--deadline": deadline}
    found = {}
    for name, text in moments.items():
        try:
            found[name] = None if text is None else moment(text)
        except ValueError as error:
            problems.append(Problem(name, 0, str(error)))
    if problems:
        raise BadInput(problems)
    return Written(ballots, found["--circulated"], found["--deadline"])


def from_file(path: str) -> tuple[tuple[Question, ...], bool]:
    """Every question of a file, in order, and whether the file is a list. BadInput, with every fault, for one that cannot
    be read so.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BadInput([Problem(path, 0, f"The file cannot be read: {why}.")]) from error
    return (_from_csv(path, text), True) if path.endswith(".csv") else _from_json(path, text)


def _from_json(path: str, text: str) -> tuple[tuple[Question, ...], bool]:
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise BadInput([Problem(path, error.lineno, f"This is not JSON: {error.msg}.")]) from error
    except (_Twice, RecursionError) as error:
        raise BadInput([Problem(path, 0, str(error) or "This is nested too deep.")]) from error
    rows = data if isinstance(data, list) else [data]
    wheres = [f"{path}, question {n}" if isinstance(data, list) else path for n in range(1, len(rows) + 1)]
    problems = list(enough(p for where, row in zip(wheres, rows, strict=True) for p in _faults(where, row)))
    if not rows:
        problems.append(Problem(path, 0, "The file holds no question."))
    if problems:
        raise BadInput(problems)
    return tuple(_question(where, row) for where, row in zip(wheres, rows, strict=True)), isinstance(data, list)


class _Twice(ValueError):
    """A key that stands twice in one object: JSON would keep the last in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Twice(f"“{twice}” stands twice in one place. Keep one.")
    return found


def _question(where: str, row: Mapping[str, Any]) -> Question:
    moments = {key: moment(row[key]) for key in _MOMENTS if row.get(key) is not None}
    named = {key.replace(" ", "_"): _as_set(row[key]) for key in _LISTS if row.get(key) is not None}
    kept = {key: row[key] for key in ("chair", "format", "preliminary", "stages") if row.get(key) is not None}
    written = Written(
        row["ballots"],
        moments.get("circulated"),
        moments.get("deadline"),
        moments.get("extended to"),
        replace(Facts(), **named, **kept),
    )
    return Question(where, written, *(row.get(key) for key in ABOUT))


def _as_set(names: list[str]) -> frozenset[str]:
    return frozenset(names)


_MOMENTS: Final = ("circulated", "deadline", "extended to")
_LISTS: Final = ("opening", "waived", "format objections", "disapprovals")


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _moment(value: Any) -> bool:
    try:
        return isinstance(moment(value), datetime)
    except (TypeError, ValueError):
        return False


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _ballots(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_text, value.values()))


def _stages(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_ballots, value.values()))


_KEYS: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    **dict.fromkeys((*ABOUT, "chair"), (_text, "a text")),
    **dict.fromkeys(_MOMENTS, (_moment, "a day and a time, such as 2022-05-18T12:00")),
    **dict.fromkeys(_LISTS, (_names, "a list of members")),
    **dict.fromkeys(("ballots", "preliminary"), (_ballots, "a ballot, in text, for each member")),
    "stages": (_stages, "ballots, for each stage"),
    "format": (lambda value: value in {"ordinary", "limited"}, "“ordinary” or “limited”"),
}


def _faults(where: str, row: Any) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem(where, 0, "This is no question.", f"Its keys are {', '.join((*ABOUT, 'ballots'))}.")
        return
    if "ballots" not in row:
        yield Problem(where, 0, "The key “ballots” is missing.")
    for key, value in row.items():
        right = _KEYS.get(key)
        if right is None:
            yield Problem(where, 0, f"The key “{key}” is not known here.", suggest(key, _KEYS))
        elif not right[0](value) and (value is not None or key == "ballots"):
            yield Problem(where, 0, f"“{key}” should be {right[1]}.")


def _from_csv(path: str, text: str) -> tuple[Question, ...]:
    """One row a ballot; rows that agree in every other column make one question."""
    reader = csv.DictReader(text.splitlines())
    columns = tuple(reader.fieldnames or ())
    problems = [*_columns(path, columns)]
    if problems:
        raise BadInput(problems)
    others = [column for column in columns if column not in {MEMBER, BALLOT}]
    questions: dict[tuple[str, ...], dict[str, str]] = {}
    for line, row in enumerate(reader, 2):
        if None in row.values() or None in row:
            problems.append(Problem(path, line, f"This row has not the {len(columns)} fields of the first."))
            continue
        ballots = questions.setdefault(tuple(row[key] for key in others), {})
        if row[MEMBER] in ballots:
            problems.append(Problem(path, line, f"“{row[MEMBER]}” casts two ballots.", "Keep one."))
        ballots[row[MEMBER]] = row[BALLOT]
    if not questions and not problems:
        problems.append(Problem(path, 0, "The file holds no ballot."))
    if problems:
        raise BadInput(enough(problems))
    told = [dict(zip(others, key, strict=True)) for key in questions]
    return tuple(
        Question(f"{path}, question {n}", Written(cast), *(about.get(key) or None for key in ABOUT))
        for n, (about, cast) in enumerate(zip(told, questions.values(), strict=True), 1)
    )


def _columns(path: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    known = (*ABOUT, VOTE, MEMBER, BALLOT)
    for needed in (MEMBER, BALLOT):
        if needed not in columns:
            yield Problem(path, 1, f"There is no column “{needed}”.", f"The columns are {', '.join(known)}.")
    for column in columns:
        if column not in known:
            yield Problem(path, 1, f"The column “{column}” is not known here.", suggest(column, known))
