"""Statuses that no rule in force gives, and those given by somebody who may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Affiliation as AffiliationRule
from foedus.charter.kinds import Membership, Sanction, Withdrawal
from foedus.engine.findings.asked import on, organ_named, session_of
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import ORGANISATION, Standing
from foedus.record.acts import Affiliation, TreatyAction
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import large, listed

_FORMLESS = ("announcement", "stepping back")
_DOES = {"suspension": "suspend", "exclusion": "exclude"}
_DONE = {does: done for done, does in _DOES.items()}


def status_without_rule(standing: Standing) -> Iterator[Finding]:
    """A status announced or acted out that no rule gives, and that changed nothing; and a standing short of membership
    that is older than the rule which gives it.
    """
    yield from _announced(standing)
    yield from _affiliated(standing)


def _announced(standing: Standing) -> Iterator[Finding]:
    """What members said or did of their own status without a form the rules know, the record having them stay as they
    were.
    """
    for of in standing.memberships():
        versions = standing.versions(Membership, lambda rule, of=of: rule.of == of)  # type: ignore[misc]
        instances = [
            Instance(act.when.latest, (act.id,), _without_form(standing, act, state))
            for act in standing.record.of_kind(TreatyAction)
            if act.of == of and act.action in _FORMLESS and on(versions, act.when.latest) is not None
            for state in act.states
            if _stayed(standing, state, act) == "member"
        ]
        says = f"A change of status in the {standing.title(of)} that no rule in force knows; the status stayed as it was."
        yield from found("status-without-rule", versions[0], says, instances)


def _stayed(standing: Standing, state: str, act: TreatyAction) -> str | None:
    """How the state stood from the day before the act to its last day, where that is certain and the same all along."""
    began, last = min(act.when.began, act.when.earliest), act.when.latest
    first = began - ONE_DAY if began > date.min else began
    held = [
        segment.holder.as_ if segment.holder is not None else None
        for segment in standing.party(state, act.of).segments
        if segment.start <= last and (segment.end is None or segment.end > first)
    ]
    return held[0] if len(set(held)) == 1 else None


def _without_form(standing: Standing, act: TreatyAction, state: str) -> str:
    voice = Voice(standing.record, standing.title)
    verb = "announced" if act.action == "announcement" else "stepped back"
    what = f": {act.what.strip()}" if act.what else ""
    return f"On {voice.day(act.when)} {state_name(state)} {verb}{what}. {_ways(standing, act.of, act.when.latest)}"


def _ways(standing: Standing, of: str, day: date) -> str:
    """By which rules in force on a day a membership is changed."""
    charter = standing.charter
    leaving = next((r for r in charter.of_kind(Withdrawal) if r.says.of == of and r.period.holds(day)), None)
    may = [r.says for r in charter.of_kind(Sanction) if r.says.of == of and r.period.holds(day)]
    ways = [f"leaving on {leaving.says.months} months' notice"] if leaving is not None else []
    ways += [f"{_DONE[says.may]} by the {standing.title(says.by)}" for says in may]
    return f"The rules in force know {listed(ways)}." if ways else "No rule in force gives a way to it."


def _affiliated(standing: Standing) -> Iterator[Finding]:
    """Observers and partners of the organisation from before the rule that gives the status."""
    rules: dict[str, list[RuleInForce[AffiliationRule]]] = {}
    for rule in standing.charter.of_kind(AffiliationRule):
        rules.setdefault(rule.says.status, []).append(rule)
    voice = Voice(standing.record, standing.title)
    for name, versions in rules.items():
        first = min(versions, key=lambda rule: rule.period.start)
        instances = [
            Instance(
                act.from_.latest,
                (act.id,),
                f"{_who(act)} is on record as {name} from {voice.day(act.from_)}; the rule is in force only from "
                f"{voice.day(first.period.start)}.",
            )
            for act in standing.record.of_kind(Affiliation)
            if act.of == ORGANISATION and act.status == name and act.from_.latest < first.period.start
        ]
        yield from found(
            "status-without-rule", first, f"The status of {name} was had before a rule gave it.", instances
        )


def without_power(standing: Standing) -> Iterator[Finding]:
    """A suspension or an exclusion by another than the organ that may."""
    rules: dict[str, RuleInForce[Sanction]] = {}
    instances: dict[str, list[Instance]] = {}
    for act in standing.record.of_kind(TreatyAction):
        may = [
            rule
            for rule in standing.charter.of_kind(Sanction)
            if (rule.says.of, rule.says.may) == (act.of, _DOES.get(act.action))
            and rule.period.holds(act.when.latest)
        ]
        by = _other_than(standing, act, {rule.says.by for rule in may})
        if may and by:
            rules.setdefault(may[0].says.id, may[0])
            instances.setdefault(may[0].says.id, []).append(_powerless(standing, act, by))
    for name, rule in rules.items():
        says = f"Only the {standing.title(rule.says.by)} may {rule.says.may} a member."
        yield from found("without-power", rule, says, instances[name])


def _other_than(standing: Standing, act: TreatyAction, organs: set[str]) -> str:
    """Who acted, where that is certainly none of the organs; empty where it is one, or not recorded."""
    session = session_of(standing.record, act.at)
    if session is not None:
        return "" if session.organ in organs else f"the {standing.title(session.organ)}"
    if act.by is None or organ_named(standing, act.by) in organs:
        return ""
    organ = organ_named(standing, act.by)
    if organ is not None:
        return f"the {standing.title(organ)}"
    return state_name(act.by.state) if act.by.state is not None and not act.by.org else ""


def _powerless(standing: Standing, act: TreatyAction, by: str) -> Instance:
    voice = Voice(standing.record, standing.title)
    members = listed([state_name(state) for state in act.states])
    says = f"The {act.action} of {members}, on {voice.day(act.when)}, is on record as done by {by}."
    return Instance(act.when.latest, (act.id, *((act.at,) if act.at else ())), says)


def _who(act: Affiliation) -> str:
    return large(
        act.who.org or act.who.person or (state_name(act.who.state) if act.who.state else act.who.office)
    )
