"""States by ISO 3166-1 alpha-3, past states by ISO 3166-3; their names from Unicode's CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated

from babel import Locale
from babel.core import UnknownLocaleError, get_global
from pydantic import AfterValidator, WithJsonSchema

from foedus.problems import suggest

# ISO 3166-3 codes of states that are no more. CLDR maps them to their successors, so it has no names for them.
PAST_STATES = {
    "SUHH": "Soviet Union",
    "YUCS": "Yugoslavia",
    "CSHH": "Czechoslovakia",
    "DDDE": "German Democratic Republic",
    "CSXX": "Serbia and Montenegro",
    "YDYE": "Democratic Yemen",
    "VDVN": "Viet-Nam, Democratic Republic of",
}


# CLDR's aliases also map codes that ISO has withdrawn, and those it leaves to private use: not states one may name.
_WITHDRAWN = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
_PRIVATE = re.compile(r"^(AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z])$")


@cache
def _alpha2() -> dict[str, str]:
    """Alpha-3 to alpha-2, as CLDR's territory aliases give it; codes for past or grouped territories left out."""
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    return {
        a3: a2[0]
        for a3, a2 in aliases.items()
        if len(a3) == 3 and a3.isalpha() and len(a2) == 1 and a3 not in _WITHDRAWN and not _PRIVATE.match(a3)
    }


@cache
def state_name(code: str, language: str = "en") -> str:
    """The name people use for a state, in `language`; the code itself where no name is known."""
    if code in PAST_STATES:
        return PAST_STATES[code]
    return str(Locale.parse(language).territories.get(_alpha2().get(code, code), code))


@cache
def name_in(code: str, language: str) -> str | None:
    """The name people use for a state in a language; None where CLDR knows no such language, or no name in it."""
    try:
        return Locale.parse(language).territories.get(_alpha2().get(code, code))
    except (UnknownLocaleError, ValueError):
        return None


@cache
def all_states() -> dict[str, str]:
    """Every code there is, with its English name."""
    return {code: state_name(code) for code in [*_alpha2(), *PAST_STATES]}


def find_state(name: str) -> str | None:
    """A state's code, from its code in any case or its English name; None where there is no such state."""
    codes = all_states()
    if name.upper() in codes:
        return name.upper()
    return next((code for code, known in codes.items() if known.lower() == name.lower()), None)


def check_state(code: str) -> str:
    """The code itself. ValueError with the nearest name where there is no such state."""
    if code in _alpha2() or code in PAST_STATES:
        return code
    by_name = {name: known for known, name in all_states().items()}
    if code in by_name:
        msg = f"“{code}” is a name. Write its code, {by_name[code]}."
        raise ValueError(msg)
    msg = f"“{code}” is no state of ISO 3166. {suggest(code, all_states())}"
    raise ValueError(msg)


State = Annotated[
    str, AfterValidator(check_state), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3,4}$"})
]
