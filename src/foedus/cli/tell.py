"""Answers on a terminal: sentences first, then tables that fit the width. Colour only where it says something."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from foedus.accounts.rivals import other_readings
from foedus.accounts.witnesses import witnesses
from foedus.charter.say import based
from foedus.cli.founding import Founded
from foedus.cli.style import console, count, indented, pairs, table, words
from foedus.cli.tell_steps import steps
from foedus.engine.answers import Answer, Course, Told
from foedus.engine.findings import Finding
from foedus.engine.law import ArticleInForce
from foedus.engine.timelines import Possible, Status
from foedus.problems import Problem
from foedus.record.published import undated
from foedus.secretariat import Organisation, Overview
from foedus.terms.dates import show_day
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced

if TYPE_CHECKING:
    from foedus.scenarios import Case

COLOUR: dict[Status, str] = {
    "certain": "",
    "uncertain": "yellow",
    "contested": "yellow",
    "vacant": "bright_black",
    "unknown": "bright_black",
    "not-in-force": "bright_black",
}
SOFT = "bright_black"
SEVERITY = {"error": "bold red", "warning": "red", "note": ""}


def answer(organisation: Organisation, told: Answer, *, why: bool, every_step: bool = False) -> None:
    """One answer; with `why`, about five lines on what it rests on; with `every_step` the whole reason."""
    out = console()
    title = organisation.questions().title(told.question)
    known = "" if told.known >= organisation.record.last_recorded else f", as known on {show_day(told.known)}"
    by = told.basis.published
    out_by = f", from what was out by {show_day(by)}" if by else ""
    out.print(Text(f"{title} on {show_day(told.on)}{known}{out_by}", style="bold"))
    if told.of_many:
        out.print(indented(_seats(told.rows)))
    else:
        one(out, told.rows[0])
    if told.attribution:
        out.print(indented(Text(f"Weakest source: {words(told.attribution)}", style="bright_black")))
    if by:
        _undated(out, told.rows)
    recalled = _recalled(told.rows)
    if recalled:
        out.print(indented(Text(f"Wording recalled, not seen: {recalled}", style="bright_black")))
    if why:
        others = () if told.of_many else other_readings(told.rows[0].standing, told.question, told.on)
        for row in told.rows:
            if told.of_many:
                out.print(indented(Text(row.summary(), style="bold")))
            out.print(indented(why_table(row, others=others)))
    if every_step:
        steps(out, [(_whose(row) if told.of_many else title, row) for row in told.rows], told.basis)


def _undated(out: Console, rows: Iterable[Told]) -> None:
    """The entries an answer uses of which no page shows when it was out: they count from the day of the act."""
    found = dict.fromkeys(e for row in rows for e in row.reason.used() if undated(row.standing.record, e))
    if found:
        said = f"No page that shows its day stands behind: {', '.join(found)}"
        out.print(indented(Text(said, style="bright_black")))


def _recalled(rows: Iterable[Told]) -> str:
    """The rules an answer rests on whose wording is only recalled."""
    charter = next((row.standing.charter for row in rows), None)
    keys = dict.fromkeys(key for row in rows for key in row.reason.rules())
    rules = [charter.by_key[key] for key in keys] if charter is not None else []
    return ", ".join(f"{r.citation} ({r.says.id})" for r in rules if r.says.basis == "recalled")


def one(out: Console, row: Told) -> None:
    """One answer without its heading: how sure, who, as what, and what makes each alternative the answer."""
    line = Text(f"{row.summary()}", style="")
    if row.status in {"certain", "uncertain", "contested", "unknown"}:
        line = Text.assemble((f"{row.status}: ", COLOUR[row.status] or "bold"), row.summary())
    out.print(indented(line))
    if row.holder is not None and row.holder.person and row.holder.as_ not in {"", "acting"}:
        out.print(indented(Text(f"as {row.holder.as_.replace('-', ' ')}", style="bright_black")))
    for possible in row.possible:
        condition = row.condition(possible)
        if condition and row.voice.holder(possible.holder) in row.summary():
            out.print(indented(Text(f"{row.voice.holder(possible.holder)}: {condition}"), 4))


def _seats(rows: Iterable[Told]) -> Table:
    made = table("Seat", "Held by", "As", "Status", "Weakest source")
    for row in rows:
        holder = row.holder
        made.add_row(
            large(_whose(row)),
            (holder.person or "its representative") if holder else _in_seat(row),
            spaced(holder.as_) if holder else "",
            Text(row.status, style=COLOUR[row.status]),
            words(row.attribution),
        )
    return made


def _whose(row: Told) -> str:
    """Whose seat or standing a row is of."""
    return state_name(row.state) if row.state else row.officer


def _in_seat(row: Told) -> str:
    """Who may fill a seat that is not certain; where no name is recorded, that it is not."""
    if row.status == "unknown" and not any(p.holder and p.holder.person for p in row.possible):
        return "not named in the record"
    return row.summary()


def why_table(row: Told, beside: Sequence[str] = (), others: Sequence[tuple[str, str]] = ()) -> Table:
    """About five lines: because, rule, entries, sources, weakest; and what the answer leans on unevaluated. `beside` is
    what bears on it besides, in sentences; `others` what other readings of the rule give.
    """
    charter, record = row.standing.charter, row.standing.record
    rules = [charter.by_key[key] for key in row.reason.rules()]
    entries = row.reason.entries()
    sources = dict.fromkeys(f"{s} ({record.sources[s].kind})" for e in entries for s in record.sources_of(e))
    made = pairs()
    for index, (name, sentences) in enumerate(row.because_of_each()):
        said = " ".join(sentences)
        made.add_row("" if index else "Because", f"{name}: {said}" if name else said)
    if beside:
        made.add_row("Besides", " ".join(beside))
    rested = [f"{r.citation}: {r.says.id}, {r.period}, {based(r.says.basis)}" for r in rules]
    made.add_row("Rule", "; ".join(rested) or "none")
    made.add_row("Entries", ", ".join(entries) or "none")
    made.add_row("Sources", ", ".join(sources) or "none: recalled or inferred")
    made.add_row(
        "Weakest",
        f"{words(row.attribution)}, {row.weakest_entry}" if entries else "no claim was used",
    )
    for clause in row.untranslated():
        made.add_row("Leans on", f"not evaluated: {clause}")
    for names, said_there in others:
        made.add_row("Read as", f"{names}: {said_there}")
    return made


def course(organisation: Organisation, told: Course) -> None:
    """A timeline as a table."""
    out = console()
    out.print(
        Text(
            f"{organisation.questions().title(told.question)} over time; “to” is the first day out",
            style="bold",
        )
    )
    made = table("From", "To", "Status", "Who", "Authority")
    for start, end, rows in told.parts:
        last = str(end) if end else "open"
        first = "" if start.year == 1 else str(start)
        for index, row in enumerate(rows):
            days = (first, last) if index == 0 else ("", "")
            made.add_row(
                *days, Text(row.status, style=COLOUR[row.status]), row.summary(), row.segment.authority or ""
            )
    out.print(made)


def overview(organisation: Organisation, told: Overview) -> None:
    """The organisation on one day: who is a party, then offices, then organs; what no rule is in force on, at the end."""
    out = console()
    about = organisation.record.about
    out.print(Text(f"{about.name} ({about.short}) on {show_day(told.on)}", style="bold"))
    for answered in told.memberships:
        if answered.status != "not-in-force":
            _members(out, organisation, answered)
    answers = (*told.offices, *told.organs)
    for answered in answers:
        if answered.status != "not-in-force":
            out.print()
            answer(organisation, answered, why=False)
    title = organisation.questions().title
    none = [title(a.question) for a in (*told.memberships, *answers) if a.status == "not-in-force"]
    if none:
        out.print()
        out.print(Text(f"No rule in force on this day: {'; '.join(none)}", style="bright_black"))


def _members(out: Console, organisation: Organisation, told: Answer) -> None:
    """The parties under one membership in a line; under it each that is not certain, with every view of it."""
    sure = [row for row in told.rows if row.status == "certain" and row.holder is not None]
    names = [
        state_name(str(row.state)) + (f" ({row.holder.as_})" if row.holder.as_ != "member" else "")
        for row in sure
        if row.holder is not None
    ]
    none = "none for certain" if told.rows else "none"
    line = f"{organisation.questions().title(told.question)}: {listed(names) or none}"
    out.print(indented(Text(f"{line} ({len(names)})")))
    for row in told.rows:
        if row not in sure:
            out.print(
                indented(Text(f"{state_name(str(row.state))}: {_party(row)}", style=COLOUR[row.status]))
            )
            for possible in row.possible:
                out.print(indented(Text(_view(row, possible)), 4))


def _party(row: Told) -> str:
    """How one state stands, in a word or two."""
    ways = [p.holder.as_ if p.holder else "not in the record" for p in row.possible]
    return f"{row.status}: {listed(ways, 'or')}" if ways else row.status


def _view(row: Told, possible: Possible) -> str:
    """One of several ways a state may stand: what makes it so, and who stands behind the entries it takes."""
    record = row.standing.record
    entries = [
        name
        for way in possible.ways
        for choice in way
        for name in (choice.labels if choice.point == "rival" else (choice.entry,))
    ]
    told = dict.fromkeys(w.told() for entry in entries for w in witnesses(record, record.by_id[entry]))
    way = possible.holder.as_ if possible.holder else "not in the record"
    parts = (row.condition(possible), f"so says {'; '.join(told)}" if told else "")
    return f"{way}: " + ", ".join(part for part in parts if part)


def articles(found: Sequence[ArticleInForce], on: date) -> None:
    """Articles as in force on a day."""
    out = console()
    for each in found:
        out.print(Text(f"{each.instrument.short}, {each.article.cited}. {each.article.title}", style="bold"))
        text = (
            f"{each.text.what}, in force from {each.text.period.start}" if each.text else "no text in force"
        )
        out.print(indented(Text(f"on {show_day(on)}: {text}", style="bright_black")))
        out.print(indented(Text(each.article.reading.strip().replace("\n", " ").replace("  ", "\n"))))
        made = pairs()
        for clause in each.clauses:
            mark = "" if clause.evaluated else "not evaluated; "
            made.add_row(clause.rule.says.id, f"{clause.says} ({mark}{based(clause.rule.says.basis)})")
        out.print(indented(made) if each.clauses else indented(Text("No rule under it is in force.")))


def checked(name: str, problems: Sequence[Problem], found: Sequence[Finding]) -> None:
    """Problems, then findings with every instance."""
    out = console()
    for problem in problems:
        out.print(Text(str(problem)), soft_wrap=True)
    for finding in found:
        head = Text.assemble(
            (finding.severity, SEVERITY[finding.severity]), f" {finding.code}: {finding.says}"
        )
        out.print(head)
        cites = f"{finding.citation}. " if finding.citation else ""
        out.print(indented(Text(f"{cites}{finding.shape}, {count(len(finding.instances), 'time')}")))
        for instance in finding.instances:
            out.print(indented(Text(f"{instance.on} {instance.says}"), 4))
    severities = [finding.severity for finding in found]
    counts = ", ".join(count(severities.count(s), s) for s in ("error", "warning", "note"))
    told = "findings are looked for once the files are mended" if problems else f"findings: {counts}"
    out.print(Text(f"{name}: {count(len(problems), 'problem')}; {told}", style="bold"))


def organisations(rows: Iterable[dict[str, str]]) -> None:
    """The bundled organisations."""
    made = table("Organisation", "Name", "Record to")
    for row in rows:
        made.add_row(row["organisation"], row["name"], row["record to"])
    console().print(made)


def founded(made: Founded) -> None:
    """A new folder, and what to do with it next."""
    out, folder = console(), shlex.quote(made.folder)
    out.print(Text(f"Made {made.folder}: {', '.join(made.files)}"))
    out.print(Text("All that it holds is made up. Ask it something:"))
    for verb in (f"check {folder}", f"who {folder} chair --on 2024-12-01 --why", f"serve {folder}"):
        out.print(indented(Text(f"foedus {verb}")), soft_wrap=True)
    out.print(
        Text(
            "Then make it your own, beginning with organisation.yaml: the comments in each file say how, and the "
            "guides that come with Foedus say more (docs/write-a-charter.md, docs/keep-a-record.md)."
        )
    )


def scenario(cases: Sequence[Case]) -> None:
    """What a scenario expected and what was answered, where the two differ."""
    out = console()
    for case in cases:
        if not case.agrees:
            out.print(Text(f"line {case.line}: {case.question} on {case.on}", style="red"))
            out.print(indented(Text(f"expected {case.expected}")))
            out.print(indented(Text(f"answered {case.answered}")))
    agree = sum(case.agrees for case in cases)
    out.print(Text(f"{agree} of {len(cases)} answers agree", style="bold"))
