"""Offices whose terms sessions open, or the calendar: who had them against the general rule, and by what authority."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office, RotationHolder
from foedus.engine.defaults import by_own_host
from foedus.engine.findings.asked import is_surely_no_member, members_of, on, session_of
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.months import term_of
from foedus.engine.offices import handed_over, is_member, version_on
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.engine.tenures import UNSAID, opening
from foedus.record.acts import Designation, Session, Turn
from foedus.terms.states import state_name
from foedus.terms.words import large, listed

_DISPLACED = "held by another than the general rule names, with no decision on file."


def default_displaced(standing: Standing) -> Iterator[Finding]:
    """An office held by another than the general rule names, with no decision on file."""
    record, voice = standing.record, Voice(standing.record, standing.title)
    for office, versions in _opened_by_sessions(standing):
        member = standing.member_of(versions[0].says.of)
        instances: list[Instance] = []
        for d in record.of_kind(Designation):
            session = session_of(record, d.opened_by)
            if d.office != office or d.authority == "decided" or session is None:
                continue
            day, host = session.when.latest, session.host
            if not by_own_host(version_on(versions, day)):
                instances += _displaced_as_read(standing, voice, d, session)
                continue
            if host in {None, d.to} or on(versions, day) is None:
                continue
            if not any(is_member(value) for value in member(str(host), day)):
                continue
            says = (
                f"{large(voice.session(session.id))} was hosted by {state_name(str(host))}; the hand-over on "
                f"record is to {state_name(d.to)} ({d.authority})."
            )
            instances.append(Instance(day, (d.id, session.id), says))
        yield from found(
            "default-displaced", versions[0], f"{standing.title(office)}: {_DISPLACED}", instances
        )


def _displaced_as_read(
    standing: Standing, voice: Voice, d: Designation, session: Session
) -> Iterator[Instance]:
    """The same where the general rule, as read, does not seat the host."""
    seats = standing.defaults(d.office).get(session.id, {})
    if seats and not {d.to, None, UNSAID} & seats.keys():
        others = listed([state_name(str(state)) for state in seats], "or")
        says = (
            f"In the term that {voice.session(session.id)} opened the general rule, as read, seats {others}; the hand-over "
            f"on record is to {state_name(d.to)} ({d.authority})."
        )
        yield Instance(session.when.latest, (d.id, session.id), says)


def no_default(standing: Standing) -> Iterator[Finding]:
    """A term opened by a session without a territory, or on that of no member, and no decision says who has it."""
    for office, versions in _hosted(standing):
        opens, handed = opening(versions), handed_over(standing.record, office)
        instances = [
            _without_host(standing, session, handed.get(session.id, ()))
            for session in standing.record.of_kind(Session)
            if len(session.types) == 1
            and on(versions, session.when.latest) is not None
            and opens(session)
            and not any(d.authority == "decided" for d in handed.get(session.id, ()))
            and _is_without_host(standing, session, versions[0].says.of)
        ]
        says = f"{standing.title(office)}: a term opened without a host among the members, so that the rule names nobody."
        yield from found("no-default", versions[0], says, instances)


def _is_without_host(standing: Standing, session: Session, organ: str) -> bool:
    """Not where the host is only not recorded."""
    if session.host is None:
        return session.held == "online" and not session.city
    return is_surely_no_member(standing, session.host, members_of(standing, organ), session.when.latest)


def _without_host(standing: Standing, session: Session, handed: tuple[Designation, ...]) -> Instance:
    voice = Voice(standing.record, standing.title)
    where = (
        f"was on the territory of {state_name(session.host)}, no member"
        if session.host
        else "had no territory"
    )
    to = [f"to {state_name(d.to)} ({d.authority})" for d in handed]
    passed = f"the hand-over on record is {listed(to, 'or')}" if to else "no hand-over is on record"
    says = f"{large(voice.session(session.id))} {where}; {passed}."
    return Instance(session.when.latest, (session.id, *(d.id for d in handed)), says)


def handed_to_no_member(standing: Standing) -> Iterator[Finding]:
    """An office handed to a state that was surely no member on the day it took effect."""
    for office, versions in _hosted(standing):
        of = members_of(standing, versions[0].says.of)
        instances = [
            Instance(
                d.effective.latest,
                (d.id,),
                f"The hand-over on record is to {state_name(d.to)}, which was no member on "
                f"{Voice(standing.record, standing.title).day(d.effective)}.",
            )
            for d in standing.record.of_kind(Designation)
            if d.office == office
            and on(versions, d.effective.latest) is not None
            and is_surely_no_member(standing, d.to, of, d.effective.earliest)
            and is_surely_no_member(standing, d.to, of, d.effective.latest)
        ]
        says = f"{standing.title(office)}: handed to a state that is no member."
        yield from found("handed-to-no-member", versions[0], says, instances)


def turns_out_of_order(standing: Standing) -> Iterator[Finding]:
    """A turn on record that the order, reckoned from the one before it, gives to another, with no decision on file."""
    voice = Voice(standing.record, standing.title)
    for office, rule in _gone_round(standing):
        instances = []
        for left in standing.rotation(office).breaks:
            last, turn = left.before.turns[0], left.after.turns[0]
            others = " or ".join(state_name(key[2]) for key in left.reckoned) or "nobody"
            says = (
                f"The turn of {voice.day(turn.when)} is on record as that of {state_name(turn.held_by)}; reckoned from "
                f"{voice.day(last.when)}, when it was that of {state_name(last.held_by)}, it would be that of {others}."
            )
            instances.append(Instance(turn.when.latest, (turn.id, last.id), says))
        yield from found("default-displaced", rule, f"{standing.title(office)}: {_DISPLACED}", instances)


def turns_without_seat(standing: Standing) -> Iterator[Finding]:
    """A turn on record of a state that had no seat when its term opened: turns are not reckoned from it."""
    voice = Voice(standing.record, standing.title)
    for office, rule in _gone_round(standing):
        instances = [
            Instance(
                turn.when.latest,
                (turn.id,),
                f"{state_name(turn.held_by)} is on record with the turn of {voice.day(turn.when)}, and had no seat "
                "when that term opened.",
            )
            for turn in standing.rotation(office).unsound
            if _had_no_seat(standing, office, turn)
        ]
        says = f"{standing.title(office)}: a turn is on record of a state that is on record without a seat."
        yield from found("turn-without-seat", rule, says, instances)


def _had_no_seat(standing: Standing, office: str, turn: Turn) -> bool:
    """Not where the state had one, and only its name, or whether it had, is not recorded."""
    versions = standing.office_rules(office)
    opened, holder = term_of(versions, turn.when.earliest), versions[0].says.holder
    if opened is None or not isinstance(holder, RotationHolder):
        return False
    of = members_of(standing, holder.rotation.among)
    return is_surely_no_member(standing, turn.held_by, of, opened)


def _opened_by_sessions(standing: Standing) -> Iterator[tuple[str, tuple[RuleInForce[Office], ...]]]:
    """The offices whose terms sessions open, each with the versions of its rule, where that knows an exception."""
    for office in standing.offices():
        versions = standing.office_rules(office)
        if versions[0].says.term.opened_by == "session" and versions[0].says.unless is not None:
            yield office, versions


def _hosted(standing: Standing) -> Iterator[tuple[str, tuple[RuleInForce[Office], ...]]]:
    """The offices whose default holder is of the host of a session, each with the versions of its rule."""
    for office in standing.offices():
        versions = standing.office_rules(office)
        if all(map(by_own_host, versions)) and versions[0].says.unless is not None:
            yield office, versions


def _gone_round(standing: Standing) -> Iterator[tuple[str, RuleInForce[Office]]]:
    """The offices that go round, each with the first version of its rule."""
    for office in standing.offices():
        rule = standing.office_rules(office)[0]
        if rule.says.term.opened_by == "month":
            yield office, rule
