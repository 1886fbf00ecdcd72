"""A question put to a body as somebody wrote it: ballots by member, and what else a rule may ask; and what it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, get_args

from foedus.accounts.powers import name as called
from foedus.decisions.ballots import CHOICES
from foedus.decisions.electorate import Voter
from foedus.decisions.facts import Facts
from foedus.decisions.rule import Status
from foedus.decisions.silence import Break, Circulation
from foedus.problems import BadInput, Problem, suggest
from foedus.terms.states import find_state, state_name

OTHERS: Final = "others"
STATUSES: Final[tuple[str, ...]] = get_args(Status)
Ballots = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """Members by code or name. `ballots` may have `others`, for all who are not named, and a ballot the moment it was cast
    after an `@`. `more` are the facts beside them, whose names are written the same way.
    """

    ballots: Ballots
    circulated: datetime | None = None
    deadline: datetime | None = None
    extended_to: datetime | None = None
    more: Facts = field(default_factory=Facts)


def meant(written: Written, voters: tuple[Voter, ...], *, silent: bool) -> tuple[dict[str, str], Facts]:
    """The ballots by the members' own names, and the facts; of a rule of silence (`silent`) with what became of the draft.
    BadInput, with every fault, for names that no member has, for one that is named twice, and for what is no ballot.
    """
    reader = _Reader(voters)
    cast = reader.ballots(written.ballots)
    facts = reader.facts(written.more)
    if silent:
        facts = replace(facts, circulation=reader.circulation(written, cast))
    elif written.circulated or written.deadline or written.extended_to:
        what = "This is not decided by silence, so nothing is circulated."
        reader.problems.append(Problem("circulated", 0, what, "Leave the moments out, or name another matter."))
    moments = [who for who, ballot in cast.items() if "@" in ballot] if not silent else []
    if moments:
        what = f"When {called(moments[0])} cast its ballot does not matter: this is not decided by silence."
        reader.problems.append(Problem("ballots", 0, what, "Leave the moment out."))
    if reader.problems:
        raise BadInput(reader.problems)
    return cast, facts


def moment(text: str) -> datetime:
    """A day and a time of day. ValueError, in a sentence, for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or len(text) < len("2022-01-01T00:00") or found.tzinfo is not None:
        msg = f"“{text}” is no moment. Write the day and the time, such as 2022-05-18T12:00."
        raise ValueError(msg)
    return found


class _Reader:
    """Reads names; keeps what was wrong with them."""

    def __init__(self, voters: tuple[Voter, ...]) -> None:
        self.voters = tuple(voter.id for voter in voters)
        self.known = {each.lower(): each for each in self.voters} | {
            called(each).lower(): each for each in self.voters
        }
        self.problems: list[Problem] = []

    def member(self, name: str, where: str) -> str | None:
        """The member of that name; None, with a problem, where there is none."""
        state = find_state(name)
        found = self.known.get(name.lower()) or (state if state in self.voters else None)
        if found is None:
            shown = name if state is None or name == state_name(state) else f"{name} ({state_name(state)})"
            what = f"“{shown}” has no vote here: it is not a member on that day."
            names = [*self.voters, *(called(each) for each in self.voters)]
            self.problems.append(Problem(where, 0, what, suggest(name, names if state is None else self.voters)))
        return found

    def ballots(self, written: Ballots, where: str = "ballots") -> dict[str, str]:
        """Ballots by member, those of the others spelt out."""
        found: dict[str, str] = {}
        for name, ballot in written.items():
            self.ballot(name, ballot, where)
            if name.lower() == OTHERS:
                continue
            who = self.member(name, where)
            if who in found:
                self.problems.append(Problem(where, 0, f"{called(who)} casts two ballots.", "Give one."))
            elif who is not None:
                found[who] = ballot
        others = next((ballot for name, ballot in written.items() if name.lower() == OTHERS), None)
        rest = dict.fromkeys((v for v in self.voters if v not in found), others) if others is not None else {}
        return {who: ballot for who, ballot in ({**rest, **found}).items() if ballot is not None}

    def ballot(self, name: str, ballot: str, where: str) -> None:
        """A problem where it is none."""
        choice, at, when = ballot.partition("@")
        known = (*CHOICES, *STATUSES)
        if choice not in known:
            self.problems.append(Problem(where, 0, f"“{choice}” ({name}) is no ballot.", suggest(choice, known)))
        if at:
            try:
                moment(when)
            except ValueError as error:
                self.problems.append(Problem(where, 0, str(error)))

    def members(self, names: Iterable[str], where: str) -> Iterator[str]:
        """Those of the names that are members."""
        for name in names:
            found = self.member(name, where)
            if found is not None:
                yield found

    def facts(self, more: Facts) -> Facts:
        """The facts with the members' own names in them."""

        def some(names: frozenset[str] | None, where: str) -> frozenset[str] | None:
            return None if names is None else frozenset(self.members(names, where))

        preliminary = None if more.preliminary is None else self.ballots(more.preliminary, "preliminary")
        return replace(
            more,
            opening=some(more.opening, "opening"),
            chair=None if more.chair is None else self.member(more.chair, "chair"),
            waived=frozenset(self.members(more.waived, "waived")),
            preliminary=preliminary,
            stages={name: self.ballots(cast, "stages") for name, cast in more.stages.items()},
            format_objections=some(more.format_objections, "format objections"),
            disapprovals=more.disapprovals,  # of all parties, who need not sit here
        )

    def circulation(self, written: Written, cast: Ballots) -> Circulation | None:
        """What became of a draft that silence carries: who spoke against it, and when."""
        if written.circulated is None:
            what = "This is decided by silence: when the draft was circulated is missing."
            remedy = "Give --circulated and, unless the rule sets the time, --deadline, such as 2022-05-18T12:00."
            self.problems.append(Problem("circulated", 0, what, remedy))
            return None
        breaks = []
        for who, ballot in cast.items():
            choice, _, when = ballot.partition("@")
            if choice in {"object", "no", "object-absent"} and not self.problems:
                breaks.append(Break(who, moment(when) if when else None))
        return Circulation(written.circulated, written.deadline, written.extended_to, tuple(breaks))
