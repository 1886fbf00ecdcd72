"""A register of 100,000 acts reloaded and asked who chaired, each time in a new process: plainly, and from a snapshot.

python -m bench.reload          about a minute; FOEDUS_BENCH_ACTS=10000 for less
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import entries
from bench.narrative import Narrative, day_of, narrative

from foedus.record.acts import AnyAct
from foedus.record.canonical import plain
from foedus.register.envelope import ActEnvelope, TextEnvelope, hashed, written
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Submission

ACTS = int(os.environ.get("FOEDUS_BENCH_ACTS", "100000"))
STATES = {"s0": "AUT", "s1": "BEL", "s2": "CHE", "s3": "DNK", "s4": "EST", "s5": "FIN"}
NAMES_A_STATE = ("party", "state", "host", "to")
SESSIONS = """
```rule
{id: sessions, kind: session, organ: council, types: [regular, special], in force: {from: first}, basis: seen}
```
"""
RECORDED = {"recorded": "2025-06-01", "recorded by": "the bench", "evidence": [{"source": "page"}]}
SINCE: dict[
    str, dict[str, object]
] = {  # one that bears on no timeline, and one that bears on the one asked for
    "statement": {"by": {"state": "AUT"}, "says": "more"},
    "session": {"organ": "council", "type": "regular", "on": "1850-02-01", "host": "AUT"},
}
# What no reload can do without.
BARE = """
import apsw, json, sys
for (entry,) in apsw.Connection(sys.argv[1]).execute("SELECT entry FROM entries ORDER BY seq"): json.loads(entry)
"""
FOEDUS = ("-c", "from foedus.cli import main; main()")
RUNS = 3


def register(path: Path, acts: int = ACTS) -> None:
    """A register of so many acts and their organisation's texts, in a file."""
    told = narrative(acts, len(STATES))
    texts = {
        "organisation.yaml": head(told),
        "sources.yaml": "page: {kind: agency}\n",
        "charter.md": entries.CHARTER + SESSIONS,
    }
    data = {file: text.encode() for file, text in texts.items()}
    rows = [written(TextEnvelope(file=file, sha256=hashed(text))) for file, text in data.items()]
    rows += [
        written(ActEnvelope(file="record/acts.yaml", act=act)) for act in in_the_world(entries.entries(told))
    ]
    with SqliteRegister(path, "bench") as into:
        into.submit(Submission(tuple(rows[:3]), attachments=tuple(data.values())))
        for start in range(3, len(rows), 10_000):
            into.append(rows[start : start + 10_000])


def put(path: Path, act: dict[str, object]) -> None:
    """Append an act to the register."""
    with SqliteRegister(path, "bench") as into:
        into.append([written(ActEnvelope(file="record/later.yaml", act=act))])


def in_the_world(acts: tuple[AnyAct, ...]) -> Iterator[dict[str, object]]:
    """The acts as they are written, of states that there are."""
    for act in acts:
        says = json.loads(json.dumps(plain(act)))
        yield says | {key: STATES[says[key]] for key in NAMES_A_STATE if key in says}


def head(told: Narrative) -> str:
    kinds = ("membership", "national-office", "session", "designation")
    coverage = "".join(f"\n  - {{kind: {kind}, grade: complete}}" for kind in kinds)
    return (
        f"id: bench\nname: Bench\nshort: B\ninstruments: [charter.md]\nrecord to: {day_of(told.days)}\n"
        f"coverage:{coverage}\n"
    )


class Run(NamedTuple):
    """A command in a new process: the fewest seconds by the clock, and of the processor; and what it said."""

    clock: float
    used: float
    said: str


def run(what: str, *arguments: str, runs: int = RUNS) -> Run:
    """A command, printed."""
    made = [_once(*arguments) for _ in range(runs)]
    best = Run(min(each.clock for each in made), min(each.used for each in made), made[-1].said)
    print(f"  {what}: {best.clock:.2f} s by the clock, {best.used:.2f} s of the processor", flush=True)
    return best


def _once(*arguments: str) -> Run:
    began, used = time.perf_counter(), _used()
    said = subprocess.run((sys.executable, *arguments), check=True, capture_output=True, text=True).stdout
    return Run(time.perf_counter() - began, _used() - used, said)


def _used() -> float:
    """Seconds of the processor that processes took which have ended."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def main() -> dict[str, float]:
    """Prints all, and gives the seconds by the clock of what has a target."""
    folder = Path(tempfile.mkdtemp(prefix="foedus-bench-"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as where Foedus is installed: compiled once
    os.environ |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "FOEDUS_SNAPSHOTS": str(folder / "kept")}
    database = str(folder / "acts.db")
    try:
        register(Path(database))
        print(
            f"A register of {ACTS:,} acts in new processes, Python's start included (load {os.getloadavg()[0]:.0f}):"
        )
        _once(*FOEDUS, "--version")
        run("foedus --version", *FOEDUS, "--version")
        bare = run("its rows read and parsed, no more", "-c", BARE, database)
        asked = (*FOEDUS, "who", database, entries.OFFICE, "--on", day_of(ACTS // 2).isoformat())
        whole = run("who, all read", *asked)
        whys = [run("who --why, all read", *asked, "--why").said, _once(*asked, "--json").said]
        run("foedus register snapshot", *FOEDUS, "register", "snapshot", database, runs=1)
        kept = run("who, from the snapshot", *asked)
        again = [run("who --why, from the snapshot", *asked, "--why").said, _once(*asked, "--json").said]
        if (whole.said, whys) != (kept.said, again):
            raise SystemExit("The answer from the snapshot is another.")
        for what, act in SINCE.items():
            put(Path(database), {**RECORDED, "id": what, "kind": what, **act})
            run(f"who, after a {what} came since the snapshot", *asked)
        print(f"  all read, beside the bare rows: {whole.used / bare.used:.1f} times  (wanted: 5 s)")
        print(
            f"  all read, beside the snapshot: {whole.used / kept.used:.1f} times  (wanted of the snapshot: 1 s)"
        )
        return {"reload": whole.clock, "snapshot": kept.clock}
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
