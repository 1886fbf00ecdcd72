"""Readings of the rule on an office that sessions open, against its hand-overs: whom each alone seats in a term."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Literal

from foedus.accounts.trials import Case, Trial, Verdict, View, carries, under
from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AS_WRITTEN, AnyRule
from foedus.engine.choices import ALWAYS, Ways, simplify
from foedus.engine.offices import handed_over, version_on
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.engine.tenures import UNSAID
from foedus.record.acts import Expect, Session
from foedus.terms.states import state_name
from foedus.terms.words import listed

Whom = Mapping[str | None, Ways]


class Chairs:
    """An office's terms: what the record has of each, and what readings of its rule give, hand-overs left aside; but
    whose turn it is, where it goes round, is reckoned from the hand-over on record before.
    """

    counted: ClassVar[Literal["hand-over"]] = "hand-over"
    beside: ClassVar[tuple[str, ...]] = ()

    def __init__(self, standing: Standing, versions: Sequence[RuleInForce[AnyRule]]) -> None:
        self.standing, self.id = standing, versions[0].says.id
        self.office = next(n for n in standing.offices() if standing.office_rules(n)[0].says.id == self.id)
        self.versions = standing.office_rules(self.office)
        self.voice = Voice(standing.record, standing.title)

    def trials(self, name: str) -> Iterator[Trial]:
        """Each term of which the record says who held it, under one reading."""
        given = self._given(name)
        for case, states in self._cases:
            session = self._session(case.entry)
            if not carries(version_on(self.versions, session.when.latest), name):
                yield Trial(case, "no such reading of the text in force", "", "not-in-force")
            else:
                whom = given.get(case.entry, {UNSAID: ALWAYS})
                yield Trial(case, self._said(whom), _view(whom), _verdict(whom, states))

    def views(self, names: Sequence[str]) -> Iterator[View]:
        """What each reading gives, term by term, of those that surely opened and ended in the time of the rule."""
        given = {name: self._given(name) for name in names}
        days = [*(self._session(term).when.latest for term in self._terms), None]
        for term, (start, end) in zip(self._terms, pairwise(days), strict=True):
            assert start is not None
            version = version_on(self.versions, start)
            first = max(start, self.versions[0].period.start)
            of = {
                name: _view(given[name].get(term, {UNSAID: ALWAYS}))
                for name in names
                if carries(version, name)
            }
            if end is None or end > first:
                yield View(first, end, of)

    def of_day(self, name: str, day: date) -> Whom | None:
        """Whom a reading alone seats in the term of a day; None where no term surely runs on it."""
        given = self._given(name)
        opened = [term for term in self._terms if self._session(term).when.latest <= day]
        return given.get(opened[-1]) if opened else None

    def said_of_day(self, name: str, day: date) -> str:
        """The same in words; empty for no term."""
        whom = self.of_day(name, day)
        return self._said(whom) if whom is not None else ""

    def _given(self, name: str) -> Mapping[str, Whom]:
        return under(self.standing, self.id, name).defaults(self.office)

    @cached_property
    def _terms(self) -> tuple[str, ...]:
        """The terms that opened in every world, by their sessions, in order of time."""
        given = self._given(AS_WRITTEN)
        return tuple(
            term
            for term, whom in given.items()
            if simplify({w for ways in whom.values() for w in ways}) == ALWAYS
        )

    @cached_property
    def _cases(self) -> tuple[tuple[Case, frozenset[str]], ...]:
        """Terms with who held them, by the hand-overs on record; where there is none, by who is said to have held the
        office at a session before the next term opened.
        """
        record = self.standing.record
        handed = handed_over(record, self.office)
        said = self._said_to_hold()
        found = []
        for term in self._terms:
            session = self._session(term)
            ds, expects = handed.get(term, ()), said.get(term, ())
            states = frozenset(d.to for d in ds) or frozenset(e.holder.state for e in expects)
            if states:
                how = listed(list(dict.fromkeys(d.authority for d in ds)), "or") or "said to hold it"
                who = listed([state_name(state) for state in sorted(states)], "or")
                entries = tuple(e.id for e in (*ds, *(() if ds else expects)))
                case = Case(session.when.latest, term, self.voice.session(term), f"{who} ({how})", entries)
                found.append((case, states))
        return tuple(found)

    def _said_to_hold(self) -> dict[str, tuple[Expect, ...]]:
        terms = [(self._session(term).when.latest, term) for term in self._terms]
        found: dict[str, tuple[Expect, ...]] = {}
        for expect in self.standing.record.of_kind(Expect):
            at = self.standing.record.by_id.get(expect.at)
            if expect.office == self.office and isinstance(at, Session):
                term = next((t for day, t in reversed(terms) if day < at.when.began), None)
                if term is not None:
                    found[term] = (*found.get(term, ()), expect)
        return found

    def _session(self, term: str) -> Session:
        found = self.standing.record.by_id[term]
        assert isinstance(found, Session)
        return found

    def _said(self, whom: Whom) -> str:
        told = []
        for state, ways in whom.items():
            name = "not settled" if state == UNSAID else state_name(state) if state else "nobody"
            condition = self.voice.ways(ways)
            told.append(f"{name} {condition}" if condition and len(whom) > 1 else name)
        return "; or ".join(told)


def _view(whom: Whom) -> str:
    return " ".join(sorted(str(state) for state in whom))


def _verdict(whom: Whom, states: frozenset[str]) -> Verdict:
    if UNSAID in whom or len(states) > 1:
        return "open"
    if not states & whom.keys():
        return "differs"
    return "agrees" if len(whom) == 1 else "depends"
