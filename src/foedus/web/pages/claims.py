"""What a request claims, as it stood on the day of the visit: who owed what under which article; and its clocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.accounts.cases import Case
from foedus.accounts.duties import owed
from foedus.accounts.owing import DutyTold
from foedus.accounts.steps import days_told
from foedus.terms.dates import When
from foedus.terms.words import large
from foedus.web.pages.names import state_link
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, strength


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What one party owed, and how that stood since when."""

    holder: Link
    what: str
    article: Link
    word: str
    since: date
    due: str
    weakest: Strength | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """The first act of its sort about a request, and the days since it and since the step before."""

    what: str
    entry: Link
    when: When
    after: str
    after_last: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a request claims: sentences, duty by duty, and `besides` what it does not claim or cannot be told of it."""

    on: date
    says: tuple[str, ...]
    duties: tuple[DutyRow, ...]
    besides: tuple[str, ...]
    none: str
    steps: tuple[StepRow, ...]


def claims(visit: Visit, case: Case) -> Claims:
    """What a request claims on the day of the visit."""
    told = owed(visit.questions, visit.on, case=case.entry.id)
    found = told.cases[0] if told.cases else None
    owing = (*found.open, *found.closed) if found else ()
    return Claims(
        visit.on,
        tuple(each.says for each in owing),
        tuple(_row(visit, duty) for each in owing for duty in each.duties),
        (*found.unclaimed, *found.unsettled) if found else (),
        told.nothing if found is None else "",
        tuple(_steps(visit, case)),
    )


def _row(visit: Visit, told: DutyTold) -> DutyRow:
    duty = told.stood.duty
    article = Link(duty.rule.citation, visit.to.article(duty.rule.instrument, duty.rule.article))
    return DutyRow(
        state_link(visit, duty.holder),
        duty.rule.says.content,
        article,
        told.word,
        told.stood.since,
        told.due,
        strength(told.told.attribution) if told.told.attribution else None,
    )


def _steps(visit: Visit, case: Case) -> Iterator[StepRow]:
    for step in case.steps:
        entry = Link(step.entry, visit.to.entry(visit.record, step.entry))
        after, after_last = days_told(step.after_request), days_told(step.after_last)
        yield StepRow(large(step.what), entry, step.when, after, after_last)
