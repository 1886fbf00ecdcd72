"""An organisation as its register has it at each moment, and the one way to append to that register. What others append
meanwhile is taken in when somebody next asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import Lock, RLock
from typing import Any

from foedus.problems import Altered, BadInput, Conflict, FoedusError, NotFound, Problem
from foedus.record.seen import PUBLIC, Clearance, seen
from foedus.register.envelope import ActEnvelope, kept
from foedus.register.folders import not_in_the_dark
from foedus.register.ledger import EMPTY, Ledger
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import checked
from foedus.register.mark import Mark
from foedus.register.memory import MemoryRegister
from foedus.register.places import is_database
from foedus.register.planning import otherwise
from foedus.register.store import Appended, Head, Register, settled
from foedus.secretariat.news import News, judged, read_on
from foedus.secretariat.opening import (
    bring_organisation,
    from_register,
    kept_at,
    load,
)
from foedus.secretariat.organisation import Organisation
from foedus.written import Written, frozen

MOST_MARKS = 8  # organisations kept as they were at earlier points
TRIES = 20  # of an append that others come before


class Live:
    """An organisation as its register has it. Threads may share it."""

    def __init__(self, register: Register) -> None:
        self.register = register
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
                later, submission = judged(now, news, self.register)
                try:
                    done = self.register.submit(replace(submission, key=key, expected_size=size))
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

    if database is None and is_database(name):
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
    assert organisation.head is not None  # it was read from a register
    return organisation.head


def _at(organisation: Organisation, register: Register, head: Head) -> Organisation:
    """The organisation, as read from a register at a head."""
    return organisation.with_record(replace(organisation.record, kept=kept_at(register, head)))


def _with_acts(now: Organisation, acts: Iterable[tuple[str, Mapping[str, Any]]]) -> Organisation:
    """An organisation with further acts, each of a file. BadInput with all that is wrong with them."""
    return read_on(now, [Written(file, {"entries": frozen([act])}) for file, act in acts])
