"""A register in memory, for tests and trials: it lasts as long as its process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from threading import Lock

from foedus.problems import Conflict, NotFound
from foedus.register.log.note import body_of, merged
from foedus.register.log.tree import Tree
from foedus.register.planning import plan
from foedus.register.store import Appended, Head, Paper, Receipt, Register, Submission


class MemoryRegister(Register):
    """A register in memory. Threads may share it."""

    def __init__(self, name: str = "register") -> None:
        self.name = name
        self._lock = Lock()
        self._tree = Tree()
        self._entries: list[bytes] = []
        self._hashes: dict[int, list[bytes]] = {0: []}
        self._receipts: dict[str, Receipt] = {}
        self._attachments: dict[bytes, bytes | None] = {}
        self._papers: dict[tuple[str, int, bytes], Paper] = {}

    def head(self) -> Head:
        tree = self._tree
        return Head(tree.size, tree.root)

    def commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
        with self._lock:
            made = plan(self._tree, submissions, self._receipts)
            for _, hash_, entry in made.entries:
                self._entries.append(entry)
                self._hashes[0].append(hash_)
            for node in made.nodes:
                self._hashes.setdefault(node.rank, []).append(node.hash)
            self._receipts |= made.receipts
            for digest, content in made.attachments.items():
                self._attachments.setdefault(digest, content)
            self._attachments |= dict.fromkeys(made.redacted)
            self._tree = made.after
        return made.outcomes

    def read(self, first: int = 0, until: int | None = None) -> Iterator[bytes]:
        return iter(self._entries[first : self._tree.size if until is None else until])

    def hashes(self, rank: int, first: int, until: int) -> Sequence[bytes]:
        return self._hashes.get(rank, [])[first:until]

    def strays(self) -> int:
        return len(self._entries) - self._tree.size

    def receipt(self, key: str) -> Receipt | None:
        return self._receipts.get(key)

    def receipts(self) -> Iterator[Receipt]:
        return iter(list(self._receipts.values()))

    def attachments(self) -> Iterator[tuple[bytes, bytes | None]]:
        return iter(sorted(self._attachments.items()))

    def attachment(self, digest: bytes) -> bytes | None:
        if digest not in self._attachments:
            raise NotFound("attachment", digest.hex(), ())
        return self._attachments[digest]

    def keep(self, paper: Paper) -> Paper:
        at = (paper.kind, paper.size, sha256(body_of(paper.text).encode()).digest())
        with self._lock:
            kept = self._papers.get(at)
            text = paper.text if kept is None else merged(kept.text, paper.text)
            self._papers[at] = Paper(paper.kind, paper.size, text)
            return self._papers[at]

    def papers(self, kind: str) -> Sequence[Paper]:
        return [paper for at, paper in sorted(self._papers.items()) if at[0] == kind]

    def last_paper(self, kind: str) -> Paper | None:
        return next(reversed(self.papers(kind)), None)

    def close(self) -> None:
        """Nothing is to be closed."""
