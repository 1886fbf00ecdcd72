"""Offices: terms opened by sessions, with a default holder and designations; and terms opened by appointment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office
from foedus.engine.courses import NOTHING, Course, Derived, closed, constant, values_of
from foedus.engine.reasons import Authority, Ground, Holder, How, Recorded
from foedus.engine.timelines import Doubt, Value
from foedus.engine.worlds import BEGINNING, Event, Seen, Stretch, Unfolding, Variant, bind_in_turn, in_time
from foedus.record.about import Grade
from foedus.record.acts import Appointment, Designation, Session
from foedus.record.record import Record

Members = Callable[[str, date], Sequence[Value]]  # how a state stands on a day, in every world
Handed = Mapping[str, Sequence[Designation]]  # the designations for each term, by the session that opens it
Person = Callable[[str], Course]


class Held(NamedTuple):
    """How the office came to its holder: in the term opened by `term`, by `designation` or else by default."""

    state: str
    term: str
    designation: str | None


class Tenure(NamedTuple):
    """The office in one world: the session that opened the term, whom the general rule seats in it (None: nobody,
    the session had no host among the members), designations not yet effective, and who holds it.
    """

    term: str | None
    default: str | None
    pending: tuple[str, ...]
    held: Held | None
    early: tuple[str, ...] = ()  # designations effective whose term has yet to open
    lapsed: tuple[str, ...] = ()  # designations whose term is over before they took effect
    doubt: bool = False  # whether the host was a member is not recorded


_START = attrgetter("period.start")
NO_DOUBT: frozenset[Doubt] = frozenset()
RIVAL: frozenset[Doubt] = frozenset({"rival"})
UNRECORDED: frozenset[Doubt] = frozenset({"unrecorded"})
NOT_YET = Tenure(None, None, (), None)


class _Opens(NamedTuple):
    term: str
    default: str | None
    doubt: bool = False


Effect = _Opens | Designation


def term_events(
    record: Record, versions: Sequence[RuleInForce[Office]], member: Members, handed: Handed
) -> list[Event[Effect]]:
    """What changes the office: a session of the type that the rule of its day names opens a term; a designation takes
    effect.
    """
    events: list[Event[Effect]] = []
    rivals = {
        d.id: tuple(rival.id for rival in ds) if exclude_each_other(ds) else ()
        for ds in handed.values()
        for d in ds
    }
    for order, entry in enumerate(record.entries):
        if isinstance(entry, Session):
            where = version_on(versions, entry.when.latest).says.term.where
            assert where is not None
            if entry.organ == where.organ and where.type in entry.types:
                events.append(_opening(entry, where.type, order, member, linked=entry.id in handed))
        elif isinstance(entry, Designation) and entry.id in rivals:
            events.append(_taking_effect(entry, order, rivals[entry.id]))
    return events


def stepping(handed: Handed) -> Callable[[Tenure, Effect], Tenure]:
    """How events change the office. A designation holds from its effective day: early, from then on; late, the outgoing
    holder continues until then. It lapses when the next term opens.
    """
    live = {d.id: term for term, ds in handed.items() for d in ds}

    def step(now: Tenure, effect: Effect) -> Tenure:
        if isinstance(effect, Designation):
            return _takes_effect(now, effect, live[effect.id])
        return _opens(now, effect, handed.get(effect.term, ()))

    return step


def handed_over(record: Record, office: str) -> Handed:
    """The designations to an office by the live session that opens their term; one whose session is gone is gone."""
    found: dict[str, list[Designation]] = {}
    for d in record.of_kind(Designation):
        session = record.by_id.get(d.opened_by)
        if d.office == office and isinstance(session, Session):
            found.setdefault(session.id, []).append(d)
    return {term: tuple(designations) for term, designations in found.items()}


def version_on(versions: Sequence[RuleInForce[Office]], day: date) -> RuleInForce[Office]:
    """The version in force on a day; before the first the first, and in a gap the one before it."""
    begun = bisect_right(versions, day, key=_START) if len(versions) > 1 else 1
    return versions[max(begun - 1, 0)]


def _opening(
    session: Session, wanted: str, order: int, member: Members, *, linked: bool
) -> Event[_Opens | Designation]:
    """The event of a session that opens, or may open, a term. A designation for its term settles that it did."""
    when, host = session.when, session.host
    standings = member(host, when.latest) if host is not None else ()
    seated = [v for v in standings if is_member(v)]
    doubt = any("unrecorded" in v.doubts for v in standings)
    variants: list[Variant[_Opens | Designation]] = []
    if seated and len(seated) < len(standings) and not linked:
        variants.append(Variant((f"{wanted} with its host a member",), _Opens(session.id, host)))
        variants.append(Variant((f"{wanted} with its host no member",), _Opens(session.id, None, doubt)))
    else:
        variants.append(
            Variant((wanted,), _Opens(session.id, host if seated else None, doubt and not seated))
        )
    if len(session.types) > 1 and not linked:
        variants.append(Variant(tuple(label for label in session.types if label != wanted), None))
    return Event(session.id, "on", when.earliest, when.latest, order, tuple(variants))


def is_member(value: Value) -> bool:
    return value.holder is not None and value.holder.as_ == "member"


def _taking_effect(d: Designation, order: int, rivals: tuple[str, ...]) -> Event[_Opens | Designation]:
    return Event(
        d.id, "effective", d.effective.earliest, d.effective.latest, order, (Variant((), d),), rivals
    )


def exclude_each_other(rivals: Sequence[Designation]) -> bool:
    """Whether some two of them cannot both be right: another state, or no day in common."""
    if len(rivals) < 2:
        return False
    pairs = ((a, b) for index, a in enumerate(rivals) for b in rivals[:index])
    return any(
        a.to != b.to or a.effective.latest < b.effective.earliest or b.effective.latest < a.effective.earliest
        for a, b in pairs
    )


def _takes_effect(now: Tenure, designation: Designation, term: str) -> Tenure:
    if designation.id in now.lapsed:
        return now._replace(lapsed=tuple(d for d in now.lapsed if d != designation.id))
    held = Held(designation.to, term, designation.id)
    if now.term == term:
        return now._replace(pending=(), held=held) if now.pending else now
    return now._replace(held=held, early=(*now.early, designation.id))  # before its own term opens


def _opens(now: Tenure, opening: _Opens, designations: Sequence[Designation]) -> Tenure:
    term, default, doubt = opening
    lapsed = now.lapsed + now.pending
    if not designations:
        held = now.held if default is None else Held(default, term, None)
        return Tenure(term, default, (), held, now.early, lapsed, doubt and default is None)
    effective = next((d for d in designations if d.id in now.early), None)
    if effective is None:
        pending = tuple(d.id for d in designations)
        return Tenure(term, default, pending, now.held, now.early, lapsed)
    ours = {d.id for d in designations}
    early = tuple(d for d in now.early if d not in ours)
    return Tenure(term, default, (), Held(effective.to, term, effective.id), early, lapsed)


class Tenures:
    """An office opened by sessions: who holds it, person included, under the version of its rule in force."""

    def __init__(
        self,
        record: Record,
        versions: Sequence[RuleInForce[Office]],
        member: Members,
        person: Callable[[RuleInForce[Office]], Person],
    ) -> None:
        self.record, self.versions, self.member, self.person = record, versions, member, person
        self.handed = handed_over(record, versions[0].says.office)
        self.explainers = [_Explainer(record, rule, member, self.handed) for rule in versions]
        self.tellers = {explainer.key: explainer for explainer in self.explainers}

    def course(self) -> Course:
        """Who holds the office over time."""
        events = in_time(term_events(self.record, self.versions, self.member, self.handed))
        return self.held(Unfolding(events, stepping(self.handed)).course(NOT_YET))

    def held(self, tenures: Iterable[Stretch[Tenure]]) -> Course:
        """Who holds the office, from its tenures: all of them, or some in a row. The holder is in doubt wherever the
        record does not claim to hold every session that opens a term.
        """
        starts = [BEGINNING, *(version.period.start for version in self.versions[1:])]
        edges = sorted({*starts, *(day for e in self.explainers for day in e.openers.edges)})
        turns = [(day, self._deriving(day, bisect_right(starts, day) - 1)) for day in edges]
        return bind_in_turn(tenures, turns)

    def _deriving(self, day: date, index: int) -> Callable[[Tenure], Derived]:
        explainer, person_of = self.explainers[index], self.person(self.versions[index])
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


class _Explainer:
    """Says why a tenure of the office holds, as it is evaluated."""

    def __init__(self, record: Record, rule: RuleInForce[Office], member: Members, handed: Handed) -> None:
        where = rule.says.term.where
        assert where is not None
        self.key, self.entries, self.members, self.handed = rule.key, record.by_id, member, handed
        self.type = where.type
        self.openers = record.about.grading("session", type=where.type, organ=where.organ)
        self.designations = record.about.grading("designation", office=rule.says.office)

    def unsure(self) -> Value:
        """What is said beside any answer of a time for which the record does not claim to hold every session that opens
        a term.
        """
        ground = Ground("unrecorded", "openers-unrecorded", (self.type,))
        return Value(None, (ground,), None, UNRECORDED)

    def value(self, now: Tenure) -> Value:
        """Who holds the office, on what authority, with what doubts; why is recorded, and told when it is read."""
        held, found, key = now.held, now, self.key
        if held is None:
            return Value(None, self.steps(now), None, UNRECORDED)
        early = held.designation in now.early  # the holder's own term has yet to open
        if early:
            found = Tenure(now.term, None, (), held, (str(held.designation),), (), now.doubt)
        elif now.early or now.lapsed:
            found = now._replace(early=(), lapsed=())
        doubts = NO_DOUBT
        if held.designation is None:
            authority: Authority = "general rule"
            unsure = self._otherwise(held) == "sample"
        else:
            authority = self._designation(held.designation).authority
            unsure = False
            if exclude_each_other(self.handed.get(held.term, ())):
                doubts = RIVAL
        if now.pending and exclude_each_other(self.handed.get(now.term or "", ())):
            doubts = RIVAL
        if unsure or now.doubt or self._openers_unrecorded(held) is not None:
            doubts |= UNRECORDED
        return Value(Holder(held.state, None, ""), (Recorded("holds", key, found, key),), authority, doubts)

    def steps(self, found: Tenure) -> tuple[Ground, ...]:
        """Why a tenure holds, step by step."""
        held, key = found.held, self.key
        if found.term is None and held is None:
            return (Ground("unrecorded", "no-term", (), key),)
        early = held is not None and held.designation in found.early
        before: tuple[Ground, ...] = ()
        if early:
            before = self._took_effect_early(found)
        elif found.term is not None and (held is None or held.term != found.term):
            before = self._not_yet(found)
        if held is None:
            return before
        how = self._held(held, outgoing=bool(before), opened=not early)
        if found.doubt:
            before += (Ground("unrecorded", "host-unrecorded", (found.term,), key, (str(found.term),)),)
        opened = self._openers_unrecorded(held)
        if opened is not None:
            before += (Ground("unrecorded", "openers-unrecorded", (opened.types[0],), key, (opened.id,)),)
        return before + how

    def _took_effect_early(self, now: Tenure) -> tuple[Ground, ...]:
        """The running term, where there is one, and that the hand-over for the next did not wait for its session."""
        assert now.held is not None
        assert now.held.designation is not None
        key, d = self.key, self._designation(now.held.designation)
        running = (Ground("holds", "term-opened", (now.term,), key, (now.term,)),) if now.term else ()
        return (*running, Ground("holds", "early", (d.effective, now.held.term), key, (d.id, now.held.term)))

    def _not_yet(self, now: Tenure) -> tuple[Ground, ...]:
        """The term is open, yet the outgoing holder continues: a designation is pending, or there is no default."""
        key, term = self.key, now.term
        assert term is not None
        grounds = [Ground("holds", "term-opened", (term,), key, (term,))]
        for entry in now.pending:
            d = self._designation(entry)
            grounds.append(Ground("unsettled", "pending", (d.to, d.authority, d.effective), key, (entry,)))
        if not now.pending:
            grounds.append(Ground("considered", "no-host", (term,), key, (term,)))
        elif now.default is not None:
            grounds.append(self._general_rule("defeated", "default-defeated", now.default, self._session(term)))
        if now.held is not None:
            grounds.append(Ground("applied", "outgoing-continues", (now.held.state,), key))
        return tuple(grounds)

    def _held(self, held: Held, *, outgoing: bool, opened: bool) -> tuple[Ground, ...]:
        key, term = self.key, held.term
        session = self.entries.get(term)
        start = (Ground("holds", "term-opened", (term,), key, (term,)),) if opened and session else ()
        if held.designation is None:
            default = self._general_rule("applied", "default-applies", held.state, self._session(term))
            grade = self._otherwise(held)
            if grade == "sample":
                return (*start, default, Ground("unrecorded", "designation-unrecorded", (), key))
            return (*start, default, Ground("considered", f"designation-none-{grade}", (), key))
        d = self._designation(held.designation)
        grounds = (*start, Ground("applied", f"designated-{d.authority}", (d.to, d.temporary), key, (d.id,)))
        if not outgoing and isinstance(session, Session):
            return (*grounds, self._beside(d, session))
        return grounds

    def _otherwise(self, held: Held) -> Grade:
        """How complete the record is for designations at the time that the holder's term opened."""
        return self.designations.on(self._session(held.term).when.latest)

    def _openers_unrecorded(self, held: Held) -> Session | None:
        """The session that opened the holder's term, if the record does not claim to hold every such session of its
        time.
        """
        session = self.entries.get(held.term)
        if isinstance(session, Session) and self.openers.on(session.when.latest) != "complete":
            return session
        return None

    def _beside(self, d: Designation, session: Session) -> Ground:
        """What the general rule would have given, beside a designation."""
        host = session.host
        if host is None or self._member(host, session.when.latest) is None:
            return Ground("considered", "no-host", (session.id,), self.key, (session.id,))
        if host == d.to:
            return self._general_rule("holds", "default-agrees", host, session)
        return self._general_rule("defeated", "default-defeated", host, session)

    def _general_rule(self, how: How, says: str, host: str, session: Session) -> Ground:
        """A step about the default holder: it rests on the session, and on the host's being a member."""
        party = self._member(host, session.when.latest)
        entries = [session.id]
        if party is not None:
            for ground in party.grounds:
                entries += ground.entries
        return Ground(how, says, (host, session.id), self.key, tuple(entries))

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
