"""What stands around every page: the masthead, the two dates, the rail, the doors, the basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.charter.kinds import Decision
from foedus.engine.answers import Basis
from foedus.record.acts import Request
from foedus.record.seen import kept_from
from foedus.register.mark import Mark
from foedus.terms.dates import show_day
from foedus.web.figures.rail import Rail, rail
from foedus.web.pages.addresses import Addresses
from foedus.web.pages.changes import Change, all_changes, around
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, short_day


@dataclass(frozen=True, slots=True)
class Section:
    """An item of the main navigation."""

    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything a page shares with all others of its organisation."""

    to: Addresses
    name: str
    short: str
    home: str
    all_organisations: str
    natives: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    search: str
    words: str
    action: str
    on: date
    known: str
    notice: str
    before: Link | None
    after: Link | None
    rail: Rail
    basis: Basis
    then: str  # this page as it is now, whatever is put on record later

    @property
    def kept_from(self) -> str:
        """What of the record is not there for whoever looks, in sentences; empty where that is nothing."""
        return " ".join(kept_from(self.basis.record))


def frame(
    visit: Visit, path: str, section: str, changes: tuple[Change, ...] | None = None, words: str = ""
) -> Frame:
    """The frame of the page at `path`; `changes` are those its doors lead to (default: any change), `words` what was
    searched for.
    """
    about = visit.organisation.record.about
    past, ahead = around(all_changes(visit) if changes is None else changes, visit.on, 1, 1)
    return Frame(
        visit.to,
        about.name,
        about.short,
        visit.to.overview(),
        visit.to.home(),
        tuple(about.native.items()),
        _sections(visit, section),
        visit.to.path("search"),
        words,
        path,
        visit.on,
        str(visit.as_of or visit.questions.known),
        _notice(visit),
        _door(visit, path, past[-1], "← {}") if past else None,
        _door(visit, path, ahead[0], "{} →") if ahead else None,
        rail(
            [(session.when.latest, visit.opens_term(session) != "") for session in visit.sessions],
            _since(visit),
            about.record_to,
            visit.on,
        ),
        visit.questions.basis(visit.on),
        visit.to.at(path, visit.on, _then(visit)),
    )


def _then(visit: Visit) -> str:
    """As known when, so that the answer stays what it is: the register as it is now, or the day asked for."""
    kept = visit.organisation.record.kept
    if visit.asked_known is not None or kept is None:
        return visit.questions.known.isoformat()
    return str(Mark(kept.size, kept.root))


def _since(visit: Visit) -> date:
    """The first day on which anything changed."""
    return next((change.day for change in all_changes(visit)), visit.record.about.record_to)


def _sections(visit: Visit, current: str) -> tuple[Section, ...]:
    to = visit.to
    pages = (
        ("Overview", to.overview()),
        ("Members", to.members()),
        ("Offices", to.offices()),
        ("Organs", to.organs()),
        *([("Bodies", to.bodies())] if visit.standing.bodies() else []),
        *([("Sessions", to.sessions())] if visit.holds_sessions else []),
        *([("Decisions", to.decisions())] if any(visit.charter.of_kind(Decision)) else []),
        *([("Requests", to.requests())] if any(visit.record.of_kind(Request)) else []),
        *([("Topics", to.topics())] if visit.record.about.topics else []),
        ("Charter", to.charter()),
        ("Findings", to.findings()),
        ("Record", to.record()),
        ("Register", to.register()),
        *([("Sources", to.sources())] if visit.record.sources else []),
    )
    return tuple(Section(text, href, text.lower() == current) for text, href in pages)


def _door(visit: Visit, path: str, change: Change, form: str) -> Link:
    text = form.format(f"{short_day(change.day)}, {change.says}")
    return Link(text, visit.to.on_day(path, change.day))


def _notice(visit: Visit) -> str:
    record_to = visit.organisation.record.about.record_to
    runs = f"The record runs to {show_day(record_to)}"
    if visit.on > record_to:
        return f"{runs}: of any day after it nothing is known."
    if visit.asked_on is None and visit.on == record_to:
        return f"{runs}; no other day was asked for, so this page stands there."
    if visit.asked_on is None:
        return f"{runs}; no other day was asked for, so this page stands at today."
    return f"{runs}."
