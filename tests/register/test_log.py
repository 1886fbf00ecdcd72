"""A register as a log: what is signed is true, what was changed is found, and who shows two registers is found out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from foedus.problems import Altered, BadInput
from foedus.register.log.checkpoint import read_checkpoint
from foedus.register.log.cosignature import checked
from foedus.register.log.keys import Keyring
from foedus.register.log.note import COSIGN_ED25519, COSIGN_ML_DSA_44, Note, VerifierKey, read_note
from foedus.register.log.policy import read_policy
from foedus.register.log.proof_file import ProofFile, read_proof
from foedus.register.log.proofs import Prover
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import cosign, examine, sign_checkpoint
from foedus.register.log.tiles import Tiles, place, tiles, write_tiles
from foedus.register.log.tree import leaf_hash
from foedus.register.log.verify import verify_log
from foedus.register.memory import MemoryRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register
from tests.register import naive

ENTRIES = [b"entry %d" % number for number in range(600)]
NAME = "example.org/register"


@dataclass
class World:
    """A register with a key of its own, and delegations with theirs."""

    register: Register
    keys: Keyring
    log: VerifierKey
    delegations: dict[str, VerifierKey]

    def checkpoint(self) -> str:
        return sign_checkpoint(self.register, self.keys, "log", 1_700_000_000)

    def cosigned(self, text: str, *labels: str, register: Register | None = None) -> str:
        prover = Prover((register or self.register).hashes)
        for label in labels:
            text = cosign(text, [self.log], prover, keys=self.keys, label=label, now=1_700_000_100)
        return text

    def policy(self, *quorum: str) -> str:
        lines = [
            f"log {self.log}",
            *(f"witness {label} {key}" for label, key in self.delegations.items()),
            *quorum,
        ]
        return "\n".join(lines) + "\n"


@pytest.fixture
def world(register: Register, tmp_path: Path) -> World:
    return _world(register, tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> World:
    """The same in memory, for what does not depend on what keeps it."""
    return _world(MemoryRegister(), tmp_path)


def _world(register: Register, tmp_path: Path) -> World:
    keys = Keyring(tmp_path / "keys")
    log = keys.make("log", NAME)
    kinds = {"ARM": COSIGN_ED25519, "BLR": COSIGN_ML_DSA_44, "KAZ": COSIGN_ED25519}
    delegations = {label: keys.make(label, f"example.org/{label}", kind) for label, kind in kinds.items()}
    return World(register, keys, log, delegations)


def _other(entries: list[bytes]) -> MemoryRegister:
    made = MemoryRegister()
    made.append(entries)
    return made


def test_a_checkpoint_says_what_the_register_holds_and_is_signed_by_its_key(world: World) -> None:
    world.register.append(ENTRIES)
    text = world.checkpoint()
    checkpoint, note = read_checkpoint(text)
    assert (checkpoint.origin, checkpoint.size) == (NAME, 600)
    assert checkpoint.root == naive.root(ENTRIES)
    assert [signed.key for signed in checked(note, [world.log])] == [world.log]
    assert [paper.text for paper in world.register.papers("checkpoint")] == [text]


def test_an_empty_register_can_be_signed_too(world: World) -> None:
    assert read_checkpoint(world.checkpoint())[0].size == 0


# nothing untrue is signed


def test_a_register_that_was_set_back_is_not_signed(small: World) -> None:
    small.register.append(ENTRIES[:10])
    small.checkpoint()
    small.register = _other(ENTRIES[:9])
    with pytest.raises(Altered, match="was signed with 10 entries before, and now has 9: it was set back"):
        small.checkpoint()
    assert small.register.papers("checkpoint") == []


def test_a_register_that_was_rewritten_is_not_signed_however_much_it_grew(small: World) -> None:
    small.register.append(ENTRIES[:10])
    small.checkpoint()
    small.register = _other([b"rewritten", *ENTRIES[1:20]])
    with pytest.raises(Altered, match="was signed with another root at 10 entries: there are two registers"):
        small.checkpoint()
    small.register = _other([b"rewritten", *ENTRIES[1:10]])
    with pytest.raises(Altered, match="was signed with another root at 10 entries: it was rewritten"):
        small.checkpoint()


HARM: dict[str, tuple[str, str, int | None]] = {
    "an entry": (
        "UPDATE entries SET entry = CAST('forged' AS BLOB) WHERE seq = 300",
        "Entry 300 was altered",
        300,
    ),
    "an entry that is no bytes": (
        "UPDATE entries SET entry = 'forged' WHERE seq = 300",
        "Entry 300 was altered",
        300,
    ),
    "an entry and its hash": (
        f"UPDATE entries SET entry = CAST('forged' AS BLOB), hash = X'{leaf_hash(b'forged').hex()}' WHERE seq = 300",
        "Hash 1 of rank 1 was altered",
        None,
    ),
    "an entry and its hash, where no hash stands over it yet": (
        f"UPDATE entries SET entry = CAST('forged' AS BLOB), hash = X'{leaf_hash(b'forged').hex()}' WHERE seq = 599",
        "and the head says",
        None,
    ),
    "a hash of higher rank": (
        "UPDATE nodes SET hash = zeroblob(32) WHERE seq = 1",
        "Hash 1 of rank 1 was altered",
        None,
    ),
    "two entries that changed places": (
        "UPDATE entries SET entry = CAST(CASE seq WHEN 4 THEN 'entry 5' ELSE 'entry 4' END AS BLOB) WHERE seq IN (4, 5)",
        "Entry 4 was altered",
        4,
    ),
    "an entry that is gone": ("DELETE FROM entries WHERE seq = 7", "Entry 7 of “register” is missing", 7),
    "an entry behind the head": (
        "UPDATE entries SET seq = 1000 WHERE seq = 599",
        "Entry 599 of “register” is missing",
        599,
    ),
}


@pytest.mark.parametrize("what", HARM)
def test_stored_bytes_that_were_altered_are_found_and_named_and_not_signed(tmp_path: Path, what: str) -> None:
    statement, message, entry = HARM[what]
    with SqliteRegister(tmp_path / "a.db") as register:
        world = _world(register, tmp_path)
        register.append(ENTRIES)
        with sqlite3.connect(tmp_path / "a.db") as database:
            database.execute(statement)
        database.close()
        for work in (lambda: scrub(register), world.checkpoint):
            with pytest.raises(Altered, match=message) as found:
                work()
            assert found.value.entry == entry
        assert register.papers("checkpoint") == []


def test_an_entry_rewritten_with_its_hash_and_all_above_it_is_found_by_what_was_signed(small: World) -> None:
    small.register.append(ENTRIES)
    checkpoint = small.checkpoint()
    small.register = _other([*ENTRIES[:300], b"forged", *ENTRIES[301:]])
    scrub(small.register)
    with pytest.raises(Altered, match="was signed with another root at 600 entries"):
        examine(small.register, checkpoint, [small.log])


def test_a_scrub_gives_the_roots_of_earlier_sizes(world: World) -> None:
    world.register.append(ENTRIES)
    head, roots = scrub(world.register, [0, 1, 255, 256, 257, 600, 601])
    assert head.size == 600
    assert roots == {size: naive.root(ENTRIES[:size]) for size in (0, 1, 255, 256, 257, 600)}


# who cosigns


def test_delegations_cosign_by_both_kinds_of_signature(world: World) -> None:
    world.register.append(ENTRIES)
    text = world.cosigned(world.checkpoint(), "ARM", "BLR", "KAZ")
    signed = checked(read_note(text), [world.log, *world.delegations.values()])
    assert [(s.key.name, s.at) for s in signed] == [
        (NAME, None),
        ("example.org/ARM", 1_700_000_100),
        ("example.org/BLR", 1_700_000_100),
        ("example.org/KAZ", 1_700_000_100),
    ]


def test_a_delegation_cosigns_again_what_continues_what_it_saw(world: World) -> None:
    world.register.append(ENTRIES[:100])
    world.cosigned(world.checkpoint(), "ARM")
    world.register.append(ENTRIES[100:])
    world.cosigned(world.checkpoint(), "ARM")


def test_a_split_view_is_not_cosigned(small: World, tmp_path: Path) -> None:
    """The register shows one delegation one history, and another another: with two heads files, as only a host that
    forges its own could sign both.
    """
    small.register.append(ENTRIES[:100])
    first = small.checkpoint()
    small.cosigned(first, "ARM")
    forged = _other([b"forged", *ENTRIES[1:200]])
    (small.keys.folder / "log.heads").write_bytes(b"")
    second = sign_checkpoint(forged, small.keys, "log", 0)
    with pytest.raises(Altered, match="The tree of 200 entries does not continue the one of 100"):
        small.cosigned(second, "ARM", register=forged)
    small.cosigned(second, "KAZ", register=forged)
    with pytest.raises(Altered, match="there are two registers under its name"):
        examine(forged, first, [small.log])
    assert [paper.text for paper in forged.papers("fork")] == [first]


def test_an_older_checkpoint_is_not_cosigned(small: World) -> None:
    small.register.append(ENTRIES[:100])
    old = small.checkpoint()
    small.register.append(ENTRIES[100:])
    small.cosigned(small.checkpoint(), "ARM")
    with pytest.raises(Altered, match="it was set back"):
        small.cosigned(old, "ARM")


def test_what_the_log_did_not_sign_is_not_cosigned(small: World, tmp_path: Path) -> None:
    small.register.append(ENTRIES)
    note = read_note(small.checkpoint())
    stranger = Keyring(tmp_path / "stranger")
    stranger.make("log", NAME)
    forged = str(Note(note.text, (stranger.read("log").sign(note, 0),)))
    with pytest.raises(Altered, match="is not signed by a key of that name that is trusted here"):
        small.cosigned(forged, "ARM")
    assert (small.keys.folder / "ARM.heads").read_bytes() == b""


def test_a_delegations_own_key_does_not_stand_for_the_logs(small: World) -> None:
    small.register.append(ENTRIES)
    note = read_note(small.checkpoint())
    own = str(Note(note.text, (small.keys.read("ARM").sign(note, 0),)))
    with pytest.raises(Altered, match="is not signed by a key of that name"):
        cosign(
            own,
            [small.delegations["ARM"]],
            Prover(small.register.hashes),
            keys=small.keys,
            label="KAZ",
            now=0,
        )


def test_hashes_that_do_not_give_the_checkpoints_root_are_not_cosigned(small: World) -> None:
    small.register.append(ENTRIES)
    text = small.checkpoint()
    with pytest.raises(Altered, match="The hashes shown do not give the root"):
        small.cosigned(text, "ARM", register=_other([b"x", *ENTRIES[1:]]))


# what others show


def test_a_checkpoint_that_the_register_continues_is_no_fork(world: World) -> None:
    world.register.append(ENTRIES[:100])
    text = world.checkpoint()
    world.register.append(ENTRIES[100:])
    assert examine(world.register, text, [world.log]).size == 100
    assert world.register.papers("fork") == []


def test_a_checkpoint_beyond_the_register_is_kept_as_evidence_that_it_was_set_back(world: World) -> None:
    world.register.append(ENTRIES[:100])
    ahead = _world(_other(ENTRIES), world.keys.folder / "host")
    text = ahead.checkpoint()
    with pytest.raises(
        Altered, match=r"has 600 entries, and the register 100: it was set back.*kept as evidence"
    ):
        examine(world.register, text, [ahead.log])
    assert [paper.size for paper in world.register.papers("fork")] == [600]


def test_a_forged_checkpoint_is_no_evidence_against_the_register(world: World) -> None:
    world.register.append(ENTRIES[:100])
    stranger = _world(_other(ENTRIES), world.keys.folder / "stranger")
    with pytest.raises(Altered, match="is not signed by a key of that name"):
        examine(world.register, stranger.checkpoint(), [world.log])
    assert world.register.papers("fork") == []


# whose cosignatures make a checkpoint count


@pytest.mark.parametrize(
    ("cosigners", "lacking"),
    [
        ((), "2 of (ARM, BLR, KAZ)"),
        (("ARM",), "1 of (BLR, KAZ)"),
        (("ARM", "BLR"), ""),
        (("ARM", "BLR", "KAZ"), ""),
    ],
)
def test_a_register_can_demand_two_of_three(small: World, cosigners: tuple[str, ...], lacking: str) -> None:
    small.register.append(ENTRIES)
    text = small.cosigned(small.checkpoint(), *cosigners)
    policy = read_policy(small.policy("group members 2 ARM BLR KAZ", "quorum members"))
    if not lacking:
        checkpoint, signed = policy.accepted(text)
        assert (checkpoint.size, {s.key for s in signed}) == (600, {small.delegations[c] for c in cosigners})
        return
    with pytest.raises(Altered) as refused:
        policy.accepted(text)
    assert str(refused.value) == f"The checkpoint of “{NAME}” lacks cosignatures: {lacking}."


def test_groups_may_stand_in_groups(small: World) -> None:
    small.register.append(ENTRIES)
    text = small.cosigned(small.checkpoint(), "ARM")
    lines = ("group some any ARM BLR", "group both all some KAZ", "quorum both")
    with pytest.raises(Altered, match="lacks cosignatures: KAZ"):
        read_policy(small.policy(*lines)).accepted(text)
    assert read_policy(small.policy(*lines)).accepted(small.cosigned(text, "KAZ"))


def test_no_cosignature_may_be_needed(small: World) -> None:
    small.register.append(ENTRIES)
    assert (
        read_policy(small.policy("# none is needed", "", "quorum\tnone")).accepted(small.checkpoint())[1]
        == []
    )


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ((), "A policy has one quorum line."),
        (("quorum ARM", "quorum KAZ"), "A policy has one quorum line."),
        (("quorum ARN",), "There is no witness or group “ARN” above. Did you mean “ARM”?"),
        (("group g 4 ARM BLR KAZ", "quorum g"), "“4” should be all, any or a number from 1 to 3."),
        (("group g 0 ARM", "quorum g"), "“0” should be all, any or a number from 1 to 1."),
        (("group g any ARM", "group h any ARM", "quorum h"), "“ARM” is in a group already."),
        (("group ARM any BLR", "quorum ARM"), "The name “ARM” is taken."),
        (("group none any BLR", "quorum ARM"), "The name “none” is taken."),
        (("group g any h", "group h any BLR", "quorum g"), "There is no witness or group “h” above."),
        (("quorom ARM", "quorum ARM"), "A line does not begin with “quorom”. Did you mean “quorum”?"),
        (("log", "quorum none"), "A log is written: log KEY [URL]."),
        (("witness X", "quorum none"), "A witness is written: witness NAME KEY [URL]."),
        (("witness X nokey", "quorum none"), "It is no key."),
        (("group g any", "quorum none"), "A group is written:"),
        (("quorum none\x01",), "The line holds control characters."),
    ],
)
def test_a_policy_that_is_none_is_refused_with_the_line(
    small: World, lines: tuple[str, ...], what: str
) -> None:
    with pytest.raises(BadInput) as refused:
        read_policy(small.policy(*lines))
    assert any(what in str(problem) for problem in refused.value.problems)


def test_a_log_and_a_witness_may_not_stand_twice_under_other_names(small: World) -> None:
    arm = small.delegations["ARM"]
    again = VerifierKey("example.org/again", arm.type, arm.public)
    with pytest.raises(BadInput, match=r"The key of “example\.org/again” stands here a second time"):
        read_policy(small.policy(f"witness X {again}", "quorum none"))
    with pytest.raises(BadInput, match="does not make cosignatures"):
        read_policy(small.policy(f"witness X {small.keys.make('X', 'example.org/x')}", "quorum none"))


def test_a_log_is_no_witness_of_itself(small: World) -> None:
    own = VerifierKey("example.org/elsewhere", COSIGN_ED25519, small.log.public)
    with pytest.raises(BadInput, match=r"The key of “example\.org/elsewhere” stands here a second time"):
        read_policy(small.policy(f"witness X {own}", "quorum X"))
    with pytest.raises(BadInput, match="stands here a second time"):
        read_policy(f"witness X {own}\nlog {small.log}\nquorum X\n")


# proofs in files


def test_a_proof_in_a_file_shows_that_an_entry_is_in_the_log(world: World) -> None:
    world.register.append(ENTRIES)
    text = world.checkpoint()
    made = ProofFile(300, tuple(Prover(world.register.hashes).inclusion(300, 600)), text, ENTRIES[300])
    proof = read_proof(str(made))
    assert proof == made
    proof.check(ENTRIES[300])
    with pytest.raises(Altered, match="does not lead from entry 300 to the root"):
        proof.check(ENTRIES[301])


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda t: t.replace("@v1", "@v2"), "It is no proof"),
        (lambda t: t.replace("index 1", "index 01"), "should be “index” and a number"),
        (lambda t: t.replace("index 1\n", ""), "should be “index” and a number"),
        (lambda t: t.replace("extra ", "extra !"), "should be “index”"),
        (lambda t: t.replace("index 1\n", "index 1\nAAAA\n"), "is no hash"),
        (
            lambda t: t.replace("index 1\n", "index 1\n" + ("A" * 43 + "=\n") * 64),
            "no tree is higher than 63",
        ),
        (lambda t: t[:30], "It is no proof"),
    ],
)
def test_a_proof_that_is_none_is_refused(small: World, change: Callable[[str], str], what: str) -> None:
    small.register.append(ENTRIES[:3])
    proof = ProofFile(1, tuple(Prover(small.register.hashes).inclusion(1, 3)), small.checkpoint(), ENTRIES[1])
    with pytest.raises(BadInput, match=what):
        read_proof(change(str(proof)))


# the log as files


def test_tiles_lie_where_the_specification_says() -> None:
    """The example of C2SP tlog-tiles: a tree of 70,000 entries, and index 1234067."""
    assert place(1234067, 256) == "x001/x234/067"
    assert place(67, 5) == "067.p/5"
    made = list(tiles(70_000))
    by_rank = [[tile for tile in made if tile.rank == rank] for rank in range(4)]
    assert [
        (sum(t.width == 256 for t in rank), [t.width for t in rank if t.width < 256]) for rank in by_rank
    ] == [
        (273, [112]),
        (1, [17]),
        (0, [1]),
        (0, []),
    ]
    assert [(t.rank, t.index, t.width) for t in tiles(256)] == [(0, 0, 256), (1, 0, 1)]


@pytest.mark.parametrize("size", [1, 255, 256, 257, 600])
def test_whoever_has_the_files_can_check_all_entries_and_make_any_proof(world: World, size: int) -> None:
    world.register.append(ENTRIES[:size])
    files: dict[str, bytes] = {}
    write_tiles(world.register, world.checkpoint(), size, files.__setitem__)
    checkpoint, _ = read_checkpoint(files["checkpoint"])
    log = Tiles(files.__getitem__, size)
    verify_log(log, checkpoint)
    assert Prover(log.hashes).inclusion(size // 2, size) == naive.path(size // 2, ENTRIES[:size])


def test_files_written_again_are_only_those_that_are_new(small: World) -> None:
    files: dict[str, bytes] = {}
    small.register.append(ENTRIES[:300])
    write_tiles(small.register, small.checkpoint(), 300, files.__setitem__)
    small.register.append(ENTRIES[300:])
    added: dict[str, bytes] = {}
    write_tiles(small.register, small.checkpoint(), 600, added.__setitem__, since=300)
    assert not {path for path in added if path in files} - {"checkpoint"}
    whole: dict[str, bytes] = {}
    write_tiles(small.register, small.checkpoint(), 600, whole.__setitem__)
    assert whole.items() <= (files | added).items()


def _spoilt(files: dict[str, bytes], path: str, change: Callable[[bytes], bytes]) -> Tiles:
    return Tiles({**files, path: change(files[path])}.__getitem__, 600)


@pytest.mark.parametrize(
    ("path", "change", "what", "entry"),
    [
        ("tile/entries/001", lambda d: d.replace(b"entry 300", b"entry 3OO"), "Entry 300 was altered", 300),
        ("tile/0/001", lambda d: d[: 32 * 44] + bytes(32) + d[32 * 45 :], "Entry 300 was altered", 300),
        ("tile/1/000.p/2", lambda d: d[:32] + bytes(32), "One of the entries 256 to 511 was altered", 256),
        ("tile/entries/001", lambda d: d[:-1], "does not hold 256 entries", 511),
        ("tile/entries/001", lambda d: d + b"\0\1x", "does not hold 256 entries", 512),
        ("tile/0/001", lambda d: d[:-1], "does not hold 256 hashes", None),
        ("checkpoint", lambda d: d, "The entries give another root than the checkpoint", None),
    ],
)
def test_an_altered_file_is_found_and_the_first_entry_that_fails_is_named(
    small: World, path: str, change: Callable[[bytes], bytes], what: str, entry: int | None
) -> None:
    small.register.append(ENTRIES)
    files: dict[str, bytes] = {}
    write_tiles(small.register, small.checkpoint(), 600, files.__setitem__)
    checkpoint, _ = read_checkpoint(files["checkpoint"])
    if path == "checkpoint":
        checkpoint = type(checkpoint)(checkpoint.origin, 600, bytes(32))
    with pytest.raises(Altered, match=what) as found:
        verify_log(_spoilt(files, path, change), checkpoint)
    assert found.value.entry == entry
