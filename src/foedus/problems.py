"""What is wrong with something a person wrote, as values; and the few exceptions that carry them.

FoedusError
├── BadInput     files or arguments were refused; carries every Problem found
├── NotFound     a name that exists nowhere; carries what would have been right
├── Conflict     somebody else wrote in between, or said otherwise before
├── Altered      bytes, signatures or proofs do not hold: something was changed, or never was so
└── Unreachable  what keeps a register does not answer, or is full
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


MOST_TOLD = 200  # of one file, or of one sort; nobody mends more at once, and to find them all takes long
LONGEST = 500


def readable(text: str) -> str:
    """The text on one line, with signs that cannot be shown spelt out, and its middle left out where it is long."""
    line = spelt(" ".join(text.split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST // 2]} … {line[-LONGEST // 2 :]}"


def spelt(text: str) -> str:
    """The text with signs that cannot be shown, such as a line break, spelt out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in a file or an argument: where it is, what is wrong, what would be right; all of it fit to be shown."""

    file: str
    line: int
    what: str
    remedy: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", spelt(self.file))
        object.__setattr__(self, "what", readable(self.what))
        object.__setattr__(self, "remedy", readable(self.remedy))

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
        super().__init__(readable(f"There is no {what} “{name}”. {hint or suggest(name, self.known)}"))


class Conflict(FoedusError):  # noqa: N818 - reads as what it says
    """Somebody else wrote in between, or said otherwise before. What was to be done was not done."""


class Altered(FoedusError):  # noqa: N818 - reads as what it says
    """Bytes, signatures or proofs do not hold. `entry` is the first entry that fails, where that is known."""

    def __init__(self, what: str, entry: int | None = None) -> None:
        self.entry = entry
        super().__init__(readable(what))


class Unreachable(FoedusError):  # noqa: N818 - reads as what it says
    """What keeps a register does not answer, or can take no more. What was not acknowledged may or may not be there: to
    append again with the same key is safe.
    """


def enough(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Problems up to `MOST_TOLD`, and then that there are more."""
    for told, problem in enumerate(problems):
        if told == MOST_TOLD:
            yield and_more(problem.file, problem.line)
            return
        yield problem


def and_more(file: str, line: int) -> Problem:
    """That a file has more problems, from a line on, than are told."""
    what = f"There are more problems than are told at once, which is {MOST_TOLD}."
    return Problem(file, line, what, "Mend those first.")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The existing name most like `name`, or None where none is alike: first of those as long, then of those it may be
    a part of. What is longer than a text that is shown is like nothing, and would take long to compare.
    """
    if len(name) > LONGEST:
        return None
    names = {k: k.lower() for k in known}
    alike = process.extractOne(name.lower(), names, scorer=fuzz.ratio, score_cutoff=70)
    found = alike or process.extractOne(name.lower(), names, score_cutoff=60)
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
