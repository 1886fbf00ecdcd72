"""Ballots as people and programs write them: a question each, in plain data; read, and answered with every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from foedus.accounts.decided import Decided
from foedus.decisions.given import GIVEN, NOTHING_GIVEN, Given
from foedus.problems import MOST_TOLD, BadInput, NotFound, Problem, enough, suggest
from foedus.written import Written, frozen, validate

ABOUT: Final = ("organisation", "organ", "matter", "proposer", "on")
KEYS: Final = (*ABOUT, "ballots", "facts")


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


def from_data(where: str, data: Any) -> tuple[tuple[Question, ...], bool]:
    """Every question of a document, in order, and whether there may be several. BadInput, with every fault, for one that
    cannot be read so.
    """
    several = isinstance(data, list)
    rows = data if isinstance(data, list) else [data]
    problems = [] if rows else [Problem(where, 0, "There is no question.")]
    found = []
    for number, row in enumerate(rows, 1):
        at = f"{where}, question {number}" if several else where
        faults = [*_faults(at, row)]
        given = NOTHING_GIVEN if faults else _given(at, row.get("facts") or {}, faults)
        problems += faults
        if not faults:
            found.append(Question(at, row["ballots"], given, *(row.get(key) for key in ABOUT)))
    if problems:
        raise BadInput(enough(problems))
    return tuple(found), several


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


def answered(questions: Sequence[Question], one: Callable[[Question], Decided]) -> list[Decided]:
    """The answers in order, each as `one` gives it. BadInput, with the faults of every question."""
    found, problems = [], list[Problem]()
    for question in questions:
        if len(problems) > MOST_TOLD:
            break
        try:
            found.append(one(question))
        except BadInput as error:
            problems += _placed(question, error.problems)
        except NotFound as error:
            problems.append(Problem(question.where or "ORGAN", 0, str(error)))
    if problems:
        raise BadInput(enough(problems))
    return found


def _placed(question: Question, problems: tuple[Problem, ...]) -> Iterator[Problem]:
    """The problems of a question in a document, under its place there."""
    for problem in problems:
        yield replace(problem, file=f"{question.where}, {problem.file}") if question.where else problem
