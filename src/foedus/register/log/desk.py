"""What a secretariat and a delegation do with a log, each in one go: sign, prove, verify, cosign, watch, lay out."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from foedus.problems import Altered, BadInput, Conflict, NotFound, Problem, Unreachable
from foedus.register.address import open_register
from foedus.register.envelope import ActEnvelope, described, kept_back, read
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import Signed, checked
from foedus.register.log.keys import Keyring
from foedus.register.log.note import VerifierKey, read_note
from foedus.register.log.policy import Policy, read_policy
from foedus.register.log.proof_file import ProofFile, read_proof
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import cosign, examine, sign_checkpoint, signed_by
from foedus.register.log.tiles import CHECKPOINT, Fetch, Tiles, write_tiles
from foedus.register.log.verify import verify_log
from foedus.register.store import Paper, Register
from foedus.terms.words import counted

LARGEST = 256 * 65_537  # bytes: a full bundle of the longest entries
PATIENCE = 20  # seconds
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a log: its checkpoint, who signed that, what was found in words, and the text made of it."""

    checkpoint: Checkpoint
    signed: tuple[Signed, ...]
    said: str
    text: str = ""
    entry: int | None = None


def sign(register: Register, keys: Keyring, label: str, now: int, cosigned: Sequence[Path] = ()) -> Done:
    """Sign a register's checkpoint, and add the cosignatures that files bear."""
    own = keys.public(label)
    for path in cosigned:
        text = _text(path)
        checkpoint = examine(register, text, own)
        register.keep(Paper("checkpoint", checkpoint.size, text))
    text = sign_checkpoint(register, keys, label, now)
    checkpoint, note = read_checkpoint(text)
    entries = counted(checkpoint.size, "entry", "entries")
    said = f"{entries}, reckoned anew from their bytes; {counted(len(note.signatures), 'signature')}."
    return Done(checkpoint, tuple(checked(note, own)), said, text)


def prove(register: Register, wanted: str) -> Done:
    """A proof that an entry is in a register, by its index or the id of its act, under the newest checkpoint."""
    text = newest(register)
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
        envelope = read(entry, f"entry {index}")
        if isinstance(envelope, ActEnvelope):
            if envelope.act.get("id") == wanted:
                return index
            known.append(str(envelope.act.get("id")))
    raise NotFound("entry", wanted, known)


def newest(register: Register) -> str:
    """The newest checkpoint that was signed. NotFound where none was."""
    papers = register.papers("checkpoint")
    if not papers:
        raise NotFound(
            "checkpoint of the register", register.name, (), "Sign one first: foedus log checkpoint."
        )
    return papers[-1].text


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose signatures count: keys of the log, or a policy, which has them too."""

    keys: tuple[VerifierKey, ...]
    policy: Policy | None

    def checked(self, text: str, where: str) -> tuple[Checkpoint, tuple[Signed, ...]]:
        """A checkpoint that counts, and who signed it. Altered where it does not count."""
        if self.policy is not None:
            checkpoint, _ = self.policy.accepted(text)
            keys = (*self.policy.logs, *self.policy.witnesses.values())
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
        lines = [key] if "+" in key and not Path(key).is_file() else _text(Path(key)).splitlines()
        found += [VerifierKey.read(line) for line in lines if line.strip()]
    return Trust(tuple(found), None if policy is None else read_policy(_text(policy), str(policy)))


def verify(path: Path, trust: Trust, since: Path | None = None) -> Done:
    """Check what lies at a path, offline: a checkpoint, a proof, a whole log as files, or a register's own file. With `since`, that a log
    continues an earlier checkpoint. Altered, with the first entry that fails, where something does not hold.
    """
    if path.is_dir():
        return _verify_files(path, trust, since)
    if path.read_bytes()[: len(_SQLITE)] == _SQLITE:
        with open_register(str(path)) as register:
            return _verify_register(register, trust, since)
    text = _text(path)
    if text.startswith("c2sp.org/tlog-proof"):
        return _verify_proof(text, str(path), trust)
    checkpoint, signed = trust.checked(text, str(path))
    return Done(checkpoint, signed, "The signatures hold. The entries are not in this file.")


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
    checkpoint, signed = trust.checked(fetch(CHECKPOINT).decode("utf-8", "replace"), CHECKPOINT)
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
    return Done(checkpoint, signed, said)


def _whole(checkpoint: Checkpoint) -> str:
    return f"All {checkpoint.size} entries are as signed."


def _continues(checkpoint: Checkpoint, prover: Prover, trust: Trust, since: Path | None) -> str:
    """That a log continues an earlier checkpoint, in words; nothing where there is none."""
    if since is None:
        return ""
    earlier, _ = trust.checked(_text(since), str(since))
    _same_log(checkpoint, earlier)
    if earlier.size > checkpoint.size:
        raise Altered(
            f"The log has {checkpoint.size} entries, and had {earlier.size} before: it was set back."
        )
    if prover.root(earlier.size) != earlier.root:
        raise Altered(
            f"The log does not continue the checkpoint of {earlier.size} entries: it was rewritten."
        )
    return f" Those up to {earlier.size} are as they were."


def _same_log(checkpoint: Checkpoint, other: Checkpoint) -> None:
    if checkpoint.origin != other.origin:
        raise Altered(f"The checkpoints are of two logs: “{checkpoint.origin}” and “{other.origin}”.")


def watch(log: str, keys: Keyring, label: str, trust: Sequence[VerifierKey], now: int) -> Done:
    """Cosign the checkpoint of a log as it is shown at an address, a folder's or of http, if it continues what was
    cosigned before. A checkpoint that the log signed and that does not is kept as evidence beside the key.
    """
    fetch = fetcher(log)
    text = fetch(CHECKPOINT).decode("utf-8", "replace")
    checkpoint, _ = signed_by(text, trust)
    prover = Prover(Tiles(fetch, checkpoint.size).hashes)
    return _cosigned(text, prover, keys, label, trust, now)


def cosign_file(
    path: Path, source: str, keys: Keyring, label: str, *, trust: Sequence[VerifierKey], now: int
) -> Done:
    """Cosign a checkpoint in a file, whose log's hashes are in a folder of tiles or in a register's database."""
    text = _text(path)
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


def inspect(register: Register) -> Done:
    """Reckon a register anew from its stored bytes. Altered where something differs."""
    papers = register.papers("checkpoint")
    signed = [read_checkpoint(paper.text)[0] for paper in papers]
    head, roots = scrub(register, [checkpoint.size for checkpoint in signed])
    for checkpoint in signed:
        if roots.get(checkpoint.size) != checkpoint.root:
            raise Altered(f"The register is not what was signed at {checkpoint.size} entries.")
    before = counted(len(signed), "checkpoint")
    said = f"All {head.size} entries give the root that the head says, and that of {before} signed before."
    said += str(kept_back(register.read(0, head.size)))
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


def fetcher(log: str) -> Fetch:
    """What fetches the files of a log from an address: a folder's path, or http(s)://…"""
    if log.startswith(("http://", "https://")):
        return _from_web(log.rstrip("/"))
    folder = Path(log)

    def fetch(name: str) -> bytes:
        try:
            return (folder / name).read_bytes()
        except FileNotFoundError:
            raise Altered(f"The log lacks the file {name}.") from None
        except OSError as error:
            raise Unreachable(f"{folder / name} cannot be read: {error.strerror}.") from error

    return fetch


def _from_web(address: str) -> Callable[[str], bytes]:
    def fetch(name: str) -> bytes:
        try:
            with urllib.request.urlopen(f"{address}/{name}", timeout=PATIENCE) as answer:  # noqa: S310 - http, see above
                data: bytes = answer.read(LARGEST + 1)
        except urllib.error.HTTPError as error:
            raise Altered(f"The log does not show {address}/{name}: {error.code} {error.reason}.") from error
        except (OSError, ValueError) as error:
            raise Unreachable(f"{address} does not answer: {error}.") from error
        if len(data) > LARGEST:
            raise Altered(f"{address}/{name} is longer than anything in a log.")
        return data

    return fetch


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput([Problem(str(path), 0, f"It is not UTF-8, at byte {error.start}.")]) from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise BadInput([Problem(str(path), 0, f"It cannot be read: {reason}.")]) from error
