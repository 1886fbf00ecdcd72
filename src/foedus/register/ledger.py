"""Where in a register what stands: which entry holds an act, which says that another was redacted, which is a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.problems import BadInput
from foedus.register.envelope import POLICY, ActEnvelope, RedactionEnvelope, TextEnvelope, kept, written

_POLICY = written(TextEnvelope(file=POLICY, sha256="0" * 64)).partition(b"0" * 64)[0]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Of the first `size` entries: the index of each act that stands in the open, by its id; of what says that an entry
    was redacted, by that entry; and of every policy.
    """

    size: int
    acts: Mapping[str, int]
    redactions: Mapping[int, int]
    policies: tuple[int, ...] = ()

    def grown(self, entries: Iterable[bytes]) -> Ledger:
        """With the entries that follow."""
        acts, redactions, policies = dict(self.acts), dict(self.redactions), [*self.policies]
        at = self.size
        for entry in entries:
            try:
                match kept(entry):
                    case ActEnvelope(act=act):
                        acts.setdefault(str(act.get("id")), at)
                    case RedactionEnvelope(entry=of):
                        redactions.setdefault(of, at)
                    case _:
                        policies += [at] if is_policy(entry) else []
            except BadInput:
                pass  # it holds nothing that a record could point to
            at += 1
        return Ledger(at, acts, redactions, tuple(policies))


def is_policy(entry: bytes) -> bool:
    """Whether an entry puts a policy on record; one that is not in canonical form does not."""
    return entry.startswith(_POLICY) and len(entry) == len(_POLICY) + len('"}') + 64


EMPTY = Ledger(0, {}, {})
