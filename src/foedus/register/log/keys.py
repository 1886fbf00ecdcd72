"""Private keys: made, kept in files that nobody else can read, rotated, and never shown.

A key has a label, by which its files are found: LABEL.key is secret, LABEL.pub is for everybody, LABEL.heads remembers
what was signed (see `heads`). After a rotation the outgoing key signs once more beside the new one, so that who trusts
it can go over, and is then destroyed.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from foedus.problems import BadInput, Conflict, NotFound, Problem, Unreachable
from foedus.register.log.cosignature import message
from foedus.register.log.note import COSIGN_ED25519, COSIGN_ML_DSA_44, ED25519, Note, Signature, VerifierKey

KINDS = {"log": ED25519, "cosignature": COSIGN_ED25519, "cosignature-ml-dsa-44": COSIGN_ML_DSA_44}
SEED = 32  # bytes, of either algorithm
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NAME = re.compile(r"[^\s+]{1,200}")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key. It can sign, and say which public key checks that; nothing of it can be printed."""

    public: VerifierKey
    _private: Ed25519PrivateKey | MLDSA44PrivateKey = field(repr=False)

    def sign(self, note: Note, at: int) -> Signature:
        """The signature of a checkpoint, given at `at`, in seconds since 1970. Only `heads.Heads.promise` may come
        before this.
        """
        public = self.public
        signature = self._private.sign(message(public.name, public.type, note, at))
        when = b"" if public.type == ED25519 else at.to_bytes(8, "big")
        return Signature(public.name, public.id, when + signature)

    @classmethod
    def from_seed(cls, name: str, kind: int, seed: bytes) -> SigningKey:
        """The key that 32 secret bytes make."""
        private: Ed25519PrivateKey | MLDSA44PrivateKey
        if kind == COSIGN_ML_DSA_44:
            private = MLDSA44PrivateKey.from_seed_bytes(seed)
        else:
            private = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(VerifierKey(name, kind, private.public_key().public_bytes_raw()), private)


@dataclass(frozen=True)
class Keyring:
    """A folder of keys."""

    folder: Path

    def path(self, label: str, what: str) -> Path:
        """A file of a label. BadInput where that is no label."""
        if not _LABEL.fullmatch(label):
            what = f"“{label}” is no label of a key."
            raise BadInput([Problem("label", 0, what, "It is letters, digits, dots and hyphens.")])
        return self.folder / f"{label}.{what}"

    def make(
        self, label: str, name: str, kind: int = ED25519, random: Callable[[int], bytes] = os.urandom
    ) -> VerifierKey:
        """A new key under a label, and its public part. Conflict where there is one already."""
        if not _NAME.fullmatch(name):
            what = f"“{name}” is no name of a key."
            raise BadInput(
                [Problem("name", 0, what, "It holds no spaces and no +, as in example.org/register.")]
            )
        path = self.path(label, "key")
        public = _written(path, name, kind, random(SEED))
        self.path(label, "pub").write_text(f"{public}\n")
        return public

    def rotate(self, label: str, random: Callable[[int], bytes] = os.urandom) -> VerifierKey:
        """A new key under the same label and name. The old one signs once more. Conflict where it has not yet since the
        last rotation.
        """
        old, outgoing = self.path(label, "key"), self.path(label, "outgoing.key")
        if outgoing.exists():
            raise Conflict(
                f"The key that “{label}” had before is still to sign once. Sign a checkpoint first."
            )
        public = self.read(label).public
        fresh = self.path(label, "new.key")
        fresh.unlink(missing_ok=True)  # of a rotation that was broken off
        made = _written(fresh, public.name, public.type, random(SEED))
        os.link(old, outgoing)
        fresh.replace(old)
        self.path(label, "pub").write_text(f"{made}\n{public}\n")
        _kept(self.folder)
        return made

    def read(self, label: str) -> SigningKey:
        """The key of a label. NotFound where there is none; BadInput where others may read it."""
        path = self.path(label, "key")
        if not path.is_file():
            raise NotFound("key", label, [p.stem for p in self.folder.glob("*.key") if "." not in p.stem])
        return _read(path)

    def signers(self, label: str) -> list[SigningKey]:
        """The key of a label, and after a rotation the one before it."""
        outgoing = self.path(label, "outgoing.key")
        return [self.read(label), *([_read(outgoing)] if outgoing.is_file() else [])]

    def retire(self, label: str) -> None:
        """Destroy the key before the last rotation, which has signed once more."""
        self.path(label, "outgoing.key").unlink(missing_ok=True)
        _kept(self.folder)

    def public(self, label: str) -> list[VerifierKey]:
        """The public keys of a label, the newest first."""
        path = self.path(label, "pub")
        if not path.is_file():
            raise NotFound("key", label, [p.stem for p in self.folder.glob("*.pub")])
        return [VerifierKey.read(line) for line in path.read_text("utf-8").splitlines()]


def _written(path: Path, name: str, kind: int, seed: bytes) -> VerifierKey:
    public = SigningKey.from_seed(name, kind, seed).public
    coded = base64.b64encode(bytes([kind]) + seed).decode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Conflict(f"There is a key in {path} already. Rotate it, or take another label.") from None
    except OSError as error:
        raise Unreachable(f"{path} cannot be written: {error.strerror}.") from error
    with os.fdopen(handle, "w") as file:
        file.write(f"PRIVATE+KEY+{name}+{public.id.hex()}+{coded}\n")
        file.flush()
        os.fsync(file.fileno())
    _kept(path.parent)
    return public


def _read(path: Path) -> SigningKey:
    mode = path.stat().st_mode
    if mode & _OPEN_TO_OTHERS:
        what = f"Others than its owner may use this key (mode {stat.S_IMODE(mode):o})."
        raise BadInput(
            [Problem(str(path), 0, what, f"Say chmod 600 {path}, and rotate it if they may have read it.")]
        )
    head, _, rest = path.read_text("utf-8").strip().partition("PRIVATE+KEY+")
    name, _, rest = rest.partition("+")
    identity, _, coded = rest.partition("+")
    try:
        data = base64.b64decode(coded, validate=True)
        key = SigningKey.from_seed(name, data[0], data[1:])
    except (binascii.Error, ValueError, IndexError):
        key = None
    if head or key is None or key.public.id.hex() != identity or key.public.type not in KINDS.values():
        raise BadInput(
            [Problem(str(path), 0, "This is no private key, or is damaged.")]
        )  # and no word of what it holds
    return key


def _kept(folder: Path) -> None:
    """See that the folder's own list of files is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
