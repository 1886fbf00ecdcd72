"""One session: everything on record of it, and what the record does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foedus.accounts.attendance import Attended, attended
from foedus.accounts.belonging import parts_of, stands_for
from foedus.accounts.business import Asked, Business, business, requests
from foedus.accounts.calendar import how_held, named, neighbours
from foedus.accounts.in_office import InOffice, in_office, opens_term
from foedus.accounts.items import Item, items
from foedus.accounts.lacks import lacks
from foedus.accounts.sourced import Sourced, published, sourced
from foedus.charter.charter import Instrument, Text
from foedus.engine.answers import Basis, Questions
from foedus.engine.findings import Finding, Instance, findings
from foedus.record.acts import Designation, Entry, Session, Silence, Statement
from foedus.record.canonical import plain


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session as the record has it. `texts` are those in force on its last day; `before` and `after` the sessions of
    the same organ beside it; `silences` those on other things than its statements; `opens`: whether it opens a term of
    an office, `surely`, `maybe` or not (empty).
    """

    organisation: str
    session: Sourced[Session]
    organ: str
    texts: tuple[tuple[Instrument, Text], ...]
    before: Session | None
    after: Session | None
    opens: str
    in_office: tuple[InOffice, ...]
    attended: Attended
    business: Business
    statements: tuple[Item, ...]
    silences: tuple[Sourced[Silence], ...]
    handovers: tuple[Sourced[Designation], ...]
    requests: tuple[Asked, ...]
    findings: tuple[tuple[Finding, Instance], ...]
    lacks: tuple[str, ...]
    basis: Basis

    def to_json(self) -> dict[str, Any]:
        """The account as published in `schemas/session.json`."""
        return {
            "organisation": self.organisation,
            "known": self.basis.known.isoformat(),
            "session": self.session.to_json() | session_json(self.session.entry),
            "texts": [{"instrument": i.id, "text": text.name} for i, text in self.texts],
            "previous": _beside(self.before),
            "next": _beside(self.after),
            "opens a term": self.opens or None,
            "in office": [office.to_json() for office in self.in_office],
            "attendance": self.attended.to_json(),
            **self.business.to_json(),
            "statements": [item.to_json() for item in self.statements],
            "silences": [silence.to_json() for silence in self.silences],
            "hand-overs": [handover.to_json() for handover in self.handovers],
            "requests": [request.to_json() for request in self.requests],
            "findings": [_finding_json(*found) for found in self.findings],
            "not in the record": list(self.lacks),
            "basis": self.basis.to_json(),
        }


def session_json(session: Session) -> dict[str, Any]:
    """What a session was, as published: each type it may have been, and how it was held where that is known."""
    return {
        "organ": session.organ,
        "when": plain(session.when),
        "type": list(session.types),
        "city": session.city or None,
        "host": session.host,
        "held": how_held(session),
        "formats": list(session.formats),
    }


def sitting(asked: Questions, name: str) -> Sitting:
    """The account of a session, by its id or a day on which there was just one. NotFound where there is none."""
    session = named(asked, name)
    standing, record = asked.standing, asked.standing.record
    held, parts = sourced(record, session), parts_of(record, session.id)
    there, done, said = (
        attended(asked, session),
        business(record, parts),
        _statements(asked, parts, session.id),
    )
    offices, opens = in_office(asked, session), opens_term(standing.charter, session)
    passed = tuple(sourced(record, entry) for entry in parts if isinstance(entry, Designation))
    spoken = {item.id for item in said}
    silent = (
        entry for entry in parts if isinstance(entry, Silence) and stands_for(record, entry.of) not in spoken
    )
    before, after = neighbours(record, session)
    texts = (
        (instrument, instrument.text_on(session.when.latest)) for instrument in standing.charter.instruments
    )
    return Sitting(
        asked.organisation,
        held,
        standing.title(session.organ),
        tuple((instrument, text) for instrument, text in texts if text is not None),
        before,
        after,
        opens,
        offices,
        there,
        done,
        said,
        tuple(sourced(record, entry) for entry in silent),
        passed,
        requests(record, parts),
        _findings(asked, parts),
        lacks(
            record.about,
            held,
            there,
            done,
            said=bool(said),
            offices=offices,
            opened=bool(opens) and not passed,
        ),
        asked.basis(None),
    )


def _statements(asked: Questions, parts: tuple[Entry, ...], session: str) -> tuple[Item, ...]:
    """What was said at the session, then what was said elsewhere about it or anything that was part of it."""
    ids, record = {entry.id for entry in parts}, asked.standing.record

    def of_it(entry: Entry) -> bool:
        about = entry.about if isinstance(entry, Statement) else ()
        return isinstance(entry, Statement) and (
            entry.id in ids or any(stands_for(record, n) in ids for n in about)
        )

    return tuple(sorted(items(asked, of_it), key=lambda item: item.session != session))


def _findings(asked: Questions, parts: tuple[Entry, ...]) -> tuple[tuple[Finding, Instance], ...]:
    """What the audit says of the session or anything that was part of it."""
    ids = {entry.id for entry in parts}
    return tuple(
        (finding, instance)
        for finding in findings(asked.standing)
        for instance in finding.instances
        if ids & set(instance.entries)
    )


def _finding_json(finding: Finding, instance: Instance) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "shape": finding.shape,
        "rule": finding.rule,
        "citation": finding.citation,
        "on": instance.on.isoformat(),
        "entries": list(instance.entries),
        "says": instance.says,
    }


def _beside(session: Session | None) -> dict[str, Any] | None:
    if session is None:
        return None
    return {"id": session.id, "when": plain(session.when), "city": published(session.city)}
