"""Names within a charter: every rule it points to, organ, office and instrument must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

from foedus.charter.charter import Charter, RuleInForce
from foedus.charter.kinds import (
    Affiliation,
    Amendment,
    AnyHolder,
    AnyRule,
    Arrears,
    Attendance,
    Composition,
    Decision,
    Depositary,
    Duty,
    EntryIntoForce,
    Membership,
    Office,
    Organ,
    RotationHolder,
    Sanction,
    Sessions,
    Subsidiary,
    Untranslated,
    Withdrawal,
)
from foedus.problems import Problem, enough, suggest
from foedus.terms.offices import GUEST, Role


def check_charter(charter: Charter, refused: Collection[str] = ()) -> list[Problem]:
    """Every name a rule uses that no rule defines, but for names that may stand in what was `refused`; and rules of
    different ids that say the same thing of the same office or organ on the same day.
    """
    names = _Names(charter, refused)
    faults = (problem for rule in charter.rules for problem in names.faults(rule))
    return [
        *enough(faults),
        *enough(_doubles(charter)),
        *_opened_in_two_ways(charter),
        *_needing_themselves(charter),
        *(enough(_held_by_nobody(charter)) if not refused else ()),
    ]


def _needing_themselves(charter: Charter) -> Iterator[Problem]:
    """Rules that would need their own value on the same day: a seat that goes with an office which goes with the seat;
    and clauses that lean on themselves.
    """
    for office in charter.of_kind(Office):
        organ = _seats_needed(office.says)
        for rule in charter.of_kind(Composition):
            names = {office.says.office, office.says.name}
            if (
                rule.says.organ == organ
                and names & set(rule.says.also)
                and rule.period.overlaps(office.period)
            ):
                what = f"Who has the office “{office.says.office}” has a seat in “{organ}”, and who has one there may have the office: each needs the other."
                yield Problem(
                    rule.file,
                    rule.line,
                    what,
                    "Leave the office out of “also”, or name its holder by a role.",
                )
    for clause in charter.of_kind(Untranslated):
        if clause.says.id in clause.says.leans:
            what = f"The rule “{clause.says.id}” leans on itself."
            yield Problem(clause.file, clause.line, what, "Name the rules whose answers lean on it.")


def _seats_needed(office: Office) -> str | None:
    """The organ among whose seats the holder of an office is found; None where it is not one of them."""
    if isinstance(office.holder, RotationHolder):
        return office.holder.rotation.among
    return None if isinstance(office.holder, str) else office.holder.seat_in


def _held_by_nobody(charter: Charter) -> Iterator[Problem]:
    """Offices that nobody could ever hold: what opens their terms, or who fills the seats that their holder comes from,
    is ruled on at other times only.
    """
    types = [
        (rule.says.organ, kind, rule.period) for rule in charter.of_kind(Sessions) for kind in rule.says.types
    ]
    seats = [(rule.says.organ, rule.period) for rule in charter.of_kind(Composition)]
    for rule in charter.of_kind(Office):
        where, organ = rule.says.term.where, _seats_needed(rule.says)
        opened = [
            period
            for of, kind, period in types
            if where is not None and (of, kind) == (where.organ, where.type)
        ]
        filled = [period for of, period in seats if of == organ]
        lacks = [
            name
            for name, periods in (
                (f"{where.type} sessions of “{where.organ}”" if where else "", opened),
                (f"the seats of “{organ}”" if organ else "", filled),
            )
            if name and periods and not any(period.overlaps(rule.period) for period in periods)
        ]
        if lacks:
            what = f"Nobody can hold the office “{rule.says.office}” {rule.period}: no rule on {' or '.join(lacks)} is in force then."
            yield Problem(rule.file, rule.line, what, "Let the periods of the rules share some days.")


def _opened_in_two_ways(charter: Charter) -> Iterator[Problem]:
    """The versions of an office's rule all have terms of one sort: turns do not follow from sessions."""
    first: dict[str, RuleInForce[Office]] = {}
    for rule in charter.of_kind(Office):
        other = first.setdefault(rule.says.office, rule)
        here, there = rule.says.term.opened_by, other.says.term.opened_by
        if here != there and not rule.period.overlaps(
            other.period
        ):  # else they are told to be two rules already
            what = f"Terms of “{rule.says.office}” open by {here} here and by {there} on line {other.line} of {other.file}."
            yield Problem(rule.file, rule.line, what, "Give one of the two offices another name.")


def _doubles(charter: Charter) -> Iterator[Problem]:
    """One rule a day on what an organ is, who fills its seats, what an office is; and no name for two things."""
    by_subject: dict[tuple[str, str], list[RuleInForce[AnyRule]]] = {}
    for rule in charter.rules:
        subject = _subject(rule.says)
        if subject is None:
            continue
        for other in by_subject.setdefault(subject, []):
            if other.says.id != rule.says.id and other.period.overlaps(rule.period):
                said = f"The rules “{other.says.id}” and “{rule.says.id}” both say of the {subject[0]} “{subject[1]}”."
                yield Problem(
                    rule.file, rule.line, said, "Keep one, or end the earlier where the later begins."
                )
        by_subject[subject].append(rule)
    for kind, name in by_subject:
        if kind == "office" and ("organ", name) in by_subject:
            rule = by_subject[kind, name][0]
            said = f"“{name}” is the name of an office and of an organ."
            yield Problem(rule.file, rule.line, said, "Give one of them another name.")


def _subject(says: AnyRule) -> tuple[str, str] | None:
    match says:
        case Office():
            return "office", says.office
        case Organ():
            return "organ", says.organ
        case Composition():
            return "seats of", says.organ
        case Membership():
            return "membership of", says.of
        case _:
            return None


class _Names:
    """What the rules of a charter define."""

    def __init__(self, charter: Charter, refused: Collection[str]) -> None:
        self.refused = refused
        self.instruments = {instrument.id for instrument in charter.instruments}
        self.offices = {rule.says.office for rule in charter.of_kind(Office)}
        self.rules = {rule.says.id for rule in charter.rules}
        self.untranslated = {rule.says.id for rule in charter.of_kind(Untranslated)}
        self.organs = {rule.says.organ for rule in charter.of_kind(Organ)}
        self.composed = {rule.says.organ for rule in charter.of_kind(Composition)}
        self.memberships = {rule.says.of for rule in charter.of_kind(Membership)}
        self.types = {
            (rule.says.organ, kind) for rule in charter.of_kind(Sessions) for kind in rule.says.types
        }

    def faults(self, rule: RuleInForce[AnyRule]) -> Iterator[Problem]:
        says = rule.says
        match says:
            case Untranslated():
                yield from self._each(rule, says.leans, self.rules, "rule")
            case Composition():
                yield from self._each(rule, [says.organ], self.organs, "organ")
                yield from self._each(rule, [says.of], self.memberships, "membership")
            case Sessions():
                yield from self._each(rule, [says.organ], self.organs, "organ")
            case Attendance():
                yield from self._each(rule, [says.organ], self.organs, "organ")
                yield from self._each(
                    rule, says.may_attend, {*get_args(Role), GUEST} | self.offices, "capacity"
                )
            case Decision():
                yield from self._each(rule, says.organs, self.organs, "organ")
            case Duty():
                yield from self._each(rule, [says.of], self.memberships, "membership")
                yield from self._each(
                    rule, [says.extent] if says.extent else [], self.untranslated, "untranslated clause"
                )
            case Withdrawal():
                yield from self._each(rule, [says.of], self.memberships, "membership")
            case Subsidiary():
                yield from self._each(rule, [says.organ], self.organs, "organ")
            case Sanction() | Arrears():
                yield from self._each(rule, [says.of], self.memberships, "membership")
                yield from self._each(rule, [says.by], self.organs, "organ")
            case Affiliation():
                yield from self._each(rule, [says.granted_by], self.organs, "organ")
            case Depositary():
                yield from self._each(rule, [says.of], self.instruments, "instrument")
                yield from self._each(rule, [says.office] if says.office else [], self.offices, "office")
            case Amendment() | EntryIntoForce():
                yield from self._each(rule, [says.of], self.instruments, "instrument")
            case Office():
                yield from self._office(rule, says)
            case _:
                pass

    def _office(self, rule: RuleInForce[AnyRule], says: Office) -> Iterator[Problem]:
        yield from self._each(rule, [says.of], self.organs | {"organisation"}, "organ")
        if says.term.where is not None:
            types = {kind for organ, kind in self.types if organ == says.term.where.organ}
            yield from self._each(rule, [says.term.where.organ], self.organs, "organ")
            yield from self._each(rule, [says.term.where.type], types, "type of session")
        if says.unless is not None:
            yield from self._each(rule, [says.unless.designation.by], self.organs, "organ")
        read = (reading.holder for reading in says.readings)
        seats = [
            organ for holder in (says.holder, *read) if holder is not None for organ in _seats_in(holder)
        ]
        yield from self._each(rule, seats, self.composed, "organ with a rule on its seats")

    def _each(
        self, rule: RuleInForce[AnyRule], used: Collection[str], known: Collection[str], what: str
    ) -> Iterator[Problem]:
        for name in used:
            if name not in known and name not in self.refused:
                said = f"The rule “{rule.says.id}” names the {what} “{name}”, which no rule defines."
                yield Problem(rule.file, rule.line, said, suggest(name, known))


def _seats_in(holder: AnyHolder) -> Iterator[str]:
    """The organs whose seats a default holder is found by."""
    if isinstance(holder, RotationHolder):
        yield holder.rotation.among
    if not isinstance(holder, str) and holder.seat_in is not None:
        yield holder.seat_in
