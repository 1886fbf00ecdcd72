"""What an entry says in a line, and who in it spoke or acted. English; made when somebody reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from foedus.charter.charter import Charter
from foedus.engine.names import named, speaker, speaker_of
from foedus.engine.reasons import How
from foedus.record.acts import (
    Adhesion,
    Affiliation,
    Announced,
    Appointment,
    Attendance,
    Body,
    BudgetScale,
    Cited,
    Decided,
    Description,
    Designation,
    Determination,
    Discussion,
    Dispute,
    Documents,
    Entry,
    Expect,
    Format,
    Mandate,
    Meeting,
    Membership,
    NationalLaw,
    NationalOffice,
    Report,
    Representation,
    Request,
    Response,
    Session,
    Silence,
    Statement,
    StateName,
    TreatyAction,
    Turn,
    Withdraws,
)
from foedus.terms.dates import show_when
from foedus.terms.languages import language_name
from foedus.terms.states import state_name
from foedus.terms.words import a, listed, spaced

__all__ = ["BEARS", "cited", "documents", "named", "says", "speaker", "speaker_of"]

BEARS: Mapping[How, str] = {  # how a step bears on the answer
    "applied": "Applied",
    "holds": "Holds",
    "defeated": "Defeated",
    "considered": "Considered, not met",
    "unsettled": "Not settled",
    "unrecorded": "Not in the record",
    "untranslated": "Not evaluated",
}


def cited(charter: Charter, cites: Cited | None) -> str:
    """`Treaty, Article 4`; the instrument alone where no article is named; empty for none."""
    if cites is None:
        return ""
    instrument = charter.instrument(cites.instrument)
    name = instrument.short if instrument else cites.instrument
    if cites.article is None:
        return name
    article = charter.article(cites.instrument, str(cites.article))
    return f"{name}, {article.cited if article else f'Article {cites.article}'}"


def documents(entry: Documents) -> str:
    """`17 tabled, 15 agreed by all, 2 sent back`; `several, a number is not given` where there is none."""
    numbers = {
        "tabled": entry.tabled,
        "agreed by all": entry.agreed,
        "adopted": entry.adopted,
        "sent back": entry.sent_back,
    }
    said = [f"{number} {what}" for what, number in numbers.items() if number is not None]
    return ", ".join([*([entry.hint] if entry.hint else []), *(said or ["a number is not given"])])


@singledispatch
def says(entry: Entry) -> str:
    """What an entry says, in a line without its dates and without a full stop."""
    raise NotImplementedError(entry)


@says.register
def _(entry: Membership) -> str:
    kind = f"{entry.as_} " if entry.as_ else ""
    seat = f", in the seat of {state_name(entry.continues)}" if entry.continues else ""
    return f"{state_name(entry.party)}, {kind}{entry.status} of the {spaced(entry.of)}{seat}"


@says.register
def _(entry: Representation) -> str:
    return f"{state_name(entry.party)}, represented in the {spaced(entry.of)} by {speaker(entry.by)}"


@says.register
def _(entry: StateName) -> str:
    return f"{state_name(entry.state)}, called “{entry.name}” in {language_name(entry.language)}"


@says.register
def _(entry: TreatyAction) -> str:
    who = listed([state_name(state) for state in entry.states])
    return f"{who}, {entry.action}: {entry.what or f'the {spaced(entry.of)}'}"


@says.register
def _(entry: Affiliation) -> str:
    return f"{speaker(entry.who)}, {entry.status} of the {spaced(entry.of)}"


@says.register
def _(entry: NationalOffice) -> str:
    acting = "acting " if entry.acting and "acting" not in entry.title else ""
    return f"{entry.person}, {acting}{entry.title} of {state_name(entry.state)}"


@says.register
def _(entry: NationalLaw) -> str:
    role = f", {spaced(entry.empowers)}" if entry.empowers else ""
    return f"{state_name(entry.state)}{role}: {entry.fact}"


@says.register
def _(entry: Appointment) -> str:
    return f"{entry.person}, {'acting ' if entry.acting else ''}{spaced(entry.office)}"


@says.register
def _(entry: Body) -> str:
    return f"{entry.name}, {entry.status}" + (f": {entry.what}" if entry.what else "")


@says.register
def _(entry: BudgetScale) -> str:
    shares = (f"{state_name(state)} {share} %" for state, share in entry.shares.items())
    return f"{entry.of}: {', '.join(shares)}"


@says.register
def _(entry: Session) -> str:
    place = entry.city or ("online" if entry.held == "online" else "")
    kinds = f"{listed([spaced(kind) for kind in entry.types], 'or')} session"
    return kinds + (f", {place}" if place else "") + (f": {entry.what}" if entry.what else "")


@says.register
def _(entry: Announced) -> str:
    kind = f"{spaced(entry.type)} session" if entry.type else "session"
    return f"{kind} announced for {show_when(entry.for_)}" + (f", {entry.city}" if entry.city else "")


@says.register
def _(entry: Attendance) -> str:
    return listed(
        [row.person or spaced(row.capacity or "") or state_name(row.state or "") for row in entry.rows]
    )


@says.register
def _(entry: Meeting) -> str:
    return listed([*entry.of]) + (f": {entry.what}" if entry.what else "")


@says.register
def _(entry: Format) -> str:
    return f"{entry.format} format" + (f": {entry.what}" if entry.what else "")


@says.register
def _(entry: Discussion) -> str:
    return "; ".join(entry.items)


@says.register
def _(entry: Decided) -> str:
    stopped = f", stopped by {state_name(entry.stopped_by)}" if entry.stopped_by else ""
    left_out = [state_name(state) for state in entry.not_signed_by]
    unsigned = f", not signed by {listed(left_out)}" if left_out else ""
    return f"{entry.what}: {entry.outcome}{stopped}{unsigned}"


@says.register
def _(entry: Documents) -> str:
    return f"documents: {documents(entry)}"


@says.register
def _(entry: Adhesion) -> str:
    return f"{state_name(entry.state)} {entry.how}" + (f": {entry.says}" if entry.says else "")


@says.register
def _(entry: Designation) -> str:
    return f"{spaced(entry.office)} handed over to {state_name(entry.to)} ({entry.authority})"


@says.register
def _(entry: Turn) -> str:
    return f"{state_name(entry.held_by)} as {spaced(entry.office)} in its turn" + (
        ", by decision" if entry.authority else ""
    )


@says.register
def _(entry: Expect) -> str:
    who = entry.holder.person or state_name(entry.holder.state)
    return f"{who} as {spaced(entry.office)}"


@says.register
def _(entry: Request) -> str:
    to = listed([speaker(person) for person in entry.addressees])
    return f"{speaker(entry.by)} to {to}: {entry.asks}"


@says.register
def _(entry: Response) -> str:
    return f"{speaker(entry.by)}, {entry.how}: {entry.what}"


@says.register
def _(entry: Determination) -> str:
    return f"{speaker(entry.by)} found {a(entry.finds)}" + (f": {entry.says}" if entry.says else "")


@says.register
def _(entry: Mandate) -> str:
    return f"{speaker(entry.by)} to {speaker(entry.to)}: {entry.task}"


@says.register
def _(entry: Report) -> str:
    return f"{speaker(entry.by)}: {entry.says}"


@says.register
def _(entry: Statement) -> str:
    return f"{speaker(entry.by)}: {entry.says}"


@says.register
def _(entry: Silence) -> str:
    return f"silent: {entry.says}"


@says.register
def _(entry: Description) -> str:
    return f"{entry.instrument}, article {entry.article}: {entry.says}"


@says.register
def _(entry: Dispute) -> str:
    return f"{speaker(entry.by)} disputes {entry.of}: {entry.says}"


@says.register
def _(entry: Withdraws) -> str:
    return f"takes back {entry.withdraws}"
