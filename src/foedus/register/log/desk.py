"""What a secretariat does with a log, each in one go: sign, prove, inspect, lay out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.problems import Altered, Conflict, NotFound, Unreachable
from foedus.register.envelope import ActEnvelope, SealedEnvelope, described, kept_back, opened, read
from foedus.register.folders import kept_text
from foedus.register.inspection import check_attachments, check_receipts
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import checked
from foedus.register.log.council import in_force
from foedus.register.log.done import Done, by_policy, newest
from foedus.register.log.keys import Keyring
from foedus.register.log.note import Note, VerifierKey, read_note
from foedus.register.log.policies import policies
from foedus.register.log.policy import Policy
from foedus.register.log.proof_file import ProofFile
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import examine, sign_checkpoint
from foedus.register.log.texts import policy_of, text_of
from foedus.register.log.tiles import write_tiles
from foedus.register.store import Paper, Register
from foedus.terms.words import counted


def sign(
    register: Register,
    keys: Keyring,
    label: str,
    now: int,
    cosigned: Sequence[Path] = (),
    policy: Path | None = None,
) -> Done:
    """Sign a register's checkpoint, and add the cosignatures that files bear: with a policy, those of its witnesses that
    hold, and no others.
    """
    own, council = keys.public(label), None if policy is None else policy_of(policy)
    for path in cosigned:
        text = text_of(path)
        checkpoint = examine(register, text, own)
        text = text if council is None else _of_council(text, own, council)
        demand = in_force(policies(register), checkpoint.size)
        if demand is not None and demand.policy is not None:  # a false one would take the place of the true
            checked(read_note(text), list(demand.policy.witnesses.values()))
        register.keep(Paper("checkpoint", checkpoint.size, text))
    text = sign_checkpoint(register, keys, label, now)
    checkpoint, note = read_checkpoint(text)
    entries = counted(checkpoint.size, "entry", "entries")
    said = f"{entries}, reckoned anew from their bytes; {counted(len(note.signatures), 'signature')}."
    return by_policy(register, Done(checkpoint, tuple(checked(note, own)), said, text))


def _of_council(text: str, own: Sequence[VerifierKey], council: Policy) -> str:
    """A checkpoint with the signatures of the log's own keys and of a policy's witnesses. Altered where one is false."""
    note, keys = read_note(text), (*own, *council.witnesses.values())
    checked(note, keys)
    return str(Note(note.text, tuple(s for s in note.signatures if any(key.signed(s) for key in keys))))


def prove(register: Register, wanted: str, policy: Path | None = None) -> Done:
    """A proof that an entry is in a register, by its index or the id of its act, under the newest checkpoint; with a
    policy, under the newest that counts by it.
    """
    text = newest(register, None if policy is None else policy_of(policy))
    checkpoint, _ = read_checkpoint(text)
    index = _index(register, wanted)
    if index >= checkpoint.size:
        raise Conflict(
            f"The newest checkpoint has {checkpoint.size} entries, without entry {index}. Sign one first."
        )
    (entry,) = register.read(index, index + 1)
    hashes = tuple(Prover(register.hashes).inclusion(index, checkpoint.size))
    proof = ProofFile(index, hashes, text, entry)
    return Done(checkpoint, (), f"Entry {index} is {described(entry)}.", str(proof), index)


def _index(register: Register, wanted: str) -> int:
    size = register.head().size
    if wanted.isascii() and wanted.isdigit():
        if len(wanted) > 18 or int(wanted) >= size:
            raise NotFound("entry", wanted, (), f"There are {size}, from 0 on.")
        return int(wanted)
    known = []
    for index, entry in enumerate(register.read(0, size)):
        envelope = _act(register, index, entry)
        if envelope is not None:
            if envelope.act.get("id") == wanted:
                return index
            known.append(str(envelope.act.get("id")))
    raise NotFound("entry", wanted, known)


def _act(register: Register, index: int, entry: bytes) -> ActEnvelope | None:
    """The act that an entry holds, opened where it is under seal and its text is here; None where there is none to see."""
    envelope = read(entry, f"entry {index}")
    if isinstance(envelope, SealedEnvelope):
        text = kept_text(register, envelope.sha256)
        return None if text is None else opened(envelope, text, f"entry {index}, opened")
    return envelope if isinstance(envelope, ActEnvelope) else None


def inspect(register: Register) -> Done:
    """Reckon a register anew from its stored bytes. Altered where something differs."""
    papers = register.papers("checkpoint")
    signed = [read_checkpoint(paper.text)[0] for paper in papers]
    head, roots = scrub(register, [checkpoint.size for checkpoint in signed])
    for checkpoint in signed:
        if roots.get(checkpoint.size) != checkpoint.root:
            raise Altered(f"The register is not what was signed at {checkpoint.size} entries.")
    check_receipts(register)
    check_attachments(register)
    before = counted(len(signed), "checkpoint")
    said = f"All {head.size} entries give the root that the head says, and that of {before} signed before."
    said += str(kept_back(register.read(0, head.size)))
    forks = len(register.papers("fork"))
    if forks:
        said += f" Evidence is kept of {counted(forks, 'checkpoint')} by which the log's key signed another history."
    return Done(Checkpoint(register.name, head.size, head.root), (), said)


def lay_out(register: Register, folder: Path) -> Done:
    """Write a register's log as files, as of its newest checkpoint; files that are there already stay."""
    text = newest(register)
    checkpoint, _ = read_checkpoint(text)
    count = 0

    def write(name: str, data: bytes) -> None:
        nonlocal count
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.new")
        beside.write_bytes(data)
        beside.replace(path)
        count += 1

    try:
        write_tiles(register, text, checkpoint.size, write)
    except OSError as error:
        raise Unreachable(f"{error.filename or folder} cannot be written: {error.strerror}.") from error
    return Done(checkpoint, (), f"{counted(count, 'file')} written in {folder}.", text)
