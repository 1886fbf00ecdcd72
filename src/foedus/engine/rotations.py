"""Rotation: an office that goes round the members of an organ, term by term, in the order of their names.

Whose turn it was is reckoned from the turns on record: on from each to the next, and back from the first. The next turn
is that of the member whose name comes next after the name under which the last one took office. Who joins or leaves,
or is called otherwise, changes the order from the next term on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
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


@dataclass(slots=True)
class _Chain:
    """Anchors of which each leads to the next, and who may hold the terms they reach. `leads_back`: whether the terms
    before the first are yet to be reckoned back from it.
    """

    anchors: list[Anchor]
    nodes: dict[int, Nodes]
    leads_back: bool

    @property
    def last(self) -> Anchor:
        return self.anchors[-1]


class Break(NamedTuple):
    """Two anchors that the order does not lead from one to the other; and whom it leads to instead."""

    before: Anchor
    after: Anchor
    reckoned: Nodes


class Reckoning:
    """The turns of one run of terms, the last of which ends on `end`. `tracks[n]` are those that reach its n-th term; none where it is an anchor's."""

    def __init__(
        self, terms: Sequence[Month], end: date | None, roll: Callable[[Month], Roll], turns: Sequence[Turn]
    ) -> None:
        self.terms, self.end = terms, end
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
            over = self.end is not None and self.end <= turn.when.latest
            if 0 <= index == bisect_right(starts, turn.when.latest) - 1 and not over:
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
        return Anchor(index, turns, nodes, doubts)

    def _reckon(self) -> None:
        """Forward through all anchors. Those that the order leads to from the ones before are one chain; a chain ends
        where it does not.
        """
        chain: _Chain | None = None
        for anchor in self.anchors.values():
            met: Nodes = {}
            if chain is not None:
                self._forward(chain.nodes, chain.last.term, anchor.term)
                met = self._lead(chain, anchor)
            if chain is None:
                chain = self._first_chain(anchor)
            elif not met:
                self._close(chain, anchor.term)
                chain = _Chain([anchor], {anchor.term: anchor.nodes}, leads_back=not anchor.decided)
            else:
                chain.nodes[anchor.term] = met
                chain.anchors.append(anchor)
        if chain is not None:
            self._forward(chain.nodes, chain.last.term, len(self.terms) - 1)
            self._close(chain, len(self.terms))

    def _first_chain(self, anchor: Anchor) -> _Chain:
        """The chain that begins with the first anchor. Of the terms before it the first may be anybody's."""
        nodes: dict[int, Nodes] = {0: {place.key: place.here for place in self.rolls[0].places}}
        self._forward(nodes, 0, anchor.term)
        met = _meet(nodes[anchor.term], anchor.nodes)
        if not met:  # from nobody's turn the order leads to it
            return _Chain([anchor], {anchor.term: anchor.nodes}, leads_back=True)
        nodes[anchor.term] = met
        return _Chain([anchor], nodes, leads_back=False)

    def _lead(self, chain: _Chain, anchor: Anchor) -> Nodes:
        """Whom both the order and the anchor give its term to; what the order alone gives is kept."""
        reached = chain.nodes.pop(anchor.term)
        track = Track(chain.last, 1, {anchor.term - 1: chain.nodes[anchor.term - 1], anchor.term: reached})
        self.led[anchor.term] = track
        met = _meet(reached, anchor.nodes)
        if not met and not anchor.decided:
            self.breaks.append(Break(chain.last, anchor, reached))
        return met

    def _close(self, chain: _Chain | None, end: int) -> None:
        """A chain whose terms are all reckoned: what its later anchors rule out is taken from the earlier terms."""
        if chain is None:
            return
        first, last = min(chain.nodes), chain.last.term
        if any(nodes != dict.fromkeys(nodes, ALWAYS) or len(nodes) > 1 for nodes in chain.nodes.values()):
            for term in range(last - 1, first - 1, -1):
                chain.nodes[term] = _meet(chain.nodes[term], self._before(term, chain.nodes[term + 1]))
        starts = [anchor.term for anchor in chain.anchors]
        for term in range(first, end):
            if term not in self.anchors:
                anchor = chain.anchors[max(bisect_right(starts, term) - 1, 0)]
                self.tracks[term].append(Track(anchor, 1 if anchor.term < term else -1, chain.nodes))
        if chain.leads_back:
            self._lay_back(chain)

    def _lay_back(self, chain: _Chain) -> None:
        """The terms before a chain that no other chain leads up to, back to the anchor before or to the first term."""
        first = chain.anchors[0]
        nodes: dict[int, Nodes] = {first.term: chain.nodes[first.term]}
        track = Track(first, -1, nodes)
        for term in range(first.term - 1, -1, -1):
            if term in self.anchors:
                return
            nodes[term] = self._before(term, nodes[term + 1])
            self.tracks[term].append(track)

    def _forward(self, nodes: dict[int, Nodes], first: int, last: int) -> None:
        for term in range(first + 1, last + 1):
            reached: dict[Key, Ways] = {}
            for key, ways in nodes[term - 1].items():
                for place, after in self.rolls[term].after(key):
                    joint = both(ways, after)
                    if joint:
                        reached[place.key] = _either(reached.get(place.key), joint)
            nodes[term] = reached

    def _before(self, term: int, late: Nodes) -> Nodes:
        """Who may hold a term, from who may hold the next."""
        reached: dict[Key, Ways] = {}
        for early in self.rolls[term].places if late else ():
            for place, after in self.rolls[term + 1].after(early.key):
                joint = both(both(early.here, after), late.get(place.key, frozenset()))
                if joint:
                    reached[early.key] = _either(reached.get(early.key), joint)
        return reached

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
    return {key: ways for key, ways in met.items() if ways}
