"""Cosignatures, tiles and proofs beside what others made: witnesses of public logs, and verifiers not written here."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from proofbundle.tlogproof import verify_tlog_proof
from tlog_scales.backend import LocalBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint as TheirCheckpoint
from tlog_scales.tlog import InclusionProofInvalid

from foedus.problems import Altered
from foedus.register.log.cosignature import checked
from foedus.register.log.note import Note, VerifierKey, read_note
from foedus.register.log.proof_file import ProofFile
from foedus.register.log.tiles import write_tiles
from foedus.register.log.tree import leaf_hash
from tests.register.test_independent import ENTRIES, Log

VECTORS = Path(__file__).parent / "vectors"
KEYS = [VerifierKey.read(line) for line in (VECTORS / "keys").read_text().splitlines()]


# witnesses of public logs: what they cosigned holds here


@pytest.mark.parametrize(
    ("file", "witness", "at"),
    [
        ("cosigned-ed25519", "remora.n621.de", 0x6A122120),
        ("cosigned-ml-dsa-44", "witness.navigli.sunlight.geomys.org", 0x6A6FB0F3),
    ],
)
def test_what_a_public_witness_cosigned_holds_and_nothing_like_it(file: str, witness: str, at: int) -> None:
    note = read_note((VECTORS / file).read_text())
    (signed,) = checked(note, KEYS)
    assert (signed.key.name, signed.at) == (witness, at)
    origin, size, rest = note.text.split("\n", 2)
    for text in (f"{origin}x\n{size}\n{rest}", f"{origin}\n{int(size) + 1}\n{rest}"):
        with pytest.raises(Altered, match="does not hold"):
            checked(Note(text, note.signatures), KEYS)


def test_the_example_of_the_specification_of_notes_holds() -> None:
    """C2SP signed-note, test vectors."""
    key = VerifierKey.read("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    text = "This is an example message.\n"
    line = "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    assert [signed.key for signed in checked(read_note(f"{text}\n{line}\n"), [key])] == [key]
    with pytest.raises(Altered, match="does not hold"):
        checked(read_note(f"{text.replace('an', 'no')}\n{line}\n"), [key])


# verifiers not written here: what is cosigned, laid out and proven here holds there


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return Log(tmp_path_factory.mktemp("keys"))


@pytest.mark.parametrize("label", ["log", "ARM", "BLR"])
def test_tlog_scales_accepts_signatures_of_all_three_kinds(log: Log, label: str) -> None:
    key = Vkey.from_string(str(log.keys.public(label)[0]))
    TheirCheckpoint.from_text(log.cosigned.strip()).verify(key)
    for spoilt in (
        log.cosigned.replace("\n700\n", "\n701\n"),
        log.cosigned.replace("register\n", "other\n", 1),
    ):
        with pytest.raises(InvalidSignature):
            TheirCheckpoint.from_text(spoilt.strip()).verify(key)


def test_tlog_scales_reads_the_log_from_its_files(log: Log, tmp_path: Path) -> None:
    def write(name: str, data: bytes) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)

    write_tiles(log.register, log.checkpoint, 700, write)
    reader = TilesReader(LocalBackend(tmp_path))
    assert reader.get_checkpoint().size == 700
    root = log.prover.root(700)
    assert reader.calculate_root_hash() == root
    for index in (0, 255, 256, 511, 512, 699):
        assert reader.get_entry(index) == ENTRIES[index]
        reader.get_inclusion_proof(index, 700).check(leaf_hash(ENTRIES[index]), root)
        with pytest.raises(InclusionProofInvalid):
            reader.get_inclusion_proof(index, 700).check(leaf_hash(b"another"), root)
    reader.get_consistency_proof(300, 700).check(log.prover.root(300), root)


def test_proofbundle_accepts_a_proof_in_a_file_with_two_cosignatures(log: Log) -> None:
    proof = str(ProofFile(300, tuple(log.prover.inclusion(300, 700)), log.cosigned, ENTRIES[300]))
    witnesses = [str(log.keys.public(label)[0]) for label in ("ARM", "BLR")]

    def verdict(text: str, entry: bytes, threshold: int = 2) -> dict[str, object]:
        found: dict[str, object] = verify_tlog_proof(
            text, entry, str(log.key), witnesses, threshold=threshold, expected_origin=log.key.name
        )
        return found

    found = verdict(proof, ENTRIES[300])
    assert (found["ok"], found["log_ok"], found["witnesses_ok"], found["inclusion_ok"]) == (
        True,
        True,
        True,
        True,
    )
    assert (found["index"], found["tree_size"], found["root"]) == (300, 700, log.prover.root(700))
    assert not verdict(proof, ENTRIES[301])["ok"]
    alone = str(ProofFile(300, tuple(log.prover.inclusion(300, 700)), log.checkpoint, ENTRIES[300]))
    assert not verdict(alone, ENTRIES[300])["ok"]
    assert verdict(alone, ENTRIES[300], threshold=0)["ok"]
