"""Signs what is true only: a register's checkpoint by the register's own key, a log's checkpoint by who watches it."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.problems import Altered
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import checked
from foedus.register.log.heads import Heads
from foedus.register.log.keys import Keyring
from foedus.register.log.note import Note, VerifierKey
from foedus.register.log.proofs import Prover, check_consistency
from foedus.register.log.scrub import scrub
from foedus.register.store import Head, Paper, Register


def sign_checkpoint(register: Register, keys: Keyring, label: str, now: int) -> str:
    """A register's checkpoint, signed and kept. The root is reckoned anew from the stored bytes, and the head written
    down, before anything is signed. Altered, and nothing signed, where the register is not what was signed before.
    """
    signers = keys.signers(label)
    origin, heads = signers[0].public.name, Heads(keys.path(label, "heads"))
    last = heads.last(origin)
    head, roots = scrub(register, [] if last is None else [last.size])

    def continues(earlier: Head) -> None:
        # `earlier` may be newer than `last` if another process has signed meanwhile; then its root is not at hand
        root = roots.get(earlier.size) or scrub(register, [earlier.size])[1][earlier.size]
        if root != earlier.root:
            raise Altered(_rewritten(origin, earlier.size))

    heads.promise(origin, head, continues)
    text = Checkpoint(origin, head.size, head.root).text
    unsigned = Note(text, ())
    note = Note(text, tuple(signer.sign(unsigned, now) for signer in signers))
    kept = register.keep(Paper("checkpoint", head.size, str(note)))
    keys.retire(label)
    return kept.text


def cosign(
    text: str, log: Sequence[VerifierKey], prover: Prover, *, keys: Keyring, label: str, now: int
) -> str:
    """A log's checkpoint with the cosignature of a key, given that the log signed it and that it continues what the key
    cosigned last. `prover` has the log's hashes. Altered where that is not so: then nothing is signed.
    """
    checkpoint, note = signed_by(text, log)
    head = Head(checkpoint.size, checkpoint.root)
    if prover.root(head.size) != head.root:
        raise Altered(f"The hashes shown do not give the root of the checkpoint at {head.size} entries.")

    def continues(earlier: Head) -> None:
        proof = prover.consistency(earlier.size, head.size)
        check_consistency(earlier.size, head.size, proof, earlier.root, head.root)

    Heads(keys.path(label, "heads")).promise(checkpoint.origin, head, continues)
    signers = keys.signers(label)
    mine = tuple(signer.sign(note, now) for signer in signers)
    ours = {(signature.name, signature.key_id) for signature in mine}
    others = tuple(s for s in note.signatures if (s.name, s.key_id) not in ours)
    keys.retire(label)
    return str(Note(note.text, (*others, *mine)))


def signed_by(
    text: str | bytes, log: Sequence[VerifierKey], where: str = "checkpoint"
) -> tuple[Checkpoint, Note]:
    """A checkpoint that one of a log's own keys signed under its own name. Altered where none did."""
    checkpoint, note = read_checkpoint(text, where)
    own = [key for key in log if key.name == checkpoint.origin]
    if not checked(note, own):
        raise Altered(
            f"The {where} of “{checkpoint.origin}” is not signed by a key of that name that is trusted here."
        )
    return checkpoint, note


def examine(register: Register, text: str, log: Sequence[VerifierKey]) -> Checkpoint:
    """A checkpoint of this register that somebody shows. Where the register's own key signed what the register is not,
    the checkpoint is kept as evidence, and Altered raised.
    """
    checkpoint, _ = signed_by(text, log)
    head = register.head()
    if checkpoint.size > head.size:
        register.keep(Paper("fork", checkpoint.size, text))
        what = f"The checkpoint shown has {checkpoint.size} entries, and the register {head.size}: it was set back."
        raise Altered(f"{what} The checkpoint is kept as evidence.")
    if Prover(register.hashes).root(checkpoint.size) != checkpoint.root:
        register.keep(Paper("fork", checkpoint.size, text))
        what = f"{_rewritten(checkpoint.origin, checkpoint.size)} The checkpoint shown is kept as evidence."
        raise Altered(what)
    return checkpoint


def _rewritten(origin: str, size: int) -> str:
    return (
        f"“{origin}” was signed with another root at {size} entries: there are two registers under its name."
    )
