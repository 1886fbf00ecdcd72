"""Steps about duties and about clocks that run, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from foedus.engine.names import in_text, named_in_text
from foedus.record.acts import Dated, Determination, Entry, Report, Request, Response, TreatyAction
from foedus.terms.dates import show_day
from foedus.terms.states import state_name
from foedus.terms.triggers import A_TRIGGER, Trigger
from foedus.terms.words import listed

if TYPE_CHECKING:
    from foedus.engine.sentences import Voice

_E = TypeVar("_E", bound=Entry)
OWES = {"help": "help", "consultation": "consultation", "report": "a report"}


def _claimed(voice: Voice, entry: str) -> str:
    request = _entry(voice, entry, Request)
    alleged = A_TRIGGER[request.alleges] if request.alleges else "nothing in particular"
    return f"On {voice.day(request.when)} {_who(request)} asked for {request.asks}, and alleged {alleged}."


def _found(voice: Voice, entry: str) -> str:
    found = _entry(voice, entry, Determination)
    return (
        f"On {voice.day(found.when)} {_who(found)} found {A_TRIGGER[found.finds]}: the trigger is determined."
    )


def _found_less(voice: Voice, entry: str, trigger: Trigger) -> str:
    found = _entry(voice, entry, Determination)
    what = f"{A_TRIGGER[found.finds]}, which is not {A_TRIGGER[trigger]}"
    return f"On {voice.day(found.when)} {_who(found)} found {what}."


def _decided_under(voice: Voice, entry: str, citation: str) -> str:
    answer = _entry(voice, entry, Response)
    what = f"{_who(answer)} answered under {citation} ({answer.how}: {answer.what})"
    return f"On {voice.day(answer.when)} {what}: so the trigger counts as determined."


def _invokes_other(voice: Voice, entry: str) -> str:
    cites = _entry(voice, entry, Request).invokes
    named = f"the {voice.title(cites.instrument)}, Article {cites.article}" if cites else "none"
    return f"The request invokes another article: {named}."


def _rule(_: Voice, holder: str, content: str, citation: str, trigger: Trigger) -> str:
    return f"{citation}: where there is {A_TRIGGER[trigger]}, {state_name(holder)}, a party on that day, owes {OWES[content]}."


def _given(voice: Voice, entry: str, holder: str) -> str:
    return f"{state_name(holder)} gave help: {_told(voice, entry)}."


def _met(voice: Voice, entry: str) -> str:
    found = voice.record.by_id[entry]
    if isinstance(found, Report):
        return f"The duty was met: {_who(found)}, {voice.day(found.when)}, report: {found.says}."
    states = [state_name(state) for state in found.taking_part] if isinstance(found, Response) else []
    with_ = f"; {listed(states)} took part" if states else ""
    return f"The duty was met: {_told(voice, entry)}{with_}."


def _unnamed(_: Voice) -> str:
    return "Help was given; which members gave it, and whether this one did, is not in the record."


def _extent(_: Voice, clause: str) -> str:
    return (
        f"Something was done, and whether it is as much as is owed hangs on a clause that is not evaluated ({clause}). Who "
        "decides that is open."
    )


def _none(_: Voice, content: str) -> str:
    return f"That {OWES[content]} was given is not in the record."


def _ended(voice: Voice, entry: str) -> str:
    return f"It ended unmet: {_told(voice, entry)}."


def _alleged(_: Voice, trigger: Trigger) -> str:
    return f"That there was {A_TRIGGER[trigger]} is alleged only: no finding of it is in the record."


def _told(voice: Voice, entry: str) -> str:
    answer = _entry(voice, entry, Response)
    return f"{_who(answer)}, {voice.day(answer.when)}, {answer.how}: {answer.what}"


def _who(entry: Request | Response | Determination | Report) -> str:
    return named_in_text(entry.by)


def _entry(voice: Voice, name: str, kind: type[_E]) -> _E:
    found = voice.record.by_id[name]
    assert isinstance(found, kind)
    return found


def happened(entry: Dated, point: str) -> str:
    """What happened on a vague day, or when a time was over that began with it: `the decision of the Council was made`."""
    match entry:
        case Request():
            what = f"the request of {in_text(entry.by)}"
        case Response():
            what = f"the {entry.how} of {in_text(entry.by)}"
        case Determination():
            what = f"the finding of {in_text(entry.by)}"
        case TreatyAction():
            what = f"the {entry.action} of {listed([state_name(state) for state in entry.states])}"
        case _:
            what = f"what {entry.id} tells of"
    return f"the time that ran from {what} was over" if point == "due" else f"{what} came"


def _notice(voice: Voice, entry: str, state: str) -> str:
    action = _entry(voice, entry, TreatyAction)
    what = f" ({action.what})" if action.what else ""
    return f"On {voice.day(action.when)} {state_name(state)} gave notice{what}."


def _arrears(voice: Voice, entry: str, state: str) -> str:
    action = _entry(voice, entry, TreatyAction)
    what = f" ({action.what})" if action.what else ""
    return f"Since {voice.day(action.when)} {state_name(state)} was in arrears{what}."


DUTY_SAYS: Mapping[str, Callable[..., str]] = {
    "duty-not-claimed": lambda _: "Nothing had been asked yet.",
    "duty-claimed": _claimed,
    "duty-help-given": _given,
    "duty-rule": _rule,
    "duty-invokes-other": _invokes_other,
    "duty-found": _found,
    "duty-found-less": _found_less,
    "duty-decided-under": _decided_under,
    "duty-only-alleged": _alleged,
    "duty-met": _met,
    "duty-met-by-unnamed": _unnamed,
    "duty-extent-open": _extent,
    "duty-none-on-record": _none,
    "duty-time-over": lambda _, day: f"The time for it was over at the end of {show_day(day)}.",
    "duty-not-met": lambda _: "The record claims to hold every act that would have met it, and holds none.",
    "duty-maybe-met": lambda _: (
        "Whether it was met is not known: the record does not claim to hold every act that would have met it."
    ),
    "duty-ended": _ended,
    "duty-holder-left": lambda _, state: f"With that what {state_name(state)} owed came to its end.",
    "duty-answered": lambda voice, entry: f"No discharge, but an answer: {_told(voice, entry)}.",
    "clock-not-begun": lambda _: "Nothing had set it going yet.",
    "clock-notice": _notice,
    "clock-arrears": _arrears,
    "clock-months": lambda _, months: f"The rule gives {months} months.",
    "clock-years": lambda v, years, organ, lose: (
        f"Once it is so for {years} years the {v.title(organ)} may take from it {listed([f'its {x}' for x in lose])}."
    ),
    "clock-over": lambda v, first, last: (
        f"That time was over on {v.day(first)}."
        if first == last
        else f"That time was over on some day from {v.day(first)} to {v.day(last)}."
    ),
    "clock-ended": lambda v, entry: f"It ended on {v.day(v.record.by_id[entry].when)}.",
    "clock-left": lambda _, state: f"With that the notice of {state_name(state)} had done its work.",
}
