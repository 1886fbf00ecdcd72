"""Private keys: made, kept in files that nobody else can read, rotated, and never shown.

A key has a label, by which its files are found: LABEL.key is secret, LABEL.pub is for everybody, LABEL.heads remembers
what was signed (see `heads`). After a rotation the outgoing key signs once more beside the new one, so that who trusts
it can go over, and is then destroyed.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from foedus.problems import BadInput, Conflict, NotFound, Problem, Unreachable
from foedus.register.log.cosignature import message
from foedus.register.log.heads import Heads
from foedus.register.log.note import (
    COSIGN_ED25519,
    COSIGN_ML_DSA_44,
    ED25519,
    Note,
    Signature,
    VerifierKey,
    from_base64,
    is_name,
    to_base64,
)

KINDS = {"log": ED25519, "cosignature": COSIGN_ED25519, "cosignature-ml-dsa-44": COSIGN_ML_DSA_44}
SEED = 32  # bytes, of either algorithm
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LONGEST = 10_000  # bytes of a file of a key


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

    def make(self, label: str, name: str, kind: int = ED25519) -> VerifierKey:
        """A new key under a label, and its public part. Conflict where there is one already."""
        if not is_name(name):
            what = f"“{name}” is no name of a key."
            raise BadInput(
                [Problem("name", 0, what, "It holds no spaces and no +, as in example.org/register.")]
            )
        path = self.path(label, "key")
        public = _written(path, name, kind, os.urandom(SEED))
        Heads(self.path(label, "heads")).begin()
        self._publish(label, public)
        return public

    def _publish(self, label: str, *keys: VerifierKey) -> None:
        path = self.path(label, "pub")
        beside = path.with_name(f"{path.name}.new")
        try:
            beside.unlink(missing_ok=True)
            with beside.open("x") as file:
                file.write("".join(f"{key}\n" for key in keys))
            beside.replace(path)
            _kept(self.folder)
        except OSError as error:
            raise _unwritten(path, error) from error

    def rotate(self, label: str) -> VerifierKey:
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
        made = _written(fresh, public.name, public.type, os.urandom(SEED))
        self._publish(label, made, public)
        try:
            os.link(old, outgoing)
            fresh.replace(old)
        except OSError as error:
            raise _unwritten(outgoing, error) from error
        _kept(self.folder)
        return made

    def read(self, label: str) -> SigningKey:
        """The key of a label. NotFound where there is none; BadInput where others may read it."""
        path = self.path(label, "key")
        if not os.path.lexists(path):
            raise NotFound("key", label, [p.stem for p in self.folder.glob("*.key") if "." not in p.stem])
        self._guarded()
        return _read(path)

    def _guarded(self) -> None:
        """BadInput where others may put files into the folder: they could put another key in the place of one."""
        mode = self.folder.stat().st_mode
        if mode & _WRITABLE_BY_OTHERS and not mode & stat.S_ISVTX:
            what = f"Others than its owner may write into this folder of keys (mode {stat.S_IMODE(mode):o})."
            raise BadInput([Problem(str(self.folder), 0, what, f"Say chmod 700 {self.folder}.")])

    def signers(self, label: str) -> list[SigningKey]:
        """The key of a label, and after a rotation the one before it."""
        outgoing = self.path(label, "outgoing.key")
        return [self.read(label), *([_read(outgoing)] if os.path.lexists(outgoing) else [])]

    def retire(self, label: str) -> None:
        """Destroy the key before the last rotation, which has signed once more."""
        self.path(label, "outgoing.key").unlink(missing_ok=True)
        _kept(self.folder)

    def public(self, label: str) -> list[VerifierKey]:
        """The public keys of a label, the newest first."""
        path = self.path(label, "pub")
        if not path.is_file():
            raise NotFound("key", label, [p.stem for p in self.folder.glob("*.pub")])
        return [VerifierKey.read(line) for line in _bytes(path).decode("utf-8", "replace").splitlines()]


def _written(path: Path, name: str, kind: int, seed: bytes) -> VerifierKey:
    public = SigningKey.from_seed(name, kind, seed).public
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Conflict(f"There is a key in {path} already. Rotate it, or take another label.") from None
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"PRIVATE+KEY+{name}+{public.id.hex()}+{to_base64(bytes([kind]) + seed)}\n")
            file.flush()
            os.fsync(file.fileno())
        _kept(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritten(path, error) from error
    return public


def _read(path: Path) -> SigningKey:
    head, _, rest = _bytes(path, secret=True).decode("utf-8", "replace").strip().partition("PRIVATE+KEY+")
    name, _, rest = rest.partition("+")
    identity, _, coded = rest.partition("+")
    data = from_base64(coded)
    try:
        key = SigningKey.from_seed(name, data[0], data[1:]) if data else None
    except ValueError:
        key = None
    if head or key is None or key.public.id.hex() != identity or key.public.type not in KINDS.values():
        raise BadInput(
            [Problem(str(path), 0, "This is no private key, or is damaged.")]
        )  # and no word of what it holds
    return key


def _bytes(path: Path, *, secret: bool = False) -> bytes:
    """What is in a file of a key. BadInput where it is `secret` and others may read it, or where it is a link: what that
    leads to may be another tomorrow.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        what = "It is a link." if path.is_symlink() else f"It cannot be read: {error.strerror}."
        raise BadInput([Problem(str(path), 0, what, "A key is in a file of its own.")]) from error
    with os.fdopen(handle, "rb") as file:
        mode = os.fstat(handle).st_mode
        if secret and mode & _OPEN_TO_OTHERS:
            what = f"Others than its owner may use this key (mode {stat.S_IMODE(mode):o})."
            remedy = f"Say chmod 600 {path}, and rotate it if they may have read it."
            raise BadInput([Problem(str(path), 0, what, remedy)])
        return file.read(LONGEST) if stat.S_ISREG(mode) else b""


def _unwritten(path: Path, error: OSError) -> Unreachable:
    return Unreachable(f"{path} cannot be written: {error.strerror}.")


def _kept(folder: Path) -> None:
    """See that the folder's own list of files is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
