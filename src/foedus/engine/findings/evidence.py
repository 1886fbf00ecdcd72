"""What the record rests on: what sources say of an answer, and claims that hang on one weak source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from foedus.engine.findings.asked import session_of
from foedus.engine.findings.shapes import Finding, Instance, found
from foedus.engine.sentences import Voice
from foedus.engine.standing import Standing
from foedus.record.acts import Appointment, Decided, Designation, Determination, Entry, Expect, Membership
from foedus.record.evidence import Evidence, Source
from foedus.terms.attribution import CHANNELS
from foedus.terms.dates import ONE_DAY, When
from foedus.terms.states import state_name
from foedus.terms.words import spaced

_CHANGES = (Membership, Designation, Appointment, Decided, Determination)
_WEAK = frozenset(CHANNELS[CHANNELS.index("unnamed-media") :])


def expectations_failed(standing: Standing) -> Iterator[Finding]:
    """What a source says of who held an office, against the answer just before the session."""
    voice = Voice(standing.record, standing.title)
    by_office: dict[str, list[Instance]] = {}
    for expect in standing.record.of_kind(Expect):
        session = session_of(standing.record, expect.at)
        if session is None or expect.office not in standing.offices():
            continue
        began = session.when.began
        segment = standing.office(expect.office).at(began - ONE_DAY if began > date.min else began)
        holders = [p.holder for p in segment.possible if p.holder is not None]
        wanted = expect.holder
        if any(h.state == wanted.state and wanted.person in {"", h.person} for h in holders):
            continue
        said = " or ".join(voice.holder(h) for h in holders) or "nobody"
        expected = " ".join(part for part in (wanted.person, f"({state_name(wanted.state)})") if part)
        says = f"At {voice.session(session.id)} a source has {expected} in office; the answer is {said}."
        instance = Instance(session.when.latest, (expect.id, session.id), says)
        by_office.setdefault(expect.office, []).append(instance)
    for office, instances in by_office.items():
        says = f"What sources say of who was {standing.title(office)} does not agree with the answer."
        yield from found("expectation-failed", None, says, instances)


def weak_source(standing: Standing) -> Iterator[Finding]:
    """What changed an office, a status or what is decided, where one page supports it and is weaker than a named medium,
    or none does: it is recalled, or pages only expected it. What is inferred from pages says so in every answer.
    """
    instances = []
    for kind in _CHANGES:
        for entry in standing.record.of_kind(kind):
            says = _rests_on(standing, entry)
            if says:
                day = _day(standing, entry).latest
                instances.append(Instance(day, (entry.id,), says))
    says = "What changed an office, a status or what is decided rests on one weak source."
    yield from found("weak-source", None, says, instances)


def _rests_on(standing: Standing, entry: Entry) -> str:
    """On what alone an entry rests, in words; empty where it rests on more."""
    sources = standing.record.sources
    if any(e.known == "inferred" for e in entry.evidence):
        return ""
    supporting = [e for e in entry.evidence if e.strength(sources) is not None]
    pages = {e.source for e in supporting if e.source is not None}
    if len(pages) > 1 or standing.record.strength(entry.id) not in _WEAK:
        return ""
    what = _what(standing, entry)
    if not pages:
        recalled = any(e.known == "recalled" for e in supporting)
        how = "recalled, and no page was seen" if recalled else _unsaid(entry.evidence)
        return f"{what} is {how}."
    page = next(e for e in supporting if e.source is not None)
    name = str(page.source)
    return f"{what} rests on one source, {sources[name].title or name} ({_how(page, sources)})."


def _unsaid(evidence: tuple[Evidence, ...]) -> str:
    modes = {e.mode for e in evidence}
    how = (
        "only expected"
        if modes == {"expected"}
        else "only denied"
        if modes == {"denied"}
        else "borne out by none"
    )
    pages = len({e.source for e in evidence})
    word = "of" if how == "borne out by none" else "in"
    return f"{how} {word} the {'page' if pages == 1 else f'{pages} pages'} read"


def _how(page: Evidence, sources: Mapping[str, Source]) -> str:
    return f"{spaced(str(page.strength(sources)))}{', hedged' if page.mode == 'hedged' else ''}"


def _what(standing: Standing, entry: Entry) -> str:
    """What an entry is about, as a subject."""
    voice = Voice(standing.record, standing.title)
    match entry:
        case Membership():
            of = f"the {standing.title(entry.of)}"
            return f"{state_name(entry.party)}, {entry.status} of {of} from {voice.day(entry.from_)},"
        case Designation():
            return f"The hand-over to {state_name(entry.to)} of {voice.day(entry.effective)}"
        case Appointment():
            return f"{entry.person}'s term as {standing.title(entry.office)} from {voice.day(entry.from_)}"
        case Decided():
            return f"The decision of {voice.session(entry.session)} ({entry.what.strip()})"
        case Determination():
            return f"That a request's trigger was found to be given, on {voice.day(entry.when)},"
        case _:
            return f"“{entry.id}”"


def _day(standing: Standing, entry: Entry) -> When:
    session = session_of(standing.record, entry.session) if isinstance(entry, Decided) else None
    return session.when if session is not None else entry.dates[0][1]
