"""The one composition room: opens organisations from their folders, and asks the engine on their behalf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from foedus.charter.charter import Charter
from foedus.charter.check import check_charter
from foedus.charter.read import read_charter
from foedus.engine.agreement import disagreements
from foedus.engine.answers import Answer, Course, Questions, Told
from foedus.engine.findings import Finding, findings
from foedus.engine.standing import Standing
from foedus.problems import BadInput, NotFound, Problem
from foedus.record.about import About
from foedus.record.read import read_about, read_record
from foedus.record.record import Record
from foedus.terms.dates import parse_day

HEAD, SOURCES, RECORD = "organisation.yaml", "sources.yaml", "record"
MAX_BYTES = 8_000_000


@dataclass(frozen=True)
class Organisation:
    """An organisation as read from its folder: its charter and its whole record."""

    charter: Charter
    record: Record

    @property
    def name(self) -> str:
        """Its id, such as `csto`."""
        return self.record.about.id

    def __repr__(self) -> str:
        about = self.record.about
        return f"<Organisation {about.id}: {about.name}, {len(self.record.entries)} entries to {about.record_to}>"

    def at(self, on: str | date, known: str | date | None = None) -> Moment:
        """The organisation at the end of the day `on`, as known at the end of `known` (default: all recorded)."""
        return Moment(self, _day(on), None if known is None else _day(known))

    def who(self, question: str, on: str | date, known: str | date | None = None) -> Answer:
        """Who held an office, filled an organ's seats, or how a state stood. NotFound for no such name."""
        return self.at(on, known).who(question)

    def timeline(self, question: str, known: str | date | None = None) -> Course:
        """The same over all time."""
        return self.questions(None if known is None else _day(known)).timeline(question)

    def findings(self, known: str | date | None = None) -> tuple[Finding, ...]:
        """What the audit says of the record as known."""
        return findings(self.standing(None if known is None else _day(known)))

    def questions(self, known: date | None = None) -> Questions:
        """Answers questions from the record as known."""
        return Questions(self.name, self.standing(known), known or self.record.last_recorded)

    def standing(self, known: date | None = None) -> Standing:
        """The timelines of the record as known; made once for each different record."""
        live = self.record.known(known)
        return self._standings(live)

    @cached_property
    def _standings(self) -> _Standings:
        return _Standings(self.charter)


class _Standings:
    """Standings by the root of the record they stand on: a few, since `known` is a free date."""

    def __init__(self, charter: Charter) -> None:
        self._charter, self._kept = charter, dict[str, Standing]()

    def __call__(self, record: Record) -> Standing:
        if record.root not in self._kept:
            if len(self._kept) >= 16:
                self._kept.clear()
            self._kept[record.root] = Standing(self._charter, record)
        return self._kept[record.root]


@dataclass(frozen=True)
class Moment:
    """An organisation on one day, as known on another."""

    organisation: Organisation
    on: date
    known: date | None = None

    def who(self, question: str) -> Answer:
        """Who held an office, filled an organ's seats, or how a state stood. NotFound for no such name."""
        return self.organisation.questions(self.known).who(question, self.on)

    def __repr__(self) -> str:
        known = f" as known on {self.known}" if self.known else ""
        return f"<{self.organisation.name} on {self.on}{known}>"


@dataclass(frozen=True)
class Overview:
    """An organisation on one day: how each state on record stands, every office, the seats of every organ."""

    organisation: str
    name: str
    on: date
    known: date
    parties: tuple[Told, ...]
    offices: tuple[Answer, ...]
    organs: tuple[Answer, ...]

    def to_json(self) -> dict[str, Any]:
        """The overview as published in `schemas/show.json`."""
        return {
            "organisation": self.organisation,
            "name": self.name,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "parties": [
                {
                    "status": row.status,
                    "holders": row.holder_json(row.holder),
                    "possible": row.possible_json(),
                }
                for row in self.parties
            ],
            "offices": [answer.to_json() for answer in self.offices],
            "organs": [answer.to_json() for answer in self.organs],
        }


def overview(organisation: Organisation, on: date, known: date | None = None) -> Overview:
    """The organisation at the end of the day `on`, as known; states that were no party are left out."""
    questions = organisation.questions(known)
    standing = questions.standing
    rows = [row for state in standing.parties() for row in questions.who(state, on).rows]
    return Overview(
        organisation.name,
        organisation.record.about.name,
        on,
        questions.known,
        tuple(row for row in rows if row.holder is None or row.holder.as_ != "non-member"),
        tuple(questions.who(name, on) for name in standing.offices()),
        tuple(questions.who(name, on) for name in standing.organs()),
    )


def load(organisation: str | Path) -> Organisation:
    """An organisation by its bundled name, or from a path to its folder.

    NotFound where there is neither; BadInput, with every fault, where its files are refused.
    """
    found, problems = inspect(organisation)
    if problems or found is None:
        raise BadInput(problems)
    return found


def inspect(organisation: str | Path) -> tuple[Organisation | None, tuple[Problem, ...]]:
    """An organisation as far as it can be read, and every fault of its files. NotFound where there is none."""
    folder = _folder(organisation)
    files = _Files(folder)
    head = files.read(HEAD)
    if files.problems:
        return None, tuple(files.problems)
    about, problems = read_about(HEAD, head)
    if about is None:
        return None, tuple(sorted(problems))
    charter, faults = read_charter([(name, files.read(name)) for name in about.instruments])
    record, more = _record(about, files)
    problems = [*problems, *faults, *check_charter(charter), *more, *files.problems]
    if not problems:
        problems = disagreements(charter, record)
    return Organisation(charter, record), tuple(sorted(set(problems)))


def bundled() -> dict[str, About]:
    """The organisations that come with Foedus, by id."""
    found = {}
    for folder in sorted(p for p in _bundled_folder().iterdir() if (p / HEAD).is_file()):
        about, _ = read_about(HEAD, (folder / HEAD).read_text("utf-8"))
        if about is not None:
            found[folder.name] = about
    return found


@lru_cache(maxsize=32)
def opened(organisation: str) -> Organisation:
    """`load`, kept for as long as the process lives: for servers, whose folders do not change under them."""
    return load(organisation)


def _day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        return parse_day(value)
    except ValueError as error:
        raise BadInput([Problem("date", 0, str(error))]) from error


def _bundled_folder() -> Path:
    return Path(str(resources.files("foedus"))) / "organisations"


def _folder(organisation: str | Path) -> Path:
    name = str(organisation)
    here = _bundled_folder() / name
    if name and not name.startswith(".") and Path(name).name == name and (here / HEAD).is_file():
        return here
    path = Path(organisation)
    if path.is_dir():
        return path
    known = [folder.name for folder in _bundled_folder().iterdir() if (folder / HEAD).is_file()]
    raise NotFound("organisation or folder", name, known)


def _record(about: About, files: _Files) -> tuple[Record, list[Problem]]:
    names = files.names(RECORD)
    return read_record(about, (SOURCES, files.read(SOURCES)), [(name, files.read(name)) for name in names])


class _Files:
    """The files of one folder, read as UTF-8; whatever cannot be read is a problem and an empty text."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.problems = folder, list[Problem]()
        self._root = folder.resolve()

    def names(self, sub: str) -> list[str]:
        """The YAML files of a folder within, in order of name."""
        return sorted(f"{sub}/{path.name}" for path in (self.folder / sub).glob("*.yaml"))

    def read(self, name: str) -> str:
        path = self.folder / name
        try:
            if not path.resolve().is_relative_to(self._root):
                return self._refused(
                    name, "The file lies outside the organisation's folder.", "Put it inside."
                )
            if path.stat().st_size > MAX_BYTES:
                return self._refused(
                    name, f"The file is larger than {MAX_BYTES:,} bytes.", "Split it into several."
                )
            return path.read_text("utf-8")
        except FileNotFoundError:
            return self._refused(name, "The file is missing.", "")
        except UnicodeDecodeError as error:
            return self._refused(name, f"The file is not UTF-8, at byte {error.start}.", "Save it as UTF-8.")
        except OSError as error:
            return self._refused(name, f"The file cannot be read: {error.strerror}.", "")

    def _refused(self, name: str, what: str, remedy: str) -> str:
        self.problems.append(Problem(name, 0, what, remedy))
        return ""
