"""What is given with a question besides the rule, the members and their ballots; all of it may be left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from foedus.decisions.electorate import Voter
from foedus.decisions.rule import Absence
from foedus.decisions.silence import Circulation


@dataclass(frozen=True, slots=True)
class Facts:
    """`absence`: how a member's absence is read; `opening`: who was there when the meeting opened; `chair`: who breaks a tie; `waived`: who was let vote though
    excluded; `preliminary`: ballots on the preliminary question, None where it was not put; `stages`: ballots by stage;
    `format`: `limited` where the decision was taken without some; `format_objections`: who objected to that, None where
    not recorded; `circulation`: of a silence procedure; `disapprovals`: who disapproved afterwards within the days
    given, None where not recorded or the time still runs; `disapprovers`: who may, where these are others than decided.
    """

    absence: Absence = "bars-nothing"
    opening: frozenset[str] | None = None
    chair: str | None = None
    waived: frozenset[str] = frozenset()
    preliminary: Mapping[str, str] | None = None
    stages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    format: Literal["ordinary", "limited"] = "ordinary"
    format_objections: frozenset[str] | None = None
    circulation: Circulation | None = None
    disapprovals: frozenset[str] | None = None
    disapprovers: tuple[Voter, ...] = ()


NOTHING_MORE = Facts()


@dataclass(frozen=True, slots=True)
class Cited:
    """Which rule it is, where it is written, and how its wording is known."""

    name: str = "rule"
    citation: str = ""
    basis: str = ""


UNCITED = Cited()
