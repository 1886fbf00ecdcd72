"""What readings of a rule are held against, and what comes of it: a case on record, under one reading, and the verdict."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AS_WRITTEN, AnyRule
from foedus.charter.readings import read_as, reading
from foedus.engine.standing import Standing

Verdict = Literal["agrees", "differs", "depends", "open", "not-in-force"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Json = dict[str, Any]


class Case(NamedTuple):
    """One thing on record that readings are held against: the day, the entry, what it is, and what became of it."""

    on: date
    entry: str
    what: str
    record: str
    entries: tuple[str, ...]


class Trial(NamedTuple):
    """A case under one reading: what it gives, in words and as `view` by which readings are told apart; and the verdict."""

    case: Case
    gives: str
    view: str
    verdict: Verdict

    def to_json(self) -> Json:
        """The test as published in `schemas/readings.json`."""
        return {
            "on": self.case.on.isoformat(),
            "entry": self.case.entry,
            "what": self.case.what,
            "record": self.case.record,
            "gives": self.gives,
            "verdict": self.verdict,
            "entries": list(self.case.entries),
        }


class View(NamedTuple):
    """What each reading gives over some days, by its name."""

    start: date
    end: date | None
    of: dict[str, str]


def under(standing: Standing, rule: str, name: str) -> Standing:
    """The same record under one reading of a rule; made when first asked for."""
    return standing.kept(
        f"read {rule} as {name}", lambda: Standing(read_as(standing.charter, {rule: name}), standing.record)
    )


def carries(version: RuleInForce[AnyRule], name: str) -> bool:
    """Whether a version of a rule can be read so."""
    return name == AS_WRITTEN or reading(version.says, name) is not None
