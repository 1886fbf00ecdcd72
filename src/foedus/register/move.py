"""Copies a register from one backend to another: same entries, same hashes, same receipts, same root."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.problems import Altered, Conflict
from foedus.register.log.proofs import Prover
from foedus.register.store import Head, Register, Submission, settled

AT_ONCE = 1_000  # entries in one transaction


def copy(source: Register, target: Register) -> Head:
    """Copy what the target does not hold yet; a copy that was broken off goes on where it stopped. Conflict where the
    target holds something else; Altered where the source's entries do not give its root.
    """
    wanted, held = source.head(), target.head()
    if held.size > wanted.size or (Prover(source.hashes).root(held.size) != held.root):
        raise Conflict(
            f"“{target.name}” holds {held.size} entries that are not the beginning of “{source.name}”."
        )
    for batch in _batches(_submissions(source, held.size, wanted.size)):
        for outcome in target.commit(batch):
            settled(outcome)
    _attach(source, target)
    for kind in ("checkpoint", "fork"):
        for paper in source.papers(kind):
            target.keep(paper)
    found = target.head()
    if found != wanted:
        raise Altered(
            f"The copy has root {found.root.hex()}; the register it was made from, {wanted.root.hex()}."
        )
    return found


def _submissions(source: Register, first: int, until: int) -> Iterator[Submission]:
    """The appends that made entries [first, until): each with its key, and what came without one, one by one."""
    entries = source.read(first, until)
    at = first
    for receipt in source.receipts():
        if receipt.first < first or receipt.head.size > until:
            continue
        while at < receipt.first:
            yield Submission((next(entries),))
            at += 1
        count = receipt.head.size - receipt.first
        yield Submission(tuple(next(entries) for _ in range(count)), receipt.key, asked=receipt.digest)
        at += count
    for entry in entries:
        yield Submission((entry,))


def _batches(submissions: Iterator[Submission]) -> Iterator[list[Submission]]:
    batch: list[Submission] = []
    size = 0
    for submission in submissions:
        batch.append(submission)
        size += len(submission.entries)
        if size >= AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _attach(source: Register, target: Register) -> None:
    for digest, content in source.attachments():
        if content is None:
            target.submit(Submission((), redacts=(digest,)))
        else:
            target.submit(Submission((), attachments=(content,)))
