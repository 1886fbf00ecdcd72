"""Verifiers that were not written here accept what Foedus signs and proves, and refuse it where it was altered."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import metamorphic_log  # type: ignore[import-untyped]
import pytest
from sigstore._internal.merkle import verify_merkle_inclusion
from sigstore._internal.rekor.checkpoint import LogCheckpoint, SignedNote
from sigstore.errors import VerificationError

from foedus.register.log.keys import Keyring
from foedus.register.log.note import COSIGN_ED25519, COSIGN_ML_DSA_44, VerifierKey
from foedus.register.log.proofs import Prover
from foedus.register.log.signing import cosign, sign_checkpoint
from foedus.register.log.tree import leaf_hash
from foedus.register.memory import MemoryRegister

ENTRIES = [b"entry %d" % number for number in range(700)]
NAME = "example.org/register"


class Log:
    """A register of 700 entries, with its checkpoints at 300 and at 700."""

    def __init__(self, folder: Path) -> None:
        self.keys, self.register = keys, register = Keyring(folder), MemoryRegister()
        self.key: VerifierKey = keys.make("log", NAME)
        register.append(ENTRIES[:300])
        self.earlier = sign_checkpoint(register, keys, "log", 0)
        register.append(ENTRIES[300:])
        self.checkpoint = sign_checkpoint(register, keys, "log", 0)
        self.prover = Prover(register.hashes)
        self.cosigned = self.checkpoint
        for label, kind in (("ARM", COSIGN_ED25519), ("BLR", COSIGN_ML_DSA_44)):
            keys.make(label, f"example.org/{label}", kind)
            self.cosigned = cosign(
                self.cosigned, [self.key], self.prover, keys=keys, label=label, now=1_700_000_000
            )


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return Log(tmp_path_factory.mktemp("keys"))


def _flipped(text: str) -> str:
    return text.replace("\n700\n", "\n701\n")


@pytest.mark.parametrize("cosigned", [False, True])
def test_metamorphic_log_accepts_a_checkpoint_with_and_without_cosignatures(log: Log, cosigned: bool) -> None:  # noqa: FBT001
    text = log.cosigned if cosigned else log.checkpoint
    head = metamorphic_log.checkpoint_verify(text, [str(log.key)])
    assert (head.origin, head.size, head.root) == (NAME, 700, log.prover.root(700))
    assert metamorphic_log.verify_signed_note(text, [str(log.key)]) == 1
    with pytest.raises(metamorphic_log.VerifyError):
        metamorphic_log.checkpoint_verify(_flipped(text), [str(log.key)])


@pytest.mark.parametrize("index", [0, 1, 255, 256, 511, 512, 699])
def test_metamorphic_log_accepts_a_proof_that_an_entry_is_in_the_register(log: Log, index: int) -> None:
    proof, leaf = log.prover.inclusion(index, 700), leaf_hash(ENTRIES[index])
    metamorphic_log.checkpoint_verify_inclusion(log.checkpoint, [str(log.key)], index, leaf, proof)
    with pytest.raises(metamorphic_log.VerifyError):
        metamorphic_log.checkpoint_verify_inclusion(log.checkpoint, [str(log.key)], index, bytes(32), proof)


def test_metamorphic_log_accepts_a_proof_that_the_register_only_grew(log: Log) -> None:
    proof = log.prover.consistency(300, 700)
    metamorphic_log.checkpoint_verify_consistency(log.earlier, log.checkpoint, [str(log.key)], proof)
    with pytest.raises(metamorphic_log.VerifyError):
        metamorphic_log.checkpoint_verify_consistency(log.earlier, log.checkpoint, [str(log.key)], proof[1:])


@pytest.mark.parametrize("earlier", [1, 2, 255, 256, 257, 511, 512, 513, 699])
def test_metamorphic_log_accepts_the_growth_from_any_size(log: Log, earlier: int) -> None:
    proof = log.prover.consistency(earlier, 700)
    metamorphic_log.verify_consistency(earlier, 700, proof, log.prover.root(earlier), log.prover.root(700))


def test_sigstore_reads_the_checkpoint_with_its_cosignatures(log: Log) -> None:
    note = SignedNote.from_text(log.cosigned)
    assert [signature.name for signature in note.signatures] == [NAME, "example.org/ARM", "example.org/BLR"]
    assert note.signatures[0].sig_hash == log.key.id
    checkpoint = LogCheckpoint.from_text(note.note)
    assert (checkpoint.origin, checkpoint.log_size) == (NAME, 700)
    assert bytes.fromhex(checkpoint.log_hash) == log.prover.root(700)


@pytest.mark.parametrize("index", [0, 1, 255, 256, 511, 512, 699])
def test_sigstore_accepts_a_proof_that_an_entry_is_in_the_register(log: Log, index: int) -> None:
    verify_merkle_inclusion(_as_rekor(log, index, ENTRIES[index]))
    with pytest.raises(VerificationError):
        verify_merkle_inclusion(_as_rekor(log, index, b"another"))


def _as_rekor(log: Log, index: int, entry: bytes) -> Any:
    proof = SimpleNamespace(
        log_index=index,
        tree_size=700,
        hashes=log.prover.inclusion(index, 700),
        root_hash=log.prover.root(700),
    )
    return SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=proof, canonicalized_body=entry))


def test_the_signature_is_ed25519_as_its_own_library_checks_it(log: Log) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    text, _, below = log.checkpoint.rpartition("\n\n")
    identity, signature = struct.unpack(">4s64s", base64.b64decode(below.split(" ")[2]))
    assert identity == log.key.id
    Ed25519PublicKey.from_public_bytes(log.key.public).verify(signature, f"{text}\n".encode())
