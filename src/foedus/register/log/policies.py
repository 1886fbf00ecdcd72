"""Policies on record: read from a register, and put there."""

from __future__ import annotations

from hashlib import sha256

from foedus.problems import Altered, BadInput, Conflict, NotFound, Problem
from foedus.register.envelope import POLICY, TextEnvelope, written
from foedus.register.ledger import is_policy
from foedus.register.log.council import Count, Demand, in_force, judged, replaced
from foedus.register.log.policy import Policy, read_policy
from foedus.register.log.signing import signed_by
from foedus.register.store import Register, Submission


def policies(register: Register, until: int | None = None) -> tuple[Demand, ...]:
    """Every policy that the entries before `until` put on record, in order. One that is not in canonical form is none."""
    found = enumerate(register.read(0, until))
    return tuple(demand(register, at, entry) for at, entry in found if is_policy(entry))


def demand(register: Register, at: int, entry: bytes) -> Demand:
    """The policy that an entry put on record."""
    digest = entry[-66:-2].decode("ascii", "replace")
    try:
        text = (register.attachment(bytes.fromhex(digest)) or b"").decode()
        return Demand(at, text, read_policy(text))
    except (NotFound, ValueError):
        return Demand(at, "", None)
    except BadInput:
        return Demand(at, text, None)


def counted(register: Register) -> tuple[Count, ...]:
    """Each checkpoint of a register that was signed, by the policy in force for it."""
    return judged(register.papers("checkpoint"), policies(register))


def current(register: Register) -> Demand:
    """The policy in force. NotFound where none is."""
    size = register.head().size
    found = in_force(policies(register, size), size)
    if found is None:
        remedy = "None is on record, so no checkpoint counts as the council's. Put one: foedus log policy DATABASE FILE."
        raise NotFound("policy of the register", register.name, (), remedy)
    return found


def put(register: Register, text: str, where: str = POLICY) -> tuple[Demand, str]:
    """Put a policy on record, and say what it changes. BadInput, with every fault, where it is none, or where the newest
    checkpoint is not signed by a key that it names; NotFound where none was signed; Conflict where it is in force.
    """
    policy = read_policy(text, where)
    newest = register.last_paper("checkpoint")
    if newest is None:
        remedy = "Sign one first, to show which key is the log's: foedus log checkpoint."
        raise NotFound("checkpoint of the register", register.name, (), remedy)
    try:
        signed_by(newest.text, policy.logs)
    except Altered as error:
        what = "The key that signed this register's newest checkpoint is not in it."
        raise BadInput([Problem(where, 0, what, "Name it: log KEY, as foedus log key prints it.")]) from error
    size = register.head().size
    last = in_force(policies(register, size), size)
    if last is not None and last.text == text:
        raise Conflict(f"This policy is on record already, since entry {last.entry}.")
    data = text.encode()
    entry = written(TextEnvelope(file=POLICY, sha256=sha256(data).hexdigest()))
    done = register.submit(Submission((entry,), None, size, (data,)))
    return Demand(done.first, text, policy), replaced(_before(last), policy)


def _before(last: Demand | None) -> Policy | None:
    return None if last is None else last.policy
