"""How much one may ask: a bucket for each who asks, that fills by so many requests a minute."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MINUTE = 60.0
MOST_KEPT = 10_000  # buckets; those that are full again are forgotten first


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a minute's requests. `wait`: seconds until the next may be made, 0 where it may be now; `full`:
    seconds until all may.
    """

    allowed: bool
    a_minute: int
    remaining: int
    wait: int
    full: int


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float
    a_minute: int

    def filled(self, now: float, a_minute: int) -> float:
        return min(float(a_minute), self.level + (now - self.at) * a_minute / MINUTE)


class Limits:
    """Buckets in this process. Threads may share them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._buckets: dict[str, _Bucket] = {}

    def take(self, who: str, a_minute: int) -> Left:
        """Take one request out of somebody's bucket, if there is one in it."""
        with self._lock:
            now = self._clock()
            bucket = self._buckets.get(who) or _Bucket(float(a_minute), now, a_minute)
            level = bucket.filled(now, a_minute)
            allowed = level >= 1
            if allowed:
                level -= 1
            if who not in self._buckets and len(self._buckets) >= MOST_KEPT:
                self._forget(now)
            self._buckets[who] = _Bucket(level, now, a_minute)
        rate = a_minute / MINUTE
        wait = 0 if allowed else max(1, math.ceil((1 - level) / rate))
        return Left(allowed, a_minute, int(level), wait, math.ceil((a_minute - level) / rate))

    def _forget(self, now: float) -> None:
        """Drop the buckets that are full again; where none is, those that were used the longest ago."""
        full = [who for who, b in self._buckets.items() if b.filled(now, b.a_minute) >= b.a_minute]
        oldest = sorted(self._buckets, key=lambda who: self._buckets[who].at)[: MOST_KEPT // 10]
        for who in full or oldest:
            del self._buckets[who]
