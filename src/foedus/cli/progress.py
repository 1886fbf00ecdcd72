"""How far something has come that takes more than a second: on the terminal alone, with the time left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from foedus.power.tally import Progress as Told


@contextmanager
def progress(what: str) -> Iterator[Told]:
    """What to call with the part done, from 0 to 1. Nothing is shown where the errors go to no terminal."""
    shown = Progress(
        TextColumn(f"{what} …"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown:
        task = shown.add_task(what, total=1.0)
        yield lambda done: shown.update(task, completed=done)
