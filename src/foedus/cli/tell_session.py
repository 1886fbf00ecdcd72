"""One session on a terminal, in full: sentences first."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.accounts.attendance import Attended, Seat
from foedus.accounts.business import Asked, Business
from foedus.accounts.calendar import place_of
from foedus.accounts.in_office import InOffice
from foedus.accounts.sitting import Sitting
from foedus.accounts.sourced import Sourced
from foedus.accounts.telling import AUTHORITY, lead, outcome
from foedus.accounts.words import cited, documents, named, says, speaker
from foedus.cli.style import console, indented, lay_out, span, table, words
from foedus.cli.tell import SEVERITY, one
from foedus.cli.tell_statements import SOFT, chain, item, silent
from foedus.record.acts import Decided, Designation, Documents
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day, show_when
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced


def session(organisation: Organisation, told: Sitting) -> None:
    """One session in full."""
    out = console()
    held = told.session.entry
    place = f", {place_of(held)}" if place_of(held) else ""
    out.print(Text(f"{told.organ}, {show_when(held.when)}{place}", style="bold"))
    out.print(indented(Text(" ".join(lead(told)))))
    out.print(indented(_facts(told)))
    for office in told.in_office:
        _office(out, office)
    _attendance(out, told.attended)
    _business(out, told.business)
    _statements(out, told)
    for handover in told.handovers:
        _handover(out, handover)
    for request in told.requests:
        _request(out, organisation, request)
    _rest(out, told)


def _facts(told: Sitting) -> Table:
    held, done = told.session.entry, told.business
    made = _pairs()
    formats = [
        f"{part.entry.format} ({part.entry.what})" if part.entry.what else part.entry.format
        for part in done.formats
    ]
    if formats or held.formats:
        made.add_row("Formats", ", then ".join(formats or held.formats))
    for meeting in done.meetings:
        made.add_row("Preceded by", f"{says(meeting.entry)}, {show_when(meeting.entry.when)}")
    made.add_row("In force", ", ".join(f"{i.short}, text {text.name}" for i, text in told.texts) or "no text")
    if held.topics:
        made.add_row("Topics", ", ".join(held.topics))
    made.add_row("Entry", told.session.id)
    for name, other in (("Before it", told.before), ("After it", told.after)):
        if other is not None:
            made.add_row(name, other.id)
    made.add_row("Source", words(told.session.strength))
    for witness in told.session.witnesses:
        made.add_row("", chain(witness))
    if held.note:
        made.add_row("Note", held.note.strip())
    return made


def _pairs() -> Table:
    made = Table.grid(padding=(0, 2))
    made.add_column(style=SOFT, no_wrap=True)
    made.add_column(overflow="fold")
    return made


def _head(out: Console, text: str) -> None:
    out.print()
    out.print(Text(text, style="bold"))


def _office(out: Console, office: InOffice) -> None:
    _head(out, f"{office.title} just before it, on {show_day(office.before.day)}")
    one(out, office.before)
    if office.before.attribution:
        out.print(indented(Text(f"Weakest source: {words(office.before.attribution)}", style=SOFT)))
    for expected in office.expected:
        who = office.before.voice.holder(expected.holder)
        agrees = "the answer agrees" if expected.agrees else "the answer does not agree"
        strength = words(expected.sourced.strength)
        out.print(indented(Text(f"A source says that {who} held it at this session ({strength}): {agrees}.")))
    if (office.at_end.status, office.at_end.summary()) != (office.before.status, office.before.summary()):
        out.print(indented(Text(f"At the end of {show_day(office.at_end.day)}:", style=SOFT)))
        one(out, office.at_end)


def _attendance(out: Console, there: Attended) -> None:
    _head(out, f"Attendance: {there.count()}")
    if not there.seats and not there.others:
        return
    made = table("Seat", "Who", "As", "How", "Source")
    for seat in there.seats:
        host = " (host)" if seat.host else ""
        made.add_row(state_name(seat.state) + host, _who(seat), seat.role, _how(seat), words(seat.strength))
    for line in there.others:
        row = line.row
        what = spaced(row.capacity or "") or row.title or spaced(row.role or "") or "guest"
        of = state_name(row.state) if row.state else row.org
        made.add_row(
            "no seat",
            row.person or "not named",
            f"{what}, {of}" if of else what,
            line.manner,
            words(line.source.strength),
        )
    lay_out(out, made)
    if any(seat.entitled and not seat.named for seat in there.seats):
        says = "A name in brackets is the rule's, not a source's: who was to sit."
        out.print(indented(Text(says, style=SOFT)))


def _who(seat: Seat) -> Text:
    """The person a source names; else in brackets who was to sit by the rule."""
    if seat.named:
        return Text(seat.named)
    return Text(f"[{seat.entitled}]" if seat.entitled else "not named", style=SOFT)


def _how(seat: Seat) -> Text:
    return Text(" and ".join(seat.manners)) if seat.how else Text("not named", style=SOFT)


def _business(out: Console, done: Business) -> None:
    if done.discussed or done.decided or done.appointed:
        figures = outcome(done)
        _head(out, "Agenda and outcome" + (f": {figures}" if figures else ""))
        lay_out(out, _items(done))
    if done.documents:
        _head(out, "Documents")
        for each in done.documents:
            _documents(out, each)
    if done.also:
        _head(out, "Also at it, or of it")
        made = table("Act", "What", "Source")
        for other in done.also:
            made.add_row(large(spaced(other.sourced.kind)), large(other.says), words(other.sourced.strength))
        lay_out(out, made)


def _items(done: Business) -> Table:
    made = table("Item", "Outcome", "Source")
    for discussed in done.discussed:
        for topic in discussed.entry.items:
            made.add_row(large(topic), "discussed", words(discussed.strength))
    for draft in done.decided:
        made.add_row(_draft(draft.entry), _fared(draft.entry), words(draft.strength))
    for each in done.appointed:
        made.add_row(f"{says(each.entry)}, from {span(each.entry.from_)}", "appointed", words(each.strength))
    return made


def _draft(draft: Decided) -> str:
    more = [part for part in (draft.why, draft.fate) if part]
    return f"{large(draft.what)}" + (f". {'. '.join(large(part) for part in more)}." if more else "")


def _fared(draft: Decided) -> str:
    if draft.outcome == "adopted":
        return draft.outcome
    by = f"stopped by {state_name(draft.stopped_by)}" if draft.stopped_by else "who stopped it is not said"
    return f"{draft.outcome}, {by}"


def _documents(out: Console, each: Sourced[Documents]) -> None:
    out.print(indented(Text(f"{large(documents(each.entry))} ({words(each.strength)})")))
    for witness in each.witnesses:
        if witness.says:
            out.print(indented(Text(f"otherwise: {witness.says}, says {witness.told()}"), 4))
    if each.entry.note:
        out.print(indented(Text(each.entry.note.strip(), style=SOFT), 4))


def _statements(out: Console, told: Sitting) -> None:
    there = [each for each in told.statements if each.session == told.session.id]
    elsewhere = [each for each in told.statements if each.session != told.session.id]
    for heading, found in (("Statements", there), ("Said elsewhere about it, or a part of it", elsewhere)):
        if found:
            _head(out, f"{heading}, each with its way to the speaker")
        for each in found:
            item(out, each)
            if each.session is None:
                when = show_when(each.when) if each.when is not None else "a day that is not recorded"
                out.print(indented(Text(f"said on {when}", style=SOFT), 4))
    if told.silences:
        _head(out, "Silent")
    for silence in told.silences:
        out.print(indented(silent(silence)))


def _handover(out: Console, each: Sourced[Designation]) -> None:
    entry = each.entry
    from_ = f"{state_name(entry.from_)} to " if entry.from_ else "to "
    passing = ", for the time being" if entry.temporary else ""
    _head(out, f"Hand-over of the {spaced(entry.office)}: {from_}{state_name(entry.to)}{passing}")
    out.print(indented(Text(f"Effective: {show_when(entry.effective)} ({words(each.strength)}).")))
    out.print(indented(Text(f"{large(AUTHORITY[entry.authority])}.")))
    if entry.note:
        out.print(indented(Text(entry.note.strip(), style=SOFT)))
    if not any(witness.says or witness.points_to for witness in each.witnesses):
        for witness in each.witnesses:
            out.print(indented(chain(witness)))
        return
    made = table("Who says", "What", "Points to")
    for witness in each.witnesses:
        points = span(witness.points_to) if witness.points_to else "no day"
        made.add_row(f"{witness.told()} ({witness.manner})", witness.says or "the same", points)
    lay_out(out, made)


def _request(out: Console, organisation: Organisation, told: Asked) -> None:
    request = told.request.entry
    to = listed([speaker(person) for person in request.addressees])
    _head(out, f"Request it bears on: {named(request.by)} to {to}, {show_when(request.when)}")
    under = cited(organisation.charter, request.invokes)
    invokes = f" Under the {under}." if under else " Under which article is not on record."
    out.print(
        indented(Text(f"{large(request.asks)}.{invokes} ({words(told.request.strength)}; {request.id})"))
    )
    made = table("When", "Act", "What", "Source")
    for each in (*told.determinations, *told.responses):
        made.add_row(span(each.entry.when), each.kind, large(says(each.entry)), words(each.strength))
    if made.row_count:
        lay_out(out, made)
    else:
        out.print(indented(Text("No answer to it is on record.", style=SOFT)))


def _rest(out: Console, told: Sitting) -> None:
    if told.findings:
        _head(out, "Findings")
    for finding, instance in told.findings:
        cites = f" {finding.citation}." if finding.citation else ""
        head = Text.assemble(
            (finding.severity, SEVERITY[finding.severity]), f" {finding.code}: {instance.says}{cites}"
        )
        out.print(indented(head))
    if told.lacks:
        _head(out, "Not in the record")
    for lack in told.lacks:
        out.print(indented(Text(f"- {lack}")))
