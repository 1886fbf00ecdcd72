"""Ballots as cast, and the positions they count as: one letter a member, so that tallies are counts of letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal, get_args

from foedus.decisions.electorate import Voter
from foedus.decisions.rule import Ballots, Uniform

Choice = Literal[
    "yes", "no", "abstain", "declared-abstain", "absent", "silent", "object", "object-absent", "reserve"
]
CHOICES: Final[tuple[str, ...]] = get_args(Choice)

YES, NO, ABSTAIN, DECLARED, ABSENT, AFAR, VOTELESS, UNKNOWN = b"ynad.ox?"
"""Positions. AFAR objects without being there; VOTELESS is in the base without a vote; UNKNOWN is not recorded."""

POSITION: Final[Mapping[str, int]] = {
    "yes": YES,
    "no": NO,
    "abstain": ABSTAIN,
    "declared-abstain": DECLARED,
    "absent": ABSENT,
}
WORD: Final[Mapping[int, str]] = {
    YES: "yes",
    NO: "no",
    ABSTAIN: "abstained",
    DECLARED: "abstained and said so formally",
    ABSENT: "absent",
    AFAR: "objected without being there",
    VOTELESS: "without a vote",
    UNKNOWN: "not recorded",
}
PRESENT: Final = frozenset((YES, NO, ABSTAIN, DECLARED))
VOTING: Final = frozenset((YES, NO))
ENTITLED: Final = PRESENT | {ABSENT, AFAR}
TALLIES: Final[Mapping[str, frozenset[int]]] = {
    "yes": frozenset({YES}),
    "no": frozenset({NO, AFAR}),
    "abstain": frozenset({ABSTAIN}),
    "declared-abstain": frozenset({DECLARED}),
    "absent": frozenset({ABSENT}),
    "not yes": ENTITLED - {YES},
}
Table = Mapping[str | None, int]  # what each choice counts as; None is a ballot that is not recorded


def table(says: Ballots, voter: Voter, *, voteless: bool) -> Table:
    """What each choice of a voter counts as."""
    if voteless:
        return dict.fromkeys((None, *CHOICES), VOTELESS)
    kind: Uniform = next((says.per_class[c] for c in sorted(voter.classes) if c in says.per_class), says)
    must = any(status in voter.statuses for status in says.must_abstain)
    absent = POSITION[kind.absent]
    found: dict[str | None, int] = {
        "yes": YES,
        "reserve": YES,
        "no": NO,
        "abstain": POSITION[kind.abstain],
        "declared-abstain": DECLARED,
        "absent": absent,
        "silent": POSITION[kind.silent] if kind.silent is not None else absent,
        "object": POSITION[kind.object_],
        "object-absent": AFAR,
        None: UNKNOWN,
    }
    if must:
        held = found["abstain"]
        found |= {c: held for c in CHOICES if c not in {"absent", "silent"}}
    return found


def possible(of: Table) -> frozenset[int]:
    """The positions that an unrecorded ballot may turn out to be: those of the common choices."""
    if of[None] == VOTELESS:
        return frozenset({VOTELESS})
    return frozenset(of[choice] for choice in ("yes", "no", "abstain", "absent"))


def uniform(tables: Iterable[tuple[str, Table]], ballots: Mapping[str, str]) -> bytes:
    """The position of each voter, in order. KeyError for a choice that does not exist."""
    get = ballots.get
    return bytes([table[get(voter)] for voter, table in tables])
