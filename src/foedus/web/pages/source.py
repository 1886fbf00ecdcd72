"""A source: its own address, what rests on it, what rests on it alone, what it is on record as silent about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.accounts.sources import OfSource, Resting, Worded, source
from foedus.terms.dates import When
from foedus.terms.languages import language_name
from foedus.terms.words import spaced
from foedus.web.pages.chains import Silent
from foedus.web.pages.entries import noted
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.told import silent_line
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, figure, source_url, strength


@dataclass(frozen=True, slots=True)
class RestingRow:
    """An entry that names the source: how the source tells it, and whether it rests on nothing else."""

    when: When | None
    who: tuple[Link, ...]
    says: str
    told: str
    rests: str
    entry: Link
    strength: Strength


@dataclass(frozen=True, slots=True)
class WordedRow:
    """A rule or a text that names the source for its wording."""

    link: Link
    id: str
    basis: str
    alone: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The page."""

    frame: Frame
    id: str
    name: str
    lead: str
    kind: str
    strength: Strength
    url: str
    published: str
    language: str
    note: str
    entries: Table[RestingRow]
    worded: Table[WordedRow]
    silences: tuple[Silent, ...]


_ENTRIES = (
    Column[RestingRow]("When", "when", lambda row: row.when),
    Column[RestingRow]("Who", "who", lambda row: row.who[0] if row.who else None, spare=True),
    Column[RestingRow]("What", "what", lambda row: row.says),
    Column[RestingRow]("Told", "told", lambda row: row.told, spare=True),
    Column[RestingRow]("Rests", "rests", lambda row: row.rests),
    Column[RestingRow]("Entry and its attribution", "attribution", lambda row: row.strength),
)
_WORDED = (
    Column[WordedRow]("Rule or text", "rule", lambda row: row.link),
    Column[WordedRow]("Wording", "wording", lambda row: row.basis),
    Column[WordedRow]("Rests", "rests", lambda row: not row.alone),
)


def source_page(visit: Visit, name: str) -> SourcePage:
    """The page of a source, by its id. NotFound, with the nearest, where none has it."""
    found = source(visit.questions, name).sources[0]
    page = found.source
    return SourcePage(
        frame(visit, visit.to.path("source", found.id), "sources"),
        found.id,
        found.name,
        _lead(found),
        spaced(page.kind),
        strength(page.channel),
        source_url(page),
        page.published,
        language_name(page.language) if page.language else "",
        page.note,
        table(visit, "entries", _ENTRIES, [_resting(visit, each) for each in found.entries]),
        table(visit, "rules", _WORDED, list(_worded(visit, found))),
        tuple(silent_line(visit, each) for each in found.silences),
    )


def _lead(found: OfSource) -> str:
    if not found.entries:
        return "No entry rests on it."
    rest = figure(len(found.entries), "entry names it", "entries name it")
    alone = (
        figure(len(found.alone), "rests", "rest") + " on it alone"
        if found.alone
        else "none rests on it alone"
    )
    return f"{rest}; {alone}."


def _resting(visit: Visit, each: Resting) -> RestingRow:
    rests = "on it alone" if each.alone else "on others too" if each.supports else "not on it"
    told = noted(visit, visit.record.by_id[each.id])
    return RestingRow(
        each.when,
        told.who,
        told.says,
        "" if each.mode == "plain" else spaced(each.mode),
        rests,
        Link(each.id, visit.to.entry(visit.record, each.id)),
        strength(each.attribution),
    )


def _worded(visit: Visit, found: OfSource) -> Iterator[WordedRow]:
    for each in found.rules:
        rule = visit.charter.by_key[each.id]
        yield _row(each, visit.to.article(rule.instrument, rule.article, rule.says.id))
    for each in found.texts:
        yield _row(each, visit.to.charter())


def _row(each: Worded, href: str) -> WordedRow:
    return WordedRow(Link(each.citation, href), each.id, each.basis, each.alone)
