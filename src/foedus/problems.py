"""What is wrong with something a person wrote, as values; and the few exceptions that carry them.

FoedusError
├── BadInput     files or arguments were refused; carries every Problem found
└── NotFound     a name that exists nowhere; carries what would have been right
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a file or an argument: where it is, what is wrong, what would be right."""

    file: str
    line: int
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}" + (f" {self.remedy}" if self.remedy else "")


class FoedusError(Exception):
    """Anything Foedus refuses, said in a sentence for people."""


class BadInput(FoedusError):  # noqa: N818 - reads as what it says
    """Input was refused. `problems` holds every fault found, in order of file and line; never empty."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFound(FoedusError):  # noqa: N818 - reads as what it says
    """A name that exists nowhere: what was asked for, and the names that do exist. `hint` says what would be right
    where the nearest name does not.
    """

    def __init__(self, what: str, name: str, known: Iterable[str], hint: str = "") -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        super().__init__(f"There is no {what} “{name}”. {hint or suggest(name, self.known)}".rstrip())


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The existing name most like `name`, or None where none is alike."""
    found = process.extractOne(name.lower(), {k: k.lower() for k in known}, score_cutoff=60)
    return None if found is None else str(found[2])


def suggest(name: str, known: Iterable[str]) -> str:
    """“Did you mean …?”, or the list of what exists where nothing is alike."""
    names = sorted(set(known))
    close = nearest(name, names)
    if close is not None:
        return f"Did you mean “{close}”?"
    if not names:
        return ""
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"What exists: {shown}."


class Anything(frozenset[str]):
    """A set of names that holds every name: what may stand in a file that could not be read."""

    def __contains__(self, _: object) -> bool:
        return True


ANYTHING = Anything()
