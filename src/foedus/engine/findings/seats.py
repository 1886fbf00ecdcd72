"""Seats against the text in force: who took one that no rule gave, and seats that nobody had."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Attendance as Attendances
from foedus.charter.kinds import Composition
from foedus.engine.findings.asked import is_surely_member, is_surely_no_member, on, rows, sessions
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.persons import seat_person_course
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.engine.worlds import at
from foedus.record.acts import Attendance, Row, Session
from foedus.terms.offices import REPRESENTATIVE
from foedus.terms.states import state_name
from foedus.terms.words import spaced

Versions = Sequence[RuleInForce[Composition]]


class Sat(NamedTuple):
    """A line of an attendance that has a state in a seat, and the version of the rule on that day."""

    entry: Attendance
    session: Session
    row: Row
    state: str
    rule: RuleInForce[Composition]

    @property
    def day(self) -> date:
        return self.session.when.latest


def seat_before_rule(standing: Standing) -> Iterator[Finding]:
    """A seat taken by a role that only a later text of the rule admits."""

    def says(sat: Sat, versions: Versions) -> str | None:
        voice = Voice(standing.record, standing.title)
        later = _admitted_later(standing, versions, sat)
        if sat.row.role is None or later is None or _admits(standing, sat.rule, sat):
            return None
        row = sat.row
        return (
            f"At {voice.session(sat.session.id)} {row.person or 'the ' + row.title} sat for "
            f"{state_name(sat.state)} as {row.title or row.role}; the text that admits this is in force "
            f"only from {voice.day(later.period.start)}."
        )

    title = "A seat of the {} was taken before the rule that allows it was in force."
    yield from _each_organ(standing, "seat-before-rule", title, says)


def seat_by_no_rule(standing: Standing) -> Iterator[Finding]:
    """A seat taken by a role that no text of the rule admits, not even as a proxy."""

    def says(sat: Sat, versions: Versions) -> str | None:
        row, rule = sat.row, sat.rule.says
        role = row.role
        if role is None or rule.holder in {role, REPRESENTATIVE} or rule.proxy == "allowed":
            return None
        if _is_unsettled(standing, sat) or _admits(standing, sat.rule, sat) or _attends(standing, sat):
            return None
        if _admitted_later(standing, versions, sat) or not _is_member(standing, sat):
            return None
        voice = Voice(standing.record, standing.title)
        who = row.person or f"the {row.title or spaced(role)}"
        how = "stood in" if row.how == "represented" else "sat"
        as_ = f" as {row.title or spaced(role)}" if row.person else ""
        return (
            f"At {voice.session(sat.session.id)} {who} {how} for {state_name(sat.state)}{as_}; {_text(sat)}."
        )

    title = "A seat of the {} was taken by a role that no text of the rule admits."
    yield from _each_organ(standing, "seat-by-no-rule", title, says)


def seat_of_no_member(standing: Standing) -> Iterator[Finding]:
    """A seat taken by a state that was surely no member, and not as a guest."""

    def says(sat: Sat, _: Versions) -> str | None:
        if not is_surely_no_member(standing, sat.state, sat.rule.says.of, sat.day):
            return None
        voice = Voice(standing.record, standing.title)
        return (
            f"{state_name(sat.state)} is on record among those that sat at {voice.session(sat.session.id)}, "
            "and was no member; that it came as a guest is not recorded."
        )

    title = "A state that was no member took a seat of the {}."
    yield from _each_organ(standing, "seat-of-no-member", title, says)


def _each_organ(
    standing: Standing, code: str, title: str, says: Callable[[Sat, Versions], str | None]
) -> Iterator[Finding]:
    """A finding for each organ, with an instance for each seat of which there is something to say."""
    for organ in standing.organs():
        versions = standing.compositions(organ)
        told = ((sat, says(sat, versions)) for sat in _seats_taken(standing, organ, versions))
        instances = [Instance(sat.day, (sat.entry.id, sat.session.id), said) for sat, said in told if said]
        yield from found(code, versions[0], title.format(standing.title(organ)), instances)


def _seats_taken(standing: Standing, organ: str, versions: Versions) -> Iterator[Sat]:
    for session in sessions(standing.record, [organ]):
        rule = on(versions, session.when.latest)
        for entry, row in rows(standing.record, session) if rule is not None else ():
            if row.state is not None and row.capacity is None and row.how != "absent":
                yield Sat(entry, session, row, row.state, rule)  # type: ignore[arg-type]


def _is_member(standing: Standing, sat: Sat) -> bool:
    return is_surely_member(standing, sat.state, sat.rule.says.of, sat.day)


def _attends(standing: Standing, sat: Sat) -> bool:
    """Whether whoever came took no seat: they are in a role that may attend, or came beside the one who has the seat."""
    rules = standing.charter.of_kind(Attendances)
    may = {
        role
        for rule in rules
        if rule.says.organ == sat.session.organ and rule.period.holds(sat.day)
        for role in rule.says.may_attend
    }
    if sat.row.role in may and sat.row.how != "represented":
        return True
    others = (
        row for _, row in rows(standing.record, sat.session) if row.state == sat.state and row.how != "absent"
    )
    return any(row.role is not None and _admits(standing, sat.rule, sat._replace(row=row)) for row in others)


def _is_unsettled(standing: Standing, sat: Sat) -> bool:
    """Whether the role may sit where national law empowers it, and the record claims nothing of such laws."""
    instead = sat.rule.says.or_
    if instead is None or instead.role != sat.row.role:
        return False
    grade = standing.record.about.grade("national-law", sat.day, state=sat.state, role=instead.role)
    return grade == "sample"


def _text(sat: Sat) -> str:
    """What the text in force has instead."""
    says = sat.rule.says
    instead = says.or_
    if instead is None:
        return f"the text in force seats the {spaced(says.holder)}, and names no proxy"
    if instead.role == sat.row.role:
        return (
            f"the text in force seats the {spaced(says.holder)}, and the {spaced(instead.role)} only where national law "
            "empowers that office: no such law is on record"
        )
    return f"the text in force seats the {spaced(says.holder)}, or the {spaced(instead.role)}, and names no proxy"


def _admitted_later(standing: Standing, versions: Versions, sat: Sat) -> RuleInForce[Composition] | None:
    later = (version for version in versions if version.period.start > sat.rule.period.start)
    return next((version for version in later if _admits(standing, version, sat)), None)


def _admits(standing: Standing, version: RuleInForce[Composition], sat: Sat) -> bool:
    """Whether a version of the rule, applied on the day, has the row's role fill the row's seat."""
    row = sat.row
    course = seat_person_course(standing.record, [version], sat.state)
    holders = [value.holder for value, _ in at(course, sat.day).cells if value.holder is not None]
    return any(
        h.as_.removeprefix("acting ") == row.role and (not row.person or h.person in {None, row.person})
        for h in holders
    )
