"""What a transaction is to write: reckoned from the tree before and what was submitted, without any I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from foedus.problems import Conflict
from foedus.register.log.tree import Node, Tree, leaf_hash
from foedus.register.store import Appended, Head, Receipt, Submission


@dataclass(slots=True)
class Plan:
    """Rows to be written, the tree after them, and what to answer to each submission."""

    before: Tree
    after: Tree
    entries: list[tuple[int, bytes, bytes]] = field(default_factory=list)  # (index, hash, entry)
    nodes: list[Node] = field(default_factory=list)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    attachments: dict[bytes, bytes] = field(default_factory=dict)
    redacted: list[bytes] = field(default_factory=list)
    outcomes: list[Appended | Conflict] = field(default_factory=list)

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.entries or self.receipts or self.attachments or self.redacted)


def keys_of(submissions: Sequence[Submission]) -> list[str]:
    """The keys whose receipts `plan` asks for."""
    return [submission.key for submission in submissions if submission.key is not None]


def plan(tree: Tree, submissions: Sequence[Submission], known: Mapping[str, Receipt]) -> Plan:
    """What appending the submissions in order would write, given the receipts known of their keys."""
    made = Plan(tree, tree)
    for submission in submissions:
        key = submission.key
        earlier = None if key is None else known.get(key) or made.receipts.get(key)
        if earlier is not None:
            made.outcomes.append(earlier.again(submission.digest))
        elif submission.expected_size not in {None, made.after.size}:
            made.outcomes.append(Conflict(otherwise(submission.expected_size or 0, made.after.size)))
        else:
            made.outcomes.append(_append(made, submission))
    return made


def _append(made: Plan, submission: Submission) -> Appended:
    first = made.after.size
    rows = [(at, leaf_hash(entry), entry) for at, entry in enumerate(submission.entries, first)]
    made.after, nodes = made.after.grown(row[1] for row in rows)
    made.entries += rows
    made.nodes += nodes
    made.attachments.update((sha256(content).digest(), content) for content in submission.attachments)
    made.redacted += submission.redacts
    head = Head(made.after.size, made.after.root)
    if submission.key is not None:
        made.receipts[submission.key] = Receipt(submission.key, submission.digest, first, head)
    return Appended(first, head)


def otherwise(expected: int, held: int) -> str:
    """That a register does not hold as many entries as somebody expected, and what that means."""
    if expected > held:
        return f"The register holds {held} entries, not {expected}: it is another one, or was set back."
    came = held - expected
    were = "entry came" if came == 1 else "entries came"
    return f"The register holds {held} entries, not {expected}: {came} {were} in between. Read them first."
