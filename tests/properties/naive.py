"""The same questions answered the plain way: every world written out, every day looked at by itself.

Written apart from the engine and meant to be obviously right, not fast. A world settles every vague day, every vague
type and every quarrel between rivals. In a world the acts are played in order of day (within a day, of the record) and
nothing else is known. An answer on a day is what all worlds give for it. Everything is taken as completely recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

from foedus.record.acts import (
    AnyAct,
    Appointment,
    Designation,
    Membership,
    NationalOffice,
    Session,
    Withdraws,
)
from foedus.terms.dates import When

Point = tuple[str, str]  # an entry and which of its days
Who = tuple[str, str] | None  # state and person; None is nobody


class World(NamedTuple):
    """One choice for everything that is vague."""

    days: dict[Point, date]
    types: dict[str, str]
    right: dict[str, str]  # for each term that hand-overs quarrel over, which of them is right


class Held(NamedTuple):
    """Who holds something in a world, and whether that is quarrelled over."""

    who: Who
    quarrel: bool = False


Answer = tuple[str, frozenset[Who]]


def known(entries: Sequence[AnyAct], day: date) -> Sequence[AnyAct]:
    """The entries that stand at the end of `day`, looked at one by one."""
    seen = [(e.recorded.latest, index, e) for index, e in enumerate(entries) if e.recorded.latest <= day]

    def taken_back(entry: str, after: tuple[date, int]) -> bool:
        return any(
            isinstance(e, Withdraws)
            and e.withdraws == entry
            and (d, i) > after
            and not taken_back(e.id, (d, i))
            for d, i, e in seen
        )

    def repairs(entry: str) -> list[tuple[date, int, str]]:
        return [(d, i, e.id) for d, i, e in seen if e.corrects == entry and not taken_back(e.id, (d, i))]

    standing: list[AnyAct] = []
    for d, i, entry in seen:
        if isinstance(entry, Withdraws) or taken_back(entry.id, (d, i)) or repairs(entry.id):
            continue
        if entry.corrects is not None:
            latest = max(repairs(entry.corrects))
            if latest[2] != entry.id or taken_back(entry.corrects, (d, i)):
                continue
        standing.append(entry)
    return standing


Story = list[tuple[date, list[Held]]]  # what holds from each day on, in order of day
Answers = dict[date, Answer]


class Naive:
    """Answers about one list of entries: who is a member, who holds the office that sessions open, who is appointed.

    Each answer is a table of days, for the days asked about.
    """

    def __init__(self, entries: Sequence[AnyAct], parties: Sequence[str], opener: str) -> None:
        self.entries, self.parties, self.opener = entries, parties, opener
        self.place = {entry.id: index for index, entry in enumerate(entries)}

    def party(self, state: str, days: Sequence[date]) -> Answers:
        """How a state stood: the status stands in the place of the person."""
        mine = [e for e in self.entries if isinstance(e, Membership) and e.party == state]
        stories = (
            self._lasting(w, mine, (state, "non-member"), "status") for w in _worlds(mine, self.opener)
        )
        return _answers(stories, days)

    def appointed(self, days: Sequence[date]) -> Answers:
        """Who held the office one is appointed to."""
        mine = [e for e in self.entries if isinstance(e, Appointment)]
        return _answers((self._lasting(w, mine, None, "person") for w in _worlds(mine, self.opener)), days)

    def chair(self, days: Sequence[date]) -> Answers:
        """Who held the office that sessions open: its state, and the head of that state."""
        handed = [e for e in self.entries if isinstance(e, (Session, Designation))]
        heads = [e for e in self.entries if isinstance(e, NationalOffice)]
        terms = _terms(handed)
        return _answers(
            (self._chaired(w, handed, heads, terms) for w in _worlds([*handed, *heads], self.opener)), days
        )

    def _lasting(self, world: World, entries: Sequence[AnyAct], nobody: Who, says: str) -> Story:
        """What holds over time of things that last: all of them where several do and disagree."""
        events = [(world.days[e.id, "from"], 1, self.place[e.id], e) for e in entries]
        events += [(day, 0, self.place[e.id], e) for e in entries if (day := world.days.get((e.id, "until")))]
        holding: list[AnyAct] = []
        story: Story = [(date.min, [Held(nobody)])]
        for day, begins, _, entry in sorted(events, key=lambda event: event[:3]):
            if begins:
                holding = [o for o in holding if _until(o) is not None or _from(o) == _from(entry)]
                holding.append(entry)
            else:
                holding = [other for other in holding if other is not entry]
            told = {(_whose(e), getattr(e, says)) for e in holding}
            story.append((day, [Held(who, len(told) > 1) for who in told] or [Held(nobody)]))
        return story

    def _chaired(
        self,
        world: World,
        handed: Sequence[AnyAct],
        heads: Sequence[AnyAct],
        terms: dict[str, list[Designation]],
    ) -> Story:
        chair = self._chairing(world, handed, terms)
        people = {
            s: self._lasting(world, [h for h in heads if _whose(h) == s], None, "person")
            for s in self.parties
        }
        edges = sorted({day for day, _, _ in chair} | {day for story in people.values() for day, _ in story})
        told: Story = []
        for edge in edges:
            _, state, quarrel = next(row for row in reversed(chair) if row[0] <= edge)
            held = _at(people[state], edge) if state is not None else [Held(None)]
            told.append((edge, [Held(one.who, one.quarrel or quarrel) for one in held]))
        return told

    def _chairing(
        self, world: World, handed: Sequence[AnyAct], terms: dict[str, list[Designation]]
    ) -> list[tuple[date, str | None, bool]]:
        """The state in the chair from each day on, by playing the sessions and hand-overs one by one; and whether that is
        quarrelled over.
        """
        acts: list[tuple[date, int, AnyAct]] = []
        for entry in handed:
            if isinstance(entry, Session) and world.types[entry.id] == self.opener:
                acts.append((world.days[entry.id, "on"], self.place[entry.id], entry))
            if isinstance(entry, Designation):
                acts.append((world.days[entry.id, "effective"], self.place[entry.id], entry))
        holder: str | None = None
        by: Designation | None = None
        term = ""
        opened: set[str] = set()
        effective: set[str] = set()
        story: list[tuple[date, str | None, bool]] = [(date.min, None, False)]
        for day, _, act in sorted(acts, key=lambda a: a[:2]):
            if isinstance(act, Designation):
                wrong = world.right.get(act.opened_by, act.id) != act.id
                over = act.opened_by in opened and act.opened_by != term
                has_its_holder = act.opened_by == term and any(d.id in effective for d in terms[term])
                if wrong or over or has_its_holder:
                    continue
                effective.add(act.id)
                holder, by = act.to, act
            elif isinstance(act, Session):
                term = act.id
                opened.add(act.id)
                mine = terms.get(act.id, [])
                early = next((d for d in mine if d.id in effective), None)
                if early is not None:
                    holder, by = early.to, early
                elif not mine and act.host in self.parties:
                    holder, by = act.host, None
            waiting = terms.get(term, [])
            pending = _exclude_each_other(waiting) and not any(d.id in effective for d in waiting)
            rivals = terms.get(by.opened_by, []) if by is not None else []
            story.append((day, holder, _exclude_each_other(rivals) or pending))
        return story


def _worlds(entries: Sequence[AnyAct], opener: str) -> Iterator[World]:
    points: dict[Point, When] = {(e.id, name): when for e in entries for name, when in e.dates}
    spans = [_days(when) for when in points.values()]
    sessions = [e for e in entries if isinstance(e, Session)]
    quarrels = {term: ds for term, ds in _terms(entries).items() if _exclude_each_other(ds)}
    settled = _terms(entries)  # a hand-over of its term settles that a session opened one
    types = [(opener,) if s.id in settled else s.types for s in sessions]
    for days in product(*spans):
        dated = dict(zip(points, days, strict=True))
        if not all(dated[e.id, "from"] < dated[e.id, "until"] for e in entries if (e.id, "until") in dated):
            continue  # what lasts has a first day before its first day no more
        for kinds in product(*types):
            for right in product(*([d.id for d in ds] for ds in quarrels.values())):
                natures = {s.id: kind for s, kind in zip(sessions, kinds, strict=True)}
                yield World(dated, natures, dict(zip(quarrels, right, strict=True)))


def _terms(entries: Sequence[AnyAct]) -> dict[str, list[Designation]]:
    terms: dict[str, list[Designation]] = {}
    for entry in entries:
        if isinstance(entry, Designation):
            terms.setdefault(entry.opened_by, []).append(entry)
    return terms


def _answers(stories: Iterable[Story], days: Sequence[date]) -> Answers:
    """What all worlds give for each day."""
    found: dict[date, set[Held]] = {day: set() for day in days}
    for story in stories:
        for day in days:
            found[day].update(_at(story, day))
    return {day: _answer(held) for day, held in found.items()}


def _answer(held: set[Held]) -> Answer:
    people = frozenset(one.who for one in held)
    if len(people) > 1:
        return ("contested" if any(one.quarrel for one in held) else "uncertain"), people
    return ("vacant" if people == {None} else "certain"), people


def _at(story: Story, day: date) -> list[Held]:
    return next(held for start, held in reversed(story) if start <= day)


def _days(when: When) -> list[date]:
    return [when.earliest + timedelta(days=n) for n in range((when.latest - when.earliest).days + 1)]


def _from(entry: AnyAct) -> When:
    return dict(entry.dates)["from"]


def _until(entry: AnyAct) -> When | None:
    return dict(entry.dates).get("until")


def _whose(entry: AnyAct) -> str:
    return entry.party if isinstance(entry, Membership) else getattr(entry, "state", None) or ""


def _exclude_each_other(rivals: Sequence[Designation]) -> bool:
    """Two hand-overs of one term cannot both be right: to another state, or with no day in common."""
    return any(
        a.to != b.to or a.effective.latest < b.effective.earliest or b.effective.latest < a.effective.earliest
        for a in rivals
        for b in rivals
        if a is not b
    )
