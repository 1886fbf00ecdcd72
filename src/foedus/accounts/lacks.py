"""What the record does not hold of a session: said only where it does not claim to hold every act of that kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.accounts.attendance import Attended
from foedus.accounts.business import Business
from foedus.accounts.calendar import how_held
from foedus.accounts.in_office import InOffice
from foedus.accounts.sourced import Sourced
from foedus.record.about import About
from foedus.record.acts import Session
from foedus.terms.states import state_name
from foedus.terms.words import listed


def lacks(
    about: About,
    session: Sourced[Session],
    there: Attended,
    done: Business,
    *,
    said: bool,
    offices: Sequence[InOffice],
    opened: bool,
) -> tuple[str, ...]:
    """Each thing a reader may look for and not find, as part of a sentence. `said`: a statement is on record; `opened`:
    the session opens, or may open, a term for which no hand-over is.
    """

    def open_for(kind: str) -> bool:
        return about.grade(kind, session.entry.when.latest) != "complete"

    found = [*_of_itself(session), *_of_attendance(there, complete=not open_for("attendance"))]
    if open_for("format") and not done.formats and not session.entry.formats:
        found.append("the formats it was held in")
    if open_for("discussion") and not done.discussed:
        found.append("what was on its agenda")
    found += _of_decisions(done, decisions=open_for("decision"), documents=open_for("documents"))
    if open_for("statement") and not said:
        found.append("what was said")
    if opened and open_for("designation"):
        found.append(f"a hand-over of the office opened by it: {listed([o.title for o in offices])}")
    if offices and not any(office.expected for office in offices):
        found.append("a source's word on who chaired it")
    return tuple(found)


def _of_itself(session: Sourced[Session]) -> Iterator[str]:
    if all(witness.strength is None for witness in session.witnesses):
        yield "a source's word that it was held: those read only speak of it beforehand, deny it or are silent"
    if session.entry.when.vague:
        yield "the day it was held on"
    if len(session.entry.types) > 1:
        yield "of which type it was"
    if how_held(session.entry) is None:
        yield "where and how it was held"


def _of_attendance(there: Attended, *, complete: bool) -> Iterator[str]:
    if not there.recorded:
        if not complete:
            yield "who was there"
        return
    unheard = [state_name(seat.state) for seat in there.seats if not seat.how]
    if unheard and not complete:
        yield f"whether {listed(unheard, 'or')} was there"
    came = [seat for seat in there.seats if seat.how and seat.how != ("absent",)]
    nameless = [state_name(seat.state) for seat in came if not seat.named]
    if nameless:
        yield f"the names of who sat for {listed(nameless)}: where a name is shown, it is the rule's"


def _of_decisions(done: Business, *, decisions: bool, documents: bool) -> Iterator[str]:
    if not done.decided and decisions:
        yield "what was decided"
    elif documents and all(count.entry.adopted is None for count in done.documents):
        yield "how many documents were adopted"
    for draft in done.failed:
        if draft.entry.outcome == "not adopted":
            yield f"how the other delegations stood on: {draft.entry.what}"
