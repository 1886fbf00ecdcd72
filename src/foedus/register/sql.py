"""A register in tables, in the SQL that SQLite and PostgreSQL share. Every table's key begins with the register's name,
so that a distributed database keeps a register in one place.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from hashlib import sha256
from typing import Any

from foedus.problems import Altered, BadInput, Conflict, NotFound, Problem
from foedus.register.log.note import body_of, merged
from foedus.register.log.proofs import Prover
from foedus.register.log.tree import Tree, leaf_hash
from foedus.register.planning import Plan, keys_of, plan
from foedus.register.store import Appended, Head, Paper, Receipt, Register, Submission

FORMAT = 1  # of the tables; a register of another is refused
LONGEST_NAME = 200
AT_ONCE = 1_000  # rows read between two looks at the clock: nobody waits for a long reader
Row = Sequence[Any]
BEYOND = "{} holds rows beyond its head: it was set back, or written by something else. Nothing was appended."

TABLES = """
CREATE TABLE IF NOT EXISTS heads (
  register TEXT NOT NULL PRIMARY KEY, format INTEGER NOT NULL,
  size BIGINT NOT NULL, root BLOB NOT NULL, peaks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS entries (
  register TEXT NOT NULL, seq BIGINT NOT NULL, hash BLOB NOT NULL, entry BLOB NOT NULL,
  PRIMARY KEY (register, seq));
CREATE TABLE IF NOT EXISTS nodes (
  register TEXT NOT NULL, level INTEGER NOT NULL, seq BIGINT NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (register, level, seq));
CREATE TABLE IF NOT EXISTS receipts (
  register TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL,
  seq BIGINT NOT NULL, size BIGINT NOT NULL, root BLOB NOT NULL,
  PRIMARY KEY (register, name));
CREATE TABLE IF NOT EXISTS attachments (
  register TEXT NOT NULL, digest BLOB NOT NULL, content BLOB,
  PRIMARY KEY (register, digest));
CREATE TABLE IF NOT EXISTS papers (
  register TEXT NOT NULL, kind TEXT NOT NULL, size BIGINT NOT NULL, digest BLOB NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (register, kind, size, digest));
"""
_STATE = "SELECT format, size, root, peaks FROM heads WHERE register = ?"
_OPEN = """INSERT INTO heads (register, format, size, root, peaks) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO NOTHING"""
_STRAYS = """SELECT count(*) FROM entries, heads WHERE heads.register = ? AND entries.register = heads.register
  AND (entries.seq >= heads.size OR entries.seq < 0)"""
_SWAP = "UPDATE heads SET size = ?, root = ?, peaks = ? WHERE register = ? AND size = ? AND root = ? RETURNING size"
_ENTRY = "INSERT INTO entries (register, seq, hash, entry) VALUES (?, ?, ?, ?)"
_NODE = "INSERT INTO nodes (register, level, seq, hash) VALUES (?, ?, ?, ?)"
_RECEIPT = "INSERT INTO receipts (register, name, digest, seq, size, root) VALUES (?, ?, ?, ?, ?, ?)"
_ATTACH = "INSERT INTO attachments (register, digest, content) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_REDACT = """INSERT INTO attachments (register, digest, content) VALUES (?, ?, NULL)
  ON CONFLICT (register, digest) DO UPDATE SET content = NULL"""
_KEEP = """INSERT INTO papers (register, kind, size, digest, body) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (register, kind, size, digest) DO UPDATE SET body = excluded.body"""


class SqlRegister(Register):
    """What backends in SQL share. A backend says how a transaction begins and ends and how rows are asked for."""

    lock_head = (
        ""  # what makes a reader of the head the next writer of it, where the transaction alone does not
    )

    @abstractmethod
    def _writing(self) -> AbstractContextManager[None]:
        """A transaction that writes: committed for good at its end, undone where something is raised."""

    @abstractmethod
    def _rows(self, statement: str, terms: Row) -> list[Row]:
        """The rows that a statement gives, `?` standing for each term."""

    @abstractmethod
    def _many(self, statement: str, rows: Iterable[Row]) -> None:
        """Run a statement once for each row of terms."""

    @abstractmethod
    def _again(self, work: Any) -> Any:
        """Do work that may fail because others write at the same time, until it is done."""

    def _open(self, *, make: bool) -> None:
        """Make the register if it is not there yet and may be made. NotFound where it may not; without a name, nothing is
        looked for.
        """
        if not self.name:
            self.names()
            return
        if not (self.name.isprintable() and len(self.name) <= LONGEST_NAME):
            what = f"A register's name is 1 to {LONGEST_NAME} printable characters."
            raise BadInput([Problem("--register", 0, what)])
        if make and not self._rows(_STATE, (self.name,)):
            empty = Tree()
            self._many(_OPEN, [(self.name, FORMAT, 0, empty.root, empty.packed())])
        self._tree()

    def head(self) -> Head:
        tree = self._tree()
        return Head(tree.size, tree.root)

    def commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
        outcomes: list[Appended | Conflict] = self._again(lambda: self._commit(submissions))
        return outcomes

    def _commit(self, submissions: Sequence[Submission]) -> list[Appended | Conflict]:
        with self._writing():
            tree = self._tree(self.lock_head)
            made = plan(tree, submissions, self._receipts_of(keys_of(submissions)))
            if made.writes:
                self._write(made)
            for submission, outcome in zip(submissions, made.outcomes, strict=True):
                if isinstance(outcome, Appended) and outcome.again:
                    self._check_again(submission, outcome)
        return made.outcomes

    def _check_again(self, submission: Submission, outcome: Appended) -> None:
        """Altered, unless what a receipt says of an earlier append is what the tree says: a receipt is in no tree."""
        end = outcome.first + len(submission.entries)
        wanted = [leaf_hash(entry) for entry in submission.entries]
        told = outcome.head
        if (
            told.size != end
            or list(self.hashes(0, outcome.first, end)) != wanted
            or self._root(end) != told.root
        ):
            what = f"The receipt of “{submission.key}” was altered: it is not what was appended."
            raise Altered(what, outcome.first)

    def _root(self, size: int) -> bytes:
        return Prover(self.hashes).root(size)

    def _write(self, made: Plan) -> None:
        name = self.name
        before, after = made.before, made.after
        if made.entries:
            swapped = self._rows(
                _SWAP, (after.size, after.root, after.packed(), name, before.size, before.root)
            )
            if not swapped:
                raise Conflict("Another writer was first. Try again.")
            self._add_entries(made.entries)
        if made.nodes:
            self._many(_NODE, [(name, node.rank, node.index, node.hash) for node in made.nodes])
        if made.receipts:
            receipts = made.receipts.values()
            self._many(
                _RECEIPT, [(name, r.key, r.digest, r.first, r.head.size, r.head.root) for r in receipts]
            )
        if made.attachments:
            self._many(_ATTACH, [(name, digest, content) for digest, content in made.attachments.items()])
        if made.redacted:
            self._many(_REDACT, [(name, digest) for digest in made.redacted])

    def _add_entries(self, entries: Sequence[tuple[int, bytes, bytes]]) -> None:
        self._many(_ENTRY, [(self.name, *entry) for entry in entries])

    def _tree(self, lock: str = "") -> Tree:
        """The tree as its head is kept."""
        rows = self._rows(_STATE + lock, (self.name,))
        if not rows:
            raise NotFound("register", self.name, self.names())
        made, size, root, peaks = rows[0]
        if made != FORMAT:
            raise Altered(f"The register “{self.name}” is of format {made}; this Foedus reads {FORMAT}.")
        try:
            tree = Tree.unpacked(size, bytes(peaks))
        except ValueError as error:
            raise Altered(f"The head of “{self.name}” is damaged: {error}") from error
        if tree.root != bytes(root):
            raise Altered(f"The head of “{self.name}” is damaged: its root is not the root of its peaks.")
        return tree

    def names(self) -> list[str]:
        """The names of all registers in this place."""
        return [str(row[0]) for row in self._rows("SELECT register FROM heads ORDER BY register", ())]

    def _receipts_of(self, keys: Sequence[str]) -> dict[str, Receipt]:
        found = {}
        for key in keys:
            statement = "SELECT name, digest, seq, size, root FROM receipts WHERE register = ? AND name = ?"
            for row in self._rows(statement, (self.name, key)):
                found[key] = _receipt(row)
        return found

    def read(self, first: int = 0, until: int | None = None) -> Iterator[bytes]:
        return self._read(first, self.head().size if until is None else until)

    def _read(self, first: int, until: int) -> Iterator[bytes]:
        statement = "SELECT seq, entry FROM entries WHERE register = ? AND seq >= ? AND seq < ? ORDER BY seq"
        for start in range(first, until, AT_ONCE):
            rows = self._rows(statement, (self.name, start, min(start + AT_ONCE, until)))
            for expected, (seq, entry) in enumerate(rows, start):
                if seq != expected:
                    raise Altered(f"Entry {expected} of “{self.name}” is missing.", expected)
                if not isinstance(entry, bytes):
                    raise Altered(f"Entry {expected} was altered: what is kept of it are no bytes.", expected)
                yield entry
            if start + len(rows) < min(start + AT_ONCE, until):
                raise Altered(f"Entry {start + len(rows)} of “{self.name}” is missing.", start + len(rows))

    def hashes(self, rank: int, first: int, until: int) -> Sequence[bytes]:
        if rank == 0:
            statement = "SELECT hash FROM entries WHERE register = ? AND seq >= ? AND seq < ? ORDER BY seq"
            terms: Row = (self.name, first, until)
        else:
            statement = "SELECT hash FROM nodes WHERE register = ? AND level = ? AND seq >= ? AND seq < ? ORDER BY seq"
            terms = (self.name, rank, first, until)
        found = [bytes(row[0]) for row in self._rows(statement, terms)]
        if len(found) != until - first:
            raise Altered(f"Of the hashes {first} to {until - 1} of rank {rank}, {len(found)} are kept.")
        return found

    def strays(self) -> int:
        return int(self._rows(_STRAYS, (self.name,))[0][0])

    def receipt(self, key: str) -> Receipt | None:
        return self._receipts_of([key]).get(key)

    def receipts(self) -> Iterator[Receipt]:
        statement = (
            "SELECT name, digest, seq, size, root FROM receipts WHERE register = ? ORDER BY seq, size, name"
        )
        return iter([_receipt(row) for row in self._rows(statement, (self.name,))])

    def attachments(self) -> Iterator[tuple[bytes, bytes | None]]:
        rows = self._rows("SELECT digest FROM attachments WHERE register = ? ORDER BY digest", (self.name,))
        return ((bytes(row[0]), self.attachment(bytes(row[0]))) for row in rows)

    def attachment(self, digest: bytes) -> bytes | None:
        statement = "SELECT content FROM attachments WHERE register = ? AND digest = ?"
        rows = self._rows(statement, (self.name, digest))
        if not rows:
            raise NotFound("attachment", digest.hex(), ())
        content = None if rows[0][0] is None else bytes(rows[0][0])
        if content is not None and sha256(content).digest() != digest:
            raise Altered(f"The attachment {digest.hex()} was altered: its bytes hash to something else.")
        return content

    def keep(self, paper: Paper) -> Paper:
        kept: Paper = self._again(lambda: self._keep(paper))
        return kept

    def _keep(self, paper: Paper) -> Paper:
        digest = sha256(body_of(paper.text).encode()).digest()
        at = (self.name, paper.kind, paper.size, digest)
        with self._writing():
            self._tree(self.lock_head)  # so that of two who keep the same at once, the second sees the first
            rows = self._rows(
                "SELECT body FROM papers WHERE register = ? AND kind = ? AND size = ? AND digest = ?", at
            )
            text = merged(str(rows[0][0]), paper.text) if rows else paper.text
            self._many(_KEEP, [(*at, text)])
        return Paper(paper.kind, paper.size, text)

    def papers(self, kind: str) -> Sequence[Paper]:
        statement = (
            "SELECT kind, size, body FROM papers WHERE register = ? AND kind = ? ORDER BY size, digest"
        )
        return [Paper(*row) for row in self._rows(statement, (self.name, kind))]

    def last_paper(self, kind: str) -> Paper | None:
        statement = """SELECT kind, size, body FROM papers WHERE register = ? AND kind = ?
          ORDER BY size DESC, digest DESC LIMIT 1"""
        return next((Paper(*row) for row in self._rows(statement, (self.name, kind))), None)


def _receipt(row: Row) -> Receipt:
    key, digest, first, size, root = row
    return Receipt(key, bytes(digest), first, Head(size, bytes(root)))
