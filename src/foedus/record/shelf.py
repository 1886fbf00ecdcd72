"""A record whose entries are made when they are first asked for, so that few are made where few are read."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import accumulate, chain
from typing import Any, NamedTuple, overload

from foedus.record.about import About
from foedus.record.acts import ACTS, MODELS, AnyAct, Entry
from foedus.record.evidence import Source
from foedus.record.record import Kept, Place, Record, Redacted
from foedus.written import frozen

MANY = 1_000  # entries made at once


class Catalogue(NamedTuple):
    """What is known of a record's entries while none is made, in JSON's values. Entries go by their place in the record.

    `kinds`: the entries of each kind; `files`: (file, line, how many entries follow from there); `last`: the newest day
    on which one was recorded. Of the record as it stands: `live`, its entries (None: all); `names`, the entries that ids
    not their own lead to; `powerless`, pairs; `root`. `redacted`: as a record has them.
    """

    ids: list[str]
    kinds: dict[str, list[int]]
    files: list[tuple[str, int, int]]
    last: str
    live: list[int] | None
    live_last: str
    names: dict[str, int]
    powerless: list[tuple[int, int]]
    root: str
    redacted: list[tuple[int, str, str, str]]


def catalogue(record: Record, live: Record) -> Catalogue:
    """What there is to know of a record of which nothing is classified, and of what of it is live."""
    place = {entry.id: at for at, entry in enumerate(record.entries)}
    kinds: dict[str, list[int]] = {}
    files: list[tuple[str, int, int]] = []
    for at, entry in enumerate(record.entries):
        kinds.setdefault(entry.kind, []).append(at)
        where = record.places[entry.id]
        if files and files[-1][:2] == (where.file, where.line):
            files[-1] = (where.file, where.line, files[-1][2] + 1)
        else:
            files.append((where.file, where.line, 1))
    return Catalogue(
        list(place),
        kinds,
        files,
        record.last_recorded.isoformat(),
        None if live is record else [place[entry.id] for entry in live.entries],
        live.last_recorded.isoformat(),
        {name: place[entry.id] for name, entry in live.by_id.items() if name != entry.id},
        [(place[repair.id], place[target.id]) for repair, target in live.powerless],
        live.root,
        [(each.entry, each.by, each.on.isoformat(), each.why) for each in record.redacted],
    )


def records(
    known: Catalogue,
    read: Callable[[int], Any],
    about: About,
    sources: Mapping[str, Source],
    kept: Kept | None,
) -> tuple[Record, Record]:
    """The record, and what of it is live, from what is known of it; `read` gives an entry's JSON by its place."""
    shelf = _Shelf(known, read)
    redacted = tuple(Redacted(at, by, date.fromisoformat(on), why) for at, by, on, why in known.redacted)
    bare = Record(about, sources, (), _Made(shelf.place, shelf.written), kept=kept, redacted=redacted)
    record = live = shelf.filled(bare, range(len(known.ids)), {}, known.last)
    if known.live is not None:
        powerless = tuple((shelf.entry(repair), shelf.entry(target)) for repair, target in known.powerless)
        live = shelf.filled(replace(bare, powerless=powerless), known.live, known.names, known.live_last)
    live.__dict__["root"] = known.root
    return record, live


def longer(record: Record, came: Sequence[AnyAct], places: Mapping[str, Place], kept: Kept | None) -> Record:
    """A record that has entries with further ones at its end, which repair none and are not classified; none of its own is
    made for it. `places`: where all of them are written.
    """
    found = replace(record, entries=_Joined(record.entries, tuple(came)), places=places, kept=kept)  # type: ignore[arg-type]
    of_kind: dict[type[Entry], tuple[AnyAct, ...]] = {}
    for entry in came:
        of_kind[type(entry)] = (*of_kind.get(type(entry), ()), entry)
    found.__dict__.update(
        by_id=ChainMap({entry.id: entry for entry in came}, record.by_id),
        _kinds=_Made(
            {kind: kind for kind in MODELS.values()},
            lambda kind: (*record.of_kind(kind), *of_kind.get(kind, ())),
        ),
        last_recorded=max([record.last_recorded, *(entry.recorded.latest for entry in came)]),
        classified=False,
    )
    return found


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """While very many values are made that all stay, Python looks for refuse among them again and again, which takes as
    long as making them. So it does not look meanwhile.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor does it later, among those that are there by now
        if looks:
            gc.enable()


class _Shelf:
    """All entries of a record, each made once."""

    def __init__(self, known: Catalogue, read: Callable[[int], Any]) -> None:
        self.known, self._read = known, read
        self.place = {name: at for at, name in enumerate(known.ids)}
        self._made: dict[int, AnyAct] = {}
        self._starts = [0, *accumulate(count for _, _, count in known.files)]

    def entry(self, at: int) -> AnyAct:
        found = self._made.get(at)
        return found or self._made.setdefault(at, ACTS.adapter.validate_python(frozen(self._read(at))))

    def entries(self, at: Sequence[int]) -> tuple[AnyAct, ...]:
        if len(at) < MANY:
            return tuple(map(self.entry, at))
        with nothing_thrown_away():
            return tuple(map(self.entry, at))

    def written(self, at: int) -> Place:
        file, line, _ = self.known.files[bisect_right(self._starts, at) - 1]
        return Place(file, line)

    def filled(self, bare: Record, at: Sequence[int], names: Mapping[str, int], last: str) -> Record:
        """A record with these entries, and what is known of them."""
        found = replace(bare, entries=_Entries(self, at))  # type: ignore[arg-type]
        within = range(len(self.place)) if len(at) == len(self.place) else set(at)
        kinds = {
            MODELS[kind]: [each for each in of if each in within] for kind, of in self.known.kinds.items()
        }
        found.__dict__.update(
            by_id=_Made({**names, **{self.known.ids[each]: each for each in at}}, self.entry),
            _kinds=_Made(kinds, self.entries),
            last_recorded=date.fromisoformat(last),
            classified=False,
        )
        return found


class _Made(Mapping[Any, Any]):
    """A mapping of which each value is made when it is first asked for."""

    def __init__(self, what: Mapping[Any, Any], make: Callable[[Any], Any]) -> None:
        self._what, self._make = what, make
        self._made: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        if key not in self._made:
            self._made[key] = self._make(self._what[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._what

    def __iter__(self) -> Iterator[Any]:
        return iter(self._what)

    def __len__(self) -> int:
        return len(self._what)


class _Entries(Sequence[AnyAct]):
    """Entries of a shelf in order, as the tuple of them would be."""

    def __init__(self, shelf: _Shelf, at: Sequence[int]) -> None:
        self._shelf, self._at = shelf, at

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, at: int) -> AnyAct: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[AnyAct, ...]: ...
    def __getitem__(self, at: int | slice) -> AnyAct | tuple[AnyAct, ...]:
        if isinstance(at, slice):
            return self._shelf.entries(self._at[at])
        return self._shelf.entry(self._at[at])

    def __iter__(self) -> Iterator[AnyAct]:
        return iter(self._shelf.entries(self._at))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))


class _Joined(Sequence[AnyAct]):
    """Entries and further ones, as the tuple of them would be."""

    def __init__(self, first: Sequence[AnyAct], then: tuple[AnyAct, ...]) -> None:
        self._first, self._then = first, then

    def __len__(self) -> int:
        return len(self._first) + len(self._then)

    @overload
    def __getitem__(self, at: int) -> AnyAct: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[AnyAct]: ...
    def __getitem__(self, at: int | slice) -> AnyAct | Sequence[AnyAct]:
        if at == slice(None, len(self._first)):
            return self._first  # which is then seen to be the same without being looked into
        places = range(len(self))[at]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        before = len(self._first)
        return self._first[places] if places < before else self._then[places - before]

    def __iter__(self) -> Iterator[AnyAct]:
        return chain(self._first, self._then)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))
