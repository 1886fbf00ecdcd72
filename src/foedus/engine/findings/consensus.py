"""What absence did to a session, and a missing signature, where an organ decides by consensus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Decision
from foedus.engine.findings.asked import (
    absent,
    answered,
    decided_by,
    decisions,
    is_surely_member,
    members_of,
    sessions,
)
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Decided, Session
from foedus.terms.states import state_name
from foedus.terms.words import large, listed


def member_absent(standing: Standing) -> Iterator[Finding]:
    """A session that adopted something, or let a matter rest, while a member with a seat was absent from it. What such
    a member has joined since is left out.
    """
    for rule, held in _by_consensus(standing):
        told = (
            _while_absent(standing, session, taken, absent(standing, session))
            for session, taken in held.items()
        )
        says = (
            "Decisions take consensus, and a member with a seat was absent: what was done then stands or not as its "
            "absence is read."
        )
        yield from found("member-absent", rule, says, [instance for instance in told if instance is not None])


def _while_absent(
    standing: Standing, session: Session, taken: tuple[Decided, ...], away: Mapping[str, str]
) -> Instance | None:
    if not away:
        return None
    joined = {d.id: answered(standing.record, d, "joined") for d in taken}
    adopted = [d for d in taken if d.outcome == "adopted" and not joined[d.id].keys() >= away.keys()]
    rested = [d for d in taken if d.outcome == "not taken up"]
    if not adopted and not rested:
        return None
    voice = Voice(standing.record, standing.title)
    members = listed([state_name(state) for state in away])
    done = [
        f"{did}: {_what(some)}" for did, some in (("adopted", adopted), ("did not take up", rested)) if some
    ]
    says = f"With {members} absent, {voice.session(session.id)} {', and '.join(done)}."
    declined = {d.id: answered(standing.record, d, "declined") for d in adopted}
    for state in away:
        for did, some in (
            ("has joined since", [d for d in taken if state in joined[d.id]]),
            ("declined to join", [d for d in adopted if state in declined[d.id]]),
        ):
            says += f" {state_name(state)} {did}: {_what(some)}." if some else ""
    answers = [entry for d in adopted for entry in declined[d.id].values()]
    entries = (session.id, *dict.fromkeys(away.values()), *(d.id for d in (*adopted, *rested)), *answers)
    return Instance(session.when.latest, entries, says)


def member_unsigned(standing: Standing) -> Iterator[Finding]:
    """A decision adopted that a member, who was not absent, is on record as not having signed, nor joined since."""
    for rule, held in _by_consensus(standing):
        instances = [
            _unsigned(standing, session, d, states)
            for session, taken in held.items()
            for d in taken
            if d.outcome == "adopted" and (states := _without_signature(standing, session, d))
        ]
        says = "Decisions take consensus, and one was adopted that a member, not on record as absent, did not sign."
        yield from found("member-unsigned", rule, says, instances)


def _without_signature(standing: Standing, session: Session, d: Decided) -> list[str]:
    of, day = members_of(standing, session.organ), session.when.latest
    excused = {*absent(standing, session), *answered(standing.record, d, "joined")}
    return [s for s in d.not_signed_by if s not in excused and is_surely_member(standing, s, of, day)]


def _unsigned(standing: Standing, session: Session, d: Decided, states: list[str]) -> Instance:
    voice = Voice(standing.record, standing.title)
    members = listed([state_name(state) for state in states])
    says = (
        f"{large(voice.session(session.id))} adopted, without the signature of {members}: {d.what.strip()}."
    )
    return Instance(session.when.latest, (d.id, session.id), says)


def _by_consensus(
    standing: Standing,
) -> Iterator[tuple[RuleInForce[Decision], dict[Session, tuple[Decided, ...]]]]:
    """Each rule by which organs decide by consensus, in its first version, with the sessions held under any version and
    what each decided by it.
    """
    rules: dict[str, list[RuleInForce[Decision]]] = {}
    for rule in standing.charter.of_kind(Decision):
        if rule.says.by == "consensus":
            rules.setdefault(rule.says.id, []).append(rule)
    for name, versions in rules.items():
        held = (
            session
            for version in versions
            for session in sessions(standing.record, version.says.organs)
            if version.period.holds(session.when.latest)
        )
        yield versions[0], {session: _decided_by(standing, session, name) for session in held}


def _decided_by(standing: Standing, session: Session, rule: str) -> tuple[Decided, ...]:
    """What a session decided by a rule."""
    ruled = ((d, decided_by(standing, session, d)) for d in decisions(standing.record, session))
    return tuple(d for d, by in ruled if by is not None and by.says.id == rule)


def _what(some: list[Decided]) -> str:
    return "; ".join(d.what.strip() for d in some)
