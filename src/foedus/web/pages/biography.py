"""A state's time in lanes: each membership, its heads, each office it held, the sessions it hosted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from foedus.accounts.lives import Life
from foedus.accounts.parties import courses
from foedus.accounts.tenures import Tenure
from foedus.record.acts import NationalOffice
from foedus.terms.dates import ONE_DAY, When
from foedus.terms.states import state_name
from foedus.terms.words import large, spaced
from foedus.web.figures.lanes import Event, Mark, Piece, Plan, Shape
from foedus.web.pages.entries import session_link
from foedus.web.pages.standings import Lanes, lanes, pieces, year_out
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import last_name

Days = tuple[date, date]  # the first shown and the first no more
_ROLE_CODES = {"head-of-state": "Head", "head-of-government": "Gov’t"}
_SHAPES: dict[str, Shape] = {"uncertain": "between", "contested": "rival", "unknown": "expected"}
_MARKS: dict[str, Mark] = {"surely": "host", "maybe": "maybe", "": "other"}


def biography(visit: Visit, life: Life) -> Lanes | None:
    """The figure; nothing where the record has nothing that lasted."""
    roles = tuple(dict.fromkeys(entry.role for entry in life.heads))
    offices = tuple(dict.fromkeys(tenure.office for tenure in life.tenures))
    of = [m for m in visit.standing.memberships() if courses(visit.standing, life.name, m)]
    record_to = visit.record.about.record_to
    start = min(_starts(visit, life, of), default=record_to)
    if start >= record_to:
        return None
    shown = (start, min(year_out(record_to), record_to + ONE_DAY))
    found: list[Piece] = []
    for lane, membership in enumerate(of):
        found += pieces(lane, courses(visit.standing, life.name, membership), *shown)
    for lane, role in enumerate(roles, len(of)):
        found += _heads(lane, [entry for entry in life.heads if entry.role == role], shown)
    for lane, office in enumerate(offices, len(of) + len(roles)):
        found += _held(lane, [tenure for tenure in life.tenures if tenure.office == office], shown)
    names = [visit.standing.title(m) for m in of]
    codes = [*names, *(_ROLE_CODES.get(role, spaced(role)) for role in roles)]
    codes += [large(spaced(office).split()[0]) for office in offices]
    names += [large(spaced(role)) for role in roles]
    names += [large(spaced(office)) for office in offices]
    events: tuple[Event, ...] = ()
    if life.hosted:
        events = tuple(_events(visit, life, len(names), start))
        names, codes = [*names, "Sessions hosted"], [*codes, "Hosted"]
    plan = Plan(
        tuple(names),
        tuple(codes),
        tuple(found),
        events,
        date(start.year, 1, 1),
        year_out(record_to),
        visit.on,
        record_to,
    )
    return lanes(plan, state_name(life.name))


def _starts(visit: Visit, life: Life, of: Sequence[str]) -> Iterator[date]:
    """The first days of all that is drawn; a head of state who came long before does not stretch the figure."""
    for membership in of:
        yield courses(visit.standing, life.name, membership)[0].segment.start
    for tenure in life.tenures:
        yield tenure.start.earliest
    for session in life.hosted:
        yield session.when.began
    if not of and not life.tenures:
        yield from (entry.from_.earliest for entry in life.heads)


def _heads(lane: int, entries: Sequence[NationalOffice], shown: Days) -> Iterator[Piece]:
    """A bar for each head, outlined where acting, until the next one's first day where no last day is given."""
    for index, entry in enumerate(entries):
        after = entries[index + 1].from_ if index + 1 < len(entries) else None
        shape: Shape = "acting" if entry.acting else "bar"
        yield from _bar(lane, (entry.from_, entry.until or after), shape, last_name(entry.person), shown)


def _held(lane: int, found: Sequence[Tenure], shown: Days) -> Iterator[Piece]:
    for tenure in found:
        acting = all(holder.as_ == "acting" for holder in tenure.holders)
        shape = _SHAPES.get(tenure.status, "acting" if acting else "bar")
        label = last_name(tenure.holders[0].person or "")
        yield from _bar(lane, (tenure.start, tenure.end), shape, label, shown)


def _bar(
    lane: int, lasted: tuple[When, When | None], shape: Shape, label: str, shown: Days
) -> Iterator[Piece]:
    """A bar with a taper at each end that is vague, within the days shown."""
    (first, last), (start, end) = lasted, shown
    begun, sure = max(first.earliest, start), min(max(first.latest, start), end)
    done, gone = (min(last.earliest, end), min(last.latest, end)) if last else (end, end)
    if begun < sure:
        yield Piece(lane, begun, sure, "between", "", takes_over=True)
    if sure < done:
        yield Piece(lane, sure, done, shape, label)
    if sure <= done < gone:
        yield Piece(lane, done, gone, "between", "", gives_way=True)


def _events(visit: Visit, life: Life, lane: int, start: date) -> Iterator[Event]:
    for session in life.hosted:
        if session.when.latest >= start:
            mark = _MARKS[visit.opens_term(session)]
            yield Event(lane, session.when.latest, mark, session_link(visit, session).text)
