"""Roll calls: votes, and of each who cast what, as columns. Which column of a table means what is settled here.

Who is not listed in a roll call took no part in it: that is what a roll call says of them. A ballot left empty is one that
is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.ballots import CHOICES
from foedus.problems import BadInput, Problem, enough, suggest
from foedus.rollcalls.tables import NOTHING, Column, Places, Table
from foedus.terms.dates import parse_day
from foedus.terms.words import listed

IDS = ("vote_id", "vote_event_id", "roll_call_id", "rcid", "vote")
DAYS = ("date", "day", "on", "start_date")
MEMBERS = ("member", "member_state", "country", "state", "voter")
BALLOTS = ("ballot", "position", "option", "vote")
TITLES = ("title", "resolution", "draft", "unres")
ABOUT = ("about", "agenda_item", "short")
OUTCOMES = ("outcome", "result")
MATTERS = ("matter",)

SPELT: Mapping[str, str] = {
    **{choice: choice for choice in CHOICES},
    "y": "yes", "aye": "yes", "for": "yes", "in favour": "yes", "n": "no", "nay": "no", "against": "no",
    "a": "abstain", "abstention": "abstain", "abstained": "abstain", "not voting": "absent", "paired": "absent",
}  # fmt: skip
CARRIED = ("carried", "adopted", "passed", "pass", "agreed")
NOT_CARRIED = ("not carried", "not adopted", "not passed", "rejected", "failed", "fail", "vetoed", "lost")
NOT_RECORDED = 255  # the place of a ballot that was left empty


@dataclass(frozen=True, slots=True)
class Heading:
    """One vote: its name in the table, its day, what it was on, and what came of it so far as recorded."""

    id: str
    day: date
    title: str
    matter: str | None
    carried: bool | None


@dataclass(frozen=True, slots=True)
class RollCalls:
    """Votes by roll call, and every position in them: in which vote, of which member, and which of `CHOICES`. Positions
    are in the order of the votes; those of vote `v` run from `starts[v]` to `starts[v + 1]`.
    """

    votes: tuple[Heading, ...]
    members: tuple[str, ...]
    vote: Places
    member: Places
    choice: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def cast(self, vote: int) -> Iterator[tuple[str, str | None]]:
        """Who is listed in a vote and with which ballot, None where that was left empty; a member as often as listed."""
        rows = slice(int(self.starts[vote]), int(self.starts[vote + 1]))
        for member, choice in zip(self.member[rows].tolist(), self.choice[rows].tolist(), strict=True):
            yield self.members[member], None if choice == NOT_RECORDED else CHOICES[choice]

    def between(self, since: date | None, until: date | None) -> RollCalls:
        """Those from the day `since` on, and before the day `until`."""
        kept = [
            (since is None or head.day >= since) and (until is None or head.day < until)
            for head in self.votes
        ]
        places = np.cumsum([0, *kept])
        rows = np.array(kept, dtype=bool)[self.vote]
        heads = tuple(head for head, keep in zip(self.votes, kept, strict=True) if keep)
        named, member = np.unique(self.member[rows], return_inverse=True)
        return RollCalls(
            heads,
            tuple(self.members[at] for at in named.tolist()),
            places[self.vote[rows]].astype(np.int32),
            member.astype(np.int32),
            self.choice[rows],
            np.concatenate([[0], np.cumsum(np.diff(self.starts)[kept])]).astype(np.int64),
        )

    def called(self, names: Mapping[str, str]) -> RollCalls:
        """The same with each member by the name given for it; two of one name are one."""
        places: dict[str, int] = {}
        to = np.array([places.setdefault(names[m], len(places)) for m in self.members], dtype=np.int32)
        return RollCalls(self.votes, tuple(places), self.vote, to[self.member], self.choice, self.starts)


def roll_calls(tables: Sequence[Table]) -> RollCalls:
    """The roll calls of tables: of one with a row for each member and vote, or of that and one with a row a vote.
    BadInput, with every fault, where they hold none.
    """
    cast = [table for table in tables if _found(table, MEMBERS) and _ballots(table)]
    if len(cast) != 1:
        raise BadInput([_no_one_table(tables, cast)])
    positions = cast[0]
    heads = next((t for t in tables if t is not positions and _id(t) and _found(t, DAYS)), positions)
    problems: list[Problem] = []
    problems += _lacking(positions, heads)
    if problems:
        raise BadInput(problems)
    votes, row_of, wrong = _headings(heads)
    choice, unknown = _choices(positions)
    vote, stray = _votes_of(positions, row_of)
    problems += [*wrong, *unknown, *([] if wrong else stray), *_nobody(positions), *_two_days(heads)]
    if problems:
        raise BadInput(enough(sorted(set(problems))))
    order = np.argsort(vote, kind="stable")
    starts = np.searchsorted(vote[order], np.arange(len(votes) + 1))
    members = positions.columns[_named(positions, MEMBERS)]
    return RollCalls(votes, members.values, vote[order], members.at[order], choice[order], starts)


def _named(table: Table, names: Iterable[str]) -> str:
    found = _found(table, names)
    assert found is not None
    return found


def _found(table: Table, names: Iterable[str]) -> str | None:
    return next((name for name in names if name in table.columns), None)


def _id(table: Table) -> str | None:
    """The column that names a vote; `vote` does where another holds the ballots."""
    taken = _ballots(table)
    return _found(table, [name for name in IDS if name != taken])


def _ballots(table: Table) -> str | None:
    others = [name for name in BALLOTS if name != "vote"]
    return _found(table, others) or (
        "vote" if "vote" in table.columns and _found(table, IDS[:-1]) and _found(table, MEMBERS) else None
    )


def _no_one_table(tables: Sequence[Table], cast: Sequence[Table]) -> Problem:
    if cast:
        files = listed([table.file for table in cast])
        what = f"There are several tables of who cast what: {files}."
        return Problem(files, 0, what, "Give one of them.")
    if not tables:
        return Problem("--votes", 0, "There is no table here.", "Give .csv, .parquet or .json files.")
    held = "; ".join(f"{table.file}: {', '.join(table.columns) or 'nothing'}" for table in tables)
    what = f"No table has columns for a vote, a member and a ballot. There is: {held}."
    return Problem(tables[0].file, 1, what, "Call them “vote”, “on”, “member” and “ballot”.")


def _lacking(positions: Table, heads: Table) -> Iterator[Problem]:
    if _id(positions) is None:
        yield Problem(positions.file, 1, "No column names the vote.", "Call it “vote”.")
    if _found(heads, DAYS) is None:
        yield Problem(heads.file, 1, "No column has the day of a vote.", "Call it “on”.")


def _headings(table: Table) -> tuple[tuple[Heading, ...], dict[str, int], list[Problem]]:
    """The votes of a table, in order of days; the place of each by its name; and what is wrong."""
    ids, days = table.columns[_id(table) or ""], table.columns[_named(table, DAYS)]
    first = np.unique(ids.at, return_index=True)
    found: dict[str, Heading] = {}
    problems: list[Problem] = []
    parsed: dict[str, date | None] = {}
    for place, row in zip(first[0].tolist(), first[1].tolist(), strict=True):
        text = days.value(row)[:10]
        if text not in parsed:
            parsed[text] = _day(text)
        day, said = parsed[text], _text(table, OUTCOMES, row)
        if place == NOTHING:
            problems.append(Problem(table.file, table.line(row), "This row does not name its vote."))
        elif day is None:
            what = f"“{text}” is no day of vote “{ids.values[place]}”." if text else "This vote has no day."
            problems.append(Problem(table.file, table.line(row), what, "Write it as 2022-11-23."))
        elif said and _came(said) is None:
            what = f"“{said}” is no outcome."
            problems.append(Problem(table.file, table.line(row), what, "Write “carried” or “not carried”."))
        else:
            about = [text for names in (TITLES, ABOUT) if (text := _text(table, names, row))]
            matter = _text(table, MATTERS, row) or None
            found[ids.values[place]] = Heading(
                ids.values[place], day, ", ".join(about), matter, _came(said) if said else None
            )
    in_order = sorted(found.values(), key=lambda head: head.day)
    return tuple(in_order), {head.id: at for at, head in enumerate(in_order)}, problems


def _two_days(table: Table) -> Iterator[Problem]:
    """Votes whose rows do not all give one day."""
    ids, days = table.columns[_id(table) or ""], table.columns[_named(table, DAYS)]
    pairs, first = np.unique(np.stack([ids.at, days.at]), axis=1, return_index=True)
    names, counts = np.unique(pairs[0], return_counts=True)
    several = {int(at) for at in names[counts > 1].tolist()} - {NOTHING}
    for place in sorted(several):
        row = int(first[pairs[0] == place].max())
        yield Problem(table.file, table.line(row), f"Vote “{ids.values[place]}” has two days.", "Keep one.")


def _text(table: Table, names: Iterable[str], row: int) -> str:
    """The first of some columns that says something in a row."""
    said = (table.columns[name].value(row) for name in names if name in table.columns)
    return next((text for text in said if text), "")


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None


def _came(said: str) -> bool | None:
    """Whether an outcome in words is that it was carried; None where they do not say."""
    words = " ".join(said.lower().split())
    if words.startswith(NOT_CARRIED):
        return False
    return True if words.startswith(CARRIED) else None


def _choices(table: Table) -> tuple[NDArray[np.uint8], Iterator[Problem]]:
    """Which of `CHOICES` each row is; and a problem for each word that is none, where it stands first."""
    column = table.columns[_ballots(table) or ""]
    spelt = [SPELT.get(" ".join(word.lower().split())) for word in column.values]
    places = [NOT_RECORDED if word is None else CHOICES.index(word) for word in spelt]
    to = np.array([*places, NOT_RECORDED], dtype=np.uint8)  # the last is that of `NOTHING`
    wrong = (
        Problem(table.file, table.line(_first(column, at)), f"“{word}” is no ballot.", suggest(word, SPELT))
        for at, word in enumerate(column.values)
        if spelt[at] is None
    )
    return to[column.at], wrong


def _votes_of(table: Table, row_of: Mapping[str, int]) -> tuple[Places, Iterator[Problem]]:
    column = table.columns[_id(table) or ""]
    to = np.array([*(row_of.get(name, NOTHING) for name in column.values), NOTHING], dtype=np.int32)
    wrong = (
        Problem(
            table.file, table.line(_first(column, at)), f"There is no vote “{name}” in the table of votes."
        )
        for at, name in enumerate(column.values)
        if row_of and name not in row_of
    )
    return to[column.at], wrong


def _nobody(table: Table) -> Iterator[Problem]:
    column = table.columns[_named(table, MEMBERS)]
    for row in np.flatnonzero(column.at == NOTHING).tolist():
        yield Problem(table.file, table.line(row), "This row names no member.")


def _first(column: Column, place: int) -> int:
    return int(np.argmax(column.at == place))
