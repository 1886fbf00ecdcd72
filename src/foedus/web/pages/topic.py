"""A topic: everything said and done on it in order of time, each by its way back to whoever spoke."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.accounts.topics import Said, statements
from foedus.terms.words import large
from foedus.web.pages.changes import Change
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.told import Told, told_item
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import figure


@dataclass(frozen=True, slots=True)
class TopicPage:
    """The page."""

    frame: Frame
    title: str
    lead: str
    rows: tuple[Told, ...]


def topic_page(visit: Visit, name: str) -> TopicPage:
    """The page of a topic, by its id. NotFound, with the nearest, where the record lists no such topic."""
    said = statements(visit.questions, topic=name)
    return TopicPage(
        frame(visit, visit.to.path("topic", name), "topics", _changes(said)),
        large(visit.record.about.topics[name]),
        _lead(said),
        tuple(told_item(visit, item) for item in said.items),
    )


def _changes(said: Said) -> tuple[Change, ...]:
    """The days on which something was said or done."""
    days = [(item.when.latest, item.kind) for item in said.items if item.when is not None]
    return tuple(Change(day, kind) for day, kind in sorted(days))


def _lead(said: Said) -> str:
    if not said.items:
        return "Nothing on it is on record. That is not to say that nothing was said or done."
    spoken = sum(item.kind == "statement" for item in said.items)
    mute = sum(len(item.silences) for item in said.items)
    silent = f", and {figure(mute, 'silence')}" if mute else ""
    entries = figure(len(said.items), "entry", "entries")
    return f"{entries} in order of time, {figure(spoken, 'statement')} among them{silent}."
