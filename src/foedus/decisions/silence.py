"""Deciding by silence: circulated, left until a deadline, broken or carried when the time is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from foedus.decisions.chamber import Chamber
from foedus.decisions.rule import Silence


@dataclass(frozen=True, slots=True)
class Break:
    """Who spoke against it, and when; `at` None is not recorded."""

    by: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Circulation:
    """What became of a draft: when it was circulated, the deadline set (else the rule's hours), to when it was extended,
    and who broke the silence. A deadline is the last moment at which silence can be broken.
    """

    circulated: datetime
    deadline: datetime | None = None
    extended_to: datetime | None = None
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Silenced:
    """Where a silence procedure stands: `broken` by whom in time, `late` by whom after it, `idle` by whom without effect;
    `doubtful`: whose break has no time on record.
    """

    state: Literal["carried", "not carried", "not decided yet", "undetermined"]
    deadline: datetime
    extended: bool
    broken: tuple[str, ...]
    late: tuple[str, ...]
    idle: tuple[str, ...]
    doubtful: tuple[str, ...]


def silenced(says: Silence, chamber: Chamber, course: Circulation, at: datetime | None) -> Silenced:
    """Where it stands `at` a moment, None being after all that is recorded. ValueError, in a sentence, where no deadline
    is known, or one comes before its draft.
    """
    deadline = _deadline(says, course)
    may = {
        voter.id
        for voter in chamber.voters
        if voter.id not in chamber.seats.voteless
        and (says.may_break is None or says.may_break in voter.classes)
    }
    made = [each for each in course.breaks if at is None or each.at is None or each.at <= at]
    broken = tuple(b.by for b in made if b.by in may and b.at is not None and b.at <= deadline)
    late = tuple(b.by for b in made if b.by in may and b.at is not None and b.at > deadline)
    doubtful = tuple(b.by for b in made if b.by in may and b.at is None)
    idle = tuple(b.by for b in made if b.by not in may)
    if broken:
        state = "not carried"
    elif doubtful:
        state = "undetermined"
    else:
        state = "not decided yet" if at is not None and at <= deadline else "carried"
    extended = course.extended_to is not None
    return Silenced(state, deadline, extended, broken, late, idle, doubtful)  # type: ignore[arg-type]


def _deadline(says: Silence, course: Circulation) -> datetime:
    first = course.deadline
    if first is None and says.hours is not None:
        first = course.circulated + timedelta(hours=says.hours)
    if first is None:
        raise ValueError("No deadline is on record, and the rule sets none. Give the deadline.")
    if course.extended_to is not None:
        if not says.extendable:
            raise ValueError("The rule lets nobody extend the deadline. Leave the extension out.")
        if course.extended_to <= first:
            raise ValueError("A deadline is extended to a later moment. Look at the two dates.")
        first = course.extended_to
    if first <= course.circulated:
        raise ValueError("The deadline comes before the draft was circulated. Look at the two dates.")
    return first
