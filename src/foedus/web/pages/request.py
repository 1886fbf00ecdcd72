"""A request for help as a story with dates: who asked whom for what, what was found, every answer, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.accounts.answered import AS_WORDS, Addressed, Answered
from foedus.accounts.cases import Case, case
from foedus.accounts.drafts import Draft, Task
from foedus.accounts.openings import Offer
from foedus.engine.names import speaker
from foedus.terms.dates import When, show_when
from foedus.terms.states import state_name
from foedus.web.pages.chains import Chain, Silent, chains
from foedus.web.pages.changes import Change
from foedus.web.pages.claims import Claims, claims
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.names import beside_links, cited_link, speaker_links
from foedus.web.pages.told import Told, silent_line, told
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, figure, strength


@dataclass(frozen=True, slots=True)
class PutTo:
    """Whom a request was put to: what there is to say of that, and their answers."""

    who: Link
    more: str
    answers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the story; `none` is what stands there where it is empty and that is worth saying."""

    id: str
    title: str
    hint: str
    rows: tuple[Told, ...]
    none: str = ""


@dataclass(frozen=True, slots=True)
class RequestPage:
    """The page."""

    frame: Frame
    id: str
    by: tuple[Link, ...]
    by_more: tuple[Link, ...]
    name: str
    when: When
    asks: str
    note: str
    put_to: tuple[PutTo, ...]
    invokes: Link
    named: tuple[str, ...]
    alleged: str
    trigger: str
    strength: Strength
    weakest: Strength
    chains: tuple[Chain, ...]
    claims: Claims
    parts: tuple[Part, ...]
    silences: tuple[Silent, ...]
    open: tuple[str, ...]


def request_page(visit: Visit, name: str) -> RequestPage:
    """The page of a request, by its id. NotFound, with the nearest, where no request, as known, has it."""
    found = case(visit.questions, name).cases[0]
    entry = found.entry
    return RequestPage(
        frame(visit, visit.to.path("request", entry.id), "requests", _changes(found)),
        entry.id,
        speaker_links(visit, entry.by),
        beside_links(visit, entry.by),
        state_name(entry.by.state) if entry.by.state else speaker(entry.by),
        entry.when,
        entry.asks,
        entry.note,
        tuple(_put_to(visit, found, each) for each in found.asked),
        cited_link(visit, entry.invokes, found.invokes),
        found.named,
        entry.alleged,
        found.trigger_word,
        strength(found.line.attribution),
        strength(found.attribution),
        chains(visit, entry),
        claims(visit, found),
        tuple(part for part in _parts(visit, found) if part.rows or part.none),
        tuple(silent_line(visit, each) for each in found.silences),
        tuple(opening.says for opening in found.open),
    )


def _changes(found: Case) -> tuple[Change, ...]:
    """The days of the request and of the answers to it."""
    days = [(found.entry.when.latest, "the request")]
    days += [(a.entry.when.latest, f"{speaker(a.entry.by)}: {a.entry.how}") for a in found.answers]
    return tuple(Change(day, says) for day, says in sorted(days))


def _put_to(visit: Visit, found: Case, each: Addressed) -> PutTo:
    theirs = [answer.entry for answer in found.answers if answer.entry.id in each.answers]
    links = (
        Link(f"{entry.how}, {show_when(entry.when)}", visit.to.request(found.entry.id, entry.id))
        for entry in theirs
    )
    return PutTo(speaker_links(visit, each.who)[0], each.more, tuple(links))


def _parts(visit: Visit, found: Case) -> Iterator[Part]:
    findings = tuple(told(visit, each.line) for each in found.findings)
    yield Part("findings", "What was found", "whether the trigger was given", findings)
    answers = tuple(_answer(visit, each) for each in found.answers)
    how_many = figure(len(answers), "answer")
    yield Part("answers", "Answers", f"{how_many}, in order of time", answers, "No answer is on record.")
    drafts = tuple(_draft(visit, each) for each in found.drafts)
    yield Part("decisions", "Decisions taken or not", str(len(drafts)), drafts)
    tasks = tuple(row for each in found.tasks for row in _task(visit, each))
    yield Part("tasks", "Tasks, and reports on them", str(len(found.tasks)), tasks)
    offers = tuple(_offer(visit, each) for each in found.offers)
    yield Part("offers", "Offered", str(len(offers)), offers)
    rest = (
        ("statements", "Said about it", found.statements),
        ("further", "What came of it besides", found.further),
        ("disputes", "Disputed", found.disputes),
        ("refers", "What the request refers to", found.refers_to),
    )
    for id_, title, lines in rest:
        yield Part(id_, title, str(len(lines)), tuple(told(visit, line) for line in lines))


def _answer(visit: Visit, answer: Answered) -> Told:
    as_ = "" if answer.by_as == "asked" else AS_WORDS[answer.by_as]
    under = (f"Under {answer.under}.",) if answer.under else ()
    return told(visit, answer.line, place=True, beside=(Link(as_), Link(answer.later)), more=under)


def _draft(visit: Visit, draft: Draft) -> Told:
    entry = draft.entry
    stopped = f"Stopped by {state_name(entry.stopped_by)}." if entry.stopped_by else ""
    why = f"Why: {entry.why}." if entry.why else ""
    fate = f"What became of it: {entry.fate}." if entry.fate else ""
    return told(visit, draft.line, more=tuple(part for part in (stopped, why, fate) if part))


def _task(visit: Visit, task: Task) -> Iterator[Told]:
    """The task, then each report on it."""
    due = f"Due {show_when(task.entry.due)}." if task.entry.due else ""
    none = "" if task.reports else "A report on it is not in the record."
    yield told(visit, task.line, more=tuple(part for part in (due, none) if part))
    for report in task.reports:
        yield told(visit, report, more=(f"On the task: {task.entry.task}.",))


def _offer(visit: Visit, offer: Offer) -> Told:
    if offer.established is not None:
        return told(visit, offer.line, more=(f"Set up later: {offer.established}.",))
    what = "that it was set up" if offer.body else "what came of it"
    return told(visit, offer.line, more=(f"No entry tells {what}.",))
