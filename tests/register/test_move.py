"""A register moves between backends, and is the same register there."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from foedus.problems import Altered, Conflict
from foedus.register.memory import MemoryRegister
from foedus.register.move import copy
from foedus.register.store import Head, Paper, Register, Submission
from tests.register import backends
from tests.register.backends import BACKENDS

SECRET, GONE = b"salt and secret", b"salt and what is gone"


def _filled(register: Register) -> Register:
    register.append([b"entry %d" % number for number in range(2_100)], key="many")
    register.append([b"one"])
    register.submit(Submission((b"two",), key="two", attachments=(SECRET, GONE)))
    register.submit(Submission((b"three",), redacts=(sha256(GONE).digest(),)))
    register.keep(Paper("checkpoint", 1, "log\n1\nroot\n\n— log AAAAAAA=\n"))
    return register


@pytest.mark.parametrize("target", BACKENDS)
@pytest.mark.parametrize("source", ["memory", "sqlite", "postgresql-16"])
def test_a_copy_has_the_same_entries_root_receipts_attachments_and_papers(
    tmp_path: Path, source: str, target: str
) -> None:
    if source == target:
        source = "sqlite-rollback"
    with backends.backend(source, tmp_path) as here, backends.backend(target, tmp_path) as there:
        one, other = _filled(here.open()), there.open("elsewhere")
        assert copy(one, other) == one.head()
        assert list(other.read()) == list(one.read())
        assert list(other.receipts()) == list(one.receipts())
        assert dict(other.attachments()) == dict(one.attachments())
        assert other.papers("checkpoint") == one.papers("checkpoint")
        assert list(other.hashes(1, 0, 8)) == list(one.hashes(1, 0, 8))
        assert other.attachment(sha256(GONE).digest()) is None


def test_an_append_tried_again_after_the_move_is_not_done_again() -> None:
    one, other = _filled(MemoryRegister()), MemoryRegister()
    copy(one, other)
    assert other.append([b"two"], key="two").again


def test_a_copy_that_was_broken_off_goes_on_where_it_stopped() -> None:
    one, other = _filled(MemoryRegister()), MemoryRegister()
    other.append([b"entry %d" % number for number in range(2_100)], key="many")
    copy(one, other)
    assert list(other.receipts()) == list(one.receipts())
    one.append([b"later"])
    assert copy(one, other) == one.head()


def test_a_register_that_holds_something_else_is_not_written_over() -> None:
    one, other = _filled(MemoryRegister()), MemoryRegister()
    other.append([b"something else"])
    with pytest.raises(Conflict, match="holds 1 entries that are not the beginning of"):
        copy(one, other)
    assert other.head().size == 1


def test_entries_that_do_not_give_the_sources_root_are_told() -> None:
    class Lying(MemoryRegister):
        def head(self) -> Head:
            return Head(super().head().size, bytes(32))

    one = Lying()
    one.append([b"a"])
    with pytest.raises(Altered, match="The copy has root"):
        copy(one, MemoryRegister())
