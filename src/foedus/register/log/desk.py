"""What a secretariat and a delegation do with a log, each in one go: sign, prove, verify, cosign, watch, lay out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from foedus.problems import Altered, BadInput, Conflict, NotFound, Problem, Unreachable
from foedus.register.address import open_register
from foedus.register.envelope import ActEnvelope, described, kept_back, read
from foedus.register.inspection import check_attachments, check_receipts
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import Signed, checked
from foedus.register.log.council import Count, in_force, told
from foedus.register.log.council import newest as newest_of
from foedus.register.log.fetch import fetcher, read_file
from foedus.register.log.keys import Keyring
from foedus.register.log.note import Note, VerifierKey, read_note
from foedus.register.log.policies import counted as by_policies
from foedus.register.log.policies import policies
from foedus.register.log.policy import Policy, read_policy
from foedus.register.log.proof_file import ProofFile, read_proof
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import cosign, examine, sign_checkpoint, signed_by
from foedus.register.log.tiles import CHECKPOINT, Tiles, write_tiles
from foedus.register.log.verify import verify_log
from foedus.register.store import Paper, Register
from foedus.terms.words import counted

LONGEST_TEXT = (
    2_000_000  # bytes: a checkpoint with all the signatures it may have, behind a proof with its entry
)
_SQLITE = b"SQLite format 3\0"


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
    own, council = keys.public(label), None if policy is None else _policy(policy)
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
    return _by_policy(register, Done(checkpoint, tuple(checked(note, own)), said, text))


def _by_policy(register: Register, done: Done) -> Done:
    """The same, with what the register's own policy says of its checkpoint."""
    counts = by_policies(register)
    of = next((count for count in counts if count.checkpoint == done.checkpoint), None)
    return replace(done, council=of, counts=counts)


def _of_council(text: str, own: Sequence[VerifierKey], council: Policy) -> str:
    """A checkpoint with the signatures of the log's own keys and of a policy's witnesses. Altered where one is false."""
    note, keys = read_note(text), (*own, *council.witnesses.values())
    checked(note, keys)
    return str(Note(note.text, tuple(s for s in note.signatures if any(key.signed(s) for key in keys))))


def prove(register: Register, wanted: str, policy: Path | None = None) -> Done:
    """A proof that an entry is in a register, by its index or the id of its act, under the newest checkpoint; with a
    policy, under the newest that counts by it.
    """
    text = newest(register, None if policy is None else _policy(policy))
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


def newest(register: Register, policy: Policy | None = None) -> str:
    """The newest checkpoint that was signed; with a policy, that counts by it. NotFound where none was signed; Altered,
    and why, where none counts.
    """
    papers = register.papers("checkpoint")
    if not papers:
        raise NotFound(
            "checkpoint of the register", register.name, (), "Sign one first: foedus log checkpoint."
        )
    refused: Altered | None = None
    for paper in reversed(papers):
        try:
            if policy is not None:
                policy.accepted(paper.text)
        except Altered as why:
            refused = refused or why
        else:
            return paper.text
    assert refused is not None
    raise refused


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
    council = _policy(policy)
    return Trust(tuple(found), replace(council, logs=(*council.logs, *found)))


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except OSError:  # a key of ML-DSA is longer than any name of a file
        return False


def _policy(path: Path) -> Policy:
    return read_policy(text_of(path), str(path))


def verify(path: Path, trust: Trust, since: Path | None = None) -> Done:
    """Check what lies at a path, offline: a checkpoint, a proof, a whole log as files, or a register's own file. With `since`, that a log
    continues an earlier checkpoint. Altered, with the first entry that fails, where something does not hold.
    """
    if path.is_dir():
        return _verify_files(path, trust, since)
    if _bytes(path, len(_SQLITE))[: len(_SQLITE)] == _SQLITE:
        with open_register(str(path)) as register:
            return _verify_register(register, trust, since)
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
    checkpoint, signed = trust.checked(_decoded(fetch(CHECKPOINT), CHECKPOINT), CHECKPOINT)
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
    return done if trust.policy is not None else _by_policy(register, done)


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
    text = _decoded(fetch(CHECKPOINT), CHECKPOINT)
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


def text_of(path: Path) -> str:
    """What a file says. BadInput where it cannot be read, is too long or no text."""
    return _decoded(_bytes(path, LONGEST_TEXT), str(path))


def _bytes(path: Path, longest: int) -> bytes:
    try:
        return read_file(path, longest)
    except OSError as error:
        raise BadInput([Problem(str(path), 0, f"It cannot be read: {error.strerror}.")]) from error


def _decoded(data: bytes, where: str) -> str:
    if len(data) > LONGEST_TEXT:
        raise BadInput([Problem(where, 0, f"It is longer than {LONGEST_TEXT:,} bytes.")])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise BadInput([Problem(where, 0, f"It is not UTF-8, at byte {error.start}.")]) from error
