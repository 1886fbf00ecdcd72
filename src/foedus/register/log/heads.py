"""What a key has signed, so that it never signs two heads that disagree.

A head is written down, and is on the disk, before it is signed: whoever is ended in between signs the same head again,
never another. Each line is one head; a last line that was not finished was never signed.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from foedus.problems import Altered, Unreachable
from foedus.register.store import Head


class Heads:
    """The heads that a key has signed, in a file beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self, origin: str) -> Head | None:
        """The longest head of a log that was promised; None where there was none."""
        with self._locked() as file:
            return _last(file, origin)

    def promise(self, origin: str, head: Head, continues: Callable[[Head], None]) -> None:
        """Write down that this head is about to be signed. `continues` is asked to show that it continues the last one,
        and raises Altered where it does not. Altered, too, where the log was longer before.
        """
        with self._locked() as file:
            last = _last(file, origin)
            if last == head:
                return
            if last is not None and head.size < last.size:
                what = f"“{origin}” was signed with {last.size} entries before, and now has {head.size}: it was set back."
                raise Altered(f"{what} Nothing was signed.")
            if last is not None and head.size == last.size:
                what = f"“{origin}” was signed with another root at {last.size} entries: it was rewritten."
                raise Altered(f"{what} Nothing was signed.")
            if last is not None:
                continues(last)
            line = {"origin": origin, "size": head.size, "root": head.root.hex()}
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def _locked(self) -> Iterator[Any]:
        """The file, which no other process reads or writes meanwhile, at the end of its last finished line."""
        try:
            with self._path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield file
        except OSError as error:
            raise Unreachable(f"{self._path} cannot be read or written: {error.strerror}.") from error


def _last(file: Any, origin: str) -> Head | None:
    file.seek(0)
    found = None
    finished = 0
    for line in file:
        if not line.endswith(b"\n"):
            file.truncate(finished)
            break
        finished += len(line)
        try:
            said = json.loads(line)
            head = Head(said["size"], bytes.fromhex(said["root"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Altered(
                "What was signed before cannot be read: the file of heads is damaged. Nothing is signed."
            ) from error
        if said["origin"] == origin:
            found = head
    file.seek(finished)
    return found
