"""Words to what they stand in: a small index made once, asked with words as a reader types them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from foedus.terms.words import words_of

T = TypeVar("T")
_PASSED_OVER = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)
_MOST_WORDS = 12
_EXACT, _BEGUN, _NEAR = 1.0, 0.7, 0.4  # how well a word of the index meets a word that was asked for
_NAME, _TEXT = 3.0, 1.0  # what it weighs in the name of a thing, and in what else is said of it
_CLOSE = 80.0  # per cent of letters alike from which two words are near
CALLED_SO, _CALLED_NEARLY_SO = 10.0, 5.0  # what has a name that is just what was asked for, or begins so
_SHORT = 4  # words of fewer letters, and numbers, are near to none


class Item(NamedTuple, Generic[T]):
    """Something to find: what it is called, in as many ways as it is, and what else is said of it."""

    what: T
    names: tuple[str, ...]
    text: str


class Hit(NamedTuple, Generic[T]):
    """Something found, and how well. `whole`: it has every word that was asked for; `near`: some only nearly."""

    what: T
    score: float
    whole: bool
    near: bool


@dataclass(frozen=True)
class Index(Generic[T]):
    """Items, and in which of them each word stands: in a name or in the text."""

    items: tuple[Item[T], ...]
    words: tuple[str, ...]  # sorted
    places: tuple[tuple[tuple[int, float], ...], ...]  # of each word: (item, weight)
    calls: tuple[tuple[str, ...], ...]  # of each item: its names, folded


def index(items: Iterable[Item[T]]) -> Index[T]:
    """The index over these items."""
    kept = tuple(items)
    places: dict[str, dict[int, float]] = {}
    for number, item in enumerate(kept):
        for word in words_of(item.text):
            places.setdefault(word, {})[number] = _TEXT
        for name in item.names:
            for word in words_of(name):
                places.setdefault(word, {})[number] = _NAME
    words = tuple(sorted(places))
    calls = tuple(tuple(" ".join(words_of(name)) for name in item.names) for item in kept)
    return Index(kept, words, tuple(tuple(places[word].items()) for word in words), calls)


def find(index: Index[T], asked: str) -> list[Hit[T]]:
    """What these words are found in, best first; of things found equally well, the order of the items.

    What has a name that is just what was asked for comes first, then what has one that begins so. Where something has
    every word, what lacks one is left out; where nothing has, what has the most of them is returned.
    """
    words = _asked(asked)
    found: dict[int, list[_Met]] = {}
    for word in words:
        for number, met in _meets(index, word).items():
            found.setdefault(number, []).append(met)
    most = max(map(len, found.values()), default=0)
    phrase = " ".join(words_of(asked))
    hits = [
        (_called(index.calls[number], phrase) + sum(one.score for one in met), number)
        for number, met in found.items()
        if len(met) == most
    ]
    hits.sort(key=lambda hit: (-hit[0], hit[1]))
    whole = most == len(words)
    return [
        Hit(index.items[number].what, score, whole, any(met.near for met in found[number]))
        for score, number in hits
    ]


class _Met(NamedTuple):
    """How well an item meets one word; `near`: by a word near to it only."""

    score: float
    near: bool


def _asked(text: str) -> Sequence[str]:
    """The words to look for; the small ones only where there are no others."""
    words = list(dict.fromkeys(words_of(text)))
    return ([word for word in words if word not in _PASSED_OVER] or words)[:_MOST_WORDS]


def _called(names: Iterable[str], phrase: str) -> float:
    """What it is worth that one of the names is just the phrase, or begins so."""
    return max((_call(name, phrase) for name in names), default=0.0)


def _call(name: str, phrase: str) -> float:
    return CALLED_SO if name == phrase else _CALLED_NEARLY_SO if name.startswith(phrase) else 0.0


def _meets(index: Index[T], word: str) -> dict[int, _Met]:
    """How well each item meets one word: by the same word, by one that begins with it, or by one near to it."""
    found: dict[int, _Met] = {}

    def note(place: int, grade: float, *, near: bool) -> None:
        for number, weight in index.places[place]:
            found[number] = max(found.get(number, _Met(0.0, near)), _Met(grade * weight, near))

    first = bisect_left(index.words, word)
    exact = first < len(index.words) and index.words[first] == word
    for place in range(first, len(index.words)):
        if not index.words[place].startswith(word):
            break
        note(place, _EXACT if index.words[place] == word else _BEGUN, near=False)
    if not exact and len(word) >= _SHORT and not word.isdecimal():
        near = process.extract(word, index.words, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=None)
        for _, alike, place in near:
            if not index.words[place].startswith(word):
                note(int(place), _NEAR * alike / 100, near=True)
    return found
