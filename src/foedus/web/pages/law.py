"""Instruments, their texts over time, and their articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markdown_it import MarkdownIt

from foedus.charter.charter import Instrument, Text
from foedus.terms.dates import Period
from foedus.web.figures.versions import Versions, versions
from foedus.web.pages.changes import Change
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.names import source_line
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, SourceLine, figure


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text: when signed and where, when in force, how its wording is known. `now`: in force on the day."""

    name: str
    what: str
    signed: date
    place: str
    period: Period
    basis: str
    note: str
    sources: tuple[SourceLine, ...]
    now: bool


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in the list: its number and title, and what stands under it."""

    link: Link
    title: str
    counts: str


@dataclass(frozen=True, slots=True)
class InstrumentView:
    """An instrument with its texts, drawn and listed, and its articles."""

    id: str
    title: str
    short: str
    texts: tuple[TextRow, ...]
    figure: Versions
    articles: tuple[ArticleLine, ...]
    in_force: str


@dataclass(frozen=True, slots=True)
class CharterPage:
    """The page."""

    frame: Frame
    lead: str
    instruments: tuple[InstrumentView, ...]


def charter_page(visit: Visit) -> CharterPage:
    """The instruments of the organisation."""
    found = tuple(instrument_view(visit, instrument) for instrument in visit.charter.instruments)
    articles = sum(len(view.articles) for view in found)
    lead = (
        f"{figure(len(found), 'instrument')} with {figure(articles, 'article')}, each in plain words beside the rules "
        "that run. Nothing else runs: what no rule says is declared untranslated, and answers that lean on it say so."
    )
    return CharterPage(frame(visit, visit.to.path("charter"), "charter", text_changes(visit)), lead, found)


def text_changes(visit: Visit) -> tuple[Change, ...]:
    """The days on which a text came into force, or no longer was."""
    days: dict[date, list[str]] = {}
    for instrument in visit.charter.instruments:
        for text in instrument.texts:
            days.setdefault(text.period.start, []).append(f"{instrument.short}, {named(text)}")
            if text.period.end is not None and instrument.text_on(text.period.end) is None:
                days.setdefault(text.period.end, []).append(f"{instrument.short} no longer in force")
    return tuple(Change(day, "; ".join(says)) for day, says in sorted(days.items()))


def instrument_view(visit: Visit, instrument: Instrument) -> InstrumentView:
    """An instrument as shown."""
    now = instrument.text_on(visit.on)
    last = max(visit.record.about.record_to, *(text.period.start for text in instrument.texts))
    bars = [(str(text.signed.year), text.signed, text.period) for text in instrument.texts]
    return InstrumentView(
        instrument.id,
        instrument.title,
        instrument.short,
        tuple(_text(visit, text, now=text is now) for text in instrument.texts),
        versions(bars, last, visit.on),
        tuple(_articles(visit, instrument)),
        named(now) if now is not None else "no text in force",
    )


def named(text: Text) -> str:
    """`text of 2018`: a text by the year it was signed in."""
    return f"text of {text.signed.year}"


def _text(visit: Visit, text: Text, *, now: bool) -> TextRow:
    return TextRow(
        text.name,
        text.what,
        text.signed,
        text.place,
        text.period,
        text.basis,
        text.note,
        source_lines(visit, text.sources),
        now,
    )


def source_lines(visit: Visit, names: Iterable[str]) -> tuple[SourceLine, ...]:
    """Sources as shown; names that the record does not list are left out."""
    return tuple(source_line(visit, name) for name in names if name in visit.record.sources)


def _articles(visit: Visit, instrument: Instrument) -> Iterable[ArticleLine]:
    for article in instrument.articles:
        rules = {rule.says.id: rule.says.kind for rule in visit.charter.under(article)}
        untranslated = sum(kind == "untranslated" for kind in rules.values())
        parts = [figure(len(rules) - untranslated, "rule")]
        if untranslated:
            parts.append(figure(untranslated, "clause untranslated", "clauses untranslated"))
        link = Link(article.cited, visit.to.article(instrument.id, article.number))
        yield ArticleLine(link, article.title, ", ".join(parts))


@lru_cache(maxsize=256)
def prose(reading: str) -> str:
    """A plain reading as HTML: no raw HTML, no headings, no images."""
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading", "fence"])
    return str(markdown.render(reading))
