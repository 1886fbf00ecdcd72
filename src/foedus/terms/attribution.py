"""How strongly a claim is attributed.

official-record > official-website > agency > named-media > unnamed-media > unattributed > inferred > recalled.
A hedged chain counts one step lower, though not as inferred or recalled: a page was read. A chain is as strong as its weakest link, a claim as its best chain,
an answer as the weakest claim it uses. What a source denies, is silent on or only expects supports nothing; only that a
source is silent is supported by its silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Channel = Literal[
    "official-record",
    "official-website",
    "agency",
    "named-media",
    "unnamed-media",
    "unattributed",
    "inferred",
    "recalled",
]
Mode = Literal["plain", "direct-quote", "indirect-speech", "hedged", "expected", "denied", "silent"]

CHANNELS: tuple[Channel, ...] = get_args(Channel)  # strongest first
SUPPORTING: frozenset[Mode] = frozenset({"plain", "direct-quote", "indirect-speech", "hedged"})
OF_SILENCE: frozenset[Mode] = SUPPORTING | {"silent"}  # what supports that a source is silent


def weakest(channels: Iterable[Channel]) -> Channel:
    """The weakest of `channels`; the strongest there is for none."""
    return max(channels, key=CHANNELS.index, default=CHANNELS[0])


def strongest(channels: Iterable[Channel]) -> Channel:
    """The strongest of `channels`; the weakest there is for none."""
    return min(channels, key=CHANNELS.index, default=CHANNELS[-1])


def chain_strength(
    links: Iterable[Channel], mode: Mode, modes: frozenset[Mode] = SUPPORTING
) -> Channel | None:
    """How strong a chain of links is that was told in `mode`, where `modes` support the claim; None where it does not."""
    if mode not in modes:
        return None
    channel = weakest(links)
    if mode == "hedged" and channel not in {"inferred", "recalled"}:
        return CHANNELS[min(CHANNELS.index(channel) + 1, CHANNELS.index("unattributed"))]
    return channel
