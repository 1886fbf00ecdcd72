"""The log over HTTP: checkpoints, cosignatures handed in, proofs; and as static files that any witness reads."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner, Result

from foedus.cli import main
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.keys import KINDS, Keyring
from foedus.register.log.note import Note
from foedus.register.log.proof_file import read_proof
from foedus.register.log.proofs import Prover, check_consistency
from foedus.register.log.signing import cosign
from foedus.register.log.tiles import bundle_path, place, unbundled
from foedus.register.store import Submission
from tests.web.api.conftest import NOW, ORIGIN, Answer, Server, acts, served
from tests.web.conftest import listening

TEXT = "text/plain"


def run(*words: object) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, [str(word) for word in words])


def hand_in(server: Server, text: str, by: str = "witness") -> Answer:
    return server.ask("POST", "checkpoints", by=by, text=text, kind=TEXT)


def cosigned(server: Server, text: str, label: str = "ARM", now: int = NOW + 5) -> str:
    prover = Prover(server.live.register.hashes)
    return cosign(text, server.keys.public("log"), prover, keys=server.keys, label=label, now=now)


# -- checkpoints


def test_where_nothing_was_signed_it_is_said_what_to_do(server: Server) -> None:
    answer = server.get("checkpoint")
    assert answer.status == 404
    assert "foedus log checkpoint" in answer.data["detail"]
    assert server.get("head").data["signed"] is None


def test_the_newest_checkpoint_is_the_one_shown(server: Server) -> None:
    server.sign()
    server.post("entries", acts("told"), by="scribe")
    text = server.sign()
    answer = server.get("checkpoint")
    assert (answer.body.decode(), answer.headers["Content-Type"]) == (text, "text/plain; charset=utf-8")
    told = server.get("checkpoints").data["checkpoints"]
    assert [row["size"] for row in told] == [server.size, server.size - 1]
    assert told[0]["text"] == text
    assert server.get("head").data["signed"]["size"] == server.size
    assert len(server.get("checkpoints?limit=1").data["checkpoints"]) == 1


def test_a_cosignature_that_is_handed_in_is_added(server: Server) -> None:
    text = server.demand()
    answer = hand_in(server, cosigned(server, text))
    assert answer.status == 200, answer.body
    assert [each["name"] for each in answer.data["signatures"]] == [ORIGIN, "example.org/ARM"]
    assert server.get("checkpoint").body.decode() == answer.data["text"]


def test_signatures_by_nobody_known_are_not_kept(server: Server) -> None:
    text = server.demand()
    server.keys.make("XXX", "example.org/XXX", KINDS["cosignature"])
    both = cosigned(server, cosigned(server, text), "XXX")
    assert [each["name"] for each in hand_in(server, both).data["signatures"]] == [ORIGIN, "example.org/ARM"]
    answer = hand_in(server, cosigned(server, text, "XXX"))
    assert answer.status == 422
    assert "no cosignature" in answer.data["detail"]


def test_an_older_cosignature_does_not_take_the_place_of_a_newer(server: Server) -> None:
    text = server.demand()
    older, newer = cosigned(server, text, now=NOW + 1), cosigned(server, text, now=NOW + 9)
    hand_in(server, newer)
    kept = server.get("checkpoint").body
    assert hand_in(server, older).status == 200
    assert server.get("checkpoint").body == kept


def test_a_forged_cosignature_is_refused(server: Server) -> None:
    text = server.demand()
    _, note = read_checkpoint(cosigned(server, text))
    own, theirs = note.signatures
    bent = theirs.signature[:20] + bytes([theirs.signature[20] ^ 1]) + theirs.signature[21:]
    forged = Note(note.text, (own, type(theirs)(theirs.name, theirs.key_id, bent)))
    answer = hand_in(server, str(forged))
    assert answer.status == 422
    assert "does not hold" in answer.data["detail"]


@pytest.mark.parametrize("text", ["", "x", "a\nb\nc\n\n— d e\n", "\x00"])
def test_what_is_no_checkpoint_is_refused(server: Server, text: str) -> None:
    assert hand_in(server, text or " ").status == 422


def test_another_history_that_the_log_signed_is_refused_and_kept_as_evidence(server: Server) -> None:
    server.demand()
    signer = server.keys.read("log")
    other = Checkpoint(ORIGIN, server.size, b"\x07" * 32).text
    forked = Note(other, (signer.sign(Note(other, ()), NOW),))
    arm = server.keys.read("ARM")
    shown = str(Note(other, (*forked.signatures, arm.sign(forked, NOW))))
    answer = hand_in(server, shown)
    assert answer.status == 409
    assert "evidence" in answer.data["detail"]
    assert [row["text"] for row in server.get("checkpoints").data["forks"]] == [shown]
    assert read_checkpoint(server.get("checkpoint").body)[0].root != b"\x07" * 32


def test_where_no_policy_is_on_record_no_cosignature_is_taken(server: Server) -> None:
    text = server.sign()
    answer = hand_in(server, cosigned(server, text))
    assert answer.status == 409
    assert "foedus log policy" in answer.data["problems"][0]["remedy"]
    server.demand()
    assert hand_in(server, cosigned(server, text)).status == 409  # it was signed before there was one


# -- proofs


def test_a_proof_holds_for_who_has_nothing_but_the_key(server: Server, tmp_path: Path) -> None:
    server.sign()
    answer = server.get("proofs/3")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    proof = read_proof(answer.body.decode())
    proof.check(next(server.live.register.read(3, 4)))
    (tmp_path / "proof").write_bytes(answer.body)
    found = run("log", "verify", tmp_path / "proof", "--key", server.folder / "keys" / "log.pub")
    assert found.exit_code == 0, found.output


def test_of_an_entry_that_came_after_the_checkpoint_there_is_no_proof_yet(server: Server) -> None:
    server.sign()
    first = server.post("entries", acts("told"), by="scribe").data["first"]
    assert server.get(f"proofs/{first}").status == 409
    assert server.get(f"proofs/{first + 1}").status == 404


def test_that_the_register_continues_is_proven(server: Server) -> None:
    before = server.live.register.head()
    server.post("entries", acts("one", "two", "three"), by="scribe")
    told = server.get(f"consistency?from={before.size}").data
    hashes = [base64.b64decode(each) for each in told["hashes"]]
    later = server.live.register.head()
    assert (told["from"]["root"], told["to"]["root"]) == (before.root.hex(), later.root.hex())
    check_consistency(before.size, later.size, hashes, before.root, later.root)


@pytest.mark.parametrize(
    ("asked", "status"), [("from=9&to=3", 404), ("to=99999", 404), ("from=x", 400), ("since=1", 400)]
)
def test_a_proof_between_sizes_that_are_none_is_refused(server: Server, asked: str, status: int) -> None:
    assert server.get(f"consistency?{asked}").status == status


# -- as files


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A league whose log has 700 entries, the newest checkpoint being of all but one."""
    with served(tmp_path_factory.mktemp("large")) as made:
        register = made.live.register
        entry = next(entry for entry in register.read() if b'"first"' in entry)
        more = [entry.replace(b'"first"', b'"first-%03d"' % at) for at in range(699 - made.size)]
        register.submit(Submission(tuple(more)))
        made.sign()
        register.submit(Submission((entry.replace(b'"first"', b'"last"'),)))
        yield made


def test_the_checkpoint_is_served_as_a_text_that_nobody_keeps(large: Server) -> None:
    answer = large.get("/tiny/log/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert read_checkpoint(answer.body)[0].size == 699


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("tile/0/000", 8192),
        ("tile/0/001", 8192),
        ("tile/0/002.p/187", 187 * 32),
        ("tile/0/002.p/100", 100 * 32),  # of a checkpoint before
        ("tile/1/000.p/2", 64),
    ],
)
def test_a_tile_is_served_for_ever(large: Server, name: str, length: int) -> None:
    answer = large.get(f"/tiny/log/{name}")
    assert (answer.status, len(answer.body)) == (200, length)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_bundle_holds_the_entries(large: Server) -> None:
    answer = large.get("/tiny/log/" + bundle_path(2, 187))
    assert unbundled(answer.body, 2, 187) == list(large.live.register.read(512, 699))
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "name",
    [
        "tile/0/002",  # not full
        "tile/0/002.p/188",  # beyond the checkpoint, and in the register
        "tile/entries/002.p/188",
        "tile/0/003.p/1",
        "tile/0/002.p/0",
        "tile/0/000.p/256",
        "tile/0/002.p/01",
        "tile/0/2.p/1",
        "tile/0/x000/002.p/1",
        "tile/00/000",
        "tile/1/000",
        "tile/2/000.p/1",
        "tile/64/000",
        "tile/entries/000/",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/٠٠٠",
        "checkpoint/",
        "nothing",
    ],
)
def test_no_file_is_served_that_the_checkpoint_does_not_ask_for(large: Server, name: str) -> None:
    assert large.get(f"/tiny/log/{name}").status == 404


def test_the_names_of_tiles_are_those_of_the_specification() -> None:
    assert place(1234067, 256) == "x001/x234/067"


def _witness(address: str, keys: Path) -> tuple[object, ...]:
    """The verb by which ARM reads and cosigns what is served there."""
    named = ("--as", "ARM", "--key", keys / "log.pub", "--keys", keys)
    return ("log", "witness", f"{address}/tiny/log", *named)


def test_a_delegation_cosigns_what_a_server_shows_and_hands_it_in(server: Server) -> None:
    import urllib.request  # noqa: PLC0415

    server.demand()
    keys = server.folder / "keys"
    with listening(server.app) as address:
        witness = _witness(address, keys)
        done = run(*witness)
        assert done.exit_code == 0, done.output
        sent = urllib.request.Request(
            f"{address}/api/tiny/checkpoints",
            done.stdout.encode(),
            {"Content-Type": TEXT, "Authorization": f"Bearer {server.tokens['witness']}"},
        )
        with urllib.request.urlopen(sent, timeout=10) as answer:
            told = json.load(answer)
        assert "example.org/ARM" in [each["name"] for each in told["signatures"]]
        server.post("entries", acts(*(f"a{number}" for number in range(300))), by="scribe")
        server.sign()
        assert run(*witness).exit_code == 0
        assert Keyring(keys).path("ARM", "heads").read_text().count("\n") == 2


def test_a_delegation_finds_out_where_a_server_shows_another_history(server: Server) -> None:
    server.sign()
    keys = server.folder / "keys"
    with listening(server.app) as address:
        witness = _witness(address, keys)
        assert run(*witness).exit_code == 0
        heads = keys / "ARM.heads"
        heads.write_text(heads.read_text().replace(server.live.register.head().root.hex(), "ab" * 32))
        refused = run(*witness)
        assert refused.exit_code == 1
        assert "evidence" in refused.stderr


# -- where somebody changed the database


@pytest.mark.parametrize(
    "where", ["/api/tiny/entries", "/api/tiny/entries/{at}", "/tiny/register/{at}/", "/tiny/register/"]
)
def test_an_entry_that_was_altered_where_it_is_kept_is_shown_to_nobody(
    server: Server, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    register = server.live.register
    at = next(at for at, entry in enumerate(register.read()) if b"it was held" in entry)
    assert server.get(where.format(at=at)).status == 200
    read = register.read
    monkeypatch.setattr(
        register, "read", lambda *of: (each.replace(b"it was held", b"it never was") for each in read(*of))
    )
    answer = server.get(where.format(at=at))
    assert answer.status == 409
    assert f"Entry {at} was altered: its bytes do not hash to what was kept of it." in answer.body.decode()


def test_that_a_register_was_set_back_is_said_to_programs_too(server: Server) -> None:
    server.post("entries", acts("told"), by="scribe")
    assert server.get("who/chairman?on=2002-01-01").status == 200
    with apsw.Connection(str(server.folder / "league.db")) as database:
        database.execute("UPDATE heads SET size = 4, root = zeroblob(32), peaks = zeroblob(32)")
    answer = server.get("who/chairman?on=2002-01-01")
    assert answer.status == 409
    assert answer.data["detail"].startswith("“tiny” was set back or rewritten")
