"""An entry together with who stands behind it, and the entry as published: under the keys it is written with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from foedus.accounts.witnesses import Witness, witnesses
from foedus.record.acts import Cited, Entry, MaybeDated, kind_of
from foedus.record.canonical import plain
from foedus.record.record import Record
from foedus.terms.attribution import Channel

E_co = TypeVar("E_co", bound=Entry, covariant=True)
K = TypeVar("K", bound=Entry)
_NOT_WHAT_IT_SAYS = frozenset(
    {*MaybeDated.model_fields, "kind"}
)  # the envelope, and the date, which is one key


@dataclass(frozen=True, slots=True)
class Sourced(Generic[E_co]):
    """An entry, how strongly it is attributed (its best chain), and every chain behind it."""

    entry: E_co
    strength: Channel
    witnesses: tuple[Witness, ...]

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def kind(self) -> str:
        """The word for its kind of act."""
        return kind_of(type(self.entry))

    def backing_json(self) -> dict[str, Any]:
        """Who stands behind the entry, as published in `schemas/`."""
        return {
            "attribution": self.strength,
            "evidence": [witness.to_json() for witness in self.witnesses],
            "note": self.entry.note or None,
        }

    def to_json(self) -> dict[str, Any]:
        """The entry as published in `schemas/`: every key of its kind, null where it says nothing under it."""
        told = {"id": self.id, "kind": self.kind, **_said(self.entry), "topics": list(self.entry.topics)}
        return told | self.backing_json()


def sourced(record: Record, entry: K) -> Sourced[K]:
    """An entry with its chains, as the record knows them."""
    return Sourced(entry, record.strength(entry.id), witnesses(record, entry))


def every(record: Record, kind: type[K], keep: Callable[[K], bool]) -> tuple[Sourced[K], ...]:
    """The entries of one kind that pass, in the record's order."""
    return tuple(sourced(record, entry) for entry in record.of_kind(kind) if keep(entry))


def _said(entry: Entry) -> dict[str, Any]:
    dated = {"when": plain(entry.dated) if entry.dated else None} if isinstance(entry, MaybeDated) else {}
    return dated | dict(_whole(entry, _NOT_WHAT_IT_SAYS))


def _whole(model: BaseModel, without: frozenset[str] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Each key of a part of an entry with its value, defaults and all."""
    for name, field in type(model).model_fields.items():
        if name not in without:
            yield field.alias or name, published(getattr(model, name))


def published(value: Any) -> Any:
    """A value of an entry as published: parts whole, empty texts null, an article's number a text."""
    if isinstance(value, Cited):
        article = None if value.article is None else str(value.article)
        return {"instrument": value.instrument, "article": article}
    if isinstance(value, BaseModel):
        return dict(_whole(value))
    if isinstance(value, tuple):
        return [published(part) for part in value]
    return None if value == "" else plain(value)
