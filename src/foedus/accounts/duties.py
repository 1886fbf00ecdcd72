"""What was owed on a day: request by request, by whom, under which article, and how it stood; and clocks that ran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.accounts.answered import Answered
from foedus.accounts.cases import Case, cases
from foedus.accounts.cases import case as one_case
from foedus.accounts.lines import Json
from foedus.accounts.owing import DutyTold, Owing, alike, days_json, reason_json
from foedus.charter.kinds import Arrears, Withdrawal
from foedus.engine.answers import SO_FAR, Basis, Questions, Told
from foedus.engine.duties import duties, rules_of_duty, unsettled
from foedus.engine.notices import Clock, clocks
from foedus.engine.timelines import Segment
from foedus.problems import NotFound
from foedus.terms.dates import show_day
from foedus.terms.states import all_states, find_state, state_name
from foedus.terms.triggers import A_TRIGGER, sets_off
from foedus.terms.words import listed


@dataclass(frozen=True)
class CaseOwing:
    """What a request claims, as it stood on a day. `answers` are those given, or perhaps given, by then; `unclaimed` says
    which rules it sets nothing off under, and why; `unsettled` of whom it is not known whether they owe.
    """

    case: Case
    owing: tuple[Owing, ...]
    answers: tuple[Answered, ...]
    unclaimed: tuple[str, ...]
    unsettled: tuple[str, ...]

    @property
    def open(self) -> tuple[Owing, ...]:
        """What may still be to be met."""
        return tuple(each for each in self.owing if each.open)

    @property
    def closed(self) -> tuple[Owing, ...]:
        """What was met, or ended unmet."""
        return tuple(each for each in self.owing if not each.open)

    def to_json(self) -> Json:
        """The case as published in `schemas/duties.json`."""
        return {
            "id": self.case.entry.id,
            "request": self.case.line.to_json(),
            "by": self.case.entry.by.state,
            "asked": [each.to_json() for each in self.case.asked],
            "invokes": self.case.invokes or None,
            "alleged": self.case.entry.alleged or None,
            "alleges": self.case.entry.alleges,
            "duties": [each.to_json() for owing in self.owing for each in owing.duties],
            "unclaimed": list(self.unclaimed),
            "unsettled": list(self.unsettled),
            "answers": [each.to_json() for each in self.answers],
        }


@dataclass(frozen=True)
class ClockTold:
    """A clock as told on a day."""

    clock: Clock
    segment: Segment
    told: Told

    @property
    def word(self) -> str:
        """`running`, or what else it is or may be."""
        words = [p.holder.as_ if p.holder else "not begun" for p in self.segment.possible]
        said = listed(words, "or")
        return f"{said}, {SO_FAR}" if self.segment.status == "unknown" else said

    @property
    def over(self) -> str:
        """When it is over."""
        first, last = self.clock.over
        return show_day(first) if first == last else f"{show_day(first)} to {show_day(last)}"

    def to_json(self) -> Json:
        """The clock as published in `schemas/duties.json`."""
        return {
            "kind": self.clock.kind,
            "state": self.clock.state,
            "article": self.clock.rule.citation,
            "begun by": self.clock.begun.id,
            "over": days_json(self.clock.over),
            "status": self.segment.status,
            "states": [p.holder.as_ if p.holder else None for p in self.segment.possible],
            "reason": reason_json(self.told),
        }


@dataclass(frozen=True)
class Duties:
    """What was owed at the end of a day, as known. `rules` is how many rules say that something is owed; `unclocked` says
    which clocks a rule has and no act on record set going.
    """

    organisation: str
    on: date
    known: date
    rules: int
    cases: tuple[CaseOwing, ...]
    clocks: tuple[ClockTold, ...]
    unclocked: tuple[str, ...]
    basis: Basis

    @property
    def open(self) -> tuple[CaseOwing, ...]:
        """The requests of which something is open."""
        return tuple(each for each in self.cases if each.open)

    @property
    def briefly(self) -> str:
        """What is open, request by request, in a line; empty where nothing is."""
        return "; ".join(
            f"{each.case.entry.id} ({listed(list(dict.fromkeys(_in_short(owing) for owing in each.open)))})"
            for each in self.open
        )

    @property
    def nothing(self) -> str:
        """Why nothing is open, in a sentence; empty where something is."""
        if self.open:
            return ""
        if not self.rules:
            return "No rule of its charter, as written here, says that a party owes anything on a request."
        if not self.cases:
            return (
                "Nothing had been claimed by then: no request on record that would set a duty off was made."
            )
        return "Nothing was open: what had been claimed by then was met, or ended."

    def to_json(self) -> Json:
        """The account as published in `schemas/duties.json`."""
        return {
            "organisation": self.organisation,
            "on": self.on.isoformat(),
            "known": self.known.isoformat(),
            "rules": self.rules,
            "nothing open": self.nothing or None,
            "requests": [each.to_json() for each in self.cases],
            "clocks": [each.to_json() for each in self.clocks],
            "not recorded": list(self.unclocked),
            "basis": self.basis.to_json(),
        }


def _in_short(owing: Owing) -> str:
    """`help alleged`."""
    return f"{owing.first.stood.duty.rule.says.content} {owing.first.word}"


def owed(asked: Questions, on: date, of: str | None = None, case: str | None = None) -> Duties:
    """What was owed at the end of the day `on`: by every party, or by the one `of` (a code or a name); on every request,
    or on the one of the id `case`, or of an id that begins so.

    NotFound where there is no such state, or no such request.
    """
    state = holder_named(of)
    told = cases(asked) if case is None else one_case(asked, case)
    found = tuple(each for one in told.cases if (each := _owing(asked, one, on, state)) is not None)
    return Duties(
        asked.organisation,
        on,
        asked.known,
        len(rules_of_duty(asked.standing)),
        found,
        tuple(_clocks(asked, on, state)) if case is None else (),
        tuple(_unclocked(asked, on)) if case is None else (),
        asked.basis(on),
    )


def holder_named(name: str | None) -> str | None:
    """The code of a state. NotFound, with the nearest, where there is none."""
    state = None if name is None else find_state(name)
    if name is not None and state is None:
        raise NotFound("state", name, all_states().values())
    return state


def _owing(asked: Questions, case: Case, on: date, state: str | None) -> CaseOwing | None:
    """What a request claims; None where it claims nothing by the day, or nothing of the state asked about."""
    told = [
        DutyTold(stood, Told(stood.segment, on, asked.standing))
        for duty in duties(asked.standing)
        if duty.request.id == case.entry.id and state in {None, duty.holder}
        if (stood := duty.on(on)) is not None
    ]
    if not told:
        return None
    answers = tuple(a for a in case.answers if a.entry.when.earliest <= on)
    open_ = tuple(_unsettled(asked, case, state))
    return CaseOwing(case, tuple(alike(told)), answers, tuple(unclaimed(asked, case, on)), open_)


def unclaimed(asked: Questions, case: Case, on: date) -> Iterator[str]:
    """Rules under which a request sets nothing off, each with why, in a sentence."""
    alleges = case.entry.alleges
    said = f"no more than {A_TRIGGER[alleges]} is alleged" if alleges else "what is alleged is none"
    for rule in rules_of_duty(asked.standing):
        held = rule.period.holds(min(on, case.entry.when.latest))
        if held and rule.says.owed_by == "every other party" and not sets_off(alleges, rule.says.trigger):
            takes = A_TRIGGER[rule.says.trigger]
            yield f"Under {rule.citation} nothing is claimed: it takes {takes}, and {said}."


def _unsettled(asked: Questions, case: Case, state: str | None) -> Iterator[str]:
    for each, of in unsettled(asked.standing, case.entry):
        if state in {None, each}:
            body = f"the {asked.standing.title(of)}"
            said = f"Whether {state_name(each)} was a party of {body} on that day is not in the record"
            yield f"{said}, so nothing is told of what it owed."


def _clocks(asked: Questions, on: date, state: str | None) -> Iterator[ClockTold]:
    for clock in clocks(asked.standing):
        segment = clock.on(on)
        if segment is not None and state in {None, clock.state}:
            yield ClockTold(clock, segment, Told(segment, on, asked.standing))


def _unclocked(asked: Questions, on: date) -> Iterator[str]:
    """Clocks that rules in force have and that no act on record has set going, in sentences."""
    going = {clock.rule.key for clock in clocks(asked.standing)}
    charter = asked.standing.charter
    leaving = [r for r in charter.of_kind(Withdrawal) if r.period.holds(on) and r.key not in going]
    if leaving:
        said = listed([f"{rule.says.months} months of {rule.citation}" for rule in leaving])
        yield f"No notice of leaving is on record, so the {said} run for nobody."
    for rule in charter.of_kind(Arrears):
        if rule.period.holds(on) and rule.key not in going:
            years = f"the {rule.says.years} years of {rule.citation}"
            yield f"Since when a member was in arrears is not recorded, so {years} are counted for nobody."
