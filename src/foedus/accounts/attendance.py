"""Who was at a session: every attendance on record, merged by seat; and whoever was there without a seat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from foedus.accounts.belonging import session_of
from foedus.accounts.in_office import answer_json, opened_offices, role_of
from foedus.accounts.sourced import Sourced, every
from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import AnyRule, Composition
from foedus.engine.answers import Questions, Told
from foedus.record.acts import Attendance, Row, Session
from foedus.terms.attribution import Channel, strongest
from foedus.terms.dates import ONE_DAY
from foedus.terms.states import state_name
from foedus.terms.words import spaced

HOWS = ("present", "remote", "represented", "absent")


def manner(session: Session, row: Row) -> str:
    """How somebody was there, in a word: at a session held online nobody was present in a place."""
    afar = session.held == "online" and row.how in {"present", "remote"}
    return "online" if afar else row.how


class Line(NamedTuple):
    """One line of an attendance, the entry it stands in, and how whoever it names was there, in a word."""

    source: Sourced[Attendance]
    row: Row
    manner: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat at a session. `told` is who filled it by the rule at the end of the session's last day, None where the
    state had none; `lines` are what sources say of it; `held` the offices the state held, for certain, just before.
    """

    state: str
    host: bool
    held: tuple[str, ...]
    told: Told | None
    lines: tuple[Line, ...]

    @property
    def named(self) -> str:
        """Whom a source names in the seat; empty where none does."""
        return next((line.row.person for line in self.lines if line.row.person), "")

    @property
    def entitled(self) -> str:
        """Who was to sit by the rule, where that is certain and no source says that another came; else empty."""
        holder = self.told.holder if self.told is not None else None
        if holder is None or "represented" in self.how:
            return ""
        roles = {line.row.role for line in self.lines if line.row.role is not None}
        return (holder.person or "") if roles <= {holder.as_.removeprefix("acting ")} else ""

    @property
    def how(self) -> tuple[str, ...]:
        """In what manner the state was there, as sources say it; several where they differ, none where none does."""
        return tuple(dict.fromkeys(line.row.how for line in self.lines))

    @property
    def manners(self) -> tuple[str, ...]:
        """The same in words for a reader."""
        return tuple(dict.fromkeys(line.manner for line in self.lines))

    @property
    def role(self) -> str:
        """As what the person sat there: as a source says, else the national title of whoever the rule seats."""
        said = next((_role(line.row) for line in self.lines if _role(line.row)), "")
        holder = self.told.holder if self.told is not None else None
        if said or holder is None or self.told is None or self.named not in {"", holder.person}:
            return said
        return role_of(self.told, holder)

    @property
    def strength(self) -> Channel | None:
        """How strongly it is attributed that the state was there as told; None where no source names it."""
        return strongest(line.source.strength for line in self.lines) if self.lines else None

    @property
    def rule(self) -> RuleInForce[AnyRule] | None:
        """The version of the rule of composition that fills the seat."""
        if self.told is None:
            return None
        rules = (self.told.standing.charter.by_key[key] for key in self.told.reason.rules())
        return next((rule for rule in rules if isinstance(rule.says, Composition)), None)

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/session.json`."""
        return {
            "state": self.state,
            "host": self.host,
            "held just before": list(self.held),
            "person": self.named or None,
            "role": self.role or None,
            "how": list(self.how),
            "by the rule": answer_json(self.told) if self.told is not None else None,
            "rule": self.rule.citation if self.rule is not None else None,
            "entries": [line.source.id for line in self.lines],
            "attribution": self.strength,
        }


@dataclass(frozen=True, slots=True)
class Attended:
    """The attendance of a session: its seats by name of state, whoever else was there, and the entries that say so."""

    seats: tuple[Seat, ...]
    others: tuple[Line, ...]
    entries: tuple[Sourced[Attendance], ...]

    @property
    def recorded(self) -> bool:
        """Whether any source on record says who was there."""
        return bool(self.entries)

    def tally(self) -> dict[str, int]:
        """How many seats were there in which manner, `not named` where no source says, `differing` where they do."""
        kinds = Counter(_manner(seat.how) for seat in self.seats)
        return {kind: kinds[kind] for kind in (*HOWS, "not named", "differing")}

    def count(self) -> str:
        """`5 present, 1 absent of 7 seats, 1 not named by a source`; or that it is not in the record."""
        if not self.recorded:
            return "who was there is not in the record"
        hows = Counter(" and ".join(seat.manners) for seat in self.seats)
        named = ", ".join(f"{number} {how}" for how, number in hows.most_common() if how) or "nobody named"
        unnamed = f", {hows['']} not named by a source" if hows[""] else ""
        return f"{named} of {len(self.seats)} seat{'' if len(self.seats) == 1 else 's'}{unnamed}"

    def tally_json(self) -> dict[str, int] | None:
        """The seats by manner, as published; None where no source on record says who was there."""
        return {"seats": len(self.seats), **self.tally()} if self.recorded else None

    def to_json(self) -> dict[str, Any]:
        """As published in `schemas/session.json`."""
        return {
            "tally": self.tally_json(),
            "seats": [seat.to_json() for seat in self.seats],
            "others": [_other_json(line) for line in self.others],
            "entries": [{"id": entry.id, **entry.backing_json()} for entry in self.entries],
        }


def attended(asked: Questions, session: Session) -> Attended:
    """The attendance of a session: each seat there was, and each that a source names, once."""
    record = asked.standing.record
    entries = every(record, Attendance, lambda entry: session_of(record, entry.id) == session.id)
    lines = [Line(source, row, manner(session, row)) for source in entries for row in source.entry.rows]
    seated = [line for line in lines if line.row.state and line.row.capacity is None]
    told = _entitled(asked, session)
    states = sorted({*told, *(str(line.row.state) for line in seated)}, key=state_name)
    held = _held_just_before(asked, session)
    seats = (
        Seat(
            state,
            session.host == state,
            tuple(office for office, holder in held.items() if holder == state),
            told.get(state),
            tuple(line for line in seated if line.row.state == state),
        )
        for state in states
    )
    return Attended(tuple(seats), tuple(line for line in lines if line not in seated), entries)


def _entitled(asked: Questions, session: Session) -> dict[str, Told]:
    """The seats there were on the session's last day, by state."""
    if session.organ not in asked.standing.organs():
        return {}
    rows = asked.who(session.organ, session.when.latest).rows
    return {row.state: row for row in rows if row.state is not None}


def _held_just_before(asked: Questions, session: Session) -> dict[str, str | None]:
    """The state that surely held each office that such sessions open, on the day before this one began."""
    if session.when.began == date.min:
        return {}
    day, standing = session.when.began - ONE_DAY, asked.standing
    offices = opened_offices(standing.charter, session.organ)
    holders = {office: standing.office(office).at(day).holder for office in offices}
    return {office: holder.state for office, holder in holders.items() if holder is not None}


def _role(row: Row) -> str:
    return row.title or spaced(row.role or "")


def _manner(how: tuple[str, ...]) -> str:
    return "not named" if not how else how[0] if len(how) == 1 else "differing"


def _other_json(line: Line) -> dict[str, Any]:
    row = line.row
    return {
        "capacity": row.capacity,
        "person": row.person or None,
        "title": row.title or None,
        "role": row.role,
        "state": row.state,
        "org": row.org or None,
        "how": row.how,
        "entry": line.source.id,
        "attribution": line.source.strength,
    }
