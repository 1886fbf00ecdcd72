"""`foedus register` and `foedus log`: from a folder to a log that delegations check, cosign and find out about."""

from __future__ import annotations

import json
import shlex
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from foedus.cli import main
from foedus.register.address import open_register
from foedus.register.store import Paper
from foedus.secretariat import load
from tests.conftest import ROOT
from tests.register import backends

EXAMPLE = ROOT / "tests" / "register" / "example"
EXAMPLES_ROOT = "d7be28311674026f87051487989e791fa66b575d8f2a937752753cf9369898b7"
WHOLE = {
    "register": "lantern-league", "size": 18, "root": EXAMPLES_ROOT, "entries": 18, "sealed": 0, "withheld": 0,
}  # fmt: skip
VERBS = [(group, verb) for group in ("log", "register") for verb in main.commands[group].commands]  # type: ignore[attr-defined]


def run(*words: str | Path) -> Result:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(*words: str | Path) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout


def told(*words: str | Path) -> Any:
    """What a verb prints with `--json`, which is as its group's schema says."""
    found = json.loads(done(*words, "--json"))
    schema = json.loads((ROOT / "schemas" / f"{words[0]}.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(found)
    return found


def refused(*words: str | Path, code: int = 1) -> str:
    result = run(*words)
    assert result.exit_code == code, result.output
    assert not result.stdout
    return result.stderr.strip()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a league in a register, and keys for it and for two delegations."""
    monkeypatch.chdir(tmp_path)
    done("new", "lantern-league")
    done("register", "import", "lantern-league", "league.db")
    done("log", "key", "log", "--name", "example.org/league")
    done("log", "key", "ARM", "--name", "example.org/ARM", "--kind", "cosignature")
    done("log", "key", "BLR", "--name", "example.org/BLR", "--kind", "cosignature-ml-dsa-44")
    return tmp_path


@pytest.mark.parametrize(("group", "verb"), VERBS)
def test_the_help_of_each_verb_ends_with_an_example_of_it(group: str, verb: str) -> None:
    text = done(group, verb, "--help")
    shown = shlex.split(text.rpartition("Example:\n")[2].strip().splitlines()[0])
    assert shown[:3] == ["foedus", group, verb]
    command = main.commands[group].commands[verb]  # type: ignore[attr-defined]
    command.make_context(
        verb, [word.replace("checkpoint", str(EXAMPLE / "checkpoint")) for word in shown[3:]]
    )
    assert "--json" in text


def test_the_example_of_a_proof_names_an_act_that_there_is() -> None:
    example = done("log", "prove", "--help").rpartition("Example:\n")[2].strip().splitlines()[0]
    assert example.rpartition(" ")[2] in load("csto").record.by_id


@pytest.mark.parametrize(
    ("words", "nearest"), [(("log", "chekpoint"), "checkpoint"), (("register", "imprt"), "import")]
)
def test_a_misspelt_verb_is_told_the_nearest(words: tuple[str, ...], nearest: str) -> None:
    assert refused(*words, code=2) == f"There is no command “{words[1]}”. Did you mean “{nearest}”?"


def test_a_folder_goes_into_a_register_once(desk: Path) -> None:
    assert told("register", "import", "lantern-league", "other.db") == {
        "to": "other.db",
        "registers": [WHOLE],
        "redacted": None,
    }
    assert told("register", "import", "lantern-league", "other.db")["registers"][0]["entries"] == 0


def test_it_comes_out_as_a_folder_that_says_the_same(desk: Path) -> None:
    told("register", "export", "league.db", "out")
    assert "0 problems" in done("check", "out")
    assert "- id: 2022-11-12/session\n  kind: session\n" in Path("out/record/sessions.yaml").read_text(
        "utf-8"
    )
    assert told("register", "import", "out", "league.db")["registers"][0]["entries"] == 0
    assert "holds something already" in refused("register", "export", "league.db", "out", code=2)


def test_questions_are_asked_of_a_register_as_of_a_folder(desk: Path) -> None:
    asked = ("keeper", "--on", "2023-01-01")
    assert done("who", "league.db", *asked) == done("who", "lantern-league", *asked)
    assert done("check", "league.db").startswith("lantern-league: 0 problems")


MINUTES = """\
recorded: 2026-02-01
recorded by: the clerk
evidence: [{source: herald}]
entries:
  - {id: public, kind: statement, by: {state: BVT}, says: there is fog}
  - {id: private, kind: statement, by: {state: BVT}, says: a foghorn is broken, classification: confidential}
"""
BASIS = ("who", "league.db", "chair", "--on", "2024-06-01")


def test_acts_are_added_from_a_file_sealed_and_redacted(desk: Path) -> None:
    Path("minutes.yaml").write_text(MINUTES)
    added = told("register", "add", "league.db", "minutes.yaml")
    assert [added["registers"][0][key] for key in ("entries", "sealed", "withheld", "size")] == [2, 1, 0, 20]
    gone = told("register", "redact", "league.db", "private", "--by", "the clerk", "--why", "a slip")
    assert gone["registers"][0]["entries"] == 1
    assert gone["redacted"] | {"on": ""} == {"entry": 19, "by": "the clerk", "why": "a slip", "on": ""}
    assert json.loads(done(*BASIS, "--json"))["basis"]["redacted"] == [gone["redacted"]]
    assert done(*BASIS).splitlines()[-1].endswith(" by the clerk: a slip.")
    assert told("log", "scrub", "league.db")["said"].endswith(
        " 1 of them is under seal, and the text of 1 was destroyed, as an entry says."
    )


def test_scrub_tells_that_evidence_is_kept_of_another_history(desk: Path) -> None:
    """Else only those who look at the pages or ask over HTTP would hear of it."""
    assert "Evidence" not in told("log", "scrub", "league.db")["said"]
    with open_register("league.db") as register:
        register.keep(Paper("fork", 18, (EXAMPLE / "checkpoint").read_text("utf-8")))
    assert told("log", "scrub", "league.db")["said"].endswith(
        " Evidence is kept of 1 checkpoint by which the log's key signed another history."
    )


def test_a_file_that_cannot_be_read_with_the_rest_is_refused_with_everything_wrong(desk: Path) -> None:
    Path("minutes.yaml").write_text(MINUTES.replace("herald", "herold").replace("id: public", "id: head/ATA"))
    said = refused("register", "add", "league.db", "minutes.yaml", code=2)
    assert "record/minutes.yaml:5: The id “head/ATA” is taken, by an act on record" in said
    assert "record/minutes.yaml:6: “private” names the source “herold”" in said
    Path("minutes.yaml").write_bytes(b"\xff")
    assert "minutes.yaml: The file is not UTF-8, at byte 0." in refused(
        "register", "add", "league.db", "minutes.yaml", code=2
    )


@pytest.mark.parametrize(
    ("sees", "entries", "sealed", "withheld"),
    [((), 19, 0, 1), (("--sees", "restricted"), 19, 0, 1), (("--sees", "confidential"), 20, 1, 0)],
)
def test_a_folder_is_made_with_what_somebody_may_see(
    desk: Path, sees: tuple[str, ...], entries: int, sealed: int, withheld: int
) -> None:
    Path("minutes.yaml").write_text(MINUTES)
    done("register", "add", "league.db", "minutes.yaml")
    (put,) = told("register", "export", "league.db", "out", *sees)["registers"]
    assert (put["entries"], put["sealed"], put["withheld"]) == (entries, sealed, withheld)
    assert ("a foghorn is broken" in Path("out/record/minutes.yaml").read_text()) == bool(sealed)
    assert told("register", "import", "out", "other.db")["registers"][0]["sealed"] == sealed
    assert "1 act under seal was left out." in done("register", "export", "league.db", "public")


def test_the_log_of_a_register_with_seals_is_checked_without_them_and_says_so(desk: Path) -> None:
    Path("minutes.yaml").write_text(MINUTES)
    done("register", "add", "league.db", "minutes.yaml")
    done("log", "checkpoint", "league.db")
    done("log", "tiles", "league.db", "tiles")
    for place in ("tiles", "league.db"):
        found = told("log", "verify", place, "--key", "keys/log.pub")
        assert found["said"] == "All 20 entries are as signed. 1 of them is under seal."
    assert b"foghorn is broken" not in b"".join(
        p.read_bytes() for p in Path("tiles").rglob("*") if p.is_file()
    )
    assert "an act under seal (confidential)" in told("log", "prove", "league.db", "19")["said"]


@pytest.mark.parametrize("target", ["sqlite", "postgresql-18"])
def test_registers_are_copied_from_one_database_to_another(desk: Path, target: str) -> None:
    with backends.backend(target, desk) as place:
        assert told("register", "copy", "league.db", place.place)["registers"] == [WHOLE]
        assert told("register", "copy", place.place, "back.db")["registers"][0]["root"] == EXAMPLES_ROOT


def test_a_snapshot_says_where_it_is_and_of_what(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOEDUS_SNAPSHOTS", str(tmp_path / "snapshots"))
    said = told("register", "snapshot", "league.db")
    assert said["registers"] == [WHOLE]
    assert [Path(said["to"])] == [*(tmp_path / "snapshots").iterdir()]


def test_one_register_of_several_is_copied_and_no_other(desk: Path) -> None:
    done("register", "import", "csto", "league.db")
    told("register", "copy", "league.db", "of-its-own.db", "--register", "lantern-league")
    assert told("log", "scrub", "of-its-own.db")["size"] == 18
    said = refused("register", "copy", "league.db", "of-its-own.db", "--register", "lantern", code=2)
    assert "There is no register" in said
    assert "lantern-league" in said


def test_with_several_registers_in_a_database_one_is_to_be_named(desk: Path) -> None:
    done("register", "import", "csto", "league.db")
    assert refused("log", "scrub", "league.db", code=2).endswith(
        "league.db holds 2 registers. Say which: csto, lantern-league."
    )
    assert told("log", "scrub", "league.db", "--register", "lantern-league")["size"] == 18


def test_a_log_is_signed_cosigned_laid_out_and_checked_with_public_keys_alone(desk: Path) -> None:
    Path("checkpoint").write_text(done("log", "checkpoint", "league.db"))
    done("log", "tiles", "league.db", "tiles")
    Path("arm").write_text(
        done("log", "cosign", "checkpoint", "--from", "tiles", "--as", "ARM", "--key", "keys/log.pub")
    )
    Path("blr").write_text(done("log", "witness", "tiles", "--as", "BLR", "--key", "keys/log.pub"))
    done("log", "checkpoint", "league.db", "--with", "arm", "--with", "blr")
    assert told("log", "tiles", "league.db", "tiles")["said"] == "1 file written in tiles."
    keys = [word for label in ("log", "ARM", "BLR") for word in ("--key", f"keys/{label}.pub")]
    shutil.move("league.db", "gone.db")
    found = told("log", "verify", "tiles", *keys)
    assert (found["size"], found["root"], found["said"]) == (
        18,
        EXAMPLES_ROOT,
        "All 18 entries are as signed.",
    )
    assert [s["name"] for s in found["signed by"]] == [
        "example.org/league",
        "example.org/ARM",
        "example.org/BLR",
    ]


def test_cosigning_takes_the_registers_own_hashes_too(desk: Path) -> None:
    Path("checkpoint").write_text(done("log", "checkpoint", "league.db"))
    found = told("log", "cosign", "checkpoint", "--from", "league.db", "--as", "ARM", "--key", "keys/log.pub")
    assert [s["name"] for s in found["signed by"]] == ["example.org/league", "example.org/ARM"]


def test_an_entry_is_proven_by_its_index_and_by_the_id_of_its_act(desk: Path) -> None:
    done("log", "checkpoint", "league.db")
    Path("proof").write_text(done("log", "prove", "league.db", "keeper/2022"))
    found = told("log", "verify", "proof", "--key", "keys/log.pub")
    assert found["said"] == f"Entry {found['entry']} is in the log: the act “keeper/2022”, appointment."
    assert json.loads(found["text"])["act"]["id"] == "keeper/2022"
    assert told("log", "prove", "league.db", str(found["entry"]))["text"] == Path("proof").read_text()
    assert "Did you mean “keeper/2022”" in refused("log", "prove", "league.db", "keeper/202", code=2)
    assert "There are 18, from 0 on" in refused("log", "prove", "league.db", "18", code=2)


def test_before_anything_was_signed_nothing_can_be_proven(desk: Path) -> None:
    assert "Sign one first" in refused("log", "prove", "league.db", "0", code=2)
    assert "Sign one first" in refused("log", "tiles", "league.db", "tiles", code=2)


def test_a_log_that_grew_is_shown_to_continue_the_earlier(desk: Path) -> None:
    Path("before").write_text(done("log", "checkpoint", "league.db"))
    _grow(desk)
    done("log", "checkpoint", "league.db")
    done("log", "tiles", "league.db", "tiles")
    found = told("log", "verify", "tiles", "--key", "keys/log.pub", "--since", "before")
    assert found["said"] == "All 19 entries are as signed. Those up to 18 are as they were."


def test_a_registers_own_file_is_checked_against_what_was_signed(desk: Path) -> None:
    Path("before").write_text(done("log", "checkpoint", "league.db"))
    _grow(desk)
    found = told("log", "verify", "league.db", "--key", "keys/log.pub", "--since", "before")
    assert found["said"] == (
        "All 18 entries are as signed. 1 entry came since, and no signature is over those. Those up to 18 are as they were."
    )


def test_one_that_was_rewritten_throughout_is_found_by_the_signature(desk: Path) -> None:
    """All hashes and the head fit the forged entries; the checkpoint kept beside them does not."""
    Path("before").write_text(done("log", "checkpoint", "league.db"))
    done("register", "import", "csto", "forged.db")
    with open_register("forged.db") as forged:
        forged.keep(Paper("checkpoint", 18, Path("before").read_text()))
    said = refused("log", "verify", "forged.db", "--key", "keys/log.pub")
    assert said == "The register is not what was signed at 18 entries."


def _grow(desk: Path) -> None:
    path = desk / "lantern-league" / "charter.md"
    path.write_text(path.read_text() + "\n## Article 99. More\n\nThere is more.\n")
    assert told("register", "import", "lantern-league", "league.db")["registers"][0]["entries"] == 1


def test_an_altered_log_fails_with_the_entry_that_was_altered(desk: Path) -> None:
    done("log", "checkpoint", "league.db")
    done("log", "tiles", "league.db", "tiles")
    path = desk / "tiles" / "tile" / "entries" / "000.p" / "18"
    path.write_bytes(path.read_bytes().replace(b"keeper/2022", b"keeper/2023"))
    said = refused("log", "verify", "tiles", "--key", "keys/log.pub")
    assert said == "Entry 9 was altered: it does not hash to what its tile says."


def test_a_policy_says_whose_cosignatures_are_needed(desk: Path) -> None:
    found = told("log", "verify", EXAMPLE / "log", "--policy", EXAMPLE / "policy")
    assert len(found["signed by"]) == 3
    said = refused("log", "verify", EXAMPLE / "checkpoint", "--policy", EXAMPLE / "policy")
    assert said == "The checkpoint of “example.org/league” lacks cosignatures: ARM, BLR."


def test_without_a_key_nothing_is_believed(desk: Path) -> None:
    assert "Say whose signature counts" in refused("log", "verify", EXAMPLE / "log", code=2)
    assert "is not signed by a key of that name" in refused(
        "log", "verify", EXAMPLE / "log", "--key", "keys/log.pub"
    )


def test_who_shows_two_histories_is_found_out_and_the_evidence_is_kept(desk: Path) -> None:
    """The host keeps two registers under one key, whose memory of what it signed it empties."""
    done("log", "checkpoint", "league.db")
    done("log", "tiles", "league.db", "tiles")
    done("log", "witness", "tiles", "--as", "ARM", "--key", "keys/log.pub")
    done("register", "import", "csto", "other.db")
    assert "with another root at 18 entries" in refused("log", "checkpoint", "other.db")
    (desk / "keys" / "log.heads").write_bytes(b"")
    shown = done("log", "checkpoint", "other.db")
    done("log", "tiles", "other.db", "tiles")
    said = refused("log", "witness", "tiles", "--as", "ARM", "--key", "keys/log.pub")
    assert (
        "does not continue the one of 18. What the log signed is kept as evidence in keys/ARM.evidence-"
        in said
    )
    (evidence,) = (desk / "keys").glob("ARM.evidence-*")
    assert evidence.read_text() == shown
    assert "it was set back. The checkpoint is kept as evidence" in refused(
        "log", "checkpoint", "league.db", "--with", evidence
    )


def test_a_key_is_rotated_and_never_shown(desk: Path) -> None:
    (old,) = told("log", "key", "log")["keys"]
    new, before = told("log", "key", "log", "--rotate")["keys"]
    assert before == old
    assert new != old
    secret = (desk / "keys" / "log.key").read_text().strip().split("+", 4)[4]
    assert secret not in done("log", "key", "log")
    assert "There is a key in keys/log.key already" in refused(
        "log", "key", "log", "--name", "example.org/league", code=2
    )


@pytest.fixture
def served(desk: Path) -> Iterator[str]:
    """The address of a web server that shows the folder `tiles`."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=desk / "tiles"))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_witness_cosigns_what_any_web_server_shows(desk: Path, served: str) -> None:
    done("log", "checkpoint", "league.db")
    done("log", "tiles", "league.db", "tiles")
    found = told("log", "witness", served, "--as", "ARM", "--key", "keys/log.pub")
    assert [s["name"] for s in found["signed by"]] == ["example.org/league", "example.org/ARM"]
    (desk / "tiles" / "tile" / "0" / "000.p" / "18").unlink()
    assert "404" in refused("log", "witness", served, "--as", "BLR", "--key", "keys/log.pub")


def test_a_server_that_does_not_answer_is_told(desk: Path) -> None:
    assert "does not answer" in refused(
        "log", "witness", "http://127.0.0.1:9", "--as", "ARM", "--key", "keys/log.pub", code=2
    )


# a log and a register that were written once, and are to be read for ever


def test_the_log_of_the_example_verifies(desk: Path) -> None:
    found = told("log", "verify", EXAMPLE / "log", "--key", EXAMPLE / "log.pub")
    assert found["root"] == EXAMPLES_ROOT


def test_the_proof_of_the_example_verifies(desk: Path) -> None:
    found = told("log", "verify", EXAMPLE / "keeper-2022.tlog-proof", "--key", EXAMPLE / "log.pub")
    assert found["said"] == "Entry 9 is in the log: the act “keeper/2022”, appointment."


def test_the_register_of_the_example_opens_and_is_whole(desk: Path) -> None:
    shutil.copy(EXAMPLE / "league.db", "example.db")
    assert told("log", "scrub", "example.db")["root"] == EXAMPLES_ROOT
