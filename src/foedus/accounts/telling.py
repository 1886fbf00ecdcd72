"""A session in sentences, for every face that tells of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from foedus.accounts.business import Business
from foedus.accounts.calendar import how_held
from foedus.accounts.sitting import Sitting
from foedus.record.acts import Session
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced

AUTHORITY = {
    "decided": "decided: a decision is on record",
    "presumed": "presumed: the hand-over is on record, no decision is on file",
    "inferred": "inferred: deduced from other facts",
}


def kinds(session: Session) -> str:
    """`regular`; of a session whose type is not settled each it may be: `regular or informal`."""
    return listed([spaced(kind) for kind in session.types], "or")


def count_of_kinds(sessions: Sequence[Session]) -> str:
    """`3 sessions on record: 2 regular, 1 regular or informal.`"""
    if not sessions:
        return "No session is on record."
    counted = Counter(kinds(session) for session in sessions)
    each = ", ".join(f"{number} {kind}" for kind, number in counted.items())
    return f"{len(sessions)} session{'' if len(sessions) == 1 else 's'} on record: {each}."


def held(session: Session) -> str:
    """`in person`, `online`; empty where it is not known."""
    how = how_held(session)
    return "partly in person, partly online" if how == "hybrid" else how or ""


def lead(told: Sitting) -> tuple[str, ...]:
    """What a session was, who came and what failed, sentence by sentence."""
    session, there = told.session.entry, told.attended
    how = held(session)
    none = "without a host" if how == "online" else "no host on record"
    hosted = f"hosted by {state_name(session.host)}" if session.host else none
    first = f"{large(kinds(session))} session, {f'held {how}, ' if how else ''}{hosted}."
    what = session.what.strip().rstrip(".")
    came = there.count() if there.recorded else ""
    return (first, *(f"{large(part)}." for part in (what, came) if part), *_failed(told.business))


def _failed(done: Business) -> Iterator[str]:
    """One sentence for the drafts that were not adopted, one for those not taken up, with who stopped them."""
    for outcome in dict.fromkeys(draft.entry.outcome for draft in done.failed):
        drafts = [draft.entry for draft in done.failed if draft.entry.outcome == outcome]
        stopped = sorted({state_name(draft.stopped_by) for draft in drafts if draft.stopped_by})
        by = f", for want of the consent of {listed(stopped)}" if stopped else ""
        yield f"{large(listed([draft.what for draft in drafts]))}: {outcome}{by}."


def outcome(done: Business) -> str:
    """What became of the items, in figures: `2 topics discussed, 2 adopted, 2 not adopted`; empty for nothing."""
    topics = sum(len(each.entry.items) for each in done.discussed)
    tally = done.tally()
    parts = [
        f"{topics} topic{'' if topics == 1 else 's'} discussed" if topics else "",
        f"{tally['adopted']} adopted" if done.decided else "",
        f"{tally['not adopted']} not adopted" if done.decided else "",
        f"{tally['not taken up']} not taken up" if tally["not taken up"] else "",
    ]
    return ", ".join(part for part in parts if part)
