"""What the audit says about the record: by rule alone, from acts. Codes are stable; one finding a rule, with its
instances. `shapes` has the closed list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from foedus.engine.findings import (
    chair,
    consensus,
    contradictions,
    evidence,
    filled,
    offices,
    outcomes,
    repairs,
    requests,
    seats,
    sessions,
    statuses,
)
from foedus.engine.findings.shapes import CODES, SEVERITY, Finding, Instance, Severity, Shape
from foedus.engine.standing import Standing

__all__ = ["AUDITS", "CODES", "SEVERITY", "Finding", "Instance", "Severity", "Shape", "findings"]

AUDITS: tuple[Callable[[Standing], Iterator[Finding]], ...] = (
    chair.default_displaced,
    chair.no_default,
    chair.handed_to_no_member,
    chair.turns_out_of_order,
    chair.turns_without_seat,
    consensus.member_absent,
    consensus.member_unsigned,
    contradictions.entries_contradict,
    contradictions.numbers_contradict,
    evidence.expectations_failed,
    evidence.weak_source,
    filled.seats_overfilled,
    filled.seats_unfilled,
    offices.office_vacant,
    offices.term_not_kept,
    outcomes.outcome_against_rule,
    repairs.dispute_open,
    repairs.repair_without_right,
    requests.request_undecided,
    seats.seat_before_rule,
    seats.seat_by_no_rule,
    seats.seat_of_no_member,
    sessions.effect_before_session,
    sessions.outside_session,
    sessions.type_by_practice,
    statuses.status_without_rule,
    statuses.without_power,
)
_GRAVEST_FIRST = ("error", "warning", "note")


def findings(standing: Standing) -> tuple[Finding, ...]:
    """Every finding, gravest first, then by code; made once for a standing."""
    return standing.kept("findings", lambda: _findings(standing))


def _findings(standing: Standing) -> tuple[Finding, ...]:
    found = [finding for audit in AUDITS for finding in audit(standing)]
    return tuple(sorted(found, key=lambda f: (_GRAVEST_FIRST.index(f.severity), f.code, f.rule or "")))
