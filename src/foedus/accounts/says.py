"""What each source says on a point: who held an office, filled an organ's seats, or how a state stood, on a day.

Silence is a fact like any other and is recorded as one. That a source was read for the session concerned, and nothing
on the point is recorded from it, is not the same: such sources are named apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.accounts.lines import Json, Line, bearing_on, line, order
from foedus.accounts.witnesses import Witness, source_name, witnesses
from foedus.engine.answers import Answer, Questions, Subject
from foedus.engine.offices import handed_over
from foedus.record.acts import (
    AnyAct,
    Appointment,
    Attendance,
    Decided,
    Designation,
    Dispute,
    Entry,
    Expect,
    Membership,
    Session,
    Silence,
    Statement,
    TreatyAction,
)
from foedus.record.evidence import Source
from foedus.record.record import Record

Bearing = Literal["rests on", "considered", "about it"]
# the nearer to the question, the sooner: what passes an office, what is said of it, what opened its term, the rest
_NEARNESS: tuple[tuple[type[Entry], ...], ...] = (
    (Designation, Appointment),
    (Statement, Decided, Dispute),
    (Expect, Attendance),
    (Session,),
)


@dataclass(frozen=True, slots=True)
class Read:
    """A source as named beside what it says: its id, its name, and the source."""

    id: str
    name: str
    source: Source

    def to_json(self) -> Json:
        """The source as published in `schemas/says.json`."""
        return {
            "source": self.id,
            "name": self.name,
            "kind": self.source.kind,
            "published": self.source.published or None,
        }


@dataclass(frozen=True, slots=True)
class Saying:
    """One chain's word on an entry. `read` is the page at its beginning, None where none was read. `noted`: whether the
    record notes what this chain says in particular; else it says what the entry says.
    """

    read: Read | None
    witness: Witness
    says: str
    noted: bool

    def to_json(self) -> Json:
        """The word as published in `schemas/says.json`."""
        told = self.witness.to_json()
        return told | {
            "name": self.read.name if self.read else self.witness.told(),
            "kind": self.read.source.kind if self.read else None,
            "published": (self.read.source.published or None) if self.read else None,
            "says": self.says,
            "noted": self.noted,
            "note": self.witness.note or None,
        }


@dataclass(frozen=True, slots=True)
class Spoken:
    """An entry on the point, and what each source says of it: those that give a day first, by that day."""

    line: Line
    bearing: Bearing
    sayings: tuple[Saying, ...]

    def to_json(self) -> Json:
        """The entry as published in `schemas/says.json`."""
        told = self.line.to_json()
        del told["evidence"]
        return told | {"bearing": self.bearing, "sources": [saying.to_json() for saying in self.sayings]}


@dataclass(frozen=True, slots=True)
class Mute:
    """A source on record as silent: on which entry, and what it leaves out."""

    of: str
    saying: Saying

    def to_json(self) -> Json:
        """The silence as published in `schemas/says.json`."""
        return {"of": self.of} | self.saying.to_json()


@dataclass(frozen=True)
class Says:
    """What each source says on a point. `unheard` holds, for each session concerned, the sources read for it from which
    nothing on this point is recorded.
    """

    answer: Answer
    title: str
    spoken: tuple[Spoken, ...]
    silent: tuple[Mute, ...]
    unheard: tuple[tuple[Line, tuple[Read, ...]], ...]

    def to_json(self) -> Json:
        """The account as published in `schemas/says.json`."""
        answer = self.answer
        return {
            "organisation": answer.organisation,
            "question": answer.question,
            "title": self.title,
            "on": answer.on.isoformat(),
            "known": answer.known.isoformat(),
            "status": answer.status,
            "answer": [row.summary() for row in answer.rows],
            "entries": [each.to_json() for each in self.spoken],
            "silent": [each.to_json() for each in self.silent],
            "read, nothing recorded": [
                {"session": session.id, "sources": [read.to_json() for read in sources]}
                for session, sources in self.unheard
            ],
            "basis": answer.basis.to_json(),
        }


def says(asked: Questions, question: str, on: date) -> Says:
    """What each source says on the answer to a question on a day: every source of an entry that the answer rests on or
    considered, of statements, decisions and disputes about those, and of recorded silences.

    The question is one that `Questions.who` takes, and raises what that raises.
    """
    answer, record, subject = asked.who(question, on), asked.standing.record, asked.subject(question)
    rests = {e: record.by_id[e] for row in answer.rows for e in row.reason.entries()}
    considered = {e.id: e for e in _considered(asked, subject, rests.values(), on) if e.id not in rests}
    about = {e.id: e for e in _about(record, {*rests, *considered}) if e.id not in rests | considered}
    groups: tuple[tuple[Bearing, Iterable[AnyAct]], ...] = (
        ("rests on", rests.values()),
        ("considered", considered.values()),
        ("about it", about.values()),
    )
    spoken = [_spoken(record, entry, bearing) for bearing, entries in groups for entry in entries]
    spoken.sort(
        key=lambda each: (_nearness(answer, subject, record.by_id[each.line.id]), order(each.line.when))
    )
    silent = tuple(_silent(record, (rests | considered | about).values()))
    heard = {s.witness.source for each in spoken for s in each.sayings} | {
        m.saying.witness.source for m in silent
    }
    unheard = tuple(_unheard(record, (e for e in rests.values() if isinstance(e, Session)), heard))
    return Says(answer, asked.title(answer.question), tuple(spoken), silent, unheard)


def _nearness(answer: Answer, subject: Subject, entry: AnyAct) -> int:
    """How near an entry is to the question: first what the answer hangs on, and of parties their memberships."""
    chosen = {c.entry for row in answer.rows for b in row.reason.branches for way in b.ways for c in way}
    of_parties = subject.kind in {"membership", "party"}
    if entry.id in chosen or (of_parties and isinstance(entry, Membership | TreatyAction)):
        return -1
    return next((rank for rank, kinds in enumerate(_NEARNESS) if isinstance(entry, kinds)), len(_NEARNESS))


def _considered(asked: Questions, subject: Subject, rests: Iterable[AnyAct], on: date) -> Iterator[AnyAct]:
    """Entries that might have made the answer another, and what sources say of it that is never an input."""
    record = asked.standing.record
    match subject.kind:
        case "office":
            yield from _of_office(record, subject.name, rests, on)
        case "organ":
            sessions = (s for s in record.of_kind(Session) if s.organ == subject.name)
            days = {s.id for s in sessions if s.when.began <= on <= s.when.latest}
            yield from (entry for entry in record.of_kind(Attendance) if entry.session in days)
        case _:
            yield from _of_parties(record, subject, on)


def _of_office(record: Record, office: str, rests: Iterable[AnyAct], on: date) -> Iterator[AnyAct]:
    """Hand-overs of the running terms, who is said to have held the office, appointments made and not begun."""
    terms = {entry.id for entry in rests if isinstance(entry, Session)}
    for term, designations in handed_over(record, office).items():
        yield from designations if term in terms else ()
    yield from (e for e in record.of_kind(Expect) if e.office == office and e.at in terms)
    for appointment in record.of_kind(Appointment):
        if appointment.office == office and _made_but_not_begun(record, appointment, on):
            yield appointment


def _of_parties(record: Record, subject: Subject, on: date) -> Iterator[AnyAct]:
    """Every membership of the state asked about; and what was done about it, or about any state's, up to the day."""
    state = subject.state
    yield from (e for e in record.of_kind(Membership) if (e.party, e.of) == (state, subject.name))
    for action in record.of_kind(TreatyAction):
        if action.of == subject.name and state in {"", *action.states} and action.when.earliest <= on:
            yield action


def _made_but_not_begun(record: Record, entry: Appointment, on: date) -> bool:
    session = record.by_id.get(entry.at or "")
    made = entry.appointed or (session.when if isinstance(session, Session) else None)
    return made is not None and made.earliest <= on < entry.from_.latest


def _about(record: Record, ids: set[str]) -> Iterator[AnyAct]:
    """Statements and decisions about any of the entries, and disputes of them."""
    for entry in bearing_on(record, ids):
        if isinstance(entry, Dispute):
            yield entry
        named = (record.by_id.get(name) for name in getattr(entry, "about", ()))
        if isinstance(entry, Statement | Decided) and any(e is not None and e.id in ids for e in named):
            yield entry


def _spoken(record: Record, entry: AnyAct, bearing: Bearing) -> Spoken:
    told = line(record, entry)
    sayings = [_saying(record, told, witness) for witness in told.witnesses if witness.mode != "silent"]
    sayings.sort(key=lambda saying: order(saying.witness.points_to))
    return Spoken(told, bearing, tuple(sayings))


def _saying(record: Record, told: Line, witness: Witness) -> Saying:
    read = _read(record, witness.source) if witness.source else None
    return Saying(read, witness, witness.says or told.says, bool(witness.says))


def _read(record: Record, source: str) -> Read:
    return Read(source, source_name(source, record.sources[source]), record.sources[source])


def _silent(record: Record, entries: Iterable[AnyAct]) -> Iterator[Mute]:
    """Silences recorded of the entries, and chains of their own evidence that are silent."""
    ids = set[str]()
    for entry in entries:
        ids.add(entry.id)
        told = line(record, entry)
        yield from (Mute(entry.id, _saying(record, told, w)) for w in told.witnesses if w.mode == "silent")
    for silence in bearing_on(record, ids):
        if isinstance(silence, Silence):
            told = line(record, silence)
            yield from (Mute(silence.of, _saying(record, told, w)) for w in witnesses(record, silence))


def _unheard(
    record: Record, sessions: Iterable[Session], heard: set[str]
) -> Iterator[tuple[Line, tuple[Read, ...]]]:
    for session in sessions:
        entries = (session, *bearing_on(record, {session.id}))
        read = dict.fromkeys(w.source for e in entries for w in witnesses(record, e) if w.source)
        rest = tuple(_read(record, source) for source in read if source not in heard)
        if rest:
            yield line(record, session), rest
