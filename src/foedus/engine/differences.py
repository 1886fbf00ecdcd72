"""What changed in what we believe between two days as known: which answers, over which days, and through which entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foedus.engine.answers import Questions, Told
from foedus.engine.duties import Duty, duties, states_of
from foedus.engine.standing import Standing
from foedus.engine.timelines import Segment, Status, Timeline
from foedus.record.live import repaired
from foedus.terms.states import state_name


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that changed: about what, on which days (`end` first day out, None open), from what to what, and the
    entries through which. `before` and `after` are summaries, each with its status.
    """

    about: str
    start: date
    end: date | None
    before: str
    after: str
    status_before: Status
    status_after: Status
    entries: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The difference as published in `schemas/diff.json`."""
        return {
            "about": self.about,
            "from": self.start.isoformat(),
            "to": self.end.isoformat() if self.end else None,
            "before": {"status": self.status_before, "says": self.before},
            "after": {"status": self.status_after, "says": self.after},
            "entries": list(self.entries),
        }


def differences(before: Questions, after: Questions) -> tuple[Difference, ...]:
    """Every answer that is another as known on the second day than on the first, in order of question and time.

    An answer is another where its status, who is possible, or on what authority is; a reason that rests on more than it
    did is not.
    """
    standings = before.standing, after.standing
    changed = _changed_entries(*standings)
    found = (d for subject in _subjects(*standings) for d in _merged(_differing(subject, standings)))
    return tuple(replace(d, entries=tuple(e for e in d.entries if e in changed)) for d in found)


Subject = tuple[str, str, str]  # office | seat | party | body | duty, its name, whose


def _subjects(*standings: Standing) -> tuple[Subject, ...]:
    subjects: dict[Subject, None] = {}
    for s in standings:
        subjects |= {("party", of, state): None for of in s.memberships() for state in s.parties(of)}
        subjects |= {("office", name, ""): None for name in s.offices()}
        subjects |= {("seat", organ, whose): None for organ in s.organs() for whose in s.seats(organ)}
        subjects |= {("body", name, ""): None for name in s.bodies()}
        subjects |= {("duty", claim, whose): None for claim, whose in _duties(s)}
    return tuple(subjects)


def _timeline(standing: Standing, subject: Subject) -> Timeline | None:
    kind, name, whose = subject
    match kind:
        case "office":
            return standing.office(name)
        case "party":
            return standing.party(whose, name)
        case "body":
            return standing.body(name) if name in standing.bodies() else None
        case "duty":
            owed = _duties(standing).get((name, whose))
            return owed.timeline if owed is not None else None
        case _:
            return standing.seats(name).get(whose) if name in standing.organs() else None


def _duties(standing: Standing) -> dict[tuple[str, str], Duty]:
    """Every duty, by the request that claims it with the rule it is owed under, and by whose it is."""
    return {(f"{duty.request.id} {duty.rule.key}", duty.holder): duty for duty in duties(standing)}


def _differing(subject: Subject, standings: tuple[Standing, Standing]) -> Iterator[Difference]:
    """Stretches between any two edges on which the two timelines answer differently, with every entry behind either."""
    lines = [_timeline(standing, subject) for standing in standings]
    edges = sorted({s.start for line in lines if line is not None for s in line.segments})
    for index, start in enumerate(edges):
        segments = [line.at(start) if line is not None else None for line in lines]
        if _answer(subject, segments[0]) == _answer(subject, segments[1]):
            continue
        end = edges[index + 1] if index + 1 < len(edges) else None
        (was, says_was), (now, says_now) = (
            _told(subject, segment, standing) for segment, standing in zip(segments, standings, strict=True)
        )
        entries = sorted({e for s in segments if s is not None for e in s.reason.entries()})
        about = _named(standings[0] if lines[1] is None else standings[1], subject)
        yield Difference(about, start, end, says_was, says_now, was, now, tuple(entries))


def _told(subject: Subject, segment: Segment | None, standing: Standing) -> tuple[Status, str]:
    """The status of a segment and the answer in a line; where there is no such timeline, that nothing is recorded."""
    if segment is None:
        return "unknown", "nothing recorded"
    if subject[0] == "duty":
        return segment.status, " or ".join(states_of(segment)) or "not owed"
    if subject[0] == "body":
        stood = {p.holder is not None for p in segment.possible}
        return segment.status, " or ".join(word for word, so in _STOOD if so in stood)
    return segment.status, Told(segment, segment.start, standing).summary()


_STOOD = (("established", True), ("not established", False))


def _answer(subject: Subject, segment: Segment | None) -> object:
    """What of a segment makes an answer: not its reason, nor the days it holds for. That a duty was not owed yet, or a
    body not founded, is no news where nothing was on record of it.
    """
    if segment is None or (subject[0] in {"body", "duty"} and segment.status == "vacant"):
        return None
    return segment.status, frozenset(p.holder for p in segment.possible), segment.authority


def _named(standing: Standing, subject: Subject) -> str:
    kind, name, whose = subject
    if kind == "office":
        return standing.title(name)
    if kind == "body":
        return name
    if kind == "duty":
        duty = _duties(standing)[name, whose]
        return f"{state_name(whose)}: {duty.rule.says.content} under {duty.rule.citation}, {duty.request.id}"
    who = state_name(whose)
    return f"{who}, {standing.title(name)}" if kind == "party" else f"{who}'s seat, {standing.title(name)}"


def _merged(found: Iterator[Difference]) -> Iterator[Difference]:
    """Neighbouring stretches that changed alike, as one."""
    last: Difference | None = None
    for one in found:
        if last is not None and last.end == one.start and _alike(last, one):
            last = replace(last, end=one.end, entries=tuple(sorted({*last.entries, *one.entries})))
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _alike(one: Difference, other: Difference) -> bool:
    return (one.before, one.after, one.status_before, one.status_after) == (
        other.before,
        other.after,
        other.status_before,
        other.status_after,
    )


def _changed_entries(before: Standing, after: Standing) -> frozenset[str]:
    """Entries live on one of the days and not on the other, and the repairs of such."""
    old, new = ({e.id: e for e in s.record.entries} for s in (before, after))
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return frozenset(changed | {e.id for e in new.values() if repaired(e) in changed})
