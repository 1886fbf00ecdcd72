"""Reads the CSTO and answers 10,000 questions. Prints time and memory; asserts nothing.

    make bench

Each figure is the median of five runs in this process. A bare loop of as many bisections over the same segments stands
beside the answers, so that a figure is also a ratio on the machine of the day.
"""

from __future__ import annotations

import resource
import statistics
import time
from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta

import foedus
from foedus.engine.standing import Standing

RUNS = 5
QUESTIONS = 10_000


def median_seconds(work: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    before = peak_megabytes()
    organisation = foedus.load("csto")
    entries = len(organisation.record.entries)
    read = median_seconds(lambda: foedus.load("csto"))
    print(f"read {entries} entries and {len(organisation.charter.rules)} rules: {read * 1e3:.0f} ms")

    def fold() -> None:
        standing = Standing(organisation.charter, organisation.record)
        for office in standing.offices():
            standing.office(office)
        for organ in standing.organs():
            standing.seats(organ)

    folded = median_seconds(fold)
    print(f"every timeline, with reasons: {folded * 1e3:.1f} ms, {folded / entries * 1e6:.0f} µs an entry")

    days = [date(2003, 1, 1) + timedelta(days=n * 8_400 // QUESTIONS) for n in range(QUESTIONS)]
    questions = organisation.questions()
    answered = median_seconds(lambda: [questions.who("chairman", day) for day in days])
    segments = organisation.standing().office("chairman").segments
    bare = median_seconds(
        lambda: [segments[bisect_right(segments, d, key=lambda s: s.start) - 1] for d in days]
    )
    print(
        f"{QUESTIONS:,} who questions: {answered * 1e3:.0f} ms, {answered / QUESTIONS * 1e6:.1f} µs each, "
        f"{answered / bare:.1f} × a bare bisection"
    )
    told = median_seconds(lambda: [questions.who("chairman", day).to_json() for day in days[::100]])
    print(
        f"{QUESTIONS // 100:,} of them with their reason as JSON: {told / (QUESTIONS // 100) * 1e6:.0f} µs each"
    )
    print(f"memory: {peak_megabytes():.0f} MB at the peak, {before:.0f} MB of it before reading")


if __name__ == "__main__":
    main()
