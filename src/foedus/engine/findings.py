"""What the audit says about the record. Codes are stable; one finding a rule, with its instances."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Composition, Office
from foedus.engine.offices import is_member
from foedus.engine.persons import seat_person_course
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.engine.worlds import at
from foedus.record.acts import Attendance, Designation, Expect, Row, Session
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import large

Shape = Literal["void", "breach", "departure", "silence", "error"]
Severity = Literal["error", "warning", "note"]
SEVERITY: dict[Shape, Severity] = {
    "error": "error",
    "void": "warning",
    "breach": "warning",
    "departure": "note",
    "silence": "note",
}


@dataclass(frozen=True, slots=True)
class Instance:
    """One place in the record where a finding shows: its day, the entries, what happened there."""

    on: date
    entries: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A kind of fault or oddity under one rule, with every instance of it. `rule` is a rule's id, None for none."""

    code: str
    shape: Shape
    rule: str | None
    citation: str
    says: str
    instances: tuple[Instance, ...]

    @property
    def severity(self) -> Severity:
        """error, warning (void, breach) or note (departure, silence)."""
        return SEVERITY[self.shape]

    def to_json(self) -> dict[str, Any]:
        """The finding as published in `schemas/check.json`."""
        return {
            "code": self.code,
            "severity": self.severity,
            "shape": self.shape,
            "rule": self.rule,
            "citation": self.citation,
            "says": self.says,
            "instances": [
                {"on": i.on.isoformat(), "entries": list(i.entries), "says": i.says} for i in self.instances
            ],
        }


def findings(standing: Standing) -> tuple[Finding, ...]:
    """Every finding, gravest first, then by code; made once of a standing."""
    return standing.kept("findings", lambda: _findings(standing))


def _findings(standing: Standing) -> tuple[Finding, ...]:
    found = [finding for audit in AUDITS for finding in audit(standing)]
    weight = ("error", "warning", "note")
    return tuple(sorted(found, key=lambda f: (weight.index(f.severity), f.code, f.rule or "")))


def expectations_failed(standing: Standing) -> Iterator[Finding]:
    """What a source says of who held an office, against the answer just before the session."""
    voice = Voice(standing.record, standing.title)
    by_office: dict[str, list[Instance]] = {}
    for expect in standing.record.of_kind(Expect):
        session = standing.record.by_id.get(expect.at)
        if not isinstance(session, Session) or expect.office not in standing.offices():
            continue
        segment = standing.office(expect.office).at(session.when.began - ONE_DAY)
        holders = [p.holder for p in segment.possible if p.holder is not None]
        wanted = expect.holder
        if any(h.state == wanted.state and wanted.person in {"", h.person} for h in holders):
            continue
        said = " or ".join(voice.holder(h) for h in holders) or "nobody"
        expected = " ".join(part for part in (wanted.person, f"({state_name(wanted.state)})") if part)
        says = f"At {voice.session(session.id)} a source has {expected} in office; the answer is {said}."
        instance = Instance(session.when.latest, (expect.id, session.id), says)
        by_office.setdefault(expect.office, []).append(instance)
    for office, instances in by_office.items():
        title = standing.title(office)
        says = f"What sources say of who was {title} does not agree with the answer."
        yield Finding("expectation-failed", "error", None, "", says, tuple(instances))


def default_displaced(standing: Standing) -> Iterator[Finding]:
    """An office held by another than the general rule names, with no decision on file."""
    record, voice = standing.record, Voice(standing.record, standing.title)
    for office in standing.offices():
        versions = standing.office_rules(office)
        if versions[0].says.unless is None:
            continue
        member = standing.member_of(versions[0].says.of)
        instances: list[Instance] = []
        for d in record.of_kind(Designation):
            session = record.by_id.get(d.opened_by)
            if d.office != office or d.authority == "decided" or not isinstance(session, Session):
                continue
            host = session.host
            if (
                host is None
                or host == d.to
                or not any(is_member(v) for v in member(host, session.when.latest))
            ):
                continue
            if not any(v.period.holds(session.when.latest) for v in versions):
                continue
            says = (
                f"{large(voice.session(session.id))} was hosted by {state_name(host)}; the hand-over on "
                f"record is to {state_name(d.to)} ({d.authority})."
            )
            instances.append(Instance(session.when.latest, (d.id, session.id), says))
        if instances:
            says = f"{standing.title(office)}: held by another than the general rule names, with no decision on file."
            rule = versions[0]
            yield Finding(
                "default-displaced", "departure", rule.says.id, rule.citation, says, tuple(instances)
            )


def seat_before_rule(standing: Standing) -> Iterator[Finding]:
    """A seat taken by a role that only a later text of the rule admits."""
    record, voice = standing.record, Voice(standing.record, standing.title)
    for organ in standing.organs():
        versions = standing.compositions(organ)
        instances: list[Instance] = []
        for attendance in record.of_kind(Attendance):
            session = record.by_id.get(attendance.session)
            if not isinstance(session, Session) or session.organ != organ:
                continue
            day = session.when.latest
            now = next((i for i, v in enumerate(versions) if v.period.holds(day)), None)
            for row in attendance.rows:
                if now is None or row.state is None or row.role is None or row.how == "absent":
                    continue
                if _admits(standing, versions[now], row, day):
                    continue
                later = next((v for v in versions[now + 1 :] if _admits(standing, v, row, day)), None)
                if later is not None:
                    says = (
                        f"At {voice.session(session.id)} {row.person or 'the ' + row.title} sat for "
                        f"{state_name(row.state)} as {row.title or row.role}; the text that admits this is in force "
                        f"only from {voice.day(later.period.start)}."
                    )
                    instances.append(Instance(day, (attendance.id, session.id), says))
        if instances:
            rule = versions[0]
            says = f"A seat of the {standing.title(organ)} was taken before the rule that allows it was in force."
            yield Finding("seat-before-rule", "breach", rule.says.id, rule.citation, says, tuple(instances))


def _admits(standing: Standing, version: RuleInForce[Composition], row: Row, day: date) -> bool:
    """Whether a version of the rule, applied on `day`, has the row's role fill the row's seat."""
    assert row.state is not None
    course = seat_person_course(standing.record, [version], row.state)
    holders = [value.holder for value, _ in at(course, day).cells if value.holder is not None]
    return any(
        h.as_.removeprefix("acting ") == row.role and (not row.person or h.person in {None, row.person})
        for h in holders
    )


def turns_out_of_order(standing: Standing) -> Iterator[Finding]:
    """A turn on record that the order, reckoned from the one before it, gives to another, with no decision on file."""
    voice = Voice(standing.record, standing.title)
    for office, rule in _gone_round(standing):
        instances = []
        for found in standing.rotation(office).breaks:
            last, turn = found.before.turns[0], found.after.turns[0]
            others = " or ".join(state_name(key[2]) for key in found.reckoned) or "nobody"
            says = (
                f"The turn of {voice.day(turn.when)} is on record as that of {state_name(turn.held_by)}; reckoned from "
                f"{voice.day(last.when)}, when it was that of {state_name(last.held_by)}, it would be that of {others}."
            )
            instances.append(Instance(turn.when.latest, (turn.id, last.id), says))
        if instances:
            says = f"{standing.title(office)}: held by another than the general rule names, with no decision on file."
            yield Finding(
                "default-displaced", "departure", rule.says.id, rule.citation, says, tuple(instances)
            )


def turns_without_seat(standing: Standing) -> Iterator[Finding]:
    """A turn on record of a state that had no seat when its term opened: turns are not reckoned from it."""
    voice = Voice(standing.record, standing.title)
    for office, rule in _gone_round(standing):
        instances = tuple(
            Instance(
                turn.when.latest,
                (turn.id,),
                f"{state_name(turn.held_by)} is on record with the turn of {voice.day(turn.when)}, and had no seat "
                "when that term opened.",
            )
            for turn in standing.rotation(office).unsound
        )
        if instances:
            says = (
                f"{standing.title(office)}: a turn is on record of a state that is on record without a seat."
            )
            yield Finding("turn-without-seat", "error", rule.says.id, rule.citation, says, instances)


def _gone_round(standing: Standing) -> Iterator[tuple[str, RuleInForce[Office]]]:
    """The offices that go round, each with the first version of its rule."""
    for office in standing.offices():
        rule = standing.office_rules(office)[0]
        if rule.says.term.opened_by == "month":
            yield office, rule


AUDITS: tuple[Callable[[Standing], Iterator[Finding]], ...] = (
    expectations_failed,
    default_displaced,
    seat_before_rule,
    turns_out_of_order,
    turns_without_seat,
)
CODES = {
    "expectation-failed": "A source's word on who held an office does not agree with the answer.",
    "default-displaced": "An office went to another than the general rule names, with no decision on file.",
    "seat-before-rule": "A seat was taken by a role that only a later text of the rule admits.",
    "turn-without-seat": "A turn in an office that goes round is that of a state without a seat.",
}
