"""Somebody with the database in his hands changes what lies beside the entries: it is noticed, on every backend."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from foedus.problems import Altered, FoedusError
from foedus.register.envelope import ActEnvelope, RedactionEnvelope, TextEnvelope, seal, written
from foedus.register.folders import contents, redact
from foedus.register.inspection import check_attachments, check_receipts
from foedus.register.log.keys import Keyring
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import sign_checkpoint
from foedus.register.log.tree import leaf_hash
from foedus.register.memory import MemoryRegister
from foedus.register.sql import SqlRegister
from foedus.register.store import Appended, Submission
from foedus.secretariat import Live, bring_folder, from_register
from tests.folders import folder
from tests.register.backends import Backend
from tests.test_live import SAID

TEXT = b"# Charter"
DIGEST = sha256(TEXT).digest()
ACT = ActEnvelope(file="record/a.yaml", act={"id": "x"})
CLASSIFIED = ActEnvelope(file="record/a.yaml", act={"id": "y", "classification": "restricted"})
SEALED = seal(CLASSIFIED, bytes(32))


def _opened(lasting: Backend) -> SqlRegister:
    register = lasting.open()
    assert isinstance(register, SqlRegister)
    return register


def _by_hand(register: SqlRegister, statement: str, *terms: Any) -> None:
    with register._writing():
        register._many(statement, [terms])


def _head(register: SqlRegister) -> tuple[Any, ...]:
    return tuple(
        register._rows("SELECT size, root, peaks FROM heads WHERE register = ?", (register.name,))[0]
    )


def _set_back(register: SqlRegister, head: tuple[Any, ...]) -> None:
    _by_hand(
        register, "UPDATE heads SET size = ?, root = ?, peaks = ? WHERE register = ?", *head, register.name
    )


def test_a_head_that_was_set_back_by_hand_is_noticed_when_it_is_looked_at_and_when_it_is_written(
    lasting: Backend, tmp_path: Path
) -> None:
    """The earlier head is true, and all that is below it: only what lies beyond tells."""
    register, keys = _opened(lasting), Keyring(tmp_path / "keys")
    keys.make("log", "example.org/register")
    register.append([b"a", b"b"])
    earlier = _head(register)
    register.append([b"c"])
    _set_back(register, earlier)
    with pytest.raises(Altered, match="1 entry lies beyond the head: it was set back"):
        scrub(register)
    with pytest.raises(Altered, match="beyond the head"):
        sign_checkpoint(register, keys, "log", 0)
    with pytest.raises(Altered, match="holds rows beyond its head: it was set back"):
        register.append([b"another"])
    assert register.head().size == 2


def test_one_that_was_set_back_with_all_beyond_it_is_not_signed_even_where_the_keys_memory_is_lost(
    lasting: Backend, tmp_path: Path
) -> None:
    register, keys = _opened(lasting), Keyring(tmp_path / "keys")
    keys.make("log", "example.org/register")
    register.append([b"a", b"b"])
    earlier = _head(register)
    register.append([b"c"])
    sign_checkpoint(register, keys, "log", 0)
    _set_back(register, earlier)
    _by_hand(register, "DELETE FROM entries WHERE register = ? AND seq = 2", register.name)
    (keys.folder / "log.heads").write_bytes(b"")
    with pytest.raises(Altered, match="was signed with 3 entries before, and now has 2: it was set back"):
        sign_checkpoint(register, keys, "log", 0)
    register.append([b"other", b"more"])
    with pytest.raises(Altered, match="was signed with another root at 3 entries"):
        sign_checkpoint(register, keys, "log", 0)
    assert (keys.folder / "log.heads").read_bytes() == b"", "nothing was promised either"


RECEIPTS: dict[str, tuple[str, Any]] = {
    "where it begins": ("UPDATE receipts SET seq = ? WHERE name = 'two'", 0),
    "where it ends": ("UPDATE receipts SET size = ? WHERE name = 'two'", 4),
    "far away": ("UPDATE receipts SET size = ? WHERE name = 'two'", 2**62),
    "the root": ("UPDATE receipts SET root = ? WHERE name = 'two'", bytes(32)),
}


@pytest.mark.parametrize("what", RECEIPTS)
def test_a_receipt_that_was_altered_answers_no_append_that_is_tried_again(
    lasting: Backend, what: str
) -> None:
    register = _opened(lasting)
    register.append([b"a"], key="one")
    first = register.append([b"b", b"c"], key="two")
    register.append([b"d", b"e"])
    assert check_receipts(register) == 2
    assert register.append([b"b", b"c"], key="two") == Appended(first.first, first.head, again=True)
    statement, term = RECEIPTS[what]
    _by_hand(register, statement, term)
    with pytest.raises(Altered, match=r"The receipt of “two” was altered|Of the hashes"):
        register.append([b"b", b"c"], key="two")
    with pytest.raises(Altered, match="The receipt of “two” was altered"):
        check_receipts(register)
    assert register.append([b"a"], key="one").again
    assert register.head().size == 5


def test_a_receipt_that_was_moved_to_other_entries_is_found(lasting: Backend) -> None:
    """Its hash, too, is that of other entries: then they, and not the first ones, are what it answers for."""
    register = _opened(lasting)
    register.append([b"a"], key="one")
    _by_hand(register, "UPDATE receipts SET digest = ? WHERE name = 'one'", Submission((b"b",)).digest)
    with pytest.raises(Altered, match="The receipt of “one” was altered"):
        register.append([b"b"], key="one")
    with pytest.raises(Altered, match="The receipt of “one” was altered"):
        check_receipts(register)


def _with_texts(register: SqlRegister | MemoryRegister) -> None:
    charter = written(TextEnvelope(file="charter.md", sha256=DIGEST.hex()))
    register.submit(Submission((charter,), attachments=(TEXT,)))
    register.append([written(ACT)])
    register.submit(Submission((SEALED.entry,), attachments=(SEALED.attachment,)))


ATTACHMENTS: dict[str, tuple[str, tuple[Any, ...], str]] = {
    "changed": (
        "UPDATE attachments SET content = ? WHERE digest = ?",
        (b"# Another", DIGEST),
        "was altered: its bytes hash to something else",
    ),
    "emptied": (
        "UPDATE attachments SET content = NULL WHERE digest = ?",
        (DIGEST,),
        "The text of entry 0 was taken out of the register, which no entry says",
    ),
    "taken away": (
        "DELETE FROM attachments WHERE digest = ?",
        (DIGEST,),
        "The text of entry 0 was taken out of the register, which no entry says",
    ),
    "emptied under seal": (
        "UPDATE attachments SET content = NULL WHERE digest = ?",
        (sha256(SEALED.attachment).digest(),),
        "The text of entry 2 was taken out of the register, which no entry says",
    ),
}


@pytest.mark.parametrize("what", ATTACHMENTS)
def test_an_attachment_that_was_altered_or_taken_away_is_found(lasting: Backend, what: str) -> None:
    register = _opened(lasting)
    _with_texts(register)
    assert check_attachments(register) == 3
    statement, terms, said = ATTACHMENTS[what]
    _by_hand(register, statement, *terms)
    with pytest.raises(Altered, match=said):
        check_attachments(register)
    if what == "changed":
        with pytest.raises(Altered, match=said):
            scrub(register)


def test_a_text_that_an_entry_says_was_destroyed_is_not_missed() -> None:
    register = MemoryRegister()
    _with_texts(register)
    redact(register, 2, by="x", on="2026-01-05", why="y")
    assert check_attachments(register) == 4


@pytest.mark.parametrize(
    ("entry", "digest"), [(1, sha256(SEALED.attachment)), (2, sha256(b"another")), (9, sha256(TEXT))]
)
def test_an_entry_that_says_another_text_was_destroyed_is_found(entry: int, digest: Any) -> None:
    register = MemoryRegister()
    _with_texts(register)
    said = RedactionEnvelope(entry=entry, sha256=digest.hexdigest(), by="x", on="2026-01-05", why="y")
    register.append([written(said)])
    with pytest.raises(
        Altered, match=f"Entry 3 says that the text of entry {entry} was destroyed, which is not"
    ):
        check_attachments(register)


@pytest.mark.parametrize(
    "entry",
    [
        b'{"act":{"id":"x","id":"y"},"file":"record/a.yaml","format":1,"holds":"act"}',
        b'{"act":{"id":NaN},"file":"record/a.yaml","format":1,"holds":"act"}',
        b'{"act":{"id":"\\ud800"},"file":"record/a.yaml","format":1,"holds":"act"}',
        b'{"act":{"id":' + b"[" * 60 + b"]" * 60 + b'},"file":"record/a.yaml","format":1,"holds":"act"}',
        b'{"act": {},"file":"record/a.yaml","format":1,"holds":"act"}',
        b"\xff",
    ],
)
def test_an_entry_let_in_past_the_rules_is_found(entry: bytes) -> None:
    register = MemoryRegister()
    register.append([written(ACT), entry])
    with pytest.raises(Altered, match="Entry 1 was let in past the rules") as found:
        check_attachments(register)
    assert found.value.entry == 1


@pytest.mark.parametrize("name", ["a\0b", "a\nb", "x" * 201, "\ud800", "\u202eb"])
def test_a_register_has_a_name_that_can_be_shown(lasting: Backend, name: str) -> None:
    with pytest.raises(FoedusError, match="1 to 200 printable characters"):
        lasting.open(name)


@pytest.mark.parametrize("name", ["'; DROP TABLE heads; --", '"', "%s", "?", "é", "Ω/ω"])
def test_a_name_and_a_key_are_never_read_as_sql(lasting: Backend, name: str) -> None:
    lasting.open("plain").append([b"a"])
    register = lasting.open(name)
    register.append([b"b"], key=name)
    assert register.append([b"b"], key=name).again
    assert list(lasting.open("plain").read()) == [b"a"]


# -- what is answered from


def _league(lasting: Backend, tmp_path: Path) -> SqlRegister:
    register = _opened(lasting)
    bring_folder(folder(tmp_path / "league"), register)
    return register


def _rewritten(register: SqlRegister, what: str, by: str) -> int:
    """Another text in place of one that the first entry to hold it says, so that it reads as well; which entry that was."""
    at, entry = next((at, e) for at, e in enumerate(register.read()) if what.encode() in e)
    other = entry.replace(what.encode(), by.encode())
    _by_hand(
        register, "UPDATE entries SET entry = ? WHERE register = ? AND seq = ?", other, register.name, at
    )
    return at


def test_nothing_is_answered_from_an_entry_that_was_altered(lasting: Backend, tmp_path: Path) -> None:
    """Else the answer would cite the root that stands over what the entry was."""
    register = _league(lasting, tmp_path)
    at = _rewritten(register, "it was held", "it never was")
    with pytest.raises(
        Altered, match=f"Entry {at} was altered: its bytes do not hash to what was kept of it"
    ):
        from_register(register)
    with pytest.raises(Altered, match=f"Entry {at} was altered"):
        contents(register)


def test_nor_from_one_whose_hash_was_altered_with_it(lasting: Backend, tmp_path: Path) -> None:
    register = _league(lasting, tmp_path)
    at = _rewritten(register, "it was held", "it never was")
    (entry,) = register.read(at, at + 1)
    _by_hand(
        register,
        "UPDATE entries SET hash = ? WHERE register = ? AND seq = ?",
        leaf_hash(entry),
        register.name,
        at,
    )
    with pytest.raises(Altered, match=r"The entries give root [0-9a-f]+, and the head says"):
        from_register(register)


def test_nor_where_a_text_is_gone(lasting: Backend, tmp_path: Path) -> None:
    register = _league(lasting, tmp_path)
    _by_hand(register, "DELETE FROM attachments WHERE register = ?", register.name)
    with pytest.raises(Altered, match=r"The text of organisation\.yaml was taken out of the register"):
        from_register(register)


def test_nor_under_a_head_of_another_size(lasting: Backend, tmp_path: Path) -> None:
    register = _league(lasting, tmp_path)
    act = {**SAID, "recorded": "2022-05-01", "recorded by": "the desk"}
    register.append([written(ActEnvelope(file="record/register.yaml", act=act))])
    size, root, peaks = _head(register)
    assert size.bit_count() == (size // 2).bit_count(), "a size of as many peaks, which reads as well"
    _set_back(register, (size // 2, root, peaks))
    with pytest.raises(Altered, match=r"The entries give root [0-9a-f]+, and the head says"):
        from_register(register)


def test_nor_what_comes_while_it_is_served(lasting: Backend, tmp_path: Path) -> None:
    register = _league(lasting, tmp_path)
    live = Live(register)
    before = live.now().record.kept
    act = {**SAID, "recorded": "2022-05-01", "recorded by": "the desk"}
    register.append([written(ActEnvelope(file="record/register.yaml", act=act))])
    at = _rewritten(register, "more", "less")
    with pytest.raises(Altered, match=f"Entry {at} was altered"):
        live.now()
    assert before is not None
    assert at == before.size, "it is the one that came"
