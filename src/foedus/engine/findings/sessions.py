"""Sessions of a type that no text names, acts outside any session, and effects before one."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Rule, Sessions
from foedus.engine.findings.asked import (
    decisions,
    decisions_about,
    on,
    organ_named,
    organs,
    session_of,
    session_rules,
)
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Appointment, Body, Designation, Mandate, Response, Session, TreatyAction
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.terms.words import large, listed

_SANCTIONS = ("suspension", "exclusion")
Act = Response | Mandate | TreatyAction


def type_by_practice(standing: Standing) -> Iterator[Finding]:
    """A session that took decisions, of a type that only practice knows: no rule whose text is known names it."""
    voice = Voice(standing.record, standing.title)
    instances: dict[str, list[Instance]] = {}
    rules: dict[str, RuleInForce[Sessions]] = {}
    for session in standing.record.of_kind(Session):
        rule = _only_practice(standing, session)
        adopted = [d for d in decisions(standing.record, session) if d.outcome == "adopted"] if rule else []
        if rule is None or not adopted:
            continue
        what = "; ".join(d.what.strip() for d in adopted)
        says = f"{large(voice.session(session.id))} adopted: {what}."
        rules.setdefault(rule.says.id, rule)
        found_there = Instance(session.when.latest, (session.id, *(d.id for d in adopted)), says)
        instances.setdefault(rule.says.id, []).append(found_there)
    for name, rule in rules.items():
        says = f"The {standing.title(rule.says.organ)} took decisions at sessions of a type that no text read names, only practice."
        yield from found("type-by-practice", rule, says, instances[name])


def _only_practice(standing: Standing, session: Session) -> RuleInForce[Sessions] | None:
    """The rule that names the session's type, or each it may be, where all such rules in force are practice."""
    naming = [
        rule
        for rule in session_rules(standing, session.organ, session.when.latest)
        if set(rule.says.types) & set(session.types)
    ]
    return naming[0] if naming and all(rule.says.basis == "practice" for rule in naming) else None


def outside_session(standing: Standing) -> Iterator[Finding]:
    """A decision of an organ at no session, on a day for which every session of the organ is on record, and none is."""
    voice = Voice(standing.record, standing.title)
    for organ in organs(standing):
        instances = []
        rule: RuleInForce[Sessions] | None = None
        for act in _decided_by(standing, organ):
            rules = session_rules(standing, organ, act.when.latest)
            if (
                not rules
                or not _all_sessions_known(standing, rules, act.when)
                or _met(standing, organ, act.when)
            ):
                continue
            rule = rule or rules[0]
            says = f"A {_word(act)} of the {standing.title(organ)} is of {voice.day(act.when)}, when it held no session."
            instances.append(Instance(act.when.latest, (act.id,), says))
        says = f"The {standing.title(organ)} decided at no session."
        yield from found("outside-session", rule, says, instances)


def _decided_by(standing: Standing, organ: str) -> Iterator[Act]:
    """What an organ decided, as those say who name no session."""
    for act in standing.record.of_kind(Response):
        if act.how == "decision" and act.at is None and organ_named(standing, act.by) == organ:
            yield act
    for task in standing.record.of_kind(Mandate):
        if task.at is None and organ_named(standing, task.by) == organ:
            yield task
    for sanction in standing.record.of_kind(TreatyAction):
        done = sanction.action in _SANCTIONS and sanction.at is None and sanction.by is not None
        if done and sanction.by is not None and organ_named(standing, sanction.by) == organ:
            yield sanction


def _word(act: Act) -> str:
    if isinstance(act, TreatyAction):
        return f"{act.action} (of {listed([state_name(state) for state in act.states])})"
    return "decision on a request" if isinstance(act, Response) else "task given in the name"


def _all_sessions_known(standing: Standing, rules: tuple[RuleInForce[Sessions], ...], when: When) -> bool:
    types = {(rule.says.organ, kind) for rule in rules for kind in rule.says.types}
    grade = standing.record.about.grade
    return all(
        grade("session", day, organ=organ, type=kind) == "complete"
        for organ, kind in types
        for day in (when.earliest, when.latest)
    )


def _met(standing: Standing, organ: str, when: When) -> bool:
    """Whether a session of the organ may have been on the day."""
    held = (session.when for session in standing.record.of_kind(Session) if session.organ == organ)
    return any(
        min(at.began, at.earliest) <= when.latest and min(when.began, when.earliest) <= at.latest
        for at in held
    )


def effect_before_session(standing: Standing) -> Iterator[Finding]:
    """A hand-over, an appointment or a founding that took effect before the session it comes from."""
    instances: dict[str | None, list[Instance]] = {}
    rules: dict[str | None, RuleInForce[Rule] | None] = {}
    for act, effective, session, rule in _effects(standing):
        if effective.latest < session.when.began:
            key = rule.says.id if rule is not None else None
            rules.setdefault(key, rule)
            instances.setdefault(key, []).append(_early(standing, act, effective, session))
    for key, rule in rules.items():
        yield from found(
            "effect-before-session",
            rule,
            "An act took effect before the session that it comes from.",
            instances[key],
        )


Early = Designation | Appointment | Body


def _effects(standing: Standing) -> Iterator[tuple[Early, When, Session, RuleInForce[Rule] | None]]:
    """Each act that comes from a session: when it took effect, the session, and the rule in force on that day."""
    record = standing.record
    for d in record.of_kind(Designation):
        rule = on(standing.office_rules(d.office), d.effective.latest)
        session = _decided_at(standing, d) if d.authority == "decided" else session_of(record, d.opened_by)
        if session is not None and rule is not None:
            yield d, d.effective, session, rule
    for appointment in record.of_kind(Appointment):
        rule = on(standing.office_rules(appointment.office), appointment.from_.latest)
        session = session_of(record, appointment.at)
        if session is not None and rule is not None:
            yield appointment, appointment.from_, session, rule
    for body in record.of_kind(Body):
        session = session_of(record, body.at)
        if session is not None and body.status == "established":
            yield body, body.from_, session, None


def _decided_at(standing: Standing, d: Designation) -> Session | None:
    """The session of the only decision on a hand-over; None where there is none, or more."""
    bearing = decisions_about(standing.record, d)
    return bearing[0][1] if len(bearing) == 1 else None


def _early(standing: Standing, act: Early, effective: When, session: Session) -> Instance:
    voice = Voice(standing.record, standing.title)
    match act:
        case Designation():
            what = f"the hand-over to {state_name(act.to)} ({act.authority})"
        case Appointment():
            what = f"{act.person}'s term as {standing.title(act.office)}"
        case Body():
            what = f"the {act.name}"
    says = f"{large(what)} is of {voice.day(effective)}; {voice.session(session.id)} came after."
    return Instance(effective.latest, (act.id, session.id), says)
