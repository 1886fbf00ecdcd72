"""Requests and bodies on a terminal: sentences first, then what happened in order of time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from foedus.accounts.answered import AS_WORDS, Addressed, Answered
from foedus.accounts.bodies import Bodies, BodyOn
from foedus.accounts.cases import Case, Cases
from foedus.accounts.lines import Line
from foedus.accounts.words import named, speaker
from foedus.cli.style import console, count, facts, head, indented, lay_out, span, table, words
from foedus.cli.tell import COLOUR, SOFT
from foedus.cli.tell_duties import clocks, owed
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day, show_when
from foedus.terms.states import state_name
from foedus.terms.words import a, large, listed


def cases(organisation: Organisation, told: Cases) -> None:
    """Every request in a line."""
    out = console()
    out.print(Text(f"Requests on record of the {organisation.record.about.name}", style="bold"))
    if not told.cases:
        out.print(indented(Text("None is on record. That is not to say that there was none.")))
        return
    made = table("Case", "When", "By", "Put to", "Trigger", "Answers", "Open")
    for each in told.cases:
        to = ", ".join(speaker(asked.who) for asked in each.asked)
        by = each.entry.by
        who = state_name(by.state) if by.state else speaker(by)
        row = (each.entry.id, span(each.entry.when), who, to, each.trigger)
        made.add_row(*row, str(len(each.answers)), str(len(each.open)))
    lay_out(out, made)


def case(told: Case) -> None:
    """One request as a story."""
    out = console()
    entry = told.entry
    out.print(Text(f"Request by {named(entry.by)}, {show_when(entry.when)}: {entry.id}", style="bold"))
    facts(out, _asked(told))
    if told.entry.note:
        out.print(indented(Text(told.entry.note.strip(), style=SOFT)))
    clocks(out, told)
    owed(out, told)
    _answers(out, told)
    _drafts(out, told)
    _lines(out, "Said about it", told.statements)
    for task in told.tasks:
        _lines(out, f"Task: {task.line.says}", task.reports)
    _offers(out, told)
    _lines(out, "What came of it besides", told.further)
    _lines(out, "Silent", told.silences)
    _lines(out, "Disputed", told.disputes)
    _lines(out, "What the request refers to", told.refers_to)
    if told.open:
        head(out, "Open")
    for opening in told.open:
        out.print(indented(Text(f"- {opening.says}")))
    out.print(indented(Text(f"Weakest source: {words(told.attribution)}", style=SOFT)))


def _asked(told: Case) -> Iterable[tuple[str, str]]:
    """Who was asked for what, on what ground, and who of them answered."""
    entry = told.entry
    yield "Asked for", entry.asks
    yield "Put to", "; ".join(_addressee(asked) for asked in told.asked)
    yield "Article invoked", told.invokes or "not in the record"
    yield "Article named by those who answered", listed(told.named) or "not in the record"
    yield "Trigger alleged", entry.alleged or "not in the record"
    if not told.findings:
        yield "Trigger determined", told.trigger_word if entry.alleged else ""
    for found in told.findings:
        as_ = f"as {a(found.entry.finds)} by {named(found.entry.by)}, {show_when(found.entry.when)}"
        said = f": {found.entry.says}" if found.entry.says else ""
        yield "Trigger determined", f"{as_}{said} ({words(found.line.attribution)})"
    yield "Who answered", "; ".join(_answered(told)) or "nobody, so far as the record goes"


def _answered(told: Case) -> Iterable[str]:
    for asked in told.asked:
        times = count(len(asked.answers), "time") if asked.answers else "no answer in the record"
        yield f"{speaker(asked.who)}: {times}"
    for as_, who in AS_WORDS.items():
        mine = [answer for answer in told.answers if answer.by_as == as_]
        if mine and as_ != "asked":
            names = listed(list(dict.fromkeys(speaker(answer.entry.by) for answer in mine)))
            yield f"{names} ({who}): {count(len(mine), 'time')}"


def _addressee(asked: Addressed) -> str:
    """Whom it was put to, and what there is to say of that."""
    return speaker(asked.who) + (f" ({asked.more})" if asked.more else "")


def _answers(out: Console, told: Case) -> None:
    head(out, "Answers, in order of time; a range is one unknown day of it")
    if not told.answers:
        out.print(indented(Text("None is on record.")))
        return
    made = table("When", "Days after", "Who", "What", "Weakest source")
    for answer in told.answers:
        under = f" (under the {answer.under})" if answer.under else ""
        what = f"{answer.entry.how}: {answer.entry.what}{under}"
        row = (span(answer.entry.when), _days(answer), _by(answer), what, words(answer.line.attribution))
        made.add_row(*row)
    lay_out(out, made)


def _days(answer: Answered) -> str:
    least, most = answer.after
    return str(least) if least == most else f"{least} to {most}"


def _by(answer: Answered) -> str:
    mark = "" if answer.by_as == "asked" else f" [{AS_WORDS[answer.by_as]}]"
    return named(answer.entry.by) + mark


def _drafts(out: Console, told: Case) -> None:
    if told.drafts:
        head(out, "Decisions taken or not")
    for draft in told.drafts:
        entry = draft.entry
        when = f"{show_when(draft.line.when)}: " if draft.line.when else ""
        out.print(indented(Text(f"{when}{draft.line.says} ({words(draft.line.attribution)})")))
        for what, said in (("Why", entry.why), ("What became of it", entry.fate)):
            if said:
                out.print(indented(Text(f"{what}: {said}."), 4))


def _offers(out: Console, told: Case) -> None:
    """Offers that no founding on record followed."""
    offers = [offer for offer in told.offers if offer.established is None]
    if offers:
        head(out, "Offered; no entry tells that it came about")
    made = table("When", "What", "Weakest source")
    for offer in offers:
        when = span(offer.line.when) if offer.line.when else ""
        made.add_row(when, offer.line.says, words(offer.line.attribution))
    if offers:
        lay_out(out, made)


def _lines(out: Console, title: str, told: Sequence[Line]) -> None:
    if not told:
        return
    head(out, title)
    made = table("When", "What", "Weakest source")
    for each in told:
        made.add_row(span(each.when) if each.when else "not known", each.says, words(each.attribution))
    lay_out(out, made)


def bodies(organisation: Organisation, told: Bodies) -> None:
    """The bodies on a day: founded, then offered."""
    out = console()
    title = f"Bodies of the {organisation.record.about.name} on {show_day(told.on)}"
    out.print(Text(title, style="bold"))
    if not told.founded:
        out.print(indented(Text("No founding of a body is on record.")))
    else:
        made = table("Body", "Stood", "Beneath", "Permanence", "Weakest source")
        for body in told.founded:
            made.add_row(*_stood(body))
        lay_out(out, made)
        _conditions(out, told.founded)
        head(out, "How each was founded")
        made = table("Body", "When", "By", "At the session")
        for body in told.founded:
            by, at = body.entry.founded_by or "not stated", body.entry.at or "none stated"
            made.add_row(body.entry.name, _founded(body), by, at)
        lay_out(out, made)
    if told.offered:
        head(out, "Offered, with no founding on record")
        made = table("Body", "Stood", "Offered", "When", "Weakest source")
        for body in told.offered:
            when, source = span(body.entry.from_), words(body.offers[0].attribution)
            made.add_row(body.entry.name, _word(body), body.offer_word, when, source)
        lay_out(out, made)
    if not told.complete:
        says = "The record does not claim to hold every body."
        out.print(indented(Text(says, style=SOFT)))


def _stood(body: BodyOn) -> tuple[str | Text, ...]:
    permanence = body.entry.permanence or "not stated"
    beneath = body.beneath or "beside the organs"
    return body.entry.name, _word(body), beneath, permanence, words(body.founding[0].attribution)


def _founded(body: BodyOn) -> str:
    until = f"; dissolved {span(body.entry.until)}" if body.entry.until else ""
    return span(body.entry.from_) + until


def _word(body: BodyOn) -> Text:
    return Text(body.word, style=COLOUR[body.told.status])


def _conditions(out: Console, told: Iterable[BodyOn]) -> None:
    for body in told:
        for stands, condition in body.conditions if body.told.status != "unknown" else ():
            word = "stood" if stands else "did not stand"
            out.print(indented(Text(large(f"{body.entry.name} {word} {condition}."))))
