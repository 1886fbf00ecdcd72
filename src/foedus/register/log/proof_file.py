"""Proof files (C2SP tlog-proof): that an entry is in a log, to be checked offline with public keys alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.problems import BadInput, Problem
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.log.note import from_base64, to_base64
from foedus.register.log.proofs import check_inclusion
from foedus.register.log.tree import leaf_hash

_FIRST = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = re.compile(r"extra ([A-Za-z0-9+/=]*)")
_HASH = re.compile(r"[A-Za-z0-9+/]{43}=")
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class ProofFile:
    """An entry's index, the way from it to the root, and the checkpoint with that root. `extra` is carried along, and
    proves nothing of itself: here it is the entry's own bytes.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        lines = [_FIRST]
        if self.extra:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [to_base64(part) for part in self.hashes]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    def check(self, entry: bytes) -> None:
        """Altered, unless this is the entry that the proof is of. Whether the checkpoint counts is asked apart."""
        checkpoint, _ = read_checkpoint(self.checkpoint)
        check_inclusion(self.index, checkpoint.size, leaf_hash(entry), self.hashes, checkpoint.root)


def read_proof(text: str, where: str = "proof") -> ProofFile:
    """A proof from its text. BadInput where it is none."""
    head, gap, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != _FIRST or not gap:
        raise BadInput([Problem(where, 1, f"It is no proof: its first line should be {_FIRST}.")])
    extra = b""
    at = 1
    if at < len(lines) and (match := _EXTRA.fullmatch(lines[at])):
        extra = _decoded(match[1], where, at)
        at += 1
    index = _INDEX.fullmatch(lines[at]) if at < len(lines) else None
    if index is None:
        raise BadInput([Problem(where, at + 1, "This line should be “index” and a number.")])
    rest = lines[at + 1 :]
    if len(rest) > MOST_HASHES:
        raise BadInput(
            [Problem(where, 0, f"It has {len(rest)} hashes; no tree is higher than {MOST_HASHES}.")]
        )
    for number, line in enumerate(rest, at + 2):
        if not _HASH.fullmatch(line):
            raise BadInput([Problem(where, number, f"“{line[:60]}” is no hash: 32 bytes in base64.")])
    hashes = tuple(_decoded(line, where, number) for number, line in enumerate(rest, at + 1))
    return ProofFile(int(index[1]), hashes, checkpoint, extra)


def _decoded(text: str, where: str, at: int) -> bytes:
    data = from_base64(text)
    if not data:
        raise BadInput([Problem(where, at + 1, "This is no base64.")])
    return data
