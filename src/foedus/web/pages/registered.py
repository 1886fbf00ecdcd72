"""One entry of the register: what it is, its bytes laid out, its hash, and the proof that it is in the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from foedus.problems import BadInput, NotFound
from foedus.record.seen import PUBLIC, may_see
from foedus.register.envelope import (
    ActEnvelope,
    Envelope,
    RedactionEnvelope,
    SealedEnvelope,
    TextEnvelope,
    read,
)
from foedus.register.log.checkpoint import Checkpoint, read_checkpoint
from foedus.register.log.council import replaced
from foedus.register.log.desk import prove
from foedus.register.log.scrub import as_kept
from foedus.register.log.tree import leaf_hash
from foedus.register.store import Register
from foedus.terms.words import large
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.growth import policies_of, said_of
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link

WIDTH = 84  # letters of a line of JSON
MOST_LETTERS = 40_000  # of a text shown; the whole is in the register


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The page. `held` says what is held back, `changes` what a policy demands and changes of the one before; `act` leads
    to where the record shows the act, `about` to the other entry that this one is about or that is about it. `size` and
    `log` are those of the checkpoint that the proof is under: None and empty where there is none yet.
    """

    frame: Frame
    index: int
    says: str
    held: str
    changes: str
    act: Link
    about: Link
    facts: tuple[tuple[str, str], ...]
    json: str
    text: str
    cut: bool
    file: str
    hash: str
    length: int
    proof: str
    proof_at: str
    size: int | None
    log: str
    before: Link | None
    after: Link | None


def entry_page(visit: Visit, wanted: str) -> EntryPage:
    """The page of an entry by its index. NotFound where there is no such entry."""
    register, at, entry = _found(visit, wanted)
    envelope = _envelope(entry)
    hidden = _hidden(envelope)
    text, cut = ("", False) if hidden else _text(register, envelope)
    checkpoint = _checkpoint(register, visit.head.size)
    proven = checkpoint is not None and at < checkpoint.size and not hidden
    return EntryPage(
        frame(visit, visit.to.path("register", str(at)), "register"),
        at,
        "An act that is not for everybody." if hidden else f"{large(said_of(visit, at, entry))}.",
        _held(visit, at, envelope),
        _changes(visit, at),
        _act(visit, envelope),
        _about(visit, at, envelope),
        tuple(_facts(envelope)) if not hidden else (),
        "" if hidden else _laid_out(entry),
        text,
        cut,
        envelope.file if isinstance(envelope, TextEnvelope) else "",
        leaf_hash(entry).hex(),
        len(entry),
        prove(register, str(at)).text if proven else "",
        f"{visit.to.path('register', str(at))}proof",
        None if checkpoint is None else checkpoint.size,
        "" if checkpoint is None else checkpoint.origin,
        Link(f"no. {at - 1}", visit.to.register(at - 1)) if at else None,
        Link(f"no. {at + 1}", visit.to.register(at + 1)) if at + 1 < visit.head.size else None,
    )


def proof_of(visit: Visit, wanted: str) -> str:
    """The proof of an entry as a file. NotFound where there is no such entry, or it is not for everybody; Conflict where
    the newest checkpoint does not have it yet.
    """
    register, at, entry = _found(visit, wanted)
    if _hidden(_envelope(entry)):
        raise NotFound("proof for everybody of entry", wanted, (), "What it would show is not for everybody.")
    return prove(register, str(at)).text


def _found(visit: Visit, wanted: str) -> tuple[Register, int, bytes]:
    assert visit.live is not None
    size = visit.head.size
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) <= 18 and int(wanted) < size):
        raise NotFound("entry of the register", wanted, (), f"There are {size}, from 0 on.")
    register, at = visit.live.register, int(wanted)
    return register, at, next(as_kept(register, at, at + 1))


def _envelope(entry: bytes) -> Envelope | None:
    try:
        return read(entry)
    except BadInput:
        return None


def _hidden(envelope: Envelope | None) -> bool:
    """Whether an act that is not for everybody was put in the register in the open, by who did not seal it."""
    if not isinstance(envelope, ActEnvelope):
        return False
    classification = envelope.act.get("classification")
    try:
        return not may_see(PUBLIC, classification)
    except ValueError:
        return True


def _checkpoint(register: Register, size: int) -> Checkpoint | None:
    """The newest checkpoint that was signed, as long as it is no longer than the register then was."""
    last = register.last_paper("checkpoint")
    return None if last is None or last.size > size else read_checkpoint(last.text)[0]


def _held(visit: Visit, at: int, envelope: Envelope | None) -> str:
    """What is held back, by whom and why, in a sentence; empty where nothing is."""
    if _hidden(envelope):
        return "It is classified, and stands here in the open by mistake: it should be under seal. It is not shown."
    if not isinstance(envelope, SealedEnvelope):
        return ""
    done = visit.ledger.redactions.get(at)
    redaction = None
    if done is not None and done < visit.head.size and visit.live is not None:
        redaction = _envelope(next(visit.live.register.read(done, done + 1)))
    if isinstance(redaction, RedactionEnvelope):
        return f"Redacted by {redaction.by} on {redaction.on}: {redaction.why}. Its text was destroyed, and every proof still holds."
    what = f"Withheld: it is {envelope.classification}."
    return f"{what} What stands here is the hash of its text behind 32 random bytes, so that nobody can guess it; the proof holds without the text."


def _changes(visit: Visit, at: int) -> str:
    """What a policy demands, and what that changes of the one before, in sentences; empty where the entry is none."""
    if at not in visit.ledger.policies:
        return ""
    *before, demand = (each for each in policies_of(visit) if each.entry <= at)
    if demand.policy is None:
        return "It is no policy: from here on no checkpoint counts as the council’s, until another is put on record."
    return replaced(before[-1].policy if before else None, demand.policy)


def _act(visit: Visit, envelope: Envelope | None) -> Link:
    """Where the record shows an act, as known when the reader asked."""
    if not isinstance(envelope, ActEnvelope):
        return Link("")
    name = str(envelope.act.get("id"))
    return Link(name, visit.to.entry(visit.record, name)) if name in visit.record.by_id else Link("")


def _about(visit: Visit, at: int, envelope: Envelope | None) -> Link:
    """The other entry that an entry is about, or that is about it."""
    other = envelope.entry if isinstance(envelope, RedactionEnvelope) else visit.ledger.redactions.get(at)
    if other is None or other >= visit.head.size:
        return Link("")
    return Link(f"entry {other}", visit.to.register(other))


def _facts(envelope: Envelope | None) -> list[tuple[str, str]]:
    match envelope:
        case ActEnvelope(act=act, file=file):
            by = act.get("recorded by") or act.get("recorded_by")
            rows = [
                ("Act", act.get("id")),
                ("Kind", act.get("kind")),
                ("Recorded", act.get("recorded")),
                ("By", by),
            ]
            return [(name, str(value)) for name, value in [*rows, ("File", file)] if value]
        case TextEnvelope(file=file):
            return [("Text", file)]
        case SealedEnvelope(classification=classification):
            return [("Classification", classification)]
        case RedactionEnvelope(by=by, on=on, why=why):
            return [("By", by), ("On", on), ("Why", why)]
        case _:
            return []


def _laid_out(entry: bytes) -> str:
    """An entry's JSON with its keys on lines of their own; its bytes as they are where it is none."""
    try:
        data: Any = json.loads(entry)
    except (ValueError, RecursionError):
        return entry[:MOST_LETTERS].decode("utf-8", "backslashreplace")
    return _lines(data, 0)[:MOST_LETTERS]


def _lines(value: Any, indent: int, before: int = 0) -> str:
    """A value as JSON, on one line where it is short; `before`: letters that stand before it on its line."""
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or indent + before + len(short) <= WIDTH:
        return short
    if isinstance(value, dict):
        keys = {json.dumps(key, ensure_ascii=False): each for key, each in value.items()}
        parts = [f"{key}: {_lines(each, indent + 2, len(key) + 2)}" for key, each in keys.items()]
        first, last = "{", "}"
    else:
        parts = [_lines(each, indent + 2) for each in value]
        first, last = "[", "]"
    pad = " " * (indent + 2)
    return f"{first}\n" + ",\n".join(pad + part for part in parts) + f"\n{' ' * indent}{last}"


def _text(register: Register, envelope: Envelope | None) -> tuple[str, bool]:
    """The text that an entry names by its hash, as far as it is shown, and whether it goes on."""
    if not isinstance(envelope, TextEnvelope):
        return "", False
    try:
        data = register.attachment(bytes.fromhex(envelope.sha256)) or b""
    except NotFound:
        return "", False
    text = data.decode("utf-8", "backslashreplace")
    return text[:MOST_LETTERS], len(text) > MOST_LETTERS
