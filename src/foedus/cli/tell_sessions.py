"""All sessions on a terminal: a table for each organ that holds them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from foedus.accounts.attendance import Attended
from foedus.accounts.calendar import place_of
from foedus.accounts.sittings import Around, Row, Sittings
from foedus.accounts.telling import count_of_kinds, kinds
from foedus.cli.style import console, count, indented, lay_out, span, table, words
from foedus.cli.tell import COLOUR
from foedus.cli.tell_statements import SOFT
from foedus.engine.answers import Told
from foedus.engine.reasons import Holder
from foedus.secretariat import Organisation
from foedus.terms.dates import When
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced


def sessions(organisation: Organisation, told: Sittings) -> None:
    """A table of sessions for each organ that holds them."""
    out = console()
    about = organisation.record.about
    out.print(Text(f"Sessions of the {about.name} ({about.short})", style="bold"))
    out.print(indented(Text(count_of_kinds([row.session for row in told.rows]))))
    says = "An office is told as just before a session, then as at its end where that differs."
    out.print(indented(Text(says, style=SOFT)))
    organs = dict.fromkeys(row.session.organ for row in told.rows)
    days = Counter(row.session.when for row in told.rows)
    for organ in organs:
        mine = [row for row in told.rows if row.session.organ == organ]
        out.print()
        out.print(Text(f"{organisation.standing().title(organ)}: {count(len(mine), 'session')}"))
        lay_out(out, _sessions(mine, days), 0)


def _sessions(rows: Sequence[Row], days: Counter[When]) -> Table:
    offices = [large(spaced(around.office)) for around in rows[0].offices]
    made = table("Day", "Session", "Attended", *offices, "Decided", "Weakest source")
    for row in rows:
        when = row.session.when
        alone = not when.vague and days[when] == 1
        what = ", ".join(part for part in (kinds(row.session), place_of(row.session)) if part)
        name = "" if alone else f" ({row.session.id})"
        held = [_held(around) for around in row.offices]
        made.add_row(
            span(when), what + name, _came(row.attended), *held, _decided(row.decided), words(row.weakest)
        )
    return made


def _held(around: Around) -> Text:
    """Who held an office just before a session, and at its end where that is another or less sure."""
    before, end = _short(around.before), _short(around.at_end)
    return before if before == end else Text.assemble(before, ", then ", end)


def _short(told: Told) -> Text:
    """The state, else the person, with the status where that is not certain."""
    if told.holder is not None:
        return Text(_name(told.holder))
    names = dict.fromkeys(_name(p.holder) for p in told.possible if p.holder is not None)
    status = spaced(told.status)
    return Text(f"{listed([*names], 'or')} ({status})" if names else status, style=COLOUR[told.status])


def _name(holder: Holder) -> str:
    return state_name(holder.state) if holder.state else holder.person or ""


def _came(there: Attended) -> Text:
    if not there.recorded:
        return Text("not recorded", style=SOFT)
    tally = there.tally()
    came = tally["present"] + tally["remote"] + tally["represented"]
    more = [f"{tally[kind]} {kind}" for kind in ("absent", "not named", "differing") if tally[kind]]
    seats = len(there.seats)
    return Text(", ".join([f"{came} of {seats}", *more]) if came else f"of {seats}: {', '.join(more)}")


def _decided(tally: tuple[int, ...]) -> str:
    adopted, failed, left = tally
    parts = ((adopted, "adopted"), (failed, "not adopted"), (left, "not taken up"))
    return ", ".join(f"{number} {what}" for number, what in parts if number)
