"""Signed notes (C2SP signed-note): a text, and lines of signatures below it; and the keys that check them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from foedus.problems import Altered, BadInput, Problem

ED25519, COSIGN_ED25519, COSIGN_ML_DSA_44 = 0x01, 0x04, 0x06
KEY_LENGTHS = {ED25519: 32, COSIGN_ED25519: 32, COSIGN_ML_DSA_44: 1312}
SIGNATURE_LENGTHS = {ED25519: 64, COSIGN_ED25519: 8 + 64, COSIGN_ML_DSA_44: 8 + 2420}
LONGEST_NOTE = 1_000_000  # bytes
MOST_SIGNATURES = 100
_MARK = "— "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NAME = re.compile(r"[^\s+]{1,200}")


def is_name(text: str) -> bool:
    """Whether a text can be the name of a key. What cannot be shown is no name, so that none looks like another for
    signs that nobody sees.
    """
    return text.isprintable() and _NAME.fullmatch(text) is not None


def from_base64(text: str) -> bytes | None:
    """The bytes that a text stands for in base64, in the one form they have there; else None."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if to_base64(data) == text else None


def to_base64(data: bytes) -> str:
    """Bytes in base64."""
    return base64.b64encode(data).decode()


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note: whose it is, by the name and the id of a key, and the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_MARK}{self.name} {to_base64(self.key_id + self.signature)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends its last line, and the signatures below it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(f"{signature}\n" for signature in self.signatures)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key by its name and the type of signature it checks. Written `name+id+base64`, on one line."""

    name: str
    type: int
    public: bytes

    @property
    def id(self) -> bytes:
        return key_id(self.name, self.type, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{to_base64(bytes([self.type]) + self.public)}"

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """A key from its line. BadInput where it is none."""
        name, _, rest = text.strip().partition("+")
        identity, _, coded = rest.partition("+")
        data = from_base64(coded)
        if not is_name(name) or not data:
            raise _bad(
                "public key", "It is no key.", "It is one line: a name, an id and the key, with + between."
            )
        kind, public = data[0], data[1:]
        if KEY_LENGTHS.get(kind) != len(public):
            raise _bad(
                "public key", f"The key of “{name}” is of a type that is not known here ({kind:#04x})."
            )
        key = cls(name, kind, public)
        if key.id.hex() != identity:
            raise _bad(
                "public key", f"The id of the key of “{name}” should be {key.id.hex()}, not “{identity}”."
            )
        return key

    def signed(self, signature: Signature) -> bool:
        """Whether a signature says that it is by this key."""
        return signature.name == self.name and signature.key_id == self.id


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes by which a signature names its key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def read_note(text: str | bytes, where: str = "note") -> Note:
    """A note from its text. BadInput where it is none."""
    if isinstance(text, bytes):
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            raise _bad(where, f"It is not UTF-8, at byte {error.start}.") from error
    if len(text) > LONGEST_NOTE:
        raise _bad(where, f"It is longer than {LONGEST_NOTE:,} characters.")
    if _CONTROL.search(text) or not _is_whole(text):
        what = "It holds control characters, such as those at the ends of lines of some systems, or half a character."
        raise _bad(where, what)
    body, gap, below = text.rpartition("\n\n")
    if not gap or not below.endswith("\n"):
        raise _bad(where, "It is no signed note.", "A text, an empty line, lines of signatures.")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise _bad(where, f"It has {len(lines)} signatures; at most {MOST_SIGNATURES} are read.")
    return Note(body + "\n", tuple(_signature(line, where) for line in lines))


def _is_whole(text: str) -> bool:
    """Whether a text has a form in UTF-8; one with half a character has not."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _signature(line: str, where: str) -> Signature:
    name, _, coded = line.removeprefix(_MARK).partition(" ")
    data = from_base64(coded)
    if not line.startswith(_MARK) or not _NAME.fullmatch(name) or data is None or len(data) < 5:
        raise _bad(where, f"“{line[:80]}” is no signature.", "It is written — NAME BASE64.")
    return Signature(name, data[:4], data[4:])


def body_of(text: str) -> str:
    """What a note says, without its signatures."""
    return text.rpartition("\n\n")[0]


def merged(first: str, second: str) -> str:
    """Two notes of one text as one, with the signatures of both: of two by one key, the later. BadInput where that are
    more than are read again.
    """
    one, other = read_note(first), read_note(second)
    if one.text != other.text:
        raise BadInput([Problem("note", 0, "The two notes say different things.")])
    found = {(s.name, s.key_id): s for s in (*one.signatures, *other.signatures)}
    if len(found) > MOST_SIGNATURES:
        raise _bad("note", f"It would have {len(found)} signatures; at most {MOST_SIGNATURES} are read.")
    return str(Note(one.text, tuple(found.values())))


def signatures_by(note: Note, keys: Sequence[VerifierKey]) -> list[tuple[VerifierKey, Signature]]:
    """The note's signatures that say they are by one of these keys; all others are nobody's."""
    return [(key, signature) for signature in note.signatures for key in keys if key.signed(signature)]


def one_of(keys: Iterable[VerifierKey], name: str) -> VerifierKey | None:
    """The key of a name."""
    return next((key for key in keys if key.name == name), None)


def forged(key: VerifierKey) -> Altered:
    """That a signature does not hold."""
    return Altered(
        f"The signature by “{key.name}” does not hold: the text was altered, or it was never signed."
    )


def _bad(where: str, what: str, remedy: str = "") -> BadInput:
    return BadInput([Problem(where, 0, what, remedy)])
