"""Readings of the rule on decisions against what was decided while a member was absent: what each says becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple

from foedus.accounts.belonging import session_of
from foedus.accounts.trials import Case, Trial, Verdict, View, carries
from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AS_WRITTEN, Absence, AnyRule, Decision
from foedus.charter.readings import reading
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.engine.tenures import is_member
from foedus.record.acts import Adhesion, Attendance, Decided, Session, Statement
from foedus.terms.dates import ONE_DAY, show_when
from foedus.terms.states import state_name
from foedus.terms.words import listed


class Missed(NamedTuple):
    """A decision, or a draft, at a session that members did not come to; what they said of being passed over, and whether
    they joined later, as far as it is on record.
    """

    decision: Decided
    session: Session
    rule: RuleInForce[AnyRule]
    absent: tuple[str, ...]
    objected: tuple[str, ...]
    consented: tuple[str, ...]
    joined: tuple[Adhesion, ...]

    @property
    def taken(self) -> bool:
        """Whether it was adopted."""
        return self.decision.outcome == "adopted"

    def named(self, states: Sequence[str]) -> str:
        """States in words."""
        return listed([state_name(state) for state in states])


class Absences:
    """Every decision on record of the organs of a rule, at a session to which somebody who had a seat did not come."""

    counted: ClassVar[Literal["decision"]] = "decision"

    def __init__(self, standing: Standing, versions: Sequence[RuleInForce[AnyRule]]) -> None:
        self.standing, self.versions = standing, versions
        self.voice = Voice(standing.record, standing.title)

    def trials(self, name: str) -> Iterator[Trial]:
        """Each of them under one reading."""
        for missed in self._missed:
            mode = _mode(missed.rule, name)
            if mode is None:
                case = self._case(missed)
                yield Trial(case, "no such reading of the text in force", "", "not-in-force")
            else:
                gives, verdict = _BECOMES[mode](missed)
                yield Trial(self._case(missed), gives, gives, verdict)

    def views(self, names: Sequence[str]) -> Iterator[View]:
        """What each reading gives, decision by decision."""
        for missed in self._missed:
            modes = {name: _mode(missed.rule, name) for name in names}
            of = {name: _BECOMES[mode](missed)[0] for name, mode in modes.items() if mode is not None}
            day = missed.session.when.latest
            yield View(day, day + ONE_DAY, of)

    @property
    def beside(self) -> tuple[str, ...]:
        """Sessions that somebody missed, of which no decision is on record."""
        decided = {missed.session.id for missed in self._missed}
        return tuple(session.id for session, _, _ in self._sessions if session.id not in decided)

    def _case(self, missed: Missed) -> Case:
        decision, absent = missed.decision, missed.named(missed.absent)
        said = [decision.outcome + (f" ({decision.why})" if decision.why and not missed.taken else "")]
        said += [f"{state_name(each.state)} {each.how}, {show_when(each.when)}" for each in missed.joined]
        said += [f"{missed.named(missed.consented)} is said not to object"] if missed.consented else []
        said += [f"{missed.named(missed.objected)} objected"] if missed.objected else []
        what = f"{decision.what}, at {self.voice.session(missed.session.id)}, without {absent}"
        entries = (missed.session.id, *(each.id for each in missed.joined))
        return Case(missed.session.when.latest, decision.id, what, "; ".join(said), entries)

    @cached_property
    def _sessions(self) -> tuple[tuple[Session, RuleInForce[AnyRule], tuple[str, ...]], ...]:
        """Sessions of the rule's organs that members did not come to, with the version of the rule and who was absent."""
        found = []
        for session in sorted(self.standing.record.of_kind(Session), key=lambda s: s.when.latest):
            day = session.when.latest
            rule = next((v for v in self.versions if v.period.holds(day)), None)
            if rule is not None and isinstance(rule.says, Decision) and session.organ in rule.says.organs:
                absent = tuple(self._absent(session))
                if absent:
                    found.append((session, rule, absent))
        return tuple(found)

    def _absent(self, session: Session) -> Iterator[str]:
        """Members that every source which names them has absent."""
        record, member = self.standing.record, self.standing.member_of(session.organ)
        rows = [
            row
            for entry in record.of_kind(Attendance)
            if session_of(record, entry.id) == session.id
            for row in entry.rows
            if row.state and row.capacity is None
        ]
        for state in sorted({str(row.state) for row in rows}, key=state_name):
            hows = {row.how for row in rows if row.state == state}
            if hows == {"absent"} and any(map(is_member, member(state, session.when.latest))):
                yield state

    @cached_property
    def _missed(self) -> tuple[Missed, ...]:
        record = self.standing.record
        found = []
        for session, rule, absent in self._sessions:
            for decision in record.of_kind(Decided):
                if session_of(record, decision.id) == session.id:
                    said = self._said(session, decision, absent)
                    stopped = (decision.stopped_by,) if decision.stopped_by in absent else ()
                    joined = tuple(
                        a for a in record.of_kind(Adhesion) if a.to == decision.id and a.state in absent
                    )
                    objected = tuple(dict.fromkeys((*stopped, *said["raised"])))
                    consented = tuple(s for s in said["none"] if s not in objected)
                    found.append(Missed(decision, session, rule, absent, objected, consented, joined))
        return tuple(found)

    def _said(self, session: Session, decision: Decided, absent: Sequence[str]) -> dict[str, list[str]]:
        """Which of the absent said that they object, and which that they do not."""
        found: dict[str, list[str]] = {"raised": [], "none": []}
        for entry in self.standing.record.of_kind(Statement):
            bears = {session.id, decision.id} & {*entry.about, entry.session}
            whose = entry.objection_of or entry.by.state
            if entry.objection and bears and whose and whose in absent:
                found[entry.objection].append(whose)
        return found


def _mode(rule: RuleInForce[AnyRule], name: str) -> Absence | None:
    """What absence does by one reading of a version of a rule; None where it cannot be read so."""
    says = rule.says
    assert isinstance(says, Decision)
    if not carries(rule, name):
        return None
    found = reading(says, name) if name != AS_WRITTEN else None
    changed = found.changed.get("absence") if found is not None else None
    return changed or says.absence


Becomes = tuple[str, Verdict]


def _bars_nothing(missed: Missed) -> Becomes:
    if missed.objected:
        return f"barred: {missed.named(missed.objected)} objected", "differs" if missed.taken else "agrees"
    if missed.taken:
        return "stands: no objection is on record", "agrees"
    return ("may be taken: no objection is on record", "differs") if _for_want_of(missed) else _SOMETHING_ELSE


def _ends_quorum(missed: Missed) -> Becomes:
    if missed.taken:
        return "void: there was no quorum", "differs"
    return ("cannot be taken: there was no quorum", "agrees") if _for_want_of(missed) else _SOMETHING_ELSE


def _later_adhesion(missed: Missed) -> Becomes:
    if not missed.taken:
        return (
            ("may be taken, for the absent to join", "differs") if _for_want_of(missed) else _SOMETHING_ELSE
        )
    told = {each.state: each.how for each in missed.joined}
    parts = [
        f"{state_name(state)} {told.get(state, 'is not on record to have joined')}" for state in missed.absent
    ]
    said = f"stands, and binds the absent once it joins: {listed(parts)}"
    return said, "agrees" if set(missed.absent) <= told.keys() else "open"


def _limited_format(missed: Missed) -> Becomes:
    if missed.objected:
        return f"barred: {missed.named(missed.objected)} objected", "differs" if missed.taken else "agrees"
    consented = set(missed.absent) <= set(missed.consented)
    if not missed.taken:
        return ("may be taken, if nobody objects", "open") if _for_want_of(missed) else _SOMETHING_ELSE
    absent = missed.named(missed.absent)
    if consented:
        return f"stands in limited format, {absent} not bound: it did not object", "agrees"
    return (
        f"stands in limited format, {absent} not bound, if it did not object: that is not on record",
        "open",
    )


_SOMETHING_ELSE: Becomes = ("says nothing of it: something else may have stood in the way", "open")


def _for_want_of(missed: Missed) -> bool:
    """Whether a draft failed before it was dealt with, or for want of the consent of somebody absent."""
    return missed.decision.outcome == "not taken up" or bool(missed.objected)


_BECOMES = {
    "bars-nothing": _bars_nothing,
    "ends-quorum": _ends_quorum,
    "later-adhesion": _later_adhesion,
    "limited-format": _limited_format,
}
