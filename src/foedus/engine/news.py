"""Late news: an act that comes in after a timeline was made, whenever it happened, and what of the timeline stays.

The office is folded again from a rest before the first day on which anything is new, and no further than to a rest
after the last at which it stands as it stood: before and after, the timeline is what it was. The result is what a fold
of the whole record gives.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from foedus.engine.courses import Course
from foedus.engine.offices import HostedOffice, PersonUnder
from foedus.engine.tenures import NOT_YET, Act, Members, Tenure, Tenures, days
from foedus.engine.timelines import as_told, join
from foedus.engine.worlds import BEGINNING, Rest, Stretch, at, during
from foedus.record.acts import (
    Adhesion,
    Announced,
    AnyAct,
    Attendance,
    Decided,
    Description,
    Designation,
    Discussion,
    Documents,
    Expect,
    Format,
    Meeting,
    Membership,
    NationalLaw,
    NationalOffice,
    Session,
    Silence,
    Statement,
    TreatyAction,
)
from foedus.record.record import Record
from foedus.terms.dates import ONE_DAY

# Acts that bear on no party and on nobody who speaks for one.
PASSING = (
    Session, Announced, Attendance, Meeting, Format, Discussion, Decided, Documents, Adhesion, Designation, Expect,
    Statement, Silence, Description,
)  # fmt: skip


class Kept(NamedTuple):
    """An office as it was made: from which record, and how; its course as it is told, and the rests on the way."""

    record: Record
    office: HostedOffice
    course: Course
    rests: Sequence[Rest[Tenure]]


class News(NamedTuple):
    """What came and what is gone since another record that is else the same; the states whose standing or people it is
    about; and those of them whose standing it is about.
    """

    came: Sequence[AnyAct]
    gone: Sequence[AnyAct]
    states: frozenset[str]
    parties: frozenset[str]

    @property
    def passing(self) -> bool:
        """Whether they bear on no office either, and so on no timeline."""
        acts = (*self.came, *self.gone)
        return not self.states and not any(isinstance(act, (Session, Designation)) for act in acts)

    @classmethod
    def between(cls, before: Record, now: Record) -> News | None:
        """None where all may be other than it was."""
        changed = now.since(before) if before.about == now.about else None
        if changed is None:
            return None
        spoken_for: set[str] = set()
        parties: set[str] = set()
        for entry in (*changed[0], *changed[1]):
            match entry:
                case Membership():
                    parties.add(entry.party)
                case NationalOffice() | NationalLaw():
                    spoken_for.add(entry.state)
                case TreatyAction():
                    parties.update(entry.states)
                case _ if not isinstance(entry, PASSING):
                    return None
        return cls(*changed, frozenset(spoken_for | parties), frozenset(parties))


class _New(NamedTuple):
    """The first and the last day on which anything is new, and the entries that are, or that are read otherwise."""

    first: date
    last: date
    entries: frozenset[str]


def made(record: Record, office: HostedOffice) -> Kept:
    """An office made from the whole record."""
    unfolding = office.tenures.unfolding(office.tenures.acts)
    course = as_told(office.held(unfolding.course(NOT_YET)), record.about.record_to)
    return Kept(record, office, course, unfolding.rests)


def made_again(kept: Kept, record: Record, member: Members, person: PersonUnder, news: News) -> Kept:
    """The same from what was kept, where nothing is new but the news."""
    tenures, new = _tenures_again(kept, record, member, news)
    office = HostedOffice(record, tenures, person)
    for state in news.states:
        for version in tenures.versions:
            other = _differing(kept.office.person(version)(state), person(version)(state))
            if other is not None:
                new = _New(min(new.first, other[0]), max(new.last, other[1]), new.entries)
    if new.first > new.last:
        return Kept(record, office, kept.course, kept.rests)
    start, out, stretches, rests = _folded_again(kept, tenures, new)
    course = during(kept.course, BEGINNING, start) if start > BEGINNING else []
    join(course, as_told(office.held(stretches), record.about.record_to))
    if out is not None:
        join(course, during(kept.course, out, None))
    return Kept(record, office, course, rests)


def _folded_again(
    kept: Kept, tenures: Tenures, new: _New
) -> tuple[date, date | None, Sequence[Stretch[Tenure]], Sequence[Rest[Tenure]]]:
    """The tenures from the last rest before anything is new until the first after it at which the office stands as it
    stood (None: until the open end): from when, until when, which; and the rests of the whole.
    """
    before, acts = kept.office.tenures.acts, tenures.acts
    place, moved = bisect_left(acts, new.first, key=_first_day), len(acts) - len(before)
    rests = {rest.acts: rest for rest in kept.rests if rest.acts < place}
    begun, since, state = list(rests.values())[-1] if rests else Rest(0, BEGINNING, NOT_YET)
    first, out = _first_day(acts[begun]) if begun else BEGINNING, None
    ahead = [r for r in kept.rests if place <= r.acts < len(before) and _first_day(before[r.acts]) > new.last]
    found: list[Stretch[Tenure]] = []
    for index, stop in enumerate((*ahead, None)):
        end = stop.acts + moved if stop is not None else len(acts)
        unfolding = tenures.unfolding(acts[begun:end])
        stretches = list(unfolding.course(state, since))
        on_the_way = {rest.acts + begun: rest._replace(acts=rest.acts + begun) for rest in unfolding.rests}
        if end not in on_the_way and stop is not None:
            continue  # something is open there: look further
        found, rests = found[:-1] + stretches, rests | on_the_way
        if stop is not None and _same(on_the_way[end].state, stop.state, new):
            out = _first_day(before[stop.acts])
            rests |= {rest.acts + moved: rest._replace(acts=rest.acts + moved) for rest in ahead[index:]}
            break
        if stop is not None:
            begun, since, state = on_the_way[end]
    return first, out, during(found, first, out), list(rests.values())


def _same(now: Tenure, before: Tenure, new: _New) -> bool:
    """Whether the office stands as it stood, and on nothing new."""
    named = (now.term, now.since, now.designation, *now.pending, *now.early, *now.lapsed)
    return now == before and new.entries.isdisjoint(named)


def _first_day(act: Act) -> date:
    return days(act)[0]


def _tenures_again(kept: Kept, record: Record, member: Members, news: News) -> tuple[Tenures, _New]:
    """What changes the office, as it is now; and what of it is new: whatever the news are or bear on."""
    old = kept.office.tenures
    tenures = Tenures(record, old.versions, member)
    tenures.order = _order(old, record, news)
    terms = _terms(old, tenures, news)
    ids = frozenset({*terms, *_hand_over_again(old, tenures, news, terms)})
    tenures.acts = list(old.acts)
    was, now = list(_concerned(old, ids)), list(_concerned(tenures, ids))
    for act in was:
        del tenures.acts[bisect_left(tenures.acts, old.place(act), key=old.place)]
    for act in now:
        insort(tenures.acts, act, key=tenures.place)
    spans = [days(act) for act in (*was, *now)]
    first, last = min((d for d, _ in spans), default=date.max), max((d for _, d in spans), default=date.min)
    return tenures, _New(first, last, ids)


def _terms(old: Tenures, tenures: Tenures, news: News) -> set[str]:
    """The terms that are new or read otherwise, by every name that their sessions have or had."""
    changed = (*news.came, *news.gone)
    terms = {name for e in changed for name in (e.id, e.corrects) if name is not None}
    terms |= {of.term_of(e) for e in changed if isinstance(e, Designation) for of in (old, tenures)}
    terms |= {e.id for name in terms for of in (old, tenures) if (e := of.entries.get(name)) is not None}
    parties = news.parties
    hosted = [a for a in old.acts if type(a) is Session and a.host in parties] if parties else []
    return terms | {a.id for a in hosted if old.seated(a) != tenures.seated(a)}


def _hand_over_again(old: Tenures, tenures: Tenures, news: News, terms: set[str]) -> set[str]:
    """The designations for these terms handed over as they are now; gives the ids of all there were or are."""
    tenures.handed = {**old.handed}
    found = {d.id: d for term in terms for d in tenures.handed.pop(term, ())}
    found |= {e.id: e for e in news.came if isinstance(e, Designation) and e.office == old.name}
    live = [d for d in found.values() if tenures.entries.get(d.id) is d]
    for d in sorted(live, key=lambda d: tenures.order[d.id]):
        term = tenures.term_of(d)
        tenures.handed[term] = (*tenures.handed.get(term, ()), d)
    return set(found)


def _concerned(tenures: Tenures, ids: Iterable[str]) -> Iterator[Act]:
    """Which of these are acts that change the office."""
    for name in ids:
        entry = tenures.entries.get(name)
        if entry is not None and entry.id == name and tenures.concerns(entry):
            yield entry


def _order(tenures: Tenures, record: Record, news: News) -> dict[str, int]:
    """The place of each act in the record, as it is now."""
    start = len(record.entries) - len(news.came)
    if not news.gone and all(a is b for a, b in zip(record.entries[start:], news.came, strict=True)):
        return tenures.order | {e.id: place for place, e in enumerate(news.came, start)}
    return {entry.id: place for place, entry in enumerate(record.entries)}


def _differing(one: Course, other: Course) -> tuple[date, date] | None:
    """The first and the last day on which two courses differ; None where they are the same."""
    edges = sorted({stretch.start for stretch in (*one, *other)})
    starts = [day for day in edges if dict(at(one, day).cells) != dict(at(other, day).cells)]
    if not starts:
        return None
    following = edges.index(starts[-1]) + 1
    return starts[0], edges[following] - ONE_DAY if following < len(edges) else date.max
