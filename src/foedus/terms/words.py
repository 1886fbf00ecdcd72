"""Small things done to words, the same everywhere they are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence


def as_id(name: str) -> str:
    """A name as an id: small letters, digits and hyphens, accents left out; empty where nothing is left of it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def spaced(slug: str) -> str:
    """A name such as `head-of-state` in words."""
    return slug.replace("-", " ")


def large(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def listed(words: Sequence[str], joint: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; empty for none."""
    *head, tail = words or ("",)
    return f"{', '.join(head)} {joint} {tail}" if head else tail


def folded(name: str) -> str:
    """A name without what people write now one way, now another: capitals, hyphens, spaces."""
    return " ".join(name.lower().replace("-", " ").split())
