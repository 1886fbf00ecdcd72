"""Decisions of which the record has another outcome than the rule in force gives, however absence is read."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Decision
from foedus.decisions.weights import NO_WEIGHTS
from foedus.decisions.words import said
from foedus.engine.answers import Questions
from foedus.engine.findings.judging import Judged, all_judged
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Decided
from foedus.terms.states import state_name
from foedus.terms.words import large


def outcome_against_rule(standing: Standing) -> Iterator[Finding]:
    """A decision adopted that by the rule, from the positions on record, was not carried; or not adopted, that was. What
    hangs on how absence is read is `member-absent`, and one both adopted and stopped is `entries-contradict`.
    """
    asked = Questions("", standing, standing.record.last_recorded)
    rules: dict[str, RuleInForce[Decision]] = {}
    instances: dict[str, list[Instance]] = {}
    for each in all_judged(asked, NO_WEIGHTS):
        if each.in_force is not None and each.verdict == "parts" and not _contradicts_itself(each.decision):
            rules.setdefault(each.in_force.says.id, each.in_force)
            instances.setdefault(each.in_force.says.id, []).append(_against(standing, each))
    for name, rule in rules.items():
        says = "The outcome on record is not the one that the rule gives from the positions on record."
        yield from found("outcome-against-rule", rule, says, instances[name])


def _contradicts_itself(d: Decided) -> bool:
    return d.outcome == "adopted" and d.stopped_by is not None


def _against(standing: Standing, each: Judged) -> Instance:
    assert each.session is not None
    voice, d = Voice(standing.record, standing.title), each.decision
    came = each.readings[0].outcome
    why = " ".join(said(step, state_name) for step in came.steps if step.holds is came.carried)
    says = (
        f"{large(voice.session(each.session.id))}, {d.outcome}: {d.what.strip()}. By the rule it was "
        f"{'' if came.carried else 'not '}carried. {why}"
    )
    return Instance(each.session.when.latest, (d.id, each.session.id), says.strip())
