"""What a register holds, as the files of an organisation folder are read."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

from foedus.problems import Problem
from foedus.register.folders import Contents
from foedus.written import Written


class Held:
    """What a register holds, as the files of a folder; whatever is not there is a problem and None."""

    def __init__(self, held: Contents) -> None:
        self.held, self.problems = held, list[Problem]()

    def names(self, sub: str, pattern: str) -> list[str]:
        return sorted(name for name in self.held.texts if PurePath(name).match(f"{sub}{pattern}"))

    def acts(self) -> list[tuple[str, str | Written]]:
        return [(file, Written(file, {"entries": _frozen(acts)})) for file, acts in self.held.acts.items()]

    def texts(self, names: Iterable[str]) -> list[tuple[str, str]]:
        return [(name, text) for name in names if (text := self.read(name)) is not None]

    def read(self, name: str) -> str | None:
        if name not in self.held.texts:
            self.problems.append(Problem(name, 0, "The text is not in the register."))
        return self.held.texts.get(name)


def _frozen(data: Any) -> Any:
    """JSON as files are read: lists as tuples."""
    if isinstance(data, dict):
        return {key: _frozen(value) for key, value in data.items()}
    return tuple(_frozen(value) for value in data) if isinstance(data, list) else data


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """While very many values are made that all stay, Python looks for refuse among them again and again, which takes as
    long as making them. So it does not look meanwhile.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
