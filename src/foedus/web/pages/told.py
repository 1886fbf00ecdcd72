"""An entry as part of a story: who and when, what, by which chains, who is silent on it, what came before it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.items import Item, by_whom
from foedus.accounts.lines import Line
from foedus.record.acts import AnyAct, Silence
from foedus.terms.dates import When
from foedus.terms.words import large, spaced
from foedus.web.pages.business import earlier, silent_of
from foedus.web.pages.chains import Chain, Silent, chains_of
from foedus.web.pages.entries import Noted, noted
from foedus.web.pages.names import beside_links
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of a story. `place`: whether this page is where links to the entry lead; `beside` and `more` are further
    words on who and on what; `before` leads to what the same said or did earlier on its topics.
    """

    id: str
    kind: str
    when: When | None
    noted: Noted
    chains: tuple[Chain, ...]
    note: str
    place: bool = False
    beside: tuple[Link, ...] = ()
    more: tuple[str, ...] = ()
    silences: tuple[Silent, ...] = ()
    before: tuple[Link, ...] = ()


def told(
    visit: Visit,
    line: Line,
    *,
    place: bool = False,
    beside: tuple[Link, ...] = (),
    more: tuple[str, ...] = (),
) -> Told:
    """A line of an account as part of a story."""
    entry = line.sourced.entry
    return Told(
        line.id,
        _kind(entry),
        line.when,
        noted(visit, entry),
        chains_of(visit, line.sourced),
        entry.note,
        place,
        tuple(each for each in (*_of(visit, entry), *beside) if each.text),
        more,
    )


def _of(visit: Visit, entry: AnyAct) -> tuple[Link, ...]:
    """The office and the state of the person who spoke or acted, as recorded; nothing where none is named."""
    by = by_whom(entry)
    return beside_links(visit, by) if by is not None else ()


def told_item(visit: Visit, item: Item) -> Told:
    """An item on a topic, in its place among the others."""
    entry = visit.record.by_id[item.id]
    return Told(
        item.id,
        _kind(entry),
        item.when,
        noted(visit, entry),
        chains_of(visit, item.sourced),
        entry.note,
        place=True,
        beside=_of(visit, entry),
        silences=tuple(silent_of(visit, silence) for silence in item.silences),
        before=tuple(earlier(visit, e.id, e.when, e.session) for e in item.earlier if e.same),
    )


def silent_line(visit: Visit, line: Line) -> Silent:
    """A recorded silence as shown."""
    entry = line.sourced.entry
    says = entry.says if isinstance(entry, Silence) else line.says
    return Silent(line.id, says, chains_of(visit, line.sourced)[0])


def _kind(entry: AnyAct) -> str:
    return large(spaced(entry.kind))
