"""Steps and choices as sentences: made when somebody reads, from the data a reason was recorded as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import get_args

from foedus.engine.choices import LATER, THEN, Choice, Ways
from foedus.engine.duty_sentences import DUTY_SAYS, happened
from foedus.engine.reasons import Ground, Holder
from foedus.engine.worlds import ORDER
from foedus.record.acts import (
    Appointment,
    Body,
    Dated,
    Designation,
    Membership,
    NationalOffice,
    Session,
)
from foedus.record.record import Record
from foedus.terms.dates import When, show_day, show_when
from foedus.terms.languages import language_name
from foedus.terms.offices import REPRESENTATIVE, Role
from foedus.terms.states import state_name
from foedus.terms.words import large, listed, spaced

_AUTHORITY = {
    "decided": "a decision is on record",
    "presumed": "a hand-over is on record that no entry contests, but no decision is on file",
    "inferred": "deduced from other facts",
}
_VERBS = {"from": "began", "until": "ended"}
_BODY = {"from": "founded", "until": "dissolved"}


class Voice:
    """Says things about one record, in English."""

    def __init__(self, record: Record, title: Callable[[str], str]) -> None:
        self.record, self.title = record, title

    def ground(self, ground: Ground) -> str:
        """A step as one sentence, without its citation."""
        return _SAYS[ground.says](self, *ground.terms)

    def step(self, ground: Ground) -> str:
        """A step in running text, where nothing else marks what was set aside."""
        said = self.ground(ground)
        return f"Set aside: {said[:1].lower()}{said[1:]}" if ground.how == "defeated" else said

    def holder(self, holder: Holder | None) -> str:
        """`Nikol Pashinyan (Armenia)`, or `nobody`."""
        if holder is None:
            return "nobody"
        state = state_name(holder.state) if holder.state else ""
        if holder.person:
            return f"{holder.person} ({state})" if state else holder.person
        if holder.as_ == REPRESENTATIVE:
            return state
        if holder.as_ in get_args(Role):
            return f"the {_role(holder.as_)} of {state}, not named in the record"
        if not state:
            return f"the {holder.as_}, not named in the record"
        return f"{state} ({holder.as_})" if holder.as_ else state

    def session(self, entry: str) -> str:
        """`the regular session of 23 November 2022 in Yerevan`."""
        found = self.record.by_id.get(entry)
        if not isinstance(found, Session):
            return f"“{entry}”"
        kinds = " or ".join(found.types)
        place = f" in {found.city}" if found.city else " online" if found.held == "online" else ""
        day = self.day(found.when)
        if len(found.types) > 1:
            return f"the session of {day}{place} ({kinds})"
        return f"the {kinds} session of {day}{place}"

    def day(self, when: object) -> str:
        """A day in words; a vague one as the range it lies in."""
        if isinstance(when, When):
            return show_when(when)
        return show_day(when) if isinstance(when, date) else str(when)

    def ways(self, ways: Ways, on: date | None = None) -> str:
        """The choices that give one of several answers, as they read on a day, or on any day of a stretch: `if …, or if
        …`; empty for every world.
        """
        told = {" and ".join(self._choice(c, on) for c in way) for way in ways if way}
        return "if " + ", or if ".join(sorted(told)) if told else ""

    def _choice(self, choice: Choice, on: date | None) -> str:
        if choice.days is None:
            return self._labelled(choice)
        what = self._what_happened(choice)
        first, last = choice.days
        if first == LATER:
            return f"{what} only after {show_day(on)}" if on else f"{what} only later"
        if last == THEN:
            by = f"by {show_day(on)}" if on else "by then"
            return f"{what} {by}" if first == choice.whole[0] else f"{what} from {show_day(first)} on, {by}"
        return (
            f"{what} from {show_day(first)} to {show_day(last)}"
            if first != last
            else f"{what} on {show_day(first)}"
        )

    def _labelled(self, choice: Choice) -> str:
        """A choice between rivals, of an order, or of a nature."""
        values = " or ".join(choice.labels)
        if choice.point == "rival":
            return f"the entry {values} is right"
        if choice.point.startswith(ORDER):
            return f"{choice.entry} came {values} {choice.point.removeprefix(ORDER).strip()}"
        entry = self.record.by_id.get(choice.entry)
        day = f" of {self.day(entry.when)}" if isinstance(entry, Session) else ""
        return f"the session{day} was {values}"

    def _what_happened(self, choice: Choice) -> str:
        entry = self.record.by_id.get(choice.entry)
        if isinstance(entry, Designation):
            return f"the hand-over to {state_name(entry.to)} took effect"
        if isinstance(entry, Membership):
            what = f"the membership of {state_name(entry.party)}"
        elif isinstance(entry, NationalOffice):
            what = f"{entry.person}'s term as {entry.title} of {state_name(entry.state)}"
        elif isinstance(entry, Appointment):
            what = f"{entry.person}'s term as {self.title(entry.office)}"
        elif isinstance(entry, Body):
            return f"the {entry.name} was {'offered' if entry.status == 'offered' else _BODY[choice.point]}"
        elif isinstance(entry, Dated) and not isinstance(entry, Session):
            return happened(entry, choice.point)
        else:
            what = self.session(choice.entry)
        return f"{what} {_VERBS.get(choice.point, 'took place')}"


def _role(name: object) -> str:
    return spaced(str(name))


def _of(voice: Voice, of: object) -> str:
    return "the organisation" if of == "organisation" else f"the {voice.title(str(of))}"


def _appointed(voice: Voice, person: object, state: object, start: object) -> str:
    where = f", of {state_name(str(state))}," if state else ""
    return f"{person}{where} was appointed, in office from {voice.day(start)}."


def _founded(voice: Voice, name: object, start: object, end: object) -> str:
    ended = f" and dissolved on {voice.day(end)}" if end else ""
    return f"The {name} was founded on {voice.day(start)}{ended}."


def _a(noun: object) -> str:
    return f"an {noun}" if str(noun)[0] in "aeiou" else f"a {noun}"


def _reckoned(way: str, side: str) -> Callable[..., str]:
    def say(voice: Voice, states: tuple[str, ...], start: object, terms: int) -> str:
        held = listed([state_name(state) for state in states], "or")
        away = f"{terms} term{'' if terms == 1 else 's'} {side}"
        return f"This is reckoned {way} the term of {voice.day(start)}, {away}, which was held by {held}."

    return say


def _in_turn(verb: str) -> Callable[..., str]:
    def say(_: Voice, state: object, before: object, language: object) -> str:
        order = f"by names in {language_name(str(language))}"
        after = f", next after {state_name(str(before))} {order}" if before else f" {order}"
        return f"The general rule, as read, {verb}{after}: {state_name(str(state))}."

    return say


def _designated(authority: str) -> Callable[..., str]:
    def say(_: Voice, to: object, temporary: object) -> str:
        passing = " for the time being" if temporary else ""
        means = _AUTHORITY[authority]
        return f"The office was passed to {state_name(str(to))}{passing} ({authority}: {means})."

    return say


_SAYS: dict[str, Callable[..., str]] = {
    **DUTY_SAYS,
    "record-ends": lambda v, day: f"The record ends on {v.day(day)}; what follows is so far as it goes.",
    "rule-not-in-force": lambda v, name: f"No rule on the {v.title(str(name))} is in force.",
    "term-opened": lambda v, s: f"A term opened with {v.session(s)}.",
    "host-unrecorded": lambda v, s: f"Whether the host of {v.session(s)} was a member is not in the record.",
    "no-term": lambda _: "No session that opens a term is on record yet.",
    "openers-unrecorded": lambda _, kind: (
        f"The record does not claim to hold every {kind} session of this time."
    ),
    "designated-decided": _designated("decided"),
    "designated-presumed": _designated("presumed"),
    "designated-inferred": _designated("inferred"),
    "designation-none-complete": lambda _: "It was not decided otherwise.",
    "designation-none-partial": lambda _: (
        "No hand-over is on record for this term (the record of them is partial)."
    ),
    "designation-unrecorded": lambda _: (
        "Whether it was decided otherwise is not known: the record does not claim to hold every hand-over of this time."
    ),
    "pending": lambda v, to, authority, when: (
        f"The office is to pass to {state_name(to)} ({authority}), effective on {v.day(when)}."
    ),
    "outgoing-continues": lambda _, state: (
        f"Until then the outgoing holder continues, as the rule is read here: {state_name(state)}."
    ),
    "no-host": lambda v, s: (
        f"{large(v.session(s))} had no host among the members, so the general rule seats nobody."
    ),
    "default-applies": lambda _, host, __: f"The general rule seats the host: {state_name(host)}.",
    "default-agrees": lambda _, host, __: f"The general rule agrees: {state_name(host)} was the host.",
    "default-defeated": lambda _, host, __: f"The general rule would seat the host, {state_name(host)}.",
    "next-default-applies": lambda _, state, __: (
        f"The general rule, as read, seats the host of the session that closes the term: {state_name(state)}."
    ),
    "next-default-agrees": lambda _, state, __: (
        f"The general rule, as read, agrees: {state_name(state)} hosted the session that closes the term."
    ),
    "next-default-defeated": lambda _, state, __: (
        f"The general rule, as read, would seat the host of the session that closes the term, {state_name(state)}."
    ),
    "no-next-host": lambda v, s: (
        f"The session that closes the term opened by {v.session(s)} had no host among the members, so the general rule, "
        "as read, seats nobody."
    ),
    "next-host-unsaid": lambda v, s: (
        f"Who hosts the session that closes the term opened by {v.session(s)} is not settled in the record."
    ),
    "turn-default-applies": _in_turn("seats the member whose turn it is"),
    "turn-default-agrees": _in_turn("agrees that the turn is that of the member"),
    "turn-default-defeated": _in_turn("would seat the member whose turn it is"),
    "turn-unsaid": lambda _: "Whose turn it is, is not settled in the record.",
    "called": lambda _, state, name, language: (
        f"{state_name(state)} is called “{name}” in {language_name(language)}."
        if name
        else f"What {state_name(state)} is called in {language_name(language)} is not known."
    ),
    "national-office": lambda _, person, title, state: f"{person} was {title} of {state_name(state)}.",
    "national-office-vacant": lambda _, role, state: f"{state_name(state)} had no {_role(role)}.",
    "national-office-unrecorded": lambda _, role, state: (
        f"Who was {_role(role)} of {state_name(state)} is not in the record."
    ),
    "seat-default": lambda _, role, state: f"The {_role(role)} fills the seat of {state_name(state)}.",
    "seat-by-national-law": lambda _, role, state: (
        f"The {_role(role)} fills the seat of {state_name(state)}: national law empowers that office."
    ),
    "national-law-unrecorded": lambda _, role, state: (
        f"Whether the law of {state_name(state)} empowers its {_role(role)} is not in the record."
    ),
    "national-law-none-complete": lambda _, role, state: (
        f"The law of {state_name(state)} does not empower its {_role(role)}."
    ),
    "national-law-none-partial": lambda _, role, state: (
        f"No law of {state_name(state)} that empowers its {_role(role)} is on record (which is partial)."
    ),
    "seat-of-officer": lambda _, officer: f"The {officer} has a seat; who that was is not in the record.",
    "seat-representative": lambda _, state: (
        f"The seat is that of {state_name(state)}: whoever it sends fills it."
    ),
    "seat-represented": lambda _, state, by: f"The seat of {state_name(state)} was represented by the {by}.",
    "seat-continued": lambda _, party, state: (
        f"{state_name(party)} went on with the seat of {state_name(state)}."
    ),
    "no-parties": lambda v, organ: (
        f"No state is on record that would have a seat in the {v.title(str(organ))}."
    ),
    "party-member": lambda v, state, of, kind: (
        f"{state_name(state)} was {f'{_a(kind)} member' if kind else 'a party'} of {_of(v, of)}."
    ),
    "party-suspended": lambda v, state, of, _: f"{state_name(state)} was suspended from {_of(v, of)}.",
    "party-left": lambda v, state, of, _: f"{state_name(state)} had left {_of(v, of)}.",
    "party-none": lambda v, state, of: f"{state_name(state)} was no party of {_of(v, of)}.",
    "party-unrecorded": lambda v, state, of: (
        f"Whether {state_name(state)} was a party of {_of(v, of)} is not in the record."
    ),
    "party-announced": lambda v, state, what, when: (
        f"On {v.day(when)} {state_name(state)} announced: {what}. That by itself settles no status."
    ),
    "appointed": _appointed,
    "appointed-acting": lambda v, person, state, start: (
        f"{person} acted from {v.day(start)}; the office itself was vacant."
    ),
    "length": lambda _, years: (
        f"The rule gives an appointment {years} years; how long this one ran, the record says."
    ),
    "early": lambda v, day, s: (
        f"The hand-over for the term that {v.session(s)} opens took effect before it, on {v.day(day)}."
    ),
    "body-founded": _founded,
    "body-offered": lambda v, name, day: f"The {name} was offered on {v.day(day)}.",
    "body-none": lambda _, name: f"The {name} was not set up: the record claims to hold every body.",
    "body-unrecorded": lambda _, name: f"That the {name} was set up is not in the record.",
    "listed-as": lambda _, state, name, language: (
        f"{state_name(state)} was listed as “{name}” in {language_name(language)}."
    ),
    "name-unrecorded": lambda _, state, language: (
        f"Under which name {state_name(state)} was listed in {language_name(language)} is not in the record."
    ),
    "month-opened": lambda v, day: f"A term opened on {v.day(day)}.",
    "turn-recorded": lambda _, state, name: (
        f"The record has {state_name(state)} in office, listed as “{name}”."
    ),
    "turn-decided": lambda _, state, name: (
        f"By decision, and not in its turn, {state_name(state)} was in office, listed as “{name}”."
    ),
    "turn-next": lambda _, before, after, language: (
        f"The member next after “{before}”, by names in {language_name(language)}, was “{after}”."
    ),
    "turn-next-anew": lambda _, before, after, language: (
        f"No member came after “{before}”, by names in {language_name(language)}, so the turn was the first one's: "
        f"“{after}”."
    ),
    "turn-precedes": lambda _, holder, after, language: (
        f"“{holder}” is a member after whom, by names in {language_name(language)}, the next was “{after}”."
    ),
    "turn-reckoned": _reckoned("on from", "before"),
    "turn-reckoned-back": _reckoned("back from", "after"),
    "turns-do-not-meet": lambda _: (
        "Reckoned on from the turn on record before and back from the one after, it is not the same: in between the "
        "order was left."
    ),
    "turn-forks": lambda _: "More than one member can have been the last before it.",
    "turn-nobody": lambda _: "From the turns on record nobody can be reckoned to hold this term.",
    "no-turn": lambda _: "No turn that could be reckoned from is on record.",
    "turn-left": lambda _, state: f"{state_name(state)} lost its seat before the term was over.",
    "turn-continued": lambda _, party, state: (
        f"{state_name(party)} went on with the seat of {state_name(state)}, and with its turn."
    ),
    "turns-end": lambda v, organ, day: (
        f"Who has a seat in the {v.title(str(organ))} from {v.day(day)} on is not all in the record, so turns are reckoned "
        "no further."
    ),
    "roll-unrecorded": lambda v, organ: (
        f"Who had a seat in the {v.title(str(organ))} at the time, or by what name, is not settled in the record."
    ),
    "appointment-none": lambda v, office: f"Nobody was {v.title(str(office))}.",
    "appointment-unrecorded": lambda v, office: f"Who was {v.title(str(office))} is not in the record.",
}
SENTENCES = frozenset(_SAYS)
