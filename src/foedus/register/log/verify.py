"""Checks a log from its files alone, and names the first entry that fails."""

from __future__ import annotations

from foedus.problems import Altered
from foedus.register.envelope import KeptBack, kept_back
from foedus.register.log.checkpoint import Checkpoint
from foedus.register.log.tiles import Tiles, bundle_path
from foedus.register.log.tree import WIDTH, Tree, leaf_hash


def verify_log(files: Tiles, checkpoint: Checkpoint) -> KeptBack:
    """How much of a log is under seal. Altered, unless the files hold the entries of the checkpoint and its hashes, all of
    them.
    """
    tree, sealed = Tree(), KeptBack()
    for index in range(-(-checkpoint.size // WIDTH)):
        entries = files.bundle(index)
        sealed += kept_back(entries)
        found = [leaf_hash(entry) for entry in entries]
        kept = files.tile(0, index)
        for at, (one, other) in enumerate(zip(found, kept, strict=True), index * WIDTH):
            if one != other:
                raise Altered(f"Entry {at} was altered: it does not hash to what its tile says.", at)
        tree, nodes = tree.grown(found)
        for node in nodes:
            if files.tile(node.rank, node.index // WIDTH)[node.index % WIDTH] != node.hash:
                first = node.index << 8 * node.rank
                span = f"{first} to {first + (1 << 8 * node.rank) - 1}"
                raise Altered(f"One of the entries {span} was altered, and its hash with it.", first)
    if tree.root != checkpoint.root:
        what = f"The entries give another root than the checkpoint of {checkpoint.size} entries"
        last = bundle_path(max(0, checkpoint.size - 1) // WIDTH, checkpoint.size % WIDTH or WIDTH)
        raise Altered(
            f"{what}: some were altered, and their hashes with them, the last of them in {last} or before."
        )
    return sealed
