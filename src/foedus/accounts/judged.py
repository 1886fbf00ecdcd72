"""Every decision on record beside the rule in force: whether the outcome on record can be that rule's, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

from foedus.accounts.attendance import attended
from foedus.accounts.belonging import session_of, stands_for
from foedus.accounts.calendar import in_order, named
from foedus.accounts.lines import Json
from foedus.accounts.sourced import Sourced, every, sourced
from foedus.charter.deciding import cited
from foedus.decisions.ballots import ABSENT
from foedus.decisions.rule import Absence
from foedus.decisions.weights import Weights
from foedus.decisions.words import describe, reason
from foedus.engine.answers import Basis, Questions
from foedus.engine.findings.judging import Judged, Reading, Verdict, judged
from foedus.problems import NotFound
from foedus.record.acts import Decided, Documents, Session
from foedus.terms.states import state_name
from foedus.terms.words import counted, large, listed, spaced

VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {  # of one, of several
    "agrees": ("agrees with the rule", "agree with the rule"),
    "hangs": ("hangs on how absence is read", "hang on how absence is read"),
    "parts": ("parts from the rule", "part from the rule"),
    "not judged": ("could not be judged", "could not be judged"),
}
READ_AS: Final[Mapping[Absence, str]] = {
    "bars-nothing": "the absent bar nothing",
    "ends-quorum": "without every member there is no quorum",
    "later-adhesion": "it is carried, and goes to the absent to join",
    "limited-format": "it was taken in a limited format, and binds those who took part",
}
MOST_GROUPS = 10
NONE: Final = "No decision is on record."


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision on record with who stands behind it, what the rule makes of it, and the offices that whoever stopped it
    held just before the session.
    """

    entry: Sourced[Decided]
    judged: Judged
    held: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def stopped(self) -> str:
        """Who is on record as having stopped it, and what office that member held; empty where nobody is."""
        who = self.entry.entry.stopped_by
        held = f", which held the office of {listed([spaced(o) for o in self.held])}" if self.held else ""
        return f"{state_name(who)}{held}" if who else ""

    @property
    def says(self) -> str:
        """What the rule makes of it, in a sentence."""
        each = self.judged
        match each.verdict:
            case "not judged":
                return f"Not judged. {each.why_not}"
            case "hangs":
                return f"Hangs on how the absence of {_names(each.away)} is read."
            case "parts":
                return f"Parts from the rule: by it, {_state(each.readings[0])}."
        came = each.readings[0].outcome
        if came.carried is not None:
            return f"Agrees: by the rule, {_state(each.readings[0])}."
        return "Agrees: nothing on record stands against it."

    def because(self) -> tuple[str, ...]:
        """Why, in sentences: what came of the positions on record, and who with one of them has no vote."""
        each = self.judged
        told = list(reason(each.readings[0].outcome, state_name)) if each.readings else []
        for who in each.strangers:
            told.append(f"{state_name(who)} is on record with a position, and had no vote that day.")
        if each.who.unsure:
            told.append(f"Whether {_names(each.who.unsure)} had a seat that day is not certain.")
        for who in (w for w in self.entry.entry.not_signed_by if each.ballots.get(w) is None):
            told.append(f"{state_name(who)} did not sign; whether it objected is not recorded.")
        return tuple(told)

    def in_each_reading(self) -> tuple[tuple[Reading, str], ...]:
        """Each reading of absence with what it makes of the decision; none where nobody was absent."""
        if len(self.judged.readings) < 2:
            return ()
        return tuple((each, self._read(each)) for each in self.judged.readings)

    def _read(self, each: Reading) -> str:
        stands = "the outcome on record can stand" if each.stands else f"by the rule, {_state(each)}"
        own = " (as the rule is read here)" if each is self.judged.readings[0] else ""
        told = f"{large(READ_AS[each.absence])}{own}: {stands}."
        if each.absence == "later-adhesion":
            for how, who in (("joined", self.judged.joined), ("declined to join", self.judged.declined)):
                told += f" {_names(tuple(who))} {how} since." if who else ""
        return told

    def to_json(self) -> Json:
        """The decision as published in `schemas/decisions.json`."""
        each, draft = self.judged, self.entry.entry
        return {
            "id": self.id,
            "session": each.session.id if each.session else None,
            "organ": each.session.organ if each.session else None,
            "on": each.session.when.latest.isoformat() if each.session else None,
            "what": draft.what,
            "outcome": draft.outcome,
            "rule": _rule_json(each),
            "members": [voter.id for voter in each.who.voters],
            "uncertain members": list(each.who.unsure),
            "positions": [
                {"member": voter.id, "position": each.ballots.get(voter.id)} for voter in each.who.voters
            ],
            "without a vote": list(each.strangers),
            "stopped by": draft.stopped_by,
            "held by it": list(self.held),
            "joined": list(each.joined),
            "declined": list(each.declined),
            "verdict": each.verdict,
            "readings": [_reading_json(reading) for reading in each.readings],
            "says": self.says,
            "attribution": self.entry.strength,
        }


@dataclass(frozen=True, slots=True)
class Sat:
    """A session with what it decided, and how many documents it had by what sources say."""

    session: Session | None
    title: str
    rulings: tuple[Ruling, ...]
    documents: tuple[Sourced[Documents], ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions on record, or those of one session, by session in order of time."""

    organisation: str
    sat: tuple[Sat, ...]
    basis: Basis

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """All of them."""
        return tuple(ruling for sat in self.sat for ruling in sat.rulings)

    def counts(self) -> dict[Verdict, int]:
        """How many there are of each verdict."""
        found = Counter(ruling.judged.verdict for ruling in self.rulings)
        return {verdict: found[verdict] for verdict in VERDICTS}

    def summary(self) -> str:
        """How many there are, and how many of each verdict, in a sentence."""
        sums = [f"{n} {VERDICTS[verdict][n > 1]}" for verdict, n in self.counts().items() if n]
        return f"{counted(len(self.rulings), 'decision')} on record: {listed(sums)}." if sums else NONE

    def to_json(self) -> Json:
        """The account as published in `schemas/decisions.json`."""
        return {
            "organisation": self.organisation,
            "known": self.basis.known.isoformat(),
            "counts": dict(self.counts()),
            "decisions": [ruling.to_json() for ruling in self.rulings],
            "basis": self.basis.to_json(),
        }


def decisions(asked: Questions, weights: Weights, session: str | None = None) -> Decisions:
    """The decisions on record, of one session where one is named. NotFound where there is no such session."""
    only = named(asked, session).id if session is not None else None
    order = {held.id: place for place, held in enumerate(in_order(asked.standing.record))}
    found = [d for d in asked.standing.record.of_kind(Decided) if only in {None, _session(asked, d)}]
    found.sort(key=lambda d: order.get(_session(asked, d) or "", len(order)))
    groups = groupby(found, key=lambda d: _session(asked, d))
    return Decisions(
        asked.organisation,
        tuple(_sat(asked, weights, held, tuple(group)) for held, group in groups),
        asked.basis(None),
    )


def ruling(asked: Questions, weights: Weights, name: str) -> Ruling:
    """One decision by its entry's id. NotFound where there is none."""
    record = asked.standing.record
    entry = record.by_id.get(stands_for(record, name))
    if not isinstance(entry, Decided):
        raise NotFound("decision on record", name, (d.id for d in record.of_kind(Decided)))
    return _ruling(asked, weights, entry, _offices(asked, _session(asked, entry)))


def _session(asked: Questions, d: Decided) -> str | None:
    return session_of(asked.standing.record, d.id)


def _sat(asked: Questions, weights: Weights, held: str | None, found: tuple[Decided, ...]) -> Sat:
    record = asked.standing.record
    session = record.by_id.get(held or "")
    offices = _offices(asked, held)
    return Sat(
        session if isinstance(session, Session) else None,
        asked.standing.title(session.organ) if isinstance(session, Session) else "",
        tuple(_ruling(asked, weights, d, offices) for d in found),
        every(record, Documents, lambda entry: session_of(record, entry.id) == held),
    )


def _offices(asked: Questions, held: str | None) -> dict[str, tuple[str, ...]]:
    """The offices that states held just before a session."""
    session = asked.standing.record.by_id.get(held or "")
    seats = attended(asked, session).seats if isinstance(session, Session) else ()
    return {seat.state: seat.held for seat in seats}


def _ruling(asked: Questions, weights: Weights, d: Decided, offices: Mapping[str, tuple[str, ...]]) -> Ruling:
    held = offices.get(d.stopped_by or "", ())
    return Ruling(sourced(asked.standing.record, d), judged(asked, weights, d), held)


def _state(reading: Reading) -> str:
    """Carried or not, and through whom where single members stand against it."""
    came = reading.outcome
    alone = {group[0] for group in islice(came.blocking(), MOST_GROUPS) if len(group) == 1}
    held = {v.id: at for v, at in zip(came.chamber.voters, came.positions, strict=True) if v.id in alone}
    absent = tuple(v for v, at in held.items() if at == ABSENT)
    against = tuple(v for v in held if v not in absent)
    by = [f"{_names(who)} being {how}" for who, how in ((against, "against it"), (absent, "absent")) if who]
    return f"it is {'carried' if came.carried else 'not carried'}{', ' if by else ''}{listed(by)}"


def _names(states: tuple[str, ...]) -> str:
    return listed([state_name(state) for state in states])


def _rule_json(each: Judged) -> Json | None:
    if each.in_force is None:
        return None
    name = cited(each.in_force)
    return {
        "name": name.name,
        "matters": each.in_force.says.matters,
        "citation": name.citation,
        "says": describe(each.rule) if each.rule is not None else None,
        "basis": name.basis,
    }


def _reading_json(each: Reading) -> Json:
    came = each.outcome
    return {
        "absence": each.absence,
        "state": came.state,
        "stands": each.stands,
        "blocking": [list(group) for group in islice(came.blocking(), MOST_GROUPS)],
        "bound": list(came.binding.bound),
        "may join": list(came.binding.may_join),
        "reason": list(reason(came, state_name)),
    }
