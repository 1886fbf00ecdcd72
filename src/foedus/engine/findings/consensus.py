"""What absence did to a session, and a missing signature, where an organ decides by consensus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Decision
from foedus.engine.findings.asked import absent, decisions, is_surely_member, members_of, sessions
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Adhesion, Decided, Session
from foedus.terms.states import state_name
from foedus.terms.words import large, listed


def member_absent(standing: Standing) -> Iterator[Finding]:
    """A session that adopted something, or let a matter rest, while a member with a seat was absent from it. What such
    a member has joined since is left out.
    """
    for rule, held in _by_consensus(standing):
        told = (_while_absent(standing, session, absent(standing, session)) for session in held)
        says = (
            "Decisions take consensus, and a member with a seat was absent: what was done then stands or not as its "
            "absence is read."
        )
        yield from found("member-absent", rule, says, [instance for instance in told if instance is not None])


def _while_absent(standing: Standing, session: Session, away: Mapping[str, str]) -> Instance | None:
    taken = decisions(standing.record, session) if away else ()
    joined = {d.id: _answered(standing, d, "joined") for d in taken}
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
    declined = {d.id: _answered(standing, d, "declined") for d in adopted}
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
            for session in held
            for d in decisions(standing.record, session)
            if d.outcome == "adopted" and (states := _without_signature(standing, session, d))
        ]
        says = "Decisions take consensus, and one was adopted that a member, not on record as absent, did not sign."
        yield from found("member-unsigned", rule, says, instances)


def _without_signature(standing: Standing, session: Session, d: Decided) -> list[str]:
    of, day = members_of(standing, session.organ), session.when.latest
    excused = {*absent(standing, session), *_answered(standing, d, "joined")}
    return [s for s in d.not_signed_by if s not in excused and is_surely_member(standing, s, of, day)]


def _unsigned(standing: Standing, session: Session, d: Decided, states: list[str]) -> Instance:
    voice = Voice(standing.record, standing.title)
    members = listed([state_name(state) for state in states])
    says = (
        f"{large(voice.session(session.id))} adopted, without the signature of {members}: {d.what.strip()}."
    )
    return Instance(session.when.latest, (d.id, session.id), says)


def _by_consensus(standing: Standing) -> Iterator[tuple[RuleInForce[Decision], list[Session]]]:
    """Each rule by which organs decide by consensus, in its first version, with the sessions held under any version."""
    rules: dict[str, list[RuleInForce[Decision]]] = {}
    for rule in standing.charter.of_kind(Decision):
        if rule.says.by == "consensus":
            rules.setdefault(rule.says.id, []).append(rule)
    for versions in rules.values():
        held = [
            session
            for version in versions
            for session in sessions(standing.record, version.says.organs)
            if version.period.holds(session.when.latest)
        ]
        yield versions[0], held


def _answered(standing: Standing, d: Decided, how: str) -> dict[str, str]:
    """The states that joined a decision taken without them, or declined to, each with the entry that says so."""
    pointing = standing.record.pointing.get(d.id, ())
    return {e.state: e.id for e in pointing if isinstance(e, Adhesion) and e.how == how}


def _what(some: list[Decided]) -> str:
    return "; ".join(d.what.strip() for d in some)
