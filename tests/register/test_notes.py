"""Signed notes and checkpoints, by known answers and by what is no such thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.problems import Altered, BadInput, Problem
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import checked
from foedus.register.log.keys import Keyring, SigningKey
from foedus.register.log.note import (
    COSIGN_ED25519,
    COSIGN_ML_DSA_44,
    ED25519,
    Note,
    Signature,
    VerifierKey,
    merged,
    read_note,
)
from foedus.register.log.policy import read_policy
from foedus.register.log.proof_file import read_proof

# the example in the documentation of Go's package golang.org/x/mod/sumdb/note
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_NOTE = (
    GO_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# keys whose ids were reckoned by others: Go's checksum database; a witness in the tests of transparency-dev/formats
OTHERS_KEYS = [
    "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
    "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
]
# the example of C2SP tlog-cosignature
BEHIND_THE_SOFA = """\
example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
TEXT = f"example.org/log\n5\n{ROOT}\n"


def _key(name: str, kind: int, seed: int = 1) -> SigningKey:
    return SigningKey.from_seed(name, kind, bytes([seed]) * 32)


def _signed(text: str, *keys: SigningKey, at: int = 1_700_000_000) -> Note:
    note = Note(text, ())
    return Note(text, tuple(key.sign(note, at) for key in keys))


def test_the_note_that_go_signed_is_read_and_its_signature_holds() -> None:
    note = read_note(GO_NOTE)
    key = VerifierKey.read(GO_PUBLIC)
    assert note.text == GO_TEXT
    assert [signed.key for signed in checked(note, [key])] == [key]
    assert str(note) == GO_NOTE


def test_the_key_that_go_made_signs_as_it_did_there(tmp_path: Path) -> None:
    path = tmp_path / "go.key"
    path.write_text(GO_PRIVATE)
    path.chmod(0o600)
    key = Keyring(tmp_path).read("go")
    assert str(key.public) == GO_PUBLIC
    assert str(_signed(GO_TEXT, key)) == GO_NOTE


@pytest.mark.parametrize("text", OTHERS_KEYS)
def test_the_id_of_a_key_is_what_others_reckoned(text: str) -> None:
    assert str(VerifierKey.read(text)) == text


def test_the_checkpoint_of_the_specification_is_read() -> None:
    checkpoint, note = read_checkpoint(BEHIND_THE_SOFA)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e")
    assert [s.name for s in note.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert checkpoint.text == note.text
    assert str(note) == BEHIND_THE_SOFA


def test_a_cosignature_by_ed25519_is_over_the_time_and_the_text() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    key = _key("example.org/w", COSIGN_ED25519)
    (signature,) = _signed(TEXT, key, at=1_679_315_147).signatures
    assert signature.signature[:8] == (1_679_315_147).to_bytes(8, "big")
    said = b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    Ed25519PublicKey.from_public_bytes(key.public.public).verify(signature.signature[8:], said)


def test_a_cosignature_by_ml_dsa_44_is_over_the_structure_that_the_specification_gives() -> None:
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey  # noqa: PLC0415

    key = _key("example.org/w", COSIGN_ML_DSA_44)
    (signature,) = _signed(TEXT, key, at=258).signatures
    assert len(signature.signature) == 8 + 2420
    said = (
        b"subtree/v1\n\0"
        b"\x0dexample.org/w"
        + bytes.fromhex("0000000000000102")
        + b"\x0fexample.org/log"
        + bytes(8)
        + bytes.fromhex("0000000000000005")
        + read_checkpoint(BEHIND_THE_SOFA)[0].root
    )
    MLDSA44PublicKey.from_public_bytes(key.public.public).verify(signature.signature[8:], said)


@pytest.mark.parametrize("kind", [ED25519, COSIGN_ED25519, COSIGN_ML_DSA_44])
def test_a_signature_holds_for_its_text_and_key_alone(kind: int) -> None:
    key = _key("example.org/log", kind)
    note = _signed(TEXT, key)
    assert [signed.key for signed in checked(note, [key.public])] == [key.public]
    other = TEXT.replace("\n5\n", "\n6\n")
    with pytest.raises(Altered, match=r"The signature by “example\.org/log” does not hold"):
        checked(Note(other, note.signatures), [key.public])
    assert checked(note, [_key("example.org/log", kind, seed=2).public]) == []
    assert checked(note, [_key("example.org/other", kind).public]) == []


@pytest.mark.parametrize("kind", [COSIGN_ED25519, COSIGN_ML_DSA_44])
def test_a_cosignature_whose_time_was_changed_does_not_hold(kind: int) -> None:
    key = _key("example.org/w", kind)
    (signature,) = _signed(TEXT, key).signatures
    later = Signature(
        signature.name, signature.key_id, (1_800_000_000).to_bytes(8, "big") + signature.signature[8:]
    )
    with pytest.raises(Altered, match="does not hold"):
        checked(Note(TEXT, (later,)), [key.public])


def test_a_cosignature_replayed_below_another_checkpoint_does_not_hold() -> None:
    key = _key("example.org/w", COSIGN_ED25519)
    (signature,) = _signed(TEXT, key).signatures
    with pytest.raises(Altered, match="does not hold"):
        checked(Note("example.org/another\n5\n" + ROOT + "\n", (signature,)), [key.public])


def test_a_signature_that_is_cut_short_does_not_hold() -> None:
    key = _key("example.org/log", ED25519)
    (signature,) = _signed(TEXT, key).signatures
    short = Signature(signature.name, signature.key_id, signature.signature[:-1])
    with pytest.raises(Altered, match="does not hold"):
        checked(Note(TEXT, (short,)), [key.public])


def test_two_notes_of_one_text_are_one_with_the_signatures_of_both() -> None:
    one, two = _key("example.org/a", COSIGN_ED25519), _key("example.org/b", COSIGN_ED25519, seed=2)
    both = merged(str(_signed(TEXT, one)), str(_signed(TEXT, two)))
    assert {signed.key for signed in checked(read_note(both), [one.public, two.public])} == {
        one.public,
        two.public,
    }
    with pytest.raises(BadInput, match="say different things"):
        merged(str(_signed(TEXT, one)), str(_signed("other\n", two)))


SIGNATURE = "— example.org/log AAAAAAAA\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "It is no signed note"),
        ("text\n", "It is no signed note"),
        ("text\n\n", "It is no signed note"),
        ("text\n\n— a AAAAAAAA", "It is no signed note"),
        ("text\n\n- a AAAAAAAA\n", "is no signature"),
        ("text\n\n— a\n", "is no signature"),
        ("text\n\n—  AAAAAAAA\n", "is no signature"),
        ("text\n\n— a+b AAAAAAAA\n", "is no signature"),
        ("text\n\n— a AAAA\n", "is no signature"),
        ("text\n\n— a AAAAAA!!\n", "is no signature"),
        ("te\txt\n\n— a AAAAAAAA\n", "control characters"),
        ("te\0xt\n\n— a AAAAAAAA\n", "control characters"),
        ("te\ud800xt\n\n— a AAAAAAAA\n", "half a character"),
        ("te\rxt\n\n— a AAAAAAAA\n", "control characters"),
        ("x" * 1_000_001, "longer than 1,000,000"),
        ("text\n\n" + SIGNATURE * 101, "It has 101 signatures; at most 100"),
        (b"\xff\n\n", "not UTF-8, at byte 0"),
    ],
)
def test_what_is_no_note_is_refused(text: str | bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        read_note(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("log\n5\n", "is no root"),
        ("log\n", "is no number of entries"),
        (f"\n5\n{ROOT}\n", "first line names its log"),
        (f"log\n05\n{ROOT}\n", "“05” is no number of entries"),
        (f"log\n-5\n{ROOT}\n", "is no number of entries"),
        (f"log\n+5\n{ROOT}\n", "is no number of entries"),
        (f"log\n٥\n{ROOT}\n", "is no number of entries"),
        (f"log\n9223372036854775808\n{ROOT}\n", "is no number of entries"),
        ("log\n" + "9" * 5000 + f"\n{ROOT}\n", "is no number of entries"),
        ("log\n5\nAAAA\n", "is no root"),
        (f"log\n5\n{ROOT[:-2]}J=\n", "is no root"),
        (f"log\n5\n{ROOT}\n\nmore\n", "no empty line"),
    ],
)
def test_a_note_that_is_no_checkpoint_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        read_checkpoint(text + "\n" + SIGNATURE)


def test_further_lines_of_a_checkpoint_are_kept_and_signed() -> None:
    key = _key("example.org/log", ED25519)
    note = _signed(TEXT + "more\n", key)
    checkpoint, _ = read_checkpoint(str(note))
    assert checkpoint == Checkpoint("example.org/log", 5, checkpoint.root, ("more",))
    with pytest.raises(Altered):
        checked(Note(TEXT + "most\n", note.signatures), [key.public])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "It is no key"),
        ("name+00000000", "It is no key"),
        ("name+00000000+!!", "It is no key"),
        ("na me+00000000+AQ==", "It is no key"),
        ("name+00000000+AwEB", "of a type that is not known here"),
        ("rekor.sigstore.dev+00000000+" + GO_PUBLIC.rpartition("+")[2], "should be"),
    ],
)
def test_what_is_no_public_key_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        VerifierKey.read(text)


@given(
    st.text() | st.lists(st.sampled_from([*BEHIND_THE_SOFA.splitlines(), "", "\n", "— a "])).map("\n".join)
)
def test_no_text_makes_the_readers_fail_but_in_a_sentence(text: str) -> None:
    for reader in (read_note, read_checkpoint, read_proof, read_policy, VerifierKey.read):
        assert all(problem.what.endswith(".") for problem in _objections(reader, text))


def _objections(reader: Callable[[str], object], text: str) -> tuple[Problem, ...]:
    try:
        reader(text)
    except BadInput as refused:
        return refused.problems
    return ()


@given(st.binary(max_size=40), st.integers(0, len(BEHIND_THE_SOFA.encode())))
def test_no_bytes_put_into_a_checkpoint_make_its_reader_fail_but_in_a_sentence(data: bytes, at: int) -> None:
    whole = BEHIND_THE_SOFA.encode()
    try:
        checkpoint, note = read_checkpoint(whole[:at] + data + whole[at:])
    except BadInput:
        return
    assert checkpoint.text == note.text
