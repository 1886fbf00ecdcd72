"""What acts do for a duty: claim it, find its trigger, meet it, fall short of it, end it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from foedus.charter.charter import RuleInForce
from foedus.charter.kinds import Duty as DutyRule
from foedus.engine.capacity import Insiders, belongs
from foedus.engine.names import plain_name
from foedus.engine.reasons import Ground
from foedus.record.acts import Cited, Dated, Determination, Person, Report, Request, Response
from foedus.record.record import Record
from foedus.terms.dates import When
from foedus.terms.triggers import sets_off

# what an act does for a duty: claim it, find its trigger, meet it, meet it for members it does not name, do something
# short of it, end it; and that its time is over
Does = Literal["claims", "finds", "meets", "unnamed", "short", "late", "ends"]
_SHORT = frozenset({"offer", "mission"})  # answers that may be as much as is owed, or less


class Bears(NamedTuple):
    """What an entry does for a duty."""

    does: Does
    entry: str


@dataclass(frozen=True)
class Owed:
    """A duty as its rule, a request and one obliged party make it; `names` are those of the organisation and its parts."""

    record: Record
    names: Insiders
    request: Request
    rule: RuleInForce[DutyRule]
    holder: str

    @cached_property
    def acts(self) -> tuple[Dated, ...]:
        """The acts that point to the request, in order of the record."""
        kinds = (Response, Determination, Report)
        return tuple(e for e in self.record.pointing.get(self.request.id, ()) if isinstance(e, kinds))

    @cached_property
    def bearing(self) -> tuple[tuple[Bears, When], ...]:
        """What those acts, and the request itself, do for the duty."""
        found = [(Bears(does, act.id), act.when) for act in self.acts for does in self._does(act)]
        if self.rule.says.owed_by == "every other party":
            found.insert(0, (Bears("claims", self.request.id), self.request.when))
        trigger = any(act.does == "finds" for act, _ in found)
        # what falls short of a duty tells nothing while its trigger is only alleged
        return tuple((act, when) for act, when in found if trigger or act.does != "short")

    @cached_property
    def due(self) -> tuple[date, date] | None:
        """The last day to meet it, at the earliest and at the latest: counted from when its trigger was found. At once
        is on that very day.
        """
        set_ = self.rule.says.due
        claimed = [when for act, when in self.bearing if act.does == "claims"]
        found = [when for act, when in self.bearing if act.does == "finds"]
        if set_ is None or not claimed or not found:
            return None
        days = timedelta(days=0 if set_ == "at once" else set_)
        runs = [(min(w.earliest for w in whens), min(w.latest for w in whens)) for whens in (claimed, found)]
        return max(r[0] for r in runs) + days, max(r[1] for r in runs) + days

    def under_its_article(self, cited: Cited | None) -> bool:
        """Whether an article named is that of the duty."""
        return cited is not None and (cited.instrument, str(cited.article)) == (
            self.rule.instrument,
            self.rule.article,
        )

    def _does(self, act: Dated) -> Iterator[Does]:
        match act:
            case Determination() if sets_off(act.finds, self.rule.says.trigger) and not self._asked(act.by):
                yield "finds"
            case Response():
                if self.under_its_article(act.under) and belongs(self.names, act.by) is not None:
                    yield "finds"
                yield from self._response(act)
            case Report() if self.rule.says.content == "report" and self._reported(act):
                yield "meets"
            case _:
                pass

    def _response(self, act: Response) -> Iterator[Does]:
        content, by = self.rule.says.content, self.did(act.by, act.taking_part)
        if act.how == "withdrawal":
            if content != "report" and (by is not None or self._asked(act.by)):
                yield "ends"
        elif content == "consultation":
            if by is not None and (
                act.how == "consultation" or (act.at and act.how in {"decision", "no decision"})
            ):
                yield "meets"
        elif act.how == "deployment" and by is not None:
            if content == "report":
                if by == "holder":
                    yield "claims"
            else:
                yield "meets" if by == "holder" else "unnamed"
        elif content == "help" and by is not None and act.how in _SHORT and self.rule.says.extent:
            yield "short"

    def did(self, by: Person, taking_part: tuple[str, ...]) -> Literal["holder", "organisation"] | None:
        """Whether the party obliged did something, or the organisation without a word of which members did."""
        if taking_part:
            return "holder" if self.holder in taking_part else None
        if belongs(self.names, by) is not None:
            return "organisation"
        return "holder" if by.state == self.holder else None

    def _asked(self, by: Person) -> bool:
        """Whether somebody acts for the state that made the request, and not in an office of the organisation."""
        return by.state == self.request.by.state and belongs(self.names, by) is None

    def _reported(self, act: Report) -> bool:
        to = act.to
        wanted = plain_name(self.rule.says.reported_to or "")
        told = to is not None and wanted in {plain_name(name) for name in (to.org, to.office)}
        return told and self.did(act.by, ()) is not None


def meanwhile(owed: Owed) -> Iterator[tuple[When, Ground]]:
    """Answers to the request by the holder or by the organisation that did not meet the duty, each with its day; and
    findings of less than its trigger.
    """
    used = {act.entry for act, _ in owed.bearing}
    for act in owed.acts:
        if act.id in used:
            continue
        if isinstance(act, Response) and owed.did(act.by, act.taking_part) is not None:
            yield act.when, Ground("considered", "duty-answered", (act.id,), None, (act.id,))
        if isinstance(act, Determination):
            terms = (act.id, owed.rule.says.trigger)
            yield act.when, Ground("considered", "duty-found-less", terms, None, (act.id,))
