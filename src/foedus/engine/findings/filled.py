"""Seats by number: where the rule says how many there are, and the record how many were had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Composition
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.standing import Standing
from foedus.record.acts import Membership
from foedus.terms.dates import ONE_DAY, show_day


class Stretch(NamedTuple):
    """Days over which a rule gives so many seats to a class, and so many had one: from `start` until `end`."""

    rule: RuleInForce[Composition]
    name: str
    start: date
    end: date
    seats: int
    had: int
    entries: tuple[str, ...]


def seats_unfilled(standing: Standing) -> Iterator[Finding]:
    """Fewer members of a class than the rule gives seats, while the record holds every membership."""
    yield from _counted(standing, "seats-unfilled", -1, "Not all seats of the {} were had.")


def seats_overfilled(standing: Standing) -> Iterator[Finding]:
    """More members of a class than the rule gives seats."""
    yield from _counted(
        standing, "numbers-contradict", 1, "More members are on record than the {} has seats."
    )


def _counted(standing: Standing, code: str, sign: int, title: str) -> Iterator[Finding]:
    for organ in standing.organs():
        versions = standing.compositions(organ)
        instances = [
            Instance(
                each.start,
                each.entries,
                f"From {show_day(each.start)} until {show_day(each.end)} {_members(each)}; the rule gives "
                f"{each.seats} {'seat' if each.seats == 1 else 'seats'}.",
            )
            for each in _stretches(standing, versions)
            if (each.had - each.seats) * sign > 0 and each.entries
        ]
        yield from found(code, versions[0], title.format(standing.title(organ)), instances)


def _members(each: Stretch) -> str:
    return (
        f"there was 1 {each.name} member" if each.had == 1 else f"there were {each.had} {each.name} members"
    )


def _stretches(standing: Standing, versions: tuple[RuleInForce[Composition], ...]) -> Iterator[Stretch]:
    """The time of the record, cut wherever a rule, a membership or how complete the record is changes; and, of those
    stretches that follow each other alike, one.
    """
    last: Stretch | None = None
    for version in versions:
        for name, seats in version.says.classes.items():
            for start, end in _pieces(standing, version):
                terms = _holding(standing, version, start)
                if terms is None:
                    continue
                mine = tuple(term.id for term in terms if term.as_ == name)
                each = Stretch(version, name, start, end, seats, len(mine), mine)
                if last is not None and (last.rule, last.name, last.end, last.had) == (
                    version,
                    name,
                    start,
                    len(mine),
                ):
                    last = last._replace(end=end, entries=tuple(dict.fromkeys((*last.entries, *mine))))
                    continue
                if last is not None:
                    yield last
                last = each
    if last is not None:
        yield last


def _pieces(standing: Standing, version: RuleInForce[Composition]) -> Iterator[tuple[date, date]]:
    of, past = version.says.of, standing.record.about.record_to + ONE_DAY
    end = min(version.period.end or past, past)
    changes = {day for term in _terms(standing, of) for day in _days(term)}
    edges = {version.period.start, end, *changes, *standing.record.about.edges("membership")}
    within = sorted(day for day in edges if version.period.start <= day <= end)
    yield from pairwise(within)


def _terms(standing: Standing, of: str) -> list[Membership]:
    return [term for term in standing.record.of_kind(Membership) if term.of == of]


def _days(term: Membership) -> tuple[date, ...]:
    until = (term.until.earliest, term.until.latest) if term.until is not None else ()
    return (term.from_.earliest, term.from_.latest, *until)


def _holding(standing: Standing, version: RuleInForce[Composition], day: date) -> list[Membership] | None:
    """The terms of members on a day; None where whose they are is not all known."""
    of = version.says.of
    if standing.record.about.grade("membership", day, of=of) != "complete":
        return None
    members = [term for term in _terms(standing, of) if term.status == "member" and _may_hold(term, day)]
    if any(not _surely_holds(term, day) for term in members):
        return None
    return [term for term in members if standing.party(term.party, of).at(day).status == "certain"]


def _may_hold(term: Membership, day: date) -> bool:
    return term.from_.earliest <= day and (term.until is None or day < term.until.latest)


def _surely_holds(term: Membership, day: date) -> bool:
    return term.from_.latest <= day and (term.until is None or day < term.until.earliest)
