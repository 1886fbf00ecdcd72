"""Names between charter and record: what an entry names the charter must know, and the other way round."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import get_args

from foedus.charter.charter import Charter
from foedus.charter.kinds import AnyRule, Composition, Office, Organ, Sessions
from foedus.charter.kinds import Membership as MembershipRule
from foedus.charter.readings import readings_of
from foedus.engine.months import term_of
from foedus.engine.offices import version_on
from foedus.engine.standing import ORGANISATION
from foedus.problems import Problem, enough, suggest
from foedus.record.acts import (
    Adhesion,
    Affiliation,
    Announced,
    AnyAct,
    Appointment,
    Attendance,
    Body,
    Cited,
    Decided,
    Description,
    Designation,
    Determination,
    Discussion,
    Documents,
    Entry,
    Expect,
    Format,
    Mandate,
    Meeting,
    Membership,
    Report,
    Representation,
    Request,
    Response,
    Session,
    Statement,
    TreatyAction,
    Turn,
    kind_of,
)
from foedus.record.record import Record
from foedus.terms.offices import GUEST, Role
from foedus.terms.states import state_name
from foedus.terms.words import listed
from foedus.written import Written


def disagreements(
    charter: Charter, record: Record, head: Written, refused: Collection[str] = ()
) -> list[Problem]:
    """Every name that one of the two uses and the other does not define; every link to an act of the wrong kind.
    Names that may stand in what was `refused` are taken for defined.
    """
    check = _Check(charter, record, refused)
    problems = enough(problem for entry in record.entries for problem in check.entry(entry))
    return [*problems, *enough(check.sources()), *enough(check.coverage(head))]


def disagreements_of(entries: Iterable[AnyAct], charter: Charter, record: Record) -> list[Problem]:
    """Those of some entries of a record alone."""
    check = _Check(charter, record, ())
    return list(enough(problem for entry in entries for problem in check.entry(entry)))


# What an entry's fields point to, and what they name; None is nothing to check.
_POINTS: Mapping[type[Entry], tuple[tuple[str, type[Entry]], ...]] = {
    TreatyAction: (("at", Session),),
    Appointment: (("at", Session),),
    Body: (("at", Session),),
    Announced: (("at", Session),),
    Attendance: (("session", Session),),
    Meeting: (("before", Session),),
    Format: (("session", Session), ("after", Format)),
    Discussion: (("session", Session),),
    Decided: (("session", Session),),
    Documents: (("session", Session),),
    Adhesion: (("to", Decided),),
    Designation: (("opened_by", Session),),
    Expect: (("at", Session),),
    Response: (("to", Request), ("at", Session)),
    Determination: (("of", Request),),
    Mandate: (("at", Session),),
    Report: (("at", Session),),
    Statement: (("session", Session),),
}
_NAMES: Mapping[type[Entry], tuple[tuple[str, str], ...]] = {
    Membership: (("of", "membership"),),
    Representation: (("of", "membership"),),
    TreatyAction: (("of", "membership"),),
    Affiliation: (("of", "organ or organisation"),),
    Appointment: (("office", "office"),),
    Body: (("of", "organ or organisation"),),
    Session: (("organ", "organ"),),
    Announced: (("organ", "organ"),),
    Designation: (("office", "office"),),
    Turn: (("office", "office"),),
    Expect: (("office", "office"),),
}


# How the terms of an office come about, and the kind of act that says who holds one.
_OPENED = {"session": "sessions open", "appointment": "appointments open", "month": "go round by the month"}
_RECORDED = {"session": "a designation", "appointment": "an appointment", "month": "a turn"}

# What there cannot have been before any text was signed.
_OF_ORGANISATION = (Session, Membership, Designation, Turn, Appointment)


class _Check:
    def __init__(self, charter: Charter, record: Record, refused: Collection[str]) -> None:
        self.refused = refused
        self.charter, self.record = charter, record
        self.offices = {rule.says.office: rule.says for rule in charter.of_kind(Office)}
        self.organs = {rule.says.organ for rule in charter.of_kind(Organ)}
        self.memberships = {rule.says.of for rule in charter.of_kind(MembershipRule)}
        self.types = {
            (rule.says.organ, kind) for rule in charter.of_kind(Sessions) for kind in rule.says.types
        }
        texts = (
            (text.signed, instrument.short) for instrument in charter.instruments for text in instrument.texts
        )
        self.first = min(texts, default=None) if not refused else None  # a text that was refused may be older
        self.known: Mapping[str, Collection[str]] = {
            "membership": self.memberships,
            "office": self.offices,
            "organ": self.organs,
            "organ or organisation": {*self.organs, ORGANISATION},
        }

    def entry(self, entry: AnyAct) -> Iterator[Problem]:
        """What is wrong with the names an entry uses and with what it points to."""
        for topic in entry.topics:
            if topic not in self.record.about.topics:
                said = f"“{entry.id}” names the topic “{topic}”, which the record's head does not list."
                yield self._problem(entry, said, suggest(topic, self.record.about.topics))
        for field, what in _NAMES.get(type(entry), ()):
            yield from self._known(entry, getattr(entry, field), self.known[what], what)
        for field, kind in _POINTS.get(type(entry), ()):
            yield from self._kind(entry, getattr(entry, field), kind)
        yield from self._otherwise(entry)
        yield from self._before_any_text(entry)

    def _before_any_text(self, entry: AnyAct) -> Iterator[Problem]:
        """What an organisation, its organs or its officers did before any of its texts was signed."""
        when = next((when for name, when in entry.dates if name != "until"), None)
        if isinstance(entry, _OF_ORGANISATION) and self.first is not None and when is not None:
            signed, instrument = self.first
            if when.latest < signed:
                said = f"“{entry.id}” is of {when}, and no text was signed before {signed} ({instrument})."
                yield self._problem(
                    entry, said, "Correct the date, or write down the text it was done under."
                )

    def _otherwise(self, entry: AnyAct) -> Iterator[Problem]:
        """What takes more than one field to see."""
        match entry:
            case Session():
                yield from self._types(entry, entry.organ, entry.types)
            case Announced() if entry.type is not None:
                yield from self._types(entry, entry.organ, (entry.type,))
            case Designation():
                yield from self._designation(entry)
            case Appointment():
                yield from self._goes_to(entry, entry.office, "appointment", "appoints to")
            case Turn():
                yield from self._goes_to(entry, entry.office, "month", "gives a turn of")
                yield from self._in_one_term(entry)
            case Membership():
                yield from self._class(entry)
            case Attendance():
                for row in entry.rows:
                    capacities = {*get_args(Role), GUEST, *self.offices}
                    yield from self._known(entry, row.capacity or GUEST, capacities, "capacity")
            case Request():
                yield from self._cited(entry, entry.invokes)
            case Response():
                yield from self._cited(entry, entry.under)
            case Report():
                yield from self._kind(entry, entry.of, Mandate, Request)
            case Description():
                yield from self._cited(entry, Cited(instrument=entry.instrument, article=entry.article))
            case _:
                pass

    def _types(self, entry: AnyAct, organ: str, kinds: Collection[str]) -> Iterator[Problem]:
        known = {kind for of, kind in self.types if of == organ}
        for kind in kinds if organ in self.organs else ():
            yield from self._known(entry, kind, known, "type of session")

    def _cited(self, entry: AnyAct, cited: Cited | None) -> Iterator[Problem]:
        """An article that an entry cites."""
        if cited is None:
            return
        known = {instrument.id for instrument in self.charter.instruments}
        yield from self._known(entry, cited.instrument, known, "instrument")
        found = self.charter.instrument(cited.instrument)
        if found is not None and found.articles and cited.article is not None:
            yield from self._known(entry, str(cited.article), {a.number for a in found.articles}, "article")

    def _goes_to(self, entry: AnyAct, name: str, opened_by: str, does: str) -> Iterator[Problem]:
        """An office whose terms are opened otherwise than this kind of act supposes."""
        office = self.offices.get(name)
        if office is not None and office.term.opened_by != opened_by:
            said = f"“{entry.id}” {does} the office “{name}”, whose terms {_OPENED[office.term.opened_by]}."
            yield self._problem(entry, said, f"Record {_RECORDED[office.term.opened_by]}.")

    def _in_one_term(self, entry: Turn) -> Iterator[Problem]:
        """A turn on a day so vague that it may lie in either of two terms."""
        rules = sorted(
            (r for r in self.charter.of_kind(Office) if r.says.office == entry.office),
            key=lambda r: r.period.start,
        )
        if not rules or rules[0].says.term.opened_by != "month":
            return
        first, last = (term_of(rules, day) for day in (entry.when.earliest, entry.when.latest))
        if first is None or first != last:
            what = "lies in no term" if last is None else "may lie in one term or another"
            said = f"“{entry.id}” is a turn of “{entry.office}” on a day that {what}."
            yield self._problem(entry, said, "Say a day within its term.")

    def _class(self, entry: Membership) -> Iterator[Problem]:
        """A class of members that the seats have not, or none where they have; and whose seat is gone on with."""
        composed = [r.says for r in self.charter.of_kind(Composition) if r.says.of == entry.of]
        known = {name for says in composed for name in says.classes}
        if entry.as_ is not None:
            yield from self._known(entry, entry.as_, known, "class of members")
        elif known and entry.status == "member":
            yield self._problem(
                entry, f"“{entry.id}” does not say in which class of members.", suggest("", known)
            )
        if entry.continues == entry.party:
            said = f"“{entry.id}” has {state_name(entry.party)} go on with its own seat."
            yield self._problem(entry, said, "Name the state whose seat it was, or leave out “continues”.")
            return
        before = (
            e for e in self.record.of_kind(Membership) if (e.of, e.party) == (entry.of, entry.continues)
        )
        if entry.continues and not any(e.until == entry.from_ for e in before):
            said = f"“{entry.id}” goes on with the seat of {state_name(entry.continues)}, which does not end on its first day."
            yield self._problem(entry, said, "Record until when that state had it.")

    def _designation(self, entry: Designation) -> Iterator[Problem]:
        session = self.record.by_id.get(entry.opened_by)
        versions = [rule for rule in self.charter.of_kind(Office) if rule.says.office == entry.office]
        if not versions or not isinstance(session, Session):
            return
        rule = version_on(sorted(versions, key=lambda v: v.period.start), session.when.latest).says
        where = rule.term.where
        if where is not None and rule.unless is None:
            said = f"“{entry.id}” hands over the office “{entry.office}”, whose rule “{rule.id}” knows no hand-over."
            yield self._problem(entry, said, "Give that rule an “unless”, or take the entry out.")
        elif where is None:
            opened = rule.term.opened_by
            said = f"“{entry.id}” hands over the office “{entry.office}”, whose terms {_OPENED[opened]}."
            yield self._problem(entry, said, f"Record {_RECORDED[opened]}.")
        elif session.organ != where.organ or where.type not in session.types:
            said = f"“{entry.id}” is for a term opened by “{session.id}”, which is no {where.type} session."
            yield self._problem(
                entry, said, f"A term opens with a session of {where.organ} that is {where.type}."
            )

    def sources(self) -> Iterator[Problem]:
        """Sources that rules and texts name and sources.yaml does not hold."""
        for rule in self.charter.rules:
            for source in (*rule.says.sources, *_of_readings(rule.says)):
                if source not in self.record.sources and source not in self.refused:
                    said = f"The rule “{rule.says.id}” names the source “{source}”, which is not in sources.yaml."
                    yield Problem(rule.file, rule.line, said, suggest(source, self.record.sources))
        for instrument in self.charter.instruments:
            for text in instrument.texts:
                for source in text.sources:
                    if source not in self.record.sources and source not in self.refused:
                        said = f"The text “{text.name}” names the source “{source}”, which is not in sources.yaml."
                        yield Problem(instrument.file, text.line, said, suggest(source, self.record.sources))

    def coverage(self, head: Written) -> Iterator[Problem]:
        """Names in what the record says of how complete it is."""
        known = {
            "type": {kind for _, kind in self.types},
            "organ": self.organs,
            "of": self.memberships,
            "office": set(self.offices),
            "role": set(get_args(Role)),
        }
        for index, line in enumerate(self.record.about.coverage):
            for key, value in line.where.model_dump(exclude_none=True).items():
                if key in known and value not in known[key] and value not in self.refused:
                    said = f"The coverage of {line.kind} names the {key} “{value}”, which the charter does not know."
                    yield head.problem(("coverage", index, "where", key), said, suggest(value, known[key]))

    def _known(self, entry: AnyAct, name: str, known: Collection[str], what: str) -> Iterator[Problem]:
        if name not in known and name not in self.refused:
            said = f"“{entry.id}” names the {what} “{name}”, which the charter does not know."
            yield self._problem(entry, said, suggest(name, known))

    def _kind(self, entry: AnyAct, name: str | None, *kinds: type[Entry]) -> Iterator[Problem]:
        found = self.record.by_id.get(name) if name else None
        if found is not None and not isinstance(found, kinds):
            what = f"“{entry.id}” points to “{name}”, which is a {found.kind}."
            yield self._problem(entry, what, f"It takes a {listed([kind_of(k) for k in kinds], 'or')}.")

    def _problem(self, entry: AnyAct, what: str, remedy: str) -> Problem:
        place = self.record.places[entry.id]
        return Problem(place.file, place.line, what, remedy)


def _of_readings(says: AnyRule) -> Iterator[str]:
    """The sources that a rule's readings name, for themselves and for who holds them."""
    for reading in readings_of(says):
        yield from reading.sources
        for holding in reading.held_by:
            yield from holding.sources
