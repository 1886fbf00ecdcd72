"""Reckons a register anew from its stored bytes, and says where what is kept beside them differs: all of it, or as much
as is read to answer from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from foedus.problems import Altered
from foedus.register.log.proofs import Prover
from foedus.register.log.tree import WIDTH, Tree, leaf_hash
from foedus.register.store import Head, Register
from foedus.terms.words import counted


def scrub(register: Register, at: Iterable[int] = ()) -> tuple[Head, dict[int, bytes]]:
    """The head as reckoned from every stored entry, and the root at each size asked for that is not beyond it. Altered,
    with the first entry that fails, where a stored entry, hash, head or attachment is not what it was.
    """
    head = register.head()
    roots: dict[int, bytes] = {}
    tree, entries, sizes = (
        Tree(),
        register.read(0, head.size),
        sorted(size for size in at if size <= head.size),
    )
    for first in range(0, head.size, WIDTH):
        found = [leaf_hash(entry) for entry in islice(entries, WIDTH)]
        _compare(register, first, found)
        for size in (size for size in sizes if first <= size < first + len(found)):
            roots[size] = tree.grown(found[: size - first])[0].root
        tree, nodes = tree.grown(found)
        for node in nodes:
            if register.hashes(node.rank, node.index, node.index + 1)[0] != node.hash:
                raise Altered(
                    f"Hash {node.index} of rank {node.rank} was altered: the entries below it hash otherwise."
                )
    if tree.root != head.root:
        raise Altered(f"The entries give root {tree.root.hex()}, and the head says {head.root.hex()}.")
    strays = register.strays()
    if strays:
        raise Altered(f"{counted(strays, 'entry lies', 'entries lie')} beyond the head: it was set back.")
    for _ in register.attachments():
        pass  # each is checked against its hash as it is read
    return head, roots | {size: tree.root for size in sizes if size == head.size}


def checked(register: Register, first: int = 0, head: Head | None = None) -> Iterator[bytes]:
    """The entries of a register from `first` up to a head, else to its end. Altered, with the first entry that fails, where
    they are not what the head's root stands over: nobody is to be answered from such, and told that root.
    """
    head = register.head() if head is None else head
    tree, entries = Prover(register.hashes).tree(first), register.read(first, head.size)
    for at in range(first, head.size, WIDTH):
        batch = list(islice(entries, WIDTH))
        found = [leaf_hash(entry) for entry in batch]
        _compare(register, at, found)
        tree, _ = tree.grown(found)
        yield from batch
    if tree.root != head.root:
        raise Altered(f"The entries give root {tree.root.hex()}, and the head says {head.root.hex()}.")


def as_kept(register: Register, first: int, until: int) -> Iterator[bytes]:
    """Entries [first, until), each held against the hash kept of it: for whoever shows a few. Altered, with the first that
    was altered.
    """
    entries, at = register.read(first, until), first
    while batch := list(islice(entries, WIDTH)):
        _compare(register, at, [leaf_hash(entry) for entry in batch])
        yield from batch
        at += len(batch)


def _compare(register: Register, first: int, found: list[bytes]) -> None:
    kept = register.hashes(0, first, first + len(found))
    for at, (one, other) in enumerate(zip(found, kept, strict=True), first):
        if one != other:
            raise Altered(f"Entry {at} was altered: its bytes do not hash to what was kept of it.", at)
