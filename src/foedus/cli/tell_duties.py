"""Duties on a terminal: what was open to whom under which article, case by case; and the clocks of one case."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from foedus.accounts.cases import Case
from foedus.accounts.duties import CaseOwing, Duties
from foedus.accounts.steps import days_told
from foedus.accounts.words import named, speaker
from foedus.cli.style import console, head, indented, lay_out, span, table
from foedus.cli.tell import SOFT, why_table
from foedus.cli.tell_steps import steps
from foedus.engine.duty_sentences import OWES
from foedus.engine.owing import DutyState
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day, show_when
from foedus.terms.states import state_name
from foedus.terms.words import large, listed

COLOUR: dict[DutyState, str] = {
    "alleged": "yellow",
    "pending": "yellow",
    "undetermined": "yellow",
    "overdue": "red",
    "discharged": "",
    "lapsed": SOFT,
}


def duties(organisation: Organisation, told: Duties, *, closed: bool, why: bool, every_step: bool) -> None:
    """What was open on a day, by case; with `closed` what was closed by then too; with `why` the reason of each duty,
    with `every_step` the whole of it.
    """
    out = console()
    title = f"Open between the members of the {organisation.record.about.name} on {show_day(told.on)}"
    out.print(Text(title, style="bold"))
    if told.nothing:
        out.print(indented(Text(told.nothing)))
    shown = told.cases if closed else told.open
    for each in shown:
        _case(out, each, closed=closed, why=why)
        if every_step:
            owing = (*each.open, *(each.closed if closed else ()))
            owed = [
                (large(OWES[d.stood.duty.rule.says.content]), d.told) for group in owing for d in group.duties
            ]
            steps(out, owed, told.basis)
    rest = [each.case.entry.id for each in told.cases if each not in shown]
    if rest:
        out.print(indented(Text(f"Closed by then, told with --all: {', '.join(rest)}", style=SOFT)))
    _clocks(out, told, why=why)


def _case(out: Console, told: CaseOwing, *, closed: bool, why: bool) -> None:
    entry = told.case.entry
    name = state_name(entry.by.state) if entry.by.state else speaker(entry.by)
    head(out, f"{name}, {show_when(entry.when)}: {entry.asks} ({entry.id})")
    for each in (*told.open, *told.closed):
        out.print(indented(Text(f"{each.says}")))
    for said in (*told.unclaimed, *told.unsettled):
        out.print(indented(Text(said, style=SOFT)))
    asked = listed([speaker(each.who) for each in told.case.asked])
    out.print(indented(Text(f"Put to {asked}. Answered by then, by whomever: {_answered(told)}.")))
    out.print()
    made = table("Owed by", "What", "Under", "How it stood", "Since", "Due")
    for group in (*told.open, *(told.closed if closed else ())):
        for duty in group.duties:
            rule, stood = duty.stood.duty.rule, duty.stood
            word = Text(duty.word, style=COLOUR[stood.states[0]])
            holder = state_name(stood.duty.holder)
            made.add_row(holder, rule.says.content, rule.citation, word, str(stood.since), duty.due)
    lay_out(out, made)
    for group in (*told.open, *(told.closed if closed else ())) if why else ():
        for duty in group.duties:
            stood = duty.stood
            out.print(
                indented(
                    Text(f"{state_name(stood.duty.holder)}, {stood.duty.rule.says.content}", style="bold")
                )
            )
            out.print(indented(why_table(duty.told, duty.answers)))


def _answered(told: CaseOwing) -> str:
    """Each answer by then in a few words: who, and how."""
    said = []
    for answer in told.answers:
        entry = answer.entry
        what = f" ({entry.what})" if entry.how in {"offer", "mission", "deployment"} else ""
        said.append(f"{named(entry.by)}, {entry.how}{what}")
    return "; ".join(dict.fromkeys(said)) or "nobody, so far as the record goes"


def _clocks(out: Console, told: Duties, *, why: bool) -> None:
    if told.clocks:
        head(out, "Clocks")
        made = table("Of", "What", "Under", "How it stood", "Over")
        for each in told.clocks:
            clock = each.clock
            made.add_row(state_name(clock.state), clock.kind, clock.rule.citation, each.word, each.over)
        lay_out(out, made)
        for each in told.clocks if why else ():
            out.print(indented(Text(f"{state_name(each.clock.state)}, {each.clock.kind}", style="bold")))
            out.print(indented(why_table(each.told)))
    for said in told.unclocked:
        out.print(indented(Text(said, style=SOFT)))


def clocks(out: Console, told: Case) -> None:
    """The steps of a case, with the days between."""
    head(out, "Clocks: the first of each, and the days between")
    made = table("Step", "When", "Days after the request", "After the step before")
    for step in told.steps:
        made.add_row(step.what, span(step.when), days_told(step.after_request), days_told(step.after_last))
    lay_out(out, made)


def owed(out: Console, told: Case) -> None:
    """What a request claims, state after state."""
    head(out, "What it claims")
    if not told.owed:
        out.print(indented(Text("Nothing, under any rule written here.")))
        return
    made = table("What", "Owed by", "How it stood")
    for each in told.owed:
        made.add_row(large(each.what), each.whose, "; ".join(each.went))
    lay_out(out, made)
