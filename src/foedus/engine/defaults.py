"""Whom the general rule of an office seats in a term that a session opens, where that is not the session's own host: the
host of the session that closes the term, or the member whose turn it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import HostHolder, Office, Opener, RotationHolder
from foedus.engine.choices import ALWAYS, Choice, Way
from foedus.engine.rolls import Roll, alphabetical
from foedus.record.acts import Session


class Listing(NamedTuple):
    """The members by name on a day; and the name of every state that was a party at any time."""

    roll: Roll
    names: Mapping[str, str]


ListedAt = Callable[
    [RuleInForce[Office], Session], Listing
]  # as a session opens a term, under a version of its rule


class Last(NamedTuple):
    """Whose turn a term was, and the entry that says so: its hand-over, or else the session that opened it."""

    state: str
    entry: str


class Default(NamedTuple):
    """Whom the general rule seats (None: nobody, or nobody knows: `doubt`), and in which worlds: `given`."""

    state: str | None
    doubt: bool = False
    given: Way = ()


UNKNOWN = Default(None, doubt=True)


def by_own_host(rule: RuleInForce[Office]) -> bool:
    """Whether the general rule seats the host of the session that opens the term."""
    return isinstance(rule.says.holder, HostHolder) and rule.says.holder.of == "host"


def in_turn(rule: RuleInForce[Office]) -> bool:
    """Whether the office goes round."""
    return isinstance(rule.says.holder, RotationHolder)


def by_next_host(
    session: Session,
    later: Sequence[Session],
    opener: Callable[[Session], Opener],
    linked: Callable[[Session], bool],
    seated: Callable[[Session], bool | None],
) -> tuple[Default, ...]:
    """Whom the rule seats in a session's term where it names the host of the one that closes it, one default for each
    world there is. `later` are the sessions after it that open, or may open, a term; `linked` whether one surely does;
    `seated` whether its host was a member (None: that is not settled).
    """
    found: list[Default] = []
    passed: Way = ()
    last = session.when.latest
    for following in later:
        if following.when.earliest <= last:
            return (UNKNOWN,)  # which came first is open
        last = following.when.latest
        host = _host(following, seated)
        if isinstance(following.type, str) or linked(following):
            return (*found, host._replace(given=passed))
        wanted, whole = opener(following).type, tuple(sorted(following.types))
        here = Choice(following.id, "type", None, (wanted,), whole)
        found.append(host._replace(given=(*passed, here)))
        passed = (*passed, here._replace(labels=tuple(label for label in whole if label != wanted)))
    return (*found, UNKNOWN._replace(given=passed))


def _host(session: Session, seated: Callable[[Session], bool | None]) -> Default:
    sits = seated(session)
    return UNKNOWN if sits is None else Default(session.host if sits else None)


def by_turn(before: Last | None, listing: Listing) -> Default:
    """Whom the rule seats after the one whose turn was last (None: that is not known)."""
    name = listing.names.get(before.state) if before is not None else None
    if before is None or name is None or "unrecorded" in listing.roll.doubts:
        return UNKNOWN
    following = list(listing.roll.after((alphabetical(name), name, before.state)))
    if len(following) != 1 or following[0][1] != ALWAYS:
        return UNKNOWN
    return Default(following[0][0].state)


def after(acts: Sequence[object], session: Session) -> Iterator[Session]:
    """The sessions among acts in order of time that come after one."""
    found = False
    for act in acts:
        if act is session:
            found = True
        elif found and isinstance(act, Session):
            yield act
