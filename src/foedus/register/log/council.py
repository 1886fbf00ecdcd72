"""Which checkpoints count as the council's: by the policy that was on record when each was signed.

A policy is on record from its entry on, and holds for checkpoints that contain that entry, until another replaces it.
Who keeps the register can put a laxer one there; that is dated and seen by all, and who wants to rely on a policy
names it himself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.problems import Altered
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import Signed, checked
from foedus.register.log.note import Note, VerifierKey
from foedus.register.log.policy import Policy
from foedus.register.store import Paper
from foedus.terms.words import listed


@dataclass(frozen=True, slots=True)
class Demand:
    """A policy on record since an entry; `policy` is None where what stands there is none, and then nothing counts."""

    entry: int
    text: str
    policy: Policy | None

    @property
    def says(self) -> str:
        """What it demands, in words: `2 of (ARM, BLR, KAZ)`."""
        if self.policy is None:
            return "what nobody can meet: it is no policy"
        return self.policy.demands or "no cosignature"


@dataclass(frozen=True, slots=True)
class Count:
    """A checkpoint and the policy in force for it, None where none was: whose signatures hold, of the keys that the
    policy names, and what is lacking, in words; empty where it counts.
    """

    checkpoint: Checkpoint
    note: Note
    demand: Demand | None
    signed: tuple[Signed, ...] = ()
    lacks: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is the council's: never where no policy says what makes it so."""
        return self.demand is not None and not self.lacks


def in_force(demands: Iterable[Demand], size: int) -> Demand | None:
    """The policy that holds for checkpoints of that many entries: the last one among them."""
    return max((d for d in demands if d.entry < size), key=lambda d: d.entry, default=None)


def judged(papers: Iterable[Paper], demands: Sequence[Demand]) -> tuple[Count, ...]:
    """Each checkpoint by the policy in force for it, by size."""
    found = (_judged(paper.text, demands) for paper in papers)
    return tuple(sorted(found, key=lambda count: count.checkpoint.size))


def newest(counts: Iterable[Count]) -> Count | None:
    """The newest checkpoint that counts as the council's."""
    return max((c for c in counts if c.counts), key=lambda c: c.checkpoint.size, default=None)


def _judged(text: str, demands: Sequence[Demand]) -> Count:
    checkpoint, note = read_checkpoint(text)
    demand = in_force(demands, checkpoint.size)
    if demand is None:
        return Count(checkpoint, note, None)
    policy = demand.policy
    if policy is None:
        return Count(
            checkpoint, note, demand, (), f"a policy: what entry {demand.entry} put on record is none"
        )
    own = [key for key in policy.logs if key.name == checkpoint.origin]
    signed, false = _holding(note, [*own, *policy.witnesses.values()])
    keys = {each.key for each in signed}
    lacking = [
        *([] if keys & set(own) else ["the log's own signature, by a key that the policy names"]),
        *filter(None, [policy.lacks({name for name, key in policy.witnesses.items() if key in keys})]),
    ]
    told = f" (the signature by {listed([key.name for key in false])} does not hold)" if false else ""
    return Count(checkpoint, note, demand, signed, "; ".join(lacking) + (told if lacking else ""))


def _holding(note: Note, keys: Iterable[VerifierKey]) -> tuple[tuple[Signed, ...], list[VerifierKey]]:
    """The signatures by these keys that hold; and by which keys there are some that do not."""
    held: list[Signed] = []
    false: list[VerifierKey] = []
    for key in keys:
        try:
            held += checked(note, [key])
        except Altered:
            false.append(key)
    return tuple(held), false


def told(count: Count, counts: Iterable[Count]) -> str:
    """Whether a checkpoint counts as the council's, and what it lacks, in sentences; empty where no policy is on record.
    `counts`: all of them, of which the newest that counts is named.
    """
    if count.demand is None:
        return ""
    by = f"the policy on record since entry {count.demand.entry}, which demands {count.demand.says}"
    if count.counts:
        return f"It counts as the council's by {by}."
    last = newest(counts)
    before = f"The newest that does has {last.checkpoint.size} entries." if last else "None does yet."
    return f"It does not count as the council's: it lacks {count.lacks}, by {by}. {before}"


def replaced(before: Policy | None, after: Policy) -> str:
    """What a policy demands, and what that changes of the one before, in sentences: first where it demands less."""
    parts = [f"It demands {after.demands or 'no cosignature'}."]
    if before is None:
        return parts[0]
    parts.append(f"It stands in place of one that demanded {before.demands or 'no cosignature'}.")
    if after.least != before.least:
        more = "more" if after.least > before.least else "less"
        parts.append(
            f"That is {more} than before: it demands {after.least} where {_were(before.least)} demanded."
        )
    came = [n for n in after.witnesses if n not in before.witnesses]
    gone = [n for n in before.witnesses if n not in after.witnesses]
    other = [n for n, key in after.witnesses.items() if before.witnesses.get(n, key) != key]
    parts += [f"Counted from now on: {listed(came)}."] if came else []
    parts += [f"No longer counted: {listed(gone)}."] if gone else []
    parts += [f"Another key than before: {listed(other)}."] if other else []
    if set(after.logs) != set(before.logs):
        parts.append("The log's own keys are others than before.")
    return " ".join(parts)


def _were(number: int) -> str:
    return "1 was" if number == 1 else f"{number} were"
