"""Scenarios: charter, acts and expected answers on one readable page, run against an organisation.

A scenario is Markdown. It either names an organisation (`Organisation: csto` on a line of its own) or holds one:
fenced blocks whose info is a file name (`yaml record/acts.yaml`). Its tables with the columns *question*, *on* and
*answer* are the cases. An answer is a status, then for each one who may hold it a state's code and the person:
`certain BLR Alexander Lukashenko`, or `uncertain ARM Nikol Pashinyan / BLR Alexander Lukashenko`, or
`vacant`. A person may be left out; an officer's seat is named by the officer. A column *known* sets the day as known on; a column *because* is a fragment, or
several divided by `;`, that the reason must say.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from foedus.engine.answers import Answer
from foedus.engine.reasons import Holder
from foedus.engine.timelines import STATUSES
from foedus.problems import BadInput, NotFound, Problem, suggest
from foedus.record.seen import PUBLIC, Clearance
from foedus.secretariat import Organisation, load
from foedus.terms.dates import parse_day

_NAMED = re.compile(r"^Organisation: `?([^`]+?)`?$", re.MULTILINE)
_PLAIN_PATH = re.compile(r"^(record/)?[a-z0-9][a-z0-9-]*\.(md|yaml)$")
_COLUMNS = {"question", "on", "known", "answer", "because"}


@dataclass(frozen=True, slots=True)
class Case:
    """One question, the answer expected, and the answer given."""

    line: int
    question: str
    on: str
    known: str
    expected: str
    because: tuple[str, ...]
    answered: str
    reasons: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether status, everyone possible, and every fragment of the reason are as expected."""
        said = " ".join(self.reasons).lower()
        return _matches(self.expected, self.answered) and all(b.lower() in said for b in self.because)

    def to_json(self) -> dict[str, Any]:
        """The case as published in `schemas/try.json`."""
        return {
            "line": self.line,
            "question": self.question,
            "on": self.on,
            "known": self.known or None,
            "expected": self.expected,
            "because": list(self.because),
            "answered": self.answered,
            "agrees": self.agrees,
        }


def run(
    path: Path,
    organisation: str | None = None,
    *,
    database: str | None = None,
    clearance: Clearance = PUBLIC,
) -> tuple[Case, ...]:
    """Every case of a scenario, asked by somebody with this clearance; of an organisation in `database`, where it is one
    with a name. BadInput where the page cannot be read as a scenario.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput([Problem(path.name, 0, "The page cannot be read as UTF-8 text.")]) from error
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    rows = list(_rows(tokens, path.name))
    if not rows:
        raise BadInput(
            [Problem(path.name, 0, "There is no table of questions here.", "It has question, on, answer.")]
        )
    files, named = _files(tokens, path.name), _NAMED.findall(text)
    if organisation is None and len(named) + bool(files) > 1:
        what = "The scenario names or holds more than one organisation."
        raise BadInput([Problem(path.name, 0, what, "Name one, or hold one.")])
    if organisation is None and files:
        with tempfile.TemporaryDirectory() as folder:
            return _ask(_unfolded(Path(folder), files, path.name).seen_by(clearance), rows, path.name)
    name = organisation or next(iter(named), None)
    if name is None:
        raise BadInput([Problem(path.name, 0, "The scenario neither names an organisation nor holds one.")])
    return _ask(load(name, database=database).seen_by(clearance), rows, path.name)


def _files(tokens: list[Token], page: str) -> dict[str, str]:
    """The files a scenario holds, by name; a name that is no plain path, or stands twice, is refused."""
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for token in tokens:
        _, _, name = token.info.strip().partition(" ")
        if token.type != "fence" or not name:
            continue
        line = (token.map[0] if token.map else 0) + 1
        if not _PLAIN_PATH.match(name):
            remedy = "Write organisation.yaml, charter.md or record/acts.yaml."
            problems.append(Problem(page, line, f"“{name}” is no file of an organisation's folder.", remedy))
        elif name in files:
            problems.append(Problem(page, line, f"The file “{name}” stands here a second time.", "Keep one."))
        files[name] = token.content
    if problems:
        raise BadInput(problems)
    return files


def _unfolded(folder: Path, files: dict[str, str], page: str) -> Organisation:
    (folder / "record").mkdir()
    for name, content in files.items():
        try:
            (folder / name).write_text(content, "utf-8")
        except (OSError, ValueError) as error:
            raise BadInput([Problem(page, 0, f"The file “{name[:60]}” cannot be written.")]) from error
    return load(folder)


def _rows(tokens: list[Token], file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of every table of questions, with their lines."""
    columns: list[str] = []
    cells: list[str] = []
    line, in_head = 0, False
    for index, token in enumerate(tokens):
        match token.type:
            case "thead_open":
                in_head, columns = True, []
            case "thead_close":
                in_head = False
                if "question" in columns and not {"on", "answer"} <= set(columns) <= _COLUMNS:
                    what = f"A table of questions has the columns {', '.join(columns)}."
                    raise BadInput(
                        [Problem(file, line, what, "They are question, on, known, answer, because.")]
                    )
            case "tr_open":
                cells, line = [], (token.map[0] if token.map else 0) + 1
            case "th_open" | "td_open":
                (columns if in_head else cells).append(tokens[index + 1].content.strip(" `"))
            case "tr_close" if not in_head and "question" in columns:
                yield line, dict(zip(columns, cells, strict=False))
            case _:
                pass


def _ask(organisation: Organisation, rows: list[tuple[int, dict[str, str]]], file: str) -> tuple[Case, ...]:
    """Every row asked; every row that cannot be is told, all at once."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for line, row in rows:
        try:
            cases.append(_case(organisation, line, row))
        except (ValueError, NotFound) as error:
            problems.append(Problem(file, line, str(error)))
    if problems:
        raise BadInput(problems)
    return tuple(cases)


def _case(organisation: Organisation, line: int, row: dict[str, str]) -> Case:
    known, expected = row.get("known", ""), row["answer"]
    status = expected.partition(" ")[0]
    if status not in STATUSES:
        msg = f"“{status}” is no status. {suggest(status, STATUSES)}"
        raise ValueError(msg)
    answer = organisation.who(row["question"], parse_day(row["on"]), parse_day(known) if known else None)
    because = tuple(part.strip() for part in row.get("because", "").split(";") if part.strip())
    reasons = tuple(sentence for told in answer.rows for sentence in told.because())
    return Case(line, row["question"], row["on"], known, expected, because, _written(answer), reasons)


def _written(answer: Answer) -> str:
    """An answer as scenarios write it."""
    holders: list[Holder | None] = []
    for row in answer.rows:
        holders += [p.holder for p in row.possible] if row.possible else [row.holder]
    names = [(f"{h.state or ''} {h.person or ''}".strip() or h.as_) if h else "nobody" for h in holders]
    if answer.status == "not-in-force" or (answer.status == "vacant" and not answer.of_many):
        return answer.status
    return f"{answer.status} {' / '.join(names)}"


def _matches(expected: str, answered: str) -> bool:
    """The same status and, in any order, the same holders; a person left out matches whoever it is."""
    wanted, given = _split(expected), _split(answered)
    if wanted[0] != given[0] or len(wanted[1]) != len(given[1]):
        return False
    left = list(given[1])
    for name in wanted[1]:
        found = next((g for g in left if g == name or (g.startswith(f"{name} ") and " " not in name)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _split(text: str) -> tuple[str, list[str]]:
    status, _, names = text.partition(" ")
    return status, [name.strip() for name in names.split("/")] if names else []
