"""Rotation: an office that goes round the members of an organ, term by term, in the order of their names.

Whose turn it was is reckoned from the turns on record: on from each to the next, and back from the first. The next turn
is that of the member whose name comes next after the name under which the last one took office. Who joins or leaves,
or is called otherwise, changes the order from the next term on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from foedus.engine.choices import ALWAYS, Choice, Way, Ways, both, simplify
from foedus.engine.months import Month
from foedus.engine.rolls import Roll
from foedus.engine.timelines import Doubt
from foedus.record.acts import Turn

Key = tuple[tuple[str, ...], str, str]
Nodes = Mapping[Key, Ways]  # who may hold the office in a term, by place on the roll, and in which worlds


class Anchor(NamedTuple):
    """A term of which the record says who held the office: by which turns, as which places on the roll."""

    term: int
    turns: tuple[Turn, ...]
    nodes: Nodes
    doubts: frozenset[Doubt]

    @property
    def decided(self) -> bool:
        """Whether a decision let the turn fall out of order."""
        return any(turn.authority == "decided" for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Track:
    """Turns reckoned from one anchor, on (`step` 1) or back (-1): who may hold the office, by term."""

    anchor: Anchor
    step: int
    nodes: dict[int, Nodes]

    def forks(self, term: int) -> bool:
        """Whether two may hold the term in one and the same world: both can have come before the one who did next."""
        return any(both(one, other) for one, other in combinations(self.nodes[term].values(), 2))


class Break(NamedTuple):
    """Two anchors that the order does not lead from one to the other; and whom it leads to instead."""

    before: Anchor
    after: Anchor
    reckoned: Nodes


class Reckoning:
    """The turns of one run of terms. `tracks[n]` are those that reach its n-th term; none where it is an anchor's."""

    def __init__(self, terms: Sequence[Month], roll: Callable[[Month], Roll], turns: Sequence[Turn]) -> None:
        self.terms = terms
        self.rolls = [roll(term) for term in terms]
        self.anchors: dict[int, Anchor] = {}
        self.unsound: list[Turn] = []  # of a state that had no seat when the term opened
        self.breaks: list[Break] = []
        self.tracks: list[list[Track]] = [[] for _ in terms]
        self.led: dict[int, Track] = {}  # by anchor: the track that leads up to it
        self._find(turns)
        self._reckon()

    def _find(self, turns: Sequence[Turn]) -> None:
        """The anchors, from the turns on record."""
        by_term: dict[int, list[Turn]] = {}
        starts = [term.start for term in self.terms]
        for turn in turns:
            index = bisect_right(starts, turn.when.earliest) - 1
            if 0 <= index == bisect_right(starts, turn.when.latest) - 1:
                by_term.setdefault(index, []).append(turn)
        for index, found in sorted(by_term.items()):
            sound = [turn for turn in found if self.rolls[index].of(turn.held_by)]
            self.unsound += [turn for turn in found if turn not in sound]
            if sound:
                self.anchors[index] = self._anchor(index, tuple(sound))

    def _anchor(self, index: int, turns: tuple[Turn, ...]) -> Anchor:
        """Turns of one term; those that name different states are rivals."""
        states = {turn.held_by for turn in turns}
        whole = tuple(sorted(turn.id for turn in turns))
        nodes: dict[Key, Ways] = {}
        for turn in turns:
            for place in self.rolls[index].of(turn.held_by):
                right: Way = (Choice(whole[0], "rival", None, (turn.id,), whole),)
                ways = both(place.here, frozenset({right})) if len(states) > 1 else place.here
                nodes[place.key] = _either(nodes.get(place.key), ways)
        doubts: frozenset[Doubt] = frozenset({"rival"}) if len(states) > 1 else frozenset()
        return Anchor(index, turns, _settled(nodes), doubts)

    def _reckon(self) -> None:
        found = list(self.anchors.values())
        if not found:
            return
        self._lay(self._back(found[0], 0), range(found[0].term))
        for before, after in pairwise(found):
            self._between(before, after)
        self._lay(self._on(found[-1], len(self.terms) - 1), range(found[-1].term + 1, len(self.terms)))

    def _between(self, before: Anchor, after: Anchor) -> None:
        """The terms between two anchors, where the order must lead from the one to the other."""
        inner = range(before.term + 1, after.term)
        track = self._on(before, after.term)
        self.led[after.term] = track
        reached = _meet(track.nodes[after.term], after.nodes)
        if reached and any(len(nodes) > 1 for nodes in track.nodes.values()):
            back = self._back(after._replace(nodes=reached), before.term)
            track = Track(before, 1, {n: _meet(track.nodes[n], back.nodes[n]) for n in track.nodes})
        self._lay(track, inner)
        if not reached and not after.decided:
            self.breaks.append(Break(before, after, track.nodes[after.term]))
            self._lay(self._back(after, before.term), inner)

    def _lay(self, track: Track, indexes: range) -> None:
        for index in indexes:
            self.tracks[index].append(track)

    def _on(self, anchor: Anchor, last: int) -> Track:
        nodes: dict[int, Nodes] = {anchor.term: anchor.nodes}
        for index in range(anchor.term + 1, last + 1):
            reached: dict[Key, Ways] = {}
            for key, ways in nodes[index - 1].items():
                for place, after in self.rolls[index].after(key):
                    joint = both(ways, after)
                    if joint:
                        reached[place.key] = _either(reached.get(place.key), joint)
            nodes[index] = _settled(reached)
        return Track(anchor, 1, nodes)

    def _back(self, anchor: Anchor, first: int) -> Track:
        nodes: dict[int, Nodes] = {anchor.term: anchor.nodes}
        for index in range(anchor.term - 1, first - 1, -1):
            reached: dict[Key, Ways] = {}
            for before in self.rolls[index].places if nodes[index + 1] else ():
                for place, after in self.rolls[index + 1].after(before.key):
                    joint = both(both(before.here, after), nodes[index + 1].get(place.key, frozenset()))
                    if joint:
                        reached[before.key] = _either(reached.get(before.key), joint)
            nodes[index] = _settled(reached)
        return Track(anchor, -1, nodes)

    def led_from(self, track: Track, index: int) -> Iterator[tuple[Key, Key, Ways]]:
        """Who may hold a term of a track, each with the holder of the term it was reckoned from, one nearer to the
        anchor; and in which worlds.
        """
        near = index - track.step
        early, late = min(index, near), max(index, near)
        for before, ways in track.nodes[early].items():
            for place, after in self.rolls[late].after(before):
                joint = both(both(ways, after), track.nodes[late].get(place.key, frozenset()))
                if joint:
                    yield (place.key, before, joint) if track.step > 0 else (before, place.key, joint)


def _either(known: Ways | None, ways: Ways) -> Ways:
    return ways if known is None else simplify(known | ways)


def _meet(one: Nodes, other: Nodes) -> Nodes:
    """Who may hold a term by both."""
    met = {key: both(ways, other[key]) for key, ways in one.items() if key in other}
    return _settled({key: ways for key, ways in met.items() if ways})


def _settled(nodes: Nodes) -> Nodes:
    """Where only one is left, it needs no choice."""
    return dict.fromkeys(nodes, ALWAYS) if len(nodes) == 1 else dict(nodes)
