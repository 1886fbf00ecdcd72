"""An organ: its seats on the day, the rules that compose it, and who else may attend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Attendance, Composition, Organ, Sessions
from foedus.charter.say import say
from foedus.problems import NotFound
from foedus.terms.words import large, listed, spaced
from foedus.web.pages.changes import Change, changes, seats_of
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.organs import organ_rules, organs_of, sort_of
from foedus.web.pages.seats import Seats, seats
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, count, figure


@dataclass(frozen=True, slots=True)
class Composed:
    """One version of the rule that the organ exists by, or that composes it."""

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
    sort: str
    lead: str
    seats: Seats | None
    founded: tuple[Composed, ...]
    compositions: tuple[Composed, ...]
    may_attend: str
    types: str
    sessions: Link
    offices: tuple[Link, ...]


def organ_page(visit: Visit, name: str) -> OrganPage:
    """The page of an organ. NotFound where the charter names no such organ."""
    standing, to = visit.standing, visit.to
    if name not in organs_of(standing):
        raise NotFound(f"organ of {visit.organisation.name}", name, organs_of(standing))
    composed = name in standing.organs()
    table = seats(visit, visit.questions.who(name, visit.on)) if composed else None
    held = sum(session.organ == name for session in visit.sessions)
    offices = (n for n in standing.offices() if standing.office_rules(n)[0].says.of == name)
    return OrganPage(
        frame(visit, to.path("organ", name), "organs", _changes(visit, name)),
        standing.title(name),
        sort_of(standing, name),
        _lead(table),
        table,
        tuple(_founded(visit, name)),
        tuple(_composed(visit, name)),
        _may_attend(visit, name),
        _types(visit, name),
        Link(figure(held, "session") + " on record", to.sessions()),
        tuple(Link(standing.title(n), to.office(n)) for n in offices),
    )


def _changes(visit: Visit, name: str) -> tuple[Change, ...]:
    """The days on which a seat was filled anew; of an organ that no rule composes, those of its sessions."""
    if name in visit.standing.organs():
        return changes(visit, seats_of(visit, name))
    return changes(visit, (), [session for session in visit.sessions if session.organ == name])


def _lead(table: Seats | None) -> str:
    if table is None:
        return "The charter, as far as its rules are written out, does not say who sits in it."
    if not table.rows:
        return "No seat is filled on this day."
    if table.common is not None and table.common.word == "unknown":
        return f"{large(count(len(table.rows), 'seat'))}; who fills them is not in the record."
    if table.common is not None:
        all_are = "It is" if len(table.rows) == 1 else "Each is"
        return f"{large(count(len(table.rows), 'seat'))}. {all_are} {table.common.word}."
    words = [row.sure.word for row in table.rows]
    kinds = [f"{words.count(word)} {word}" for word in dict.fromkeys(words)]
    return f"{large(count(len(table.rows), 'seat'))}: {listed(kinds)}."


def _founded(visit: Visit, name: str) -> list[Composed]:
    return [
        _version(visit, rule, say(visit.charter, rule.says)) for rule in organ_rules(visit.standing, name)
    ]


def _composed(visit: Visit, name: str) -> list[Composed]:
    return [_version(visit, rule, _sits(rule.says)) for rule in reversed(visit.standing.compositions(name))]


def _version(visit: Visit, rule: RuleInForce[Organ] | RuleInForce[Composition], says: str) -> Composed:
    return Composed(
        Link(rule.citation, visit.to.article(rule.instrument, rule.article, rule.says.id)),
        says,
        rule.period.start,
        rule.period.end,
        rule.says.basis,
        rule.period.holds(visit.on),
    )


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
