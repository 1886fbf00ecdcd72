"""Organisation folders go into a register and come out of it without loss; and behind a register they only add."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import foedus
from foedus.cli import main
from foedus.problems import Altered, BadInput
from foedus.register.envelope import read
from foedus.register.folders import contents
from foedus.register.mark import Mark
from foedus.register.memory import MemoryRegister
from foedus.register.sqlite import SqliteRegister
from foedus.register.store import Register
from foedus.secretariat import Organisation, bring_folder, bundled, from_register, load
from tests.folders import ACTS, CHARTER, ENTRIES, ENVELOPE, FIRST_FREE_LINE, folder

STARTER = Path(foedus.__file__).parent / "starter"
NEW = "id: new, kind: statement, by: {state: ARM}, says: more, evidence: [{source: page}]"


def _exported(register: SqliteRegister, where: Path) -> Organisation:
    done = CliRunner().invoke(main, ["register", "export", str(register.path), str(where)])
    assert done.exit_code == 0, done.output
    return load(where)


@pytest.mark.parametrize("name", [*sorted(bundled()), str(STARTER)])
def test_an_organisation_comes_out_of_a_register_as_it_went_in(name: str, tmp_path: Path) -> None:
    before, register = load(name), SqliteRegister(tmp_path / "a.db")
    bring_folder(name, register)
    for after in (from_register(register), _exported(register, tmp_path / "out")):
        assert after.charter == before.charter
        assert after.weights == before.weights
        assert after.record.entries == before.record.entries
        assert (after.record.root, after.record.head) == (before.record.root, before.record.head)
    register.close()


def test_every_entry_is_an_envelope(tmp_path: Path) -> None:
    register = MemoryRegister()
    count = bring_folder(folder(tmp_path), register)
    assert [read(entry).holds for entry in register.read()] == ["text"] * 3 + ["act"] * 4
    assert count == 7


def test_a_folder_that_says_nothing_new_adds_nothing(tmp_path: Path, register: Register) -> None:
    bring_folder(folder(tmp_path), register)
    head = register.head()
    assert bring_folder(tmp_path, register) == 0
    assert register.head() == head


def test_a_new_act_is_appended_wherever_in_its_file_it_stands(tmp_path: Path) -> None:
    register = MemoryRegister()
    bring_folder(folder(tmp_path), register)
    before = list(register.read())
    added = {ACTS: ENVELOPE + f"  - {{{NEW}}}\n" + ENTRIES}
    assert bring_folder(folder(tmp_path, added), register) == 1
    assert list(register.read())[:-1] == before
    assert from_register(register).record.by_id["new"].id == "new"


def test_an_old_act_that_was_changed_is_refused_with_its_place(tmp_path: Path) -> None:
    register = MemoryRegister()
    bring_folder(folder(tmp_path), register)
    head = register.head()
    changed = ENTRIES.replace("says: it was held", "says: it was not held")
    with pytest.raises(BadInput) as refused:
        bring_folder(folder(tmp_path, {ACTS: ENVELOPE + changed + f"  - {{{NEW}}}\n"}), register)
    assert str(refused.value) == (
        f"{ACTS}:{FIRST_FREE_LINE - 1}: “said” is on record, and says something else there."
        " Leave it as it was, and write a correction: an entry that “corrects” it."
    )
    assert register.head() == head


def test_an_act_that_was_taken_out_of_the_folder_stays_on_record(tmp_path: Path) -> None:
    register = MemoryRegister()
    bring_folder(folder(tmp_path), register)
    shorter = "\n".join(line for line in ENTRIES.splitlines() if "id: said" not in line) + "\n"
    assert bring_folder(folder(tmp_path, {ACTS: ENVELOPE + shorter}), register) == 0
    assert "said" in from_register(register).record.by_id


def test_a_charter_that_was_changed_is_appended_and_the_earlier_text_stays(tmp_path: Path) -> None:
    register = MemoryRegister()
    bring_folder(folder(tmp_path), register)
    size = register.head().size
    text = (tmp_path / CHARTER).read_text() + "\n## Article 2. More\n\nThere is more.\n"
    assert bring_folder(folder(tmp_path, {CHARTER: text}), register) == 1
    assert contents(register).texts[CHARTER] == text
    assert contents(register, size).texts[CHARTER] != text


def test_an_organisation_is_had_as_it_was_at_an_earlier_size(tmp_path: Path) -> None:
    register = MemoryRegister()
    bring_folder(folder(tmp_path), register)
    size = register.head().size
    bring_folder(folder(tmp_path, {ACTS: ENVELOPE + ENTRIES + f"  - {{{NEW}}}\n"}), register)
    assert "new" not in from_register(register, Mark(size)).record.by_id
    assert "new" in from_register(register).record.by_id


def test_a_register_that_holds_no_organisation_is_told_so() -> None:
    with pytest.raises(BadInput, match=r"organisation\.yaml: The text is not in the register"):
        from_register(MemoryRegister())


def test_a_text_that_is_gone_without_an_entry_that_says_so_is_noticed(tmp_path: Path) -> None:
    register = MemoryRegister()
    bring_folder(folder(tmp_path), register)
    register._attachments = dict.fromkeys(register._attachments)
    with pytest.raises(Altered, match="was taken out of the register, which no entry says"):
        from_register(register)
