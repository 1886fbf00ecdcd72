"""A point in a register's growth, as people write it: `378@5c1f…`, or `378@` where no root is given.

What an answer's basis cites, and what a question can be asked as of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.problems import Altered, BadInput, NotFound, Problem
from foedus.register.log.proofs import Prover
from foedus.register.store import Head, Register

_FORM = re.compile(r"(0|[1-9][0-9]{0,17})@([0-9a-f]{0,64})")
SHORTEST = 8  # hexadecimal digits of a root that is cut short
FORM = "SIZE@ROOT, such as 378@5c1f09ab…, or 378@"


@dataclass(frozen=True, slots=True)
class Mark:
    """So many entries, and the root of the tree over them, or how it begins, in hexadecimal; empty where none is given."""

    size: int
    root: str = ""

    def __str__(self) -> str:
        return f"{self.size}@{self.root}"

    def found(self, register: Register) -> Head:
        """The head that a register had then. NotFound where it is not as long; Altered where its root was another."""
        head = register.head()
        if self.size > head.size:
            raise NotFound("checkpoint", str(self), (), f"“{register.name}” holds {head.size} entries.")
        root = head.root if self.size == head.size else Prover(register.hashes).root(self.size)
        if not root.hex().startswith(self.root):
            what = f"“{register.name}” has another root at {self.size} entries than {self.root}: it is {root.hex()}."
            raise Altered(what)
        return Head(self.size, root)


def is_mark(text: str) -> bool:
    """Whether a text is meant for a mark, well formed or not."""
    return "@" in text


def read_mark(text: str, where: str = "known") -> Mark:
    """A mark as it is written. BadInput where it is none."""
    form = _FORM.fullmatch(text.strip())
    if form is None:
        raise BadInput([Problem(where, 0, f"“{text}” is no checkpoint.", f"Write {FORM}.")])
    if 0 < len(form[2]) < SHORTEST:
        what = f"The root in “{text}” is cut too short to tell one from another."
        raise BadInput([Problem(where, 0, what, f"Give {SHORTEST} digits of it, or none.")])
    return Mark(int(form[1]), form[2])
