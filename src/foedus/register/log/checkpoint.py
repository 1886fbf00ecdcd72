"""Checkpoints (C2SP tlog-checkpoint): a log's origin, its size and its root, as the text of a signed note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.problems import BadInput, Problem
from foedus.register.log.note import Note, from_base64, read_note, to_base64

MOST_ENTRIES = (1 << 63) - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says it holds. `extensions` are further lines, of which nobody knows what they mean."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read_checkpoint(text: str | bytes, where: str = "checkpoint") -> tuple[Checkpoint, Note]:
    """A checkpoint, and the note it was signed in; signatures are not checked. BadInput where it is none."""
    note = read_note(text, where)
    return checkpoint_of(note, where), note


def checkpoint_of(note: Note, where: str = "checkpoint") -> Checkpoint:
    """The checkpoint that a note's text is. BadInput where it is none."""
    origin, size, root, *extensions = [*note.text[:-1].split("\n"), *[""] * max(0, 3 - note.text.count("\n"))]
    hashed = from_base64(root)
    if not origin:
        raise BadInput([Problem(where, 1, "A checkpoint's first line names its log.")])
    if not _SIZE.fullmatch(size) or int(size) > MOST_ENTRIES:
        raise BadInput([Problem(where, 2, f"“{size[:40]}” is no number of entries.")])
    if hashed is None or len(hashed) != 32:
        raise BadInput([Problem(where, 3, f"“{root[:60]}” is no root: 32 bytes in base64.")])
    if not all(extensions):
        raise BadInput(
            [Problem(where, 4, "A checkpoint has no empty line but the one above its signatures.")]
        )
    return Checkpoint(origin, int(size), hashed, tuple(extensions))
