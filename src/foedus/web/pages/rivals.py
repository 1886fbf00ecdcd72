"""A contested status: each view side by side, with who holds it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.parties import View, views
from foedus.engine.answers import Told
from foedus.record.acts import AnyAct
from foedus.web.pages.chains import Chain, chains
from foedus.web.pages.entries import Noted, noted
from foedus.web.pages.reasons import EntryLine, entry_line
from foedus.web.pages.standings import Stand, stand
from foedus.web.pages.visit import Visit


@dataclass(frozen=True, slots=True)
class Held:
    """An entry that holds a view, and the chains by which it is told."""

    entry: EntryLine
    chains: tuple[Chain, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Rival:
    """One view: what it makes of the state, which entries hold it, and what was said that bears on those."""

    status: str
    held: tuple[Held, ...]
    said: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Rivals:
    """A contested status with its views."""

    stand: Stand
    views: tuple[Rival, ...]


def rivals(visit: Visit, state: str, of: str, told: Told) -> Rivals | None:
    """The views of a status; nothing where it is not contested."""
    found = tuple(_rival(visit, view) for view in views(told))
    return Rivals(stand(visit, state, of, told), found) if found else None


def _rival(visit: Visit, view: View) -> Rival:
    return Rival(
        view.status,
        tuple(_held(visit, entry) for entry in view.entries),
        tuple(noted(visit, statement) for statement in view.statements),
    )


def _held(visit: Visit, entry: AnyAct) -> Held:
    return Held(entry_line(visit, entry.id), chains(visit, entry), entry.note)
