"""Which entries name a state or a person, whatever their kind: as party, host, speaker, guest, addressee."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, get_args, get_type_hints

from foedus.engine.standing import Standing
from foedus.record.acts import AnyAct, Entry
from foedus.record.evidence import Evidence
from foedus.terms.states import State
from foedus.terms.words import slug
from foedus.written import Model


class Mentions(NamedTuple):
    """States by code and persons by the name in their address, each with the entries that name them, in order.

    `names` are the persons' names as first written; `words` the entries told on a person's word. Names that differ in
    accents or case alone are one person's.
    """

    states: dict[str, tuple[AnyAct, ...]]
    persons: dict[str, tuple[AnyAct, ...]]
    names: dict[str, str]
    words: dict[str, tuple[AnyAct, ...]]


def mentions(standing: Standing) -> Mentions:
    """Everyone whom the record, as known, names."""
    return standing.kept("mentions", lambda: _mentions(standing.record.entries))


def _mentions(entries: Iterable[AnyAct]) -> Mentions:
    states: dict[str, list[AnyAct]] = {}
    persons: dict[str, list[AnyAct]] = {}
    words: dict[str, list[AnyAct]] = {}
    names: dict[str, str] = {}
    for entry in entries:
        for state in dict.fromkeys(states_in(entry)):
            states.setdefault(state, []).append(entry)
        for name in persons_in(entry):
            names.setdefault(slug(name), name)
        for person in dict.fromkeys(slug(name) for name in persons_in(entry)):
            persons.setdefault(person, []).append(entry)
        for speaker in dict.fromkeys(slug(evidence.speaker) for evidence in entry.evidence):
            words.setdefault(speaker, []).append(entry)
    return Mentions(_fixed(states), _fixed(persons), names, _fixed(words))


def _fixed(found: dict[str, list[AnyAct]]) -> dict[str, tuple[AnyAct, ...]]:
    return {name: tuple(entries) for name, entries in found.items()}


def states_in(entry: Entry) -> Iterator[str]:
    """The codes of all states an entry names: every field that is declared to hold states, at any depth."""
    for part in _parts(entry):
        for field in _state_fields(type(part)):
            yield from _leaves(getattr(part, field))


def persons_in(entry: Entry) -> Iterator[str]:
    """The names of all persons an entry names."""
    for part in _parts(entry):
        person = getattr(part, "person", "")
        if person:
            yield person


def _parts(model: Model) -> Iterator[Model]:
    """The entry itself and all that it is made of, save its evidence: who passes news on is not in it."""
    yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Model) and not isinstance(part, Evidence):
                yield from _parts(part)


@cache
def _state_fields(model: type[Model]) -> tuple[str, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(name for name in model.model_fields if _holds_states(hints[name]))


def _holds_states(hint: Any) -> bool:
    return bool(hint == State) or any(_holds_states(part) for part in get_args(hint))


def _leaves(value: Any) -> Iterator[str]:
    """The codes in a field: one, several, the keys of a table, or none."""
    if isinstance(value, str):
        yield value
    elif value is not None:
        yield from value
