"""What a name means that somebody wrote: the whole of one, or as much of it as no other name begins with; and by what
name somebody is told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.problems import NotFound
from foedus.record.acts import Person
from foedus.terms.states import state_name
from foedus.terms.words import folded, listed, possessive


def meant(what: str, name: str, calls: Mapping[str, str], known: Iterable[str] = ()) -> str:
    """What is called `name`. `calls` leads from each name a thing goes by to the thing; `what` it is, in words.

    Case, hyphens and spaces make no difference, and a whole name comes before a beginning. NotFound where it begins
    none, with the nearest of `known` (or else of the names); and where it begins several, with what it may be.
    """
    wanted = plain_name(name)
    whole = {thing for called, thing in calls.items() if plain_name(called) == wanted}
    begun = {thing for called, thing in calls.items() if wanted and plain_name(called).startswith(wanted)}
    found = sorted(whole or begun)
    if not found:
        raise NotFound(what, name, tuple(known) or tuple(calls))
    if len(found) > 1:
        hint = f"It may be {listed(found, 'or')}. Write more of its name."
        raise NotFound(f"single {what}", name, found, hint)
    return found[0]


def plain_name(name: str) -> str:
    """A name in small letters without accents, with spaces for hyphens: as it is compared with others."""
    return " ".join(folded(name).replace("-", " ").split())


def speaker(who: Person) -> str:
    """Who spoke or acted, as far as it is known: the person, else the office (`Armenia's government`), the body or the
    state.
    """
    state = state_name(who.state) if who.state else ""
    office = f"{possessive(state)} {who.office}" if state and who.office else who.office
    return who.person or office or who.org or state or "somebody"


def in_text(who: Person) -> str:
    """Whoever acted, or was asked, as running text names them: a body by its name alone has its article."""
    name = speaker(who)
    bare = name == who.org and name[:1].isupper() and not name.startswith("The ")
    return f"the {name}" if bare else name


def speaker_of(who: Person) -> str:
    """What else is known of whoever spoke: the office, the state, the body; empty where nothing is."""
    of_the_state = bool(who.state) and not (who.office and not who.person)
    parts = (who.office if who.person else "", state_name(str(who.state)) if of_the_state else "", who.org)
    return ", ".join(part for part in parts if part and part != speaker(who))


def named(who: Person) -> str:
    """Whoever spoke or acted with what else is known of them: `Sergei Lavrov (foreign minister, Russia)`."""
    more = speaker_of(who)
    return f"{speaker(who)} ({more})" if more else speaker(who)


def named_in_text(who: Person) -> str:
    """The same in running text."""
    more = speaker_of(who)
    return f"{in_text(who)} ({more})" if more else in_text(who)
