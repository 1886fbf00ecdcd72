"""Questions answered: who held an office, who filled an organ's seats, how a state stood, on a day or over time.

`to_json` of each answer has the form published in `schemas/`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple

from foedus.engine.choices import Ways
from foedus.engine.names import meant
from foedus.engine.reasons import Holder, Reason
from foedus.engine.sentences import Voice
from foedus.engine.standing import ORGANISATION, Standing
from foedus.engine.timelines import STATUSES, Possible, Segment, Status, Timeline
from foedus.problems import NotFound
from foedus.record.record import Record
from foedus.record.seen import redaction_json
from foedus.terms.attribution import CHANNELS, Channel, weakest
from foedus.terms.states import find_state, state_name

SO_FAR = "so far as the record goes"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer was computed from: the charter's SHA-256; the record's size and RFC 6962 root, and the SHA-256 of
    its head and sources; the register it is kept in, as it was then; the two dates; the day by which its sources were
    out, where only those were used; the rules read otherwise than written, by id, each with the name of its reading; and
    what of the record was kept from it.
    """

    charter: str
    record: Record  # its root is reckoned when somebody reads it: that takes longer than many an answer
    on: date | None
    known: date
    published: date | None = None
    readings: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> Json:
        record, kept = self.record, self.record.kept
        return {
            "charter": self.charter,
            "record": {"entries": len(record.entries), "root": record.root, "head": record.head},
            "register": {"name": kept.register, "size": kept.size, "root": kept.root} if kept else None,
            "on": self.on.isoformat() if self.on else None,
            "known": self.known.isoformat(),
            "published": self.published.isoformat() if self.published else None,
            "readings": [{"rule": rule, "reading": name} for rule, name in self.readings],
            "withheld": record.withheld,
            "redacted": [redaction_json(each) for each in record.redacted],
        }


@dataclass(frozen=True)
class Told:
    """One segment of a timeline, read at a day: its status, who, what is possible and if what, and why."""

    segment: Segment
    day: date
    standing: Standing
    state: str | None = None  # whose seat or status it is
    officer: str = ""  # whose seat it is, where it is an officer's
    over_time: bool = False  # whether it is read over all days of the segment, and not on the one

    @property
    def status(self) -> Status:
        """The status on the day."""
        return self.segment.status

    @property
    def holder(self) -> Holder | None:
        """Who holds it, where that is certain."""
        return self.segment.holder

    @property
    def reason(self) -> Reason:
        """Why."""
        return self.segment.reason

    @property
    def possible(self) -> tuple[Possible, ...]:
        """The alternatives in order of name; nothing where the answer is certain, vacant or not in force."""
        if self.status not in {"contested", "unknown", "uncertain"}:
            return ()
        named = lambda p: (p.holder is None, [part or "" for part in p.holder or ()])  # noqa: E731 - a name may be missing
        return tuple(sorted(self.segment.possible, key=named))

    @cached_property
    def voice(self) -> Voice:
        """Says the sentences of this answer."""
        return Voice(self.standing.record, self.standing.title)

    @property
    def attribution(self) -> Channel | None:
        """The weakest claim the answer uses; None where it uses none."""
        entries = self.reason.used()
        return weakest(self.standing.record.strength(e) for e in entries) if entries else None

    @property
    def weakest_entry(self) -> str | None:
        """The entry the attribution is of."""
        record = self.standing.record
        return max(self.reason.used(), key=lambda e: CHANNELS.index(record.strength(e)), default=None)

    def condition(self, possible: Possible) -> str:
        """What makes this alternative the answer."""
        told = self._if(possible.ways)
        if self.status != "unknown":
            return told
        return f"{SO_FAR}, {told}" if told else SO_FAR

    def _if(self, ways: Ways) -> str:
        return self.voice.ways(ways, None if self.over_time else self.day)

    def summary(self) -> str:
        """The answer in one sentence part: who, or between whom, or why there is none."""
        names = [self.voice.holder(p.holder) for p in self.possible]
        match self.status:
            case "certain":
                assert self.holder is not None
                acting = ", acting" if self.holder.as_ == "acting" else ""
                return self.voice.holder(self.holder) + acting
            case "vacant":
                return "nobody"
            case "not-in-force":
                return "no rule in force"
            case "unknown":
                bare = self.state is not None and all(p.holder is None for p in self.possible)
                return "not in the record" if bare else f"{SO_FAR}: {' or '.join(names)}"
            case _:
                return " or ".join(names)

    def because(self) -> tuple[str, ...]:
        """The steps of every branch as sentences, each once."""
        return tuple(dict.fromkeys(self.voice.step(g) for g in self.reason.grounds()))

    def because_of_each(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The same where several are possible: first what holds in any case (under ""), then for each one who may
        hold it what holds only there.
        """
        by_holder: dict[str, list[str]] = {}
        for branch in self.reason.branches:
            told = by_holder.setdefault(self.voice.holder(branch.holder), [])
            told += [said for g in branch.grounds if (said := self.voice.step(g)) not in told]
        shared = [s for s in self.because() if all(s in told for told in by_holder.values())]
        rest = [(name, tuple(s for s in told if s not in shared)) for name, told in by_holder.items()]
        return tuple(part for part in (("", tuple(shared)), *rest) if part[1])

    def untranslated(self) -> tuple[str, ...]:
        """Clauses that the answer leans on and that are not evaluated, as `id: what it says`."""
        charter = self.standing.charter
        rules = dict.fromkeys(charter.by_key[key].says.id for key in self.reason.rules())
        clauses = (c for rule in rules for c in charter.untranslated_for(rule, self.day))
        return tuple(
            dict.fromkeys(f"{c.citation}: {c.says.says}" for c in clauses if c.says.kind == "untranslated")
        )

    def reason_json(self) -> Json:
        """The reason as published: what it rests on, then its branches step by step."""
        charter, record = self.standing.charter, self.standing.record
        entries = self.reason.entries()
        sources = dict.fromkeys(s for entry in entries for s in record.sources_of(entry))
        rules = [charter.by_key[key] for key in self.reason.rules()]
        return {
            "summary": self.summary(),
            "authority": self.segment.authority,
            "rules": [
                {
                    "id": rule.says.id,
                    "citation": rule.citation,
                    "text": rule.text,
                    "basis": rule.says.basis,
                    "from": rule.period.start.isoformat(),
                    "to": rule.period.end.isoformat() if rule.period.end else None,
                }
                for rule in rules
            ],
            "entries": list(entries),
            "sources": [{"id": s, "kind": record.sources[s].kind} for s in sources],
            "weakest": {"attribution": self.attribution, "entry": self.weakest_entry},
            "untranslated": list(self.untranslated()),
            "branches": [
                {
                    "holders": self.holder_json(branch.holder),
                    "if": self._if(branch.ways),
                    "steps": [
                        {
                            "how": ground.how,
                            "says": self.voice.ground(ground),
                            "rule": ground.rule,
                            "entries": list(ground.entries),
                        }
                        for ground in branch.grounds
                    ],
                }
                for branch in self.reason.branches
            ],
        }

    def holder_json(self, holder: Holder | None) -> list[Json]:
        """A holder as a list of one row, nobody as an empty list."""
        if holder is None:
            return []
        as_ = holder.as_ if holder.state or holder.person else "officer"
        return [{"state": holder.state, "person": holder.person, "as": as_ or None}]

    def possible_json(self) -> list[Json]:
        """The alternatives, each with what makes it the answer."""
        return [{"holders": self.holder_json(p.holder), "if": self.condition(p)} for p in self.possible]


@dataclass(frozen=True)
class Answer:
    """The answer to one question on one day. `rows` has one row for an office or a state; a row a seat for an organ, and
    a row a state for a membership (`of_many`).
    """

    organisation: str
    question: str
    on: date
    known: date
    rows: tuple[Told, ...]
    basis: Basis
    of_many: bool = False

    @property
    def status(self) -> Status:
        """The status; of several rows, the least sure."""
        return min((row.status for row in self.rows), key=STATUSES.index, default="not-in-force")

    @property
    def holder(self) -> Holder | None:
        """Who holds it, where that is certain; None where there are several rows."""
        return None if self.of_many else self.rows[0].holder

    @property
    def attribution(self) -> Channel | None:
        """The weakest claim used anywhere in the answer."""
        used = [row.attribution for row in self.rows if row.attribution is not None]
        return weakest(used) if used else None

    def __repr__(self) -> str:
        said = "; ".join(row.summary() for row in self.rows)
        return f"<{self.organisation} {self.question} on {self.on}: {self.status}: {said}>"

    def to_json(self) -> Json:
        """The answer as published in `schemas/who.json`."""
        told = self.rows[0] if self.rows and not self.of_many else None
        return {
            "organisation": self.organisation,
            "question": self.question,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "status": self.status,
            "holders": self._seats_json() if told is None else told.holder_json(told.holder),
            "possible": [] if told is None else told.possible_json(),
            "attribution": self.attribution,
            "reason": None if told is None else told.reason_json(),
            "basis": self.basis.to_json(),
        }

    def _seats_json(self) -> list[Json]:
        return [_seat_json(row) for row in self.rows]


def _seat_json(row: Told) -> Json:
    holder = row.holder or Holder(row.state, None, "")
    return {
        "state": holder.state,
        "officer": row.officer or None,
        "person": holder.person,
        "as": holder.as_ or None,
        "status": row.status,
        "possible": row.possible_json(),
        "attribution": row.attribution,
        "reason": row.reason_json(),
    }


@dataclass(frozen=True)
class Course:
    """A question answered over all time: (first day, first day out, rows) in order, without gaps."""

    organisation: str
    question: str
    known: date
    parts: tuple[tuple[date, date | None, tuple[Told, ...]], ...]
    basis: Basis
    of_many: bool = False

    def __repr__(self) -> str:
        return f"<{self.organisation} {self.question}: {len(self.parts)} segments>"

    def to_json(self) -> Json:
        """The answer as published in `schemas/timeline.json`."""
        return {
            "organisation": self.organisation,
            "question": self.question,
            "known": self.known.isoformat(),
            "segments": [self._segment_json(*part) for part in self.parts],
            "basis": self.basis.to_json(),
        }

    def _segment_json(self, start: date, end: date | None, rows: tuple[Told, ...]) -> Json:
        status = min((row.status for row in rows), key=STATUSES.index, default="not-in-force")
        told = None if self.of_many else rows[0]
        return {
            "from": start.isoformat(),
            "to": end.isoformat() if end else None,
            "status": status,
            "holders": [_seat_json(r) for r in rows] if told is None else told.holder_json(told.holder),
            "possible": [] if told is None else told.possible_json(),
            "reason": None if told is None else told.reason_json(),
        }


class Subject(NamedTuple):
    """What a question is about: an office, the seats of an organ, a membership, or one state's (in `state`)."""

    kind: Literal["office", "organ", "membership", "party"]
    name: str
    state: str = ""

    @property
    def of_many(self) -> bool:
        """Whether it is answered with several rows."""
        return self.kind in {"organ", "membership"}


class Questions:
    """Answers questions about one organisation, by name, from its standing.

    A question is the name of an office, of an organ (its seats), of a membership (its parties), a state's code or name
    (how it stands in the organisation), or `MEMBERSHIP/STATE`, such as `treaty/ARM`.
    """

    def __init__(
        self, organisation: str, standing: Standing, known: date, published: date | None = None
    ) -> None:
        self.organisation, self.standing, self.known, self.published = (
            organisation,
            standing,
            known,
            published,
        )

    def names(self) -> tuple[str, ...]:
        """Everything that can be asked about by a name of its own."""
        standing = self.standing
        states = dict.fromkeys(s for of in standing.memberships() for s in standing.parties(of))
        names = (state_name(state) for state in states)
        return (*standing.offices(), *standing.organs(), *standing.memberships(), *states, *names)

    def subject(self, question: str) -> Subject:
        """What a question is about. It is a name or the beginning of one, as in `whole`, and raises what that raises."""
        standing, question = self.standing, self.whole(question)
        if question in standing.offices():
            return Subject("office", question)
        if question in standing.organs():
            return Subject("organ", question)
        if question in standing.memberships():
            return Subject("membership", question)
        of, slash, name = question.rpartition("/")
        if slash and of not in standing.memberships():
            raise NotFound(f"membership of {self.organisation}", of, standing.memberships())
        state = find_state(name)
        if state is None:
            raise NotFound(f"office, organ or state of {self.organisation}", question, self.names())
        return Subject("party", of or ORGANISATION, state)

    def whole(self, question: str) -> str:
        """The question by its whole name. A beginning will do where only one office, organ, membership or state on record
        has it: of the name it is recorded by or of the one the charter gives it.

        NotFound, with the nearest name, for the beginning of none, and with the candidates for that of several.
        """
        standing = self.standing
        named = (*standing.offices(), *standing.organs(), *standing.memberships())
        if question in named or "/" in question or find_state(question) is not None:
            return question
        calls = {call: name for name in named for call in (standing.title(name), name)}
        calls |= {name: name for name in self.names() if name not in named and find_state(name) != name}
        return meant(f"office, organ or state of {self.organisation}", question, calls, self.names())

    def who(self, question: str, on: date) -> Answer:
        """Who held an office, filled an organ's seats, was a party, or how a state stood, at the end of the day `on`.

        The question is a name or the beginning of one, as in `whole`, and raises what that raises.
        """
        question = self.whole(question)
        subject = self.subject(question)
        rows = tuple(self._rows(subject, on))
        return Answer(self.organisation, question, on, self.known, rows, self.basis(on), subject.of_many)

    def timeline(self, question: str) -> Course:
        """The same over all time, from the first day the record gives a reason to look at."""
        question = self.whole(question)
        subject = self.subject(question)
        edges = sorted({s.start for timeline in self._timelines(subject) for s in timeline.segments})
        parts: list[tuple[date, date | None, tuple[Told, ...]]] = []
        for index, start in enumerate(edges):
            end = edges[index + 1] if index + 1 < len(edges) else None
            rows = tuple(replace(row, over_time=True) for row in self._rows(subject, start))
            if parts and [r.segment for r in parts[-1][2]] == [r.segment for r in rows]:
                start, _, rows = parts.pop()  # noqa: PLW2901 - the two are one
            parts.append((start, end, rows))
        return Course(
            self.organisation, question, self.known, tuple(parts), self.basis(None), subject.of_many
        )

    def basis(self, on: date | None) -> Basis:
        """What answers are computed from."""
        charter = self.standing.charter
        return Basis(charter.digest, self.standing.record, on, self.known, self.published, charter.readings)

    def title(self, question: str) -> str:
        """What is asked about, as a heading."""
        subject = self.subject(question)
        named = self.standing.title(subject.name)
        match subject.kind:
            case "membership":
                return f"Parties of the {named}"
            case "party":
                beside = "" if subject.name == ORGANISATION else f" and the {named}"
                return f"{state_name(subject.state)}{beside}"
            case _:
                return named

    def _rows(self, subject: Subject, day: date) -> Iterable[Told]:
        """One row; of an organ one for each seat there is, or may be, on the day; of a membership one for each state but
        those that certainly are no party; one for none where no rule is in force.
        """
        if subject.kind == "organ":
            return self._seats(subject.name, day)
        if subject.kind == "membership":
            return self._parties(subject.name, day)
        whose = subject.state if subject.kind == "party" else None
        return (Told(timeline.at(day), day, self.standing, whose) for timeline in self._timelines(subject))

    def _seats(self, organ: str, day: date) -> Iterable[Told]:
        standing, seats = self.standing, self.standing.seats(organ)
        states = standing.parties(standing.compositions(organ)[0].says.of)
        rows = [
            Told(seats[s].at(day), day, standing, s)
            if s in states
            else Told(seats[s].at(day), day, standing, officer=s)
            for s in standing.seated(organ, day)
        ]
        return rows or [Told(standing.no_seats(organ).at(day), day, standing)]

    def _parties(self, of: str, day: date) -> Iterable[Told]:
        rows = [
            Told(self.standing.party(s, of).at(day), day, self.standing, s) for s in self.standing.parties(of)
        ]
        in_force = [row for row in rows if row.status != "not-in-force"]
        if not in_force:
            return [replace(row, state=None) for row in rows[:1]]
        return [row for row in in_force if row.holder is None or row.holder.as_ != "non-member"]

    def _timelines(self, subject: Subject) -> Iterable[Timeline]:
        standing = self.standing
        match subject.kind:
            case "office":
                return (standing.office(subject.name),)
            case "organ":
                return (*standing.seats(subject.name).values(), standing.no_seats(subject.name))
            case "membership":
                return tuple(standing.party(s, subject.name) for s in standing.parties(subject.name))
            case _:
                return (standing.party(subject.state, subject.name),)
