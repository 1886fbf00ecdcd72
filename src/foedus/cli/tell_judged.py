"""The record's decisions beside the rules, on a terminal: the sum first, then session by session."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from foedus.accounts.calendar import place_of
from foedus.accounts.judged import Decisions, Ruling, Sat
from foedus.accounts.words import documents
from foedus.cli.style import console, head, indented, lay_out, table, words
from foedus.engine.findings.judging import Verdict
from foedus.secretariat import Organisation
from foedus.terms.dates import show_when
from foedus.terms.words import large

SOFT = "bright_black"
STYLES: dict[Verdict, str] = {"agrees": "", "hangs": "yellow", "parts": "red", "not judged": SOFT}


def decisions(organisation: Organisation, told: Decisions) -> None:
    """The whole account."""
    out = console()
    out.print(Text(f"Decisions of the {organisation.record.about.name}", style="bold"))
    out.print(indented(Text(told.summary())))
    for sat in told.sat:
        _sat(out, sat)


def _sat(out: Console, sat: Sat) -> None:
    session = sat.session
    if session is None:
        head(out, "Of a session that is not on record")
    else:
        place = f", {place_of(session)}" if place_of(session) else ""
        head(out, f"{sat.title}, {show_when(session.when)}{place}")
    for each in sat.documents:
        out.print(indented(Text(f"Documents: {documents(each.entry)} ({words(each.strength)}).", style=SOFT)))
    made = table("Decision", "On record", "Beside the rule")
    for ruling in sat.rulings:
        by = f", stopped by {ruling.stopped}" if ruling.stopped else ""
        said = Text(ruling.says, style=STYLES[ruling.judged.verdict])
        made.add_row(large(ruling.entry.entry.what.strip()), f"{ruling.entry.entry.outcome}{by}", said)
    lay_out(out, made)
    _readings(out, sat)


def _readings(out: Console, sat: Sat) -> None:
    """Reading by reading, where it hangs on that; once for all decisions of which the same is to be said."""
    told: dict[tuple[str, ...], list[Ruling]] = {}
    for ruling in sat.rulings:
        if ruling.judged.verdict == "hangs":
            told.setdefault(tuple(says for _, says in ruling.in_each_reading()), []).append(ruling)
    for lines, of in told.items():
        what = "; ".join(large(ruling.entry.entry.what.strip()) for ruling in of)
        out.print(indented(Text(what if len(told) > 1 else "Reading by reading:", style=SOFT)))
        for line in lines:
            out.print(indented(Text(line), 4))
