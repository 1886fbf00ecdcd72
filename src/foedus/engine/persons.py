"""Parties, the people who speak for them, and the seats they fill."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Composition
from foedus.engine.courses import (
    Course,
    Derived,
    by_coverage,
    by_version,
    closed,
    constant,
    explained,
    pieces,
    values_of,
)
from foedus.engine.reasons import Ground, Holder
from foedus.engine.timelines import Value
from foedus.engine.worlds import BEGINNING, bind
from foedus.record.about import Grade
from foedus.record.acts import Membership, NationalLaw, NationalOffice, Representation, TreatyAction
from foedus.record.record import Record
from foedus.terms.offices import REPRESENTATIVE


def membership_course(record: Record, of: str, party: str, rule: str | None) -> Course:
    """A state's status over time as a party `of` something: member, suspended, left, non-member."""
    entries = record.where(Membership, of=of, party=party)

    def value(entry: Membership) -> Value:
        ground = Ground("holds", f"party-{entry.status}", (party, of, entry.as_), rule, (entry.id,))
        seat = (Ground("holds", "seat-continued", (party, entry.continues), rule, (entry.id,)),)
        return Value(Holder(party, None, entry.status), (ground, *(seat if entry.continues else ())))

    known = Value(Holder(party, None, "non-member"), (Ground("holds", "party-none", (party, of), rule),))
    unknown = Value(
        None, (Ground("unrecorded", "party-unrecorded", (party, of), rule),), None, frozenset({"unrecorded"})
    )
    course = values_of(entries, value, closed(record, "membership", known, unknown, of=of, party=party))
    return _beside_announcements(record, of, party, rule, course)


def _beside_announcements(record: Record, of: str, party: str, rule: str | None, course: Course) -> Course:
    """The course, with what the party announced of its status as considered from the day it did until its status next
    changed: no status follows from it, and none is taken away, unless an entry says so.
    """
    announced = [e for e in record.where(TreatyAction, of=of, action="announcement") if party in e.states]
    if not announced:
        return course
    changes = _changes(record, of, party)
    begin = {e.id: e.when.latest for e in announced}
    end = {e.id: min((day for day in changes if day >= begin[e.id]), default=date.max) for e in announced}

    def on(day: date) -> Derived:
        grounds = (
            Ground("considered", "party-announced", (party, e.what, e.when), rule, (e.id,))
            for e in announced
            if begin[e.id] <= day < end[e.id]
        )
        return explained(course, *grounds)

    return pieces(sorted({BEGINNING, *begin.values(), *end.values()} - {date.max}), on)


def _changes(record: Record, of: str, party: str) -> set[date]:
    """The days by which a status of a state surely had begun, or ended."""
    terms = record.where(Membership, of=of, party=party)
    return {when.latest for term in terms for when in (term.from_, term.until) if when is not None}


def head_course(record: Record, state: str, role: str) -> Course:
    """Who holds a national role over time."""
    entries = record.where(NationalOffice, state=state, role=role)

    def value(entry: NationalOffice) -> Value:
        ground = Ground("holds", "national-office", (entry.person, entry.title, state), None, (entry.id,))
        as_ = f"acting {role}" if entry.acting else role
        return Value(Holder(state, entry.person, as_), (ground,))

    nobody = Value(None, (Ground("holds", "national-office-vacant", (role, state)),))
    unknown = Value(
        Holder(state, None, role),
        (Ground("unrecorded", "national-office-unrecorded", (role, state)),),
        None,
        frozenset({"unrecorded"}),
    )
    return values_of(
        entries, value, closed(record, "national-office", nobody, unknown, state=state, role=role)
    )


def seat_person_course(record: Record, versions: Sequence[RuleInForce[Composition]], state: str) -> Course:
    """Who may fill a state's seat in an organ over time, under the version of the composition rule in force."""

    def under(index: int) -> Derived:
        rule = versions[index]
        if rule.says.holder == REPRESENTATIVE:
            return representative_course(record, rule, state)
        default = explained(
            head_course(record, state, rule.says.holder),
            Ground("applied", "seat-default", (rule.says.holder, state), rule.key),
        )
        if rule.says.or_ is None:
            return default
        return _empowered_or(record, rule, state, default)

    return by_version([version.period for version in versions], under)


def representative_course(record: Record, rule: RuleInForce[Composition], state: str) -> Course:
    """A seat that is the state's own: in which class of members, and whose representatives spoke for it, where that is
    on record. Nobody is named.
    """
    of = rule.says.of
    ground = Ground("applied", "seat-representative", (state,), rule.key)
    terms = record.where(Membership, of=of, party=state)
    seat = values_of(
        terms,
        lambda entry: Value(Holder(state, None, entry.as_ or REPRESENTATIVE), (ground,)),
        constant(Value(Holder(state, None, REPRESENTATIVE), (ground,))),
    )

    def spoken_for(entry: Representation) -> Value:
        by = entry.by.org or entry.by.office or entry.by.person
        return Value(
            Holder(state, by, ""), (Ground("holds", "seat-represented", (state, by), rule.key, (entry.id,)),)
        )

    speakers = record.where(Representation, of=of, party=state)
    by = values_of(speakers, spoken_for, constant(Value(None, ())))
    return bind(by, lambda v: explained(seat, base=v))


def _empowered_or(record: Record, rule: RuleInForce[Composition], state: str, default: Derived) -> Course:
    """The holder of the other role where national law empowers it, else the default."""
    assert rule.says.or_ is not None
    role = rule.says.or_.role
    laws = record.where(NationalLaw, state=state, empowers=role)

    def value(law: NationalLaw) -> Value:
        ground = Ground("applied", "seat-by-national-law", (role, state), rule.key, (law.id,))
        return Value(Holder(state, None, role), (ground,))

    def none_on_record(grade: Grade) -> Value:
        if grade == "sample":
            ground = Ground("unrecorded", "national-law-unrecorded", (role, state), rule.key)
            return Value(None, (ground,), None, frozenset({"unrecorded"}))
        return Value(None, (Ground("considered", f"national-law-none-{grade}", (role, state), rule.key),))

    law = values_of(laws, value, by_coverage(record, "national-law", none_on_record, state=state, role=role))
    head = head_course(record, state, role)
    return bind(law, lambda v: explained(head if v.holder is not None else default, base=v))


def officer_unnamed(officer: str, rule: str) -> Value:
    """The seat a rule gives an officer: no act on record says who that was."""
    ground = Ground("unrecorded", "seat-of-officer", (officer,), rule)
    return Value(Holder(None, None, officer), (ground,), None, frozenset({"unrecorded"}))


def seat_course(membership: Course, person: Course) -> Course:
    """A seat over time: filled by the person while the state is a member, else by nobody."""

    def seated(party: Value) -> Derived:
        if party.holder is not None and party.holder.as_ == "member":
            return explained(person, base=party)
        return constant(party._replace(holder=None))

    return bind(membership, seated)
