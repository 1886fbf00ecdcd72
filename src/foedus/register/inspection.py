"""What a register keeps beside its tree, held against its entries: receipts, which answer appends that are tried again;
attachments, which entries name by their hash; and the form of the entries themselves.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import islice

from foedus.problems import Altered, BadInput, NotFound
from foedus.register.envelope import ActEnvelope, RedactionEnvelope, SealedEnvelope, TextEnvelope, read
from foedus.register.log.tree import Tree, leaf_hash
from foedus.register.store import Register, Submission


def check_receipts(register: Register) -> int:
    """How many receipts there are. Altered where one says something else of its append than the entries do."""
    size, count, at, tree = register.head().size, 0, 0, Tree()
    entries = register.read(0, size)
    for receipt in register.receipts():
        if receipt.head.size > size and receipt.first >= size:
            continue  # it came since
        before = list(islice(entries, max(receipt.first - at, 0)))
        mine = list(islice(entries, max(receipt.head.size - receipt.first, 0)))
        tree, _ = tree.grown(leaf_hash(entry) for entry in (*before, *mine))
        at += len(before) + len(mine)
        said = (receipt.first, receipt.head.size, receipt.head.root, receipt.digest)
        if said != (at - len(mine), at, tree.root, _digest(mine)):
            raise Altered(f"The receipt of “{receipt.key}” was altered: it is not what was appended.")
        count += 1
    return count


def _digest(entries: list[bytes]) -> bytes:
    return Submission(tuple(entries)).digest


def check_attachments(register: Register) -> int:
    """How many entries there are. Altered where one has not the form of an entry, or where the text it names is gone and
    no entry says that it was destroyed.
    """
    named: dict[str, int] = {}  # entries that name a text, by its hash
    sealed: dict[int, str] = {}
    redacted: set[str] = set()
    count = 0
    for at, entry in enumerate(register.read()):
        count += 1
        match _envelope(entry, at):
            case TextEnvelope(sha256=digest):
                named.setdefault(digest, at)
            case SealedEnvelope(sha256=digest):
                named.setdefault(digest, at)
                sealed[at] = digest
            case RedactionEnvelope(entry=of, sha256=digest):
                if sealed.get(of) != digest:
                    what = f"Entry {at} says that the text of entry {of} was destroyed, which is not under that seal."
                    raise Altered(what, at)
                redacted.add(digest)
            case ActEnvelope():
                pass
    for digest, at in named.items():
        if digest not in redacted and not _is_kept(register, digest):
            raise Altered(f"The text of entry {at} was taken out of the register, which no entry says.", at)
    return count


def _envelope(entry: bytes, at: int) -> object:
    try:
        return read(entry, f"entry {at}")
    except BadInput as error:
        raise Altered(f"Entry {at} was let in past the rules: {error.problems[0].what}", at) from error


def _is_kept(register: Register, digest: str) -> bool:
    try:
        text = register.attachment(bytes.fromhex(digest))
    except NotFound:
        return False
    return text is not None and sha256(text).hexdigest() == digest
