"""Who chairs, over the same narrative: Foedus, a loop written for this one article, and clingo where it is installed.

Every contender runs in a process of its own. First all answers are compared, who chairs at the end of every day; then
the times are printed, from validated entries (or facts) in memory to finished answers, as ratios. Foedus and the loop
give a reason with every answer, clingo gives none.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench import entries, loop
from bench.narrative import Narrative, day_of, narrative

from foedus.engine.standing import Standing

SIZES = ((10_000, 6), (10_000, 60), (10_000, 600), (100_000, 6))
SLOW = 1_000_000  # acts times states from which on clingo is left out: it takes minutes and gigabytes
Answers = Iterable[tuple[int, str | None, str | None]]  # from which day on, which state, which person


def foedus(told: Narrative) -> Callable[[], Answers]:
    acts = entries.entries(told)
    charter = entries.charter()

    def run() -> Answers:
        record = entries.record(told, acts)
        for segment in Standing(charter, record).office(entries.OFFICE).segments:
            holder = next((p.holder for p in segment.possible), None)
            yield _number(segment.start), holder.state if holder else None, holder.person if holder else None

    return run


def plain_loop(told: Narrative) -> Callable[[], Answers]:
    acts = entries.entries(told)
    return lambda: ((_number(s.start), s.state, s.person) for s in loop.chair(acts))


def clingo(told: Narrative) -> Callable[[], Answers]:
    import clingo as asp  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415 - a peer, not a part

    facts = [f"last({told.days})."]
    facts += [f'regular({s.day},"{s.host}").' for s in told.sessions if s.regular]
    facts += [f'designation({d.day},{d.session},"{d.to}").' for d in told.designations]
    facts += [f'member("{m.state}",{m.start},{m.end}).' for m in told.members]
    facts += [f'head("{h.state}","{h.person}",{h.start},{h.end}).' for h in told.heads]
    program = (Path(__file__).parent / "chair.lp").read_text("utf-8") + "\n".join(facts)

    def run() -> Answers:
        control = asp.Control(["--warn=none"])
        control.add("base", [], program)
        control.ground([("base", [])])
        with control.solve(yield_=True) as models:
            shown = [atom for model in models for atom in model.symbols(shown=True)]
        told_by = {a.arguments[0].number: (a.arguments[1].string, a.arguments[2].string) for a in shown}
        return ((day, *told_by.get(day, (None, None))) for day in range(1, told.days + 1))

    return run


CONTENDERS: dict[str, Callable[[Narrative], Callable[[], Answers]]] = {
    "loop": plain_loop,
    "foedus": foedus,
    "clingo": clingo,
}


def _number(day: date) -> int:
    return max((day - day_of(0)).days, 0)


def measure(contender: str, acts: int, states: int) -> dict[str, Any]:
    """Answers as a digest over every day, seconds, and the memory of the whole process in megabytes."""
    run = CONTENDERS[contender](narrative(acts, states))
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    segments = list(run())
    seconds = time.perf_counter() - start
    digest, at = hashlib.sha256(), 0
    for day in range(1, acts + 1):
        while at + 1 < len(segments) and segments[at + 1][0] <= day:
            at += 1
        state, person = segments[at][1:] if segments and segments[at][0] <= day else (None, None)
        digest.update(f"{day} {state if person else None} {person}\n".encode())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"answers": digest.hexdigest(), "seconds": seconds, "memory": memory}


def main() -> int:
    print("chair: who chairs at the end of every day; seconds from acts in memory to answers")
    for acts, states in SIZES:
        found: dict[str, dict[str, Any]] = {}
        for name in CONTENDERS:
            if name == "clingo" and (find_spec("clingo") is None or acts * states >= SLOW):
                continue
            command = [sys.executable, "-m", "bench.chair", name, str(acts), str(states)]
            found[name] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)  # noqa: S603
        if len({each["answers"] for each in found.values()}) > 1:
            print(f"{acts} x {states}: the answers differ: {found}")
            return 1
        base = found["loop"]["seconds"]
        told = ", ".join(
            f"{name} {each['seconds']:.2f} s ({each['seconds'] / base:.1f} x the loop, {each['memory']} MB)"
            for name, each in found.items()
        )
        print(f"{acts} acts x {states} states, {len(found)} agree on every day: {told}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
    else:
        sys.exit(main())
