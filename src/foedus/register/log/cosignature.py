"""Signatures of checkpoints: a log's own (C2SP signed-note) and those of who saw that it only ever grew (C2SP
tlog-cosignature), by Ed25519 and by ML-DSA-44.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from foedus.problems import Altered
from foedus.register.log.checkpoint import checkpoint_of
from foedus.register.log.note import (
    COSIGN_ML_DSA_44,
    ED25519,
    SIGNATURE_LENGTHS,
    Note,
    VerifierKey,
    forged,
    signatures_by,
)

LATEST = (1 << 63) - 1  # seconds since 1970: what a cosignature's time can be


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose signature holds, and for a cosignature when it was given, in seconds since 1970."""

    key: VerifierKey
    at: int | None


def message(name: str, kind: int, note: Note, at: int) -> bytes:
    """The bytes that a key of a name and type signs for a checkpoint: `at` counts for cosignatures only."""
    if kind == ED25519:
        return note.text.encode()
    if kind == COSIGN_ML_DSA_44:
        checkpoint = checkpoint_of(note)
        if checkpoint.extensions:  # anybody could put others in their place
            raise Altered(f"A signature of the kind of “{name}” does not cover a checkpoint's further lines.")
        head = b"subtree/v1\n\0" + _short(name) + struct.pack(">Q", at) + _short(checkpoint.origin)
        return head + struct.pack(">QQ", 0, checkpoint.size) + checkpoint.root
    return f"cosignature/v1\ntime {at}\n{note.text}".encode()


def _short(text: str) -> bytes:
    data = text.encode()
    if len(data) > 255:
        raise Altered(f"“{text}” is too long a name to be signed.")
    return bytes([len(data)]) + data


def checked(note: Note, keys: Sequence[VerifierKey]) -> list[Signed]:
    """Who of the keys signed the checkpoint. Altered where one says it did and did not; signatures by others count for
    nothing.
    """
    return [_checked(note, key, signature.signature) for key, signature in signatures_by(note, keys)]


def _checked(note: Note, key: VerifierKey, signature: bytes) -> Signed:
    if len(signature) != SIGNATURE_LENGTHS[key.type]:
        raise forged(key)
    at = None
    if key.type != ED25519:
        (at,), signature = struct.unpack(">Q", signature[:8]), signature[8:]
        if at > LATEST:
            raise forged(key)
    text = message(key.name, key.type, note, at or 0)
    try:
        if key.type == COSIGN_ML_DSA_44:
            MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, text)
        else:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text)
    except (InvalidSignature, ValueError) as error:
        raise forged(key) from error
    return Signed(key, at)
