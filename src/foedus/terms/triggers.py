"""What sets a duty off, and what each of these is besides: aggression is an armed attack, and an armed attack a threat.

So a request that alleges aggression, or an organ that finds it, sets off whatever an armed attack or a threat sets off
too; and one that speaks of a threat sets off nothing that takes an attack.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Trigger = Literal["aggression", "armed attack", "threat"]

_IS: Mapping[Trigger, frozenset[Trigger]] = {
    "aggression": frozenset({"aggression", "armed attack", "threat"}),
    "armed attack": frozenset({"armed attack", "threat"}),
    "threat": frozenset({"threat"}),
}
A_TRIGGER: Mapping[Trigger, str] = {
    "aggression": "aggression",
    "armed attack": "an armed attack",
    "threat": "a threat",
}


def sets_off(said: Trigger | None, trigger: Trigger) -> bool:
    """Whether what was alleged or found is, among other things, what a duty takes; nothing said is nothing set off."""
    return said is not None and trigger in _IS[said]


def gravity(trigger: Trigger) -> int:
    """How grave a trigger is: the more others it is besides, the graver."""
    return len(_IS[trigger])
