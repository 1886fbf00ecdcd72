"""The organisations that are served, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, figure


@dataclass(frozen=True, slots=True)
class Line:
    """One organisation."""

    link: Link
    short: str
    natives: tuple[tuple[str, str], ...]
    counts: str
    record_to: date


@dataclass(frozen=True, slots=True)
class HomePage:
    """The page."""

    here: str
    lines: tuple[Line, ...]


def home_page(visits: Sequence[Visit]) -> HomePage:
    """One line for each organisation."""
    here = visits[0].to.home() if visits else "/"
    return HomePage(here, tuple(_line(visit) for visit in visits))


def _line(visit: Visit) -> Line:
    about = visit.organisation.record.about
    entries = figure(len(visit.record.entries), "entry", "entries")
    articles = sum(len(instrument.articles) for instrument in visit.charter.instruments)
    return Line(
        Link(about.name, visit.to.overview()),
        about.short,
        tuple(about.native.items()),
        f"{figure(articles, 'article')}, {entries}",
        about.record_to,
    )
