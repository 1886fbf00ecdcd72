"""How states stand under each membership the charter knows, rival views of it, and the acts that bear on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.engine.answers import Told
from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment
from foedus.record.acts import Adhesion, AnyAct, Statement, TreatyAction

NEVER = "non-member"


@dataclass(frozen=True, slots=True)
class View:
    """One of several rival views of a state's status: the entries that hold it, and statements that bear on those."""

    status: str
    entries: tuple[AnyAct, ...]
    statements: tuple[Statement, ...]


def parties(standing: Standing) -> tuple[str, ...]:
    """States with any act of membership on record, under whatever membership, in order of code."""
    return tuple(sorted({state for of in standing.memberships() for state in standing.parties(of)}))


def stood(standing: Standing, state: str, of: str, day: date) -> Told:
    """How a state stood as a party of something at the end of a day."""
    return Told(standing.party(state, of).at(day), day, standing)


def courses(standing: Standing, state: str, of: str) -> tuple[Told, ...]:
    """How a state stood over time, segment by segment, from the first day on which it was anything to the last that the
    record covers. What stood on that day has no end.
    """
    record_to = standing.record.about.record_to
    found = [_to_the_end(s, record_to) for s in standing.party(state, of).segments if s.start <= record_to]
    told = [Told(segment, segment.start, standing, over_time=True) for segment in found]
    first = next((index for index, row in enumerate(told) if was_something(row)), len(told))
    return tuple(told[first:])


def _to_the_end(segment: Segment, record_to: date) -> Segment:
    ends = segment.end is not None and segment.end <= record_to
    return segment if ends else segment.within(segment.start, None)


def was_something(told: Told) -> bool:
    """Whether the state was, or may have been, anything but no party."""
    return any(p.holder is not None and p.holder.as_ != NEVER for p in told.segment.possible)


def statuses(told: Told) -> tuple[str, ...]:
    """The status, or each it may be: `member`, `suspended`, `left`, `non-member`; `unknown` for one not on record."""
    found = (p.holder.as_ if p.holder is not None else "unknown" for p in told.segment.possible)
    return tuple(dict.fromkeys(found))


def views(told: Told) -> tuple[View, ...]:
    """The rival views of a contested status, each with who holds it; nothing where it is not contested."""
    return tuple(_views(told)) if told.status == "contested" else ()


def _views(told: Told) -> Iterator[View]:
    record = told.standing.record
    for possible in told.segment.possible:
        branches = [b for b in told.reason.branches if b.holder == possible.holder]
        grounds = (g for branch in branches for g in branch.grounds if g.how != "considered")
        ids = dict.fromkeys(entry for ground in grounds for entry in ground.entries)
        said = tuple(s for s in record.of_kind(Statement) if not ids.keys().isdisjoint(s.about))
        status = possible.holder.as_ if possible.holder is not None else "unknown"
        yield View(status, tuple(record.by_id[entry] for entry in ids), said)


def acts(standing: Standing) -> tuple[TreatyAction | Adhesion, ...]:
    """What states did about their memberships and about decisions taken without them, or had done to them, in order of
    time.
    """
    record = standing.record
    found: list[TreatyAction | Adhesion] = [*record.of_kind(TreatyAction), *record.of_kind(Adhesion)]
    return tuple(sorted(found, key=lambda act: (act.when.latest, act.when.earliest)))


def states_of(act: TreatyAction | Adhesion) -> tuple[str, ...]:
    """The states that acted."""
    return act.states if isinstance(act, TreatyAction) else (act.state,)
