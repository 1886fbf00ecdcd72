"""Offices opened by appointment: left, acting or vacant, and terms that were not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office
from foedus.engine.findings.asked import decisions_about
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.offices import version_on
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment
from foedus.record.acts import Appointment
from foedus.terms.dates import ONE_DAY, show_day
from foedus.terms.words import plural


def office_vacant(standing: Standing) -> Iterator[Finding]:
    """From when until when nobody was appointed, after somebody had been: the office vacant, or somebody acting in it.
    Only where the record is declared to hold every appointment.
    """
    for office, versions in _by_appointment(standing):
        instances = [_vacancy(standing, gap) for gap in _gaps(standing, office)]
        yield from found(
            "office-vacant", versions[0], f"{standing.title(office)}: nobody was appointed.", instances
        )


def _gaps(standing: Standing, office: str) -> Iterator[list[Segment]]:
    """The runs of segments in which the office surely had nobody appointed to it, from the first appointment on."""
    record_to = standing.record.about.record_to
    held, gap = False, list[Segment]()
    for segment in standing.office(office).segments:
        holder = segment.holder
        empty = segment.status == "vacant" or (holder is not None and holder.as_ == "acting")
        known = standing.record.about.grade("appointment", segment.start, office=office) == "complete"
        if held and empty and known and segment.start <= record_to:
            gap.append(segment)
            continue
        if gap:
            yield gap
        gap, held = [], held or (holder is not None and holder.as_ == "appointed")
    if gap:
        yield gap


def _vacancy(standing: Standing, gap: list[Segment]) -> Instance:
    voice = Voice(standing.record, standing.title)
    first, end = gap[0].start, gap[-1].end
    past = end is None or end > standing.record.about.record_to
    until = "when the record ends" if past or end is None else show_day(end)
    acted = [voice.holder(segment.holder) for segment in gap if segment.holder is not None]
    who = f"{' and then '.join(dict.fromkeys(acted))} acted" if acted else "nobody was in it"
    entries = tuple(dict.fromkeys(e for segment in gap for e in segment.reason.used()))
    before = _left(standing, gap[0])
    return Instance(first, entries or before, f"From {show_day(first)} until {until} {who}.")


def _left(standing: Standing, vacant: Segment) -> tuple[str, ...]:
    """The appointments that ended where the office fell vacant."""
    return tuple(
        e.id
        for e in standing.record.of_kind(Appointment)
        if e.until is not None and e.until.latest == vacant.start
    )


class Term(NamedTuple):
    """An appointment under a rule that gives it a length: its first day in, its first day out, and when it would have
    run out.
    """

    entry: Appointment
    rule: RuleInForce[Office]
    start: date
    end: date
    due: date


def term_not_kept(standing: Standing) -> Iterator[Finding]:
    """An appointment that surely ran longer or shorter than the rule gives, with no decision on file that says so. Acting
    in the office is not an appointment to it.
    """
    for office, versions in _by_appointment(standing):
        told = ((term, _kept_otherwise(standing, term)) for term in _terms(standing, office, versions))
        instances = [Instance(term.end, (term.entry.id,), says) for term, says in told if says]
        says = f"{standing.title(office)}: a term was not kept, with no decision on file for all of it."
        yield from found("term-not-kept", versions[0], says, instances)


def _terms(standing: Standing, office: str, versions: tuple[RuleInForce[Office], ...]) -> Iterator[Term]:
    entries = [e for e in standing.record.of_kind(Appointment) if e.office == office]
    for entry in entries:
        start, end = entry.from_, _end(standing, entry, entries)
        rule = version_on(versions, start.latest)
        length = rule.says.length
        if entry.acting or length is None or start.vague or end is None or end <= rule.period.start:
            continue
        first = max(
            start.latest, rule.period.start
        )  # before the rule was in force there was no length to keep
        yield Term(entry, rule, start.latest, end, _years_on(first, length))


def _end(standing: Standing, entry: Appointment, entries: list[Appointment]) -> date | None:
    """The first day an appointment surely no longer held; or, of one that goes on, the first day that the record does
    not reach; None where that is not known.
    """
    after_record = standing.record.about.record_to + ONE_DAY
    if entry.until is not None:
        return None if entry.until.vague else min(entry.until.latest, after_record)
    later = [e.from_ for e in entries if e.from_.earliest > entry.from_.latest]
    if any(start.vague for start in later):
        return None
    if later:
        return min(*(start.latest for start in later), after_record)
    whole = standing.record.about.grade("appointment", standing.record.about.record_to, office=entry.office)
    return after_record if whole == "complete" and entry.from_.latest < after_record else None


def _kept_otherwise(standing: Standing, term: Term) -> str:
    """What to say of a term that was not kept; empty where it was, or decisions on file account for all of it."""
    said = sorted(session.when.latest for _, session in decisions_about(standing.record, term.entry))
    since = [day for day in said if term.start < day]
    length = term.rule.says.length or 0
    gives = f"the rule gives {length} {plural('year') if length > 1 else 'year'}"
    ongoing = term.end > standing.record.about.record_to
    end = "the end of the record" if ongoing else show_day(term.end)
    was = f"{term.entry.person} was in office from {show_day(term.start)} until {end}"
    if term.end < term.due:
        return "" if since or ongoing else f"{was}; {gives}, to {show_day(term.due)}."
    gap = _not_prolonged(term, since, length)
    if gap is None:
        return ""
    ran_out, prolonged = gap
    until = f" until {show_day(prolonged)}" if prolonged is not None else ""
    return f"{was}; {gives}. No decision on record prolongs the term from {show_day(ran_out)}{until}."


def _not_prolonged(term: Term, since: list[date], length: int) -> tuple[date, date | None] | None:
    """The first stretch that neither the length nor a decision since accounts for. How long a decision prolongs a term is
    not recorded: as long as a term at most.
    """
    covered = term.due
    for day in since:
        if day > covered:
            return covered, day
        covered = max(covered, _years_on(covered, length))
    return (covered, None) if covered < term.end else None


def _years_on(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the first of March; no later than the last day there is."""
    if day.year + years > date.max.year:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _by_appointment(standing: Standing) -> Iterator[tuple[str, tuple[RuleInForce[Office], ...]]]:
    for office in standing.offices():
        versions = standing.office_rules(office)
        if versions[0].says.term.opened_by == "appointment":
            yield office, versions
