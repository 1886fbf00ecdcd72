"""Those who answer the narrative, each in a process of its own: who chairs at the end of each day.

    python -m bench.contenders NAME ACTS STATES FILE

prints, as JSON, the seconds of processor time that reading and evaluating took and the peak memory after them, and
writes the answers to FILE, a line a day. Each imports what it needs and no more, so that its memory is its own.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.narrative import Narrative, day_of, narrative

HERE = Path(__file__).parent
NOBODY = "- -"
Clock = Callable[[], float]
Figures = dict[str, float]


def foedus(told: Narrative) -> tuple[Figures, list[str]]:
    from bench import entries

    from foedus.engine.standing import Standing

    clock = _clock()
    charter, record = entries.charter(), entries.record(told.days, entries.entries(told))
    read = clock()
    timeline = Standing(charter, record.known(None)).office(entries.OFFICE)
    figures = _figures(read, clock())
    answers = []
    for day in range(1, told.days + 1):
        segment = timeline.at(day_of(day))
        holder = segment.possible[0].holder
        assert holder is None or segment.status == "certain"
        answers.append(f"{holder.state} {holder.person}" if holder is not None else NOBODY)
    return figures, answers


def loop(told: Narrative) -> tuple[Figures, list[str]]:
    from bench.entries import entries
    from bench.loop import chair

    clock = _clock()
    acts = entries(told)
    read = clock()
    segments = chair(acts)
    figures = _figures(read, clock())
    starts = [segment.start for segment in segments]
    answers = []
    for day in range(1, told.days + 1):
        segment = segments[bisect_right(starts, day_of(day)) - 1] if day_of(day) >= starts[0] else None
        known = segment is not None and segment.state is not None
        answers.append(f"{segment.state} {segment.person}" if segment is not None and known else NOBODY)
    return figures, answers


def clingo(told: Narrative) -> tuple[Figures, list[str]]:
    return _clingo(told, "chair.lp")


def clingo_by_hand(told: Narrative) -> tuple[Figures, list[str]]:
    return _clingo(told, "by-hand.lp")


def _clingo(told: Narrative, program: str) -> tuple[Figures, list[str]]:
    from clingo import Control, Model

    clock = _clock()
    control = Control(["--warn=none"])
    control.add("base", [], "\n".join([*_facts(told), (HERE / program).read_text()]))
    read = clock()
    answers = [NOBODY] * told.days
    found: list[Any] = []

    def keep(model: Model) -> None:
        found.extend(model.symbols(shown=True))

    control.ground([("base", [])])
    control.solve(on_model=keep)
    figures = _figures(read, clock())
    for symbol in found:
        day, state, person = symbol.arguments
        answers[day.number - 1] = f"{state.name} {person.name}"
    return figures, answers


def prolog(told: Narrative) -> tuple[Figures, list[str]]:
    with tempfile.NamedTemporaryFile("w", suffix=".pl") as facts:
        facts.write("\n".join(sorted(_facts(told))) + "\n")
        facts.flush()
        done = subprocess.run(
            ["swipl", HERE / "chair.pl", "--", facts.name], capture_output=True, text=True, check=True
        )
    times, *answers = done.stdout.splitlines()
    read, evaluated = map(float, times.split())
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"read": read, "evaluate": evaluated, "peak": peak}, answers


def _facts(told: Narrative) -> Iterator[str]:
    yield f"last({told.days})."
    yield from (f"regular({s.day},{s.host})." for s in told.sessions if s.regular)
    yield from (f"designation({d.day},{d.session},{d.to})." for d in told.designations)
    yield from (f"party({m.state},{m.start},{m.end})." for m in told.members)
    yield from (f"head({h.state},{h.person},{h.start},{h.end})." for h in told.heads)


def _clock() -> Clock:
    """Gives the seconds of processor time since it was asked last; what was read by then is not searched for rubbish
    again, as in a server that has read its organisations.
    """
    last = time.process_time()

    def clock() -> float:
        nonlocal last
        taken = time.process_time() - last
        gc.collect()
        gc.freeze()
        last = time.process_time()
        return taken

    return clock


def _figures(read: float, evaluated: float) -> Figures:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"read": read, "evaluate": evaluated, "peak": peak}


CONTENDERS = {c.__name__: c for c in (foedus, loop, clingo, clingo_by_hand, prolog)}


def main() -> None:
    name, acts, states, file = sys.argv[1:]
    figures, answers = CONTENDERS[name](narrative(int(acts), int(states)))
    Path(file).write_text("\n".join(answers) + "\n")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
