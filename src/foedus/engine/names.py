"""What a name means that somebody wrote: the whole of one, or as much of it as no other name begins with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.problems import Ambiguous, NotFound
from foedus.terms.words import folded


def meant(what: str, name: str, calls: Mapping[str, str], known: Iterable[str] = ()) -> str:
    """What is called `name`. `calls` leads from each name a thing goes by to the thing; `what` it is, in words.

    Case, hyphens and spaces make no difference, and a whole name comes before a beginning. Ambiguous, with what it
    may be, where it begins several; NotFound, with the nearest of `known` (or else of the names), where it begins none.
    """
    wanted = folded(name)
    whole = {thing for called, thing in calls.items() if folded(called) == wanted}
    begun = {thing for called, thing in calls.items() if wanted and folded(called).startswith(wanted)}
    found = sorted(whole or begun)
    if not found:
        raise NotFound(what, name, tuple(known) or tuple(calls))
    if len(found) > 1:
        raise Ambiguous(what, name, found)
    return found[0]
