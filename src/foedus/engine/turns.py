"""Turns: who held an office that goes round, over time, and why; from turns reckoned to values with their steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Office, RotationHolder
from foedus.engine.choices import ALWAYS, Ways
from foedus.engine.courses import Course
from foedus.engine.months import Month, months
from foedus.engine.reasons import Authority, Ground, Holder
from foedus.engine.rolls import Roll, Rolls
from foedus.engine.rotations import Anchor, Break, Key, Reckoning, Track
from foedus.engine.timelines import Value
from foedus.engine.worlds import BEGINNING, Stretch, bind
from foedus.record.acts import Membership, Turn
from foedus.record.record import Record
from foedus.terms.attribution import CHANNELS
from foedus.terms.offices import REPRESENTATIVE

Cell = tuple[Value, Ways]
TWO_MONTHS = timedelta(days=62)  # so that a term follows the last one reckoned


@dataclass(frozen=True, slots=True)
class Rotation:
    """An office that goes round: who held it over time; where turns on record do not follow from each other; and turns
    of states that had no seat.
    """

    course: Course
    breaks: tuple[Break, ...]
    unsound: tuple[Turn, ...]


def rotation(
    record: Record,
    versions: Sequence[RuleInForce[Office]],
    rolls: Callable[[str, str], Rolls],
    size: Callable[[str, date], int | None],
) -> Rotation:
    """The office under the versions of its rule. `rolls` gives the roll of an organ by its name and a language, `size`
    how many seats it has on a day.

    After the record's last day turns are reckoned for as long as the seats on record are as many as there should be.
    """
    edges = (edge for rule in versions for edge in rolls(*_among(rule)).edges)
    last = max(record.about.record_to, *edges)
    office = versions[0].says.office
    turns = [turn for turn in record.of_kind(Turn) if turn.office == office]
    course: Course = []
    reckonings = []
    for run in months(versions, last + TWO_MONTHS):
        terms = run[: _whole(run, record.about.record_to, rolls, size)]
        if terms:
            end = run[len(terms)].start if len(run) > len(terms) else run[-1].rule.period.end
            reckoning = Reckoning(terms, end, lambda term: rolls(*_among(term.rule)).at(term.start), turns)
            reckonings.append(reckoning)
            course += _Teller(record, reckoning, rolls).course()
        if len(terms) < len(run):
            course.append(_only(run[len(terms)].start, None, _beyond(run[len(terms)])))
    return Rotation(
        _without_gaps(course),
        tuple(each for reckoning in reckonings for each in reckoning.breaks),
        tuple(each for reckoning in reckonings for each in reckoning.unsound),
    )


def _among(rule: RuleInForce[Office]) -> tuple[str, str]:
    holder = rule.says.holder
    assert isinstance(holder, RotationHolder)
    return holder.rotation.among, holder.rotation.language


def _whole(
    run: Sequence[Month],
    record_to: date,
    rolls: Callable[[str, str], Rolls],
    size: Callable[[str, date], int | None],
) -> int:
    """How many terms can be reckoned: those of the record's time, and those after it that open with every seat taken."""
    for index, term in enumerate(run):
        organ, language = _among(term.rule)
        seats = size(organ, term.start)
        if term.start > record_to and (
            seats is None or len(rolls(organ, language).at(term.start).places) != seats
        ):
            return index
    return len(run) if run[-1].rule.period.end is not None else len(run) - 1


def _only(start: date, end: date | None, value: Value) -> Stretch[Value]:
    return Stretch(start, end, ((value, ALWAYS),))


def _unknown(ground: Ground) -> Value:
    return Value(None, (ground,), None, frozenset({"unrecorded"}))


def _beyond(term: Month) -> Value:
    organ, _ = _among(term.rule)
    return _unknown(Ground("unrecorded", "turns-end", (organ, term.start), term.rule.key))


def _without_gaps(course: Course) -> Course:
    """The course from the first day there is to the open end: before and between its terms, no turn is known."""
    whole: Course = []
    nobody = _unknown(Ground("unrecorded", "no-turn", ()))
    day: date | None = BEGINNING
    for stretch in course:
        if day is not None and day < stretch.start:
            whole.append(_only(day, stretch.start, nobody))
        whole.append(stretch)
        day = stretch.end
    return whole if day is None else [*whole, _only(day, None, nobody)]


class _Teller:
    """Says of each term who held it, and by which steps that was found."""

    def __init__(self, record: Record, reckoning: Reckoning, rolls: Callable[[str, str], Rolls]) -> None:
        self.record, self.reckoning, self.rolls = record, reckoning, rolls
        self.weakest: dict[tuple[int, int], dict[int, str]] = {}
        self.goes_on = {m.continues: m for m in record.of_kind(Membership) if m.continues is not None}

    def course(self) -> Iterator[Stretch[Value]]:
        """Every term, cut where its holder lost the seat before it was over."""
        terms = self.reckoning.terms
        for index, term in enumerate(terms):
            out = terms[index + 1].start if index + 1 < len(terms) else self.reckoning.end
            yield from self._within(Stretch(term.start, out, tuple(self._cells(index))), term)

    def _cells(self, index: int) -> Iterator[Cell]:
        anchor = self.reckoning.anchors.get(index)
        tracks = self.reckoning.tracks[index]
        if anchor is not None:
            yield from _alone(list(self._recorded(index, anchor)))
            return
        found = [cell for track in tracks for cell in self._reckoned(index, track, broken=len(tracks) > 1)]
        if found:
            yield from _alone(found)
        else:
            how = "turn-nobody" if tracks else "no-turn"
            yield _unknown(Ground("unrecorded", how, (), self.reckoning.terms[index].rule.key)), ALWAYS

    def _opened(self, index: int) -> Ground:
        term = self.reckoning.terms[index]
        return Ground("holds", "month-opened", (term.start,), term.rule.key)

    def _recorded(self, index: int, anchor: Anchor) -> Iterator[Cell]:
        """A term of which the record says who held it; and what the order would have given."""
        key = self.reckoning.terms[index].rule.key
        led = self.reckoning.led.get(index)
        order = list(self.reckoning.led_from(led, index)) if led is not None else []
        for holder, ways in anchor.nodes.items():
            turns = [turn for turn in anchor.turns if self._is_of(index, turn, holder)]
            said = "turn-decided" if anchor.decided else "turn-recorded"
            ids = tuple(turn.id for turn in turns)
            grounds = [self._opened(index), Ground("applied", said, (holder[2], holder[1]), key, ids)]
            agrees = [before for after, before, _ in order if after == holder]
            grounds += [self._next(index, before, holder, "holds") for before in agrees[:1]]
            if not agrees:
                grounds += [self._next(index, before, after, "defeated") for after, before, _ in order]
            authority: Authority = (
                "decided" if anchor.decided else "presumed" if order and not agrees else "general rule"
            )
            yield Value(_representative(holder), tuple(grounds), authority, anchor.doubts), ways

    def _is_of(self, index: int, turn: Turn, holder: Key) -> bool:
        return any(place.key == holder for place in self.reckoning.rolls[index].of(turn.held_by))

    def _reckoned(self, index: int, track: Track, *, broken: bool) -> Iterator[Cell]:
        """A term whose holder follows from the order, on or back from an anchor."""
        key = self.reckoning.terms[index].rule.key
        doubts = track.anchor.doubts
        unsure = []
        if any(roll.doubts for roll in self._passed(index, track)):
            organ, _ = _among(self.reckoning.terms[index].rule)
            doubts |= {doubt for roll in self._passed(index, track) for doubt in roll.doubts}
            unsure.append(Ground("unrecorded", "roll-unrecorded", (organ,), key))
        if track.forks(index):
            doubts |= {"unrecorded"}
            unsure.append(Ground("unrecorded", "turn-forks", (), key))
        if broken:
            doubts |= {"unrecorded"}
            unsure.append(Ground("unrecorded", "turns-do-not-meet", (), key))
        for holder, near, ways in self.reckoning.led_from(track, index):
            step = (
                self._next(index, near, holder, "applied")
                if track.step > 0
                else self._precedes(index, holder, near)
            )
            grounds = (self._opened(index), step, self._from(index, track), *unsure)
            yield Value(_representative(holder), grounds, "general rule", doubts), ways

    def _passed(self, index: int, track: Track) -> Iterable[Roll]:
        """The rolls between a term and the anchor it is reckoned from, both in."""
        first, last = sorted((index, track.anchor.term))
        return self.reckoning.rolls[first : last + 1]

    def _next(self, index: int, before: Key, after: Key, how: str) -> Ground:
        """That one comes next after another in the order of the term's roll."""
        term, roll = self.reckoning.terms[index], self.reckoning.rolls[index]
        _, language = _among(term.rule)
        says = "turn-next" if after > before else "turn-next-anew"
        place = roll.by_key.get(after)
        entries = place.entries if place is not None else ()
        return Ground(how, says, (before[1], after[1], language), term.rule.key, entries)  # type: ignore[arg-type]

    def _precedes(self, index: int, holder: Key, after: Key) -> Ground:
        """That after this one the next would be the one who held the next term."""
        term = self.reckoning.terms[index]
        _, language = _among(term.rule)
        entries = self.reckoning.rolls[index].by_key[holder].entries
        return Ground("applied", "turn-precedes", (holder[1], after[1], language), term.rule.key, entries)

    def _from(self, index: int, track: Track) -> Ground:
        """Which turn on record it was reckoned from; with the weakest entry of all that the reckoning passed through."""
        anchor, terms = track.anchor, self.reckoning.terms
        says = "turn-reckoned" if track.step > 0 else "turn-reckoned-back"
        names = tuple(dict.fromkeys(key[2] for key in anchor.nodes))
        terms_away = abs(index - anchor.term)
        ids = tuple(turn.id for turn in anchor.turns)
        weakest = self._weakest(track).get(index)
        entries = (*ids, weakest) if weakest else ids
        return Ground(
            "holds", says, (names, terms[anchor.term].start, terms_away), terms[index].rule.key, entries
        )

    def _weakest(self, track: Track) -> dict[int, str]:
        """By term, the weakest entry on the way to it."""
        name = (track.anchor.term, track.step)
        if name not in self.weakest:
            found: dict[int, str] = {}
            weakest, index = "", track.anchor.term + track.step
            while index in track.nodes and index not in self.reckoning.anchors:
                for key in track.nodes[index]:
                    for entry in self.reckoning.rolls[index].by_key[key].entries:
                        if not weakest or self._strength(entry) > self._strength(weakest):
                            weakest = entry
                found[index] = weakest
                index += track.step
            self.weakest[name] = found
        return self.weakest[name]

    def _strength(self, entry: str) -> int:
        return CHANNELS.index(self.record.strength(entry))

    def _within(self, stretch: Stretch[Value], term: Month) -> Sequence[Stretch[Value]]:
        """A term; cut, where a holder's seat ended within it, into what was before and what was after."""
        courses = self.rolls(*_among(term.rule)).courses
        holders = {
            v.holder.state for v, _ in stretch.cells if v.holder is not None and v.holder.state is not None
        }
        days = {s.start for state in holders for s in courses[state]}
        if not any(stretch.start < day and (stretch.end is None or day < stretch.end) for day in days):
            return (stretch,)

        def held(value: Value) -> Sequence[Stretch[Value]]:
            if value.holder is None or value.holder.state is None:
                return (_only(BEGINNING, None, value),)
            state = value.holder.state
            return [
                Stretch(
                    s.start,
                    s.end,
                    tuple((self._still(value, seat, state, s.start, term), w) for seat, w in s.cells),
                )
                for s in courses[state]
            ]

        return bind((stretch,), held)

    def _still(self, value: Value, seat: Value, state: str, day: date, term: Month) -> Value:
        """Who holds the term on a day on which the member whose turn it was has its seat, or has it no more."""
        if seat.holder is not None or day <= term.start:
            return value
        heir = self.goes_on.get(state)
        if heir is None or heir.from_.earliest > day:
            ground = Ground("considered", "turn-left", (state,), term.rule.key)
            return value._replace(holder=None, grounds=(*value.grounds, ground))
        ground = Ground("applied", "turn-continued", (heir.party, state), term.rule.key, (heir.id,))
        return value._replace(
            holder=Holder(heir.party, None, REPRESENTATIVE), grounds=(*value.grounds, ground)
        )


def _representative(holder: Key) -> Holder:
    return Holder(holder[2], None, REPRESENTATIVE)


def _alone(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Where only one is left, it needs no choice."""
    return [(cells[0][0], ALWAYS)] if len(cells) == 1 else cells
