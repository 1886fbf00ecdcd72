"""One byte form for every entry (RFC 8785, JSON Canonicalization Scheme) and the RFC 6962 tree over them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import rfc8785

from foedus.record.acts import Entry
from foedus.terms.dates import When


def canonical(entry: Entry) -> bytes:
    """The entry as canonical JSON, defaults left out."""
    return rfc8785.dumps(plain(entry))


def plain(value: Any) -> Any:
    """An entry, or a part of one, as JSON values under the keys it is written with."""
    if isinstance(value, When):
        return written_date(value)
    if hasattr(value, "model_fields_set"):
        parts = ((key, getattr(value, name), default) for name, key, default in _fields(value.__class__))
        return {key: plain(part) for key, part, default in parts if key == "kind" or part != default}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


@cache
def _fields(model: type[Any]) -> tuple[tuple[str, str, Any], ...]:
    """The fields of a kind of entry, or of a part of one: its name here, the key it is written with, its default."""
    return tuple((name, field.alias or name, field.default) for name, field in model.model_fields.items())


def written_date(when: When) -> Any:
    """A date as a record writes it."""
    if when.vague:
        between = f"{when.earliest}/{when.latest}"
        return {"between": between, "approximate": True} if when.approximate else {"between": between}
    day = str(when.latest) if when.began == when.latest else f"{when.began}/{when.latest}"
    return {"on": day, "approximate": True} if when.approximate else day


def tree_root(leaves: Sequence[bytes]) -> str:
    """The Merkle tree hash of RFC 6962, section 2.1, as hexadecimal."""
    return _root([hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]).hex()


def _root(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + _root(hashes[:split]) + _root(hashes[split:])).digest()
