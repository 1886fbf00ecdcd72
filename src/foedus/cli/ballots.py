"""Ballots as they come to the command line: words such as `RUS=no`, or a file of JSON or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foedus.decisions.given import GIVEN, NOTHING_GIVEN, Given, GivenCirculation, moment
from foedus.problems import BadInput, Problem, enough, suggest
from foedus.written import Written, frozen, validate

ABOUT: Final = ("organisation", "organ", "matter", "proposer", "on")
KEYS: Final = (*ABOUT, "ballots", "facts")
MEMBER, BALLOT, VOTE = "member", "ballot", "vote"


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it was written; what it does not say itself is None. `where` it was written, for its problems."""

    where: str
    ballots: Mapping[str, str]
    given: Given = NOTHING_GIVEN
    organisation: str | None = None
    organ: str | None = None
    matter: str | None = None
    proposer: str | None = None
    on: str | None = None


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


def silence_from(circulated: str | None, deadline: str | None) -> Given:
    """What became of a draft that silence carries. BadInput, with every fault, for what is no moment."""
    problems = []
    given = {name: text for name, text in (("circulated", circulated), ("deadline", deadline)) if text}
    for name, text in given.items():
        try:
            moment(text)
        except ValueError as error:
            problems.append(Problem(f"--{name}", 0, str(error)))
    if deadline and not circulated:
        what = "A deadline is given, and not when the draft was circulated."
        problems.append(Problem("--circulated", 0, what, "Give both."))
    if problems:
        raise BadInput(problems)
    return Given(silence=GivenCirculation.model_validate(given)) if given else NOTHING_GIVEN


def from_file(path: str) -> tuple[tuple[Question, ...], bool]:
    """Every question of a file, in order, and whether there may be several. BadInput, with every fault, for one that cannot
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
    except (_TwiceError, RecursionError) as error:
        raise BadInput(
            [Problem(path, 0, str(error) if isinstance(error, _TwiceError) else "This is nested too deep.")]
        ) from error
    several = isinstance(data, list)
    rows = data if isinstance(data, list) else [data]
    problems = [] if rows else [Problem(path, 0, "The file holds no question.")]
    found = []
    for number, row in enumerate(rows, 1):
        where = f"{path}, question {number}" if several else path
        faults = [*_faults(where, row)]
        given = NOTHING_GIVEN if faults else _given(where, row.get("facts") or {}, faults)
        problems += faults
        if not faults:
            found.append(Question(where, row["ballots"], given, *(row.get(key) for key in ABOUT)))
    if problems:
        raise BadInput(enough(problems))
    return tuple(found), several


class _TwiceError(ValueError):
    """A key that stands twice in one object: JSON would keep the last in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"“{twice}” stands twice in one place. Keep one.")
    return found


def _given(where: str, facts: Any, faults: list[Problem]) -> Given:
    """The facts of a question; what is wrong with them is added to its faults."""
    written = Written(f"{where}, facts", frozen(facts), 0)
    found = validate(GIVEN, written, written.data)
    faults += written.problems
    return found or NOTHING_GIVEN


def _faults(where: str, row: Any) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem(where, 0, "This is no question.", f"Its keys are {', '.join(KEYS)}.")
        return
    if "ballots" not in row:
        yield Problem(where, 0, "The key “ballots” is missing.")
    for key, value in row.items():
        if key not in KEYS:
            yield Problem(where, 0, f"The key “{key}” is not known here.", suggest(key, KEYS))
        elif not _right(key, value):
            wanted = {"ballots": "a ballot, in text, for each member", "facts": "keys and values"}
            yield Problem(where, 0, f"“{key}” should be {wanted.get(key, 'a text')}.")


def _right(key: str, value: Any) -> bool:
    match key:
        case "ballots":
            return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
        case "facts":
            return value is None or isinstance(value, dict)
    return value is None or isinstance(value, str)


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
        Question(f"{path}, question {n}", cast, NOTHING_GIVEN, *(about.get(key) or None for key in ABOUT))
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
