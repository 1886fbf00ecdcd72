"""An organ: its seats on the day, the rules that compose it, and who else may attend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.charter.kinds import Attendance, Composition, Organ, Sessions
from foedus.problems import NotFound
from foedus.terms.words import large, listed, spaced
from foedus.web.pages.changes import changes, seats_of
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.seats import Seats, seats
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, count, figure


@dataclass(frozen=True, slots=True)
class Composed:
    """One version of the rule that composes the organ."""

    link: Link
    says: str
    start: date
    end: date | None
    basis: str
    now: bool


@dataclass(frozen=True, slots=True)
class OrganPage:
    """The page."""

    frame: Frame
    title: str
    rank: str
    lead: str
    seats: Seats
    compositions: tuple[Composed, ...]
    may_attend: str
    types: str
    sessions: Link
    offices: tuple[Link, ...]


def organ_page(visit: Visit, name: str) -> OrganPage:
    """The page of an organ. NotFound where no rule composes it."""
    standing, to = visit.standing, visit.to
    if name not in standing.organs():
        raise NotFound(f"organ of {visit.organisation.name}", name, standing.organs())
    table = seats(visit, visit.questions.who(name, visit.on))
    held = sum(session.organ == name for session in visit.sessions)
    offices = (n for n in standing.offices() if standing.office_rules(n)[0].says.of == name)
    return OrganPage(
        frame(visit, to.path("organ", name), f"organ {name}", changes(visit, seats_of(visit, name))),
        standing.title(name),
        next((r.says.rank or "" for r in visit.charter.of_kind(Organ) if r.says.organ == name), ""),
        _lead(table),
        table,
        tuple(_composed(visit, name)),
        _may_attend(visit, name),
        _types(visit, name),
        Link(figure(held, "session") + " on record", to.sessions()),
        tuple(Link(standing.title(n), to.office(n)) for n in offices),
    )


def _lead(table: Seats) -> str:
    if not table.rows:
        return "No seat is filled on this day."
    if table.common is not None:
        all_are = "It is" if len(table.rows) == 1 else "Each is"
        return f"{large(count(len(table.rows), 'seat'))}. {all_are} {table.common.word}."
    words = [row.sure.word for row in table.rows]
    kinds = [f"{words.count(word)} {word}" for word in dict.fromkeys(words)]
    return f"{large(count(len(table.rows), 'seat'))}: {listed(kinds)}."


def _composed(visit: Visit, name: str) -> list[Composed]:
    return [
        Composed(
            Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id)),
            _sits(rule.says),
            rule.period.start,
            rule.period.end,
            rule.says.basis,
            rule.period.holds(visit.on),
        )
        for rule in reversed(visit.standing.compositions(name))
    ]


def _sits(rule: Composition) -> str:
    instead = f", or the {spaced(rule.or_.role)} where {rule.or_.where}" if rule.or_ else ""
    classes = ", ".join(f"{count} {name}" for name, count in rule.classes.items())
    return f"{classes or rule.seats}: the {spaced(rule.holder)}{instead}"


def _may_attend(visit: Visit, name: str) -> str:
    rules = (r.says for r in visit.charter.of_kind(Attendance) if r.period.holds(visit.on))
    roles = [spaced(role) for rule in rules if rule.organ == name for role in rule.may_attend]
    return listed(roles)


def _types(visit: Visit, name: str) -> str:
    rules = (r.says for r in visit.charter.of_kind(Sessions) if r.period.holds(visit.on))
    return listed([spaced(kind) for rule in rules if rule.organ == name for kind in rule.types])
