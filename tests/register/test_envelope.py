"""What stands in a register: one form for one content, acts under seal, and what is no entry."""

from __future__ import annotations

import json
import time
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.problems import Altered, BadInput, Conflict
from foedus.register.envelope import (
    ActEnvelope,
    RedactionEnvelope,
    SealedEnvelope,
    TextEnvelope,
    described,
    kept_back,
    opened,
    read,
    seal,
    strict_json,
    written,
)
from foedus.register.folders import redact
from foedus.register.log.proofs import Prover, check_inclusion
from foedus.register.log.tree import leaf_hash
from foedus.register.memory import MemoryRegister
from foedus.register.store import Register, Submission

ACT = ActEnvelope(file="record/acts.yaml", act={"id": "x", "kind": "statement", "says": "a secret"})
CLASSIFIED = ActEnvelope(file=ACT.file, act={**ACT.act, "classification": "restricted"})
SALT = bytes(range(32))


def test_an_envelope_is_canonical_json() -> None:
    assert written(ACT) == (
        b'{"act":{"id":"x","kind":"statement","says":"a secret"},"file":"record/acts.yaml","format":1,"holds":"act"}'
    )
    assert read(written(ACT)) == ACT


@pytest.mark.parametrize(
    ("made_to_be_slow", "what"),
    [
        (b'"' + b'\\"' * 500_000, "Unterminated string"),
        (b"{" + b",".join(b'"%d":0' % at for at in range(100_000)) + b',"99999":0}', "“99999” stands twice"),
    ],
    ids=["a text without an end, full of quotes", "a key that stands twice after many others"],
)
def test_what_is_made_to_be_slow_is_refused_in_seconds_where_it_took_hours(
    made_to_be_slow: bytes, what: str
) -> None:
    begun = time.process_time()
    with pytest.raises(BadInput, match=what):
        strict_json(made_to_be_slow)
    assert time.process_time() - begun < 10


def test_the_numbers_and_texts_of_rfc_8785_come_out_as_there() -> None:
    """The example of RFC 8785, section 3.2.2, whose form is given in 3.2.3 and 3.2.4."""
    data = (
        rb'{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        rb'"string": "\u20ac$\u000F\u000aA'
        rb"'"
        rb'\u0042\u0022\u005c\\\"\/","literals": [null, true, false]}'
    )
    import rfc8785  # noqa: PLC0415

    assert rfc8785.dumps(strict_json(data)).decode() == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA' + "'" + 'B\\"\\\\\\\\\\"/"}'
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"a": 1, "a": 2}', "the key “a” stands twice"),
        (b'{"a": {"b": 1, "b": 1}}', "the key “b” stands twice"),
        (b'{"a": NaN}', "NaN is no number"),
        (b'{"a": Infinity}', "Infinity is no number"),
        (b'{"a": 9007199254740993}', "It is not JSON as registers keep it"),
        (b'{"a": 1e999}', "It is not JSON as registers keep it"),
        (b'{"a": "\\ud800"}', "It is not JSON as registers keep it"),
        (b'{"\\udfff": 1}', "It is not JSON as registers keep it"),
        (b"[" * 41 + b"]" * 41, "nested more than 40 deep"),
        (b"[" * 100_000, "nested more than 40 deep"),
        (b'{"a":' * 41 + b"1" + b"}" * 41, "nested more than 40 deep"),
        (b"\xff", "not UTF-8, at byte 0"),
        (b'\xef\xbb\xbf{"a": 1}', "It is not JSON as registers keep it"),
        (b"", "It is not JSON as registers keep it"),
        (b'{"a": 1} x', "It is not JSON as registers keep it"),
        (b'{"a": 01}', "It is not JSON as registers keep it"),
        (b"{'a': 1}", "It is not JSON as registers keep it"),
    ],
)
def test_json_that_does_not_mean_one_thing_to_everybody_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        strict_json(data)


def test_brackets_in_a_text_nest_nothing() -> None:
    assert strict_json(json.dumps({"a": "[" * 100 + '"' + "{" * 100}).encode())


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_but_in_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput):
        read(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=max(settings().max_examples // 4, 1))  # JSON takes long to draw
@given(act=st.dictionaries(st.text(max_size=8), JSON, max_size=5), data=st.data())
def test_an_envelope_is_read_back_as_it_was_and_in_no_other_form(
    act: dict[str, object], data: st.DataObject
) -> None:
    entry = written(ActEnvelope(file="record/a.yaml", act=act))
    assert written(read(entry)) == entry
    at = data.draw(st.integers(0, len(entry) - 1))
    if entry[at : at + 1] in {b"{", b"}", b":", b","}:
        spaced = entry[:at] + b" " + entry[at:]
        try:
            found = read(spaced)
        except BadInput:
            return
        assert written(found) == spaced  # the space was inside a text


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        (b"[]", "It is no entry of a register"),
        (b'{"format":1,"holds":"rumour"}', "It is no entry of a register"),
        (b'{"act":{},"file":"a","format":2,"holds":"act"}', "It is no entry of a register: act.format"),
        (b'{"act":{},"extra":1,"file":"a","format":1,"holds":"act"}', "act.extra"),
        (b'{"act":{},"file":"../a","format":1,"holds":"act"}', "act.file"),
        (b'{"act":{},"file":"/a","format":1,"holds":"act"}', "act.file"),
        (b'{"act":{},"file":"a/.b","format":1,"holds":"act"}', "act.file"),
        (b'{"act":{},"file":"a","format":1.0,"holds":"act"}', "act.format|not in canonical form"),
        (b'{"file":"a","act":{},"format":1,"holds":"act"}', "not in canonical form"),
        (b'{"act":{},"file":"a","holds":"act"}', "not in canonical form"),
    ],
)
def test_what_is_no_envelope_is_refused(entry: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what):
        read(entry)


# under seal


def test_a_sealed_act_is_in_the_tree_as_a_salted_hash(register: Register) -> None:
    sealed = seal(CLASSIFIED, SALT)
    assert b"secret" not in sealed.entry
    envelope = read(sealed.entry)
    assert envelope == SealedEnvelope(
        classification="restricted", sha256=sha256(SALT + written(CLASSIFIED)).hexdigest()
    )
    assert isinstance(envelope, SealedEnvelope)
    assert opened(envelope, sealed.attachment) == CLASSIFIED


def test_a_swapped_salt_or_text_does_not_open_a_seal() -> None:
    sealed = seal(CLASSIFIED, SALT)
    envelope = read(sealed.entry)
    assert isinstance(envelope, SealedEnvelope)
    for other in (
        bytes(32) + written(CLASSIFIED),
        SALT + written(CLASSIFIED).replace(b"secret", b"sekret"),
        b"",
    ):
        with pytest.raises(Altered, match="is not the one that was sealed, or its salt is another"):
            opened(envelope, other)


def test_the_same_act_under_two_salts_looks_like_two() -> None:
    assert seal(CLASSIFIED, SALT).entry != seal(CLASSIFIED, bytes(32)).entry


def test_a_redacted_text_is_gone_every_proof_holds_and_the_register_says_who_did_it(
    register: Register,
) -> None:
    register.submit(Submission((written(TextEnvelope(file="charter.md", sha256="0" * 64)),)))
    sealed = seal(CLASSIFIED, SALT)
    at = register.submit(Submission((sealed.entry,), attachments=(sealed.attachment,))).first
    before = register.head()
    proof = Prover(register.hashes).inclusion(at, before.size)
    redact(register, at, by="the secretariat", on="2026-01-05", why="a court ordered it")
    check_inclusion(at, before.size, leaf_hash(sealed.entry), proof, before.root)
    after = register.head()
    check_inclusion(
        at, after.size, leaf_hash(sealed.entry), Prover(register.hashes).inclusion(at, after.size), after.root
    )
    assert register.attachment(sha256(sealed.attachment).digest()) is None
    entry = list(register.read())[-1]
    assert read(entry) == RedactionEnvelope(
        entry=at,
        sha256=sha256(sealed.attachment).hexdigest(),
        by="the secretariat",
        on="2026-01-05",
        why="a court ordered it",
    )
    assert (
        described(entry)
        == f"the redaction of entry {at} by the secretariat on 2026-01-05: a court ordered it"
    )


def test_only_a_sealed_text_can_be_redacted_and_only_once() -> None:
    register = MemoryRegister()
    sealed = seal(CLASSIFIED, SALT)
    register.append([written(ACT)])
    register.submit(Submission((sealed.entry,), attachments=(sealed.attachment,)))
    with pytest.raises(Conflict, match="Entry 0 is not under seal"):
        redact(register, 0, by="x", on="2026-01-05", why="y")
    redact(register, 1, by="x", on="2026-01-05", why="y")
    with pytest.raises(Conflict, match="The text of entry 1 was redacted before"):
        redact(register, 1, by="x", on="2026-01-05", why="y")


def test_what_was_sealed_is_read_as_it_is_classified_in_itself_or_not_at_all() -> None:
    for text in (ACT, ActEnvelope(file=ACT.file, act={**ACT.act, "classification": "secret"})):
        attachment = SALT + written(text)
        envelope = SealedEnvelope(classification="restricted", sha256=sha256(attachment).hexdigest())
        with pytest.raises(Altered, match="The seal of the act “x” says restricted, and the act itself"):
            opened(envelope, attachment)


def test_what_is_sealed_must_be_an_act() -> None:
    attachment = SALT + written(TextEnvelope(file="charter.md", sha256="0" * 64))
    envelope = SealedEnvelope(classification="restricted", sha256=sha256(attachment).hexdigest())
    with pytest.raises(Altered, match="What was sealed is no act"):
        opened(envelope, attachment)


def test_a_redaction_is_of_a_day_of_the_calendar() -> None:
    entry = written(RedactionEnvelope(entry=1, sha256="0" * 64, by="x", on="2026-01-05", why="y"))
    with pytest.raises(BadInput, match=r"redaction\.on"):
        read(entry.replace(b"2026-01-05", b"2026-02-30"))


def test_how_much_is_under_seal_is_told_from_the_entries_alone() -> None:
    sealed = [seal(CLASSIFIED, bytes([n]) * 32).entry for n in range(2)]
    redaction = written(
        RedactionEnvelope(entry=0, sha256="0" * 64, by='"holds":"sealed"', on="2026-01-05", why="y")
    )
    decoy = written(ActEnvelope(file="a", act={"id": '"holds":"sealed"', "classification": "secret"}))
    assert str(kept_back([written(ACT), decoy])) == ""
    assert str(kept_back(sealed[:1])) == " 1 of them is under seal."
    assert str(kept_back([*sealed, redaction])) == (
        " 2 of them are under seal, and the text of 1 was destroyed, as an entry says."
    )
    assert str(kept_back([*sealed, redaction, redaction.replace(b":0,", b":1,")])) == (
        " 2 of them are under seal, and the texts of 2 were destroyed, as entries say."
    )


def test_what_an_entry_is_is_said_without_what_is_sealed() -> None:
    assert described(written(ACT)) == "the act “x”, statement"
    assert (
        described(written(TextEnvelope(file="charter.md", sha256="0" * 64)))
        == "the text charter.md, by its hash"
    )
    sealed = described(seal(CLASSIFIED, SALT).entry)
    assert (
        sealed == "an act under seal (restricted): its text is withheld here, and the proof holds without it"
    )
    assert described(b"anything") == "an entry that is no envelope of a register"
