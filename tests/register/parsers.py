"""Every reader of what strangers send, with valid texts to begin from: for reading rubbish, and valid texts gone wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.register import envelope
from foedus.register.envelope import ActEnvelope, RedactionEnvelope, TextEnvelope, kept, seal, strict_json
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.log.heads import Heads
from foedus.register.log.keys import SigningKey
from foedus.register.log.note import COSIGN_ED25519, COSIGN_ML_DSA_44, ED25519, Note, VerifierKey, read_note
from foedus.register.log.policy import read_policy
from foedus.register.log.proof_file import ProofFile, read_proof
from foedus.register.log.tiles import bundle, unbundled

ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
TEXT = f"example.org/log\n5\n{ROOT}\n"
KEYS = [
    SigningKey.from_seed("example.org/log", ED25519, bytes([1]) * 32),
    SigningKey.from_seed("example.org/ARM", COSIGN_ED25519, bytes([2]) * 32),
    SigningKey.from_seed("example.org/BLR", COSIGN_ML_DSA_44, bytes([3]) * 32),
]
LOG, ARM, BLR = (str(key.public) for key in KEYS)
SIGNED = str(Note(TEXT, tuple(key.sign(Note(TEXT, ()), 1_700_000_000) for key in KEYS[:2])))
EXTENDED = str(Note(f"{TEXT}more\n", (KEYS[0].sign(Note(f"{TEXT}more\n", ()), 0),)))
POLICY = f"# two of two\nlog {LOG} https://example.org\nwitness A {ARM}\nwitness B {BLR}\ngroup g all A B\nquorum g\n"
ACT = ActEnvelope(file="record/a.yaml", act={"id": "x", "n": [1, 2.5, None, True, {"é": "\U0001f600"}]})
CLASSIFIED = ActEnvelope(file="record/a.yaml", act={"id": "y", "classification": "restricted"})
ENTRIES = [
    envelope.written(entry)
    for entry in (
        ACT,
        TextEnvelope(file="charter.md", sha256="0" * 64),
        RedactionEnvelope(entry=1, sha256="f" * 64, by="x", on="2026-01-05", why="y"),
    )
]


@dataclass(frozen=True)
class Parser:
    """A reader of bytes; valid ones; and how what was read is written again, where it has one form only."""

    read: Callable[[bytes], Any]
    valid: list[bytes]
    write: Callable[[Any], bytes] | None = None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")  # so that halves of characters come to the reader too


def _unbundled(data: bytes) -> list[bytes]:
    return unbundled(data, 3, 3)


def _coded(text: object) -> bytes:
    return str(text).encode()


PARSERS = {
    "note": Parser(
        read_note, [SIGNED.encode(), b"a\n\nb\n\n" + SIGNED.encode().partition(b"\n\n")[2]], _coded
    ),
    "checkpoint": Parser(read_checkpoint, [SIGNED.encode(), EXTENDED.encode()], lambda read: _coded(read[1])),
    "proof": Parser(
        lambda data: read_proof(_text(data)),
        [_coded(ProofFile(1, (bytes(32), b"\xff" * 32), SIGNED, b"entry")), _coded(ProofFile(0, (), SIGNED))],
        lambda proof: str(proof).encode("utf-8", "surrogateescape"),
    ),
    "policy": Parser(lambda data: read_policy(_text(data)), [POLICY.encode(), b"quorum none\n"]),
    "public key": Parser(
        lambda data: (_text(data), VerifierKey.read(_text(data))),  # which may have spaces around it
        [LOG.encode(), ARM.encode(), BLR.encode()],
        lambda read: read[0].replace(read[0].strip(), str(read[1])).encode(),
    ),
    "bundle": Parser(_unbundled, [bundle([b"a", b"bc", bytes(300)]), bundle([b"", b"", b""])], bundle),
    "heads": Parser(
        Heads(Path("log.heads"))._read, [b'{"origin": "a", "size": 3, "root": "%s"}\n' % (b"0a" * 32)]
    ),
    "envelope": Parser(
        envelope.read,
        [*ENTRIES, seal(CLASSIFIED, bytes(32)).entry],
        envelope.written,
    ),
    "envelope kept": Parser(kept, ENTRIES),
    "JSON": Parser(strict_json, [b'{"a": [1, -0.5e3, "\\u00e9"], "b": {}}']),
}
