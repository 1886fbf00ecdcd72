"""Offices: terms opened by sessions, with a default holder and designations; and terms opened by appointment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office
from foedus.engine.courses import Course, Derived, by_version, closed, constant, explained, values_of
from foedus.engine.reasons import Authority, Ground, Holder
from foedus.engine.timelines import Doubt, Value
from foedus.engine.worlds import Event, Stretch, Variant, bind, unfold
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


NOT_YET = Tenure(None, None, (), None)


class _Opens(NamedTuple):
    term: str
    default: str | None
    doubt: bool = False


def term_course(
    record: Record, versions: Sequence[RuleInForce[Office]], member: Members, handed: Handed
) -> list[Stretch[Tenure]]:
    """The office over time, by the state that holds it.

    A session of the type that the rule of its day names opens a term. Its designation, where there is one, holds from
    its effective day: early, from then on; late, the outgoing holder continues until then. It lapses when the next
    term opens.
    """
    order = {entry.id: index for index, entry in enumerate(record.entries)}
    events: list[Event[_Opens | Designation]] = []
    for session in record.of_kind(Session):
        where = version_on(versions, session.when.latest).says.term.where
        assert where is not None
        if session.organ == where.organ and where.type in session.types:
            events.append(
                _opening(session, where.type, order[session.id], member, linked=session.id in handed)
            )
    for rivals in handed.values():
        group = tuple(d.id for d in rivals) if exclude_each_other(rivals) else ()
        events += [_taking_effect(d, order[d.id], group) for d in rivals]
    live = {d.id: term for term, ds in handed.items() for d in ds}

    def step(now: Tenure, effect: _Opens | Designation) -> Tenure:
        if isinstance(effect, Designation):
            return _takes_effect(now, effect, live[effect.id])
        return _opens(now, effect, handed.get(effect.term, ()))

    return unfold(events, NOT_YET, step)


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
    begun = [version for version in versions if version.period.start <= day]
    return begun[-1] if begun else versions[0]


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
    others = tuple(label for label in session.types if label != wanted)
    if others and not linked:
        variants.append(Variant(others, None))
    return Event(session.id, "on", when.earliest, when.latest, order, tuple(variants))


def is_member(value: Value) -> bool:
    return value.holder is not None and value.holder.as_ == "member"


def _taking_effect(d: Designation, order: int, rivals: tuple[str, ...]) -> Event[_Opens | Designation]:
    return Event(
        d.id, "effective", d.effective.earliest, d.effective.latest, order, (Variant((), d),), rivals
    )


def exclude_each_other(rivals: Sequence[Designation]) -> bool:
    """Whether some two of them cannot both be right: another state, or no day in common."""
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
    lapsed = (*now.lapsed, *now.pending)
    effective = next((d for d in designations if d.id in now.early), None)
    ours = {d.id for d in designations}
    early = tuple(d for d in now.early if d not in ours)
    if effective is not None:
        held: Held | None = Held(effective.to, opening.term, effective.id)
        return Tenure(opening.term, opening.default, (), held, early, lapsed)
    if designations:
        pending = tuple(d.id for d in designations)
        return Tenure(opening.term, opening.default, pending, now.held, early, lapsed)
    if opening.default is None:
        return Tenure(opening.term, None, (), now.held, early, lapsed, opening.doubt)
    held = Held(opening.default, opening.term, None)
    return Tenure(opening.term, opening.default, (), held, early, lapsed)


def office_course(
    record: Record,
    versions: Sequence[RuleInForce[Office]],
    member: Members,
    person: Callable[[RuleInForce[Office]], Person],
) -> Course:
    """Who holds an office opened by sessions, person included, under the version of its rule in force."""
    handed = handed_over(record, versions[0].says.office)
    terms = term_course(record, versions, member, handed)

    def under(index: int) -> Course:
        rule = versions[index]
        explain = _Explainer(record, rule, member, handed)
        person_of = person(rule)

        def held(now: Tenure) -> Derived:
            base = explain.value(now)
            if base.holder is None or base.holder.state is None:
                return constant(base)
            return explained(person_of(base.holder.state), base=base)

        return _with_openers_recorded(record, rule.says, bind(terms, held))

    return by_version([version.period for version in versions], under)


def _with_openers_recorded(record: Record, rule: Office, course: Course) -> Course:
    """In doubt wherever the record does not claim to hold every session that opens a term."""
    assert rule.term.where is not None
    where = rule.term.where
    ground = Ground("unrecorded", "openers-unrecorded", (where.type,))
    sure, unsure = Value(None, ()), Value(None, (ground,), None, frozenset({"unrecorded"}))
    cover = closed(record, "session", sure, unsure, type=where.type, organ=where.organ)
    return bind(cover, lambda v: explained(course, base=v))


class _Explainer:
    """Says why a tenure of the office holds, as it is evaluated."""

    def __init__(self, record: Record, rule: RuleInForce[Office], member: Members, handed: Handed) -> None:
        self.record, self.rule, self.members, self.handed = record, rule, member, handed

    def member(self, state: str, day: date) -> Value | None:
        """How a state stands as a member, in some world; None where it is one in none."""
        return next((v for v in self.members(state, day) if is_member(v)), None)

    def value(self, now: Tenure) -> Value:
        key = self.rule.key
        if now.term is None and now.held is None:
            return Value(None, (Ground("unrecorded", "no-term", (), key),), None, frozenset({"unrecorded"}))
        grounds: list[Ground] = []
        if self._early(now):
            grounds += self._took_effect_early(now)
        elif now.term is not None and (now.held is None or now.held.term != now.term):
            grounds += self._not_yet(now)
        if now.held is None:
            return Value(None, tuple(grounds), None, frozenset({"unrecorded"}))
        how, doubts = self._held(now.held, outgoing=bool(grounds), opened=not self._early(now))
        if now.pending and exclude_each_other(self.handed.get(now.term or "", ())):
            doubts |= {"rival"}
        if now.doubt:
            doubts |= {"unrecorded"}
            grounds.append(Ground("unrecorded", "host-unrecorded", (now.term,), key, (str(now.term),)))
        opened = self.record.by_id.get(now.held.term)
        if isinstance(opened, Session) and not self._openers_recorded(opened):
            doubts |= {"unrecorded"}
            grounds.append(Ground("unrecorded", "openers-unrecorded", (opened.types[0],), key, (opened.id,)))
        return Value(Holder(now.held.state, None, ""), (*grounds, *how), self._authority(now.held), doubts)

    @staticmethod
    def _early(now: Tenure) -> bool:
        """Whether the holder's own term has yet to open."""
        return now.held is not None and now.held.designation in now.early

    def _took_effect_early(self, now: Tenure) -> list[Ground]:
        """The running term, where there is one, and that the hand-over for the next did not wait for its session."""
        assert now.held is not None
        assert now.held.designation is not None
        key, d = self.rule.key, self._designation(now.held.designation)
        running = [Ground("holds", "term-opened", (now.term,), key, (now.term,))] if now.term else []
        return [*running, Ground("holds", "early", (d.effective, now.held.term), key, (d.id, now.held.term))]

    def _authority(self, held: Held) -> Authority:
        if held.designation is None:
            return "general rule"
        return self._designation(held.designation).authority

    def _designation(self, entry: str) -> Designation:
        found = self.record.by_id[entry]
        assert isinstance(found, Designation)
        return found

    def _not_yet(self, now: Tenure) -> list[Ground]:
        """The term is open, yet the outgoing holder continues: a designation is pending, or there is no default."""
        key, term = self.rule.key, now.term
        assert term is not None
        grounds = [Ground("holds", "term-opened", (term,), key, (term,))]
        for entry in now.pending:
            d = self._designation(entry)
            grounds.append(Ground("unsettled", "pending", (d.to, d.authority, d.effective), key, (entry,)))
        if not now.pending:
            grounds.append(Ground("considered", "no-host", (term,), key, (term,)))
        elif now.default is not None:
            grounds.append(self._general_rule("defeated", "default-defeated", now.default, term))
        if now.held is not None:
            grounds.append(Ground("applied", "outgoing-continues", (now.held.state,), key))
        return grounds

    def _held(self, held: Held, *, outgoing: bool, opened: bool) -> tuple[list[Ground], frozenset[Doubt]]:
        key = self.rule.key
        session = self.record.by_id.get(held.term)
        opening = Ground("holds", "term-opened", (held.term,), key, (held.term,))
        start = [opening] if opened and session is not None else []
        if held.designation is None:
            grounds = [*start, self._general_rule("applied", "default-applies", held.state, held.term)]
            grade = self._designations_recorded(held.term)
            if grade == "sample":
                return [*grounds, Ground("unrecorded", "designation-unrecorded", (), key)], frozenset(
                    {"unrecorded"}
                )
            return [*grounds, Ground("considered", f"designation-none-{grade}", (), key)], frozenset()
        d = self._designation(held.designation)
        grounds = [*start, Ground("applied", f"designated-{d.authority}", (d.to, d.temporary), key, (d.id,))]
        if not outgoing and isinstance(session, Session):
            grounds.append(self._beside(d, session))
        rivals = self.handed.get(held.term, ())
        return grounds, frozenset({"rival"}) if exclude_each_other(rivals) else frozenset()

    def _beside(self, d: Designation, session: Session) -> Ground:
        """What the general rule would have given, beside a designation."""
        host = session.host
        if host is None or self.member(host, session.when.latest) is None:
            return Ground("considered", "no-host", (session.id,), self.rule.key, (session.id,))
        if host == d.to:
            return self._general_rule("holds", "default-agrees", host, session.id)
        return self._general_rule("defeated", "default-defeated", host, session.id)

    def _general_rule(self, how: str, says: str, host: str, term: str) -> Ground:
        """A step about the default holder: it rests on the session, and on the host's being a member."""
        session = self.record.by_id[term]
        assert isinstance(session, Session)
        party = self.member(host, session.when.latest)
        entries = tuple(entry for g in party.grounds for entry in g.entries) if party is not None else ()
        return Ground(how, says, (host, term), self.rule.key, (term, *entries))  # type: ignore[arg-type]

    def _openers_recorded(self, session: Session) -> bool:
        """Whether the record claims to hold every session that opens a term at the time this one did."""
        where = self.rule.says.term.where
        assert where is not None
        day = session.when.latest
        return self.record.about.grade("session", day, type=where.type, organ=where.organ) == "complete"

    def _designations_recorded(self, term: str) -> Grade:
        session = self.record.by_id[term]
        assert isinstance(session, Session)
        return self.record.about.grade("designation", session.when.latest, office=self.rule.says.office)


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
