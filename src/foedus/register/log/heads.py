"""What a key has signed, so that it never signs two heads that disagree.

A head is written down, and is on the disk, before it is signed: whoever is ended in between signs the same head again,
never another. Each line is one head; a last line that was not finished was never signed. The file is begun with the key:
where it is gone, what was signed is not known, and nothing is signed.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from foedus.problems import Altered, BadInput, Problem, Unreachable
from foedus.register.store import Head

_OWN = 0o600


class Heads:
    """The heads that a key has signed, in a file beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: Any = None

    def begin(self) -> None:
        """Make the file, of a key that has signed nothing yet; what is there already stays."""
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, _OWN))
        except OSError as error:
            raise self._refusal(error) from error

    def last(self, origin: str) -> Head | None:
        """The longest head of a log that was promised; None where there was none."""
        with self._locked() as file:
            return self._last(file, origin)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While this lasts, no other process signs with the key."""
        with self._locked() as file:
            self._held = file
            try:
                yield
            finally:
                self._held = None

    def promise(self, origin: str, head: Head, continues: Callable[[Head], None]) -> None:
        """Write down that this head is about to be signed. `continues` is asked to show that it continues the last one,
        and raises Altered where it does not. Altered, too, where the log was longer before.
        """
        with self._locked() as file:
            last = self._last(file, origin)
            if last == head:
                return
            if last is not None and head.size < last.size:
                what = f"“{origin}” was signed with {last.size} entries before, and now has {head.size}"
                raise Altered(f"{what}: it was set back, or this is an old checkpoint. Nothing was signed.")
            if last is not None and head.size == last.size:
                what = f"“{origin}” was signed with another root at {last.size} entries: it was rewritten."
                raise Altered(f"{what} Nothing was signed.")
            if last is not None:
                continues(last)
            self._write(file, {"origin": origin, "size": head.size, "root": head.root.hex()})

    def _write(self, file: Any, line: dict[str, Any]) -> None:
        try:
            file.write(json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise self._refusal(error) from error

    @contextmanager
    def _locked(self) -> Iterator[Any]:
        """The file, which no other process reads or writes meanwhile, at the end of its last finished line."""
        if self._held is not None:
            yield self._held
            return
        with self._opened() as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _opened(self) -> Any:
        try:
            return open(os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC), "a+b")  # noqa: PTH123 - its caller closes it
        except FileNotFoundError:
            what = "It is gone: what this key has signed before is not known. Nothing is signed."
            remedy = "Bring it back; or begin an empty one, once you know that nobody has anything newer that it signed."
            raise BadInput([Problem(str(self._path), 0, what, remedy)]) from None
        except OSError as error:
            raise self._refusal(error) from error

    def _last(self, file: Any, origin: str) -> Head | None:
        file.seek(0)
        found = None
        finished = 0
        for line in file:
            if not line.endswith(b"\n"):
                file.truncate(finished)
                break
            finished += len(line)
            said, head = self._read(line)
            if said == origin:
                found = head
        file.seek(finished)
        return found

    def _read(self, line: bytes) -> tuple[str, Head]:
        """The log and the head in a line. BadInput, which accuses nobody, where it is damaged."""
        try:
            said = json.loads(line)
            origin, size, root = said["origin"], said["size"], bytes.fromhex(said["root"])
        except (ValueError, KeyError, TypeError, RecursionError):
            origin, size, root = None, None, b""
        if not isinstance(origin, str) or type(size) is not int or len(root) != 32:
            what = "What was signed before cannot be read: the file of heads is damaged. Nothing is signed."
            raise BadInput([Problem(str(self._path), 0, what)])
        return origin, Head(size, root)

    def _refusal(self, error: OSError) -> Unreachable:
        return Unreachable(f"{self._path} cannot be read or written: {error.strerror}.")
