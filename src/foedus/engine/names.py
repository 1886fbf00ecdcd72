"""What a name means that somebody wrote: the whole of one, or as much of it as no other name begins with; and by what
name somebody is told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.problems import NotFound
from foedus.record.acts import Person
from foedus.terms.states import state_name
from foedus.terms.words import folded, listed


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
    """Who spoke or acted, as far as it is known: the person, else the office, the body or the state."""
    return who.person or who.office or who.org or (state_name(who.state) if who.state else "somebody")
