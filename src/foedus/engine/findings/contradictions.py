"""What cannot both be so: numbers that do not fit, and entries that say of one act two things."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.engine.findings.asked import decisions, rows, session_of
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Documents, NationalOffice, Row, Session
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced

_COUNTS = ("tabled", "agreed", "sent_back", "adopted")


def numbers_contradict(standing: Standing) -> Iterator[Finding]:
    """How many documents there were, where the numbers of one session do not fit each other."""
    voice = Voice(standing.record, standing.title)
    by_session: dict[str, list[Documents]] = {}
    for entry in standing.record.of_kind(Documents):
        session = session_of(standing.record, entry.session)
        if session is not None:
            by_session.setdefault(session.id, []).append(entry)
    instances = []
    for name, entries in by_session.items():
        session = session_of(standing.record, name)
        wrong = [*_told_twice(entries), *_too_many(entries)]
        if session is not None and wrong:
            says = f"Of {voice.session(name)}: {'; '.join(wrong)}."
            instances.append(Instance(session.when.latest, tuple(e.id for e in entries), says))
    yield from found("numbers-contradict", None, "Numbers of documents do not fit each other.", instances)


def _numbers(entries: list[Documents], name: str) -> list[int]:
    """What the entries say of one number, each once and in order."""
    return list(dict.fromkeys(n for e in entries if (n := getattr(e, name)) is not None))


def _told_twice(entries: list[Documents]) -> Iterator[str]:
    """A number that entries of one session give differently."""
    for name in _COUNTS:
        numbers = _numbers(entries, name)
        if len(numbers) > 1:
            yield f"{listed([str(n) for n in numbers])} documents are on record as {name.replace('_', ' ')}"


def _too_many(entries: list[Documents]) -> Iterator[str]:
    """More agreed, sent back or adopted than there were."""
    tabled, agreed, back, adopted = (max(_numbers(entries, name), default=None) for name in _COUNTS)
    if tabled is None:
        return
    if agreed is not None and back is not None and agreed + back > tabled:
        yield f"{agreed} were agreed and {back} sent back, of {tabled} tabled"
    elif agreed is not None and agreed > tabled:
        yield f"{agreed} were agreed, of {tabled} tabled"
    elif back is not None and back > tabled:
        yield f"{back} were sent back, of {tabled} tabled"
    if adopted is not None and adopted > tabled:
        yield f"{adopted} were adopted, of {tabled} tabled"


def entries_contradict(standing: Standing) -> Iterator[Finding]:
    """A member both present and absent; somebody in a role who, by the record, did not have it; a decision adopted and
    stopped.
    """
    instances = [
        instance
        for session in standing.record.of_kind(Session)
        for instance in (
            *_there_and_not(standing, session),
            *_another(standing, session),
            *_stopped(standing, session),
        )
    ]
    yield from found(
        "entries-contradict", None, "Two things are on record that cannot both be so.", instances
    )


def _there_and_not(standing: Standing, session: Session) -> Iterator[Instance]:
    """A state, or somebody of it, both absent and there. Where somebody named was absent, another may have come."""
    told = [(e, row) for e, row in rows(standing.record, session) if row.state and row.capacity is None]
    came = [(e, row) for e, row in told if row.how != "absent"]
    for entry, row in told:
        there = [e for e, other in came if other.state == row.state and row.person in {"", other.person}]
        if row.how == "absent" and there:
            where = Voice(standing.record, standing.title).session(session.id)
            who = row.person or state_name(str(row.state))
            says = f"{who} is on record both as absent from {where} and as there."
            yield Instance(
                session.when.latest, tuple(dict.fromkeys((there[0].id, entry.id, session.id))), says
            )


def _another(standing: Standing, session: Session) -> Iterator[Instance]:
    """Somebody named in a national role who was not in it on that day, another being on record alone."""
    for entry, row in rows(standing.record, session):
        if row.state is None or row.role is None or not row.person or row.how == "absent":
            continue
        had = _in_role(standing, session, row)
        if had and row.person not in {office.person for office in had}:
            names = listed([office.person for office in had], "or")
            says = (
                f"{row.person} is on record at {Voice(standing.record, standing.title).session(session.id)} as "
                f"{spaced(row.role)} of {state_name(row.state)}; that was {names}."
            )
            yield Instance(session.when.latest, (entry.id, *(office.id for office in had)), says)


def _in_role(standing: Standing, session: Session, row: Row) -> list[NationalOffice]:
    """Who may have had the role on a day of the session; nobody where that is not surely all of them."""
    offices = standing.record.where(NationalOffice, state=str(row.state), role=str(row.role))
    days = (session.when.began, session.when.latest)
    on = [value.holder for day in days for value in standing.head(str(row.state), str(row.role), day)]
    names = {holder.person for holder in on if holder is not None}
    if any(holder is None or holder.person is None for holder in on):
        return []
    return [office for office in offices if office.person in names]


def _stopped(standing: Standing, session: Session) -> Iterator[Instance]:
    for d in decisions(standing.record, session):
        if d.outcome == "adopted" and d.stopped_by is not None:
            where = Voice(standing.record, standing.title).session(session.id)
            says = f"At {where} a draft is on record as adopted and as stopped by {state_name(d.stopped_by)}: {d.what.strip()}."
            yield Instance(session.when.latest, (d.id, session.id), large(says))
