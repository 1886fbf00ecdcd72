"""The one composition room: opens organisations from their folders, and asks the engine on their behalf."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path, PurePath
from typing import Any

from foedus.accounts.deciders import organ_meant
from foedus.charter.charter import Charter
from foedus.charter.check import check_charter
from foedus.charter.deciding import with_rules
from foedus.charter.read import read_charter
from foedus.charter.readings import read_as
from foedus.decisions.alternatives import rule_alone
from foedus.decisions.read import rule_from
from foedus.decisions.rule import Rule
from foedus.decisions.weights import NO_WEIGHTS, Weights, read_weights
from foedus.engine.agreement import disagreements
from foedus.engine.answers import Answer, Course, Questions
from foedus.engine.findings import Finding, findings
from foedus.engine.standing import Standing
from foedus.problems import ANYTHING, BadInput, NotFound, Problem
from foedus.record.about import About
from foedus.record.acts import AnyAct
from foedus.record.live import repaired
from foedus.record.published import published
from foedus.record.read import RecordFiles, read_about
from foedus.record.record import Record
from foedus.register.folders import Contents, bring, contents
from foedus.register.store import Register
from foedus.terms.dates import parse_day
from foedus.written import Written, frozen

HEAD, SOURCES, RECORD, WEIGHTS = "organisation.yaml", "sources.yaml", "record", "weights.csv"
MAX_BYTES = 8_000_000
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True)
class Organisation:
    """An organisation as read from its folder: its charter and its whole record; or that record as it could be known from
    what was out by the end of the day `published_by`.
    """

    charter: Charter
    record: Record
    published_by: date | None = None
    weights: Weights = NO_WEIGHTS

    @property
    def name(self) -> str:
        """Its id, such as `csto`."""
        return self.record.about.id

    def __repr__(self) -> str:
        about = self.record.about
        return f"<Organisation {about.id}: {about.name}, {len(self.record.entries)} entries to {about.record_to}>"

    def published(self, by: str | date) -> Organisation:
        """The same organisation from the sources that were out by the end of a day: what the public could know."""
        day = _day(by)
        return Organisation(self.charter, published(self.record, day), day, self.weights)

    def read_as(self, readings: Mapping[str, str]) -> Organisation:
        """The same organisation with each of these rules read as one of its readings says, both by name. BadInput, with
        every fault and the nearest name, where there is no such rule or reading.
        """
        charter = read_as(self.charter, readings)
        return self if charter is self.charter else replace(self, charter=charter)

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
        standing = self.standing(known)
        return Questions(self.name, standing, known or self.record.last_recorded, self.published_by)

    def standing(self, known: date | None = None) -> Standing:
        """The timelines of the record as known; made once for each day it is asked for."""
        return self._standings(known)

    def adding(self, entry: AnyAct) -> Organisation:
        """The same organisation with a further entry on record, whenever what it tells of happened. What was answered
        before is made again only where the entry may have changed it.
        """
        later = replace(self, record=self.record.adding(entry))
        later.__dict__["_standings"] = self._standings.adding(entry, later.record)
        return later

    def with_rule(
        self, rule: str | Rule | Mapping[str, Any], organ: str | None = None, matter: str | None = None
    ) -> Organisation:
        """The organisation as it would be if an organ decided by another rule: a ready one by its name, such as
        `no-veto`, or one as a charter has it. Of a `matter`, or of the usual ones; the organ where there are several.
        Everything can be asked of it that can be asked of this one. NotFound or BadInput where there is no such rule.
        """
        name = organ_meant(self.questions(), organ)
        if isinstance(rule, str):
            change = rule_alone(rule, self.weights.names())
        else:
            other = rule if isinstance(rule, Rule) else rule_from(rule)
            change = lambda _: other  # noqa: E731 - a change that looks at nothing
        return replace(self, charter=with_rules(self.charter, name, change, matter))

    @cached_property
    def _standings(self) -> _Standings:
        return _Standings(self.charter, self.record)


class _Standings:
    """Standings by the day as known on: a few, since it is a free date. From the last recorded day on they are one. Each
    is made from the one before, as far as the two are alike.
    """

    def __init__(self, charter: Charter, record: Record, last: Standing | None = None) -> None:
        self._charter, self._record, self._last = charter, record, last
        self._kept: dict[date | None, Standing] = {}

    def __call__(self, known: date | None) -> Standing:
        day = None if known is None or known >= self._record.last_recorded else known
        if day not in self._kept:
            if len(self._kept) >= 16:
                self._kept.clear()
            self._last = self._kept[day] = Standing(self._charter, self._record.known(day), self._last)
        return self._kept[day]

    def adding(self, entry: AnyAct, record: Record) -> _Standings:
        """Those of the record with a further entry."""
        later = _Standings(self._charter, record, self._last)
        now = self._kept.get(None)
        plain = repaired(entry) is None and not self._record.repairs(entry.id)
        if now is not None and plain:  # then it is live, and so is whatever was
            live = record if now.record is self._record else now.record.adding(entry)
            later._last = later._kept[None] = Standing(self._charter, live, now)
        return later


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
    """An organisation on one day: the parties under every membership, every office, the seats of every organ."""

    organisation: str
    name: str
    on: date
    known: date
    memberships: tuple[Answer, ...]
    offices: tuple[Answer, ...]
    organs: tuple[Answer, ...]

    def to_json(self) -> dict[str, Any]:
        """The overview as published in `schemas/show.json`."""
        return {
            "organisation": self.organisation,
            "name": self.name,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "memberships": [answer.to_json() for answer in self.memberships],
            "offices": [answer.to_json() for answer in self.offices],
            "organs": [answer.to_json() for answer in self.organs],
        }


def overview(organisation: Organisation, on: date, known: date | None = None) -> Overview:
    """The organisation at the end of the day `on`, as known."""
    questions = organisation.questions(known)
    standing = questions.standing
    return Overview(
        organisation.name,
        organisation.record.about.name,
        on,
        questions.known,
        tuple(questions.who(name, on) for name in standing.memberships()),
        tuple(questions.who(name, on) for name in standing.offices()),
        tuple(questions.who(name, on) for name in standing.organs()),
    )


def load(organisation: str | Path) -> Organisation:
    """An organisation by its bundled name, from a path to its folder, or from its register: a database's path or address.

    NotFound where there is neither; BadInput, with every fault, where its files are refused.
    """
    found, problems = inspect(organisation)
    if problems or found is None:
        raise BadInput(problems)
    return found


def inspect(organisation: str | Path) -> tuple[Organisation | None, tuple[Problem, ...]]:
    """An organisation as far as it can be read, and every fault of its files. NotFound where there is none."""
    if _is_register(str(organisation)):
        from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

        with open_register(str(organisation)) as register, _nothing_thrown_away():
            return _composed(_Held(contents(register)))
    return _composed(_Files(_folder(organisation)))


def _is_register(address: str) -> bool:
    """Whether an address is that of a database: PostgreSQL's, or a file that begins as SQLite's do."""
    if address.startswith(("postgresql://", "postgres://")):
        return True
    try:
        with Path(address).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False


def _composed(files: _Files | _Held) -> tuple[Organisation | None, tuple[Problem, ...]]:
    head_text = files.read(HEAD)
    about, head = (None, Written(HEAD)) if head_text is None else read_about(HEAD, head_text)
    names = about.instruments if about is not None else files.names("", "*.md")
    texts = files.texts(names)
    charter, faults, refused = read_charter(texts)
    sources = files.read(SOURCES)
    record = RecordFiles(None if sources is None else (SOURCES, sources), files.acts())
    weights, wrong = files.weights()
    unread = len(texts) < len(names) or refused is ANYTHING
    known = ANYTHING if unread else refused | record.refused
    problems = [*head.problems, *faults, *record.problems, *wrong, *files.problems]
    problems += check_charter(charter, known)
    if about is None:
        return None, tuple(sorted(set(problems)))
    found = Organisation(charter, record.record(about), weights=weights)
    problems += disagreements(charter, found.record, head, ANYTHING if record.sources_unread else known)
    return found, tuple(sorted(set(problems)))


def from_register(register: Register, until: int | None = None, *, unsealed: bool = False) -> Organisation:
    """An organisation from its register, as its first `until` entries have it, else all; with `unsealed`, sealed acts
    too. BadInput, with every fault, where what is kept there makes no organisation.
    """
    with _nothing_thrown_away():
        found, problems = _composed(_Held(contents(register, until, unsealed=unsealed)))
    if problems or found is None:
        raise BadInput(problems)
    return found


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """While very many values are made that all stay, Python looks for refuse among them again and again, which takes as
    long as making them. So it does not look meanwhile.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor does it later, among those that are there by then
        if looks:
            gc.enable()


def bring_folder(organisation: str | Path, register: Register) -> int:
    """Append to a register what a folder has and it has not; how many entries that was. BadInput where the folder is
    refused, or says something else of an act that is on record there.
    """
    found = load(organisation)
    files = _Files(_folder(organisation))
    table = files.names("", WEIGHTS)
    texts = files.texts([HEAD, SOURCES, *table, *found.record.about.instruments])
    return bring(register, dict(texts), found.record)


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
    known = [folder.name for folder in _bundled_folder().iterdir() if (folder / HEAD).is_file()]
    if name in known:
        return _bundled_folder() / name
    try:
        if name.strip() and Path(name).is_dir():
            return Path(name)
    except (OSError, ValueError):
        pass  # a name the system cannot look up is the name of nothing
    shown = name if len(name) <= 60 else f"{name[:57]}..."
    raise NotFound("organisation or folder", shown, known)


class _Files:
    """The files of one folder, read as UTF-8; whatever cannot be read is a problem and None."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.problems = folder, list[Problem]()
        self._root = folder.resolve()

    def names(self, sub: str, pattern: str) -> list[str]:
        """The files of a folder within that match, in order of name; those whose name begins with a dot are nobody's."""
        found = (path.relative_to(self.folder) for path in (self.folder / sub).glob(pattern))
        return sorted(p.as_posix() for p in found if not any(part.startswith(".") for part in p.parts))

    def record(self) -> list[str]:
        """The record's files. Whatever else lies in its folder is a problem: it would be left out in silence."""
        if not (self.folder / RECORD).is_dir():
            what = "The folder of the record is missing."
            self._refuse(f"{RECORD}/", what, "Make it; it holds YAML files.")
            return []
        if not (self.folder / RECORD).resolve().is_relative_to(self._root):
            self._refuse(f"{RECORD}/", "The folder lies outside the organisation's.", "Put it inside.")
            return []
        for name in self.names(RECORD, "**/*"):
            path = self.folder / name
            stray = not name.endswith(".yaml") or name.count("/") > 1
            if stray and (path.is_symlink() or not path.is_dir()):
                remedy = f"The record is {RECORD}/*.yaml, without folders within."
                self._refuse(name, "This file is not read.", remedy)
        return self.names(RECORD, "*.yaml")

    def weights(self) -> tuple[Weights, list[Problem]]:
        """The weights of the members over time, where the folder has a table of them."""
        there = (self.folder / WEIGHTS).exists()
        text = self.read(WEIGHTS) if there else None
        return (NO_WEIGHTS, []) if text is None else read_weights(WEIGHTS, text)

    def acts(self) -> list[tuple[str, str | Written]]:
        """(name, text) of each file of the record that can be read."""
        return list(self.texts(self.record()))

    def texts(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """(name, text) of each file that can be read."""
        return [(name, text) for name in names if (text := self.read(name)) is not None]

    def read(self, name: str) -> str | None:
        """A file's text without a byte-order mark; None, with a problem, where it cannot be read."""
        try:
            path = self.folder / name
            if not name.isprintable():
                what = "The file's name holds a sign that cannot be shown."
                self._refuse(name, what, "Name it with letters, digits and hyphens.")
            elif not path.resolve().is_relative_to(self._root):
                self._refuse(name, "The file lies outside the organisation's folder.", "Put it inside.")
            elif not path.is_file() and not path.is_dir() and path.exists():
                self._refuse(name, "This is no file, but a pipe, a device or the like.", "Take it away.")
            elif path.stat().st_size > MAX_BYTES:
                self._refuse(name, f"The file is larger than {MAX_BYTES:,} bytes.", "Split it into several.")
            else:
                return path.read_text("utf-8-sig")
        except FileNotFoundError:
            self._refuse(name, "The file is missing.", "")
        except UnicodeDecodeError as error:
            self._refuse(name, f"The file is not UTF-8, at byte {error.start}.", "Save it as UTF-8.")
        except (OSError, ValueError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "its name leads nowhere"
            self._refuse(name, f"The file cannot be read: {reason}.", "")
        return None

    def _refuse(self, name: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(name, 0, what, remedy))


class _Held:
    """What a register holds, as the files of a folder; whatever is not there is a problem and None."""

    def __init__(self, held: Contents) -> None:
        self.held, self.problems = held, list[Problem]()

    def names(self, sub: str, pattern: str) -> list[str]:
        return sorted(name for name in self.held.texts if PurePath(name).match(f"{sub}{pattern}"))

    def acts(self) -> list[tuple[str, str | Written]]:
        return [(file, Written(file, {"entries": frozen(acts)})) for file, acts in self.held.acts.items()]

    def weights(self) -> tuple[Weights, list[Problem]]:
        text = self.held.texts.get(WEIGHTS)
        return (NO_WEIGHTS, []) if text is None else read_weights(WEIGHTS, text)

    def texts(self, names: Iterable[str]) -> list[tuple[str, str]]:
        return [(name, text) for name in names if (text := self.read(name)) is not None]

    def read(self, name: str) -> str | None:
        if name not in self.held.texts:
            self.problems.append(Problem(name, 0, "The text is not in the register."))
        return self.held.texts.get(name)
