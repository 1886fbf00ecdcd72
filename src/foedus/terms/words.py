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


def plural(noun: str) -> str:
    """Several of what a noun names: `guests`, `secretaries`, `heads of state`."""
    name, of, whole = noun.partition(" of ")
    many = f"{name[:-1]}ies" if re.search(r"[^aeiou]y$", name) else f"{name}s"
    return f"{many}{of}{whole}"


def counted(number: int, noun: str, several: str = "") -> str:
    """`1 year`, `3 years`; `several` where the plural is another."""
    return f"{number} {noun if number == 1 else several or plural(noun)}"


def a(noun: str) -> str:
    """`a threat`, `an armed attack`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def possessive(name: str) -> str:
    """`Armenia's`, `the Netherlands'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def folded(text: str) -> str:
    """The text in small letters without accents, for comparing."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in marked if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words and numbers of a text, folded, in order."""
    return re.findall(r"[^\W_]+", folded(text))


def slug(name: str) -> str:
    """`nikol-pashinyan`: a name as it stands in an address."""
    return "-".join(words_of(name))
