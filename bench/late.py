"""100,000 acts in memory and answered: one more that comes in late, questions, explanations; and the cost of an act.

python -m bench.late
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from datetime import date
from random import Random

from bench import entries
from bench.narrative import Lasting, Narrative, day_of, narrative

from foedus.record.acts import AnyAct
from foedus.secretariat import Organisation

ACTS, STATES, TIMES = 100_000, 6, 20


def main() -> None:
    for acts in (ACTS // 10, ACTS):
        told = narrative(acts, STATES)
        organisation = Organisation(entries.charter(), entries.record(told.days, entries.entries(told)))
        gc.collect()
        gc.freeze()  # what was read is not searched for rubbish again
        seconds = _seconds(lambda o=organisation: o.standing().office(entries.OFFICE))  # type: ignore[misc]
        print(f"{acts:>7,} acts with reasons: {seconds / acts * 1e6:.1f} µs an act")
    for what, acts_of in _late(told).items():
        taken = [_seconds(lambda a=act, d=day: _answered(organisation, a, d)) for act, day in acts_of]  # type: ignore[misc]
        _print(f"one backdated {what}, the chair of its day answered again", taken)
    questions = organisation.questions()
    days = [day_of(number * ACTS // 2_000 + 1) for number in range(2_000)]
    _print("who", [_seconds(lambda d=day: questions.who(entries.OFFICE, d)) for day in days])  # type: ignore[misc]
    rows = [questions.who(entries.OFFICE, day).rows[0] for day in days]
    _print("an answer's reasons in sentences", [_seconds(row.because) for row in rows])


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


def _print(what: str, taken: list[float]) -> None:
    middle, worst = statistics.median(taken), sorted(taken)[-1 - len(taken) // 100]
    unit, factor = ("ms", 1e3) if middle > 1e-3 else ("µs", 1e6)
    print(f"{what}: p50 {middle * factor:.1f} {unit}, p99 {worst * factor:.1f} {unit}")


if __name__ == "__main__":
    main()
