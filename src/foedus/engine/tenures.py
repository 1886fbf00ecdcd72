"""Terms opened by sessions: which are open, who was designated for them, and which state holds the office in each world.

A session of the type that the rule of its day names opens a term. Its designation, where there is one, holds from its
effective day: early, from then on; late, the outgoing holder continues until then. It lapses when the next term opens.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office, Opener
from foedus.engine.timelines import Value
from foedus.engine.worlds import Event, Unfolding, Variant
from foedus.record.acts import Designation, OneOf, Session
from foedus.record.record import Record

Members = Callable[[str, date], Sequence[Value]]  # how a state stands on a day, in every world
Act = Session | Designation
_START = attrgetter("period.start")


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


class Tenures:
    """What changes an office opened by sessions, in order of time, and how: `acts`, and by session the designations
    handed over for the term it opens. `order` is theirs in the record.
    """

    def __init__(
        self,
        versions: Sequence[RuleInForce[Office]],
        member: Members,
        handed: Mapping[str, Sequence[Designation]],
        acts: list[Act],
        order: Mapping[str, int],
    ) -> None:
        self.versions, self.member, self.handed, self.acts, self.order = versions, member, handed, acts, order
        self._term_of = {d.id: term for term, ds in handed.items() for d in ds}

    @classmethod
    def read(cls, record: Record, versions: Sequence[RuleInForce[Office]], member: Members) -> Tenures:
        """All of them, from the record."""
        handed = handed_over(record, versions[0].says.office, record.of_kind(Designation))
        live = {d.id for ds in handed.values() for d in ds}
        types = {opener(version).type for version in versions}
        acts: list[Act] = []
        order: dict[str, int] = {}
        for place, entry in enumerate(record.entries):
            if type(entry) is Session:
                if isinstance(entry.type, str) and entry.type not in types:
                    continue  # opens no term under any version
                if not opens_term(entry, versions):
                    continue
            elif type(entry) is not Designation or entry.id not in live:
                continue
            acts.append(entry)
            order[entry.id] = place
        acts.sort(key=days)
        return cls(versions, member, handed, acts, order)

    def unfolding(self, acts: Sequence[Act]) -> Unfolding[Act, Tenure, _Opens | Designation]:
        """The office over time, through these of its acts."""
        return Unfolding(acts, self._event, self._step)

    def _event(self, act: Act) -> Event[_Opens | Designation]:
        if isinstance(act, Session):
            return self._opening(act)
        when = act.effective
        ds = self.handed[self._term_of[act.id]]
        rivals = tuple(d.id for d in ds) if exclude_each_other(ds) else ()
        return Event(act.id, "effective", when.earliest, when.latest, self.order[act.id], (Variant((), act),), rivals)

    def _opening(self, session: Session) -> Event[_Opens | Designation]:
        """The event of a session that opens, or may open, a term. A designation for its term settles that it did."""
        when, host, linked = session.when, session.host, session.id in self.handed
        wanted = opener(version_on(self.versions, when.latest)).type
        standings = self.member(host, when.latest) if host is not None else ()
        seated = sum(map(is_member, standings))
        doubt = seated < len(standings) and any("unrecorded" in v.doubts for v in standings)
        variants: tuple[Variant[_Opens | Designation], ...]
        if 0 < seated < len(standings) and not linked:
            variants = (
                Variant((f"{wanted} with its host a member",), _Opens(session.id, host)),
                Variant((f"{wanted} with its host no member",), _Opens(session.id, None, doubt)),
            )
        else:
            opens = _Opens(session.id, host if seated else None, doubt and not seated)
            variants = (Variant((wanted,), opens),)
        if isinstance(session.type, OneOf) and not linked:
            variants += (Variant(tuple(label for label in session.types if label != wanted), None),)
        return Event(session.id, "on", when.earliest, when.latest, self.order[session.id], variants)

    def _step(self, now: Tenure, effect: _Opens | Designation) -> Tenure:
        if isinstance(effect, _Opens):
            return _opens(now, effect, self.handed.get(effect.term, ()))
        return _takes_effect(now, effect, self._term_of[effect.id])


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


def _takes_effect(now: Tenure, designation: Designation, term: str) -> Tenure:
    if designation.id in now.lapsed:
        return now._replace(lapsed=tuple(d for d in now.lapsed if d != designation.id))
    held = Held(designation.to, term, designation.id)
    if now.term == term:
        return now._replace(pending=(), held=held) if now.pending else now
    return now._replace(held=held, early=(*now.early, designation.id))  # before its own term opens


def handed_over(
    record: Record, office: str, designations: Iterable[Designation]
) -> dict[str, tuple[Designation, ...]]:
    """Designations to an office by the live session that opens their term; one whose session is gone is gone."""
    found: dict[str, tuple[Designation, ...]] = {}
    for d in designations:
        session = record.by_id.get(d.opened_by)
        if d.office == office and session is not None and type(session) is Session:
            found[session.id] = (*found.get(session.id, ()), d)
    return found


def opens_term(session: Session, versions: Sequence[RuleInForce[Office]]) -> bool:
    """Whether a session opens, or may open, a term under the version of the rule of its day."""
    wanted = opener(version_on(versions, session.when.latest))
    return session.organ == wanted.organ and wanted.type in session.types


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
    when = act.when if isinstance(act, Session) else act.effective
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
