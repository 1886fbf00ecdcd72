"""An organisation as its register has it at each moment, and the one way to append to that register.

What is appended is first read with all that is there, as a folder would be: an act that the organisation could not be
read with is refused, with everything that is wrong. What others append meanwhile is taken in when somebody next asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from threading import Lock, RLock
from typing import Any

import rfc8785

from foedus.engine.agreement import disagreements_of
from foedus.problems import Altered, BadInput, Conflict, FoedusError, NotFound, Problem
from foedus.record.read import RecordFiles
from foedus.record.seen import LADDER, PUBLIC, Clearance, seen
from foedus.record.shelf import nothing_thrown_away
from foedus.register.envelope import POLICY, ActEnvelope, kept
from foedus.register.folders import (
    as_seen,
    contents,
    enveloped,
    not_in_the_dark,
    of_act,
    of_text,
    together,
)
from foedus.register.ledger import EMPTY, Ledger
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import checked
from foedus.register.mark import Mark
from foedus.register.memory import MemoryRegister
from foedus.register.planning import otherwise
from foedus.register.store import Appended, Head, Register, Submission, settled
from foedus.register.writers import Writers
from foedus.secretariat.opening import (
    Held,
    bring_organisation,
    composed,
    from_register,
    is_register,
    kept_at,
    load,
    unreadable_below,
    without,
)
from foedus.secretariat.organisation import Organisation
from foedus.written import Path, Written, frozen

AS_APPENDED = "record/register.yaml"  # the file of a folder that holds what was appended, where none is named
MOST_MARKS = 8  # organisations kept as they were at earlier points
TRIES = 20  # of an append that others come before


@dataclass(frozen=True, slots=True)
class News:
    """What is to be put on record: acts, as record files write them, in the order they are to stand; texts, by name, in
    place of those of that name. `recorded`: the day on which it is, and `recorded_by` who does it: said of every act.
    `clearance` is that of whoever asks: of what lies above it no refusal tells.
    """

    acts: Sequence[Mapping[str, Any]]
    recorded: date
    recorded_by: str
    texts: Mapping[str, str] = field(default_factory=dict)
    file: str = AS_APPENDED
    clearance: Clearance = PUBLIC

    @property
    def shared(self) -> dict[str, str]:
        """What is said of every act."""
        return {"recorded": self.recorded.isoformat(), "recorded by": self.recorded_by}

    def faults(self) -> Iterator[Problem]:
        """What is wrong with them whatever the organisation: nobody records an act for another, or on another day."""
        if not self.acts and not self.texts:
            yield Problem("acts", 0, "There is nothing to put on record.")
        if POLICY in self.texts:
            remedy = "Put it on record with foedus log policy, which says what it changes."
            yield Problem(POLICY, 0, "A policy is not put on record as other texts are.", remedy)
        for at, act in enumerate(self.acts, 1):
            for key, value in self.shared.items():
                if key in act and act[key] != value:
                    said = f"“{key}” is “{act[key]}”, and whoever asks records as “{value}”."
                    yield Problem(f"act {at}", 0, said, "Leave it out.")

    @property
    def digest(self) -> bytes:
        """What tells whether two are the same, whatever day they are tried on."""
        asked: Any = {
            "acts": list(self.acts),
            "texts": dict(self.texts),
            "file": self.file,
            "by": self.recorded_by,
        }
        return sha256(rfc8785.dumps(asked)).digest()


class Live:
    """An organisation as its register has it. Threads may share it."""

    def __init__(self, register: Register) -> None:
        self.register, self.writers = register, Writers(register)
        self._lock = RLock()
        self._reading = Lock()  # of earlier points, which takes long: nobody who appends waits for it
        self._marks: dict[tuple[int, Clearance], Organisation] = {}
        self._now = from_register(register)
        self._seen: dict[Clearance, Organisation] = {}
        self._ledger = EMPTY

    def close(self) -> None:
        """Let go of what keeps the register."""
        self.register.close()

    @property
    def name(self) -> str:
        """The organisation's id."""
        return self._now.name

    def now(self, clearance: Clearance = PUBLIC) -> Organisation:
        """The organisation as its register has it now, for somebody with this clearance. Altered where the register is
        not what it was, gone on from: it was set back, or rewritten.
        """
        whole = self._whole()
        found = self._seen.get(clearance)
        if found is None or found.record.kept != whole.record.kept:
            before = found if found is not None and found.charter is whole.charter else whole
            record = seen(whole.record, clearance)
            found = whole if record is whole.record else before.with_record(record)
            self._seen[clearance] = found
        return found

    def _whole(self) -> Organisation:
        head, known = self.register.head(), self._now
        if _head(known) == head:
            return known
        with self._lock:
            if _head(self._now) != head:
                self._now = self._later(self._now, head)
            return self._now

    def ledger(self) -> Ledger:
        """Where in the register what stands, as it is now. Altered as `now` is."""
        size = _head(self._whole()).size
        with self._lock:
            if self._ledger.size < size:
                self._ledger = self._ledger.grown(self.register.read(self._ledger.size, size))
            return self._ledger

    def as_of(self, mark: Mark, clearance: Clearance = PUBLIC) -> Organisation:
        """The organisation as its register had it, for somebody with this clearance. Raises what `Mark.found` does."""
        head = mark.found(self.register)
        now = self.now(clearance)
        if _head(now) == head:
            return now
        asked = (mark.size, clearance)
        with self._reading:
            if asked not in self._marks:
                if len(self._marks) >= MOST_MARKS:
                    self._marks.pop(next(iter(self._marks)))
                self._marks[asked] = from_register(self.register, mark).seen_by(clearance)
            return self._marks[asked]

    def append(self, news: News, *, key: str | None = None, expected_size: int | None = None) -> Appended:
        """Put news on record, all or nothing. BadInput with everything wrong with it; Conflict where the register has not
        as many entries as were expected, or the key was used for something else.
        """
        with self._lock:
            for _ in range(TRIES):
                now = self._whole()  # before the receipt: what is done since is no conflict with itself
                earlier = None if key is None else self.register.receipt(key)
                if earlier is not None:
                    return settled(earlier.again(news.digest))
                not_in_the_dark(self.register, now.record.withheld)
                size = _head(now).size
                if expected_size not in {None, size}:
                    raise Conflict(otherwise(expected_size or 0, size))
                later, submission = _made(now, news, self.register)
                try:
                    done = self.writers.submit(replace(submission, key=key, expected_size=size))
                except Conflict:
                    continue  # another process came first: its entries are to be read before ours are judged
                self._now = _at(later, self.register, done.head)
                return done
        raise Conflict(f"Others came first {TRIES} times. Try again with the same key.")

    def _later(self, known: Organisation, head: Head) -> Organisation:
        """An organisation as a longer register has it: further acts are added, and for anything else all is read anew."""
        before = _head(known)
        if head.size < before.size or Prover(self.register.hashes).root(before.size) != before.root:
            what = f"“{self.register.name}” was set back or rewritten: it does not continue {before}."
            raise Altered(what)
        came = [
            kept(e, f"entry {at}")
            for at, e in enumerate(checked(self.register, before.size, head), before.size)
        ]
        acts = [(each.file, each.act) for each in came if isinstance(each, ActEnvelope)]
        if len(acts) < len(came):
            return from_register(self.register, Mark(head.size))
        return _at(_with_acts(known, acts), self.register, head)


def on_register(name: str, database: str | None = None) -> Live:
    """An organisation on its register: in `database` the one of that name, after what its folder has and the register has
    not was appended, where there is a folder; without, one that lasts as long as the process, or the database itself
    where `name` is one. NotFound where there is neither folder nor register; BadInput where the folder is refused, or
    says something else of what is on record.
    """
    from foedus.register.address import open_register  # noqa: PLC0415 - databases are slow to import

    if database is None and is_register(name):
        return _alive(open_register(name))
    try:
        found = load(name)
    except NotFound:
        if name not in registers_in(database):
            raise
        return _alive(open_register(str(database), name))
    if database is None:
        return _alive(MemoryRegister(found.name), found, name)
    return _alive(open_register(database, found.name, make=True), found, name)


def _alive(register: Register, found: Organisation | None = None, folder: str = "") -> Live:
    """The organisation in a register, after what the folder it was found in has was brought there."""
    try:
        if found is not None:
            bring_organisation(found, folder, register)
        return Live(register)
    except BadInput as error:
        register.close()
        what = f"The folder of “{register.name}” says something else than its register, which only grows."
        remedy = "Write corrections; or begin another register, in another database."
        more = [] if found is None else [Problem(folder, 0, what, remedy)]
        raise BadInput([*error.problems, *more]) from error
    except FoedusError:
        register.close()
        raise


def registers_in(database: str | None) -> list[str]:
    """The names of the registers in a database; none where it is not there yet."""
    from foedus.register.address import registers  # noqa: PLC0415 - databases are slow to import

    try:
        return [] if database is None else registers(database)
    except NotFound:
        return []


def _head(organisation: Organisation) -> Head:
    """The head of the register that an organisation was read from."""
    at = organisation.record.kept
    assert at is not None
    return Head(at.size, bytes.fromhex(at.root))


def _at(organisation: Organisation, register: Register, head: Head) -> Organisation:
    """The organisation, as read from a register at a head."""
    return organisation.with_record(replace(organisation.record, kept=kept_at(register, head)))


def _with_acts(now: Organisation, acts: Iterable[tuple[str, Mapping[str, Any]]]) -> Organisation:
    """An organisation with further acts, each of a file. BadInput with all that is wrong with them."""
    return read_on(now, [Written(file, {"entries": frozen([act])}) for file, act in acts])


def read_on(now: Organisation, files: Sequence[Written]) -> Organisation:
    """An organisation with the acts of further files, or of files that it has. BadInput with all that is wrong with them,
    for those who see all of it, or for those who do not.
    """
    read = RecordFiles.further(now.record, [(each.file, each) for each in files])
    record = replace(now.record, entries=tuple(read.entries), places=read.places, kept=None)
    came = [entry for entry in record.entries if entry.id not in now.record.places]
    problems = [*read.problems, *disagreements_of(came, now.charter, record)]
    problems += unreadable_below(came, now.charter, record) if not problems else ()
    if problems:
        raise BadInput(problems)
    return now.with_record(record)


def _made(now: Organisation, news: News, register: Register) -> tuple[Organisation, Submission]:
    """The organisation with the news, and what is to be appended. BadInput with everything wrong with it."""
    problems = [*news.faults()]
    if problems:
        raise BadInput(problems)
    rows = frozen([{**news.shared, **act} for act in news.acts])
    lines: dict[Path, int] = {("entries", at): at + 1 for at in range(len(rows))}
    file = Written(news.file, {"entries": rows}, lines=lines)
    later = _judged(now, news, file, register)
    acts = [later.record.by_id[str(act["id"])] for act in rows]
    parts = [of_text(name, text) for name, text in news.texts.items()]
    parts += [of_act(enveloped(news.file, act)) for act in acts]
    return later, replace(together(parts), asked=news.digest)


def _judged(now: Organisation, news: News, file: Written, register: Register) -> Organisation:
    """The organisation with the news: first as whoever asks sees it, so that no refusal tells of what they do not."""
    hidden = seen(now.record, news.clearance) is not now.record
    if hidden:
        _read(now, news, file, register, news.clearance)
    try:
        return _read(now, news, file, register, LADDER[-1])
    except BadInput as error:
        if not hidden:
            raise
        what = (
            "They cannot stand beside what is on record under seal: an id is taken, or must not be named so."
        )
        raise BadInput([Problem("acts", 0, what, "Ask whoever may see that.")]) from error


def _read(
    now: Organisation, news: News, file: Written, register: Register, clearance: Clearance
) -> Organisation:
    try:
        if news.texts:
            return _read_anew(register, news.texts, file, clearance)
        return read_on(now.seen_by(clearance), [file])
    except BadInput as error:
        raise BadInput(_placed(problem, news) for problem in error.problems) from error


def _read_anew(
    register: Register, texts: Mapping[str, str], file: Written, clearance: Clearance
) -> Organisation:
    """The organisation of a register with other texts, and the acts of a file."""
    held = as_seen(contents(register), clearance)
    held.texts |= texts
    held.acts.setdefault(file.file, []).extend(file.data["entries"])
    with nothing_thrown_away():
        found, problems = composed(Held(held))
    if problems or found is None:
        raise BadInput(problems)
    return without(found, held)


def _placed(problem: Problem, news: News) -> Problem:
    """A problem of an act, by its number among those that are to be put on record."""
    return replace(problem, file=f"act {problem.line}", line=0) if problem.file == news.file else problem
