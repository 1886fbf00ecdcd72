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
    NationalLaw,
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


class Version(NamedTuple):
    """How the rule on the chair reads from a day until another: which type of session opens a term, and whether the state's
    head of government holds it where national law empowers that.
    """

    start: date
    end: date | None
    opener: str
    seat: bool = False


Answer = tuple[str, frozenset[Who]]
ALWAYS = (Version(date.min, None, "regular"),)


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


def named(entries: Sequence[AnyAct]) -> list[AnyAct]:
    """Entries that stand, their hand-overs for the session that stands under the name they give; those whose session is
    gone are gone too.
    """
    instead = {e.corrects: e.id for e in entries if e.corrects is not None}
    sessions = {e.id for e in entries if isinstance(e, Session)}
    found: list[AnyAct] = []
    for entry in entries:
        if not isinstance(entry, Designation):
            found.append(entry)
        elif (session := instead.get(entry.opened_by, entry.opened_by)) in sessions:
            found.append(entry.model_copy(update={"opened_by": session}))
    return found


Story = list[tuple[date, list[Held]]]  # what holds from each day on, in order of day
Answers = dict[date, Answer]


class Life(NamedTuple):
    """How a state stood, who was its head and who its head of government, and whether its law empowered the latter."""

    standing: Story
    heads: Story
    governments: Story
    laws: Story


class Naive:
    """Answers about one list of entries: who is a member, who holds the office that sessions open, who is appointed.

    Each answer is a table of days, for the days asked about.
    """

    def __init__(
        self, entries: Sequence[AnyAct], parties: Sequence[str], versions: Sequence[Version] = ALWAYS
    ) -> None:
        self.entries, self.parties, self.versions = entries, parties, versions
        self.place = {entry.id: index for index, entry in enumerate(entries)}

    def party(self, state: str, days: Sequence[date]) -> Answers:
        """How a state stood: the status stands in the place of the person."""
        mine = [e for e in self.entries if isinstance(e, Membership) and e.party == state]
        stories = (self._lasting(w, mine, (state, "non-member"), "status") for w in self._worlds(mine))
        return _answers(stories, days)

    def appointed(self, days: Sequence[date]) -> Answers:
        """Who held the office one is appointed to."""
        mine = [e for e in self.entries if isinstance(e, Appointment)]
        return _answers((self._lasting(w, mine, None, "person") for w in self._worlds(mine)), days)

    def chair(self, days: Sequence[date]) -> Answers:
        """Who held the office that sessions open: its state, and the head of that state."""
        handed = [e for e in self.entries if isinstance(e, (Session, Designation))]
        people = [e for e in self.entries if isinstance(e, (Membership, NationalOffice, NationalLaw))]
        terms = _terms(handed)
        lives: dict[tuple[date, ...], dict[str, Life]] = {}  # the same in many worlds, written out once
        stories = (
            self._chaired(w, handed, self._lives(w, people, lives), terms)
            for w in self._worlds([*handed, *people])
        )
        found = _answers(stories, days)
        never: Answer = ("not-in-force", frozenset({None}))
        return {day: answer if self._in_force(day) else never for day, answer in found.items()}

    def _in_force(self, day: date) -> bool:
        return any(v.start <= day and (v.end is None or day < v.end) for v in self.versions)

    def _version(self, day: date) -> Version:
        """The one of a day; before the first the first, and in a gap the one before it."""
        return next((v for v in reversed(self.versions) if v.start <= day), self.versions[0])

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

    def _lives(
        self, world: World, people: Sequence[AnyAct], known: dict[tuple[date, ...], dict[str, Life]]
    ) -> dict[str, Life]:
        """The life of every state in a world."""
        days = tuple(world.days[e.id, name] for e in people for name, _ in e.dates)
        if days not in known:
            known[days] = {state: self._life(world, people, state) for state in self.parties}
        return known[days]

    def _life(self, world: World, people: Sequence[AnyAct], state: str) -> Life:
        mine = [e for e in people if _whose(e) == state]
        heads, governments = (
            [e for e in mine if isinstance(e, NationalOffice) and e.role == role]
            for role in ("head-of-state", "head-of-government")
        )
        return Life(
            self._lasting(
                world, [e for e in mine if isinstance(e, Membership)], (state, "non-member"), "status"
            ),
            self._lasting(world, heads, None, "person"),
            self._lasting(world, governments, None, "person"),
            self._lasting(world, [e for e in mine if isinstance(e, NationalLaw)], None, "empowers"),
        )

    def _chaired(
        self,
        world: World,
        handed: Sequence[AnyAct],
        lives: dict[str, Life],
        terms: dict[str, list[Designation]],
    ) -> Story:
        chair = self._chairing(world, handed, lives, terms)
        edges = {day for day, _, _ in chair} | {v.start for v in self.versions}
        edges |= {day for life in lives.values() for story in life for day, _ in story}
        told: Story = []
        for edge in sorted(edges):
            _, state, quarrel = next(row for row in reversed(chair) if row[0] <= edge)
            held = self._speaks(lives[state], edge) if state is not None else [Held(None)]
            told.append((edge, [Held(one.who, one.quarrel or quarrel) for one in held]))
        return told

    def _speaks(self, life: Life, day: date) -> list[Held]:
        empowered = self._version(day).seat and _at(life.laws, day) != [Held(None)]
        return _at(life.governments if empowered else life.heads, day)

    def _chairing(
        self,
        world: World,
        handed: Sequence[AnyAct],
        lives: dict[str, Life],
        terms: dict[str, list[Designation]],
    ) -> list[tuple[date, str | None, bool]]:
        """The state in the chair from each day on, by playing the sessions and hand-overs one by one; and whether that is
        quarrelled over.
        """
        acts: list[tuple[date, int, AnyAct]] = []
        for entry in handed:
            if isinstance(entry, Session) and self._opens(entry, world):
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
                elif not mine and act.host in lives and _is_member(lives[act.host], act.host, day):
                    holder, by = act.host, None
            waiting = terms.get(term, [])
            pending = _exclude_each_other(waiting) and not any(d.id in effective for d in waiting)
            rivals = terms.get(by.opened_by, []) if by is not None else []
            story.append((day, holder, _exclude_each_other(rivals) or pending))
        return story

    def _opens(self, session: Session, world: World) -> bool:
        return world.types[session.id] == self._version(world.days[session.id, "on"]).opener

    def _worlds(self, entries: Sequence[AnyAct]) -> Iterator[World]:
        points: dict[Point, When] = {(e.id, name): when for e in entries for name, when in e.dates}
        spans = [_days(when) for when in points.values()]
        sessions = [e for e in entries if isinstance(e, Session)]
        settled = _terms(entries)
        quarrels = {term: ds for term, ds in settled.items() if _exclude_each_other(ds)}
        types = [self._types(s, handed=s.id in settled) for s in sessions]
        for days in product(*spans):
            dated = dict(zip(points, days, strict=True))
            if not all(
                dated[e.id, "from"] < dated[e.id, "until"] for e in entries if (e.id, "until") in dated
            ):
                continue  # what lasts has a first day before its first day no more
            for kinds in product(*types):
                for right in product(*([d.id for d in ds] for ds in quarrels.values())):
                    natures = {s.id: kind for s, kind in zip(sessions, kinds, strict=True)}
                    yield World(dated, natures, dict(zip(quarrels, right, strict=True)))

    def _types(self, session: Session, *, handed: bool) -> Sequence[str]:
        """What a session may have been: a hand-over of its term settles that it opened one, if it may have."""
        opener = self._version(session.when.latest).opener
        return (opener,) if handed and opener in session.types else session.types


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


def _is_member(life: Life, state: str, day: date) -> bool:
    return (state, "member") in {held.who for held in _at(life.standing, day)}


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
