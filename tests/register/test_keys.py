"""Private keys: nobody else can read them, nothing shows them, and they are rotated without a gap."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from foedus.problems import Altered, BadInput, Conflict, NotFound
from foedus.register.log.cosignature import checked
from foedus.register.log.heads import Heads
from foedus.register.log.keys import Keyring
from foedus.register.log.note import COSIGN_ED25519, read_note
from foedus.register.log.signing import sign_checkpoint
from foedus.register.memory import MemoryRegister
from foedus.register.store import Head

NAME = "example.org/register"


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    made = Keyring(tmp_path / "keys")
    made.make("log", NAME)
    return made


def test_a_key_is_in_a_file_that_its_owner_alone_may_read(keys: Keyring) -> None:
    assert stat.S_IMODE((keys.folder / "log.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.folder.stat().st_mode) == 0o700


def test_a_key_that_others_may_read_is_not_used(keys: Keyring) -> None:
    (keys.folder / "log.key").chmod(0o640)
    with pytest.raises(
        BadInput, match=r"Others than its owner may use this key \(mode 640\)\. Say chmod 600"
    ):
        keys.read("log")


def test_nothing_of_a_key_is_printed(keys: Keyring) -> None:
    secret = (keys.folder / "log.key").read_text().strip().split("+", 4)[4]
    key = keys.read("log")
    shown = f"{key} {key!r} {key.public} {(keys.folder / 'log.pub').read_text()}"
    assert secret not in shown
    assert "Private" not in shown


def test_a_damaged_key_is_refused_without_a_word_of_what_it_holds(keys: Keyring) -> None:
    path = keys.folder / "log.key"
    text = path.read_text().strip()
    for spoilt in (
        text[:-4],
        text.replace("PRIVATE", "SECRET"),
        text.replace(NAME, "example.org/other"),
        "",
        "é",
    ):
        path.write_text(spoilt)
        with pytest.raises(BadInput) as refused:
            keys.read("log")
        assert str(refused.value) == f"{path}: This is no private key, or is damaged."


def test_a_key_is_never_written_over(keys: Keyring) -> None:
    before = (keys.folder / "log.key").read_bytes()
    with pytest.raises(Conflict, match=r"There is a key in .*log\.key already"):
        keys.make("log", NAME)
    assert (keys.folder / "log.key").read_bytes() == before


def test_two_keys_are_never_the_same(keys: Keyring) -> None:
    assert keys.make("other", NAME).public != keys.read("log").public.public


@pytest.mark.parametrize("label", ["", "../log", "a/b", ".log", "a b", "x" * 65])
def test_a_label_leads_to_no_file_outside_the_folder(keys: Keyring, label: str) -> None:
    with pytest.raises(BadInput, match="is no label of a key"):
        keys.read(label)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak"])
def test_a_name_is_one_that_a_note_can_hold(keys: Keyring, name: str) -> None:
    with pytest.raises(BadInput, match="is no name of a key"):
        keys.make("new", name)


def test_a_key_that_is_not_there_is_told_with_the_nearest(keys: Keyring) -> None:
    with pytest.raises(NotFound, match="There is no key “logg”. Did you mean “log”"):  # noqa: RUF043
        keys.read("logg")


def test_after_a_rotation_both_keys_sign_once_and_then_the_new_one_alone(keys: Keyring) -> None:
    register = MemoryRegister()
    old = keys.read("log").public
    new = keys.rotate("log")
    assert (new.name, new.type, new.public != old.public) == (old.name, old.type, True)
    register.append([b"a"])
    bridge = sign_checkpoint(register, keys, "log", 0)
    assert {signed.key for signed in checked(read_note(bridge), [old, new])} == {old, new}
    register.append([b"b"])
    after = sign_checkpoint(register, keys, "log", 0)
    assert {signed.key for signed in checked(read_note(after), [old, new])} == {new}
    assert not (keys.folder / "log.outgoing.key").exists()
    assert keys.public("log") == [new, old]


def test_a_second_rotation_waits_until_the_outgoing_key_has_signed(keys: Keyring) -> None:
    keys.rotate("log")
    with pytest.raises(Conflict, match="is still to sign once"):
        keys.rotate("log")


def test_a_rotation_that_was_broken_off_leaves_the_old_key_and_can_be_made_again(keys: Keyring) -> None:
    old = keys.read("log").public
    (keys.folder / "log.new.key").write_text("half")
    assert keys.read("log").public == old
    assert keys.rotate("log") == keys.read("log").public


def test_a_new_key_remembers_what_the_old_one_signed(keys: Keyring) -> None:
    register, other = MemoryRegister(), MemoryRegister()
    register.append([b"a"])
    other.append([b"b"])
    sign_checkpoint(register, keys, "log", 0)
    keys.rotate("log")
    with pytest.raises(Altered, match="rewritten"):
        sign_checkpoint(other, keys, "log", 0)


# what was signed


def test_a_head_is_on_the_disk_before_it_is_signed(tmp_path: Path) -> None:
    heads = Heads(tmp_path / "log.heads")
    heads.begin()
    heads.promise(NAME, Head(1, b"1" * 32), lambda _: None)
    assert Heads(tmp_path / "log.heads").last(NAME) == Head(1, b"1" * 32)
    assert heads.last("another") is None


def test_a_line_that_was_not_finished_was_never_signed(tmp_path: Path) -> None:
    path = tmp_path / "log.heads"
    heads = Heads(path)
    heads.begin()
    heads.promise(NAME, Head(1, b"1" * 32), lambda _: None)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    assert heads.last(NAME) == Head(1, b"1" * 32)
    heads.promise(NAME, Head(2, b"2" * 32), lambda _: None)
    assert heads.last(NAME) == Head(2, b"2" * 32)
    assert len(path.read_bytes().splitlines()) == 2


def test_where_what_was_signed_cannot_be_read_nothing_is_signed(keys: Keyring) -> None:
    for spoilt in (
        "rubbish",
        "[]",
        '{"size":1,"root":"00"}',
        '{"origin":"a","size":"1","root":"' + "00" * 32 + '"}',
        '{"origin":"a","size":1,"root":"00"}',
        "[" * 100_000,
        '{"origin":"a","size":NaN,"root":"' + "00" * 32 + '"}',
    ):
        (keys.folder / "log.heads").write_text(f"{spoilt}\n")
        with pytest.raises(BadInput, match="the file of heads is damaged. Nothing is signed"):  # noqa: RUF043
            sign_checkpoint(MemoryRegister(), keys, "log", 0)
    (keys.folder / "log.heads").write_bytes(b"\xff\n")
    with pytest.raises(BadInput, match="is damaged"):
        sign_checkpoint(MemoryRegister(), keys, "log", 0)


def test_nothing_is_promised_that_does_not_continue_what_was(tmp_path: Path) -> None:
    heads = Heads(tmp_path / "log.heads")
    heads.begin()
    heads.promise(NAME, Head(2, b"2" * 32), lambda _: None)

    def refuse(_: Head) -> None:
        raise Altered("no")

    with pytest.raises(Altered, match="was signed with 2 entries before, and now has 1: it was set back"):
        heads.promise(NAME, Head(1, b"1" * 32), lambda _: None)
    with pytest.raises(Altered, match="was signed with another root at 2 entries: it was rewritten"):
        heads.promise(NAME, Head(2, b"3" * 32), lambda _: None)
    with pytest.raises(Altered, match="no"):
        heads.promise(NAME, Head(3, b"3" * 32), refuse)
    assert heads.last(NAME) == Head(2, b"2" * 32)
    heads.promise(NAME, Head(2, b"2" * 32), refuse)


def test_keys_for_cosignatures_are_made_alike(keys: Keyring) -> None:
    assert keys.make("ARM", "example.org/arm", COSIGN_ED25519).type == COSIGN_ED25519
    assert keys.read("ARM").public.name == "example.org/arm"
