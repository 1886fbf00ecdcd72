"""Rival readings of a rule against the record: with what each agrees, with what not, and where they part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from foedus.accounts.absences import Absences
from foedus.accounts.chairs import Chairs
from foedus.accounts.trials import VERDICTS, Json, Trial, Verdict, View, carries, under
from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AS_WRITTEN, AnyRule, Holding, Office, Reading
from foedus.charter.readings import readable_rules, reading, reading_names, said_of
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.problems import NotFound
from foedus.terms.states import state_name
from foedus.terms.words import listed

_VERBS: dict[Verdict, str] = {
    "differs": "differs from",
    "depends": "hangs on what is vague for",
    "open": "leaves open",
    "not-in-force": "is no reading of the text of",
}


class Parting(NamedTuple):
    """Days over which the readings part in the same way: groups of readings that give the same."""

    start: date
    end: date | None
    groups: tuple[tuple[str, ...], ...]

    def to_json(self) -> Json:
        """The parting as published in `schemas/readings.json`."""
        return {
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "groups": [list(group) for group in self.groups],
        }


@dataclass(frozen=True, slots=True)
class Measured:
    """A reading (None: nothing is on file of who holds the rule as written) held against every case on record."""

    name: str
    says: str
    reading: Reading | None
    trials: tuple[Trial, ...]

    @property
    def tally(self) -> dict[Verdict, int]:
        """How many cases came to which verdict."""
        counts = Counter(test.verdict for test in self.trials)
        return {verdict: counts[verdict] for verdict in VERDICTS}

    @property
    def holders(self) -> str:
        """Who holds it, in words; empty where that is not on file."""
        return listed([held(each) for each in self.reading.held_by]) if self.reading else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the reading and of who holds it."""
        if self.reading is None:
            return ()
        of_holders = (source for each in self.reading.held_by for source in each.sources)
        return tuple(dict.fromkeys((*self.reading.sources, *of_holders)))

    def summary(self, counted: str) -> str:
        """With how many cases it agrees: `agrees with 3 of 20 hand-overs; differs from 17`."""
        tally = self.tally
        said = [f"{verb} {tally[verdict]}" for verdict, verb in _VERBS.items() if tally[verdict]]
        total = f"{len(self.trials)} {counted}{'' if len(self.trials) == 1 else 's'}"
        return "; ".join([f"agrees with {tally['agrees']} of {total}", *said])

    def to_json(self) -> Json:
        """The reading as published in `schemas/readings.json`."""
        return {
            "name": self.name,
            "says": self.says,
            "held by": [_holding_json(each) for each in self.reading.held_by] if self.reading else [],
            "basis": self.reading.basis if self.reading else None,
            "sources": list(self.reading.sources) if self.reading else [],
            "note": self.reading.note if self.reading else "",
            "tally": dict(self.tally),
            "cases": [test.to_json() for test in self.trials],
        }


@dataclass(frozen=True, slots=True)
class RuleRead:
    """A rule with its readings. `counted` is the word for what they are held against; `beside`, the sessions at which a
    member was absent and no decision is on record.
    """

    rule: RuleInForce[AnyRule]
    counted: Literal["hand-over", "decision"]
    readings: tuple[Measured, ...]
    partings: tuple[Parting, ...]
    beside: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """The rule as published in `schemas/readings.json`."""
        return {
            "rule": self.rule.says.id,
            "citation": self.rule.citation,
            "counted": self.counted,
            "readings": [each.to_json() for each in self.readings],
            "partings": [each.to_json() for each in self.partings],
            "without decision": list(self.beside),
        }


def rules_read(standing: Standing, wanted: str | None = None) -> tuple[RuleRead, ...]:
    """Every rule that carries readings, or the one named, against the record as known. NotFound for no such rule."""
    rules = readable_rules(standing.charter)
    if wanted is not None and wanted not in rules:
        raise NotFound("rule that carries readings", wanted, rules)
    return tuple(_measured(standing, rule) for rule in rules if wanted in {None, rule})


def _measured(standing: Standing, name: str) -> RuleRead:
    versions = tuple(
        sorted(
            (r for r in standing.charter.as_written.rules if r.says.id == name), key=lambda r: r.period.start
        )
    )
    names = reading_names(standing.charter, name)
    found = (
        Chairs(standing, versions) if isinstance(versions[0].says, Office) else Absences(standing, versions)
    )
    said = dict(said_of(standing.charter, name))
    measured = tuple(
        Measured(each, said[each], _latest(versions, each), tuple(found.trials(each))) for each in names
    )
    return RuleRead(versions[-1], found.counted, measured, tuple(parted(found.views(names))), found.beside)


def other_readings(standing: Standing, office: str, day: date) -> tuple[tuple[str, str], ...]:
    """What other readings of the rule on an office give on a day, where that is not what the one asked under gives: the
    holder, or whom the general rule by itself would seat. By their names, those that give the same together.
    """
    rule = next((v for v in standing.office_rules(office) if v.period.holds(day)), None)
    if rule is None or not rule.says.readings:
        return ()
    chairs = Chairs(standing, standing.charter.as_written.versions_of(rule.says.id))
    chosen = dict(standing.charter.readings).get(rule.says.id, AS_WRITTEN)
    ours = _given(standing, chairs, chosen, day)
    found: dict[str, list[str]] = {}
    for name in reading_names(standing.charter, rule.says.id):
        if name != chosen and carries(rule, name):
            given = _given(standing, chairs, name, day)
            if given != ours:
                found.setdefault(_told(given, ours), []).append(name)
    return tuple((listed(names), said) for said, names in found.items())


def _given(standing: Standing, chairs: Chairs, name: str, day: date) -> tuple[str, str]:
    """Who holds the office on a day under a reading, and whom the general rule by itself then seats; in words."""
    voice = Voice(standing.record, standing.title)
    segment = under(standing, chairs.id, name).office(chairs.office).at(day)
    holders = sorted({voice.holder(each.holder) for each in segment.possible})
    return f"{segment.status.replace('-', ' ')}: {listed(holders, 'or')}", chairs.said_of_day(name, day)


def _told(given: tuple[str, str], ours: tuple[str, str]) -> str:
    who = "the same" if given[0] == ours[0] else given[0]
    return f"{who}; the general rule by itself gives {given[1]}" if given[1] else who


def _latest(versions: Sequence[RuleInForce[AnyRule]], name: str) -> Reading | None:
    found = (reading(version.says, name) for version in reversed(versions))
    return next((each for each in found if each is not None), None)


def parted(views: Iterable[View]) -> Iterator[Parting]:
    """Where readings part, from what each gives over days in order: days in a row on which they part alike are one."""
    for groups, alike in groupby(views, key=lambda view: _groups(view.of)):
        run = list(alike)
        if len(groups) > 1:
            yield Parting(run[0].start, run[-1].end, groups)


def _groups(of: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    groups: dict[str, list[str]] = {}
    for name, given in of.items():
        groups.setdefault(given, []).append(name)
    return tuple(tuple(names) for names in groups.values())


def held(holding: Holding) -> str:
    """Who holds a reading, in words: `Sergei Aleinik, Belarus (2023)`."""
    state = state_name(holding.state) if holding.state else ""
    who = ", ".join(part for part in (holding.person, state, "practice" if holding.practice else "") if part)
    beside = [str(holding.in_)] if holding.in_ else []
    return (
        f"{who} ({', '.join([*beside, *([holding.note] if holding.note else [])])})"
        if beside or holding.note
        else who
    )


def _holding_json(holding: Holding) -> Json:
    return {
        "state": holding.state,
        "person": holding.person or None,
        "practice": holding.practice,
        "in": holding.in_,
        "sources": list(holding.sources),
        "note": holding.note,
    }
