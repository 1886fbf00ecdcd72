"""Whatever strangers send, readers refuse it in a sentence or read it; and what they read has one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.problems import FoedusError
from foedus.register.envelope import described
from foedus.register.log.keys import Keyring
from tests.conftest import MUTANTS, SOAK
from tests.register.parsers import PARSERS, Parser

searched = settings(max_examples=10_000 if SOAK else MUTANTS or 500)  # for each of many readers

PIECES = [
    b"", b"\n", b"\n\n", b"\r\n", b" ", b"\t", b"\0", b"=", b"+", b"\xff", "— ".encode(), "\u202e".encode(), b"\xed\xa0\x80",
    b"[" * 50, b"{", b'"', b"NaN", b"-0", b"1e999", b"9" * 25, b"extra ", b"index ", b"quorum none\n", b"\\ud800",
]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, valid: list[bytes]) -> bytes:
    """A valid text in which pieces were taken out, doubled, put elsewhere or put in."""
    data = draw(st.sampled_from(valid))
    for _ in range(draw(st.integers(1, 4))):
        at, end = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        new = draw(
            st.sampled_from([*PIECES, data[at:end] * 2, data[at:end][::-1], *valid]) | st.binary(max_size=6)
        )
        data = data[:at] + new + data[draw(st.sampled_from([at, min(at + 1, end), end])) :]
    return data


def _tried(read: Callable[[Any], Any], data: Any) -> tuple[Any, str]:
    """What was read, or the sentence in which it was refused."""
    try:
        return read(data), ""
    except FoedusError as refused:
        return None, str(refused)


def _holds(parser: Parser, data: bytes) -> None:
    found, refused = _tried(parser.read, data)
    if refused:
        assert refused.rstrip().endswith((".", "?", "…"))
    elif parser.write is not None:
        assert parser.write(found) == data


@pytest.mark.parametrize("name", PARSERS)
def test_a_valid_text_is_read_and_written_again_as_it_was(name: str) -> None:
    parser = PARSERS[name]
    for data in parser.valid:
        found = parser.read(data)
        assert parser.write is None or parser.write(found) == data


@pytest.mark.parametrize("name", PARSERS)
@searched
@given(data=st.data())
def test_a_valid_text_gone_wrong_is_refused_in_a_sentence_or_read_as_it_is(
    name: str, data: st.DataObject
) -> None:
    _holds(PARSERS[name], data.draw(spoilt(PARSERS[name].valid)))


@pytest.mark.parametrize("name", PARSERS)
@searched
@given(data=st.binary(max_size=300))
def test_no_bytes_make_a_reader_fail_but_in_a_sentence(name: str, data: bytes) -> None:
    _holds(PARSERS[name], data)


@searched
@given(data=spoilt(PARSERS["envelope"].valid) | st.binary(max_size=100))
def test_any_entry_can_be_described(data: bytes) -> None:
    assert described(data)


def test_no_file_of_a_key_makes_its_reader_fail_but_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    keys = Keyring(tmp_path_factory.mktemp("keys"))
    keys.make("log", "example.org/log")
    private, public = keys.folder / "log.key", keys.folder / "log.pub"
    texts = [private.read_bytes(), public.read_bytes()]

    @searched
    @given(data=spoilt(texts) | st.binary(max_size=200))
    def look(data: bytes) -> None:
        for path, reader in ((private, keys.read), (public, keys.public)):
            path.write_bytes(data)
            assert texts[0][-44:-4].decode() not in _tried(reader, "log")[1]

    look()
