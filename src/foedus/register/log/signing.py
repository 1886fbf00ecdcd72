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
    down, before anything is signed; no other process signs with the key meanwhile. Altered, and nothing signed, where
    the register is not what was signed before.
    """
    signers = keys.signers(label)
    origin, heads = signers[0].public.name, Heads(keys.path(label, "heads"))
    with heads.alone():
        last, newest = heads.last(origin), _newest(register, origin)
        head, roots = scrub(register, [earlier.size for earlier in (last, newest) if earlier is not None])

        def continues(earlier: Head) -> None:
            if earlier.size > head.size:
                raise Altered(_set_back(origin, earlier.size, head.size))
            if roots[earlier.size] != earlier.root:
                raise Altered(_rewritten(origin, earlier.size))

        if newest is not None:
            continues(newest)
        heads.promise(origin, head, continues)
        unsigned = Note(Checkpoint(origin, head.size, head.root).text, ())
        note = Note(unsigned.text, tuple(signer.sign(unsigned, now) for signer in signers))
        kept = register.keep(Paper("checkpoint", head.size, str(note)))
        keys.retire(label)
    return kept.text


def _newest(register: Register, origin: str) -> Head | None:
    """The newest head of which the register itself keeps that it was signed: for where the key's memory was set back."""
    last = register.last_paper("checkpoint")
    signed = None if last is None else read_checkpoint(last.text)[0]
    return Head(signed.size, signed.root) if signed is not None and signed.origin == origin else None


def cosign(
    text: str, log: Sequence[VerifierKey], prover: Prover, *, keys: Keyring, label: str, now: int
) -> str:
    """A log's checkpoint with the cosignature of a key, given that the log signed it and that it continues what the key
    cosigned last. `prover` has the log's hashes. Altered where that is not so: then nothing is signed.
    """
    checkpoint, note = signed_by(text, log)
    signers = keys.signers(label)
    head = Head(checkpoint.size, checkpoint.root)
    if prover.root(head.size) != head.root:
        raise Altered(f"The hashes shown do not give the root of the checkpoint at {head.size} entries.")

    def continues(earlier: Head) -> None:
        proof = prover.consistency(earlier.size, head.size)
        check_consistency(earlier.size, head.size, proof, earlier.root, head.root)

    heads = Heads(keys.path(label, "heads"))
    with heads.alone():
        heads.promise(checkpoint.origin, head, continues)
        mine = tuple(signer.sign(note, now) for signer in signers)
        keys.retire(label)
    ours = {(signature.name, signature.key_id) for signature in mine}
    others = tuple(s for s in note.signatures if (s.name, s.key_id) not in ours)
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


def _set_back(origin: str, before: int, now: int) -> str:
    return f"“{origin}” was signed with {before} entries before, and now has {now}: it was set back. Nothing was signed."


def _rewritten(origin: str, size: int) -> str:
    return (
        f"“{origin}” was signed with another root at {size} entries: there are two registers under its name."
    )
