"""Names of states and persons that lead to their pages. Whoever has no page, since no entry names them, is a word."""

from __future__ import annotations

from foedus.accounts.mentions import mentions
from foedus.engine.reasons import Holder
from foedus.record.acts import Person
from foedus.terms.states import state_name
from foedus.terms.words import slug
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link

NOBODY, UNNAMED = Link("nobody"), Link("not named")


def state_link(visit: Visit, code: str | None) -> Link:
    """A state's name; nothing for none."""
    if code is None:
        return Link("")
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


def speaker_links(visit: Visit, who: Person) -> tuple[Link, ...]:
    """Whoever spoke or acted: the person; else the office or the body, and its state; else the state."""
    if who.person:
        return (person_link(visit, who.person),)
    state = (state_link(visit, who.state),) if who.state else ()
    return (Link(who.office or who.org), *state) if who.office or who.org else state
