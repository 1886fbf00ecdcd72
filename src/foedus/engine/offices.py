"""Offices: terms opened by sessions, with a default holder and designations; and terms opened by appointment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office, RotationHolder
from foedus.engine.courses import NOTHING, Course, Derived, closed, constant, values_of
from foedus.engine.defaults import Last, after, by_own_host, in_turn
from foedus.engine.reasons import Authority, Ground, Holder, How, Recorded
from foedus.engine.tenures import (
    Tenure,
    Tenures,
    exclude_each_other,
    handed_over,
    is_member,
    opener,
    version_on,
)
from foedus.engine.timelines import Doubt, Value
from foedus.engine.worlds import BEGINNING, Seen, Stretch, bind_in_turn
from foedus.record.about import Grade
from foedus.record.acts import Appointment, Designation, Session
from foedus.record.record import Record

__all__ = ["HostedOffice", "PersonUnder", "appointment_course", "handed_over", "is_member", "version_on"]

PersonUnder = Callable[[RuleInForce[Office]], Callable[[str], Course]]  # who holds it for a state, by version
NO_DOUBT: frozenset[Doubt] = frozenset()
RIVAL: frozenset[Doubt] = frozenset({"rival"})
UNRECORDED: frozenset[Doubt] = frozenset({"unrecorded"})


class HostedOffice:
    """An office opened by sessions: who holds it, person included, under the version of its rule in force."""

    def __init__(self, record: Record, tenures: Tenures, person: PersonUnder) -> None:
        self.tenures, self.person = tenures, person
        self.explainers = [_Explainer(record, rule, tenures) for rule in tenures.versions]
        self.tellers = {explainer.key: explainer for explainer in self.explainers}

    def held(self, tenures: Iterable[Stretch[Tenure]]) -> Course:
        """Who holds the office, from its tenures: all of them, or some in a row. The holder is in doubt wherever the
        record does not claim to hold every session that opens a term.
        """
        starts = [BEGINNING, *(version.period.start for version in self.tenures.versions[1:])]
        edges = sorted({*starts, *(day for e in self.explainers for day in e.openers.edges)})
        return bind_in_turn(
            tenures, [(day, self._deriving(day, bisect_right(starts, day) - 1)) for day in edges]
        )

    def _deriving(self, day: date, index: int) -> Callable[[Tenure], Derived]:
        explainer, person_of = self.explainers[index], self.person(self.tenures.versions[index])
        before = NOTHING if explainer.openers.on(day) == "complete" else explainer.unsure()
        persons: dict[str, Course] = {}

        def held(now: Tenure) -> Derived:
            base = explainer.value(now)
            if before is not NOTHING:
                base = before.under(base)
            if base.holder is None or base.holder.state is None:
                return constant(base)
            state = base.holder.state
            if state not in persons:
                persons[state] = person_of(state)
            return Seen(persons[state], base.under)

        return held


class Told(NamedTuple):
    """Of a tenure, what its steps tell; and whether the holder's own term has yet to open."""

    term: str | None
    default: str | None
    pending: tuple[str, ...]
    state: str | None
    since: str | None
    designation: str | None
    doubt: bool
    early: bool = False
    unsaid: bool = False
    before: Last | None = None


class _Explainer:
    """Says why a tenure of the office holds, as it is evaluated."""

    def __init__(self, record: Record, rule: RuleInForce[Office], tenures: Tenures) -> None:
        where = opener(rule)
        self.key, self.entries, self.members, self.handed = (
            rule.key,
            record.by_id,
            tenures.member,
            tenures.handed,
        )
        self.rule, self.tenures, self.type = rule, tenures, where.type
        self.plain = by_own_host(rule)
        self.openers = record.about.grading("session", type=where.type, organ=where.organ)
        self.designations = record.about.grading("designation", office=rule.says.office)
        # where the record claims to be complete at all times there is no day to look up
        self.always = {*self.openers.grades, *self.designations.grades} == {"complete"}

    def unsure(self) -> Value:
        """What is said beside any answer of a time for which the record does not claim to hold every session that opens
        a term.
        """
        ground = Ground("unrecorded", "openers-unrecorded", (self.type,))
        return Value(None, (ground,), None, UNRECORDED)

    def value(self, now: Tenure) -> Value:
        """Who holds the office, on what authority, with what doubts; why is recorded, and told when it is read."""
        key, designation, since = self.key, now.designation, now.since
        found: tuple[object, ...] = now[:7]  # as `Told` has them
        if not self.plain:
            found = (*found, False, now.unsaid, now.before)
        if since is None:
            return Value(None, self.steps(found), None, UNRECORDED)
        if designation is not None and designation in now.early:
            found = (now.term, None, (), now.state, since, designation, now.doubt, True)
        unrecorded, rival = now.doubt, False
        if not self.always:
            unrecorded = unrecorded or self._openers_on(since) != "complete"
        authority: Authority = "general rule"
        if designation is not None:
            authority = self._designation(designation).authority
            rival = exclude_each_other(self.handed[since])
        elif not self.always:
            unrecorded = unrecorded or self._designations_on(since) == "sample"
        if now.pending:
            rival = rival or exclude_each_other(self.handed[now.term or ""])
        doubts = NO_DOUBT
        if rival or unrecorded:
            doubts = (RIVAL if rival else NO_DOUBT) | (UNRECORDED if unrecorded else NO_DOUBT)
        return Value(Holder(now.state, None, ""), (Recorded("holds", key, found, key),), authority, doubts)

    def steps(self, found: tuple[Any, ...]) -> tuple[Ground, ...]:
        """Why a tenure holds, step by step."""
        now, key = Told(*found), self.key
        if now.term is None and now.since is None:
            return (Ground("unrecorded", "no-term", (), key),)
        before: tuple[Ground, ...] = ()
        if now.early:
            before = self._took_effect_early(now)
        elif now.term is not None and now.since != now.term:
            before = self._not_yet(now)
        if now.since is None:
            return before
        how = self._held(now, outgoing=bool(before))
        if now.doubt:
            before += (Ground("unrecorded", "host-unrecorded", (now.term,), key, (str(now.term),)),)
        if self._openers_on(now.since) != "complete":
            session = self._session(now.since)
            before += (Ground("unrecorded", "openers-unrecorded", (session.types[0],), key, (session.id,)),)
        return before + how

    def _took_effect_early(self, now: Told) -> tuple[Ground, ...]:
        """The running term, where there is one, and that the hand-over for the next did not wait for its session."""
        key, since, d = self.key, str(now.since), self._designation(str(now.designation))
        running = (Ground("holds", "term-opened", (now.term,), key, (now.term,)),) if now.term else ()
        return (*running, Ground("holds", "early", (d.effective, since), key, (d.id, since)))

    def _not_yet(self, now: Told) -> tuple[Ground, ...]:
        """The term is open, yet the outgoing holder continues: a designation is pending, or there is no default."""
        key, term = self.key, now.term
        assert term is not None
        grounds = [Ground("holds", "term-opened", (term,), key, (term,))]
        for entry in now.pending:
            d = self._designation(entry)
            grounds.append(Ground("unsettled", "pending", (d.to, d.authority, d.effective), key, (entry,)))
        if not now.pending:
            grounds.append(self._nobody(now, term))
        elif now.default is not None:
            grounds.append(self._general_rule("defeated", "default-defeated", now.default, now, term))
        if now.since is not None:
            grounds.append(Ground("applied", "outgoing-continues", (now.state,), key))
        return tuple(grounds)

    def _held(self, now: Told, *, outgoing: bool) -> tuple[Ground, ...]:
        key, since = self.key, str(now.since)
        session = self._session(since)
        start = () if now.early else (Ground("holds", "term-opened", (since,), key, (since,)),)
        if now.designation is None:
            default = self._general_rule("applied", "default-applies", str(now.state), now, since)
            grade = self._designations_on(since)
            if grade == "sample":
                return (*start, default, Ground("unrecorded", "designation-unrecorded", (), key))
            return (*start, default, Ground("considered", f"designation-none-{grade}", (), key))
        d = self._designation(now.designation)
        grounds = (*start, Ground("applied", f"designated-{d.authority}", (d.to, d.temporary), key, (d.id,)))
        return grounds if outgoing else (*grounds, self._beside(d, session, now))

    def _openers_on(self, since: str) -> Grade:
        """How complete the record is for sessions that open a term, at the time that this one did."""
        return self.openers.on(self._session(since).when.latest)

    def _designations_on(self, since: str) -> Grade:
        """How complete the record is for designations at the time that a term opened."""
        return self.designations.on(self._session(since).when.latest)

    def _beside(self, d: Designation, session: Session, now: Told) -> Ground:
        """What the general rule would have given, beside a designation."""
        default = now.default
        if self.plain:
            default, host = None, session.host
            if host is not None and self._member(host, session.when.latest) is not None:
                default = host
        if default is None:
            return self._nobody(now, session.id)
        if default == d.to:
            return self._general_rule("holds", "default-agrees", default, now, session.id)
        return self._general_rule("defeated", "default-defeated", default, now, session.id)

    def _nobody(self, now: Told, term: str) -> Ground:
        """That the general rule seats nobody in a term, or that whom cannot be said."""
        how: How = "unrecorded" if now.unsaid and now.designation is None else "considered"
        if in_turn(self.rule):
            return Ground(how, "turn-unsaid", (), self.key, (term,))
        if self.plain or not now.unsaid:
            return Ground(
                "considered", "no-host" if self.plain else "no-next-host", (term,), self.key, (term,)
            )
        return Ground(how, "next-host-unsaid", (term,), self.key, (term,))

    def _general_rule(self, how: How, says: str, state: str, now: Told, term: str) -> Ground:
        """A step about the default holder: it rests on the session, on whatever else shows whose turn it is to be the
        holder, and on that state's being a member.
        """
        session = self._session(term)
        terms: tuple[object, ...] = (state, term)
        entries = [term]
        if in_turn(self.rule):
            assert isinstance(self.rule.says.holder, RotationHolder)
            says, before = f"turn-{says}", now.before
            terms = (state, before.state if before else None, self.rule.says.holder.rotation.language)
            entries += [before.entry] if before else []
        elif not self.plain:
            says = f"next-{says}"
            closing = (s for s in after(self.tenures.acts, session) if s.host == state)
            entries += [s.id for s in closing][:1]
        party = self._member(state, session.when.latest)
        if party is not None:
            for ground in party.grounds:
                entries += ground.entries
        return Ground(how, says, terms, self.key, tuple(entries))

    def _member(self, state: str, day: date) -> Value | None:
        """How a state stands as a member, in some world; None where it is one in none."""
        for value in self.members(state, day):
            if is_member(value):
                return value
        return None

    def _session(self, term: str) -> Session:
        found = self.entries[term]
        assert isinstance(found, Session)
        return found

    def _designation(self, entry: str) -> Designation:
        found = self.entries[entry]
        assert isinstance(found, Designation)
        return found


def appointment_course(record: Record, rule: RuleInForce[Office]) -> Course:
    """Who holds an office opened by appointment. Acting holders hold it with the office itself vacant."""
    office, length = rule.says.office, rule.says.length
    entries = [e for e in record.of_kind(Appointment) if e.office == office]

    def value(entry: Appointment) -> Value:
        says = "appointed-acting" if entry.acting else "appointed"
        ground = Ground("applied", says, (entry.person, entry.state, entry.from_), rule.key, (entry.id,))
        term = (
            () if entry.acting or length is None else (Ground("considered", "length", (length,), rule.key),)
        )
        return Value(
            Holder(entry.state, entry.person, "acting" if entry.acting else "appointed"), (ground, *term)
        )

    nobody = Value(None, (Ground("holds", "appointment-none", (office,), rule.key),))
    ground = Ground("unrecorded", "appointment-unrecorded", (office,), rule.key)
    unknown = Value(None, (ground,), None, frozenset({"unrecorded"}))
    return values_of(entries, value, closed(record, "appointment", nobody, unknown, office=office))
