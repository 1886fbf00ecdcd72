"""Reckons a register anew from its stored bytes, and says where what is kept beside them differs."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from foedus.problems import Altered
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


def _compare(register: Register, first: int, found: list[bytes]) -> None:
    kept = register.hashes(0, first, first + len(found))
    for at, (one, other) in enumerate(zip(found, kept, strict=True), first):
        if one != other:
            raise Altered(f"Entry {at} was altered: its bytes do not hash to what was kept of it.", at)
