"""Single members whose change would turn the outcome over."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.decisions.ballots import UNKNOWN
from foedus.decisions.chamber import Chamber


@dataclass(frozen=True, slots=True)
class Flip:
    """A member that holds a position, and those of the others it could take that would turn the outcome over."""

    voter: str
    held: int
    to: tuple[int, ...]


def flips(chamber: Chamber, positions: bytes, chair: int | None = None) -> tuple[Flip, ...]:
    """Who alone could turn the outcome over, and how, in the order of the members; none where ballots are not recorded."""
    if UNKNOWN in positions:
        return ()
    now = chamber.settled(positions, chair)
    found: dict[int, tuple[int, ...]] = {}
    for equals in chamber.classes_of_equals(positions):
        groups = [equals] if chair not in equals else [tuple(i for i in equals if i != chair), (chair,)]
        for group in groups:
            if group and (to := _turns(chamber, positions, chair, group[0], now=now)):
                found |= dict.fromkeys(group, to)
    voters = chamber.voters
    return tuple(Flip(voters[i].id, positions[i], found[i]) for i in sorted(found))


def _turns(
    chamber: Chamber, positions: bytes, chair: int | None, place: int, *, now: bool | None
) -> tuple[int, ...]:
    held, head, tail = positions[place], positions[:place], positions[place + 1 :]
    others = sorted(chamber.may_be[place] - {held})
    return tuple(to for to in others if chamber.settled(b"%b%c%b" % (head, to, tail), chair) is not now)
