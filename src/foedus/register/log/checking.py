"""What a delegation does with a log, each in one go: verify, watch, cosign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from foedus.problems import Altered, BadInput, Problem
from foedus.register.address import open_register
from foedus.register.envelope import described, kept_back
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import Signed, checked
from foedus.register.log.done import Done, by_policy, newest
from foedus.register.log.fetch import fetcher
from foedus.register.log.keys import Keyring
from foedus.register.log.note import VerifierKey, read_note
from foedus.register.log.policy import Policy
from foedus.register.log.proof_file import read_proof
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import cosign, signed_by
from foedus.register.log.texts import decoded, policy_of, text_of
from foedus.register.log.tiles import CHECKPOINT, Tiles
from foedus.register.log.verify import verify_log
from foedus.register.places import is_database
from foedus.register.store import Register
from foedus.terms.words import counted


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: keys of the log, or a policy, which has them too."""

    keys: tuple[VerifierKey, ...]
    policy: Policy | None

    def checked(self, text: str, where: str) -> tuple[Checkpoint, tuple[Signed, ...]]:
        """A checkpoint that counts, and who signed it. Altered where it does not count."""
        if self.policy is not None:
            checkpoint, _ = self.policy.accepted(text)
            keys = self.policy.keys
        else:
            checkpoint, _ = signed_by(text, self.keys, where)
            keys = self.keys
        return checkpoint, tuple(checked(read_note(text), keys))


def trusted(keys: Sequence[str], policy: Path | None) -> Trust:
    """Whose signatures count, from public keys or files that hold such, one a line, and a policy's file."""
    if not keys and policy is None:
        what = "Say whose signature counts: a public key, a file that holds such, or a policy."
        raise BadInput([Problem("--key", 0, what)])
    found: list[VerifierKey] = []
    for key in keys:
        lines = [key] if "+" in key and not _is_file(key) else text_of(Path(key)).splitlines()
        found += [VerifierKey.read(line) for line in lines if line.strip()]
    if policy is None:
        return Trust(tuple(found), None)
    council = policy_of(policy)
    return Trust(tuple(found), replace(council, logs=(*council.logs, *found)))


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # a key of ML-DSA is longer than any name of a file
        return False


def verify(address: str, trust: Trust, since: Path | None = None, name: str | None = None) -> Done:
    """Check what lies at a path or address: a checkpoint, a proof, a whole log as files, or a database's register (`name`
    where there are several). With `since`, that a log continues an earlier checkpoint. Altered, with the first entry
    that fails, where something does not hold.
    """
    if is_database(address):
        with open_register(address, name) as register:
            return _verify_register(register, trust, since)
    path = Path(address)
    if path.is_dir():
        return _verify_files(path, trust, since)
    text = text_of(path)
    if text.startswith("c2sp.org/tlog-proof"):
        done = _verify_proof(text, str(path), trust)
    else:
        checkpoint, signed = trust.checked(text, str(path))
        done = Done(checkpoint, signed, "The signatures hold. The entries are not in this file.")
    if since is not None:
        _compare(done.checkpoint, trust, since)
    return done


def _compare(checkpoint: Checkpoint, trust: Trust, since: Path) -> None:
    """Two checkpoints without the log between them: Altered where they exclude each other, BadInput where that cannot be
    told.
    """
    earlier = _earlier(checkpoint, trust, since)
    if earlier.size < checkpoint.size:
        what = (
            f"Whether {checkpoint.size} entries continue those {earlier.size}, only the log's files can show."
        )
        raise BadInput([Problem("--since", 0, what, "Give the folder of the log, or the register.")])
    if earlier.root != checkpoint.root:
        raise Altered(f"The log shows two roots at {earlier.size} entries: it was rewritten.")


def _verify_proof(text: str, where: str, trust: Trust) -> Done:
    proof = read_proof(text, where)
    checkpoint, signed = trust.checked(proof.checkpoint, where)
    if not proof.extra:
        raise BadInput(
            [Problem(where, 2, "The proof does not carry its entry, and so proves nothing to a reader.")]
        )
    proof.check(proof.extra)
    said = f"Entry {proof.index} is in the log: {described(proof.extra)}."
    return Done(checkpoint, signed, said, proof.extra.decode("utf-8", "replace"), proof.index)


def _verify_files(folder: Path, trust: Trust, since: Path | None) -> Done:
    fetch = fetcher(str(folder))
    checkpoint, signed = trust.checked(decoded(fetch(CHECKPOINT), CHECKPOINT), CHECKPOINT)
    files = Tiles(fetch, checkpoint.size)
    whole = f"{_whole(checkpoint)}{verify_log(files, checkpoint)}"
    return Done(checkpoint, signed, whole + _continues(checkpoint, Prover(files.hashes), trust, since))


def _verify_register(register: Register, trust: Trust, since: Path | None) -> Done:
    checkpoint, signed = trust.checked(newest(register), CHECKPOINT)
    head, roots = scrub(register, [checkpoint.size])
    if roots.get(checkpoint.size) != checkpoint.root:
        raise Altered(f"The register is not what was signed at {checkpoint.size} entries.")
    beyond = head.size - checkpoint.size
    more = (
        f" {counted(beyond, 'entry', 'entries')} came since, and no signature is over those."
        if beyond
        else ""
    )
    sealed = kept_back(register.read(0, checkpoint.size))
    said = f"{_whole(checkpoint)}{sealed}{more}" + _continues(
        checkpoint, Prover(register.hashes), trust, since
    )
    done = Done(checkpoint, signed, said)
    return done if trust.policy is not None else by_policy(register, done)


def _whole(checkpoint: Checkpoint) -> str:
    return f"All {checkpoint.size} entries are as signed."


def _continues(checkpoint: Checkpoint, prover: Prover, trust: Trust, since: Path | None) -> str:
    """That a log continues an earlier checkpoint, in words; nothing where there is none."""
    if since is None:
        return ""
    earlier = _earlier(checkpoint, trust, since)
    if prover.root(earlier.size) != earlier.root:
        raise Altered(
            f"The log does not continue the checkpoint of {earlier.size} entries: it was rewritten."
        )
    return f" Those up to {earlier.size} are as they were."


def _earlier(checkpoint: Checkpoint, trust: Trust, since: Path) -> Checkpoint:
    """The earlier checkpoint of the same log. Altered where it is of another, or not earlier."""
    earlier, _ = trust.checked(text_of(since), str(since))
    if checkpoint.origin != earlier.origin:
        raise Altered(f"The checkpoints are of two logs: “{checkpoint.origin}” and “{earlier.origin}”.")
    if earlier.size > checkpoint.size:
        what = f"The log has {checkpoint.size} entries, and had {earlier.size} before"
        raise Altered(f"{what}: it was set back, or an old checkpoint is shown.")
    return earlier


def watch(log: str, keys: Keyring, label: str, trust: Sequence[VerifierKey], now: int) -> Done:
    """Cosign the checkpoint of a log as it is shown at an address, a folder's or of http, if it continues what was
    cosigned before. A checkpoint that the log signed and that does not is kept as evidence beside the key.
    """
    fetch = fetcher(log)
    text = decoded(fetch(CHECKPOINT), CHECKPOINT)
    checkpoint, _ = signed_by(text, trust)
    prover = Prover(Tiles(fetch, checkpoint.size).hashes)
    return _cosigned(text, prover, keys, label, trust, now)


def cosign_file(
    path: Path, source: str, keys: Keyring, label: str, *, trust: Sequence[VerifierKey], now: int
) -> Done:
    """Cosign a checkpoint in a file, whose log's hashes are in a folder of tiles or in a register's database."""
    text = text_of(path)
    checkpoint, _ = signed_by(text, trust, str(path))
    if Path(source).is_dir():
        prover = Prover(Tiles(fetcher(source), checkpoint.size).hashes)
        return _cosigned(text, prover, keys, label, trust, now)
    with open_register(source) as register:
        return _cosigned(text, Prover(register.hashes), keys, label, trust, now)


def _cosigned(
    text: str, prover: Prover, keys: Keyring, label: str, trust: Sequence[VerifierKey], now: int
) -> Done:
    try:
        cosigned = cosign(text, trust, prover, keys=keys, label=label, now=now)
    except Altered as refused:
        kept = keys.path(label, f"evidence-{sha256(text.encode()).hexdigest()[:16]}")
        kept.write_text(text, "utf-8")
        raise Altered(f"{refused} What the log signed is kept as evidence in {kept}.") from refused
    checkpoint, note = read_checkpoint(cosigned)
    signed = checked(note, [*trust, *keys.public(label)])
    return Done(checkpoint, tuple(signed), "The log continues what was cosigned before.", cosigned)
