"""The same invented narrative for every contender: N acts of a council among S states, under a rule like Article 13.

An act a day: sessions of two types, each in some state, and designations that take effect early, late, too late, or on
the day of the session that opens their term. Some states leave and come back; their heads change.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

DAY_ZERO = date(1700, 1, 1)
EARLY, LATE, TOO_LATE = 0.3, 0.6, 0.9  # shares of the designations, added up; the rest is on the day


class Session(NamedTuple):
    day: int
    host: str
    regular: bool


class Designation(NamedTuple):
    day: int  # when it takes effect
    session: int  # the day of the session that opens its term
    to: str


class Lasting(NamedTuple):
    """A membership, or the term of a head of state: from its first day until the first day out."""

    state: str
    person: str
    start: int
    end: int


class Narrative(NamedTuple):
    """Days are numbers from 1 to `days`; what is asked is who chairs at the end of each."""

    days: int
    sessions: tuple[Session, ...]
    designations: tuple[Designation, ...]
    members: tuple[Lasting, ...]
    heads: tuple[Lasting, ...]


def narrative(acts: int, states: int) -> Narrative:
    """A fifth of the acts are designations, a third regular sessions. Always the same for N and S."""
    random = Random(acts * 1_000 + states)  # noqa: S311 - nothing secret
    names = [f"s{n}" for n in range(states)]
    sessions: list[Session] = []
    designations: list[Designation] = []
    free: list[int] = []  # days of regular sessions for whose term nobody was designated as yet
    early: list[tuple[int, str]] = []  # a designation in effect before its session
    for day in range(1, acts + 1):
        if random.random() < 0.2 and len(free) > 1 and not early:
            to, how = random.choice(names), random.random()
            if how < EARLY:
                early.append((day, to))
                continue
            session = free.pop(-2 if LATE <= how < TOO_LATE else -1)
            designations.append(Designation(day if how < TOO_LATE else session, session, to))
            continue
        sessions.append(Session(day, random.choice(names), regular=random.random() < 0.4))
        if sessions[-1].regular:
            free = [*free[-8:], day]
            if early:
                effective, to = early.pop()
                designations.append(Designation(effective, free.pop(), to))
    members: list[Lasting] = []
    heads: list[Lasting] = []
    for state in names:
        left, back = sorted(random.sample(range(2, acts), 2))
        stays = random.random() < 0.7
        members += [Lasting(state, "", 0, acts + 1)] if stays else []
        members += [] if stays else [Lasting(state, "", 0, left), Lasting(state, "", back, acts + 1)]
        turns = [0, *sorted(random.sample(range(1, acts), 4)), acts + 1]
        heads += [Lasting(state, f"{state}_{n}", turns[n], turns[n + 1]) for n in range(5)]
    return Narrative(acts, tuple(sessions), tuple(designations), tuple(members), tuple(heads))


def day_of(number: int) -> date:
    return DAY_ZERO + timedelta(days=number)
