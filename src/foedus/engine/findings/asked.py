"""What every audit asks of a standing: who was surely a member, which version of a rule was in force, who was absent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from foedus.charter.charter import RuleInForce
from foedus.charter.deciding import deciding
from foedus.charter.kinds import Decision, Organ, Rule, Sessions
from foedus.engine.standing import ORGANISATION, Standing
from foedus.problems import NotFound
from foedus.record.acts import Adhesion, Attendance, Decided, Entry, Person, Row, Session
from foedus.record.record import Record

K = TypeVar("K", bound=Rule)


def on(versions: Iterable[RuleInForce[K]], day: date) -> RuleInForce[K] | None:
    """The version of a rule in force on a day, None where none is."""
    return next((version for version in versions if version.period.holds(day)), None)


def members_of(standing: Standing, organ: str) -> str:
    """What one has to be a party of to have a seat in an organ."""
    versions = standing.compositions(organ)
    return versions[0].says.of if versions else ORGANISATION


def status(standing: Standing, state: str, of: str, day: date) -> str | None:
    """How a state stood on a day, where that is certain; None where it is not, or no rule was in force."""
    holder = standing.party(state, of).at(day).holder
    return holder.as_ if holder is not None else None


def is_surely_member(standing: Standing, state: str, of: str, day: date) -> bool:
    """Whether a state was a member on a day, in every world."""
    return status(standing, state, of, day) == "member"


def is_surely_no_member(standing: Standing, state: str, of: str, day: date) -> bool:
    """Whether a state was certainly none: not where that is unknown, contested or uncertain, nor where it was suspended,
    since what a member is suspended from no rule here says.
    """
    return status(standing, state, of, day) not in {None, "member", "suspended"}


def session_of(record: Record, name: str | None) -> Session | None:
    """The session of that id, as it stands now."""
    session = record.by_id.get(name) if name else None
    return session if isinstance(session, Session) else None


def sessions(record: Record, organs: Iterable[str]) -> Iterator[Session]:
    """Every session of one of the organs, in order of the record."""
    wanted = frozenset(organs)
    return (session for session in record.of_kind(Session) if session.organ in wanted)


def rows(record: Record, session: Session) -> Iterator[tuple[Attendance, Row]]:
    """Every line of every attendance of a session."""
    for entry in record.pointing.get(session.id, ()):
        if isinstance(entry, Attendance):
            yield from ((entry, row) for row in entry.rows)


def decisions(record: Record, session: Session) -> tuple[Decided, ...]:
    """The decisions of a session, in order of the record."""
    pointing = record.pointing.get(session.id, ())
    return tuple(e for e in pointing if isinstance(e, Decided) and _is(record, e.session, session))


def decisions_about(record: Record, entry: Entry) -> tuple[tuple[Decided, Session], ...]:
    """The adopted decisions that bear on an entry, each with its session."""
    bearing = (
        e for e in record.pointing.get(entry.id, ()) if isinstance(e, Decided) and e.outcome == "adopted"
    )
    placed = ((each, session_of(record, each.session)) for each in bearing)
    return tuple((each, session) for each, session in placed if session is not None)


def absent(standing: Standing, session: Session) -> dict[str, str]:
    """Members that were surely absent from a session, each with the attendance that says so: on record as absent, and
    nowhere as present.
    """
    record, of = standing.record, members_of(standing, session.organ)
    told = [
        (entry, row) for entry, row in rows(record, session) if row.state is not None and row.capacity is None
    ]
    came = {row.state for _, row in told if row.how != "absent"}
    return {
        str(row.state): entry.id
        for entry, row in told
        if row.state not in came and is_surely_member(standing, str(row.state), of, session.when.latest)
    }


def decided_by(standing: Standing, session: Session, decision: Decided) -> RuleInForce[Decision] | None:
    """The rule by which a session decided, in force on its last day: the one for the decision's matter, else for most.
    None where there is none, or several and the record does not say which.
    """
    try:
        return deciding(standing.charter, session.organ, session.when.latest, decision.matter or None)
    except NotFound:
        return None


def answered(record: Record, decision: Decided, how: str) -> dict[str, str]:
    """The states that `joined` a decision taken without them, or `declined` to, each with the entry that says so."""
    pointing = record.pointing.get(decision.id, ())
    return {e.state: e.id for e in pointing if isinstance(e, Adhesion) and e.how == how}


def organ_named(standing: Standing, by: Person) -> str | None:
    """The organ somebody named as who acted, by its name in the charter; None where it was anyone else."""
    if by.state or by.person or by.office:
        return None
    return next((o for o in organs(standing) if by.org in {o, standing.title(o)}), None)


def organs(standing: Standing) -> tuple[str, ...]:
    """Names of the organs the charter knows, in its order."""
    return tuple(dict.fromkeys(rule.says.organ for rule in standing.charter.of_kind(Organ)))


def session_rules(standing: Standing, organ: str, day: date) -> tuple[RuleInForce[Sessions], ...]:
    """The rules in force on a day on the types of session an organ holds."""
    return tuple(
        rule
        for rule in standing.charter.of_kind(Sessions)
        if rule.says.organ == organ and rule.period.holds(day)
    )


def _is(record: Record, name: str, entry: Entry) -> bool:
    found = record.by_id.get(name)
    return found is not None and found.id == entry.id
