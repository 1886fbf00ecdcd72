"""A reason as shown: five lines, and the whole tree of steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from foedus.accounts.words import BEARS
from foedus.engine.answers import Told
from foedus.engine.choices import Choice
from foedus.engine.reasons import Ground, How
from foedus.engine.worlds import ORDER
from foedus.record.acts import Designation, Session
from foedus.terms.dates import show_day
from foedus.terms.words import listed, spaced
from foedus.web.pages.names import source_line
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, SourceLine, Strength, figure, strength

_CSS: Mapping[How, str] = {
    "defeated": "defeated",
    "considered": "unmet",
    "unsettled": "unsettled",
    "unrecorded": "unmet",
    "untranslated": "unmet",
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that a reason rests on: its citation, its id, the days it is in force, how its wording is known."""

    link: Link
    rule: str
    in_force: str
    basis: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry that a reason rests on, and how strongly it is attributed."""

    link: Link
    strength: Strength


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how it bears on the answer, what it says, under which rule, from which entries."""

    number: str
    how: str
    css: str
    says: str
    rule: RuleLine | None
    entries: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One branch: under which condition, by which steps."""

    number: str
    who: str
    condition: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of one answer. `settled_by` says what would settle it, where that can be said."""

    gist: str
    rules: tuple[RuleLine, ...]
    entries: tuple[EntryLine, ...]
    sources: tuple[SourceLine, ...]
    unsourced: tuple[Strength, ...]
    weakest: EntryLine | None
    settled_by: tuple[tuple[str, Link], ...]
    leans: tuple[str, ...]
    ways: tuple[Way, ...]
    counts: str


def why(visit: Visit, told: Told) -> Why:
    """The reason of an answer, as shown."""
    record = visit.record
    entries = told.reason.entries()
    rules = tuple(_rule(visit, key) for key in told.reason.rules())
    ids = dict.fromkeys(source for entry in entries for source in record.sources_of(entry))
    known = dict.fromkeys(e.known for entry in entries for e in record.by_id[entry].evidence if e.known)
    return Why(
        _gist(told, [rule.link.text for rule in rules], len(entries), len(ids)),
        rules,
        tuple(entry_line(visit, entry) for entry in entries),
        tuple(source_line(visit, name) for name in ids),
        tuple(strength(channel) for channel in known),
        entry_line(visit, told.weakest_entry) if told.weakest_entry else None,
        tuple(_settled_by(visit, told)),
        told.untranslated(),
        tuple(_ways(visit, told)),
        _counts(told),
    )


def entry_line(visit: Visit, entry: str) -> EntryLine:
    """An entry with the address of the place where it is shown."""
    return EntryLine(Link(entry, visit.to.entry(visit.record, entry)), strength(visit.record.strength(entry)))


def _rule(visit: Visit, key: str) -> RuleLine:
    rule = visit.charter.by_key[key]
    since = show_day(rule.period.start)
    until = f" until {show_day(rule.period.end)}" if rule.period.end else ""
    href = visit.to.article(rule.instrument, rule.article, rule.says.id)
    return RuleLine(Link(rule.citation, href), rule.says.id, f"in force from {since}{until}", rule.says.basis)


def _gist(told: Told, citations: Iterable[str], entries: int, sources: int) -> str:
    cited = list(dict.fromkeys(citations))
    defeated = sum(ground.how == "defeated" for ground in told.reason.grounds())
    leans = len(told.untranslated())
    parts = [
        *cited,
        figure(entries, "entry", "entries") if entries else "",
        figure(sources, "source") if sources else "",
        figure(defeated, "rule set aside", "rules set aside") if defeated else "",
        figure(leans, "clause not evaluated", "clauses not evaluated") if leans else "",
    ]
    return " · ".join(part for part in parts if part) or "no rule and no entry"


def _counts(told: Told) -> str:
    grounds = list(told.reason.grounds())
    ways = len(told.reason.branches)
    return figure(len(grounds), "step") + (f", {ways} ways to the answer" if ways > 1 else "")


def _ways(visit: Visit, told: Told) -> Iterable[Way]:
    """Every branch, in the sentences that the answer itself is published with."""
    branches = told.reason.branches
    for index, (branch, said) in enumerate(zip(branches, told.reason_json()["branches"], strict=True), 1):
        several = len(branches) > 1
        prefix = f"{index}." if several else ""
        steps = tuple(
            _step(visit, ground, f"{prefix}{number}", step["says"])
            for number, (ground, step) in enumerate(zip(branch.grounds, said["steps"], strict=True), 1)
        )
        who = told.voice.holder(branch.holder) if several else ""
        yield Way(str(index), who, said["if"] if several else "", steps)


def _step(visit: Visit, ground: Ground, number: str, says: str) -> Step:
    rule = _rule(visit, ground.rule) if ground.rule is not None else None
    entries = tuple(entry_line(visit, entry) for entry in ground.entries)
    return Step(number, f"{BEARS[ground.how]}:", _CSS.get(ground.how, ""), says, rule, entries)


def _settled_by(visit: Visit, told: Told) -> Iterable[tuple[str, Link]]:
    """The choices an unsettled answer hangs on, each as the fact that would settle it and the entry it is of."""
    if told.status not in {"uncertain", "contested"}:
        return
    ways = (way for branch in told.reason.branches for way in branch.ways)
    seen: set[tuple[str, str]] = set()
    for choice in (choice for way in ways for choice in way):
        if (choice.entry, choice.point) not in seen:
            seen.add((choice.entry, choice.point))
            link = Link(choice.entry, visit.to.entry(visit.record, choice.entry))
            yield _open_point(visit, choice), link


def _open_point(visit: Visit, choice: Choice) -> str:
    """What is not known of an entry, as the thing to find out."""
    entry = visit.record.by_id.get(choice.entry)
    labels = [str(each) for each in choice.whole if not hasattr(each, "year")]
    if choice.point.startswith(ORDER):
        return f"a word on whether it came {listed(labels, 'or')} {choice.point.removeprefix(ORDER).strip()}"
    if choice.point == "rival":
        return "a word on which of the rival entries is right"
    if choice.days is None:
        what = f"the session of {visit.voice.day(entry.when)}" if isinstance(entry, Session) else "it"
        return f"a source on whether {what} was {listed([spaced(each) for each in labels], 'or')}"
    first, last = (show_day(day) for day in choice.whole if not isinstance(day, str))
    if isinstance(entry, Designation):
        return f"the day, from {first} to {last}, on which the hand-over took effect"
    verb = {"from": "it began", "until": "it ended"}.get(choice.point, "it took place")
    return f"the day, from {first} to {last}, on which {verb}"
