"""An organisation folder as entries of a register, and back. A folder behind a register only ever adds."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ruamel.yaml import YAML

from foedus.problems import Altered, BadInput, Conflict, NotFound, Problem
from foedus.record.acts import AnyAct
from foedus.record.canonical import plain
from foedus.record.record import Record
from foedus.record.seen import PUBLIC, Clearance, may_see
from foedus.register.envelope import (
    SALT,
    ActEnvelope,
    RedactionEnvelope,
    SealedEnvelope,
    TextEnvelope,
    hashed,
    kept,
    opened,
    read,
    seal,
    written,
)
from foedus.register.log.scrub import checked
from foedus.register.mark import Mark
from foedus.register.store import LONGEST_ENTRY, Appended, Register, Submission
from foedus.terms.words import counted

AT_ONCE = 1_000  # entries in one transaction
Salt = Callable[[], bytes]  # 32 random bytes, others each time


def fresh() -> bytes:
    """A salt from the system's randomness."""
    return os.urandom(SALT)


@dataclass(slots=True)
class Contents:
    """What a register holds of an organisation: its texts by name, its acts by file, in order; and of the entries under
    seal, each by its index: which acts were `opened`, which are `withheld` since their texts are not here, and which were
    `redacted`, with the entry that says so.
    """

    texts: dict[str, str] = field(default_factory=dict)
    acts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    opened: dict[int, ActEnvelope] = field(default_factory=dict)
    withheld: dict[int, SealedEnvelope] = field(default_factory=dict)
    redacted: dict[int, RedactionEnvelope] = field(default_factory=dict)


def contents(register: Register, until: int | None = None) -> Contents:
    """What the first `until` entries of a register hold, else all. What is under seal is opened wherever the register has
    the text: who may see it is for others to say (`record.seen`). Altered where the entries are not what was appended.
    """
    found = Contents()
    sealed: dict[int, SealedEnvelope] = {}
    head = register.head() if until is None else Mark(until).found(register)
    for at, entry in enumerate(checked(register, 0, head)):
        envelope = kept(entry, f"entry {at}")
        match envelope:
            case TextEnvelope(file=file, sha256=digest):
                found.texts[file] = _text(register, file, digest)
            case ActEnvelope(file=file, act=act):
                found.acts.setdefault(file, []).append(act)
            case SealedEnvelope():
                sealed[at] = envelope
                _open(register, found, at, envelope)
            case RedactionEnvelope():
                _close(found, at, envelope, sealed)
    return found


def _open(register: Register, found: Contents, at: int, sealed: SealedEnvelope) -> None:
    text = kept_text(register, sealed.sha256)
    if text is None:  # it was destroyed, or whoever made this copy was not given it
        found.withheld[at] = sealed
        return
    inside = found.opened[at] = opened(sealed, text, f"entry {at}, opened")
    found.acts.setdefault(inside.file, []).append(inside.act)


def _close(
    found: Contents, at: int, redaction: RedactionEnvelope, sealed: Mapping[int, SealedEnvelope]
) -> None:
    """A redacted act is gone for everybody, even where somebody put its text back."""
    of = sealed.get(redaction.entry)
    if of is None or of.sha256 != redaction.sha256:
        raise Altered(
            f"Entry {at} says that entry {redaction.entry} was redacted, which is not what it names.", at
        )
    found.redacted.setdefault(redaction.entry, redaction)
    found.withheld.pop(redaction.entry, None)
    inside = found.opened.pop(redaction.entry, None)
    if inside is not None:
        found.acts[inside.file].remove(inside.act)


def kept_text(register: Register, digest: str) -> bytes | None:
    """A text that an entry names by its hash; None where the register has it no more, or never had it."""
    try:
        return register.attachment(bytes.fromhex(digest))
    except NotFound:
        return None


def _text(register: Register, file: str, digest: str) -> str:
    text = kept_text(register, digest)
    if text is None:
        raise Altered(f"The text of {file} was taken out of the register, which no entry says.")
    return text.decode()


def additions(
    held: Contents, texts: Mapping[str, str], record: Record, salt: Salt = fresh
) -> list[Submission]:
    """What a folder has that a register has not, as one submission each. BadInput where the folder says something else
    of an act that is on record, with every such act.
    """
    known = {str(act["id"]): act for acts in held.acts.values() for act in acts}
    problems: list[Problem] = []
    found = [of_text(name, text) for name, text in texts.items() if held.texts.get(name) != text]
    for entry in record.entries:
        place = record.places[entry.id]
        act = enveloped(place.file, entry)
        if entry.id not in known:
            found.append(of_act(act, salt))
        elif known[entry.id] != act.act:
            what = f"“{entry.id}” is on record, and says something else there."
            remedy = "Leave it as it was, and write a correction: an entry that “corrects” it."
            problems.append(Problem(place.file, place.line, what, remedy))
    if problems:
        raise BadInput(problems)
    return found


def enveloped(file: str, act: AnyAct) -> ActEnvelope:
    """An act of a file in its envelope."""
    return ActEnvelope(file=file, act=json.loads(json.dumps(plain(act))))


def of_act(act: ActEnvelope, salt: Salt = fresh) -> Submission:
    """What is to be appended for an act: its envelope; where it is classified, its seal and what opens it."""
    entry = written(act)
    if len(entry) > LONGEST_ENTRY:
        what = f"“{act.act.get('id')}” is {len(entry):,} bytes long as an entry, which holds at most {LONGEST_ENTRY:,}."
        raise BadInput([Problem(act.file, 0, what, "Say it in several acts.")])
    if act.act.get("classification") is None:
        return Submission((entry,))
    sealed = seal(act, salt())
    return Submission((sealed.entry,), attachments=(sealed.attachment,))


def of_text(name: str, text: str) -> Submission:
    """What is to be appended for a text: its envelope, and the text beside it."""
    data = text.encode()
    return Submission((written(TextEnvelope(file=name, sha256=hashed(data))),), attachments=(data,))


def bring(register: Register, texts: Mapping[str, str], record: Record) -> int:
    """Append to a register what a folder has and it has not, sealed where it is classified; how many entries that was.
    BadInput where the folder says something else of an act on record; Conflict where others wrote meanwhile.
    """
    size = register.head().size
    held = contents(register, size)
    found = additions(held, texts, record)
    if found:
        not_in_the_dark(register, len(held.withheld))
    return put(register, size, found)


def not_in_the_dark(register: Register, withheld: int) -> None:
    """Conflict where a register lacks texts of acts under seal: nobody could tell whether an act is on record in it."""
    if withheld:
        what = f"“{register.name}” lacks the texts of {counted(withheld, 'entry', 'entries')} under seal"
        raise Conflict(f"{what}, so nobody can tell what is on record. Append where these are.")


def put(register: Register, size: int, found: Sequence[Submission]) -> int:
    """Append to a register of that size; how many entries that was. Conflict where others wrote meanwhile."""
    for batch in _joined(found):
        at = size
        size += len(batch.entries)
        register.submit(Submission(batch.entries, None, at, batch.attachments))
    return len(found)


def _joined(submissions: Iterable[Submission]) -> Iterator[Submission]:
    """The submissions as few that hold as many entries as go into one transaction."""
    batch: list[Submission] = []
    for submission in submissions:
        batch.append(submission)
        if len(batch) >= AT_ONCE:
            yield together(batch)
            batch = []
    if batch:
        yield together(batch)


def together(submissions: Sequence[Submission]) -> Submission:
    """Several submissions as one, to be appended all or none."""
    entries = (entry for each in submissions for entry in each.entries)
    attachments = (attachment for each in submissions for attachment in each.attachments)
    return Submission(tuple(entries), attachments=tuple(attachments))


def files(held: Contents, clearance: Clearance = PUBLIC) -> dict[str, str]:
    """A folder's files from what a register holds, as somebody with this clearance may see it: the same texts, the same
    acts in the same order.
    """
    acts = as_seen(held, clearance).acts
    rows = {file: [_as_written(act) for act in each] for file, each in acts.items()}
    return {**held.texts, **{file: _yaml({"entries": each}) for file, each in rows.items()}}


def _as_written(act: Mapping[str, Any]) -> dict[str, Any]:
    """An act with first what people look for first; entries have their keys in the order of the alphabet."""
    return {key: act[key] for key in ("id", "kind") if key in act} | dict(act)


def as_seen(held: Contents, clearance: Clearance) -> Contents:
    """What a register holds, as somebody with this clearance may see it: without the acts above that."""
    acts = {
        file: [act for act in acts if may_see(clearance, act.get("classification"))]
        for file, acts in held.acts.items()
    }
    return replace(held, acts={file: each for file, each in acts.items() if each})


def count(held: Contents) -> int:
    """How many acts a register has the texts of."""
    return sum(map(len, held.acts.values()))


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
    try:
        text = register.attachment(digest)
    except NotFound as error:
        raise Conflict(
            f"The text of entry {at} is not in this register, and cannot be destroyed here."
        ) from error
    if text is None:
        raise Conflict(f"The text of entry {at} was redacted before.")
    entry = RedactionEnvelope(entry=at, sha256=envelope.sha256, by=by, on=on, why=why)
    return register.submit(Submission((written(entry),), redacts=(digest,)))
