"""What a programmer would write for this one article and nothing else: a loop over the acts in order of their days.

It keeps reasons too: for each segment its steps, each with what it says and the entries it rests on. It knows no vague
days, no rivals, no gaps in the record and no versions of the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

Step = tuple[str, str | None, tuple[str, ...]]
ENDS, BEGINS, TAKES_EFFECT = range(3)  # the order of acts of one day
NONE_ON_RECORD: Step = ("it was not decided otherwise", None, ())


class Segment(NamedTuple):
    start: date
    state: str | None
    person: str | None
    authority: str | None
    reason: tuple[Step, ...]


def chair(entries: Iterable[Any]) -> list[Segment]:
    """The chair over time, from validated entries."""
    acts: list[tuple[date, int, str, Any]] = []
    designated: dict[str, Any] = {}
    for e in entries:
        kind = e.kind
        if kind == "session":
            if e.type == "regular":
                acts.append((e.when.latest, BEGINS, e.id, e))
        elif kind == "designation":
            designated[e.opened_by] = e
            acts.append((e.effective.latest, TAKES_EFFECT, e.id, e))
        else:
            acts.append((e.from_.latest, BEGINS, e.id, e))
            acts.append((e.until.latest, ENDS, e.id, e))
    acts.sort()
    return _walk(acts, designated)


def _walk(  # noqa: PLR0912, PLR0915 - one loop is the point of it
    acts: list[tuple[date, int, str, Any]], designated: dict[str, Any]
) -> list[Segment]:
    members: dict[str, str] = {}
    heads: dict[str, Any] = {}
    opened: set[str] = set()
    segments: list[Segment] = []
    state: str | None = None
    authority: str | None = None
    pending: Any = None
    early: Any = None
    why: tuple[Step, ...] = ()
    for day, order, id_, e in acts:
        kind = e.kind
        if kind == "session":
            opened.add(id_)
            pending, d = None, designated.get(id_)
            term: Step = ("a term opened", None, (id_,))
            if d is None and e.host in members:
                state, authority = e.host, "general rule"
                why = (term, ("the host", state, (id_, members[state])), NONE_ON_RECORD)
            elif d is None:
                why = (term, ("no host", None, (id_,)), ("the outgoing continues", state, ()))
            elif d is early:
                state, authority, early = d.to, d.authority, None
                why = (term, ("designated", state, (d.id,)), ("not the host", e.host, (id_,)))
            else:
                pending = d
                why = (term, ("to be designated", d.to, (d.id,)), ("the outgoing continues", state, ()))
        elif kind == "designation":
            if e is pending:
                pending = None
            elif e.opened_by in opened:
                continue  # its term is over
            else:
                early = e
            state, authority = e.to, e.authority
            why = (("designated", state, (id_,)), ("for the term of", None, (e.opened_by,)))
        elif kind == "membership":
            if order == ENDS:
                del members[e.party]
            else:
                members[e.party] = id_
            continue
        else:
            if order == ENDS:
                del heads[e.state]
            else:
                heads[e.state] = e
            if e.state != state:
                continue
        head = heads.get(state) if state is not None else None
        person, reason = (head.person, (*why, ("the head", head.person, (head.id,)))) if head else (None, why)
        if segments and segments[-1].start == day:
            segments.pop()
        segments.append(Segment(day, state, person, authority, reason))
    return segments
