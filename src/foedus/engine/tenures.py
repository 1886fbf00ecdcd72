"""Terms opened by sessions: which are open, who was designated for them, and which state holds the office in each world.

A session of the type that the rule of its day names opens a term. Its designation, where there is one, holds from its
effective day: early, from then on; late, the outgoing holder continues until then. It lapses when the next term opens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeGuard

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office, Opener
from foedus.engine.choices import Way, Ways, simplify
from foedus.engine.defaults import Default, Last, ListedAt, after, by_next_host, by_own_host, by_turn, in_turn
from foedus.engine.timelines import Value
from foedus.engine.worlds import Event, Unfolding, Variant
from foedus.record.acts import Designation, Entry, OneOf, Session
from foedus.record.record import Record

Members = Callable[[str, date], Sequence[Value]]  # how a state stands on a day, in every world
Act = Session | Designation
_START = attrgetter("period.start")


class Tenure(NamedTuple):
    """The office in one world: the session that opened the term, whom the general rule seats in it (None: nobody,
    the session had no host among the members), designations not yet effective; and who holds it: a state, in the term
    opened by the session `since`, by `designation` or else by default.
    """

    term: str | None
    default: str | None
    pending: tuple[str, ...]
    state: str | None
    since: str | None
    designation: str | None
    doubt: bool = False  # whether the host was a member is not recorded
    early: tuple[str, ...] = ()  # designations effective whose term has yet to open
    lapsed: tuple[str, ...] = ()  # designations whose term is over before they took effect
    unsaid: bool = False  # whether it cannot be said whom the general rule seats
    before: Last | None = None  # of an office that goes round: whose turn the term before was
    turn: Last | None = None  # and whose turn this one is


UNSAID = "?"  # whom the general rule seats cannot be said
NOT_YET = Tenure(None, None, (), None, None, None)


class Opens(NamedTuple):
    """What a session does that opens a term: its id, and whom the general rule seats. `known`: whether it can be said
    whom; in an office that goes `round`, that hangs on whose turn was last.
    """

    term: str
    default: str | None
    doubt: bool = False
    known: bool = True
    round: bool = False


Effect = Opens | Designation


class Tenures:
    """What changes an office opened by sessions, and how: `acts` in order of time; `handed`, the designations to it by
    the term they are for; `order`, the place of each in the record.
    """

    def __init__(
        self,
        record: Record,
        versions: Sequence[RuleInForce[Office]],
        member: Members,
        listed: ListedAt | None = None,
    ) -> None:
        self.entries, self.versions, self.member, self.listed = record.by_id, versions, member, listed
        self.goes_round = any(map(in_turn, versions))
        self.plain = all(map(by_own_host, versions))
        self.name, self._opens = versions[0].says.office, opening(versions)
        self.acts: list[Act] = []
        self.handed: dict[str, tuple[Designation, ...]] = {}
        self.order: dict[str, int] = {}

    @classmethod
    def read(
        cls,
        record: Record,
        versions: Sequence[RuleInForce[Office]],
        member: Members,
        listed: ListedAt | None = None,
    ) -> Tenures:
        """All of them, from the record."""
        made = cls(record, versions, member, listed)
        made.handed = handed_over(record, made.name)
        opens, order = opening(versions), made.order
        for place, entry in enumerate(record.entries):
            if type(entry) is Session and opens(entry):
                order[entry.id] = place
                made.acts.append(entry)
            elif type(entry) is Designation and entry.office == made.name:
                order[entry.id] = place
                if made.concerns(entry):
                    made.acts.append(entry)
        made.acts.sort(key=days)
        return made

    def concerns(self, entry: Entry) -> TypeGuard[Act]:
        """Whether an entry changes the office: opens a term, or is a designation for one."""
        if type(entry) is Session:
            return self._opens(entry)
        if type(entry) is not Designation or entry.office != self.name:
            return False
        return type(self.entries.get(entry.opened_by)) is Session  # one whose session is gone is gone

    def term_of(self, d: Designation) -> str:
        """The term that a designation is for."""
        return term_of(d, self.entries)

    def place(self, act: Act) -> tuple[date, date, int]:
        """Where in `acts` an act stands."""
        return (*days(act), self.order[act.id])

    def seated(self, session: Session) -> tuple[Value, ...]:
        """How the host stands as a member on the day of a session, in every world."""
        return tuple(self.member(session.host, session.when.latest)) if session.host is not None else ()

    def unfolding(self, acts: Sequence[Act]) -> Unfolding[Act, Tenure, Effect]:
        """The office over time, through these of its acts."""
        return Unfolding(acts, self.event, self.plainly, self._step)

    def event(self, act: Act) -> Event[Effect]:
        """What an act does, or may do."""
        if type(act) is Session:
            return self._opening(act)
        assert isinstance(act, Designation)
        when = act.effective
        ds = self.handed[self.term_of(act)]
        rivals = tuple(d.id for d in ds) if exclude_each_other(ds) else ()
        return Event(
            act.id, "effective", when.earliest, when.latest, self.order[act.id], (Variant((), act),), rivals
        )

    def plainly(self, act: Act) -> tuple[date, Effect] | None:
        """The day and the effect of an act that is plain; None where `event` has to be asked."""
        if type(act) is Designation:
            when = act.effective
            alone = len(self.handed[self.term_of(act)]) == 1
            return (when.latest, act) if alone and when.earliest == when.latest else None
        assert type(act) is Session
        when, host, default = act.when, act.host, None
        if when.earliest != when.latest or not isinstance(act.type, str):
            return None
        if not self.plain and not by_own_host(version_on(self.versions, when.latest)):
            (first, *others) = self._otherwise(act)
            return None if others else (when.latest, first.effect) if first.effect is not None else None
        if host is not None:
            standings = self.member(host, when.latest)
            if len(standings) != 1 or "unrecorded" in standings[0].doubts:
                return None
            default = host if is_member(standings[0]) else None
        return when.latest, Opens(act.id, default)

    def _opening(self, session: Session) -> Event[Effect]:
        """A session that opens, or may open, a term. A designation for its term settles that it did."""
        when, host, linked = session.when, session.host, session.id in self.handed
        wanted = opener(version_on(self.versions, when.latest)).type
        standings = self.member(host, when.latest) if host is not None else ()
        seated = sum(map(is_member, standings))
        doubt = seated < len(standings) and any("unrecorded" in v.doubts for v in standings)
        variants: tuple[Variant[Effect], ...]
        if not self.plain and not by_own_host(version_on(self.versions, when.latest)):
            variants = tuple(v._replace(labels=(wanted,)) for v in self._otherwise(session))
        elif 0 < seated < len(standings) and not linked:
            variants = (
                Variant((f"{wanted} with its host a member",), Opens(session.id, host)),
                Variant((f"{wanted} with its host no member",), Opens(session.id, None, doubt)),
            )
        else:
            variants = (
                Variant((wanted,), Opens(session.id, host if seated else None, doubt and not seated)),
            )
        if isinstance(session.type, OneOf) and not linked:
            variants += (Variant(tuple(label for label in session.types if label != wanted), None),)
        return Event(session.id, "on", when.earliest, when.latest, self.order[session.id], variants)

    def _otherwise(self, session: Session) -> tuple[Variant[Effect], ...]:
        """What a session does that opens a term in which the general rule does not seat its host: by the worlds that
        matter to whom it seats.
        """
        if in_turn(version_on(self.versions, session.when.latest)):
            return (Variant((), Opens(session.id, None, round=True)),)
        later = tuple(after(self.acts, session))
        defaults = by_next_host(session, later, self._opener, lambda s: s.id in self.handed, self._sits)
        return tuple(Variant((), Opens(session.id, d.state, known=not d.doubt), d.given) for d in defaults)

    def _opener(self, session: Session) -> Opener:
        return opener(version_on(self.versions, session.when.latest))

    def _sits(self, session: Session) -> bool | None:
        """Whether a session's host was a member; None where that is not settled."""
        members = {is_member(value) for value in self.seated(session)}
        return None if len(members) > 1 else members == {True}

    def _step(self, now: Tenure, effect: Effect) -> Tenure:
        if not isinstance(effect, Opens):
            term = self.term_of(effect)
            return _takes_effect(now, effect, term, self.handed[term])
        handed = self.handed.get(effect.term, ())
        if not self.goes_round:
            return _opens(now, effect, handed)
        if effect.round:
            default = self._in_turn(now.turn, effect.term)
            effect = effect._replace(default=default.state, known=not default.doubt)
        return _opens(now, effect, handed)._replace(before=now.turn, turn=_turn(now, effect, handed))

    def _in_turn(self, last: Last | None, term: str) -> Default:
        """Whose turn it is after the one whose turn was last."""
        session = self.entries[term]
        assert isinstance(session, Session)
        assert self.listed is not None
        return by_turn(last, self.listed(version_on(self.versions, session.when.latest), session))


def by_term(tenures: Tenures) -> dict[str, Mapping[str | None, Ways]]:
    """Whom the general rule alone seats in each term, in each world: by the session that opens it."""
    found: dict[str, dict[str | None, set[Way]]] = {}
    for stretch in tenures.unfolding(tenures.acts).course(NOT_YET):
        for now, ways in stretch.cells:
            if now.term is not None:
                whom = UNSAID if now.unsaid or now.doubt else now.default
                found.setdefault(now.term, {}).setdefault(whom, set()).update(ways)
    return {term: {whom: simplify(ways) for whom, ways in each.items()} for term, each in found.items()}


def _opens(now: Tenure, opening: Opens, designations: Sequence[Designation]) -> Tenure:
    term, default, doubt = opening[:3]
    _, _, pending, state, since, designation, _, early, lapsed = now[:9]
    lapsed += pending
    if not designations:
        if not opening.known:
            return Tenure(term, None, (), None, None, None, early=early, lapsed=lapsed, unsaid=True)
        if default is not None:
            return Tenure(term, default, (), default, term, None, early=early, lapsed=lapsed)
        return Tenure(term, None, (), state, since, designation, doubt, early, lapsed)
    effective = next((d for d in designations if d.id in early), None)
    ours = tuple(d.id for d in designations)
    unsaid = not opening.known
    if effective is None:
        return Tenure(
            term, default, ours, state, since, designation, early=early, lapsed=lapsed, unsaid=unsaid
        )
    lapsed += _needless(tuple(d for d in ours if d not in early), designations)
    early = tuple(d for d in early if d not in ours)
    return Tenure(
        term, default, (), effective.to, term, effective.id, early=early, lapsed=lapsed, unsaid=unsaid
    )


def _turn(now: Tenure, opening: Opens, handed: Sequence[Designation]) -> Last | None:
    """Whose turn a term is that opens: that of whom it was handed to, else of whom the general rule seats. An office held
    for the time being does not move the order on.
    """
    lasting = [d for d in handed if not d.temporary]
    if lasting:
        (first, *others) = lasting
        return None if any(d.to != first.to for d in others) else Last(first.to, first.id)
    if handed or (opening.default is None and opening.known):
        return now.turn
    return Last(opening.default, opening.term) if opening.default is not None else None


def _needless(yet_to_take: tuple[str, ...], designations: Sequence[Designation]) -> tuple[str, ...]:
    """Designations yet to take effect for a term that has its holder by another: nothing comes of them, even once the term
    is over. Of rivals the wrong ones never take effect.
    """
    return yet_to_take if yet_to_take and not exclude_each_other(designations) else ()


def _takes_effect(now: Tenure, d: Designation, term: str, designations: Sequence[Designation]) -> Tenure:
    if d.id in now.lapsed:
        return now._replace(lapsed=tuple(other for other in now.lapsed if other != d.id))
    if now.term == term and not now.pending:
        return now
    early = now.early if now.term == term else (*now.early, d.id)  # before its own term opens
    pending, lapsed = now.pending, now.lapsed
    if now.term == term:
        others = tuple(other for other in pending if other != d.id)
        pending, lapsed = (), lapsed + _needless(others, designations)
    return now._replace(pending=pending, state=d.to, since=term, designation=d.id, early=early, lapsed=lapsed)


def handed_over(record: Record, office: str) -> dict[str, tuple[Designation, ...]]:
    """Designations to an office by the term they are for."""
    found: dict[str, tuple[Designation, ...]] = {}
    for d in record.of_kind(Designation):
        if d.office == office:
            term = term_of(d, record.by_id)
            found[term] = (*found.get(term, ()), d)
    return found


def term_of(d: Designation, entries: Mapping[str, Entry]) -> str:
    """The session that opens the term of a designation, as it stands now; where none does, by the name it has there."""
    session = entries.get(d.opened_by)
    return session.id if session is not None else d.opened_by


def opening(versions: Sequence[RuleInForce[Office]]) -> Callable[[Session], bool]:
    """Whether a session opens, or may open, a term under the version of the rule of its day."""
    wanted = {(opener(version).organ, opener(version).type) for version in versions}

    def opens(session: Session) -> bool:
        if isinstance(session.type, str) and (session.organ, session.type) not in wanted:
            return False  # under no version
        if len(wanted) == 1 and isinstance(session.type, str):
            return True  # under any version
        now = opener(version_on(versions, session.when.latest))
        return session.organ == now.organ and now.type in session.types

    return opens


def opener(version: RuleInForce[Office]) -> Opener:
    """Which session opens a term, under a version of the rule."""
    where = version.says.term.where
    assert where is not None
    return where


def version_on(versions: Sequence[RuleInForce[Office]], day: date) -> RuleInForce[Office]:
    """The version in force on a day; before the first the first, and in a gap the one before it."""
    begun = bisect_right(versions, day, key=_START) if len(versions) > 1 else 1
    return versions[max(begun - 1, 0)]


def days(act: Act) -> tuple[date, date]:
    """The first and the last day on which an act may have had its effect."""
    if type(act) is Session:
        return act.when.earliest, act.when.latest
    assert isinstance(act, Designation)
    when = act.effective
    return when.earliest, when.latest


def is_member(value: Value) -> bool:
    return value.holder is not None and value.holder.as_ == "member"


def exclude_each_other(rivals: Sequence[Designation]) -> bool:
    """Whether some two of them cannot both be right: another state, or no day in common."""
    if len(rivals) < 2:
        return False
    pairs = ((a, b) for index, a in enumerate(rivals) for b in rivals[:index])
    return any(
        a.to != b.to or a.effective.latest < b.effective.earliest or b.effective.latest < a.effective.earliest
        for a, b in pairs
    )
