"""An organisation as a value: its charter, its record, and every question that can be put to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from foedus.accounts.deciders import organ_meant
from foedus.charter.charter import Charter
from foedus.charter.deciding import with_rules
from foedus.charter.readings import read_as
from foedus.decisions.alternatives import rule_alone
from foedus.decisions.read import rule_from
from foedus.decisions.rule import Rule
from foedus.decisions.weights import NO_WEIGHTS, Weights
from foedus.engine.answers import Answer, Course, Questions
from foedus.engine.findings import Finding, findings
from foedus.engine.standing import Standing
from foedus.problems import BadInput, Problem
from foedus.record.acts import AnyAct
from foedus.record.live import repaired
from foedus.record.published import published
from foedus.record.record import Record
from foedus.record.seen import Clearance, seen
from foedus.register.store import Head
from foedus.terms.dates import parse_day


@dataclass(frozen=True)
class Organisation:
    """An organisation as read from its folder: its charter and its whole record; or that record as it could be known from
    what was out by the end of the day `published_by`.
    """

    charter: Charter
    record: Record
    published_by: date | None = None
    weights: Weights = NO_WEIGHTS

    @property
    def name(self) -> str:
        """Its id, such as `csto`."""
        return self.record.about.id

    @property
    def head(self) -> Head | None:
        """The register as it was when this was read from it; None of what was read from a folder."""
        kept = self.record.kept
        return None if kept is None else Head(kept.size, bytes.fromhex(kept.root))

    def __repr__(self) -> str:
        about = self.record.about
        return f"<Organisation {about.id}: {about.name}, {len(self.record.entries)} entries to {about.record_to}>"

    def published(self, by: str | date) -> Organisation:
        """The same organisation from the sources that were out by the end of a day: what the public could know."""
        day = _day(by)
        return Organisation(self.charter, published(self.record, day), day, self.weights)

    def read_as(self, readings: Mapping[str, str]) -> Organisation:
        """The same organisation with each of these rules read as one of its readings says, both by name. BadInput, with
        every fault and the nearest name, where there is no such rule or reading.
        """
        charter = read_as(self.charter, readings)
        return self if charter is self.charter else replace(self, charter=charter)

    def read_as_given(self, given: Iterable[str], where: str) -> Organisation:
        """The same organisation with rules read as people ask for it, each RULE=NAME. BadInput with every fault, said of
        `where` that was asked.
        """
        problems: list[Problem] = []
        wanted: dict[str, str] = {}
        for each in given:
            rule, divided, name = each.partition("=")
            if not divided:
                problems.append(Problem(where, 0, f"“{each}” is not of the form RULE=NAME."))
            elif wanted.setdefault(rule, name) != name:
                what = f"The rule “{rule}” cannot be read as “{wanted[rule]}” and as “{name}” at once."
                problems.append(Problem(where, 0, what, "Give one of them."))
        try:
            found = self.read_as(wanted)
        except BadInput as error:
            problems += [replace(problem, file=where) for problem in error.problems]
        if problems:
            raise BadInput(problems)
        return found

    def at(self, on: str | date, known: str | date | None = None) -> Moment:
        """The organisation at the end of the day `on`, as known at the end of `known` (default: all recorded)."""
        return Moment(self, _day(on), None if known is None else _day(known))

    def who(self, question: str, on: str | date, known: str | date | None = None) -> Answer:
        """Who held an office, filled an organ's seats, or how a state stood. NotFound for no such name."""
        return self.at(on, known).who(question)

    def timeline(self, question: str, known: str | date | None = None) -> Course:
        """The same over all time."""
        return self.questions(None if known is None else _day(known)).timeline(question)

    def findings(self, known: str | date | None = None) -> tuple[Finding, ...]:
        """What the audit says of the record as known."""
        return findings(self.standing(None if known is None else _day(known)))

    def questions(self, known: date | None = None) -> Questions:
        """Answers questions from the record as known."""
        standing = self.standing(known)
        return Questions(self.name, standing, known or self.record.last_recorded, self.published_by)

    def standing(self, known: date | None = None) -> Standing:
        """The timelines of the record as known; made once for each day it is asked for."""
        return self._standings(known)

    def adding(self, entry: AnyAct) -> Organisation:
        """The same organisation with a further entry on record, whenever what it tells of happened. What was answered
        before is made again only where the entry may have changed it.
        """
        later = replace(self, record=self.record.adding(entry))
        later.__dict__["_standings"] = self._standings.adding(entry, later.record)
        return later

    def seen_by(self, clearance: Clearance) -> Organisation:
        """The same organisation as somebody with this clearance sees it: without the acts classified above it."""
        record = seen(self.record, clearance)
        return self if record is self.record else self.with_record(record)

    def with_record(self, record: Record) -> Organisation:
        """The same organisation with another record, such as one that goes on from its own. What was answered before is
        made again only where the two differ.
        """
        later = replace(self, record=record)
        later.__dict__["_standings"] = self._standings.of(record)
        return later

    def with_standing(self, record: Record, now: Standing) -> Organisation:
        """The same organisation with another record, and how all stands by it as known now."""
        later = replace(self, record=record)
        later.__dict__["_standings"] = _Standings(self.charter, record, now, {None: now})
        return later

    def with_rule(
        self, rule: str | Rule | Mapping[str, Any], organ: str | None = None, matter: str | None = None
    ) -> Organisation:
        """The organisation as it would be if an organ decided by another rule: a ready one by its name, such as
        `no-veto`, or one as a charter has it. Of a `matter`, or of the usual ones; the organ where there are several.
        Everything can be asked of it that can be asked of this one. NotFound or BadInput where there is no such rule.
        """
        name = organ_meant(self.questions(), organ)
        if isinstance(rule, str):
            change = rule_alone(rule, self.weights.names())
        else:
            other = rule if isinstance(rule, Rule) else rule_from(rule)
            change = lambda _: other  # noqa: E731 - a change that looks at nothing
        return replace(self, charter=with_rules(self.charter, name, change, matter))

    @cached_property
    def _standings(self) -> _Standings:
        return _Standings(self.charter, self.record)


class _Standings:
    """Standings by the day as known on: a few, since it is a free date. From the last recorded day on they are one. Each
    is made from the one before, as far as the two are alike.
    """

    def __init__(
        self,
        charter: Charter,
        record: Record,
        last: Standing | None = None,
        kept: Mapping[date | None, Standing] = MappingProxyType({}),
    ) -> None:
        self._charter, self._record, self._last = charter, record, last
        self._kept = dict(kept)

    def __call__(self, known: date | None) -> Standing:
        day = None if known is None or known >= self._record.last_recorded else known
        if day not in self._kept:
            if len(self._kept) >= 16:
                self._kept.clear()
            self._last = self._kept[day] = Standing(self._charter, self._record.known(day), self._last)
        return self._kept[day]

    def of(self, record: Record) -> _Standings:
        """Those of another record."""
        return _Standings(self._charter, record, self._last)

    def adding(self, entry: AnyAct, record: Record) -> _Standings:
        """Those of the record with a further entry."""
        later = _Standings(self._charter, record, self._last)
        now = self._kept.get(None)
        plain = repaired(entry) is None and not self._record.repairs(entry.id)
        if now is not None and plain:  # then it is live, and so is whatever was
            live = record if now.record is self._record else now.record.adding(entry)
            later._last = later._kept[None] = Standing(self._charter, live, now)
        return later


@dataclass(frozen=True)
class Moment:
    """An organisation on one day, as known on another."""

    organisation: Organisation
    on: date
    known: date | None = None

    def who(self, question: str) -> Answer:
        """Who held an office, filled an organ's seats, or how a state stood. NotFound for no such name."""
        return self.organisation.questions(self.known).who(question, self.on)

    def __repr__(self) -> str:
        known = f" as known on {self.known}" if self.known else ""
        return f"<{self.organisation.name} on {self.on}{known}>"


def _day(value: str | date) -> date:
    if isinstance(value, date):
        return value
    try:
        return parse_day(value)
    except ValueError as error:
        raise BadInput([Problem("date", 0, str(error))]) from error
