"""Who signed which checkpoints, as rows over columns: the log, whomever a policy on record names, and other names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.problems import Altered
from foedus.register.log.cosignature import checked
from foedus.register.log.council import Count, Demand
from foedus.register.log.note import Note, VerifierKey

How = Literal["held", "wanted", "unchecked", ""]
Signature = tuple[How, int | None]  # and when, in seconds since 1970, where it says so
LOG = "the log"


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody, and of each checkpoint whether the signature `held`, or is there in that name, `unchecked`, as no policy on
    record names its key; of the newest, whether it is still `wanted` by the policy in force.
    """

    name: str
    signatures: tuple[Signature, ...]


def signers(counts: Sequence[Count], demands: Sequence[Demand]) -> tuple[Signer, ...]:
    """The log first, then witnesses by the latest policy that names them, then names that none does."""
    policies = [d.policy for d in reversed(demands) if d.policy is not None]
    keys: dict[str, list[VerifierKey]] = {LOG: [key for policy in policies for key in policy.logs]}
    for policy in policies:
        for name, key in policy.witnesses.items():
            keys.setdefault(name, []).append(key)
    known = {(key.name, key.id) for each in keys.values() for key in each}
    others = dict.fromkeys(
        s.name
        for count in counts
        for s in count.note.signatures
        if (s.name, s.key_id) not in known and s.name != count.checkpoint.origin
    )
    last = counts[-1] if counts else None
    named = [
        Signer(name, tuple(_of(name, each, count, newest=count is last) for count in counts))
        for name, each in keys.items()
    ]
    return (*named, *(Signer(name, tuple(_there(name, count) for count in counts)) for name in others))


def _of(name: str, keys: Sequence[VerifierKey], count: Count, *, newest: bool) -> Signature:
    origin = count.checkpoint.origin
    for key in keys:
        if name != LOG or key.name == origin:
            at = _holds(count.note, key)
            if at is not False:
                return "held", at
    if name == LOG:
        return ("wanted" if newest else "", None) if count.demand is not None else _there(origin, count)
    policy = None if count.demand is None else count.demand.policy
    wanted = newest and policy is not None and name in policy.witnesses and not count.counts
    return ("wanted" if wanted else ""), None


def _holds(note: Note, key: VerifierKey) -> int | Literal[False] | None:
    """When a key signed, None where it does not say; False where it did not."""
    try:
        found = checked(note, [key])
    except Altered:
        return False
    return found[-1].at if found else False


def _there(name: str, count: Count) -> Signature:
    there = any(signature.name == name for signature in count.note.signatures)
    return ("unchecked" if there else ""), None
