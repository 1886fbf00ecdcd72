"""Words and small values that every page uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.engine.reasons import Holder
from foedus.engine.timelines import Status
from foedus.record.evidence import Source
from foedus.terms.attribution import CHANNELS, Channel
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.terms.words import counted

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_SURE_CSS = {"not-in-force": "notinforce"}


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure an answer is: its word, and the class of its line and mark."""

    word: str
    css: str


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a source or a claim is: its word, and how many of six strokes are drawn in full."""

    word: str
    strokes: int
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; without an address they are words."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as shown: its name, leading to what rests on it, its address, the day it carries, and its strength."""

    source: Link
    url: str
    published: str
    strength: Strength


def sure(status: Status) -> Sure:
    """A status as shown."""
    return Sure(status.replace("-", " "), _SURE_CSS.get(status, status))


def strength(channel: Channel, *, hedged: bool = False) -> Strength:
    """A channel as shown. What is inferred or recalled has no stroke drawn in full."""
    return Strength(channel.replace("-", " "), max(6 - CHANNELS.index(channel), 0), hedged)


def source_url(source: Source) -> str:
    """The address of a source that a browser may follow; empty where there is none."""
    return source.url if source.url.startswith(("https://", "http://")) else ""


def count(number: int, what: str, several: str = "") -> str:
    """`no sessions`, `one session`, `14 sessions`."""
    amount = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{amount} {what if number == 1 else several or what + 's'}"


def figure(number: int, what: str, several: str = "") -> str:
    """The same with the number in figures."""
    return counted(number, what, several)


def short_day(day: date) -> str:
    """`1 Dec 2022`."""
    return f"{day.day} {day:%b} {day.year}"


def short_when(when: When) -> str:
    """`1 Dec 2022`; an unknown day by the range it lies in."""
    if when.vague:
        return f"some day from {short_day(when.earliest)} to {short_day(when.latest)}"
    return short_day(when.latest)


def last_name(person: str) -> str:
    """The last word of a person's name, for figures."""
    return person.rpartition(" ")[2]


def short_name(holder: Holder | None) -> str:
    """The state, or the last name of a person without one that matters: for figures."""
    if holder is None:
        return "nobody"
    return state_name(holder.state) if holder.state else last_name(holder.person or "")
