"""Names that lead to their pages: of states, persons, sources, articles. What has no page, since no entry names it, is a
word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from foedus.accounts.mentions import mentions
from foedus.accounts.witnesses import source_name
from foedus.charter.kinds import Organ
from foedus.engine.reasons import Holder
from foedus.engine.standing import Standing
from foedus.record.acts import Cited, Person
from foedus.record.evidence import Source
from foedus.terms.states import state_name
from foedus.terms.words import folded, slug, spaced
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, SourceLine, short_name, source_url, strength

NOBODY, UNNAMED, NOTHING = Link("nobody"), Link("not named"), Link("")


def state_link(visit: Visit, code: str | None) -> Link:
    """A state's name; nothing for none."""
    if code is None:
        return NOTHING
    return Link(state_name(code), visit.to.state(code) if code in mentions(visit.standing).states else "")


def person_link(visit: Visit, name: str) -> Link:
    """A person's name, as it is written where it stands."""
    return Link(name, visit.to.person(name) if slug(name) in mentions(visit.standing).persons else "")


def holder_link(visit: Visit, holder: Holder | None) -> Link:
    """The person, or the state where no person is known; an officer whom nothing names; or nobody."""
    if holder is None:
        return NOBODY
    if holder.person:
        return person_link(visit, holder.person)
    return state_link(visit, holder.state) if holder.state else UNNAMED


def short_link(visit: Visit, holder: Holder | None) -> Link:
    """The same in a word: the state, or the last name of a person without one that matters."""
    if holder is None or holder.state:
        return NOBODY if holder is None else state_link(visit, holder.state)
    return Link(short_name(holder), person_link(visit, holder.person or "").href)


def speaker_links(visit: Visit, who: Person) -> tuple[Link, ...]:
    """Whoever spoke or acted: the person; else the office or the body, and its state; else the state."""
    if who.person:
        return (person_link(visit, who.person),)
    state = (state_link(visit, who.state),) if who.state else ()
    return (titled_link(visit, who.office or who.org), *state) if who.office or who.org else state


def beside_links(visit: Visit, who: Person) -> tuple[Link, ...]:
    """What else is known of a person who spoke or acted: the office, the state, the body."""
    if not who.person:
        return ()
    state = (state_link(visit, who.state),) if who.state else ()
    office = (titled_link(visit, who.office),) if who.office else ()
    return (*office, *state, *((titled_link(visit, who.org),) if who.org else ()))


def titled_link(visit: Visit, words: str) -> Link:
    """An office or a body as an entry calls it; where the charter has an office or an organ of that title, its page."""
    kind, name = visit.standing.kept("titles", lambda: _by_title(visit.standing)).get(folded(words), ("", ""))
    return Link(words, visit.to.page(visit.to.path(kind, name)) if kind else "")


def _by_title(standing: Standing) -> dict[str, tuple[str, str]]:
    """The charter's organs and offices by title, in letters that do not differ by case, as the parts of an address."""
    organs = {folded(rule.says.name): ("organ", rule.says.organ) for rule in standing.charter.of_kind(Organ)}
    return organs | {folded(standing.title(name)): ("office", name) for name in standing.offices()}


def source_link(visit: Visit, name: str) -> Link:
    """A source by its id, as it is called, leading to what rests on it."""
    return Link(source_name(name, visit.record.sources[name]), visit.to.source(name))


def source_line(visit: Visit, name: str) -> SourceLine:
    """A source by its id, as shown in a line."""
    source = visit.record.sources[name]
    return SourceLine(
        source_link(visit, name), source_url(source), source.published, strength(source.channel)
    )


def passing_on(visit: Visit, name: str) -> Link:
    """Whoever passes something on, or said it: the one source that is called so, else the person."""
    source = visit.standing.kept("sources by name", lambda: _by_name(visit.record.sources)).get(name)
    return Link(name, visit.to.source(source)) if source else person_link(visit, name)


def _by_name(sources: Mapping[str, Source]) -> dict[str, str]:
    """The sources that alone have their name."""
    named = [(source_name(name, source), name) for name, source in sources.items()]
    several = Counter(called for called, _ in named)
    return {called: name for called, name in named if several[called] == 1}


def cited_link(visit: Visit, cites: Cited | None, says: str) -> Link:
    """An article that an entry cites, leading to its page where the charter has it; nothing for none."""
    if cites is None:
        return NOTHING
    number = "" if cites.article is None else str(cites.article)
    if visit.charter.article(cites.instrument, number) is not None:
        return Link(says, visit.to.article(cites.instrument, number))
    return Link(says, visit.to.charter() if visit.charter.instrument(cites.instrument) else "")


def topic_link(visit: Visit, topic: str) -> Link:
    """A topic of the record by its id, as its head calls it."""
    return Link(visit.record.about.topics.get(topic, topic), visit.to.topic(topic))


def office_link(visit: Visit, name: str) -> Link:
    """An office of the charter in small letters, leading to who held it; or whatever else somebody was there as."""
    return Link(spaced(name), visit.to.office(name) if name in visit.standing.offices() else "")
