"""What the record, the charter and the sources have under some words, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from foedus.accounts.calendar import place_of
from foedus.accounts.mentions import mentions
from foedus.accounts.witnesses import source_name
from foedus.accounts.words import says
from foedus.charter.say import say
from foedus.engine.standing import Standing
from foedus.record.acts import Appointment, NationalOffice, Request, Session
from foedus.terms.dates import When, show_day
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced
from foedus.web.index import CALLED_SO, Index, Item, find, index
from foedus.web.pages.entries import noted, session_link
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.organs import organs_of, sort_of
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, Strength, figure, strength

Kind = Literal[
    "state", "person", "office", "organ", "session", "request", "topic", "article", "rule", "entry", "source"
]  # fmt: skip
MOST = 10  # hits shown of a group
_GROUPS: dict[Kind, str] = {
    "state": "States",
    "person": "Persons",
    "office": "Offices",
    "organ": "Organs",
    "session": "Sessions",
    "request": "Requests",
    "topic": "Topics",
    "article": "Articles",
    "rule": "Rules",
    "entry": "Entries",
    "source": "Sources",
}


class Thing(NamedTuple):
    """Something one can look for, by its kind and its name among its kind."""

    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is and where, a word more on it; for entries and sources the day and the strength."""

    link: Link
    more: str = ""
    when: When | None = None
    strength: Strength | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind; `left_out` are so many more."""

    name: str
    title: str
    hits: tuple[Found, ...]
    count: str
    left_out: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page. `whole`: what is found has every word that was asked for; `near`: none of it has just these."""

    frame: Frame
    words: str
    whole: bool
    near: bool
    groups: tuple[Group, ...]


def search_page(visit: Visit, words: str) -> SearchPage:
    """What has these words; a page that says how to ask where there are none."""
    asked = " ".join(words.split())
    hits = find(_index(visit.standing), asked)
    by_kind: dict[Kind, list[str]] = {}
    for hit in hits:
        by_kind.setdefault(hit.what.kind, []).append(hit.what.name)
    called = {hit.what.kind for hit in hits if hit.score >= CALLED_SO}
    kinds = sorted(by_kind, key=lambda kind: (kind not in called, list(_GROUPS).index(kind)))
    return SearchPage(
        frame(visit, visit.to.path("search"), "search", (), asked),
        asked,
        all(hit.whole for hit in hits),
        all(hit.near for hit in hits),
        tuple(_group(visit, kind, by_kind[kind]) for kind in kinds),
    )


def _group(visit: Visit, kind: Kind, names: Sequence[str]) -> Group:
    show = _SHOWN[kind]
    hits = tuple(show(visit, name) for name in names[:MOST])
    return Group(kind, _GROUPS[kind], hits, figure(len(names), "hit"), len(names) - len(hits))


def _index(standing: Standing) -> Index[Thing]:
    return standing.kept("search", lambda: index(_items(standing)))


def _items(standing: Standing) -> Iterator[Item[Thing]]:
    yield from _people(standing)
    for name in standing.offices():
        yield Item(Thing("office", name), (standing.title(name), spaced(name)), "")
    for name in organs_of(standing):
        yield Item(Thing("organ", name), (standing.title(name), spaced(name)), "")
    yield from _law(standing)
    for entry in standing.record.entries:
        days = " ".join(_day_words(when) for _, when in entry.dates)
        if isinstance(entry, Session):
            host = state_name(entry.host) if entry.host else ""
            names = (f"{place_of(entry)} {days}", entry.id)
            text = f"{says(entry)} {standing.title(entry.organ)} {host} {days}"
            yield Item(Thing("session", entry.id), names, text)
        elif isinstance(entry, Request):
            yield Item(Thing("request", entry.id), (entry.id,), f"{says(entry)} {days}")
        else:
            yield Item(Thing("entry", entry.id), (), f"{says(entry)} {days} {entry.id}")
    for name, title in standing.record.about.topics.items():
        yield Item(Thing("topic", name), (title, name), "")
    for name, source in standing.record.sources.items():
        title = source_name(name, source)
        yield Item(Thing("source", name), (title, name), source.published)


def _people(standing: Standing) -> Iterator[Item[Thing]]:
    found, record = mentions(standing), standing.record
    for code in found.states:
        native = [state_name(code, language) for language in record.about.native]
        yield Item(Thing("state", code), (state_name(code), *native, code), "")
    for person, name in found.names.items():
        yield Item(Thing("person", person), (name,), " ".join(_titles(standing, person)))


def _titles(standing: Standing, person: str) -> Iterator[str]:
    """What a person was, latest first."""
    for entry in reversed(mentions(standing).persons[person]):
        if isinstance(entry, NationalOffice):
            yield f"{entry.title} of {state_name(entry.state)}"
        elif isinstance(entry, Appointment):
            yield standing.title(entry.office)


def _law(standing: Standing) -> Iterator[Item[Thing]]:
    charter = standing.charter
    for instrument in charter.instruments:
        for article in instrument.articles:
            names = (f"{instrument.short}, Article {article.number}", article.title)
            yield Item(Thing("article", f"{instrument.id}/{article.number}"), names, article.reading)
    for rule in charter.rules:
        yield Item(Thing("rule", rule.key), (), f"{say(charter, rule.says)} {rule.citation} {rule.says.id}")


def _day_words(when: When) -> str:
    ends = {when.began, when.earliest, when.latest}
    return " ".join(f"{show_day(day)} {day.isoformat()}" for day in ends)


def _state(visit: Visit, code: str) -> Found:
    return Found(Link(state_name(code), visit.to.state(code)), code)


def _person(visit: Visit, person: str) -> Found:
    titles = list(dict.fromkeys(_titles(visit.standing, person)))
    return Found(Link(mentions(visit.standing).names[person], visit.to.person(person)), ", ".join(titles[:2]))


def _office(visit: Visit, name: str) -> Found:
    told = visit.questions.who(name, visit.on).rows[0]
    return Found(Link(visit.standing.title(name), visit.to.office(name)), f"{told.status}: {told.summary()}")


def _organ(visit: Visit, name: str) -> Found:
    return Found(Link(visit.standing.title(name), visit.to.organ(name)), sort_of(visit.standing, name))


def _session(visit: Visit, name: str) -> Found:
    session = visit.record.by_id[name]
    assert isinstance(session, Session)
    kinds = listed([spaced(kind) for kind in session.types], "or")
    more = f"{kinds} session of the {visit.standing.title(session.organ)}"
    return Found(session_link(visit, session), more, None, strength(visit.record.strength(name)))


def _article(visit: Visit, name: str) -> Found:
    instrument, _, number = name.partition("/")
    article, found = visit.charter.article(instrument, number), visit.charter.instrument(instrument)
    assert article is not None
    assert found is not None
    return Found(
        Link(f"{found.short}, Article {number}", visit.to.article(instrument, number)), article.title
    )


def _rule(visit: Visit, key: str) -> Found:
    rule = visit.charter.by_key[key]
    says = say(visit.charter, rule.says)
    href = visit.to.article(rule.instrument, rule.article, rule.says.id)
    return Found(Link(rule.citation, href), f"{says} In force {rule.period}.")


def _entry(visit: Visit, name: str) -> Found:
    entry = visit.record.by_id[name]
    link = Link(large(says(entry)), visit.to.entry(visit.record, name))
    return Found(link, spaced(entry.kind), noted(visit, entry).when, strength(visit.record.strength(name)))


def _topic(visit: Visit, name: str) -> Found:
    return Found(Link(large(visit.record.about.topics[name]), visit.to.topic(name)), name)


def _source(visit: Visit, name: str) -> Found:
    source = visit.record.sources[name]
    published = f", {source.published}" if source.published else ""
    link = Link(source_name(name, source), visit.to.source(name))
    return Found(link, f"{name}{published}", None, strength(source.channel))


_SHOWN: dict[Kind, Callable[[Visit, str], Found]] = {
    "state": _state,
    "person": _person,
    "office": _office,
    "organ": _organ,
    "session": _session,
    "request": _entry,
    "topic": _topic,
    "article": _article,
    "rule": _rule,
    "entry": _entry,
    "source": _source,
}
