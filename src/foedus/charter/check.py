"""Names within a charter: every rule it points to, organ, office and instrument must exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from foedus.charter.charter import Charter, RuleInForce
from foedus.charter.kinds import (
    Affiliation,
    Amendment,
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
    Sanction,
    Sessions,
    Subsidiary,
    Untranslated,
    Withdrawal,
)
from foedus.problems import Problem, suggest


def check_charter(charter: Charter) -> list[Problem]:
    """Every name a rule uses that no rule defines."""
    names = _Names(charter)
    return [problem for rule in charter.rules for problem in names.faults(rule)]


class _Names:
    """What the rules of a charter define."""

    def __init__(self, charter: Charter) -> None:
        self.instruments = {instrument.id for instrument in charter.instruments}
        self.offices = {rule.says.office for rule in charter.of_kind(Office)}
        self.rules = {rule.says.id for rule in charter.rules}
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
            case Sessions() | Attendance():
                yield from self._each(rule, [says.organ], self.organs, "organ")
            case Decision():
                yield from self._each(rule, says.organs, self.organs, "organ")
            case Duty() | Withdrawal():
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
        if not isinstance(says.holder, str) and says.holder.seat_in is not None:
            yield from self._each(
                rule, [says.holder.seat_in], self.composed, "organ with a rule on its seats"
            )

    @staticmethod
    def _each(
        rule: RuleInForce[AnyRule], used: Collection[str], known: Collection[str], what: str
    ) -> Iterator[Problem]:
        for name in used:
            if name not in known:
                said = f"The rule “{rule.says.id}” names the {what} “{name}”, which no rule defines."
                yield Problem(rule.file, rule.line, said, suggest(name, known))
