"""How a body decides: rules as data, and whether ballots carry a matter under them. Knows no charter and no record."""

from __future__ import annotations

from foedus.decisions.chamber import Chamber, assemble
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Cited, Facts
from foedus.decisions.outcome import outcome
from foedus.decisions.rule import Rule
from foedus.decisions.verdict import Outcome, judged

__all__ = ["Chamber", "Cited", "Facts", "Outcome", "Rule", "Voter", "assemble", "judged", "outcome"]
