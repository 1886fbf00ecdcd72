"""The period between two sessions on a terminal: who held what, then what happened, then what is not claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from foedus.accounts.claims import Shortfall
from foedus.accounts.drafts import Task
from foedus.accounts.events import Event
from foedus.accounts.period import Announcement, Between, End, Held, Pending
from foedus.accounts.words import named, speaker
from foedus.cli.style import console, count, head, indented, lay_out, span, table, words
from foedus.cli.tell import COLOUR
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day
from foedus.terms.words import large, listed, spaced

SOFT = "bright_black"
PERHAPS = "perhaps "


def between(organisation: Organisation, told: Between) -> None:
    """The report."""
    out = console()
    first, last = show_day(told.first.day), show_day(told.last.day)
    name = organisation.record.about.name
    out.print(Text(f"{name}: after {first}, up to and including {last}", style="bold"))
    for sentence in _ends(told):
        out.print(indented(Text(sentence)))
    _held(out, "Offices", told.offices)
    _parties(out, told, organisation)
    for section in (
        "sessions",
        "meetings",
        "members",
        "appointments",
        "hand-overs",
        "decisions",
        "documents",
    ):
        _events(out, large(section), told.sections[section])
    for request in told.requests:
        _request(out, request)
    _tasks(out, told.tasks)
    for section in ("bodies", "statements", "national offices", "budgets"):
        _events(out, large(section), told.sections[section])
    _announced(out, told.announced)
    _rules(out, told)
    _nothing(out, told)
    _not_claimed(out, told.shortfalls)


def _ends(told: Between) -> Iterable[str]:
    yield f"From {_session(told.first)} to {_session(told.last)}: what the first did is left out, what the last did is in."
    yield f"“{PERHAPS.strip()}” marks a day that is not settled and may lie outside the period."
    if told.last.day > told.record_to:
        yield f"The record ends on {show_day(told.record_to)}: of later days it says nothing."


def _session(end: End) -> str:
    if not end.sessions:
        return f"{end.day} (no session on record that day)"
    return listed(end.sessions)


def _held(out: Console, title: str, told: Sequence[Held]) -> None:
    if not told:
        return
    head(out, title)
    made = table("What", "From", "To", "Status", "Who")
    for each in told:
        for index, part in enumerate(each.spans):
            name = each.title if index == 0 else ""
            start = "" if part.start.year == 1 else str(part.start)
            status = Text(part.status, style=COLOUR[part.status])
            made.add_row(name, start, str(part.end or "open"), status, part.says)
    lay_out(out, made)


def _parties(out: Console, told: Between, organisation: Organisation) -> None:
    """Members all the while in a sentence for each membership; all others, whose status changed or is not certain, in
    a table.
    """
    steady = [each for each in told.parties if _member_throughout(each)]
    rest = [each for each in told.parties if each not in steady]
    for of in dict.fromkeys(each.of for each in rest):
        named = organisation.questions().title(str(of))
        _held(out, f"{named}: changed, or not certain", [each for each in rest if each.of == of])
    if steady:
        out.print()
    for of in dict.fromkeys(each.of for each in steady):
        names = listed([each.title for each in steady if each.of == of])
        out.print(Text(f"{organisation.questions().title(str(of))} all the while: {names}."))


def _member_throughout(each: Held) -> bool:
    (first, *others) = each.spans
    return not others and first.status == "certain" and first.says.endswith("(member)")


def _events(out: Console, title: str, told: Sequence[Event]) -> None:
    if not told:
        return
    head(out, title)
    made = table("When", "What", "Weakest source")
    for event in told:
        made.add_row(_when(event), f"{_turn(event)}{event.line.says}", words(event.line.attribution))
    lay_out(out, made)


def _when(event: Event) -> str:
    return ("" if event.certain else PERHAPS) + span(event.when)


def _turn(event: Event) -> str:
    plain = event.turn in {"on", "effective"} or (event.line.kind, event.turn) == ("body", "from")
    return "" if plain else f"{event.turn}: "


def _request(out: Console, told: Pending) -> None:
    case = told.case
    made = "" if told.made is not None else " (made before)"
    to = ", ".join(speaker(asked.who) for asked in case.asked)
    head(out, f"Request{made}: {named(case.entry.by)} to {to}, {span(case.entry.when)} ({case.entry.id})")
    trigger = f" Trigger alleged: {case.entry.alleged}; {case.trigger_word}." if case.entry.alleged else ""
    out.print(indented(Text(f"{large(case.entry.asks)}.{trigger}")))
    rows = table("When", "What", "Weakest source")
    for answer in told.answers:
        rows.add_row(_when(answer), answer.line.says, words(answer.line.attribution))
    if told.answers:
        lay_out(out, rows)
    if told.outside:
        out.print(
            indented(Text(f"{count(told.outside, 'answer')} on record outside the period.", style=SOFT))
        )
    for opening in case.open:
        out.print(indented(Text(f"- {opening.says}")))


def _tasks(out: Console, told: Sequence[Task]) -> None:
    if told:
        head(out, "Tasks given, due or reported on")
    for task in told:
        when = f"{span(task.line.when)}: " if task.line.when else ""
        due = f", due {span(task.entry.due)}" if task.entry.due else ""
        out.print(indented(Text(f"{when}{task.line.says}{due} ({words(task.line.attribution)})")))
        for report in task.reports:
            day = f"{span(report.when)}: " if report.when else ""
            out.print(indented(Text(f"reported: {day}{report.says} ({words(report.attribution)})"), 4))
        if not task.reports:
            out.print(indented(Text("No report on it is on record.", style=SOFT), 4))


def _announced(out: Console, told: Sequence[Announcement]) -> None:
    if told:
        head(out, "Sessions announced")
    for each in told:
        if each.held:
            held = f"on record as held: {listed(each.held)}"
        else:
            held = "after the record's end" if each.beyond else "no such session on record"
        out.print(indented(Text(f"{_when(each.event)}: {each.event.line.says}; {held}")))


def _rules(out: Console, told: Between) -> None:
    if not told.rules:
        return
    head(out, "Rules that came into force, or went out of it")
    made = table("On", "What", "Rule", "Citation", "Wording")
    for turn in told.rules:
        replaces = f", for {turn.replaces}" if turn.replaces else ""
        rule = turn.rule
        made.add_row(
            str(turn.on), turn.turn, f"{rule.says.id} ({rule.text}{replaces})", rule.citation, rule.says.basis
        )
    lay_out(out, made)


def _nothing(out: Console, told: Between) -> None:
    parts = {
        **told.sections,
        "requests": told.requests,
        "tasks": told.tasks,
        "sessions announced": told.announced,
    }
    none = [name for name, found in {**parts, "rules in or out of force": told.rules}.items() if not found]
    if none:
        head(out, "Nothing on record")
        out.print(indented(Text(f"{large(listed(none))}. That is not to say that there was nothing.")))


def _not_claimed(out: Console, told: Sequence[Shortfall]) -> None:
    head(out, "What the record does not claim to hold of the period")
    made = table("Kind", "Which", "Claimed", "Why")
    for each in told:
        if each.grade is not None:
            days = f", {each.start or ''} to {each.end or ''}" if each.grade == "complete" else ""
            which = ", ".join(
                f"{key} {spaced(value)}" for key, value in each.where.model_dump(exclude_none=True).items()
            )
            made.add_row(spaced(each.kind), which or "all", f"{each.grade}{days}", each.why)
    if made.row_count:
        lay_out(out, made)
    unspoken = [spaced(each.kind) for each in told if each.grade is None]
    if unspoken:
        out.print(indented(Text(f"Nothing is claimed of these kinds: {listed(unspoken)}.")))
