"""Requests for help, made under a duty, that met no decision."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Duty
from foedus.engine.findings.asked import decisions_about, is_surely_member
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Cited, Decided, Request, Response
from foedus.terms.states import state_name
from foedus.terms.triggers import gravity, sets_off


def request_undecided(standing: Standing) -> Iterator[Finding]:
    """A member's request under a duty on which an answer says that no decision was taken, and none is on record since;
    or on which none is, where the record is declared to hold every answer.
    """
    rules: dict[str, RuleInForce[Duty]] = {}
    instances: dict[str, list[Instance]] = {}
    for request in standing.record.of_kind(Request):
        rule = _duty(standing, request)
        told = _undecided(standing, request) if rule is not None else None
        if rule is not None and told is not None:
            rules.setdefault(rule.says.id, rule)
            instances.setdefault(rule.says.id, []).append(told)
    for name, rule in rules.items():
        yield from found(
            "request-undecided", rule, "A member asked, and no decision was taken on it.", instances[name]
        )


def _duty(standing: Standing, request: Request) -> RuleInForce[Duty] | None:
    """The duty a request relies on: one of the instrument invoked, to the party that asks, in force that day; the article
    invoked before others, then what takes the gravest trigger. Where it is on record what the request alleges, only a
    duty which that sets off. None where it invokes no instrument, or one that owes it nothing.
    """
    state, cited, day = request.by.state, request.invokes, request.when.latest
    if state is None or cited is None:
        return None
    owed = [
        rule
        for rule in standing.charter.of_kind(Duty)
        if rule.says.owed_to == "the party concerned" and rule.instrument == cited.instrument
        if rule.period.holds(day) and _relied_on(rule, request)
        if is_surely_member(standing, state, rule.says.of, day)
    ]
    return max(owed, key=lambda rule: (_named(rule, cited), gravity(rule.says.trigger)), default=None)


def _relied_on(rule: RuleInForce[Duty], request: Request) -> bool:
    """Whether what is alleged sets the duty off; where that is not on record, whether its article is the one invoked."""
    if request.alleges is None:
        return request.invokes is not None and _named(rule, request.invokes)
    return sets_off(request.alleges, rule.says.trigger)


def _named(rule: RuleInForce[Duty], cited: Cited) -> bool:
    return str(cited.article) == rule.article


def _undecided(standing: Standing, request: Request) -> Instance | None:
    answers = [e for e in standing.record.pointing.get(request.id, ()) if isinstance(e, Response)]
    decided = [answer for answer in answers if answer.how == "decision"]
    refused = [answer for answer in answers if answer.how == "no decision"]
    last = max(refused, key=lambda answer: answer.when.latest, default=None)
    if last is not None:
        since = [d for d in decided if d.when.latest > last.when.latest]
        late = [d for d, s in decisions_about(standing.record, request) if s.when.latest > last.when.latest]
        return None if since or late else _found_none(standing, request, last, decided)
    if decided or decisions_about(standing.record, request) or not _every_answer(standing, request):
        return None
    return _never(standing, request)


def _found_none(standing: Standing, request: Request, last: Response, decided: list[Response]) -> Instance:
    voice = Voice(standing.record, standing.title)
    at = f" at {voice.session(last.at)}" if last.at else ""
    drafts = [e.id for e in standing.record.pointing.get(request.id, ()) if _not_adopted(e)]
    before = "".join(f" On {voice.day(d.when)} it was decided: {d.what.strip()}." for d in decided)
    says = (
        f"On {_called(voice, request)} no decision was taken{at or f' on {voice.day(last.when)}'}, and none is on "
        f"record since.{before}"
    )
    entries = (request.id, last.id, *drafts, *(d.id for d in decided))
    return Instance(last.when.latest, tuple(dict.fromkeys(entries)), says)


def _never(standing: Standing, request: Request) -> Instance:
    voice = Voice(standing.record, standing.title)
    says = (
        f"On {_called(voice, request)} no decision is on record, and the record claims to hold every answer."
    )
    return Instance(request.when.latest, (request.id,), says)


def _called(voice: Voice, request: Request) -> str:
    return f"the request of {state_name(str(request.by.state))} of {voice.day(request.when)}"


def _not_adopted(entry: object) -> bool:
    return isinstance(entry, Decided) and entry.outcome != "adopted"


def _every_answer(standing: Standing, request: Request) -> bool:
    """Whether the record is declared to hold every answer, from the request on to its own last day."""
    grading = standing.record.about.grading("response")
    last = standing.record.about.record_to
    days = [request.when.latest, *(day for day in grading.edges if request.when.latest < day <= last)]
    return all(grading.on(day) == "complete" for day in days)
