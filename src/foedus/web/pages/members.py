"""Members: every state on record under every membership the charter knows, and the acts that bear on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from foedus.accounts.parties import acts, courses, parties, statuses, stood
from foedus.engine.answers import SO_FAR, Told
from foedus.engine.standing import ORGANISATION
from foedus.record.acts import Affiliation
from foedus.terms.states import state_name
from foedus.terms.words import large, listed
from foedus.web.pages.changes import Change, changes
from foedus.web.pages.entries import Notes, notes
from foedus.web.pages.frame import Frame, frame
from foedus.web.pages.names import state_link
from foedus.web.pages.rivals import Rivals, rivals
from foedus.web.pages.standings import NO_PARTY, Lanes, Stand, drawn, stand_on, stands
from foedus.web.pages.tables import Column, Table, table
from foedus.web.pages.visit import Visit
from foedus.web.pages.words import Link, count

FEW = 30  # stretches that stand open below their drawing


@dataclass(frozen=True, slots=True)
class Row:
    """A state on the page's day: how it stands under each membership."""

    state: Link
    native: str
    language: str
    stands: tuple[Stand, ...]

    @property
    def outside(self) -> bool:
        """Whether it is surely a party of nothing."""
        return all(not s.says or (s.says == NO_PARTY and s.sure.css == "certain") for s in self.stands)

    @property
    def since(self) -> date | None:
        """From when it stands so."""
        return max((s.start for s in self.stands if s.says and s.start), default=None)


@dataclass(frozen=True, slots=True)
class Membership:
    """One membership over time, drawn and tabled. `opened`: the table is short, or being sorted."""

    id: str
    title: str
    lanes: Lanes | None
    table: Table[Stand]
    opened: bool


@dataclass(frozen=True, slots=True)
class MembersPage:
    """The page. `outside`: the states that are surely no party on the day, and since when."""

    frame: Frame
    lead: str
    on_record: int
    today: Table[Row]
    outside: tuple[tuple[Link, date | None], ...]
    memberships: tuple[Membership, ...]
    contested: tuple[Rivals, ...]
    affiliations: Notes
    acts: Notes


STAND_COLUMNS = (
    Column[Stand]("From", "from", lambda row: row.start),
    Column[Stand]("Until", "until", lambda row: row.end),
    Column[Stand]("Stood as, and why", "as", lambda row: row.says),
    Column[Stand]("Answer", "answer", lambda row: row.sure),
    Column[Stand]("Weakest source", "source", lambda row: row.weakest),
)


def members_page(visit: Visit) -> MembersPage:
    """The members on the page's day, and over time."""
    rows = _rows(visit)
    return MembersPage(
        frame(visit, visit.to.path("members"), "members", _changes(visit)),
        _lead(visit),
        len(rows),
        _today(visit, [row for row in rows if not row.outside]),
        tuple((row.state, row.since) for row in rows if row.outside),
        tuple(_membership(visit, of) for of in visit.standing.memberships()),
        tuple(_contested(visit)),
        notes(visit, "affiliations", visit.record.of_kind(Affiliation)),
        notes(visit, "acts", acts(visit.standing)),
    )


def _changes(visit: Visit) -> tuple[Change, ...]:
    standing = visit.standing
    lines = (
        (f"{state_name(state)}, {standing.title(of)}", standing.party(state, of))
        for of in standing.memberships()
        for state in standing.parties(of)
    )
    return changes(visit, lines)


def _lead(visit: Visit) -> str:
    return " ".join(_sentence(visit, of) for of in visit.standing.memberships())


def _sentence(visit: Visit, of: str) -> str:
    """`Six members of the CSTO; Uzbekistan is contested: suspended or left.`; of states on which nothing is recorded, that."""
    standing = visit.standing
    told = {state: stood(standing, state, of, visit.on) for state in standing.parties(of)}
    if not told:
        return f"No state is on record as a party of the {standing.title(of)}."
    if all(row.status == "not-in-force" for row in told.values()):
        return f"No rule on members of the {standing.title(of)} is in force."
    doubts = [
        f"{state_name(state)} is {row.status}: {listed(list(statuses(row)), 'or')}"
        for state, row in told.items()
        if row.status in {"contested", "uncertain"}
    ]
    sure = any(row.status == "certain" for row in told.values())
    silent = [state_name(state) for state, row in told.items() if row.status == "unknown" and sure]
    rest = [f"whether {listed(silent)} was one is not in the record"] if silent else []
    return f"{'; '.join([_counted(visit, of, list(told.values())), *doubts, *rest])}."


def _counted(visit: Visit, of: str, told: Sequence[Told]) -> str:
    """`Six members of the CSTO`; past the end of the record only so far as that goes."""
    sure = [row for row in told if row.status == "certain"]
    members = sum(statuses(row) == ("member",) for row in sure or told)
    noun = count(members, "member") if of == ORGANISATION else count(members, "party", "parties")
    so_far = "" if sure else f"{SO_FAR}, "
    return large(f"{so_far}{noun} of the {visit.standing.title(of)}")


def _rows(visit: Visit) -> list[Row]:
    """Every state on record, in order of name."""
    standing = visit.standing
    language = next(iter(visit.record.about.native), "")
    return [
        Row(
            state_link(visit, state),
            state_name(state, language) if language else "",
            language,
            tuple(stand_on(visit, state, of) for of in standing.memberships()),
        )
        for state in sorted(parties(standing), key=state_name)
    ]


def _today(visit: Visit, rows: Sequence[Row]) -> Table[Row]:
    standing = visit.standing
    columns = [
        Column[Row]("State", "state", lambda row: row.state),
        *(
            Column[Row](large(standing.title(of)), f"of-{of}", partial(_at, index))
            for index, of in enumerate(standing.memberships())
        ),
    ]
    return table(visit, "", columns, rows, "state")


def _at(index: int, row: Row) -> object:
    """Members first, then by since when."""
    found = row.stands[index]
    return (
        (found.says != "member", found.says, found.start.toordinal() if found.start else 0)
        if found.says
        else None
    )


def _membership(visit: Visit, of: str) -> Membership:
    states = sorted(visit.standing.parties(of), key=state_name)
    rows = [row for state in states for row in stands(visit, state, of)]
    columns: Sequence[Column[Stand]] = (
        Column[Stand]("State", "state", lambda row: row.state),
        *STAND_COLUMNS,
    )
    title = visit.standing.title(of)
    found = table(visit, of, columns, rows, "state")
    return Membership(of, title, drawn(visit, states, of), found, found.asked or len(rows) <= FEW)


def _contested(visit: Visit) -> Iterator[Rivals]:
    """Every contested stretch of any state's status, whenever it is."""
    standing = visit.standing
    for of in standing.memberships():
        for state in standing.parties(of):
            for told in courses(standing, state, of):
                found = rivals(visit, state, of, told)
                if found is not None:
                    yield found
