"""A snapshot against the organisation it is of: whatever is asked of either, and of the record itself."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.problems import BadInput
from foedus.record.about import About
from foedus.record.acts import AnyAct
from foedus.record.canonical import plain
from foedus.record.evidence import SOURCE
from foedus.record.record import Kept, Place, Record
from foedus.register.folders import enveloped, of_act, of_text
from foedus.register.memory import MemoryRegister
from foedus.register.store import Head
from foedus.secretariat import Organisation, from_register, keep_snapshot
from foedus.secretariat.snapshot import packed, unpacked
from tests.properties import records

CHARTER = records.charter()
SESSIONS = "{id: sessions, kind: session, organ: council, types: [regular, special, other], in force: {from: one}, basis: seen}"
FEW = settings(max_examples=max(settings().max_examples // 5, 1))
GREETED = f"{records.CHARTER}\n```rule\n{SESSIONS}\n```\n"
ROOT = sha256(b"some").digest()
SOURCES = {"page": SOURCE.adapter.validate_python({"kind": "agency"})}


def again(organisation: Organisation) -> Organisation:
    """The organisation from a snapshot of it."""
    kept = organisation.record.kept
    assert kept is not None
    bare = replace(organisation, record=Record(organisation.record.about, SOURCES, (), {}, kept=kept))
    found = unpacked(packed(organisation, {}), kept.register, Head(kept.size, ROOT), lambda *_: bare)
    assert found is not None
    return found


def answers(organisation: Organisation) -> list[object]:
    """All that can be asked, over all time and on some days, with every step of every reason."""
    questions = organisation.questions()
    parts = [organisation.timeline(name).to_json() for name in questions.names()]
    days = [records.FIRST + timedelta(days=day) for day in range(-1, records.DAYS, 7)]
    return [*parts, *(organisation.who(name, day).to_json() for name in questions.names() for day in days)]


@FEW
@given(st.data())
def test_a_snapshot_answers_as_what_it_is_of(data: st.DataObject) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    drawn = records.record(draw, draw(0, 25))
    places = {entry.id: Place(f"record/{at // 4}.yaml", 1 + at % 3) for at, entry in enumerate(drawn.entries)}
    record = replace(drawn, sources=SOURCES, places=places, kept=Kept("league", 30, ROOT.hex()))
    organisation = Organisation(CHARTER, record)
    found = again(organisation)
    assert answers(found) == answers(organisation)
    assert found.record.kept == record.kept
    assert found.findings() == organisation.findings()
    day = records.FIRST + timedelta(days=draw(0, records.DAYS))
    assert found.findings(day) == organisation.findings(day)
    for other, one in ((found, organisation), (found.standing(), organisation.standing())):
        assert other.record.entries == one.record.entries
        assert dict(other.record.by_id) == one.record.by_id
        assert dict(other.record.places) == one.record.places
        assert other.record.powerless == one.record.powerless
        assert other.record.last_recorded == one.record.last_recorded
        assert other.record.root == one.record.root
        for kind in map(type, one.record.entries):
            assert [*other.record.of_kind(kind)] == [*one.record.of_kind(kind)]


def held(entries: Sequence[tuple[str, AnyAct]], about: About) -> MemoryRegister:
    """A register of these acts, each of a file."""
    texts = {
        "organisation.yaml": json.dumps(plain(about)),
        "sources.yaml": "page: {kind: agency}",
        "charter.md": GREETED,
    }
    made = MemoryRegister("league")
    for file, text in texts.items():
        made.submit(of_text(file, text))
    return append(made, entries)


def append(register: MemoryRegister, entries: Sequence[tuple[str, AnyAct]]) -> MemoryRegister:
    for file, entry in entries:
        register.submit(of_act(enveloped(file, entry)))
    return register


def outcome(register: MemoryRegister) -> object:
    """What is answered, or everything that is wrong."""
    try:
        found = from_register(register)
    except BadInput as refused:
        return refused.problems
    return answers(found), found.record.kept, found.findings()


@FEW
@given(st.data())
def test_what_came_since_a_snapshot_gives_what_a_reading_of_all_gives(data: st.DataObject) -> None:
    def draw(low: int, high: int) -> int:
        return data.draw(st.integers(low, high))

    drawn = records.record(draw, draw(1, 25))
    since = max(len(drawn.entries) - draw(0, 4), 0)
    entries = [
        (f"record/{1 if at < since else draw(1, 2)}.yaml", entry) for at, entry in enumerate(drawn.entries)
    ]
    register = held(entries[:since], drawn.about)
    with TemporaryDirectory() as folder, patch.dict(os.environ, FOEDUS_SNAPSHOTS=folder):
        with suppress(BadInput):
            keep_snapshot(register)
        found = outcome(append(register, entries[since:]))
        shutil.rmtree(folder)
        assert found == outcome(register)
        Path(folder).mkdir()
