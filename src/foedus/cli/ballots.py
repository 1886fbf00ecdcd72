"""Ballots as they come to the command line: words such as `RUS=no`, or a file of JSON or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foedus.accounts.ballots_written import ABOUT, Question, from_data
from foedus.decisions.given import NOTHING_GIVEN, Given, GivenCirculation, moment
from foedus.problems import BadInput, Problem, enough, suggest

MEMBER, BALLOT, VOTE = "member", "ballot", "vote"


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
    return from_data(path, data)


class _TwiceError(ValueError):
    """A key that stands twice in one object: JSON would keep the last in silence."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _TwiceError(f"“{twice}” stands twice in one place. Keep one.")
    return found


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
