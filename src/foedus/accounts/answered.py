"""Who was asked, and who answered: which may be two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.accounts.lines import Json, Line, in_time, line
from foedus.accounts.sourced import published
from foedus.accounts.words import cited
from foedus.engine.capacity import Insiders, belongs
from foedus.engine.names import plain_name, speaker
from foedus.engine.standing import Standing
from foedus.record.acts import Addressee, Person, Request, Response
from foedus.terms.dates import When
from foedus.terms.words import spaced

As = Literal["asked", "requester", "organisation", "other"]
AS_WORDS: dict[As, str] = {
    "asked": "one of those asked",
    "requester": "the requester",
    "organisation": "the organisation, itself not asked",
    "other": "not among those asked",
}


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a request was put to. `standing` is how a state stood in the organisation that day, or what of the
    organisation the addressee is; “other” for anyone else. `answers` are the ids of their answers on record.
    """

    who: Addressee
    standing: str
    answers: tuple[str, ...]

    @property
    def more(self) -> str:
        """How they stood, on what basis they were asked, and for what where it was something else; or nothing."""
        outside = {"organisation": "", "other": "not of the organisation"}
        asks = f"for {self.who.asks}" if self.who.asks else ""
        parts = (outside.get(self.standing, spaced(self.standing)), self.who.basis, asks)
        return ", ".join(part for part in parts if part)

    def to_json(self) -> Json:
        """The addressee as published in `schemas/case.json`."""
        told: Json = published(self.who)
        return told | {"standing": self.standing, "answers": list(self.answers)}


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer. `by_as` is as what they answered: one of those asked; the requester, in a later word of theirs; the
    organisation, itself not asked; or somebody else. `after` is how many days after the request, at least and at most.
    """

    entry: Response
    line: Line
    by_as: As
    under: str
    after: tuple[int, int]

    @property
    def later(self) -> str:
        """`the same day`, `3 to 5 days later`."""
        least, most = self.after
        if most == 0:
            return "the same day"
        days = f"{least} to {most}" if least != most else str(least)
        return f"{days} day{'' if most == 1 and least == 1 else 's'} later"

    def to_json(self) -> Json:
        """The answer as published in `schemas/case.json`."""
        return self.line.to_json() | {
            "by": published(self.entry.by),
            "how": self.entry.how,
            "what": self.entry.what,
            "under": self.under or None,
            "taking part": list(self.entry.taking_part),
            "at": self.entry.at,
            "as": self.by_as,
            "days after": {"least": self.after[0], "most": self.after[1]},
        }


def answered(
    standing: Standing, names: Insiders, request: Request, responses: Iterable[Response]
) -> tuple[Answered, ...]:
    """The answers to a request, in order of time; `names` are those of the organisation and its parts."""
    record = standing.record
    return tuple(
        Answered(
            entry,
            line(record, entry),
            _as(names, request, entry.by),
            cited(standing.charter, entry.under),
            days_between(request.when, entry.when),
        )
        for entry in in_time(record, responses)
    )


def addressed(
    standing: Standing, names: Insiders, request: Request, answers: tuple[Answered, ...]
) -> tuple[Addressed, ...]:
    """Whom a request was put to, each with the answers that are theirs."""
    return tuple(
        Addressed(
            who,
            _stood(standing, names, who, request.when.latest),
            tuple(a.entry.id for a in answers if a.by_as == "asked" and _same(names, who, a.entry.by)),
        )
        for who in request.addressees
    )


def _stood(standing: Standing, names: Insiders, who: Person, day: date) -> str:
    part = belongs(names, who)
    if part is not None or who.state is None:
        return part or "other"
    segment = standing.party(who.state).at(day)
    return segment.holder.as_ if segment.holder is not None else segment.status


def _as(names: Insiders, request: Request, by: Person) -> As:
    part = belongs(names, by)
    if part is None and _requester(request.by, by):
        return "requester"
    if any(_same(names, who, by) for who in request.addressees):
        return "asked"
    return "organisation" if part is not None else "other"


def _requester(requester: Person, by: Person) -> bool:
    if requester.state is not None and requester.state == by.state:
        return True
    return bool(requester.person) and requester.person == by.person


def _same(names: Insiders, asked: Person, by: Person) -> bool:
    """Whether whoever acted is the one asked, or acts for it. The organisation acts through every part of it."""
    whole, part = belongs(names, asked), belongs(names, by)
    if whole == "organisation":
        return part is not None
    if whole is None and part is None and asked.state is not None:
        return asked.state == by.state
    return whole == part and plain_name(speaker(asked)) in map(plain_name, (by.org, by.office, by.person))


def days_between(first: When, then: When) -> tuple[int, int]:
    """How many days one act began after another, at least and at most; none where it may have been before it."""
    return max((then.began - first.latest).days, 0), max((then.latest - first.earliest).days, 0)
