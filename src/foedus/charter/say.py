"""A rule as a sentence, made from its data: text and rule cannot drift. English; one function a kind."""

from __future__ import annotations

import re
from functools import singledispatchmethod

from foedus.charter.charter import Charter
from foedus.charter.kinds import (
    Absence,
    Affiliation,
    Amendment,
    AnyRule,
    Arrears,
    Attendance,
    Composition,
    Decision,
    Depositary,
    Duty,
    EntryIntoForce,
    HostHolder,
    Languages,
    Membership,
    Office,
    Opener,
    Organ,
    Reading,
    RotationHolder,
    Rule,
    Sanction,
    Sessions,
    Subsidiary,
    Untranslated,
    Withdrawal,
)
from foedus.decisions.words import describe
from foedus.terms.languages import language_name
from foedus.terms.states import state_name
from foedus.terms.words import a, counted, large, listed, plural, spaced


def say(charter: Charter, rule: AnyRule) -> str:
    """What a rule says, as one or two sentences. Names are those the charter gives."""
    return _Speaker(charter).say(rule)


def say_reading(charter: Charter, rule: AnyRule, read: Reading | None) -> str:
    """What a rule says as one of its readings has it (None: as it is written). Of how organs decide that is what it
    does when a member does not come: all else the readings share.
    """
    says = rule if read is None else rule.model_copy(update=read.changed)
    return _ABSENCE[says.absence] if isinstance(says, Decision) else say(charter, says)


_ABSENCE: dict[Absence, str] = {
    "bars-nothing": "A member's absence bars nothing; only its objection does.",
    "ends-quorum": "Without every member there is no quorum, and nothing is decided.",
    "later-adhesion": "What is decided without a member stands, and binds that member once it joins.",
    "limited-format": (
        "Where no member objects, the others decide in limited format; who took no part is not bound."
    ),
}


def based(basis: str) -> str:
    """How a wording is known: `wording seen`; a practice has none."""
    return "practice, not wording" if basis == "practice" else f"wording {basis}"


class _Speaker:
    """Knows what the charter calls its organs, offices and instruments."""

    def __init__(self, charter: Charter) -> None:
        self.organs = {rule.says.organ: rule.says.name for rule in charter.of_kind(Organ)}
        self.offices = {rule.says.office: rule.says.name for rule in charter.of_kind(Office)}
        self.instruments = {instrument.id: instrument.short for instrument in charter.instruments}

    @singledispatchmethod
    def say(self, rule: Rule) -> str:
        """The sentence of a rule of one kind."""
        raise NotImplementedError(rule)

    @say.register
    def _(self, rule: Membership) -> str:
        return f"The states with an act of membership on record are the parties of {self._body(rule.of)}."

    @say.register
    def _(self, rule: Organ) -> str:
        return f"The {rule.name} is {'the highest organ' if rule.rank == 'highest' else a(rule.sort)}."

    @say.register
    def _(self, rule: Sessions) -> str:
        return f"Sessions of the {self._organ(rule.organ)} are {listed(rule.types, 'or')}."

    @say.register
    def _(self, rule: Composition) -> str:
        seat = f"Each party of {self._body(rule.of)} has a seat in the {self._organ(rule.organ)}"
        filled = f"filled by its {spaced(rule.holder)}"
        otherwise = f", or by its {spaced(rule.or_.role)} where {rule.or_.where}" if rule.or_ else ""
        also = f"; {listed([f'the {officer}' for officer in rule.also])} also" if rule.also else ""
        verb = f" {'has' if len(rule.also) == 1 else 'have'} a seat" if rule.also else ""
        classes = listed([f"{count} {name}" for name, count in rule.classes.items()])
        kinds = f" There are {rule.size} seats: {classes}." if classes else ""
        proxy = " Another may sit in the holder's stead." if rule.proxy == "allowed" else ""
        return f"{seat}, {filled}{otherwise}{also}{verb}.{proxy}{kinds}"

    @say.register
    def _(self, rule: Attendance) -> str:
        guests = listed([self._guest(guest) for guest in rule.may_attend])
        return f"These may attend sessions of the {self._organ(rule.organ)} without a seat: {guests}."

    @say.register
    def _(self, rule: Office) -> str:
        if isinstance(rule.holder, str):
            length = f" for {counted(rule.length, 'year')}" if rule.length else ""
            return f"The {rule.name} is appointed{length}."
        if isinstance(rule.holder, RotationHolder):
            return self._in_turn(rule, rule.holder)
        assert rule.term.where is not None
        session = self._session(rule.term.where)
        return (
            f"{large(f'{self._unless(rule)}{self._of_host(rule.holder)}')} is {rule.name} from {a(session)} until the "
            "next. While a hand-over is not yet effective, and after a session without a host among the members, the "
            "outgoing holder continues."
        )

    def _of_host(self, holder: HostHolder) -> str:
        """Whom the general rule seats, of the host of the session that opens or that closes the term."""
        here = holder.of == "host"
        if holder.role:
            return (
                f"the {spaced(holder.role)} of the {'host' if here else 'state that hosts the next session'}"
            )
        organ = self._organ(str(holder.seat_in))
        if here:
            return f"whoever fills the host's seat in the {organ}"
        return f"whoever fills the seat, in the {organ}, of the state that hosts the next session"

    def _in_turn(self, rule: Office, holder: RotationHolder) -> str:
        turns = holder.rotation
        order = f"the alphabetical order of their names in {language_name(turns.language)}"
        who = f"the members of the {self._organ(turns.among)} hold the office of {rule.name} in turn, in {order}"
        if rule.term.where is None:
            day = f", from its day {rule.term.day} on" if rule.term.day else ""
            return f"{large(who)}, each for a month{day}."
        by = f"its {spaced(holder.role)}" if holder.role else "whoever fills its seat"
        return (
            f"{large(f'{self._unless(rule)}{who}')}, each by {by}, from {a(self._session(rule.term.where))} until the "
            "next. While a hand-over is not yet effective the outgoing holder continues."
        )

    def _session(self, opener: Opener) -> str:
        return f"{opener.type} session of the {self._organ(opener.organ)}"

    def _unless(self, rule: Office) -> str:
        if rule.unless is None:
            return ""
        return f"unless the {self._organ(rule.unless.designation.by)} decides otherwise, "

    @say.register
    def _(self, rule: Decision) -> str:
        organs = listed([f"the {self._organ(organ)}" for organ in rule.organs])
        matters = "everything but procedure" if rule.matters == "all but procedure" else rule.matters
        if not re.match("every|all|procedure", matters):
            matters = f"on {matters}"
        on = f" on a proposal of the {spaced(rule.proposer)}" if rule.proposer else ""
        how = "as the rules of procedure say" if rule.by == "rules of procedure" else f"by {rule.by}"
        terms = f" {describe(rule.rule)}" if rule.rule is not None else ""
        absence = "" if rule.absence == "bars-nothing" else f" {_ABSENCE[rule.absence]}"
        verb = "decide" if len(rule.organs) > 1 else "decides"
        return f"{large(organs)} {verb} {matters}{on} {how}.{terms}{absence}"

    @say.register
    def _(self, rule: Duty) -> str:
        trigger = {
            "aggression": "When a party suffers aggression",
            "armed attack": "When a party is attacked",
            "threat": "When a party is threatened",
        }[rule.trigger]
        done = {
            "help": f"owes it help{', at its request' if rule.on_request else ''}",
            "consultation": "owes it consultation",
            "report": f"reports what it does to the {rule.reported_to}",
        }[rule.content]
        who = f"each other party of {self._body(rule.of)}"
        helping = f"{who} that gives it help" if rule.owed_by == "whoever gives help" else who
        due = (
            f", within {rule.due} days" if isinstance(rule.due, int) else f", {rule.due}" if rule.due else ""
        )
        return f"{trigger}, {helping} {done}{due}."

    @say.register
    def _(self, rule: Subsidiary) -> str:
        return f"The {self._organ(rule.organ)} may set up bodies beneath it, {listed(rule.may_be, 'or')}."

    @say.register
    def _(self, rule: Withdrawal) -> str:
        return f"A party may leave {self._body(rule.of)} on notice of {counted(rule.months, 'month')} to the {rule.notice_to}."

    @say.register
    def _(self, rule: Sanction) -> str:
        vote = f", without the vote of {rule.without_the_vote_of}" if rule.without_the_vote_of else ""
        return f"The {self._organ(rule.by)} may {rule.may} a party that does not carry out its obligations{vote}."

    @say.register
    def _(self, rule: Arrears) -> str:
        what = listed([f"its {thing}" for thing in rule.may_lose])
        return f"A party in arrears for {counted(rule.years, 'year')} may lose {what}, by decision of the {self._organ(rule.by)}."

    @say.register
    def _(self, rule: Amendment) -> str:
        return f"An amendment of {self._body(rule.of)} takes the consent of {rule.consent}."

    @say.register
    def _(self, rule: EntryIntoForce) -> str:
        return f"{large(self._body(rule.of))} enters into force on the {rule.on}."

    @say.register
    def _(self, rule: Languages) -> str:
        official, working = (
            listed([language_name(c) for c in codes]) for codes in (rule.official, rule.working)
        )
        return f"Official language: {official}. Working language: {working}."

    @say.register
    def _(self, rule: Depositary) -> str:
        keeper = (
            f"the {self.offices.get(rule.office, rule.office)}"
            if rule.office
            else state_name(str(rule.state))
        )
        return f"The depositary of {self._body(rule.of)} is {keeper}."

    @say.register
    def _(self, rule: Affiliation) -> str:
        return f"The {self._organ(rule.granted_by)} may make {listed(rule.open_to, 'or')} {rule.status}s."

    @say.register
    def _(self, rule: Untranslated) -> str:
        return rule.says

    def _guest(self, guest: str) -> str:
        if guest == "invited":
            return "invited persons"
        return f"the {self.offices[guest]}" if guest in self.offices else plural(spaced(guest))

    def _organ(self, name: str) -> str:
        return self.organs.get(name, name)

    def _body(self, name: str) -> str:
        return f"the {self.instruments[name]}" if name in self.instruments else "the organisation"
