"""What is open about a request, so far as the record goes: offers nothing came of, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.accounts.answered import Addressed, Answered
from foedus.accounts.drafts import Draft, Task
from foedus.accounts.lines import Json, Line, line
from foedus.accounts.sourced import published
from foedus.engine.bodies import ESTABLISHED
from foedus.engine.names import in_text
from foedus.record.acts import Body, Determination, Request
from foedus.record.record import Record
from foedus.terms.states import state_name
from foedus.terms.words import large

Point = Literal["article", "trigger", "decision", "draft", "answer", "report", "establishment", "offer"]


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer: of a body (its name), or of something else (None). `established` is the entry by which the body was set
    up; None where none is on record.
    """

    line: Line
    body: str | None
    established: str | None

    def to_json(self) -> Json:
        """The offer as published in `schemas/case.json`."""
        return self.line.to_json() | {"body": self.body, "established": self.established}


@dataclass(frozen=True, slots=True)
class Opening:
    """Something open. `claimed`: whether the record claims to hold every act of the kind, so that what is not in it did
    not happen; else it is only not in the record.
    """

    point: Point
    says: str
    claimed: bool

    def to_json(self) -> Json:
        """The open point as published in `schemas/case.json`."""
        return {"point": self.point, "says": self.says, "claimed": self.claimed}


@dataclass(frozen=True, slots=True)
class Found:
    """That somebody found the trigger of a request to be given, and as what."""

    entry: Determination
    line: Line

    def to_json(self) -> Json:
        """The finding as published in `schemas/case.json`."""
        return self.line.to_json() | {"by": published(self.entry.by), "finds": self.entry.finds}


def offers(record: Record, answers: Iterable[Answered], bodies: Sequence[Body]) -> Iterator[Offer]:
    """Bodies offered, then other offers among the answers; one that an entry on a body speaks of is that body's."""
    for body in bodies:
        if body.status != ESTABLISHED:
            yield Offer(line(record, body), body.name, _established(record, body))
    spoken_of = {name for body in bodies for name in body.about}
    for answer in answers:
        if answer.entry.how == "offer" and answer.entry.id not in spoken_of:
            yield Offer(answer.line, None, None)


def _established(record: Record, offer: Body) -> str | None:
    of_that_name = (b for b in record.of_kind(Body) if b.name == offer.name and b.status == ESTABLISHED)
    return next((body.id for body in of_that_name), None)


def openings(
    record: Record,
    request: Request,
    *,
    asked: Iterable[Addressed],
    findings: Sequence[Found],
    answers: Sequence[Answered],
    drafts: Sequence[Draft],
    tasks: Iterable[Task],
    offered: Iterable[Offer],
) -> Iterator[Opening]:
    """What is open about a request, in the order of a case: how it was asked, what was found, decided, answered, reported, set up."""

    def claimed(kind: str) -> bool:
        return record.about.complete(kind, request.when.earliest, record.about.record_to)

    if request.invokes is None:
        yield Opening("article", "Which article was invoked is not in the record.", claimed=False)
    if not findings:
        yield _missing("trigger", "finding that the trigger was given", claimed=claimed("determination"))
    yield from _decision(answers, drafts, claimed=claimed("decision"))
    for draft in drafts:
        if not draft.adopted:
            yield _draft(draft)
    for each in asked:
        if not each.answers:
            yield _missing("answer", f"answer by {in_text(each.who)}", claimed=claimed("response"))
    for task in tasks:
        if not task.reports:
            yield _missing("report", f"report on the task “{task.entry.task}”", claimed=claimed("report"))
    for offer in offered:
        if offer.body is None:
            says = f"No other entry tells what came of the offer ({offer.line.says})."
            yield Opening("offer", says, claimed=False)
        elif offer.established is None:
            yield _missing("establishment", f"founding of the {offer.body}", claimed=claimed("body"))


def _decision(answers: Iterable[Answered], drafts: Sequence[Draft], *, claimed: bool) -> Iterator[Opening]:
    if not any(d.adopted for d in drafts) and not any(a.entry.how == "decision" for a in answers):
        yield _missing("decision", f"{'adopted ' if drafts else ''}decision on it", claimed=claimed)


def _draft(draft: Draft) -> Opening:
    entry = draft.entry
    stopped = f" for want of the consent of {state_name(entry.stopped_by)}" if entry.stopped_by else ""
    says = f"{large(entry.what)}: {entry.outcome}{stopped}; a later adoption is not in the record."
    return Opening("draft", says, claimed=False)


def _missing(point: Point, what: str, *, claimed: bool) -> Opening:
    if claimed:
        return Opening(point, f"There was no {what}: the record claims to hold every one.", claimed=True)
    article = "An" if what[0] in "aeiou" else "A"
    return Opening(point, f"{article} {what} is not in the record.", claimed=False)
