"""What was done with a log, for whoever is to be told; and the newest of its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.problems import Altered, NotFound
from foedus.register.log.checkpoint import Checkpoint
from foedus.register.log.cosignature import Signed
from foedus.register.log.council import Count, told
from foedus.register.log.council import newest as newest_of
from foedus.register.log.policies import counted as by_policies
from foedus.register.log.policy import Policy
from foedus.register.store import Register


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a log: its checkpoint, who signed that, what was found in words, and the text made of it; and
    what its register's own policy says of that, with all its checkpoints.
    """

    checkpoint: Checkpoint
    signed: tuple[Signed, ...]
    said: str
    text: str = ""
    entry: int | None = None
    council: Count | None = None
    counts: tuple[Count, ...] = ()

    @property
    def told(self) -> str:
        """What the register's own policy says, in sentences; empty where there is none, or none was asked."""
        return "" if self.council is None else told(self.council, self.counts)

    @property
    def newest(self) -> Count | None:
        """The newest checkpoint that counts as the council's."""
        return newest_of(self.counts)


def by_policy(register: Register, done: Done) -> Done:
    """The same, with what the register's own policy says of its checkpoint."""
    counts = by_policies(register)
    of = next((count for count in counts if count.checkpoint == done.checkpoint), None)
    return replace(done, council=of, counts=counts)


def newest(register: Register, policy: Policy | None = None) -> str:
    """The newest checkpoint that was signed; with a policy, that counts by it. NotFound where none was signed; Altered,
    and why, where none counts.
    """
    last = register.last_paper("checkpoint")
    if last is None:
        remedy = "Sign one first: foedus log checkpoint."
        raise NotFound("checkpoint of the register", register.name, (), remedy)
    if policy is None:
        return last.text
    refused: Altered | None = None
    for paper in reversed(register.papers("checkpoint")):
        try:
            policy.accepted(paper.text)
        except Altered as why:
            refused = refused or why
        else:
            return paper.text
    assert refused is not None
    raise refused
