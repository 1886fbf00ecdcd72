"""Names of languages, from Unicode's CLDR."""

from __future__ import annotations

from babel import Locale


def language_name(code: str, language: str = "en") -> str:
    """The name of a language by its ISO 639 code, in `language`; the code itself where no name is known."""
    return str(Locale.parse(language).languages.get(code, code))
