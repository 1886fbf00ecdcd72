"""How much power each member of an organ had over time, by the rule in force: drawn, and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foedus.accounts.deciders import deciders
from foedus.accounts.powers import name as called
from foedus.accounts.powers import powers
from foedus.problems import BadInput, NotFound
from foedus.web.figures.curves import Curves, curves
from foedus.web.figures.scale import Scale
from foedus.web.pages.deciding import Choice, Option, organs_deciding
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.visit import Visit

MOST_DAYS = 12  # of which each is reckoned while somebody waits
MOST_MEMBERS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One member, and its share on each day; empty where it had no vote."""

    member: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PowerPage:
    """The page; `without` are days on which it cannot be reckoned, with why."""

    frame: Frame
    title: str
    action: str
    organs: Choice
    days: tuple[date, ...]
    figure: Curves | None
    rows: tuple[Row, ...]
    without: tuple[tuple[date, str], ...]


def power_page(visit: Visit, asked: Mapping[str, str]) -> PowerPage:
    """Shapley and Shubik's index of each member on the first of January of up to twelve years, in even steps."""
    organs = organs_deciding(visit)
    organ = asked["organ"] if asked.get("organ") in organs else organs[0] if organs else ""
    found: dict[date, dict[str, float]] = {}
    without: list[tuple[date, str]] = []
    for day in _days(visit, organ):
        shares = _shares(visit, organ, day)
        if isinstance(shares, str):
            without.append((day, shares))
        else:
            found[day] = shares
    days = tuple(found)
    members = sorted({m for each in found.values() for m in each}, key=called)
    table = {m: [each.get(m) for each in found.values()] for m in members}
    options = tuple(Option(o, visit.standing.title(o), o == organ) for o in organs)
    return PowerPage(
        frame(visit, visit.to.path("power"), "decisions"),
        visit.standing.title(organ) if organ else visit.organisation.record.about.name,
        visit.to.path("power"),
        Choice("organ", "Organ", options),
        days,
        curves(days, table, called) if len(days) > 1 else None,
        tuple(
            Row(called(m), tuple("" if s is None else f"{s:.2%}" for s in row)) for m, row in table.items()
        ),
        tuple(without),
    )


def _days(visit: Visit, organ: str) -> tuple[date, ...]:
    starts = [c.period.start for c in visit.standing.compositions(organ)]
    first = min(starts, default=visit.on)
    last = visit.record.about.record_to
    return tuple(Scale(first, last).years(MOST_DAYS)) if first < last else ()


def _shares(visit: Visit, organ: str, day: date) -> dict[str, float] | str:
    """Each member's share; or in a sentence why there is none."""
    try:
        by = deciders(visit.questions, visit.organisation.weights, organ, day)
        if len(by.voters) > MOST_MEMBERS:
            return "There are too many members to reckon it while one waits: ask the command line."
        found = powers(visit.questions, by, day, ["shapley-shubik"])
    except NotFound:
        return "By which rule it decided then is not on file, or the matter has to be named."
    except BadInput as error:
        return error.problems[0].what
    return {member: float(share) for member, share in found.members("shapley-shubik")}
