"""A policy on record says which checkpoints count as the council's: from its entry on, and whoever put it there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.problems import BadInput
from foedus.register.address import open_register
from foedus.register.envelope import TextEnvelope, hashed, written
from foedus.register.log.council import in_force, newest
from foedus.register.log.policies import counted, policies
from foedus.register.store import Submission
from foedus.secretariat import Live, News, load, opening
from tests.register.test_cli import done, refused, run, told


def the(*words: str, logs: str = "log") -> str:
    """A policy over three delegations, and its last lines."""
    keys = {name: done("log", "key", name).strip() for name in (logs, "ARM", "BLR", "KAZ")}
    witnesses = [f"witness {name} {keys[name]}" for name in ("ARM", "BLR", "KAZ")]
    return "\n".join([f"log {keys[logs]}", *witnesses, *words]) + "\n"


TWO = ("group members 2 ARM BLR KAZ", "quorum members")
ONE = ("group members 1 ARM BLR KAZ", "quorum members")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a league in a register of 18 entries that was signed once, and keys for it and three delegations."""
    monkeypatch.chdir(tmp_path)
    done("new", "lantern-league")
    done("register", "import", "lantern-league", "league.db")
    done("log", "key", "log", "--name", "example.org/league")
    for name in ("ARM", "BLR", "KAZ"):
        done("log", "key", name, "--name", f"example.org/{name}", "--kind", "cosignature")
    done("log", "checkpoint", "league.db")
    return tmp_path


def put(*words: str) -> str:
    Path("policy.txt").write_text(the(*words))
    return done("log", "policy", "league.db", "policy.txt").replace("\n", " ")


def cosign(*names: str) -> None:
    """Sign the register as it is, and have it cosigned by delegations."""
    Path("checkpoint").write_text(done("log", "checkpoint", "league.db"))
    for name in names:
        Path(name).write_text(
            done("log", "cosign", "checkpoint", "--from", "league.db", "--as", name, "--key", "keys/log.pub")
        )
        done("log", "checkpoint", "league.db", "--with", name)


def judgement() -> str:
    """What signing the register says of the policy."""
    return run("log", "checkpoint", "league.db").stderr.strip()


def test_a_policy_is_put_on_record_as_an_entry_of_the_register(desk: Path) -> None:
    assert "The policy is on record, as entry 18." in put(*TWO)
    shown = told("log", "policy", "league.db")
    assert shown == {"entry": 18, "demands": "2 of (ARM, BLR, KAZ)", "text": the(*TWO), "changes": None}
    assert told("log", "scrub", "league.db")["size"] == 19


def test_what_is_printed_can_be_put_elsewhere(desk: Path) -> None:
    put(*TWO)
    assert done("log", "policy", "league.db") == the(*TWO)
    assert (
        "On record since entry 18. It demands 2 of (ARM, BLR, KAZ)."
        in run("log", "policy", "league.db").stderr
    )


def test_without_a_policy_nothing_counts_and_nothing_is_demanded(desk: Path) -> None:
    assert "None is on record, so no checkpoint counts as the council's." in refused(
        "log", "policy", "league.db", code=2
    )
    assert judgement() == ""
    assert told("log", "checkpoint", "league.db")["council"] is None
    with open_register("league.db") as register:
        assert newest(counted(register)) is None


def test_signing_says_whose_cosignatures_are_lacking(desk: Path) -> None:
    put(*TWO)
    assert judgement() == (
        "It does not count as the council's: it lacks 2 of (ARM, BLR, KAZ), by the policy on record since entry 18, "
        "which demands 2 of (ARM, BLR, KAZ). None does yet."
    )
    cosign("ARM")
    assert "it lacks 1 of (BLR, KAZ), by" in judgement()
    cosign("KAZ")
    assert judgement() == (
        "It counts as the council's by the policy on record since entry 18, which demands 2 of (ARM, BLR, KAZ)."
    )
    assert told("log", "checkpoint", "league.db")["council"] == {
        "policy": 18, "demands": "2 of (ARM, BLR, KAZ)", "counts": True, "lacks": None, "newest": 19,
    }  # fmt: skip


def grow(number: int) -> None:
    """Put a further text on record, so that the register is longer."""
    text = f"Text {number}.".encode()
    with open_register("league.db") as register:
        entry = written(TextEnvelope(file="notes.md", sha256=hashed(text)))
        register.submit(Submission((entry,), attachments=(text,)))


def test_the_newest_that_counts_is_named_beside_one_that_does_not(desk: Path) -> None:
    put(*TWO)
    cosign("ARM", "BLR")
    grow(1)
    assert judgement().endswith("The newest that does has 19 entries.")
    council = told("log", "checkpoint", "league.db")["council"]
    assert (council["counts"], council["newest"]) == (False, 19)


def test_a_policy_holds_for_checkpoints_that_contain_it_and_for_none_before(desk: Path) -> None:
    put(*TWO)
    cosign("ARM")
    put(*ONE)
    cosign("ARM")
    with open_register("league.db") as register:
        found = {count.checkpoint.size: count for count in counted(register)}
        assert [d.entry for d in policies(register)] == [18, 19]
        assert in_force(policies(register), 18) is None
    assert {size: count.counts for size, count in found.items()} == {18: False, 19: False, 20: True}
    assert [count.demand and count.demand.entry for count in found.values()] == [None, 18, 19]


def test_a_laxer_policy_is_said_to_demand_less(desk: Path) -> None:
    put(*TWO)
    said = put(*ONE)
    assert (
        "It demands 1 of (ARM, BLR, KAZ). It stands in place of one that demanded 2 of (ARM, BLR, KAZ)."
        in said
    )
    assert "That is less than before: it demands 1 where 2 were demanded." in said
    assert "That is more than before: it demands 2 where 1 was demanded." in put(*TWO)
    assert "it demands 0 where 2 were demanded." in put("quorum none")


def test_who_is_counted_or_no_longer_or_by_another_key_is_said(desk: Path) -> None:
    put(*TWO)
    done("log", "key", "BLR", "--rotate")
    done("log", "key", "PUP", "--name", "example.org/PUP", "--kind", "cosignature")
    puppet = done("log", "key", "PUP").strip()
    newer = [line for line in the(*TWO).splitlines() if "+" in line and "KAZ" not in line]
    lines = [*newer[:2], f"witness BLR {done('log', 'key', 'BLR').splitlines()[0]}"]
    lines += [f"witness PUP {puppet}", "group members 2 ARM BLR PUP", "quorum members"]
    Path("other.txt").write_text("\n".join(lines) + "\n")
    said = done("log", "policy", "league.db", "other.txt").replace("\n", " ")
    assert "Counted from now on: PUP. No longer counted: KAZ. Another key than before: BLR." in said
    assert "less than before" not in said


def test_a_faulty_policy_is_refused_with_every_fault(desk: Path) -> None:
    Path("bad").write_text(the("group members 4 ARM BLR KAZ", "quorum mebers"))
    said = refused("log", "policy", "league.db", "bad", code=2)
    assert "bad:5: “4” should be all, any or a number from 1 to 3." in said
    assert "bad:6: There is no witness or group “mebers” above. Did you mean “members”?" in said
    assert told("log", "scrub", "league.db")["size"] == 18


def test_a_policy_without_the_logs_own_key_is_refused(desk: Path) -> None:
    done("log", "key", "another", "--name", "example.org/league")
    Path("other").write_text(the(*TWO, logs="another"))
    said = refused("log", "policy", "league.db", "other", code=2)
    assert "The key that signed this register's newest checkpoint is not in it." in said


def test_before_anything_was_signed_no_policy_is_taken(desk: Path) -> None:
    done("register", "import", "lantern-league", "fresh.db")
    Path("policy.txt").write_text(the(*TWO))
    assert "Sign one first" in refused("log", "policy", "fresh.db", "policy.txt", code=2)


def test_the_same_policy_is_not_put_on_record_twice(desk: Path) -> None:
    put(*TWO)
    assert "is on record already, since entry 18" in refused(
        "log", "policy", "league.db", "policy.txt", code=2
    )


def test_a_policy_that_others_wrote_past_the_verb_and_is_none_lets_nothing_count(desk: Path) -> None:
    text = b"quorum everybody\n"
    with open_register("league.db") as register:
        entry = written(TextEnvelope(file="policy", sha256=hashed(text)))
        register.submit(Submission((entry,), attachments=(text,)))
    assert "it lacks a policy: what entry 18 put on record is none" in judgement()
    assert "0 problems" in done("check", "league.db")


def test_after_the_logs_key_was_rotated_the_policy_must_name_the_new_one(desk: Path) -> None:
    put(*ONE)
    cosign("ARM")
    done("log", "key", "log", "--rotate")
    assert "It counts" in judgement()  # the old key signs once more beside the new
    grow(1)
    assert "it lacks the log's own signature, by a key that the policy names" in judgement()


def test_a_false_cosignature_does_not_take_the_place_of_a_true_one(desk: Path) -> None:
    put(*ONE)
    cosign("ARM")
    note = Path("ARM").read_text()
    head, _, line = note.rstrip("\n").rpartition("\n")
    Path("false").write_text(f"{head}\n{line[:-12]}{'A' * 10}==\n")
    assert "The signature by “example.org/ARM” does not hold" in refused(
        "log", "checkpoint", "league.db", "--with", "false"
    )
    assert "It counts" in judgement()


def test_checking_a_registers_file_says_what_its_own_policy_says(desk: Path) -> None:
    put(*TWO)
    cosign("ARM")
    said = done("log", "verify", "league.db", "--key", "keys/log.pub")
    assert "it lacks 1 of (BLR, KAZ)" in " ".join(said.split())
    assert "to rely on a policy, name it with --policy" in " ".join(said.split())
    assert (
        told("log", "verify", "league.db", "--key", "keys/log.pub")["council"]["lacks"] == "1 of (BLR, KAZ)"
    )
    Path("own").write_text(the(*ONE))
    assert told("log", "verify", "league.db", "--policy", "own")["council"] is None


def test_a_policy_goes_out_with_the_folder_and_comes_in_with_it(desk: Path) -> None:
    put(*TWO)
    done("register", "export", "league.db", "out")
    assert Path("out/policy").read_text() == the(*TWO)
    assert "0 problems" in done("check", "out")
    again = json.loads(done("register", "import", "out", "league.db", "--json"))
    assert again["registers"][0]["entries"] == 0
    done("register", "import", "out", "other.db")
    assert told("log", "policy", "other.db")["text"] == the(*TWO)
    assert load("other.db").record.entries == load("lantern-league").record.entries


def test_a_folder_never_replaces_a_policy_in_passing(desk: Path) -> None:
    put(*ONE)
    done("register", "export", "league.db", "out")
    put(*TWO)
    said = refused("register", "import", "out", "league.db", code=2)
    assert "policy: Another policy is on record, since entry 19." in said
    assert told("log", "policy", "league.db")["entry"] == 19


def test_a_folder_with_a_faulty_policy_is_not_imported(desk: Path) -> None:
    (desk / "lantern-league" / "policy").write_text("quorum all\n")
    said = refused("register", "import", "lantern-league", "league.db", code=2)
    assert "policy:1: There is no witness or group “all” above." in said


def test_nobody_appends_a_policy_as_just_another_text(desk: Path) -> None:
    with open_register("league.db") as register:
        live = Live(register)
        news = News(
            [], opening.load("lantern-league").record.last_recorded, "somebody", {"policy": the(*ONE)}
        )
        with pytest.raises(BadInput, match="A policy is not put on record as other texts are"):
            live.append(news)
