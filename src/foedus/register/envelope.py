"""What stands in a register, as canonical JSON (RFC 8785): acts, the texts of a folder by their hash, acts under seal.

A sealed act is in the tree as the hash of its text behind 32 random bytes, so that nobody can guess it. The text itself
is an attachment: whoever may not see it gets every proof without it, and once it is redacted, which is an entry too,
every proof still holds.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal

import rfc8785
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
)

from foedus.problems import Altered, BadInput, Problem
from foedus.record.envelope import Classification

SALT = 32  # bytes
DEEPEST = 40
POLICY = "policy"  # the text that says whose cosignatures make a checkpoint count
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$")
]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2_000)]


class _Envelope(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    format: Literal[1] = 1


class ActEnvelope(_Envelope):
    """An act, as canonical form has it, and which file of a folder holds it."""

    holds: Literal["act"] = "act"
    file: FileName
    act: dict[str, Any]


class TextEnvelope(_Envelope):
    """A text of a folder, such as a charter, by its hash; the latest of a name counts."""

    holds: Literal["text"] = "text"
    file: FileName
    sha256: Hash


class SealedEnvelope(_Envelope):
    """An act whose text not everybody may see: the hash of its salt and its own envelope."""

    holds: Literal["sealed"] = "sealed"
    classification: Classification
    sha256: Hash


class RedactionEnvelope(_Envelope):
    """That the text of a sealed act was destroyed: of which entry, by whom, on what day, and why."""

    holds: Literal["redaction"] = "redaction"
    entry: int = Field(ge=0)
    sha256: Hash
    by: Words
    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    why: Words

    @field_validator("on")
    @classmethod
    def _is_a_day(cls, on: str) -> str:
        date.fromisoformat(on)
        return on


Envelope = ActEnvelope | TextEnvelope | SealedEnvelope | RedactionEnvelope
_ENVELOPES: TypeAdapter[Envelope] = TypeAdapter(Annotated[Envelope, Field(discriminator="holds")])


def written(envelope: Envelope) -> bytes:
    """An envelope as an entry's bytes."""
    return rfc8785.dumps(envelope.model_dump())


def read(entry: bytes, where: str = "entry") -> Envelope:
    """The envelope in an entry's bytes. BadInput where it holds none, or not in canonical form."""
    data = strict_json(entry, where)
    try:
        envelope = _ENVELOPES.validate_python(data)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        at = ".".join(str(part) for part in detail["loc"])
        raise _bad(where, f"It is no entry of a register: {at}: {detail['msg']}.") from error
    if written(envelope) != entry:
        raise _bad(where, "It is not in canonical form (RFC 8785).", "The same content has one form only.")
    return envelope


def kept(entry: bytes, where: str = "entry") -> Envelope:
    """The envelope in an entry that a register holds, whose form was looked at when it came in. BadInput where it holds
    none.
    """
    try:
        return _ENVELOPES.validate_json(entry)
    except ValidationError:
        return read(entry, where)


def strict_json(data: bytes, where: str = "entry") -> Any:
    """JSON that means one thing to everybody. BadInput where a key stands twice, a number is none or not exact, a text
    holds half a character, or it is nested too deep.
    """
    try:
        text = data.decode()
        if _deep(text):
            raise _bad(where, f"It is nested more than {DEEPEST} deep.")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        rfc8785.dumps(found)
    except UnicodeDecodeError as error:
        raise _bad(where, f"It is not UTF-8, at byte {error.start}.") from error
    except (ValueError, RecursionError, UnicodeEncodeError) as error:
        raise _bad(where, f"It is not JSON as registers keep it: {error}.") from error
    return found


def _deep(text: str) -> bool:
    """Whether brackets outside of texts are open more than `DEEPEST` deep at once. A text that does not end is passed over
    as one: looked for again from each of its quotes, it would take hours.
    """
    depth = 0
    for sign in re.findall(r'"(?:[^"\\]|\\.)*+"?|[][{}]', text, re.DOTALL):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign, 0)
        if depth > DEEPEST:
            return True
    return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise ValueError(f"the key “{twice}” stands twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


@dataclass(frozen=True, slots=True)
class Sealed:
    """An act under seal: the entry for the tree, and the attachment that opens it."""

    entry: bytes
    attachment: bytes


def seal(act: ActEnvelope, salt: bytes) -> Sealed:
    """A classified act under seal. `salt` is 32 random bytes that were never used before."""
    if len(salt) != SALT:
        raise ValueError(f"A salt has {SALT} bytes.")
    attachment = salt + written(act)
    sealed = SealedEnvelope(classification=act.act["classification"], sha256=hashed(attachment))
    return Sealed(written(sealed), attachment)


def opened(sealed: SealedEnvelope, attachment: bytes, where: str = "sealed entry") -> ActEnvelope:
    """The act under a seal. Altered where the attachment is not what was sealed, or is classified otherwise than the
    seal says: then some would see what they may not.
    """
    if hashed(attachment) != sealed.sha256:
        raise Altered("The text shown is not the one that was sealed, or its salt is another.")
    act = read(attachment[SALT:], where)
    if not isinstance(act, ActEnvelope):
        raise Altered("What was sealed is no act.")
    if act.act.get("classification") != sealed.classification:
        what = f"The seal of the act “{act.act.get('id')}” says {sealed.classification}"
        raise Altered(f"{what}, and the act itself {act.act.get('classification') or 'that it is public'}.")
    return act


@dataclass(frozen=True, slots=True)
class KeptBack:
    """How many entries are under seal, and of how many an entry says that their texts were destroyed."""

    sealed: int = 0
    redacted: int = 0

    def __add__(self, other: KeptBack) -> KeptBack:
        return KeptBack(self.sealed + other.sealed, self.redacted + other.redacted)

    def __str__(self) -> str:
        """In a sentence to follow another; empty where there are none."""
        if not self.sealed:
            return ""
        sealed = f"{self.sealed} of them {'is' if self.sealed == 1 else 'are'} under seal"
        if not self.redacted:
            return f" {sealed}."
        gone = "the text of 1 was destroyed, as an entry says"
        if self.redacted > 1:
            gone = f"the texts of {self.redacted} were destroyed, as entries say"
        return f" {sealed}, and {gone}."


def kept_back(entries: Iterable[bytes]) -> KeptBack:
    """How many of these entries are under seal, and how many say that one was redacted; told by how canonical form has
    such begin, since there may be millions.
    """
    sealed = redacted = 0
    for entry in entries:
        sealed += entry.startswith(b'{"classification":') and b'"holds":"sealed"' in entry
        redacted += entry.startswith(b'{"by":') and b'"holds":"redaction"' in entry
    return KeptBack(sealed, redacted)


def described(entry: bytes) -> str:
    """What an entry is, in few words, for people who see a proof of it; nothing of what is sealed."""
    try:
        envelope = read(entry)
    except BadInput:
        return "an entry that is no envelope of a register"
    match envelope:
        case ActEnvelope(act=act):
            return f"the act “{act.get('id')}”, {act.get('kind')}"
        case TextEnvelope(file=file):
            return f"the text {file}, by its hash"
        case SealedEnvelope(classification=classification):
            return f"an act under seal ({classification}): its text is withheld here, and the proof holds without it"
        case RedactionEnvelope(entry=at, by=by, on=on, why=why):
            return f"the redaction of entry {at} by {by} on {on}: {why}"


def hashed(text: bytes) -> str:
    """The hash by which an entry names a text."""
    return sha256(text).hexdigest()


def _bad(where: str, what: str, remedy: str = "") -> BadInput:
    return BadInput([Problem(where, 0, what, remedy)])
