"""An organisation folder as entries of a register, and back. A folder behind a register only ever adds."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML

from foedus.problems import Altered, BadInput, Conflict, Problem
from foedus.record.canonical import plain
from foedus.record.record import Record
from foedus.register.envelope import (
    ActEnvelope,
    RedactionEnvelope,
    SealedEnvelope,
    TextEnvelope,
    hashed,
    kept,
    opened,
    read,
    written,
)
from foedus.register.store import Appended, Register, Submission

AT_ONCE = 1_000  # entries in one transaction


@dataclass(slots=True)
class Contents:
    """What a register holds of an organisation: its texts by name, its acts by file, in order; and which entries are
    under seal and not opened here: withheld, or redacted, which is said by the entry that did so.
    """

    texts: dict[str, str] = field(default_factory=dict)
    acts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    withheld: list[int] = field(default_factory=list)
    redacted: dict[int, RedactionEnvelope] = field(default_factory=dict)


def contents(register: Register, until: int | None = None, *, unsealed: bool = False) -> Contents:
    """What the first `until` entries of a register hold, else all; with `unsealed`, sealed acts too."""
    found = Contents()
    sealed: dict[int, SealedEnvelope] = {}
    for at, entry in enumerate(register.read(0, until)):
        envelope = kept(entry, f"entry {at}")
        match envelope:
            case TextEnvelope(file=file, sha256=digest):
                found.texts[file] = _text(register, file, digest)
            case ActEnvelope(file=file, act=act):
                found.acts.setdefault(file, []).append(act)
            case SealedEnvelope():
                sealed[at] = envelope
                text = register.attachment(bytes.fromhex(envelope.sha256)) if unsealed else None
                if text is None:
                    found.withheld.append(at)
                else:
                    inside = opened(envelope, text)
                    found.acts.setdefault(inside.file, []).append(inside.act)
            case RedactionEnvelope(entry=of):
                found.redacted[of] = envelope
    found.withheld = [at for at in found.withheld if at not in found.redacted]
    return found


def _text(register: Register, file: str, digest: str) -> str:
    text = register.attachment(bytes.fromhex(digest))
    if text is None:
        raise Altered(f"The text of {file} was taken out of the register, which no entry says.")
    return text.decode()


def additions(held: Contents, texts: Mapping[str, str], record: Record) -> list[Submission]:
    """What a folder has that a register has not, as one submission each. BadInput where the folder says something else
    of an act that is on record, with every such act.
    """
    known = {str(act["id"]): (file, act) for file, acts in held.acts.items() for act in acts}
    problems: list[Problem] = []
    found = [_of_text(name, text) for name, text in texts.items() if held.texts.get(name) != text]
    for entry in record.entries:
        place, act = record.places[entry.id], json.loads(json.dumps(plain(entry)))
        if entry.id not in known:
            found.append(Submission((written(ActEnvelope(file=place.file, act=act)),)))
        elif known[entry.id][1] != act:
            what = f"“{entry.id}” is on record, and says something else there."
            remedy = "Leave it as it was, and write a correction: an entry that “corrects” it."
            problems.append(Problem(place.file, place.line, what, remedy))
    if problems:
        raise BadInput(problems)
    return found


def _of_text(name: str, text: str) -> Submission:
    data = text.encode()
    return Submission((written(TextEnvelope(file=name, sha256=hashed(data))),), attachments=(data,))


def bring(register: Register, texts: Mapping[str, str], record: Record) -> int:
    """Append to a register what a folder has and it has not; how many entries that was. BadInput where the folder says
    something else of an act on record; Conflict where others wrote meanwhile.
    """
    size = register.head().size
    found = additions(contents(register, size, unsealed=True), texts, record)
    for batch in _joined(found):
        at = size
        size += len(batch.entries)
        register.submit(Submission(batch.entries, None, at, batch.attachments))
    return len(found)


def _joined(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """The submissions as few that hold as many entries as go into one transaction."""
    entries: list[bytes] = []
    attachments: list[bytes] = []
    for submission in submissions:
        entries += submission.entries
        attachments += submission.attachments
        if len(entries) >= AT_ONCE:
            yield Submission(tuple(entries), attachments=tuple(attachments))
            entries, attachments = [], []
    if entries:
        yield Submission(tuple(entries), attachments=tuple(attachments))


def files(held: Contents) -> dict[str, str]:
    """A folder's files from what a register holds: the same texts, the same acts in the same order."""
    acts = {file: _yaml({"entries": acts}) for file, acts in held.acts.items()}
    return {**held.texts, **acts}


def _yaml(data: Any) -> str:
    yaml = YAML()
    yaml.width = 118
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def redact(register: Register, at: int, *, by: str, on: str, why: str) -> Appended:
    """Destroy the text of a sealed entry, and put on record that this was done. Conflict where it is not sealed, or is
    redacted already.
    """
    envelope = read(next(register.read(at, at + 1)), f"entry {at}")
    if not isinstance(envelope, SealedEnvelope):
        raise Conflict(f"Entry {at} is not under seal. Only a sealed entry's text can be destroyed.")
    digest = bytes.fromhex(envelope.sha256)
    if register.attachment(digest) is None:
        raise Conflict(f"The text of entry {at} was redacted before.")
    entry = RedactionEnvelope(entry=at, sha256=envelope.sha256, by=by, on=on, why=why)
    return register.submit(Submission((written(entry),), redacts=(digest,)))
