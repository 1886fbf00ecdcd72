"""What a register is, whatever keeps it: entries in order, the tree over them, and the head of that tree.

An append is one transaction: its entries, the tree's hashes and the new head, together or not at all. What was
acknowledged stays, at its index, once. Nothing here rests on sequences, locks that only one machine knows, triggers or
messages of a database: the head is compared and swapped, and an append that names a key is done once however often it
is tried.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import TracebackType
from typing import Literal, Self

from foedus.problems import BadInput, Conflict, Problem
from foedus.register.log.tree import EMPTY

LONGEST_ENTRY = 65_535  # bytes: what an entry bundle of a tiled log can hold (C2SP tlog-tiles)
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries, and the root of the tree over them."""

    size: int = 0
    root: bytes = EMPTY

    def __str__(self) -> str:
        return f"{self.size} entries, root {self.root.hex()}"


@dataclass(frozen=True, slots=True)
class Submission:
    """What is to be appended, all or nothing.

    `key` names the append: tried again under the same key, it is not done again. `expected_size` is how many entries
    the register must hold for it. `attachments` are bytes that entries name by their SHA-256; `redacts` are such
    hashes whose bytes are to be destroyed. `asked` is the SHA-256 of what was asked for, where the entries hold what is
    made anew each time it is tried, such as a salt. BadInput where that is nothing a register takes.
    """

    entries: tuple[bytes, ...]
    key: str | None = None
    expected_size: int | None = None
    attachments: tuple[bytes, ...] = ()
    redacts: tuple[bytes, ...] = ()
    asked: bytes | None = None

    def __post_init__(self) -> None:
        problems = [
            Problem(
                f"entry {at + 1} of {len(self.entries)}",
                0,
                f"It is {len(entry):,} bytes long; an entry holds 1 to {LONGEST_ENTRY:,}.",
                "Attach what is longer, and name it by its hash." if entry else "",
            )
            for at, entry in enumerate(self.entries)
            if not 0 < len(entry) <= LONGEST_ENTRY
        ]
        if self.key is not None and not (0 < len(self.key) <= LONGEST_KEY and self.key.isprintable()):
            what = f"It should be 1 to {LONGEST_KEY} printable characters."
            problems.append(Problem("idempotency key", 0, what))
        if problems:
            raise BadInput(problems)

    @property
    def digest(self) -> bytes:
        """What tells whether two submissions under one key are the same."""
        if self.asked is not None:
            return self.asked
        parts = (sha256(entry).digest() for entry in self.entries)
        return sha256(b"".join(parts)).digest()


@dataclass(frozen=True, slots=True)
class Appended:
    """That entries are on record for good: the index of the first, and the head just after the last. `again` where they
    were so already, since the append was tried before.
    """

    first: int
    head: Head
    again: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """An append by its key: what was appended, from where, and the head just after."""

    key: str
    digest: bytes
    first: int
    head: Head

    def again(self, digest: bytes) -> Appended | Conflict:
        """What comes of the same key tried again, for what has that digest."""
        if self.digest == digest:
            return Appended(self.first, self.head, again=True)
        what = f"The key “{self.key}” was used for other entries, from {self.first} on."
        return Conflict(f"{what} Use another key for these.")


@dataclass(frozen=True, slots=True)
class Paper:
    """A signed text kept beside the entries: the register's own checkpoint, or evidence that its signer showed others
    another register than this (`fork`).
    """

    kind: Literal["checkpoint", "fork"]
    size: int
    text: str


class Register(ABC):
    """One register. All that it gives back is as committed; iterators begin with the head of when they are made.

    Raises Unreachable where what keeps it fails, and Altered where what is kept cannot be what was appended.
    """

    name: str

    @abstractmethod
    def head(self) -> Head: ...

    @abstractmethod
    def commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
        """Append what can be, in order and in one transaction; for each submission what became of it."""

    @abstractmethod
    def read(self, first: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Entries [first, until), else to the end."""

    @abstractmethod
    def hashes(self, rank: int, first: int, until: int) -> Sequence[bytes]:
        """Kept hashes [first, until) of a rank; those of rank 0 are the entries' own."""

    @abstractmethod
    def strays(self) -> int:
        """How many entries are kept beyond the head. No append leaves any: where there are some, the head was set back."""

    @abstractmethod
    def receipt(self, key: str) -> Receipt | None:
        """The append that named a key; None where none did."""

    @abstractmethod
    def receipts(self) -> Iterator[Receipt]:
        """Appends that named a key, in order of their first entry."""

    @abstractmethod
    def attachments(self) -> Iterator[tuple[bytes, bytes | None]]:
        """Every attachment by its hash; None where it was redacted."""

    @abstractmethod
    def attachment(self, digest: bytes) -> bytes | None:
        """The bytes of an attachment; None where they were redacted. NotFound where there never were any."""

    @abstractmethod
    def keep(self, paper: Paper) -> Paper:
        """Keep a signed text, and give it back as it is kept: signatures of the same text are put together."""

    @abstractmethod
    def papers(self, kind: str) -> Sequence[Paper]:
        """Signed texts of a kind, by size."""

    @abstractmethod
    def last_paper(self, kind: str) -> Paper | None:
        """The last of them, whatever their number; None where there is none."""

    @abstractmethod
    def close(self) -> None: ...

    def append(
        self, entries: Sequence[bytes], *, expected_size: int | None = None, key: str | None = None
    ) -> Appended:
        """Append entries, all or none. Conflict where that may not be; BadInput where one is no entry."""
        return self.submit(Submission(tuple(entries), key, expected_size))

    def submit(self, submission: Submission) -> Appended:
        """Append one submission. Conflict where that may not be."""
        (outcome,) = self.commit([submission])
        return settled(outcome)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def settled(outcome: Appended | Conflict) -> Appended:
    """What was appended. Conflict where it was not."""
    if isinstance(outcome, Conflict):
        raise outcome
    return outcome
