"""The clocks of a request: how many days from it to the first consultation, decision, help, and from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foedus.accounts.answered import Answered, days_between
from foedus.accounts.lines import Json, when_json
from foedus.accounts.openings import Found
from foedus.record.acts import Dated, Request
from foedus.terms.dates import When

# the first of each sort is a step; how often else somebody spoke is in the answers
_STEPS = (
    "consultation", "refusal", "offer", "mission", "decision", "no decision", "deployment", "withdrawal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """The first act of its sort about a request: the entry, when, and how many days after the request and after the step
    before, at least and at most; None for the request itself.
    """

    what: str
    entry: str
    when: When
    after_request: tuple[int, int] | None
    after_last: tuple[int, int] | None

    def to_json(self) -> Json:
        """The step as published in `schemas/case.json`."""
        return {
            "what": self.what,
            "entry": self.entry,
            "when": when_json(self.when),
            "days after the request": _days(self.after_request),
            "days after the step before": _days(self.after_last),
        }


def steps(request: Request, findings: Sequence[Found], answers: Sequence[Answered]) -> tuple[Step, ...]:
    """The request, then the first of each sort of act about it, in order of time."""
    acts = sorted(_firsts(findings, answers), key=lambda each: (each[1].when.earliest, each[1].when.latest))
    found = [Step("request", request.id, request.when, None, None)]
    for what, act in acts:
        after_last = days_between(found[-1].when, act.when)
        found.append(Step(what, act.id, act.when, days_between(request.when, act.when), after_last))
    return tuple(found)


def _firsts(findings: Sequence[Found], answers: Sequence[Answered]) -> Iterator[tuple[str, Dated]]:
    if findings:
        yield "determination", findings[0].entry
    for how in _STEPS:
        first = next((a.entry for a in answers if a.entry.how == how and a.by_as != "requester"), None)
        if first is not None:
            yield how, first


def days_told(days: tuple[int, int] | None) -> str:
    """`3`, or `1 to 4`; empty for none."""
    if days is None:
        return ""
    least, most = days
    return str(least) if least == most else f"{least} to {most}"


def _days(days: tuple[int, int] | None) -> Json | None:
    return {"least": days[0], "most": days[1]} if days else None
