"""What a finding is: its code, which has one shape, and that one severity; and every instance of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Rule

Shape = Literal["void", "breach", "departure", "silence", "error"]
Severity = Literal["error", "warning", "note"]
SEVERITY: dict[Shape, Severity] = {
    "error": "error",
    "void": "warning",
    "breach": "warning",
    "departure": "note",
    "silence": "note",
}


class Code(NamedTuple):
    """The shape a code always has, and what it means."""

    shape: Shape
    means: str


# The closed list, gravest first. `docs/finding-codes.md` has a section on each.
CODES: dict[str, Code] = {
    "entries-contradict": Code("error", "Two entries say of one act what cannot both be so."),
    "expectation-failed": Code(
        "error", "A source's word on who held an office does not agree with the answer."
    ),
    "numbers-contradict": Code("error", "Numbers on record do not fit each other, or what a rule gives."),
    "turn-without-seat": Code(
        "error", "A turn in an office that goes round is that of a state without a seat."
    ),
    "repair-without-right": Code("void", "An entry was to be repaired by somebody without the right to."),
    "status-without-rule": Code("void", "A status was claimed, or announced, that no rule in force gives."),
    "without-power": Code("void", "A member was suspended or excluded by another than the organ that may."),
    "effect-before-session": Code("breach", "An act took effect before the session that it comes from."),
    "handed-to-no-member": Code("breach", "An office of the members was handed to a state that is none."),
    "outcome-against-rule": Code(
        "breach", "The outcome of a decision is not the one that the rule gives from the positions on record."
    ),
    "outside-session": Code("breach", "An organ decided at no session, and all its sessions are on record."),
    "seat-before-rule": Code(
        "breach", "A seat was taken by a role that only a later text of the rule admits."
    ),
    "seat-by-no-rule": Code("breach", "A seat was taken by a role that no text of the rule admits."),
    "seat-of-no-member": Code("breach", "A state that was no member took a seat."),
    "default-displaced": Code(
        "departure", "An office went to another than the general rule names, with no decision on file."
    ),
    "member-absent": Code(
        "departure", "A matter that takes consensus was dealt with while a member was absent."
    ),
    "member-unsigned": Code(
        "departure", "A decision that takes consensus was adopted, and a member did not sign."
    ),
    "no-default": Code(
        "departure", "A term opened without a host among the members, and no decision says who has it."
    ),
    "term-not-kept": Code(
        "departure", "An appointment ran longer or shorter than the rule gives, with no decision on file."
    ),
    "type-by-practice": Code("departure", "A session of a type that no text read names took decisions."),
    "dispute-open": Code("silence", "An entry is disputed, and nobody has answered with a correction."),
    "office-vacant": Code("silence", "Nobody was appointed to an office, or somebody only acted in it."),
    "request-undecided": Code("silence", "A request under a duty met no decision."),
    "seats-unfilled": Code("silence", "There were fewer members than the rule gives seats."),
    "weak-source": Code("silence", "What changed an office, a status or the law rests on one weak source."),
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
    rule: str | None
    citation: str
    says: str
    instances: tuple[Instance, ...]

    @property
    def shape(self) -> Shape:
        """void, breach, departure, silence or error: a code has one."""
        return CODES[self.code].shape

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


def found(
    code: str, rule: RuleInForce[Rule] | None, says: str, instances: Iterable[Instance]
) -> Iterator[Finding]:
    """The finding with its instances in order of time; none where there is no instance."""
    in_order = tuple(sorted(instances, key=lambda instance: instance.on))
    if in_order:
        name, citation = (rule.says.id, rule.citation) if rule is not None else (None, "")
        yield Finding(code, name, citation, says, in_order)
