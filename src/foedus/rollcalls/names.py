"""What states are called in roll calls: by code, by the name people use, or by one they went by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from foedus.problems import BadInput, Problem, enough, suggest
from foedus.terms.states import all_states
from foedus.terms.words import words_of

ALSO = {  # names that lists of votes use, and neither CLDR has nor ISO 3166
    "Turkey": "TUR", "Czech Republic": "CZE", "Viet Nam": "VNM", "Republic of Korea": "KOR",
    "Russian Federation": "RUS", "Congo": "COG", "Federal Republic of Germany": "DEU", "Yemen Arab Republic": "YEM",
    "Yemen People's Republic": "YDYE", "Micronesia (Federated States of)": "FSM",
}  # fmt: skip
_SHORT = {"st": "saint"}


def plain(name: str) -> str:
    """A name as it is compared with others: without accents, signs and `the`; `and` for `&`, `saint` for `St.`"""
    words = (_SHORT.get(word, word) for word in words_of(name.replace("&", " and ")))
    return " ".join(word for word in words if word != "the")


@cache
def _known() -> dict[str, str]:
    names = {plain(name): code for code, name in all_states().items()} | {
        plain(name): code for name, code in ALSO.items()
    }
    return names | {plain(code): code for code in all_states()}


def states_called(file: str, names: Iterable[str], own: Mapping[str, str]) -> dict[str, str]:
    """The state that each name is of; `own` are names on record, with their states, which come first. BadInput, with the
    nearest for each name that is none.
    """
    known = _known() | {plain(name): code for name, code in own.items()}
    wanted = {name: known.get(plain(name)) for name in names}
    strangers = sorted(name for name, code in wanted.items() if code is None)
    if strangers:
        shown = [*all_states().values(), *ALSO, *own]
        raise BadInput(enough(_strangers(file, strangers, shown)))
    return {name: code for name, code in wanted.items() if code is not None}


def _strangers(file: str, names: Iterable[str], known: list[str]) -> Iterator[Problem]:
    for name in names:
        yield Problem(file, 0, f"“{name}” is no state that is known.", suggest(name, known))
