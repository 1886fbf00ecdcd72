"""100,000 acts in memory and answered: one more that comes in late, questions, explanations; and the cost of an act.

python -m bench.late
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random

from bench import entries
from bench.narrative import Lasting, Narrative, day_of, narrative

from foedus.engine.standing import Standing
from foedus.record.acts import AnyAct
from foedus.secretariat import Organisation

ACTS, STATES, TIMES = 100_000, 6, 40
SMALLER = ACTS // 10
MILLI, MICRO = 1e3, 1e6


def main() -> dict[str, float]:
    """Prints all, and gives the seconds of what has a target: the median, by name."""
    acts_each = {acts: _folded(acts)[1] / acts for acts in (SMALLER, ACTS)}
    for acts, seconds in acts_each.items():
        print(f"{acts:>7,} acts with reasons: {seconds * MICRO:.1f} µs an act")
    organisation, _ = _folded(ACTS)
    organisation.standing().office(entries.OFFICE)
    gc.collect()
    gc.freeze()  # as in a server that has read and answered: what is there to stay is not searched for rubbish again
    late: list[float] = []
    for what, acts_of in _late(narrative(ACTS, STATES)).items():
        taken = [_seconds(lambda a=act, d=day: _answered(organisation, a, d)) for act, day in acts_of]  # type: ignore[misc]
        late.append(_printed(f"one backdated {what}, the chair of its day answered again", taken, MILLI))
    questions = organisation.questions()
    days = [day_of(number * ACTS // 2_000 + 1) for number in range(2_000)]
    asked = [_seconds(lambda d=day: questions.who(entries.OFFICE, d)) for day in days]  # type: ignore[misc]
    rows = [questions.who(entries.OFFICE, day).rows[0] for day in days]
    return {
        "late": max(late),
        "who": _printed("who", asked, MICRO),
        "sentences": _printed("why, in sentences", [_seconds(row.because) for row in rows], MICRO),
        "lines": _printed(
            "why, with rules, entries, sources and the weakest of them",
            [_seconds(row.reason_json) for row in rows],
            MICRO,
        ),
        "linear": acts_each[ACTS] / acts_each[SMALLER],
    }


def _folded(acts: int) -> tuple[Organisation, float]:
    """So many acts in memory, and the fewest seconds of three that a timeline of them took."""
    told = narrative(acts, STATES)
    organisation = Organisation(entries.charter(), entries.record(told.days, entries.entries(told)))
    gc.collect()
    gc.freeze()
    return organisation, min(_seconds(lambda: _chair_of(organisation)) for _ in range(3))


def _chair_of(organisation: Organisation) -> object:
    """The chair's timeline, with nothing known of the record but its entries."""
    return Standing(organisation.charter, replace(organisation.record).known(None)).office(entries.OFFICE)


def _late(told: Narrative) -> dict[str, list[tuple[AnyAct, date]]]:
    """Acts that come in after all others, of each kind that bears on the chair, with a day on which they may matter."""
    random = Random(1)  # noqa: S311 - nothing secret
    designated = {d.session for d in told.designations}
    terms = [s.day for s in told.sessions if s.regular and s.day not in designated]
    specials = [s.day for s in told.sessions if not s.regular]
    found: dict[str, list[tuple[AnyAct, date]]] = {}
    for _ in range(TIMES):
        term, day = random.choice(terms), random.choice(specials)
        lasting = Lasting("s1", "s1_late", day, day + 50)
        late = {
            "regular session": entries.session(day, "s1", "regular").model_copy(update={"id": "late"}),
            "designation": entries.designation(term + 1, term, "s1"),
            "head of state": entries.head(lasting),
            "membership": entries.membership(lasting),
        }
        for what, act in late.items():
            found.setdefault(what, []).append((act, day_of(term + 1 if what == "designation" else day)))
    return found


def _answered(organisation: Organisation, act: AnyAct, on: date) -> object:
    """Who chaired on a day, after an act came in."""
    return organisation.adding(act).who(entries.OFFICE, on)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _printed(what: str, taken: list[float], factor: float) -> float:
    """The median, printed."""
    middle, worst = statistics.median(taken), sorted(taken)[-1 - len(taken) // 100]
    unit = {MILLI: "ms", MICRO: "µs"}[factor]
    print(f"{what}: p50 {middle * factor:.1f} {unit}, p99 {worst * factor:.1f} {unit}")
    return middle


if __name__ == "__main__":
    main()
