"""Sources on a terminal: what each says on a point, and what rests on each."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from foedus.accounts.says import Bearing, Saying, Says, Spoken
from foedus.accounts.sources import OfSource, Sources, Worded
from foedus.charter.say import based
from foedus.cli.style import console, count, facts, head, indented, lay_out, span, table, words
from foedus.cli.tell import one
from foedus.secretariat import Organisation
from foedus.terms.dates import show_day, show_when
from foedus.terms.words import large

SOFT = "bright_black"
_BEARING: dict[Bearing, str] = {
    "rests on": "the answer rests on it",
    "considered": "considered beside it",
    "about it": "about one of those entries",
}


def says(told: Says) -> None:
    """The answer, then each entry on the point with what every source says of it, then who is silent."""
    out = console()
    on = show_day(told.answer.on)
    out.print(Text(f"{told.title} on {on}: what each source says", style="bold"))
    for row in told.answer.rows:
        one(out, row)
    for spoken in told.spoken:
        _spoken(out, spoken)
    head(out, "Recorded as silent")
    if not told.silent:
        out.print(indented(Text("No source is recorded as silent on this point.")))
    for mute in told.silent:
        out.print(indented(Text(f"{_source(mute.saying)}: {mute.saying.says} ({mute.of})")))
    if told.unheard:
        head(out, "Read for the session, with nothing on this point recorded (which is not silence)")
    voice = told.answer.rows[0].voice
    for session, sources in told.unheard:
        names = ", ".join(f"{read.name} ({read.id})" for read in sources)
        out.print(indented(Text(f"{large(voice.session(session.id))}: {names}")))


def _spoken(out: Console, spoken: Spoken) -> None:
    line = spoken.line
    when = f", {show_when(line.when)}" if line.when else ""
    head(out, f"{large(line.says.strip().rstrip('.'))}{when}")
    out.print(indented(Text(f"{line.id}: {_BEARING[spoken.bearing]}; {words(line.attribution)}", style=SOFT)))
    if not any(saying.noted or saying.witness.points_to or saying.witness.note for saying in spoken.sayings):
        for saying in spoken.sayings:
            out.print(indented(_alike(saying), 4))
        return
    made = table("Points to", "Says", "Source", "Told", "Strength")
    for saying in spoken.sayings:
        points = saying.witness.points_to
        strength = words(saying.witness.strength) or "supports nothing"
        told = saying.witness.manner if saying.read else ""
        what = saying.says if saying.noted else "the same"
        if saying.witness.note:
            what += f" ({saying.witness.note.strip()})"
        made.add_row(span(points) if points else "no day", what, _source(saying), told, strength)
    lay_out(out, made)


def _alike(saying: Saying) -> Text:
    """A source that says what the entry says, and of which no more is noted."""
    strength = words(saying.witness.strength) or "supports nothing"
    how = f" ({saying.witness.manner}; {strength})" if saying.read else ""
    return Text(f"{_source(saying)}{how}")


def _source(saying: Saying) -> str:
    published = saying.read.source.published if saying.read else ""
    return saying.witness.told() + (f" [{published}]" if published else "")


def sources(organisation: Organisation, told: Sources) -> None:
    """Every source in a line."""
    out = console()
    out.print(Text(f"Sources of {organisation.record.about.name}", style="bold"))
    out.print(indented(Text("Alone: entries that rest on this source and no other.", style=SOFT)))
    made = table("Source", "Kind", "Entries", "Alone", "Rules", "Silent")
    for each in told.sources:
        numbers = (each.entries, each.alone, (*each.rules, *each.texts), each.silences)
        made.add_row(
            f"{each.id}: {each.name}", words(each.source.kind), *(str(len(part) or "") for part in numbers)
        )
    lay_out(out, made)


def source(told: OfSource) -> None:
    """One source, and all that names it."""
    out = console()
    page = told.source
    out.print(Text(f"{told.name} ({told.id})", style="bold"))
    facts(
        out,
        (
            ("Kind", words(page.kind)),
            ("Address", page.url),
            ("Published", page.published or "not shown by the page"),
            ("Language", page.language),
            ("Note", page.note),
        ),
    )
    rest = count(len(told.entries), "entry rests", "entries rest")
    head(out, f"{rest} on it, {len(told.alone)} on it alone" if told.entries else "No entry rests on it")
    made = table("When", "What", "Told", "Alone")
    for entry in told.entries:
        when = span(entry.when) if entry.when else "not known"
        alone = "alone" if entry.alone else "" if entry.supports else "supports nothing"
        made.add_row(when, f"{entry.says} ({entry.id})", words(entry.mode), alone)
    if told.entries:
        lay_out(out, made)
    _worded(out, "Rules that name it for their wording", told.rules)
    _worded(out, "Texts that name it", told.texts)
    if told.silences:
        head(out, "On record as silent")
    for silence in told.silences:
        chains = "; ".join(witness.told() for witness in silence.witnesses)
        out.print(indented(Text(f"{silence.says.removeprefix('silent: ')} ({silence.id}: {chains})")))


def _worded(out: Console, title: str, told: tuple[Worded, ...]) -> None:
    if told:
        head(out, title)
    for each in told:
        alone = ", alone" if each.alone else ""
        out.print(indented(Text(f"{each.citation}: {each.id}, {based(each.basis)}{alone}")))
