"""Acts that not everybody may see, from the file someone writes to a register and out again, and what attacks come to."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.problems import Altered, BadInput, Conflict, NotFound
from foedus.record.seen import LADDER, Clearance, seen
from foedus.register.envelope import (
    ActEnvelope,
    RedactionEnvelope,
    SealedEnvelope,
    read,
    seal,
    written,
)
from foedus.register.folders import bring, contents, enveloped, files, of_act
from foedus.register.log import desk
from foedus.register.log.keys import Keyring
from foedus.register.log.scrub import scrub
from foedus.register.log.signing import sign_checkpoint
from foedus.register.memory import MemoryRegister
from foedus.register.move import copy
from foedus.register.store import Register, Submission
from foedus.secretariat import Live, News, add_file, bring_folder, from_register, load, redact_act
from tests import sealed
from tests.folders import ACTS, ENTRIES, ENVELOPE, EVIDENCE, folder
from tests.sealed import NUMBERS, WORDS

TODAY = date(2026, 1, 5)
TALK = "id: talk, kind: statement, by: {state: ARM}, says: a secret word"
SEALED = f"{TALK}, classification: secret, {EVIDENCE}"
HEADER = "recorded: 2025-06-01\nrecorded by: the secretariat\n"


def salts() -> Callable[[], bytes]:
    """Salts that are known beforehand, each another."""
    numbers = itertools.count()
    return lambda: next(numbers).to_bytes(32)


def brought(where: Path, *entries: str) -> MemoryRegister:
    """A register with the tiny league and further entries."""
    register = MemoryRegister()
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    bring_folder(folder(where, {ACTS: ENVELOPE + ENTRIES + lines}), register)
    return register


def raw(register: Register) -> bytes:
    """All that whoever has the log has: its entries."""
    return b"".join(register.read())


# into a register


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> MemoryRegister:
    """A register with the league in which acts of each classification tell of like things."""
    register = MemoryRegister()
    bring_folder(sealed.league_folder(tmp_path_factory.mktemp("league")), register)
    return register


@pytest.mark.parametrize("act", LADDER)
def test_nothing_of_a_classified_act_stands_in_the_log(whole: MemoryRegister, act: Clearance) -> None:
    assert (WORDS[act].lower().encode() in raw(whole).lower()) == (act == "public")


def test_each_classified_act_is_sealed_as_it_is_classified(whole: MemoryRegister) -> None:
    found = [e.classification for e in map(read, whole.read()) if isinstance(e, SealedEnvelope)]
    assert found == [c for c in LADDER[1:] for _ in sealed.acts(c)]


def test_no_two_seals_have_the_same_salt(whole: MemoryRegister) -> None:
    opened = contents(whole).opened
    texts = [
        whole.attachment(bytes.fromhex(e.sha256))
        for e in map(read, whole.read())
        if isinstance(e, SealedEnvelope)
    ]
    assert len({text[:32] for text in texts if text}) == len(opened) == 3 * len(sealed.acts("secret"))


def test_the_salts_are_of_the_systems_randomness_unless_others_are_given(tmp_path: Path) -> None:
    found = load(folder(tmp_path, {ACTS: ENVELOPE + ENTRIES + f"  - {{{SEALED}}}\n"}))
    registers = [MemoryRegister() for _ in range(2)]
    for register in registers:
        bring(register, {}, found.record)
    assert registers[0].head().root != registers[1].head().root
    act = enveloped(ACTS, found.record.by_id["talk"])
    assert of_act(act, salts()) == of_act(act, salts())


def test_a_folder_that_says_the_same_adds_nothing_though_every_seal_is_another(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    head = register.head()
    assert bring_folder(tmp_path, register) == 0
    assert register.head() == head


def test_an_act_under_seal_that_says_something_else_in_the_folder_is_refused(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    for other in (SEALED.replace("a secret word", "another"), SEALED.replace("classification: secret, ", "")):
        with pytest.raises(BadInput, match="“talk” is on record, and says something else there"):
            bring_folder(folder(tmp_path, {ACTS: ENVELOPE + ENTRIES + f"  - {{{other}}}\n"}), register)


# out of it


@pytest.mark.parametrize("clearance", LADDER)
@pytest.mark.parametrize("act", LADDER)
def test_a_folder_is_made_of_what_somebody_may_see(
    whole: MemoryRegister, clearance: Clearance, act: Clearance
) -> None:
    made = "".join(files(contents(whole), clearance).values())
    assert (WORDS[act].lower() in made.lower()) == (NUMBERS[act] <= NUMBERS[clearance])


@pytest.mark.parametrize("clearance", LADDER)
def test_each_such_folder_is_one_that_can_be_read(
    whole: MemoryRegister, clearance: Clearance, tmp_path: Path
) -> None:
    made = files(contents(whole), clearance)
    after = load(_laid_out(made, tmp_path)).record
    assert after.entries == seen(from_register(whole).record, clearance).entries


def _laid_out(made: dict[str, str], where: Path) -> Path:
    (where / "record").mkdir(exist_ok=True)
    for name, text in made.items():
        (where / name).write_text(text, "utf-8")
    return where


@settings(max_examples=15)
@given(levels=st.lists(st.sampled_from(LADDER), max_size=8), data=st.data())
def test_what_went_in_comes_out_in_the_same_order_goes_in_elsewhere_and_stays_sealed(
    levels: list[Clearance], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    where = tmp_path_factory.mktemp("law")
    lines = [
        f"{TALK.replace('talk', f'talk-{at}')}{'' if level == 'public' else f', classification: {level}'}, {EVIDENCE}"
        for at, level in enumerate(levels)
    ]
    first, cut = brought(where / "a", *lines), data.draw(st.integers(0, len(lines)))
    before = from_register(first).record
    second = MemoryRegister()
    out = _laid_out(files(contents(first), "secret"), _made(where / "b"))
    bring_folder(out, second)
    after = from_register(second).record
    assert (after.entries, after.root, after.head) == (before.entries, before.root, before.head)
    assert files(contents(second), "secret") == files(contents(first), "secret")
    assert [type(read(e)) for e in second.read()] == [type(read(e)) for e in first.read()]
    part = MemoryRegister()
    bring_folder(
        folder(where / "c", {ACTS: ENVELOPE + ENTRIES + "".join(f"  - {{{e}}}\n" for e in lines[:cut])}), part
    )
    bring_folder(out, part)
    assert from_register(part).record.entries == before.entries


def _made(where: Path) -> Path:
    where.mkdir()
    return where


# adding by hand


def put(register: Register, name: str, text: str) -> int:
    """Add a file of that name and text."""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(text, "utf-8")
        return add_file(register, Path(folder) / name)


def test_a_file_of_acts_is_added_and_sealed_where_it_is_classified(tmp_path: Path) -> None:
    register = brought(tmp_path)
    text = f"{HEADER}evidence: [{{source: page}}]\nentries:\n  - {{{TALK}, classification: secret}}\n  - {{{TALK.replace('id: talk', 'id: walk')}}}\n"
    assert put(register, "new.yaml", text) == 2
    assert [read(entry).holds for entry in register.read()][-2:] == ["sealed", "act"]
    found = from_register(register).record
    assert [(e.id, e.classification, e.recorded_by) for e in found.entries[-2:]] == [
        ("talk", "secret", "the secretariat"),
        ("walk", None, "the secretariat"),
    ]
    assert found.places["walk"].file == "record/new.yaml"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("new.yaml", "entries:\n  - {id: arm}\n", "record/new.yaml:2: "),
        ("new.yaml", HEADER + f"entries:\n  - {{{TALK}, {EVIDENCE}, at: x}}\n", "record/new.yaml:4: "),
        (
            "new.yaml",
            HEADER + f"entries:\n  - {{{TALK.replace('id: talk', 'id: said')}, {EVIDENCE}}}\n",
            "“said” is taken",
        ),
        ("new.yaml", HEADER + "entries: []\n", "There is nothing in it to put on record"),
        ("new.yaml", "", "The file is empty"),
        ("new.yml", HEADER + "entries: []\n", "A file of a record ends in .yaml"),
        (".new.yaml", HEADER + "entries: []\n", "A file of a record ends in .yaml"),
    ],
)
def test_what_the_organisation_could_not_be_read_with_is_refused_with_its_place(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    register = brought(tmp_path)
    head = register.head()
    with pytest.raises(BadInput) as refused:
        put(register, name, text)
    assert said in str(refused.value)
    assert register.head() == head


def test_all_that_is_wrong_with_a_file_is_said_at_once(tmp_path: Path) -> None:
    text = HEADER + f"entries:\n  - {{{TALK}}}\n  - {{id: other, kind: rumour}}\n"
    with pytest.raises(BadInput) as refused:
        put(brought(tmp_path), "new.yaml", text)
    assert {problem.line for problem in refused.value.problems} == {4, 5}


def test_an_id_that_an_act_under_seal_has_is_taken(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    with pytest.raises(BadInput, match=r"“talk” is taken, by an act on record in record/acts\.yaml"):
        put(register, "new.yaml", HEADER + f"entries:\n  - {{{TALK}, {EVIDENCE}}}\n")


def test_an_act_that_names_one_under_seal_from_below_is_refused(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    against = f"id: against, kind: dispute, of: talk, by: {{state: BLR}}, says: no, {EVIDENCE}"
    with pytest.raises(BadInput) as refused:
        put(register, "new.yaml", HEADER + f"entries:\n  - {{{against}}}\n")
    assert str(refused.value).startswith(
        "record/new.yaml:4: “against”, which is public, names “talk”, which is secret."
    )


def test_an_act_that_only_those_above_could_read_is_refused(tmp_path: Path) -> None:
    """A seat gone on with, whose earlier holder only some know of."""
    before = f"id: old, kind: membership, party: SUHH, of: organisation, from: 2001-01-01, until: 2003-01-01, {EVIDENCE}"
    after = f"id: new, kind: membership, party: RUS, of: organisation, from: 2003-01-01, continues: SUHH, {EVIDENCE}"
    register = brought(tmp_path / "a", before + ", classification: secret")
    for tried in (
        lambda: put(register, "new.yaml", HEADER + f"entries:\n  - {{{after}}}\n"),
        lambda: brought(tmp_path / "b", before + ", classification: secret", after),
    ):
        with pytest.raises(
            BadInput, match="As seen with no more than the clearance confidential: “new” goes on with"
        ):
            tried()
    brought(tmp_path / "c", before + ", classification: secret", after + ", classification: secret")


def test_acts_appended_to_a_living_organisation_are_sealed_too_and_once(tmp_path: Path) -> None:
    register = brought(tmp_path)
    act = {"id": "talk", "kind": "statement", "by": {"state": "ARM"}, "says": "a secret word",
           "classification": "secret", "evidence": [{"source": "page"}]}  # fmt: skip
    live, news = Live(register), News([act], TODAY, "the secretariat")
    first = live.append(news, key="once")
    assert live.append(news, key="once") == replace(first, again=True)
    assert b"secret word" not in raw(register)
    assert live.now("secret").record.by_id["talk"].classification == "secret"
    assert from_register(register).record.entries == live.now("secret").record.entries
    assert "talk" not in live.now().record.by_id


def test_what_others_seal_meanwhile_is_taken_in(tmp_path: Path) -> None:
    register = brought(tmp_path)
    live = Live(register)
    put(register, "new.yaml", HEADER + f"entries:\n  - {{{SEALED}}}\n")
    assert live.now("secret").record.by_id["talk"].classification == "secret"


def test_what_is_redacted_is_gone_from_a_living_organisation_at_once(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    live = Live(register)
    assert "talk" in live.now("secret").record.by_id
    redact_act(register, "talk", by="x", why="y", on=TODAY)
    for clearance in LADDER:
        assert "talk" not in live.now(clearance).record.by_id
        assert [each.entry for each in live.now(clearance).record.redacted] == [7]


@pytest.mark.parametrize("texts", [{}, {"sources.yaml": "page: {kind: agency}\nmore: {kind: agency}\n"}])
@pytest.mark.parametrize(
    "says",
    [
        {"id": "talk", "kind": "statement", "by": {"state": "ARM"}, "says": "x"},  # taken
        {"id": "x", "kind": "dispute", "of": "talk", "by": {"state": "ARM"}, "says": "x"},  # under seal
        {"id": "x", "kind": "dispute", "of": "talkk", "by": {"state": "ARM"}, "says": "x"},  # nearly
        {"id": "x", "kind": "dispute", "of": "nothing", "by": {"state": "ARM"}, "says": "x"},
    ],
)
def test_who_appends_is_told_nothing_of_what_they_may_not_see(
    tmp_path: Path, says: dict[str, object], texts: dict[str, str]
) -> None:
    register = brought(tmp_path, SEALED.replace("id: talk", "id: talk, note: hush"))
    act = {**says, "evidence": [{"source": "page"}]}
    told = {}
    for clearance in LADDER:
        with pytest.raises(BadInput) as refused:
            Live(register).append(News([act], TODAY, "them", texts, clearance=clearance))
        told[clearance] = str(refused.value)
    given = {str(says["id"]), str(says.get("of"))}
    for clearance in LADDER[:-1]:
        assert "secret" not in told[clearance].replace("secretary", "")
        assert "talk" in given or "“talk”" not in told[clearance]
    assert "“talk”" in told["secret"] or "nothing" in given


def test_what_stands_in_the_way_of_an_append_is_not_said_to_those_who_may_not_see_it(tmp_path: Path) -> None:
    act = {
        "id": "talk",
        "kind": "statement",
        "by": {"state": "ARM"},
        "says": "x",
        "evidence": [{"source": "page"}],
    }
    with pytest.raises(
        BadInput, match=r"acts: They cannot stand beside what is on record under seal: .* Ask whoever"
    ):
        Live(brought(tmp_path, SEALED)).append(News([act], TODAY, "them"))


# redacting


def test_a_redacted_act_is_gone_and_everybody_is_told_by_whom_and_why(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    at = register.head().size - 1
    redact_act(register, "talk", by="the secretariat", why="a court ordered it", on=TODAY)
    for clearance in LADDER:
        record = seen(from_register(register).record, clearance)
        assert "talk" not in record.by_id
        assert record.withheld == 0
        assert [(r.entry, r.by, r.on, r.why) for r in record.redacted] == [
            (at, "the secretariat", TODAY, "a court ordered it")
        ]
    scrub(register)


def test_it_is_named_by_its_index_too(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    assert redact_act(register, str(register.head().size - 1), by="x", why="y", on=TODAY).entry == 7


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        ("said", Conflict, "“said” is not under seal"),
        ("6", Conflict, "Entry 6 is not under seal"),
        ("tolk", NotFound, "There is no entry under seal “tolk”. Did you mean “talk”?"),
        ("99", NotFound, "There are 8, from 0 on"),
    ],
)
def test_only_an_act_under_seal_can_be_redacted(
    tmp_path: Path, wanted: str, error: type[Exception], said: str
) -> None:
    register = brought(tmp_path, SEALED)
    head = register.head()
    with pytest.raises(error, match=said):
        redact_act(register, wanted, by="x", why="y", on=TODAY)
    assert register.head() == head


def test_why_and_by_whom_is_not_left_out(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    with pytest.raises(BadInput, match="--why: It should be 1 to 2,000 characters"):
        redact_act(register, "talk", by="x", why="", on=TODAY)
    assert "talk" in from_register(register).record.by_id


def test_what_others_name_is_redacted_after_them(tmp_path: Path) -> None:
    against = f"id: against, kind: dispute, of: talk, by: {{state: BLR}}, says: no, classification: secret, {EVIDENCE}"
    register = brought(tmp_path, SEALED, against)
    with pytest.raises(
        Conflict, match=r"“talk” is named by “against”, which could not be read without it\. Redact that"
    ):
        redact_act(register, "talk", by="x", why="y", on=TODAY)
    for name in ("against", "talk"):
        redact_act(register, name, by="x", why="y", on=TODAY)
    assert len(from_register(register).record.redacted) == 2


def test_an_act_without_which_another_could_not_be_read_is_not_redacted(tmp_path: Path) -> None:
    before = f"id: old, kind: membership, party: SUHH, of: organisation, from: 2001-01-01, until: 2003-01-01, {EVIDENCE}"
    after = f"id: new, kind: membership, party: RUS, of: organisation, from: 2003-01-01, continues: SUHH, {EVIDENCE}"
    register = brought(tmp_path, *(f"{each}, classification: secret" for each in (before, after)))
    with pytest.raises(
        Conflict, match="Without “old” the organisation could not be read: “new” goes on with"
    ):
        redact_act(register, "old", by="x", why="y", on=TODAY)


def test_a_copy_of_a_register_with_redacted_and_sealed_acts_says_the_same(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED, SEALED.replace("id: talk", "id: walk"))
    redact_act(register, "talk", by="x", why="y", on=TODAY)
    other = MemoryRegister()
    copy(register, other)
    one, two = from_register(register).record, from_register(other).record
    assert (two.entries, two.redacted, two.withheld) == (one.entries, one.redacted, one.withheld)


# a register without the texts of what is sealed


def without_texts(register: Register) -> MemoryRegister:
    """A copy for somebody who is not given what is under seal."""
    digests = {e.sha256 for e in map(read, register.read()) if isinstance(e, SealedEnvelope)}
    given = [text for digest, text in register.attachments() if text and digest.hex() not in digests]
    other = MemoryRegister()
    other.submit(Submission(tuple(register.read()), attachments=tuple(given)))
    return other


def test_a_register_that_lacks_the_texts_of_what_is_sealed_is_read_and_says_so(whole: MemoryRegister) -> None:
    other = without_texts(whole)
    assert other.head() == whole.head()
    scrub(other)
    record = from_register(other).record
    assert record.entries == seen(from_register(whole).record, "public").entries
    assert record.withheld == 3 * len(sealed.acts("secret"))
    assert seen(record, "secret").withheld == record.withheld


def test_nothing_is_appended_where_nobody_can_tell_what_is_on_record(tmp_path: Path) -> None:
    """The act would be on record twice, or its id taken twice, once the texts are here again."""
    register = without_texts(brought(tmp_path / "a", SEALED))
    other = TALK.replace("id: talk", "id: walk")
    act = {
        "id": "talk",
        "kind": "statement",
        "by": {"state": "ARM"},
        "says": "x",
        "evidence": [{"source": "page"}],
    }
    for tried in (
        lambda: bring_folder(tmp_path / "a", register),
        lambda: put(register, "new.yaml", HEADER + f"entries:\n  - {{{other}, {EVIDENCE}}}\n"),
        lambda: Live(register).append(News([act], TODAY, "the secretariat")),
    ):
        with pytest.raises(Conflict, match="lacks the texts of 1 entry under seal"):
            tried()


def test_a_text_that_is_not_here_cannot_be_destroyed_here(tmp_path: Path) -> None:
    register = without_texts(brought(tmp_path, SEALED))
    with pytest.raises(Conflict, match="The text of entry 7 is not in this register"):
        redact_act(register, "7", by="x", why="y", on=TODAY)


def test_a_redaction_is_known_where_the_text_never_was(tmp_path: Path) -> None:
    register = brought(tmp_path, SEALED)
    redact_act(register, "talk", by="x", why="y", on=TODAY)
    record = from_register(without_texts(register)).record
    assert (record.withheld, [r.entry for r in record.redacted]) == (0, [7])


# attacks

ACT = ActEnvelope(file=ACTS, act={"id": "talk", "kind": "statement", "classification": "secret", "says": "a"})


def spoilt(register: MemoryRegister, text: bytes) -> None:
    """Put another text in the place of the only sealed one."""
    (digest,) = (bytes.fromhex(e.sha256) for e in map(read, register.read()) if isinstance(e, SealedEnvelope))
    register._attachments[digest] = text


@pytest.fixture
def one(tmp_path: Path) -> MemoryRegister:
    return brought(tmp_path, SEALED)


def test_a_swapped_salt_or_text_is_noticed_by_whoever_reads(one: MemoryRegister) -> None:
    (text,) = (t for d, t in one.attachments() if t and b'"holds":"act"' in t)
    for other in (bytes(32) + text[32:], text.replace(b"secret word", b"sekret word"), text[32:], b""):
        spoilt(one, other)
        with pytest.raises(Altered):
            contents(one)


def test_a_sealed_text_claimed_for_another_entry_is_noticed(one: MemoryRegister) -> None:
    other = seal(ACT, bytes(32))
    one.submit(Submission((), attachments=(other.attachment,)))
    spoilt(one, other.attachment)
    with pytest.raises(Altered):
        contents(one)


def test_a_seal_that_says_less_than_the_act_beneath_it_is_noticed(tmp_path: Path) -> None:
    register = brought(tmp_path)
    attachment = bytes(32) + written(ACT)
    low = SealedEnvelope(classification="restricted", sha256=sha256(attachment).hexdigest())
    register.submit(Submission((written(low),), attachments=(attachment,)))
    with pytest.raises(
        Altered, match="The seal of the act “talk” says restricted, and the act itself secret"
    ):
        contents(register)


def test_the_same_sealed_text_put_in_twice_makes_no_organisation(one: MemoryRegister) -> None:
    (entry,) = (e for e in one.read() if isinstance(read(e), SealedEnvelope))
    one.append([entry])
    with pytest.raises(BadInput, match="“talk” is taken"):
        from_register(one)


@pytest.mark.parametrize("of", [0, 3, 99])
def test_a_redaction_of_what_is_not_sealed_is_noticed(one: MemoryRegister, of: int) -> None:
    forged = RedactionEnvelope(entry=of, sha256="0" * 64, by="x", on="2026-01-05", why="y")
    one.append([written(forged)])
    with pytest.raises(
        Altered, match=f"Entry 8 says that entry {of} was redacted, which is not what it names"
    ):
        contents(one)


@pytest.mark.parametrize("named", ["talk", "7"])
def test_an_act_under_seal_is_proven_by_its_id_where_its_text_is_and_the_proof_tells_nothing_of_it(
    one: MemoryRegister, tmp_path: Path, named: str
) -> None:
    keys = Keyring(tmp_path / "keys")
    keys.make("log", "example.org/register")
    sign_checkpoint(one, keys, "log", 0)
    proof = desk.prove(one, named)
    assert (proof.entry, "talk" in str(proof.text)) == (7, False)
    redact_act(one, "talk", by="x", why="y", on=TODAY)
    assert desk.prove(one, "7").entry == 7, "it holds, whatever became of its text"
    with pytest.raises(NotFound, match="There is no entry “talk”"):
        desk.prove(one, "talk")


def test_a_redacted_text_that_somebody_put_back_is_shown_to_nobody(one: MemoryRegister) -> None:
    (text,) = (t for d, t in one.attachments() if t and b'"holds":"act"' in t)
    redact_act(one, "talk", by="x", why="y", on=TODAY)
    spoilt(one, text)
    assert "talk" not in from_register(one).record.by_id
