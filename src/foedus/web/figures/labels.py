"""Names at the ends of lines, moved apart so that each can be read."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST, LONGEST_CODE = 14, 4  # letters


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Places as near as may be to those wanted, in the same order, `gap` from each other and from `low` to `high`. There
    must be room for all of them.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed: dict[int, float] = {}
    next_free = low
    for at in order:
        placed[at] = max(wanted[at], next_free)
        next_free = placed[at] + gap
    last_free = high
    for at in reversed(order):
        placed[at] = min(placed[at], last_free)
        last_free = placed[at] - gap
    return tuple(placed[at] for at in range(len(wanted)))


def short(codes: Sequence[str], names: Sequence[str], most: int) -> str:
    """What a line is called in little room: the name of one, if it is short; else up to `most` codes, or one fewer and how
    many more there are.
    """
    if len(codes) == 1:
        name = names[0] if len(names[0]) <= LONGEST else codes[0]
        return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    shown = codes if len(codes) <= most else codes[: most - 1]
    if any(len(code) > LONGEST_CODE for code in shown):
        return f"{len(codes)} members"
    more = len(codes) - len(shown)
    return ", ".join(shown) + (f" +{more}" if more else "")
