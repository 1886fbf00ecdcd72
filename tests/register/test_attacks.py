"""A host, a delegation or a stranger who means ill: what each tries is refused, or is found."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from foedus.problems import Altered, BadInput, Unreachable
from foedus.register.log import fetch
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.cosignature import checked
from foedus.register.log.fetch import fetcher
from foedus.register.log.heads import Heads
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
from foedus.register.log.proofs import Prover
from foedus.register.log.signing import cosign, sign_checkpoint
from foedus.register.memory import MemoryRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Head
from tests.conftest import ROOT
from tests.register.test_cli import EXAMPLE, desk, done, refused, told

__all__ = ["desk"]
TEXT = "example.org/log\n5\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
LOG = SigningKey.from_seed("example.org/log", ED25519, bytes([1]) * 32)
ARM = SigningKey.from_seed("example.org/ARM", COSIGN_ED25519, bytes([2]) * 32)
BLR = SigningKey.from_seed("example.org/BLR", COSIGN_ML_DSA_44, bytes([3]) * 32)


def _signed(text: str, *keys: SigningKey, at: int = 1_700_000_000) -> Note:
    return Note(text, tuple(key.sign(Note(text, ()), at) for key in keys))


# the host: another history, an old one, more than was signed


def test_a_stale_head_is_told_by_the_checkpoint_that_was_seen_before(desk: Path) -> None:
    Path("old").write_text(done("log", "checkpoint", "league.db"))
    done("log", "tiles", "league.db", "stale")
    with SqliteRegister("league.db", "lantern-league") as register:
        register.append([b"more"])
    Path("new").write_text(done("log", "checkpoint", "league.db"))
    for shown in ("stale", "old"):
        said = refused("log", "verify", shown, "--key", "keys/log.pub", "--since", "new")
        assert (
            said
            == "The log has 18 entries, and had 19 before: it was set back, or an old checkpoint is shown."
        )


def test_what_was_seen_before_is_compared_or_it_is_said_that_it_cannot_be(desk: Path) -> None:
    """A checkpoint or a proof alone: `--since` is never passed over in silence."""
    Path("old").write_text(done("log", "checkpoint", "league.db"))
    Path("proof").write_text(done("log", "prove", "league.db", "0"))
    done("log", "verify", "proof", "--key", "keys/log.pub", "--since", "old")
    with SqliteRegister("league.db", "lantern-league") as register:
        register.append([b"more"])
    Path("new").write_text(done("log", "checkpoint", "league.db"))
    said = refused("log", "verify", "new", "--key", "keys/log.pub", "--since", "old", code=2)
    assert "Whether 19 entries continue those 18, only the log's files can show." in said


def test_two_roots_at_one_size_are_told_from_the_checkpoints_alone(desk: Path) -> None:
    done("register", "import", "csto", "other.db")
    Path("one").write_text(done("log", "checkpoint", "league.db"))
    shutil.copytree("keys", "forged")
    (desk / "forged" / "log.heads").write_bytes(b"")
    with SqliteRegister("forged.db", "forged") as register:
        register.append([b"%d" % number for number in range(18)])
    Path("two").write_text(done("log", "checkpoint", "forged.db", "--keys", "forged"))
    said = refused("log", "verify", "two", "--key", "keys/log.pub", "--since", "one")
    assert said == "The log shows two roots at 18 entries: it was rewritten."


def test_checkpoints_of_two_logs_are_not_held_against_each_other(desk: Path) -> None:
    Path("one").write_text(done("log", "checkpoint", "league.db"))
    words = ("--key", "keys/log.pub", "--key", EXAMPLE / "log.pub", "--since", "one")
    done("log", "key", "other", "--name", "example.org/other")
    Path("two").write_text(done("log", "checkpoint", "league.db", "--as", "other"))
    said = refused("log", "verify", "two", *words, "--key", "keys/other.pub")
    assert said == "The checkpoints are of two logs: “example.org/other” and “example.org/league”."


def _two(tmp_path: Path) -> tuple[MemoryRegister, Keyring, VerifierKey]:
    register, keys = MemoryRegister(), Keyring(tmp_path / "keys")
    register.append([b"entry %d" % number for number in range(100)])
    log = keys.make("log", "example.org/log")
    keys.make("ARM", "example.org/ARM", COSIGN_ED25519)
    return register, keys, log


def test_a_smaller_log_under_the_same_name_is_not_cosigned(tmp_path: Path) -> None:
    register, keys, log = _two(tmp_path)
    cosign(
        sign_checkpoint(register, keys, "log", 0),
        [log],
        Prover(register.hashes),
        keys=keys,
        label="ARM",
        now=0,
    )
    other, forged = MemoryRegister(), Keyring(tmp_path / "forged")
    shutil.copytree(keys.folder, forged.folder)
    (forged.folder / "log.heads").write_bytes(b"")
    other.append([b"another"])
    text = sign_checkpoint(other, forged, "log", 0)
    with pytest.raises(Altered, match="was signed with 100 entries before, and now has 1: it was set back"):
        cosign(text, [log], Prover(other.hashes), keys=keys, label="ARM", now=0)


def test_processes_that_sign_at_once_sign_one_history(tmp_path: Path) -> None:
    """Each appends and signs in turns with the other: no two heads disagree, and nobody is accused."""
    keys = Keyring(tmp_path / "keys")
    log = keys.make("log", "example.org/log")
    code = """
import sys
from pathlib import Path
from foedus.register.log.keys import Keyring
from foedus.register.log.signing import sign_checkpoint
from foedus.register.sqlite import SqliteRegister
register, keys = SqliteRegister(sys.argv[1]), Keyring(Path(sys.argv[2]))
for number in range(40):
    register.append([f"{sys.argv[3]}/{number}".encode()])
    sign_checkpoint(register, keys, "log", 0)
"""
    SqliteRegister(tmp_path / "a.db").close()
    made = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "a.db"), str(keys.folder), str(number)],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    assert [(process.communicate(timeout=120)[1], process.returncode) for process in made] == [("", 0)] * 3
    with SqliteRegister(tmp_path / "a.db") as register:
        prover, papers = Prover(register.hashes), register.papers("checkpoint")
        assert register.head().size == 120
        assert len({paper.size for paper in papers}) == len(papers) > 1
        for paper in papers:
            checkpoint, note = read_checkpoint(paper.text)
            assert prover.root(checkpoint.size) == checkpoint.root
            assert len(checked(note, [log])) == 1


def test_a_log_may_have_a_size_up_to_what_64_bits_hold_and_no_witness_works_for_ever() -> None:
    """The hashes of a log of 2**63 - 1 entries are made up as they are asked for: a few hundred files are looked at."""
    asked: list[tuple[int, int, int]] = []

    def hashes(rank: int, first: int, until: int) -> list[bytes]:
        asked.append((rank, first, until))
        return [bytes(32)] * (until - first)

    prover = Prover(hashes)
    prover.root(2**63 - 1)
    prover.consistency(2**62 + 12_345, 2**63 - 1)
    assert len(asked) < 500
    assert max(until - first for _, first, until in asked) <= 256


# whoever is between: signatures that cover less than it seems, or are put in the place of others


def test_further_lines_that_a_signature_does_not_cover_are_not_accepted_below_it() -> None:
    """A cosignature by ML-DSA-44 covers name, size and root alone (C2SP tlog-cosignature)."""
    note = _signed(TEXT, BLR)
    assert checked(note, [BLR.public])
    with pytest.raises(Altered, match="does not cover a checkpoint's further lines"):
        checked(Note(f"{TEXT}the chair resigned\n", note.signatures), [BLR.public])
    with pytest.raises(Altered, match="does not cover a checkpoint's further lines"):
        _signed(f"{TEXT}the chair resigned\n", BLR)


def test_further_lines_of_a_checkpoint_are_covered_by_the_logs_own_signature() -> None:
    note = _signed(f"{TEXT}one\n", LOG, ARM)
    assert len(checked(note, [LOG.public, ARM.public])) == 2
    for key in (LOG, ARM):
        with pytest.raises(Altered, match="does not hold"):
            checked(Note(f"{TEXT}two\n", note.signatures), [key.public])


@pytest.mark.parametrize("key", [ARM, BLR])
def test_a_cosignatures_time_is_within_what_the_specification_allows(key: SigningKey) -> None:
    assert checked(_signed(TEXT, key, at=2**63 - 1), [key.public])[0].at == 2**63 - 1
    with pytest.raises(Altered, match="does not hold"):
        checked(_signed(TEXT, key, at=2**63), [key.public])


def test_a_time_far_beyond_the_calendar_is_shown_all_the_same(desk: Path) -> None:
    keys = Keyring(desk / "keys")
    text = done("log", "checkpoint", "league.db")
    note = read_note(text)
    Path("late").write_text(str(Note(note.text, (*note.signatures, keys.read("ARM").sign(note, 2**63 - 1)))))
    said = done("log", "verify", "late", "--key", "keys/log.pub", "--key", "keys/ARM.pub")
    assert "9223372036854775807 seconds after 1970" in said


def test_a_signature_of_one_kind_does_not_stand_for_another() -> None:
    """The same Ed25519 key as a log's and as a delegation's: what it signed as one is nothing as the other."""
    seed = bytes([7]) * 32
    log, witness = (SigningKey.from_seed("example.org/x", kind, seed) for kind in (ED25519, COSIGN_ED25519))
    (as_log,), (as_witness,) = _signed(TEXT, log).signatures, _signed(TEXT, witness).signatures
    assert checked(Note(TEXT, (as_log,)), [witness.public]) == []
    posing = Signature("example.org/x", witness.public.id, bytes(8) + as_log.signature)
    with pytest.raises(Altered, match="does not hold"):
        checked(Note(TEXT, (posing,)), [witness.public])
    posing = Signature("example.org/x", log.public.id, as_witness.signature[8:])
    with pytest.raises(Altered, match="does not hold"):
        checked(Note(TEXT, (posing,)), [log.public])


def _policy_file(desk: Path) -> None:
    ring = Keyring(desk / "keys")
    log, arm, blr = (ring.public(label)[0] for label in ("log", "ARM", "BLR"))
    lines = f"log {log}\nwitness ARM {arm}\nwitness BLR {blr}\ngroup both all ARM BLR\nquorum both\n"
    (desk / "policy").write_text(lines)


def _cosigned(desk: Path) -> str:
    """The example's checkpoint with both delegations' cosignatures."""
    _policy_file(desk)
    Path("mine").write_text(done("log", "checkpoint", "league.db"))
    for label in ("ARM", "BLR"):
        text = done("log", "cosign", "mine", "--from", "league.db", "--as", label, "--key", "keys/log.pub")
        Path("mine").write_text(text)
    return Path("mine").read_text()


def test_a_forged_cosignature_is_not_put_in_the_place_of_a_good_one(desk: Path) -> None:
    good = _cosigned(desk)
    done("log", "checkpoint", "league.db", "--with", "mine", "--policy", "policy")
    note = read_note(good)
    forged = [
        Signature(s.name, s.key_id, bytes(len(s.signature))) if "ARM" in s.name else s
        for s in note.signatures
    ]
    Path("forged").write_text(str(Note(note.text, tuple(forged))))
    said = refused("log", "checkpoint", "league.db", "--with", "forged", "--policy", "policy")
    assert (
        said
        == "The signature by “example.org/ARM” does not hold: the text was altered, or it was never signed."
    )
    done("log", "verify", "league.db", "--policy", "policy")


def test_signatures_of_strangers_are_left_out_where_a_policy_says_who_counts(desk: Path) -> None:
    note = read_note(_cosigned(desk))
    junk = tuple(Signature(f"stranger{n}", bytes([n]) * 4, bytes(72)) for n in range(90))
    Path("junk").write_text(str(Note(note.text, (*note.signatures, *junk))))
    text = done("log", "checkpoint", "league.db", "--with", "junk", "--policy", "policy")
    assert [s.name for s in read_note(text).signatures] == [
        "example.org/league",
        "example.org/ARM",
        "example.org/BLR",
    ]


def test_a_checkpoint_is_never_buried_under_signatures(desk: Path) -> None:
    """Two files of a hundred signatures each: together they would make a note that nobody reads."""
    note = read_note(done("log", "checkpoint", "league.db"))
    for number in range(2):
        junk = tuple(Signature(f"{number}/{n}", bytes([n]) * 4, bytes(72)) for n in range(99))
        Path(f"junk{number}").write_text(str(Note(note.text, (*note.signatures, *junk))))
    done("log", "checkpoint", "league.db", "--with", "junk0")
    said = refused("log", "checkpoint", "league.db", "--with", "junk1", code=2)
    assert "It would have 199 signatures; at most 100 are read." in said
    done("log", "prove", "league.db", "0")


def test_a_proof_is_made_under_the_newest_checkpoint_that_the_council_cosigned(desk: Path) -> None:
    _cosigned(desk)
    said = refused("log", "prove", "league.db", "0", "--policy", "policy")
    assert said == "The checkpoint of “example.org/league” lacks cosignatures: ARM, BLR."
    done("log", "checkpoint", "league.db", "--with", "mine", "--policy", "policy")
    with SqliteRegister("league.db", "lantern-league") as register:
        register.append([b"more"])
    done("log", "checkpoint", "league.db")
    assert told("log", "prove", "league.db", "0")["size"] == 19
    proof = told("log", "prove", "league.db", "0", "--policy", "policy")
    assert proof["size"] == 18
    Path("proof").write_text(proof["text"])
    assert len(told("log", "verify", "proof", "--policy", "policy")["signed by"]) == 3


def test_a_policy_without_logs_takes_those_that_are_named_beside_it(desk: Path) -> None:
    _cosigned(desk)
    lines = [line for line in Path("policy").read_text().splitlines() if not line.startswith("log ")]
    Path("bare").write_text("\n".join(lines) + "\n")
    assert "is not signed by a key of that name" in refused("log", "verify", "mine", "--policy", "bare")
    found = told("log", "verify", "mine", "--policy", "bare", "--key", "keys/log.pub")
    assert len(found["signed by"]) == 3


# keys, and what they remember


def test_a_key_whose_memory_is_gone_signs_nothing_and_accuses_nobody(desk: Path) -> None:
    done("log", "checkpoint", "league.db")
    done("log", "tiles", "league.db", "tiles")
    words = ("log", "witness", "tiles", "--as", "ARM", "--key", "keys/log.pub")
    done(*words)
    (desk / "keys" / "ARM.heads").unlink()
    assert "what this key has signed before is not known. Nothing is signed." in refused(*words, code=2)
    assert not list((desk / "keys").glob("*evidence*"))
    (desk / "keys" / "ARM.heads").write_text("rubbish\n")
    assert "the file of heads is damaged" in refused(*words, code=2)
    assert not list((desk / "keys").glob("*evidence*"))


def test_a_key_in_a_folder_that_others_may_write_into_is_not_used(desk: Path) -> None:
    for mode in (0o770, 0o707, 0o777):
        (desk / "keys").chmod(mode)
        assert f"may write into this folder of keys (mode {mode:o}). Say chmod 700" in refused(
            "log", "checkpoint", "league.db", code=2
        )
    (desk / "keys").chmod(0o755)
    done("log", "checkpoint", "league.db")


@pytest.mark.parametrize("name", ["log.key", "log.pub"])
def test_a_key_that_is_a_link_is_not_used(desk: Path, name: str) -> None:
    path = desk / "keys" / name
    path.rename(desk / "elsewhere")
    path.symlink_to(desk / "elsewhere")
    assert f"{name}: It is a link. A key is in a file of its own." in refused(
        "log", "checkpoint", "league.db", code=2
    )


def test_a_memory_that_is_a_link_is_not_used(desk: Path) -> None:
    path = desk / "keys" / "log.heads"
    path.rename(desk / "elsewhere")
    path.symlink_to(desk / "elsewhere")
    assert "log.heads cannot be read or written" in refused("log", "checkpoint", "league.db", code=2)


def test_a_key_is_not_written_through_a_link(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    keys.folder.mkdir(mode=0o700)
    for name in ("log.key", "log.pub.new"):
        (keys.folder / name).symlink_to(tmp_path / "victim")
    with pytest.raises(Exception, match=r"There is a key in .*log\.key already"):
        keys.make("log", "example.org/log")
    (keys.folder / "log.key").unlink()
    keys.make("log", "example.org/log")
    assert not (tmp_path / "victim").exists()


def test_a_key_that_is_no_text_is_refused_without_a_word_of_what_it_holds(desk: Path) -> None:
    for name in ("log.key", "log.pub"):
        shutil.copy(desk / "keys" / name, "kept")
        (desk / "keys" / name).write_bytes(b"\xff\xfe secret")
        said = refused("log", "checkpoint", "league.db", code=2)
        assert "secret" not in said
        shutil.copy("kept", desk / "keys" / name)


def test_a_long_public_key_may_stand_on_the_command_line(desk: Path) -> None:
    keys = [word for key in (EXAMPLE / "policy").read_text().split() if "+" in key for word in ("--key", key)]
    assert max(map(len, keys)) > 1_700
    done("log", "verify", EXAMPLE / "log", *keys)


@pytest.mark.parametrize(
    "name", ["exam\x1b[2Jple", "exam\u200bple", "\u202eelpmaxe", "exam\x7fple", "exam\x85ple"]
)
def test_a_name_with_signs_that_nobody_sees_is_no_name_of_a_key(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="is no name of a key"):
        Keyring(tmp_path).make("x", name)
    key = VerifierKey(name, ED25519, LOG.public.public)
    with pytest.raises(BadInput, match="It is no key"):
        VerifierKey.read(str(key))


def test_a_name_that_looks_like_anothers_is_another() -> None:
    """A Cyrillic letter that looks Latin: the key is trusted under its own name, and signs for no other."""
    posing = SigningKey.from_seed("еxample.org/log", ED25519, bytes([9]) * 32)
    note = _signed(TEXT, posing)
    assert checked(note, [LOG.public]) == []
    with pytest.raises(Altered, match="is not signed by a key of that name that is trusted here"):
        read_policy(f"log {LOG.public}\nlog {posing.public}\nquorum none\n").accepted(str(note))


# texts made to be misread


def test_lines_that_end_as_on_another_system_are_not_what_was_signed(desk: Path) -> None:
    Path("crlf").write_bytes(done("log", "checkpoint", "league.db").replace("\n", "\r\n").encode())
    said = refused("log", "verify", "crlf", "--key", "keys/log.pub", code=2)
    assert "It holds control characters, such as those at the ends of lines of some systems" in said


def test_a_note_of_ten_thousand_signatures_is_not_looked_at() -> None:
    text = str(_signed(TEXT, LOG)) + str(_signed(TEXT, ARM)).rpartition("\n\n")[2] * 9_999
    with pytest.raises(BadInput, match=r"It has 10000 signatures; at most 100 are read|longer than"):
        read_note(text)


def test_a_text_in_base64_has_one_form() -> None:
    """The last letter before the = has bits that count for nothing: a second form of the same signature or hash."""
    text = str(_signed(TEXT, ARM))
    assert text.endswith("=\n")
    twin = text[:-4] + chr(ord(text[-4]) + 1) + text[-3:]
    for spoilt in (twin, text.replace("=\n", "\n"), text.replace("=\n", "==\n")):
        if spoilt != text:
            with pytest.raises(BadInput, match="is no signature"):
                read_note(spoilt)
    key = str(ARM.public)
    assert VerifierKey.read(key) == ARM.public
    proof = f"c2sp.org/tlog-proof@v1\nindex 1\n{'A' * 42}B=\n\n{text}"
    with pytest.raises(BadInput, match="is no base64"):
        read_proof(proof)


@pytest.mark.parametrize("more", ["x", "\n", "\0", "— a", "extra AAAA\n", "index 2\n"])
def test_nothing_may_follow_a_proof(desk: Path, more: str) -> None:
    done("log", "checkpoint", "league.db")
    proof = done("log", "prove", "league.db", "0")
    Path("proof").write_text(proof + more)
    refused("log", "verify", "proof", "--key", "keys/log.pub", code=2)


def test_what_an_act_is_called_cannot_write_on_the_readers_screen(desk: Path) -> None:
    from foedus.register.envelope import ActEnvelope, written  # noqa: PLC0415

    entry = written(ActEnvelope(file="record/a.yaml", act={"id": "\x1b[2J\u202e", "kind": "\x9b1m"}))
    with SqliteRegister("hostile.db", "hostile") as register:
        register.append([entry])
    done("log", "checkpoint", "hostile.db")
    Path("proof").write_text(done("log", "prove", "hostile.db", "0"))
    said = done("log", "verify", "proof", "--key", "keys/log.pub")
    assert "the act “\\x1b[2J\\u202e”, \\x9b1m" in said
    assert not {"\x1b", "\u202e", "\x9b"} & set(said)


@pytest.mark.parametrize("what", ["endless", "pipe", "long"])
def test_a_file_without_an_end_is_not_read(desk: Path, what: str) -> None:
    if what == "endless":
        Path("file").symlink_to("/dev/zero")
    elif what == "pipe":
        os.mkfifo("file")
        shutil.copytree(EXAMPLE / "log", "tiles")
        (desk / "tiles" / "checkpoint").unlink()
        os.mkfifo(desk / "tiles" / "checkpoint")
        assert "it is no file" in refused("log", "verify", "tiles", "--key", EXAMPLE / "log.pub", code=2)
    else:
        Path("file").write_bytes(b"x" * 2_000_001)
    said = refused("log", "verify", "file", "--key", EXAMPLE / "log.pub", code=2)
    assert "It is longer than 2,000,000 bytes" in said if what == "long" else "it is no file" in said


def test_groups_in_groups_in_groups_end_somewhere() -> None:
    lines = [f"log {LOG.public}", f"witness w {ARM.public}", "group g0 all w"]
    lines += [f"group g{number} all g{number - 1}" for number in range(1, 256)]
    deep = read_policy("\n".join([*lines, "quorum g255"]) + "\n")
    assert deep.accepted(str(_signed(TEXT, LOG, ARM)))
    with pytest.raises(Altered, match="lacks cosignatures: w"):
        deep.accepted(str(_signed(TEXT, LOG)))
    with pytest.raises(BadInput, match="at most 256 groups"):
        read_policy("\n".join([*lines, "group g256 all g255", "quorum g256"]) + "\n")


def test_two_notes_make_no_longer_one_than_is_read() -> None:
    one, two = (
        str(Note(TEXT, tuple(Signature(f"{which}{n}", bytes(4), bytes(64)) for n in range(60))))
        for which in "ab"
    )
    with pytest.raises(BadInput, match="It would have 120 signatures"):
        merged(one, two)


# a server of tiles that is not one


@contextmanager
def _server(answer: Callable[[socket.socket, bytes], None]) -> Iterator[str]:
    """The address of a server that does to each who asks what `answer` does, given the socket and the path."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.1)
    ending = threading.Event()

    def serve() -> None:
        while not ending.is_set():
            try:
                client, _ = listening.accept()
            except TimeoutError:
                continue
            with client, suppress(OSError):  # it has heard enough
                answer(client, client.recv(10_000).split(b" ")[1])

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ending.set()
        thread.join()
        listening.close()


def _drip(text: bytes) -> Callable[[socket.socket, bytes], None]:
    def answer(client: socket.socket, _: bytes) -> None:
        client.sendall(text)
        for _times in range(40):
            time.sleep(0.05)
            client.sendall(b"a")

    return answer


def _all(text: bytes, times: int = 1) -> Callable[[socket.socket, bytes], None]:
    def answer(client: socket.socket, _: bytes) -> None:
        for _times in range(times):
            client.sendall(text)

    return answer


OK = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "begun", [b"", b"HTT", OK + b"X-Long: ", OK + b"\r\n", OK + b"Content-Length: 99999\r\n\r\n"]
)
def test_a_server_that_answers_byte_by_byte_is_left(monkeypatch: pytest.MonkeyPatch, begun: bytes) -> None:
    monkeypatch.setattr(fetch, "PATIENCE", 1)
    start = time.monotonic()
    with _server(_drip(begun)) as address:
        with pytest.raises(Unreachable, match="does not answer within 1 seconds"):
            fetcher(address)("checkpoint")
        assert time.monotonic() - start < 3


def test_a_server_that_does_not_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 100_000)
    with (
        _server(_all(OK + b"\r\n" + bytes(50_000), 50)) as address,
        pytest.raises(Altered, match="is longer than anything in a log"),
    ):
        fetcher(address)("checkpoint")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"rubbish\r\n\r\n",
        b"HTTP/9.9 9999999 \r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello",
        OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhello",
        OK + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
        OK + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_a_server_that_speaks_otherwise_is_told_of_in_a_sentence(said: bytes) -> None:
    with _server(_all(said)) as address, pytest.raises(Unreachable, match="does not answer"):
        fetcher(address)("checkpoint")


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://127.0.0.1/checkpoint", "data:,x", "gopher://x"]
)
def test_a_server_that_sends_on_to_something_else_is_not_followed(where: str) -> None:
    said = b"HTTP/1.1 302 Found\r\nLocation: " + where.encode() + b"\r\nContent-Length: 0\r\n\r\n"
    with (
        _server(_all(said)) as address,
        pytest.raises(Altered, match=r"which is no web server|does not show"),
    ):
        fetcher(address)("checkpoint")


def test_a_server_that_sends_on_for_ever_is_left_and_one_that_moved_is_followed() -> None:
    def moved(client: socket.socket, path: bytes) -> None:
        there = OK + b"Content-Length: 2\r\n\r\nhi"
        on = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
        client.sendall(there if path == b"/there" else on)

    with _server(moved) as address:
        assert fetcher(address)("checkpoint") == b"hi"
    for_ever = _all(b"HTTP/1.1 302 Found\r\nLocation: /checkpoint\r\nContent-Length: 0\r\n\r\n")
    with _server(for_ever) as address, pytest.raises(Altered, match="302"):
        fetcher(address)("checkpoint")


def test_no_file_of_this_machine_is_fetched_as_a_log() -> None:
    with pytest.raises(Altered, match="The log lacks the file"):
        fetcher("file:///etc")("passwd")


def test_a_head_is_remembered_for_each_log_by_itself(tmp_path: Path) -> None:
    heads = Heads(tmp_path / "ARM.heads")
    heads.begin()
    heads.promise("one", Head(5, b"1" * 32), lambda _: None)
    heads.promise("other", Head(3, b"2" * 32), lambda _: None)
    assert (heads.last("one"), heads.last("other")) == (Head(5, b"1" * 32), Head(3, b"2" * 32))
    assert Checkpoint("one", 5, b"1" * 32).text.startswith("one\n5\n")
