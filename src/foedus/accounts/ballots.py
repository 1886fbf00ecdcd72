"""Ballots as somebody wrote them, by code or name, and what else is given with them: what they mean, and every fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, get_args

from foedus.accounts.powers import name as called
from foedus.decisions.ballots import CHOICES
from foedus.decisions.electorate import Voter
from foedus.decisions.given import Given, moment
from foedus.decisions.rule import Status
from foedus.problems import MOST_TOLD, BadInput, Problem, enough, suggest
from foedus.terms.states import find_state, state_name

OTHERS: Final = "others"
STATUSES: Final[tuple[str, ...]] = get_args(Status)
AGAINST: Final = frozenset({"no", "object", "object-absent"})  # what breaks a silence
Ballots = Mapping[str, str]


def meant(
    ballots: Ballots, given: Given, voters: tuple[Voter, ...], *, silent: bool
) -> tuple[dict[str, str], Given]:
    """The ballots, and what is given, by the members' own names. `others` stands for all who are not named. Where silence
    carries (`silent`), a ballot against says after an `@` when it broke the silence.

    BadInput, with every fault, for names that no member has, for one named twice, and for what is no ballot.
    """
    reader = _Reader(voters)
    cast = reader.ballots(ballots, "ballots", moments=silent)
    read = reader.given(given)
    if silent:
        read = reader.silence(read, cast)
    elif read.silence is not None:
        what = "This is not decided by silence, so nothing is circulated."
        reader.tell("silence", what, "Leave the moments out, or name another matter.")
    if reader.problems:
        raise BadInput(enough(reader.problems))
    return cast, read


class _Reader:
    """Reads names; keeps what was wrong with them."""

    def __init__(self, voters: tuple[Voter, ...]) -> None:
        self.voters = tuple(voter.id for voter in voters)
        self.named = {called(each): each for each in self.voters} | {each: each for each in self.voters}
        self.known = {name.lower(): each for name, each in self.named.items()}
        self.problems: list[Problem] = []

    def tell(self, where: str, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(where, 0, what, remedy))

    @property
    def full(self) -> bool:
        """Whether there are more problems than are told: what else is wrong need not be found."""
        return len(self.problems) > MOST_TOLD

    def member(self, name: str, where: str) -> str | None:
        """The member of that name; None, with a problem, where there is none."""
        if self.full:
            return None
        state = find_state(name)
        found = self.known.get(name.lower()) or (state if state in self.voters else None)
        if found is None:
            shown = f"“{name}”" if state in {None, name} else f"{state_name(str(state))} ({state})"
            known = self.named if state is None else self.voters
            what = f"{shown} has no vote here: it is not a member on that day."
            self.tell(where, what, suggest(name if state is None else state, known))
        return found

    def members(self, names: Iterable[str], where: str) -> Iterator[str]:
        """Those of the names that are members."""
        yield from (found for name in names if (found := self.member(name, where)) is not None)

    def ballots(self, written: Ballots, where: str, *, moments: bool = False) -> dict[str, str]:
        """Ballots by member, those of the others spelt out, in the order of the members."""
        found: dict[str, str] = {}
        others = None
        for name, ballot in written.items():
            self._ballot(name, ballot, where, moments=moments)
            if name.lower() == OTHERS:
                others = ballot
                continue
            who = self.member(name, where)
            if who in found:
                self.tell(where, f"{called(who)} casts two ballots.", "Give one.")
            elif who is not None:
                found[who] = ballot
        told = ((v, found.get(v, others)) for v in self.voters)
        return {who: ballot for who, ballot in told if ballot is not None}

    def _ballot(self, name: str, ballot: str, where: str, *, moments: bool) -> None:
        if self.full:
            return
        choice, at, when = ballot.partition("@")
        known = (*CHOICES, *STATUSES)
        if choice not in known:
            self.tell(where, f"“{choice}” ({name}) is no ballot.", suggest(choice, known))
        elif at and not moments:
            what = f"When {name} cast its ballot does not matter: this is not decided by silence."
            self.tell(where, what, "Leave the moment out.")
        elif at:
            try:
                moment(when)
            except ValueError as error:
                self.tell(where, str(error))

    def given(self, given: Given) -> Given:
        """What is given, with the members' own names in it."""
        changed: dict[str, object] = {"waived": tuple(self.members(given.waived, "waived"))}
        if given.chair is not None:
            changed["chair"] = self.member(given.chair, "chair")
        for key in ("opening", "format_objections"):
            names = getattr(given, key)
            if names is not None:
                changed[key] = tuple(self.members(names, key.replace("_", " ")))
        if given.preliminary is not None:
            changed["preliminary"] = self.ballots(given.preliminary, "preliminary")
        changed["stages"] = {
            stage: self.ballots(cast, f"stage {stage}") for stage, cast in given.stages.items()
        }
        return given.model_copy(update=changed)

    def silence(self, given: Given, cast: Ballots) -> Given:
        """What is given, with who broke the silence: by what was given, and by the ballots against."""
        course = given.silence
        if course is None:
            what = "This is decided by silence: when the draft was circulated is missing."
            self.tell("silence", what, "Give --circulated and --deadline, such as 2022-05-18T12:00.")
            return given
        broken: dict[str, datetime | None] = {}
        for name, at in course.broken.items():
            who = self.member(name, "silence")
            if who is not None:
                broken[who] = at
        for who, ballot in cast.items():
            choice, _, when = ballot.partition("@")
            if choice in AGAINST and not self.problems:
                broken[who] = moment(when) if when else None
        return given.model_copy(update={"silence": course.model_copy(update={"broken": broken})})
